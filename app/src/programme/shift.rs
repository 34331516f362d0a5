//! Lines chosen in a programme, or a whole day of it, moved or copied together.

pub mod chooser;
pub mod form;
pub mod page;
pub mod server_fns;
pub mod view;

pub use form::{ShiftAskedForm, ShiftForm};
pub use page::ShiftPage;
pub use server_fns::{LoadShift, ShiftLines, load_shift, shift_lines};
pub use view::ShiftPageView;

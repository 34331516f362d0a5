//! Programmes on paper.

pub mod page;
pub mod server_fns;
pub mod view;
pub mod words;

pub use page::PrintPage;
pub use server_fns::{LoadPrint, load_print};
pub use view::PrintView;

//! Importing lines from a file: choose it, see what it would do, import it. The file is kept between the steps as a form draft
//! is, so that it is chosen once.

pub mod page;
pub mod server_fns;
pub mod view;

pub use page::ImportPage;
pub use server_fns::{ImportLines, LoadImport, import_lines, load_import};
pub use view::{ChooseFileForm, FileShown, ImportForm, ImportView};

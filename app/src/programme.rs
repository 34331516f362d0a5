//! Programmes: the lines of a visit by day, on two clocks, and the form of a line.

pub mod day;
pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod going;
pub mod import;
pub mod keys;
pub mod line;
pub mod moving;
pub mod page;
#[cfg(feature = "ssr")]
mod reading;
pub mod rooms;
pub mod server_fns;
pub mod sheet;
pub mod shift;
pub mod turns;
pub mod view;
pub mod words;

pub use day::{LoadRest, MoveRest, RestPage, TakeActual, load_rest, move_rest, take_actual};
pub use form::{ItemForm, RemoveItemForm};
pub use import::{ChooseFileForm, ImportLines, ImportPage, LoadImport, import_lines, load_import};
pub use moving::{MoveItem, move_item};
pub use page::ProgrammePage;
pub use rooms::{LoadVisitRooms, RoomLineView, VisitRoomsPage, VisitRoomsView, load_visit_rooms};
pub use server_fns::{LoadItemForm, LoadProgramme, RemoveItem, SaveItem, load_item_form, load_programme, remove_item, save_item};
pub use sheet::ItemPage;
pub use shift::{LoadShift, ShiftLines, ShiftPage, load_shift, shift_lines};
pub use turns::{TurnChange, turn_change};
pub use view::{ItemFormView, LineView, ProgrammeView};

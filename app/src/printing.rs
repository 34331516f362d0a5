//! Programmes on paper, and what takes rooms.

pub mod page;
pub mod room_fns;
pub mod room_words;
pub mod rooms;
pub mod server_fns;
pub mod view;
pub mod words;

pub use page::PrintPage;
pub use room_fns::{LoadBoardPrint, LoadRoomPrint, load_board_print, load_room_print};
pub use room_words::{PrintSpan, print_of_room};
pub use rooms::{BoardPrintPage, RoomPrintPage};
pub use server_fns::{LoadPrint, load_print};
pub use view::{BoardPrintView, PrintView, PrintedBy, RoomPrintView};

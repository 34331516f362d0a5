//! Sites and their rooms: what can be booked, and the forms that say it.

pub mod approval_part;
pub mod board;
pub mod board_fns;
mod board_keys;
pub mod finder;
pub mod finder_fns;
pub mod finder_form;
pub mod form;
#[cfg(feature = "ssr")]
mod gather_found;
pub mod holidays;
pub mod lane;
pub mod month;
pub mod page;
pub mod retiring;
pub mod seasons;
pub mod server_fns;
pub mod sheet;
pub mod site_fns;
pub mod site_form;
pub mod site_pages;
mod tracks;
pub mod view;
pub mod week;
pub mod words;

pub use board::BoardPage;
pub use board_fns::{BoardFilters, LoadBoard, load_board};
pub use finder::FinderPage;
pub use finder_fns::{LoadFinder, load_finder};
pub use finder_form::FinderForm;
pub use form::RoomForm;
pub use page::{RoomPage, RoomsPage};
pub use retiring::{RetireRoom, RetireRoomForm, retire_room};
#[cfg(feature = "ssr")]
pub(crate) use server_fns::day_asked;
pub use server_fns::{LoadRoom, LoadRoomForm, LoadRooms, SaveRoom, load_room, load_room_form, load_rooms, save_room};
pub use sheet::RoomFormPage;
pub use site_fns::{LoadSiteForm, LoadSites, SaveSite, load_site_form, load_sites, save_site};
pub use site_form::SiteForm;
pub use site_pages::{SiteFormPage, SitesPage};
pub use view::{RoomFormView, RoomListView, RoomPageView, SiteFormView};

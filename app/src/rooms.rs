//! Sites and their rooms: what can be booked, and the forms that say it.

pub mod approval_part;
pub mod board;
pub mod board_fns;
mod board_keys;
pub mod form;
pub mod lane;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod site_fns;
pub mod site_form;
pub mod site_pages;
pub mod view;
pub mod week;
pub mod words;

pub use board::BoardPage;
pub use board_fns::{BoardFilters, LoadBoard, load_board};
pub use form::RoomForm;
pub use page::{RoomPage, RoomsPage};
pub use server_fns::{LoadRoom, LoadRoomForm, LoadRooms, SaveRoom, load_room, load_room_form, load_rooms, save_room};
pub use sheet::RoomFormPage;
pub use site_fns::{LoadSiteForm, LoadSites, SaveSite, load_site_form, load_sites, save_site};
pub use site_form::SiteForm;
pub use site_pages::{SiteFormPage, SitesPage};
pub use view::{RoomFormView, RoomListView, RoomPageView, SiteFormView};

//! What stands round every page: the document, the rail, the bar with search and clocks, the keys.

pub mod clocks;
#[cfg(feature = "ssr")]
pub mod document;
pub mod frame;
#[cfg(feature = "ssr")]
mod gather;
pub mod keys;
pub mod server_fns;
pub mod theme;
pub mod view;

#[cfg(feature = "ssr")]
pub use document::document;
pub use frame::FramePage;
pub use server_fns::{LoadFrame, load_frame};
pub use theme::{ChooseTheme, Theme, ThemeForm, choose_theme};
pub use view::{AccountShown, ClockShown, ClocksShown, Door, FrameView, MenuEntry, MenuPlace};

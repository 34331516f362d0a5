//! Releases: what of a programme was given to whom, and releasing it.

pub mod form;
pub mod page;
pub mod server_fns;
pub mod view;
pub mod words;

pub use form::ReleaseForm;
pub use page::ReleasesPage;
pub use server_fns::{LoadReleases, ReleaseVisit, load_releases, release_visit};
pub use view::{ReleaseLine, ReleasesView};

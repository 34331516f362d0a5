//! Releases: what of a programme was given to whom, what is new in it, who has acknowledged it, and releasing it.

pub mod acknowledging;
pub mod changed_words;
pub mod changes;
pub mod code;
pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod page;
pub mod preview;
pub mod server_fns;
pub mod shown;
pub mod standing;
pub mod view;
pub mod words;

pub use acknowledging::AcknowledgeForm;
pub use code::CodePage;
pub use form::ReleaseForm;
pub use page::ReleasesPage;
pub use server_fns::{
    AcknowledgeRelease, LoadCode, LoadReleases, ReleaseVisit, acknowledge_release, load_code, load_releases, release_visit,
};
pub use view::{ReleaseLine, ReleaseShown, ReleasesView};

//! Open pages that follow what others change.
//!
//! A page calls [`use_live`], reads its data anew at each of its beats, and says by [`LiveHere::shows`] what it shows. In the browser
//! that opens a stream of the server (`/live`), by which the server says that this very reader's view of this very page is another
//! one now; what changed is fetched as the page itself is. Rows that changed are marked by [`JustChanged`]. What is being typed stays.

mod fingerprint;
mod hook;
#[cfg(feature = "hydrate")]
mod keeping;
#[cfg(feature = "ssr")]
mod look;
pub mod notes;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "hydrate")]
mod stream;
pub mod views;

pub use fingerprint::{Fingerprint, LiveView};
pub use hook::{Live, LiveHere, use_live};
#[cfg(feature = "ssr")]
pub use look::look;
pub use notes::{JustChanged, LiveNotes, mark_row, marked_rows};
#[cfg(feature = "ssr")]
pub use page::LivePage;

/// Where the stream lies.
pub const PATH: &str = "/live";

/// What the stream says when the page would show something else now.
pub const CHANGED: &str = "changed";

/// What it says when that is because time went by, and nobody changed anything.
pub const LATER: &str = "later";

/// What it says, as its last word, when the page may no longer be read.
pub const GONE: &str = "gone";

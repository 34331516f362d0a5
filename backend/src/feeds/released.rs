//! What was last released to the audience a reader belongs to, for who does not read the live draft.

use crate::{context::RequestContext, database::Connection, error::Outcome};
use domain::{
    releases::{Frozen, MarkingsNow},
    visits::Visit,
};

/// A release as it was frozen, with the markings that its lines have today.
pub(super) struct Released {
    pub(super) frozen: Frozen,
    pub(super) now: MarkingsNow,
}

impl Released {
    /// The last release of a visit to the reader's audience.
    pub(super) async fn last(_context: &RequestContext, _connection: &mut impl Connection, _visit: &Visit) -> Outcome<Option<Self>> {
        Ok(None)
    }
}

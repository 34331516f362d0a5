//! What was last released to the audience a reader belongs to, for who does not read the live draft.

use crate::{context::RequestContext, database::Connection, error::Outcome, releases};
use domain::{ids::VisitId, marking::Reader, releases::ReleaseView};

/// The last release of a visit, for one reader.
pub(super) struct Released {
    /// As the reader reads it on the page.
    pub(super) page: ReleaseView,
    /// The same release, as far as it passes the channel of feeds.
    pub(super) through: Option<ReleaseView>,
}

impl Released {
    /// The last release of a visit to the reader of the context, who is `through` by the channel of feeds.
    pub(super) async fn last(
        context: &RequestContext,
        connection: &mut impl Connection,
        visit: VisitId,
        through: &Reader,
    ) -> Outcome<Option<Self>> {
        let Some(page) = releases::latest_shown(context, connection, visit, None, context.reader()).await? else { return Ok(None) };
        let through = releases::latest_shown(context, connection, visit, Some(page.head.audience), through).await?;
        Ok(Some(Self { page, through }))
    }
}

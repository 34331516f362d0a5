//! What was last released to the audience a reader belongs to, for who does not read the live draft.

use super::latest_shown;
use crate::{context::RequestContext, database::Connection, error::Outcome};
use domain::{ids::VisitId, marking::Reader, releases::ReleaseView};

/// The last release of a visit, for one reader.
pub(crate) struct Released {
    /// As the reader reads it on the page.
    pub(crate) page: ReleaseView,
    /// The same release, as far as it passes a channel.
    pub(crate) through: Option<ReleaseView>,
}

impl Released {
    /// The last release of a visit to the reader of the context, who is `through` by a channel.
    pub(crate) async fn last(
        context: &RequestContext,
        connection: &mut impl Connection,
        visit: VisitId,
        through: &Reader,
    ) -> Outcome<Option<Self>> {
        let Some(page) = latest_shown(context, connection, visit, None, context.reader()).await? else { return Ok(None) };
        let through = latest_shown(context, connection, visit, Some(page.head.audience), through).await?;
        Ok(Some(Self { page, through }))
    }
}

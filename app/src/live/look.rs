//! Looking at a page as one reader sees it at this moment.

use super::{Fingerprint, LivePage, LiveView};
use crate::{
    approvals::gather::approvals_of,
    calendar::gather::calendar_of,
    clashes::gather::clashes_of_office,
    errors::AppError,
    programme::gather::{programme_of, version_of_line},
    rooms::{board_fns::board_of, server_fns::room_of},
    tasks::gather::tasks_of,
    today::gather::today_of,
    visits::gather::list_of,
};
use backend::RequestContext;

/// What a page shows now to who asks, as a fingerprint; it is gathered by the very functions that the page is gathered by, by the
/// rights of this moment. Nothing of it is delivered.
///
/// # Errors
/// As the page: when there is none, or it may not be read.
pub async fn look(context: &RequestContext, page: &LivePage) -> Result<Fingerprint, AppError> {
    let context = &context.only_compared();
    Ok(match page {
        LivePage::Today => today_of(context).await?.fingerprint(),
        LivePage::Clashes(filters) => clashes_of_office(context, filters).await?.fingerprint(),
        LivePage::Calendar(asked) => calendar_of(context, asked).await?.fingerprint(),
        LivePage::Visits { state, category, text } => list_of(context, state, category, text).await?.fingerprint(),
        LivePage::Programme(visit) => programme_of(context, *visit, |_| true).await?.fingerprint(),
        LivePage::Tasks(visit) => tasks_of(context, *visit).await?.fingerprint(),
        LivePage::Line { visit, item } => Fingerprint::of(&version_of_line(context, *visit, *item).await?),
        LivePage::Board(filters) => board_of(context, filters).await?.fingerprint(),
        LivePage::Room { room, day, month } => room_of(context, *room, day, month).await?.fingerprint(),
        LivePage::Approvals { after } => approvals_of(context, after).await?.fingerprint(),
    })
}

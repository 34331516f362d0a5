//! What a feed is of, as its reader may know it.

use crate::{context::RequestContext, database::Connection, directory::OfficeDirectory, error::Outcome, missions, releases, visits};
use domain::{
    feeds::FeedScope,
    marking::{
        Marking, Reader,
        view::{Directory, VisitView},
    },
    permission::{Action, role_allows},
};

/// The name of what a feed is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name; none where the kind of feed says it all, or the name may not be read.
    pub(super) title: Option<String>,
    /// The marking of the name.
    pub(super) marking: Marking,
}

impl Named {
    const NONE: Self = Self { title: None, marking: Marking::Clear };

    fn in_office(title: String) -> Self {
        Self { title: Some(title), marking: Marking::Green }
    }
}

/// Whether one of the actor's roles allows an action.
pub(super) fn may(context: &RequestContext, action: Action) -> bool {
    context.actor().roles().iter().any(|role| role_allows(*role, action))
}

/// The name of what a feed is of, as the reader of the context has it; none if there is no such thing for this reader.
pub(super) async fn named(
    context: &RequestContext,
    connection: &mut impl Connection,
    scope: FeedScope,
    directory: &OfficeDirectory,
) -> Outcome<Option<Named>> {
    named_for(context, connection, scope, directory, context.reader()).await
}

/// The same for another reader: the one of the context, narrowed by a channel.
pub(super) async fn named_for(
    context: &RequestContext,
    connection: &mut impl Connection,
    scope: FeedScope,
    directory: &OfficeDirectory,
    reader: &Reader,
) -> Outcome<Option<Named>> {
    let is_office = context.reader().is_office();
    Ok(match scope {
        FeedScope::Mine => is_office.then_some(Named::NONE),
        FeedScope::Office => may(context, Action::ReadVisits).then_some(Named::NONE),
        FeedScope::Visit(id) if !is_office => {
            // A mission knows of the visits of which something was released to it.
            match releases::latest_shown(context, connection, id, None, context.reader()).await? {
                None => None,
                Some(known) => {
                    let shown = releases::latest_shown(context, connection, id, Some(known.head.audience), reader).await?;
                    let head = shown.map(|shown| shown.visit);
                    let marking = head.as_ref().and_then(|head| head.markings.get("title").copied()).unwrap_or(known.marking);
                    Some(Named { title: head.and_then(|head| head.title), marking })
                }
            }
        }
        FeedScope::Visit(id) => match visits::known(context, connection, id).await {
            Ok(visit) => {
                let view = VisitView::of(&visit, reader, directory);
                let marking = view.as_ref().and_then(|view| view.markings.get("title").copied()).unwrap_or(visit.details.existence);
                Some(Named { title: view.and_then(|view| view.title), marking })
            }
            Err(crate::Failure::NotFound) => None,
            Err(other) => return Err(other),
        },
        FeedScope::Principal(id) if may(context, Action::ReadOffice) => directory.person(id).map(Named::in_office),
        FeedScope::Room(id) if may(context, Action::ReadRooms) => directory.room(id).map(Named::in_office),
        FeedScope::Mission(id) if is_office || context.actor().mission() == Some(id) => {
            missions::find(context, connection, id).await?.map(|mission| Named::in_office(mission.details.name.to_string()))
        }
        FeedScope::Principal(_) | FeedScope::Room(_) | FeedScope::Mission(_) => None,
    })
}

//! The server's half of the page of calendars.
//!
//! A link is shown once, on the page one comes to after it was made. It must not stand in an address, so it is kept as a form
//! draft is: sealed, for this session alone, for an hour at most.

use super::{
    form::{MakeFeedForm, OneFeedForm, RevokeAllForm},
    view::FeedsView,
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The link of a feed that was made or given a new one.
#[cfg(feature = "ssr")]
fn link_of(made: &backend::feeds::FeedMade) -> super::view::LinkView {
    let url = made.url();
    super::view::LinkView { code: crate::components::qr::drawn(&url), webcal: made.webcal(), url }
}

/// One's own feeds, what one can be made of, and the link that was just made.
///
/// # Errors
/// When the requester may not subscribe.
#[server]
pub async fn load_feeds(
    /// Under what the link that was just made is kept, or nothing.
    made: String,
) -> Result<FeedsView, AppError> {
    use super::{view::FeedLine, words::scope_in_words};
    use crate::{
        components::Choice,
        forms::draft,
        request::request_context,
        visits::{gather::visits_of, words::title_in_words},
    };
    use backend::Failure;
    use domain::{
        feeds::FeedScope,
        ids::FeedId,
        permission::{Action, role_allows},
        time::{agreed::MomentView, wall_at},
    };
    use language::{Locale, Words};
    crate::errors::answer(async {
        let context = request_context()?;
        let words = Words::new(Locale::English);
        let link = draft::kept_for_this_page(&made).await?;
        let zone = &context.office().details.zone;
        let shown = |at| wall_at(context.zones(), zone, at).ok().map(MomentView::from);
        let feeds = backend::feeds::list_own_feeds(&context)
            .await?
            .into_iter()
            .filter_map(|feed| Some(FeedLine { made: shown(feed.made_at)?, fetched: feed.fetched_at.and_then(shown), feed }));
        let feeds = feeds.collect();
        let may = |action| context.actor().roles().iter().any(|role| role_allows(*role, action));
        let whole = [(FeedScope::Mine, context.reader().is_office()), (FeedScope::Office, may(Action::ReadVisits))];
        let whole = whole.into_iter().filter(|(_, can)| *can).map(|(scope, _)| (scope, None));
        let visits = visits_of(&context).await?;
        let visits = visits.iter().map(|visit| (FeedScope::Visit(visit.id), Some(title_in_words(words, visit))));
        let mut scopes: Vec<(FeedScope, Option<String>)> = whole.chain(visits).collect();
        match backend::directory::read_names(&context).await {
            Ok(names) => {
                if may(Action::ReadRooms) {
                    scopes.extend(names.rooms.into_iter().map(|room| (FeedScope::Room(room.id), Some(room.name))));
                }
                let missions = names.missions.into_iter();
                scopes.extend(missions.map(|mission| (FeedScope::Mission(mission.id), Some(mission.details.name.to_string()))));
                scopes.extend(names.people.into_iter().map(|person| (FeedScope::Principal(person.id), Some(person.name))));
            }
            // A mission's account knows nothing of the directory but itself.
            Err(Failure::Forbidden) => scopes.extend(context.actor().mission().map(|mission| (FeedScope::Mission(mission), None))),
            Err(failure) => return Err(failure.into()),
        }
        let scopes = scopes.into_iter().map(|(scope, name)| {
            let kind = scope_in_words(words, scope);
            Choice::new(MakeFeedForm::value_of(scope), name.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}")))
        });
        let once = context.new_id::<FeedId>().to_string();
        Ok(FeedsView { feeds, scopes: scopes.collect(), once, link })
    })
    .await
}

/// Makes a feed, and leads to the page that shows its link.
///
/// # Errors
/// When the requester may not subscribe, or may not know of what it would show.
#[server]
pub async fn make_feed(
    /// The form.
    #[server(flatten)]
    form: MakeFeedForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context, shown_once},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let (scope, detail) = match form.input().read() {
            Ok(asked) => asked,
            Err(problems) => return Ok(Answer::Refused(problems, Vec::new())),
        };
        let make = async move |context| Ok(link_of(&backend::feeds::make_feed(&context, scope, detail).await?));
        match shown_once(&context, &form, &form.once, make).await {
            Ok(link) => Ok(Answer::Done(format!("/calendars?made={link}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Gives a feed a new link, and leads to the page that shows it.
///
/// # Errors
/// When the requester has no such feed.
#[server]
pub async fn renew_feed(
    /// The form.
    #[server(flatten)]
    form: OneFeedForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer, draft},
        request::{refused, request_context},
    };
    use domain::ids::FeedId;
    answer(form, |form| async move {
        let context = request_context()?;
        let id: FeedId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::feeds::renew_feed(&context, id).await {
            Ok(made) => Ok(Answer::Done(format!("/calendars?made={}", draft::keep_for_next_page(&link_of(&made)).await?))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Revokes a feed.
///
/// # Errors
/// When the requester has no such feed.
#[server]
pub async fn revoke_feed(
    /// The form.
    #[server(flatten)]
    form: OneFeedForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::ids::FeedId;
    answer(form, |form| async move {
        let context = request_context()?;
        let id: FeedId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::feeds::revoke_feed(&context, id).await {
            Ok(()) => Ok(Answer::Done(format!("/calendars?revoked={id}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Revokes all of one's own feeds.
///
/// # Errors
/// When nobody is signed in.
#[server]
pub async fn revoke_all_feeds(
    /// The form.
    #[server(flatten)]
    form: RevokeAllForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    answer(form, |_| async move {
        let context = request_context()?;
        match backend::feeds::revoke_all(&context).await {
            Ok(count) => Ok(Answer::Done(format!("/calendars?revoked={count}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

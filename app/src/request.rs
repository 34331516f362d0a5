//! A request, as pages and server functions see it: who asks, and how what a use case refuses is told.

use crate::{
    errors::AppError,
    forms::{Alternative, Answer, FormFields, Notice, NoticeLevel, Typed, draft},
};
use backend::{
    Failure, RequestContext, RequestedFrom,
    accounts::{
        access::SignedIn,
        idempotency::{self, RequestHash},
    },
    clashes,
    database::DatabaseError,
    error::ClashRefusal,
};
use domain::{
    clash::Level,
    ids::DraftId,
    marking::view::{ClashView, SlotView, Viewed, ViewedBy},
    permission::{Action, Decision, Facts, decide, role_allows},
    problems::Problems,
    time::ZoneName,
};
use http::request::Parts;
use language::{Locale, Words};
use leptos::{nonce::Nonce, prelude::*};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};
use uuid::Uuid;

/// What the process has put into the request's extensions.
fn given<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>()?.extensions.get::<T>().cloned()
}

/// Provides what every page and server function needs beside the request itself. The process gives it to the framework
/// as the context of both.
///
/// The nonce is that of the answer's content security policy, which the process's layer puts into the extensions: the
/// framework makes one of its own, by which no script would run.
pub fn provide_request() {
    if let Some(nonce) = given::<Nonce>() {
        provide_context(nonce);
    }
}

/// The request at hand: the first thing each server function asks for.
///
/// # Errors
/// When the process has found out nothing of who asks: a route in the wrong place.
pub fn request_context() -> Result<RequestContext, AppError> {
    given::<RequestContext>().ok_or(AppError::Failed { reference: String::new() })
}

/// What is about to be sent to the requester, if it was made for them or for anyone. Who asks need only be known for what
/// is not anyone's.
///
/// # Errors
/// When it is somebody else's: a defect, of which nothing is told but the request's reference.
pub fn sent_to_requester<T: Viewed>(requester: Result<RequestContext, AppError>, view: T) -> Result<T, AppError> {
    if view.viewed_by() == ViewedBy::Anyone {
        return Ok(view);
    }
    let context = requester?;
    if view.viewed_by().is_for(context.reader()) {
        return Ok(view);
    }
    let reference = context.request_id().to_string();
    tracing::error!(reference, "what was to be sent was made for another reader");
    Err(AppError::Failed { reference })
}

/// Who is signed in.
///
/// # Errors
/// When nobody is.
pub fn signed_in() -> Result<SignedIn, AppError> {
    given::<SignedIn>().ok_or(AppError::SignInNeeded)
}

/// The network address of the requester.
pub fn requested_from() -> IpAddr {
    given::<RequestedFrom>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |from| from.0)
}

/// Whether the requester may do what is on no one thing. It decides what is offered; the use case decides anew.
pub fn may(context: &RequestContext, action: Action) -> bool {
    decide(context.actor(), action, Facts::NONE) == Decision::Allowed
}

/// The names of the world's zones, which fields of zones suggest.
pub fn zone_names(context: &RequestContext) -> Vec<String> {
    context.chancery().zones.names().iter().map(ToString::to_string).collect()
}

impl From<Failure> for AppError {
    /// What a page says of a failure; what is our own fault is logged here, once, under the request's reference.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::NotFound,
            Failure::SignIn | Failure::WrongCredentials => Self::SignInNeeded,
            Failure::Forbidden => Self::NotAllowed,
            Failure::Invalid(_) | Failure::Import(_) | Failure::KeyReused | Failure::VersionNeeded => Self::Unreadable,
            Failure::Clash(_)
            | Failure::SeriesRefused(_)
            | Failure::ClosingRefused(_)
            | Failure::RestRefused(_)
            | Failure::ShiftRefused(_)
            | Failure::Stale
            | Failure::Database(DatabaseError::Engaged) => Self::Conflict,
            Failure::TooMany { after_seconds } => Self::TooMany { seconds: u32::try_from(after_seconds).unwrap_or(u32::MAX) },
            Failure::Database(_) | Failure::Corrupt { .. } | Failure::Sealing | Failure::Machine { .. } => {
                let reference = given::<RequestContext>().map(|context| context.request_id().to_string()).unwrap_or_default();
                tracing::error!(reference, error = %failure, "a request failed");
                Self::Failed { reference }
            }
        }
    }
}

/// Makes what a form asks for, once for each time the form was opened: a second press of its button finds what the first made.
/// The same form with other content, as after going back in the browser, is another wish.
///
/// # Errors
/// With what the making fails with.
pub async fn made_once<F, Made>(
    context: &RequestContext,
    form: &F,
    once: &str,
    make: impl FnOnce(RequestContext) -> Made,
) -> Result<Uuid, Failure>
where
    F: FormFields,
    Made: Future<Output = Result<Uuid, Failure>>,
{
    if once.is_empty() {
        return make(context.clone()).await;
    }
    let content = serde_json::to_vec(form).map_err(|_| Failure::Corrupt { what: "form" })?;
    let request = RequestHash::of_form(F::NAME, &content);
    idempotency::made_once(context, &format!("{once}:{request}"), request, make).await
}

/// Makes a thing whose link is shown once, on the page that one comes to: a second press of the button leads to the same page, with
/// the same link. What comes back is what that page's address names the link by.
///
/// # Errors
/// With what the making fails with, or when the link could not be kept for that page.
pub async fn shown_once<F, V, Made>(
    context: &RequestContext,
    form: &F,
    once: &str,
    make: impl FnOnce(RequestContext) -> Made,
) -> Result<DraftId, Failure>
where
    F: FormFields,
    V: Serialize,
    Made: Future<Output = Result<V, Failure>>,
{
    let kept = made_once(context, form, once, |context| async move {
        let shown = make(context).await?;
        Ok(draft::keep_for_next_page(&shown).await.map_err(|_| Failure::Machine { what: "keeping a link for its page" })?.uuid())
    });
    kept.await.map(DraftId)
}

/// How clashes are told in a form: on whose clocks, and into which of its fields an alternative goes.
#[derive(Debug, Clone)]
pub struct ClashesInForm {
    /// The zone in which times are said.
    pub zone: ZoneName,
    /// The fields that a time or room which would work sets.
    pub fields: fn(&SlotView) -> Typed,
}

/// What a form answers when its use case failed: what is wrong with its fields, what clashes and what would work, that
/// somebody else was there first.
///
/// # Errors
/// With what is no matter of the form: nothing there, not allowed, our own fault.
pub async fn refused(context: &RequestContext, failure: Failure, clashes: Option<ClashesInForm>) -> Result<Answer, AppError> {
    let words = Words::new(Locale::English);
    let block = |says: String| Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, says)]));
    match (failure, clashes) {
        (Failure::Invalid(problems), _) => Ok(Answer::Refused(problems, Vec::new())),
        (Failure::Clash(refusal), Some(told)) => Ok(Answer::Refused(Vec::new(), notices(context, &refusal, &told, words).await?)),
        (Failure::Database(DatabaseError::Engaged), Some(_)) => block(words.clashes_not_available()),
        (Failure::Stale | Failure::VersionNeeded, _) => block(words.form_stale()),
        (failure, _) => Err(failure.into()),
    }
}

/// The same for a form that takes something for lines it does not show: what clashes is said, on the office's clocks, and nothing
/// there is to be chosen.
///
/// # Errors
/// As [`refused`].
pub async fn refused_for_lines(context: &RequestContext, failure: Failure) -> Result<Answer, AppError> {
    let told = ClashesInForm { zone: context.office().details.zone.clone(), fields: |_| Typed::default() };
    Ok(match refused(context, failure, Some(told)).await? {
        Answer::Refused(problems, mut notices) => {
            for notice in &mut notices {
                notice.alternatives.clear();
            }
            Answer::Refused(problems, notices)
        }
        other => other,
    })
}

/// All that is wrong with a form of which a time can't be read, said at once: that, and what else a check of the rest has found.
///
/// # Errors
/// With what is no matter of the form.
pub fn with_what_else_is_wrong<T>(unread: Problems, checked: Result<T, Failure>) -> Result<Failure, AppError> {
    let mut all = unread.into_vec();
    match checked {
        Ok(_) => {}
        Err(Failure::Invalid(more)) => {
            let known: Vec<String> = all.iter().map(|problem| problem.field.clone()).collect();
            let of_time = |field: &str| matches!(field, "starts" | "ends");
            all.extend(more.into_iter().filter(|problem| !known.contains(&problem.field) && !of_time(&problem.field)));
        }
        Err(failure) => return Err(failure.into()),
    }
    Ok(Failure::Invalid(all))
}

/// What stands in the way of a line as it is, or should be looked at; what would work instead is said once, after all of it.
pub fn standing_notices(views: Vec<ClashView>, told: &ClashesInForm) -> Vec<Notice> {
    let alternatives = views.iter().find(|view| !view.nearest.is_empty()).map(|view| alternatives(&view.nearest, told)).unwrap_or_default();
    let mut notices: Vec<Notice> = views.into_iter().map(notice).collect();
    if let Some(last) = notices.last_mut() {
        last.alternatives = alternatives;
    }
    notices
}

async fn notices(context: &RequestContext, refusal: &ClashRefusal, told: &ClashesInForm, words: Words) -> Result<Vec<Notice>, AppError> {
    let mut notices = standing_notices(clashes::in_words(context, refusal, &told.zone).await?, told);
    let may_override = context.actor().roles().iter().any(|role| role_allows(*role, Action::OverrideClash));
    let worst_is_override = !notices.is_empty() && notices.iter().all(|notice| notice.level != NoticeLevel::Block);
    if may_override && worst_is_override {
        // All that is wrong is said before what would work: one list of buttons, whichever rule it was.
        let alternatives = notices.last_mut().map(|last| std::mem::take(&mut last.alternatives)).unwrap_or_default();
        notices.push(Notice { alternatives, ..Notice::new(NoticeLevel::Override, words.form_override_by_reason()) });
    }
    Ok(notices)
}

/// How grave a clash is. Who may not know the cause is not told that: it stands in the way.
pub(crate) fn level_of(view: &ClashView) -> NoticeLevel {
    view.level.as_deref().and_then(Level::from_word).unwrap_or(Level::Block).into()
}

fn notice(view: ClashView) -> Notice {
    Notice { rule: view.rule.clone(), ..Notice::new(level_of(&view), view.say) }
}

fn alternatives(slots: &[SlotView], told: &ClashesInForm) -> Vec<Alternative> {
    slots.iter().map(|slot| Alternative { label: slot.say.clone(), fields: (told.fields)(slot) }).collect()
}

//! The server's half of a day.

use super::{ActualForm, RestForm, RestPageView};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// Takes down that a line began or ended, now or at the time typed; or takes that back.
///
/// # Errors
/// When there is no such line for the requester, or the programme may not be changed.
#[server]
pub async fn take_actual(
    /// The form.
    #[server(flatten)]
    form: ActualForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::request_context,
        words::words_of_problem,
    };
    use backend::{Failure, version::Seen};
    use chrono::NaiveTime;
    use domain::{
        ids::ItemId,
        problems::{FieldProblem, Problem},
        programme::day::{ActualInput, Deed},
        time::{
            WallTime,
            agreed::AgreedTime,
            typed::{Base, read_moment},
            wall_at,
        },
    };
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let words = Words::new(Locale::English);
        let id: ItemId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let item = backend::programme::read_item(&context, id).await?;
        let zone = item.starts.zone.clone();
        let typed = form.at.trim();
        let wrong = |field: &str, problem: Problem| {
            let said = Notice::new(NoticeLevel::Block, words_of_problem(words, &problem));
            // Beside a field it is said there; a press has none.
            let notices = if typed.is_empty() { vec![said] } else { Vec::new() };
            Ok(Answer::Refused(vec![FieldProblem { field: field.to_owned(), problem }], notices))
        };
        let Some(deed) = Deed::from_word(&form.deed) else { return wrong("deed", Problem::Missing) };
        let mut at = None;
        if !typed.is_empty() {
            let today = wall_at(context.zones(), &zone, context.now()).map_or_else(|_| context.today(), |now| now.local.date());
            let base = Base { today, from: Some(WallTime::new(today.and_time(NaiveTime::MIN))) };
            match read_moment(typed, &base) {
                Ok(local) => at = Some(AgreedTime { local, zone, offset: None }),
                Err(problem) => return wrong("at", problem.into()),
            }
        }
        match backend::programme::record_actual(&context, id, &ActualInput { deed, at }, &Seen::from_form(&form.seen)).await {
            Ok(line) => Ok(Answer::Done(format!("/visits/{}#line-{id}", line.visit_id))),
            Err(Failure::Stale | Failure::VersionNeeded) => {
                Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, words.day_stale())]))
            }
            Err(Failure::Invalid(problems)) => match problems.into_iter().next() {
                Some(FieldProblem { field, problem }) => wrong(&field, problem),
                None => Err(AppError::Unreadable),
            },
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// The page on which the rest of a day is moved: from which line on, by how many minutes, and, once that is said, where it goes.
///
/// # Errors
/// When there is no such visit or line for the requester, or the programme may not be changed.
#[server]
pub async fn load_rest(
    /// The visit.
    id: String,
    /// The line with which the rest begins.
    item: String,
    /// By how many minutes, as typed; or nothing yet.
    minutes: String,
) -> Result<RestPageView, AppError> {
    use super::{
        RestAskedForm,
        form::typed_minutes,
        gather::{late_of, went_of},
    };
    use crate::{
        programme::LineView,
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::{Failure, programme::rest::check_rest};
    use domain::{
        ids::{ItemId, VisitId},
        problems::{FieldProblem, Problem},
        programme::day::rest::{MOST_MINUTES, RestInput},
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let visit: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, visit).await?;
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let items = backend::programme::list_items(&context, head.visit.id).await?;
        let late = late_of(&head.visit, &items, context.now()).map(|late| late.lateness.minutes).filter(|minutes| *minutes > 0);
        let first: ItemId = item.parse().map_err(|_| AppError::NotFound)?;
        let line = items.into_iter().find(|line| line.id == first && !line.is_stand_in).ok_or(AppError::NotFound)?;
        let went = went_of(&context, &line, true);
        let line = LineView { seen: String::new(), hold_until: None, notices: Vec::new(), went, item: line };
        let (mut problems, mut rest) = (Vec::new(), None);
        let mut asked = RestAskedForm { item, minutes: minutes.clone() };
        if minutes.trim().is_empty() {
            asked.minutes = late.map(|late| late.to_string()).unwrap_or_default();
        } else {
            let wrong = |problem| vec![FieldProblem { field: "minutes".to_owned(), problem }];
            match typed_minutes(&minutes) {
                None => problems = wrong(Problem::OutOfBounds { least: -MOST_MINUTES, most: MOST_MINUTES }),
                Some(minutes) => {
                    let input = RestInput { item_id: first.to_string(), minutes, ..RestInput::default() };
                    match check_rest(&context, head.visit.id, &input).await {
                        Ok(view) => rest = Some(view),
                        Err(Failure::Invalid(found)) => problems = wrong_by_minutes(found),
                        Err(failure) => return Err(failure.into()),
                    }
                }
            }
        }
        Ok(RestPageView { head, line, asked, problems, rest, once: context.new_id::<ItemId>().to_string() })
    })
    .await
}

/// The problems by the only field there is.
#[cfg(feature = "ssr")]
fn wrong_by_minutes(problems: Vec<domain::problems::FieldProblem>) -> Vec<domain::problems::FieldProblem> {
    crate::forms::renamed(problems, |_| Some("minutes".to_owned()))
}

/// Moves the rest of a day as it was shown; or says that it is not so any more.
///
/// # Errors
/// When there is no such visit for the requester, or the programme may not be changed.
#[server]
pub async fn move_rest(
    /// The form.
    #[server(flatten)]
    form: RestForm,
) -> Result<Outcome, AppError> {
    use super::form::typed_minutes;
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{made_once, refused, request_context},
    };
    use backend::{Failure, programme::rest};
    use domain::{ids::VisitId, programme::day::rest::RestInput};
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let minutes = typed_minutes(&form.minutes).ok_or(AppError::Unreadable)?;
        let input = RestInput {
            item_id: form.item.clone(),
            minutes,
            reason: Some(form.reason.clone()).filter(|reason| !reason.trim().is_empty()),
            seen: Some(form.seen.clone()),
        };
        let make = |context| async move {
            rest::move_rest(&context, visit, &input).await?;
            Ok(visit.uuid())
        };
        match made_once(&context, &form, &form.once, make).await {
            Ok(_) => Ok(Answer::Done(format!("/visits/{visit}?shifted={minutes}#line-{}", form.item))),
            Err(Failure::RestRefused(_)) => {
                let again = Notice::new(NoticeLevel::Block, Words::new(Locale::English).day_rest_again());
                Ok(Answer::Refused(Vec::new(), vec![again]))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

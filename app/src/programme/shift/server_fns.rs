//! The server's half of moving and copying lines together.

use super::{ShiftAskedForm, ShiftForm, ShiftPageView};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// What is wrong, by the fields of the form.
#[cfg(feature = "ssr")]
fn in_fields(problems: Vec<domain::problems::FieldProblem>) -> Vec<domain::problems::FieldProblem> {
    let name = |field: &str| {
        let named = match field {
            "item_ids" | "day" => "item",
            "minutes" | "days" => "by",
            "to_day" => "to",
            _ => return None,
        };
        Some(named.to_owned())
    };
    crate::forms::renamed(problems, name)
}

/// The page on which lines are moved or copied together: which, how far and, once that is said, where each goes.
///
/// # Errors
/// When there is no such visit for the requester, or the programme may not be changed.
#[server]
pub async fn load_shift(
    /// The visit.
    id: String,
    /// What is asked.
    #[server(default)]
    asked: ShiftAskedForm,
) -> Result<ShiftPageView, AppError> {
    use crate::{
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::{Failure, programme::shift::check_shift};
    use domain::{
        ids::{ItemId, VisitId},
        marking::view::ItemView,
    };
    use std::collections::BTreeSet;
    crate::errors::answer(async {
        let context = request_context()?;
        let visit: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, visit).await?;
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let how = asked.how();
        let mut lines = backend::programme::list_items(&context, head.visit.id).await?;
        lines.retain(|line| !line.is_stand_in);
        let named: BTreeSet<&str> = asked.items.split_whitespace().collect();
        let is_of_day = |line: &ItemView| named.is_empty() && line.starts.local.date().to_string() == asked.day;
        let chosen: Vec<&ItemView> = lines.iter().filter(|line| named.contains(line.id.to_string().as_str()) || is_of_day(line)).collect();
        let ids: Vec<String> = chosen.iter().map(|line| line.id.to_string()).collect();
        let days: BTreeSet<_> = chosen.iter().map(|line| line.starts.local.date()).collect();
        // Those named are what is moved or copied, a day or not.
        let asked = ShiftAskedForm { items: ids.join(" "), ..asked };
        let (mut problems, mut found) = (Vec::new(), None);
        if asked.says_how_far() {
            match asked.input(context.today()) {
                Err(wrong) => problems = wrong,
                Ok(input) => match check_shift(&context, head.visit.id, how, &input).await {
                    Ok(view) => found = Some(view),
                    Err(Failure::Invalid(wrong)) => problems = in_fields(wrong),
                    Err(failure) => return Err(failure.into()),
                },
            }
        }
        if !days.is_empty() {
            lines.retain(|line| days.contains(&line.starts.local.date()));
        }
        Ok(ShiftPageView { head, lines, how, asked, problems, found, once: context.new_id::<ItemId>().to_string() })
    })
    .await
}

/// Moves or copies lines as they were shown; or says that it is not so any more.
///
/// # Errors
/// When there is no such visit for the requester, or the programme may not be changed.
#[server]
pub async fn shift_lines(
    /// The form.
    #[server(flatten)]
    form: ShiftForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{made_once, refused, request_context},
    };
    use backend::{Failure, programme::shift};
    use domain::{
        ids::VisitId,
        programme::shift::{ShiftInput, Shifting},
    };
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let asked = ShiftAskedForm {
            deed: form.deed.clone(),
            items: form.items.clone(),
            day: form.day.clone(),
            by: form.by.clone(),
            to: form.to.clone(),
            twice: form.twice.clone(),
        };
        let how = asked.how();
        let reason = Some(form.reason.clone()).filter(|reason| !reason.trim().is_empty());
        let input = asked.input(context.today()).map_err(|_| AppError::Unreadable)?;
        let input = ShiftInput { reason, seen: Some(form.seen.clone()), ..input };
        let make = |context| async move {
            shift::shift_lines(&context, visit, how, &input).await?;
            Ok(visit.uuid())
        };
        let done = match how {
            Shifting::Move => "moved",
            Shifting::Copy => "copied",
        };
        match made_once(&context, &form, &form.once, make).await {
            Ok(_) => Ok(Answer::Done(format!("/visits/{visit}?done={done}"))),
            Err(Failure::ShiftRefused(_)) => {
                let again = Notice::new(NoticeLevel::Block, Words::new(Locale::English).shift_again());
                Ok(Answer::Refused(Vec::new(), vec![again]))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

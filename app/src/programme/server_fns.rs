//! The server's half of the pages of a programme.

use super::{
    form::{ItemForm, RemoveItemForm},
    view::{ItemFormView, ProgrammeView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// A visit with the lines of it that one may read.
///
/// # Errors
/// When there is no such visit for the requester.
#[server]
pub async fn load_programme(
    /// The visit.
    id: String,
) -> Result<ProgrammeView, AppError> {
    use super::gather::programme_of;
    use crate::request::request_context;
    crate::errors::answer(async { programme_of(&request_context()?, id.parse().map_err(|_| AppError::NotFound)?, |_| true).await }).await
}

/// The form of a line as the requester sees it now.
#[cfg(feature = "ssr")]
fn form_of(context: &backend::RequestContext, item: &domain::marking::view::ItemView) -> backend::Outcome<ItemForm> {
    let hold_until = item.hold_until.and_then(|until| domain::time::wall_at(context.zones(), &item.starts.zone, until).ok());
    let seen = backend::version::ETag::of(item)?;
    Ok(ItemForm::of(item, hold_until.map(Into::into).as_ref(), seen.as_str()))
}

/// The form of a line; of a new one without an id.
///
/// # Errors
/// When there is no such visit or line for the requester, or the programme may not be changed.
#[server]
pub async fn load_item_form(
    /// The visit.
    visit: String,
    /// The line, or nothing.
    item: String,
    /// The line after which a new one stands, or nothing.
    after: String,
) -> Result<ItemFormView, AppError> {
    use super::day::gather::went_of;
    use crate::{
        components::Choice,
        request::request_context,
        visits::gather::{choices, head_of},
    };
    use domain::ids::{ItemId, VisitId};
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = visit.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, id).await?;
        let names = backend::directory::read_names(&context).await?;
        let head = head_of(&context, visit, &names.missions);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let read = async |text: String| -> Result<_, AppError> {
            let id: ItemId = text.parse().map_err(|_| AppError::NotFound)?;
            let item = backend::programme::read_item(&context, id).await?;
            if item.visit_id == head.visit.id { Ok(item) } else { Err(AppError::NotFound) }
        };
        let (item, stored) = if item.is_empty() {
            let before = if after.is_empty() { None } else { Some(read(after).await?.ends) };
            let once = context.new_id::<ItemId>().to_string();
            (None, ItemForm { once, ..ItemForm::new_in(&head.visit, before.as_ref()) })
        } else {
            let item = read(item).await?;
            let stored = form_of(&context, &item)?;
            (Some(item), stored)
        };
        let mut rooms = choices(&names.rooms);
        // What is past keeps its room though that is retired since.
        let own = item.as_ref().and_then(|item| item.room.as_ref()).map(|room| Choice::new(room.id.to_string(), room.name.clone()));
        rooms.extend(own.filter(|own| names.rooms.iter().all(|room| room.id.to_string() != own.value)));
        let went = item.as_ref().map(|item| went_of(&context, item, true)).filter(|went| went.is_of_today);
        Ok(ItemFormView {
            went,
            may_be_firm: head.visit.state.allows_firm_lines(),
            head,
            item,
            stored,
            people: choices(&names.people),
            rooms,
            zones: context.chancery().zones.names().iter().map(ToString::to_string).collect(),
            ceiling: context.reader().ceiling(),
        })
    })
    .await
}

/// Adds a line, or changes one. What clashes refuses it, with what would work.
///
/// # Errors
/// When there is no such visit or line for the requester, or the programme may not be changed.
#[server]
pub async fn save_item(
    /// The form.
    #[server(flatten)]
    form: ItemForm,
) -> Result<Outcome, AppError> {
    use super::reading::in_fields;
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{ClashesInForm, made_once, refused, request_context, with_what_else_is_wrong},
        times::{fields_of_slot, reading::skipped},
    };
    use backend::{Failure, version::Seen};
    use domain::{
        ids::{ItemId, VisitId},
        problems::Problems,
        time::ZoneName,
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let item: Option<ItemId> = if form.id.is_empty() { None } else { Some(form.id.parse().map_err(|_| AppError::NotFound)?) };
        let mut problems = Problems::new();
        let times = form.times().read(&mut problems, context.today(), context.zones());
        let zone = times.starts.as_ref().map_or_else(|| context.office().details.zone.clone(), |starts| starts.zone.clone());
        let input = form.input(times);
        let result = if problems.is_empty() {
            match item {
                None => {
                    made_once(&context, &form, &form.once, |context| async move {
                        Ok(backend::programme::add_programme_item(&context, visit, input).await?.view.id.uuid())
                    })
                    .await
                }
                Some(item) => backend::programme::change_programme_item(&context, item, input, &Seen::from_form(&form.seen))
                    .await
                    .map(|saved| saved.view.id.uuid()),
            }
        } else {
            let checked = backend::programme::check_programme_item(&context, visit, input, item).await;
            Err(with_what_else_is_wrong(problems, checked)?)
        };
        let told = ClashesInForm { zone: ZoneName::clone(&zone), fields: fields_of_slot };
        if let (Err(Failure::Stale), Some(item)) = (&result, item) {
            return Ok(Answer::Newer(form_of(&context, &backend::programme::read_item(&context, item).await?)?.typed()));
        }
        match result {
            Ok(saved) => Ok(Answer::Done(format!("/visits/{visit}?saved={saved}#line-{saved}"))),
            Err(failure) => Ok(match refused(&context, failure, Some(told)).await? {
                Answer::Refused(problems, mut notices) => {
                    notices.extend(skipped(language::Words::new(language::Locale::English), &problems));
                    Answer::Refused(in_fields(problems), notices)
                }
                other => other,
            }),
        }
    })
    .await
}

/// Takes a line out of its programme.
///
/// # Errors
/// When there is no such line for the requester, or the programme may not be changed.
#[server]
pub async fn remove_item(
    /// The form.
    #[server(flatten)]
    form: RemoveItemForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    use domain::ids::{ItemId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let item: ItemId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::programme::remove_programme_item(&context, item, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(format!("/visits/{visit}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

//! The server's half of the finder of rooms.

use super::{FinderForm, view::FinderView};
use crate::errors::AppError;
use leptos::prelude::*;

/// The finder of rooms: its form, and what it finds if something is asked.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_finder(
    /// What is asked.
    #[server(flatten)]
    form: FinderForm,
) -> Result<FinderView, AppError> {
    use super::gather_found::{Asked, read, usual};
    use crate::{
        components::Choice,
        forms::{FormFields, Refusal, Typed},
        request::{may, request_context, zone_names},
        times::reading::skipped,
    };
    use backend::{Failure, rooms::find::find_rooms};
    use domain::permission::Action;
    use language::{Locale, Words};
    crate::errors::answer(async {
        let context = request_context()?;
        let sites = backend::rooms::list_sites(&context).await?;
        let mut view = FinderView {
            asked: form.clone(),
            refusal: None,
            found: None,
            booking: Typed::default(),
            sites: sites.iter().map(|site| Choice::new(site.id.to_string(), site.name.clone())).collect(),
            zones: zone_names(&context),
            ceiling: context.reader().ceiling(),
            may_book: may(&context, Action::BookRoom),
        };
        if !form.is_asked() {
            view.asked = usual(&context, form);
            return Ok(view);
        }
        let found = match read(&context, &form, &sites) {
            Ok(Asked { wanted, booking }) => {
                view.booking = booking;
                find_rooms(&context, wanted).await
            }
            Err(problems) => Err(Failure::Invalid(problems)),
        };
        match found {
            Ok(found) => view.found = Some(found),
            Err(Failure::Invalid(problems)) => {
                let notices = skipped(Words::new(Locale::English), &problems);
                let form = FinderForm::NAME.to_owned();
                view.refusal = Some(Refusal { form, problems, notices, typed: view.asked.typed(), newer: None, trouble: None });
            }
            Err(failure) => return Err(failure.into()),
        }
        Ok(view)
    })
    .await
}

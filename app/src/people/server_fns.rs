//! The server's half of the pages of people.

use super::{
    PersonForm,
    view::{PersonFormView, PersonListView, PersonPageView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// A page of the people, by name; with words only those they find.
///
/// # Errors
/// When one may not read the office, or the page is not one of the list's.
#[server]
pub async fn load_people(
    /// The words, or nothing.
    text: String,
    /// What asks for the page; nothing for the first.
    after: String,
) -> Result<PersonListView, AppError> {
    use crate::request::{may, request_context};
    use backend::paging::PageRequest;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let request = PageRequest::new(Some(&after), None)?;
        let people = backend::people::list_people(&context, Some(&text), &request).await?;
        Ok(PersonListView { people, may_manage: may(&context, Action::ManagePeople) })
    })
    .await
}

/// A person.
///
/// # Errors
/// When there is none, or one may not read the office.
#[server]
pub async fn load_person(
    /// The person.
    id: String,
) -> Result<PersonPageView, AppError> {
    use crate::request::{may, request_context};
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let person = backend::people::read_person(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        let seen = ETag::of(&person)?.as_str().to_owned();
        let (may_manage, may_erase) = (may(&context, Action::ManagePeople), may(&context, Action::ErasePeople));
        Ok(PersonPageView { person, may_manage, may_erase, seen })
    })
    .await
}

/// The form of a person; of a new one without an id.
///
/// # Errors
/// When there is no such person, or people may not be changed.
#[server]
pub async fn load_person_form(
    /// The person, or nothing.
    id: String,
    /// The mission of a new person, or nothing.
    mission: String,
) -> Result<PersonFormView, AppError> {
    use crate::{
        components::Choice,
        request::{may, request_context},
    };
    use backend::version::ETag;
    use domain::{ids::PersonId, permission::Action};
    crate::errors::answer(async {
        let context = request_context()?;
        let stored = if id.is_empty() {
            PersonForm::new_of(mission, context.new_id::<PersonId>().to_string())
        } else {
            let person = backend::people::read_person(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
            PersonForm::of(&person, ETag::of(&person)?.as_str())
        };
        let names = backend::directory::read_names(&context).await?;
        if !may(&context, Action::ManagePeople) {
            return Err(AppError::NotAllowed);
        }
        let mut countries: Vec<String> = names.missions.iter().map(|mission| mission.details.country_name.to_string()).collect();
        countries.sort_unstable();
        countries.dedup();
        let missions = names.missions.iter().map(|mission| Choice::new(mission.id.to_string(), mission.details.name.to_string())).collect();
        Ok(PersonFormView { stored, missions, countries, plans_meals: backend::people::plans_meals(&context) })
    })
    .await
}

/// Makes a person, or changes one.
///
/// # Errors
/// When there is no such person, or people may not be changed.
#[server]
pub async fn save_person(
    /// The form.
    #[server(flatten)]
    form: PersonForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{made_once, refused, request_context},
        visits::gather::country_code,
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let names = backend::directory::read_names(&context).await?;
        let input = form.input(country_code(form.country.trim(), &names), backend::people::plans_meals(&context));
        let saved = if form.id.is_empty() {
            let make = async move |context| Ok(backend::people::create_person(&context, input).await?.id.uuid());
            made_once(&context, &form, &form.once, make).await
        } else {
            let id = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::people::change_person(&context, id, input, &Seen::from_form(&form.seen)).await.map(|person| person.id.uuid())
        };
        match saved {
            Ok(person) => Ok(Answer::Done(format!("/people/{person}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

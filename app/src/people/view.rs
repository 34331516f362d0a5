//! What the pages of people show.

use super::PersonForm;
use crate::components::Choice;
use domain::{paging::Page, people::view::PersonView};
use serde::{Deserialize, Serialize};

/// A page of the people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonListView {
    /// The people, by name.
    pub people: Page<PersonView>,
    /// Whether one may make and change them.
    pub may_manage: bool,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPageView {
    /// The person.
    pub person: PersonView,
    /// Whether one may change them.
    pub may_manage: bool,
    /// Whether one may erase them.
    pub may_erase: bool,
    /// The version that is shown.
    pub seen: String,
}

/// The form of a person, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFormView {
    /// What the form opens with.
    pub stored: PersonForm,
    /// Missions.
    pub missions: Vec<Choice>,
    /// Names of countries.
    pub countries: Vec<String>,
    /// Whether one plans meals, and so says what the kitchen must know.
    pub plans_meals: bool,
}

domain::viewed_by! {
    PersonListView { people }
    PersonPageView { person }
    PersonFormView {}
}

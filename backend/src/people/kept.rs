//! An office's people at hand.

use domain::{ids::PersonId, people::Person, text::folded};
use std::collections::HashMap;

/// The people of an office: by name, and their names by identifier.
#[derive(Debug, Default)]
pub struct People {
    people: Vec<Person>,
    names: HashMap<PersonId, String>,
}

impl People {
    /// Of people in any order.
    pub(crate) fn of(mut people: Vec<Person>) -> Self {
        people.sort_by_cached_key(|person| (folded(&person.details.name.in_latin()), person.id));
        let names = people.iter().map(|person| (person.id, person.details.name.in_latin())).collect();
        Self { people, names }
    }

    /// By name, whatever its marks and case.
    pub(crate) fn by_name(&self) -> &[Person] {
        &self.people
    }

    /// Somebody's name.
    pub(crate) fn name(&self, id: PersonId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

//! What of the calendar is asked for, as the address keeps it.

use chrono::NaiveDate;
use domain::calendar::CalendarSpan;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// The address of the calendar.
pub const PATH: &str = "/calendar";

/// What is asked for, as it was typed. What a part cannot be asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarAsked {
    /// Word of a span; a month without one.
    pub show: String,
    /// A day that is shown; today without one.
    pub on: String,
    /// Word of a category of visits.
    pub category: String,
    /// Somebody who takes part, by id.
    pub person: String,
    /// Another zone whose clock stands beside the office's.
    pub zone: String,
}

impl CalendarAsked {
    /// What an address asks for.
    pub fn of_query(query: &ParamsMap) -> Self {
        let get = |name: &str| query.get(name).unwrap_or_default();
        Self { show: get("show"), on: get("on"), category: get("category"), person: get("person"), zone: get("zone") }
    }

    /// The span; a month where none is named.
    pub fn span(&self) -> CalendarSpan {
        CalendarSpan::from_word(&self.show).unwrap_or_default()
    }

    /// Whether it leaves anything out.
    pub fn is_narrowed(&self) -> bool {
        !self.category.is_empty() || !self.person.is_empty()
    }

    /// The address by which another stretch is shown, narrowed as this.
    pub fn address(&self, span: CalendarSpan, on: NaiveDate) -> String {
        let mut query = ParamsMap::new();
        query.insert("show", span.word().to_owned());
        query.insert("on", on.to_string());
        for (name, value) in [("category", &self.category), ("person", &self.person), ("zone", &self.zone)] {
            if !value.is_empty() {
                query.insert(name, value.clone());
            }
        }
        format!("{PATH}{}", query.to_query_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_what_it_was_made_of() {
        let asked = CalendarAsked { category: "official".into(), zone: "Etc/GMT+5".into(), ..CalendarAsked::default() };
        let address = asked.address(CalendarSpan::Week, "2027-03-14".parse().unwrap());
        assert_eq!(address, "/calendar?show=week&on=2027%2D03%2D14&category=official&zone=Etc%2FGMT%2B5");
        assert_eq!(asked.span(), CalendarSpan::Month);
        assert!(asked.is_narrowed() && !CalendarAsked::default().is_narrowed());
    }
}

//! The form that asks for a room: what its fields hold.

use super::form::feature_field;
use crate::forms::{FormFields, Typed};
use domain::{marking::Marking, rooms::Feature};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form that asks for a room, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FinderForm {
    /// The day it starts, as people type days.
    pub date: String,
    /// The time it starts.
    pub starts: String,
    /// The time it ends, or how long it lasts (`+1h`).
    pub ends: String,
    /// The clocks on which both are; empty for those of the site, or of the office.
    pub zone: String,
    /// Which of two equal times is meant, by its offset.
    pub starts_offset: String,
    /// The same of the end.
    pub ends_offset: String,
    /// Layout.
    pub layout: String,
    /// How many people.
    pub people: String,
    /// `yes` if the room is swept before.
    pub sweep: String,
    /// A site, by id; empty for all.
    pub site_id: String,
    /// Marking of what is said there.
    pub marking: String,
    /// The alternative that was pressed.
    pub take: String,
    /// What the room must have (`feature_kitchen` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for FinderForm {
    const NAME: &'static str = "finder";
}

impl FinderForm {
    /// What an address asks; what is no field of the form is left out.
    pub fn asked(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let (features, fields): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| is_feature(name));
        let given = fields.into_iter().fold(Typed::default(), |given, (name, value)| given.with(&name, value));
        let form = Self { marking: Marking::Green.label().to_owned(), ..Self::default() }.with(&given);
        Self { more: features.into_iter().collect(), ..form }.with_taken()
    }

    /// Whether anything is asked: a time is what every question has.
    pub fn is_asked(&self) -> bool {
        !(self.starts.trim().is_empty() && self.ends.trim().is_empty())
    }

    /// What is asked of the room, as fields of the form of a booking.
    pub fn needs(&self) -> Typed {
        let fields = [("layout", &self.layout), ("people", &self.people), ("sweep", &self.sweep), ("marking", &self.marking)];
        let more = self.more.iter().map(|(name, value)| (name.as_str(), value));
        let said = fields.into_iter().chain(more).filter(|(_, value)| !value.is_empty());
        said.fold(Typed::default(), |typed, (name, value)| typed.with(name, value.clone()))
    }
}

fn is_feature(name: &str) -> bool {
    Feature::ALL.iter().any(|feature| feature_field(*feature) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> FinderForm {
        FinderForm::asked(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn an_address_asks_with_the_fields_of_the_form_alone() {
        let form = asked(&[("starts", "09:00"), ("feature_kitchen", "yes"), ("feature_pool", "yes"), ("more", "x"), ("draft", "x")]);
        assert_eq!((form.starts.as_str(), form.marking.as_str()), ("09:00", "TLP:GREEN"));
        assert_eq!(form.more.keys().collect::<Vec<_>>(), ["feature_kitchen"]);
        assert!(form.is_asked() && !asked(&[("people", "12")]).is_asked());
    }

    #[test]
    fn a_time_that_was_pressed_is_asked_for() {
        let form = asked(&[("starts", "02:30"), ("take", r#"{"starts":"03:00"}"#)]);
        assert_eq!((form.starts.as_str(), form.take.as_str()), ("03:00", ""));
    }

    #[test]
    fn what_is_asked_of_the_room_goes_on_to_the_booking() {
        let form = asked(&[("people", "12"), ("feature_kitchen", "yes"), ("starts", "09:00")]);
        assert_eq!(form.needs().as_query(), "feature_kitchen=yes&marking=TLP%3AGREEN&people=12");
    }
}

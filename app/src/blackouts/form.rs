//! The form of a blackout: what its fields hold, and what is made of them.

use crate::{
    forms::{FormFields, renamed},
    times::typed_time,
};
use chrono::NaiveDate;
use domain::{
    marking::{Marking, view::BlackoutView},
    problems::FieldProblem,
    time::{agreed::MomentView, clocks::hours_minutes},
};
use serde::{Deserialize, Serialize};

/// What begins the choice of a room, and that of all rooms of a site; the id follows.
const ROOM: &str = "room:";
const SITE: &str = "site:";

/// The choice of one room.
pub(super) fn choice_of_room(id: &str) -> String {
    format!("{ROOM}{id}")
}

/// The choice of all rooms of a site.
pub(super) fn choice_of_site(id: &str) -> String {
    format!("{SITE}{id}")
}

/// The form of a blackout, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlackoutForm {
    /// The blackout; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new blackout from another, so that two presses of its button are one.
    pub once: String,
    /// What is blacked out: `room:ID`, or `site:ID` for all rooms of a site.
    pub of: String,
    /// The day it starts, as people type days.
    pub date: String,
    /// The time it starts.
    pub starts: String,
    /// The time it ends, with its day where that is another, or how long it lasts.
    pub ends: String,
    /// The clocks on which both are; empty for those of the site.
    pub zone: String,
    /// Which of two equal times is meant, by its offset.
    pub starts_offset: String,
    /// The same of the end.
    pub ends_offset: String,
    /// Why.
    pub cause: String,
    /// Marking of why.
    pub marking: String,
    /// Why the marking is lowered.
    pub reason: String,
    /// The alternative that was pressed.
    pub take: String,
}

impl FormFields for BlackoutForm {
    const NAME: &'static str = "blackout";
}

impl BlackoutForm {
    /// The form of a new blackout, from the beginning of a day on.
    pub fn new_on(today: NaiveDate, once: String) -> Self {
        Self { once, date: today.to_string(), marking: Marking::Green.label().to_owned(), ..Self::default() }
    }

    /// The form of a blackout as its reader sees it; its end is on the clocks of its start. A zone that is its site's own is left
    /// out, so that another site brings its own.
    pub fn of(blackout: &BlackoutView, ends: &MomentView, site_zone: &str, seen: &str) -> Self {
        let on = blackout.starts.local.date();
        let zone = blackout.starts.zone.to_string();
        let room = blackout.room.as_ref().map(|room| choice_of_room(&room.id.to_string()));
        let site = blackout.site.as_ref().map(|site| choice_of_site(&site.id.to_string()));
        Self {
            id: blackout.id.to_string(),
            seen: seen.to_owned(),
            of: room.or(site).unwrap_or_default(),
            date: on.to_string(),
            starts: hours_minutes(blackout.starts.local),
            ends: typed_time(ends.local, on),
            zone: if zone == site_zone { String::new() } else { zone },
            starts_offset: blackout.starts.offset.to_string(),
            ends_offset: ends.offset.to_string(),
            cause: blackout.cause.clone().unwrap_or_default(),
            marking: blackout.marking.map(|marking| marking.label().to_owned()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The problems by the names of the form's fields.
    pub fn in_fields(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        renamed(problems, |field| matches!(field, "room_id" | "site_id").then(|| "of".to_owned()))
    }
}

/// The form that ends a blackout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndBlackoutForm {
    /// The blackout.
    pub id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for EndBlackoutForm {
    const NAME: &'static str = "end-blackout";
}

#[cfg(feature = "ssr")]
mod reading {
    use super::{BlackoutForm, ROOM, SITE};
    use crate::times::reading::{Times, TypedTimes};
    use domain::rooms::blackouts::BlackoutInput;

    impl BlackoutForm {
        /// The room that is chosen, by id.
        pub(in crate::blackouts) fn room(&self) -> Option<&str> {
            self.of.strip_prefix(ROOM)
        }

        /// The site that is chosen, by id.
        pub(in crate::blackouts) fn site(&self) -> Option<&str> {
            self.of.strip_prefix(SITE)
        }

        /// The times, as they were typed; `zone` names the clocks where the form names none.
        pub(in crate::blackouts) fn times<'a>(&'a self, zone: &'a str) -> TypedTimes<'a> {
            TypedTimes {
                date: &self.date,
                starts: &self.starts,
                ends: &self.ends,
                zone: if self.zone.trim().is_empty() { zone } else { &self.zone },
                starts_offset: &self.starts_offset,
                ends_offset: &self.ends_offset,
                ..TypedTimes::default()
            }
        }

        /// What was said, for the use case. Of a cause that its author may not read the form shows nothing, and says nothing.
        pub(in crate::blackouts) fn input(&self, times: Times) -> BlackoutInput {
            let says_why = !self.cause.trim().is_empty() || !self.marking.trim().is_empty();
            BlackoutInput {
                room_id: Some(self.room().unwrap_or_default().to_owned()),
                site_id: Some(self.site().unwrap_or_default().to_owned()),
                starts: times.starts,
                ends: times.ends,
                cause: says_why.then(|| self.cause.clone()),
                marking: says_why.then(|| self.marking.clone()),
                reason: Some(self.reason.clone()),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_room_or_a_site_is_chosen_and_a_cause_that_is_not_shown_is_not_said() {
            let form = BlackoutForm { of: "site:7".into(), ..BlackoutForm::default() };
            let input = form.input(Times::default());
            assert_eq!((input.room_id.as_deref(), input.site_id.as_deref()), (Some(""), Some("7")));
            assert_eq!((input.cause, input.marking), (None, None));
            let said = BlackoutForm { marking: "TLP:GREEN".into(), of: "room:3".into(), ..form }.input(Times::default());
            assert_eq!((said.room_id.as_deref(), said.cause.as_deref()), (Some("3"), Some("")), "an emptied cause is refused");
        }
    }
}

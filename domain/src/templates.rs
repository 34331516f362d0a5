//! What a visit of one category starts from: its usual lines and tasks, and the honours its guest is owed.

pub mod applied;
pub mod input;

use crate::{
    programme::{ItemKind, kinds},
    text::Title,
};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// The most lines, and the most tasks, a template may have.
pub const MOST_ROWS: u32 = 60;
/// The most days, working days or others, a task may be due before arrival.
pub const MOST_DAYS_BEFORE: u32 = 250;

/// A day of a visit, as a template names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TemplateDay {
    /// The day of arrival is the first.
    Nth(u16),
    /// The last day, whichever that is.
    Last,
}

/// No day of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no day of a visit: a number from 1, or last")]
pub struct NotADay;

impl TemplateDay {
    /// The civil date it comes to, from the first day to the last; none where the visit is shorter.
    pub fn on(self, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Last => Some(last),
            Self::Nth(nth) => {
                let days = chrono::Days::new(u64::from(nth).checked_sub(1)?);
                first.checked_add_days(days).filter(|date| *date <= last)
            }
        }
    }
}

impl TryFrom<String> for TemplateDay {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Self, NotADay> {
        match text.trim() {
            "last" => Ok(Self::Last),
            nth => nth.parse().ok().filter(|nth| (1..=120).contains(nth)).map(Self::Nth).ok_or(NotADay),
        }
    }
}

impl From<TemplateDay> for String {
    fn from(day: TemplateDay) -> Self {
        match day {
            TemplateDay::Nth(nth) => nth.to_string(),
            TemplateDay::Last => "last".to_owned(),
        }
    }
}

/// A usual line. It is made as *wished*: it holds nothing until somebody settles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLine {
    /// On which day of the visit.
    pub day: TemplateDay,
    /// When it starts, on the visit's own clocks.
    pub starts: NaiveTime,
    /// How long it is.
    pub minutes: u32,
    /// What kind of line.
    pub kind: ItemKind,
    /// What it is.
    pub title: Title,
}

kinds! {
    /// How the days before arrival are counted.
    DayCount {
        /// Days on which the host works.
        WorkingDays = "working-days",
        /// All days.
        Days = "days",
    }
}

/// A usual task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateTask {
    /// How many days before arrival it is due; none is the day of arrival.
    pub before: u16,
    /// How those days are counted.
    pub count: DayCount,
    /// What is to be done.
    pub words: Title,
}

/// The ceremonial to which the category entitles, in plain words. Category and rank decide it, not the wish of the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Honours {
    /// Of which rank the greeter is.
    pub greeter: Option<Title>,
    /// Anthems.
    pub anthems: Option<Title>,
    /// Guard of honour.
    pub guard: Option<Title>,
    /// Gifts.
    pub gifts: Option<Title>,
    /// Banquet or other meal.
    pub banquet: Option<Title>,
}

impl Honours {
    /// Whether nothing is said of any.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a visit of a category starts from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its usual lines, in the order in which they were written.
    pub lines: Vec<TemplateLine>,
    /// Its usual tasks.
    pub tasks: Vec<TemplateTask>,
    /// The ceremonial.
    pub honours: Honours,
}

/// How much a template brought a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Brought {
    /// How many lines.
    pub lines: u32,
    /// How many tasks.
    pub tasks: u32,
}

crate::viewed_by! { Brought {} }

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1", "2027-03-13", "2027-03-15", Some("2027-03-13"))]
    #[case("3", "2027-03-13", "2027-03-15", Some("2027-03-15"))]
    #[case("4", "2027-03-13", "2027-03-15", None)]
    #[case("last", "2027-03-13", "2027-03-15", Some("2027-03-15"))]
    #[case("last", "2027-03-13", "2027-03-13", Some("2027-03-13"))]
    fn a_day_of_a_visit_is_a_date(#[case] day: &str, #[case] first: &str, #[case] last: &str, #[case] on: Option<&str>) {
        let day = TemplateDay::try_from(day.to_owned()).unwrap();
        assert_eq!(day.on(first.parse().unwrap(), last.parse().unwrap()), on.map(|on| on.parse().unwrap()));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for wrong in ["", "0", "-1", "121", "first", "1.5"] {
            assert_eq!(TemplateDay::try_from(wrong.to_owned()), Err(NotADay), "{wrong}");
        }
    }
}

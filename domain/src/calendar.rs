//! How much of a calendar is shown at once: which days, and where the next ones begin.

use crate::time::{Span, ZoneName, ZoneRules, day_starts};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How many days a week has.
pub const WEEK: u32 = 7;
/// How many days an agenda looks ahead.
const AGENDA: u32 = 28;

/// A stretch of days that is shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarSpan {
    /// The whole weeks that a month touches.
    #[default]
    Month,
    /// A week, from Monday (ISO 8601).
    Week,
    /// A day.
    Day,
    /// Four weeks from a day on, of which only days with something on them are named.
    Agenda,
}

/// The days from one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub first: NaiveDate,
    /// How many.
    pub days: u32,
}

impl Stretch {
    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.first.checked_add_days(Days::new(u64::from(self.days.saturating_sub(1)))).unwrap_or(NaiveDate::MAX)
    }

    /// From midnight of the first day to midnight after the last, on the clocks of a zone; none where the calendar ends.
    pub fn span(self, rules: &dyn ZoneRules, zone: &ZoneName) -> Option<Span> {
        Span::new(day_starts(rules, zone, self.first)?, day_starts(rules, zone, self.last().succ_opt()?)?)
    }

    /// Each day.
    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take(self.days as usize)
    }

    /// Whether what is from one day to another, both in it, touches these days.
    pub fn touches(self, from: NaiveDate, to: NaiveDate) -> bool {
        from <= self.last() && self.first <= to
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

impl CalendarSpan {
    /// All of them, the longest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Week, Self::Day, Self::Agenda];

    /// The word that addresses use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Agenda => "agenda",
        }
    }

    /// The span of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.word() == word)
    }

    /// The days that are shown when a day is asked for.
    pub fn around(self, day: NaiveDate) -> Stretch {
        match self {
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                let first_of_next = first.checked_add_months(Months::new(1)).unwrap_or(day);
                let monday = monday_of(first);
                let days = u32::try_from((first_of_next - monday).num_days()).unwrap_or_default();
                Stretch { first: monday, days: days.div_ceil(WEEK) * WEEK }
            }
            Self::Week => Stretch { first: monday_of(day), days: WEEK },
            Self::Day => Stretch { first: day, days: 1 },
            Self::Agenda => Stretch { first: day, days: AGENDA },
        }
    }

    /// The day to ask for to see what comes before; none where the calendar ends.
    pub fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Month => day.with_day(1)?.checked_sub_months(Months::new(1)),
            Self::Week => day.checked_sub_days(Days::new(u64::from(WEEK))),
            Self::Day => day.pred_opt(),
            Self::Agenda => day.checked_sub_days(Days::new(u64::from(AGENDA))),
        }
    }

    /// The day to ask for to see what comes after; none where the calendar ends.
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Month => day.with_day(1)?.checked_add_months(Months::new(1)),
            Self::Week => day.checked_add_days(Days::new(u64::from(WEEK))),
            Self::Day => day.succ_opt(),
            Self::Agenda => day.checked_add_days(Days::new(u64::from(AGENDA))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let march = CalendarSpan::Month.around(day("2027-03-14"));
        assert_eq!((march.first, march.last()), (day("2027-03-01"), day("2027-04-04")));
        // A month of four weeks that begins on a Monday has no days beside it.
        let february = CalendarSpan::Month.around(day("2027-02-28"));
        assert_eq!((february.first, february.days), (day("2027-02-01"), 28));
        let august = CalendarSpan::Month.around(day("2026-08-31"));
        assert_eq!((august.first, august.days), (day("2026-07-27"), 42));
        assert_eq!(CalendarSpan::Week.around(day("2027-03-14")), Stretch { first: day("2027-03-08"), days: 7 });
        assert_eq!(CalendarSpan::Month.before(day("2027-03-31")), Some(day("2027-02-01")));
        assert_eq!(CalendarSpan::Month.after(day("2027-01-31")), Some(day("2027-02-01")));
    }

    #[test]
    fn what_only_begins_or_ends_there_touches_a_stretch() {
        let week = CalendarSpan::Week.around(day("2027-03-10"));
        for (from, to, touches) in [
            ("2027-03-01", "2027-03-07", false),
            ("2027-03-01", "2027-03-08", true),
            ("2027-03-14", "2027-03-20", true),
            ("2027-03-15", "2027-03-20", false),
            ("2027-03-01", "2027-03-31", true),
        ] {
            assert_eq!(week.touches(day(from), day(to)), touches, "{from} {to}");
        }
    }

    proptest! {
        #[test]
        fn every_span_holds_its_day_and_leaves_none_out(number in 0_i64..1_000_000, which in 0_usize..4) {
            let asked = day("1900-01-01") + chrono::TimeDelta::days(number % 400_000);
            let span = CalendarSpan::ALL[which];
            prop_assert_eq!(CalendarSpan::from_word(span.word()), Some(span));
            let shown = span.around(asked);
            prop_assert!(shown.touches(asked, asked));
            prop_assert_eq!(shown.each().count(), shown.days as usize);
            prop_assert_eq!(shown.each().last(), Some(shown.last()));
            if matches!(span, CalendarSpan::Month | CalendarSpan::Week) {
                prop_assert_eq!(shown.first.weekday(), chrono::Weekday::Mon);
                prop_assert_eq!(shown.days % WEEK, 0);
            }
            // Going on and back leads to the same days, and no day lies between what is shown.
            let next = span.around(span.after(asked).unwrap());
            prop_assert!(next.first <= shown.last().succ_opt().unwrap() && shown.first < next.first);
            prop_assert_eq!(span.around(span.before(span.after(asked).unwrap()).unwrap()), shown);
        }
    }
}

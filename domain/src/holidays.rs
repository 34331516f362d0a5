//! Days on which nobody works: weekends, public holidays and national days of a country, and what an office has set itself.

pub mod bundled;
pub mod calendar_file;
pub mod input;

use crate::{
    ids::OwnDayId,
    programme::kinds,
    text::{Label, Title},
};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

kinds! {
    /// What kind of day it is.
    DayKind {
        /// A public holiday.
        Holiday = "holiday",
        /// A day on which people rest, without being a public holiday.
        RestDay = "rest-day",
        /// A country's national day.
        NationalDay = "national-day",
        /// A day on which people work although the calendar says otherwise.
        WorkingDay = "working-day",
    }
}

/// Why nobody works on a day, from the least to the most marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RestKind {
    /// It is a day of the weekend.
    Weekend,
    /// People rest, without its being a public holiday.
    RestDay,
    /// It is a public holiday, or the office is closed.
    Holiday,
    /// It is the country's national day.
    NationalDay,
}

impl RestKind {
    /// Of a kind of day; none of one on which people work.
    const fn of(kind: DayKind) -> Option<Self> {
        match kind {
            DayKind::Holiday => Some(Self::Holiday),
            DayKind::RestDay => Some(Self::RestDay),
            DayKind::NationalDay => Some(Self::NationalDay),
            DayKind::WorkingDay => None,
        }
    }
}

/// A day on which nobody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest<'a> {
    /// Why.
    pub kind: RestKind,
    /// What it is called; none for a weekend.
    pub name: Option<&'a str>,
}

/// A day that an office has put on its calendar itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDay {
    /// Identifier.
    pub id: OwnDayId,
    /// The country it holds for, ISO 3166-1 alpha-2.
    pub country: Label,
    /// Which day: a civil date.
    pub on: NaiveDate,
    /// What it is called.
    pub name: Title,
    /// What kind of day it is.
    pub kind: DayKind,
}

/// Whether a day of the week is a day of the weekend in a country: CLDR 47, supplemental data, `weekData` (`weekendStart` to
/// `weekendEnd`); Saturday and Sunday where it names nothing else.
pub fn is_weekend(country: &str, day: Weekday) -> bool {
    use Weekday::{Fri, Sat, Sun, Thu};
    match country {
        "AF" => matches!(day, Thu | Fri),
        "IR" => day == Fri,
        "IN" | "UG" => day == Sun,
        "BH" | "DZ" | "EG" | "IL" | "IQ" | "JO" | "KW" | "LY" | "OM" | "QA" | "SA" | "SD" | "SY" | "YE" => matches!(day, Fri | Sat),
        _ => matches!(day, Sat | Sun),
    }
}

/// The days of the weekend in a country, Monday first.
pub fn weekend_of(country: &str) -> Vec<Weekday> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun].into_iter().filter(|day| is_weekend(country, *day)).collect()
}

/// The working days of a country, as an office keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    country: String,
    closed: BTreeMap<NaiveDate, String>,
    worked: BTreeSet<NaiveDate>,
    off: BTreeMap<NaiveDate, Vec<(RestKind, String)>>,
}

impl Calendar {
    /// The calendar of a country by the bundled table and its weekends alone.
    pub fn of(country: &str) -> Self {
        Self { country: country.to_owned(), closed: BTreeMap::new(), worked: BTreeSet::new(), off: BTreeMap::new() }
    }

    /// The same with the days that an office has set; those of other countries count for nothing.
    #[must_use]
    pub fn with_own<'a>(mut self, days: impl IntoIterator<Item = &'a OwnDay>) -> Self {
        for day in days.into_iter().filter(|day| day.country.as_str() == self.country) {
            match RestKind::of(day.kind) {
                None => {
                    self.worked.insert(day.on);
                }
                Some(kind) => self.off.entry(day.on).or_default().push((kind, day.name.to_string())),
            }
        }
        self
    }

    /// The same with days on which the office itself is closed, whatever the country does, and what they are called.
    #[must_use]
    pub fn closed_for<'a>(mut self, days: impl IntoIterator<Item = (NaiveDate, &'a str)>) -> Self {
        self.closed.extend(days.into_iter().map(|(day, name)| (day, name.to_owned())));
        self
    }

    /// Why nobody works on a day, and what it is called: of several reasons the most marked one; none if people work.
    pub fn rest_on(&self, date: NaiveDate) -> Option<Rest<'_>> {
        if self.is_working_day(date) {
            return None;
        }
        let closed = self.closed.get(&date).map(|name| Rest { kind: RestKind::Holiday, name: Some(name) });
        let own = self.off.get(&date).into_iter().flatten().map(|(kind, name)| Rest { kind: *kind, name: Some(name) });
        let is_worked = self.worked.contains(&date);
        let known = bundled::on(&self.country, date).filter(|_| !is_worked);
        let known = known.filter_map(|day| Some(Rest { kind: RestKind::of(day.kind)?, name: Some(day.name) }));
        let weekend = is_weekend(&self.country, date.weekday()) && !is_worked;
        let weekend = weekend.then_some(Rest { kind: RestKind::Weekend, name: None });
        // Of two alike the first: what an office says of itself before what is true of its country.
        let mut most: Option<Rest<'_>> = None;
        for rest in closed.into_iter().chain(own).chain(known).chain(weekend) {
            if most.is_none_or(|most| most.kind < rest.kind) {
                most = Some(rest);
            }
        }
        most
    }

    /// Whether people work on a day. Where the office is closed nobody does; else what it has set itself counts more than the
    /// weekend and the bundled table.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        if self.closed.contains_key(&date) || self.off.contains_key(&date) {
            return false;
        }
        self.worked.contains(&date) || is_working_day(&self.country, date)
    }

    /// The day that lies so many working days before another: the last day before it from which on, up to the day before it,
    /// people work on so many. None at all is the day itself.
    pub fn counted_back(&self, from: NaiveDate, working_days: u16) -> NaiveDate {
        let mut date = from;
        let mut left = working_days;
        while left > 0 {
            // The calendar begins in the year −262144, and what an office has set is finite: this is left by the count.
            let Some(before) = date.pred_opt() else { return date };
            date = before;
            left -= u16::from(self.is_working_day(date));
        }
        date
    }
}

/// Whether people work on a day in a country, by its weekend and the bundled table.
pub fn is_working_day(country: &str, date: NaiveDate) -> bool {
    !is_weekend(country, date.weekday()) && bundled::on(country, date).next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn own(country: &str, on: NaiveDate, kind: DayKind) -> OwnDay {
        let (country, name) = (Label::parse(country).unwrap(), Title::parse("A day").unwrap());
        OwnDay { id: OwnDayId(Uuid::from_u128(1)), country, on, name, kind }
    }

    #[rstest]
    #[case("US", "2027-03-15", true)]
    #[case("US", "2027-03-13", false)]
    #[case("US", "2027-03-14", false)]
    // A Monday before and a Friday after: Independence Day of 2027 is a Sunday, Christmas of 2027 a Saturday.
    #[case("US", "2027-07-05", false)]
    #[case("US", "2027-07-02", true)]
    #[case("US", "2027-12-24", false)]
    // The first of January 2028 is a Saturday: the last day of the year before is free.
    #[case("US", "2027-12-31", false)]
    #[case("US", "2026-12-31", true)]
    #[case("US", "2027-01-18", false)]
    #[case("US", "2027-02-15", false)]
    #[case("US", "2027-05-31", false)]
    #[case("US", "2027-06-18", false)]
    #[case("US", "2020-06-19", true)]
    #[case("US", "2027-09-06", false)]
    #[case("US", "2027-10-11", false)]
    #[case("US", "2027-11-11", false)]
    #[case("US", "2027-11-25", false)]
    #[case("US", "2027-11-26", true)]
    #[case("SA", "2027-03-12", false)]
    #[case("SA", "2027-03-13", false)]
    #[case("SA", "2027-03-14", true)]
    #[case("AE", "2027-03-12", true)]
    #[case("IR", "2027-03-11", true)]
    #[case("IR", "2027-03-12", false)]
    #[case("AF", "2027-03-11", false)]
    #[case("IN", "2027-03-13", true)]
    #[case("VN", "2027-09-02", false)]
    fn people_work_or_do_not(#[case] country: &str, #[case] date: &str, #[case] works: bool) {
        assert_eq!(is_working_day(country, day(date)), works, "{country} {date}");
    }

    #[rstest]
    // Back over a weekend, over Presidents' Day, and over Thanksgiving.
    #[case("2027-03-15", 0, "2027-03-15")]
    #[case("2027-03-15", 1, "2027-03-12")]
    #[case("2027-03-15", 5, "2027-03-08")]
    #[case("2027-02-16", 1, "2027-02-12")]
    #[case("2027-11-29", 2, "2027-11-24")]
    #[case("2027-03-14", 1, "2027-03-12")]
    #[case("2027-03-13", 20, "2027-02-12")]
    fn days_are_counted_back(#[case] from: &str, #[case] days: u16, #[case] expected: &str) {
        assert_eq!(Calendar::of("US").counted_back(day(from), days), day(expected));
    }

    #[test]
    fn what_an_office_set_counts_more_than_the_table_and_a_closed_office_most() {
        let columbus = day("2027-10-11");
        let worked = Calendar::of("US").with_own(&[own("US", columbus, DayKind::WorkingDay)]);
        assert!(worked.is_working_day(columbus));
        assert!(!worked.closed_for([(columbus, "Flood")]).is_working_day(columbus));
        let tuesday = day("2027-03-16");
        assert!(!Calendar::of("US").with_own(&[own("US", tuesday, DayKind::RestDay)]).is_working_day(tuesday));
        assert!(Calendar::of("US").with_own(&[own("MX", tuesday, DayKind::Holiday)]).is_working_day(tuesday));
    }

    #[rstest]
    // A Sunday, the Thursday of Thanksgiving, an Independence Day that is a Sunday and the Monday on which it is kept, a Tuesday.
    #[case("US", "2027-03-14", Some((RestKind::Weekend, None)))]
    #[case("US", "2027-11-25", Some((RestKind::Holiday, Some("Thanksgiving Day"))))]
    #[case("US", "2027-07-04", Some((RestKind::NationalDay, Some("Independence Day"))))]
    #[case("US", "2027-07-05", Some((RestKind::NationalDay, Some("Independence Day"))))]
    #[case("US", "2027-03-16", None)]
    #[case("SA", "2027-03-12", Some((RestKind::Weekend, None)))]
    #[case("SA", "2027-03-14", None)]
    fn a_day_off_says_why(#[case] country: &str, #[case] date: &str, #[case] expected: Option<(RestKind, Option<&str>)>) {
        assert_eq!(Calendar::of(country).rest_on(day(date)).map(|rest| (rest.kind, rest.name)), expected);
    }

    #[test]
    fn a_day_off_is_called_as_the_office_calls_it() {
        let (sunday, tuesday) = (day("2027-03-14"), day("2027-03-16"));
        let set = [own("US", sunday, DayKind::WorkingDay), own("US", tuesday, DayKind::RestDay)];
        let calendar = Calendar::of("US").with_own(&set);
        assert_eq!(calendar.rest_on(sunday), None);
        assert_eq!(calendar.rest_on(tuesday), Some(Rest { kind: RestKind::RestDay, name: Some("A day") }));
        let closed = calendar.closed_for([(tuesday, "Flood")]);
        assert_eq!(closed.rest_on(tuesday), Some(Rest { kind: RestKind::Holiday, name: Some("Flood") }));
    }

    fn a_country() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec!["US", "VN", "SA", "IR", "IN", "AF", "MX", "FR", "ZZ"])
    }

    fn a_date() -> impl Strategy<Value = NaiveDate> {
        (0..30_000_u64).prop_map(|days| day("1990-01-01") + chrono::Days::new(days))
    }

    fn a_calendar() -> impl Strategy<Value = Calendar> {
        let set = || proptest::collection::vec((a_date(), 0..4_usize), 0..20);
        (a_country(), set(), proptest::collection::vec(a_date(), 0..10)).prop_map(|(country, set, closed)| {
            let days: Vec<OwnDay> = set.into_iter().map(|(on, kind)| own(country, on, DayKind::ALL[kind])).collect();
            Calendar::of(country).with_own(&days).closed_for(closed.into_iter().map(|day| (day, "Flood")))
        })
    }

    proptest! {
        #[test]
        fn between_the_day_counted_back_to_and_the_day_itself_lie_just_so_many_working_days(
            calendar in a_calendar(), from in a_date(), days in 1..60_u16
        ) {
            let back = calendar.counted_back(from, days);
            prop_assert!(back < from && calendar.is_working_day(back));
            let between = back.iter_days().take_while(|date| *date < from).filter(|date| calendar.is_working_day(*date));
            prop_assert_eq!(between.count(), usize::from(days));
        }

        #[test]
        fn a_day_off_has_a_reason_and_a_working_day_none(calendar in a_calendar(), date in a_date()) {
            prop_assert_eq!(calendar.rest_on(date).is_none(), calendar.is_working_day(date));
        }

        #[test]
        fn counting_back_twice_is_counting_back_the_sum(calendar in a_calendar(), from in a_date(), one in 0..30_u16, two in 0..30_u16) {
            let stepwise = calendar.counted_back(calendar.counted_back(from, one), two);
            prop_assert_eq!(stepwise, calendar.counted_back(from, one + two));
        }

        #[test]
        fn a_later_day_is_never_counted_back_to_an_earlier_one(calendar in a_calendar(), from in a_date(), later in 0..40_u64, days in 0..40_u16) {
            let later = from + chrono::Days::new(later);
            prop_assert!(calendar.counted_back(from, days) <= calendar.counted_back(later, days));
        }

        #[test]
        fn one_more_day_off_never_brings_a_due_day_nearer(calendar in a_calendar(), from in a_date(), off in a_date(), days in 0..40_u16) {
            let less = calendar.clone().closed_for([(off, "Flood")]);
            prop_assert!(less.counted_back(from, days) <= calendar.counted_back(from, days));
        }
    }
}

//! The bundled table of days, `days.txt`: what falls by a fixed date or by a weekday of a month. Its head says where it is from.

use super::DayKind;
use chrono::{Datelike, NaiveDate, Weekday};
use std::sync::OnceLock;

/// The table, with its source and date in its head.
const TABLE: &str = include_str!("days.txt");

/// The date the table bears.
pub const DATED: &str = "2026-11-27";

/// By which rule a day comes back each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// On a date of the year.
    Date { month: u32, day: u32, is_observed: bool },
    /// On a weekday of a month: the first to the fifth, or the last if none is said.
    Weekday { nth: Option<u8>, weekday: Weekday, month: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    country: &'static str,
    kind: DayKind,
    rule: Rule,
    since: Option<i32>,
    name: &'static str,
}

/// A day of the bundled table in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundledDay {
    /// Which day.
    pub on: NaiveDate,
    /// What it is called.
    pub name: &'static str,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Whether the day itself lies on a weekend, and this is the day on which it is observed.
    pub is_moved: bool,
}

fn rule_of(text: &str) -> Option<(Rule, Option<i32>)> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let mut rule = match first.split_once('-') {
        Some((month, day)) => {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            // A leap year, so that the last of February is a date.
            NaiveDate::from_ymd_opt(2024, month, day)?;
            Rule::Date { month, day, is_observed: false }
        }
        None => {
            let nth = if first == "last" { None } else { Some(first.parse().ok().filter(|nth| (1..=5).contains(nth))?) };
            let weekday = words.next()?.parse().ok()?;
            let month = words.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
            Rule::Weekday { nth, weekday, month }
        }
    };
    let mut since = None;
    while let Some(word) = words.next() {
        match (word, &mut rule) {
            ("observed", Rule::Date { is_observed, .. }) => *is_observed = true,
            ("since", _) => since = Some(words.next()?.parse().ok()?),
            _ => return None,
        }
    }
    Some((rule, since))
}

fn entry_of(line: &'static str) -> Option<Entry> {
    let mut columns = line.split(';').map(str::trim);
    let (country, kind, rule, name) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    let (rule, since) = rule_of(rule)?;
    let is_code = country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase());
    let is_whole = is_code && !name.is_empty() && columns.next().is_none();
    is_whole.then_some(Entry { country, kind: DayKind::from_word(kind)?, rule, since, name })
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| lines().filter_map(entry_of).collect())
}

impl Entry {
    /// Whether it falls on a day, and whether that is the day on which it is observed instead of its own.
    fn falls_on(&self, date: NaiveDate) -> Option<bool> {
        let is_since = |date: NaiveDate| self.since.is_none_or(|since| date.year() >= since);
        match self.rule {
            Rule::Date { month, day, is_observed } => {
                let is_own = |date: NaiveDate| date.month() == month && date.day() == day && is_since(date);
                let moved_from = match date.weekday() {
                    Weekday::Fri => date.succ_opt(),
                    Weekday::Mon => date.pred_opt(),
                    _ => None,
                };
                if is_own(date) { Some(false) } else { moved_from.filter(|own| is_observed && is_own(*own)).map(|_| true) }
            }
            Rule::Weekday { nth, weekday, month } => {
                let is_nth = match nth {
                    Some(nth) => date.day0() / 7 + 1 == u32::from(nth),
                    None => date.checked_add_days(chrono::Days::new(7)).is_none_or(|week_on| week_on.month() != month),
                };
                (date.month() == month && date.weekday() == weekday && is_nth && is_since(date)).then_some(false)
            }
        }
    }
}

/// What the table says of a day in a country.
pub fn on(country: &str, date: NaiveDate) -> impl Iterator<Item = BundledDay> {
    let of_country = entries().iter().filter(move |entry| entry.country == country);
    of_country.filter_map(move |entry| {
        let is_moved = entry.falls_on(date)?;
        Some(BundledDay { on: date, name: entry.name, kind: entry.kind, is_moved })
    })
}

/// What the table says of a year in a country, by day.
pub fn in_year(country: &str, year: i32) -> Vec<BundledDay> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let days = first.into_iter().flat_map(|date| date.iter_days()).take_while(|date| date.year() == year);
    days.flat_map(|date| on(country, date)).collect()
}

/// The countries of which the table knows anything, in the order of their codes.
pub fn countries() -> Vec<&'static str> {
    let mut countries: Vec<&str> = entries().iter().map(|entry| entry.country).collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_can_be_read_and_its_head_bears_its_date() {
        for line in lines() {
            assert!(entry_of(line).is_some(), "{line}");
        }
        assert!(TABLE.contains(&format!("# Dated: {DATED}.")));
        assert!(entries().len() > 70 && countries().len() > 50);
    }

    #[test]
    fn a_year_of_the_united_states_is_as_the_law_has_it() {
        let year: Vec<String> = in_year("US", 2027)
            .into_iter()
            .map(|day| format!("{} {}{}", day.on, day.name, if day.is_moved { " (observed)" } else { "" }))
            .collect();
        assert_eq!(
            year,
            [
                "2027-01-01 New Year’s Day",
                "2027-01-18 Birthday of Martin Luther King, Jr.",
                "2027-02-15 Washington’s Birthday",
                "2027-05-31 Memorial Day",
                "2027-06-18 Juneteenth National Independence Day (observed)",
                "2027-06-19 Juneteenth National Independence Day",
                "2027-07-04 Independence Day",
                "2027-07-05 Independence Day (observed)",
                "2027-09-06 Labor Day",
                "2027-10-11 Columbus Day",
                "2027-11-11 Veterans Day",
                "2027-11-25 Thanksgiving Day",
                "2027-12-24 Christmas Day (observed)",
                "2027-12-25 Christmas Day",
                "2027-12-31 New Year’s Day (observed)",
            ]
        );
    }

    #[test]
    fn what_is_no_rule_is_none() {
        for wrong in ["", "02-30", "6 Mon 01", "0 Mon 01", "1 Mon 13", "1 Funday 01", "3 Mon 01 observed", "01-01 sometimes", "01-01 since"]
        {
            assert_eq!(rule_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_weekday_of_a_month_is_the_last() {
        for year in 1990..2060 {
            let memorial: Vec<_> = in_year("US", year).into_iter().filter(|day| day.name == "Memorial Day").collect();
            assert_eq!(memorial.len(), 1, "{year}");
            assert!(memorial[0].on.day() > 24);
        }
    }
}

//! How much of a room is printed, and what is said of it.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::ids::RoomId;
use language::Words;

/// How much of a room is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintSpan {
    /// A day.
    Day,
    /// The week in which a day lies.
    Week,
    /// The month in which a day lies.
    Month,
}

impl PrintSpan {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The word by which an address names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The span of this word; a day, if it is none.
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|span| span.word() == word).unwrap_or(Self::Day)
    }

    /// What it is called.
    pub fn in_words(self, words: Words) -> String {
        match self {
            Self::Day => words.printing_span_day(),
            Self::Week => words.printing_span_week(),
            Self::Month => words.printing_span_month(),
        }
    }

    /// The first of its days, and how many they are.
    pub fn days(self, day: NaiveDate) -> (NaiveDate, u32) {
        match self {
            Self::Day => (day, 1),
            Self::Week => (day - Days::new(u64::from(day.weekday().num_days_from_monday())), 7),
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
                (first, u32::try_from((next - first).num_days()).unwrap_or(1).max(1))
            }
        }
    }
}

/// Where a room is printed.
pub fn print_of_room(room: RoomId, day: NaiveDate, span: PrintSpan) -> String {
    format!("/rooms/{room}/print?day={day}&span={}", span.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_of_whole_weeks_and_months() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let day = date("2028-02-16");
        assert_eq!(PrintSpan::Day.days(day), (day, 1));
        assert_eq!(PrintSpan::from_word("week").days(day), (date("2028-02-14"), 7));
        assert_eq!(PrintSpan::Month.days(day), (date("2028-02-01"), 29));
        assert_eq!(PrintSpan::from_word("year"), PrintSpan::Day);
    }
}

use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn wall(text: &str) -> WallTime {
    text.parse().unwrap()
}

/// A Tuesday.
fn base() -> Base {
    Base { today: date("2026-11-24"), from: None }
}

fn from(text: &str) -> Base {
    Base { from: Some(wall(text)), ..base() }
}

#[rstest]
#[case("14 Mar", "2027-03-14")]
#[case("14 march", "2027-03-14")]
#[case("14 March 2027", "2027-03-14")]
#[case("March 14, 2027", "2027-03-14")]
#[case("14th Sept. 2028", "2028-09-14")]
#[case("Mar 3rd", "2027-03-03")]
#[case("14-Mar-2027", "2027-03-14")]
#[case("14Mar2027", "2027-03-14")]
#[case("2027-03-14", "2027-03-14")]
#[case("2027/3/14", "2027-03-14")]
#[case("  today ", "2026-11-24")]
#[case("Tomorrow", "2026-11-25")]
#[case("yesterday", "2026-11-23")]
#[case("Tue", "2026-11-24")]
#[case("Mon", "2026-11-30")]
#[case("thurs", "2026-11-26")]
#[case("Sunday", "2026-11-29")]
#[case("next Tue", "2026-12-01")]
#[case("next Mon", "2026-11-30")]
#[case("next sunday", "2026-12-06")]
#[case("Mon 29 Mar", "2027-03-29")]
#[case("Sunday, 14 March 2027", "2027-03-14")]
#[case("29 Feb", "2028-02-29")]
#[case("24 Oct", "2026-10-24")]
#[case("23 Oct", "2027-10-23")]
#[case("1 Jan 1970", "1970-01-01")]
#[case("31 Dec 2100", "2100-12-31")]
fn dates_are_read_as_people_type_them(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(read_date(text, &base()), Ok(date(expected)), "{text}");
}

#[rstest]
#[case("", NotUnderstood::Empty)]
#[case(" , ", NotUnderstood::Empty)]
#[case("14/3/2027", NotUnderstood::DayOrMonthFirst)]
#[case("3/14/2027", NotUnderstood::DayOrMonthFirst)]
#[case("14/3", NotUnderstood::DayOrMonthFirst)]
#[case("14.3.2027", NotUnderstood::DayOrMonthFirst)]
#[case("03-14-2027", NotUnderstood::DayOrMonthFirst)]
#[case("14 Mar 27", NotUnderstood::ShortYear)]
#[case("14 Mar 1969", NotUnderstood::YearOutOfBounds)]
#[case("2101-01-01", NotUnderstood::YearOutOfBounds)]
#[case("14 Mar 9999", NotUnderstood::YearOutOfBounds)]
#[case("31 Feb", NotUnderstood::NoSuchDate)]
#[case("29 Feb 2027", NotUnderstood::NoSuchDate)]
#[case("2027-13-01", NotUnderstood::NoSuchDate)]
#[case("Tue 29 Mar", NotUnderstood::OtherWeekday)]
#[case("9.30", NotUnderstood::DateMissing)]
#[case("14 Mar 9.30", NotUnderstood::Unreadable)]
#[case("14", NotUnderstood::Unreadable)]
#[case("14 14 Mar", NotUnderstood::Unreadable)]
#[case("14 Mar 15 Mar", NotUnderstood::Unreadable)]
#[case("next", NotUnderstood::Unreadable)]
#[case("next week", NotUnderstood::Unreadable)]
#[case("the ides of March", NotUnderstood::Unreadable)]
#[case("</textarea><script>", NotUnderstood::Unreadable)]
fn what_is_no_date_is_refused_with_its_reason(#[case] text: &str, #[case] reason: NotUnderstood) {
    assert_eq!(read_date(text, &base()), Err(reason), "{text}");
}

#[rstest]
#[case("9.30", 9, 30)]
#[case("09:30", 9, 30)]
#[case("9:30 am", 9, 30)]
#[case("9.30PM", 21, 30)]
#[case("9:30 p.m.", 21, 30)]
#[case("9am", 9, 0)]
#[case("9 pm", 21, 0)]
#[case("12am", 0, 0)]
#[case("12:15 pm", 12, 15)]
#[case("0930", 9, 30)]
#[case("0000", 0, 0)]
#[case("2359", 23, 59)]
#[case("9h30", 9, 30)]
#[case("9h", 9, 0)]
#[case("noon", 12, 0)]
#[case("09:30:00", 9, 30)]
fn times_are_read_as_people_type_them(#[case] text: &str, #[case] hour: u32, #[case] minute: u32) {
    assert_eq!(read_time(text), Ok(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()), "{text}");
}

#[rstest]
#[case("", NotUnderstood::Empty)]
#[case("24:00", NotUnderstood::NoSuchTime)]
#[case("9:60", NotUnderstood::NoSuchTime)]
#[case("2460", NotUnderstood::NoSuchTime)]
#[case("13:30 pm", NotUnderstood::NoSuchTime)]
#[case("0:30 am", NotUnderstood::NoSuchTime)]
#[case("9", NotUnderstood::Unreadable)]
#[case("9.3", NotUnderstood::Unreadable)]
#[case("9:30:15", NotUnderstood::Unreadable)]
#[case("9:30 9:30", NotUnderstood::Unreadable)]
#[case("930 Mar", NotUnderstood::Unreadable)]
#[case("noon am", NotUnderstood::Unreadable)]
#[case("09:30Z", NotUnderstood::UtcOffset)]
#[case("09:30+02:00", NotUnderstood::UtcOffset)]
fn what_is_no_time_is_refused_with_its_reason(#[case] text: &str, #[case] reason: NotUnderstood) {
    assert_eq!(read_time(text), Err(reason), "{text}");
}

#[rstest]
#[case("14 Mar 9.30", "2027-03-14T09:30")]
#[case("14 Mar 2027 9.30", "2027-03-14T09:30")]
#[case("14 Mar 0930", "2027-03-14T09:30")]
#[case("14 Mar 2230", "2027-03-14T22:30")]
#[case("14 Mar 9am", "2027-03-14T09:00")]
#[case("14 Mar 11 pm", "2027-03-14T23:00")]
#[case("9.30 14 Mar", "2027-03-14T09:30")]
#[case("tomorrow 9.30", "2026-11-25T09:30")]
#[case("Mon 29 Mar 22:00", "2027-03-29T22:00")]
#[case("Fri 7:53", "2026-11-27T07:53")]
#[case("2027-03-14T09:15", "2027-03-14T09:15")]
#[case("2027-03-14T09:15:00", "2027-03-14T09:15")]
#[case("2027-03-14 09:15", "2027-03-14T09:15")]
#[case("14 Mar 9.30 +25m", "2027-03-14T09:55")]
#[case("today noon", "2026-11-24T12:00")]
fn dates_with_times_are_read_as_people_type_them(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(read_moment(text, &base()), Ok(wall(expected)), "{text}");
}

#[rstest]
#[case("+25m", "2027-03-15T00:10")]
#[case("+25 min", "2027-03-15T00:10")]
#[case("+25min", "2027-03-15T00:10")]
#[case("+1h30", "2027-03-15T01:15")]
#[case("+1h30m", "2027-03-15T01:15")]
#[case("+2h", "2027-03-15T01:45")]
#[case("-15m", "2027-03-14T23:30")]
#[case("\u{2212}15m", "2027-03-14T23:30")]
#[case("+1d", "2027-03-15T23:45")]
#[case("9.30", "2027-03-14T09:30")]
#[case("9.30 +5m", "2027-03-14T09:35")]
#[case("Mon 8am", "2027-03-15T08:00")]
#[case("10 Mar 8am", "2027-03-10T08:00")]
#[case("tomorrow 8am", "2026-11-25T08:00")]
fn times_alone_spans_and_weekdays_count_from_the_base(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(read_moment(text, &from("2027-03-14T23:45")), Ok(wall(expected)), "{text}");
}

#[rstest]
#[case("+25m", NotUnderstood::NothingToCountFrom)]
#[case("9.30", NotUnderstood::DateMissing)]
#[case("14 Mar", NotUnderstood::TimeMissing)]
#[case("14 Mar +25m", NotUnderstood::TimeMissing)]
#[case("14 Mar 9", NotUnderstood::Unreadable)]
#[case("+25", NotUnderstood::UtcOffset)]
#[case("14 Mar 9.30 +02:00", NotUnderstood::UtcOffset)]
#[case("14 Mar 9.30 +0200", NotUnderstood::UtcOffset)]
#[case("2027-03-14T09:15-07:00", NotUnderstood::UtcOffset)]
#[case("2027-03-14T09:15Z", NotUnderstood::UtcOffset)]
#[case("+25m 14 Mar 9.30", NotUnderstood::Unreadable)]
#[case("14/3/2027 9.30", NotUnderstood::DayOrMonthFirst)]
#[case("31 Dec 2100 23:59 +1m", NotUnderstood::YearOutOfBounds)]
#[case("9.30 10.30 today", NotUnderstood::Unreadable)]
fn what_is_no_date_with_a_time_is_refused_with_its_reason(#[case] text: &str, #[case] reason: NotUnderstood) {
    assert_eq!(read_moment(text, &base()), Err(reason), "{text}");
}

proptest! {
    #[test]
    fn a_date_is_read_back_in_every_way_it_can_be_written(day in 0..=47_846u64) {
        let written = date("1970-01-01") + Days::new(day);
        for form in ["%Y-%m-%d", "%-d %b %Y", "%A %-d %B %Y", "%B %-d, %Y", "%d-%b-%Y", "%a %d %b %Y"] {
            let text = written.format(form).to_string();
            prop_assert_eq!(read_date(&text, &base()), Ok(written), "{}", text);
        }
    }

    #[test]
    fn a_date_within_eleven_months_needs_no_year(days in 0..330u64) {
        let written = base().today + Days::new(days);
        prop_assert_eq!(read_date(&written.format("%-d %b").to_string(), &base()), Ok(written));
    }

    #[test]
    fn a_moment_is_read_back_in_every_way_it_can_be_written(day in 0..=47_846u64, minute in 0..1440i64) {
        let written = WallTime::new((date("1970-01-01") + Days::new(day)).into()).plus_minutes(minute).unwrap();
        for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%d %-H.%M", "%-d %b %Y %-I:%M %P", "%H%M %-d %b %Y", "%a %d %B %Y %H%M"] {
            let text = written.naive().format(form).to_string();
            prop_assert_eq!(read_moment(&text, &base()), Ok(written), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", pieces in "([0-9]{1,4}|[-+./: hmdtz]|mar|mon|next|am|th|today|ß){0,12}") {
        for text in [text, pieces] {
            for read in [read_date(&text, &base()), read_moment(&text, &from("2027-03-14T09:15")).map(WallTime::date)] {
                prop_assert!(read.is_err() || read.is_ok_and(|date| YEARS.contains(&date.year())));
            }
            let _ = read_time(&text);
        }
    }
}

#[test]
fn a_field_says_why_its_text_was_not_understood() {
    use crate::problems::Problem;
    assert_eq!(Problem::from(NotUnderstood::Empty), Problem::Missing);
    assert_eq!(Problem::from(NotUnderstood::Unreadable), Problem::NotATime);
    let said = serde_json::to_string(&Problem::from(NotUnderstood::DayOrMonthFirst)).unwrap();
    assert_eq!(said, r#"{"kind":"not_understood","reason":"day_or_month_first"}"#);
}

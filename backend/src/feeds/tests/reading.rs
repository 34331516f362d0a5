//! A small reader of calendars that knows nothing of the writer: lines, escapes, and zone definitions by brute force.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// A content line, unfolded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) parameters: String,
    pub(super) value: String,
}

/// The content lines of a file, after checking what holds for all of its bytes.
pub(super) fn lines(bytes: &[u8]) -> Vec<Line> {
    let text = std::str::from_utf8(bytes).unwrap();
    let body = text.strip_suffix("\r\n").expect("the last line ends with CRLF too");
    for physical in body.split("\r\n") {
        assert!(physical.len() <= 75, "{} octets: {physical}", physical.len());
        assert!(!physical.is_empty(), "no line is blank");
        assert!(!physical.chars().any(char::is_control), "{physical:?}");
    }
    body.replace("\r\n ", "").split("\r\n").map(line).collect()
}

fn line(text: &str) -> Line {
    let mut is_quoted = false;
    let colon = text
        .find(|character| {
            is_quoted ^= character == '"';
            character == ':' && !is_quoted
        })
        .unwrap_or_else(|| panic!("no value: {text}"));
    let head = &text[..colon];
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Line { name: name.to_owned(), parameters: parameters.to_owned(), value: text[colon + 1..].to_owned() }
}

/// The names of the lines, with the components where they begin and end.
pub(super) fn outline(lines: &[Line]) -> Vec<String> {
    let is_frame = |line: &&Line| ["BEGIN", "END"].contains(&line.name.as_str());
    lines.iter().map(|line| if is_frame(&line) { format!("{}:{}", line.name, line.value) } else { line.name.clone() }).collect()
}

/// The value of the one line of a name.
pub(super) fn value<'a>(lines: &'a [Line], name: &str) -> &'a str {
    let mut found = lines.iter().filter(|line| line.name == name);
    let line = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(found.next(), None, "{name} stands once");
    &line.value
}

/// The content lines of each component of a name.
pub(super) fn components<'a>(lines: &'a [Line], name: &str) -> Vec<&'a [Line]> {
    let mut found = Vec::new();
    let mut start = None;
    for (index, line) in lines.iter().enumerate() {
        match (line.name.as_str(), line.value == name, start) {
            ("BEGIN", true, _) => start = Some(index + 1),
            ("END", true, Some(first)) => found.push(&lines[first..index]),
            _ => {}
        }
    }
    found
}

/// The offsets in seconds that a zone definition gives, each with the first instant at which it holds, until a year.
pub(super) fn onsets(definition: &[Line], last_year: i32) -> BTreeMap<DateTime<Utc>, i32> {
    let mut onsets = BTreeMap::new();
    for observance in [components(definition, "STANDARD"), components(definition, "DAYLIGHT")].concat() {
        for forbidden in ["UID", "DTSTAMP", "RDATE"] {
            assert!(observance.iter().all(|line| line.name != forbidden));
        }
        let start = local(value(observance, "DTSTART"));
        let (from, to) = (seconds(value(observance, "TZOFFSETFROM")), seconds(value(observance, "TZOFFSETTO")));
        let instant = |local: NaiveDateTime| (local - TimeDelta::seconds(i64::from(from))).and_utc();
        let mut add = |at: DateTime<Utc>| assert_eq!(onsets.insert(at, to), None, "one onset at one instant");
        if let Some(rule) = observance.iter().find(|line| line.name == "RRULE") {
            let rule: BTreeMap<&str, &str> = rule.value.split(';').map(|part| part.split_once('=').unwrap()).collect();
            assert_eq!(rule["FREQ"], "YEARLY");
            let until = rule.get("UNTIL").map(|until| local(until.strip_suffix('Z').expect("UNTIL is in UTC")).and_utc());
            let month: u32 = rule["BYMONTH"].parse().unwrap();
            let found: Vec<DateTime<Utc>> = (start.year()..=last_year)
                .flat_map(|year| (1..=31).filter_map(move |day| NaiveDate::from_ymd_opt(year, month, day)))
                .filter(|date| falls_on(&rule, *date))
                .map(|date| instant(date.and_time(start.time())))
                .filter(|at| *at >= instant(start) && until.is_none_or(|until| *at <= until))
                .collect();
            assert_eq!(found.first(), Some(&instant(start)), "the first onset is one of the rule's");
            found.into_iter().for_each(&mut add);
        } else {
            add(instant(start));
        }
    }
    onsets
}

fn falls_on(rule: &BTreeMap<&str, &str>, date: NaiveDate) -> bool {
    let is_date = rule.get("BYMONTHDAY").is_none_or(|days| days.split(',').any(|day| day.parse() == Ok(date.day())));
    is_date && rule.get("BYDAY").is_none_or(|day| falls_on_weekday(day, date))
}

fn falls_on_weekday(rule: &str, date: NaiveDate) -> bool {
    let (nth, weekday) = rule.split_at(rule.len() - 2);
    let is_weekday = date.weekday().to_string().to_uppercase().starts_with(weekday);
    let next_week = date + TimeDelta::days(7);
    is_weekday
        && match nth {
            "" => true,
            "-1" => next_week.month() != date.month(),
            nth => date.day().div_ceil(7) == nth.parse::<u32>().unwrap(),
        }
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

fn seconds(text: &str) -> i32 {
    let (sign, digits) = text.split_at(1);
    let number = |range: std::ops::Range<usize>| digits.get(range).map_or(0, |part| part.parse::<i32>().unwrap());
    let magnitude = number(0..2) * 3600 + number(2..4) * 60 + if digits.len() > 4 { number(4..6) } else { 0 };
    if sign == "-" { -magnitude } else { magnitude }
}

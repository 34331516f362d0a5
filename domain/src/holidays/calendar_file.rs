//! Holidays out of an iCalendar file (RFC 5545): its whole-day events, all of them or none, each bad one by its line.

use crate::{
    imports::{FileProblem, ImportRefusal, MOST_ROWS, RowProblem},
    problems::{Problem, Problems},
    text::Title,
    time::bounds::within,
    visits::input::title,
};
use chrono::{Days, NaiveDate};

/// The longest a whole-day event may be, in days: a feast, not a season.
pub const LONGEST_EVENT_DAYS: u32 = 31;

/// A day out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDay {
    /// Which day.
    pub on: NaiveDate,
    /// What it is called.
    pub name: Title,
}

/// A content line with the line of the file on which it starts (RFC 5545, 3.1).
struct ContentLine {
    line: u64,
    name: String,
    parameters: String,
    value: String,
}

/// The content lines, unfolded: what begins with a space or a tab goes on the line before it.
fn content_lines(text: &str) -> Vec<ContentLine> {
    let mut unfolded: Vec<(u64, String)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        match (text.strip_prefix([' ', '\t']), unfolded.last_mut()) {
            (Some(more), Some((_, before))) => before.push_str(more),
            _ => unfolded.push((line, text.to_owned())),
        }
    }
    let parted = unfolded.into_iter().filter_map(|(line, text)| {
        let (head, value) = parted(&text)?;
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(ContentLine { line, name: name.to_ascii_uppercase(), parameters: parameters.to_ascii_uppercase(), value: value.to_owned() })
    });
    parted.collect()
}

/// What stands before the first colon outside quotes, and what after it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let colon = text.char_indices().find(|(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == ':' && !is_quoted
    })?;
    Some((&text[..colon.0], &text[colon.0 + 1..]))
}

/// A text without its escapes (RFC 5545, 3.3.11); a line break becomes a space, as a name stands on one line.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(other) => plain.push(other),
                None => {}
            },
            (letter, false) => plain.push(letter),
        }
    }
    plain
}

/// A date without a time (RFC 5545, 3.3.4).
fn date(line: &ContentLine) -> Result<NaiveDate, Problem> {
    let value = line.value.trim();
    if (value.contains('T') && !line.parameters.contains("VALUE=DATE")) || line.parameters.contains("VALUE=DATE-TIME") {
        return Err(Problem::Form);
    }
    if value.len() != 8 {
        return Err(Problem::NotATime);
    }
    Ok(within(NaiveDate::parse_from_str(value, "%Y%m%d").map_err(|_| Problem::NotATime)?)?)
}

/// An event as far as it was read.
#[derive(Default)]
struct Event {
    line: u64,
    is_cancelled: bool,
    starts: Option<Result<NaiveDate, Problem>>,
    /// The first day after it.
    ends: Option<Result<NaiveDate, Problem>>,
    name: Option<String>,
    repeats: bool,
}

impl Event {
    fn take(&mut self, line: &ContentLine) {
        match line.name.as_str() {
            "DTSTART" => self.starts = Some(date(line)),
            "DTEND" => self.ends = Some(date(line)),
            "SUMMARY" => self.name = Some(unescaped(&line.value)),
            "STATUS" => self.is_cancelled = line.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "RRULE" | "RDATE" => self.repeats = true,
            _ => {}
        }
    }

    fn into_days(self) -> Result<Vec<FileDay>, RowProblem> {
        let mut problems = Problems::new();
        let starts = problems.take("DTSTART", self.starts.unwrap_or(Err(Problem::Missing)));
        let ends = self.ends.and_then(|ends| problems.take("DTEND", ends));
        let name = problems.take("SUMMARY", self.name.as_deref().ok_or(Problem::Missing).and_then(title));
        if self.repeats {
            problems.add("RRULE", Problem::Form);
        }
        let days = starts.zip(name).map(|(starts, name)| {
            // Without an end a whole-day event takes its day (RFC 5545, 3.6.1); some programs write the same day for both.
            let length = ends.map_or(1, |ends| (ends - starts).num_days().max(i64::from(ends == starts)));
            match u32::try_from(length).ok().filter(|days| (1..=LONGEST_EVENT_DAYS).contains(days)) {
                Some(length) => (0..u64::from(length))
                    .filter_map(|day| starts.checked_add_days(Days::new(day)))
                    .map(|on| FileDay { on, name: name.clone() })
                    .collect(),
                None if length < 1 => {
                    problems.add("DTEND", Problem::EndsBeforeStart);
                    Vec::new()
                }
                None => {
                    problems.add("DTEND", Problem::TooLongSpan { most_hours: 24 * LONGEST_EVENT_DAYS });
                    Vec::new()
                }
            }
        });
        problems.finish(days).map_err(|problems| RowProblem { line: self.line, problems })
    }
}

/// The days of a file, in its order, each once.
///
/// # Errors
/// When it is no calendar, holds no event or more than can be taken, or any event is not of whole days, repeats by a rule, has no
/// name or ends before it starts.
pub fn read_calendar(bytes: &[u8]) -> Result<Vec<FileDay>, ImportRefusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.iter().take(error.valid_up_to()).map(|byte| u64::from(*byte == b'\n')).sum::<u64>() + 1;
        FileProblem::NotUtf8 { line }
    })?;
    let lines = content_lines(text.trim_start_matches('\u{feff}'));
    let is = |line: &ContentLine, name: &str, of: &str| line.name == name && line.value.trim().eq_ignore_ascii_case(of);
    if !lines.first().is_some_and(|line| is(line, "BEGIN", "VCALENDAR")) {
        return Err(FileProblem::NotACalendar.into());
    }
    let mut events = Vec::new();
    let mut open: Option<Event> = None;
    // What stands inside an event, as an alarm does, says nothing of it.
    let mut depth = 0_u32;
    for line in &lines {
        match &mut open {
            None if is(line, "BEGIN", "VEVENT") => open = Some(Event { line: line.line, ..Event::default() }),
            None => {}
            Some(_) if line.name == "BEGIN" => depth += 1,
            Some(_) if line.name == "END" && depth > 0 => depth -= 1,
            Some(_) if line.name == "END" => events.extend(open.take()),
            Some(event) if depth == 0 => event.take(line),
            Some(_) => {}
        }
    }
    events.extend(open);
    events.retain(|event| !event.is_cancelled);
    if events.is_empty() {
        return Err(FileProblem::Empty.into());
    }
    let too_many = |rows: usize| u32::try_from(rows).map_or(true, |count| count > MOST_ROWS);
    if too_many(events.len()) {
        return Err(FileProblem::TooManyRows { most: MOST_ROWS }.into());
    }
    let (mut days, mut wrong): (Vec<FileDay>, Vec<RowProblem>) = (Vec::new(), Vec::new());
    let mut known = std::collections::BTreeSet::new();
    for event in events {
        match event.into_days() {
            Ok(more) => days.extend(more.into_iter().filter(|day| known.insert((day.on, day.name.clone())))),
            Err(problem) => wrong.push(problem),
        }
        // Each event may last for weeks, and each of its days is a row.
        if too_many(days.len()) {
            return Err(FileProblem::TooManyRows { most: MOST_ROWS }.into());
        }
    }
    if wrong.is_empty() { Ok(days) } else { Err(ImportRefusal::Rows { rows: wrong }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::bounds::out_of_bounds;
    use proptest::prelude::*;

    fn calendar(events: &[&str]) -> String {
        let events: String = events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n{events}END:VCALENDAR\r\n")
    }

    fn read(text: &str) -> Result<Vec<String>, ImportRefusal> {
        read_calendar(text.as_bytes()).map(|days| days.into_iter().map(|day| format!("{} {}", day.on, day.name)).collect())
    }

    #[test]
    fn whole_days_are_read_with_their_names_and_for_as_long_as_they_last() {
        let text = calendar(&[
            "UID:1\r\nDTSTART;VALUE=DATE:20270206\r\nDTEND;VALUE=DATE:20270209\r\nSUMMARY:Tết\\, the new\r\n  year",
            "UID:2\r\nDTSTART:20270430\r\nSUMMARY;LANGUAGE=en:Reunification Day\r\nBEGIN:VALARM\r\nDTSTART:20000101T000000\r\nEND:VALARM",
            "UID:3\r\nDTSTART;VALUE=DATE:20270501\r\nDTEND;VALUE=DATE:20270501\r\nSUMMARY:Labour Day",
            "UID:4\r\nSTATUS:CANCELLED\r\nDTSTART:nonsense",
        ]);
        let days = read(&text).unwrap();
        assert_eq!(
            days,
            [
                "2027-02-06 Tết, the new year",
                "2027-02-07 Tết, the new year",
                "2027-02-08 Tết, the new year",
                "2027-04-30 Reunification Day",
                "2027-05-01 Labour Day"
            ]
        );
    }

    #[test]
    fn each_bad_event_is_named_by_its_line_and_none_is_taken() {
        let text = calendar(&[
            "DTSTART;VALUE=DATE:20270206\r\nSUMMARY:Good",
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20270206T090000\r\nSUMMARY:A meeting",
            "DTSTART:20270230\r\nSUMMARY:No such day",
            "DTSTART:20270206\r\nDTEND:20270201\r\nSUMMARY:Backwards",
            "DTSTART:20270206\r\nDTEND:20280201\r\nSUMMARY:A season",
            "DTSTART:20270206\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Each year",
            "DTSTART:20270206",
            "SUMMARY:Never",
            "DTSTART:99991231\r\nSUMMARY:Beyond all plans",
        ]);
        let Err(ImportRefusal::Rows { rows }) = read(&text) else { panic!("taken") };
        let said: Vec<(u64, &str, &Problem)> =
            rows.iter().flat_map(|row| row.problems.iter().map(|it| (row.line, it.field.as_str(), &it.problem))).collect();
        assert_eq!(
            said,
            [
                (8, "DTSTART", &Problem::Form),
                (12, "DTSTART", &Problem::NotATime),
                (16, "DTEND", &Problem::EndsBeforeStart),
                (21, "DTEND", &Problem::TooLongSpan { most_hours: 744 }),
                (26, "RRULE", &Problem::Form),
                (31, "SUMMARY", &Problem::Missing),
                (34, "DTSTART", &Problem::Missing),
                (37, "DTSTART", &out_of_bounds()),
            ]
        );
    }

    #[test]
    fn what_is_no_calendar_is_refused_as_a_whole() {
        for text in ["", "on,name\n2027-02-06,Tet", "BEGIN:VCARD\r\nEND:VCARD"] {
            assert_eq!(read(text), Err(FileProblem::NotACalendar.into()), "{text}");
        }
        assert_eq!(read(&calendar(&[])), Err(FileProblem::Empty.into()));
        assert_eq!(read_calendar(b"BEGIN:VCALENDAR\r\nX:\xff"), Err(FileProblem::NotUtf8 { line: 2 }.into()));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_otherwise(text in "(BEGIN:VCALENDAR\r\n)?((BEGIN|END|DTSTART|DTEND|SUMMARY|RRULE)(;VALUE=DATE)?:(VEVENT|VALARM|[0-9T]{0,15}|.{0,6})\r\n ?){0,30}") {
            let _ = read_calendar(text.as_bytes());
        }
    }
}

//! The words that typed dates and times are made of.

use super::{NotUnderstood, Rest};
use chrono::Weekday;

/// Longer text is no date; it is not looked at further.
const MOST_CHARACTERS: usize = 64;

/// A word with its meaning, where it has one by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// `2027-03-14`: year, month, day, not checked.
    Date(i32, u32, u32),
    /// `today`, `tomorrow`, `yesterday`: days from today.
    Day(i64),
    /// `next`.
    Next,
    /// `Mon`, `Monday`.
    Weekday(Weekday),
    /// `Mar`, `March`: 1 to 12.
    Month(u32),
    /// One or two figures.
    Number(u32),
    /// `14th`.
    Ordinal(u32),
    /// Four figures: a year or a time.
    FourFigures(u32),
    /// `9.30`, `09:30`, `9h30`: hour and minute, not checked.
    Clock(u32, u32),
    /// `am`, `pm`.
    HalfDay {
        /// Whether it is `pm`.
        afternoon: bool,
    },
    /// `noon`.
    Noon,
    /// `+25m`, `-1h30`: minutes.
    Span(i64),
}

const SPAN_UNITS: [&str; 4] = ["d", "h", "m", "min"];

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Cuts a text into its words.
pub(super) fn words(text: &str) -> Result<Rest, NotUnderstood> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(NotUnderstood::Unreadable);
    }
    let text = text.to_lowercase().replace('\u{2212}', "-");
    let mut found = Vec::new();
    let mut pieces = text.split(|c: char| c.is_whitespace() || c == ',').filter(|piece| !piece.is_empty()).peekable();
    while let Some(piece) = pieces.next() {
        // The unit of `+25 min` stands apart.
        let unit = pieces.next_if(|unit| piece.starts_with(['+', '-']) && SPAN_UNITS.contains(unit));
        match unit {
            Some(unit) => read(&format!("{piece}{unit}"), &mut found)?,
            None => read(piece, &mut found)?,
        }
    }
    if found.is_empty() { Err(NotUnderstood::Empty) } else { Ok(found.into_iter().peekable()) }
}

/// Reads what stands between two spaces: mostly one word, but `9am`, `14mar`, `14-mar-2027` and `2027-03-14t09:15` are several.
fn read(piece: &str, found: &mut Vec<Word>) -> Result<(), NotUnderstood> {
    if let Some(span) = piece.strip_prefix(['+', '-']) {
        found.push(Word::Span(if piece.starts_with('-') { -span_minutes(span)? } else { span_minutes(span)? }));
        return Ok(());
    }
    if let Some(word) = known(piece) {
        found.push(word);
        return Ok(());
    }
    let letters = piece.find(|c: char| c.is_alphabetic());
    match letters {
        None => found.push(figures(piece)?),
        Some(0) => {
            // `mar-14`, `mar14`
            let end = piece.find(|c: char| !c.is_alphabetic()).ok_or(NotUnderstood::Unreadable)?;
            let (word, rest) = piece.split_at(end);
            found.push(known(word).ok_or(NotUnderstood::Unreadable)?);
            let rest = rest.strip_prefix(['-', '.']).unwrap_or(rest);
            return if rest.is_empty() { Ok(()) } else { read(rest, found) };
        }
        Some(start) => {
            let (before, rest) = piece.split_at(start);
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            match (word, known(word)) {
                ("h", _) => found.push(clock(before, if after.is_empty() { "00" } else { after })?),
                ("t", _) if !after.is_empty() => {
                    found.push(figures(before)?);
                    found.push(zoneless_time(after)?);
                }
                ("z", _) if after.is_empty() => return Err(NotUnderstood::UtcOffset),
                ("st" | "nd" | "rd" | "th", _) if after.is_empty() => found.push(Word::Ordinal(number(before, 2)?)),
                (_, Some(word @ Word::HalfDay { .. })) if after.is_empty() => found.extend([figures(before)?, word]),
                (_, Some(word @ Word::Month(_))) => {
                    found.extend([figures(before.trim_end_matches(['-', '.']))?, word]);
                    let after = after.strip_prefix(['-', '.']).unwrap_or(after);
                    return if after.is_empty() { Ok(()) } else { read(after, found) };
                }
                _ => return Err(NotUnderstood::Unreadable),
            }
        }
    }
    Ok(())
}

/// A word of letters that has a meaning by itself; names may be cut short to three letters and end in a full stop.
fn known(word: &str) -> Option<Word> {
    let stem = word.strip_suffix('.').unwrap_or(word);
    let short = |name: &str| stem.len() >= 3 && name.starts_with(stem);
    match stem {
        "today" => Some(Word::Day(0)),
        "tomorrow" => Some(Word::Day(1)),
        "yesterday" => Some(Word::Day(-1)),
        "next" => Some(Word::Next),
        "noon" => Some(Word::Noon),
        "am" | "a.m" => Some(Word::HalfDay { afternoon: false }),
        "pm" | "p.m" => Some(Word::HalfDay { afternoon: true }),
        _ => {
            let month = (1..).zip(MONTHS).find(|(_, name)| short(name)).map(|(month, _)| Word::Month(month));
            month.or_else(|| WEEKDAYS.iter().find(|(name, _)| short(name)).map(|(_, day)| Word::Weekday(*day)))
        }
    }
}

/// A word without letters.
fn figures(word: &str) -> Result<Word, NotUnderstood> {
    let parts: Vec<&str> = word.split(['-', '/', '.', ':']).collect();
    match parts.as_slice() {
        [one] if one.len() == 4 => number(one, 4).map(Word::FourFigures),
        [one] => number(one, 2).map(Word::Number),
        [year, month, day] if year.len() == 4 && !word.contains([':', '.']) => {
            let year = i32::try_from(number(year, 4)?).map_err(|_| NotUnderstood::Unreadable)?;
            Ok(Word::Date(year, number(month, 2)?, number(day, 2)?))
        }
        [hour, minute] if word.contains([':', '.']) => clock(hour, minute),
        _ if word.contains(':') => zoneless_time(word),
        [day, month] | [day, month, _] if number(day, 2).is_ok() && number(month, 2).is_ok() => Err(NotUnderstood::DayOrMonthFirst),
        _ => Err(NotUnderstood::Unreadable),
    }
}

/// The time of an ISO 8601 text: hours and minutes, seconds only if they are none, and no offset.
fn zoneless_time(text: &str) -> Result<Word, NotUnderstood> {
    if text.ends_with('z') || text.contains(['+', '-']) {
        return Err(NotUnderstood::UtcOffset);
    }
    match text.split(':').collect::<Vec<_>>().as_slice() {
        [hour, minute] | [hour, minute, "00"] => clock(hour, minute),
        _ => Err(NotUnderstood::Unreadable),
    }
}

/// An hour of one or two figures and a minute of two.
fn clock(hour: &str, minute: &str) -> Result<Word, NotUnderstood> {
    if minute.len() != 2 {
        return Err(NotUnderstood::Unreadable);
    }
    Ok(Word::Clock(number(hour, 2)?, number(minute, 2)?))
}

/// A number of at most so many figures.
fn number(text: &str, most: usize) -> Result<u32, NotUnderstood> {
    let figures = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    if figures { text.parse().map_err(|_| NotUnderstood::Unreadable) } else { Err(NotUnderstood::Unreadable) }
}

/// The minutes of `25m`, `25min`, `1h`, `1h30`, `1h30m`, `2d`. Figures without a unit look like an offset from UTC.
fn span_minutes(text: &str) -> Result<i64, NotUnderstood> {
    if text.is_empty() {
        return Err(NotUnderstood::Unreadable);
    }
    if text.chars().all(|c| c.is_ascii_digit() || c == ':') {
        return Err(NotUnderstood::UtcOffset);
    }
    let amount = |figures: &str| number(figures, 4).map(i64::from);
    if let Some(days) = text.strip_suffix('d') {
        return Ok(amount(days)? * 24 * 60);
    }
    let (hours, minutes) = match text.split_once('h') {
        Some((hours, minutes)) => (amount(hours)?, minutes),
        None => (0, text),
    };
    let unit = minutes.strip_suffix("min").or_else(|| minutes.strip_suffix('m'));
    let minutes = match (unit, minutes) {
        (Some(figures), _) => amount(figures)?,
        (None, "") => 0,
        (None, figures) => amount(figures)?,
    };
    Ok(hours * 60 + minutes)
}

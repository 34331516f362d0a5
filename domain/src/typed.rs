//! Reading what was typed, field by field: what is absent stays as it was, what is wrong is noted under its field.

use crate::problems::{Problem, Problems};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A number as it was given: a form sends text, an outside program may send a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TypedNumber(String);

impl TypedNumber {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The whole number that was typed.
    ///
    /// # Errors
    /// When there is none, or it lies outside the bounds.
    pub fn within(&self, least: u32, most: u32) -> Result<u32, Problem> {
        let bounds = Problem::OutOfBounds { least: i64::from(least), most: i64::from(most) };
        if self.is_empty() {
            return Err(Problem::Missing);
        }
        self.0.trim().parse::<u32>().ok().filter(|number| (least..=most).contains(number)).ok_or(bounds)
    }
}

impl fmt::Display for TypedNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&str> for TypedNumber {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<u32> for TypedNumber {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl<'de> Deserialize<'de> for TypedNumber {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            Whole(i64),
            Broken(f64),
            Text(String),
        }
        Ok(Self(match Given::deserialize(input)? {
            Given::Whole(number) => number.to_string(),
            Given::Broken(number) => number.to_string(),
            Given::Text(text) => text,
        }))
    }
}

/// What a field comes to: as given, else as it was; without either it is missing.
pub(crate) fn needed<T, P: Into<Problem>>(
    problems: &mut Problems,
    field: &str,
    given: Option<&str>,
    had: Option<T>,
    parse: impl FnOnce(&str) -> Result<T, P>,
) -> Option<T> {
    match (given, had) {
        (Some(text), _) if !text.trim().is_empty() => problems.take(field, parse(text)),
        (None, Some(had)) => Some(had),
        _ => {
            problems.add(field, Problem::Missing);
            None
        }
    }
}

/// The same for a field that may be empty; what is wrong leaves it as it was.
pub(crate) fn optional<T, P: Into<Problem>>(
    problems: &mut Problems,
    field: &str,
    given: Option<&str>,
    had: Option<T>,
    parse: impl FnOnce(&str) -> Result<T, P>,
) -> Option<T> {
    match given {
        None => had,
        Some(text) if text.trim().is_empty() => None,
        Some(text) => problems.take(field, parse(text)).or(had),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_sent_as_a_number_or_as_text() {
        for (json, expected) in [("12", Ok(12)), ("\" 12 \"", Ok(12)), ("\"\"", Err(Problem::Missing))] {
            assert_eq!(serde_json::from_str::<TypedNumber>(json).unwrap().within(1, 20), expected, "{json}");
        }
        for json in ["0", "21", "-3", "1.5", "1e30", "\"twelve\""] {
            let number: TypedNumber = serde_json::from_str(json).unwrap();
            assert_eq!(number.within(1, 20), Err(Problem::OutOfBounds { least: 1, most: 20 }), "{json}");
        }
    }
}

//! The release of a tz database.

use std::fmt;

/// A release of the tz database, ordered as they came out: `2025b` before `2025c` before `2026a`, `z` before `za`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatabaseVersion {
    year: u16,
    letters: String,
    /// As it was written, with whatever a distributor put behind it; for showing, and to tell equals apart.
    text: String,
}

impl DatabaseVersion {
    /// Reads a release's name: a year of four digits and the letters counting its releases; what follows is a distributor's.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let year = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        let letters: String = text.get(4..)?.chars().take_while(char::is_ascii_lowercase).collect();
        (!letters.is_empty()).then(|| Self { year, letters, text: text.to_owned() })
    }

    /// The year and its letters, which alone decide what is newer.
    pub(crate) fn release(&self) -> (u16, &str) {
        (self.year, &self.letters)
    }

    /// The release's name.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DatabaseVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseVersion;

    #[test]
    fn releases_are_ordered_as_they_came_out() {
        let sorted = ["1996l", "2025b", "2025c", "2026a", "2026f", "2026z", "2026za"];
        let versions: Vec<_> = sorted.iter().map(|text| DatabaseVersion::parse(text).unwrap()).collect();
        assert!(versions.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_is_not_a_release_is_none() {
        for text in ["", "2026", "f2026", "latest", "20é6f", "2026F"] {
            assert_eq!(DatabaseVersion::parse(text), None, "{text}");
        }
        assert_eq!(DatabaseVersion::parse("2026f-1\n").unwrap().as_str(), "2026f-1");
    }
}

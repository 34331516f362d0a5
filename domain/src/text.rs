//! Text that was checked when it came in: parse, do not validate.

use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TextProblem {
    /// Nothing was written where something is needed.
    #[error("empty")]
    Empty,
    /// More than `most` characters.
    #[error("longer than {most} characters")]
    TooLong {
        /// The most characters allowed.
        most: u32,
    },
    /// A control character, or one that reorders text around it (Unicode Bidirectional Algorithm, UAX 9, 2.1 to 2.5).
    #[error("holds a control character")]
    Control,
    /// Not of the form needed.
    #[error("not of the right form")]
    Form,
}

/// Characters that turn the direction of their neighbours: they make one name look like another.
fn reorders(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn check(text: &str, most: u32, lines: bool) -> Result<String, TextProblem> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    if text.chars().any(|c| (c.is_control() && !(lines && (c == '\n' || c == '\t'))) || reorders(c)) {
        return Err(TextProblem::Control);
    }
    let text: String = text.nfc().collect();
    if text.chars().count() > most as usize {
        return Err(TextProblem::TooLong { most });
    }
    Ok(text)
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident { most: $most:expr, lines: $lines:expr };)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MOST: u32 = $most;

            /// Trims, composes (Unicode NFC) and checks a text.
            ///
            /// # Errors
            /// When it is empty, too long, or holds control or reordering characters.
            pub fn parse(text: &str) -> Result<Self, TextProblem> {
                check(text, Self::MOST, $lines).map(Self)
            }

            /// The same, with an empty text meaning that there is none.
            ///
            /// # Errors
            /// As [`Self::parse`], but for the empty text.
            pub fn parse_optional(text: &str) -> Result<Option<Self>, TextProblem> {
                match Self::parse(text) {
                    Ok(text) => Ok(Some(text)),
                    Err(TextProblem::Empty) => Ok(None),
                    Err(problem) => Err(problem),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{:?}", self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextProblem;
            fn try_from(text: String) -> Result<Self, TextProblem> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    )*};
}

texts! {
    /// A name or title on one line.
    Title { most: 200, lines: false };
    /// A word or short label on one line: a feature, a language, a reference number.
    Label { most: 80, lines: false };
    /// Free text over several lines.
    Prose { most: 10_000, lines: true };
}

/// An address of electronic mail, in lower case; checked for its form only (RFC 5321, 4.1.2 and 4.5.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Checks an address for its form.
    ///
    /// # Errors
    /// When it is empty, over 254 characters, or not `local@domain`.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let text = check(text, 254, false)?.to_lowercase();
        let (local, host) = text.rsplit_once('@').ok_or(TextProblem::Form)?;
        let local_is_right =
            !local.is_empty() && local.len() <= 64 && !local.contains(|c: char| c.is_whitespace() || "<>()[],;:\\\"@".contains(c));
        let host_is_right = host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty() && part.len() <= 63 && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
        if local_is_right && host_is_right { Ok(Self(text)) } else { Err(TextProblem::Form) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = TextProblem;
    fn try_from(text: String) -> Result<Self, TextProblem> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(text: EmailAddress) -> Self {
        text.0
    }
}

/// A text as search and the import compare it: without marks, in lower case, runs of white space as one space.
///
/// `Ha Noi` finds `Hà Nội`, and `DANG` finds `Đặng`: letters that Unicode does not decompose are folded by hand.
pub fn folded(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            'ł' => 'l',
            'ø' => 'o',
            'ı' => 'i',
            'ħ' => 'h',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_ignores_marks_and_case() {
        assert_eq!(folded("  Hà   Nội "), "ha noi");
        assert_eq!(folded("ĐẶNG"), "dang");
    }

    #[test]
    fn reordering_characters_are_refused() {
        assert_eq!(Title::parse("abc\u{202E}def"), Err(TextProblem::Control));
    }

    #[test]
    fn markup_is_text_like_any_other() {
        assert_eq!(Title::parse("</textarea><script>").map(String::from), Ok("</textarea><script>".to_owned()));
    }

    #[test]
    fn ten_thousand_characters_are_no_title() {
        assert_eq!(Title::parse(&"a".repeat(10_000)), Err(TextProblem::TooLong { most: 200 }));
    }

    #[test]
    fn lines_end_alike() {
        assert_eq!(Prose::parse("a\r\nb").map(String::from), Ok("a\nb".to_owned()));
        assert_eq!(Title::parse("a\nb"), Err(TextProblem::Control));
    }

    #[test]
    fn addresses_are_checked_for_their_form() {
        assert!(EmailAddress::parse("Chief@demo.chancery.example").is_ok_and(|a| a.as_str() == "chief@demo.chancery.example"));
        for wrong in ["", "chief", "@x.example", "a b@x.example", "a@x", "a@x..example"] {
            assert!(EmailAddress::parse(wrong).is_err(), "{wrong}");
        }
    }
}

//! Names of states in the order of a language (Unicode Technical Standard 10, with the tailorings of CLDR).

use icu_collator::{Collator, CollatorPreferences, options::CollatorOptions};
use icu_locale_core::Locale;
use std::cmp::Ordering;

/// No order is known for a language.
#[derive(Debug, thiserror::Error)]
pub enum CollationError {
    /// The text is not a language tag (BCP 47).
    #[error("not a language tag")]
    NotALanguage(#[from] icu_locale_core::ParseError),
    /// The program holds no data to order its words by.
    #[error("no collation for the language")]
    NoData,
}

/// What compares two names in the agreed language, as `domain::precedence` asks for it.
///
/// # Errors
/// When the tag is not one, or there is no data to order by.
pub fn collator(language: &str) -> Result<impl Fn(&str, &str) -> Ordering + Send + Sync, CollationError> {
    let locale = Locale::try_from_str(language)?;
    let preferences = CollatorPreferences::from(&locale);
    let collator = Collator::try_new(preferences, CollatorOptions::default()).map_err(|_| CollationError::NoData)?;
    Ok(move |a: &str, b: &str| collator.compare(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str, mut names: Vec<&'static str>) -> Vec<&'static str> {
        let compare = collator(language).expect("a known language");
        names.sort_by(|a, b| compare(a, b));
        names
    }

    #[test]
    fn one_alphabet_has_several_orders() {
        let names = vec!["Zypern", "Ägypten", "Angola"];
        assert_eq!(sorted("de", names.clone()), ["Ägypten", "Angola", "Zypern"]);
        assert_eq!(sorted("sv", names), ["Angola", "Zypern", "Ägypten"]);
    }

    #[test]
    fn marks_do_not_send_a_state_to_the_end() {
        assert_eq!(sorted("en", vec!["Cuba", "Côte d’Ivoire", "Croatia"]), ["Côte d’Ivoire", "Croatia", "Cuba"]);
    }

    #[test]
    fn what_is_no_language_is_refused() {
        assert!(matches!(collator("no language"), Err(CollationError::NotALanguage(_))));
    }
}

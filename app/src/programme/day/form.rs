//! The forms of the day: what their fields hold.

use crate::forms::FormFields;
use serde::{Deserialize, Serialize};

/// The form that takes down that a line began or ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActualForm {
    /// The line.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// What is taken down.
    pub deed: String,
    /// When it was so, as people type times; where nothing is typed, the present moment.
    pub at: String,
}

impl FormFields for ActualForm {
    const NAME: &'static str = "actual";
}

/// The form that asks where the rest of a day would go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RestAskedForm {
    /// The line with which the rest begins.
    pub item: String,
    /// By how many minutes.
    pub minutes: String,
}

impl FormFields for RestAskedForm {
    const NAME: &'static str = "rest-asked";
}

/// The form that moves the rest of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RestForm {
    /// The visit.
    pub id: String,
    /// The line with which the rest begins.
    pub item: String,
    /// By how many minutes.
    pub minutes: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the page from another, so that two presses of the button are one.
    pub once: String,
    /// Why a clash is overridden.
    pub reason: String,
}

impl FormFields for RestForm {
    const NAME: &'static str = "rest";
}

/// The number of minutes that was typed, whichever minus stands before it.
#[cfg(feature = "ssr")]
pub(super) fn typed_minutes(text: &str) -> Option<i64> {
    let text = text.trim().replace('\u{2212}', "-");
    text.strip_prefix('+').unwrap_or(&text).parse().ok()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::typed_minutes;

    #[test]
    fn minutes_are_read_with_either_minus_and_nothing_else_is() {
        let read = ["20", " +20 ", "-5", "\u{2212}5", "", "soon", "1.5"].map(typed_minutes);
        assert_eq!(read, [Some(20), Some(20), Some(-5), Some(-5), None, None, None]);
    }
}

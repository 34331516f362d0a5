//! The forms by which lines are moved or copied together: what their fields hold.

use crate::forms::FormFields;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// The form that asks where lines would go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShiftAskedForm {
    /// What is done with them: `move` or `copy`.
    pub deed: String,
    /// The lines, with a space between two.
    pub items: String,
    /// All lines of this day, where none are named.
    pub day: String,
    /// How far, as people type spans.
    pub by: String,
    /// To which day, as people type days.
    pub to: String,
    /// Which of two equal times is meant.
    pub twice: String,
}

impl FormFields for ShiftAskedForm {
    const NAME: &'static str = "shift-asked";
}

impl ShiftAskedForm {
    /// What an address asks for: it names each line by itself.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let get = |name: &str| query.get(name).unwrap_or_default();
        let items = query.get_all("item").unwrap_or_default().join(" ");
        Self { deed: get("deed"), items, day: get("day"), by: get("by"), to: get("to"), twice: get("twice") }
    }
}

/// The form that moves or copies lines as they were shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShiftForm {
    /// The visit.
    pub id: String,
    /// What is done with the lines.
    pub deed: String,
    /// The lines, with a space between two.
    pub items: String,
    /// All lines of this day, where none are named.
    pub day: String,
    /// How far.
    pub by: String,
    /// To which day.
    pub to: String,
    /// Which of two equal times is meant.
    pub twice: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the page from another, so that two presses of the button are one.
    pub once: String,
    /// Why a clash is overridden.
    pub reason: String,
}

impl FormFields for ShiftForm {
    const NAME: &'static str = "shift";
}

#[cfg(feature = "ssr")]
mod reading {
    use super::ShiftAskedForm;
    use chrono::NaiveDate;
    use domain::{
        problems::{FieldProblem, Problem, Problems},
        programme::shift::{ShiftInput, Shifting},
        time::typed::{Base, read_date, read_span},
    };

    impl ShiftAskedForm {
        /// Whether it was said how far.
        pub(in crate::programme::shift) fn says_how_far(&self) -> bool {
            !self.by.trim().is_empty() || !self.to.trim().is_empty()
        }

        /// What is done with the lines; they are moved, if nothing is said.
        pub(in crate::programme::shift) fn how(&self) -> Shifting {
            Shifting::from_word(&self.deed).unwrap_or(Shifting::Move)
        }

        /// What was typed, as the use case takes it.
        ///
        /// # Errors
        /// With what cannot be read.
        pub(in crate::programme::shift) fn input(&self, today: NaiveDate) -> Result<ShiftInput, Vec<FieldProblem>> {
            let mut problems = Problems::new();
            let base = Base { today, from: None };
            let minutes = (!self.by.trim().is_empty()).then(|| problems.take("by", read_span(&self.by).map_err(Problem::from)));
            let to_day = (!self.to.trim().is_empty()).then(|| problems.take("to", read_date(&self.to, &base).map_err(Problem::from)));
            if minutes.is_some() && to_day.is_some() {
                problems.add("to", Problem::Form);
            }
            let item_ids: Vec<String> = self.items.split_whitespace().map(str::to_owned).collect();
            let day = Some(self.day.clone()).filter(|day| !day.is_empty() && item_ids.is_empty());
            problems.finish(Some(ShiftInput {
                item_ids,
                day,
                minutes: minutes.flatten(),
                to_day: to_day.flatten().map(|day| day.to_string()),
                twice: Some(self.twice.clone()).filter(|word| !word.is_empty()),
                ..ShiftInput::default()
            }))
        }
    }
}

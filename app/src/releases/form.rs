//! The form that releases a programme.

use crate::forms::FormFields;
use domain::releases::Audience;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the boxes of audiences; the audience's word follows.
const AUDIENCE: &str = "audience_";

/// The form that releases a programme to audiences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    /// The visit.
    pub id: String,
    /// The version of the draft one saw.
    pub seen: String,
    /// The boxes that are ticked.
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for ReleaseForm {
    const NAME: &'static str = "release";
}

impl ReleaseForm {
    /// The name of an audience's box.
    pub fn field_of(audience: Audience) -> String {
        format!("{AUDIENCE}{}", audience.word())
    }

    /// The audiences whose boxes are ticked.
    pub fn audiences(&self) -> Vec<Audience> {
        let is_ticked = |audience: &Audience| self.more.get(&Self::field_of(*audience)).is_some_and(|value| !value.is_empty());
        Audience::ALL.iter().copied().filter(is_ticked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_boxes_are_audiences() {
        let ticked = |audience| (ReleaseForm::field_of(audience), "yes".to_owned());
        let more = BTreeMap::from([ticked(Audience::Press), ticked(Audience::Office), ("audience_moon".into(), "yes".into())]);
        assert_eq!(ReleaseForm { more, ..ReleaseForm::default() }.audiences(), [Audience::Office, Audience::Press]);
    }
}

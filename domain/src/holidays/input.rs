//! What a form says of a day on the office's calendar.

use super::{DayKind, OwnDay};
use crate::{
    ids::OwnDayId,
    problems::{FieldProblem, Problem, Problems},
    typed::needed,
    visits::input::{country, date, title},
};
use serde::{Deserialize, Serialize};

/// What was said of a day, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnDayInput {
    /// The country it holds for, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Which day, `YYYY-MM-DD`.
    pub on: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// The word of its kind.
    pub kind: Option<String>,
}

impl OwnDayInput {
    /// A new day out of what was said.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn into_new(self, id: OwnDayId) -> Result<OwnDay, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let of = needed(&mut problems, "country", self.country.as_deref(), None, |text| country(text)?.ok_or(Problem::Missing));
        let on = needed(&mut problems, "on", self.on.as_deref(), None, date);
        let name = needed(&mut problems, "name", self.name.as_deref(), None, title);
        let kind = needed(&mut problems, "kind", self.kind.as_deref(), None, |text| DayKind::from_word(text).ok_or(Problem::Unknown));
        let day = of.zip(on).zip(name.zip(kind)).map(|((country, on), (name, kind))| OwnDay { id, country, on, name, kind });
        problems.finish(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn all_that_is_wrong_with_a_day_is_said_at_once() {
        let id = OwnDayId(Uuid::from_u128(1));
        let some = |text: &str| Some(text.to_owned());
        let wrong = OwnDayInput { country: some("USA"), on: some("31 March"), name: some(" "), kind: some("feast") };
        let fields: Vec<String> = wrong.into_new(id).unwrap_err().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["country", "on", "name", "kind"]);
        let right = OwnDayInput { country: some("us"), on: some("2027-03-31"), name: some("Cesar Chavez Day"), kind: some("holiday") };
        assert_eq!(right.into_new(id).unwrap().country.as_str(), "US");
    }
}

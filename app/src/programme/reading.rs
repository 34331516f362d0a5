//! Reading the form of a line.

use super::form::{ItemForm, MARKING, PERSON, ROLE};
use crate::times::reading::{Times, TypedTimes};
use domain::{
    problems::FieldProblem,
    programme::{
        ItemPart, ItemState,
        input::{ItemInput, ParticipantInput},
    },
};

impl ItemForm {
    /// The times, as they were typed.
    pub(super) fn times(&self) -> TypedTimes<'_> {
        let is_held = self.state == ItemState::Held.word();
        TypedTimes {
            date: &self.date,
            starts: &self.starts,
            ends: &self.ends,
            zone: &self.zone,
            end_zone: &self.end_zone,
            starts_offset: &self.starts_offset,
            ends_offset: &self.ends_offset,
            hold_until: if is_held { &self.hold_until } else { "" },
            hold_until_offset: &self.hold_until_offset,
            after: self.after.parse().ok(),
        }
    }

    /// What was said, for the use case; the parts that the form does not show stay as they are.
    pub(super) fn input(&self, times: Times) -> ItemInput {
        let given = |part: ItemPart, text: &str| (self.shows(part) || !text.is_empty()).then(|| text.to_owned());
        let whole = |text: &str| Some(text.to_owned());
        let has_room = !self.room_id.is_empty();
        let has_people = self.more.iter().any(|(name, value)| name.starts_with(PERSON) && !value.is_empty());
        let marked = |(name, value): (&String, &String)| Some((name.strip_prefix(MARKING)?.to_owned(), value.clone()));
        ItemInput {
            kind: whole(&self.kind),
            title: given(ItemPart::Title, &self.title),
            starts: times.starts,
            ends: times.ends,
            room_id: given(ItemPart::Place, &self.room_id),
            layout: given(ItemPart::Place, if has_room { &self.layout } else { "" }),
            people_count: given(ItemPart::Place, if has_room { &self.people_count } else { "" }),
            features: None,
            sweep: None,
            place: given(ItemPart::Place, if has_room { "" } else { &self.place }),
            people: (self.shows(ItemPart::People) || has_people).then(|| self.people()),
            route: given(ItemPart::Movement, &self.route),
            vehicles: given(ItemPart::Movement, &self.vehicles),
            carrier: given(ItemPart::Movement, &self.carrier),
            press: given(ItemPart::Press, &self.press).filter(|press| !press.is_empty()),
            dress: whole(&self.dress),
            notes: given(ItemPart::Notes, &self.notes),
            cover: whole(&self.cover),
            drop_by: Some(!self.drop_by.is_empty()),
            fixed: Some(!self.fixed.is_empty()),
            state: whole(&self.state),
            hold_until: Some(times.hold_until),
            markings: self.more.iter().filter_map(marked).filter(|(_, marking)| !marking.is_empty()).collect(),
            reason: whole(&self.reason),
        }
    }

    /// The people in the order of their rows.
    fn people(&self) -> Vec<ParticipantInput> {
        let mut rows: Vec<(u32, &String)> =
            self.more.iter().filter_map(|(name, value)| Some((name.strip_prefix(PERSON)?.parse().ok()?, value))).collect();
        rows.sort_unstable_by_key(|(number, _)| *number);
        rows.into_iter()
            .filter(|(_, person)| !person.is_empty())
            .map(|(number, person)| ParticipantInput {
                person_id: person.clone(),
                role: self.more.get(&format!("{ROLE}{number}")).cloned().unwrap_or_default(),
            })
            .collect()
    }
}

/// The problems by the names of the form's fields: people stand in rows, of which the first is named.
pub(super) fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let renamed = |problem: FieldProblem| match problem.field.as_str() {
        "people" => FieldProblem { field: format!("{PERSON}1"), ..problem },
        "movement" => FieldProblem { field: "route".to_owned(), ..problem },
        "time" => FieldProblem { field: "starts".to_owned(), ..problem },
        _ => problem,
    };
    problems.into_iter().map(renamed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn what_the_form_does_not_show_is_not_touched() {
        let form = ItemForm { parts: "existence time".into(), ..ItemForm::default() };
        let input = form.input(Times::default());
        assert_eq!((input.title, input.people, input.notes, input.route), (None, None, None, None));
    }

    #[test]
    fn people_keep_the_order_of_their_rows() {
        let more = [("person_10", "c"), ("person_2", "a"), ("role_2", "greeter"), ("person_3", "")];
        let more = more.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        let people = ItemForm { more, ..ItemForm::default() }.people();
        let rows: Vec<_> = people.iter().map(|row| (row.person_id.as_str(), row.role.as_str())).collect();
        assert_eq!(rows, [("a", "greeter"), ("c", "")]);
    }
}

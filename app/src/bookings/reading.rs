//! Reading the form of a booking.

use super::BookingForm;
use crate::{
    rooms::form::feature_field,
    times::reading::{Times, TypedTimes},
    visits::words::word_of,
};
use domain::rooms::{BookingState, Feature, input::BookingInput};

impl BookingForm {
    /// The times, as they were typed; `zone` names the clocks where the form names none.
    pub(crate) fn times<'a>(&'a self, zone: &'a str) -> TypedTimes<'a> {
        let is_held = self.state == word_of(&BookingState::Held);
        TypedTimes {
            date: &self.date,
            starts: &self.starts,
            ends: &self.ends,
            zone: if self.zone.trim().is_empty() { zone } else { &self.zone },
            starts_offset: &self.starts_offset,
            ends_offset: &self.ends_offset,
            hold_until: if is_held { &self.hold_until } else { "" },
            hold_until_offset: &self.hold_until_offset,
            ..TypedTimes::default()
        }
    }

    /// What was said, for the use case.
    pub(crate) fn input(&self, times: Times) -> BookingInput {
        let is_ticked = |feature: &&Feature| self.more.get(&feature_field(**feature)).is_some_and(|sent| !sent.is_empty());
        BookingInput {
            room_id: Some(self.room_id.clone()),
            starts: times.starts,
            ends: times.ends,
            layout: Some(self.layout.clone()),
            people: Some(self.people.as_str().into()),
            features: Some(Feature::ALL.iter().filter(is_ticked).map(word_of).collect()),
            sweep: Some(!self.sweep.is_empty()),
            purpose: Some(self.purpose.clone()),
            marking: Some(self.marking.clone()),
            state: Some(self.state.clone()),
            hold: Some(self.hold.clone()),
            hold_until: Some(times.hold_until),
            reason: Some(self.reason.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> BookingForm {
        let more = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        BookingForm { more, ..BookingForm::default() }
    }

    #[test]
    fn the_clocks_are_those_of_the_rooms_site_unless_others_are_named() {
        assert_eq!(form(&[]).times("Asia/Tokyo").zone, "Asia/Tokyo");
        let named = BookingForm { zone: "Europe/Paris".into(), ..form(&[]) };
        assert_eq!(named.times("Asia/Tokyo").zone, "Europe/Paris");
    }

    #[test]
    fn only_a_hold_ends_by_itself() {
        let until = BookingForm { hold_until: "14.00".into(), state: "firm".into(), ..form(&[]) };
        assert_eq!(until.times("Asia/Tokyo").hold_until, "");
        assert_eq!(BookingForm { state: "held".into(), ..until }.times("Asia/Tokyo").hold_until, "14.00");
    }

    #[test]
    fn ticked_features_are_asked_for() {
        let input = form(&[("feature_kitchen", "yes"), ("feature_nonsense", "yes"), ("feature_secure", "")]).input(Times::default());
        assert_eq!((input.features, input.sweep), (Some(vec!["kitchen".to_owned()]), Some(false)));
    }
}

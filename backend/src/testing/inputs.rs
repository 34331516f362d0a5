//! What is given to use cases in tests: the fields of a visit and of its lines.

use domain::{programme::input::ItemInput, time::agreed::AgreedTime, visits::input::VisitInput};

/// The zone of the programme.
pub const ZONE: &str = "America/Los_Angeles";

/// A field with something in it.
pub fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// A wall time on the clocks of the programme.
///
/// # Panics
/// When it is none.
pub fn at(local: &str) -> Option<AgreedTime> {
    let zone = ZONE.to_owned().try_into().expect("a zone's name");
    Some(AgreedTime { local: local.parse().expect("a wall time"), zone, offset: None })
}

/// A confirmed visit of six days in March 2027, over the change of clocks.
pub fn a_visit() -> VisitInput {
    VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister of Viet Nam"),
        starts_on: text("2027-03-13"),
        ends_on: text("2027-03-18"),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: text("Hà Nội"),
        ..VisitInput::default()
    }
}

/// A meeting at this time, which neither says where nor how firmly.
pub fn a_meeting(starts: &str, ends: &str) -> ItemInput {
    ItemInput { kind: text("bilateral"), title: text("Meeting with the Mayor"), starts: at(starts), ends: at(ends), ..ItemInput::default() }
}

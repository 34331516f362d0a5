//! What a form or the API says of sites, rooms and bookings, and what is made of it.
//!
//! What is absent stays as it was; on a new thing it takes its default, or is missing.

mod hours;
mod wanted_use;

pub(crate) use hours::holidays;
pub use hours::{HolidayInput, HoursInput, SeasonInput};
pub use wanted_use::{WantedUse, WantedUseInput};

use super::{
    Booking, BookingState, Feature, HoldKind, LONGEST_BOOKING_HOURS, LONGEST_MARGIN_MINUTES, Layout, LayoutCapacity, RoomDetails,
    SiteDetails, Travel,
    approval::Approval,
    terms::{BookedBy, RoomNeeds},
};
use crate::{
    accounts::Role,
    ids::{AccountId, BookingId, RoomId, SiteId},
    marking::{Marked, Marking, Scope},
    permission::{Action, role_allows},
    problems::{FieldProblem, Problem, Problems},
    text::{Label, Title},
    time::{
        ZoneName, ZoneRules,
        agreed::{AgreedSpan, AgreedTime, settle_span},
        bounds::read_instant,
    },
    typed::{TypedNumber, needed, optional},
    visits::input::{Lowering, Markings, title, word, zone},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The most people a room holds, and the most that come to one use of it.
const MOST_PEOPLE: u32 = 100_000;

/// The longest way between two sites, in minutes.
const LONGEST_WAY_MINUTES: u32 = 24 * 60;

/// What was said of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteInput {
    /// Name.
    pub name: Option<String>,
    /// Address; empty for none.
    pub address: Option<String>,
    /// Its clocks: an IANA zone. A new site takes the office's.
    pub zone: Option<String>,
    /// Minutes by car to other sites; a way without minutes is left out.
    pub travel: Option<Vec<TravelInput>>,
    /// Days on which its rooms are closed, or open at other hours.
    pub holidays: Option<Vec<HolidayInput>>,
}

/// Minutes to another site, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TravelInput {
    /// To which site, by id.
    pub to: String,
    /// Minutes.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub minutes: TypedNumber,
}

impl SiteInput {
    /// What was said, put onto a site as it is, or onto nothing. `own` is the site's identifier.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        &self,
        own: SiteId,
        had: Option<&SiteDetails>,
        office_zone: &ZoneName,
        rules: &dyn ZoneRules,
    ) -> Result<SiteDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let name = needed(&mut problems, "name", self.name.as_deref(), had.map(|site| site.name.clone()), Title::parse);
        let address = optional(&mut problems, "address", self.address.as_deref(), had.and_then(|site| site.address.clone()), Title::parse);
        let had_zone = Some(had.map_or_else(|| office_zone.clone(), |site| site.zone.clone()));
        let zone = needed(&mut problems, "zone", self.zone.as_deref().and_then(filled), had_zone, |text| zone(rules, text));
        let travel = match &self.travel {
            None => had.map(|site| site.travel.clone()).unwrap_or_default(),
            Some(ways) => travel(&mut problems, own, ways),
        };
        let holidays = match &self.holidays {
            None => had.map(|site| site.holidays.clone()).unwrap_or_default(),
            Some(given) => holidays(&mut problems, given),
        };
        let details = name.zip(zone).map(|(name, zone)| SiteDetails { name, address, zone, travel, holidays });
        problems.finish(details)
    }
}

/// What a field that may be left empty says.
fn filled(given: &str) -> Option<&str> {
    Some(given).filter(|text| !text.trim().is_empty())
}

fn travel(problems: &mut Problems, own: SiteId, ways: &[TravelInput]) -> Vec<Travel> {
    let mut travel: Vec<Travel> = Vec::with_capacity(ways.len());
    for (index, way) in ways.iter().enumerate().filter(|(_, way)| !way.to.trim().is_empty() && !way.minutes.is_empty()) {
        let to = problems.take(&format!("travel.{index}.to"), SiteId::from_str(way.to.trim()).map_err(|_| Problem::Unknown));
        let minutes = problems.take(&format!("travel.{index}.minutes"), way.minutes.within(0, LONGEST_WAY_MINUTES));
        let Some((to, minutes)) = to.zip(minutes) else { continue };
        if to == own {
            problems.add(&format!("travel.{index}.to"), Problem::Unknown);
        } else if travel.iter().any(|other| other.to == to) {
            problems.add(&format!("travel.{index}.to"), Problem::AlreadyTaken);
        } else {
            travel.push(Travel { to, minutes });
        }
    }
    travel
}

/// What was said of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RoomInput {
    /// Its site, by id.
    pub site_id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Floor, as it is called there; empty for none.
    pub floor: Option<String>,
    /// Layouts it can take; one of which nothing is said is left out.
    pub layouts: Option<Vec<LayoutInput>>,
    /// What it has.
    pub features: Option<Vec<String>>,
    /// Opening hours; none means always open.
    pub hours: Option<Vec<HoursInput>>,
    /// Parts of the year in which other hours hold.
    pub seasons: Option<Vec<SeasonInput>>,
    /// Minutes a sweep takes, before the room is laid out; empty for none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub sweep_minutes: Option<TypedNumber>,
    /// The roles, one of which is needed to book it; none means whoever may book rooms.
    pub booked_by: Option<Vec<String>>,
    /// Who must ask for it, and who gives it.
    pub approval: Option<ApprovalInput>,
    /// The highest marking that may be discussed there.
    pub clearance: Option<String>,
}

/// Who must ask for a room, and who gives it, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ApprovalInput {
    /// The roles that must ask; none means everybody but those who give it.
    pub needed_from: Vec<String>,
    /// The roles, one of which gives it; none means that nobody need ask.
    pub given_by: Vec<String>,
}

/// A layout of a room, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LayoutInput {
    /// Layout.
    pub layout: String,
    /// Seats, or people standing.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub capacity: TypedNumber,
    /// Minutes before use.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub set_up_minutes: TypedNumber,
    /// Minutes after use.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub clearing_minutes: TypedNumber,
}

impl RoomInput {
    /// What was said, put onto a room as it is, or onto nothing.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(&self, had: Option<&RoomDetails>) -> Result<RoomDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let site = needed(&mut problems, "site_id", self.site_id.as_deref(), had.map(|room| room.site), |text| {
            SiteId::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let name = needed(&mut problems, "name", self.name.as_deref(), had.map(|room| room.name.clone()), Title::parse);
        let floor = optional(&mut problems, "floor", self.floor.as_deref(), had.and_then(|room| room.floor.clone()), Label::parse);
        let layouts = match &self.layouts {
            None => had.map(|room| room.layouts.clone()).unwrap_or_default(),
            Some(given) => layouts(&mut problems, given),
        };
        let features = match &self.features {
            None => had.map(|room| room.features.clone()).unwrap_or_default(),
            Some(given) => features(&mut problems, given),
        };
        let hours = match &self.hours {
            None => had.map(|room| room.hours.clone()).unwrap_or_default(),
            Some(given) => hours::hours(&mut problems, "hours", given),
        };
        let seasons = match &self.seasons {
            None => had.map(|room| room.seasons.clone()).unwrap_or_default(),
            Some(given) => hours::seasons(&mut problems, given),
        };
        let sweep_minutes = self.sweep(had, &layouts, &mut problems);
        let booked_by = match &self.booked_by {
            None => had.map(|room| room.booked_by.clone()).unwrap_or_default(),
            Some(given) => BookedBy { roles: roles(&mut problems, "booked_by", given, Action::BookRoom) },
        };
        let approval = match &self.approval {
            None => had.map(|room| room.approval.clone()).unwrap_or_default(),
            Some(given) => Approval {
                needed_from: roles(&mut problems, "approval.needed_from", &given.needed_from, Action::BookRoom),
                given_by: roles(&mut problems, "approval.given_by", &given.given_by, Action::ApproveBooking),
            },
        };
        let had_clearance = Some(had.map_or(Marking::Amber, |room| room.clearance));
        let clearance = needed(&mut problems, "clearance", self.clearance.as_deref().and_then(filled), had_clearance, |text| {
            Marking::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let details = site.zip(name).zip(clearance).map(|((site, name), clearance)| RoomDetails {
            site,
            name,
            floor,
            layouts,
            features,
            hours,
            seasons,
            sweep_minutes: sweep_minutes.unwrap_or_default(),
            booked_by,
            approval,
            clearance,
        });
        problems.finish(details)
    }

    /// The minutes of a sweep: with the longest set-up they are a margin, and bounded as such.
    fn sweep(&self, had: Option<&RoomDetails>, layouts: &[LayoutCapacity], problems: &mut Problems) -> Option<u32> {
        let set_up = layouts.iter().map(|layout| layout.set_up_minutes).max().unwrap_or_default();
        let most = LONGEST_MARGIN_MINUTES.saturating_sub(set_up);
        match &self.sweep_minutes {
            Some(typed) if typed.is_empty() => Some(0),
            Some(typed) => problems.take("sweep_minutes", typed.within(0, most)),
            None => {
                let kept = had.map_or(0, |room| room.sweep_minutes);
                let fits = if kept <= most { Ok(kept) } else { Err(Problem::OutOfBounds { least: 0, most: i64::from(most) }) };
                problems.take("sweep_minutes", fits)
            }
        }
    }
}

fn layouts(problems: &mut Problems, given: &[LayoutInput]) -> Vec<LayoutCapacity> {
    let mut layouts: Vec<LayoutCapacity> = Vec::with_capacity(given.len());
    let is_blank =
        |input: &LayoutInput| [&input.capacity, &input.set_up_minutes, &input.clearing_minutes].into_iter().all(TypedNumber::is_empty);
    for (index, input) in given.iter().enumerate().filter(|(_, input)| !is_blank(input)) {
        let field = |name: &str| format!("layouts.{index}.{name}");
        let margin = |typed: &TypedNumber| if typed.is_empty() { Ok(0) } else { typed.within(0, LONGEST_MARGIN_MINUTES) };
        let layout = problems.take(&field("layout"), word::<Layout>(input.layout.trim()));
        let capacity = problems.take(&field("capacity"), input.capacity.within(1, MOST_PEOPLE));
        let before = problems.take(&field("set_up_minutes"), margin(&input.set_up_minutes));
        let after = problems.take(&field("clearing_minutes"), margin(&input.clearing_minutes));
        let Some(((layout, capacity), (set_up_minutes, clearing_minutes))) = layout.zip(capacity).zip(before.zip(after)) else { continue };
        if layouts.iter().any(|other| other.layout == layout) {
            problems.add(&field("layout"), Problem::AlreadyTaken);
        } else {
            layouts.push(LayoutCapacity { layout, capacity, set_up_minutes, clearing_minutes });
        }
    }
    layouts
}

/// The roles that were named, each of which may do this.
fn roles(problems: &mut Problems, field: &str, given: &[String], needed: Action) -> BTreeSet<Role> {
    let named = given.iter().filter(|text| !text.trim().is_empty());
    let roles = named.filter_map(|text| {
        let role = Role::from_word(text.trim()).filter(|role| role_allows(*role, needed));
        problems.take(field, role.ok_or(Problem::Unknown))
    });
    roles.collect()
}

/// What a room has, or a use of it asks for: each once, in their order.
pub(crate) fn features(problems: &mut Problems, given: &[String]) -> Vec<Feature> {
    let mut features: Vec<Feature> =
        given.iter().filter(|text| !text.trim().is_empty()).filter_map(|text| problems.take("features", word(text.trim()))).collect();
    features.sort_unstable();
    features.dedup();
    features
}

/// What was said of a booking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BookingInput {
    /// Which room, by id.
    pub room_id: Option<String>,
    /// From.
    pub starts: Option<AgreedTime>,
    /// Until.
    pub ends: Option<AgreedTime>,
    /// Layout; empty for none.
    pub layout: Option<String>,
    /// How many people; empty for unknown.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub people: Option<TypedNumber>,
    /// What the room must have.
    pub features: Option<Vec<String>>,
    /// Whether the room is swept before.
    pub sweep: Option<bool>,
    /// What for.
    pub purpose: Option<String>,
    /// Marking of the purpose; TLP:GREEN on a new booking.
    pub marking: Option<String>,
    /// `firm` or `held`.
    pub state: Option<String>,
    /// Of a hold: `pencilled`, so that others may hold the room too, or `promised`, so that nobody may; pencilled on a new one.
    pub hold: Option<String>,
    /// When a hold ends by itself, RFC 3339; empty for when it starts.
    pub hold_until: Option<String>,
    /// Why the marking was lowered, or a clash overridden.
    pub reason: Option<String>,
}

/// What the author of a booking may do.
#[derive(Debug, Clone, Copy)]
pub struct BookingAuthor {
    /// The author's account; it is the owner of a new booking, and on the list of one marked TLP:RED.
    pub account: Option<AccountId>,
    /// The highest marking the author may give.
    pub ceiling: Marking,
    /// Whether the author may lower a marking.
    pub may_lower: bool,
    /// Now: a hold that would have ended already holds nothing.
    pub now: DateTime<Utc>,
}

impl BookingInput {
    /// What was said, put onto a booking as it is, or onto nothing. The author has been shown the booking, and so reads all of it.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        &self,
        id: BookingId,
        had: Option<&Booking>,
        author: BookingAuthor,
        rules: &dyn ZoneRules,
    ) -> Result<Booking, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let room = needed(&mut problems, "room_id", self.room_id.as_deref(), had.map(|booking| booking.room), |text| {
            RoomId::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let starts = self.starts.clone().or_else(|| had.map(|booking| AgreedTime::from(&booking.starts)));
        let ends = self.ends.clone().or_else(|| had.map(|booking| AgreedTime::from(&booking.ends)));
        for (field, given) in [("starts", &starts), ("ends", &ends)] {
            if given.is_none() {
                problems.add(field, Problem::Missing);
            }
        }
        let time = starts.zip(ends).and_then(|(starts, ends)| {
            let settled = settle_span(rules, &AgreedSpan { starts, ends }, LONGEST_BOOKING_HOURS);
            settled.map_err(|more| more.into_iter().for_each(|it| problems.add(&it.field, it.problem))).ok()
        });
        let needs = self.needs(had.map(|booking| &booking.needs), &mut problems);
        let state = needed(&mut problems, "state", self.state.as_deref(), had.map(|booking| booking.state), |text| {
            word::<BookingState>(text.trim())
        });
        let until = optional(&mut problems, "hold_until", self.hold_until.as_deref(), had.and_then(|booking| booking.hold_until), |text| {
            read_instant(text)
        });
        let hold = match self.hold.as_deref().map(str::trim) {
            None => had.map_or(HoldKind::default(), |booking| booking.hold),
            Some("") => HoldKind::default(),
            Some(text) => problems.take("hold", word::<HoldKind>(text)).unwrap_or_default(),
        };
        // A hold ends at the latest when its use starts.
        let hold_until = match (state, &time) {
            (Some(BookingState::Held), Some((starts, _))) => Some(until.map_or(starts.at(), |until| until.min(starts.at()))),
            _ => None,
        };
        if hold_until.is_some_and(|until| until <= author.now) {
            problems.add("hold_until", Problem::EndsBeforeStart);
        }
        let purpose = self.purpose(had, author, &mut problems);
        let parts = room.zip(time).zip(state.zip(purpose));
        problems.finish(parts.map(|((room, (starts, ends)), (state, purpose))| Booking {
            id,
            revision: had.map_or(1, |booking| booking.revision),
            room,
            starts,
            ends,
            needs,
            state,
            hold,
            hold_until,
            approval: had.and_then(|booking| booking.approval),
            has_lapsed: false,
            purpose,
            made_by: had.map_or(author.account, |booking| booking.made_by),
            series: had.and_then(|booking| booking.series),
        }))
    }

    fn needs(&self, had: Option<&RoomNeeds>, problems: &mut Problems) -> RoomNeeds {
        let had = had.cloned().unwrap_or_default();
        RoomNeeds {
            layout: optional(problems, "layout", self.layout.as_deref(), had.layout, |text| word::<Layout>(text.trim())),
            people: match &self.people {
                None => had.people,
                Some(typed) if typed.is_empty() => None,
                Some(typed) => problems.take("people", typed.within(1, MOST_PEOPLE)),
            },
            features: self.features.as_deref().map_or(had.features, |given| features(problems, given)),
            sweep: self.sweep.unwrap_or(had.sweep),
        }
    }

    fn purpose(&self, had: Option<&Booking>, author: BookingAuthor, problems: &mut Problems) -> Option<Marked<Title>> {
        let given = MarkedTitle {
            field: "purpose",
            text: self.purpose.as_deref(),
            marking: self.marking.as_deref(),
            has_reason: self.reason.as_deref().is_some_and(|text| !text.trim().is_empty()),
        };
        given.onto(had.map(|booking| &booking.purpose), author.account, author.ceiling, author.may_lower, problems)
    }
}

/// What was said of the one text of a thing that bears a marking, which is marked TLP:GREEN if nobody says.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkedTitle<'a> {
    /// The text's field; its marking's is `marking`.
    pub(super) field: &'static str,
    /// The text.
    pub(super) text: Option<&'a str>,
    /// Its marking.
    pub(super) marking: Option<&'a str>,
    /// Whether it was said why the marking is lowered.
    pub(super) has_reason: bool,
}

impl MarkedTitle<'_> {
    /// What was said, put onto what the author reads, or onto nothing.
    pub(super) fn onto(
        self,
        had: Option<&Marked<Title>>,
        account: Option<AccountId>,
        ceiling: Marking,
        may_lower: bool,
        problems: &mut Problems,
    ) -> Option<Marked<Title>> {
        let given: BTreeMap<String, String> = self.marking.iter().map(|text| (self.field.to_owned(), (*text).to_owned())).collect();
        let lowering = had.map(|_| Lowering { allowed: may_lower, has_reason: self.has_reason });
        let markings = Markings { given: &given, ceiling, lowering };
        let mut of_marking = Problems::new();
        let marking = markings.of(&mut of_marking, self.field, had.map_or(Marking::Green.min(ceiling), Marked::marking));
        of_marking.into_vec().into_iter().for_each(|it| problems.add("marking", it.problem));
        let written = match (had, self.text) {
            (Some(had), None) => had.clone().rewritten(marking, None),
            (had, text) => {
                let value = problems.take(self.field, text.ok_or(Problem::Missing).and_then(title))?;
                match had {
                    Some(had) => had.clone().rewritten(marking, Some(value)),
                    None => Marked::new(marking, Scope::Office, value),
                }
            }
        };
        Some(written.originated_by(account))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::fixed::tests::{table, wall, zone};
    use uuid::Uuid;

    fn fields(problems: Vec<FieldProblem>) -> Vec<String> {
        problems.into_iter().map(|it| it.field).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_new_room_needs_a_site_and_a_name() {
        assert_eq!(fields(RoomInput::default().onto(None).unwrap_err()), ["site_id", "name"]);
    }

    #[test]
    fn a_layout_stands_once_and_its_margins_are_bounded() {
        let layout = |capacity: &str, before: &str| LayoutInput {
            layout: "theatre".into(),
            capacity: capacity.into(),
            set_up_minutes: before.into(),
            clearing_minutes: TypedNumber::default(),
        };
        let input = RoomInput {
            site_id: some(&Uuid::from_u128(1).to_string()),
            name: some("Rotunda"),
            layouts: Some(vec![layout("10", "30"), layout("10", "30"), layout("10", "100000"), layout("", ""), layout("", "5")]),
            ..RoomInput::default()
        };
        assert_eq!(fields(input.onto(None).unwrap_err()), ["layouts.1.layout", "layouts.2.set_up_minutes", "layouts.4.capacity"]);
    }

    #[test]
    fn a_sweep_and_the_longest_set_up_are_one_margin() {
        let layout = |before: &str| LayoutInput {
            layout: "theatre".into(),
            capacity: "10".into(),
            set_up_minutes: before.into(),
            clearing_minutes: TypedNumber::default(),
        };
        let input = |before: &str, sweep: &str| RoomInput {
            site_id: some(&Uuid::from_u128(1).to_string()),
            name: some("Rotunda"),
            layouts: Some(vec![layout(before)]),
            sweep_minutes: Some(sweep.into()),
            ..RoomInput::default()
        };
        let room = input("30", "45").onto(None).unwrap();
        assert_eq!(room.margins(Some(Layout::Theatre), true).before, 75);
        assert_eq!(room.margins(Some(Layout::Theatre), false).before, 30);
        assert_eq!(room.margins(Some(Layout::Banquet), false).before, 30, "a layout that the room is not said to have takes no less");
        assert_eq!(fields(input("700", "21").onto(None).unwrap_err()), ["sweep_minutes"]);
        // A longer set-up leaves the sweep that was no room.
        let longer = RoomInput { layouts: Some(vec![layout("690")]), ..RoomInput::default() };
        assert_eq!(fields(longer.onto(Some(&room)).unwrap_err()), ["sweep_minutes"]);
    }

    #[test]
    fn a_room_is_booked_by_roles_that_may_book() {
        let input = |role: &str| RoomInput {
            site_id: some(&Uuid::from_u128(1).to_string()),
            name: some("Rotunda"),
            booked_by: Some(vec![role.to_owned(), String::new()]),
            ..RoomInput::default()
        };
        assert_eq!(input("scheduler").onto(None).unwrap().booked_by.roles.len(), 1);
        assert!(input("").onto(None).unwrap().booked_by.roles.is_empty());
        for wrong in ["staff", "everybody"] {
            assert_eq!(fields(input(wrong).onto(None).unwrap_err()), ["booked_by"], "{wrong}");
        }
    }

    #[test]
    fn a_room_is_given_by_roles_that_may_give_it() {
        let input = |from: &str, by: &str| RoomInput {
            site_id: some(&Uuid::from_u128(1).to_string()),
            name: some("Rotunda"),
            approval: Some(ApprovalInput { needed_from: vec![from.to_owned()], given_by: vec![by.to_owned(), String::new()] }),
            ..RoomInput::default()
        };
        let room = input("scheduler", "rooms_manager").onto(None).unwrap();
        assert_eq!((room.approval.needed_from.len(), room.approval.given_by.len()), (1, 1));
        assert_eq!(RoomInput::default().onto(Some(&room)).unwrap().approval, room.approval);
        assert_eq!(fields(input("press", "scheduler").onto(None).unwrap_err()), ["approval.needed_from", "approval.given_by"]);
    }

    #[test]
    fn a_site_has_no_way_to_itself() {
        let own = SiteId(Uuid::from_u128(1));
        let way = TravelInput { to: own.to_string(), minutes: 5.into() };
        let input = SiteInput { name: some("City Hall"), travel: Some(vec![way]), ..SiteInput::default() };
        assert_eq!(fields(input.onto(own, None, &zone("America/Los_Angeles"), &table()).unwrap_err()), ["travel.0.to"]);
    }

    fn booking(ends: &str) -> BookingInput {
        let at = |local: &str| Some(AgreedTime { local: wall(local), zone: zone("America/Los_Angeles"), offset: None });
        BookingInput {
            room_id: some(&Uuid::from_u128(1).to_string()),
            starts: at("2026-03-14T09:15"),
            ends: at(ends),
            purpose: some("Budget briefing"),
            state: some("held"),
            ..BookingInput::default()
        }
    }

    fn author() -> BookingAuthor {
        BookingAuthor { account: None, ceiling: Marking::Amber, may_lower: false, now: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn a_booking_lasts_fourteen_days_at_most() {
        let id = BookingId(Uuid::from_u128(1));
        assert!(booking("2026-03-28T09:15").onto(id, None, author(), &table()).is_ok());
        assert_eq!(fields(booking("2026-03-28T09:16").onto(id, None, author(), &table()).unwrap_err()), ["ends"]);
    }

    #[test]
    fn a_hold_ends_at_the_latest_when_it_starts_and_never_in_the_past() {
        let id = BookingId(Uuid::from_u128(1));
        let held = booking("2026-03-14T10:00").onto(id, None, author(), &table()).unwrap();
        assert_eq!(held.hold_until, Some(held.starts.at()));
        let late = BookingAuthor { now: held.starts.at(), ..author() };
        assert_eq!(fields(booking("2026-03-14T10:00").onto(id, None, late, &table()).unwrap_err()), ["hold_until"]);
    }

    #[test]
    fn a_hold_is_pencilled_unless_it_is_promised() {
        let id = BookingId(Uuid::from_u128(1));
        let hold = |hold: Option<&str>, had: Option<&Booking>| {
            BookingInput { hold: hold.map(str::to_owned), ..booking("2026-03-14T10:00") }.onto(id, had, author(), &table())
        };
        let promised = hold(Some("promised"), None).unwrap();
        assert_eq!((hold(None, None).unwrap().hold, promised.hold), (HoldKind::Pencilled, HoldKind::Promised));
        assert!(matches!(promised.claim(), crate::clash::Claim::Promised { .. }));
        assert_eq!(hold(None, Some(&promised)).unwrap().hold, HoldKind::Promised);
        assert_eq!(fields(hold(Some("sworn"), None).unwrap_err()), ["hold"]);
    }

    #[test]
    fn nobody_marks_above_what_they_may_read_or_lowers_without_the_right() {
        let id = BookingId(Uuid::from_u128(1));
        let marked = |marking: &str| BookingInput { marking: some(marking), ..booking("2026-03-14T10:00") };
        assert_eq!(fields(marked("TLP:RED").onto(id, None, author(), &table()).unwrap_err()), ["marking"]);
        let amber = marked("TLP:AMBER").onto(id, None, author(), &table()).unwrap();
        assert_eq!(fields(marked("TLP:GREEN").onto(id, Some(&amber), author(), &table()).unwrap_err()), ["marking"]);
        let may = BookingAuthor { may_lower: true, ..author() };
        let lowered = BookingInput { reason: some("Public by now"), ..marked("TLP:GREEN") };
        assert!(lowered.onto(id, Some(&amber), may, &table()).is_ok_and(|it| it.purpose.marking() == Marking::Green));
    }
}

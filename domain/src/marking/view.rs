//! The views that travel: built here and nowhere else, each from a thing and the reader it is for.
//!
//! A part the reader may not read is absent, or a stand-in where the thing must show as taken.

mod accounts;
mod approval;
mod blackout;
mod change;
mod closing;
mod rest;
mod room_use;
pub mod stand_in;
mod task;
#[cfg(test)]
pub(crate) mod tests;
mod viewed;

pub use accounts::{AccountNames, AccountView};
pub use approval::{ApprovalView, BesideView, NewsKind, NewsView, Told};
pub use blackout::{BlackoutView, ClosedView};
pub use change::{DelegatePart, LinePart, VisitPart};
pub use closing::{ClosingPreview, HurtView};
pub use rest::{RestLineView, RestMetView, RestView, ShiftView};
pub use room_use::{EngagedView, Hidden, ReservedView, RoomAvailability, TakenView, taken};
pub use task::TaskView;
pub use viewed::{Viewed, ViewedBy};

use super::{Marked, Marking, Reader};
use crate::{
    delegations::{Delegate, DelegateRole},
    ids::{BookingId, DelegateId, DelegationId, ItemId, MissionId, PersonId, RoomId, SeriesId, VisitId},
    programme::{ItemKind, ItemPart, ItemState, Movement, PersonRole, PressAccess, ProgrammeItem, Whereabouts, held_until},
    releases::LineNow,
    rooms::{Booking, BookingState, Feature, HoldKind, Layout, approval::Approving, series::SeriesDay},
    time::{
        Moment, WallTime, ZoneName, ZoneRules,
        agreed::MomentView,
        clocks::{CapitalTime, ShiftNote, capital_time, shift_note},
        renewed::renewed,
    },
    visits::{Direction, Visit, VisitCategory, VisitState},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names of things that every account of the office may know, by which views say who and where.
pub trait Directory {
    /// A person's name as it is announced.
    fn person(&self, id: PersonId) -> Option<String>;
    /// A room's name with its site's.
    fn room(&self, id: RoomId) -> Option<String>;
}

/// Something named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named<Id> {
    /// Identifier.
    pub id: Id,
    /// Name.
    pub name: String,
}

/// A visit as a reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier.
    pub id: VisitId,
    /// Inbound or outbound.
    pub direction: Direction,
    /// Category.
    pub category: VisitCategory,
    /// Where it stands.
    pub state: VisitState,
    /// Title, or its cover title; none if neither may be read.
    pub title: Option<String>,
    /// Whether the title is a cover title.
    pub is_cover: bool,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day, included.
    pub ends_on: Option<NaiveDate>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Visiting principal.
    pub guest: Option<Named<PersonId>>,
    /// Host's principal.
    pub host: Option<Named<PersonId>>,
    /// Zone of its lines.
    pub zone: String,
    /// The place shown beside local time.
    pub place: String,
    /// Zone of the visitor's capital.
    pub capital_zone: Option<String>,
    /// The place shown beside capital time.
    pub capital: Option<String>,
    /// Purpose and remarks.
    pub remarks: Option<String>,
    /// Missions attached.
    pub mission_ids: Option<Vec<MissionId>>,
    /// Whether the reader sees the live draft.
    pub is_draft: bool,
    /// The highest marking of what is shown.
    pub marking: Marking,
    /// The marking of each part shown.
    pub markings: BTreeMap<String, Marking>,
}

/// Somebody who takes part, as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantView {
    /// Who.
    pub person_id: PersonId,
    /// Name.
    pub name: String,
    /// As what.
    pub role: PersonRole,
}

/// How one gets there, as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovementView {
    /// The way.
    pub route: Option<String>,
    /// Vehicles in order.
    pub vehicles: Option<String>,
    /// Flight or train.
    pub carrier: Option<String>,
}

/// A line as a reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier.
    pub id: ItemId,
    /// The visit.
    pub visit_id: VisitId,
    /// Kind; absent on a stand-in.
    pub kind: Option<ItemKind>,
    /// Whether it holds what it names.
    pub state: ItemState,
    /// When a hold ends by itself.
    pub hold_until: Option<DateTime<Utc>>,
    /// Title, or its cover title; none on a stand-in without a cover.
    pub title: Option<String>,
    /// Whether it is a stand-in: something is there that the reader may not read.
    pub is_stand_in: bool,
    /// The marking of the cover title, where that is shown as the title.
    #[serde(default)]
    pub cover_marking: Option<Marking>,
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// The start on the capital's clocks.
    pub capital: Option<CapitalTime>,
    /// A note where the difference of the two zones is not what one is used to.
    pub shift: Option<ShiftNote>,
    /// Room of ours.
    pub room: Option<Named<RoomId>>,
    /// The room's layout.
    pub layout: Option<Layout>,
    /// How many people.
    pub people_count: Option<u32>,
    /// What the room must have.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// Whether the room is swept before.
    #[serde(default)]
    pub sweep: bool,
    /// Place that is not ours.
    pub place: Option<String>,
    /// Who takes part.
    pub people: Option<Vec<ParticipantView>>,
    /// How one gets there.
    pub movement: Option<MovementView>,
    /// Press.
    pub press: Option<PressAccess>,
    /// Dress.
    pub dress: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Cover title, to who may read the true one.
    pub cover: Option<String>,
    /// Whether the principal drops by.
    pub drop_by: bool,
    /// Whether it stays where it is when the rest of its day is moved.
    #[serde(default)]
    pub fixed: bool,
    /// When it began in truth.
    #[serde(default)]
    pub begun_at: Option<DateTime<Utc>>,
    /// When it ended in truth.
    #[serde(default)]
    pub ended_at: Option<DateTime<Utc>>,
    /// The highest marking of what is shown.
    pub marking: Marking,
    /// The marking of each part shown.
    pub markings: BTreeMap<ItemPart, Marking>,
}

/// A delegate as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier.
    pub id: DelegateId,
    /// The delegation.
    pub delegation_id: DelegationId,
    /// The delegation's name.
    pub delegation: String,
    /// The person in the directory.
    pub person_id: PersonId,
    /// Role.
    pub role: DelegateRole,
    /// Place in the delegation's own order, from 1.
    pub position: u32,
    /// Name as it is announced.
    pub name: String,
    /// Name in its own script.
    pub own_script: Option<String>,
    /// How it is said.
    pub pronunciation: Option<String>,
    /// Form of address.
    pub address: Option<String>,
    /// Rank or office.
    pub rank: Option<String>,
    /// Languages.
    pub languages: Vec<String>,
    /// What the kitchen must know.
    pub diet: Option<String>,
    /// Marking.
    pub marking: Marking,
}

/// A use of a room beside any programme, as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier.
    pub id: BookingId,
    /// Room.
    pub room_id: RoomId,
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// Layout.
    pub layout: Option<Layout>,
    /// How many people.
    pub people: Option<u32>,
    /// What the room must have.
    pub features: Vec<Feature>,
    /// Whether the room is swept before.
    pub sweep: bool,
    /// Whether settled.
    pub state: BookingState,
    /// Of a hold: whether others may hold the room too.
    #[serde(default)]
    pub hold: Option<HoldKind>,
    /// When a hold ends by itself.
    pub hold_until: Option<DateTime<Utc>>,
    /// How it stands where the room had to be asked for, or was given to another.
    #[serde(default)]
    pub approval: Option<Approving>,
    /// Whether it has ended by itself, and holds nothing any more.
    #[serde(default)]
    pub has_lapsed: bool,
    /// What for.
    pub purpose: String,
    /// Marking of the purpose.
    pub marking: Marking,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// The series it is one of.
    #[serde(default)]
    pub series_id: Option<SeriesId>,
    /// The day for which the series made it.
    #[serde(default)]
    pub series_on: Option<SeriesDay>,
}

macro_rules! made_for_a_reader {
    ($($view:ty),*) => {$(
        impl Viewed for $view {
            fn viewed_by(&self) -> ViewedBy {
                self.viewed_by
            }
        }

        impl $view {
            /// The same view, kept to be narrowed for whoever reads it later: as it is, it is sent to nobody.
            #[must_use]
            pub fn kept(self) -> Self {
                Self { viewed_by: ViewedBy::Nobody, ..self }
            }
        }
    )*};
}
made_for_a_reader!(VisitView, ItemView, DelegateView, TaskView, BookingView, BlackoutView, AccountView);

impl VisitView {
    /// A visit as a reader sees it; none if the reader may not know that there is one.
    pub fn of(visit: &Visit, reader: &Reader, directory: &dyn Directory) -> Option<Self> {
        let details = &visit.details;
        let scope = super::Scope::Visit(visit.id);
        let nobody = std::collections::BTreeSet::new();
        if !reader.may_read(details.existence, &scope, &nobody) {
            return None;
        }
        let floor = details.existence;
        let mut markings = BTreeMap::from([("existence".to_owned(), floor)]);
        let true_title = details.title.clone().at_least(floor);
        let (title, is_cover) = match true_title.reveal_for(reader) {
            Some(title) => {
                markings.insert("title".into(), true_title.marking());
                (Some(title.to_string()), false)
            }
            None => {
                let cover = details.cover.as_ref().and_then(|cover| Some((cover.marking(), cover.reveal_for(reader)?)));
                markings.extend(cover.map(|(marking, _)| ("cover".into(), marking)));
                (cover.map(|(_, title)| title.to_string()), cover.is_some())
            }
        };
        let dates = details.dates.clone().at_least(floor);
        let dates_shown = dates.reveal_for(reader);
        if dates_shown.is_some() {
            markings.insert("dates".into(), dates.marking());
        }
        let parties = details.parties.clone().at_least(floor);
        let parties_shown = parties.reveal_for(reader);
        if parties_shown.is_some() {
            markings.insert("parties".into(), parties.marking());
        }
        let remarks = details.remarks.clone().at_least(floor);
        let remarks_shown = remarks.reveal_for(reader).and_then(Option::as_ref);
        if remarks_shown.is_some() {
            markings.insert("remarks".into(), remarks.marking());
        }
        let named = |id: Option<PersonId>| id.and_then(|id| Some(Named { id, name: directory.person(id)? }));
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: visit.id,
            direction: details.direction,
            category: details.category,
            state: details.state,
            title,
            is_cover,
            starts_on: dates_shown.map(|d| d.starts_on),
            ends_on: dates_shown.map(|d| d.ends_on),
            country: parties_shown.and_then(|p| p.country.as_ref()).map(ToString::to_string),
            guest: named(parties_shown.and_then(|p| p.guest)),
            host: named(parties_shown.and_then(|p| p.host)),
            zone: details.zone.to_string(),
            place: details.place.to_string(),
            capital_zone: parties_shown.map(|_| details.capital_zone.to_string()),
            capital: parties_shown.map(|_| details.capital.to_string()),
            remarks: remarks_shown.map(ToString::to_string),
            mission_ids: (parties_shown.is_some() && reader.is_on(visit.id)).then(|| details.missions.clone()),
            is_draft: reader.is_on(visit.id),
            marking: markings.values().copied().max().unwrap_or(floor),
            markings,
        })
    }
}

impl ItemView {
    /// A line as a reader sees it; none if the reader may not know that there is one, or when.
    ///
    /// This is the live line. Who is not on the visit's list, and not named on the line, reads releases instead; that is
    /// asked by the use case, because it depends on which releases there are.
    pub fn of(item: &ProgrammeItem, visit: &Visit, reader: &Reader, directory: &dyn Directory, rules: &dyn ZoneRules) -> Option<Self> {
        let details = &item.details;
        let floor = details.existence.max(visit.details.existence);
        let time = details.time.clone().at_least(floor);
        let when = time.reveal_for(reader)?;
        let mut markings = BTreeMap::from([(ItemPart::Existence, floor), (ItemPart::Time, time.marking())]);
        let title = details.title.clone().at_least(floor);
        let shown_title = title.reveal_for(reader);
        let cover = details.cover.as_ref().and_then(|cover| Some((cover.marking(), cover.reveal_for(reader)?)));
        let is_stand_in = shown_title.is_none();
        let cover_marking = cover.map(|(marking, _)| marking).filter(|_| is_stand_in);
        if shown_title.is_some() {
            markings.insert(ItemPart::Title, title.marking());
        }
        // A cover title covers people and place too.
        let open = !is_stand_in;
        let place = details.place.clone().at_least(floor);
        let shown_place = place.reveal_for(reader).filter(|_| open);
        if shown_place.is_some() {
            markings.insert(ItemPart::Place, place.marking());
        }
        let people = details.people.clone().at_least(floor);
        let shown_people = people.reveal_for(reader).filter(|_| open);
        if shown_people.is_some_and(|p| !p.is_empty()) {
            markings.insert(ItemPart::People, people.marking());
        }
        let movement = details.movement.clone().at_least(floor);
        let shown_movement = movement.reveal_for(reader).and_then(Option::as_ref).filter(|_| open);
        if shown_movement.is_some() {
            markings.insert(ItemPart::Movement, movement.marking());
        }
        let press = details.press.clone().at_least(floor);
        let shown_press = press.reveal_for(reader).filter(|_| open);
        if shown_press.is_some() {
            markings.insert(ItemPart::Press, press.marking());
        }
        let notes = details.notes.clone().at_least(floor);
        let shown_notes = notes.reveal_for(reader).and_then(Option::as_ref).filter(|_| open);
        if shown_notes.is_some() {
            markings.insert(ItemPart::Notes, notes.marking());
        }
        let capital_zone = &visit.details.capital_zone;
        let knows_capital = visit.details.parties.clone().at_least(visit.details.existence).reveal_for(reader).is_some();
        let starts = when.starts();
        let dates = visit.details.dates.clone().at_least(visit.details.existence);
        let ends_on = dates.reveal_for(reader).map(|dates| dates.ends_on);
        let capital = knows_capital.then(|| capital_time(rules, starts.at(), &starts.zone, capital_zone).ok()).flatten();
        let shift = ends_on.filter(|_| knows_capital).and_then(|ends_on| shift_until(rules, starts, capital_zone, ends_on));
        let needs = shown_place.and_then(Whereabouts::needs).unwrap_or_default();
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: item.id,
            visit_id: item.visit,
            kind: open.then_some(details.kind),
            state: details.state,
            hold_until: details.hold_until.filter(|_| open),
            title: shown_title.or(cover.map(|(_, title)| title)).map(ToString::to_string),
            is_stand_in,
            cover_marking,
            starts: MomentView::from(starts),
            ends: MomentView::from(when.ends()),
            capital,
            shift,
            room: shown_place.and_then(Whereabouts::room).and_then(|id| Some(Named { id, name: directory.room(id)? })),
            layout: needs.layout,
            people_count: needs.people,
            features: needs.features,
            sweep: needs.sweep,
            place: match shown_place {
                Some(Whereabouts::Outside(place)) => Some(place.to_string()),
                _ => None,
            },
            people: shown_people.map(|people| {
                let known = people
                    .iter()
                    .filter_map(|p| Some(ParticipantView { person_id: p.person, name: directory.person(p.person)?, role: p.role }));
                known.collect()
            }),
            movement: shown_movement.map(|m: &Movement| MovementView {
                route: m.route.as_ref().map(ToString::to_string),
                vehicles: m.vehicles.as_ref().map(ToString::to_string),
                carrier: m.carrier.as_ref().map(ToString::to_string),
            }),
            press: shown_press.map(|p| p.access),
            dress: details.dress.as_ref().filter(|_| open).map(ToString::to_string),
            notes: shown_notes.map(ToString::to_string),
            cover: cover.filter(|_| open).map(|(_, title)| title.to_string()),
            drop_by: open && details.drop_by,
            fixed: open && details.fixed,
            begun_at: when.actual().begun_at.filter(|_| open),
            ended_at: when.actual().ended_at.filter(|_| open),
            marking: highest(&markings, cover_marking).unwrap_or(floor),
            markings,
        })
    }

    /// The line as it was agreed: how it went, and what holds it on its day, is of the live draft alone.
    #[must_use]
    pub fn as_agreed(self) -> Self {
        Self { fixed: false, begun_at: None, ended_at: None, ..self }
    }

    /// The line without its details: who takes part, the way, dress and notes.
    #[must_use]
    pub fn without_details(mut self) -> Self {
        self.people = None;
        self.movement = None;
        self.dress = None;
        self.notes = None;
        self.cover = None;
        self.markings.retain(|part, _| !matches!(part, ItemPart::People | ItemPart::Movement | ItemPart::Notes));
        self.marking = highest(&self.markings, self.cover_marking).unwrap_or(self.marking);
        self
    }

    /// A frozen line beside its visit as its reader sees that: the capital's clocks are told to who knows which capital it is,
    /// and what will change before the visit ends to who knows when that is.
    #[must_use]
    pub fn beside(mut self, visit: &VisitView) -> Self {
        if visit.capital_zone.is_none() {
            self.capital = None;
        }
        if visit.capital_zone.is_none() || visit.ends_on.is_none() {
            self.shift = None;
        }
        self
    }

    /// A frozen line by the clocks of today, beside its visit as its reader sees that: it stays at its hour on the wall, whatever rules it was
    /// frozen by, and what goes by its instant goes with it. One that is past does too, so that it does not go back to the old rules when it
    /// begins.
    #[must_use]
    pub fn by_the_clocks(mut self, visit: &VisitView, rules: &dyn ZoneRules) -> Self {
        let [was, ended] = [&self.starts, &self.ends].map(|moment| Moment::from(moment.clone()));
        let (starts, ends) = match renewed(rules, &was, &ended) {
            Some((starts, ends)) => {
                self.hold_until = self.hold_until.map(|until| held_until(until, was.at(), starts.at()));
                (starts, ends)
            }
            None => (was, ended),
        };
        if let Some(capital) = &mut self.capital
            && let Ok(by_now) = capital_time(rules, starts.at(), &starts.zone, &capital.moment.zone)
        {
            // What was not known of the visit when it was frozen is not told now.
            self.shift = visit.ends_on.and_then(|ends_on| shift_until(rules, &starts, &by_now.moment.zone, ends_on));
            *capital = by_now;
        }
        (self.starts, self.ends) = (starts.into(), ends.into());
        self
    }

    /// A frozen line as a reader sees it today: each part under the stricter of its marking then and now.
    ///
    /// None if the line may not be shown at all. Parts that have no marking today (the line was removed since) keep the
    /// one they were frozen with.
    pub fn narrowed(&self, now: Option<&LineNow>, reader: &Reader) -> Option<Self> {
        let today = |part: ItemPart| now.and_then(|now| now.parts.get(&part)).copied().unwrap_or(Marking::Clear);
        let then = |part: ItemPart| self.markings.get(&part).copied().unwrap_or(self.marking);
        let may = |part: ItemPart| reader.may_read_released(then(part), today(part), self.visit_id);
        if !may(ItemPart::Existence) || !may(ItemPart::Time) {
            return None;
        }
        let open = !self.is_stand_in && may(ItemPart::Title);
        let mut view = self.clone();
        view.viewed_by = ViewedBy::of(reader);
        if !open && !self.is_stand_in {
            view.title = None;
            view.is_stand_in = true;
            view.kind = None;
            view.hold_until = None;
            view.dress = None;
            view.drop_by = false;
            view = view.as_agreed();
        }
        if self.is_stand_in {
            let then = self.cover_marking.unwrap_or(self.marking);
            let today = now.and_then(|now| now.cover).unwrap_or(Marking::Clear);
            if !reader.may_read_released(then, today, self.visit_id) {
                view.title = None;
                view.cover_marking = None;
            }
        }
        let keep = |part: ItemPart| open && may(part);
        if !keep(ItemPart::Place) {
            view.room = None;
            view.layout = None;
            view.people_count = None;
            view.features = Vec::new();
            view.sweep = false;
            view.place = None;
        }
        if !keep(ItemPart::People) {
            view.people = None;
        }
        if !keep(ItemPart::Movement) {
            view.movement = None;
        }
        if !keep(ItemPart::Press) {
            view.press = None;
        }
        if !keep(ItemPart::Notes) {
            view.notes = None;
        }
        view.cover = None;
        view.markings.retain(|part, _| match part {
            ItemPart::Existence | ItemPart::Time => true,
            ItemPart::Title => open,
            other => keep(*other),
        });
        view.marking = highest(&view.markings, view.cover_marking).unwrap_or(Marking::Red);
        Some(view)
    }
}

/// What is worth noting of the difference between a line's clocks and the capital's, until its visit's last day ends.
fn shift_until(rules: &dyn ZoneRules, starts: &Moment, capital: &ZoneName, ends_on: NaiveDate) -> Option<ShiftNote> {
    let midnight = ends_on.succ_opt()?.and_time(chrono::NaiveTime::MIN);
    shift_note(rules, &starts.zone, capital, starts.at(), WallTime::new(midnight).at_offset(starts.offset)).ok().flatten()
}

/// The highest marking of what is shown of a line.
fn highest(markings: &BTreeMap<ItemPart, Marking>, cover: Option<Marking>) -> Option<Marking> {
    markings.values().copied().chain(cover).max()
}

impl VisitView {
    /// A frozen visit as a reader sees it today: each part under the stricter of its marking then and now. Where it stands
    /// is of today: that it was called off is told to whoever knew of it.
    pub fn narrowed(&self, today: &Visit, reader: &Reader) -> Option<Self> {
        let now = &today.details;
        let marking_now = |part: &str| {
            let own = match part {
                "title" => now.title.marking(),
                "dates" => now.dates.marking(),
                "parties" => now.parties.marking(),
                "remarks" => now.remarks.marking(),
                "cover" => now.cover.as_ref().map_or(now.existence, Marked::marking),
                _ => now.existence,
            };
            own.max(now.existence)
        };
        Some(Self { state: now.state, ..self.under(marking_now, reader)? })
    }

    /// A frozen visit as a reader would have seen it when it was frozen, whatever was raised since.
    pub(crate) fn as_frozen(&self, reader: &Reader) -> Option<Self> {
        self.under(|_| Marking::Clear, reader)
    }

    fn under(&self, marking_now: impl Fn(&str) -> Marking, reader: &Reader) -> Option<Self> {
        let may = |part: &str| {
            let then = self.markings.get(part).copied().unwrap_or(self.marking);
            reader.may_read_released(then, marking_now(part), self.id)
        };
        if !may("existence") {
            return None;
        }
        let mut view = self.clone();
        view.viewed_by = ViewedBy::of(reader);
        let title = if self.is_cover { "cover" } else { "title" };
        if self.title.is_some() && !may(title) {
            view.title = None;
            view.is_cover = false;
            view.markings.remove(title);
        }
        if !may("dates") {
            view.starts_on = None;
            view.ends_on = None;
            view.markings.remove("dates");
        }
        if !may("parties") {
            view.country = None;
            view.guest = None;
            view.host = None;
            view.capital = None;
            view.capital_zone = None;
            view.markings.remove("parties");
        }
        if !may("remarks") {
            view.remarks = None;
            view.markings.remove("remarks");
        }
        view.mission_ids = None;
        view.is_draft = false;
        view.marking = view.markings.values().copied().max().unwrap_or(Marking::Red);
        Some(view)
    }
}

impl DelegateView {
    /// A delegate as a reader sees it.
    pub fn of(delegate: &Delegate, delegation: &str, visit: &Visit, reader: &Reader) -> Option<Self> {
        let marked = delegate.details.clone().at_least(visit.details.existence);
        let details = marked.reveal_for(reader)?;
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: delegate.id,
            delegation_id: delegate.delegation,
            delegation: delegation.to_owned(),
            person_id: delegate.person,
            role: delegate.role,
            position: delegate.position,
            name: details.name.to_string(),
            own_script: details.own_script.as_ref().map(ToString::to_string),
            pronunciation: details.pronunciation.as_ref().map(ToString::to_string),
            address: details.address.as_ref().map(ToString::to_string),
            rank: details.rank.as_ref().map(ToString::to_string),
            languages: details.languages.iter().map(ToString::to_string).collect(),
            diet: details.diet.as_ref().map(ToString::to_string),
            marking: marked.marking(),
        })
    }

    /// A frozen delegate as a reader sees it today.
    pub fn narrowed(&self, visit: VisitId, now: Option<Marking>, reader: &Reader) -> Option<Self> {
        let may = reader.may_read_released(self.marking, now.unwrap_or(Marking::Clear), visit);
        may.then(|| Self { viewed_by: ViewedBy::of(reader), ..self.clone() })
    }
}

impl BookingView {
    /// A booking as a reader sees it; none if the reader sees only that the room is taken.
    pub fn of(booking: &Booking, reader: &Reader) -> Option<Self> {
        let purpose = booking.purpose.reveal_for(reader)?;
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: booking.id,
            room_id: booking.room,
            starts: MomentView::from(&booking.starts),
            ends: MomentView::from(&booking.ends),
            layout: booking.needs.layout,
            people: booking.needs.people,
            features: booking.needs.features.clone(),
            sweep: booking.needs.sweep,
            state: booking.state,
            hold: (booking.state == BookingState::Held).then_some(booking.hold),
            hold_until: booking.hold_until,
            approval: booking.approval,
            has_lapsed: booking.has_lapsed,
            purpose: purpose.to_string(),
            marking: booking.purpose.marking(),
            is_own: booking.made_by.is_some() && booking.made_by == reader.account(),
            series_id: booking.series.map(|of| of.series),
            series_on: booking.series.map(|of| of.on),
        })
    }
}

/// A clash in words, as far as its reader may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClashView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// The rule, by its word; absent to who may not know the cause.
    pub rule: Option<String>,
    /// How bad: `block`, `override`, `warn`, `note`; absent to who may not know the cause.
    pub level: Option<String>,
    /// What it clashes with; absent to who may not know.
    pub with: Option<String>,
    /// Until when that stands in the way; absent to who may not know.
    pub until: Option<MomentView>,
    /// The clash in words.
    pub say: String,
    /// The nearest times and rooms that would work.
    pub nearest: Vec<SlotView>,
}

impl ClashView {
    /// A clash of which is said no more than this: what its reader may know besides is filled in.
    pub fn new(reader: &Reader, say: String, nearest: Vec<SlotView>) -> Self {
        Self { viewed_by: ViewedBy::of(reader), rule: None, level: None, with: None, until: None, say, nearest }
    }
}

impl Viewed for ClashView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// A time or room that would work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// The room, where it is another.
    pub room: Option<Named<RoomId>>,
    /// In words: “10:50 Rotunda”.
    pub say: String,
}

// Free times and rooms by name: what stands in their way is not told.
crate::viewed_by! { SlotView {} }

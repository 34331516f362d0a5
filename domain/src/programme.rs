//! The lines of a programme.

pub mod copied;
pub mod day;
pub mod defaults;
pub mod import;
pub mod input;
pub mod print;
pub mod shift;
pub mod undo;

use crate::{
    clash::Interpreting,
    ids::{ItemId, PersonId, RoomId, VisitId},
    marking::{Marked, Marking},
    rooms::{Feature, Layout, terms::RoomNeeds},
    text::{Label, Prose, Title},
    time::{Moment, Span, ZoneRules, renewed::renewed},
};
use chrono::{DateTime, TimeDelta, Utc};
use day::{Actual, moved_by};
use serde::{Deserialize, Serialize};

/// The longest a line may be, in hours. It keeps the database's search for overlaps short.
pub const LONGEST_LINE_HOURS: u32 = 36;

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)* }

        // Written out: the derivation does not see the words that come through this macro.
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let words = Self::ALL.iter().map(|value| value.word());
                utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String).enum_values(Some(words)).into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that forms, files and the API use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}
pub(crate) use kinds;

kinds! {
    /// What kind of line it is.
    ItemKind {
        /// Arrival.
        Arrival = "arrival",
        /// Departure.
        Departure = "departure",
        /// From one place to another.
        Movement = "movement",
        /// Ceremony.
        Ceremony = "ceremony",
        /// Courtesy call.
        CourtesyCall = "courtesy-call",
        /// Bilateral meeting.
        Bilateral = "bilateral",
        /// Plenary session.
        Plenary = "plenary",
        /// Working meal.
        WorkingMeal = "working-meal",
        /// Banquet.
        Banquet = "banquet",
        /// Reception.
        Reception = "reception",
        /// Signing.
        Signing = "signing",
        /// Wreath-laying.
        WreathLaying = "wreath-laying",
        /// Address.
        Address = "address",
        /// Press.
        Press = "press",
        /// Site visit.
        SiteVisit = "site-visit",
        /// Cultural programme.
        Cultural = "cultural",
        /// Religious service.
        Religious = "religious",
        /// Search of a room or route.
        Sweep = "sweep",
        /// Advance team.
        Advance = "advance",
        /// Time kept free.
        Hold = "hold",
        /// Rest.
        Rest = "rest",
        /// Overnight.
        Overnight = "overnight",
    }
}

impl ItemKind {
    /// Whether the visiting principal takes part without being named.
    pub const fn engages_the_guest(self) -> bool {
        !matches!(self, Self::Sweep | Self::Advance | Self::Hold)
    }

    /// Whether host and guest talk in it, and so must understand each other. A ceremony, a service or a performance speaks for itself.
    pub const fn is_talk(self) -> bool {
        matches!(
            self,
            Self::CourtesyCall
                | Self::Bilateral
                | Self::Plenary
                | Self::WorkingMeal
                | Self::Banquet
                | Self::Reception
                | Self::Signing
                | Self::Address
                | Self::Press
                | Self::SiteVisit
        )
    }
}

kinds! {
    /// Whether a line holds what it names.
    ItemState {
        /// Holds nothing, may stand with clashes.
        Wished = "wished",
        /// Pencilled until a stated time.
        Held = "held",
        /// Settled; only in a confirmed or running visit.
        Firm = "firm",
    }
}

kinds! {
    /// Which press may be there.
    PressAccess {
        /// None.
        Closed = "closed",
        /// A pool at the start.
        PoolSpray = "pool-spray",
        /// A pool.
        Pool = "pool",
        /// All.
        Full = "full",
    }
}

kinds! {
    /// As what somebody takes part in a line.
    PersonRole {
        /// Host.
        Host = "host",
        /// Guest.
        Guest = "guest",
        /// Interpreter.
        Interpreter = "interpreter",
        /// Notetaker.
        Notetaker = "notetaker",
        /// Greeter; greeters stand in the order in which they are listed.
        Greeter = "greeter",
        /// Press.
        Press = "press",
    }
}

kinds! {
    /// The parts of a line that bear a marking each.
    ItemPart {
        /// That there is such a line.
        Existence = "existence",
        /// When.
        Time = "time",
        /// What.
        Title = "title",
        /// Where.
        Place = "place",
        /// Who.
        People = "people",
        /// By which way and with which vehicles.
        Movement = "movement",
        /// Press terms.
        Press = "press",
        /// Notes and instructions.
        Notes = "notes",
    }
}

/// Where a line is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "is", rename_all = "snake_case")]
pub enum Whereabouts {
    /// Not said.
    Unknown,
    /// A room of ours, laid out so, for so many.
    Room {
        /// Which.
        room: RoomId,
        /// Layout.
        layout: Option<Layout>,
        /// How many people.
        people: Option<u32>,
        /// What the room must have.
        #[serde(default)]
        features: Vec<Feature>,
        /// Whether the room is swept before.
        #[serde(default)]
        sweep: bool,
    },
    /// A place that is not ours.
    Outside(Title),
}

impl Whereabouts {
    /// The room, if it is ours.
    pub const fn room(&self) -> Option<RoomId> {
        match self {
            Self::Room { room, .. } => Some(*room),
            Self::Unknown | Self::Outside(_) => None,
        }
    }

    /// What is asked of the room, if it is ours.
    pub fn needs(&self) -> Option<RoomNeeds> {
        match self {
            Self::Room { layout, people, features, sweep, .. } => {
                Some(RoomNeeds { layout: *layout, people: *people, features: features.clone(), sweep: *sweep })
            }
            Self::Unknown | Self::Outside(_) => None,
        }
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Participant {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: PersonRole,
}

/// How one gets there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Movement {
    /// The way.
    pub route: Option<Title>,
    /// Vehicles in order.
    pub vehicles: Option<Title>,
    /// Flight or train.
    pub carrier: Option<Label>,
}

/// What journalists are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressTerms {
    /// Who may be there.
    pub access: PressAccess,
}

/// A line of a programme.
#[derive(Debug, Clone)]
pub struct ProgrammeItem {
    /// Identifier.
    pub id: ItemId,
    /// Revision, from 1.
    pub revision: i64,
    /// The visit.
    pub visit: VisitId,
    /// What it says.
    pub details: ItemDetails,
}

/// What a line says, part by part.
#[derive(Debug, Clone)]
pub struct ItemDetails {
    /// Kind.
    pub kind: ItemKind,
    /// Whether it holds what it names.
    pub state: ItemState,
    /// When a hold ends by itself, at the latest when it starts.
    pub hold_until: Option<DateTime<Utc>>,
    /// The marking of its existence.
    pub existence: Marking,
    /// When.
    pub time: Marked<ItemTime>,
    /// What.
    pub title: Marked<Title>,
    /// A title for who may not read the true one; it covers people and place too.
    pub cover: Option<Marked<Title>>,
    /// Where.
    pub place: Marked<Whereabouts>,
    /// Who.
    pub people: Marked<Vec<Participant>>,
    /// How one gets there.
    pub movement: Marked<Option<Movement>>,
    /// Press terms.
    pub press: Marked<PressTerms>,
    /// Dress.
    pub dress: Option<Label>,
    /// Notes and instructions to others.
    pub notes: Marked<Option<Prose>>,
    /// Whether the principal drops by: an overlap with it may be overridden.
    pub drop_by: bool,
    /// Whether it stays where it is when the rest of its day is moved: a broadcast, a runway, a prayer.
    pub fixed: bool,
}

/// When a line is, as agreed and as computed; a flight has one zone at each end. And, on its day, when it was in truth.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ItemTime {
    starts: Moment,
    ends: Moment,
    actual: Actual,
}

impl ItemTime {
    /// A time that ends after it starts.
    pub fn new(starts: Moment, ends: Moment) -> Option<Self> {
        (starts.at() < ends.at()).then_some(Self { starts, ends, actual: Actual::default() })
    }

    /// The same, and how it went.
    #[must_use]
    pub fn with_actual(self, actual: Actual) -> Self {
        Self { actual, ..self }
    }

    /// How it went.
    pub const fn actual(&self) -> Actual {
        self.actual
    }

    /// The same so much later, or earlier; none where a clock cannot show it.
    pub fn moved(&self, by: TimeDelta, rules: &dyn ZoneRules) -> Option<Self> {
        Some(Self::new(moved_by(rules, &self.starts, by)?, moved_by(rules, &self.ends, by)?)?.with_actual(self.actual))
    }

    /// The same wall times by rules that changed; none where they stay the instants they were.
    pub fn renewed(&self, rules: &dyn ZoneRules) -> Option<Self> {
        let (starts, ends) = renewed(rules, &self.starts, &self.ends)?;
        Some(Self::new(starts, ends)?.with_actual(self.actual))
    }

    /// The start.
    pub const fn starts(&self) -> &Moment {
        &self.starts
    }

    /// The end, which is no longer part of it.
    pub const fn ends(&self) -> &Moment {
        &self.ends
    }

    /// The instants.
    pub fn span(&self) -> Option<Span> {
        Span::new(self.starts.at(), self.ends.at())
    }
}

/// Until when a line is held that starts at another instant by the clocks of today: a hold that ends when it starts goes with it.
pub(crate) fn held_until(until: DateTime<Utc>, did_start: DateTime<Utc>, starts: DateTime<Utc>) -> DateTime<Utc> {
    if until >= did_start { starts } else { until.min(starts) }
}

impl ItemDetails {
    /// The same line by rules of time that changed, where that moves it: a hold that ends when it starts goes with it.
    pub fn renewed(&self, rules: &dyn ZoneRules) -> Option<Self> {
        let had = self.time.for_rules();
        let time = had.renewed(rules)?;
        let hold_until = self.hold_until.map(|until| held_until(until, had.starts.at(), time.starts.at()));
        Some(Self { hold_until, time: self.time.clone().map(|_| time), ..self.clone() })
    }

    /// The instants it takes, whoever may read them: a rule must know.
    pub fn span(&self) -> Option<Span> {
        self.time.for_rules().span()
    }

    /// When it is, whoever may read it.
    pub fn time_for_rules(&self) -> &ItemTime {
        self.time.for_rules()
    }

    /// Whether it would be held until an instant that is past, and so show as held and hold nothing. A hold that has ended may
    /// stand as it stood before.
    pub fn is_held_in_vain(&self, before: Option<&Self>, now: DateTime<Utc>) -> bool {
        let is_over = self.state == ItemState::Held && self.hold_until.is_some_and(|until| until <= now);
        let of = |details: &Self| (details.state, details.hold_until, details.span());
        is_over && before.is_none_or(|before| of(before) != of(self))
    }

    /// The room it uses and what it asks of it, whoever may read it.
    pub fn room_for_rules(&self) -> Option<(RoomId, RoomNeeds)> {
        let place = self.place.for_rules();
        place.room().zip(place.needs())
    }

    /// The people it engages, whoever may read them.
    pub fn people_for_rules(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.people.for_rules().iter().map(|participant| participant.person)
    }

    /// The interpretation it needs, whoever may read who takes part. The first host and the guest of whom it is known what they
    /// speak stand for their sides: `guest` before the others, for whom nobody is known `host_else` and `guest_else`. Whether a booth
    /// is asked for tells where the line is: it counts with `place_counts` alone.
    pub fn interpreting_for_rules<'a>(
        &self,
        guest: Option<PersonId>,
        spoken: impl Fn(PersonId) -> &'a [Label],
        host_else: &'a [Label],
        guest_else: &'a [Label],
        place_counts: bool,
    ) -> Option<Interpreting> {
        if !self.kind.is_talk() {
            return None;
        }
        let of_role = |role: PersonRole| self.people.for_rules().iter().filter(move |it| it.role == role).map(|it| it.person);
        let known =
            |mut people: Box<dyn Iterator<Item = PersonId> + '_>| people.find_map(|it| Some(spoken(it)).filter(|tags| !tags.is_empty()));
        let host = known(Box::new(of_role(PersonRole::Host))).unwrap_or(host_else);
        let guest = known(Box::new(guest.into_iter().chain(of_role(PersonRole::Guest)))).unwrap_or(guest_else);
        let interpreters: Vec<&[Label]> = of_role(PersonRole::Interpreter).map(&spoken).collect();
        let booth = place_counts && self.room_for_rules().is_some_and(|(_, needs)| needs.features.contains(&Feature::InterpretationBooths));
        Interpreting::between(host, guest, &interpreters, booth)
    }

    /// The highest marking of what its engagements tell: that it is, when, where and who.
    pub fn engagement_marking(&self) -> Marking {
        [ItemPart::Existence, ItemPart::Time, ItemPart::Place, ItemPart::People]
            .into_iter()
            .map(|part| self.marking_of(part))
            .fold(Marking::Clear, Marking::max)
    }

    /// The marking of a part, with that of the line's existence as its floor.
    pub fn marking_of(&self, part: ItemPart) -> Marking {
        let own = match part {
            ItemPart::Existence => self.existence,
            ItemPart::Time => self.time.marking(),
            ItemPart::Title => self.title.marking(),
            ItemPart::Place => self.place.marking(),
            ItemPart::People => self.people.marking(),
            ItemPart::Movement => self.movement.marking(),
            ItemPart::Press => self.press.marking(),
            ItemPart::Notes => self.notes.marking(),
        };
        own.max(self.existence)
    }
}

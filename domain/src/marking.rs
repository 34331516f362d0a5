//! Who may be shown what: markings, readers, and the one door through which marked things leave.
//!
//! The rules are those of the Traffic Light Protocol 2.0 (FIRST) with need to know added: a marking is a ceiling on who
//! may be shown a thing, never an entitlement. Whatever is undecided is refused.

pub mod view;

use crate::ids::{AccountId, ItemId, MissionId, VisitId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// The five labels of TLP 2.0, from the widest audience to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Marking {
    /// Anyone may be shown it.
    #[serde(rename = "TLP:CLEAR")]
    Clear,
    /// Every account of the office; missions only what was published to the consular corps.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// Cleared people on the visit's list, and attached missions for what was released to them.
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// Cleared people of the office on the visit's list.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// The people on that thing's own list, one by one.
    #[serde(rename = "TLP:RED")]
    Red,
}

impl Marking {
    /// All, from the widest audience to the narrowest.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The label exactly as FIRST writes it; never translated.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// Whether free text so marked is stored sealed.
    pub fn is_sealed_at_rest(self) -> bool {
        self >= Self::AmberStrict
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

/// The text is none of the five labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a label of the Traffic Light Protocol 2.0")]
pub struct NotAMarking;

impl FromStr for Marking {
    type Err = NotAMarking;

    fn from_str(text: &str) -> Result<Self, NotAMarking> {
        Self::ALL.into_iter().find(|m| m.label() == text).ok_or(NotAMarking)
    }
}

/// What one needs to know of, to read a marked thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The office at large: rooms, missions, the corps.
    Office,
    /// A visit, as a whole.
    Visit(VisitId),
    /// A part of a line that is open to who is named on the line, besides the visit's list.
    Line(VisitId, ItemId),
    /// A mission's own business: its accounts and the office's.
    Mission(MissionId),
}

/// A value with its marking and with what one needs to know of to read it.
///
/// It is not serialised, printed, compared or hashed: the ways out are [`Marked::reveal_for`] and
/// [`Marked::expose_for_storage`].
///
/// ```compile_fail,E0616
/// # use domain::marking::{Marked, Marking, Scope};
/// let value = Marked::new(Marking::Red, Scope::Office, 7).value;
/// ```
/// ```compile_fail,E0624
/// # use domain::marking::{Marked, Marking, Scope};
/// let value = Marked::new(Marking::Red, Scope::Office, 7).for_rules();
/// ```
pub struct Marked<T> {
    marking: Marking,
    scope: Scope,
    named: BTreeSet<AccountId>,
    value: T,
}

impl<T: Clone> Clone for Marked<T> {
    fn clone(&self) -> Self {
        Self { marking: self.marking, scope: self.scope.clone(), named: self.named.clone(), value: self.value.clone() }
    }
}

impl<T> fmt::Debug for Marked<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Marked({})", self.marking)
    }
}

impl<T> Marked<T> {
    /// Marks a value.
    pub fn new(marking: Marking, scope: Scope, value: T) -> Self {
        Self { marking, scope, named: BTreeSet::new(), value }
    }

    /// Marks a value that, at TLP:RED, is read by the accounts named alone.
    pub fn with_list(marking: Marking, scope: Scope, named: BTreeSet<AccountId>, value: T) -> Self {
        Self { marking, scope, named, value }
    }

    /// The marking.
    pub const fn marking(&self) -> Marking {
        self.marking
    }

    /// What one needs to know of.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The accounts on the thing's own list, which counts at TLP:RED alone.
    pub const fn named(&self) -> &BTreeSet<AccountId> {
        &self.named
    }

    /// The same value, marked at least as high as `floor`: a part is never wider than what holds it.
    #[must_use]
    pub fn at_least(mut self, floor: Marking) -> Self {
        self.marking = self.marking.max(floor);
        self
    }

    /// Another value out of this one; the marking stays.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Marked<U> {
        Marked { marking: self.marking, scope: self.scope, named: self.named, value: change(self.value) }
    }

    /// The value for a rule that decides over the whole truth and answers without text.
    pub(crate) const fn for_rules(&self) -> &T {
        &self.value
    }

    /// The same part with another marking and, if one is given, another value.
    pub(crate) fn rewritten(self, marking: Marking, value: Option<T>) -> Self {
        Self { marking, value: value.unwrap_or(self.value), ..self }
    }

    /// The same part; if it is TLP:RED and nobody is on its list yet, its originator is.
    #[must_use]
    pub(crate) fn originated_by(mut self, originator: Option<AccountId>) -> Self {
        if self.marking == Marking::Red && self.named.is_empty() {
            self.named.extend(originator);
        }
        self
    }

    /// The value, if this reader may be shown it.
    pub fn reveal_for(&self, reader: &Reader) -> Option<&T> {
        reader.may_read(self.marking, &self.scope, &self.named).then_some(&self.value)
    }

    /// The value, to be written to the store. Called in `rows.rs` alone (clippy `disallowed-methods`).
    pub fn expose_for_storage(&self, _proof: &Sealing) -> &T {
        &self.value
    }
}

/// Proof that a caller is the store. It shows intent and is searched for by a lint; it protects against nobody who
/// wants to cheat.
#[derive(Debug)]
pub struct Sealing(());

impl Sealing {
    /// For `rows.rs` alone (clippy `disallowed-methods`).
    pub const fn for_rows() -> Self {
        Self(())
    }
}

/// A way by which things reach a reader; each has a ceiling of its own above which it shows the stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A page, or the API that its pages and other programs use with the reader's own session or token.
    Page,
    /// A page that several may look at together: a board of rooms, or Today.
    Board,
    /// A calendar feed.
    Feed,
    /// A file: an export.
    File,
    /// Paper.
    Print,
    /// Electronic mail.
    Mail,
    /// The display by a room's door.
    Door,
}

impl Channel {
    /// The highest marking that leaves by it unless somebody entitled decides otherwise.
    pub const fn ceiling(self) -> Marking {
        match self {
            Self::Page => Marking::Red,
            Self::Board => Marking::AmberStrict,
            Self::Feed | Self::Mail | Self::Door => Marking::Green,
            Self::File | Self::Print => Marking::Amber,
        }
    }
}

/// Who is reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderKind {
    /// Somebody who has not said who they are.
    Public,
    /// Whoever passes a room's door: nobody by name, so on no list.
    Door,
    /// An account of the office.
    Office {
        /// The account.
        account: AccountId,
        /// The visits whose access list names it.
        visits: BTreeSet<VisitId>,
        /// The lines it is named on (through its person), read without their notes and routes.
        lines: BTreeSet<ItemId>,
    },
    /// An account of a mission.
    Mission {
        /// The account.
        account: AccountId,
        /// Its mission.
        mission: MissionId,
        /// Whether the office has confirmed it up to TLP:AMBER.
        confirmed: bool,
        /// The visits the mission is attached to.
        visits: BTreeSet<VisitId>,
    },
}

/// A reader: who, how high, and by which way. Made from a session, a link or a token; never from thin air.
///
/// Only `backend::accounts::access`, which knows who signed in, calls the functions that make one of an account (clippy
/// `disallowed-methods`). There is no other way, and none to raise one:
///
/// ```compile_fail,E0451
/// # use domain::marking::{Marking, Reader, ReaderKind};
/// let reader = Reader { kind: ReaderKind::Public, ceiling: Marking::Red };
/// ```
/// ```compile_fail,E0616
/// # use domain::marking::{Marking, Reader};
/// let mut reader = Reader::public();
/// reader.ceiling = Marking::Red;
/// ```
/// ```
/// # use domain::marking::{Marking, Reader};
/// let reader = Reader::public();
/// assert_eq!(reader.by(Marking::Red).ceiling(), Marking::Clear);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    kind: ReaderKind,
    ceiling: Marking,
}

impl Reader {
    /// Somebody who has not said who they are.
    pub const fn public() -> Self {
        Self { kind: ReaderKind::Public, ceiling: Marking::Clear }
    }

    /// Whoever passes a room's door, where things up to a marking may be read, and never above TLP:GREEN. It reads what is of the
    /// office at large; no list names it, and nothing is released to it.
    ///
    /// Only `backend::rooms::doors`, which knows what the door's plan may show, calls it (clippy `disallowed-methods`).
    pub fn at_a_door(ceiling: Marking) -> Self {
        Self { kind: ReaderKind::Door, ceiling: ceiling.min(Channel::Door.ceiling()) }
    }

    /// An account of the office, with the ceiling granted to it.
    pub fn office(account: AccountId, ceiling: Marking, visits: BTreeSet<VisitId>, lines: BTreeSet<ItemId>) -> Self {
        Self { kind: ReaderKind::Office { account, visits, lines }, ceiling }
    }

    /// An account of a mission. What it reads above TLP:CLEAR, it reads in releases.
    pub fn mission(account: AccountId, mission: MissionId, confirmed: bool, visits: BTreeSet<VisitId>) -> Self {
        let ceiling = if confirmed { Marking::Amber } else { Marking::Green };
        Self { kind: ReaderKind::Mission { account, mission, confirmed, visits }, ceiling }
    }

    /// The same reader, put on the list of a visit it has just made.
    #[must_use]
    pub fn on(&self, visit: VisitId) -> Self {
        let mut reader = self.clone();
        if let ReaderKind::Office { visits, .. } = &mut reader.kind {
            visits.insert(visit);
        }
        reader
    }

    /// The same reader as one of the consular corps: what was published to the corps is read by every mission, attached to
    /// the visit or not, and never above TLP:GREEN.
    #[must_use]
    pub fn of_the_corps(&self, visit: VisitId) -> Self {
        let mut reader = self.clone().by(Marking::Green);
        if let ReaderKind::Mission { visits, .. } = &mut reader.kind {
            visits.insert(visit);
        }
        reader
    }

    /// The same reader by a channel: never more than its ceiling.
    #[must_use]
    pub fn by(mut self, ceiling: Marking) -> Self {
        self.ceiling = self.ceiling.min(ceiling);
        self
    }

    /// Who it is.
    pub const fn kind(&self) -> &ReaderKind {
        &self.kind
    }

    /// How high it reads, all considered.
    pub const fn ceiling(&self) -> Marking {
        self.ceiling
    }

    /// The account, if there is one.
    pub const fn account(&self) -> Option<AccountId> {
        match &self.kind {
            ReaderKind::Public | ReaderKind::Door => None,
            ReaderKind::Office { account, .. } | ReaderKind::Mission { account, .. } => Some(*account),
        }
    }

    /// Whether it belongs to the office itself.
    pub const fn is_office(&self) -> bool {
        matches!(self.kind, ReaderKind::Office { .. })
    }

    /// Whether it is on a visit's access list, and so reads the live draft.
    pub fn is_on(&self, visit: VisitId) -> bool {
        matches!(&self.kind, ReaderKind::Office { visits, .. } if visits.contains(&visit))
    }

    /// Whether it is named on a line, and so reads that line without its notes and routes.
    pub fn is_named_on(&self, item: ItemId) -> bool {
        matches!(&self.kind, ReaderKind::Office { lines, .. } if lines.contains(&item))
    }

    /// Whether it may be shown what is so marked, of that scope, with that list.
    ///
    /// This is the rule of the live thing. What a mission reads of a visit it reads in a release, whose frozen parts are
    /// asked for with [`Reader::may_read_released`].
    pub fn may_read(&self, marking: Marking, scope: &Scope, named: &BTreeSet<AccountId>) -> bool {
        if marking > self.ceiling {
            return false;
        }
        match (&self.kind, marking) {
            (_, Marking::Clear) => true,
            (ReaderKind::Public, _) => false,
            (ReaderKind::Door, marking) => marking == Marking::Green && *scope == Scope::Office,
            (ReaderKind::Office { account, .. }, Marking::Red) => named.contains(account),
            (ReaderKind::Office { .. }, Marking::Green) => true,
            (ReaderKind::Office { visits, lines, .. }, Marking::Amber | Marking::AmberStrict) => match scope {
                Scope::Office | Scope::Mission(_) => true,
                Scope::Visit(visit) => visits.contains(visit),
                Scope::Line(visit, item) => visits.contains(visit) || lines.contains(item),
            },
            (ReaderKind::Mission { mission, .. }, Marking::Green | Marking::Amber) => {
                matches!(scope, Scope::Mission(own) if own == mission)
            }
            (ReaderKind::Mission { .. }, Marking::AmberStrict | Marking::Red) => false,
        }
    }

    /// Whether it may be shown a part of a release that was made to an audience it belongs to.
    ///
    /// `then` is the marking frozen with the part, `now` the marking it has today; the stricter decides.
    pub fn may_read_released(&self, then: Marking, now: Marking, visit: VisitId) -> bool {
        let marking = then.max(now);
        if marking > self.ceiling {
            return false;
        }
        match (&self.kind, marking) {
            (ReaderKind::Door, _) => false,
            (_, Marking::Clear) => true,
            (ReaderKind::Public, _) | (_, Marking::Red) => false,
            (ReaderKind::Office { .. }, Marking::Green) => true,
            (ReaderKind::Office { visits, .. }, _) => visits.contains(&visit),
            (ReaderKind::Mission { visits, .. }, Marking::Green | Marking::Amber) => visits.contains(&visit),
            (ReaderKind::Mission { .. }, _) => false,
        }
    }
}

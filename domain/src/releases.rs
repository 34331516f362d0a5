//! Releases: a programme frozen for an audience, and numbered for it.

mod acknowledgement;
mod difference;
mod people;
mod preview;
#[cfg(test)]
mod properties;

pub use acknowledgement::{AcknowledgedBefore, ReaderStanding, ReleaseStanding, is_known_to};
pub use difference::{Contents, DelegateChange, Difference, DifferenceView, ItemChange, LineSince, VisitChange, difference};
pub use people::FrozenPerson;
pub use preview::{ReleasePreview, preview, say_the_same};

use crate::{
    accounts::Role,
    delegations::Delegate,
    ids::{AccountId, DelegateId, DelegationId, ItemId, MissionId, PersonId, ReleaseId, VisitId},
    marking::{
        Marked, Marking, Reader, ReaderKind, Scope,
        view::{DelegateView, Directory, ItemView, VisitView},
    },
    permission::Actor,
    programme::{ItemPart, ItemState, ProgrammeItem, kinds},
    time::{Moment, ZoneRules, agreed::MomentView},
    visits::{Visit, VisitCategory},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

kinds! {
    /// For whom a release is made.
    Audience {
        /// The office: every account of it.
        Office = "office",
        /// The missions attached to the visit.
        VisitingMission = "visiting_mission",
        /// The consular corps.
        Corps = "corps",
        /// Security.
        Security = "security",
        /// Press.
        Press = "press",
        /// The public.
        Public = "public",
    }
}

impl Audience {
    /// The highest marking of a part that is frozen for it.
    pub const fn ceiling(self) -> Marking {
        match self {
            Self::Public | Self::Press => Marking::Clear,
            Self::Corps | Self::Office => Marking::Green,
            Self::VisitingMission => Marking::Amber,
            Self::Security => Marking::AmberStrict,
        }
    }

    /// The audiences for which somebody may release: those that are told nothing above what the releaser reads. Of what a releaser
    /// does not see, a version without it would tell that it was taken out.
    pub fn releasable_by(releaser: &Reader) -> impl Iterator<Item = Self> {
        let ceiling = releaser.ceiling();
        Self::ALL.iter().copied().filter(move |audience| audience.ceiling() <= ceiling)
    }

    /// The audiences that somebody belongs to for a visit, the best informed first.
    ///
    /// Who is on the visit's list may look at what was released to any of them, under the reader's own ceiling.
    pub fn of(actor: &Actor, visit: VisitId) -> Vec<Self> {
        let reader = actor.reader();
        match reader.kind() {
            ReaderKind::Public => vec![Self::Public],
            ReaderKind::Door => Vec::new(),
            ReaderKind::Mission { visits, .. } if visits.contains(&visit) => vec![Self::VisitingMission, Self::Corps, Self::Public],
            ReaderKind::Mission { .. } => vec![Self::Corps, Self::Public],
            ReaderKind::Office { .. } if reader.is_on(visit) => {
                vec![Self::Office, Self::VisitingMission, Self::Security, Self::Corps, Self::Press, Self::Public]
            }
            ReaderKind::Office { .. } => {
                let security = actor.has(Role::SecurityLead).then_some(Self::Security);
                let press = actor.has(Role::Press).then_some(Self::Press);
                security.into_iter().chain([Self::Office]).chain(press).chain([Self::Public]).collect()
            }
        }
    }

    /// The reader, as it reads what was released to this audience.
    fn member(self, reader: &Reader, visit: VisitId) -> Reader {
        if self == Self::Corps { reader.of_the_corps(visit) } else { reader.clone() }
    }

    /// A reader that stands for the audience when a programme is frozen for it, and for nobody else.
    ///
    /// It reads no higher than who releases: nobody widens what they may not read themselves.
    #[expect(clippy::disallowed_methods, reason = "it stands for an audience and is nobody who could sign in")]
    fn standing_reader(self, visit: VisitId, releaser: Marking) -> Reader {
        let nobody = AccountId(Uuid::nil());
        Reader::office(nobody, self.ceiling().min(releaser), BTreeSet::from([visit]), BTreeSet::new())
    }
}

/// A programme as it stands, to be frozen.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The visit.
    pub visit: &'a Visit,
    /// Its delegates, each with the name of the delegation.
    pub delegates: &'a [(Delegate, String)],
    /// Its lines, in their order.
    pub items: &'a [ProgrammeItem],
}

/// Freezes a programme as an audience may read it. Wished lines are nobody's yet and are not released.
///
/// None if the audience may not know that there is such a visit. The result bears the highest marking of anything in it.
pub fn freeze(
    draft: Draft<'_>,
    audience: Audience,
    releaser: Marking,
    directory: &dyn Directory,
    rules: &dyn ZoneRules,
) -> Option<Marked<Frozen>> {
    let reader = audience.standing_reader(draft.visit.id, releaser);
    let visit = VisitView::of(draft.visit, &reader, directory)?.kept();
    let settled = draft.items.iter().filter(|item| item.details.state != ItemState::Wished);
    let frozen = Frozen {
        delegates: draft
            .delegates
            .iter()
            .filter_map(|(who, of)| DelegateView::of(who, of, draft.visit, &reader))
            .map(DelegateView::kept)
            .collect(),
        items: settled
            .filter_map(|item| ItemView::of(item, draft.visit, &reader, directory, rules))
            .map(|line| line.as_agreed().kept())
            .collect(),
        visit,
    };
    Some(Marked::new(frozen.marking(), Scope::Visit(draft.visit.id), frozen))
}

/// What a reader's rights over a release depend on today.
#[derive(Debug, Clone, Copy)]
pub struct Today<'a> {
    /// The visit as it stands.
    pub visit: &'a Visit,
    /// The markings of its lines.
    pub lines: &'a MarkingsNow,
    /// The markings of its delegates.
    pub delegates: &'a BTreeMap<DelegateId, Marking>,
    /// The reader's mission's own delegations at the visit, and who is in them.
    pub own: &'a OwnDelegations,
}

/// The delegations of a reader's mission at a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnDelegations {
    /// The delegations.
    pub ids: BTreeSet<DelegationId>,
    /// Who is in them.
    pub people: BTreeSet<PersonId>,
}

/// A release as a reader sees it today: what was frozen, under the stricter of then and now.
///
/// At a summit, a mission reads the lines above TLP:GREEN that its own delegation takes part in, and its own delegates.
/// None if the reader may not know that there is such a visit.
pub fn shown(frozen: &Marked<Frozen>, head: ReleaseHead, today: Today<'_>, reader: &Reader) -> Option<ReleaseView> {
    let shown = shown_to(frozen.for_rules(), head.audience, today, reader)?;
    let marking = shown.marking();
    Some(ReleaseView { head, visit: shown.visit, delegates: shown.delegates, items: shown.items, marking })
}

fn shown_to(content: &Frozen, audience: Audience, today: Today<'_>, reader: &Reader) -> Option<Frozen> {
    let id = today.visit.id;
    let member = audience.member(reader, id);
    let is_one_of_several = matches!(reader.kind(), ReaderKind::Mission { .. }) && today.visit.details.category == VisitCategory::Summit;
    let reads = |own: bool| if is_one_of_several && !own { member.clone().by(Marking::Green) } else { member.clone() };
    let visit = content.visit.narrowed(today.visit, &member)?;
    let items: Vec<ItemView> = content
        .items
        .iter()
        .filter_map(|item| {
            let own = item.people.iter().flatten().any(|who| today.own.people.contains(&who.person_id));
            item.narrowed(today.lines.get(&item.id), &reads(own)).map(|item| item.beside(&visit))
        })
        .collect();
    let delegates: Vec<DelegateView> = content
        .delegates
        .iter()
        .filter_map(|delegate| {
            let now = (*today.delegates.get(&delegate.id)?).max(today.visit.details.existence);
            delegate.narrowed(id, Some(now), &reads(today.own.ids.contains(&delegate.delegation_id)))
        })
        .collect();
    Some(Frozen { visit, delegates, items })
}

/// Whether a release was made to a reader: to a mission, where the mission was attached to the visit when it was made. What was
/// released to others before is nothing that a mission is told the difference of.
pub fn was_made_to(frozen: &Marked<Frozen>, audience: Audience, mission: Option<MissionId>) -> bool {
    let Some(mission) = mission.filter(|_| audience == Audience::VisitingMission) else { return true };
    frozen.for_rules().visit.mission_ids.as_ref().is_some_and(|attached| attached.contains(&mission))
}

/// A release as a reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseView {
    /// Which release it is.
    #[serde(flatten)]
    pub head: ReleaseHead,
    /// The visit's head; where the visit stands is of today.
    pub visit: VisitView,
    /// The delegation.
    pub delegates: Vec<DelegateView>,
    /// The lines, in their order.
    pub items: Vec<ItemView>,
    /// The highest marking of what is shown: the banner.
    pub marking: Marking,
}

/// Lines of a release by the clocks of today, in the order in which they start by those.
fn by_the_clocks(lines: Vec<ItemView>, visit: &VisitView, rules: &dyn ZoneRules) -> Vec<ItemView> {
    let mut lines: Vec<ItemView> = lines.into_iter().map(|line| line.by_the_clocks(visit, rules)).collect();
    let at = |moment: &MomentView| Moment::from(moment.clone()).at();
    lines.sort_by_cached_key(|line| (at(&line.starts), at(&line.ends)));
    lines
}

impl ReleaseView {
    /// The same by the clocks of today.
    #[must_use]
    pub fn by_the_clocks(self, rules: &dyn ZoneRules) -> Self {
        Self { items: by_the_clocks(self.items, &self.visit, rules), ..self }
    }

    /// What is in it.
    pub fn contents(&self) -> Contents<'_> {
        Contents { visit: &self.visit, delegates: &self.delegates, items: &self.items }
    }
}

/// A visit of which something was released to a reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleasedVisit {
    /// The visit, as it was released and as it stands.
    pub visit: VisitView,
    /// The last release to the reader.
    pub release: ReleaseHead,
}

/// What entering a short code tells, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeAnswer {
    /// The number printed beside the code.
    pub number: u32,
    /// Whether no later one was released to the same audience.
    pub is_current: bool,
}

/// The letters of a short code: none that is taken for another (0 and O, 1 and I).
pub const CODE_LETTERS: [u8; 32] = *b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How many letters a short code has: 40 bits.
pub const CODE_LENGTH: usize = 8;

/// A short code out of random bytes, five bits a letter.
pub fn code_of(random: [u8; 5]) -> String {
    let bits = random.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    (0..CODE_LENGTH).rev().map(|place| char::from(CODE_LETTERS[((bits >> (5 * place)) & 31) as usize])).collect()
}

/// A code as somebody typed it, brought to its one form; none if it can't be one.
pub fn typed_code(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .take(CODE_LENGTH + 1)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let is_code = code.len() == CODE_LENGTH && code.bytes().all(|letter| CODE_LETTERS.contains(&letter));
    is_code.then_some(code)
}

/// What was frozen: views, as this audience reads them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The visit's head.
    pub visit: VisitView,
    /// The delegation.
    pub delegates: Vec<DelegateView>,
    /// The lines, in their order.
    pub items: Vec<ItemView>,
}

impl Frozen {
    /// The same by the clocks of today.
    fn by_the_clocks(&self, rules: &dyn ZoneRules) -> Self {
        let items = by_the_clocks(self.items.clone(), &self.visit, rules);
        Self { visit: self.visit.clone(), delegates: self.delegates.clone(), items }
    }

    /// What is in it.
    pub fn contents(&self) -> Contents<'_> {
        Contents { visit: &self.visit, delegates: &self.delegates, items: &self.items }
    }

    /// The highest marking of anything in it.
    pub fn marking(&self) -> Marking {
        let items = self.items.iter().map(|item| item.marking);
        let delegates = self.delegates.iter().map(|delegate| delegate.marking);
        items.chain(delegates).fold(self.visit.marking, Marking::max)
    }
}

/// A release, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseHead {
    /// Identifier.
    pub id: ReleaseId,
    /// The visit.
    pub visit_id: VisitId,
    /// For whom.
    pub audience: Audience,
    /// Its number, which runs for each visit and audience from 1.
    pub number: u32,
    /// When.
    pub released_at: DateTime<Utc>,
    /// The short code printed on it.
    pub code: String,
}

/// The markings that lines of a visit have today, by which frozen parts are judged again when they are shown: those that were
/// taken out of the draft too, by the last that they had.
pub type MarkingsNow = BTreeMap<ItemId, LineNow>;

/// The markings that a line has today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineNow {
    /// Each part's.
    pub parts: BTreeMap<ItemPart, Marking>,
    /// Its cover title's, if it has one.
    pub cover: Option<Marking>,
}

impl LineNow {
    /// Of a line as it stands; no part is wider than its visit.
    pub fn of(item: &ProgrammeItem, visit: &Visit) -> Self {
        let floor = visit.details.existence;
        Self {
            parts: ItemPart::ALL.iter().map(|part| (*part, item.details.marking_of(*part).max(floor))).collect(),
            cover: item.details.cover.as_ref().map(Marked::marking),
        }
    }
}

crate::viewed_by! {
    ReleaseHead {}
    ReleaseView { visit, delegates, items }
    ReleasedVisit { visit }
    CodeAnswer {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(typed_code(" k7pm-2qxr "), Some("K7PM2QXR".to_owned()));
        for wrong in ["", "K7PM2QX", "K7PM2QXRR", "K7PM2QX0", "K7PM2QXI", "K7PM2QXÉ"] {
            assert_eq!(typed_code(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_code_is_its_own_form(random: [u8; 5]) {
            let code = code_of(random);
            prop_assert_eq!(typed_code(&code), Some(code));
        }

        #[test]
        fn different_bytes_give_different_codes(a: [u8; 5], b: [u8; 5]) {
            prop_assert_eq!(a == b, code_of(a) == code_of(b));
        }
    }

    #[test]
    fn a_mission_that_is_not_attached_belongs_to_the_corps_alone() {
        let (visit, other) = (VisitId(Uuid::from_u128(1)), VisitId(Uuid::from_u128(2)));
        let mission =
            Reader::mission(AccountId(Uuid::from_u128(3)), crate::ids::MissionId(Uuid::from_u128(4)), true, BTreeSet::from([visit]));
        let actor = Actor::new(crate::ids::OfficeId(Uuid::from_u128(5)), BTreeSet::from([Role::MissionHead]), mission);
        assert_eq!(Audience::of(&actor, visit), [Audience::VisitingMission, Audience::Corps, Audience::Public]);
        assert_eq!(Audience::of(&actor, other), [Audience::Corps, Audience::Public]);
    }

    #[test]
    fn who_stands_for_an_audience_reads_no_higher_than_who_releases() {
        let visit = VisitId(Uuid::from_u128(1));
        for audience in Audience::ALL {
            for releaser in Marking::ALL {
                assert_eq!(audience.standing_reader(visit, releaser).ceiling(), audience.ceiling().min(releaser));
            }
        }
    }
}

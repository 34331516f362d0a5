//! Acknowledging a release: who is asked to, and who has.

use super::{Audience, Frozen, ReleaseHead};
use crate::{
    accounts::Role,
    ids::{AccountId, VisitId},
    marking::{Marked, Reader, ReaderKind},
    permission::{Action, Actor, Decision, Facts, decide},
    visits::Visit,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

impl Audience {
    /// The audiences by whose releases of a visit somebody is asked to acknowledge, the best informed first: one is asked of the
    /// first of them that shows anything.
    ///
    /// Who may release the programme works on the draft and is not asked; nor is the public, which nobody knows by name.
    pub fn asked_of(actor: &Actor, visit: VisitId) -> Vec<Self> {
        let reader = actor.reader();
        match reader.kind() {
            ReaderKind::Public | ReaderKind::Door => Vec::new(),
            ReaderKind::Mission { visits, .. } if visits.contains(&visit) => vec![Self::VisitingMission, Self::Corps],
            ReaderKind::Mission { .. } => vec![Self::Corps],
            ReaderKind::Office { .. } => {
                if decide(actor, Action::ReleaseProgramme, Facts::visit(true, reader.is_on(visit))) == Decision::Allowed {
                    return Vec::new();
                }
                let security = actor.has(Role::SecurityLead).then_some(Self::Security);
                let press = actor.has(Role::Press).then_some(Self::Press);
                security.into_iter().chain([Self::Office]).chain(press).collect()
            }
        }
    }
}

/// Whether a reader may know today of what was released to an audience the reader belongs to.
pub fn is_known_to(frozen: &Marked<Frozen>, audience: Audience, today: &Visit, reader: &Reader) -> bool {
    frozen.for_rules().visit.narrowed(today, &audience.member(reader, today.id)).is_some()
}

/// A release, and how each who is asked stands to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseStanding {
    /// The last release to its audience.
    #[serde(flatten)]
    pub head: ReleaseHead,
    /// Who is asked to acknowledge it, or has: of the office and of attached missions each account; of the corps each mission, with
    /// the accounts of it that have.
    pub readers: Vec<ReaderStanding>,
}

impl ReleaseStanding {
    /// How many have not acknowledged it.
    pub fn missing(&self) -> u32 {
        let missing = self.readers.iter().filter(|reader| reader.acknowledged_at.is_none()).count();
        u32::try_from(missing).unwrap_or(u32::MAX)
    }
}

/// How somebody stands to a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReaderStanding {
    /// The account; none for a mission of the corps of which nobody has acknowledged anything.
    pub account_id: Option<AccountId>,
    /// The account's name, or the mission's.
    pub name: String,
    /// The mission of the account.
    pub mission: Option<String>,
    /// When the release was acknowledged.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The last earlier one that was, where this is not.
    pub earlier: Option<AcknowledgedBefore>,
}

/// An earlier release that somebody acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcknowledgedBefore {
    /// Its number.
    pub number: u32,
    /// When it was acknowledged.
    pub at: DateTime<Utc>,
}

crate::viewed_by! { ReleaseStanding {} }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{MissionId, OfficeId},
        marking::Marking,
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn visit() -> VisitId {
        VisitId(Uuid::from_u128(1))
    }

    fn of_office(role: Role, is_listed: bool) -> Actor {
        let visits = is_listed.then(visit).into_iter().collect();
        let reader = Reader::office(AccountId(Uuid::from_u128(2)), Marking::AmberStrict, visits, BTreeSet::new());
        Actor::new(OfficeId(Uuid::from_u128(3)), BTreeSet::from([role]), reader)
    }

    fn of_mission(visits: BTreeSet<VisitId>) -> Actor {
        let reader = Reader::mission(AccountId(Uuid::from_u128(2)), MissionId(Uuid::from_u128(4)), true, visits);
        Actor::new(OfficeId(Uuid::from_u128(3)), BTreeSet::from([Role::MissionHead]), reader)
    }

    #[test]
    fn a_mission_is_asked_about_its_own_release_before_the_corps() {
        assert_eq!(Audience::asked_of(&of_mission(BTreeSet::from([visit()])), visit()), [Audience::VisitingMission, Audience::Corps]);
        assert_eq!(Audience::asked_of(&of_mission(BTreeSet::new()), visit()), [Audience::Corps]);
        assert_eq!(Audience::asked_of(&Actor::anonymous(OfficeId(Uuid::from_u128(3))), visit()), []);
    }

    #[test]
    fn who_may_release_a_programme_is_not_asked() {
        assert_eq!(Audience::asked_of(&of_office(Role::ProtocolOfficer, true), visit()), []);
        assert_eq!(Audience::asked_of(&of_office(Role::ProtocolOfficer, false), visit()), [Audience::Office]);
        assert_eq!(Audience::asked_of(&of_office(Role::SecurityLead, true), visit()), [Audience::Security, Audience::Office]);
        assert_eq!(Audience::asked_of(&of_office(Role::Press, false), visit()), [Audience::Office, Audience::Press]);
    }

    #[test]
    fn nobody_is_asked_about_what_they_do_not_belong_to() {
        for role in Role::ALL.iter().copied().filter(|role| !role.is_of_a_mission()) {
            for is_listed in [false, true] {
                let actor = of_office(role, is_listed);
                let own = Audience::of(&actor, visit());
                assert!(Audience::asked_of(&actor, visit()).iter().all(|asked| own.contains(asked)), "{role:?} {is_listed}");
            }
        }
    }
}

//! The kinds of readers, each with its rights said again in the plainest way.

use crate::{
    canaries::Canary,
    support::{Asker, House},
    world::World,
};
use backend::{
    accounts::{clearance, keep},
    version::Seen,
    visits,
};
use domain::{
    accounts::{Role, input::AccountInput},
    ids::VisitId,
    marking::Marking,
};
use std::collections::BTreeSet;

/// Where a reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Outside,
    Office,
    /// Of a mission, which is attached to the first visit or to none, and whose account is confirmed up to TLP:AMBER or not.
    Mission {
        is_attached: bool,
        is_confirmed: bool,
    },
}

/// A reader.
#[derive(Debug, Clone)]
pub struct Reading {
    pub asker: Asker,
    pub side: Side,
    pub ceiling: Marking,
    /// The visits on whose list it is.
    pub listed: BTreeSet<VisitId>,
    pub plans_meals: bool,
    /// The visit whose lines name it, on whose list it is not.
    pub named_in: Option<VisitId>,
}

impl Reading {
    /// Whether it is of a line that names the reader, and neither notes nor how one gets there.
    fn is_of_own_line(&self, canary: &Canary) -> bool {
        let withheld = ["line notes", "line route", "line vehicles", "line carrier"];
        self.named_in.is_some()
            && self.named_in == canary.visit
            && canary.field.starts_with("line ")
            && !withheld.iter().any(|field| canary.field.starts_with(field))
    }

    /// Whether it is the cover of a line that names the reader. A calendar of one's own shows what one is taken by: where a channel
    /// may not carry the line itself, its stand-in, however marked its time is.
    pub fn is_own_cover(&self, canary: &Canary) -> bool {
        canary.field.starts_with("line cover") && self.is_of_own_line(canary)
    }

    /// The rule, said again in the plainest way.
    pub fn may_read(&self, canary: &Canary) -> bool {
        if canary.is_of_the_kitchen && !self.plans_meals {
            return false;
        }
        let marking = canary.marking;
        match self.side {
            // Nothing was published.
            Side::Outside => false,
            Side::Office => {
                marking <= self.ceiling
                    && match marking {
                        Marking::Clear | Marking::Green => true,
                        Marking::Amber | Marking::AmberStrict => {
                            canary.visit.is_none_or(|visit| self.listed.contains(&visit)) || self.is_of_own_line(canary)
                        }
                        Marking::Red => self.asker.account == Some(canary.by),
                    }
            }
            Side::Mission { is_attached, is_confirmed } => {
                canary.is_released
                    && match marking {
                        Marking::Clear | Marking::Green => true,
                        Marking::Amber => is_attached && is_confirmed,
                        Marking::AmberStrict | Marking::Red => false,
                    }
            }
        }
    }
}

/// All kinds of readers.
pub async fn readers(world: &World) -> Vec<Reading> {
    let house = &world.house;
    let context = house.context(&world.chief).await;
    let all: BTreeSet<VisitId> = world.visits.iter().copied().collect();
    let first = BTreeSet::from([world.visits[0]]);
    let reading = |asker, side, ceiling, listed, plans_meals| Reading { asker, side, ceiling, listed, plans_meals, named_in: None };
    let mut readers = vec![
        reading(House::nobody(), Side::Outside, Marking::Clear, BTreeSet::new(), false),
        reading(world.chief.clone(), Side::Office, Marking::Red, all, true),
    ];
    let people = [
        ("officer", Role::ProtocolOfficer, Marking::AmberStrict, true),
        ("officer2", Role::ProtocolOfficer, Marking::Amber, true),
        ("stranger", Role::ProtocolOfficer, Marking::Red, false),
        ("security", Role::SecurityLead, Marking::Red, true),
        ("rooms", Role::RoomsManager, Marking::Amber, false),
        ("scheduler", Role::Scheduler, Marking::AmberStrict, true),
        ("staff", Role::Staff, Marking::Green, true),
        ("press", Role::Press, Marking::Green, false),
        ("auditor", Role::Auditor, Marking::Green, false),
        ("admin", Role::Administrator, Marking::Green, false),
    ];
    for (name, role, ceiling, is_listed) in people {
        let asker = house.account(name, role, ceiling, None).await;
        if is_listed {
            visits::grant_access(&context, world.visits[0], asker.account.unwrap(), "takes part").await.unwrap();
        }
        let listed = if is_listed { first.clone() } else { BTreeSet::new() };
        readers.push(reading(asker, Side::Office, ceiling, listed, role == Role::ProtocolOfficer));
    }
    let removed = house.account("removed", Role::ProtocolOfficer, Marking::Red, None).await;
    visits::grant_access(&context, world.visits[0], removed.account.unwrap(), "takes part").await.unwrap();
    visits::revoke_access(&context, world.visits[0], removed.account.unwrap()).await.unwrap();
    readers.push(reading(removed, Side::Office, Marking::Red, BTreeSet::new(), true));
    let named = house.account("named", Role::Staff, Marking::AmberStrict, None).await;
    let input = AccountInput { person_id: Some(world.guest.to_string()), ..AccountInput::default() };
    keep::change_account(&context, named.account.unwrap(), input, &Seen::Any).await.unwrap();
    let named = reading(named, Side::Office, Marking::AmberStrict, BTreeSet::new(), false);
    readers.push(Reading { named_in: Some(world.visits[0]), ..named });
    let (attached, other) = world.missions;
    let missions = [("vietnam", attached, true, true), ("vietnam2", attached, true, false), ("mexico", other, false, true)];
    for (name, mission, is_attached, is_confirmed) in missions {
        let asker = house.account(name, Role::MissionHead, Marking::Clear, Some(mission)).await;
        if !is_confirmed {
            clearance::withdraw_confirmation(&context, asker.account.unwrap()).await.unwrap();
        }
        readers.push(reading(asker, Side::Mission { is_attached, is_confirmed }, Marking::Amber, BTreeSet::new(), false));
    }
    readers
}

//! Rooms that are given: who must ask for one, what a use holds while it waits, and what goes when it is given.
//!
//! What takes a room exclusively waits where its author must ask: until then it is pencilled. Giving it makes it exclusive, and
//! every pencilled use that shares an instant with it, margins included, goes.

use super::{Layout, terms::RoomNeeds};
use crate::{
    accounts::Role,
    clash::{Claim, Engagement, Source},
    ids::RoomId,
    permission::{Action, role_allows},
    programme::kinds,
    time::Span,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who must ask before a room is theirs, and who gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Approval {
    /// The roles that must ask; none named means everybody but those who give it.
    pub needed_from: BTreeSet<Role>,
    /// The roles, one of which gives it; none named means that nobody need ask.
    pub given_by: BTreeSet<Role>,
}

impl Approval {
    /// Whether somebody with these roles must ask. Roles add up: one that need not ask is enough.
    pub fn is_needed_from(&self, roles: &BTreeSet<Role>) -> bool {
        let books = |role: &&Role| role_allows(**role, Action::BookRoom);
        let exempt = |role: &Role| !self.needed_from.is_empty() && !self.needed_from.contains(role);
        !self.given_by.is_empty() && !self.is_given_by(roles) && !roles.iter().filter(books).any(exempt)
    }

    /// Whether somebody with these roles gives it.
    pub fn is_given_by(&self, roles: &BTreeSet<Role>) -> bool {
        !self.given_by.is_disjoint(roles)
    }
}

kinds! {
    /// How a use stands with a room for which somebody had to ask, or which was given to another.
    Approving {
        /// It waits, and holds the room no more than a pencilled hold does.
        Awaited = "awaited",
        /// The room was given to it.
        Given = "given",
        /// The room was not given to it: it holds nothing.
        Declined = "declined",
        /// The room was given to another use over it: it holds nothing.
        GivenAway = "given_away",
    }
}

/// What somebody wants of a room, as far as it must be asked for anew when it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    room: RoomId,
    during: Span,
    layout: Option<Layout>,
    swept: bool,
    exclusive: bool,
    settled: bool,
}

impl Asked {
    /// A use of a room at a time, so laid out, so firmly.
    pub const fn new(room: RoomId, during: Span, needs: &RoomNeeds, wanted: Claim) -> Self {
        let exclusive = matches!(wanted, Claim::Firm | Claim::Promised { .. });
        Self { room, during, layout: needs.layout, swept: needs.sweep, exclusive, settled: matches!(wanted, Claim::Firm) }
    }

    /// How it stands once it is saved over what there was. What goes on as it was stands as it did; what is new, other than it
    /// was, or holds nothing any more, waits if its author must ask.
    pub fn saved_over(&self, before: Option<(Self, Option<Approving>)>, must_ask: bool) -> Option<Approving> {
        match before {
            _ if !self.exclusive => None,
            Some((before, standing @ (None | Some(Approving::Awaited | Approving::Given)))) if before == *self => standing,
            _ => must_ask.then_some(Approving::Awaited),
        }
    }
}

/// How firmly a use that is wanted so takes its room as it stands.
pub fn held_as(wanted: Claim, standing: Option<Approving>, starts: DateTime<Utc>) -> Claim {
    match (standing, wanted) {
        (None | Some(Approving::Given), wanted) => wanted,
        (Some(Approving::Declined | Approving::GivenAway), _) | (Some(Approving::Awaited), Claim::Wished) => Claim::Wished,
        (Some(Approving::Awaited), Claim::Firm) => Claim::Pencilled { until: starts },
        (Some(Approving::Awaited), Claim::Pencilled { until } | Claim::Promised { until }) => Claim::Pencilled { until: until.min(starts) },
    }
}

/// What goes when a room is given to a use: the pencilled uses that share an instant with it, margins included.
pub fn losers(given: &Engagement, others: &[Engagement], now: DateTime<Utc>) -> Vec<Source> {
    let loses = |other: &&Engagement| {
        other.resource == given.resource
            && other.source != given.source
            && matches!(other.claim, Claim::Pencilled { .. })
            && other.is_alive(now)
            && other.during().overlaps(given.during())
    };
    others.iter().filter(loses).map(|other| other.source).collect()
}

#[cfg(test)]
mod tests;

//! Subscriptions to calendars: what each is of, and in which detail.

use crate::{
    ids::{FeedId, MissionId, PersonId, RoomId, VisitId},
    marking::Marking,
    programme::kinds,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a feed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum FeedScope {
    /// The engagements of the person whose account it is.
    Mine,
    /// A visit.
    Visit(VisitId),
    /// A principal.
    Principal(PersonId),
    /// A room.
    Room(RoomId),
    /// The visits of a mission.
    Mission(MissionId),
    /// All visits of the office.
    Office,
}

impl FeedScope {
    /// The word of its kind, as forms and the API have it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Visit(_) => "visit",
            Self::Principal(_) => "principal",
            Self::Room(_) => "room",
            Self::Mission(_) => "mission",
            Self::Office => "office",
        }
    }

    /// What it is of, where it is of one thing.
    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Mine | Self::Office => None,
            Self::Visit(id) => Some(id.uuid()),
            Self::Principal(id) => Some(id.uuid()),
            Self::Room(id) => Some(id.uuid()),
            Self::Mission(id) => Some(id.uuid()),
        }
    }

    /// The scope of a kind and, where the kind asks for one, a thing.
    pub fn from_parts(kind: &str, id: Option<Uuid>) -> Option<Self> {
        match (kind, id) {
            ("mine", None) => Some(Self::Mine),
            ("office", None) => Some(Self::Office),
            ("visit", Some(id)) => Some(Self::Visit(id.into())),
            ("principal", Some(id)) => Some(Self::Principal(id.into())),
            ("room", Some(id)) => Some(Self::Room(id.into())),
            ("mission", Some(id)) => Some(Self::Mission(id.into())),
            _ => None,
        }
    }
}

kinds! {
    /// How much of each event a feed shows, never more than its reader's right.
    FeedDetail {
        /// Times alone.
        Busy = "busy",
        /// Times and titles.
        Titles = "titles",
        /// All that the reader may read.
        Full = "full",
    }
}

/// A feed as its owner sees it in the list of subscriptions. Its link is not in it: that is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedView {
    /// Identifier.
    pub id: FeedId,
    /// What it shows.
    pub scope: FeedScope,
    /// The name of what it shows, as its owner may read it now; none where the kind says it all, or it may no longer be read.
    pub title: Option<String>,
    /// The marking of that name.
    pub marking: Marking,
    /// How much of each event.
    pub detail: FeedDetail,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When a calendar last asked for it by its present link.
    pub fetched_at: Option<DateTime<Utc>>,
    /// Which program asked, by what it says of itself.
    pub fetched_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_back_from_its_parts() {
        let id = Uuid::from_u128(7);
        let all = [
            FeedScope::Mine,
            FeedScope::Office,
            FeedScope::Visit(id.into()),
            FeedScope::Principal(id.into()),
            FeedScope::Room(id.into()),
            FeedScope::Mission(id.into()),
        ];
        for scope in all {
            assert_eq!(FeedScope::from_parts(scope.kind(), scope.id()), Some(scope));
            let body = serde_json::to_value(scope).unwrap();
            assert_eq!((body["kind"].as_str(), body.get("id").is_some()), (Some(scope.kind()), scope.id().is_some()));
        }
    }

    #[test]
    fn a_visit_needs_its_identifier_and_the_office_has_none() {
        assert_eq!(FeedScope::from_parts("visit", None), None);
        assert_eq!(FeedScope::from_parts("office", Some(Uuid::from_u128(7))), None);
        assert_eq!(FeedScope::from_parts("all", None), None);
    }
}

//! Subscriptions to calendars: what each is of, and in which detail.

use crate::{
    ids::{FeedId, MissionId, PersonId, RoomId, VisitId},
    marking::Marking,
    problems::{FieldProblem, Problem, Problems},
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

/// What a feed is asked to be of, as it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FeedScopeInput {
    /// `mine`, `visit`, `principal`, `room`, `mission` or `office`.
    pub kind: String,
    /// Which visit, person, room or mission; none for the other kinds.
    pub id: Option<String>,
}

/// A feed as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FeedInput {
    /// What it is to show.
    pub scope: FeedScopeInput,
    /// `busy`, `titles` or `full`; none for `full`.
    pub detail: Option<String>,
}

impl FeedInput {
    /// What was asked for.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn read(&self) -> Result<(FeedScope, FeedDetail), Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let given = self.scope.id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let id = given.map(|id| Uuid::try_parse(id).map_err(|_| Problem::Unknown)).transpose();
        let scope = id.and_then(|id| FeedScope::from_parts(&self.scope.kind, id).ok_or(Problem::Unknown));
        let scope = problems.take("scope", scope);
        let word = self.detail.as_deref().filter(|word| !word.is_empty()).unwrap_or(FeedDetail::Full.word());
        let detail = problems.take("detail", FeedDetail::from_word(word).ok_or(Problem::Unknown));
        problems.finish(scope.zip(detail))
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

crate::viewed_by! { FeedView {} }

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
    fn what_was_asked_for_is_read_and_what_is_wrong_is_said() {
        let asked = |kind: &str, id: Option<&str>, detail: Option<&str>| {
            let scope = FeedScopeInput { kind: kind.to_owned(), id: id.map(str::to_owned) };
            FeedInput { scope, detail: detail.map(str::to_owned) }.read()
        };
        assert_eq!(asked("mine", Some(""), None), Ok((FeedScope::Mine, FeedDetail::Full)));
        let wrong = asked("visit", Some("7"), Some("all")).unwrap_err();
        assert_eq!(wrong.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["scope", "detail"]);
    }

    #[test]
    fn a_visit_needs_its_identifier_and_the_office_has_none() {
        assert_eq!(FeedScope::from_parts("visit", None), None);
        assert_eq!(FeedScope::from_parts("office", Some(Uuid::from_u128(7))), None);
        assert_eq!(FeedScope::from_parts("all", None), None);
    }
}

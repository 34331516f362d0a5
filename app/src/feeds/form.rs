//! The forms of feeds.

use crate::forms::FormFields;
use domain::feeds::{FeedInput, FeedScope, FeedScopeInput};
use serde::{Deserialize, Serialize};

/// The form that makes a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MakeFeedForm {
    /// What it shows: the word of the kind, and after a colon the thing's id.
    pub scope: String,
    /// How much of each event.
    pub detail: String,
    /// What tells a second press of its button from another wish.
    pub once: String,
}

impl FormFields for MakeFeedForm {
    const NAME: &'static str = "make-feed";
}

impl MakeFeedForm {
    /// The value by which the form names a scope.
    pub fn value_of(scope: FeedScope) -> String {
        scope.id().map_or_else(|| scope.kind().to_owned(), |id| format!("{}:{id}", scope.kind()))
    }

    /// What was said, for the use case.
    pub fn input(&self) -> FeedInput {
        let (kind, id) = self.scope.split_once(':').map_or((self.scope.as_str(), None), |(kind, id)| (kind, Some(id.to_owned())));
        FeedInput { scope: FeedScopeInput { kind: kind.to_owned(), id }, detail: Some(self.detail.clone()) }
    }
}

/// A form that does something with one feed: gives it a new link, or revokes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OneFeedForm {
    /// The feed.
    pub id: String,
}

impl FormFields for OneFeedForm {
    const NAME: &'static str = "feed";
}

/// The form that revokes all of one's own feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeAllForm {
    /// What the button says, so that the form is never empty.
    pub all: String,
}

impl FormFields for RevokeAllForm {
    const NAME: &'static str = "revoke-all-feeds";
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{feeds::FeedDetail, ids::VisitId};

    #[test]
    fn a_scope_is_read_back_from_its_value() {
        let visit: VisitId = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        for scope in [FeedScope::Mine, FeedScope::Office, FeedScope::Visit(visit)] {
            let form = MakeFeedForm { scope: MakeFeedForm::value_of(scope), detail: "busy".into(), ..MakeFeedForm::default() };
            assert_eq!(form.input().read(), Ok((scope, FeedDetail::Busy)));
        }
    }
}

//! Versions as outside programs see them: a hash of what a reader sees, so that a hidden change alters none.
//!
//! RFC 9110, 8.8.3 (ETag) and 13.1.1 (If-Match).

use crate::error::{Failure, Outcome};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;

/// A strong entity tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ETag(String);

impl ETag {
    /// The tag of a view.
    ///
    /// # Errors
    /// When the view can't be written, which is a defect.
    pub fn of(view: &impl Serialize) -> Outcome<Self> {
        let bytes = serde_json::to_vec(view).map_err(|_| Failure::Corrupt { what: "view" })?;
        let hash = Sha256::digest(&bytes);
        Ok(Self(hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The tag without its quotes, as a form carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\"", self.0)
    }
}

/// The version an author saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// None was given: a change is refused (RFC 6585, 3).
    NotSaid,
    /// Whatever there is.
    Any,
    /// One of these.
    Tags(Vec<String>),
}

impl Seen {
    /// What an `If-Match` header says.
    pub fn from_header(header: Option<&str>) -> Self {
        match header.map(str::trim) {
            None | Some("") => Self::NotSaid,
            Some("*") => Self::Any,
            // If-Match compares strongly: a weak tag matches nothing (RFC 9110, 13.1.1).
            Some(list) => Self::Tags(list.split(',').map(|tag| tag.trim().trim_matches('"').to_owned()).collect()),
        }
    }

    /// What a form's hidden field says.
    pub fn from_form(tag: &str) -> Self {
        if tag.is_empty() { Self::NotSaid } else { Self::Tags(vec![tag.to_owned()]) }
    }

    /// Whether what was seen is what is there.
    ///
    /// # Errors
    /// When nothing was said, or it is another version.
    pub fn check(&self, current: &ETag) -> Outcome<()> {
        match self {
            Self::NotSaid => Err(Failure::VersionNeeded),
            Self::Any => Ok(()),
            Self::Tags(tags) if tags.contains(&current.0) => Ok(()),
            Self::Tags(_) => Err(Failure::Stale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_which_version_it_saw() {
        let current = ETag::of(&"view").unwrap();
        assert!(matches!(Seen::from_header(None).check(&current), Err(Failure::VersionNeeded)));
        assert!(matches!(Seen::from_header(Some("\"other\"")).check(&current), Err(Failure::Stale)));
        assert!(Seen::from_header(Some(&format!("\"other\", {current}"))).check(&current).is_ok());
        assert!(Seen::from_header(Some("*")).check(&current).is_ok());
        assert!(matches!(Seen::from_header(Some(&format!("W/{current}"))).check(&current), Err(Failure::Stale)));
    }
}

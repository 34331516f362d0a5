//! The form by which one acknowledges a release.

use crate::forms::FormFields;
use serde::{Deserialize, Serialize};

/// The form by which one acknowledges a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AcknowledgeForm {
    /// The release.
    pub id: String,
    /// Its visit, to whose programme one comes back.
    pub visit: String,
}

impl FormFields for AcknowledgeForm {
    const NAME: &'static str = "acknowledge";
}

//! What the pages of accounts show and send.

use crate::forms::FormFields;
use serde::{Deserialize, Serialize};

/// The form that signs in.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The e-mail address.
    pub email: String,
    /// The password. It is never kept, shown again or printed.
    pub password: String,
    /// The page one wanted, to go to when signed in.
    pub next: String,
}

impl FormFields for SignInForm {
    const NAME: &'static str = "sign-in";
    const SECRET: &'static [&'static str] = &["password"];
}

impl std::fmt::Debug for SignInForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SignInForm").field("email", &self.email).field("next", &self.next).finish_non_exhaustive()
    }
}

/// What the sign-in page shows before anybody has said who they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// The office's name.
    pub office: String,
    /// The accounts of a demonstration; empty in a real office.
    pub demo: Vec<DemoAccount>,
    /// The password that all accounts of a demonstration share.
    pub demo_password: String,
}

/// An account of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Its address.
    pub email: String,
    /// Who it is, in words: role and ceiling.
    pub role: String,
}

domain::viewed_by! { SignInView {} }

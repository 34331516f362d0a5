//! Signing in and out, and the accounts.

pub mod page;
pub mod view;

pub use page::SignInSheet;
pub use view::{DemoAccount, SignInForm, SignInView};

/// Where the form that signs out posts: a plain route, so that it works before a page has woken.
pub(crate) const fn sign_out_path() -> &'static str {
    "/sign-out"
}

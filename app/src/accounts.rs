//! Signing in and out, and the accounts.

pub mod invitation;
pub mod keeping;
pub mod keeping_fns;
pub mod keeping_pages;
pub mod own;
pub mod page;
pub mod server_fns;
pub mod shown_once;
pub mod view;
pub mod words;

pub use invitation::InvitationPage;
pub use keeping_pages::{AccountPage, AccountsPage};
pub use own::OwnAccountPage;
pub use page::{SignInPage, SignInSheet};
pub use server_fns::{LoadSignIn, SignIn, load_sign_in, sign_in};
pub use view::{DemoAccount, SignInForm, SignInView};

/// Where the form that signs out posts: a plain route, so that it works before a page has woken.
pub(crate) const fn sign_out_path() -> &'static str {
    "/sign-out"
}

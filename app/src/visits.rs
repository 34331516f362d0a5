//! Visits: the list, the head of one, its form, and who is on its access list.

pub mod access;
pub mod form;
#[cfg(feature = "ssr")]
pub mod gather;
pub mod head;
pub mod page;
pub mod server_fns;
pub mod view;
pub mod words;

pub use access::AccessPage;
pub use form::{EditVisitPage, NewVisitPage, VisitForm};
pub use head::{VisitHeading, VisitTab};
pub use page::VisitsPage;
pub use server_fns::{
    GrantAccess, LoadAccess, LoadVisitForm, LoadVisits, RevokeAccess, SaveVisit, grant_access, load_access, load_visit_form, load_visits,
    revoke_access, save_visit,
};
pub use view::{AccessView, GrantForm, RevokeForm, VisitFormView, VisitHead, VisitListView, VisitRights};

//! Delegations: who comes with a visit, in which order, and what is known of each.

pub mod form;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use form::{DelegateForm, RemoveDelegateForm};
pub use page::DelegationPage;
pub use server_fns::{
    LoadDelegateForm, LoadDelegation, RemoveDelegate, SaveDelegate, load_delegate_form, load_delegation, remove_delegate, save_delegate,
};
pub use sheet::DelegatePage;
pub use view::{DelegateFormView, DelegationView};

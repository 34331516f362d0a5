//! Settings: the page that leads to all that an office is made of, and the office itself.

pub mod form;
pub mod page;
pub mod server_fns;
pub mod view;

pub use form::OfficeForm;
pub use page::{OfficeFormPage, SettingsPage};
pub use server_fns::{LoadOfficeForm, LoadSettings, SaveOffice, load_office_form, load_settings, save_office};
pub use view::{OfficeFormView, SettingsRights};

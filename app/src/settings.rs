//! Settings: the page that leads to all that an office is made of, and the office itself.

pub mod form;
pub mod page;
pub mod rules_form;
pub mod rules_page;
pub mod server_fns;
pub mod view;
pub(crate) mod words;

pub use form::OfficeForm;
pub use page::{OfficeFormPage, SettingsPage};
pub use rules_form::RulesForm;
pub use rules_page::RulesPage;
pub use server_fns::{
    LoadOfficeForm, LoadRulesForm, LoadSettings, SaveOffice, SaveRules, load_office_form, load_rules_form, load_settings, save_office,
    save_rules,
};
pub use view::{OfficeFormView, RulesFormView, SettingsRights};

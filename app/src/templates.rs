//! Templates of visits in the settings: what a visit of each category starts from.

pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod page;
pub mod rows;
pub mod server_fns;
pub mod view;

pub use form::TemplateForm;
pub use page::{TemplatePage, TemplatesPage};
pub use server_fns::{LoadTemplateForm, LoadTemplates, SaveTemplate, load_template_form, load_templates, save_template};
pub use view::{TemplateFormView, TemplatesView};

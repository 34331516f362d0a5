//! What the pages of templates show.

use super::TemplateForm;
use crate::visits::view::TemplateBrings;
use domain::visits::VisitCategory;
use serde::{Deserialize, Serialize};

/// The templates of all categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatesView {
    /// How much each brings, in descending order of the categories.
    pub templates: Vec<TemplateBrings>,
}

/// The form of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFormView {
    /// The category.
    pub category: VisitCategory,
    /// What the form opens with.
    pub stored: TemplateForm,
}

domain::viewed_by! {
    TemplatesView {}
    TemplateFormView {}
}

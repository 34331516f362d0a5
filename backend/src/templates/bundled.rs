//! The templates that come with the program, `bundled.toml`: what an office starts from until it writes its own.

use crate::error::{Failure, Outcome};
use domain::{
    templates::{Template, input::TemplateInput},
    visits::VisitCategory,
};
use std::{collections::BTreeMap, sync::OnceLock};

const BUNDLED: &str = include_str!("bundled.toml");

/// The word of a category: by it a template is stored, and named in the bundled file.
pub(crate) const fn category_word(category: VisitCategory) -> &'static str {
    match category {
        VisitCategory::State => "state",
        VisitCategory::Official => "official",
        VisitCategory::OfficialWorking => "official_working",
        VisitCategory::Working => "working",
        VisitCategory::GuestOfGovernment => "guest_of_government",
        VisitCategory::Private => "private",
        VisitCategory::CourtesyCall => "courtesy_call",
        VisitCategory::Transit => "transit",
        VisitCategory::Summit => "summit",
        VisitCategory::ConsularEvent => "consular_event",
    }
}

fn read() -> Option<BTreeMap<String, Template>> {
    let inputs: BTreeMap<String, TemplateInput> = toml::from_str(BUNDLED).ok()?;
    inputs.into_iter().map(|(category, input)| Some((category, input.onto(Template::default()).ok()?))).collect()
}

/// The bundled template of a category.
///
/// # Errors
/// When the bundled file is broken, which a test rules out.
pub(crate) fn template_of(category: VisitCategory) -> Outcome<Template> {
    static READ: OnceLock<Option<BTreeMap<String, Template>>> = OnceLock::new();
    let found = READ.get_or_init(read).as_ref().and_then(|all| all.get(category_word(category)));
    found.cloned().ok_or(Failure::Corrupt { what: "bundled template" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::templates::TemplateDay;

    #[test]
    fn each_category_has_a_template_that_can_be_used_as_it_is() {
        let inputs: BTreeMap<String, TemplateInput> = toml::from_str(BUNDLED).unwrap();
        assert_eq!(inputs.len(), VisitCategory::ALL.len());
        for category in VisitCategory::ALL {
            let input = inputs.get(category_word(category)).unwrap_or_else(|| panic!("{category:?}"));
            let template = input.onto(Template::default()).unwrap_or_else(|problems| panic!("{category:?}: {problems:?}"));
            assert!(!template.lines.is_empty() && !template.tasks.is_empty(), "{category:?}");
            assert_eq!(template_of(category).unwrap(), template);
            let first = template.lines.iter().filter(|line| line.day == TemplateDay::Nth(1)).count();
            assert!(first > 0, "{category:?}: a visit of one day gets nothing");
        }
    }

    #[test]
    fn a_category_is_named_as_everywhere_else() {
        for category in VisitCategory::ALL {
            assert_eq!(serde_json::to_value(category).unwrap(), category_word(category));
        }
    }
}

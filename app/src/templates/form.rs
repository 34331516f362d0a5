//! The form of a template: what its fields hold.

use super::rows::{Rows, rows_of};
use crate::{
    forms::{FormFields, renamed},
    visits::words::word_of,
};
use domain::{
    problems::FieldProblem,
    templates::{
        Template,
        input::{TemplateInput, TemplateLineInput, TemplateTaskInput},
    },
    visits::VisitCategory,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The usual lines as rows: `line_3_title`.
pub(super) const LINES: Rows = Rows { list: "lines", begins: "line_", filled: &["day", "starts", "minutes", "title"] };
/// The usual tasks as rows: `task_2_words`.
pub(super) const TASKS: Rows = Rows { list: "tasks", begins: "task_", filled: &["before", "words"] };

/// The form of a template, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    /// The category.
    pub category: String,
    /// The version one saw.
    pub seen: String,
    /// The greeter's rank.
    pub greeter: String,
    /// Anthems.
    pub anthems: String,
    /// Guard of honour.
    pub guard: String,
    /// Gifts.
    pub gifts: String,
    /// Banquet.
    pub banquet: String,
    /// Lines and tasks by row (`line_1_day` …, `task_1_words` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for TemplateForm {
    const NAME: &'static str = "template";
}

impl TemplateForm {
    /// The form of a category's template as it is.
    pub fn of(category: VisitCategory, template: &Template, seen: &str) -> Self {
        let mut more = BTreeMap::new();
        for (row, line) in (1..).zip(&template.lines) {
            let fields = [
                ("day", String::from(line.day)),
                ("starts", line.starts.format("%H:%M").to_string()),
                ("minutes", line.minutes.to_string()),
                ("kind", line.kind.word().to_owned()),
                ("title", line.title.to_string()),
            ];
            more.extend(fields.map(|(part, text)| (LINES.field(row, part), text)));
        }
        for (row, task) in (1..).zip(&template.tasks) {
            let fields = [("before", task.before.to_string()), ("count", task.count.word().to_owned()), ("words", task.words.to_string())];
            more.extend(fields.map(|(part, text)| (TASKS.field(row, part), text)));
        }
        let honours = &template.honours;
        let text = |honour: &Option<domain::text::Title>| honour.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            category: word_of(&category),
            seen: seen.to_owned(),
            greeter: text(&honours.greeter),
            anthems: text(&honours.anthems),
            guard: text(&honours.guard),
            gifts: text(&honours.gifts),
            banquet: text(&honours.banquet),
            more,
        }
    }

    /// What was said, for the use case.
    pub fn input(&self) -> TemplateInput {
        let text = |rows: Rows, row: u32, part: &str| self.more.get(&rows.field(row, part)).cloned().unwrap_or_default();
        let line = |row: u32| TemplateLineInput {
            day: text(LINES, row, "day"),
            starts: text(LINES, row, "starts"),
            minutes: text(LINES, row, "minutes").as_str().into(),
            kind: text(LINES, row, "kind"),
            title: text(LINES, row, "title"),
        };
        let task = |row: u32| TemplateTaskInput {
            before: text(TASKS, row, "before").as_str().into(),
            count: text(TASKS, row, "count"),
            words: text(TASKS, row, "words"),
        };
        TemplateInput {
            lines: Some(rows_of(&self.more, LINES).into_iter().map(line).collect()),
            tasks: Some(rows_of(&self.more, TASKS).into_iter().map(task).collect()),
            greeter: Some(self.greeter.clone()),
            anthems: Some(self.anthems.clone()),
            guard: Some(self.guard.clone()),
            gifts: Some(self.gifts.clone()),
            banquet: Some(self.banquet.clone()),
        }
    }

    /// The problems by the names of the form's fields.
    pub fn in_fields(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        renamed(problems, |field| LINES.renamed(&self.more, field).or_else(|| TASKS.renamed(&self.more, field)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_the_template_it_shows() {
        let mut form = TemplateForm::default();
        let fields = [
            ("line_1_day", "last"),
            ("line_1_starts", "10:00"),
            ("line_1_minutes", "30"),
            ("line_1_kind", "departure"),
            ("line_1_title", "Departure"),
        ];
        form.more.extend(fields.map(|(name, text)| (name.to_owned(), text.to_owned())));
        form.more
            .extend([("task_4_before", "10"), ("task_4_words", "Order the flags")].map(|(name, text)| (name.to_owned(), text.to_owned())));
        form.gifts = "A gift".to_owned();
        let template = form.input().onto(Template::default()).unwrap();
        let again = TemplateForm::of(VisitCategory::Working, &template, "seen");
        assert_eq!(again.input().onto(Template::default()).unwrap(), template);
        assert_eq!((again.more.get("task_1_words").map(String::as_str), again.category.as_str()), (Some("Order the flags"), "working"));
    }

    #[test]
    fn what_is_wrong_with_a_row_stands_beside_it() {
        let mut form = TemplateForm::default();
        form.more.extend(
            [("line_2_title", ""), ("line_7_title", "Lunch"), ("task_3_words", "Call")]
                .map(|(name, text)| (name.to_owned(), text.to_owned())),
        );
        let problems = form.input().onto(Template::default()).unwrap_err();
        let fields: Vec<String> = form.in_fields(problems).into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["line_7_day", "line_7_starts", "line_7_minutes", "line_7_kind", "task_3_before"]);
    }
}

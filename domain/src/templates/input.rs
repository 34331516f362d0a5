//! What a form says of a template, and what is made of it. Lists stand for the whole: what they leave out is gone.

use super::{DayCount, Honours, MOST_DAYS_BEFORE, MOST_ROWS, Template, TemplateDay, TemplateLine, TemplateTask};
use crate::{
    problems::{FieldProblem, Problem, Problems},
    programme::{ItemKind, LONGEST_LINE_HOURS},
    text::Title,
    typed::{TypedNumber, needed, optional},
    visits::input::title,
};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// What was said of a usual line, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateLineInput {
    /// The day of the visit: a number, 1 for the day of arrival; or `last`.
    pub day: String,
    /// When it starts, `HH:MM`.
    pub starts: String,
    /// How many minutes it takes.
    pub minutes: TypedNumber,
    /// The word of its kind.
    pub kind: String,
    /// What it is.
    pub title: String,
}

/// What was said of a usual task, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateTaskInput {
    /// How many days before arrival it is due.
    pub before: TypedNumber,
    /// `working-days` or `days`; the first if nothing is said.
    pub count: String,
    /// What is to be done.
    pub words: String,
}

/// What was said of a template, as it was typed. What is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateInput {
    /// Usual lines.
    pub lines: Option<Vec<TemplateLineInput>>,
    /// Usual tasks.
    pub tasks: Option<Vec<TemplateTaskInput>>,
    /// The greeter's rank; empty for none.
    pub greeter: Option<String>,
    /// Anthems; empty for none.
    pub anthems: Option<String>,
    /// Guard of honour; empty for none.
    pub guard: Option<String>,
    /// Gifts; empty for none.
    pub gifts: Option<String>,
    /// Banquet; empty for none.
    pub banquet: Option<String>,
}

impl TemplateLineInput {
    fn is_blank(&self) -> bool {
        [&self.day, &self.starts, &self.title].into_iter().all(|text| text.trim().is_empty()) && self.minutes.is_empty()
    }

    fn read(&self, problems: &mut Problems, field: &dyn Fn(&str) -> String) -> Option<TemplateLine> {
        let day = needed(problems, &field("day"), Some(&self.day), None, |text| {
            TemplateDay::try_from(text.to_owned()).map_err(|_| Problem::Form)
        });
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| Problem::NotATime);
        let starts = needed(problems, &field("starts"), Some(&self.starts), None, time);
        let minutes = problems.take(&field("minutes"), self.minutes.within(1, 60 * LONGEST_LINE_HOURS));
        let kind = needed(problems, &field("kind"), Some(&self.kind), None, |text| ItemKind::from_word(text).ok_or(Problem::Unknown));
        let title = needed(problems, &field("title"), Some(&self.title), None, title);
        let ((day, starts), ((minutes, kind), title)) = day.zip(starts).zip(minutes.zip(kind).zip(title))?;
        Some(TemplateLine { day, starts, minutes, kind, title })
    }
}

impl TemplateTaskInput {
    fn is_blank(&self) -> bool {
        self.words.trim().is_empty() && self.before.is_empty()
    }

    fn read(&self, problems: &mut Problems, field: &dyn Fn(&str) -> String) -> Option<TemplateTask> {
        let before = problems.take(&field("before"), self.before.within(0, MOST_DAYS_BEFORE)).and_then(|days| u16::try_from(days).ok());
        let count = match self.count.trim() {
            "" => Some(DayCount::WorkingDays),
            text => problems.take(&field("count"), DayCount::from_word(text).ok_or(Problem::Unknown)),
        };
        let words = needed(problems, &field("words"), Some(&self.words), None, title);
        let ((before, count), words) = before.zip(count).zip(words)?;
        Some(TemplateTask { before, count, words })
    }
}

/// Reads a row; it is given the name of each of the row's fields.
type ReadRow<Row, Read> = fn(&Row, &mut Problems, &dyn Fn(&str) -> String) -> Option<Read>;

/// Reads the rows of a list that are filled in.
fn rows<Row, Read>(problems: &mut Problems, list: &str, given: &[Row], is_blank: fn(&Row) -> bool, read: ReadRow<Row, Read>) -> Vec<Read> {
    let filled: Vec<(usize, &Row)> = given.iter().enumerate().filter(|(_, row)| !is_blank(row)).collect();
    if u32::try_from(filled.len()).map_or(true, |count| count > MOST_ROWS) {
        problems.add(list, Problem::OutOfBounds { least: 0, most: i64::from(MOST_ROWS) });
        return Vec::new();
    }
    filled.into_iter().filter_map(|(index, row)| read(row, problems, &|part| format!("{list}.{index}.{part}"))).collect()
}

impl TemplateInput {
    /// What was said, put onto a template as it is.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(&self, had: Template) -> Result<Template, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let lines = match &self.lines {
            None => had.lines,
            Some(given) => rows(&mut problems, "lines", given, TemplateLineInput::is_blank, TemplateLineInput::read),
        };
        let tasks = match &self.tasks {
            None => had.tasks,
            Some(given) => rows(&mut problems, "tasks", given, TemplateTaskInput::is_blank, TemplateTaskInput::read),
        };
        let mut honour =
            |field: &str, given: &Option<String>, had: Option<Title>| optional(&mut problems, field, given.as_deref(), had, title);
        let honours = Honours {
            greeter: honour("greeter", &self.greeter, had.honours.greeter),
            anthems: honour("anthems", &self.anthems, had.honours.anthems),
            guard: honour("guard", &self.guard, had.honours.guard),
            gifts: honour("gifts", &self.gifts, had.honours.gifts),
            banquet: honour("banquet", &self.banquet, had.honours.banquet),
        };
        problems.finish(Some(Template { lines, tasks, honours }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(day: &str, starts: &str, minutes: &str, kind: &str, title: &str) -> TemplateLineInput {
        TemplateLineInput { day: day.into(), starts: starts.into(), minutes: minutes.into(), kind: kind.into(), title: title.into() }
    }

    fn task(before: &str, count: &str, words: &str) -> TemplateTaskInput {
        TemplateTaskInput { before: before.into(), count: count.into(), words: words.into() }
    }

    #[test]
    fn a_template_is_written_row_by_row_and_empty_rows_are_none() {
        let input = TemplateInput {
            lines: Some(vec![
                line("", "", "", "", ""),
                line("1", "07:53", "30", "arrival", "Arrival"),
                line("last", "09:00", "60", "departure", "Departure"),
            ]),
            tasks: Some(vec![task("10", "", "Order the flags"), task("", "days", "")]),
            greeter: Some("Deputy mayor".into()),
            ..TemplateInput::default()
        };
        let template = input.onto(Template::default()).unwrap();
        assert_eq!((template.lines.len(), template.tasks.len()), (2, 1));
        assert_eq!(template.tasks[0].count, DayCount::WorkingDays);
        let kept = TemplateInput { tasks: Some(Vec::new()), ..TemplateInput::default() }.onto(template.clone()).unwrap();
        assert_eq!((kept.lines, kept.tasks.len(), kept.honours), (template.lines, 0, template.honours));
    }

    #[test]
    fn all_that_is_wrong_is_said_by_the_row_as_it_was_typed() {
        let input = TemplateInput {
            lines: Some(vec![line("", "", "", "", ""), line("0", "25:00", "0", "feast", " ")]),
            tasks: Some(vec![task("251", "weeks", "")]),
            gifts: Some("\u{202e}".into()),
            ..TemplateInput::default()
        };
        let fields: Vec<String> = input.onto(Template::default()).unwrap_err().into_iter().map(|it| it.field).collect();
        let expected = [
            "lines.1.day",
            "lines.1.starts",
            "lines.1.minutes",
            "lines.1.kind",
            "lines.1.title",
            "tasks.0.before",
            "tasks.0.count",
            "tasks.0.words",
            "gifts",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_template_has_so_many_rows_and_no_more() {
        let many = vec![task("1", "days", "Call"); MOST_ROWS as usize + 1];
        let refused = TemplateInput { tasks: Some(many), ..TemplateInput::default() }.onto(Template::default()).unwrap_err();
        assert_eq!(refused[0].field, "tasks");
    }
}

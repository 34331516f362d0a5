//! What is said of tasks.

use crate::words::date_in_words;
use chrono::NaiveDate;
use domain::{marking::view::TaskView, templates::Honours};
use language::Words;

/// Whether a task is open and its day has passed.
pub fn is_overdue(task: &TaskView, today: NaiveDate) -> bool {
    task.done_at.is_none() && task.due_on < today
}

/// When a task is due, and since when it is overdue.
pub fn due_in_words(words: Words, task: &TaskView, today: NaiveDate) -> String {
    let day = date_in_words(words, task.due_on);
    if is_overdue(task, today) { words.tasks_overdue((today - task.due_on).num_days(), day) } else { day }
}

/// The honours of which something is said, each with what it is called.
pub fn honours_in_words(words: Words, honours: Honours) -> Vec<(String, String)> {
    let of = [
        (words.templates_field_greeter(), honours.greeter),
        (words.templates_field_anthems(), honours.anthems),
        (words.templates_field_guard(), honours.guard),
        (words.templates_field_gifts(), honours.gifts),
        (words.templates_field_banquet(), honours.banquet),
    ];
    of.into_iter().filter_map(|(term, says)| Some((term, says?.to_string()))).collect()
}

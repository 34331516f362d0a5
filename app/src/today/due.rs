//! What is to be done before long, and what should have been done.

use super::view::TodayTask;
use crate::{
    components::MarkingTag,
    live::{JustChanged, views},
    tasks::words::{due_in_words, is_overdue},
    visits::words::title_in_words,
    words::use_words,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The tasks that are due, each leading to its visit's.
#[component]
pub(super) fn TasksDue(
    /// The tasks, the first due first.
    tasks: Vec<TodayTask>,
    /// Today.
    date: NaiveDate,
) -> impl IntoView {
    let words = use_words();
    let rows = tasks
        .into_iter()
        .map(|TodayTask { head, task }| {
            let late = is_overdue(&task, date).then_some("late");
            let due = due_in_words(words, &task, date);
            let (whose, to, name) = (title_in_words(words, &head.visit), format!("/visits/{}/tasks", head.visit.id), views::task(task.id));
            let marking = task.marking.max(head.visit.marking);
            let account = task.account.map(|account| words.tasks_for(account.name));
            view! {
                <li>
                    <span class=late>{due}</span>
                    <span>
                        <a href=to dir="auto">{task.words}</a> " " <JustChanged of=name />
                        <small class="below" dir="auto">{whose} " " {account}</small>
                    </span>
                    <MarkingTag marking=marking />
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="tasks-due">
            <h2 id="tasks-due">{words.tasks_due_title()}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

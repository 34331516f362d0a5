//! The rows of a file that are wrong, each by its number and column, with the reason.

use crate::words::{use_words, words_of_problem};
use domain::{
    imports::RowProblem,
    problems::{FieldProblem, Problem},
};
use language::Words;
use leptos::prelude::*;

/// What is wrong in a cell, or in the row as a whole.
pub fn reason_in_words(words: Words, problem: &FieldProblem) -> String {
    match (problem.field.as_str(), &problem.problem) {
        ("row", Problem::Form) => words.imports_row_shape(),
        // What an iCalendar file says of an event (RFC 5545) and a calendar of whole days has no place for.
        ("DTSTART" | "DTEND", Problem::Form) => words.holidays_file_not_a_day(),
        ("RRULE", Problem::Form) => words.holidays_file_repeats(),
        ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", Problem::NotATime) => words.imports_row_no_hours(),
        ("opens" | "closes", Problem::NotATime) => words.imports_row_no_clock(),
        ("season_from" | "season_until", Problem::NotATime) => words.imports_row_no_day_of_year(),
        ("holiday", Problem::NotATime) => words.imports_row_no_date(),
        (_, problem) => words_of_problem(words, problem),
    }
}

/// A table of wrong rows.
#[component]
pub fn WrongRows(
    /// The rows.
    rows: Vec<RowProblem>,
    /// What the table is called.
    label: String,
    /// What is said of a cell.
    #[prop(default = reason_in_words)]
    reason: fn(Words, &FieldProblem) -> String,
) -> impl IntoView {
    let words = use_words();
    let cells = rows
        .into_iter()
        .flat_map(|RowProblem { line, problems }| problems.into_iter().map(move |problem| (line, problem)))
        .map(|(line, problem)| {
            let reason = reason(words, &problem);
            let column = match problem.field.as_str() {
                "row" => words.imports_row_whole().into_any(),
                _ => view! { <code>{problem.field}</code> }.into_any(),
            };
            view! { <tr><th scope="row" class="num">{line}</th><td>{column}</td><td>{reason}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=label>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.imports_row_number()}</th>
                        <th scope="col">{words.imports_row_column()}</th>
                        <th scope="col">{words.imports_row_reason()}</th>
                    </tr>
                </thead>
                <tbody>{cells}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_that_cannot_be_read_are_answered_with_how_hours_are_written() {
        let said = |field: &str| reason_in_words(Words::default(), &FieldProblem { field: field.into(), problem: Problem::NotATime });
        assert!(said("mon").contains("08:00-12:00"), "{}", said("mon"));
        assert!(said("season_from").contains("06-01") && said("holiday").contains("2027-03-17") && said("opens").contains("08:00"));
        assert_ne!(said("starts"), said("mon"));
    }
}

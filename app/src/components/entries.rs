//! A table to type in: a row for each thing.

use leptos::prelude::*;

/// Rows of fields under the heads of their columns, in a group of their own.
#[component]
pub fn Entries(
    /// What the rows are.
    #[prop(into)]
    title: String,
    /// What is said of them.
    #[prop(into)]
    hint: String,
    /// The heads of the columns.
    #[prop(into)]
    columns: Vec<String>,
    /// Whether the last column is of words, and takes most of the room.
    #[prop(optional)]
    worded: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view();
    view! {
        <fieldset class="group">
            <legend>{title}</legend>
            <p class="faint">{hint}</p>
            <div class="wide">
                <table class=if worded { "entries worded" } else { "entries" }>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </div>
        </fieldset>
    }
    .into_any()
}

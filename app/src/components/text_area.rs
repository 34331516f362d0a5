//! Several lines of text.

use super::{
    escaped::escaped,
    field::{FieldParts, label_view},
};
use leptos::prelude::*;

/// The inside of a `textarea`. The parser of a page drops one line feed after the start tag, so that one is put before the text; that of
/// `innerHTML`, by which a browser makes the element itself, drops none.
fn inside(text: &str) -> String {
    let text = escaped(text);
    if cfg!(feature = "hydrate") { text } else { format!("\n{text}") }
}

/// Several lines to type into. The only place with a raw `textarea`: the server's rendering of its children is not
/// escaped by the framework, so the text is escaped here and set as inner HTML.
///
/// The `value` property is not set on waking: it would take away what was typed while the page was loading.
#[component]
pub fn TextArea(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What it is called on the page.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Lines it shows at first; it grows with the text.
    #[prop(default = 4)]
    rows: u32,
    /// The value it opens with, instead of the form's.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, value, hint);
    let (wrong, invalid, described) = (parts.clone(), parts.clone(), parts.clone());
    view! {
        <div class="field" class:wrong=move || wrong.is_wrong()>
            <label for=parts.id.clone()>{label_view(label, optional)}</label>
            {parts.hint_view()}
            <textarea
                id=parts.id.clone()
                name=name
                rows=rows.to_string()
                dir="auto"
                aria-required=(!optional).then_some("true")
                aria-invalid=move || invalid.invalid()
                aria-describedby=move || described.described_by()
                inner_html=inside(&parts.value)
            ></textarea>
            {parts.why_view()}
        </div>
    }
    .into_any()
}

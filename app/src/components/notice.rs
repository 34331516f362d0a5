//! What is wrong with the whole, and what would work.

use crate::{
    forms::{Notice, NoticeLevel, TAKE},
    words::use_words,
};
use leptos::prelude::*;

/// A clash, or anything else wrong with the whole: what it is in words, and buttons that take what would work.
///
/// It stands inside a form: a button puts its alternative into the form's fields and sends it.
#[component]
pub fn ClashNotice(
    /// What to say.
    notice: Notice,
) -> impl IntoView {
    let words = use_words();
    let class = match notice.level {
        NoticeLevel::Block | NoticeLevel::Override => "clash",
        NoticeLevel::Warn => "clash warn",
        NoticeLevel::Note => "clash note",
    };
    let buttons = notice
        .alternatives
        .into_iter()
        .map(|alternative| {
            let value = alternative.as_value();
            view! { <button type="submit" class="button" name=TAKE value=value>{alternative.label}</button> }
        })
        .collect_view();
    let title = (!buttons.is_empty()).then(|| view! { <span class="faint">{words.form_alternatives_title()}</span> });
    view! {
        <div class=class role="alert">
            <strong>{notice.says}</strong>
            {title}
            <div class="actions">{buttons}</div>
        </div>
    }
    .into_any()
}

//! What is wrong with the whole, and what would work.

use crate::{
    forms::{Notice, NoticeLevel, TAKE},
    words::use_words,
};
use leptos::prelude::*;

const fn class_of(level: NoticeLevel) -> &'static str {
    match level {
        NoticeLevel::Block | NoticeLevel::Override => "clash",
        NoticeLevel::Warn => "clash warn",
        NoticeLevel::Note => "clash note",
    }
}

/// A clash, or anything else wrong with the whole: what it is in words, and buttons that take what would work.
///
/// It stands inside a form: a button puts its alternative into the form's fields and sends it.
#[component]
pub fn ClashNotice(
    /// What to say.
    notice: Notice,
) -> impl IntoView {
    let words = use_words();
    let class = class_of(notice.level);
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

/// What stands in the way of a thing as it is, or should be looked at, with links that open its form on what would work.
#[component]
pub fn StandingNotice(
    /// What to say.
    notice: Notice,
    /// The address of the thing's form.
    form: String,
    /// Whether it is the answer to something done just now, which a screen reader is told at once.
    #[prop(optional)]
    now: bool,
) -> impl IntoView {
    let words = use_words();
    let class = class_of(notice.level);
    let links = notice
        .alternatives
        .into_iter()
        .map(|alternative| {
            let to = format!("{form}?{}", alternative.fields.as_query());
            view! { <a class="button" href=to>{alternative.label}</a> }
        })
        .collect_view();
    let title = (!links.is_empty()).then(|| view! { <span class="faint">{words.form_alternatives_title()}</span> });
    view! {
        <div class=class role=now.then_some("alert")>
            <strong dir="auto">{notice.says}</strong>
            {title}
            <div class="actions">{links}</div>
        </div>
    }
    .into_any()
}

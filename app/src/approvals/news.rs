//! What one is told on Today, with what would work instead.

use super::{form::NotedForm, server_fns::NoteNews, view::NewsShown};
use crate::{
    components::{FormSheet, Hidden, MarkingTag, StandingNotice},
    forms::Start,
    live::JustChanged,
    words::use_words,
};
use leptos::prelude::*;

/// What one is told, each to be opened or taken note of.
#[component]
pub fn News(
    /// What is told, the latest first.
    news: Vec<NewsShown>,
) -> impl IntoView {
    let words = use_words();
    let rows = news.into_iter().map(|told| view! { <Row told=told /> }).collect_view();
    view! {
        <section aria-labelledby="news">
            <h2 id="news">{words.news_title()}</h2>
            <ul class="stack">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(told: NewsShown) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<NoteNews>::new();
    let NewsShown { news, notice, page, form } = told;
    let start = Start::of(&NotedForm { id: news.id.to_string() }, None);
    let (open, noted) = (words.news_open_of(&news.title), words.news_noted_of(&news.title));
    view! {
        <li>
            <StandingNotice notice=notice form=form />
            <div class="actions">
                <MarkingTag marking=news.marking />
                <JustChanged of=format!("news-{}", news.id) />
                <a class="button" href=page aria-label=open>{words.news_open()}</a>
                <FormSheet action=action start=start id=format!("noted-{}", news.id) bare=true>
                    <Hidden name="id" />
                    <button type="submit" class="button" aria-label=noted>{words.news_noted()}</button>
                </FormSheet>
            </div>
        </li>
    }
    .into_any()
}

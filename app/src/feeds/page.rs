//! One's own calendars.

use super::{
    form::{MakeFeedForm, OneFeedForm, RevokeAllForm},
    server_fns::{MakeFeed, RenewFeed, RevokeAllFeeds, RevokeFeed, load_feeds},
    view::{FeedLine, FeedsView, LinkView},
    words::{detail_in_words, feed_in_words},
};
use crate::{
    components::{Button, Choice, Empty, FormSheet, Hidden, MarkingTag, PageHead, QrCode, Radios, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::{moment_in_words, use_words},
};
use domain::feeds::{FeedDetail, FeedScope};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// One's own feeds, making one, and how it comes into a calendar.
#[component]
pub fn CalendarsPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(
        move || {
            let query = query.read();
            (query.get("made").unwrap_or_default(), query.get("revoked"))
        },
        |(made, _)| load_feeds(made),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => {
                        let asked = query.read_untracked().get("scope").unwrap_or_default();
                        view! { <Calendars view=view asked=asked draft=draft /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Calendars(view: FeedsView, asked: String, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let FeedsView { feeds, scopes, once, link } = view;
    let list = if feeds.is_empty() {
        view! { <Empty title=words.feeds_page_none() /> }.into_any()
    } else {
        let rows = feeds.into_iter().map(|line| view! { <Row line=line draft=draft.clone() /> }).collect_view();
        view! {
            <div class="table">
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.feeds_field_scope()}</th>
                            <th scope="col">{words.feeds_field_detail()}</th>
                            <th scope="col">{words.feeds_page_made()}</th>
                            <th scope="col">{words.feeds_page_fetched()}</th>
                            <th scope="col">{words.feeds_page_change()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <RevokeAll draft=draft.clone() />
        }
        .into_any()
    };
    view! {
        <PageHead title=words.feeds_page_title()><p class="prose">{words.feeds_page_explain()}</p></PageHead>
        {link.map(|link| view! { <LinkSheet link=link /> })}
        <section aria-labelledby="feeds">
            <h2 id="feeds">{words.feeds_page_mine()}</h2>
            {list}
        </section>
        <MakeSheet scopes=scopes asked=asked once=once draft=draft />
        <HowToAdd />
    }
    .into_any()
}

/// A feed's link: to copy, to press, and to point a telephone at.
#[component]
fn LinkSheet(link: LinkView) -> impl IntoView {
    let words = use_words();
    let LinkView { url, webcal, code } = link;
    let code = code.map(|code| view! { <QrCode code=code label=words.feeds_link_code() /> });
    view! {
        <section class="sheet" aria-labelledby="feed-link" role="status">
            <h2 id="feed-link">{words.feeds_link_title()}</h2>
            <p>{words.feeds_link_once()}</p>
            <div class="field">
                <label for="feed-url">{words.feeds_link_label()}</label>
                <input id="feed-url" type="text" readonly=true value=url dir="ltr" translate="no" autocomplete="off" />
            </div>
            <div class="actions"><a class="button main" href=webcal rel="external">{words.feeds_link_open()}</a></div>
            {code}
        </section>
    }
    .into_any()
}

#[component]
fn Row(line: FeedLine, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let FeedLine { feed, made, fetched } = line;
    let (renew, revoke) = (ServerAction::<RenewFeed>::new(), ServerAction::<RevokeFeed>::new());
    let start = Start::of(&OneFeedForm { id: feed.id.to_string() }, draft.as_ref());
    let fetched = match (fetched, feed.fetched_by.clone()) {
        (None, _) => words.feeds_page_never_fetched(),
        (Some(at), None) => moment_in_words(words, &at),
        (Some(at), Some(client)) => words.feeds_page_fetched_by(moment_in_words(words, &at), client),
    };
    let again = start.clone();
    view! {
        <tr>
            <th scope="row">
                <span dir="auto">{feed_in_words(words, &feed)}</span>
                {feed.title.is_some().then(|| view! { " " <MarkingTag marking=feed.marking /> })}
            </th>
            <td>{detail_in_words(words, feed.detail)}</td>
            <td>{moment_in_words(words, &made)}</td>
            <td dir="auto">{fetched}</td>
            <td>
                <div class="actions">
                    <FormSheet action=renew start=start id=format!("renew-{}", feed.id) bare=true>
                        <Hidden name="id" />
                        <Button>{words.feeds_button_renew()}</Button>
                    </FormSheet>
                    <FormSheet action=revoke start=again id=format!("revoke-{}", feed.id) bare=true>
                        <Hidden name="id" />
                        <Button weight=Weight::Grave>{words.feeds_button_revoke()}</Button>
                    </FormSheet>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn RevokeAll(draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<RevokeAllFeeds>::new();
    let start = Start::of(&RevokeAllForm { all: "yes".to_owned() }, draft.as_ref());
    view! {
        <FormSheet action=action start=start id=RevokeAllForm::NAME bare=true>
            <Hidden name="all" />
            <div class="actions"><Button weight=Weight::Grave>{words.feeds_button_revoke_all()}</Button></div>
        </FormSheet>
    }
    .into_any()
}

/// The form that makes a feed; it opens with what the address asks for, where there is such a thing.
#[component]
fn MakeSheet(scopes: Vec<Choice>, asked: String, once: String, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<MakeFeed>::new();
    let opens_with = scopes.iter().find(|choice| choice.value == asked).or_else(|| scopes.first());
    let scope = opens_with.map_or_else(|| MakeFeedForm::value_of(FeedScope::Mine), |choice| choice.value.clone());
    let start = Start::of(&MakeFeedForm { scope, detail: FeedDetail::Full.word().to_owned(), once }, draft.as_ref());
    let details = FeedDetail::ALL.iter().map(|detail| Choice::new(detail.word(), detail_in_words(words, *detail))).collect();
    view! {
        <section aria-labelledby="make-feed-title">
            <h2 id="make-feed-title">{words.feeds_button_make()}</h2>
            <FormSheet action=action start=start id=MakeFeedForm::NAME>
                <Hidden name="once" />
                <Select name="scope" label=words.feeds_field_scope() choices=scopes />
                <Radios name="detail" label=words.feeds_field_detail() choices=details />
                <div class="actions"><Button weight=Weight::Main>{words.feeds_button_make()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}

#[component]
fn HowToAdd() -> impl IntoView {
    let words = use_words();
    view! {
        <section class="prose" aria-labelledby="add-feed">
            <h2 id="add-feed">{words.feeds_add_title()}</h2>
            <ul>
                <li>{words.feeds_add_google()}</li>
                <li>{words.feeds_add_outlook()}</li>
                <li>{words.feeds_add_apple()}</li>
                <li>{words.feeds_add_thunderbird()}</li>
                <li>{words.feeds_add_nextcloud()}</li>
            </ul>
        </section>
    }
}

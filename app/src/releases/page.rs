//! What was released of a visit, and releasing it.

use super::{
    code::CODE_PATH,
    form::ReleaseForm,
    preview::Preview,
    server_fns::{ReleaseVisit, load_releases},
    standing::Standings,
    view::{DraftShown, ReleaseLine, ReleasesView},
    words::audience_in_words,
};
use crate::{
    components::{BoxGroup, Button, Checkbox, Empty, FormSheet, Hidden, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::{VisitHeading, VisitTab, access::done_version},
    words::{date_in_words, use_words},
};
use domain::{
    marking::Marking,
    releases::ReleasePreview,
    time::clocks::{hours_minutes, rfc3339},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The releases of a visit; who may, releases it.
#[component]
pub fn ReleasesPage() -> impl IntoView {
    let params = use_params_map();
    let action = ServerAction::<ReleaseVisit>::new();
    let released = done_version(action);
    let page = Resource::new_blocking(move || (params.read().get("id").unwrap_or_default(), released.get()), |(id, _)| load_releases(id));
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Releases view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Releases(view: ReleasesView, draft: Option<Draft>, action: ServerAction<ReleaseVisit>) -> impl IntoView {
    let words = use_words();
    let ReleasesView { head, releases, standings, draft: made_of } = view;
    let marking = made_of.iter().flat_map(|draft| &draft.previews).map(|preview| preview.marking).max().unwrap_or(Marking::Clear);
    let id = head.visit.id.to_string();
    let list = if releases.is_empty() {
        view! { <Empty title=words.releases_none_title() says=words.releases_none_says() /> }.into_any()
    } else {
        let print = head.rights.print.then(|| format!("/visits/{id}/print"));
        // What is printed of an audience is its last release: the first of its rows.
        let mut seen = Vec::new();
        let rows = releases
            .into_iter()
            .map(|release| {
                let is_last = !seen.contains(&release.audience);
                seen.push(release.audience);
                let print = print.as_ref().filter(|_| is_last).map(|path| format!("{path}?audience={}", release.audience.word()));
                view! { <Row release=release print=print is_last=is_last /> }
            })
            .collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.releases_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.releases_column_audience()}</th>
                            <th scope="col">{words.releases_column_number()}</th>
                            <th scope="col">{words.releases_column_at()}</th>
                            <th scope="col">{words.releases_column_code()}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let form = made_of.map(|DraftShown { seen, previews }| {
        let stored = ReleaseForm { id, seen, ..ReleaseForm::default() };
        view! { <ReleaseSheet start=Start::of(&stored, draft.as_ref()) previews=previews action=action /> }
    });
    view! {
        <VisitHeading head=head tab=VisitTab::Releases marking=marking />
        <section>
            <h2>{words.releases_title()}</h2>
            {list}
            <p class="faint"><a href=CODE_PATH rel="external">{words.releases_code_link()}</a></p>
        </section>
        {standings.filter(|standings| !standings.is_empty()).map(|standings| view! { <Standings standings=standings /> })}
        {form}
    }
    .into_any()
}

#[component]
fn Row(
    /// The release.
    release: ReleaseLine,
    /// Where it is printed; none for one that is not the last of its audience.
    #[prop(optional_no_strip)]
    print: Option<String>,
    /// Whether it is the last of its audience.
    is_last: bool,
) -> impl IntoView {
    let words = use_words();
    let at = format!("{} {}", date_in_words(words, release.at.local.date()), hours_minutes(release.at.local));
    let datetime = rfc3339(&release.at.into());
    let audience = audience_in_words(words, release.audience);
    let label = words.releases_print_named(&audience);
    view! {
        <tr class:past=!is_last>
            <th scope="row">{audience}</th>
            <td class="num">"v" {release.number}</td>
            <td><time datetime=datetime>{at}</time></td>
            <td><code translate="no">{release.code}</code></td>
            <td>{print.map(|to| view! { <a href=to aria-label=label>{words.printing_do()}</a> })}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn ReleaseSheet(start: Start, previews: Vec<ReleasePreview>, action: ServerAction<ReleaseVisit>) -> impl IntoView {
    let words = use_words();
    view! {
        <section aria-labelledby="release-title">
            <h2 id="release-title">{words.releases_form_title()}</h2>
            <p class="faint">{words.releases_form_says()}</p>
            <FormSheet action=action start=start id=ReleaseForm::NAME>
                <Hidden name="id" />
                <Hidden name="seen" />
                <Audiences previews=previews />
                <div class="actions"><Button weight=Weight::Main>{words.releases_form_do()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}

/// The boxes of the audiences, under one question, each with what it would be told.
#[component]
fn Audiences(previews: Vec<ReleasePreview>) -> impl IntoView {
    let words = use_words();
    let boxes = previews
        .into_iter()
        .map(|preview| {
            let audience = preview.audience;
            let hint = words.releases_audience_ceiling(audience.ceiling().label());
            view! {
                <Checkbox name=ReleaseForm::field_of(audience) label=audience_in_words(words, audience) hint=hint />
                <Preview preview=preview />
            }
        })
        .collect_view();
    view! { <BoxGroup name="audiences" label=words.releases_column_audience()>{boxes}</BoxGroup> }
}

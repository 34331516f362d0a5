//! The list of sites, and the page of a site's form.

use super::{
    holidays::{Holidays, rows_of_holidays},
    site_fns::{SaveSite, load_site_form, load_sites},
    site_form::{SiteForm, travel_field},
    view::{SiteFormView, SiteListView},
    words::holiday_said,
};
use crate::{
    components::{Button, Empty, Field, FormSheet, Hidden, PageHead, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The sites, to who keeps them.
#[component]
pub fn SitesPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_sites());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <SiteList view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn SiteList(view: SiteListView) -> impl IntoView {
    let words = use_words();
    let add = move || view! { <a class="button main" href="/settings/sites/new">{words.rooms_site_add()}</a> };
    let eyebrow = move || view! { <a href="/settings">{words.shell_menu_settings()}</a> }.into_any();
    if view.sites.is_empty() {
        return view! {
            <PageHead title=words.rooms_sites_title() eyebrow=eyebrow />
            <Empty title=words.rooms_sites_none() says=words.rooms_sites_none_says()>{add()}</Empty>
        }
        .into_any();
    }
    let rows = view
        .sites
        .iter()
        .map(|site| {
            let ways = site
                .travel
                .iter()
                .filter_map(|way| Some(words.rooms_site_way(view.name_of(way.to)?, way.minutes)))
                .map(|way| view! { <div dir="auto">{way}</div> })
                .collect_view();
            let to_come = site.holidays.iter().filter(|holiday| holiday.on >= view.today);
            let holidays = to_come.map(|holiday| view! { <div dir="auto">{holiday_said(words, holiday)}</div> }).collect_view();
            view! {
                <tr>
                    <th scope="row"><a href=format!("/settings/sites/{}", site.id) dir="auto">{site.name.clone()}</a></th>
                    <td dir="auto">{site.address.clone()}</td>
                    <td>{site.zone.clone()}</td>
                    <td>{ways}</td>
                    <td>{holidays}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <PageHead title=words.rooms_sites_title() eyebrow=eyebrow>
            <div class="actions">
                {add()}
                <a class="button" href="/settings/sites/import">{words.imports_take_in()}</a>
                <a class="button" href="/sites.csv" rel="external" download="">{words.imports_give_out()}</a>
            </div>
        </PageHead>
        <div class="table" tabindex="0" role="region" aria-label=words.rooms_sites_title()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.rooms_site_field_name()}</th>
                        <th scope="col">{words.rooms_site_field_address()}</th>
                        <th scope="col">{words.rooms_site_field_zone()}</th>
                        <th scope="col">{words.rooms_site_column_travel()}</th>
                        <th scope="col">{words.rooms_holidays_title()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The page that makes a site, or changes one.
#[component]
pub fn SiteFormPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_site_form);
    let draft = use_draft();
    let action = ServerAction::<SaveSite>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <SiteSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn SiteSheet(view: SiteFormView, draft: Option<Draft>, action: ServerAction<SaveSite>) -> impl IntoView {
    let words = use_words();
    let SiteFormView { stored, others, zones } = view;
    let start = Start::of(&stored, draft.as_ref());
    let rows = rows_of_holidays(start.typed());
    let (title, send) = if stored.id.is_empty() {
        (words.rooms_site_new_title(), words.rooms_site_new_do())
    } else {
        (words.rooms_site_edit_title(), words.rooms_site_edit_do())
    };
    let eyebrow = move || {
        view! {
            <a href="/settings">{words.shell_menu_settings()}</a>
            <a href="/settings/sites">{words.rooms_sites_title()}</a>
        }
        .into_any()
    };
    // Fields are made inside the form, by which they find what they open with.
    let travel = move || {
        let fields = others
            .into_iter()
            .map(|site| {
                view! { <Field name=travel_field(&site.value) label=words.rooms_site_travel_to(site.label) kind="number" optional=true /> }
            })
            .collect_view();
        (!fields.is_empty()).then(|| {
            view! {
                <fieldset class="group">
                    <legend>{words.rooms_site_travel_title()}</legend>
                    <p class="faint">{words.rooms_site_travel_hint()}</p>
                    <div class="pair">{fields}</div>
                </fieldset>
            }
        })
    };
    view! {
        <PageHead title=title eyebrow=eyebrow />
        <FormSheet action=action start=start id=SiteForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Field name="name" label=words.rooms_site_field_name() />
            <Field name="address" label=words.rooms_site_field_address() optional=true />
            <Field name="zone" label=words.rooms_site_field_zone() hint=words.rooms_site_field_zone_hint() suggestions=zones />
            {travel()}
            <Holidays rows=rows hint=words.rooms_site_holidays_hint() />
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                <a class="button" href="/settings/sites">{words.rooms_site_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

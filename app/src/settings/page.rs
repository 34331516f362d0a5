//! The page that leads to what can be set, and the page of the office's form.

use super::{
    form::OfficeForm,
    server_fns::{SaveOffice, load_office_form, load_settings},
    view::{OfficeFormView, SettingsView},
};
use crate::{
    components::{Button, Fact, Facts, Field, FormSheet, Hidden, PageHead, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    rooms::holidays::{Holidays, rows_of_holidays},
    words::use_words,
};
use domain::offices::OfficeDetails;
use leptos::prelude::*;

/// What can be set, each part shown to who may use it.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_settings());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Parts view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Parts(view: SettingsView) -> impl IntoView {
    let words = use_words();
    let SettingsView { office, rights, tz_version } = view;
    let link = move |to: &'static str, says: String| view! { <a class="button" href=to>{says}</a> };
    let file = move |to: &'static str| view! { <a class="button" href=to rel="external" download="">{words.imports_give_out()}</a> };
    let rooms = rights.rooms.then(|| {
        view! {
            <Part id="sites" title=words.rooms_sites_title() says=words.settings_sites_says()>
                {link("/settings/sites", words.settings_open())}
                {link("/settings/sites/new", words.rooms_site_add())}
                {link("/settings/sites/import", words.imports_take_in())}
                {file("/sites.csv")}
            </Part>
            <Part id="rooms" title=words.shell_menu_rooms() says=words.settings_rooms_says()>
                {link("/rooms/list", words.settings_open())}
                {link("/rooms/new", words.rooms_add())}
                {link("/rooms/import", words.imports_take_in())}
                {file("/rooms.csv")}
            </Part>
            <Part id="blackouts" title=words.blackouts_title() says=words.settings_blackouts_says()>
                {link("/rooms/blackouts", words.settings_open())}
                {link("/rooms/blackouts/new", words.blackouts_new_title())}
                {link("/rooms/blackouts/import", words.imports_take_in())}
                {file("/blackouts.csv")}
            </Part>
        }
    });
    let rules = rights.office.then(|| {
        view! {
            <Part id="rules" title=words.rules_title() says=words.settings_rules_says()>{link("/settings/rules", words.settings_open())}</Part>
            <Part id="templates" title=words.templates_title() says=words.settings_templates_says()>
                {link("/settings/templates", words.settings_open())}
            </Part>
            <Part id="holidays" title=words.holidays_title() says=words.settings_holidays_says()>
                {link("/settings/holidays", words.settings_open())}
                {link("/settings/holidays/import", words.imports_take_in())}
            </Part>
        }
    });
    let missions = rights.missions.then(|| {
        view! {
            <Part id="missions" title=words.shell_menu_missions() says=words.settings_missions_says()>
                {link("/missions", words.settings_open())}
                {link("/missions/new", words.missions_add())}
                {link("/missions/import", words.imports_take_in())}
                {file("/missions.csv")}
            </Part>
        }
    });
    let people = rights.people.then(|| {
        view! {
            <Part id="people" title=words.shell_menu_people() says=words.settings_people_says()>
                {link("/people", words.settings_open())}
                {link("/people/new", words.people_add())}
                {link("/people/import", words.imports_take_in())}
                {file("/people.csv")}
            </Part>
        }
    });
    let accounts = rights.accounts.then(|| {
        let not_yours = (!rights.rooms).then(|| words.settings_rooms_not_yours());
        view! {
            <Part id="accounts" title=words.shell_menu_accounts() says=words.settings_accounts_says()>
                {not_yours.map(|says| view! { <p class="faint">{says}</p> })}
                {link("/accounts", words.settings_open())}
            </Part>
        }
    });
    view! {
        <PageHead title=words.shell_menu_settings()><p class="faint">{words.settings_says()}</p></PageHead>
        <div class="cards">
            {rights.office.then(|| view! { <OfficePart office=office /> })}
            {rules}
            {rooms}
            {missions}
            {people}
            {accounts}
        </div>
        <p class="faint">{words.settings_tz_version(tz_version)}</p>
    }
    .into_any()
}

/// One part of the settings: what it is, and where it leads.
#[component]
fn Part(
    /// The id of its title.
    id: &'static str,
    /// What it is called.
    title: String,
    /// What it holds.
    says: String,
    /// Where it leads.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby=id>
            <h2 class="title" id=id>{title}</h2>
            <p>{says}</p>
            <div class="actions">{children()}</div>
        </section>
    }
    .into_any()
}

#[component]
fn OfficePart(office: OfficeDetails) -> impl IntoView {
    let words = use_words();
    view! {
        <section class="card" aria-labelledby="office">
            <h2 class="title" id="office">{words.settings_office_title()}</h2>
            <Facts>
                <Fact term=words.settings_field_host()>{office.host.to_string()}</Fact>
                <Fact term=words.settings_field_name()>{office.name.to_string()}</Fact>
                <Fact term=words.settings_field_zone()>{office.zone.to_string()}</Fact>
                <Fact term=words.settings_field_place()>{office.place.to_string()}</Fact>
                <Fact term=words.settings_field_country()>{office.country.to_string()}</Fact>
                {office.mailbox.map(|mailbox| view! { <Fact term=words.settings_field_mailbox()>{mailbox.to_string()}</Fact> })}
            </Facts>
            <div class="actions"><a class="button" href="/settings/office">{words.settings_edit_title()}</a></div>
        </section>
    }
    .into_any()
}

/// The page that changes the office.
#[component]
pub fn OfficeFormPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_office_form());
    let draft = use_draft();
    let action = ServerAction::<SaveOffice>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <OfficeSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn OfficeSheet(view: OfficeFormView, draft: Option<Draft>, action: ServerAction<SaveOffice>) -> impl IntoView {
    let words = use_words();
    let start = Start::of(&view.stored, draft.as_ref());
    let rows = rows_of_holidays(start.typed());
    let eyebrow = move || view! { <a href="/settings">{words.shell_menu_settings()}</a> }.into_any();
    // The frame bears the office's name and clock: the next page is loaded anew.
    view! {
        <PageHead title=words.settings_edit_title() eyebrow=eyebrow />
        <FormSheet action=action start=start id=OfficeForm::NAME load_anew=true>
            <Hidden name="seen" />
            <Field name="host" label=words.settings_field_host() hint=words.settings_field_host_hint() />
            <Field name="name" label=words.settings_field_name() hint=words.settings_field_name_hint() />
            <Field name="zone" label=words.settings_field_zone() hint=words.settings_field_zone_hint() suggestions=view.zones />
            <div class="pair">
                <Field name="place" label=words.settings_field_place() />
                <Field name="country" label=words.settings_field_country() hint=words.settings_field_country_hint() />
            </div>
            <Field name="mailbox" label=words.settings_field_mailbox() hint=words.settings_field_mailbox_hint() kind="email" optional=true />
            <Field name="languages" label=words.settings_field_languages() hint=words.settings_field_languages_hint() optional=true />
            <Holidays rows=rows hint=words.settings_holidays_hint() />
            <div class="actions">
                <Button weight=Weight::Main>{words.settings_edit_do()}</Button>
                <a class="button" href="/settings">{words.visits_form_cancel()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

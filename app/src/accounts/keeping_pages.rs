//! The list of accounts, and one of them.

use super::{
    keeping::{
        AccountForm, AccountLine, AccountListView, AccountPageView, CeilingForm, Deed, DeedForm, InviteForm, LiftForm, RoleForm, role_field,
    },
    keeping_fns::{ChangeAccount, ChangeCeiling, ChangeRole, DoWithAccount, EndSuspension, Invite, load_account, load_accounts},
    shown_once::ShownOnce,
    words::{role_in_words, state_in_words},
};
use crate::{
    components::{BoxGroup, Button, Checkbox, Chip, Choice, Fact, Facts, Field, FormSheet, Hidden, MarkingTag, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, Start, use_draft},
    visits::words::{markings_up_to, word_of},
    words::use_words,
};
use domain::{
    accounts::Role,
    marking::{Marking, view::AccountView},
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

fn roles_in_words(words: Words, roles: &[Role]) -> String {
    let roles: Vec<String> = roles.iter().map(|role| role_in_words(words, *role)).collect();
    roles.join(", ")
}

/// The accounts, and the form that invites.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_accounts());
    let draft = use_draft();
    let action = ServerAction::<Invite>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <AccountList view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn AccountList(view: AccountListView, draft: Option<Draft>, action: ServerAction<Invite>) -> impl IntoView {
    let words = use_words();
    let rows = view.accounts.into_iter().map(|line| view! { <AccountRow line=line /> }).collect_view();
    let start = Start::of(&InviteForm::default(), draft.as_ref());
    let (missions, people, rights) = (view.missions, view.people, view.rights);
    let invite = rights
        .manage
        .then(|| view! { <InviteSheet action=action start=start people=people missions=missions may_clear=rights.grant_ceiling /> });
    view! {
        <PageHead title=words.shell_menu_accounts() />
        <div class="table" tabindex="0" role="region" aria-label=words.shell_menu_accounts()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.accounts_name()}</th>
                        <th scope="col">{words.accounts_sign_in_email()}</th>
                        <th scope="col">{words.accounts_roles()}</th>
                        <th scope="col">{words.accounts_ceiling()}</th>
                        <th scope="col">{words.accounts_mission()}</th>
                        <th scope="col">{words.accounts_state()}</th>
                        <th scope="col">{words.accounts_last_seen()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {invite}
    }
    .into_any()
}

#[component]
fn AccountRow(line: AccountLine) -> impl IntoView {
    let words = use_words();
    let AccountLine { account, last_seen, .. } = line;
    let state = state_in_words(words, &account);
    view! {
        <tr>
            <th scope="row"><a href=format!("/accounts/{}", account.id) dir="auto">{account.name.to_string()}</a></th>
            <td>{account.email.to_string()}</td>
            <td>{roles_in_words(words, &account.roles)}</td>
            <td>{account.ceiling.map(|marking| view! { <MarkingTag marking=marking /> })}</td>
            <td dir="auto">{account.mission.map(|mission| mission.name)}</td>
            <td><Chip>{state}</Chip></td>
            <td class="num">{last_seen}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn InviteSheet(action: ServerAction<Invite>, start: Start, people: Vec<Choice>, missions: Vec<Choice>, may_clear: bool) -> impl IntoView {
    let words = use_words();
    let roles = Role::ALL.iter().map(|role| view! { <Checkbox name=role_field(*role) label=role_in_words(words, *role) /> }).collect_view();
    let ceiling = may_clear.then(|| {
        view! {
            <Select name="ceiling" label=words.accounts_ceiling() choices=markings_up_to(Marking::Red) optional=true />
            <Field name="reason" label=words.accounts_reason() optional=true />
        }
    });
    view! {
        <section aria-labelledby="invite">
            <h2 id="invite">{words.accounts_invite_title()}</h2>
            <FormSheet action=action start=start id="invite-form" load_anew=true>
                <Field name="name" label=words.accounts_name() />
                <Field name="email" label=words.accounts_sign_in_email() kind="email" />
                <BoxGroup name="roles" label=words.accounts_roles()><div class="boxes">{roles}</div></BoxGroup>
                <Select name="person_id" label=words.accounts_person() hint=words.accounts_person_hint() choices=people optional=true />
                <Select name="mission_id" label=words.accounts_mission() choices=missions optional=true />
                <Field name="ends_on" label=words.accounts_ends_on() hint=words.accounts_ends_on_hint() kind="date" optional=true />
                {ceiling}
                <div class="actions"><Button weight=Weight::Main>{words.accounts_invite_do()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}

/// One account, and what one may do with it.
#[component]
pub fn AccountPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_account);
    let draft = use_draft();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <AccountSheet view=view draft=draft /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn AccountSheet(view: AccountPageView, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let others = view.other_roles();
    let AccountPageView { line, seen, people, rights } = view;
    let account = line.account.clone();
    let clearing = rights.grant_ceiling.then(|| view! { <Clearing account=account.clone() draft=draft.clone() /> });
    let managing = rights.manage.then(|| {
        view! {
            <Owner account=account.clone() seen=seen people=people draft=draft.clone() />
            <Roles account=account.clone() others=others draft=draft.clone() />
            <Deeds line=line.clone() draft=draft.clone() />
        }
    });
    let eyebrow = move || view! { <a href="/accounts">{words.shell_menu_accounts()}</a> }.into_any();
    let state = state_in_words(words, &account);
    view! {
        <PageHead title=account.name.to_string() eyebrow=eyebrow>
            <Facts>
                <Fact term=words.accounts_sign_in_email()>{account.email.to_string()}</Fact>
                <Fact term=words.accounts_state()>{state}</Fact>
                <Fact term=words.accounts_roles()>{roles_in_words(words, &account.roles)}</Fact>
                {account.ceiling.map(|marking| view! { <Fact term=words.accounts_ceiling()><MarkingTag marking=marking /></Fact> })}
                {account.person.map(|person| view! { <Fact term=words.accounts_person()>{person.name}</Fact> })}
                {account.mission.map(|mission| view! { <Fact term=words.accounts_mission()>{mission.name}</Fact> })}
                {account.ends_on.map(|day| view! { <Fact term=words.accounts_ends_on()>{day.to_string()}</Fact> })}
                {line.last_seen.map(|seen| view! { <Fact term=words.accounts_last_seen()>{seen}</Fact> })}
                <Fact term=words.accounts_sessions()>{line.activity.sessions}</Fact>
            </Facts>
        </PageHead>
        <ShownOnce draft=draft />
        {managing}
        {clearing}
    }
    .into_any()
}

#[component]
fn Owner(account: AccountView, seen: String, people: Vec<Choice>, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<ChangeAccount>::new();
    let start = Start::of(&AccountForm::of(&account, &seen), draft.as_ref());
    view! {
        <section aria-labelledby="owner">
            <h2 id="owner">{words.accounts_owner_title()}</h2>
            <FormSheet action=action start=start id="account-form" load_anew=true>
                <Hidden name="account_id" />
                <Hidden name="seen" />
                <Field name="name" label=words.accounts_name() />
                <Field name="email" label=words.accounts_sign_in_email() hint=words.accounts_email_hint() kind="email" />
                <Select name="person_id" label=words.accounts_person() hint=words.accounts_person_hint() choices=people optional=true />
                <Field name="ends_on" label=words.accounts_ends_on() hint=words.accounts_ends_on_hint() kind="date" optional=true />
                <div class="actions"><Button>{words.accounts_owner_save()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}

#[component]
fn Roles(account: AccountView, others: Vec<Role>, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<ChangeRole>::new();
    let start = Start::of(&RoleForm { account_id: account.id.to_string(), ..RoleForm::default() }, draft.as_ref());
    let choices = others.iter().map(|role| Choice::new(word_of(role), role_in_words(words, *role))).collect();
    let revoke = account
        .roles
        .iter()
        .map(|role| {
            let says = words.accounts_role_revoke(role_in_words(words, *role));
            view! { <Button name="revoked" value=word_of(role) weight=Weight::Grave>{says}</Button> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="roles">
            <h2 id="roles">{words.accounts_roles()}</h2>
            <FormSheet action=action start=start id="role-form" load_anew=true>
                <Hidden name="account_id" />
                <Select name="roles" label=words.accounts_role_another() choices=choices optional=true />
                <div class="actions"><Button>{words.accounts_role_grant()}</Button>{revoke}</div>
            </FormSheet>
        </section>
    }
    .into_any()
}

#[component]
fn Clearing(account: AccountView, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let (action, lift) = (ServerAction::<ChangeCeiling>::new(), ServerAction::<EndSuspension>::new());
    let start = Start::of(&CeilingForm::of(&account), draft.as_ref());
    let lift_start = Start::of(&LiftForm { account_id: account.id.to_string(), reason: String::new() }, draft.as_ref());
    let suspension = account.suspended_above_green.then(|| {
        view! {
            <section aria-labelledby="suspension">
                <h2 id="suspension">{words.accounts_suspension_title()}</h2>
                <p class="prose">{words.accounts_suspension_says()}</p>
                <FormSheet action=lift start=lift_start id="suspension-form" load_anew=true>
                    <Hidden name="account_id" />
                    <Field name="reason" label=words.accounts_reason() />
                    <div class="actions"><Button>{words.accounts_suspension_lift()}</Button></div>
                </FormSheet>
            </section>
        }
    });
    let ceiling = account.mission.is_none().then(|| {
        view! {
            <section aria-labelledby="ceiling">
                <h2 id="ceiling">{words.accounts_ceiling()}</h2>
                <FormSheet action=action start=start id="ceiling-form" load_anew=true>
                    <Hidden name="account_id" />
                    <Select name="ceiling" label=words.accounts_ceiling() choices=markings_up_to(Marking::Red) />
                    <Field name="reason" label=words.accounts_reason() />
                    <div class="actions"><Button>{words.accounts_ceiling_grant()}</Button></div>
                </FormSheet>
            </section>
        }
    });
    view! { {suspension} {ceiling} }.into_any()
}

#[component]
fn Deeds(line: AccountLine, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<DoWithAccount>::new();
    let account = line.account;
    let start = Start::of(&DeedForm { id: account.id.to_string(), deed: String::new() }, draft.as_ref());
    let button =
        |deed: Deed, says: String, weight: Weight| view! { <Button name="deed" value=word_of(&deed) weight=weight>{says}</Button> };
    let confirming = account.mission.is_some().then(|| {
        if account.confirmed {
            button(Deed::WithdrawConfirmation, words.accounts_confirm_withdraw(), Weight::Plain)
        } else {
            button(Deed::Confirm, words.accounts_confirm(), Weight::Plain)
        }
    });
    let ability = if account.disabled {
        button(Deed::Enable, words.accounts_enable(), Weight::Plain).into_any()
    } else {
        view! {
            {button(Deed::NewLink, words.accounts_link_new(), Weight::Plain)}
            {account.invited_until.is_some().then(|| button(Deed::CancelLink, words.accounts_link_cancel(), Weight::Plain))}
            {confirming}
            {(line.activity.sessions > 0).then(|| button(Deed::EndSessions, words.accounts_sessions_end_all(), Weight::Plain))}
            {button(Deed::Disable, words.accounts_disable(), Weight::Grave)}
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="signing-in">
            <h2 id="signing-in">{words.accounts_signing_in_title()}</h2>
            <FormSheet action=action start=start id="deed-form" load_anew=true bare=true>
                <Hidden name="id" />
                <div class="actions">{ability}</div>
            </FormSheet>
        </section>
    }
    .into_any()
}

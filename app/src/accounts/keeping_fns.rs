//! The server's half of the pages that keep accounts.

use super::keeping::{AccountForm, AccountListView, AccountPageView, CeilingForm, DeedForm, InviteForm, LiftForm, RoleForm};
#[cfg(feature = "ssr")]
use super::keeping::{AccountLine, KeepingRights};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    crate::{components::Choice, forms::Answer, request::refused, visits::gather::choices},
    backend::{RequestContext, accounts::keep::AccountListing, error::Failure},
    domain::{
        ids::AccountId,
        permission::{Action, role_allows},
    },
};

/// An instant on the office's clock: `2027-03-17 10:30`.
#[cfg(feature = "ssr")]
pub(super) fn on_office_clock(context: &RequestContext, instant: chrono::DateTime<chrono::Utc>) -> String {
    let zone = &context.office().details.zone;
    let offset = context.zones().offset_at(zone, instant).map_or(0, |offset| offset.seconds());
    (instant + chrono::TimeDelta::seconds(offset.into())).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(feature = "ssr")]
fn line(context: &RequestContext, listing: AccountListing) -> AccountLine {
    let last_seen = listing.activity.seen_at.map(|seen| on_office_clock(context, seen));
    AccountLine { account: listing.account, activity: listing.activity, last_seen }
}

#[cfg(feature = "ssr")]
fn rights(context: &RequestContext) -> KeepingRights {
    let may = |action| context.actor().roles().iter().any(|role| role_allows(*role, action));
    KeepingRights { manage: may(Action::ManageAccounts), grant_ceiling: may(Action::GrantCeiling) }
}

#[cfg(feature = "ssr")]
fn account_id(text: &str) -> Result<AccountId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

#[cfg(feature = "ssr")]
async fn answered(context: &RequestContext, done: Result<(), Failure>, id: AccountId) -> Result<Answer, AppError> {
    match done {
        Ok(()) => Ok(Answer::Done(format!("/accounts/{id}"))),
        Err(failure) => refused(context, failure, None).await,
    }
}

#[cfg(feature = "ssr")]
async fn show_link(context: &RequestContext, invited: &backend::accounts::invitations::Invited) -> Result<Answer, AppError> {
    let link = format!("{}/invitation/{}", context.public_address(), invited.token.expose());
    let says = language::Words::new(language::Locale::English).accounts_link_made(on_office_clock(context, invited.ends_at));
    let page = format!("/accounts/{}", invited.account);
    Ok(Answer::Done(super::shown_once::show_once(&page, says, &link).await?))
}

/// To what an account may belong.
#[cfg(feature = "ssr")]
#[derive(Default)]
struct Offered {
    people: Vec<Choice>,
    missions: Vec<Choice>,
}

/// What the forms offer an account to belong to. Who keeps accounts need not be cleared for the directory; then there is nothing.
#[cfg(feature = "ssr")]
async fn offered(context: &RequestContext) -> Offered {
    let Ok(names) = backend::directory::read_names(context).await else { return Offered::default() };
    let missions = names.missions.iter().map(|mission| Choice::new(mission.id.to_string(), mission.details.name.to_string())).collect();
    Offered { people: choices(&names.people), missions }
}

/// All accounts.
///
/// # Errors
/// When one keeps neither accounts nor ceilings.
#[server]
pub async fn load_accounts() -> Result<AccountListView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        let listed = backend::accounts::keep::list_accounts(&context).await?;
        let Offered { people, missions } = offered(&context).await;
        Ok(AccountListView {
            accounts: listed.into_iter().map(|listing| line(&context, listing)).collect(),
            missions,
            people,
            rights: rights(&context),
        })
    })
    .await
}

/// One account.
///
/// # Errors
/// When there is none, or one keeps neither accounts nor ceilings.
#[server]
pub async fn load_account(
    /// The account.
    id: String,
) -> Result<AccountPageView, AppError> {
    use crate::request::request_context;
    use backend::version::ETag;
    crate::errors::answer(async {
        let context = request_context()?;
        let listing = backend::accounts::keep::read_account(&context, account_id(&id)?).await?;
        let KeepingRights { manage, grant_ceiling } = rights(&context);
        // Nobody says how high they read themselves.
        let grant_ceiling = grant_ceiling && context.actor().account() != Some(listing.account.id);
        let seen = ETag::of(&listing.account)?.as_str().to_owned();
        let people = if manage { offered(&context).await.people } else { Vec::new() };
        Ok(AccountPageView { line: line(&context, listing), seen, people, rights: KeepingRights { manage, grant_ceiling } })
    })
    .await
}

/// Invites somebody: makes the account and a link, which is shown once.
///
/// # Errors
/// When one may not.
#[server]
pub async fn invite(
    /// Who.
    #[server(flatten)]
    form: InviteForm,
) -> Result<Outcome, AppError> {
    use crate::{forms::answer, request::request_context};
    use backend::accounts::invitations::invite_account;
    use domain::accounts::input::InvitationInput;
    answer(form, |form| async move {
        let context = request_context()?;
        let roles = form.ticked();
        let input = InvitationInput {
            email: form.email,
            name: form.name,
            roles,
            person_id: form.person_id,
            mission_id: form.mission_id,
            ends_on: form.ends_on,
            ceiling: form.ceiling,
            reason: form.reason,
        };
        match invite_account(&context, input).await {
            Ok(invited) => show_link(&context, &invited).await,
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Changes whose an account is: its name, its address, its person and its last day.
///
/// # Errors
/// When there is no such account, or one may not.
#[server]
pub async fn change_account(
    /// The form.
    #[server(flatten)]
    form: AccountForm,
) -> Result<Outcome, AppError> {
    use crate::{forms::answer, request::request_context};
    use backend::{accounts::keep, version::Seen};
    use domain::accounts::input::AccountInput;
    answer(form, |form| async move {
        let context = request_context()?;
        let id = account_id(&form.account_id)?;
        let input =
            AccountInput { email: Some(form.email), name: Some(form.name), person_id: Some(form.person_id), ends_on: Some(form.ends_on) };
        let changed = keep::change_account(&context, id, input, &Seen::from_form(&form.seen)).await;
        answered(&context, changed.map(|_| ()), id).await
    })
    .await
}

/// Disables, enables, ends sessions, or makes or cancels a link.
///
/// # Errors
/// When there is no such account, or one may not.
#[server]
pub async fn do_with_account(
    /// What, and with which.
    #[server(flatten)]
    form: DeedForm,
) -> Result<Outcome, AppError> {
    use super::keeping::Deed;
    use crate::{forms::answer, request::request_context};
    use backend::accounts::{clearance, invitations, keep, sessions};
    answer(form, |form| async move {
        let context = request_context()?;
        let id = account_id(&form.id)?;
        let done = match Deed::from_word(&form.deed).ok_or(AppError::Unreadable)? {
            Deed::Disable => keep::disable_account(&context, id).await,
            Deed::Enable => keep::enable_account(&context, id).await,
            Deed::EndSessions => sessions::end_sessions_of(&context, id).await,
            Deed::CancelLink => invitations::cancel_invitation(&context, id).await,
            Deed::Confirm => clearance::confirm_account(&context, id).await,
            Deed::WithdrawConfirmation => clearance::withdraw_confirmation(&context, id).await,
            Deed::NewLink => match invitations::renew_invitation(&context, id).await {
                Ok(invited) => return show_link(&context, &invited).await,
                Err(failure) => Err(failure),
            },
        };
        answered(&context, done, id).await
    })
    .await
}

/// Grants a role, or revokes one.
///
/// # Errors
/// When there is no such account, or one may not.
#[server]
pub async fn change_role(
    /// Which.
    #[server(flatten)]
    form: RoleForm,
) -> Result<Outcome, AppError> {
    use crate::{forms::answer, request::request_context};
    use backend::accounts::clearance;
    use domain::{accounts::Role, problems::Problem};
    answer(form, |form| async move {
        let context = request_context()?;
        let id = account_id(&form.account_id)?;
        let done = if let Some(role) = Role::from_word(&form.revoked) {
            clearance::revoke_role(&context, id, role).await
        } else {
            match Role::from_word(&form.roles) {
                Some(role) => clearance::grant_role(&context, id, role).await,
                None => Err(Failure::field("roles", Problem::Missing)),
            }
        };
        answered(&context, done, id).await
    })
    .await
}

/// Says how high an account reads.
///
/// # Errors
/// When there is no such account, or one may not.
#[server]
pub async fn change_ceiling(
    /// How high, and why.
    #[server(flatten)]
    form: CeilingForm,
) -> Result<Outcome, AppError> {
    use crate::{forms::answer, request::request_context};
    answer(form, |form| async move {
        let context = request_context()?;
        let id = account_id(&form.account_id)?;
        let done = backend::accounts::clearance::grant_ceiling(&context, id, &form.ceiling, &form.reason).await;
        answered(&context, done, id).await
    })
    .await
}

/// Lets an account read above TLP:GREEN again.
///
/// # Errors
/// When there is no such account, or one may not.
#[server]
pub async fn end_suspension(
    /// Whose, and why.
    #[server(flatten)]
    form: LiftForm,
) -> Result<Outcome, AppError> {
    use crate::{forms::answer, request::request_context};
    answer(form, |form| async move {
        let context = request_context()?;
        let id = account_id(&form.account_id)?;
        let done = backend::accounts::clearance::lift_suspension(&context, id, &form.reason).await;
        answered(&context, done, id).await
    })
    .await
}

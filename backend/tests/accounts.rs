//! Who may sign in and read how high: invitations, clearances, suspensions, sessions, tokens, keys of retries.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up fails")]

use backend::{
    Failure, Outcome, RequestContext,
    accounts::{
        access::{Borne, SignedIn, actor_of, actor_of_account},
        api_tokens, clearance,
        directory::NewAccount,
        idempotency::{self, Idempotency, Replay, RequestHash},
        invitations::{self, Invited},
        keep, own_password,
        own_password::PasswordChange,
        sessions, sign_in,
        sign_in::{Credentials, NewSession},
        tokens::TokenKind,
    },
    database::Connection,
    form_drafts, offices, on_both,
    testing::{self, TestOffice},
    values,
    version::{ETag, Seen},
    visits,
};
use chrono::TimeDelta;
use domain::{
    accounts::{
        Role,
        input::{AccountInput, InvitationInput},
    },
    ids::{AccountId, MissionId, TokenId},
    marking::Marking,
    offices::OfficeInput,
    permission::Actor,
    problems::Problem,
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};
use std::net::{IpAddr, Ipv4Addr};
use uuid::Uuid;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PASSWORD: &str = "a quiet harbour at dusk";
const ANOTHER: &str = "seven lanterns on the quay";

/// An account that has accepted already, with a password that nobody knows.
async fn in_force(office: &TestOffice, name: &str, role: Role, ceiling: Marking) -> RequestContext {
    let new = NewAccount {
        email: EmailAddress::parse(&format!("{name}@test.chancery.example")).unwrap(),
        name: Title::parse(name).unwrap(),
        person: None,
        mission: None,
        confirmed: false,
        roles: vec![role],
        ceiling,
        password_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()),
        ends_on: None,
    };
    let id = offices::make_account(&office.operator, new).await.unwrap();
    office.again(id).await
}

fn id(context: &RequestContext) -> AccountId {
    context.actor().account().unwrap()
}

fn anybody(office: &TestOffice) -> RequestContext {
    let nobody = Actor::anonymous(office.operator.office_id());
    office.operator.as_actor(nobody)
}

fn invitation(name: &str, role: Role) -> InvitationInput {
    InvitationInput {
        email: format!("{name}@test.chancery.example"),
        name: name.into(),
        roles: vec![role.word().into()],
        ..InvitationInput::default()
    }
}

async fn accept(office: &TestOffice, invited: &Invited) -> NewSession {
    invitations::accept_invitation(&anybody(office), invited.token.expose(), PASSWORD, HERE).await.unwrap()
}

/// Invites and accepts: the account as it acts, and its session.
async fn member(office: &TestOffice, by: &RequestContext, name: &str, role: Role) -> (RequestContext, NewSession) {
    let invited = invitations::invite_account(by, invitation(name, role)).await.unwrap();
    let session = accept(office, &invited).await;
    (office.again(invited.account).await, session)
}

async fn linh_signs_in(office: &TestOffice, password: &str) -> Outcome<NewSession> {
    let credentials = Credentials { email: "linh@test.chancery.example", password, from: HERE };
    sign_in::sign_in(&anybody(office), credentials).await
}

async fn who(office: &TestOffice, kind: TokenKind, text: &str) -> Option<(Actor, SignedIn)> {
    actor_of(&anybody(office), Borne { kind, text }).await.unwrap()
}

async fn is_session(office: &TestOffice, session: &NewSession) -> bool {
    who(office, TokenKind::Session, session.token.expose()).await.is_some()
}

fn problem(outcome: Outcome<impl Sized>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(mut problems)) if problems.len() == 1 => {
            let one = problems.remove(0);
            (one.field, one.problem)
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

fn last_with_role() -> (String, Problem) {
    ("roles".into(), Problem::LastWithRole)
}

/// Runs a statement as somebody with the database in hand would: to let time pass, to lay something there.
async fn by_hand(office: &TestOffice, sql: &'static str, mut more: Vec<backend::database::Value>) {
    let mut values = values![office.operator.office_id()];
    values.append(&mut more);
    let mut transaction = office.operator.write().await.unwrap();
    transaction.execute(sql, values).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn a_mission(office: &TestOffice) -> MissionId {
    let id = MissionId(Uuid::from_u128(7));
    let body = r#"{"name":"Consulate General of Viet Nam","kind":"consulate_general","country":"VN","country_name":"Viet Nam","capital_zone":"Asia/Ho_Chi_Minh","capital":"Hà Nội","address":null,"email":null,"national_day":null,"head":null}"#;
    let sql = "INSERT INTO missions (office_id, id, revision, name, folded, body) VALUES ($1, $2, 1, 'Consulate General of Viet Nam', 'viet nam', $3)";
    by_hand(office, sql, values![id, body]).await;
    id
}

async fn with_a_feed(office: &TestOffice, account: AccountId) {
    let sql =
        "INSERT INTO feeds (office_id, id, account_id, token_hash, scope_kind, detail, made_at) VALUES ($1, $2, $3, $4, 'own', 'full', $5)";
    by_hand(office, sql, values![account, account, account.uuid().as_bytes().to_vec(), testing::now()]).await;
}

async fn live_feeds(office: &TestOffice, account: AccountId) -> i64 {
    let sql = "SELECT COUNT(*) FROM feeds WHERE office_id = $1 AND account_id = $2 AND revoked_at IS NULL";
    let values = values![office.operator.office_id(), account];
    let row: Option<(i64,)> = office.operator.read().await.unwrap().optional(sql, values).await.unwrap();
    row.unwrap().0
}

async fn seen(by: &RequestContext, account: AccountId) -> Seen {
    Seen::from_form(ETag::of(&keep::read_account(by, account).await.unwrap().account).unwrap().as_str())
}

async fn begun(context: &RequestContext, request: RequestHash) -> idempotency::Begun {
    match idempotency::begin(context, "one", request).await.unwrap() {
        Idempotency::New(begun) => *begun,
        other => panic!("it is new, and not {other:?}"),
    }
}

on_both! {
    async fn an_invitation_is_used_once(engine) {
        let office = testing::office(engine).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let invited = invitations::invite_account(&admin, invitation("linh", Role::ProtocolOfficer)).await.unwrap();
        let listed = keep::read_account(&admin, invited.account).await.unwrap().account;
        assert!(!listed.accepted && listed.invited_until == Some(invited.ends_at) && listed.ceiling == Some(Marking::Clear));
        assert_eq!(invitations::read_invitation(&anybody(&office), invited.token.expose()).await.unwrap().name.as_str(), "linh");

        let weak = invitations::accept_invitation(&anybody(&office), invited.token.expose(), "short", HERE).await;
        assert_eq!(problem(weak), ("password".into(), Problem::TooShort { least: 12 }));
        let session = accept(&office, &invited).await;
        assert!(is_session(&office, &session).await);
        let again = invitations::accept_invitation(&anybody(&office), invited.token.expose(), ANOTHER, HERE).await;
        assert!(matches!(again, Err(Failure::NotFound)));
        let listed = keep::read_account(&admin, invited.account).await.unwrap();
        assert!(listed.account.accepted && listed.account.invited_until.is_none() && !listed.account.suspended_above_green);
        assert_eq!((listed.activity.sessions, listed.activity.seen_at), (1, Some(testing::now())));
        assert!(linh_signs_in(&office, PASSWORD).await.is_ok());
    }

    async fn an_invitation_ends_by_its_day_a_new_one_a_cancellation_or_its_issuers_end(engine) {
        let office = testing::office(engine).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let second = in_force(&office, "second", Role::Administrator, Marking::Green).await;
        let dead = async |invited: &Invited| {
            let answer = invitations::accept_invitation(&anybody(&office), invited.token.expose(), PASSWORD, HERE).await;
            matches!(answer, Err(Failure::NotFound))
        };
        let first = invitations::invite_account(&admin, invitation("linh", Role::Staff)).await.unwrap();
        let renewed = invitations::renew_invitation(&admin, first.account).await.unwrap();
        assert!(dead(&first).await, "another took its place");
        invitations::cancel_invitation(&admin, first.account).await.unwrap();
        assert!(dead(&renewed).await, "cancelled");
        assert!(matches!(invitations::cancel_invitation(&admin, first.account).await, Err(Failure::NotFound)));
        let lapsed = invitations::renew_invitation(&admin, first.account).await.unwrap();
        by_hand(&office, "UPDATE invitations SET ends_at = $2 WHERE office_id = $1", values![testing::now()]).await;
        assert!(dead(&lapsed).await, "its days are over");
        let orphaned = invitations::renew_invitation(&second, first.account).await.unwrap();
        keep::disable_account(&admin, id(&second)).await.unwrap();
        assert!(dead(&orphaned).await, "its issuer's right ended");
    }

    async fn an_address_belongs_to_one_account(engine) {
        let office = testing::office(engine).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        invitations::invite_account(&admin, invitation("linh", Role::Staff)).await.unwrap();
        let twice = invitations::invite_account(&admin, InvitationInput { email: "LINH@test.chancery.example".into(), ..invitation("x", Role::Staff) }).await;
        assert_eq!(problem(twice), ("email".into(), Problem::AlreadyTaken));
        let other = invitations::invite_account(&admin, invitation("mai", Role::Staff)).await.unwrap().account;
        let input = AccountInput { email: Some("linh@test.chancery.example".into()), ..AccountInput::default() };
        let changed = keep::change_account(&admin, other, input, &seen(&admin, other).await).await;
        assert_eq!(problem(changed), ("email".into(), Problem::AlreadyTaken));
    }

    async fn a_disabled_account_is_refused_at_once(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let (linh, session) = member(&office, &chief, "linh", Role::ProtocolOfficer).await;
        let token = api_tokens::make_token(&linh, "calendar bridge").await.unwrap();
        with_a_feed(&office, id(&linh)).await;
        assert!(who(&office, TokenKind::Api, token.token.expose()).await.is_some());
        keep::disable_account(&chief, id(&linh)).await.unwrap();
        assert!(!is_session(&office, &session).await);
        assert!(who(&office, TokenKind::Api, token.token.expose()).await.is_none());
        assert!(actor_of_account(&anybody(&office), id(&linh)).await.unwrap().is_none());
        assert_eq!(live_feeds(&office, id(&linh)).await, 0);
        let again = linh_signs_in(&office, PASSWORD).await;
        assert!(matches!(again, Err(Failure::WrongCredentials)));

        keep::enable_account(&chief, id(&linh)).await.unwrap();
        assert!(!is_session(&office, &session).await, "what ended stays ended");
        let again = linh_signs_in(&office, PASSWORD).await;
        assert!(again.is_ok());
    }

    async fn nobody_raises_their_own_ceiling(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Amber).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        for (by, whose) in [(&chief, id(&chief)), (&admin, id(&admin)), (&admin, id(&chief))] {
            assert!(matches!(clearance::grant_ceiling(by, whose, "TLP:RED", "because").await, Err(Failure::Forbidden)));
        }
        // Nor by way of a role or of somebody invited for it.
        assert!(matches!(clearance::grant_role(&admin, id(&admin), Role::SecurityLead).await, Err(Failure::Forbidden)));
        assert!(matches!(clearance::grant_role(&chief, id(&chief), Role::SecurityLead).await, Err(Failure::Forbidden)));
        let straw = invitations::invite_account(&admin, invitation("straw", Role::ChiefOfProtocol)).await;
        assert!(matches!(straw, Err(Failure::Forbidden)));
        let high = InvitationInput { ceiling: "TLP:AMBER".into(), reason: "because".into(), ..invitation("high", Role::Staff) };
        assert!(matches!(invitations::invite_account(&admin, high.clone()).await, Err(Failure::Forbidden)));
        let invited = invitations::invite_account(&chief, high).await.unwrap();
        assert_eq!(keep::read_account(&admin, invited.account).await.unwrap().account.ceiling, Some(Marking::Amber));
        assert_eq!(office.again(id(&admin)).await.reader().ceiling(), Marking::Green);
    }

    async fn a_ceiling_is_granted_with_a_reason_and_falls_with_some_roles(engine) {
        let office = testing::office(engine).await;
        let security = in_force(&office, "security", Role::SecurityLead, Marking::Red).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let staff = in_force(&office, "staff", Role::Staff, Marking::Green).await;
        assert_eq!(problem(clearance::grant_ceiling(&security, id(&staff), "TLP:AMBER", "  ").await), ("reason".into(), Problem::ReasonNeeded));
        assert_eq!(problem(clearance::grant_ceiling(&security, id(&staff), "SECRET", "x").await), ("ceiling".into(), Problem::Unknown));
        clearance::grant_ceiling(&security, id(&staff), "TLP:AMBER", "joins the summit team").await.unwrap();
        assert_eq!(office.again(id(&staff)).await.reader().ceiling(), Marking::Amber);
        clearance::grant_role(&chief, id(&staff), Role::Press).await.unwrap();
        assert_eq!(office.again(id(&staff)).await.reader().ceiling(), Marking::Green);
        clearance::grant_ceiling(&chief, id(&staff), "TLP:AMBER", "holds the pool's list").await.unwrap();
        assert_eq!(office.again(id(&staff)).await.reader().ceiling(), Marking::Amber);
    }

    async fn removal_from_a_list_holds_in_the_next_request(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let text = |value: &str| Some(value.to_owned());
        let input = VisitInput {
            category: text("official"),
            title: text("Prime Minister of Viet Nam"),
            starts_on: text("2027-03-13"),
            ends_on: text("2027-03-18"),
            capital_zone: text("Asia/Ho_Chi_Minh"),
            capital: text("Hà Nội"),
            ..VisitInput::default()
        };
        let visit = visits::create_visit(&chief, input).await.unwrap().id;
        let chief = office.again(id(&chief)).await;
        assert!(visits::read_visit(&linh, visit).await.is_err());
        visits::grant_access(&chief, visit, id(&linh), "keeps the programme").await.unwrap();
        assert!(visits::read_visit(&office.again(id(&linh)).await, visit).await.is_ok());
        visits::revoke_access(&chief, visit, id(&linh)).await.unwrap();
        assert!(matches!(visits::read_visit(&office.again(id(&linh)).await, visit).await, Err(Failure::NotFound)));
    }

    async fn the_last_chief_and_the_last_administrator_stay(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        for (whose, role) in [(id(&chief), Role::ChiefOfProtocol), (id(&admin), Role::Administrator)] {
            assert_eq!(problem(keep::disable_account(&admin, whose).await), last_with_role());
            assert_eq!(problem(clearance::revoke_role(&admin, whose, role).await), last_with_role());
            let input = AccountInput { ends_on: Some("2027-03-10".into()), ..AccountInput::default() };
            assert_eq!(problem(keep::change_account(&admin, whose, input, &seen(&admin, whose).await).await), last_with_role());
        }
        let invited = invitations::invite_account(&chief, invitation("deputy", Role::ChiefOfProtocol)).await.unwrap();
        assert_eq!(problem(keep::disable_account(&admin, id(&chief)).await), last_with_role(), "who has not accepted keeps no office");
        accept(&office, &invited).await;
        keep::disable_account(&admin, id(&chief)).await.unwrap();
    }

    async fn an_address_changed_by_another_suspends_all_above_green(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let security = in_force(&office, "security", Role::SecurityLead, Marking::Red).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let (linh, session) = member(&office, &chief, "linh", Role::ProtocolOfficer).await;
        clearance::grant_ceiling(&chief, id(&linh), "TLP:AMBER", "keeps programmes").await.unwrap();
        with_a_feed(&office, id(&linh)).await;
        let input = AccountInput { email: Some("l.nguyen@test.chancery.example".into()), ..AccountInput::default() };
        let version = seen(&admin, id(&linh)).await;
        let changed = keep::change_account(&admin, id(&linh), input.clone(), &version).await.unwrap();
        assert!(changed.account.suspended_above_green && changed.account.ceiling == Some(Marking::Amber));
        assert!(matches!(keep::change_account(&admin, id(&linh), input.clone(), &version).await, Err(Failure::Stale)));
        assert!(matches!(keep::change_account(&admin, id(&linh), input, &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
        assert!(!is_session(&office, &session).await);
        assert_eq!(live_feeds(&office, id(&linh)).await, 0);
        assert_eq!(office.again(id(&linh)).await.reader().ceiling(), Marking::Green);

        for by in [&admin, &chief] {
            assert!(matches!(clearance::lift_suspension(by, id(&linh), "asked her").await, Err(Failure::Forbidden)));
        }
        assert_eq!(problem(clearance::lift_suspension(&security, id(&linh), "").await), ("reason".into(), Problem::ReasonNeeded));
        clearance::lift_suspension(&security, id(&linh), "asked her by telephone").await.unwrap();
        assert_eq!(office.again(id(&linh)).await.reader().ceiling(), Marking::Amber);
    }

    async fn a_password_chosen_by_anothers_link_suspends_all_above_green(engine) {
        let office = testing::office(engine).await;
        let security = in_force(&office, "security", Role::SecurityLead, Marking::Red).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let taken = invitations::renew_invitation(&admin, id(&security)).await.unwrap();
        let session = accept(&office, &taken).await;
        let intruder = office.again(id(&security)).await;
        assert_eq!(session.actor.reader().ceiling(), Marking::Green);
        assert!(matches!(clearance::grant_ceiling(&intruder, id(&admin), "TLP:RED", "because").await, Err(Failure::Forbidden)));
        assert!(matches!(clearance::lift_suspension(&intruder, id(&intruder), "because").await, Err(Failure::Forbidden)));
        clearance::lift_suspension(&chief, id(&security), "saw her do it").await.unwrap();
        assert_eq!(office.again(id(&security)).await.reader().ceiling(), Marking::Red);
    }

    async fn a_first_link_from_somebody_who_may_not_clear_suspends_too(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let invited = invitations::invite_account(&admin, invitation("linh", Role::ProtocolOfficer)).await.unwrap();
        clearance::grant_ceiling(&chief, invited.account, "TLP:AMBER", "keeps programmes").await.unwrap();
        accept(&office, &invited).await;
        assert_eq!(office.again(invited.account).await.reader().ceiling(), Marking::Green);
    }

    async fn a_missions_account_ends_and_is_confirmed_by_who_clears(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let mission = a_mission(&office).await;
        let input = InvitationInput { mission_id: mission.to_string(), ends_on: "2027-09-01".into(), ..invitation("vietnam", Role::MissionMember) };
        let unknown = InvitationInput { mission_id: Uuid::from_u128(99).to_string(), ..input.clone() };
        assert_eq!(problem(invitations::invite_account(&admin, unknown).await), ("mission_id".into(), Problem::Unknown));
        let invited = invitations::invite_account(&admin, input).await.unwrap();
        accept(&office, &invited).await;
        let account = keep::read_account(&admin, invited.account).await.unwrap().account;
        assert_eq!((account.ceiling, account.mission.map(|mission| mission.name)), (None, Some("Consulate General of Viet Nam".into())));
        assert_eq!(office.again(invited.account).await.reader().ceiling(), Marking::Green);
        assert!(matches!(clearance::confirm_account(&admin, invited.account).await, Err(Failure::Forbidden)));
        clearance::confirm_account(&chief, invited.account).await.unwrap();
        assert_eq!(office.again(invited.account).await.reader().ceiling(), Marking::Amber);
        clearance::withdraw_confirmation(&chief, invited.account).await.unwrap();
        assert_eq!(office.again(invited.account).await.reader().ceiling(), Marking::Green);
        assert_eq!(problem(clearance::grant_role(&admin, invited.account, Role::Staff).await), ("roles".into(), Problem::Unknown));
        assert_eq!(problem(clearance::grant_ceiling(&chief, invited.account, "TLP:RED", "x").await), ("ceiling".into(), Problem::MarkingRefused));
        by_hand(&office, "UPDATE accounts SET ends_on = '2027-03-08' WHERE office_id = $1 AND id = $2", values![invited.account]).await;
        assert!(actor_of_account(&anybody(&office), invited.account).await.unwrap().is_none(), "its last day was yesterday");
    }

    async fn accounts_are_shown_to_who_keeps_them_and_to_their_owner(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let security = in_force(&office, "security", Role::SecurityLead, Marking::Red).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        for by in [&chief, &security] {
            let all = keep::list_accounts(by).await.unwrap();
            assert_eq!(all.iter().map(|listing| listing.account.name.as_str()).collect::<Vec<_>>(), ["chief", "linh", "security"]);
            assert_eq!(all[1].account.ceiling, Some(Marking::Amber));
        }
        assert!(matches!(keep::list_accounts(&linh).await, Err(Failure::Forbidden)));
        assert!(matches!(keep::read_account(&linh, id(&chief)).await, Err(Failure::Forbidden)));
        assert!(matches!(keep::list_accounts(&anybody(&office)).await, Err(Failure::SignIn)));
        assert_eq!(keep::read_own_account(&linh).await.unwrap().account.ceiling, Some(Marking::Amber));
        assert_eq!(keep::list_colleagues(&linh).await.unwrap().len(), 3);
        assert!(matches!(keep::disable_account(&security, id(&linh)).await, Err(Failure::Forbidden)), "who clears does not keep accounts");
    }

    async fn another_password_ends_the_other_sessions(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let (linh, first) = member(&office, &chief, "linh", Role::ProtocolOfficer).await;
        let second = linh_signs_in(&office, PASSWORD).await.unwrap();
        let own = sessions::list_own_sessions(&linh, &first.signed_in).await.unwrap();
        assert_eq!((own.len(), own.iter().filter(|session| session.is_current).count()), (2, 1));

        let wrong = PasswordChange { present: ANOTHER, chosen: ANOTHER, from: HERE };
        assert_eq!(problem(own_password::change_own_password(&linh, &second.signed_in, wrong).await), ("present".into(), Problem::WrongPassword));
        let common = PasswordChange { present: PASSWORD, chosen: "passwordpassword", from: HERE };
        assert_eq!(problem(own_password::change_own_password(&linh, &second.signed_in, common).await), ("password".into(), Problem::TooCommon));
        let right = PasswordChange { present: PASSWORD, chosen: ANOTHER, from: HERE };
        own_password::change_own_password(&linh, &second.signed_in, right).await.unwrap();
        assert!(is_session(&office, &second).await && !is_session(&office, &first).await);
        assert!(!keep::read_own_account(&linh).await.unwrap().account.suspended_above_green, "it is the owner's own doing");
        let third = linh_signs_in(&office, ANOTHER).await.unwrap();

        assert!(matches!(sessions::end_session(&chief, third.signed_in.session).await, Err(Failure::NotFound)), "not the chief's own");
        sessions::end_session(&linh, third.signed_in.session).await.unwrap();
        assert!(!is_session(&office, &third).await);
        sessions::end_sessions_of(&chief, id(&linh)).await.unwrap();
        assert!(!is_session(&office, &second).await);
    }

    async fn a_token_is_shown_once_and_lives_while_it_is_idle(engine) {
        let office = testing::office(engine).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let mai = in_force(&office, "mai", Role::ProtocolOfficer, Marking::Amber).await;
        assert_eq!(problem(api_tokens::make_token(&linh, " ").await), ("label".into(), Problem::Missing));
        let made = api_tokens::make_token(&linh, "calendar bridge").await.unwrap();
        assert_eq!(api_tokens::list_tokens(&linh).await.unwrap(), std::slice::from_ref(&made.view));
        let bridge = || who(&office, TokenKind::Api, made.token.expose());
        assert!(who(&office, TokenKind::Session, made.token.expose()).await.is_none(), "of another kind");
        by_hand(&office, "UPDATE sessions SET seen_at = $2 WHERE office_id = $1", values![testing::now() - TimeDelta::days(90)]).await;
        assert!(bridge().await.is_some());
        assert!(bridge().await.is_some(), "being seen does not shorten its life");
        assert_eq!(api_tokens::list_tokens(&linh).await.unwrap()[0].ends_at, made.view.ends_at);
        assert!(sessions::list_own_sessions(&linh, &bridge().await.unwrap().1).await.unwrap().is_empty());
        assert!(matches!(api_tokens::revoke_token(&mai, made.view.id).await, Err(Failure::NotFound)));
        api_tokens::revoke_token(&linh, made.view.id).await.unwrap();
        assert!(bridge().await.is_none());
        assert!(matches!(api_tokens::revoke_token(&linh, TokenId(Uuid::from_u128(99))).await, Err(Failure::NotFound)));
    }

    async fn a_draft_is_its_sessions_own_for_an_hour(engine) {
        let office = testing::office(engine).await;
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let (linh, session) = member(&office, &chief, "linh", Role::ProtocolOfficer).await;
        let (_, other) = member(&office, &chief, "mai", Role::ProtocolOfficer).await;
        let own = Some(session.signed_in.session);
        let draft = form_drafts::keep(&linh, own, "{\"title\":\"Lunch\"}").await.unwrap();
        assert_eq!(form_drafts::recall(&linh, own, draft).await.unwrap().as_deref(), Some("{\"title\":\"Lunch\"}"));
        assert_eq!(form_drafts::recall(&linh, Some(other.signed_in.session), draft).await.unwrap(), None);
        assert_eq!(form_drafts::recall(&linh, None, draft).await.unwrap(), None);
        by_hand(&office, "UPDATE form_drafts SET ends_at = $2 WHERE office_id = $1", values![testing::now()]).await;
        assert_eq!(form_drafts::recall(&linh, own, draft).await.unwrap(), None);
        let nobodys = form_drafts::keep(&anybody(&office), None, "{}").await.unwrap();
        assert_eq!(form_drafts::recall(&anybody(&office), None, nobodys).await.unwrap().as_deref(), Some("{}"));
        let row: Option<(i64,)> = linh.read().await.unwrap().optional("SELECT COUNT(*) FROM form_drafts WHERE office_id = $1", values![linh.office_id()]).await.unwrap();
        assert_eq!(row, Some((1,)), "what is over is forgotten");
    }

    async fn a_retry_does_not_do_it_twice(engine) {
        let office = testing::office(engine).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let request = RequestHash::of("POST", "/api/v1/tokens", b"{}");
        let begun = begun(&linh, request).await;
        assert!(matches!(idempotency::begin(&linh, "one", request).await.unwrap(), Idempotency::UnderWay));
        let made = api_tokens::make_token(&begun.context(), "bridge").await.unwrap();
        let thing = Some(made.view.id.uuid());
        let is_known = async |status| match idempotency::begin(&linh, "one", request).await.unwrap() {
            Idempotency::Replay(replay) => assert_eq!(replay, Replay { status, thing }),
            other => panic!("{other:?}"),
        };
        // The server ended before it answered: the retry knows all the same.
        is_known(None).await;
        begun.finish(201, None).await.unwrap();
        is_known(Some(201)).await;
        let other = RequestHash::of("POST", "/api/v1/tokens", b"{ }");
        assert!(matches!(idempotency::begin(&linh, "one", other).await, Err(Failure::KeyReused)));
        let mai = in_force(&office, "mai", Role::ProtocolOfficer, Marking::Amber).await;
        assert!(matches!(idempotency::begin(&mai, "one", other).await.unwrap(), Idempotency::New(_)), "another account's key");
        by_hand(&office, "UPDATE idempotency_keys SET ends_at = $2 WHERE office_id = $1", values![testing::now()]).await;
        assert!(matches!(idempotency::begin(&linh, "one", other).await.unwrap(), Idempotency::New(_)), "a day later");
    }

    async fn a_refused_request_leaves_its_key_free(engine) {
        let office = testing::office(engine).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let request = RequestHash::of("POST", "/api/v1/tokens", b"{}");
        let begun = begun(&linh, request).await;
        assert!(api_tokens::make_token(&begun.context(), "").await.is_err());
        begun.abandon().await.unwrap();
        assert!(matches!(idempotency::begin(&linh, "one", request).await.unwrap(), Idempotency::New(_)));
        by_hand(&office, "UPDATE idempotency_keys SET began_at = $2 WHERE office_id = $1", values![testing::now() - TimeDelta::minutes(3)]).await;
        assert!(matches!(idempotency::begin(&linh, "one", request).await.unwrap(), Idempotency::New(_)), "the server ended before anything was done");
        let chief = in_force(&office, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        clearance::grant_ceiling(&chief, id(&linh), "TLP:GREEN", "left the team").await.unwrap();
        let less = office.again(id(&linh)).await;
        assert!(matches!(idempotency::begin(&less, "one", request).await.unwrap(), Idempotency::New(_)), "with other rights it is another key");
        for wrong in ["", "a b", &"x".repeat(256)] {
            assert_eq!(problem(idempotency::begin(&linh, wrong, request).await).0, "Idempotency-Key");
        }
    }

    async fn who_goes_away_in_the_middle_is_not_in_the_way_of_the_retry(engine) {
        let office = testing::office(engine).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let request = RequestHash::of("POST", "/api/v1/tokens", b"{}");
        let make = |context: RequestContext| async move { Ok(api_tokens::make_token(&context, "bridge").await?.view.id.uuid()) };
        // Nothing was done yet when the browser went away.
        drop(begun(&linh, request).await);
        let first = idempotency::made_once(&linh, "one", request, make).await.unwrap();
        // It was done, and not answered: what was done is known.
        let again = RequestHash::of("POST", "/api/v1/tokens", b"{ }");
        let Idempotency::New(second) = idempotency::begin(&linh, "two", again).await.unwrap() else { panic!("it is new") };
        let made = api_tokens::make_token(&second.context(), "bridge").await.unwrap().view.id.uuid();
        drop(second);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(idempotency::made_once(&linh, "two", again, make).await.unwrap(), made);
        assert_ne!(first, made);
    }

    async fn the_office_is_changed_by_who_may_and_saw_it(engine) {
        let office = testing::office(engine).await;
        let admin = in_force(&office, "admin", Role::Administrator, Marking::Green).await;
        let linh = in_force(&office, "linh", Role::ProtocolOfficer, Marking::Amber).await;
        let version = Seen::from_form(ETag::of(&offices::read_office(&linh).await.unwrap()).unwrap().as_str());
        let input = OfficeInput { name: Some("Protocol".into()), zone: Some("America/Mexico_City".into()), ..OfficeInput::default() };
        assert!(matches!(offices::change_office(&linh, input.clone(), &version).await, Err(Failure::Forbidden)));
        let nowhere = OfficeInput { zone: Some("America/Nowhere".into()), ..OfficeInput::default() };
        assert_eq!(problem(offices::change_office(&admin, nowhere, &version).await), ("zone".into(), Problem::UnknownZone));
        let changed = offices::change_office(&admin, input.clone(), &version).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.host.as_str()), ("Protocol", "City of Los Angeles"));
        assert!(matches!(offices::change_office(&admin, input, &version).await, Err(Failure::Stale)));
        assert_eq!(offices::read_office(&linh).await.unwrap(), changed);
    }
}

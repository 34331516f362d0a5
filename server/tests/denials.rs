//! Every way in refuses who has not signed in and who has the wrong role: each operation of the API, each page, each server
//! function, each role. What is open to anybody is said to be so in the list of examples, and is nothing else.

mod support;

use app::errors::AppError;
use axum::http::{Method, StatusCode, header};
use backend::{
    accounts::keep,
    testing::{self, Engine},
    visits,
};
use domain::{accounts::Role, marking::Marking, permission::role_allows};
use leptos::{
    prelude::{Owner, provide_context},
    reactive::computed::ScopedFuture,
};
use std::collections::{BTreeMap, BTreeSet};
use support::{
    Answer, Asker, House,
    examples::{self, Example, Refuses},
    guarded::{self, Guarded},
    rights::{BY_NO_ROLE, NEEDS, OF_SECURITY},
};

async fn guarded() -> Guarded {
    guarded::guarded(Marking::Green).await
}

fn everything() -> Vec<Example> {
    [examples::operations(), examples::functions(), examples::pages(), examples::plain()].concat()
}

fn is_refused(answer: &Answer) -> bool {
    matches!(answer.status.as_u16(), 403 | 404)
        && !["Quill meeting", "Quill briefing", "Quill works"].iter().any(|told| answer.text().contains(told))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_signed_in_is_refused_everywhere() {
    let guarded = guarded().await;
    let nobody = House::nobody();
    let mut let_in = Vec::new();
    for example in [examples::operations(), examples::functions()].concat() {
        let answer = guarded.ask(&nobody, &example).await;
        let is_refused = match example.refuses {
            Refuses::NotEvenStrangers => !answer.status.is_server_error(),
            // What is asked of one visit may be answered as if there were none.
            Refuses::Strangers | Refuses::Also(_) => matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND),
        };
        if !is_refused || !Guarded::holds_nothing(&answer) {
            let_in.push(format!("{}: {} {}", example.of, answer.status, answer.text()));
        }
    }
    for example in [examples::pages(), examples::plain()].concat() {
        let path = example.path_with(&guarded.things);
        // A browser is led to the sign-in page; whoever asks for no page is sent none.
        let answer =
            if example.method == Method::POST { guarded.send_file(&nobody, &path).await } else { guarded.house.page(&nobody, &path).await };
        let led = answer.headers.get(header::LOCATION).is_some_and(|to| to.to_str().unwrap().starts_with("/sign-in"));
        let raw = guarded.house.ask(&nobody, example.method.clone(), &path, None, &[]).await;
        let is_refused = match example.refuses {
            Refuses::NotEvenStrangers => !answer.status.is_server_error(),
            Refuses::Strangers | Refuses::Also(_) => (led || answer.status == StatusCode::UNAUTHORIZED) && !raw.status.is_success(),
        };
        if !is_refused || !Guarded::holds_nothing(&answer) || !Guarded::holds_nothing(&raw) {
            let_in.push(format!("{}: {} {} {}", example.of, answer.status, raw.status, raw.text()));
        }
    }
    assert!(let_in.is_empty(), "{}", let_in.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_on_no_list_is_refused_everywhere() {
    let guarded = guarded().await;
    let house = &guarded.house;
    let askers = BTreeMap::from([
        ("staff", house.account("staff", Role::Staff, Marking::Green, None).await),
        ("auditor", house.account("auditor", Role::Auditor, Marking::Green, None).await),
        ("mission", house.account("mission", Role::MissionHead, Marking::Clear, Some(guarded.mission)).await),
    ]);
    let mut let_in = Vec::new();
    for example in everything() {
        let Refuses::Also(name) = example.refuses else { continue };
        let answer = guarded.ask(&askers[name], &example).await;
        if !is_refused(&answer) {
            let_in.push(format!("{} by {name}: {} {}", example.of, answer.status, answer.text()));
        }
    }
    assert!(let_in.is_empty(), "{}", let_in.join("\n"));
}

/// Somebody of each role, who may read as high as that role may and is on the visit's list, so that nothing but the role refuses.
async fn one_of_each_role(guarded: &Guarded) -> Vec<(Role, Asker)> {
    let by_chief = guarded.house.context(&guarded.chief).await;
    let mut all = Vec::new();
    for role in Role::ALL {
        let mission = role.is_of_a_mission().then_some(guarded.mission);
        let ceiling = if mission.is_some() { Marking::Clear } else { Marking::Red };
        let asker = guarded.house.account(role.word(), *role, ceiling, mission).await;
        if mission.is_none() {
            visits::grant_access(&by_chief, guarded.visit, asker.account.unwrap(), "takes part").await.unwrap();
        }
        all.push((*role, asker));
    }
    all
}

/// Whether a role may have something done by what is registered of it; nothing where nothing is.
fn may(role: Role, of: &str) -> Option<bool> {
    let rights = NEEDS.iter().find(|(_, all)| all.contains(&of)).map(|(rights, _)| rights);
    let by_right = rights.map(|rights| rights.iter().any(|right| role_allows(role, *right)));
    let by_none = BY_NO_ROLE.contains(&of).then_some(false);
    by_right.or(by_none).or_else(|| OF_SECURITY.contains(&of).then_some(role == Role::SecurityLead))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_that_lacks_a_right_is_refused_what_needs_it() {
    let guarded = guarded().await;
    let everybody = one_of_each_role(&guarded).await;
    let all: Vec<Example> = everything().into_iter().filter(|example| matches!(example.refuses, Refuses::Also(_))).collect();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for example in &all {
        let of = example.of.as_str();
        for (role, asker) in &everybody {
            match may(*role, of) {
                None => wrong.push(format!("say in server/tests/support/rights.rs which right {of} needs")),
                Some(true) => {}
                Some(false) => {
                    tried += 1;
                    let answer = guarded.ask(asker, example).await;
                    if !is_refused(&answer) {
                        wrong.push(format!("{of} by {}: {} {}", role.word(), answer.status, answer.text()));
                    }
                }
            }
        }
    }
    wrong.dedup();
    let known: BTreeSet<&str> = all.iter().map(|example| example.of.as_str()).collect();
    let registered = NEEDS.iter().flat_map(|(_, all)| *all).chain(BY_NO_ROLE).chain(OF_SECURITY);
    wrong.extend(registered.filter(|of| !known.contains(**of)).map(|of| format!("nothing is {of} any more, or it refuses nobody by role")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 1_000, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_one_that_these_tests_know() {
    let guarded = guarded().await;
    examples::all_routes_are_registered(&guarded.house.router);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_function_sends_no_view_that_was_made_for_another() {
    let office = testing::office(Engine::Sqlite).await;
    let owner = office.signed_in("owner", Role::Staff, Marking::Green).await;
    let other = office.signed_in("other", Role::ChiefOfProtocol, Marking::Red).await;
    let view = keep::read_own_account(&owner).await.unwrap().account;
    for (reader, is_sent) in [(&owner, true), (&other, false)] {
        let (mut parts, ()) = axum::http::Request::new(()).into_parts();
        parts.extensions.insert(reader.clone());
        let view = view.clone();
        let answer = Owner::new().with(|| {
            provide_context(parts);
            ScopedFuture::new(app::errors::answer(async { Ok(view) }))
        });
        let reference = reader.request_id().to_string();
        match answer.await {
            Ok(view) => assert!(is_sent && view.email.as_str().starts_with("owner@")),
            Err(error) => assert!(!is_sent && error == AppError::Failed { reference }, "{error:?}"),
        }
    }
}

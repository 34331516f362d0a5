//! What one may not know of and what is not there are told apart by nothing: not by the answer, and not by the statements that are run
//! for it, by which one could be slower than the other.

mod support;

use axum::http::{HeaderMap, header};
use backend::{database::Statements, delegations, missions, programme, tasks, visits};
use domain::{
    accounts::Role, delegations::input::DelegateInput, ids::VisitId, marking::Marking, missions::input::MissionInput,
    programme::input::ItemInput, tasks::input::TaskInput, visits::input::VisitInput,
};
use std::collections::{BTreeMap, BTreeSet};
use support::{
    Answer, Asker,
    examples::{self, Example, QUERIES, Things},
    guarded::{Guarded, at, guarded, text},
};
use uuid::Uuid;

/// What staff, cleared to TLP:GREEN and on no list, may not know of.
const HIDDEN_FROM_STAFF: &[&str] = &[
    "visit",
    "item",
    "delegate",
    "task",
    "account",
    "feed",
    "token",
    "booking",
    "approval",
    "news",
    "release",
    "series",
    "door_plan",
    "own_day",
];

/// What besides a mission's account may not know of. That a room is closed is told to the whole office, without the cause.
const HIDDEN_FROM_MISSIONS: &[&str] = &["site", "room", "person", "mission", "blackout"];

/// What lies in a visit that is known, and is hidden itself.
const IN_A_KNOWN_VISIT: &[&str] = &["item", "delegate", "task"];

/// The words of things that an example names.
fn named_in(example: &Example) -> BTreeSet<String> {
    let mut text = example.path.clone();
    text.push_str(example.body.as_deref().unwrap_or_default());
    example.arguments.iter().for_each(|(_, value)| text.push_str(value));
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word.to_owned()).collect()
}

/// All there is to ask, also with queries.
fn everything() -> Vec<Example> {
    let all = [examples::operations(), examples::functions(), examples::pages(), examples::plain()].concat();
    let with_queries = all.iter().flat_map(|example| {
        let queries = QUERIES.iter().filter(|(path, _)| *path == example.path);
        queries.map(|(_, query)| Example {
            path: format!("{}{query}", example.path),
            of: format!("{}{query}", example.of),
            ..example.clone()
        })
    });
    all.iter().cloned().chain(with_queries).collect()
}

/// What must be the same: the answer but for what is random by design and for the identifiers that were asked for, and the statements.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
    statements: Vec<&'static str>,
}

fn random_in(headers: &HeaderMap) -> Vec<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let policy = text(header::CONTENT_SECURITY_POLICY.as_str());
    let mut random: Vec<String> = policy.split("'nonce-").skip(1).filter_map(|rest| rest.split('\'').next()).map(str::to_owned).collect();
    random.push(text("x-request-id"));
    random.retain(|text| !text.is_empty());
    random
}

/// The keys against doing a thing twice, which a page has anew each time.
fn keys_in(body: &str) -> Vec<String> {
    let after = body.split("once").skip(1).filter_map(|rest| rest.trim_start_matches(['\\', '"', ':', '=']).get(..36));
    after.filter(|key| key.parse::<Uuid>().is_ok()).map(str::to_owned).collect()
}

impl Told {
    fn of(answer: &Answer, mut statements: Vec<&'static str>, example: &Example, ids: &[Uuid]) -> Self {
        let mut random = random_in(&answer.headers);
        random.extend(keys_in(&answer.text()));
        random.extend(ids.iter().map(Uuid::to_string));
        // As an address has it in its query.
        random.extend(ids.iter().map(|id| id.to_string().replace('-', "%2D")));
        let without = |text: &str| random.iter().fold(text.to_owned(), |text, random| text.replace(random, "ANY"));
        let headers =
            answer.headers.iter().map(|(name, value)| (name.to_string(), without(&String::from_utf8_lossy(value.as_bytes())))).collect();
        // What a page needs is read side by side.
        if example.of.starts_with("page ") {
            statements.sort_unstable();
        }
        Self { status: answer.status.as_u16(), headers, body: without(&answer.text()), statements }
    }

    /// What of it is not the same.
    fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        if self.status != other.status {
            return Some(format!("answered {}, where nothing is {}", self.status, other.status));
        }
        if self.body != other.body || self.headers != other.headers {
            let at = self.body.bytes().zip(other.body.bytes()).take_while(|(one, two)| one == two).count();
            let near = |body: &str| body.get(at.saturating_sub(40)..).unwrap_or(body).chars().take(160).collect::<String>();
            return Some(format!("says {:?}, where nothing is {:?}", near(&self.body), near(&other.body)));
        }
        let at = self.statements.iter().zip(&other.statements).take_while(|(one, two)| one == two).count();
        let rest = |all: &[&'static str]| all.iter().skip(at).map(|sql| sql.chars().take(120).collect()).collect::<Vec<String>>();
        Some(format!("after {at} statements runs {:#?}, where nothing is {:#?}", rest(&self.statements), rest(&other.statements)))
    }
}

/// Asks, and keeps the statements that were run for it.
async fn told(guarded: &Guarded, asker: &Asker, example: &Example, things: &Things, ids: &[Uuid]) -> Told {
    let statements = Statements::kept();
    let answer = statements.counted(guarded.ask_about(asker, example, things)).await;
    Told::of(&answer, statements.texts(), example, ids)
}

/// Compares what is answered about things that are hidden and about things that are not there; says what differs.
async fn compared(guarded: &Guarded, asker: &Asker, hidden: &Things, words: &[&'static str]) -> BTreeMap<String, String> {
    let ids: Vec<(&'static str, Uuid)> = words.iter().map(|word| (*word, Uuid::new_v4())).collect();
    let missing = ids.iter().fold(hidden.clone(), |things, (word, id)| things.with(word, id));
    let mut all: Vec<Uuid> = ids.iter().map(|(_, id)| *id).collect();
    all.extend(words.iter().filter_map(|word| hidden.put_into(&format!("{{{word}}}")).parse::<Uuid>().ok()));
    let mut differ = BTreeMap::new();
    let mut asked = 0;
    for example in everything() {
        if !named_in(&example).iter().any(|word| words.contains(&word.as_str())) {
            continue;
        }
        asked += 1;
        // What is read once and kept at hand is at hand for both.
        told(guarded, asker, &example, &missing, &all).await;
        let of_hidden = told(guarded, asker, &example, hidden, &all).await;
        let of_missing = told(guarded, asker, &example, &missing, &all).await;
        assert!(of_missing.status < 500, "{}: {}", example.of, of_missing.body);
        if let Some(difference) = of_hidden.difference(&of_missing) {
            differ.insert(example.of.clone(), difference);
        }
    }
    assert!(asked > 20, "{asked}");
    differ
}

/// A visit that the whole office knows of, with a line, a delegate and a task that it does not.
async fn hidden_in_a_known_visit(guarded: &Guarded) -> (VisitId, Things) {
    let by_chief = guarded.house.context(&guarded.chief).await;
    let visit = VisitInput {
        category: text("working"),
        state: text("confirmed"),
        title: text("Open guest"),
        starts_on: text("2027-03-15"),
        ends_on: text("2027-03-17"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        markings: BTreeMap::from([("existence".to_owned(), "TLP:GREEN".to_owned())]),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&by_chief, visit).await.unwrap().id;
    let by_chief = guarded.house.context(&guarded.chief).await;
    let line = ItemInput {
        kind: text("bilateral"),
        title: text("Quill meeting"),
        starts: at("2027-03-15T10:00"),
        ends: at("2027-03-15T11:00"),
        room_id: text(&guarded.things.put_into("{room}")),
        state: text("firm"),
        markings: BTreeMap::from([("existence".to_owned(), "TLP:AMBER+STRICT".to_owned())]),
        ..ItemInput::default()
    };
    let item = programme::add_programme_item(&by_chief, visit, line).await.unwrap().view.id;
    let delegate = DelegateInput {
        // Nobody is put into the directory by what so few may read.
        person_id: text(&guarded.things.put_into("{person}")),
        role: text("official"),
        delegation: text("Viet Nam"),
        marking: text("TLP:AMBER+STRICT"),
        ..DelegateInput::default()
    };
    let delegate = delegations::add_delegate(&by_chief, visit, delegate).await.unwrap().id;
    let task =
        TaskInput { words: text("Quill gifts"), due_on: text("2027-03-01"), marking: text("TLP:AMBER+STRICT"), ..TaskInput::default() };
    let task = tasks::add_task(&by_chief, visit, task).await.unwrap().id;
    let things = guarded.things.clone().with("visit", visit).with("item", item).with("delegate", delegate).with("task", task);
    (visit, things)
}

fn nothing_is_told_apart(differ: &BTreeMap<String, String>) {
    let differ: Vec<String> = differ.iter().map(|(of, difference)| format!("{of}: {difference}")).collect();
    assert!(differ.is_empty(), "what is hidden and what is not there are told apart:\n{}", differ.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn to_staff_what_is_hidden_is_as_if_it_were_not_there() {
    let guarded = guarded(Marking::Amber).await;
    let staff = guarded.house.account("staff", Role::Staff, Marking::Green, None).await;
    nothing_is_told_apart(&compared(&guarded, &staff, &guarded.things, HIDDEN_FROM_STAFF).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_staff_what_is_hidden_in_a_visit_they_know_is_as_if_it_were_not_there() {
    let guarded = guarded(Marking::Amber).await;
    let staff = guarded.house.account("staff", Role::Staff, Marking::Green, None).await;
    let (_, things) = hidden_in_a_known_visit(&guarded).await;
    nothing_is_told_apart(&compared(&guarded, &staff, &things, IN_A_KNOWN_VISIT).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_an_officer_what_is_hidden_in_a_visit_of_theirs_is_as_if_it_were_not_there() {
    let guarded = guarded(Marking::Amber).await;
    let officer = guarded.house.account("officer", Role::ProtocolOfficer, Marking::Amber, None).await;
    let (visit, things) = hidden_in_a_known_visit(&guarded).await;
    let by_chief = guarded.house.context(&guarded.chief).await;
    visits::grant_access(&by_chief, visit, officer.account.unwrap(), "takes part").await.unwrap();
    nothing_is_told_apart(&compared(&guarded, &officer, &things, IN_A_KNOWN_VISIT).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_mission_what_is_hidden_is_as_if_it_were_not_there() {
    let guarded = guarded(Marking::Amber).await;
    let own = MissionInput {
        name: text("Consulate General of Peru"),
        kind: text("consulate_general"),
        country: text("PE"),
        country_name: text("Peru"),
        capital_zone: text("America/Lima"),
        ..MissionInput::default()
    };
    let own = missions::create_mission(&guarded.house.context(&guarded.chief).await, own).await.unwrap().id;
    let mission = guarded.house.account("mission", Role::MissionHead, Marking::Clear, Some(own)).await;
    let words = [HIDDEN_FROM_STAFF, HIDDEN_FROM_MISSIONS].concat();
    nothing_is_told_apart(&compared(&guarded, &mission, &guarded.things, &words).await);
}

//! Hostile text in every field of every form, as a browser without scripts posts it: nothing fails, what is taken is text, and every page
//! that shows it shows it as text.
//!
//! The forms are those that the examples register, and those that stand on the pages themselves, with all their fields.

mod support;

use axum::http::{Method, header};
use backend::{accounts::clearance, database::Connection, values};
use domain::{accounts::Role, marking::Marking};
use std::collections::{BTreeMap, BTreeSet};
use support::{
    Answer, Asker, House, encoded,
    examples::{self, Example},
    guarded::{Guarded, guarded},
};

/// Markup that ends the element it stands in. The word is looked for in what is sent.
const MARKUP: &str = "</textarea></script><script>hostile()</script>\"'><img src=x onerror=hostile()>";

/// What must stand in no page: markup that was not made text.
const UNESCAPED: [&str; 3] = ["<script>hostile", "</textarea></script><script>", "<img src=x"];

/// The same as text.
const ESCAPED: &str = "&lt;script&gt;hostile";

/// Turns the text after it round (Unicode, UAX 9): a name could be read as another.
const TURNED: &str = "hostile\u{202E}gnp.exe";

const CONTROL: &str = "hostile\u{0}\u{7}\u{1b}[2J\r\nX-Hostile: yes";

/// What is tried of an office changes it; what ends or takes away something comes last, so that the rest has something to try.
const ENDS: [&str; 12] = [
    "remove_",
    "cancel_",
    "revoke_",
    "retire_",
    "end_",
    "do_with_",
    "decline_",
    "approve_",
    "close_",
    "change_role",
    "change_ceiling",
    "sign_in",
];

/// A form as it is posted.
#[derive(Debug, Clone)]
struct Form {
    path: String,
    fields: Vec<(String, String)>,
    /// The fields that one writes in; of the others a browser gives the value.
    written: BTreeSet<String>,
    /// The page it stands on, if it stands on one.
    page: Option<String>,
}

impl Form {
    /// The same with another value in one field.
    fn with(&self, name: &str, value: &str) -> Self {
        let put = |(field, old): &(String, String)| (field.clone(), if field == name { value.to_owned() } else { old.clone() });
        Self { fields: self.fields.iter().map(put).collect(), ..self.clone() }
    }

    /// The same with a field given as another type.
    fn with_field(&self, name: &str, fields: &[(&str, &str)]) -> Self {
        let others = self.fields.iter().filter(|(field, _)| field != name).cloned();
        let given = fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Self { fields: others.chain(given).collect(), ..self.clone() }
    }

    fn name(&self) -> &str {
        self.path.trim_start_matches("/api/").trim_end_matches(|letter: char| letter.is_ascii_digit())
    }

    fn ends_something(&self) -> bool {
        ENDS.iter().any(|start| self.name().starts_with(start))
    }
}

/// A start tag of a page, with its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: BTreeMap<&'a str, String>,
    /// What comes after it.
    rest: &'a str,
}

fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The start tags of a page in their order (HTML, 13.1.2.1), as far as pages of ours write them.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut all = Vec::new();
    for (start, _) in page.match_indices('<') {
        let tag = &page[start + 1..];
        let name = tag.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        let (mut attributes, mut rest) = (BTreeMap::new(), &tag[name.len()..]);
        loop {
            rest = rest.trim_start();
            let length = rest.find(|letter: char| "=> ".contains(letter)).unwrap_or(rest.len());
            let (attribute, after) = rest.split_at(length);
            if attribute.is_empty() {
                break;
            }
            let Some(quoted) = after.strip_prefix("=\"") else {
                attributes.insert(attribute, String::new());
                rest = after.strip_prefix('=').unwrap_or(after);
                continue;
            };
            let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            attributes.insert(attribute, unescaped(value));
            rest = after;
        }
        all.push(Tag { name, attributes, rest: rest.strip_prefix('>').unwrap_or(rest) });
    }
    all
}

/// The forms of a page that are posted to server functions, with what each field holds.
fn forms_on(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut is_open = false;
    let mut select: Option<String> = None;
    for tag in tags(page) {
        let of = |name: &str| tag.attributes.get(name).cloned();
        let has = |name: &str| tag.attributes.contains_key(name);
        match tag.name {
            "form" => {
                let action = of("action").unwrap_or_default();
                is_open = action.starts_with("/api/") && of("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                if is_open {
                    forms.push(Form { path: action, fields: Vec::new(), written: BTreeSet::new(), page: None });
                }
            }
            _ if !is_open => {}
            "input" => {
                let kind = of("type").unwrap_or_default();
                let is_sent =
                    !matches!(kind.as_str(), "submit" | "file") && (!matches!(kind.as_str(), "checkbox" | "radio") || has("checked"));
                if let (true, Some(name), Some(form)) = (is_sent, of("name"), forms.last_mut()) {
                    if !matches!(kind.as_str(), "hidden" | "checkbox" | "radio") {
                        form.written.insert(name.clone());
                    }
                    form.fields.push((name, of("value").unwrap_or_default()));
                }
            }
            "textarea" => {
                if let (Some(name), Some(form)) = (of("name"), forms.last_mut()) {
                    form.written.insert(name.clone());
                    form.fields.push((name, unescaped(tag.rest.split("</textarea").next().unwrap_or_default())));
                }
            }
            "select" => select = of("name"),
            "option" => {
                if let (Some(name), Some(form)) = (&select, forms.last_mut()) {
                    let known = form.fields.iter().position(|(field, _)| field == name);
                    let value = of("value").unwrap_or_default();
                    match known {
                        None => form.fields.push((name.clone(), value)),
                        Some(place) if has("selected") => form.fields[place].1 = value,
                        Some(_) => {}
                    }
                }
            }
            _ => {}
        }
    }
    forms.retain(|form| !form.fields.is_empty());
    forms
}

/// An office, and somebody who may do nearly everything there.
struct Desk {
    guarded: Guarded,
}

impl Desk {
    async fn open() -> Self {
        let mut guarded = guarded(Marking::Green).await;
        let (house, chief) = (&guarded.house, guarded.chief.account.unwrap());
        for role in [Role::RoomsManager, Role::Administrator, Role::SecurityLead] {
            clearance::grant_role(&house.office.operator, chief, role).await.unwrap();
        }
        // What is done to an account is done to another.
        let other = house.account("other", Role::Staff, Marking::Green, None).await;
        guarded.things = guarded.things.clone().with("account", other.account.unwrap());
        Self { guarded }
    }

    fn house(&self) -> &House {
        &self.guarded.house
    }

    fn chief(&self) -> &Asker {
        &self.guarded.chief
    }

    /// How many revisions of things there are: whatever is taken leaves one.
    async fn revisions(&self) -> i64 {
        let operator = &self.house().office.operator;
        let counted: Vec<(i64,)> = operator.read().await.unwrap().all("SELECT COUNT(*) FROM revisions", values![]).await.unwrap();
        counted[0].0
    }

    fn pages(&self) -> Vec<String> {
        examples::pages().iter().map(|example| example.path_with(&self.guarded.things)).collect()
    }

    /// The forms that the examples register: whatever a page has no form for when it is looked at has one here.
    fn registered(&self) -> Vec<Form> {
        let is_form = |example: &&Example| !example.of.starts_with("function load_") && !example.arguments.is_empty();
        let form = |example: &Example| Form {
            path: example.path_with(&self.guarded.things),
            fields: example.arguments_with(&self.guarded.things),
            written: example.arguments.iter().map(|(name, _)| (*name).to_owned()).collect(),
            page: None,
        };
        examples::functions().iter().filter(is_form).map(form).collect()
    }

    /// All forms, each with the fields to be tried in it: each field of a function in one form, on a page if it stands on one. Those that
    /// end something come last.
    async fn forms(&self) -> Vec<(Form, Vec<String>)> {
        let mut forms = Vec::new();
        let registered = self.registered();
        for path in self.pages() {
            forms.extend(self.forms_of(&path, &registered).await);
        }
        forms.extend(registered);
        let mut known = BTreeSet::new();
        let with_fields = forms.into_iter().map(|form| {
            let names: Vec<String> = form.fields.iter().map(|(name, _)| name.clone()).collect();
            let tried = names.into_iter().filter(|name| known.insert((form.path.clone(), name.clone()))).collect();
            (form, tried)
        });
        let mut forms: Vec<(Form, Vec<String>)> = with_fields.filter(|(_, tried): &(Form, Vec<String>)| !tried.is_empty()).collect();
        forms.sort_by_key(|(form, _)| (form.ends_something(), form.path.clone()));
        forms
    }

    /// The forms of a page, filled in: what is empty there as the examples have it.
    async fn forms_of(&self, path: &str, registered: &[Form]) -> Vec<Form> {
        let mut forms = forms_on(&self.house().page(self.chief(), path).await.text());
        for form in &mut forms {
            form.page = Some(path.to_owned());
            let examples = registered.iter().filter(|example| example.path == form.path).flat_map(|example| &example.fields);
            let examples: BTreeMap<&String, &String> = examples.map(|(name, value)| (name, value)).collect();
            for (name, value) in form.fields.iter_mut().filter(|(_, value)| value.is_empty()) {
                *value = examples.get(name).map(|value| (*value).clone()).unwrap_or_default();
            }
        }
        forms
    }

    /// The form as its page has it now, with the version that is to be seen.
    async fn afresh(&self, form: &Form) -> Form {
        let Some(page) = &form.page else { return form.clone() };
        let now = self.forms_of(page, &self.registered()).await;
        now.into_iter().find(|now| now.path == form.path && now.written == form.written).unwrap_or_else(|| form.clone())
    }

    /// Posts a form and follows where it leads, as a browser does.
    async fn post(&self, form: &Form) -> (Answer, Option<Answer>) {
        let headers = [("accept", "text/html"), ("referer", "http://127.0.0.1:3000/visits")];
        let answer = self.house().post(self.chief(), &form.path, &form.fields, &headers).await;
        let Some(to) = answer.headers.get(header::LOCATION) else { return (answer, None) };
        let to = to.to_str().unwrap_or_else(|_| panic!("{}: leads to {to:?}", form.path)).trim_start_matches("http://127.0.0.1:3000");
        assert!(to.starts_with('/') && !to.starts_with("//"), "{}: leads away, to {to}", form.path);
        let shown = self.house().page(self.chief(), to).await;
        (answer, Some(shown))
    }
}

/// What is wrong with an answer.
fn faults(what: &str, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    if answer.status.is_server_error() {
        faults.push(format!("{what}: {} {}", answer.status, answer.text()));
    }
    if answer.headers.contains_key("x-hostile") {
        faults.push(format!("{what}: a text became a header"));
    }
    let is_a_page = answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let text = answer.text();
    if is_a_page && let Some(place) = UNESCAPED.iter().find_map(|markup| text.find(markup)) {
        let before = text[..place].chars().rev().take(80).collect::<Vec<_>>();
        faults.push(format!("{what}: text became markup after {}", before.into_iter().rev().collect::<String>()));
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_in_any_field_of_any_form_fails_nothing_and_stays_text() {
    let desk = Desk::open().await;
    let long = "hostile".repeat(10_000 / 7 + 1);
    let forms = desk.forms().await;
    let (mut wrong, mut tried, mut taken) = (Vec::new(), 0, BTreeMap::<&str, usize>::new());
    for (form, names) in &forms {
        let mut form = form.clone();
        for name in names {
            let texts = [("markup", MARKUP), ("turned", TURNED), ("control", CONTROL), ("long", long.as_str())];
            let texts = if form.written.contains(name) { &texts[..] } else { &texts[..1] };
            for (kind, text) in texts {
                let before = desk.revisions().await;
                let (answer, shown) = desk.post(&form.with(name, text)).await;
                tried += 1;
                let is_taken = desk.revisions().await > before;
                *taken.entry(kind).or_default() += usize::from(is_taken);
                let what = format!("{} {name} {kind}", form.name());
                wrong.extend(faults(&what, &answer));
                if !answer.status.is_redirection() && !answer.status.is_client_error() {
                    wrong.push(format!("{what}: neither taken nor refused: {}", answer.status));
                }
                wrong.extend(shown.iter().flat_map(|page| faults(&format!("{what}, the page after it"), page)));
                if is_taken {
                    form = desk.afresh(&form).await;
                }
            }
        }
    }
    // A test in which nothing is posted, or all is refused for another reason, would not be one.
    assert!(forms.len() > 60 && tried > 1_000 && taken["markup"] > 40, "{} forms, {tried} tried, taken were {taken:?}", forms.len());
    let mut shows_it = 0;
    for path in desk.pages() {
        let page = desk.house().page(desk.chief(), &path).await;
        wrong.extend(faults(&path, &page));
        shows_it += usize::from(page.text().contains(ESCAPED));
        if page.text().contains('\u{202E}') || page.text().contains('\u{7}') {
            wrong.push(format!("{path}: a text that turns others round, or a control character, was stored"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(shows_it > 10, "too few pages show any of it: {shows_it}; taken were {taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_of_another_type_is_refused_and_nothing_fails() {
    let desk = Desk::open().await;
    let mut wrong = Vec::new();
    for (form, names) in desk.forms().await {
        for name in names {
            let (listed, nested) = (format!("{name}[]"), format!("{name}[hostile][0]"));
            let others: [&[(&str, &str)]; 4] = [&[], &[(&name, "1"), (&name, "2")], &[(&listed, "1")], &[(&nested, "1")]];
            for fields in others {
                let (answer, _) = desk.post(&form.with_field(&name, fields)).await;
                wrong.extend(faults(&format!("{} {name} as {fields:?}", form.name()), &answer));
            }
        }
        let bodies: [(&str, Vec<u8>); 5] = [
            ("application/json", br#"{"id":{"hostile":[1]},"seen":7}"#.to_vec()),
            ("application/x-www-form-urlencoded", br#"{"id":1}"#.to_vec()),
            ("application/x-www-form-urlencoded", b"id=%FF%FE&seen=%ZZ&%".to_vec()),
            ("application/x-www-form-urlencoded", vec![0xff; 100]),
            ("text/plain", encoded(&form.fields).into_bytes()),
        ];
        for (kind, body) in bodies {
            let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("content-type", kind)];
            let answer = desk.house().send(desk.chief(), Method::POST, &form.path, body.clone(), &headers).await;
            wrong.extend(faults(&format!("{} as {kind} {:?}", form.name(), String::from_utf8_lossy(&body)), &answer));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

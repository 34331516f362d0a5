//! Every locale says the same things, and its files are in order.

#[path = "../catalogue.rs"]
mod catalogue;

use catalogue::{Catalogue, Flaw};
use std::{fs, path::Path};

fn sources(file: &str, source: &str) -> Vec<(String, String)> {
    vec![(file.to_owned(), source.to_owned())]
}

#[test]
fn every_locale_has_the_messages_and_variables_of_the_reference() {
    let messages = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages");
    let (reference, _) = Catalogue::of_folder(&messages.join("en")).unwrap();
    for folder in fs::read_dir(&messages).unwrap() {
        let folder = folder.unwrap().path();
        let (catalogue, files) = Catalogue::of_folder(&folder).unwrap();
        assert!(!files.is_empty(), "{} is empty", folder.display());
        assert_eq!(reference.differences(&catalogue), Vec::<String>::new(), "{}", folder.display());
    }
}

#[test]
fn a_missing_message_and_a_missing_variable_are_found() {
    let reference = Catalogue::of_sources(&sources("visits.ftl", "visits-a = A { $x }\nvisits-b = B")).unwrap();
    let other = Catalogue::of_sources(&sources("visits.ftl", "visits-a = A\nvisits-c = C")).unwrap();
    assert_eq!(reference.differences(&other), ["visits-a takes [], not [\"x\"]", "visits-b is missing", "visits-c is not known"]);
}

#[test]
fn variables_come_in_order_of_first_appearance_through_quotations_too() {
    let text = "visits-a = { $b } { $a ->\n    [one] { $c }\n   *[other] { $b }\n } { visits-z }\n    .hint = { $h }\nvisits-z = { $d }\n";
    let catalogue = Catalogue::of_sources(&sources("visits.ftl", text)).unwrap();
    let message = catalogue.messages().find(|message| message.key() == "visits-a").unwrap();
    assert_eq!(message.variables, ["b", "a", "c", "d"]);
    assert_eq!(catalogue.text("visits-a"), Some("b b visits-z"));
    let hint = catalogue.messages().find(|message| message.key() == "visits-a.hint").unwrap();
    assert_eq!((hint.method().as_str(), hint.variables.as_slice()), ("visits_a_hint", &["h".to_owned()][..]));
}

#[test]
fn a_message_begins_with_the_name_of_its_file() {
    let flaw = Catalogue::of_sources(&sources("security_notes.ftl", "security-notes-a = A\nvisits-a = A"));
    assert!(matches!(flaw, Err(Flaw::Misplaced { key, .. }) if key == "visits-a"));
    let flaw = Catalogue::of_sources(&sources("visits.ftl", "visits-a = A\nvisits-a = B"));
    assert!(matches!(flaw, Err(Flaw::Twice { key, .. }) if key == "visits-a"));
}

#[test]
fn what_is_not_fluent_is_refused() {
    assert!(matches!(Catalogue::of_sources(&sources("visits.ftl", "visits-a = { $x")), Err(Flaw::NotFluent { .. })));
}

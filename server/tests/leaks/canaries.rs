//! Words that stand nowhere else, and how they are found however they are written.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    ids::{AccountId, VisitId},
    marking::Marking,
};
use std::collections::BTreeSet;

/// What every canary begins with; its number and an end follow.
pub const SENTINEL: &str = "quetzalfeather";

/// What every canary ends with: where any of it is taken for markup, this makes an element, in the head of a page or in a form.
pub const MARKUP: &str = "</title></textarea><b harm>";

/// What that begins with, and how it is written where it stays text.
pub const ELEMENT: (&str, &str) = ("<b harm", "&lt;b harm");

/// A word, and what decides who may read it.
#[derive(Debug, Clone)]
pub struct Canary {
    /// In which field it stands.
    pub field: String,
    /// The marking of what it stands in, its visit's counted in.
    pub marking: Marking,
    /// The visit it is of; none for a thing of the office.
    pub visit: Option<VisitId>,
    /// The list of what is marked TLP:RED: who made it.
    pub by: AccountId,
    /// Whether it was in what was released, to missions too.
    pub is_released: bool,
    /// Whether it was written over since: it stands in releases alone.
    pub is_of_the_past: bool,
    /// Whether only who plans meals is told.
    pub is_of_the_kitchen: bool,
}

/// All of them, each by its number.
#[derive(Debug, Clone, Default)]
pub struct Canaries(pub Vec<Canary>);

impl Canaries {
    /// A new word.
    pub fn word(&mut self, canary: Canary) -> String {
        self.0.push(canary);
        format!("{SENTINEL}{}x{MARKUP}", self.0.len() - 1)
    }

    /// The numbers of those that stand in a text as they are.
    pub fn in_text(text: &str) -> BTreeSet<usize> {
        let numbers = text.split(SENTINEL).skip(1).filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        });
        numbers.collect()
    }
}

/// The ways in which a word may be written so that it is not seen: base64 at each of its three phases, UTF-16, percent-encoded,
/// as references of HTML and as escapes of JSON.
pub fn disguises() -> Vec<String> {
    let mut forms = Vec::new();
    for phase in 0..3 {
        let encoded = STANDARD.encode([&b"xxx"[..phase], SENTINEL.as_bytes()].concat());
        // The first and last letters depend on what stands beside the word.
        forms.push(encoded[4..encoded.len() - 6].to_owned());
    }
    let each = |write: fn(char) -> String| SENTINEL.chars().map(write).collect::<String>();
    forms.push(each(|letter| format!("{letter}\0")));
    forms.push(each(|letter| format!("\0{letter}")));
    forms.push(each(|letter| format!("%{:02X}", u32::from(letter))));
    forms.push(each(|letter| format!("%{:02x}", u32::from(letter))));
    forms.push(each(|letter| format!("&#{};", u32::from(letter))));
    forms.push(each(|letter| format!("&#x{:x};", u32::from(letter))));
    forms.push(each(|letter| format!("\\u{:04x}", u32::from(letter))));
    forms.push(SENTINEL.chars().rev().collect());
    forms.push(SENTINEL.to_uppercase());
    forms
}

/// A text as a calendar program reads it: lines that were folded are one again (RFC 5545, 3.1).
pub fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "").replace("\r\n\t", "")
}

#[test]
fn a_word_is_found_however_it_is_written() {
    let word = format!("{SENTINEL}17x");
    assert_eq!(Canaries::in_text(&format!("<b>{word}</b> {SENTINEL}4x")), BTreeSet::from([4, 17]));
    let found = |text: &str| disguises().iter().any(|form| text.contains(form.as_str()));
    for before in ["", "a", "ab"] {
        assert!(found(&STANDARD.encode(format!("{before}{word} and more"))), "{before}");
    }
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(found(&String::from_utf8_lossy(&utf16)));
    assert!(found(&word.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()));
    let folded = format!("SUMMARY:{}\r\n {}", &word[..9], &word[9..]);
    assert_eq!((Canaries::in_text(&folded).len(), Canaries::in_text(&unfolded(&folded)).len()), (0, 1));
    assert!(!found(&word));
}

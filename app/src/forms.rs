//! How every form works, with scripts and without.
//!
//! A form posts flat fields, all of them text, to a server function that answers [`Outcome`]: done, and where to go; or
//! refused, with what is wrong, field by field. With scripts the refusal appears beside the fields and nothing typed is
//! touched. Without scripts the typed form is kept as a form draft and the page is asked for again with `?draft=…`; it
//! renders from the draft. See [`crate::components::FormSheet`] for the half that one sees.

#[cfg(feature = "ssr")]
mod answer;
pub mod draft;
mod tags;

#[cfg(feature = "ssr")]
pub(crate) use answer::keep;
#[cfg(feature = "ssr")]
pub use answer::{Answer, answer};
#[cfg(feature = "ssr")]
pub use draft::{FormDrafts, KeepsFormDrafts, Kept};
pub use draft::{RecallDraft, recall_draft, use_draft};
pub use tags::tags_of;

use crate::errors::AppError;
use domain::{clash::Level, problems::FieldProblem};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// The field a button sets to take an alternative that was offered: see [`Alternative`].
pub const TAKE: &str = "take";

/// What was typed, by the names of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What was typed into a field; empty if nothing.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// The same with another value in one field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }

    /// The same with the values of others, which win.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.clone());
        self
    }

    /// The fields as an address has them after its `?`.
    pub fn as_query(&self) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(field, value)| format!("{}={}", escaped(field), escaped(value))).collect();
        pairs.join("&")
    }
}

/// A text as a part of an address's query: whatever is not unreserved is escaped (RFC 3986, 2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

/// The fields of a form: a plain struct of `String`s with `#[serde(default)]`, which a server function takes as
/// `#[server(flatten)] form: …`.
pub trait FormFields: Serialize + DeserializeOwned + Clone + Default + Send + Sync + 'static {
    /// The form's name, which tells its draft from another form's on the same page, and begins its elements' ids.
    const NAME: &'static str;

    /// Fields that are neither kept nor shown again, such as passwords.
    const SECRET: &'static [&'static str] = &[];

    /// What was typed, without the secret fields.
    fn typed(&self) -> Typed {
        let mut fields: BTreeMap<String, String> = match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => fields
                .into_iter()
                .filter_map(|(name, value)| if let serde_json::Value::String(text) = value { Some((name, text)) } else { None })
                .collect(),
            _ => BTreeMap::new(),
        };
        fields.retain(|name, _| name != TAKE && !Self::SECRET.contains(&name.as_str()));
        Typed(fields)
    }

    /// The form with these values in those of its fields that they name.
    #[must_use]
    fn with(self, given: &Typed) -> Self {
        let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(&self) else { return self };
        for (name, value) in &given.0 {
            if !Self::SECRET.contains(&name.as_str()) && fields.contains_key(name) {
                fields.insert(name.clone(), serde_json::Value::String(value.clone()));
            }
        }
        serde_json::from_value(serde_json::Value::Object(fields)).unwrap_or(self)
    }

    /// The form with the alternative that was pressed put into its fields; as it is, if none was.
    #[must_use]
    fn with_taken(self) -> Self {
        let pressed = serde_json::to_value(&self).ok();
        let taken = pressed.and_then(|fields| serde_json::from_str::<Typed>(fields.get(TAKE)?.as_str()?).ok());
        match taken {
            Some(taken) => self.with(&taken.with(TAKE, "")),
            None => self,
        }
    }
}

/// What a form's server function answers when it could be heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is done.
    Done {
        /// The page to go to.
        to: String,
    },
    /// Nothing was changed.
    Refused(Refusal),
}

/// Why a form was refused, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The form's name: [`FormFields::NAME`].
    pub form: String,
    /// What is wrong, field by field.
    pub problems: Vec<FieldProblem>,
    /// What is wrong with the whole: clashes above all, each with what would work instead.
    pub notices: Vec<Notice>,
    /// What was typed, without secret fields.
    pub typed: Typed,
    /// The thing as it is now, where somebody else changed it after the form was opened.
    #[serde(default)]
    pub newer: Option<Typed>,
    /// Why it could not be heard at all; only in a draft, because with scripts the error itself arrives.
    pub trouble: Option<AppError>,
}

/// Something to be said of a form or a line as a whole, in words made for this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// How grave it is.
    pub level: NoticeLevel,
    /// What it is, in words.
    pub says: String,
    /// The word of the rule of clashes it is by; none of anything else, and to who may not know.
    pub rule: Option<String>,
    /// What would work instead.
    pub alternatives: Vec<Alternative>,
}

impl Notice {
    /// A notice that offers nothing else.
    pub fn new(level: NoticeLevel, says: impl Into<String>) -> Self {
        Self { level, says: says.into(), rule: None, alternatives: Vec::new() }
    }
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLevel {
    /// Nobody can.
    Block,
    /// The chief of protocol can, with a reason.
    Override,
    /// It can be done and should be looked at.
    Warn,
    /// Good to know.
    Note,
}

impl From<Level> for NoticeLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Block => Self::Block,
            Level::Override => Self::Override,
            Level::Warn => Self::Warn,
            Level::Note => Self::Note,
        }
    }
}

/// Something that would work: a button that puts its values into the form's fields and sends the form.
///
/// The form has a field named [`TAKE`], and its server function begins with [`FormFields::with_taken`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// What it is, in words: “10:50 Rotunda”.
    pub label: String,
    /// The values of fields it brings.
    pub fields: Typed,
}

impl Alternative {
    /// The value of the button.
    pub fn as_value(&self) -> String {
        // A map of texts always has a JSON form.
        serde_json::to_string(&self.fields).unwrap_or_default()
    }
}

/// What a form shows when its page opens: what is stored, or what was typed before it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    typed: Typed,
    refusal: Option<Refusal>,
    lost: bool,
}

impl Start {
    /// A form that shows `stored`, or the draft if it is this form's.
    ///
    /// Where a page holds one form for each of several things, the form has a field `id`, by which the draft finds its own.
    pub fn of<F: FormFields>(stored: &F, draft: Option<&Draft>) -> Self {
        let typed = stored.typed();
        match draft {
            Some(Draft::Kept(refusal)) if refusal.form == F::NAME && refusal.typed.get("id") == typed.get("id") => {
                Self { typed: refusal.typed.clone(), refusal: Some(refusal.clone()), lost: false }
            }
            Some(Draft::Lost) => Self { typed, refusal: None, lost: true },
            _ => Self { typed, refusal: None, lost: false },
        }
    }

    /// What the fields show.
    pub const fn typed(&self) -> &Typed {
        &self.typed
    }

    /// Why it was refused, if it was.
    pub const fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// Whether it was refused and what was typed could not be kept.
    pub const fn is_lost(&self) -> bool {
        self.lost
    }
}

/// A refused form that the page's address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Draft {
    /// It is here.
    Kept(Refusal),
    /// It could not be kept, or its hour is over.
    Lost,
}

/// The problems under the names of the form's fields, where those of the use case's input are others.
pub fn renamed(problems: Vec<FieldProblem>, name: impl Fn(&str) -> Option<String>) -> Vec<FieldProblem> {
    let rename = |problem: FieldProblem| match name(&problem.field) {
        Some(field) => FieldProblem { field, ..problem },
        None => problem,
    };
    problems.into_iter().map(rename).collect()
}

/// An address inside this office to go to; anything else, which might lead to a stranger, becomes `/`.
pub fn local_path(path: &str) -> &str {
    let is_local =
        path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && path.bytes().all(|byte| byte.is_ascii_graphic());
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Line {
        id: String,
        title: String,
        starts: String,
        password: String,
        take: String,
    }

    impl FormFields for Line {
        const NAME: &'static str = "line";
        const SECRET: &'static [&'static str] = &["password"];
    }

    fn line() -> Line {
        Line { id: "1".into(), title: "Signing".into(), starts: "10:30".into(), password: "secret".into(), take: String::new() }
    }

    fn refused(form: &str, id: &str) -> Draft {
        Draft::Kept(Refusal {
            form: form.into(),
            problems: Vec::new(),
            notices: Vec::new(),
            typed: Typed::default().with("id", id).with("title", "typed"),
            newer: None,
            trouble: None,
        })
    }

    #[test]
    fn secret_fields_are_not_kept() {
        assert_eq!(line().typed().get("password"), "");
        assert_eq!(line().typed().get("title"), "Signing");
    }

    #[test]
    fn a_taken_alternative_fills_in_its_fields_and_no_other() {
        let fields = Typed::default().with("starts", "10:50").with("password", "x").with("stranger", "y");
        let mut form = line();
        form.take = Alternative { label: "10:50".into(), fields }.as_value();
        let taken = form.with_taken();
        assert_eq!((taken.starts.as_str(), taken.title.as_str(), taken.password.as_str()), ("10:50", "Signing", "secret"));
        assert_eq!(taken.take, "");
    }

    #[test]
    fn what_is_no_alternative_changes_nothing() {
        let mut form = line();
        form.take = "</textarea>".into();
        assert_eq!(form.with_taken().starts, "10:30");
    }

    #[test]
    fn a_draft_finds_its_own_form_and_thing() {
        assert_eq!(Start::of(&line(), Some(&refused("line", "1"))).typed().get("title"), "typed");
        assert_eq!(Start::of(&line(), Some(&refused("line", "2"))).typed().get("title"), "Signing");
        assert_eq!(Start::of(&line(), Some(&refused("other", "1"))).typed().get("title"), "Signing");
        assert!(Start::of(&line(), Some(&Draft::Lost)).is_lost());
    }

    #[test]
    fn fields_in_an_address_are_escaped() {
        let fields = Typed::default().with("starts", "2027-03-14 10:50").with("starts_offset", "+07:00").with("zone", "a&b");
        assert_eq!(fields.as_query(), "starts=2027-03-14%2010%3A50&starts_offset=%2B07%3A00&zone=a%26b");
    }

    #[test]
    fn no_address_leads_to_a_stranger() {
        assert_eq!(local_path("/visits/1?day=2"), "/visits/1?day=2");
        for stranger in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: b", "", "javascript:x"] {
            assert_eq!(local_path(stranger), "/", "{stranger}");
        }
    }
}

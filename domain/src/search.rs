//! What a search finds: things by kind, each with a title and where it is.

use crate::{
    marking::{
        Reader,
        view::{Viewed, ViewedBy},
    },
    programme::kinds,
    text::folded,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most characters of a search.
pub const LONGEST_SEARCH: u32 = 200;

kinds! {
    /// The kinds of things that are searched, in the order in which they are shown.
    SearchKind {
        /// Visit.
        Visit = "visit",
        /// Person.
        Person = "person",
        /// Mission.
        Mission = "mission",
        /// Room.
        Room = "room",
    }
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Kind.
    pub kind: SearchKind,
    /// Identifier, of that kind.
    pub id: Uuid,
    /// Title or name.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: Option<String>,
    /// Its page, from the site's root.
    pub link: String,
}

impl SearchHit {
    /// A thing found, by what its reader sees of it.
    pub fn new(reader: &Reader, kind: SearchKind, id: Uuid, title: &str, detail: Option<String>) -> Self {
        let folder = match kind {
            SearchKind::Visit => "visits",
            SearchKind::Person => "people",
            SearchKind::Mission => "missions",
            SearchKind::Room => "rooms",
        };
        Self { viewed_by: ViewedBy::of(reader), kind, id, title: title.to_owned(), detail, link: format!("/{folder}/{id}") }
    }
}

impl Viewed for SearchHit {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// Words that are searched for. A thing is found if each of them begins a word of what the reader sees of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Vec<String>);

/// How well a thing fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Its title begins with what is searched for.
    TitleStart,
    /// All words are in its title.
    Title,
    /// Some are only in what else is seen of it.
    Elsewhere,
}

fn words(text: &str) -> Vec<String> {
    folded(text).split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

impl Query {
    /// The words of a text, without case and marks; none if there are none.
    pub fn parse(text: &str) -> Option<Self> {
        let words = words(text);
        (!words.is_empty()).then_some(Self(words))
    }

    /// How well a thing fits by its title and by what else the reader sees of it.
    pub fn fit<'a>(&self, title: &str, others: impl IntoIterator<Item = &'a str>) -> Option<Fit> {
        let title = words(title);
        let holds = |list: &[String], wanted: &String| list.iter().any(|word| word.starts_with(wanted.as_str()));
        let starts = self.0.len() <= title.len() && self.0.iter().zip(&title).all(|(wanted, word)| word.starts_with(wanted.as_str()));
        if starts {
            return Some(Fit::TitleStart);
        }
        if self.0.iter().all(|wanted| holds(&title, wanted)) {
            return Some(Fit::Title);
        }
        let others: Vec<String> = others.into_iter().flat_map(words).collect();
        self.0.iter().all(|wanted| holds(&title, wanted) || holds(&others, wanted)).then_some(Fit::Elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(query: &str, title: &str, other: &str) -> Option<Fit> {
        Query::parse(query).and_then(|query| query.fit(title, [other]))
    }

    #[test]
    fn marks_and_case_do_not_matter() {
        assert_eq!(fit("ha noi", "Trade office of Hà Nội", ""), Some(Fit::Title));
        assert_eq!(fit("HÀ NỘI", "Ha Noi", ""), Some(Fit::TitleStart));
        assert_eq!(fit("dang", "Nguyễn", "Đặng"), Some(Fit::Elsewhere));
    }

    #[test]
    fn each_word_is_needed_and_begins_a_word() {
        assert_eq!(fit("consul mex", "Consulate General of Mexico", ""), Some(Fit::Title));
        assert_eq!(fit("consul peru", "Consulate General of Mexico", ""), None);
        assert_eq!(fit("exico", "Consulate General of Mexico", ""), None);
    }

    #[test]
    fn names_in_other_scripts_are_found() {
        assert_eq!(fit("阮", "Nguyễn Thị Hoa", "阮氏花"), Some(Fit::Elsewhere));
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        assert_eq!(Query::parse(" %_' "), None);
    }
}

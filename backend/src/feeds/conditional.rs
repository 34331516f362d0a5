//! Whether a fetcher already has what it asks for (RFC 9110 sections 8.8 and 13): pure functions over header texts.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use sha2::{Digest, Sha256};
use std::fmt;

/// As many tags of an `If-None-Match` are looked at; a program that keeps more than this of one feed fetches it anew.
const MOST_TAGS: usize = 32;

/// A strong validator (RFC 9110 section 8.8.3): equal tags mean equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntityTag(String);

impl EntityTag {
    /// The tag of a representation: the SHA-256 of its bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))))
    }

    /// The tag that was kept with bytes rendered before.
    ///
    /// # Errors
    /// When the text is not one that [`EntityTag::of`] makes.
    pub fn parse(text: &str) -> Result<Self, NotAnEntityTag> {
        let opaque = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(NotAnEntityTag)?;
        let is_digest = opaque.len() == 43 && opaque.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if is_digest { Ok(Self(text.to_owned())) } else { Err(NotAnEntityTag) }
    }

    /// The tag in its quotes, as the `ETag` header has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityTag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The text is not a tag of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an entity tag of a feed")]
pub struct NotAnEntityTag;

/// What to answer to a GET or HEAD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The fetcher has it: 304, with the validators and no body.
    NotModified,
    /// The fetcher has not, or not this: 200.
    Modified,
}

/// Decides by the request's conditions (RFC 9110 section 13.2.2): `If-None-Match`, if there is any, alone; else
/// `If-Modified-Since`, if it is a date. `if_none_match` holds the value of each header line of that name.
pub fn freshness(if_none_match: &[&str], if_modified_since: Option<&str>, tag: &EntityTag, last_modified: DateTime<Utc>) -> Freshness {
    let is_held = if if_none_match.is_empty() {
        if_modified_since.and_then(parse_http_date).is_some_and(|since| last_modified.trunc_subsecs(0) <= since)
    } else {
        is_named(if_none_match, tag)
    };
    if is_held { Freshness::NotModified } else { Freshness::Modified }
}

/// Whether one of the tags is this one, by weak comparison (RFC 9110 section 8.8.3.2), or all are meant.
fn is_named(if_none_match: &[&str], tag: &EntityTag) -> bool {
    if let [only] = if_none_match
        && only.trim_matches([' ', '\t']) == "*"
    {
        return true;
    }
    if_none_match.iter().flat_map(|value| opaque_tags(value)).take(MOST_TAGS).any(|opaque| opaque == tag.0)
}

/// The tags of a list with their quotes and without `W/`, as far as it has the form of one. A comma may stand within the
/// quotes, so the list cannot be split at commas.
fn opaque_tags(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let quoted = rest.strip_prefix("W/").unwrap_or(rest);
        let length = quoted.strip_prefix('"')?.find('"')? + 2;
        let (tag, others) = quoted.split_at_checked(length)?;
        let others = others.trim_start_matches([' ', '\t']);
        rest = if others.is_empty() || others.starts_with(',') { others } else { "" };
        Some(tag)
    })
}

/// The `Last-Modified` header: never later than the answer's own `Date` (RFC 9110 section 8.8.2.1), which a feed that
/// changed twice within a second would otherwise be.
pub fn last_modified_header(last_modified: DateTime<Utc>, now: DateTime<Utc>) -> String {
    http_date(last_modified.min(now))
}

/// A date as HTTP writes it (IMF-fixdate, RFC 9110 section 5.6.7).
pub fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Any of the three forms that RFC 9110 section 5.6.7 wants read. A year of two digits is of 1970 to 2069.
fn parse_http_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim_matches([' ', '\t']);
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn by_tag(values: &[&str]) -> Freshness {
        freshness(values, None, &EntityTag::of(b"calendar"), at("2026-11-24T10:00:00Z"))
    }

    #[test]
    fn a_tag_is_strong_quoted_and_of_the_bytes() {
        let tag = EntityTag::of(b"calendar");
        assert_eq!(tag, EntityTag::of(b"calendar"));
        assert_ne!(tag, EntityTag::of(b"calendaR"));
        assert_eq!(tag.as_str().len(), 45);
        assert_eq!(EntityTag::parse(tag.as_str()), Ok(tag));
        assert_eq!(EntityTag::parse("W/\"a\""), Err(NotAnEntityTag));
    }

    #[test]
    fn tags_are_compared_weakly_in_lists_and_over_several_headers() {
        let tag = EntityTag::of(b"calendar").to_string();
        for held in
            [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), format!(",, \"with,comma\" ,\tW/{tag} ,"), " * ".to_owned()]
        {
            assert_eq!(by_tag(&[&held]), Freshness::NotModified, "{held}");
        }
        assert_eq!(by_tag(&["\"other\"", &tag]), Freshness::NotModified);
    }

    #[test]
    fn what_is_no_tag_matches_nothing() {
        let tag = EntityTag::of(b"calendar").to_string();
        let bare = tag.trim_matches('"').to_owned();
        for sent in ["", "\"", "W/", "\"*\"", "*, \"a\"", &bare, &format!("w/{tag}"), &format!("\"a\" {tag}"), &format!("x{tag}")] {
            assert_eq!(by_tag(&[sent]), Freshness::Modified, "{sent}");
        }
    }

    #[test]
    fn a_list_without_end_is_not_read_to_its_end() {
        let tag = EntityTag::of(b"calendar");
        assert_eq!(by_tag(&[&format!("{}{tag}", "\"a\",".repeat(MOST_TAGS - 1))]), Freshness::NotModified);
        assert_eq!(by_tag(&[&format!("{}{tag}", "\"a\",".repeat(MOST_TAGS))]), Freshness::Modified);
    }

    #[test]
    fn a_date_counts_only_without_a_tag() {
        let tag = EntityTag::of(b"calendar");
        let modified = at("2026-11-24T10:00:00.7Z");
        let same = "Tue, 24 Nov 2026 10:00:00 GMT";
        assert_eq!(freshness(&[], Some(same), &tag, modified), Freshness::NotModified);
        assert_eq!(freshness(&[], Some("Tue, 24 Nov 2026 09:59:59 GMT"), &tag, modified), Freshness::Modified);
        assert_eq!(freshness(&["\"other\""], Some(same), &tag, modified), Freshness::Modified);
        assert_eq!(freshness(&[tag.as_str()], Some("Tue, 24 Nov 2020 09:59:59 GMT"), &tag, modified), Freshness::NotModified);
        assert_eq!(freshness(&[], Some("yesterday"), &tag, modified), Freshness::Modified);
        assert_eq!(freshness(&[], None, &tag, modified), Freshness::Modified);
    }

    #[test]
    fn three_forms_of_a_date_are_read_and_one_is_written() {
        let moment = at("1994-11-06T08:49:37Z");
        for form in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(parse_http_date(form), Some(moment), "{form}");
        }
        assert_eq!(http_date(moment), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(last_modified_header(at("2026-11-24T10:00:01Z"), at("2026-11-24T10:00:00.2Z")), "Tue, 24 Nov 2026 10:00:00 GMT");
    }

    proptest! {
        #[test]
        fn any_header_gets_an_answer(value in ".{0,200}", since in ".{0,60}") {
            let tag = EntityTag::of(b"calendar");
            freshness(&[&value], Some(&since), &tag, at("2026-11-24T10:00:00Z"));
            freshness(&[], Some(&since), &tag, at("2026-11-24T10:00:00Z"));
        }
    }
}

//! The name in the Host header by which a request chooses its office (RFC 9110, 7.2).

use crate::text::TextProblem;
use serde::Serialize;
use std::fmt;

/// The most characters of a name, and of each of its parts (RFC 1035, 2.3.4).
const MOST: u32 = 253;
const MOST_OF_A_PART: usize = 63;

/// The name of a host, in lower case and without a port: names are compared so (RFC 9110, 4.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct HostName(String);

impl HostName {
    /// Checks a name for its form (RFC 1123, 2.1). One in other letters than ASCII is written as it travels: `xn--…`.
    ///
    /// # Errors
    /// When it is empty, too long, or no name of a host; an address with its scheme, a port or a path is none.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let name = text.trim().to_ascii_lowercase();
        // The dot at the end of a name that is written out in full says nothing here.
        let name = name.strip_suffix('.').unwrap_or(&name);
        if name.is_empty() {
            return Err(TextProblem::Empty);
        }
        if name.len() > MOST as usize {
            return Err(TextProblem::TooLong { most: MOST });
        }
        let is_right = |part: &str| {
            let is_of_letters = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            (1..=MOST_OF_A_PART).contains(&part.len()) && is_of_letters && !part.starts_with('-') && !part.ends_with('-')
        };
        if name.split('.').all(is_right) { Ok(Self(name.to_owned())) } else { Err(TextProblem::Form) }
    }

    /// The name that a Host header asks for; the port after it, if there is one, chooses no office.
    pub fn asked_for(header: &str) -> Option<Self> {
        Self::parse(header.split(':').next()?).ok()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which of several offices a request is for, by their host names in their order: a single one whatever is asked for, else the one
    /// of that name, else the one that has no name, if there is one such.
    pub fn choose(hosts: &[Option<Self>], asked: Option<&Self>) -> Option<usize> {
        let only = |is_meant: &dyn Fn(&Option<Self>) -> bool| {
            let mut meant = hosts.iter().enumerate().filter(|(_, host)| is_meant(host)).map(|(number, _)| number);
            meant.next().filter(|_| meant.next().is_none())
        };
        let named = asked.and_then(|asked| hosts.iter().position(|host| host.as_ref() == Some(asked)));
        only(&|_| true).or(named).or_else(|| only(&|host| host.is_none()))
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> HostName {
        HostName::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_folded_and_what_is_more_than_a_name_is_none() {
        for same in ["protocol.city.example", " Protocol.City.EXAMPLE ", "protocol.city.example."] {
            assert_eq!(named(same).as_str(), "protocol.city.example");
        }
        for right in ["localhost", "127.0.0.1", "xn--bcher-kva.example", "a-b.example"] {
            assert_eq!(named(right).as_str(), right);
        }
        let long = format!("{}.example", "a".repeat(64));
        for wrong in
            ["https://a.example", "a.example:3000", "a.example/b", "a b", "-a.example", "a-", "a..b", ".a", "bücher.example", &long]
        {
            assert_eq!(HostName::parse(wrong), Err(TextProblem::Form), "{wrong}");
        }
        for nothing in ["", " ", "."] {
            assert_eq!(HostName::parse(nothing), Err(TextProblem::Empty));
        }
        assert_eq!(HostName::parse(&"a.".repeat(127)).map(|name| name.as_str().len()), Ok(253));
        assert_eq!(HostName::parse(&"a.".repeat(128)), Err(TextProblem::TooLong { most: 253 }));
    }

    #[test]
    fn a_header_asks_for_a_name_whatever_its_port() {
        for header in ["a.example", "A.example:443", "a.example.:3000"] {
            assert_eq!(HostName::asked_for(header), Some(named("a.example")), "{header}");
        }
        for header in ["", ":3000", "[::1]:3000", "a b"] {
            assert_eq!(HostName::asked_for(header), None, "{header}");
        }
    }

    #[test]
    fn a_single_office_answers_to_every_name_and_of_several_the_one_without_a_name_to_the_rest() {
        let (a, b) = (named("a.example"), named("b.example"));
        let (of_a, of_b) = (Some(a.clone()), Some(b.clone()));
        let elsewhere = named("elsewhere.example");
        for one in [vec![None], vec![of_a.clone()]] {
            for asked in [None, Some(&a), Some(&elsewhere)] {
                assert_eq!(HostName::choose(&one, asked), Some(0));
            }
        }
        let named_both = [of_a.clone(), of_b.clone()];
        assert_eq!(HostName::choose(&named_both, Some(&b)), Some(1));
        assert_eq!(HostName::choose(&named_both, Some(&elsewhere)), None);
        assert_eq!(HostName::choose(&named_both, None), None);
        let with_the_first = [of_a.clone(), None, of_b];
        assert_eq!(HostName::choose(&with_the_first, Some(&a)), Some(0));
        assert_eq!(HostName::choose(&with_the_first, Some(&elsewhere)), Some(1));
        assert_eq!(HostName::choose(&with_the_first, None), Some(1));
        // Of two that have no name neither is the one that is meant.
        assert_eq!(HostName::choose(&[None, of_a, None], Some(&elsewhere)), None);
        assert_eq!(HostName::choose(&[], Some(&a)), None);
    }
}

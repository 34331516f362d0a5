//! The words Chancery says, one message file for each feature and locale (Project Fluent).
//!
//! A message `visits-new-title = New visit` in `messages/en/visits.ftl` is said by [`Words::visits_new_title`]; its
//! variables are parameters in order of first appearance. Names are `feature-thing-detail`. A new locale is a new folder.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

mod argument;

pub use argument::Argument;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::{fmt, sync::OnceLock};
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As in Latin script.
    LeftToRight,
    /// As in Arabic and Hebrew script.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub const fn as_html(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// What a locale's folder says of itself, and its messages.
pub(crate) struct Face {
    tag: &'static str,
    own_name: &'static str,
    direction: Direction,
    sources: &'static [&'static str],
}

impl Locale {
    /// The language tag (BCP 47), as in HTML's `lang` attribute.
    pub const fn tag(self) -> &'static str {
        self.face().tag
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        self.face().own_name
    }

    /// Which way its script runs.
    pub const fn direction(self) -> Direction {
        self.face().direction
    }

    /// The locale with this tag, if there is one.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|locale| locale.tag().eq_ignore_ascii_case(tag))
    }

    /// The locale's messages, parsed at first use.
    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; Locale::ALL.len()] = [const { OnceLock::new() }; Locale::ALL.len()];
        BUNDLES[self as usize].get_or_init(|| {
            let tag: LanguageIdentifier = self.tag().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            // Isolation marks would get into titles, mails and feeds, whose readers show them as boxes; text that changes
            // direction is refused where it comes in.
            bundle.set_use_isolating(false);
            for source in self.face().sources {
                // The build has parsed every file: neither this nor a duplicate can go wrong here.
                let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
                bundle.add_resource_overriding(resource);
            }
            bundle
        })
    }
}

/// All that Chancery says in one locale: a method for each message.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    locale: Locale,
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Words({})", self.locale.tag())
    }
}

impl Words {
    /// The words of a locale.
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// The locale.
    pub const fn locale(self) -> Locale {
        self.locale
    }

    fn say<const N: usize>(
        self,
        id: &'static str,
        attribute: Option<&'static str>,
        arguments: [(&'static str, Argument<'_>); N],
    ) -> String {
        let bundle = self.locale.bundle();
        let message = bundle.get_message(id);
        let pattern = message.and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else { return id.to_owned() };
        let arguments: FluentArgs<'_> = arguments.into_iter().map(|(name, Argument(value))| (name, value)).collect();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_can_be_spoken() {
        for locale in Locale::ALL {
            assert_eq!(Words::new(*locale).locale_tag(), locale.tag());
            assert!(!locale.own_name().is_empty());
            assert_eq!(Locale::from_tag(locale.tag()), Some(*locale));
        }
    }

    #[test]
    fn numbers_choose_their_plural() {
        let words = Words::new(Locale::English);
        assert_eq!(words.form_problems_count(1), "There is 1 problem");
        assert_eq!(words.form_problems_count(3_u32), "There are 3 problems");
    }

    #[test]
    fn arguments_are_not_wrapped_in_isolation_marks() {
        let said = Words::new(Locale::English).error_reference_number("7f3a");
        assert!(said.contains("7f3a") && !said.contains('\u{2068}'), "{said}");
    }
}

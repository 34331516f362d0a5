//! Whose a view is: a view carries its reader's key, and one layer at the way out compares it with who asked.

use crate::{
    ids::AccountId,
    marking::{Reader, ReaderKind},
    paging::Page,
};

/// Whose something is that may be sent. It does not travel itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ViewedBy {
    /// Nobody's: kept to be narrowed for whoever reads it, read back from where it was kept, or mixed of several readers'.
    #[default]
    Nobody,
    /// Anyone's: made for somebody who has not said who they are, or of nothing that bears a marking.
    Anyone,
    /// An account's.
    Account(AccountId),
}

impl ViewedBy {
    /// The key of a reader.
    pub fn of(reader: &Reader) -> Self {
        match reader.kind() {
            // What a door shows leaves by the door's own route, and by no page or answer of the API.
            ReaderKind::Door => Self::Nobody,
            ReaderKind::Public | ReaderKind::Office { .. } | ReaderKind::Mission { .. } => {
                reader.account().map_or(Self::Anyone, Self::Account)
            }
        }
    }

    /// Whose two things are together: what was made for two readers is sent to neither.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Anyone, one) | (one, Self::Anyone) => one,
            (one, other) if one == other => one,
            (Self::Nobody | Self::Account(_), Self::Nobody | Self::Account(_)) => Self::Nobody,
        }
    }

    /// Whether it may be sent to a reader.
    pub fn is_for(self, reader: &Reader) -> bool {
        match self {
            Self::Nobody => false,
            Self::Anyone => true,
            Self::Account(account) => reader.account() == Some(account),
        }
    }
}

/// What is sent to a reader. Whatever leaves the server tells whose it is; what holds views is its reader's, and nobody's if
/// they are several readers'. [`viewed_by!`](crate::viewed_by) says so of a type in a line.
pub trait Viewed {
    /// Whose it is.
    fn viewed_by(&self) -> ViewedBy;
}

fn whose<'a, T: Viewed + 'a>(all: impl IntoIterator<Item = &'a T>) -> ViewedBy {
    all.into_iter().fold(ViewedBy::Anyone, |whose, one| whose.and(one.viewed_by()))
}

impl<T: Viewed> Viewed for Vec<T> {
    fn viewed_by(&self) -> ViewedBy {
        whose(self)
    }
}

impl<T: Viewed> Viewed for Option<T> {
    fn viewed_by(&self) -> ViewedBy {
        whose(self)
    }
}

impl<T: Viewed> Viewed for Page<T> {
    fn viewed_by(&self) -> ViewedBy {
        whose(&self.items)
    }
}

/// Says of types whose they are by the fields that hold views. A type without any holds nothing that bears a marking, or what
/// its reader has said or made: it is anyone's who may ask for it.
#[macro_export]
macro_rules! viewed_by {
    ($($type:ty { $($part:ident),* })+) => {$(
        impl $crate::marking::view::Viewed for $type {
            fn viewed_by(&self) -> $crate::marking::view::ViewedBy {
                $crate::marking::view::ViewedBy::Anyone$(.and($crate::marking::view::Viewed::viewed_by(&self.$part)))*
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marking::Marking;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn reader(number: u128) -> Reader {
        Reader::office(AccountId(Uuid::from_u128(number)), Marking::Red, BTreeSet::new(), BTreeSet::new())
    }

    struct One(ViewedBy);

    impl Viewed for One {
        fn viewed_by(&self) -> ViewedBy {
            self.0
        }
    }

    fn of(number: u128) -> One {
        One(ViewedBy::of(&reader(number)))
    }

    #[test]
    fn what_was_made_for_one_reader_is_for_no_other() {
        let whose = of(1).viewed_by();
        assert!(whose.is_for(&reader(1)));
        assert!(!whose.is_for(&reader(2)) && !whose.is_for(&Reader::public()));
    }

    #[test]
    fn a_list_of_two_readers_views_is_for_neither() {
        let mixed = vec![of(1), One(ViewedBy::Anyone), of(2)].viewed_by();
        assert_eq!(mixed, ViewedBy::Nobody);
        assert!(!mixed.is_for(&reader(1)) && !mixed.is_for(&reader(2)));
        assert_eq!(Page { items: vec![of(1), of(1)], next: None }.viewed_by(), of(1).viewed_by());
    }

    #[test]
    fn what_was_kept_is_for_nobody_until_it_is_narrowed() {
        assert!(!ViewedBy::default().is_for(&reader(1)) && !ViewedBy::default().is_for(&Reader::public()));
        assert_eq!(ViewedBy::default().and(ViewedBy::Anyone), ViewedBy::Nobody);
    }

    #[test]
    fn nothing_at_all_is_anyones() {
        assert_eq!(Vec::<One>::new().viewed_by(), ViewedBy::Anyone);
        assert!(ViewedBy::Anyone.is_for(&Reader::public()));
    }
}

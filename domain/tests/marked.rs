//! What types hold: marked values have two ways out and no other, and readers come from nowhere but who signed in.

use domain::{
    marking::{Marked, Marking, Reader, Scope, Sealing},
    permission::Actor,
};
use static_assertions::assert_not_impl_any;
use std::{
    borrow::Borrow,
    fmt::{Binary, Display, LowerHex, Pointer},
    hash::Hash,
    ops::{Deref, DerefMut, Index},
};

// Not sent, not printed.
assert_not_impl_any!(Marked<String>: serde::Serialize, Display, LowerHex, Binary, Pointer);
// Not read through, not turned into what it holds.
assert_not_impl_any!(Marked<String>: Deref, DerefMut, AsRef<String>, AsRef<str>, Borrow<String>, Borrow<str>, Into<String>, IntoIterator, Index<usize>);
// Not compared, not ordered, not hashed: an answer must not depend on it.
assert_not_impl_any!(Marked<String>: PartialEq, PartialOrd, Hash);
// Not made out of nothing or out of what was sent.
assert_not_impl_any!(Marked<String>: Default, serde::de::DeserializeOwned, From<String>);
assert_not_impl_any!(Reader: Default, serde::de::DeserializeOwned, serde::Serialize, From<domain::ids::AccountId>);
assert_not_impl_any!(Actor: Default, serde::de::DeserializeOwned, serde::Serialize, From<Reader>);
// Proof is not passed on in copies.
assert_not_impl_any!(Sealing: Default, Clone, Copy);

#[test]
fn a_marked_value_printed_by_a_programmer_shows_its_marking_alone() {
    let marked = Marked::new(Marking::AmberStrict, Scope::Office, "Motorcade at 08:45".to_owned());
    assert_eq!(format!("{marked:?} {:?} {:#?}", marked.clone().map(|_| 7), Some(&marked)).matches("Motorcade").count(), 0);
    assert_eq!(format!("{marked:?}"), "Marked(TLP:AMBER+STRICT)");
}

//! A sealed text and the place it belongs to.

use super::{
    cipher::{Ciphertext, Format, KeyId, SealingError},
    keys::ContentKey,
    random::SecretRandom,
    secret::SecretBytes,
};
use crate::framing::Framed;
use domain::{ids::OfficeId, marking::Marking};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The most bytes of UTF-8 that are sealed as one text.
pub const MOST_BYTES: usize = 1 << 20;

const SMALLEST_BUCKET: usize = 256;
const LENGTH: usize = 4;

/// A text as the database keeps it. Its length tells the bucket the text fell in, not the text's own length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedText {
    format: Format,
    key: KeyId,
    #[serde(flatten)]
    sealed: Ciphertext,
}

impl SealedText {
    /// The key it is sealed under, by which its wrapped form is found.
    pub const fn key(&self) -> KeyId {
        self.key
    }

    /// Its layout.
    pub const fn format(&self) -> Format {
        self.format
    }
}

/// Where a sealed text belongs. It opens there and nowhere else: copied to another office, table, row, field or version,
/// or shown under another marking, it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// The office whose it is.
    pub office: OfficeId,
    /// The table.
    pub table: &'a str,
    /// The thing, which keeps its identifier through its versions.
    pub row: Uuid,
    /// The field.
    pub field: &'a str,
    /// The version of the thing.
    pub version: u64,
    /// The text's marking in that version.
    pub marking: Marking,
}

impl Context<'_> {
    fn associated(&self, format: Format, key: KeyId) -> Vec<u8> {
        Framed::new("sealed text")
            .number(u8::from(format).into())
            .bytes(key.as_bytes())
            .bytes(self.office.0.as_bytes())
            .text(self.table)
            .bytes(self.row.as_bytes())
            .text(self.field)
            .number(self.version)
            .text(self.marking.label())
            .finish()
    }
}

/// Seals a text for its place.
///
/// # Errors
/// When it is longer than [`MOST_BYTES`], or when there is no randomness for a nonce.
pub fn seal(key: &ContentKey, context: &Context<'_>, text: &str, random: &dyn SecretRandom) -> Result<SealedText, SealingError> {
    seal_padded(key.secret(), key.id(), &context.associated(Format::One, key.id()), text, random)
}

/// Opens a text in its place.
///
/// # Errors
/// When it was sealed under another key, was changed, or is not the text of this place, version and marking.
pub fn open(key: &ContentKey, context: &Context<'_>, sealed: &SealedText) -> Result<Zeroizing<String>, SealingError> {
    open_padded(key.secret(), key.id(), &context.associated(sealed.format, sealed.key), sealed)
}

pub(super) fn seal_padded(
    secret: &SecretBytes,
    key: KeyId,
    associated: &[u8],
    text: &str,
    random: &dyn SecretRandom,
) -> Result<SealedText, SealingError> {
    let sealed = Ciphertext::seal(secret, associated, &padded(text)?, random)?;
    Ok(SealedText { format: Format::One, key, sealed })
}

pub(super) fn open_padded(
    secret: &SecretBytes,
    given: KeyId,
    associated: &[u8],
    sealed: &SealedText,
) -> Result<Zeroizing<String>, SealingError> {
    if sealed.key != given {
        return Err(SealingError::OtherKey { sealed_under: sealed.key, given });
    }
    unpadded(&sealed.sealed.open(secret, associated)?)
}

/// The size a text of so many bytes is filled up to: the next power of two, 256 at least.
fn bucket(bytes: usize) -> usize {
    (bytes + LENGTH).next_power_of_two().max(SMALLEST_BUCKET)
}

/// Length (4 bytes, big-endian), text, noughts.
fn padded(text: &str) -> Result<Zeroizing<Vec<u8>>, SealingError> {
    let too_long = SealingError::TooLong { most: MOST_BYTES };
    if text.len() > MOST_BYTES {
        return Err(too_long);
    }
    let length = u32::try_from(text.len()).map_err(|_| too_long)?;
    let mut bytes = Zeroizing::new(vec![0; bucket(text.len())]);
    bytes[..LENGTH].copy_from_slice(&length.to_be_bytes());
    bytes[LENGTH..LENGTH + text.len()].copy_from_slice(text.as_bytes());
    Ok(bytes)
}

fn unpadded(bytes: &[u8]) -> Result<Zeroizing<String>, SealingError> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>().ok_or(SealingError::Malformed)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| SealingError::Malformed)?;
    let (text, filling) = rest.split_at_checked(length).ok_or(SealingError::Malformed)?;
    if bytes.len() != bucket(length) || filling.iter().any(|byte| *byte != 0) {
        return Err(SealingError::Malformed);
    }
    std::str::from_utf8(text).map(|text| Zeroizing::new(text.to_owned())).map_err(|_| SealingError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::{Exhausted, SeededRandom};
    use proptest::prelude::*;

    fn context() -> Context<'static> {
        Context {
            office: OfficeId(Uuid::from_u128(1)),
            table: "programme_item_revisions",
            row: Uuid::from_u128(2),
            field: "notes",
            version: 3,
            marking: Marking::Red,
        }
    }

    fn key(seed: u64) -> ContentKey {
        ContentKey::generate(&SeededRandom::new(seed)).unwrap()
    }

    fn sealed(text: &str) -> SealedText {
        seal(&key(1), &context(), text, &SeededRandom::new(9)).unwrap()
    }

    #[test]
    fn a_text_opens_in_its_own_place_only() {
        let text = sealed("Route B by the river");
        assert_eq!(*open(&key(1), &context(), &text).unwrap(), "Route B by the river");
        let elsewhere = [
            Context { office: OfficeId(Uuid::from_u128(7)), ..context() },
            Context { table: "notes", ..context() },
            Context { row: Uuid::from_u128(7), ..context() },
            Context { field: "note", ..context() },
            Context { version: 4, ..context() },
            Context { marking: Marking::AmberStrict, ..context() },
            // The same letters, cut elsewhere.
            Context { table: "programme_item_revisionsn", field: "otes", ..context() },
        ];
        for place in elsewhere {
            assert_eq!(open(&key(1), &place, &text), Err(SealingError::DoesNotOpen), "{place:?}");
        }
    }

    #[test]
    fn no_other_marking_opens_it() {
        for marking in Marking::ALL {
            let opened = open(&key(1), &Context { marking, ..context() }, &sealed("x"));
            assert_eq!(opened.is_ok(), marking == context().marking);
        }
    }

    #[test]
    fn another_key_is_named_as_such() {
        assert!(matches!(open(&key(2), &context(), &sealed("x")), Err(SealingError::OtherKey { .. })));
        let renamed = SealedText { key: key(2).id(), ..sealed("x") };
        assert_eq!(open(&key(2), &context(), &renamed), Err(SealingError::DoesNotOpen));
    }

    #[test]
    fn the_stored_form_comes_back_and_shows_nothing() {
        let text = sealed("motorcade");
        let stored = serde_json::to_string(&text).unwrap();
        assert!(!stored.contains("motorcade"));
        assert_eq!(serde_json::from_str::<SealedText>(&stored).unwrap(), text);
        assert!(serde_json::from_str::<SealedText>(&stored.replace("\"format\":1", "\"format\":9")).is_err());
    }

    #[test]
    fn what_is_too_long_is_refused_and_what_just_fits_opens() {
        let most = "x".repeat(MOST_BYTES);
        assert_eq!(open(&key(1), &context(), &sealed(&most)).unwrap().len(), MOST_BYTES);
        let longer = most + "x";
        let refused = seal(&key(1), &context(), &longer, &SeededRandom::new(9));
        assert_eq!(refused, Err(SealingError::TooLong { most: MOST_BYTES }));
    }

    #[test]
    fn without_randomness_nothing_is_sealed() {
        assert!(matches!(seal(&key(1), &context(), "x", &Exhausted), Err(SealingError::Randomness(_))));
    }

    #[test]
    fn buckets_are_powers_of_two() {
        assert_eq!(bucket(0), 256);
        assert_eq!(bucket(252), 256);
        assert_eq!(bucket(253), 512);
        assert_eq!(bucket(508), 512);
        assert_eq!(bucket(509), 1024);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            prop_assert_eq!(&**open(&key(1), &context(), &sealed(&text)).unwrap(), text.as_str());
        }

        #[test]
        fn within_a_bucket_all_lengths_look_alike(one in 0usize..2000, two in 0usize..2000) {
            let lengths = [one, two].map(|length| sealed(&"x".repeat(length)).sealed.len());
            prop_assert_eq!(lengths[0] == lengths[1], bucket(one) == bucket(two));
        }

        #[test]
        fn any_changed_bit_of_a_sealed_text_is_noticed(bit in any::<usize>()) {
            let text = sealed("motorcade");
            let changed = SealedText { sealed: text.sealed.with_bit_turned(bit), ..text };
            prop_assert_eq!(open(&key(1), &context(), &changed), Err(SealingError::DoesNotOpen));
        }

        #[test]
        fn any_changed_bit_of_its_place_is_noticed(bit in 0u32..128, which in 0..3) {
            let turned = |id: Uuid| Uuid::from_u128(id.as_u128() ^ (1 << bit));
            let place = match which {
                0 => Context { office: OfficeId(turned(context().office.0)), ..context() },
                1 => Context { row: turned(context().row), ..context() },
                _ => Context { version: context().version ^ (1 << (bit % 64)), ..context() },
            };
            prop_assert_eq!(open(&key(1), &place, &sealed("x")), Err(SealingError::DoesNotOpen));
        }

        #[test]
        fn any_other_table_or_field_is_noticed(table in "[a-z_]{0,30}", field in "[a-z_]{0,10}") {
            let place = Context { table: &table, field: &field, ..context() };
            prop_assert_eq!(open(&key(1), &place, &sealed("x")).is_ok(), place == context());
        }
    }
}

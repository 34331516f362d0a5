//! Entries chained by SHA-256 (FIPS 180-4): each commits to all before it.
//!
//! A changed, removed, added or exchanged entry breaks the chain from there on. Somebody who can write the whole chain
//! anew is found by a [`KnownPoint`] kept outside the database: a signed checkpoint, or the head somebody wrote down.

use crate::{
    framing::Framed,
    sealing::{RandomnessFailed, SecretRandom},
};
use chrono::{DateTime, Utc};
use domain::ids::{OfficeId, RequestId};
use std::{collections::BTreeMap, fmt, str::FromStr};
use uuid::Uuid;

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The bytes as they are stored.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = NotThirtyTwoBytes;

            fn try_from(bytes: &[u8]) -> Result<Self, NotThirtyTwoBytes> {
                bytes.try_into().map(Self).map_err(|_| NotThirtyTwoBytes)
            }
        }
    )*};
}

bytes! {
    /// The hash of an entry and, through it, of all entries before.
    EntryHash
    /// What an entry holds of its content: a hash that tells nothing without the salt.
    Digest
    /// The salt of a digest. It belongs with the content and is destroyed with it: beside the digest it would let a short
    /// text be found by trying.
    Salt
}

/// Stored bytes, or text, that are not thirty-two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not thirty-two bytes")]
pub struct NotThirtyTwoBytes;

fn write_hex(bytes: &[u8; 32], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
}

impl fmt::Display for EntryHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, out)
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "EntryHash({self})")
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Digest(")?;
        write_hex(&self.0, out)?;
        out.write_str(")")
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Salt(hidden)")
    }
}

impl FromStr for EntryHash {
    type Err = NotThirtyTwoBytes;

    /// Reads 64 hexadecimal digits, lower case, as they are printed.
    fn from_str(text: &str) -> Result<Self, NotThirtyTwoBytes> {
        let digit = |letter: u8| match letter {
            b'0'..=b'9' => Some(letter - b'0'),
            b'a'..=b'f' => Some(letter - b'a' + 10),
            _ => None,
        };
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(NotThirtyTwoBytes) };
        let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
        Self::try_from(bytes.ok_or(NotThirtyTwoBytes)?.as_slice())
    }
}

impl EntryHash {
    /// What stands before an office's first entry.
    pub fn before_first(office: OfficeId) -> Self {
        Self(Framed::new("audit chain, format 1").bytes(office.0.as_bytes()).sha256())
    }
}

impl Salt {
    /// Draws one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn draw(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        let mut salt = [0; 32];
        random.fill(&mut salt)?;
        Ok(Self(salt))
    }
}

/// The digest of some content. With the salt and the content anybody can check it; without the salt nobody can guess.
pub fn salted_digest(salt: &Salt, content: &[u8]) -> Digest {
    Digest(Framed::new("audit content, format 1").bytes(&salt.0).bytes(content).sha256())
}

/// The digest by which one entry is bound to several revisions, in their order; of one, its own.
pub fn joint_digest(digests: &[Digest]) -> Option<Digest> {
    match digests {
        [] => None,
        [only] => Some(*only),
        several => {
            let framed = several.iter().fold(Framed::new("audit content of several things, format 1"), |all, digest| all.bytes(&digest.0));
            Some(Digest(framed.sha256()))
        }
    }
}

/// A thing an entry is about: what it is, which, and in which revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Its kind, as the record names it.
    pub kind: String,
    /// Which.
    pub id: Uuid,
    /// The revision made, read or refused, where the thing has revisions.
    pub revision: Option<u64>,
}

/// What an entry says. It holds no text, name or marked value: of the content it holds a digest alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFields {
    /// The office whose record it is.
    pub office: OfficeId,
    /// Its number: 1 for the first, and no number is left out.
    pub sequence: u64,
    /// When, to the microsecond; what is finer is neither stored nor hashed.
    pub at: DateTime<Utc>,
    /// What kind of actor: account, operator, link, nobody.
    pub actor_kind: String,
    /// Which actor, if it has an identifier.
    pub actor_id: Option<Uuid>,
    /// What the actor meant to do.
    pub intent: String,
    /// The things concerned, in the order stored.
    pub things: Vec<Thing>,
    /// What came of it: done, or why not.
    pub outcome: String,
    /// The digest of the content, where there was any.
    pub digest: Option<Digest>,
    /// The request in whose course it happened.
    pub request: RequestId,
}

/// The hash of an entry that follows `previous`: over length-prefixed bytes of every field in a fixed order.
pub fn entry_hash(previous: &EntryHash, fields: &EntryFields) -> EntryHash {
    let things = fields.things.len() as u64;
    let framed = Framed::new("audit entry, format 1")
        .bytes(&previous.0)
        .bytes(fields.office.0.as_bytes())
        .number(fields.sequence)
        .bytes(&fields.at.timestamp_micros().to_be_bytes())
        .text(&fields.actor_kind)
        .bytes(fields.actor_id.as_ref().map_or(&[][..], |id| id.as_bytes()))
        .text(&fields.intent)
        .number(things);
    let framed =
        fields.things.iter().fold(framed, |framed, thing| framed.text(&thing.kind).bytes(thing.id.as_bytes()).maybe_number(thing.revision));
    EntryHash(
        framed
            .text(&fields.outcome)
            .bytes(fields.digest.as_ref().map_or(&[][..], |digest| digest.0.as_slice()))
            .bytes(fields.request.0.as_bytes())
            .sha256(),
    )
}

/// An entry as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// What it says.
    pub fields: EntryFields,
    /// The hash of the entry before it.
    pub previous: EntryHash,
    /// Its own hash.
    pub hash: EntryHash,
}

impl StoredEntry {
    /// The entry that follows `previous`, with its hashes.
    pub fn following(previous: EntryHash, fields: EntryFields) -> Self {
        Self { hash: entry_hash(&previous, &fields), previous, fields }
    }
}

/// The number and hash of one entry, known from outside the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPoint {
    /// The entry's number; 0 stands for the empty chain.
    pub sequence: u64,
    /// Its hash.
    pub hash: EntryHash,
}

/// The end of a chain that was found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedHead {
    /// The last entry's number, which is also how many there are.
    pub sequence: u64,
    /// The last entry's hash.
    pub hash: EntryHash,
    /// How many entries bear an earlier time than the entry before them. A clock that was set back does that; it breaks
    /// nothing, as order is by number, but is worth a look.
    pub times_went_back: u64,
}

/// Where a chain is broken, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the record is broken at entry {sequence}: {why}")]
pub struct BrokenAt {
    /// The number of the first entry that is not as it should be.
    pub sequence: u64,
    /// How.
    pub why: Break,
}

/// How a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// An entry is missing, or stands twice or out of order.
    #[error("entry {found} stands in its place")]
    OutOfSequence {
        /// The number found where another was due.
        found: u64,
    },
    /// It belongs to another office.
    #[error("it is another office's")]
    OtherOffice,
    /// It does not follow the entry before it.
    #[error("it does not follow the entry before it")]
    WrongPrevious,
    /// It was changed.
    #[error("its content is not what was hashed")]
    WrongHash,
    /// It is not the entry that was known to stand there: the chain was written anew.
    #[error("it is not the entry that was known to stand there")]
    DiffersFromKnown,
    /// The chain ends before an entry that was known.
    #[error("the record ends after entry {last}, before one that was known")]
    Truncated {
        /// The last entry there is.
        last: u64,
    },
}

/// Checks a chain entry by entry, as it is read.
#[derive(Debug)]
pub struct Verifier {
    office: OfficeId,
    known: BTreeMap<u64, EntryHash>,
    head: VerifiedHead,
    latest: Option<DateTime<Utc>>,
}

impl Verifier {
    /// Begins before the first entry.
    ///
    /// # Errors
    /// When two known points contradict each other, or one contradicts the beginning: then no chain holds them all.
    pub fn new(office: OfficeId, known: impl IntoIterator<Item = KnownPoint>) -> Result<Self, BrokenAt> {
        let beginning = EntryHash::before_first(office);
        let mut points = BTreeMap::from([(0, beginning)]);
        for point in known {
            if *points.entry(point.sequence).or_insert(point.hash) != point.hash {
                return Err(BrokenAt { sequence: point.sequence, why: Break::DiffersFromKnown });
            }
        }
        let head = VerifiedHead { sequence: 0, hash: beginning, times_went_back: 0 };
        Ok(Self { office, known: points, head, latest: None })
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// When the chain is broken here. What comes after is then not worth checking.
    pub fn take(&mut self, entry: &StoredEntry) -> Result<(), BrokenAt> {
        let sequence = self.head.sequence + 1;
        let fields = &entry.fields;
        let why = if fields.office != self.office {
            Some(Break::OtherOffice)
        } else if fields.sequence != sequence {
            Some(Break::OutOfSequence { found: fields.sequence })
        } else if entry.previous != self.head.hash {
            Some(Break::WrongPrevious)
        } else if entry_hash(&entry.previous, fields) != entry.hash {
            Some(Break::WrongHash)
        } else if self.known.get(&sequence).is_some_and(|known| *known != entry.hash) {
            Some(Break::DiffersFromKnown)
        } else {
            None
        };
        if let Some(why) = why {
            return Err(BrokenAt { sequence, why });
        }
        let went_back = u64::from(self.latest.replace(fields.at).is_some_and(|before| fields.at < before));
        self.head = VerifiedHead { sequence, hash: entry.hash, times_went_back: self.head.times_went_back + went_back };
        Ok(())
    }

    /// Ends after the last entry.
    ///
    /// # Errors
    /// When an entry that was known to exist never came.
    pub fn finish(self) -> Result<VerifiedHead, BrokenAt> {
        let last = self.head.sequence;
        match self.known.last_key_value() {
            Some((known, _)) if *known > last => Err(BrokenAt { sequence: last + 1, why: Break::Truncated { last } }),
            _ => Ok(self.head),
        }
    }
}

/// Checks a whole chain, from its first entry, against the points known from outside.
///
/// # Errors
/// At the first entry that is not as it should be.
pub fn verify(
    office: OfficeId,
    entries: impl IntoIterator<Item = StoredEntry>,
    known: impl IntoIterator<Item = KnownPoint>,
) -> Result<VerifiedHead, BrokenAt> {
    let mut verifier = Verifier::new(office, known)?;
    entries.into_iter().try_for_each(|entry| verifier.take(&entry))?;
    verifier.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::SeededRandom;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));

    fn fields(sequence: u64) -> EntryFields {
        EntryFields {
            office: OFFICE,
            sequence,
            at: DateTime::from_timestamp_micros(1_773_000_000_000_000 + sequence as i64).unwrap(),
            actor_kind: "account".into(),
            actor_id: Some(Uuid::from_u128(5)),
            intent: "save_item".into(),
            things: vec![
                Thing { kind: "visit".into(), id: Uuid::from_u128(6), revision: None },
                Thing { kind: "item".into(), id: Uuid::from_u128(7), revision: Some(sequence) },
            ],
            outcome: "done".into(),
            digest: Some(salted_digest(&Salt([3; 32]), b"content")),
            request: RequestId(Uuid::from_u128(8)),
        }
    }

    fn chain(length: u64) -> Vec<StoredEntry> {
        let mut previous = EntryHash::before_first(OFFICE);
        (1..=length)
            .map(|sequence| {
                let entry = StoredEntry::following(previous, fields(sequence));
                previous = entry.hash;
                entry
            })
            .collect()
    }

    fn point(entry: &StoredEntry) -> KnownPoint {
        KnownPoint { sequence: entry.fields.sequence, hash: entry.hash }
    }

    #[test]
    fn a_whole_chain_is_found_whole() {
        let entries = chain(5);
        let head = verify(OFFICE, entries.clone(), entries.iter().map(point)).unwrap();
        assert_eq!(head, VerifiedHead { sequence: 5, hash: entries[4].hash, times_went_back: 0 });
        assert_eq!(verify(OFFICE, [], []).unwrap().hash, EntryHash::before_first(OFFICE));
    }

    #[test]
    fn a_removed_entry_is_noticed_wherever_it_stood() {
        for gone in 0..4 {
            let mut entries = chain(5);
            entries.remove(gone);
            let sequence = gone as u64 + 1;
            assert_eq!(verify(OFFICE, entries, []), Err(BrokenAt { sequence, why: Break::OutOfSequence { found: sequence + 1 } }));
        }
    }

    #[test]
    fn a_cut_end_is_noticed_by_a_known_point_alone() {
        let entries = chain(5);
        let known = point(&entries[4]);
        assert!(verify(OFFICE, entries[..3].to_vec(), []).is_ok());
        let broken = BrokenAt { sequence: 4, why: Break::Truncated { last: 3 } };
        assert_eq!(verify(OFFICE, entries[..3].to_vec(), [known]), Err(broken));
    }

    #[test]
    fn a_chain_written_anew_is_noticed_by_a_known_point() {
        let known = point(&chain(3)[1]);
        let mut previous = EntryHash::before_first(OFFICE);
        let forged: Vec<_> = (1..=3)
            .map(|sequence| {
                let entry = StoredEntry::following(previous, EntryFields { outcome: "refused".into(), ..fields(sequence) });
                previous = entry.hash;
                entry
            })
            .collect();
        assert!(verify(OFFICE, forged.clone(), []).is_ok());
        assert_eq!(verify(OFFICE, forged, [known]), Err(BrokenAt { sequence: 2, why: Break::DiffersFromKnown }));
    }

    #[test]
    fn a_renumbered_or_foreign_entry_does_not_follow() {
        let mut entries = chain(3);
        entries[2].previous = entries[0].hash;
        assert_eq!(verify(OFFICE, entries, []), Err(BrokenAt { sequence: 3, why: Break::WrongPrevious }));
        let other = OfficeId(Uuid::from_u128(2));
        assert_eq!(verify(other, chain(1), []), Err(BrokenAt { sequence: 1, why: Break::OtherOffice }));
    }

    #[test]
    fn contradicting_points_are_noticed_before_anything_is_read() {
        let [one, two] = [1, 2].map(|byte| KnownPoint { sequence: 4, hash: EntryHash([byte; 32]) });
        assert_eq!(Verifier::new(OFFICE, [one, two]).unwrap_err(), BrokenAt { sequence: 4, why: Break::DiffersFromKnown });
    }

    #[test]
    fn a_clock_set_back_breaks_nothing_and_is_counted() {
        let first = StoredEntry::following(EntryHash::before_first(OFFICE), fields(1));
        let at = first.fields.at - TimeDelta::hours(1);
        let second = StoredEntry::following(first.hash, EntryFields { at, ..fields(2) });
        assert_eq!(verify(OFFICE, [first, second], []).unwrap().times_went_back, 1);
    }

    #[test]
    fn what_is_finer_than_a_microsecond_is_not_hashed() {
        let finer = EntryFields { at: fields(1).at + TimeDelta::nanoseconds(999), ..fields(1) };
        let start = EntryHash::before_first(OFFICE);
        assert_eq!(entry_hash(&start, &finer), entry_hash(&start, &fields(1)));
    }

    #[test]
    fn a_digest_needs_its_salt() {
        let random = SeededRandom::new(1);
        let (salt, other) = (Salt::draw(&random).unwrap(), Salt::draw(&random).unwrap());
        assert_eq!(salted_digest(&salt, b"gate 4"), salted_digest(&salt, b"gate 4"));
        assert_ne!(salted_digest(&salt, b"gate 4"), salted_digest(&other, b"gate 4"));
        assert_ne!(salted_digest(&salt, b"gate 4"), salted_digest(&salt, b"gate 2"));
    }

    #[test]
    fn a_hash_reads_as_it_is_printed_and_not_otherwise() {
        let hash = chain(1)[0].hash;
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!(hash.to_string()[1..].parse::<EntryHash>().is_err());
        assert!("g".repeat(64).parse::<EntryHash>().is_err());
        assert!("A".repeat(64).parse::<EntryHash>().is_err());
    }

    #[test]
    fn the_format_does_not_change_unnoticed() {
        // Records already written are verified with this hash: it changes only with a new format beside it.
        let hash = entry_hash(&EntryHash([0; 32]), &fields(1));
        assert_eq!(hash.to_string(), "5311e2f37760a099c88fa1a3816b66b73782b9f47502be261a8dc97b99223e51");
    }

    fn turn_text(text: &mut String, bit: usize) {
        let mut letters: Vec<char> = text.chars().collect();
        let place = bit % letters.len();
        letters[place] = char::from(letters[place] as u8 ^ (1 << (bit / 31 % 5)));
        *text = letters.into_iter().collect();
    }

    fn turn_id(id: &mut Uuid, bit: usize) {
        *id = Uuid::from_u128(id.as_u128() ^ (1 << (bit % 128)));
    }

    fn turn_bytes(bytes: &mut [u8; 32], bit: usize) {
        bytes[bit % 32] ^= 1 << (bit / 32 % 8);
    }

    /// Changes one bit of one field, or of a hash.
    fn turned(mut entry: StoredEntry, field: usize, bit: usize) -> StoredEntry {
        let fields = &mut entry.fields;
        match field {
            0 => turn_id(&mut fields.office.0, bit),
            1 => fields.sequence ^= 1 << (bit % 64),
            2 => fields.at = DateTime::from_timestamp_micros(fields.at.timestamp_micros() ^ (1 << (bit % 50))).unwrap(),
            3 => turn_text(&mut fields.actor_kind, bit),
            4 => turn_id(fields.actor_id.as_mut().unwrap(), bit),
            5 => turn_text(&mut fields.intent, bit),
            6 => turn_text(&mut fields.things[bit % 2].kind, bit),
            7 => turn_id(&mut fields.things[bit % 2].id, bit),
            8 => *fields.things[1].revision.as_mut().unwrap() ^= 1 << (bit % 64),
            9 => turn_text(&mut fields.outcome, bit),
            10 => turn_bytes(&mut fields.digest.as_mut().unwrap().0, bit),
            11 => turn_id(&mut fields.request.0, bit),
            12 => turn_bytes(&mut entry.previous.0, bit),
            _ => turn_bytes(&mut entry.hash.0, bit),
        }
        entry
    }

    proptest! {
        #[test]
        fn any_changed_bit_of_any_entry_is_noticed(which in 0usize..4, field in 0usize..14, bit in any::<usize>()) {
            let mut entries = chain(4);
            entries[which] = turned(entries[which].clone(), field, bit);
            // The last entry's own hash is held by what follows it, or by the head that is known.
            let head = point(&chain(4)[3]);
            let broken = verify(OFFICE, entries, [head]).unwrap_err();
            prop_assert_eq!(broken.sequence, which as u64 + 1);
        }

        #[test]
        fn a_missing_value_is_not_an_empty_one(which in 0usize..4) {
            let mut other = fields(1);
            match which {
                0 => other.actor_id = None,
                1 => other.things[1].revision = None,
                2 => other.digest = None,
                _ => { other.things.pop(); }
            }
            let start = EntryHash::before_first(OFFICE);
            prop_assert_ne!(entry_hash(&start, &other), entry_hash(&start, &fields(1)));
        }
    }
}

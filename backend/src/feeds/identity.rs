//! The identities of events.

use super::calendar::EventUid;
use crate::{framing::Framed, sealing::secret::SecretBytes};
use domain::ids::{BlackoutId, BookingId, FeedId, ItemId};
use uuid::{Builder, Uuid};

/// The identity of a line: that of the line itself, random, the same for life and in every feed.
pub(super) const fn of_item(id: ItemId) -> EventUid {
    EventUid(id.uuid())
}

/// The line that an identity may be of.
pub(super) const fn item_of(uid: EventUid) -> ItemId {
    ItemId(uid.0)
}

/// The identity of a booking.
pub(super) const fn of_booking(id: BookingId) -> EventUid {
    EventUid(id.uuid())
}

/// The booking that an identity may be of.
pub(super) const fn booking_of(uid: EventUid) -> BookingId {
    BookingId(uid.0)
}

/// The identity of a blackout.
pub(super) const fn of_blackout(id: BlackoutId) -> EventUid {
    EventUid(id.uuid())
}

/// Makes the identities of the stand-ins of one feed, and so of one reader.
pub(super) struct StandIns {
    key: SecretBytes,
    feed: FeedId,
}

impl StandIns {
    pub(super) const fn new(key: SecretBytes, feed: FeedId) -> Self {
        Self { key, feed }
    }

    /// The identity of the stand-in of a thing: from it nobody without the key finds the thing, or its stand-in for
    /// another reader (HMAC, RFC 2104; as a UUID of version 8, RFC 9562 section 5.8).
    pub(super) fn of(&self, thing: Uuid) -> EventUid {
        let mac = self.key.mac(&Framed::new("stand-in").bytes(self.feed.uuid().as_bytes()).bytes(thing.as_bytes()).finish());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        EventUid(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::{KeyFile, random::seeded::SeededRandom};
    use domain::ids::OfficeId;

    fn stand_ins(feed: u128) -> StandIns {
        let key = KeyFile::ephemeral(&SeededRandom::new(1)).unwrap().stand_in_key(OfficeId(Uuid::from_u128(1)));
        StandIns::new(key, FeedId(Uuid::from_u128(feed)))
    }

    #[test]
    fn a_stand_in_keeps_its_identity_in_its_feed_and_has_another_in_every_other() {
        let thing = Uuid::from_u128(9);
        assert_eq!(stand_ins(1).of(thing), stand_ins(1).of(thing));
        assert_ne!(stand_ins(1).of(thing), stand_ins(2).of(thing));
        assert_ne!(stand_ins(1).of(thing), of_item(ItemId(thing)));
        assert_eq!(stand_ins(1).of(thing).0.get_version_num(), 8);
    }
}

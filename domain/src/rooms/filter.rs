//! Which rooms are asked for.

use super::{Feature, Layout, RoomDetails};
use crate::{board::Holds, ids::SiteId, marking::Marking, text::folded};

/// What a room must be. Nothing said lets every room pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomFilter {
    /// It takes this layout.
    pub layout: Option<Layout>,
    /// It holds so many, in the layout if one is asked for, else in one of its own.
    pub people: Option<u32>,
    /// It has all of these.
    pub features: Vec<Feature>,
    /// It is at this site.
    pub site: Option<SiteId>,
    /// What is marked so may be discussed there.
    pub clearance: Option<Marking>,
    /// Its name has this in it, whatever the marks and the case.
    pub text: Option<String>,
}

impl RoomFilter {
    /// Whether a room passes.
    pub fn admits(&self, room: &RoomDetails) -> bool {
        let asks_for_room = self.layout.is_some() || self.people.is_some();
        let is_large = !asks_for_room || self.holds(room).is_some_and(|holds| self.people.is_none_or(|people| people <= holds.people));
        let has_all = self.features.iter().all(|feature| room.features.contains(feature));
        let is_there = self.site.is_none_or(|site| site == room.site);
        let is_cleared = self.clearance.is_none_or(|marking| marking <= room.clearance);
        let is_named = self.text.as_deref().is_none_or(|text| folded(room.name.as_str()).contains(&folded(text)));
        is_large && has_all && is_there && is_cleared && is_named
    }

    /// What a room holds in the layout asked for; with none asked, in the one that holds most.
    pub fn holds(&self, room: &RoomDetails) -> Option<Holds> {
        let fitting = room.layouts.iter().filter(|it| self.layout.is_none_or(|wanted| wanted == it.layout));
        fitting.max_by_key(|it| it.capacity).map(|it| Holds { layout: it.layout, people: it.capacity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rooms::{LayoutCapacity, terms::BookedBy},
        text::Title,
    };
    use uuid::Uuid;

    fn room() -> RoomDetails {
        let layout = |layout, capacity| LayoutCapacity { layout, capacity, set_up_minutes: 0, clearing_minutes: 0 };
        RoomDetails {
            site: SiteId(Uuid::from_u128(1)),
            name: Title::parse("Salón Ávila").unwrap(),
            floor: None,
            layouts: vec![layout(Layout::Boardroom, 24), layout(Layout::Reception, 80)],
            features: vec![Feature::StepFree, Feature::VideoLink],
            hours: Vec::new(),
            seasons: Vec::new(),
            sweep_minutes: 0,
            booked_by: BookedBy::default(),
            approval: crate::rooms::approval::Approval::default(),
            clearance: Marking::Amber,
        }
    }

    fn admits(filter: RoomFilter) -> bool {
        filter.admits(&room())
    }

    #[test]
    fn nothing_said_lets_every_room_pass() {
        assert!(admits(RoomFilter::default()));
        assert!(RoomFilter::default().admits(&RoomDetails { layouts: Vec::new(), ..room() }));
    }

    #[test]
    fn people_are_counted_in_the_layout_asked_for() {
        let for_so_many = |layout, people| RoomFilter { layout, people: Some(people), ..RoomFilter::default() };
        assert!(admits(for_so_many(None, 80)) && !admits(for_so_many(None, 81)));
        assert!(admits(for_so_many(Some(Layout::Boardroom), 24)) && !admits(for_so_many(Some(Layout::Boardroom), 25)));
        assert!(!admits(RoomFilter { layout: Some(Layout::Theatre), ..RoomFilter::default() }));
    }

    #[test]
    fn a_room_has_all_that_is_asked_for() {
        let with = |features: &[Feature]| RoomFilter { features: features.to_vec(), ..RoomFilter::default() };
        assert!(admits(with(&[Feature::StepFree, Feature::VideoLink])));
        assert!(!admits(with(&[Feature::StepFree, Feature::Kitchen])));
        assert!(!admits(RoomFilter { site: Some(SiteId(Uuid::from_u128(2))), ..RoomFilter::default() }));
        let cleared = |marking| RoomFilter { clearance: Some(marking), ..RoomFilter::default() };
        assert!(admits(cleared(Marking::Green)) && admits(cleared(Marking::Amber)) && !admits(cleared(Marking::Red)));
        let named = |text: &str| RoomFilter { text: Some(text.into()), ..RoomFilter::default() };
        assert!(admits(named("avila")) && !admits(named("rotunda")));
    }
}

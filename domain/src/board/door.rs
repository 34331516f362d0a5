//! What the display by a room's door says of today: how the room stands now, and what is to come.

use super::{BlockOf, RoomDay, Stretch, clock_at};
use crate::{
    marking::{
        Marking, Reader,
        view::{Viewed, ViewedBy},
    },
    rooms::BookingState,
    time::ZoneName,
};

/// Today in a room, as whoever passes its door may read it. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorView {
    viewed_by: ViewedBy,
    /// Room.
    pub room: String,
    /// Floor, as it is called there.
    pub floor: Option<String>,
    /// Site.
    pub site: String,
    /// The site's clocks, on which it is today.
    pub zone: ZoneName,
    /// The highest marking that the door may show.
    pub ceiling: Marking,
    /// Today; none of a room that is retired.
    pub day: Option<RoomDay>,
}

impl DoorView {
    /// What a door shows, for its reader.
    pub fn of(room: String, floor: Option<String>, site: String, zone: ZoneName, day: Option<RoomDay>, reader: &Reader) -> Self {
        Self { viewed_by: ViewedBy::of(reader), room, floor, site, zone, ceiling: reader.ceiling(), day }
    }
}

impl Viewed for DoorView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// How a room stands, and what is to come in it today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtTheDoor {
    /// Now.
    pub now: Standing,
    /// What begins later today, by start.
    pub later: Vec<DoorUse>,
}

/// How a room stands at a moment. Until when is said by the clocks; none means for the rest of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is in use; where holds overlap, by several.
    InUse(Vec<DoorUse>),
    /// It is laid out or cleared.
    MadeReady {
        /// Until when.
        until: String,
    },
    /// Nobody may use it.
    Closed {
        /// Why, if it is blacked out and that may be read.
        cause: Option<String>,
        /// Until when.
        until: Option<String>,
    },
    /// It is free.
    Free {
        /// Until when.
        until: Option<String>,
    },
}

/// Something that takes a room, with its times by the clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorUse {
    /// When it begins.
    pub starts: String,
    /// When it ends.
    pub ends: String,
    /// What it is.
    pub what: DoorWhat,
}

/// What takes a room, as a door says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorWhat {
    /// A use that may be read.
    Engaged {
        /// What for.
        title: String,
        /// Whether it is no more than held.
        is_held: bool,
    },
    /// Something else.
    Reserved {
        /// Its cover title; without one, “Reserved”.
        cover: Option<String>,
    },
    /// A blackout.
    Closed {
        /// Why, if that may be read.
        cause: Option<String>,
    },
}

impl Stretch {
    const fn holds(self, minute: u32) -> bool {
        self.from <= minute && minute < self.until
    }
}

impl RoomDay {
    /// What a door says at the present moment, which is when the day was laid out; none on another day.
    pub fn at_the_door(&self) -> Option<AtTheDoor> {
        let now = self.now?;
        Some(AtTheDoor { now: self.standing(now), later: self.later(now) })
    }

    /// The uses of today, each with when it takes place.
    fn uses(&self) -> impl Iterator<Item = (Stretch, DoorUse)> {
        self.lane.blocks.iter().filter_map(|block| {
            let used = block.used?;
            let what = match &block.what {
                BlockOf::Engaged { title, state, .. } => DoorWhat::Engaged { title: title.clone(), is_held: *state == BookingState::Held },
                BlockOf::Reserved { cover } => DoorWhat::Reserved { cover: cover.clone() },
            };
            let shown = DoorUse { starts: block.starts.clone(), ends: block.ends.clone(), what };
            Some((used, shown))
        })
    }

    fn standing(&self, now: u32) -> Standing {
        let in_use: Vec<DoorUse> = self.uses().filter(|(during, _)| during.holds(now)).map(|(_, shown)| shown).collect();
        if !in_use.is_empty() {
            return Standing::InUse(in_use);
        }
        let until = |minute: u32| (minute < self.minutes).then(|| clock_at(&self.ruler, minute));
        if let Some(block) = self.lane.blocks.iter().find(|block| block.taken.holds(now)) {
            let ready = block.used.map(|used| used.from).filter(|from| now < *from);
            return Standing::MadeReady { until: clock_at(&self.ruler, ready.unwrap_or(block.taken.until)) };
        }
        if let Some(blackout) = self.lane.blackouts.iter().find(|blackout| blackout.during.holds(now)) {
            return Standing::Closed { cause: blackout.cause.clone(), until: until(blackout.during.until) };
        }
        if let Some(closed) = self.lane.closed.iter().find(|closed| closed.holds(now)) {
            return Standing::Closed { cause: None, until: until(closed.until) };
        }
        let taken = self.lane.blocks.iter().map(|block| block.taken).chain(self.lane.closed.iter().copied());
        let next = taken.map(|stretch| stretch.from).filter(|from| now < *from).min();
        Standing::Free { until: next.map(|minute| clock_at(&self.ruler, minute)) }
    }

    fn later(&self, now: u32) -> Vec<DoorUse> {
        let blackouts = self.lane.blackouts.iter().map(|blackout| {
            let Stretch { from, until } = blackout.during;
            let [starts, ends] = [from, until].map(|minute| clock_at(&self.ruler, minute));
            (blackout.during, DoorUse { starts, ends, what: DoorWhat::Closed { cause: blackout.cause.clone() } })
        });
        let mut later: Vec<(Stretch, DoorUse)> = self.uses().chain(blackouts).filter(|(during, _)| now < during.from).collect();
        later.sort_by_key(|(during, _)| *during);
        later.into_iter().map(|(_, shown)| shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{BlackedOut, Block, BoardRoom, Hour},
        clash::Source,
        ids::{BlackoutId, BookingId, RoomId},
        marking::view::Named,
    };
    use uuid::Uuid;

    fn stretch(from: u32, until: u32) -> Stretch {
        Stretch { from, until }
    }

    fn clock(minute: u32) -> String {
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    fn block(taken: Stretch, used: Option<Stretch>, title: Option<&str>, state: BookingState) -> Block {
        let shown = used.unwrap_or(taken);
        let what = match title {
            None => BlockOf::Reserved { cover: None },
            Some(title) => BlockOf::Engaged {
                source: Source::Booking(BookingId(Uuid::nil())),
                visit_id: None,
                title: title.to_owned(),
                state,
                hold_until: None,
                marking: Marking::Green,
            },
        };
        Block { taken, used, track: 0, starts: clock(shown.from), ends: clock(shown.until), what }
    }

    /// A room that is open from eight to six, made ready from 9:45 for ten to eleven, reserved from eleven to twelve, held from
    /// two to three, and blacked out from four to five.
    fn day(now: u32) -> RoomDay {
        let ruler = (0..24).map(|hour| Hour { minute: hour * 60, clock: format!("{hour:02}:00"), is_second: false });
        let blocks = vec![
            block(stretch(585, 670), Some(stretch(600, 660)), Some("Choir"), BookingState::Firm),
            block(stretch(675, 720), Some(stretch(675, 720)), None, BookingState::Firm),
            block(stretch(840, 900), Some(stretch(840, 900)), Some("Rehearsal"), BookingState::Held),
        ];
        let blackout = BlackedOut { id: BlackoutId(Uuid::nil()), during: stretch(960, 1_020), cause: None, marking: None };
        let lane = BoardRoom {
            room: Named { id: RoomId(Uuid::nil()), name: "Rotunda".into() },
            floor: None,
            holds: None,
            set_up_minutes: 15,
            may_book: false,
            blocks,
            tracks: 1,
            closed: vec![stretch(0, 480), stretch(960, 1_020), stretch(1_080, 1_440)],
            blackouts: vec![blackout],
            free: Vec::new(),
        };
        RoomDay { date: "2027-03-10".parse().unwrap(), minutes: 1_440, ruler: ruler.collect(), now: Some(now), lane }
    }

    fn standing(now: u32) -> Standing {
        day(now).at_the_door().unwrap().now
    }

    #[test]
    fn a_door_says_how_its_room_stands_at_each_moment() {
        let until = |clock: &str| Some(clock.to_owned());
        assert_eq!(standing(60), Standing::Closed { cause: None, until: until("08:00") });
        assert_eq!(standing(480), Standing::Free { until: until("09:45") });
        assert_eq!(standing(590), Standing::MadeReady { until: "10:00".into() });
        let Standing::InUse(uses) = standing(600) else { panic!() };
        assert_eq!((uses.len(), uses[0].ends.as_str()), (1, "11:00"));
        assert_eq!(standing(660), Standing::MadeReady { until: "11:10".into() });
        assert_eq!(standing(670), Standing::Free { until: until("11:15") });
        assert!(matches!(&standing(719)[..], [DoorUse { what: DoorWhat::Reserved { cover: None }, .. }]));
        assert!(matches!(&standing(840)[..], [DoorUse { what: DoorWhat::Engaged { is_held: true, .. }, .. }]));
        assert_eq!(standing(1_000), Standing::Closed { cause: None, until: until("17:00") });
        assert_eq!(standing(1_020), Standing::Free { until: until("18:00") });
        assert_eq!(standing(1_100), Standing::Closed { cause: None, until: None });
    }

    impl std::ops::Deref for Standing {
        type Target = [DoorUse];

        fn deref(&self) -> &[DoorUse] {
            match self {
                Self::InUse(uses) => uses,
                _ => &[],
            }
        }
    }

    #[test]
    fn what_is_used_on_another_day_is_made_ready_or_cleared_today() {
        let day = |now: u32| {
            let mut day = day(now);
            let blocks = &mut day.lane.blocks;
            blocks.insert(0, block(stretch(0, 20), None, Some("Yesterday's reception"), BookingState::Firm));
            blocks.push(block(stretch(1_425, 1_440), None, Some("Tomorrow's reception"), BookingState::Firm));
            day.at_the_door().unwrap()
        };
        assert_eq!(day(10).now, Standing::MadeReady { until: "00:20".into() });
        assert_eq!(day(1_430).now, Standing::MadeReady { until: "24:00".into() });
        assert_eq!(day(10).later.len(), 4);
    }

    #[test]
    fn what_is_to_come_stands_by_its_start_and_what_is_over_does_not() {
        let later = |now: u32| day(now).at_the_door().unwrap().later.into_iter().map(|shown| shown.starts).collect::<Vec<_>>();
        assert_eq!(later(0), ["10:00", "11:15", "14:00", "16:00"]);
        assert_eq!(later(600), ["11:15", "14:00", "16:00"]);
        assert!(later(1_000).is_empty());
        assert_eq!(RoomDay { now: None, ..day(0) }.at_the_door(), None);
    }

    #[test]
    fn a_room_with_nothing_in_it_is_free_for_the_rest_of_the_day() {
        let mut free = day(600);
        (free.lane.blocks, free.lane.closed, free.lane.blackouts) = (Vec::new(), Vec::new(), Vec::new());
        assert_eq!(free.at_the_door().unwrap(), AtTheDoor { now: Standing::Free { until: None }, later: Vec::new() });
    }
}

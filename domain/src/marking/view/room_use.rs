//! What a room is taken by: the one view of it, whether a board shows it, the API, a feed or the paper at a door.

use super::{BlackoutView, BookingView, ClosedView, ItemView, Named, Viewed, ViewedBy};
use crate::{
    clash::{Claim, Engagement, Source},
    ids::{RoomId, VisitId},
    marking::{Marking, Reader},
    programme::ItemState,
    rooms::BookingState,
    time::Span,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a room is taken by, as a reader sees it who may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EngagedView {
    /// The line or booking.
    pub source: Source,
    /// The visit, of a line.
    pub visit_id: Option<VisitId>,
    /// Title or purpose.
    pub title: String,
    /// From, set-up included.
    pub starts: DateTime<Utc>,
    /// Until, clearing included.
    pub ends: DateTime<Utc>,
    /// From when it is in use.
    pub use_starts: DateTime<Utc>,
    /// Until when it is in use.
    pub use_ends: DateTime<Utc>,
    /// Whether settled.
    pub state: BookingState,
    /// When a hold ends by itself.
    pub hold_until: Option<DateTime<Utc>>,
    /// Marking of the title or purpose.
    pub marking: Marking,
}

impl EngagedView {
    /// A line of a programme that its reader may read; none if it has no title for that reader, or takes nothing.
    pub fn of_line(engagement: &Engagement, line: &ItemView) -> Option<Self> {
        Self::of(engagement, Some(line.visit_id), line.title.clone()?, line.marking)
    }

    /// A line that was released: held or settled as it was then, whatever it is in the draft, and its margins no plainer than a
    /// stand-in's.
    pub fn of_released(engagement: &Engagement, line: &ItemView) -> Option<Self> {
        let state = match line.state {
            ItemState::Wished => return None,
            ItemState::Held => BookingState::Held,
            ItemState::Firm => BookingState::Firm,
        };
        let view = Self::of_line(engagement, line)?;
        let starts = if view.starts < view.use_starts { quarter_before(view.starts) } else { view.starts };
        let ends = if view.ends > view.use_ends { quarter_after(view.ends) } else { view.ends };
        Some(Self { state, hold_until: line.hold_until, starts, ends, ..view })
    }

    /// A booking that its reader may read; none if it takes nothing.
    pub fn of_booking(engagement: &Engagement, booking: &BookingView) -> Option<Self> {
        Self::of(engagement, None, booking.purpose.clone(), booking.marking)
    }

    fn of(engagement: &Engagement, visit_id: Option<VisitId>, title: String, marking: Marking) -> Option<Self> {
        let state = match engagement.claim {
            Claim::Firm => BookingState::Firm,
            Claim::Pencilled { .. } | Claim::Promised { .. } => BookingState::Held,
            Claim::Wished => return None,
        };
        let during = engagement.during();
        Some(Self {
            source: engagement.source,
            visit_id,
            title,
            starts: during.starts(),
            ends: during.ends(),
            use_starts: engagement.core.starts(),
            use_ends: engagement.core.ends(),
            state,
            hold_until: engagement.lapses_at(),
            marking,
        })
    }
}

/// A use that its reader may not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// When it takes the room, margins included.
    pub during: Span,
    /// Its cover title, if its reader may read that.
    pub cover: Option<String>,
}

/// That a room is taken, without by what: “Reserved”, or a cover title. Margins are merged in, and edges lie on the quarter of an
/// hour outward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservedView {
    /// From.
    pub starts: DateTime<Utc>,
    /// Until.
    pub ends: DateTime<Utc>,
    /// The cover title that somebody wrote for it; without one, “Reserved”.
    pub cover: Option<String>,
}

/// When a room is taken, as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomAvailability {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Room.
    pub room: Named<RoomId>,
    /// Its site's clocks: an IANA zone.
    pub zone: String,
    /// What the reader may read, by start.
    pub engaged: Vec<EngagedView>,
    /// What else it is taken by, by start.
    pub reserved: Vec<ReservedView>,
    /// When nobody may use it, by start.
    pub blackouts: Vec<ClosedView>,
}

impl RoomAvailability {
    /// When a room is taken, out of what its reader may read and all else.
    pub fn of(room: Named<RoomId>, zone: String, mut engaged: Vec<EngagedView>, hidden: Vec<Hidden>, reader: &Reader) -> Self {
        engaged.sort_by_key(|it| (it.starts, it.ends, it.source));
        Self { viewed_by: ViewedBy::of(reader), room, zone, engaged, reserved: reserved(hidden), blackouts: Vec::new() }
    }

    /// The same, with when nobody may use it, as the same reader may know that.
    #[must_use]
    pub fn closed<'a>(mut self, blackouts: impl IntoIterator<Item = &'a BlackoutView>) -> Self {
        self.blackouts = blackouts.into_iter().map(ClosedView::from).collect();
        self.blackouts.sort_by_key(|it| (it.starts, it.ends, it.id));
        self
    }
}

impl Viewed for RoomAvailability {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// That a room or person is taken, without by what: margins merged, edges on the quarter of an hour outward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenView {
    /// From.
    pub starts: DateTime<Utc>,
    /// Until.
    pub ends: DateTime<Utc>,
}

const QUARTER: i64 = 15 * 60;

fn quarter_before(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::seconds(at.timestamp().rem_euclid(QUARTER))
}

fn quarter_after(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = at.timestamp().rem_euclid(QUARTER);
    if over == 0 { at } else { at + TimeDelta::seconds(QUARTER - over) }
}

/// Stand-ins for spans: rounded outward to the quarter of an hour, and merged where they touch, so that their borders
/// tell nothing.
pub fn taken(spans: &[Span]) -> Vec<TakenView> {
    let mut rounded: Vec<TakenView> =
        spans.iter().map(|s| TakenView { starts: quarter_before(s.starts()), ends: quarter_after(s.ends()) }).collect();
    rounded.sort_by_key(|t| (t.starts, t.ends));
    let mut merged: Vec<TakenView> = Vec::new();
    for next in rounded {
        match merged.last_mut() {
            Some(last) if next.starts <= last.ends => last.ends = last.ends.max(next.ends),
            _ => merged.push(next),
        }
    }
    merged
}

/// The stand-ins of what is hidden: those under the same cover title, or under none, merged, so that nobody can tell one from another.
pub(super) fn reserved(hidden: Vec<Hidden>) -> Vec<ReservedView> {
    let mut under: BTreeMap<Option<String>, Vec<Span>> = BTreeMap::new();
    for Hidden { during, cover } in hidden {
        under.entry(cover).or_default().push(during);
    }
    let merged = under.into_iter().flat_map(|(cover, spans)| {
        taken(&spans).into_iter().map(move |TakenView { starts, ends }| ReservedView { starts, ends, cover: cover.clone() })
    });
    let mut all: Vec<ReservedView> = merged.collect();
    all.sort_by(|a, b| (a.starts, a.ends, &a.cover).cmp(&(b.starts, b.ends, &b.cover)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    fn hidden(from: i64, until: i64, cover: Option<&str>) -> Hidden {
        Hidden { during: Span::new(at(from), at(until)).unwrap(), cover: cover.map(str::to_owned) }
    }

    #[test]
    fn what_touches_under_one_cover_title_is_one_stand_in() {
        let shown = reserved(vec![
            hidden(0, 30, Some("Engaged")),
            hidden(30, 60, Some("Engaged")),
            hidden(60, 90, Some("Visit")),
            hidden(60, 75, None),
        ]);
        let edges: Vec<_> = shown.iter().map(|it| (it.starts, it.ends, it.cover.as_deref())).collect();
        assert_eq!(edges, [(at(0), at(60), Some("Engaged")), (at(60), at(75), None), (at(60), at(90), Some("Visit"))]);
    }

    #[test]
    fn a_cover_title_keeps_a_block_of_its_own() {
        let shown = reserved(vec![hidden(61, 70, None), hidden(7, 31, None), hidden(50, 60, Some("Maintenance"))]);
        let told: Vec<_> = shown.iter().map(|it| (it.starts, it.ends, it.cover.as_deref())).collect();
        assert_eq!(told, [(at(0), at(45), None), (at(45), at(60), Some("Maintenance")), (at(60), at(75), None)]);
    }

    proptest! {
        #[test]
        fn what_is_hidden_shows_as_taken_and_no_border_tells_where_one_ends_and_another_begins(
            spans in proptest::collection::vec((0_i64..2_000, 1_i64..300), 0..12)
        ) {
            let uses: Vec<Hidden> = spans.iter().map(|(from, long)| hidden(*from, from + long, None)).collect();
            let shown = reserved(uses.clone());
            for minute in 0..2_400 {
                let is_taken = uses.iter().any(|it| it.during.starts() <= at(minute) && at(minute) < it.during.ends());
                let shows = shown.iter().any(|it| it.starts <= at(minute) && at(minute) < it.ends);
                prop_assert!(shows || !is_taken);
            }
            prop_assert!(shown.windows(2).all(|pair| pair[0].ends < pair[1].starts));
            // Any other uses that take the same quarters of an hour look the same.
            let as_one = shown.iter().map(|it| Hidden { during: Span::new(it.starts, it.ends).unwrap(), cover: None }).collect();
            prop_assert_eq!(reserved(as_one), shown);
        }
    }
}

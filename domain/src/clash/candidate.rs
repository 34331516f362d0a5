//! One more line or booking, to be checked against a plan before it is saved.

use super::{Engagement, Line, Margins, Occupation, Place, Source, TimeDoubt};
use crate::{
    ids::{BookingId, ResourceId, SiteId},
    rooms::terms::RoomNeeds,
    time::Span,
};
use chrono::{DateTime, TimeDelta, Utc};

/// A line or booking as it would be saved. A new one bears the id under which it is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    source: Source,
    lines: Vec<Line>,
    engagements: Vec<Engagement>,
    doubts: Vec<TimeDoubt>,
    needs: RoomNeeds,
}

impl Candidate {
    /// A line of a programme with all it takes.
    pub fn item(line: Line, engagements: Vec<Engagement>) -> Self {
        Self::new(Source::Item(line.item), vec![line], engagements)
    }

    /// A booking beside any programme.
    pub fn booking(booking: BookingId, engagements: Vec<Engagement>) -> Self {
        Self::new(Source::Booking(booking), Vec::new(), engagements)
    }

    /// A line or booking of which a wall time is no instant, or not yet one: only the clock can be said to be in its way.
    pub fn in_doubt(source: Source, doubts: Vec<TimeDoubt>) -> Self {
        let doubts = doubts.into_iter().map(|doubt| TimeDoubt { source, ..doubt }).collect();
        Self { source, lines: Vec::new(), engagements: Vec::new(), doubts, needs: RoomNeeds::default() }
    }

    fn new(source: Source, lines: Vec<Line>, engagements: Vec<Engagement>) -> Self {
        let engagements = engagements.into_iter().map(|engagement| Engagement { source, ..engagement }).collect();
        Self { source, lines, engagements, doubts: Vec::new(), needs: RoomNeeds::default() }
    }

    /// The same, asking so much of its room.
    #[must_use]
    pub fn needing(self, needs: RoomNeeds) -> Self {
        Self { needs, ..self }
    }

    /// What it asks of its room.
    pub const fn needs(&self) -> &RoomNeeds {
        &self.needs
    }

    /// The id under which it is, or is to be, saved.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// Its lines, if it belongs to a programme.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What it takes.
    pub fn engagements(&self) -> &[Engagement] {
        &self.engagements
    }

    /// What is wrong with its wall times.
    pub fn doubts(&self) -> &[TimeDoubt] {
        &self.doubts
    }

    /// From its earliest start to its latest end, margins apart; none while its times are in doubt or it takes no time.
    pub fn during(&self) -> Option<Span> {
        let spans = || self.lines.iter().map(|line| line.during).chain(self.engagements.iter().map(|engagement| engagement.core));
        Span::new(spans().map(Span::starts).min()?, spans().map(Span::ends).max()?)
    }

    /// The same, later by `by` (or earlier).
    #[must_use]
    pub fn moved(&self, by: TimeDelta) -> Self {
        let minutes = by.num_minutes();
        let mut moved = self.clone();
        moved.lines.iter_mut().for_each(|line| line.during = line.during.moved(minutes));
        moved.engagements.iter_mut().for_each(|engagement| engagement.core = engagement.core.moved(minutes));
        moved
    }

    /// The only room it takes.
    pub fn room(&self) -> Option<(ResourceId, SiteId)> {
        let mut rooms = self.engagements.iter().filter_map(|engagement| match engagement.occupation {
            Occupation::Room { site, .. } => Some((engagement.resource, site)),
            _ => None,
        });
        let first = rooms.next()?;
        rooms.all(|other| other == first).then_some(first)
    }

    /// The same in another room, with whoever stays at one place going there.
    #[must_use]
    pub fn in_room(&self, room: ResourceId, site: SiteId, margins: Margins) -> Self {
        let there = Some(Place::Site(site));
        let mut moved = self.clone();
        for engagement in &mut moved.engagements {
            match &mut engagement.occupation {
                Occupation::Room { site: old_site, margins: old_margins } => {
                    engagement.resource = room;
                    *old_site = site;
                    *old_margins = margins;
                }
                Occupation::Person { from, to, .. } if from == to => {
                    *from = there;
                    *to = there;
                }
                Occupation::Person { .. } | Occupation::Vehicle | Occupation::Equipment => {}
            }
        }
        moved
    }

    /// Several that follow one another, as one: with all that each takes, under the source of the first; none of none.
    pub fn joined<'a>(uses: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut uses = uses.into_iter();
        let mut joined = uses.next()?.clone();
        for next in uses {
            joined.lines.extend(&next.lines);
            joined.engagements.extend(next.engagements.iter().map(|it| Engagement { source: joined.source, ..*it }));
        }
        Some(joined)
    }

    /// Whether another takes up its room where it leaves it, for the same visit: together they are one contiguous use.
    pub fn is_followed_by(&self, next: &Self) -> bool {
        let visit = |it: &Self| it.lines.first().map(|line| line.visit);
        let is_of_one = visit(self).is_some() && visit(self) == visit(next) && self.room().is_some() && self.room() == next.room();
        is_of_one && self.during().zip(next.during()).is_some_and(|(first, second)| first.ends() == second.starts())
    }

    /// The one that follows it takes up its room where it leaves it: neither has a margin between them.
    pub fn meet(&mut self, next: &mut Self) {
        self.margins().for_each(|margins| margins.after = 0);
        next.margins().for_each(|margins| margins.before = 0);
    }

    fn margins(&mut self) -> impl Iterator<Item = &mut Margins> {
        self.engagements.iter_mut().filter_map(|engagement| match &mut engagement.occupation {
            Occupation::Room { margins, .. } => Some(margins),
            _ => None,
        })
    }

    /// What it takes that counts at `now`.
    pub(super) fn alive(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Engagement> {
        self.engagements.iter().filter(move |engagement| engagement.is_alive(now))
    }

    /// Whether what the plan knows under this source is this very thing, as it was before.
    pub(super) fn replaces(&self, source: Source) -> bool {
        source == self.source || self.lines.iter().any(|line| Source::Item(line.item) == source)
    }
}

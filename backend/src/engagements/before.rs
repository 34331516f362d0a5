//! What was taken before a line or booking is saved anew: what of it goes on, and with which margins.

use chrono::{DateTime, Utc};
use domain::{
    clash::{Candidate, Claim, Engagement, Margins, Occupation, Source},
    ids::ResourceId,
    marking::Marking,
    time::Span,
};
use std::collections::BTreeMap;

/// How firmly something is taken, until whenever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Firmness {
    /// Others may hold it too.
    Pencilled,
    /// It is held for somebody who was told so.
    Promised,
    /// It is taken for good.
    Settled,
}

impl Firmness {
    /// Of a claim; none of a wish, which takes nothing.
    const fn of(claim: Claim) -> Option<Self> {
        match claim {
            Claim::Wished => None,
            Claim::Pencilled { .. } => Some(Self::Pencilled),
            Claim::Promised { .. } => Some(Self::Promised),
            Claim::Firm => Some(Self::Settled),
        }
    }
}

/// What a line or booking took before it is saved anew.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TakenBefore {
    pub(super) resource: ResourceId,
    /// The use itself, and with its margins.
    pub(super) core: Span,
    pub(super) during: Span,
    pub(super) marking: Marking,
    /// Whether it was taken although it was taken by others.
    pub(super) overridden: bool,
    pub(super) firmness: Firmness,
    /// When it ended by itself; none of what was taken for good.
    pub(super) until: Option<DateTime<Utc>>,
    /// Whether a person only dropped by.
    pub(super) is_drop_by: bool,
    /// Whether what is asked of the thing is still what was asked.
    pub(super) as_asked: bool,
}

impl TakenBefore {
    fn booked(&self) -> Booked {
        Booked { resource: self.resource, core: self.core, during: self.during, is_settled: self.firmness == Firmness::Settled }
    }

    /// Whether a use goes on as it was as far as its room can tell: the same time, no longer to make ready, nothing said there
    /// that was not. What became of the room meanwhile, the use need not answer for.
    pub(super) fn goes_on_in(&self, wanted: &Engagement) -> bool {
        self.core == wanted.core && self.during.contains(wanted.during()) && wanted.marking <= self.marking
    }

    /// Whether what is wanted takes no more of another use's time than this did, no more firmly and for no longer: the other `stood` in
    /// the way of this, and `stands` in the way of what is wanted.
    pub(super) fn took_as_much(&self, wanted: &Engagement, stood: Span, stands: Span) -> bool {
        let is_no_firmer = Firmness::of(wanted.claim).is_some_and(|firmness| firmness <= self.firmness);
        let is_no_longer = wanted.core.ends() - wanted.core.starts() <= self.core.ends() - self.core.starts();
        let drops_by_still = wanted.is_drop_by() || !self.is_drop_by;
        // A hold that ends when it starts goes on to end so wherever it starts.
        let ends_by_start = |until: DateTime<Utc>, core: Span| until == core.starts();
        let ends_as_soon = match wanted.claim {
            Claim::Wished | Claim::Firm => true,
            Claim::Pencilled { until } | Claim::Promised { until } => {
                self.until.is_none_or(|had| until <= had || (ends_by_start(until, wanted.core) && ends_by_start(had, self.core)))
            }
        };
        let shared = self.during.shared(stood).zip(wanted.during().shared(stands));
        is_no_firmer && is_no_longer && ends_as_soon && drops_by_still && shared.is_some_and(|(had, wanted)| had.contains(wanted))
    }
}

/// What the lines and bookings that change in one step took until then. One that took nothing changes too.
#[derive(Debug, Clone, Default)]
pub(crate) struct GivenBack(BTreeMap<Source, Vec<TakenBefore>>);

impl GivenBack {
    /// Nothing was there before.
    pub(super) const NOTHING: &'static Self = &Self(BTreeMap::new());

    /// Of one that changes alone.
    pub(crate) fn of_one(source: Source, before: Vec<TakenBefore>) -> Self {
        Self(BTreeMap::from([(source, before)]))
    }

    /// Notes that one changes, and with what it took.
    pub(crate) fn note(&mut self, source: Source, before: Vec<TakenBefore>) {
        self.0.entry(source).or_default().extend(before);
    }

    /// Whether one changes in this step.
    pub(super) fn changes(&self, source: Source) -> bool {
        self.0.contains_key(&source)
    }

    /// What one took.
    pub(crate) fn by(&self, source: Source) -> &[TakenBefore] {
        self.0.get(&source).map(Vec::as_slice).unwrap_or_default()
    }

    /// What one took of a thing.
    pub(super) fn of_thing(&self, source: Source, thing: ResourceId) -> Option<&TakenBefore> {
        self.by(source).iter().find(|before| before.resource == thing)
    }
}

impl FromIterator<(Source, Vec<TakenBefore>)> for GivenBack {
    fn from_iter<T: IntoIterator<Item = (Source, Vec<TakenBefore>)>>(all: T) -> Self {
        let mut given_back = Self::default();
        all.into_iter().for_each(|(source, before)| given_back.note(source, before));
        given_back
    }
}

/// How long something was taken when it was booked: for the use itself, and with its margins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Booked {
    resource: ResourceId,
    core: Span,
    during: Span,
    /// Whether it was taken for good, and not held.
    pub(crate) is_settled: bool,
}

impl Booked {
    /// The margins it was booked with.
    pub(crate) fn margins(&self) -> Margins {
        let minutes = |span: chrono::TimeDelta| u32::try_from(span.num_minutes()).unwrap_or(0);
        Margins { before: minutes(self.core.starts() - self.during.starts()), after: minutes(self.during.ends() - self.core.ends()) }
    }

    /// How long a room was booked for a use that goes on in it at its time; none for any other.
    pub(crate) fn of_use<'a>(used: &Engagement, booked: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        booked.into_iter().find(|booked| booked.resource == used.resource && booked.core == used.core)
    }
}

impl From<&Engagement> for Booked {
    fn from(taken: &Engagement) -> Self {
        Self { resource: taken.resource, core: taken.core, during: taken.during(), is_settled: taken.claim == Claim::Firm }
    }
}

/// What was taken of which the same is still asked.
pub(crate) fn booked(before: &[TakenBefore]) -> Vec<Booked> {
    before.iter().filter(|before| before.as_asked).map(TakenBefore::booked).collect()
}

/// What was taken before, if other things are asked of the room from now on.
pub(crate) fn asked_anew(mut before: Vec<TakenBefore>) -> Vec<TakenBefore> {
    before.iter_mut().for_each(|before| before.as_asked = false);
    before
}

/// Whether a thing was taken before for the same use at the same time.
pub(crate) fn held_before(before: &[TakenBefore], taken: &Engagement) -> bool {
    before.iter().any(|before| before.resource == taken.resource && before.core == taken.core)
}

/// A use with the margins that its room was booked with, where it goes on in that room at its time: what a room needs by now is for what is
/// booked by now. An end at which it meets another use by its visit, where its margin is not `whole`, stays where they meet.
pub(crate) fn as_booked(candidate: Candidate, whole: Margins, booked: &[Booked]) -> Candidate {
    let Some((room, site)) = candidate.room() else { return candidate };
    let used = candidate.engagements().iter().find(|engagement| engagement.resource == room);
    let Some((Occupation::Room { margins, .. }, was)) = used.and_then(|used| Some((used.occupation, Booked::of_use(used, booked)?))) else {
        return candidate;
    };
    let was = was.margins();
    let end = |now: u32, whole: u32, was: u32| if now == whole { was } else { now };
    let kept = Margins { before: end(margins.before, whole.before, was.before), after: end(margins.after, whole.after, was.after) };
    candidate.in_room(room, site, kept)
}

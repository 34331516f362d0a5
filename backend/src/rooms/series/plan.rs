//! What a series would come to: each of its days, with the booking on it, before anything is judged or saved.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    rooms::bookings::author,
};
use domain::{
    ids::{BookingId, SeriesId},
    marking::view::BookingView,
    problems::Problem,
    rooms::{
        Booking,
        series::{
            Reach, Series, SeriesDay, Settled,
            input::{SeriesAnswer, SeriesInput},
        },
    },
    time::{WallTime, agreed::AgreedTime},
};
use std::collections::{BTreeMap, BTreeSet};

/// Why an occurrence is at no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nowhere {
    /// The clocks go forward over its start.
    StartSkipped,
    /// The clocks go forward over its end.
    EndSkipped,
    /// Its month lacks the day.
    NoSuchDay,
}

/// What would become of a day.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A booking, new or changed.
    Use {
        booking: Box<Booking>,
        /// Whether it is where the answer puts it.
        is_elsewhere: bool,
    },
    /// There is no such time. Near it lies a booking with which to look for what would work.
    Nowhere { why: Nowhere, near: Option<Box<Booking>> },
    /// It is left out.
    LeftOut,
    /// A booking that was changed by itself, or is past.
    Stays(Box<Booking>),
}

/// What a series would come to.
#[derive(Debug)]
pub(super) struct Planned {
    /// The series; a new one bears revision 1 and is not stored.
    pub(super) series: Series,
    /// What is before the days that are changed, if the series is cut in two there.
    pub(super) head: Option<Series>,
    /// Each of its days.
    pub(super) places: Vec<(SeriesDay, Place)>,
    /// Bookings that are changed or cancelled: what they took is given back first.
    pub(super) released: Vec<Booking>,
    /// Bookings changed by themselves that go along: into the new series of two, and up to its marking.
    pub(super) kept: Vec<Along>,
}

/// A booking that goes along with its series, where and when it is.
#[derive(Debug)]
pub(super) struct Along {
    pub(super) booking: Booking,
    /// Whether it is marked higher than it was: what takes its room is then judged anew.
    pub(super) is_raised: bool,
}

impl Planned {
    /// The bookings that are to be, by day.
    pub(super) fn uses(&self) -> impl Iterator<Item = (SeriesDay, &Booking)> {
        self.places.iter().filter_map(|(on, place)| match place {
            Place::Use { booking, .. } => Some((*on, &**booking)),
            Place::Nowhere { .. } | Place::LeftOut | Place::Stays(_) => None,
        })
    }

    /// Those of the released bookings that are not to be any more.
    pub(super) fn cancelled(&self) -> impl Iterator<Item = &Booking> {
        let stay: BTreeSet<BookingId> = self.uses().map(|(_, booking)| booking.id).collect();
        self.released.iter().filter(move |booking| !stay.contains(&booking.id))
    }
}

/// Which bookings of a series a change reaches, and from which day on.
#[derive(Debug)]
pub(super) struct Reached {
    /// The first day that is reached.
    pub(super) from: SeriesDay,
    /// The bookings that have not begun and were not changed by themselves.
    pub(super) bookings: Vec<Booking>,
    /// Those that were, as far as the actor may read them.
    pub(super) detached: Vec<Booking>,
}

fn is_readable(context: &RequestContext, booking: &Booking) -> bool {
    BookingView::of(booking, context.reader()).is_some()
}

/// The bookings of a series that are reached and have not begun.
fn to_come<'a>(context: &RequestContext, bookings: &'a [Booking], reach: Reach, on: Option<SeriesDay>) -> Outcome<Vec<&'a Booking>> {
    let from = match (reach, on) {
        (Reach::All, _) => None,
        (Reach::This | Reach::Following, Some(on)) => Some(on),
        (Reach::This | Reach::Following, None) => return Err(Failure::field("on", Problem::Missing)),
    };
    let day_of = |booking: &Booking| booking.series.map(|of| of.on);
    let is_one = |booking: &Booking| day_of(booking) == from && is_readable(context, booking);
    if from.is_some() && !bookings.iter().any(is_one) {
        return Err(Failure::field("on", Problem::Unknown));
    }
    Ok(bookings.iter().filter(|booking| booking.starts.at() > context.now() && day_of(booking) >= from).collect())
}

/// The bookings that a cancellation reaches, as far as the actor may read them.
///
/// # Errors
/// When the day is not one of them, or none is reached.
pub(super) fn to_cancel<'a>(
    context: &RequestContext,
    bookings: &'a [Booking],
    (reach, on): (Reach, Option<SeriesDay>),
) -> Outcome<Vec<&'a Booking>> {
    let mut reached = to_come(context, bookings, reach, on)?;
    reached.retain(|booking| is_readable(context, booking));
    if reached.is_empty() { Err(Failure::field("reach", Problem::StateRefused)) } else { Ok(reached) }
}

/// What a change reaches of a series' bookings; what has begun stays.
///
/// # Errors
/// When the day is not one of them, or none is reached.
pub(super) fn reached(context: &RequestContext, bookings: &[Booking], reach: Reach, on: Option<SeriesDay>) -> Outcome<Reached> {
    let (detached, bookings): (Vec<Booking>, Vec<Booking>) =
        to_come(context, bookings, reach, on)?.into_iter().cloned().partition(|booking| booking.series.is_some_and(|of| of.is_detached));
    let detached = detached.into_iter().filter(|booking| is_readable(context, booking)).collect();
    let from = bookings
        .iter()
        .filter_map(|booking| booking.series.map(|of| of.on))
        .min()
        .ok_or_else(|| Failure::field("reach", Problem::StateRefused))?;
    Ok(Reached { from, bookings, detached })
}

/// A new series, as it would be.
///
/// # Errors
/// With all that is wrong with what was said.
pub(super) fn planned(context: &RequestContext, input: &SeriesInput) -> Outcome<Planned> {
    let series = input.onto(context.new_id(), None, author(context), context.zones())?;
    let places = places(context, input, &series, &BTreeMap::new(), &BTreeMap::new())?;
    Ok(Planned { series, head: None, places, released: Vec::new(), kept: Vec::new() })
}

/// A series with its bookings as it would be changed.
///
/// # Errors
/// When nothing is reached, or with all that is wrong with what was said.
pub(super) fn changed(
    context: &RequestContext,
    series: &Series,
    bookings: &[Booking],
    (reach, on): (Reach, Option<SeriesDay>),
    input: &SeriesInput,
) -> Outcome<Planned> {
    let Reached { from, bookings: released, detached } = reached(context, bookings, reach, on)?;
    let (head, mut tail) = series.recurrence.split(from);
    tail.except.extend(cancelled_alone(&tail.pattern_days(), bookings));
    let head = head.filter(|_| reach == Reach::Following);
    let id = if head.is_some() { context.new_id::<SeriesId>() } else { series.id };
    let revision = if head.is_some() { 1 } else { series.revision };
    let had = Series { id, revision, recurrence: tail, model: series.model.clone() };
    let series_after = input.onto(id, Some(&had), author(context), context.zones())?;
    let by_day = |bookings: &[Booking]| -> BTreeMap<SeriesDay, Booking> {
        bookings.iter().filter_map(|booking| Some((booking.series?.on, booking.clone()))).collect()
    };
    let reached = by_day(&released);
    let others = bookings.iter().filter(|booking| !released.iter().any(|other| other.id == booking.id));
    let stay = by_day(&others.cloned().collect::<Vec<_>>());
    // What stays with the series before is in nobody's way.
    let stay = if head.is_some() { stay.into_iter().filter(|(day, _)| *day >= from).collect() } else { stay };
    let places = places(context, input, &series_after, &reached, &stay)?;
    let head = head.map(|recurrence| Series { recurrence, ..series.clone() });
    let marking = series_after.model.purpose.marking();
    let kept = detached
        .into_iter()
        .filter(|booking| head.is_some() || booking.purpose.marking() < marking)
        .map(|booking| Along {
            is_raised: booking.purpose.marking() < marking,
            booking: Booking {
                purpose: booking.purpose.clone().at_least(marking),
                series: booking.series.map(|of| domain::rooms::series::InSeries { series: id, ..of }),
                ..booking
            },
        })
        .collect();
    Ok(Planned { series: series_after, head, places, released, kept })
}

/// The days of a pattern on which nothing is, because the booking was cancelled by itself.
pub(super) fn cancelled_alone<'a>(days: &'a [SeriesDay], bookings: &[Booking]) -> impl Iterator<Item = SeriesDay> + use<'a> {
    let there: BTreeSet<SeriesDay> = bookings.iter().filter_map(|booking| booking.series.map(|of| of.on)).collect();
    days.iter().copied().filter(move |day| !there.contains(day))
}

/// What would become of each day of a series; `had` are the bookings that go on, `stay` those that nothing is done to.
fn places(
    context: &RequestContext,
    input: &SeriesInput,
    series: &Series,
    had: &BTreeMap<SeriesDay, Booking>,
    stay: &BTreeMap<SeriesDay, Booking>,
) -> Outcome<Vec<(SeriesDay, Place)>> {
    let answers: BTreeMap<SeriesDay, &SeriesAnswer> = input.answers.iter().map(|answer| (answer.on, answer)).collect();
    let (author, zones, recurrence) = (author(context), context.zones(), &series.recurrence);
    // A new occurrence of a series that there was is what the series was.
    let model = (series.revision > 1 || !had.is_empty()).then_some(&series.model);
    let mut places = Vec::new();
    for on in recurrence.pattern_days() {
        if let Some(booking) = stay.get(&on) {
            places.push((on, Place::Stays(Box::new(booking.clone()))));
            continue;
        }
        if recurrence.except.contains(&on) {
            places.push((on, Place::LeftOut));
            continue;
        }
        let before = had.get(&on);
        let id = before.map_or_else(|| context.new_id(), |booking| booking.id);
        let revision = before.map_or(1, |booking| booking.revision);
        let basis = before.or(model);
        let of_series = |booking: Booking, is_detached| Box::new(Booking { revision, ..booking.in_series(series.id, on, is_detached) });
        if let Some(slot) = answers.get(&on).and_then(|answer| answer.take.as_ref()) {
            let booking = input.taken(basis, id, slot, author, zones)?;
            places.push((on, Place::Use { booking: of_series(booking, true), is_elsewhere: true }));
            continue;
        }
        let at = |settled: &Settled| match settled {
            Settled::At { starts, ends } => Some(input.occurrence(basis, id, (starts, ends), author, zones)),
            _ => None,
        };
        let settle = |local: WallTime| {
            let time = AgreedTime { local, zone: recurrence.zone.clone(), offset: None };
            domain::time::agreed::settle(zones, &time).ok()
        };
        let settled = recurrence.settle(on, zones).map_err(|_| Failure::field("booking.starts", Problem::UnknownZone))?;
        let place = match &settled {
            Settled::At { .. } => {
                let booking = at(&settled).ok_or(Failure::Corrupt { what: "series" })??;
                Place::Use { booking: of_series(booking, false), is_elsewhere: false }
            }
            Settled::Skipped { at_start, starts, ends } => {
                let near = settle(*starts).zip(settle(*ends)).map(|(starts, ends)| Settled::At { starts, ends });
                let near = near.and_then(|near| at(&near)?.ok()).map(|booking| of_series(booking, true));
                Place::Nowhere { why: if *at_start { Nowhere::StartSkipped } else { Nowhere::EndSkipped }, near }
            }
            // Said which, or it was refused before.
            Settled::Twice { .. } => return Err(Failure::Corrupt { what: "series" }),
            Settled::NoSuchDay => {
                let near = on.nearest_date().and_then(|date| recurrence.settle(SeriesDay::from(date), zones).ok());
                let near = near.and_then(|near| at(&near)?.ok()).map(|booking| of_series(booking, true));
                Place::Nowhere { why: Nowhere::NoSuchDay, near }
            }
        };
        places.push((on, place));
    }
    Ok(places)
}

//! What a newer tz database moves.
//!
//! The hour on the wall was agreed and stays; where the rules of its clocks changed it is another instant. What has not begun yet is
//! written anew at that instant, with all it takes, in one step for each office; what is past keeps the instants it had.

use crate::{
    accounts::directory::of_person,
    audit::{self, Entry},
    context::{Chancery, RequestContext, retried},
    database::{Connection, WriteTransaction},
    engagements,
    error::Outcome,
    news,
    permits::{ManageOffice, ManageRooms, authorise, by_other_proof},
    programme::{
        Prepared,
        renewed::{self as lines, RenewedLine, RenewedLines},
    },
    rooms::{approvals::editors_of, blackouts, bookings::renewed as bookings},
};
use chrono::{DateTime, Days, Utc};
use domain::{
    audit::{Intent, ThingKind},
    clash::Source,
    ids::{AccountId, BlackoutId, BookingId, ItemId, SeriesId, VisitId},
    marking::{Marking, view::NewsKind},
    permission::Facts,
    programme::ItemDetails,
    rooms::blackouts::Blackout,
    time::{Moment, Span, ZoneName},
};
use std::collections::{BTreeMap, BTreeSet};

/// How much is read at once.
const STRETCH: Days = Days::new(31);

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedThing {
    /// A line of a programme.
    Line {
        /// The line.
        item: ItemId,
        /// Its visit.
        visit: VisitId,
    },
    /// A booking.
    Booking(BookingId),
    /// A blackout.
    Blackout(BlackoutId),
}

/// Something that newer rules of the clocks moved to another instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTime {
    /// What.
    pub what: MovedThing,
    /// Whose clocks it starts by.
    pub zone: ZoneName,
    /// The marking of when it is.
    pub marking: Marking,
    /// The instant it started at.
    pub was: DateTime<Utc>,
    /// The instant it starts at.
    pub is: DateTime<Utc>,
    /// Where a room or somebody that it takes is in another use too then: the marking of what one learns by knowing so.
    pub shares: Option<Marking>,
    /// Whose it is, and so who was told: who may change the programme or made the booking.
    pub owners: BTreeSet<AccountId>,
}

impl MovedTime {
    /// Whether somebody who reads up to a marking is told that it shares what it takes.
    pub fn shares_for(&self, ceiling: Marking) -> bool {
        self.shares.is_some_and(|marking| marking <= ceiling)
    }
}

/// What became of the times of an office.
#[derive(Debug)]
pub struct OfficeRenewed {
    /// The operator in the office.
    pub context: RequestContext,
    /// What moved; or why nothing of the office is written anew.
    pub outcome: Outcome<Vec<MovedTime>>,
}

/// The stretches of time in which something starts that may have moved.
fn stretches(now: DateTime<Utc>, latest: Option<DateTime<Utc>>) -> Vec<Span> {
    let mut stretches = Vec::new();
    let mut from = now;
    while latest.is_some_and(|latest| from <= latest) {
        let Some(until) = from.checked_add_days(STRETCH) else { break };
        stretches.extend(Span::new(from, until));
        from = until;
    }
    stretches
}

/// All of an office that the rules now in use move.
#[derive(Default)]
struct Found {
    lines: BTreeMap<VisitId, Vec<RenewedLine>>,
    bookings: Vec<bookings::RenewedBooking>,
    blackouts: Vec<(Blackout, Blackout)>,
}

impl Found {
    async fn of(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        let mut found = Self::default();
        let now = context.now();
        for stretch in stretches(now, crate::programme::store::latest(context, connection).await?) {
            for (visit, lines) in lines::find(context, connection, stretch).await? {
                found.lines.entry(visit).or_default().extend(lines);
            }
        }
        for stretch in stretches(now, crate::rooms::bookings::store::latest(context, connection).await?) {
            found.bookings.extend(bookings::find(context, connection, stretch).await?);
        }
        for stretch in stretches(now, blackouts::store::latest(context, connection).await?) {
            for was in blackouts::store::during(context, connection, stretch).await? {
                let starts = was.starts.at();
                if starts > now && stretch.holds(starts) {
                    found.blackouts.extend(was.renewed(context.zones()).map(|is| (was, is)));
                }
            }
        }
        Ok(found)
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.bookings.is_empty() && self.blackouts.is_empty()
    }
}

/// By what something that moved takes what it does.
enum Takes {
    Line(Box<Prepared>),
    Booking(Box<bookings::RenewedBooking>),
    /// It closes a room, and takes nothing.
    Nothing,
}

/// The step in which all that moved is written.
struct Renewing<'a> {
    context: &'a RequestContext,
    entry: Entry,
    digests: Vec<audit::chain::Digest>,
    moved: Vec<(MovedTime, Takes)>,
}

impl Renewing<'_> {
    fn note(&mut self, kind: ThingKind, id: uuid::Uuid, (revision, digest): (i64, audit::chain::Digest)) {
        let entry = std::mem::replace(&mut self.entry, Entry::done(Intent::RenewTimes));
        self.entry = entry.thing(kind, id, revision);
        self.digests.push(digest);
    }

    /// What all of it held is given back before any of it is taken anew: one thing may come to where another was.
    async fn all(&mut self, transaction: &mut WriteTransaction, found: Found) -> Outcome<()> {
        let mut visits = Vec::with_capacity(found.lines.len());
        for (visit, lines) in found.lines {
            visits.extend(RenewedLines::given_back(self.context, transaction, visit, lines).await?);
        }
        let mut before = Vec::with_capacity(found.bookings.len());
        for booking in &found.bookings {
            before.push(engagements::release(self.context, transaction, Source::Booking(booking.was.id)).await?);
        }
        for of_visit in visits {
            self.lines(transaction, of_visit).await?;
        }
        let mut told: BTreeSet<(AccountId, SeriesId)> = BTreeSet::new();
        for (booking, before) in found.bookings.into_iter().zip(before) {
            self.booking(transaction, booking, &before, &mut told).await?;
        }
        for (was, is) in &found.blackouts {
            let permit = by_other_proof::<ManageRooms>();
            let written = blackouts::store::update(self.context, transaction, &permit, is).await?;
            self.note(ThingKind::Blackout, is.id.uuid(), written);
            let what = MovedThing::Blackout(is.id);
            self.moved.push((moved(what, (&was.starts, &is.starts), is.cause.marking(), BTreeSet::new()), Takes::Nothing));
        }
        // Only when all of it is where it goes.
        for (moved, takes) in &mut self.moved {
            moved.shares = match takes {
                Takes::Line(prepared) => prepared.shares(self.context, transaction).await?,
                Takes::Booking(booking) => booking.shares(self.context, transaction).await?,
                Takes::Nothing => None,
            };
        }
        Ok(())
    }

    /// Who may change the programme and who takes part is told once of each visit, at the first line of theirs that most may read.
    async fn lines(&mut self, transaction: &mut WriteTransaction, of_visit: RenewedLines) -> Outcome<()> {
        let (visit, mut written) = of_visit.take(self.context, transaction).await?;
        let marking = |is: &ItemDetails| is.time.marking().max(is.existence).max(visit.details.existence);
        written.sort_by_key(|written| marking(&written.line.is).max(written.line.is.title.marking()));
        let owners = editors_of(self.context, transaction, visit.id).await?;
        let mut told: BTreeMap<AccountId, ItemId> = BTreeMap::new();
        for lines::Written { line, revision, digest, prepared } in written {
            let item = line.was.id;
            self.note(ThingKind::Item, item.uuid(), (revision, digest));
            for person in &prepared.people {
                for account in of_person(self.context, transaction, *person).await? {
                    told.entry(account).or_insert(item);
                }
            }
            for owner in &owners {
                told.entry(*owner).or_insert(item);
            }
            let starts = (line.was.details.time_for_rules().starts(), line.is.time_for_rules().starts());
            let moved = moved(MovedThing::Line { item, visit: visit.id }, starts, marking(&line.is), owners.clone());
            self.moved.push((moved, Takes::Line(Box::new(prepared))));
        }
        for (account, item) in told {
            news::tell(self.context, transaction, account, NewsKind::ClocksChanged, Source::Item(item)).await?;
        }
        Ok(())
    }

    /// Who made it is told; of a series once.
    async fn booking(
        &mut self,
        transaction: &mut WriteTransaction,
        booking: bookings::RenewedBooking,
        before: &[engagements::TakenBefore],
        told: &mut BTreeSet<(AccountId, SeriesId)>,
    ) -> Outcome<()> {
        let written = booking.take(self.context, transaction, before).await?;
        let bookings::RenewedBooking { was, is } = &booking;
        self.note(ThingKind::Booking, is.id.uuid(), written);
        if let Some(account) = is.made_by {
            let is_first = is.series.is_none_or(|of| told.insert((account, of.series)));
            if is_first {
                news::tell(self.context, transaction, account, NewsKind::ClocksChanged, Source::Booking(is.id)).await?;
            }
        }
        let owners = is.made_by.into_iter().collect();
        let moved = moved(MovedThing::Booking(is.id), (&was.starts, &is.starts), is.purpose.marking(), owners);
        self.moved.push((moved, Takes::Booking(Box::new(booking))));
        Ok(())
    }
}

fn moved(what: MovedThing, (was, is): (&Moment, &Moment), marking: Marking, owners: BTreeSet<AccountId>) -> MovedTime {
    MovedTime { what, zone: is.zone.clone(), marking, was: was.at(), is: is.at(), shares: None, owners }
}

/// Works out the instants of an office's future anew, by the rules of the clocks that this program has, and writes what moved: lines,
/// bookings and blackouts that have not begun. Each stays at its hour on the wall; a wall time that does not exist any more becomes the
/// one after the gap. What others have by then is shared, and the clash is told where the two are looked at. Asked again it moves nothing.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn renew_times(context: &RequestContext) -> Outcome<Vec<MovedTime>> {
    authorise::<ManageOffice>(context, Facts::NONE)?;
    retried(|| async {
        // The office's lock is in it: of two servers that start at once the second finds nothing left to do.
        let mut transaction = context.write().await?;
        let found = Found::of(context, &mut transaction).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut renewing = Renewing { context, entry: Entry::done(Intent::RenewTimes), digests: Vec::new(), moved: Vec::new() };
        renewing.all(&mut transaction, found).await?;
        let Renewing { entry, digests, moved, .. } = renewing;
        audit::record(context, &mut transaction, entry.digests(&digests)).await?;
        transaction.commit().await?;
        Ok(moved.into_iter().map(|(moved, _)| moved).collect())
    })
    .await
}

/// The same of every office, each in a step of its own: one that cannot be written keeps no other from it.
///
/// # Errors
/// When it cannot be read which offices there are.
pub async fn renew_times_of_all(chancery: &Chancery) -> Outcome<Vec<OfficeRenewed>> {
    let mut renewed = Vec::new();
    for office in crate::accounts::access::offices(chancery).await? {
        let operator = domain::permission::Actor::operator(office.id);
        let context = chancery.context(std::sync::Arc::new(office), operator);
        let outcome = renew_times(&context).await;
        renewed.push(OfficeRenewed { context, outcome });
    }
    Ok(renewed)
}

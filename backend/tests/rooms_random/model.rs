//! What ought to come of each command, in memory and without a database: who has which room, when, and how firmly.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::rooms::{HoldKind, approval::Approving};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who acts: an officer, who must ask for the second room, or the rooms' manager, who gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Officer,
    Manager,
}

/// How firmly a room is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Firm,
    Pencilled,
    Promised,
    /// Of a line of a programme alone.
    Wished,
}

impl Wanted {
    const fn is_hold(self) -> bool {
        matches!(self, Self::Pencilled | Self::Promised)
    }

    const fn is_exclusive(self) -> bool {
        matches!(self, Self::Firm | Self::Promised)
    }

    pub(crate) const fn words(self) -> (&'static str, HoldKind) {
        match self {
            Self::Firm => ("firm", HoldKind::Pencilled),
            Self::Pencilled => ("held", HoldKind::Pencilled),
            Self::Promised => ("held", HoldKind::Promised),
            Self::Wished => ("wished", HoldKind::Pencilled),
        }
    }
}

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Clash,
    Invalid,
    Stale,
    Forbidden,
    NotFound,
}

/// From when until when.
pub(crate) type Stretch = (DateTime<Utc>, DateTime<Utc>);

pub(crate) fn overlap(a: Stretch, b: Stretch) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// A time on a day, in quarters of an hour from nine in the morning in Los Angeles, and how many quarters long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    /// So many weeks after 10 March 2027.
    pub(crate) week: u64,
    pub(crate) quarter: i64,
    pub(crate) quarters: i64,
}

/// The day of a week: the first lies before the clocks go forward on the 14th, the others after.
pub(crate) fn day_of(week: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 10).unwrap() + Days::new(7 * week)
}

impl Slot {
    pub(crate) fn on(self, day: NaiveDate) -> Stretch {
        let nine = day.and_hms_opt(9, 0, 0).unwrap().and_utc();
        let behind = if day < NaiveDate::from_ymd_opt(2027, 3, 14).unwrap() { 8 } else { 7 };
        let starts = nine + TimeDelta::hours(behind) + TimeDelta::minutes(15 * self.quarter);
        (starts, starts + TimeDelta::minutes(15 * self.quarters))
    }

    pub(crate) fn stretch(self) -> Stretch {
        self.on(day_of(self.week))
    }
}

/// A booking, or a line of the programme.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub(crate) id: Uuid,
    pub(crate) is_line: bool,
    pub(crate) room: usize,
    pub(crate) core: Stretch,
    pub(crate) wanted: Wanted,
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) approval: Option<Approving>,
    pub(crate) maker: Who,
    pub(crate) is_gone: bool,
    /// Of a series: which, the day, and whether it was changed by itself.
    pub(crate) of: Option<(usize, NaiveDate, bool)>,
}

/// How firmly a use takes its room as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    Nothing,
    Pencilled(DateTime<Utc>),
    Promised(DateTime<Utc>),
    Firm,
}

impl Claim {
    const fn is_exclusive(self) -> bool {
        matches!(self, Self::Firm | Self::Promised(_))
    }

    pub(crate) fn is_alive(self, now: DateTime<Utc>) -> bool {
        match self {
            Self::Pencilled(until) | Self::Promised(until) => now < until,
            Self::Firm => true,
            Self::Nothing => false,
        }
    }
}

impl Use {
    fn until(&self) -> DateTime<Utc> {
        self.until.unwrap_or(self.core.0).min(self.core.0)
    }

    fn claim_if(&self, approval: Option<Approving>) -> Claim {
        match (approval, self.wanted) {
            (Some(Approving::Declined | Approving::GivenAway), _) | (_, Wanted::Wished) => Claim::Nothing,
            (Some(Approving::Awaited), Wanted::Firm) => Claim::Pencilled(self.core.0),
            (Some(Approving::Awaited), _) | (_, Wanted::Pencilled) => Claim::Pencilled(self.until()),
            (_, Wanted::Promised) => Claim::Promised(self.until()),
            (_, Wanted::Firm) => Claim::Firm,
        }
    }

    fn claim(&self) -> Claim {
        self.claim_if(self.approval)
    }

    fn has_lapsed(&self, now: DateTime<Utc>) -> bool {
        let claim = self.claim();
        claim != Claim::Nothing && !claim.is_alive(now)
    }

    /// What would have to be asked for anew.
    fn asked(&self) -> (usize, Stretch, Wanted) {
        // One hold is as another, as far as it is exclusive at all.
        (self.room, self.core, self.wanted)
    }
}

/// What takes a room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Taken {
    pub(crate) by: Uuid,
    pub(crate) room: usize,
    pub(crate) core: Stretch,
    pub(crate) during: Stretch,
    pub(crate) claim: Claim,
}

/// A series, by the days of its pattern.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) id: Uuid,
    pub(crate) days: Vec<NaiveDate>,
    wanted: Wanted,
    maker: Who,
    is_gone: bool,
}

/// How much of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    This,
    Following,
    All,
}

/// What a command of a series reaches.
struct Reached {
    alone: Vec<usize>,
    bookings: Vec<usize>,
    from: NaiveDate,
}

/// The second of the two rooms has to be asked for.
pub(crate) const ASKED_FOR: usize = 1;

#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) now: DateTime<Utc>,
    /// The minutes it takes to lay out and to clear each room.
    pub(crate) margins: [(u32, u32); 2],
    pub(crate) uses: Vec<Use>,
    pub(crate) taken: Vec<Taken>,
    pub(crate) series: Vec<Series>,
    pub(crate) blackouts: Vec<(Uuid, usize, Stretch)>,
}

type Outcome = Result<(), Refusal>;

impl Model {
    fn with_margins(&self, room: usize, core: Stretch) -> Stretch {
        let (before, after) = self.margins[room];
        (core.0 - TimeDelta::minutes(before.into()), core.1 + TimeDelta::minutes(after.into()))
    }

    fn release(&mut self, id: Uuid) -> Option<Taken> {
        let had = self.taken.iter().find(|taken| taken.by == id && taken.claim.is_alive(self.now)).copied();
        self.taken.retain(|taken| taken.by != id);
        had
    }

    /// A use takes its room, or is refused. What goes on as it was need not answer for what became of the room meanwhile.
    fn claim(&mut self, number: usize, had: Option<Taken>) -> Outcome {
        let wanted = &self.uses[number];
        let (id, room, core, claim) = (wanted.id, wanted.room, wanted.core, wanted.claim());
        if claim == Claim::Nothing {
            return Ok(());
        }
        // What goes on in its room at its time keeps the margins it was booked with; a line that was held is laid out anew.
        let goes_on = had.filter(|had| had.room == room && had.core == core);
        let booked = goes_on.filter(|had| !wanted.is_line || had.claim == Claim::Firm);
        let during = booked.map_or_else(|| self.with_margins(room, core), |booked| booked.during);
        if claim.is_alive(self.now) {
            let others = self.taken.iter().filter(|other| other.room == room && other.claim.is_alive(self.now) && other.by != id);
            let blocks = |other: &Taken| overlap(other.during, during) && (claim.is_exclusive() || other.claim.is_exclusive());
            let is_blacked_out = self.blackouts.iter().any(|(_, of, span)| *of == room && overlap(*span, during));
            if others.into_iter().any(blocks)
                || is_blacked_out && !goes_on.is_some_and(|had| had.during.0 <= during.0 && during.1 <= had.during.1)
            {
                return Err(Refusal::Clash);
            }
        }
        self.taken.push(Taken { by: id, room, core, during, claim });
        Ok(())
    }

    /// How a use stands once it is saved over what there was.
    fn standing(wanted: &Use, had: Option<&Use>, by: Who) -> Option<Approving> {
        let must_ask = wanted.room == ASKED_FOR && by == Who::Officer;
        let goes_on =
            |had: &&Use| had.asked() == wanted.asked() && !matches!(had.approval, Some(Approving::Declined | Approving::GivenAway));
        match had.filter(goes_on) {
            _ if !wanted.wanted.is_exclusive() => None,
            Some(had) => had.approval,
            None => must_ask.then_some(Approving::Awaited),
        }
    }

    fn check_hold(&self, wanted: &mut Use) -> Outcome {
        if wanted.is_line || !wanted.wanted.is_hold() {
            wanted.until = None;
            return Ok(());
        }
        wanted.until = Some(wanted.until());
        if wanted.until() <= self.now { Err(Refusal::Invalid) } else { Ok(()) }
    }

    fn known(&self, number: usize, by: Who) -> Result<Use, Refusal> {
        let booking = &self.uses[number];
        if booking.is_gone {
            return Err(Refusal::NotFound);
        }
        if by == Who::Manager || booking.maker == by { Ok(booking.clone()) } else { Err(Refusal::Forbidden) }
    }

    pub(crate) fn book(&mut self, by: Who, room: usize, core: Stretch, wanted: Wanted, until: Option<DateTime<Utc>>) -> Outcome {
        let id = Uuid::nil();
        let new = Use { id, is_line: false, room, core, wanted, until, approval: None, maker: by, is_gone: false, of: None };
        self.add(by, new)
    }

    fn add(&mut self, by: Who, mut new: Use) -> Outcome {
        self.check_hold(&mut new)?;
        new.approval = Self::standing(&new, None, by);
        self.uses.push(new);
        self.claim(self.uses.len() - 1, None)
    }

    /// A change of the booking's room, time or state; it is by itself from then on.
    pub(crate) fn change(&mut self, by: Who, number: usize, change: impl FnOnce(&mut Use)) -> Outcome {
        let had = self.known(number, by)?;
        let mut changed = had.clone();
        change(&mut changed);
        changed.of = changed.of.map(|(series, on, _)| (series, on, true));
        self.check_hold(&mut changed)?;
        self.save(by, number, &had, changed)
    }

    fn save(&mut self, by: Who, number: usize, had: &Use, changed: Use) -> Outcome {
        // What has lapsed holds nothing that could go on; a line is asked for again with its time or room alone.
        let before = Some(had).filter(|had| had.is_line || !had.has_lapsed(self.now));
        let approval = Self::standing(&changed, before, by);
        let id = changed.id;
        self.uses[number] = Use { approval, ..changed };
        let released = self.release(id);
        self.confirm(by, number, released);
        self.claim(number, released)
    }

    /// A pencilled hold that is confirmed where it is ends the pencilled ones over it that who confirms it reads: lines only the officer
    /// does.
    fn confirm(&mut self, by: Who, number: usize, had: Option<Taken>) {
        let confirmed = &self.uses[number];
        let (id, claim) = (confirmed.id, confirmed.claim());
        let is_where_it_was = |had: &Taken| had.room == confirmed.room && had.core == confirmed.core;
        let Some(had) = had.filter(|had| is_where_it_was(had) && matches!(had.claim, Claim::Pencilled(_)) && claim.is_exclusive()) else {
            return;
        };
        let lines: BTreeSet<Uuid> = self.uses.iter().filter(|it| it.is_line).map(|it| it.id).collect();
        let during = if confirmed.is_line { self.with_margins(had.room, had.core) } else { had.during };
        let over = self.taken.iter().filter(|other| other.room == had.room && other.by != id && overlap(other.during, during));
        let pencilled = over.filter(|other| matches!(other.claim, Claim::Pencilled(_)) && other.claim.is_alive(self.now));
        let read = pencilled.filter(|other| by == Who::Officer || !lines.contains(&other.by));
        let lost: BTreeSet<Uuid> = read.map(|other| other.by).collect();
        for other in self.uses.iter_mut().filter(|other| lost.contains(&other.id)) {
            other.approval = Some(Approving::GivenAway);
        }
        self.taken.retain(|taken| !lost.contains(&taken.by));
    }

    pub(crate) fn cancel(&mut self, by: Who, number: usize) -> Outcome {
        let booking = self.known(number, by)?;
        self.release(booking.id);
        self.uses[number].is_gone = true;
        Ok(())
    }

    /// The use that waits, if it does, and who asks may decide it.
    fn waiting(&self, by: Who, number: usize) -> Result<Taken, Refusal> {
        let it = &self.uses[number];
        if it.is_gone {
            return Err(if it.is_line { Refusal::Stale } else { Refusal::NotFound });
        }
        if by == Who::Officer {
            return Err(Refusal::Forbidden);
        }
        let own = self.taken.iter().find(|taken| taken.by == it.id && taken.claim.is_alive(self.now));
        own.filter(|_| it.approval == Some(Approving::Awaited)).copied().ok_or(Refusal::Stale)
    }

    /// Gives the room: every pencil over it goes. A booking keeps the margins with which it was asked for; a line is laid out among
    /// those of its programme anew.
    pub(crate) fn approve(&mut self, by: Who, number: usize) -> Outcome {
        let own = self.waiting(by, number)?;
        let it = &self.uses[number];
        let (id, room, core) = (it.id, it.room, it.core);
        let during = if it.is_line { self.with_margins(room, core) } else { own.during };
        let over = |taken: &&Taken| taken.by != id && taken.room == room && taken.claim.is_alive(self.now) && overlap(taken.during, during);
        if self.taken.iter().filter(over).any(|taken| taken.claim.is_exclusive()) {
            return Err(Refusal::Clash);
        }
        let lost: BTreeSet<Uuid> = self.taken.iter().filter(over).map(|taken| taken.by).collect();
        for other in self.uses.iter_mut().filter(|other| lost.contains(&other.id)) {
            other.approval = Some(Approving::GivenAway);
        }
        self.taken.retain(|taken| !lost.contains(&taken.by) && taken.by != id);
        self.uses[number].approval = Some(Approving::Given);
        let claim = self.uses[number].claim();
        self.taken.push(Taken { by: id, room, core, during, claim });
        Ok(())
    }

    pub(crate) fn decline(&mut self, by: Who, number: usize) -> Outcome {
        let own = self.waiting(by, number)?;
        self.taken.retain(|taken| taken.by != own.by);
        self.uses[number].approval = Some(Approving::Declined);
        Ok(())
    }

    pub(crate) fn book_series(&mut self, by: Who, room: usize, slot: Slot, times: u64, wanted: Wanted) -> Outcome {
        let days: Vec<NaiveDate> = (0..times).map(|week| day_of(slot.week + week)).collect();
        let series = self.series.len();
        for on in &days {
            let of = Some((series, *on, false));
            let core = slot.on(*on);
            let new =
                Use { id: Uuid::nil(), is_line: false, room, core, wanted, until: None, approval: None, maker: by, is_gone: false, of };
            if wanted.is_hold() && core.0 <= self.now {
                return Err(Refusal::Invalid);
            }
            // Told apart until the database has named it.
            let new = Use { id: Uuid::from_u128(on.to_epoch_days().try_into().unwrap()), ..new };
            self.add(by, new)?;
        }
        self.series.push(Series { id: Uuid::nil(), days, wanted, maker: by, is_gone: false });
        Ok(())
    }

    /// The bookings of a series, by day.
    pub(crate) fn members(&self, series: usize) -> Vec<usize> {
        let of = |it: &Use| it.of.filter(|(of, ..)| *of == series && !it.is_gone).map(|(_, on, _)| on);
        let mut members: Vec<usize> = (0..self.uses.len()).filter(|number| of(&self.uses[*number]).is_some()).collect();
        members.sort_by_key(|number| of(&self.uses[*number]));
        members
    }

    fn day(&self, number: usize) -> NaiveDate {
        self.uses[number].of.unwrap().1
    }

    fn known_series(&self, by: Who, series: usize) -> Result<&Series, Refusal> {
        let known = &self.series[series];
        if known.is_gone {
            return Err(Refusal::NotFound);
        }
        if by == Who::Manager || known.maker == by { Ok(known) } else { Err(Refusal::Forbidden) }
    }

    fn to_come(&self, series: usize, reach: Reach, on: NaiveDate) -> Result<Vec<usize>, Refusal> {
        let members = self.members(series);
        if reach != Reach::All && !members.iter().any(|number| self.day(*number) == on) {
            return Err(Refusal::Invalid);
        }
        let reached = |number: &usize| self.uses[*number].core.0 > self.now && (reach == Reach::All || self.day(*number) >= on);
        Ok(members.into_iter().filter(reached).collect())
    }

    fn reached(&self, series: usize, reach: Reach, on: NaiveDate) -> Result<Reached, Refusal> {
        let is_alone = |number: &usize| self.uses[*number].of.unwrap().2;
        let (alone, bookings): (Vec<usize>, Vec<usize>) = self.to_come(series, reach, on)?.into_iter().partition(is_alone);
        let from = bookings.first().map(|first| self.day(*first)).ok_or(Refusal::Invalid)?;
        Ok(Reached { alone, bookings, from })
    }

    /// The first day of which a change would be.
    pub(crate) fn changed_from(&self, series: usize, reach: Reach, on: NaiveDate) -> Option<NaiveDate> {
        if reach == Reach::This { Some(on) } else { self.reached(series, reach, on).ok().map(|reached| reached.from) }
    }

    /// The time of day or the room of a part of a series changes.
    pub(crate) fn change_series(&mut self, by: Who, series: usize, (reach, on): (Reach, NaiveDate), room: usize, slot: Slot) -> Outcome {
        let known = self.known_series(by, series)?.clone();
        if reach == Reach::This {
            let one = self.members(series).into_iter().find(|number| self.day(*number) == on).ok_or(Refusal::Invalid)?;
            return self.change(by, one, |booking| (booking.room, booking.core) = (room, slot.on(on)));
        }
        let Reached { alone, bookings, from } = self.reached(series, reach, on)?;
        let (head, tail): (Vec<NaiveDate>, Vec<NaiveDate>) = known.days.iter().partition(|day| **day < from);
        let is_cut = reach == Reach::Following && !head.is_empty();
        let there: Vec<NaiveDate> = self.members(series).iter().map(|number| self.day(*number)).collect();
        let first = tail.iter().find(|day| there.contains(day)).copied();
        let is_vain = |day: NaiveDate| known.wanted.is_hold() && slot.on(day).0 <= self.now;
        if first.is_some_and(is_vain) || bookings.iter().any(|number| is_vain(self.day(*number))) {
            return Err(Refusal::Invalid);
        }
        let new = if is_cut { self.series.len() } else { series };
        let mut released = Vec::new();
        for number in &bookings {
            released.push(self.release(self.uses[*number].id));
        }
        if is_cut {
            // Those changed by themselves go along as they are.
            for number in alone {
                let (_, on, _) = self.uses[number].of.unwrap();
                self.uses[number].of = Some((new, on, true));
            }
            self.series[series].days = head;
            self.series.push(Series { id: Uuid::nil(), days: tail, ..known });
        } else {
            self.series[series].days = tail;
        }
        for (number, had_taken) in bookings.into_iter().zip(released) {
            let had = self.uses[number].clone();
            let on = self.day(number);
            let core = slot.on(on);
            let until = had.wanted.is_hold().then_some(core.0);
            let changed = Use { room, core, until, of: Some((new, on, false)), ..had.clone() };
            let before = Some(&had).filter(|had| !had.has_lapsed(self.now));
            let approval = Self::standing(&changed, before, by);
            self.uses[number] = Use { approval, ..changed };
            self.claim(number, had_taken)?;
        }
        Ok(())
    }

    pub(crate) fn cancel_series(&mut self, by: Who, series: usize, reach: Reach, on: NaiveDate) -> Outcome {
        self.known_series(by, series)?;
        if reach == Reach::This {
            let one = self.members(series).into_iter().find(|number| self.day(*number) == on).ok_or(Refusal::Invalid)?;
            return self.cancel(by, one);
        }
        let cancelled = self.to_come(series, reach, on)?;
        let first = cancelled.first().map(|first| self.day(*first)).ok_or(Refusal::Invalid)?;
        let head: Vec<NaiveDate> = self.series[series].days.iter().copied().filter(|day| *day < first).collect();
        if head.is_empty() {
            self.series[series].is_gone = true;
        } else {
            self.series[series].days = head;
        }
        for number in cancelled {
            self.release(self.uses[number].id);
            self.uses[number].is_gone = true;
        }
        Ok(())
    }

    /// The one line of the programme that has a room, if there is one.
    pub(crate) fn line(&self) -> Option<usize> {
        self.uses.iter().position(|it| it.is_line && !it.is_gone)
    }

    /// Adds the line, or changes it; who does is the officer, who is on the visit's list.
    pub(crate) fn put_line(&mut self, room: usize, core: Stretch, wanted: Wanted) -> Outcome {
        let Some(number) = self.line() else {
            let id = Uuid::nil();
            let new =
                Use { id, is_line: true, room, core, wanted, until: None, approval: None, maker: Who::Officer, is_gone: false, of: None };
            return self.add(Who::Officer, new);
        };
        let had = self.uses[number].clone();
        let changed = Use { room, core, wanted, ..had.clone() };
        self.save(Who::Officer, number, &had, changed)
    }

    pub(crate) fn remove_line(&mut self, number: usize) {
        self.release(self.uses[number].id);
        self.uses[number].is_gone = true;
    }

    /// What takes a room now, in an order that does not depend on how it came about.
    pub(crate) fn living(&self) -> Vec<Taken> {
        let mut living: Vec<Taken> = self.taken.iter().filter(|taken| taken.claim.is_alive(self.now)).copied().collect();
        living.sort_by_key(|taken| taken.by);
        living
    }
}

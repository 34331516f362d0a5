//! The office in which the commands are run, and what must hold after each.

use crate::{
    commands::Command,
    model::{Claim, Model, Reach, Refusal, Slot, Stretch, Taken, Wanted, Who, day_of},
};
use backend::{
    Failure, RequestContext,
    database::Connection,
    programme,
    rooms::{
        self,
        approvals::{Waiting, approve, decline},
        blackouts::{create_blackout, end_blackout},
        bookings::{cancel_booking, change_booking, create_booking},
        series::{Part, cancel_series, change_series, create_series},
    },
    testing::{
        self, Hands, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::Seen,
    visits,
};
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use domain::{
    accounts::Role,
    ids::{AccountId, ApprovalId, BlackoutId, BookingId, ItemId, RoomId, SeriesId, VisitId},
    marking::Marking,
    programme::input::ItemInput,
    rooms::{
        HoldKind,
        approval::Approving,
        blackouts::BlackoutInput,
        input::{ApprovalInput, BookingInput, LayoutInput, RoomInput, SiteInput},
        series::{
            self, SeriesDay,
            input::SeriesInput,
            view::{OccurrenceView, SeriesView},
        },
    },
    time::agreed::AgreedTime,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a command made.
enum Made {
    Nothing,
    Use(Uuid),
    Blackout(Uuid),
    Series(Box<SeriesView>),
}

type Answer = Result<Made, Failure>;

pub(crate) struct Desk<'a> {
    office: &'a TestOffice,
    hands: &'a Hands,
    accounts: [AccountId; 2],
    contexts: [RequestContext; 2],
    visit: VisitId,
    rooms: [RoomId; 2],
    model: Model,
}

fn layouts((before, after): (u32, u32)) -> Option<Vec<LayoutInput>> {
    let layout =
        LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: before.into(), clearing_minutes: after.into() };
    Some(vec![layout])
}

/// The slot as it is said on a day.
fn agreed(slot: Slot, day: NaiveDate) -> [Option<AgreedTime>; 2] {
    let starts = day.and_hms_opt(9, 0, 0).unwrap() + TimeDelta::minutes(15 * slot.quarter);
    let ends = starts + TimeDelta::minutes(15 * slot.quarters);
    [starts, ends].map(|local| at(&local.format("%Y-%m-%dT%H:%M").to_string()))
}

impl<'a> Desk<'a> {
    /// Two rooms of one site, always open, the second of which is given by its manager; and a visit with one line that may have one.
    pub(crate) async fn of(office: &'a TestOffice, hands: &'a Hands) -> Self {
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let margins = [(15, 10); 2];
        let room = |name: &str, approval: ApprovalInput| RoomInput {
            site_id: Some(site.to_string()),
            name: text(name),
            layouts: layouts(margins[0]),
            approval: Some(approval),
            clearance: text("TLP:RED"),
            ..RoomInput::default()
        };
        let given = ApprovalInput { needed_from: Vec::new(), given_by: vec!["rooms_manager".into()] };
        let open = rooms::create_room(&manager, room("Annex", ApprovalInput::default())).await.unwrap().id;
        let asked_for = rooms::create_room(&manager, room("Rotunda", given)).await.unwrap().id;
        let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
        let accounts = [officer.account().unwrap(), manager.account().unwrap()];
        let contexts = [office.again(accounts[0]).await, manager];
        let model = Model { now: testing::now(), margins, uses: Vec::new(), taken: Vec::new(), series: Vec::new(), blackouts: Vec::new() };
        Self { office, hands, accounts, contexts, visit, rooms: [open, asked_for], model }
    }

    fn by(&self, who: Who) -> &RequestContext {
        match who {
            Who::Officer => &self.contexts[0],
            Who::Manager => &self.contexts[1],
        }
    }

    fn input(&self, room: usize, [starts, ends]: [Option<AgreedTime>; 2], wanted: Wanted, until: Option<DateTime<Utc>>) -> BookingInput {
        let (state, hold) = wanted.words();
        let hold = if hold == HoldKind::Promised { "promised" } else { "pencilled" };
        BookingInput {
            room_id: Some(self.rooms[room].to_string()),
            starts,
            ends,
            layout: text("boardroom"),
            purpose: text("Briefing"),
            state: text(state),
            hold: text(hold),
            hold_until: until.map(|until| until.to_rfc3339_opts(SecondsFormat::Secs, true)),
            ..BookingInput::default()
        }
    }

    /// A booking of those there ever were.
    fn booking(&self, which: usize) -> Option<(usize, BookingId)> {
        let bookings: Vec<usize> = (0..self.model.uses.len()).filter(|number| !self.model.uses[*number].is_line).collect();
        let number = *bookings.get(which % bookings.len().max(1))?;
        Some((number, BookingId(self.model.uses[number].id)))
    }

    /// A series of those there ever were, and a day of its pattern.
    fn series(&self, which: usize, on: usize) -> Option<(usize, SeriesId, NaiveDate)> {
        let number = which.checked_rem(self.model.series.len())?;
        let series = &self.model.series[number];
        Some((number, SeriesId(series.id), series.days[on % series.days.len()]))
    }

    /// Runs a command, and asks whether all is as it ought to be.
    pub(crate) async fn run(&mut self, command: Command) -> Result<(), String> {
        let traces = self.traces().await;
        let mut after = self.model.clone();
        let Some((answer, expected)) = self.done(command, &mut after).await else { return Ok(()) };
        match (answer, expected) {
            (Ok(made), Ok(())) => {
                name(&mut after, made);
                self.model = after;
            }
            (Err(failure), Err(refusal)) if refusal_of(&failure) == Some(refusal) => {
                if self.traces().await != traces {
                    return Err("what was refused left something behind".into());
                }
            }
            (Ok(_), Err(refusal)) => return Err(format!("was done, and ought to be refused: {refusal:?}")),
            (Err(failure), expected) => return Err(format!("was refused with {failure:?}, and ought to be {expected:?}")),
        }
        self.check().await
    }

    /// What came of a command, and what ought to; nothing if there is nothing that it could be done to.
    async fn done(&mut self, command: Command, after: &mut Model) -> Option<(Answer, Result<(), Refusal>)> {
        let any = Seen::Any;
        Some(match command {
            Command::Book { by, room, slot, wanted, hours_before } => {
                let core = slot.stretch();
                let until = hours_before.map(|hours| core.0 - TimeDelta::hours(hours));
                let input = self.input(room, agreed(slot, day_of(slot.week)), wanted, until);
                let made = create_booking(self.by(by), input).await;
                (made.map(|saved| Made::Use(saved.view.id.uuid())), after.book(by, room, core, wanted, until))
            }
            Command::Move { by, which, room, slot } => {
                let (number, id) = self.booking(which)?;
                let [starts, ends] = agreed(slot, day_of(slot.week));
                let input = BookingInput { room_id: Some(self.rooms[room].to_string()), starts, ends, ..BookingInput::default() };
                let moved = change_booking(self.by(by), id, input, &any).await;
                let to = |booking: &mut crate::model::Use| (booking.room, booking.core) = (room, slot.stretch());
                (moved.map(|_| Made::Nothing), after.change(by, number, to))
            }
            Command::Want { by, which, wanted } => {
                let (number, id) = self.booking(which)?;
                let BookingInput { state, hold, .. } = self.input(0, [None, None], wanted, None);
                let changed = change_booking(self.by(by), id, BookingInput { state, hold, ..BookingInput::default() }, &any).await;
                (changed.map(|_| Made::Nothing), after.change(by, number, |booking| booking.wanted = wanted))
            }
            Command::Approve { by, which } => {
                let (number, id) = self.booking(which)?;
                (nothing(approve(self.by(by), Waiting::Booking(id), &any).await), after.approve(by, number))
            }
            Command::Decline { by, which } => {
                let (number, id) = self.booking(which)?;
                (nothing(decline(self.by(by), Waiting::Booking(id), "Works", &any).await), after.decline(by, number))
            }
            Command::Cancel { by, which } => {
                let (number, id) = self.booking(which)?;
                (nothing(cancel_booking(self.by(by), id, &any).await), after.cancel(by, number))
            }
            Command::Wait { minutes } => {
                after.now += TimeDelta::minutes(minutes);
                self.hands.set(after.now);
                self.contexts = [self.office.again(self.accounts[0]).await, self.office.again(self.accounts[1]).await];
                (Ok(Made::Nothing), Ok(()))
            }
            Command::BookSeries { by, room, slot, times, wanted } => {
                let booking = self.input(room, agreed(slot, day_of(slot.week)), wanted, None);
                let times_said = Some(u32::try_from(times).unwrap().into());
                let input = SeriesInput { booking, repeats: text("weekly"), times: times_said, ..SeriesInput::default() };
                let made = create_series(self.by(by), input).await;
                (made.map(|view| Made::Series(Box::new(view))), after.book_series(by, room, slot, times, wanted))
            }
            Command::ChangeSeries { by, which, reach, on, room, slot } => {
                let (number, id, on) = self.series(which, on)?;
                let [starts, ends] = agreed(slot, self.model.changed_from(number, reach, on).unwrap_or(on));
                let booking = BookingInput { room_id: Some(self.rooms[room].to_string()), starts, ends, ..BookingInput::default() };
                let input = SeriesInput { booking, ..SeriesInput::default() };
                let changed = change_series(self.by(by), id, part(reach, on), input, &any).await;
                (changed.map(|view| Made::Series(Box::new(view))), after.change_series(by, number, (reach, on), room, slot))
            }
            Command::CancelSeries { by, which, reach, on } => {
                let (number, id, on) = self.series(which, on)?;
                (nothing(cancel_series(self.by(by), id, part(reach, on), &any).await), after.cancel_series(by, number, reach, on))
            }
            Command::BlackOut { room, slot } => {
                let [starts, ends] = agreed(slot, day_of(slot.week));
                let room_id = Some(self.rooms[room].to_string());
                let input = BlackoutInput { room_id, starts, ends, cause: text("Works"), ..BlackoutInput::default() };
                let made = create_blackout(self.by(Who::Manager), input).await;
                after.blackouts.push((Uuid::nil(), room, slot.stretch()));
                (made.map(|view| Made::Blackout(view.id.uuid())), Ok(()))
            }
            Command::EndBlackout { which } => {
                let number = which.checked_rem(self.model.blackouts.len())?;
                let (id, ..) = after.blackouts.remove(number);
                (nothing(end_blackout(self.by(Who::Manager), BlackoutId(id), &any).await), Ok(()))
            }
            Command::SetMargins { room, before, after: clearing } => {
                after.margins[room] = (before, clearing);
                let input = RoomInput { layouts: layouts((before, clearing)), ..RoomInput::default() };
                let changed = rooms::change_room(self.by(Who::Manager), self.rooms[room], input, &any).await;
                (changed.map(|_| Made::Nothing), Ok(()))
            }
            Command::PutLine { room, slot, wanted } => {
                let [starts, ends] = agreed(slot, day_of(slot.week));
                let (state, _) = wanted.words();
                let meeting = a_meeting("2027-03-17T10:00", "2027-03-17T11:00");
                let input = ItemInput {
                    starts,
                    ends,
                    room_id: Some(self.rooms[room].to_string()),
                    layout: text("boardroom"),
                    state: text(state),
                    ..meeting
                };
                let officer = self.by(Who::Officer);
                let saved = match self.model.line() {
                    None => programme::add_programme_item(officer, self.visit, input).await,
                    Some(line) => programme::change_programme_item(officer, ItemId(self.model.uses[line].id), input, &any).await,
                };
                (saved.map(|saved| Made::Use(saved.view.id.uuid())), after.put_line(room, slot.stretch(), wanted))
            }
            Command::RemoveLine => {
                let line = self.model.line()?;
                after.remove_line(line);
                let id = ItemId(self.model.uses[line].id);
                (nothing(programme::remove_programme_item(self.by(Who::Officer), id, &any).await), Ok(()))
            }
            Command::ApproveLine => {
                let (line, waits) = self.line_that_waits().await?;
                (nothing(approve(self.by(Who::Manager), waits, &any).await), after.approve(Who::Manager, line))
            }
            Command::DeclineLine => {
                let (line, waits) = self.line_that_waits().await?;
                (nothing(decline(self.by(Who::Manager), waits, "Works", &any).await), after.decline(Who::Manager, line))
            }
        })
    }

    /// The line as its room's manager decides it, who is not on the visit's list.
    async fn line_that_waits(&self) -> Option<(usize, Waiting)> {
        let line = self.model.line()?;
        let found: Vec<(Uuid,)> =
            self.all("SELECT id FROM approvals WHERE office_id = $1 AND source_id = $2", Some(self.model.uses[line].id)).await;
        found.first().map(|(id,)| (line, Waiting::Any(ApprovalId(*id))))
    }

    async fn all<R: backend::database::RowOnBoth>(&self, sql: &'static str, id: Option<Uuid>) -> Vec<R> {
        let office = self.office.operator.office_id();
        let values = id.map_or_else(|| values![office], |id| values![office, id]);
        self.office.operator.read().await.unwrap().all(sql, values).await.unwrap()
    }

    /// All that a command that is done leaves behind, and one that is refused does not.
    async fn traces(&self) -> (Vec<(String, i64, i64)>, Vec<Taken>) {
        let sql = "SELECT 'bookings' AS t, COUNT(*) AS n, CAST(COALESCE(SUM(revision), 0) AS BIGINT) AS r FROM bookings WHERE office_id = $1 \
            UNION ALL SELECT 'items', COUNT(*), CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM items WHERE office_id = $1 \
            UNION ALL SELECT 'series', COUNT(*), CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM series WHERE office_id = $1 \
            UNION ALL SELECT 'blackouts', COUNT(*), CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM blackouts WHERE office_id = $1 \
            UNION ALL SELECT 'rooms', COUNT(*), CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM rooms WHERE office_id = $1 \
            UNION ALL SELECT 'approvals', COUNT(*), COUNT(decided_at) FROM approvals WHERE office_id = $1 \
            UNION ALL SELECT 'news', COUNT(*), COUNT(*) FROM news WHERE office_id = $1 \
            UNION ALL SELECT 'revisions', COUNT(*), COUNT(*) FROM revisions WHERE office_id = $1 \
            UNION ALL SELECT 'audit_entries', COUNT(*), COUNT(*) FROM audit_entries WHERE office_id = $1";
        (self.all(sql, None).await, self.taken().await)
    }

    /// What takes a room, as the database has it; what has lapsed too.
    async fn taken(&self) -> Vec<Taken> {
        #[derive(sqlx_macros::FromRow)]
        struct Row {
            resource_id: Uuid,
            source_id: Uuid,
            starts_at: DateTime<Utc>,
            ends_at: DateTime<Utc>,
            core_starts_at: DateTime<Utc>,
            core_ends_at: DateTime<Utc>,
            hold_until: Option<DateTime<Utc>>,
            exclusive: bool,
        }
        let sql = "SELECT resource_id, source_id, starts_at, ends_at, core_starts_at, core_ends_at, hold_until, exclusive \
            FROM engagements WHERE office_id = $1";
        let rows: Vec<Row> = self.all(sql, None).await;
        let mut taken: Vec<Taken> = rows
            .into_iter()
            .map(|row| Taken {
                by: row.source_id,
                room: self.rooms.iter().position(|room| room.uuid() == row.resource_id).unwrap(),
                core: (row.core_starts_at, row.core_ends_at),
                during: (row.starts_at, row.ends_at),
                claim: match (row.hold_until, row.exclusive) {
                    (None, _) => Claim::Firm,
                    (Some(until), true) => Claim::Promised(until),
                    (Some(until), false) => Claim::Pencilled(until),
                },
            })
            .collect();
        taken.sort_by_key(|taken| taken.by);
        taken
    }

    /// What must hold whatever was done.
    async fn check(&self) -> Result<(), String> {
        let together = "SELECT COUNT(*) FROM engagements a JOIN engagements b ON b.office_id = a.office_id AND b.resource_id = a.resource_id \
            AND b.id > a.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.office_id = $1 AND a.exclusive AND b.exclusive";
        let orphans = "SELECT COUNT(*) FROM engagements e WHERE e.office_id = $1 \
            AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.office_id = e.office_id AND b.id = e.source_id AND b.removed_at IS NULL) \
            AND NOT EXISTS (SELECT 1 FROM items i WHERE i.office_id = e.office_id AND i.id = e.source_id AND i.removed_at IS NULL)";
        for (sql, wrong) in [(together, "settled uses share an instant"), (orphans, "engagements are of nothing")] {
            let count: Vec<(i64,)> = self.all(sql, None).await;
            same(wrong, count[0].0, 0)?;
        }
        let mut taken = self.taken().await;
        taken.retain(|taken| taken.claim.is_alive(self.model.now));
        for (number, one) in taken.iter().enumerate() {
            let over = |other: &&Taken| other.room == one.room && crate::model::overlap(one.during, other.during);
            if let Some(other) =
                taken[number + 1..].iter().filter(over).find(|other| [one, other].iter().any(|it| !matches!(it.claim, Claim::Pencilled(_))))
            {
                return Err(format!("{other:?} lies over {one:?}"));
            }
        }
        same("what takes the rooms", taken, self.model.living())?;
        self.check_rows().await
    }

    /// Bookings, and how all stand with their rooms.
    async fn check_rows(&self) -> Result<(), String> {
        let sql = "SELECT id, room_id, starts_at, ends_at FROM bookings WHERE office_id = $1 AND removed_at IS NULL";
        let rows: Vec<(Uuid, Uuid, DateTime<Utc>, DateTime<Utc>)> = self.all(sql, None).await;
        let stored: BTreeSet<(Uuid, Uuid, Stretch)> = rows.into_iter().map(|(id, room, starts, ends)| (id, room, (starts, ends))).collect();
        let uses = || self.model.uses.iter().filter(|it| !it.is_gone);
        same("bookings", stored, uses().filter(|it| !it.is_line).map(|it| (it.id, self.rooms[it.room].uuid(), it.core)).collect())?;
        let rows: Vec<(Uuid, String)> = self.all("SELECT source_id, standing FROM approvals WHERE office_id = $1", None).await;
        let stored: BTreeMap<Uuid, Option<Approving>> = rows.into_iter().map(|(id, word)| (id, Approving::from_word(&word))).collect();
        same("standings", stored, uses().filter(|it| it.approval.is_some()).map(|it| (it.id, it.approval)).collect())
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, stored: T, expected: T) -> Result<(), String> {
    if stored == expected { Ok(()) } else { Err(format!("{what}: {stored:#?} are stored, and ought to be {expected:#?}")) }
}

fn nothing(answer: Result<(), Failure>) -> Answer {
    answer.map(|()| Made::Nothing)
}

fn part(reach: Reach, on: NaiveDate) -> Part {
    let (reach, on) = match reach {
        Reach::This => (series::Reach::This, Some(on)),
        Reach::Following => (series::Reach::Following, Some(on)),
        Reach::All => (series::Reach::All, None),
    };
    Part { reach, on: on.map(SeriesDay::from) }
}

fn refusal_of(failure: &Failure) -> Option<Refusal> {
    match failure {
        Failure::Clash(_) | Failure::SeriesRefused(_) => Some(Refusal::Clash),
        Failure::Invalid(_) => Some(Refusal::Invalid),
        Failure::Stale => Some(Refusal::Stale),
        Failure::Forbidden => Some(Refusal::Forbidden),
        Failure::NotFound => Some(Refusal::NotFound),
        _ => None,
    }
}

/// What was made is called as the database calls it.
fn name(model: &mut Model, made: Made) {
    match made {
        Made::Nothing => {}
        Made::Use(id) => rename(model, Uuid::nil(), id),
        Made::Blackout(id) => model.blackouts.iter_mut().filter(|(named, ..)| named.is_nil()).for_each(|(named, ..)| *named = id),
        Made::Series(view) => {
            for number in 0..model.series.len() {
                if model.series[number].id.is_nil() {
                    model.series[number].id = view.id.uuid();
                    let on = |it: &OccurrenceView| it.on.date().unwrap();
                    let named: BTreeMap<NaiveDate, Uuid> = view.occurrences.iter().map(|it| (on(it), it.booking_id.uuid())).collect();
                    for member in model.members(number) {
                        let (id, (_, day, _)) = (model.uses[member].id, model.uses[member].of.unwrap());
                        rename(model, id, named[&day]);
                    }
                }
            }
        }
    }
}

fn rename(model: &mut Model, from: Uuid, to: Uuid) {
    model.uses.iter_mut().filter(|it| it.id == from).for_each(|it| it.id = to);
    model.taken.iter_mut().filter(|it| it.by == from).for_each(|it| it.by = to);
}

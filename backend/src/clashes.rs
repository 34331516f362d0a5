//! Clashes in words, for a reader: to who may not read the cause, only that something is not available.

use crate::{
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading, missions_of_office},
    engagements::{self, Beside},
    error::{Alternatives, ClashRefusal, Outcome},
    permits::ReadRooms,
    programme::{
        self,
        hours::{Hours, knows_the_capital},
        taking::guest_of,
    },
    rooms, visits,
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    clash::{Clash, Detail, Edge, InterpretingProblem, Level, RELIEF_AFTER_MINUTES, RoomProblem, RuleId, Side, Source},
    holidays::RestKind,
    ids::{ItemId, PersonId, ResourceId, RoomId, VisitId},
    marking::view::{BookingView, ClashView, Directory, ItemView, Named, SlotView},
    missions::Mission,
    programme::{ItemPart, ProgrammeItem, Whereabouts},
    rooms::{Feature, Layout},
    slots::{Change, Slot},
    time::{
        Span, ZoneName,
        agreed::MomentView,
        clocks::{capital_time, hours_minutes},
        wall_at,
    },
    visits::Visit,
};
use language::{Locale, Words};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Puts what was refused, or stands as a warning, in words for the reader of the context.
///
/// Warnings and notes whose cause the reader may not read vanish; a refusal becomes “not available”.
///
/// # Errors
/// When the database refuses.
pub async fn in_words(context: &RequestContext, refusal: &ClashRefusal, zone: &ZoneName) -> Outcome<Vec<ClashView>> {
    let mut connection = context.read().await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    Telling::new(context, &directory).say(&mut connection, refusal, zone).await
}

/// Tells one reader of clashes. What a cause is to this reader is found out once, however many clashes it is in.
pub(crate) struct Telling<'a> {
    context: &'a RequestContext,
    directory: &'a OfficeDirectory,
    causes: BTreeMap<Source, Cause>,
    visits: BTreeMap<VisitId, Option<KnownVisit>>,
    hours: BTreeMap<VisitId, Arc<Hours>>,
    missions: Option<Vec<Mission>>,
}

/// What is told of a visit in a clash with the hour or the day.
#[derive(Debug, Clone)]
struct KnownVisit {
    /// Whether the reader may know from which capital the guest comes.
    knows_the_capital: bool,
    capital_zone: ZoneName,
    capital: String,
    country: Option<String>,
}

impl KnownVisit {
    fn of(context: &RequestContext, visit: &Visit) -> Self {
        let details = &visit.details;
        Self {
            knows_the_capital: knows_the_capital(context, visit),
            capital_zone: details.capital_zone.clone(),
            capital: details.capital.to_string(),
            country: details.parties_for_rules().country.as_ref().map(ToString::to_string),
        }
    }
}

impl<'a> Telling<'a> {
    pub(crate) const fn new(context: &'a RequestContext, directory: &'a OfficeDirectory) -> Self {
        Self { context, directory, causes: BTreeMap::new(), visits: BTreeMap::new(), hours: BTreeMap::new(), missions: None }
    }

    /// Takes what the hours and days are to a visit as it was read for a check.
    pub(crate) fn knows_hours(&mut self, visit: &Visit, hours: &Arc<Hours>) {
        self.visits.insert(visit.id, Some(KnownVisit::of(self.context, visit)));
        self.hours.insert(visit.id, Arc::clone(hours));
    }

    async fn visit(&mut self, connection: &mut impl Connection, id: VisitId) -> Outcome<Option<KnownVisit>> {
        if let Some(known) = self.visits.get(&id) {
            return Ok(known.clone());
        }
        let visit = visits::store::one(self.context, connection, id).await?;
        let known = visit.map(|visit| KnownVisit::of(self.context, &visit));
        self.visits.insert(id, known.clone());
        Ok(known)
    }

    /// Whether the reader may know the capital and the country of a visit.
    async fn knows_the_capital(&mut self, connection: &mut impl Connection, visit: VisitId) -> Outcome<bool> {
        Ok(self.visit(connection, visit).await?.is_some_and(|visit| visit.knows_the_capital))
    }

    /// Whether the reader may know what a clash with the hour or the day is measured by.
    async fn reads_detail(&mut self, connection: &mut impl Connection, clash: &Clash) -> Outcome<bool> {
        Ok(match clash.detail {
            Detail::Night { visit, arrival, .. } => {
                self.knows_the_capital(connection, visit).await?
                    && matches!(self.cause(connection, Source::Item(arrival)).await?, Cause::Known { .. })
            }
            Detail::DayOff { visit, side: Side::Theirs, .. } => self.knows_the_capital(connection, visit).await?,
            Detail::Swept { sweep, .. } => self.reads_sweep(connection, clash, sweep).await?,
            // What somebody speaks tells where they are from.
            Detail::Interpreting { visit, problem } => {
                // A booth is of a room.
                let is_of_place = matches!(problem, InterpretingProblem::EmptyBooth | InterpretingProblem::NoRelief);
                self.knows_the_capital(connection, visit).await?
                    && match self.cause(connection, clash.first.source).await? {
                        Cause::None => true,
                        Cause::Known { people, place, .. } => people && (place || !is_of_place),
                        Cause::Hidden => false,
                    }
            }
            Detail::DayOff { side: Side::Ours, .. } | Detail::Plain | Detail::Travel { .. } | Detail::WallTime { .. } | Detail::Room(_) => {
                true
            }
        })
    }

    async fn reads_sweep(&mut self, connection: &mut impl Connection, clash: &Clash, sweep: ItemId) -> Outcome<bool> {
        let takes = match self.cause(connection, Source::Item(sweep)).await? {
            Cause::Known { takes, .. } => takes,
            Cause::Hidden | Cause::None => return Ok(false),
        };
        Ok(clash.resource.is_some_and(|room| takes.contains(&room)))
    }

    /// Whether a reader who may not read who uses a room that was swept is told that it is used all the same, as the board of rooms
    /// tells them: by the word that stands for it, and by no time.
    async fn is_told_of_a_use(&mut self, connection: &mut impl Connection, clash: &Clash) -> Outcome<bool> {
        let Detail::Swept { sweep, .. } = clash.detail else { return Ok(false) };
        Ok(authorise_reading::<ReadRooms>(self.context).is_ok() && self.reads_sweep(connection, clash, sweep).await?)
    }

    /// What is said of the hour, the day or a sweep, to who may know. `thing` is the room and `other` who uses it, where there are any.
    async fn say_of_detail(
        &mut self,
        connection: &mut impl Connection,
        clash: &Clash,
        zone: &ZoneName,
        (thing, other): (&str, &str),
    ) -> Outcome<Option<String>> {
        let words = Words::new(Locale::English);
        match clash.detail {
            Detail::Night { visit, during, .. } => {
                let (Some(visit), Some(shared)) = (self.visit(connection, visit).await?, clash.shared) else { return Ok(None) };
                let there = capital_time(self.context.zones(), shared.starts(), zone, &visit.capital_zone).ok();
                let here = (moment(self.context, zone, shared.starts()), moment(self.context, zone, during.ends()));
                let (Some(there), (Some(from), Some(until))) = (there, here) else { return Ok(None) };
                let shown = hours_minutes(there.moment.local);
                let shown = match there.day_marker {
                    0 => shown,
                    days @ 1.. => format!("{shown} (+{days})"),
                    days => format!("{shown} (\u{2212}{})", days.unsigned_abs()),
                };
                let clock = |moment: &MomentView| hours_minutes(moment.local);
                Ok(Some(words.clashes_night_in_capital(clock(&from), shown, visit.capital, clock(&until))))
            }
            Detail::DayOff { visit: id, on, side, kind, .. } => {
                let Some(visit) = self.visit(connection, id).await? else { return Ok(None) };
                let name = self.hours.get(&id).and_then(|hours| hours.name_of(side, on)).map(ToOwned::to_owned);
                let office = &self.context.office().details;
                let country = match (side, visit.country) {
                    (Side::Theirs, Some(country)) => self.country_name(connection, &country).await?,
                    (Side::Ours | Side::Theirs, _) => format!("{} ({})", office.place, office.country),
                };
                let day = words.time_date(on.weekday().number_from_monday(), on.day(), on.month(), on.year().to_string());
                Ok(Some(match (kind, name) {
                    (RestKind::Weekend, _) => words.clashes_weekend(day, country),
                    (RestKind::RestDay, Some(name)) => words.clashes_rest_day(day, country, name),
                    (RestKind::Holiday, Some(name)) => words.clashes_holiday(day, country, name),
                    (RestKind::NationalDay, Some(name)) => words.clashes_national_day(day, country, name),
                    (RestKind::RestDay | RestKind::Holiday | RestKind::NationalDay, None) => words.clashes_day_off(day, country),
                }))
            }
            Detail::Interpreting { problem, .. } => Ok(Some(match problem {
                InterpretingProblem::Missing => words.clashes_interpreter_missing(),
                InterpretingProblem::EmptyBooth => words.clashes_booth_empty(),
                InterpretingProblem::OtherLanguages => words.clashes_interpreter_other_languages(),
                InterpretingProblem::NoRelief => words.clashes_relief_missing(RELIEF_AFTER_MINUTES),
            })),
            Detail::Swept { until, .. } => {
                let swept = moment(self.context, zone, until).map(|moment| hours_minutes(moment.local));
                Ok(swept.map(|swept| words.clashes_unswept_use(thing, swept, other)))
            }
            Detail::Plain | Detail::Travel { .. } | Detail::WallTime { .. } | Detail::Room(_) => Ok(None),
        }
    }

    /// A country by the name under which the office keeps its missions; by its code where it keeps none.
    async fn country_name(&mut self, connection: &mut impl Connection, code: &str) -> Outcome<String> {
        if self.missions.is_none() {
            self.missions = Some(missions_of_office(self.context, connection).await?);
        }
        let mut missions = self.missions.iter().flatten();
        let named = missions.find(|mission| mission.details.country.as_str() == code);
        Ok(named.map_or_else(|| code.to_owned(), |mission| mission.details.country_name.to_string()))
    }

    /// Takes a line as a cause that need not be looked up.
    pub(crate) fn knows(&mut self, item: &ProgrammeItem, visit: &Visit) {
        let cause = cause_of_item(self.context, item, visit, self.directory);
        self.causes.insert(Source::Item(item.id), cause);
    }

    async fn cause(&mut self, connection: &mut impl Connection, source: Source) -> Outcome<Cause> {
        if let Some(known) = self.causes.get(&source) {
            return Ok(known.clone());
        }
        let found = cause(self.context, connection, source, self.directory).await?;
        self.causes.insert(source, found.clone());
        Ok(found)
    }

    /// Whether the reader may read all that entered a clash, and so may be told its cause and edges, and may override it.
    pub(crate) async fn reads(&mut self, connection: &mut impl Connection, clash: &Clash, source: Source) -> Outcome<bool> {
        if clash.marking > self.context.reader().ceiling() {
            return Ok(false);
        }
        if !self.reads_detail(connection, clash).await? {
            return Ok(false);
        }
        Ok(match clash.other_than(source) {
            None => match (self.cause(connection, source).await?, clash.resource) {
                // Who writes something new reads all of it.
                (_, None) | (Cause::None, _) => true,
                (Cause::Known { place, .. }, Some(_)) => place,
                (Cause::Hidden, Some(_)) => false,
            },
            Some(other) => match (self.cause(connection, other.source).await?, clash.resource) {
                (Cause::Known { takes, .. }, Some(resource)) => takes.contains(&resource),
                (Cause::Known { .. }, None) => true,
                (Cause::Hidden | Cause::None, _) => false,
            },
        })
    }

    /// The clashes of a line by which it is judged what would work instead, and whether the reader may read all that entered them: a
    /// warning that the reader is not told must not be told by what is offered.
    pub(crate) async fn judged(
        &mut self,
        connection: &mut impl Connection,
        clashes: &[Clash],
        source: Source,
    ) -> Outcome<(Vec<Clash>, bool)> {
        let (mut judged, mut known) = (Vec::with_capacity(clashes.len()), true);
        for clash in clashes {
            let reads = self.reads(connection, clash, source).await?;
            if reads || clash.level > Level::Warn {
                known &= reads;
                judged.push(*clash);
            }
        }
        Ok((judged, known))
    }

    /// Puts what was refused, or stands, in words.
    pub(crate) async fn say(
        &mut self,
        connection: &mut impl Connection,
        refusal: &ClashRefusal,
        zone: &ZoneName,
    ) -> Outcome<Vec<ClashView>> {
        let (context, directory) = (self.context, self.directory);
        if let Alternatives::ToBeFound(wanted) = &refusal.alternatives
            && let Some(line) = wanted.candidate.lines().first()
        {
            self.hours.entry(line.visit).or_insert_with(|| Arc::clone(&wanted.surroundings.hours));
        }
        let words = Words::new(Locale::English);
        let mut readable = Vec::with_capacity(refusal.clashes.len());
        for clash in &refusal.clashes {
            readable.push(self.reads(connection, clash, refusal.source).await?);
        }
        // Whom the database alone refused is not told by what, and so not how closely.
        let known = !readable.is_empty() && readable.iter().all(|reads| *reads);
        let slots = match &refusal.alternatives {
            Alternatives::Needless => return Ok(Vec::new()),
            Alternatives::Found(slots) => slots.clone(),
            Alternatives::ToBeFound(wanted) => engagements::alternatives(context, connection, wanted, known, &Beside::default()).await?,
        };
        let nearest: Vec<SlotView> = slots.iter().filter_map(|slot| slot_view(context, slot, zone, directory)).collect();
        let lapses = lapses_of_others(context, connection, refusal).await?;
        let mut views: Vec<ClashView> = Vec::new();
        for (clash, reads) in refusal.clashes.iter().zip(readable) {
            let cause = match clash.other_than(refusal.source) {
                None => Cause::None,
                Some(other) => self.cause(connection, other.source).await?,
            };
            if reads {
                let until =
                    clash.taken_until(refusal.source).or(clash.until).or(stands_until(clash)).and_then(|at| moment(context, zone, at));
                let name = |id: ResourceId| directory.room(RoomId(id.uuid())).or_else(|| directory.person(PersonId(id.uuid())));
                let thing = clash.resource.and_then(name).unwrap_or_default();
                let other = cause.text().unwrap_or_else(|| words.clashes_another_engagement());
                let say = match self.say_of_detail(connection, clash, zone, (&thing, &other)).await? {
                    Some(said) => said,
                    None => {
                        let hold = clash.resource.zip(clash.other_than(refusal.source).map(|hold| hold.source));
                        let lapses = hold.and_then(|hold| lapses.get(&hold)).and_then(|at| moment(context, zone, *at));
                        say(words, clash, &thing, other, (until.as_ref(), lapses.as_ref()))
                    }
                };
                let mut view = ClashView::new(context.reader(), say, nearest.clone());
                view.rule = Some(clash.rule.word().to_owned());
                view.level = Some(clash.level.word().to_owned());
                view.with = cause.text();
                view.until = until;
                views.push(view);
            } else if self.is_told_of_a_use(connection, clash).await? {
                let thing = clash.resource.and_then(|id| directory.room(RoomId(id.uuid()))).unwrap_or_default();
                let other = words.board_reserved();
                let Some(say) = self.say_of_detail(connection, clash, zone, (&thing, &other)).await? else { continue };
                let mut view = ClashView::new(context.reader(), say, nearest.clone());
                view.rule = Some(clash.rule.word().to_owned());
                view.level = Some(clash.level.word().to_owned());
                view.with = Some(other);
                views.push(view);
            } else if matches!(clash.level, Level::Block | Level::Override) && !views.iter().any(|view| view.rule.is_none()) {
                let say = words.clashes_not_available();
                views.push(ClashView::new(context.reader(), say, nearest.clone()));
            }
        }
        if refusal.clashes.is_empty() {
            // The database's own last line refused what the rules let through.
            let say = words.clashes_not_available();
            views.push(ClashView::new(context.reader(), say, nearest));
        }
        Ok(views)
    }
}

/// What stands in the way, as the reader may know it.
#[derive(Debug, Clone)]
enum Cause {
    /// There is nothing yet, or nothing any more.
    None,
    /// The reader may not know of it.
    Hidden,
    Known {
        /// Whether the reader may know where it is.
        place: bool,
        /// Whether the reader may know who takes part.
        people: bool,
        /// Its title, unless it is a stand-in.
        title: Option<String>,
        /// The rooms and people that the reader may know it takes.
        takes: BTreeSet<ResourceId>,
    },
}

impl Cause {
    fn text(&self) -> Option<String> {
        match self {
            Self::Known { title, .. } => title.clone(),
            Self::None | Self::Hidden => None,
        }
    }
}

async fn cause(context: &RequestContext, connection: &mut impl Connection, source: Source, directory: &OfficeDirectory) -> Outcome<Cause> {
    match source {
        Source::Item(id) => {
            let Some(item) = programme::store::one(context, connection, id).await? else { return Ok(Cause::None) };
            let Some(visit) = visits::store::one(context, connection, item.visit).await? else { return Ok(Cause::Hidden) };
            Ok(cause_of_item(context, &item, &visit, directory))
        }
        Source::Booking(id) => {
            let Some(booking) = rooms::bookings::find(context, connection, id).await? else { return Ok(Cause::None) };
            Ok(match BookingView::of(&booking, context.reader()) {
                None => Cause::Hidden,
                Some(view) => {
                    let takes = BTreeSet::from([ResourceId(view.room_id.uuid())]);
                    Cause::Known { place: true, people: true, title: Some(view.purpose), takes }
                }
            })
        }
    }
}

fn cause_of_item(context: &RequestContext, item: &ProgrammeItem, visit: &Visit, directory: &OfficeDirectory) -> Cause {
    // A draft is for its visit's list, however low its lines are marked.
    match programme::live_view(context, item, visit, directory) {
        None => Cause::Hidden,
        Some(view) => {
            let takes = shown(context, &view, item, visit);
            let place = view.markings.contains_key(&ItemPart::Place);
            // A line that names nobody shows no such part, also to who may read it.
            let people = item.details.people.clone().at_least(item.details.existence.max(visit.details.existence));
            let people = !view.is_stand_in && people.reveal_for(context.reader()).is_some();
            Cause::Known { place, people, title: view.title, takes }
        }
    }
}

/// What the reader may know that a line takes: the room and the people where its view shows them, and the guest who takes part
/// without being named if the reader may read both who takes part and who the guest is. A stand-in covers all of it.
fn shown(context: &RequestContext, view: &ItemView, item: &ProgrammeItem, visit: &Visit) -> BTreeSet<ResourceId> {
    if view.is_stand_in {
        return BTreeSet::new();
    }
    let (details, reader) = (&item.details, context.reader());
    let floor = details.existence.max(visit.details.existence);
    let place = details.place.clone().at_least(floor);
    let people = details.people.clone().at_least(floor);
    let parties = visit.details.parties.clone().at_least(visit.details.existence);
    let room = place.reveal_for(reader).and_then(Whereabouts::room).map(|room| room.uuid());
    let named = people.reveal_for(reader);
    let guest = guest_of(visit, details).filter(|_| named.is_some() && parties.reveal_for(reader).is_some());
    let people = named.into_iter().flatten().map(|participant| participant.person).chain(guest);
    people.map(|person| person.uuid()).chain(room).map(ResourceId).collect()
}

pub(crate) fn moment(context: &RequestContext, zone: &ZoneName, at: DateTime<Utc>) -> Option<MomentView> {
    wall_at(context.zones(), zone, at).ok().map(|moment| MomentView::from(&moment))
}

pub(crate) fn slot_view(context: &RequestContext, slot: &Slot, zone: &ZoneName, directory: &OfficeDirectory) -> Option<SlotView> {
    let starts = moment(context, zone, slot.during.starts())?;
    let ends = moment(context, zone, slot.during.ends())?;
    let room = match slot.change {
        Change::Time => None,
        Change::Room(id) => {
            let id = RoomId(id.uuid());
            Some(Named { id, name: directory.room(id)? })
        }
    };
    let clock = hours_minutes(starts.local);
    let day = starts.local.date().format("%-d %b").to_string();
    let say = room.as_ref().map_or_else(|| format!("{clock}, {day}"), |room| format!("{clock} {}", room.name));
    Some(SlotView { starts, ends, room, say })
}

/// When what is in the way of a room ends by itself, if it is a hold: a clash tells the earlier end of two holds, which may be one's own.
async fn lapses_of_others(
    context: &RequestContext,
    connection: &mut impl Connection,
    refusal: &ClashRefusal,
) -> Outcome<BTreeMap<(ResourceId, Source), DateTime<Utc>>> {
    let asked = refusal.clashes.iter().filter(|clash| clash.rule == RuleId::RoomTwice && clash.until.is_some());
    // A line or booking takes one room: what is in its way there is asked for at once.
    let within = asked.filter_map(|clash| clash.resource.zip(clash.shared)).reduce(|(room, one), (_, other)| {
        let whole = Span::new(one.starts().min(other.starts()), one.ends().max(other.ends()));
        (room, whole.unwrap_or(one))
    });
    let Some((room, within)) = within else { return Ok(BTreeMap::new()) };
    let taken = engagements::store::of_resource(context, connection, room, within).await?;
    Ok(taken.iter().filter_map(|taken| Some(((taken.resource, taken.source), taken.lapses_at()?))).collect())
}

/// When the blackout, the night or the day ends that stands in the way, if one does.
fn stands_until(clash: &Clash) -> Option<DateTime<Utc>> {
    match clash.detail {
        Detail::Room(RoomProblem::BlackedOut(span)) => Some(span.ends()),
        Detail::Night { during, .. } | Detail::DayOff { during, .. } => Some(during.ends()),
        _ => None,
    }
}

pub(crate) fn layout_in_words(words: Words, layout: Layout) -> String {
    match layout {
        Layout::Theatre => words.programme_layout_theatre(),
        Layout::Classroom => words.programme_layout_classroom(),
        Layout::Boardroom => words.programme_layout_boardroom(),
        Layout::Banquet => words.programme_layout_banquet(),
        Layout::Cabaret => words.programme_layout_cabaret(),
        Layout::Reception => words.programme_layout_reception(),
    }
}

pub(crate) fn feature_in_words(words: Words, feature: Feature) -> String {
    match feature {
        Feature::InterpretationBooths => words.directory_feature_interpretation_booths(),
        Feature::VideoLink => words.directory_feature_video_link(),
        Feature::StepFree => words.directory_feature_step_free(),
        Feature::HearingLoop => words.directory_feature_hearing_loop(),
        Feature::Secure => words.directory_feature_secure(),
        Feature::PrayerRoom => words.directory_feature_prayer_room(),
        Feature::Kitchen => words.directory_feature_kitchen(),
    }
}

/// A time that may be on another day: “12:00, 3 Dec 2026”.
pub(crate) fn time_and_day(moment: &MomentView) -> String {
    format!("{}, {}", hours_minutes(moment.local), moment.local.date().format("%-d %b %Y"))
}

/// What is wrong with a use of a room. A blackout may end on another day.
fn say_of_room(words: Words, problem: RoomProblem, room: &str, until: Option<&MomentView>) -> String {
    match problem {
        RoomProblem::TooSmall { holds, wanted } => words.clashes_room_too_small(room, holds, wanted),
        RoomProblem::NoLayout(layout) => words.clashes_room_lacks(room, layout_in_words(words, layout)),
        RoomProblem::Lacks(feature) => words.clashes_room_lacks(room, feature_in_words(words, feature)),
        RoomProblem::Closed => words.clashes_room_closed(room),
        RoomProblem::BlackedOut(_) => words.clashes_room_blacked_out(room, until.map(time_and_day).unwrap_or_default()),
        RoomProblem::Cleared { to } => words.clashes_room_not_cleared(room, to.label()),
    }
}

/// A clash in words: `ends` is when what is in the way ends, and `lapses` when it ends by itself because it is held and no more.
fn say(words: Words, clash: &Clash, thing: &str, other: String, (ends, lapses): (Option<&MomentView>, Option<&MomentView>)) -> String {
    let until = ends.map(|moment| hours_minutes(moment.local)).unwrap_or_default();
    match (clash.rule, clash.detail) {
        (_, Detail::Room(problem)) => say_of_room(words, problem, thing, ends),
        (_, Detail::WallTime { edge: Edge::Starts, .. }) => words.clashes_start_in_doubt(),
        (_, Detail::WallTime { edge: Edge::Ends, .. }) => words.clashes_end_in_doubt(),
        (_, Detail::Travel { needed_minutes, given_minutes }) => words.clashes_travel_short(thing, needed_minutes, given_minutes, other),
        (RuleId::RoomTwice | RuleId::EquipmentTwice, Detail::Plain) => match lapses {
            Some(lapses) => words.clashes_thing_held(thing, until, other, time_and_day(lapses)),
            None => words.clashes_thing_twice(thing, until, other),
        },
        (RuleId::PersonTwice, Detail::Plain) => words.clashes_person_twice(thing, until, other),
        (RuleId::PersonDropBy, Detail::Plain) => words.clashes_person_drop_by(thing, other),
        (RuleId::TravelShort | RuleId::TravelUnknown, Detail::Plain) => words.clashes_travel_unknown(thing, other),
        (RuleId::OutsideVisit, Detail::Plain) => words.clashes_outside_visit(),
        (RuleId::BeforeArrival, Detail::Plain) => words.clashes_before_arrival(),
        (RuleId::AfterDeparture, Detail::Plain) => words.clashes_after_departure(),
        (
            RuleId::RoomTooSmall | RuleId::RoomLacks | RuleId::RoomClosed | RuleId::RoomBlackedOut | RuleId::RoomNotCleared,
            Detail::Plain,
        ) => words.clashes_not_available(),
        (RuleId::TimeSkipped | RuleId::TimeTwice, Detail::Plain) => words.clashes_start_in_doubt(),
        // All that is said of these is in their details; of a visit that is no longer there nothing is left to be said.
        (
            RuleId::InterpreterMissing
            | RuleId::ReliefMissing
            | RuleId::NightInCapital
            | RuleId::RestDay
            | RuleId::Holiday
            | RuleId::UnsweptUse,
            _,
        )
        | (_, Detail::Interpreting { .. } | Detail::Night { .. } | Detail::DayOff { .. } | Detail::Swept { .. }) => {
            words.clashes_not_available()
        }
    }
}

//! Events in words: what a reader sees, as the properties of an event, no more of it than the feed's detail.

use super::{
    calendar::{
        Attendee, AttendeeAnswer, AttendeeKind, AttendeeRole, CalendarAddress, EventContent, EventStatus, EventTimes, EventUid, Link,
        NotEventTimes, Organiser,
    },
    identity::{self, StandIns},
    sight::Sight,
};
use crate::{directory::OfficeDirectory, visits::heading::Heading};
use domain::{
    feeds::FeedDetail,
    ids::RoomId,
    marking::view::{BlackoutView, BookingView, Directory, ItemView, ParticipantView, TakenView, stand_in::StandInView, taken},
    programme::{ItemState, PersonRole, PressAccess},
    rooms::BookingState,
    time::{Moment, Span, ZoneName, ZoneRules, agreed::MomentView, clocks::hours_minutes, wall_at},
};
use language::Words;
use std::collections::HashMap;

/// How events are put in words.
pub(super) struct Writer<'a> {
    pub(super) words: Words,
    pub(super) detail: FeedDetail,
    pub(super) rules: &'a dyn ZoneRules,
    /// The zone of what shows as taken.
    pub(super) zone: &'a ZoneName,
    /// Where the office's pages are reached.
    pub(super) public_address: String,
    pub(super) stand_ins: &'a StandIns,
    /// Whose events they are.
    pub(super) organiser: Organiser,
    /// The names of rooms, each with its site.
    pub(super) rooms: &'a OfficeDirectory,
    /// The addresses of the rooms' sites, as far as they were said.
    pub(super) addresses: &'a HashMap<RoomId, String>,
    /// The word of a stand-in that has no cover title.
    pub(super) stand_in_word: String,
}

/// An event before its history is known.
pub(super) type Told = (EventUid, EventContent);

impl Writer<'_> {
    /// The events of all that is seen. Stand-ins without a word of their own merge where they touch.
    pub(super) fn events(&self, sights: &[Sight]) -> Vec<Told> {
        let mut events = Vec::new();
        let mut bare: Vec<(EventUid, TakenView)> = Vec::new();
        for sight in sights {
            match sight {
                Sight::Line { view, visit, is_cancelled } => {
                    events.extend(self.line(view, visit, *is_cancelled).map(|content| (identity::of_item(view.id), content)));
                }
                Sight::Booking { view, is_cancelled } => {
                    events.extend(self.booking(view, *is_cancelled).map(|content| (identity::of_booking(view.id), content)));
                }
                Sight::Blackout(view) => {
                    // Of one whose cause is hidden no other feed can be told the same by its identity.
                    let is_told = view.cause.is_some() && self.detail != FeedDetail::Busy;
                    let uid = if is_told { identity::of_blackout(view.id) } else { self.stand_ins.of(view.id.uuid()) };
                    events.extend(self.blackout(view).map(|content| (uid, content)));
                }
                Sight::StandIn { thing, view } => {
                    let uid = self.stand_ins.of(*thing);
                    match self.covered(view) {
                        Some(content) => events.push((uid, content)),
                        None => bare.push((uid, view.taken)),
                    }
                }
            }
        }
        events.extend(self.merged(&bare));
        events
    }

    fn line(&self, view: &ItemView, visit: &Heading, is_cancelled: bool) -> Option<EventContent> {
        let status = match (is_cancelled, view.state) {
            (true, _) => EventStatus::Cancelled,
            (false, ItemState::Firm) => EventStatus::Confirmed,
            (false, ItemState::Held | ItemState::Wished) => EventStatus::Tentative,
        };
        let mut content = self.event(view.title.as_deref(), status, &view.starts, &view.ends)?;
        if self.detail == FeedDetail::Full {
            let in_room = view.room.as_ref().map(|room| self.located(room.id, room.name.clone()));
            content.location = in_room.or_else(|| view.place.clone());
            self.add_capital(&mut content, view, visit.capital.as_deref());
            content.description.extend(self.particulars(view));
            let page = format!("{}/visits/{}#line-{}", self.public_address, view.visit_id, view.id);
            content.description.push(self.words.feeds_say_page(&page));
            content.url = Link::parse(&page).ok();
            // A subscriber sorts an office's events by whose visit they are of.
            content.categories.extend(visit.title.clone());
            content.organiser = Some(self.organiser.clone());
            content.attendees = view.people.iter().flatten().map(|person| attendee(person, view.state)).collect();
        }
        Some(with_html(content))
    }

    fn booking(&self, view: &BookingView, is_cancelled: bool) -> Option<EventContent> {
        let status = match (is_cancelled, view.state) {
            (true, _) => EventStatus::Cancelled,
            (false, BookingState::Firm) => EventStatus::Confirmed,
            (false, BookingState::Held) => EventStatus::Tentative,
        };
        let mut content = self.event(Some(view.purpose.as_str()), status, &view.starts, &view.ends)?;
        if self.detail == FeedDetail::Full {
            content.location = self.rooms.room(view.room_id).map(|name| self.located(view.room_id, name));
            content.organiser = Some(self.organiser.clone());
            content.description.extend(view.people.map(|count| self.words.feeds_say_expected(count)));
        }
        Some(with_html(content))
    }

    /// That nobody may use a room: why, or “Closed”.
    fn blackout(&self, view: &BlackoutView) -> Option<EventContent> {
        let cause = view.cause.clone().filter(|_| self.detail != FeedDetail::Busy);
        let title = cause.unwrap_or_else(|| self.words.feeds_event_closed());
        let content = EventContent::new(title, times(view.starts.clone().into(), view.ends.clone().into()).ok()?);
        let description = self.local_time(&view.starts, &view.ends);
        Some(with_html(EventContent { description, ..content }))
    }

    /// A room by its name, with the address of its site: who comes from outside is led there.
    fn located(&self, room: RoomId, name: String) -> String {
        match self.addresses.get(&room) {
            Some(address) => format!("{name}, {address}"),
            None => name,
        }
    }

    /// Title, times and the times in words.
    fn event(&self, title: Option<&str>, status: EventStatus, starts: &MomentView, ends: &MomentView) -> Option<EventContent> {
        let title = match (self.detail, title) {
            (FeedDetail::Titles | FeedDetail::Full, Some(title)) => title.to_owned(),
            _ => self.words.feeds_event_busy(),
        };
        let title = if status == EventStatus::Cancelled { self.words.feeds_event_cancelled(&title) } else { title };
        let content = EventContent::new(title, times(starts.clone().into(), ends.clone().into()).ok()?);
        let mut description = self.local_time(starts, ends);
        description.extend((status == EventStatus::Tentative).then(|| self.words.feeds_say_held()));
        Some(EventContent { status, description, ..content })
    }

    /// Programs that ignore a file's zone definitions and have old ones of their own show another time than this.
    fn local_time(&self, starts: &MomentView, ends: &MomentView) -> Vec<String> {
        let (from, until) = (day_and_time(starts), day_and_time(ends));
        if starts.zone == ends.zone && starts.offset == ends.offset {
            let until = if starts.local.date() == ends.local.date() { hours_minutes(ends.local) } else { until };
            return vec![self.words.feeds_time_local(from, until, starts.zone.as_str(), starts.offset.to_string())];
        }
        vec![
            self.words.feeds_time_starts(from, starts.zone.as_str(), starts.offset.to_string()),
            self.words.feeds_time_ends(until, ends.zone.as_str(), ends.offset.to_string()),
        ]
    }

    fn add_capital(&self, content: &mut EventContent, view: &ItemView, capital: Option<&str>) {
        if let (Some(time), Some(capital)) = (&view.capital, capital) {
            let MomentView { zone, offset, .. } = &time.moment;
            content.description.push(self.words.feeds_time_capital(capital, day_and_time(&time.moment), zone.as_str(), offset.to_string()));
        }
    }

    /// What else the reader may read of a line, a paragraph each.
    fn particulars(&self, view: &ItemView) -> Vec<String> {
        let words = self.words;
        let mut said = Vec::new();
        if let Some(people) = view.people.as_ref().filter(|people| !people.is_empty()) {
            let named: Vec<String> = people.iter().map(|p| words.feeds_say_person(&p.name, self.role(p.role))).collect();
            said.push(words.feeds_say_people(named.join(", ")));
        }
        said.extend(view.people_count.map(|count| words.feeds_say_expected(count)));
        if let Some(movement) = &view.movement {
            said.extend(movement.route.as_ref().map(|route| words.feeds_say_route(route)));
            said.extend(movement.vehicles.as_ref().map(|vehicles| words.feeds_say_vehicles(vehicles)));
            said.extend(movement.carrier.as_ref().map(|carrier| words.feeds_say_carrier(carrier)));
        }
        said.extend(view.press.map(|press| self.press(press)));
        said.extend(view.dress.as_ref().map(|dress| words.feeds_say_dress(dress)));
        said.extend(view.notes.clone());
        said
    }

    fn role(&self, role: PersonRole) -> String {
        match role {
            PersonRole::Host => self.words.feeds_role_host(),
            PersonRole::Guest => self.words.feeds_role_guest(),
            PersonRole::Interpreter => self.words.feeds_role_interpreter(),
            PersonRole::Notetaker => self.words.feeds_role_notetaker(),
            PersonRole::Greeter => self.words.feeds_role_greeter(),
            PersonRole::Press => self.words.feeds_role_press(),
        }
    }

    fn press(&self, access: PressAccess) -> String {
        match access {
            PressAccess::Closed => self.words.feeds_press_closed(),
            PressAccess::PoolSpray => self.words.feeds_press_pool_spray(),
            PressAccess::Pool => self.words.feeds_press_pool(),
            PressAccess::Full => self.words.feeds_press_full(),
        }
    }

    /// A stand-in with a word or time of its own; none if it is one of many.
    fn covered(&self, view: &StandInView) -> Option<EventContent> {
        let title = match self.detail {
            FeedDetail::Busy => None,
            FeedDetail::Titles | FeedDetail::Full => view.title.clone(),
        };
        match (&view.times, title) {
            (None, None) => None,
            (Some((starts, ends)), title) => {
                let content = EventContent::new(
                    title.unwrap_or_else(|| self.stand_in_word.clone()),
                    times(starts.clone().into(), ends.clone().into()).ok()?,
                );
                Some(with_html(EventContent { description: self.local_time(starts, ends), ..content }))
            }
            (None, Some(title)) => self.block(title, view.taken),
        }
    }

    fn block(&self, title: String, taken: TakenView) -> Option<EventContent> {
        let starts = wall_at(self.rules, self.zone, taken.starts).ok()?;
        let ends = wall_at(self.rules, self.zone, taken.ends).ok()?;
        let description = self.local_time(&MomentView::from(&starts), &MomentView::from(&ends));
        let content = EventContent::new(title, times(starts, ends).ok()?);
        Some(with_html(EventContent { description, ..content }))
    }

    /// One block for all that touches. Of the identities of what is in it the least stands, so that an order that cannot be
    /// seen alters nothing.
    fn merged(&self, bare: &[(EventUid, TakenView)]) -> Vec<Told> {
        let spans: Vec<Span> = bare.iter().filter_map(|(_, taken)| Span::new(taken.starts, taken.ends)).collect();
        let blocks = taken(&spans).into_iter().filter_map(|block| {
            let members = bare.iter().filter(|(_, part)| block.starts <= part.starts && part.ends <= block.ends);
            let uid = members.map(|(uid, _)| *uid).min()?;
            Some((uid, self.block(self.stand_in_word.clone(), block)?))
        });
        blocks.collect()
    }
}

/// Somebody who takes part. The address is nobody's mailbox: no program writes to a guest because somebody subscribes.
fn attendee(person: &ParticipantView, state: ItemState) -> Attendee {
    Attendee {
        name: person.name.clone(),
        address: CalendarAddress::Opaque(person.person_id.0),
        kind: AttendeeKind::Individual,
        role: match person.role {
            PersonRole::Host => AttendeeRole::Chair,
            PersonRole::Guest | PersonRole::Interpreter | PersonRole::Notetaker | PersonRole::Greeter => AttendeeRole::Required,
            PersonRole::Press => AttendeeRole::Optional,
        },
        answer: match state {
            ItemState::Firm => AttendeeAnswer::Accepted,
            ItemState::Held | ItemState::Wished => AttendeeAnswer::Tentative,
        },
    }
}

fn times(starts: Moment, ends: Moment) -> Result<EventTimes, NotEventTimes> {
    EventTimes::timed(starts, ends)
}

fn day_and_time(moment: &MomentView) -> String {
    moment.local.naive().format("%A %-d %B %Y, %H:%M").to_string()
}

/// The same description as HTML, for the programs that show no plain one.
fn with_html(content: EventContent) -> EventContent {
    let paragraphs = content.description.iter().map(|paragraph| format!("<p>{}</p>", escaped(paragraph).replace('\n', "<br>")));
    let html: String = paragraphs.collect();
    EventContent { html_description: (!html.is_empty()).then_some(html), ..content }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

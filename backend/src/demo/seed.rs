//! Puts the demonstration into an empty database: the same things with the same identifiers each time, around the day it
//! is loaded.

use super::{DemoAccount, DemoData, DemoError, DemoHoliday, DemoHours, DemoLine, DemoSeason, DemoVisit, day_from};
use crate::{
    accounts::{
        directory::{self, NewAccount},
        grants,
        passwords::NewPassword,
    },
    audit::{self, Entry},
    context::{Chancery, RequestContext},
    database::WriteTransaction,
    delegations,
    engagements::Overriding,
    error::Failure,
    missions, offices, people,
    permits::{BookRoom, CreateVisit, EditProgramme, ManageAccounts, ManageMissions, ManagePeople, ManageRooms, Permit, by_other_proof},
    programme, releases, rooms,
    version::Seen,
    visits,
};
use chrono::NaiveDate;
use domain::{
    audit::{Intent, ThingKind},
    clash::SetLevels,
    delegations::{Delegate, DelegateDetails, Delegation},
    ids::{AccountId, BlackoutId, BookingId, DelegateId, DelegationId, ItemId, MissionId, OfficeId, PersonId, RoomId, SiteId, VisitId},
    marking::{Marked, Marking, Scope},
    missions::{HeadOfPost, Mission, MissionDetails},
    offices::OfficeDetails,
    people::{PersonDetails, PersonName, Standing},
    programme::{
        ItemDetails, ItemPart, ItemState, ItemTime, Movement, Participant, PressTerms, ProgrammeItem, Whereabouts,
        defaults::default_marking,
    },
    rooms::{
        Booking, Room, RoomDetails, Site, SiteDetails, Travel,
        approval::Approving,
        blackouts::{Blackout, BlackoutOf},
        terms::{BookedBy, DayHours, Holiday, OpeningHours, RoomNeeds, Season},
    },
    text::{EmailAddress, Title},
    time::{
        Moment, WallTime, ZoneName,
        agreed::{AgreedTime, settle},
    },
    visits::{Parties, Visit, VisitDates, VisitDetails},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// Its files can't be read.
    #[error(transparent)]
    Files(#[from] DemoError),
    /// A use case failed.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A file names something that is not there, or a time that is none.
    #[error("the demonstration names {0}, which is not there")]
    Missing(String),
}

/// The identifier of a thing of the demonstration: the same in every demonstration.
pub fn id(kind: &str, key: &str) -> Uuid {
    let hash = Sha256::digest(format!("chancery demonstration/{kind}/{key}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The office of the demonstration.
pub fn office_id() -> OfficeId {
    OfficeId(id("office", "los-angeles"))
}

/// Loads the demonstration into an empty database.
///
/// # Errors
/// When its files name something that is not there, or the database refuses.
pub async fn load(chancery: &Chancery) -> Result<(), SeedError> {
    let data = DemoData::load()?;
    let details = OfficeDetails {
        host: data.office.host.clone(),
        name: data.office.name.clone(),
        zone: data.office.zone.clone(),
        place: data.office.place.clone(),
        country: data.office.country.clone(),
        mailbox: Some(data.office.email.clone()),
        languages: Vec::new(),
        holidays: Vec::new(),
        levels: SetLevels::new(),
    };
    let context = offices::set_up_office(chancery, office_id(), None, details).await?;
    let password = NewPassword::parse(super::PASSWORD).map_err(|_| SeedError::Missing("a password".into()))?;
    let hash = chancery.passwords.hash(password).await.map_err(|_| Failure::Machine { what: "a password" })?;
    let mut transaction = context.write().await?;
    let seeding = Seeding { context: &context, data: &data, today: context.today(), password: hash.as_str().to_owned() };
    seeding.directory(&mut transaction).await?;
    seeding.accounts(&mut transaction).await?;
    for visit in &data.visits {
        seeding.visit(&mut transaction, visit).await?;
    }
    seeding.bookings(&mut transaction).await?;
    seeding.blackouts(&mut transaction).await?;
    let entry = Entry::done(Intent::LoadDemonstration).thing(ThingKind::Office, office_id().uuid(), 1);
    audit::record(&context, &mut transaction, entry).await?;
    transaction.commit().await.map_err(Failure::from)?;
    seeding.releases().await
}

fn hours_of(hours: &[DemoHours]) -> Vec<OpeningHours> {
    let of_days = |hours: &DemoHours| {
        let (opens, closes) = (hours.opens, hours.closes);
        hours.weekdays.iter().map(|weekday| OpeningHours { weekday: *weekday, opens, closes }).collect::<Vec<_>>()
    };
    let mut hours: Vec<OpeningHours> = hours.iter().flat_map(of_days).collect();
    hours.sort_unstable_by_key(|hours| (hours.weekday, hours.opens));
    hours
}

struct Seeding<'a> {
    context: &'a RequestContext,
    data: &'a DemoData,
    today: NaiveDate,
    password: String,
}

fn account_id(key: &str) -> AccountId {
    AccountId(id("account", key))
}

fn person_id(key: &str) -> PersonId {
    PersonId(id("person", key))
}

fn mission_id(key: &str) -> MissionId {
    MissionId(id("mission", key))
}

fn visit_id(key: &str) -> VisitId {
    VisitId(id("visit", key))
}

fn accounts_of(keys: &[String]) -> BTreeSet<AccountId> {
    keys.iter().map(|key| account_id(key)).collect()
}

impl Seeding<'_> {
    fn settled(&self, local: WallTime, zone: &ZoneName) -> Result<Moment, SeedError> {
        let mut time = AgreedTime { local, zone: zone.clone(), offset: None };
        let settled = settle(self.context.zones(), &time).or_else(|problem| {
            // A demonstration started on the night the clocks change: an hour later exists, and exists once.
            time.local = local.plus_minutes(60).unwrap_or(local);
            settle(self.context.zones(), &time).map_err(|_| problem)
        });
        settled.map_err(|_| SeedError::Missing(format!("{local} in {zone}")))
    }

    async fn directory(&self, transaction: &mut WriteTransaction) -> Result<(), SeedError> {
        let permit = by_other_proof::<ManageRooms>();
        for site in &self.data.sites {
            let travel = site.travel.iter().map(|way| Travel { to: SiteId(id("site", &way.to)), minutes: way.minutes }).collect();
            let details = SiteDetails {
                name: site.name.clone(),
                address: Some(site.address.clone()),
                zone: site.zone.clone(),
                travel,
                holidays: site.holidays.iter().map(|holiday| self.holiday(holiday)).collect(),
            };
            let site = Site { id: SiteId(id("site", &site.key)), revision: 1, details };
            rooms::store::insert_site(self.context, transaction, &permit, &site).await?;
        }
        for room in &self.data.rooms {
            let season = |season: &DemoSeason| Season {
                name: season.name.clone(),
                from: season.from,
                until: season.until,
                hours: hours_of(&season.hours),
            };
            let details = RoomDetails {
                site: SiteId(id("site", &room.site)),
                name: room.name.clone(),
                floor: Some(room.floor.clone()),
                layouts: room.layouts.clone(),
                features: room.features.iter().copied().collect::<BTreeSet<_>>().into_iter().collect(),
                hours: hours_of(&room.hours),
                seasons: room.seasons.iter().map(season).collect(),
                sweep_minutes: room.sweep_minutes,
                booked_by: BookedBy { roles: room.booked_by.clone() },
                approval: room.approval.clone(),
                clearance: room.clearance,
            };
            let room = Room { id: RoomId(id("room", &room.key)), revision: 1, details };
            rooms::store::insert_room(self.context, transaction, &permit, &room).await?;
        }
        let permit = by_other_proof::<ManagePeople>();
        for person in &self.data.people {
            let details = PersonDetails {
                name: PersonName {
                    given: Some(person.given.clone()),
                    family: person.family.clone(),
                    order: person.order,
                    own_script: person.own_script.clone(),
                    pronunciation: Some(person.pronunciation.clone()),
                },
                address: Some(person.address.clone()),
                rank: Some(person.rank.clone()),
                rank_own: person.rank_own.clone(),
                standing: person.standing,
                mission: person.mission.as_deref().map(mission_id),
                country: Some(person.country.clone()),
                languages: person.languages.clone(),
                diet: person.diet.clone(),
            };
            self.person(transaction, &permit, &person.key, details).await?;
        }
        for mission in &self.data.missions {
            let head = &mission.head;
            let details = PersonDetails {
                name: PersonName {
                    given: Some(head.given.clone()),
                    family: head.family.clone(),
                    order: head.order,
                    own_script: head.own_script.clone(),
                    pronunciation: Some(head.pronunciation.clone()),
                },
                address: Some(head.address.clone()),
                rank: Some(head.rank.clone()),
                rank_own: head.rank_own.clone(),
                standing: Standing::MissionMember,
                mission: Some(mission_id(&mission.key)),
                country: Some(mission.country.clone()),
                languages: head.languages.clone(),
                diet: None,
            };
            self.person(transaction, &permit, &DemoData::head_key(&mission.key), details).await?;
        }
        let permit = by_other_proof::<ManageMissions>();
        for mission in &self.data.missions {
            let head = &mission.head;
            let details = MissionDetails {
                name: mission.name.clone(),
                kind: mission.kind,
                country: mission.country.clone(),
                country_name: mission.country_name.clone(),
                capital_zone: mission.capital_zone.clone(),
                capital: mission.capital.clone(),
                address: Some(mission.address.clone()),
                email: Some(mission.email.clone()),
                national_day: Some(mission.national_day.clone()),
                head: Some(HeadOfPost {
                    person: person_id(&DemoData::head_key(&mission.key)),
                    class: head.class,
                    honorary: head.honorary,
                    acting_since: head.acting_since,
                    exequatur_on: head.exequatur_on,
                    provisional_on: head.provisional_on,
                    commission_on: head.commission_on,
                    functions_at: head.functions_at,
                }),
            };
            let mission = Mission { id: mission_id(&mission.key), revision: 1, details };
            missions::store::insert(self.context, transaction, &permit, &mission).await?;
        }
        Ok(())
    }

    async fn person(
        &self,
        transaction: &mut WriteTransaction,
        permit: &Permit<ManagePeople>,
        key: &str,
        details: PersonDetails,
    ) -> Result<(), SeedError> {
        people::store::insert(self.context, transaction, permit, person_id(key), &details).await?;
        Ok(())
    }

    async fn accounts(&self, transaction: &mut WriteTransaction) -> Result<(), SeedError> {
        let permit = by_other_proof::<ManageAccounts>();
        for account in &self.data.accounts {
            let new = self.account(account)?;
            directory::insert(self.context, transaction, &permit, account_id(&account.local), &new).await?;
        }
        Ok(())
    }

    fn account(&self, account: &DemoAccount) -> Result<NewAccount, SeedError> {
        let email = EmailAddress::parse(&super::email_of(&account.local)).map_err(|_| SeedError::Missing(account.local.clone()))?;
        let is_of_a_mission = account.mission.is_some();
        Ok(NewAccount {
            email,
            name: account.name.clone(),
            person: account.person.as_deref().map(person_id),
            mission: account.mission.as_deref().map(mission_id),
            confirmed: is_of_a_mission,
            roles: account.roles.clone(),
            ceiling: account.ceiling.unwrap_or(Marking::Clear),
            password_hash: Some(self.password.clone()),
            ends_on: is_of_a_mission.then(|| day_from(self.today, 300)),
        })
    }

    async fn visit(&self, transaction: &mut WriteTransaction, demo: &DemoVisit) -> Result<(), SeedError> {
        let visit = self.visit_of(demo);
        visits::store::insert(self.context, transaction, &by_other_proof::<CreateVisit>(), &visit).await?;
        for account in accounts_of(&demo.access) {
            grants::put_on_list(self.context, transaction, account, visit.id, None).await?;
        }
        for mission in &visit.details.missions {
            grants::attach(self.context, transaction, *mission, visit.id).await?;
        }
        let permit = by_other_proof::<EditProgramme>();
        self.delegations(transaction, &permit, demo, &visit).await?;
        for (number, line) in demo.lines.iter().enumerate() {
            let item = self.item(demo, &visit, line, number)?;
            let prepared = programme::prepare(self.context, transaction, &visit, &item, programme::Standing::Saved).await?;
            programme::store::insert(self.context, transaction, &permit, &item, &prepared.people).await?;
            // What is over was settled when it was; what is ahead holds what it names.
            if visit.details.state.holds_things() && item.details.state != ItemState::Wished {
                let checked = prepared.check(self.context, transaction, &Overriding::default()).await?;
                prepared.take(self.context, transaction, &visit, &checked).await?;
            }
        }
        Ok(())
    }

    fn visit_of(&self, demo: &DemoVisit) -> Visit {
        let id = visit_id(&demo.key);
        let named = accounts_of(&demo.named);
        let scope = || Scope::Visit(id);
        let markings = &demo.markings;
        let dates = VisitDates { starts_on: day_from(self.today, demo.starts_in_days), ends_on: day_from(self.today, demo.ends_in_days) };
        let parties =
            Parties { country: demo.country.clone(), guest: demo.guest.as_deref().map(person_id), host: Some(person_id(&demo.host)) };
        let cover = demo.cover_title.clone().map(|cover| Marked::new(markings.cover_title.unwrap_or(Marking::Green), Scope::Office, cover));
        Visit {
            id,
            revision: 1,
            details: VisitDetails {
                direction: demo.direction,
                category: demo.category,
                state: demo.state,
                existence: markings.existence,
                title: Marked::with_list(markings.title, scope(), named.clone(), demo.title.clone()),
                cover,
                dates: Marked::with_list(markings.dates, scope(), named.clone(), dates),
                parties: Marked::with_list(markings.parties, scope(), named.clone(), parties),
                zone: demo.zone.clone(),
                place: demo.place.clone(),
                capital_zone: demo.capital_zone.clone(),
                capital: demo.capital.clone(),
                remarks: Marked::with_list(markings.remarks, scope(), named, demo.remarks.clone()),
                missions: demo.missions.iter().map(|key| mission_id(key)).collect(),
                made_by: demo.access.first().map(|key| account_id(key)),
            },
        }
    }

    async fn delegations(
        &self,
        transaction: &mut WriteTransaction,
        permit: &Permit<EditProgramme>,
        demo: &DemoVisit,
        visit: &Visit,
    ) -> Result<(), SeedError> {
        for demo_delegation in &demo.delegations {
            let key = format!("{}/{}", demo.key, demo_delegation.name);
            let delegation = Delegation {
                id: DelegationId(id("delegation", &key)),
                visit: visit.id,
                name: demo_delegation.name.clone(),
                mission: demo_delegation.mission.as_deref().map(mission_id),
            };
            delegations::store::insert_delegation(self.context, transaction, permit, &delegation).await?;
            for (position, member) in (1_u32..).zip(&demo_delegation.members) {
                let details = self.delegate(&member.person)?;
                let delegate = Delegate {
                    id: DelegateId(id("delegate", &format!("{key}/{}", member.person))),
                    revision: 1,
                    visit: visit.id,
                    delegation: delegation.id,
                    person: person_id(&member.person),
                    role: member.role,
                    position,
                    details: Marked::new(Marking::Amber.max(visit.details.existence), Scope::Visit(visit.id), details),
                };
                delegations::store::insert(self.context, transaction, permit, &delegate).await?;
            }
        }
        Ok(())
    }

    /// What a delegation list says of a person of the directory.
    fn delegate(&self, key: &str) -> Result<DelegateDetails, SeedError> {
        let missing = || SeedError::Missing(key.to_owned());
        let latin = |given: &Title, family: &Title, order| {
            let name = PersonName { given: Some(given.clone()), family: family.clone(), order, own_script: None, pronunciation: None };
            Title::parse(&name.in_latin()).map_err(|_| missing())
        };
        if let Some(person) = self.data.people.iter().find(|person| person.key == key) {
            return Ok(DelegateDetails {
                name: latin(&person.given, &person.family, person.order)?,
                own_script: person.own_script.clone(),
                pronunciation: Some(person.pronunciation.clone()),
                address: Some(person.address.clone()),
                rank: Some(person.rank.clone()),
                languages: person.languages.clone(),
                diet: person.diet.clone(),
            });
        }
        let mission = self.data.missions.iter().find(|mission| DemoData::head_key(&mission.key) == key).ok_or_else(missing)?;
        let head = &mission.head;
        Ok(DelegateDetails {
            name: latin(&head.given, &head.family, head.order)?,
            own_script: head.own_script.clone(),
            pronunciation: Some(head.pronunciation.clone()),
            address: Some(head.address.clone()),
            rank: Some(head.rank.clone()),
            languages: head.languages.clone(),
            diet: None,
        })
    }

    fn item(&self, demo: &DemoVisit, visit: &Visit, line: &DemoLine, number: usize) -> Result<ProgrammeItem, SeedError> {
        let item = ItemId(id("item", &format!("{}/{number}", demo.key)));
        let starts = self.settled(line.starts_local(self.today), line.start_zone(demo))?;
        let ends = self.settled(line.ends_local(self.today), line.end_zone(demo))?;
        let time = ItemTime::new(starts, ends).ok_or_else(|| SeedError::Missing(format!("the time of {}", line.title)))?;
        let named = accounts_of(&line.named);
        let marking =
            |part: ItemPart| line.markings.get(&part).copied().unwrap_or_else(|| default_marking(line.kind, part, demo.line_marking));
        let scope = || Scope::Line(visit.id, item);
        let whole = || Scope::Visit(visit.id);
        let place = match (&line.room, &line.place) {
            (Some(room), _) => Whereabouts::Room {
                room: RoomId(id("room", room)),
                layout: line.layout,
                people: line.headcount,
                features: Vec::new(),
                sweep: false,
            },
            (None, Some(place)) => Whereabouts::Outside(place.clone()),
            (None, None) => Whereabouts::Unknown,
        };
        let people: Vec<Participant> = line.people.iter().map(|p| Participant { person: person_id(&p.person), role: p.role }).collect();
        let movement = line.movement.clone().map(|m| Movement { route: m.route, vehicles: m.vehicles, carrier: m.carrier });
        let hold_until = match (line.state, line.hold_until) {
            (ItemState::Held, Some(until)) => Some(self.settled(until.local(self.today), &demo.zone)?.at()),
            (ItemState::Held, None) => Some(time.starts().at()),
            (ItemState::Wished | ItemState::Firm, _) => None,
        };
        fn marked<T>(marking: Marking, scope: Scope, named: &BTreeSet<AccountId>, value: T) -> Marked<T> {
            Marked::with_list(marking, scope, named.clone(), value)
        }
        Ok(ProgrammeItem {
            id: item,
            revision: 1,
            visit: visit.id,
            details: ItemDetails {
                kind: line.kind,
                state: line.state,
                hold_until,
                existence: marking(ItemPart::Existence),
                time: marked(marking(ItemPart::Time), scope(), &named, time),
                title: marked(marking(ItemPart::Title), scope(), &named, line.title.clone()),
                cover: line
                    .cover_title
                    .clone()
                    .map(|cover| Marked::new(line.cover_marking.unwrap_or(Marking::Green), Scope::Office, cover)),
                place: marked(marking(ItemPart::Place), scope(), &named, place),
                people: marked(marking(ItemPart::People), scope(), &named, people),
                movement: marked(marking(ItemPart::Movement), whole(), &named, movement),
                press: marked(marking(ItemPart::Press), scope(), &named, PressTerms { access: line.press_access }),
                dress: line.dress.clone(),
                notes: marked(marking(ItemPart::Notes), whole(), &named, line.notes.clone()),
                drop_by: false,
                fixed: false,
            },
        })
    }

    fn holiday(&self, holiday: &DemoHoliday) -> Holiday {
        let hours = holiday.opens.zip(holiday.closes).map(|(opens, closes)| DayHours { opens, closes });
        Holiday { on: holiday.on(self.today), name: holiday.name.clone(), hours }
    }

    async fn blackouts(&self, transaction: &mut WriteTransaction) -> Result<(), SeedError> {
        let permit = by_other_proof::<ManageRooms>();
        let zone = &self.data.office.zone;
        for demo in &self.data.blackouts {
            let blackout = Blackout {
                id: BlackoutId(id("blackout", &demo.key)),
                revision: 1,
                of: BlackoutOf::Room(RoomId(id("room", &demo.room))),
                starts: self.settled(demo.starts.local(self.today), zone)?,
                ends: self.settled(demo.ends.local(self.today), zone)?,
                cause: Marked::new(demo.marking, Scope::Office, demo.cause.clone()),
            };
            rooms::blackouts::store::insert(self.context, transaction, &permit, &blackout).await?;
        }
        Ok(())
    }

    async fn bookings(&self, transaction: &mut WriteTransaction) -> Result<(), SeedError> {
        let permit = by_other_proof::<BookRoom>();
        for demo in &self.data.bookings {
            let zone = &self.data.office.zone;
            let booking = Booking {
                id: BookingId(id("booking", &demo.key)),
                revision: 1,
                room: RoomId(id("room", &demo.room)),
                starts: self.settled(demo.starts_local(self.today), zone)?,
                ends: self.settled(demo.ends_local(self.today), zone)?,
                needs: RoomNeeds { layout: Some(demo.layout), people: Some(demo.people), ..RoomNeeds::default() },
                state: demo.state,
                hold: demo.hold,
                approval: demo.waits.then_some(Approving::Awaited),
                has_lapsed: false,
                hold_until: demo.hold_until.map(|until| self.settled(until.local(self.today), zone)).transpose()?.map(|moment| moment.at()),
                purpose: Marked::new(demo.marking, Scope::Office, demo.purpose.clone()),
                made_by: Some(account_id(&demo.booked_by)),
                series: None,
            };
            rooms::bookings::claim_room(self.context, transaction, &booking, &Overriding::default()).await?;
            rooms::bookings::store::insert(self.context, transaction, &permit, &booking).await?;
        }
        Ok(())
    }

    /// What was released before the day of the demonstration, frozen by the very use case that releases.
    async fn releases(&self) -> Result<(), SeedError> {
        for visit in &self.data.visits {
            for release in &visit.releases {
                let account = account_id(&release.released_by);
                let found = crate::accounts::access::actor_of_account(self.context, account).await?;
                let (actor, _) = found.ok_or_else(|| SeedError::Missing(release.released_by.clone()))?;
                releases::release_programme(&self.context.as_actor(actor), visit_id(&visit.key), &[release.audience], &Seen::Any).await?;
            }
        }
        Ok(())
    }
}

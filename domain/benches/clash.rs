//! How long the rules take: a whole plan of 10,000 engagements, one more line against it, and the nearest slots for it.

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    clash::{
        Candidate, Claim, DayOff, Effort, Engagement, Frame, Line, LinePart, Margins, Night, Occupation, Place, Plan, PlanParts, Rules,
        Side, Source, clashes_of, find_clashes,
    },
    holidays::RestKind,
    ids::{ItemId, ResourceId, SiteId, VisitId},
    marking::Marking,
    slots::{Grid, RoomChoice, Search, nearest},
    time::{Offset, Span},
};
use std::hint::black_box;
use uuid::Uuid;

const LINES: u128 = 2_500;
const ROOMS: u128 = 40;
const PEOPLE: u128 = 120;
const SITES: u128 = 4;
const VISITS: u128 = 50;

/// Scatters numbers as random identifiers would be scattered, the same each time.
fn scattered(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128((number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835) ^ (kind << 64))
}

fn site(number: u128) -> SiteId {
    SiteId(scattered(2, number % SITES))
}

fn room(number: u128) -> ResourceId {
    ResourceId(scattered(1, number % ROOMS))
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_800) + TimeDelta::minutes(minute)
}

/// A line of 45 minutes: a room of a site, and three people.
fn line(number: u128, minute: i64) -> Option<(Line, Vec<Engagement>)> {
    let core = Span::new(at(minute), at(minute + 45))?;
    let item = ItemId(scattered(3, number));
    let of = |resource, occupation| Engagement {
        resource,
        source: Source::Item(item),
        core,
        occupation,
        claim: Claim::Firm,
        marking: Marking::Amber,
    };
    let margins = Margins { before: 15, after: 15 };
    let mut uses = vec![of(room(number), Occupation::Room { site: site(number % ROOMS), margins })];
    uses.extend((0..3).map(|seat| {
        let person = ResourceId(scattered(1, ROOMS + (number * 3 + seat) % PEOPLE));
        of(person, Occupation::person_at(Some(Place::Site(site(number % ROOMS)))))
    }));
    let visit = VisitId(scattered(5, number % VISITS));
    let (part, effort) = if number < VISITS { (LinePart::Arrival, Effort::Travel) } else { (LinePart::Attended, Effort::Presence) };
    Some((Line { visit, during: core, item, part, effort, interpreting: None, wished: false, marking: Marking::Amber }, uses))
}

/// A quarter of a year of an office at work; rooms and people come round about every hour, now and then too soon.
fn parts() -> PlanParts {
    let mut parts = PlanParts::default();
    for number in 0..LINES {
        let round = i64::try_from(number / ROOMS).unwrap_or_default();
        let late = i64::try_from(number * 7 % 50).unwrap_or_default();
        if let Some((line, uses)) = line(number, round * 90 + late) {
            parts.lines.push(line);
            parts.engagements.extend(uses);
        }
    }
    parts.frames = (0..VISITS)
        .filter_map(|number| {
            Some(Frame { visit: VisitId(scattered(5, number)), during: Span::new(at(-1440), at(500_000))?, marking: Marking::Amber })
        })
        .collect();
    for number in 0..VISITS {
        let visit = VisitId(scattered(5, number));
        for day in 0..90 {
            let midnight = i64::from(day) * 1440;
            parts.nights.extend(Span::new(at(midnight + 420), at(midnight + 900)).map(|during| Night {
                visit,
                during,
                marking: Marking::Amber,
            }));
            if day % 7 >= 5 {
                let on = at(midnight).date_naive();
                let during = Span::new(at(midnight), at(midnight + 1440));
                let off = |during| DayOff { visit, during, on, side: Side::Ours, kind: RestKind::Weekend, marking: Marking::Amber };
                parts.days_off.extend(during.map(off));
            }
        }
    }
    for from in 0..SITES {
        for to in 0..from {
            parts.travel.set(Place::Site(site(from)), Place::Site(site(to)), 20);
        }
    }
    parts
}

fn benchmarks(criterion: &mut Criterion) {
    let rules = Rules::default();
    let parts = parts();
    let now = at(-10_000);
    criterion.bench_function("find_clashes, 10,000 engagements from scratch", |bench| {
        bench.iter_batched(|| parts.clone(), |parts| find_clashes(&Plan::new(now, parts), &rules), criterion::BatchSize::LargeInput);
    });

    let plan = Plan::new(now, parts);
    let Some((wanted, uses)) = line(LINES + 7, 2_000) else { return };
    let candidate = Candidate::item(wanted, uses);
    criterion.bench_function("clashes_of, one more line against 10,000 engagements", |bench| {
        bench.iter(|| clashes_of(black_box(&plan), &rules, black_box(&candidate)));
    });

    let (Some(within), Some(offset)) = (Span::new(at(0), at(10_000)), Offset::from_seconds(0)) else { return };
    let margins = Margins { before: 15, after: 15 };
    let rooms = (0..ROOMS).map(|number| RoomChoice { room: room(number), site: site(number), margins }).collect();
    let search = Search { within, grid: Grid::FiveMinutes, offset, rooms, most: 3 };
    criterion.bench_function("nearest, three slots each way and three rooms", |bench| {
        bench.iter(|| nearest(black_box(&plan), &rules, black_box(&candidate), black_box(&search)));
    });
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);

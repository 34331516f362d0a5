//! A line as one reads it.

use super::{
    day::press::{Press, Pressing},
    moving::Moving,
    shift::chooser::ChooseLine,
    view::LineView,
    words::{people_in_words, place_in_words, press_of_line, state_in_words, title_in_words},
};
use crate::{
    components::{Chip, MarkingTag, StandingNotice, TimeShown, Tone, TwoClocks},
    errors::Trouble,
    live::JustChanged,
    words::{place_of_zone, shift_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{
    marking::view::{ItemView, VisitView},
    programme::{ItemKind, ItemState},
    time::{
        ZoneName,
        agreed::MomentView,
        clocks::{hours_minutes, rfc3339},
    },
};
use leptos::prelude::*;

/// The shown name of a zone's place, as the visit names it, or the last part of the zone's name.
fn place_of(zone: &ZoneName, visit: &VisitView) -> String {
    if zone.as_str() == visit.zone {
        return visit.place.clone();
    }
    match (&visit.capital_zone, &visit.capital) {
        (Some(capital_zone), Some(capital)) if zone.as_str() == capital_zone => capital.clone(),
        _ => place_of_zone(zone),
    }
}

/// A moment as a clock shows it, under a day's heading.
pub fn time_shown(moment: &MomentView, visit: &VisitView, under: NaiveDate) -> TimeShown {
    let days = (moment.local.date() - under).num_days();
    TimeShown {
        time: hours_minutes(moment.local),
        datetime: rfc3339(&moment.clone().into()),
        place: place_of(&moment.zone, visit),
        day_marker: i32::try_from(days).unwrap_or_default(),
    }
}

/// The start of a line on the clocks of the visitor's capital; none where they stand as the local ones do, for one says it all.
pub fn capital_shown(item: &ItemView, visit: &VisitView) -> Option<TimeShown> {
    let capital = item.capital.as_ref().filter(|capital| capital.moment.zone != item.starts.zone)?;
    Some(TimeShown {
        time: hours_minutes(capital.moment.local),
        datetime: rfc3339(&capital.moment.clone().into()),
        place: place_of(&capital.moment.zone, visit),
        day_marker: i32::from(capital.day_marker),
    })
}

/// Both clocks of a line.
#[component]
pub(super) fn LineClocks(
    /// The line.
    item: ItemView,
    /// Its visit, which names the places of zones.
    visit: VisitView,
) -> impl IntoView {
    let words = use_words();
    let under = item.starts.local.date();
    let local = time_shown(&item.starts, &visit, under);
    let mut until = time_shown(&item.ends, &visit, under);
    let ends_elsewhere = item.ends.zone != item.starts.zone;
    if ends_elsewhere {
        until.time = format!("{} {}", until.time, until.place);
    }
    let capital = capital_shown(&item, &visit);
    let shift = item.shift.map(|note| shift_in_words(words, &note)).filter(|_| capital.is_some());
    let place_shown = item.starts.zone.as_str() != visit.zone || ends_elsewhere;
    view! { <TwoClocks local=local until=Some(until) capital=capital shift=shift place_shown=place_shown /> }
}

/// A line of a programme: both clocks, what, where, who, and how it is marked and held.
#[component]
pub fn ProgrammeLine(
    /// The line.
    line: LineView,
    /// What is new of it in the release it is of: a word, and the parts.
    #[prop(optional_no_strip)]
    told: Option<(String, Vec<String>)>,
    /// Its visit.
    visit: VisitView,
    /// Whether the reader may change it.
    may_edit: bool,
    /// Whether it was saved just now.
    is_saved: bool,
    /// How lines are moved here.
    moving: Moving,
    /// How it is taken down here that lines begin and end.
    pressing: Pressing,
) -> impl IntoView {
    let words = use_words();
    let LineView { item, seen, hold_until, notices, went } = line;
    let state = item.state;
    let class = match (item.is_stand_in, item.kind, state) {
        (true, _, _) => "line sealed",
        (_, Some(ItemKind::Movement), _) => "line movement",
        (_, _, ItemState::Held) => "line held",
        (_, _, ItemState::Wished) => "line wished",
        (_, _, ItemState::Firm) => "line",
    };
    let title = title_in_words(words, &item);
    let edit = (may_edit && !item.is_stand_in).then(|| format!("/visits/{}/items/{}", visit.id, item.id));
    let (form, line_id) = (edit.clone().unwrap_or_default(), item.id);
    let name = match edit {
        Some(to) => view! { <a class="edit" href=to dir="auto"><b>{title}</b></a> }.into_any(),
        None => view! { <b dir="auto">{title}</b> }.into_any(),
    };
    let people = item.people.as_ref().and_then(|people| people_in_words(words, people));
    let movement = item.movement.as_ref().map(|movement| {
        let parts = [movement.carrier.clone(), movement.route.clone(), movement.vehicles.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    let held = match (state, hold_until) {
        (ItemState::Held, Some(until)) if until.local.date() == item.starts.local.date() => {
            Some(words.programme_hold_until(hours_minutes(until.local)))
        }
        (ItemState::Held, Some(until)) => Some(words.programme_hold_until(until.local.to_string().replace('T', " "))),
        (ItemState::Firm, _) => None,
        (state, _) => Some(state_in_words(words, state)),
    };
    let tone = if state == ItemState::Held { Tone::Held } else { Tone::Plain };
    let press = press_of_line(words, &item);
    let cover = item.cover.clone().map(|cover| words.programme_cover_is(cover));
    let place = place_in_words(words, &item);
    let (id, marking, dress, notes, drop_by) =
        (format!("line-{}", item.id), item.marking, item.dress.clone(), item.notes.clone(), item.drop_by);
    let fixed = item.fixed;
    let day = view! { <Press item=item.clone() went=went seen=seen.clone() pressing=pressing /> };
    let choose = (may_edit && !item.is_stand_in).then(|| view! { <ChooseLine item=item.clone() /> });
    let (seen, mark) = ((!seen.is_empty()).then_some(seen), id.clone());
    let refused_form = form.clone();
    let refused = move || {
        moving.refusal_of(line_id).map(|refusal| match refusal {
            Ok(notices) => {
                let form = refused_form.clone();
                notices
                    .into_iter()
                    .map(|notice| view! { <StandingNotice notice=notice form=form.clone() now=true /> })
                    .collect_view()
                    .into_any()
            }
            Err(error) => view! { <Trouble error=error /> }.into_any(),
        })
    };
    let (new, parts) = told.unzip();
    let new = new.map(|word| view! { <Chip>{word}</Chip> });
    let parts = parts.into_iter().flatten().map(|part| view! { <span class="notes" dir="auto">{part}</span> }).collect_view();
    let said = notices.into_iter().map(|notice| view! { <StandingNotice notice=notice form=form.clone() /> }).collect_view();
    view! {
        <li class=class class:saved=is_saved id=id tabindex="-1" data-seen=seen>
            <LineClocks item=item visit=visit />
            <div class="what">
                {name}
                {place.map(|place| view! { <span class="where" dir="auto">{place}</span> })}
                {movement.map(|movement| view! { <span class="where" dir="auto">{movement}</span> })}
                {people.map(|people| view! { <span class="who" dir="auto">{people}</span> })}
                {dress.map(|dress| view! { <span class="who">{words.programme_field_dress()} ": " <bdi>{dress}</bdi></span> })}
                {notes.map(|notes| view! { <span class="notes" dir="auto">{notes}</span> })}
                {cover.map(|cover| view! { <span class="faint" dir="auto">{cover}</span> })}
                {parts}
            </div>
            <div class="side">
                {choose}
                <MarkingTag marking=marking />
                <JustChanged of=mark />
                {new}
                {held.map(|held| view! { <Chip tone=tone>{held}</Chip> })}
                {drop_by.then(|| view! { <Chip>{words.programme_field_drop_by()}</Chip> })}
                {fixed.then(|| view! { <Chip>{words.day_fixed()}</Chip> })}
                {press.map(|press| view! { <Chip>{press}</Chip> })}
            </div>
            {day}
            {said}
            {refused}
        </li>
    }
    .into_any()
}

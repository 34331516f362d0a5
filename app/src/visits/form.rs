//! The form of a visit.

use super::{
    head::{VisitHeading, VisitTab},
    server_fns::{SaveVisit, load_visit_form},
    view::{TemplateBrings, VisitFormView},
    words::{category_in_words, direction_in_words, markings_up_to, part_in_words, state_in_words, word_of},
};
use crate::{
    components::{Button, Checkbox, Choice, Field, FormSheet, Hidden, PageHead, Select, TextArea, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::use_words,
};
use domain::{
    marking::view::VisitView,
    text::Title,
    time::ZoneName,
    visits::{Direction, VisitCategory, VisitState, input::PARTS},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the boxes that attach missions; the mission's id follows.
const MISSION: &str = "mission_";
/// What begins the names of the fields of markings; the part's name follows.
const MARKING: &str = "marking_";

/// The form of a visit, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    /// The visit; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new visit from another, so that two presses of its button are one.
    pub once: String,
    /// The parts the form shows; others are not touched.
    pub parts: String,
    /// Category.
    pub category: String,
    /// Direction.
    pub direction: String,
    /// Title.
    pub title: String,
    /// First day, as people type days.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// Country, by name or code.
    pub country: String,
    /// Visiting principal.
    pub guest_id: String,
    /// Host's principal.
    pub host_id: String,
    /// Zone of its lines.
    pub zone: String,
    /// Place of that zone.
    pub place: String,
    /// Zone of the capital.
    pub capital_zone: String,
    /// The capital.
    pub capital: String,
    /// Purpose and remarks.
    pub remarks: String,
    /// State.
    pub state: String,
    /// Cover title.
    pub cover: String,
    /// Why a marking is lowered.
    pub reason: String,
    /// `yes` if a new visit starts from its category's template.
    pub from_template: String,
    /// The alternative that was pressed.
    pub take: String,
    /// Markings by part (`marking_title` …) and missions attached (`mission_ID`).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for VisitForm {
    const NAME: &'static str = "visit";
}

impl VisitForm {
    /// The form of a new visit.
    pub fn new_in(zone: &ZoneName, place: &Title) -> Self {
        Self {
            parts: "title dates parties remarks cover".to_owned(),
            category: word_of(&VisitCategory::Official),
            direction: word_of(&Direction::Inbound),
            state: word_of(&VisitState::Requested),
            zone: zone.to_string(),
            place: place.to_string(),
            from_template: "yes".to_owned(),
            ..Self::default()
        }
    }

    /// The form of a visit as its reader sees it. `country` is the country's shown name.
    pub fn of(visit: &VisitView, country: &str, seen: &str) -> Self {
        // Remarks that are empty show no marking; they may be written all the same.
        let parts: Vec<&str> = PARTS.into_iter().filter(|part| *part != "cover" && visit.markings.contains_key(*part)).collect();
        let id = |named: Option<String>| named.unwrap_or_default();
        let attached = visit.mission_ids.iter().flatten().map(|mission| (format!("{MISSION}{mission}"), "yes".to_owned()));
        Self {
            id: visit.id.to_string(),
            seen: seen.to_owned(),
            once: String::new(),
            parts: parts.join(" "),
            category: word_of(&visit.category),
            direction: word_of(&visit.direction),
            title: if visit.is_cover { String::new() } else { visit.title.clone().unwrap_or_default() },
            starts_on: visit.starts_on.map(|day| day.to_string()).unwrap_or_default(),
            ends_on: visit.ends_on.map(|day| day.to_string()).unwrap_or_default(),
            country: country.to_owned(),
            guest_id: id(visit.guest.as_ref().map(|guest| guest.id.to_string())),
            host_id: id(visit.host.as_ref().map(|host| host.id.to_string())),
            zone: visit.zone.clone(),
            place: visit.place.clone(),
            capital_zone: visit.capital_zone.clone().unwrap_or_default(),
            capital: visit.capital.clone().unwrap_or_default(),
            remarks: visit.remarks.clone().unwrap_or_default(),
            state: word_of(&visit.state),
            cover: String::new(),
            reason: String::new(),
            from_template: String::new(),
            take: String::new(),
            more: attached.collect(),
        }
    }

    fn shows(&self, part: &str) -> bool {
        self.parts.split(' ').any(|shown| shown == part)
    }
}

#[cfg(feature = "ssr")]
mod reading {
    use super::{MARKING, MISSION, VisitForm};
    use crate::visits::gather::country_code;
    use backend::directory::Names;
    use chrono::{NaiveDate, NaiveTime};
    use domain::{
        missions::{Mission, MissionKind},
        problems::{FieldProblem, Problems},
        time::{
            WallTime,
            typed::{Base, read_date},
        },
        visits::input::VisitInput,
    };

    impl VisitForm {
        /// What was said, for the use case. Days are read as people type them, from this day on.
        ///
        /// # Errors
        /// When a day cannot be read.
        pub(in crate::visits) fn read(&self, today: NaiveDate, names: &Names) -> Result<VisitInput, Vec<FieldProblem>> {
            let mut problems = Problems::new();
            let day = |problems: &mut Problems, field: &str, text: &str, from: Option<NaiveDate>| {
                let base = Base { today, from: from.map(|date| WallTime::new(date.and_time(NaiveTime::MIN))) };
                problems.take(field, read_date(text, &base))
            };
            let dates = self.shows("dates");
            let starts_on = dates.then(|| day(&mut problems, "starts_on", &self.starts_on, None)).flatten();
            let ends_on = dates.then(|| day(&mut problems, "ends_on", &self.ends_on, starts_on)).flatten();
            let given = |part: &str, text: &str| (self.shows(part) || !text.is_empty()).then(|| text.to_owned());
            let country = country_code(self.country.trim(), names);
            // Missions stand in the order of their names; a city's or a province's keeps its own clocks, not those of the capital.
            let of_country = || names.missions.iter().filter(|mission| mission.details.country.as_str() == country);
            let is_of_state = |mission: &&Mission| !matches!(mission.details.kind, MissionKind::City | MissionKind::Province);
            let mission = of_country().find(is_of_state).or_else(|| of_country().next());
            let (mut capital_zone, mut capital) = (self.capital_zone.clone(), self.capital.clone());
            if let (true, Some(mission)) = (capital_zone.trim().is_empty(), mission) {
                capital_zone = mission.details.capital_zone.to_string();
                capital = if capital.trim().is_empty() { mission.details.capital.to_string() } else { capital };
            }
            let mission_ids = self.more.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, _)| name.strip_prefix(MISSION));
            let markings = self
                .more
                .iter()
                .filter_map(|(name, value)| Some((name.strip_prefix(MARKING)?.to_owned(), value.clone())))
                .filter(|(_, marking)| !marking.is_empty())
                .collect();
            let input = VisitInput {
                direction: Some(self.direction.clone()),
                category: Some(self.category.clone()),
                state: Some(self.state.clone()),
                title: given("title", &self.title),
                cover: given("cover", &self.cover),
                starts_on: starts_on.map(|day| day.to_string()),
                ends_on: ends_on.map(|day| day.to_string()),
                country: given("parties", &country),
                guest_id: given("parties", &self.guest_id),
                host_id: given("parties", &self.host_id),
                zone: Some(self.zone.clone()),
                place: Some(self.place.clone()),
                capital_zone: given("parties", &capital_zone),
                capital: given("parties", &capital),
                remarks: given("remarks", &self.remarks),
                mission_ids: self.shows("parties").then(|| mission_ids.map(str::to_owned).collect()),
                markings,
                reason: Some(self.reason.clone()),
                from_template: (self.id.is_empty() && self.from_template == "yes").then_some(true),
            };
            problems.finish(Some(input))
        }
    }
}

/// The page that makes a visit.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    view! { <VisitFormPage /> }
}

/// The page that changes a visit.
#[component]
pub fn EditVisitPage() -> impl IntoView {
    view! { <VisitFormPage /> }
}

#[component]
fn VisitFormPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_visit_form);
    let draft = use_draft();
    let action = ServerAction::<SaveVisit>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <VisitSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn VisitSheet(view: VisitFormView, draft: Option<Draft>, action: ServerAction<SaveVisit>) -> impl IntoView {
    let words = use_words();
    let stored = view.stored.clone();
    let start = Start::of(&stored, draft.as_ref());
    let now = view.head.as_ref().map(|head| head.visit.markings.clone()).unwrap_or_default();
    let back = view.head.as_ref().map_or_else(|| "/visits".to_owned(), |head| format!("/visits/{}", head.visit.id));
    let head = match view.head {
        Some(head) => view! { <VisitHeading head=head tab=VisitTab::None /> }.into_any(),
        None => view! { <PageHead title=words.visits_new_title() /> }.into_any(),
    };
    let categories =
        VisitCategory::ALL.iter().map(|category| Choice::new(word_of(category), category_in_words(words, *category))).collect();
    let directions = [Direction::Inbound, Direction::Outbound];
    let directions = directions.iter().map(|direction| Choice::new(word_of(direction), direction_in_words(words, *direction))).collect();
    let states = view.states.iter().map(|state| Choice::new(word_of(state), state_in_words(words, *state))).collect();
    let marks = markings_up_to(view.ceiling);
    let markings = move || {
        PARTS
        .iter()
        .map(|part| {
            let hint = now.get(*part).map(|marking| words.visits_marking_now(marking.label())).unwrap_or_else(|| words.visits_marking_usual());
            view! { <Select name=format!("{MARKING}{part}") label=part_in_words(words, part) hint=hint choices=marks.clone() optional=true /> }
        })
        .collect_view()
    };
    let (title_shown, dates_shown, parties_shown) = (stored.shows("title"), stored.shows("dates"), stored.shows("parties"));
    let attached = view.missions.iter().filter(|mission| !start.typed().get(&format!("{MISSION}{}", mission.value)).is_empty()).count();
    let offered = view.missions;
    let missions = move || {
        offered
            .into_iter()
            .map(|mission| view! { <Checkbox name=format!("{MISSION}{}", mission.value) label=mission.label /> })
            .collect_view()
    };
    let (people, zones, countries) = (view.people, view.zones, view.countries);
    let capitals = zones.clone();
    let brings = view.templates;
    let new = stored.id.is_empty();
    let title =
        move || title_shown.then(|| view! { <Field name="title" label=words.visits_field_title() hint=words.visits_field_title_hint() /> });
    let dates = move || {
        dates_shown.then(|| {
            view! {
                <div class="pair">
                    <Field name="starts_on" label=words.visits_field_starts_on() hint=words.visits_field_day_hint() />
                    <Field name="ends_on" label=words.visits_field_ends_on() />
                </div>
            }
        })
    };
    let parties = move || {
        parties_shown.then(|| {
        view! {
            <Field name="country" label=words.visits_field_country() hint=words.visits_field_country_hint() suggestions=countries optional=true />
            <div class="pair">
                <Select name="guest_id" label=words.visits_field_guest() choices=people.clone() optional=true />
                <Select name="host_id" label=words.visits_field_host() choices=people optional=true />
            </div>
            <div class="pair">
                <Field name="capital_zone" label=words.visits_field_capital_zone() hint=words.visits_field_capital_zone_hint() suggestions=capitals optional=true />
                <Field name="capital" label=words.visits_field_capital() hint=words.visits_field_capital_hint() optional=true />
            </div>
            <details open=attached != 0>
                <summary>{words.visits_missions_title(attached)}</summary>
                <div class="boxes">{missions()}</div>
            </details>
        }
    })
    };
    view! {
        {head}
        <FormSheet action=action start=start id=VisitForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="once" />
            <Hidden name="parts" />
            <div class="pair">
                <Select name="category" label=words.visits_field_category() choices=categories />
                <Select name="direction" label=words.visits_field_direction() choices=directions />
                <Select name="state" label=words.visits_field_state() choices=states />
            </div>
            {title()}
            {dates()}
            {parties()}
            <div class="pair">
                <Field name="zone" label=words.visits_field_zone() suggestions=zones />
                <Field name="place" label=words.visits_field_place() />
            </div>
            <TextArea name="remarks" label=words.visits_field_remarks() optional=true />
            <Field name="cover" label=words.visits_field_cover() hint=words.visits_field_cover_hint() optional=true />
            {new.then(move || view! { <FromTemplate brings=brings /> })}
            <details>
                <summary>{words.visits_markings_title()}</summary>
                <div class="pair">{markings()}</div>
            </details>
            {(!new).then(|| view! { <Field name="reason" label=words.visits_field_reason() hint=words.visits_field_reason_hint() optional=true /> })}
            <div class="actions">
                <Button weight=Weight::Main>{if new { words.visits_new_do() } else { words.visits_edit_do() }}</Button>
                <a class="button" href=back>{words.visits_form_cancel()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// The box by which a new visit starts from its category's template, with what that brings.
#[component]
fn FromTemplate(brings: Vec<TemplateBrings>) -> impl IntoView {
    let words = use_words();
    let rows = brings
        .into_iter()
        .map(|TemplateBrings { category, lines, tasks }| {
            view! { <li>{words.templates_brings(category_in_words(words, category), lines, tasks)}</li> }
        })
        .collect_view();
    view! {
        <Checkbox name="from_template" label=words.templates_start_from() hint=words.templates_start_from_hint() />
        <details>
            <summary>{words.templates_brings_title()}</summary>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}

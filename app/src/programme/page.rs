//! A visit's programme by day.

use super::{
    day::{
        press::Pressing,
        words::{late_class, late_in_words, shifted_in_words},
    },
    keys::{focus_line, listen},
    line::ProgrammeLine,
    moving::Moving,
    server_fns::load_programme,
    shift::chooser::ChosenLines,
    turns::{Turning, Turns, turned_in_words},
    view::{LineView, ProgrammeView},
};
use crate::{
    clashes::ClashPanel,
    components::Empty,
    errors::ErrorPage,
    forms::{Draft, use_draft},
    live::use_live,
    printing::words::depth_in_words,
    releases::{AcknowledgeRelease, changed_words::line_change_in_words, shown::ShownRelease},
    visits::{VisitHeading, VisitTab, access::done_version},
    words::{day_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{
    ids::{ItemId, VisitId},
    marking::view::VisitView,
    programme::{print::Depth, shift::Shifting, undo::Turn},
    releases::{Difference, LineSince},
    time::clocks::hours_minutes,
};
use language::Words;
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

/// Things under the day of each, in the order of days and otherwise as they came.
pub(super) fn by_day<T>(things: Vec<T>, day_of: impl Fn(&T) -> NaiveDate) -> Vec<(NaiveDate, Vec<T>)> {
    let mut days: Vec<(NaiveDate, Vec<T>)> = Vec::new();
    for thing in things {
        let date = day_of(&thing);
        // Lines come in the order of their instants; two zones may turn their calendars back by a day in between.
        match days.iter_mut().find(|(day, _)| *day == date) {
            Some((_, things)) => things.push(thing),
            None => days.push((date, vec![thing])),
        }
    }
    days.sort_by_key(|(day, _)| *day);
    days
}

/// What the address says was done just before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Done {
    /// The line that was saved.
    saved: Option<ItemId>,
    /// How many lines an import added, changed, and left as they were.
    imported: Option<(u32, u32, u32)>,
    /// By how many minutes the rest of a day was moved.
    shifted: Option<i64>,
    /// What was done with lines that were chosen.
    together: Option<Shifting>,
    /// What was undone or done again, and of how many lines a marking stays raised.
    turned: Option<(Turn, u32)>,
}

impl Done {
    fn of(query: &ParamsMap) -> Self {
        let number = |name: &str| query.get(name).and_then(|text| text.parse::<u32>().ok());
        let imported = number("added").zip(number("changed")).zip(number("unchanged"));
        Self {
            saved: query.get("saved").and_then(|id| id.parse().ok()),
            shifted: query.get("shifted").and_then(|text| text.parse().ok()),
            together: query.get("done").and_then(|word| match word.as_str() {
                "moved" => Some(Shifting::Move),
                "copied" => Some(Shifting::Copy),
                _ => None,
            }),
            turned: query.get("turned").and_then(|word| Turn::from_word(&word)).map(|turn| (turn, number("kept").unwrap_or_default())),
            imported: imported.map(|((added, changed), unchanged)| (added, changed, unchanged)),
        }
    }
}

/// A visit: its head, and its lines by day on two clocks.
#[component]
pub fn ProgrammePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let (moving, pressing, turning) = (Moving::new(), Pressing::new(), Turning::new());
    let live = use_live();
    let acknowledging = ServerAction::<AcknowledgeRelease>::new();
    let acknowledged = done_version(acknowledging);
    let changed = move || (moving.answers(), pressing.answers(), turning.answers(), acknowledged.get(), live.beats());
    let asked = move || (params.read().get("id").unwrap_or_default(), changed());
    let depth = Memo::new(move |_| query.read().get("depth").and_then(|word| Depth::from_word(&word)).unwrap_or(Depth::Detailed));
    let page = Resource::new_blocking(asked, |(id, _)| load_programme(id));
    let draft = use_draft();
    listen(moving);
    view! {
        <Transition>
            {move || {
                let depth = depth.get();
                Suspend::new(async move {
                    let draft = draft.await;
                    pressing.begins_with(draft.clone());
                    match page.await {
                        Ok(view) => {
                            live.shows(&view);
                            let done = Done::of(&query.read_untracked());
                            view! { <Programme view=view done=done depth=depth draft=draft moving=moving pressing=pressing turning=turning acknowledging=acknowledging /> }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

fn link(to: String, label: String) -> AnyView {
    view! { <a class="button" href=to>{label}</a> }.into_any()
}

/// What a line of a release says otherwise than in the one before it: a word, and the parts.
pub(crate) type LineTold = (String, Vec<String>);

/// How a line stands to the release before the one that is shown; nothing where it stands as it did.
pub(crate) fn told_of_line(words: Words, told: &Difference, line: ItemId) -> Option<LineTold> {
    match told.of_line(line) {
        LineSince::Same => None,
        LineSince::Added => Some((words.releases_added(), Vec::new())),
        LineSince::Changed(change) => Some((words.releases_changed(), line_change_in_words(words, change))),
    }
}

/// How much of the programme is shown; each choice is an address.
#[component]
fn Depths(path: String, depth: Depth) -> impl IntoView {
    let words = use_words();
    let links = Depth::ALL
        .iter()
        .map(|one| {
            let to = if *one == Depth::Detailed { path.clone() } else { format!("{path}?depth={}", one.word()) };
            view! { <a class="button" href=to aria-current=(*one == depth).then_some("true")>{depth_in_words(words, *one)}</a> }
        })
        .collect_view();
    view! { <div class="choices" role="group" aria-label=words.printing_depths()>{links}</div> }.into_any()
}

#[component]
fn Programme(
    view: ProgrammeView,
    done: Done,
    depth: Depth,
    draft: Option<Draft>,
    moving: Moving,
    pressing: Pressing,
    turning: Turning,
    acknowledging: ServerAction<AcknowledgeRelease>,
) -> impl IntoView {
    let words = use_words();
    let marking = view.marking();
    let moved = moving.moved_among(&view.lines).map(|line| words.programme_moved_to(hours_minutes(line.item.starts.local)));
    Effect::new(move || {
        if let Some(line) = moving.settle().or_else(|| pressing.settle()) {
            focus_line(line);
        }
    });
    let ProgrammeView { head, lines, release, turns, late } = view;
    let (visit, rights) = (head.visit.clone(), head.rights);
    let path = format!("/visits/{}", visit.id);
    let last = lines.last().map(|line| format!("?after={}", line.item.id)).unwrap_or_default();
    let add = format!("{path}/items/new{last}");
    let actions = [
        rights.edit_programme.then(|| {
            view! { <a class="button main" id="add-line" href=add aria-keyshortcuts="n">{words.programme_add()} " " <kbd>"n"</kbd></a> }
                .into_any()
        }),
        rights.release.then(|| link(format!("{path}/releases"), words.programme_release_do())),
        (rights.print && !lines.is_empty()).then(|| link(format!("{path}/print?depth={}", depth.word()), words.printing_do())),
        rights.subscribe.then(|| link(format!("/calendars?scope=visit:{}", visit.id), words.programme_subscribe())),
        rights.edit.then(|| link(format!("{path}/edit"), words.visits_edit_title())),
        rights.edit_programme.then(|| link(format!("{path}/import"), words.imports_link())),
        rights.edit_programme.then(|| {
            let file = format!("{path}/programme.csv");
            view! { <a class="button" href=file rel="external" download="">{words.imports_export_link()}</a> }.into_any()
        }),
    ];
    // Of a line on the visit's own clocks: one of a flight may be on others.
    let clocks = lines.iter().map(|line| &line.item).find(|item| item.starts.zone.as_str() == visit.zone);
    let difference = clocks.and_then(|item| Some((item.capital.as_ref()?.difference, item.shift)));
    let imported = done.imported.map(|(added, changed, unchanged)| words.imports_done(added, changed, unchanged));
    let panel = view! { <ClashPanel lines=lines.clone() /> };
    let depths = (!lines.is_empty()).then(|| view! { <Depths path=path.clone() depth=depth /> });
    let told = release.as_ref().filter(|release| !visit.is_draft && release.since.is_some()).map(|release| &release.told);
    let has_lines = !lines.is_empty();
    let may_choose = rights.edit_programme && lines.iter().any(|line| !line.item.is_stand_in);
    let chosen = may_choose.then(|| view! { <ChosenLines visit=visit.id /> });
    let turns = rights.edit_programme.then(|| view! { <Turns visit=visit.id turns=turns draft=draft turning=turning /> });
    let together = done.together.map(|how| match how {
        Shifting::Move => words.shift_moved(),
        Shifting::Copy => words.shift_copied(),
    });
    let turned = done.turned.map(|(turn, kept)| turned_in_words(words, turn, kept));
    let lines: Vec<(LineView, Option<LineTold>)> = lines
        .into_iter()
        .filter_map(|line| {
            let told = told.and_then(|told| told_of_line(words, told, line.item.id));
            Some((LineView { item: depth.cut(line.item)?, ..line }, told))
        })
        .collect();
    let body = match (lines.is_empty(), visit.is_draft) {
        (true, _) if has_lines => view! { <Empty title=words.programme_none_at_depth() /> }.into_any(),
        (true, true) => view! { <Empty title=words.programme_none_title() says=words.programme_none_says() /> }.into_any(),
        (true, false) => view! { <Empty title=words.programme_closed_title() says=words.programme_closed_says() /> }.into_any(),
        (false, _) => {
            let count = visit.starts_on.zip(visit.ends_on).map(|(from, to)| (from, (to - from).num_days() + 1));
            by_day(lines, |(line, _)| line.item.starts.local.date())
                .into_iter()
                .map(|(date, lines)| {
                    view! {
                        <Day date=date first=count lines=lines visit=visit.clone() may_edit=rights.edit_programme saved=done.saved moving=moving pressing=pressing />
                    }
                })
                .collect_view()
                .into_any()
        }
    };
    view! {
        <VisitHeading head=head tab=VisitTab::Programme marking=marking difference=difference>
            {actions.into_iter().flatten().collect_view()}
        </VisitHeading>
        {imported.map(|imported| view! { <p class="done" role="status">{imported}</p> })}
        {done.shifted.map(|minutes| view! { <p class="done" role="status">{shifted_in_words(words, minutes)}</p> })}
        {together.map(|said| view! { <p class="done" role="status">{said}</p> })}
        {turned.map(|said| view! { <p class="done" role="status">{said}</p> })}
        {late.map(|late| view! { <p class=late_class(&late) role="status" dir="auto">{late_in_words(words, &late)}</p> })}
        <p class="visually-hidden" role="status">{moved}</p>
        {release.map(|release| view! { <ShownRelease release=release is_beside_draft=visit.is_draft action=acknowledging /> })}
        {depths}
        {turns}
        {panel}
        {body}
        {chosen}
    }
    .into_any()
}

/// The links by which all lines of a day are moved or copied.
#[component]
fn DayLinks(visit: VisitId, date: NaiveDate) -> impl IntoView {
    let words = use_words();
    let day = day_in_words(words, date);
    let link = |deed: Shifting, label: String, of: String| {
        let to = format!("/visits/{visit}/shift?deed={}&day={date}", deed.word());
        view! { <a href=to aria-label=of>{label}</a> }
    };
    view! {
        {link(Shifting::Move, words.shift_day_move(), words.shift_day_move_of(&day))}
        {link(Shifting::Copy, words.shift_day_copy(), words.shift_day_copy_of(&day))}
    }
}

#[component]
fn Day(
    /// The day.
    date: NaiveDate,
    /// The visit's first day and how many it has.
    #[prop(optional_no_strip)]
    first: Option<(NaiveDate, i64)>,
    /// The day's lines, each with what is new of it.
    lines: Vec<(LineView, Option<LineTold>)>,
    /// The visit.
    visit: VisitView,
    /// Whether the reader may change lines.
    may_edit: bool,
    /// The line that was saved just now.
    #[prop(optional_no_strip)]
    saved: Option<ItemId>,
    /// How lines are moved here.
    moving: Moving,
    /// How it is taken down here that lines begin and end.
    pressing: Pressing,
) -> impl IntoView {
    let words = use_words();
    let (id, of) = (format!("day-{date}"), visit.id);
    let labelled = id.clone();
    let number = first.map(|(from, days)| ((date - from).num_days() + 1, days)).filter(|(number, days)| (1..=*days).contains(number));
    let says = match number {
        Some((number, days)) => words.programme_day_of(number, days, lines.len()),
        None => words.programme_day_lines(lines.len()),
    };
    let lines = lines
        .into_iter()
        .map(|(line, told)| {
            let is_saved = saved == Some(line.item.id);
            view! { <ProgrammeLine line=line told=told visit=visit.clone() may_edit=may_edit is_saved=is_saved moving=moving pressing=pressing /> }
        })
        .collect_view();
    view! {
        <section class="day" aria-labelledby=labelled>
            <header>
                <h2 id=id><time datetime=date.to_string()>{day_in_words(words, date)}</time></h2>
                <small>{says}</small>
                {may_edit.then(|| view! { <DayLinks visit=of date=date /> })}
            </header>
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_programme_without_lines_has_no_days() {
        assert!(by_day(Vec::<LineView>::new(), |line| line.item.starts.local.date()).is_empty());
    }
}

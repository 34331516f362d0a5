//! The head of every page of one visit.

use super::{
    view::VisitHead,
    words::{category_in_words, state_in_words, title_in_words},
};
use crate::{
    components::{Banner, Chip, Fact, Facts, PageHead, Tab, Tabs, Tone},
    live::{JustChanged, views},
    words::{dates_in_words, shift_in_words, use_words},
};
use domain::{
    marking::Marking,
    time::clocks::{Difference, ShiftNote},
    visits::VisitState,
};
use leptos::prelude::*;

/// A side of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitTab {
    /// Its lines.
    Programme,
    /// Who comes.
    Delegation,
    /// The rooms that its lines use.
    Rooms,
    /// What is to be done for it.
    Tasks,
    /// What was released of it.
    Releases,
    /// Who is on its list.
    Access,
    /// None of them: a form.
    None,
}

/// The tone of a visit's state.
pub(crate) const fn tone_of(state: VisitState) -> Tone {
    match state {
        VisitState::Confirmed | VisitState::UnderWay => Tone::Firm,
        VisitState::Held | VisitState::Postponed => Tone::Held,
        VisitState::Requested | VisitState::Completed | VisitState::Declined | VisitState::Withdrawn | VisitState::Cancelled => Tone::Plain,
    }
}

/// The banner, title, facts and sides of a visit.
#[component]
pub fn VisitHeading(
    /// The visit.
    head: VisitHead,
    /// The side one is on.
    tab: VisitTab,
    /// The highest marking of what else the page shows.
    #[prop(default = Marking::Clear)]
    marking: Marking,
    /// How much later the clocks of the capital are, and what is worth noting about it.
    #[prop(optional_no_strip)]
    difference: Option<(Difference, Option<ShiftNote>)>,
    /// What one does here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = use_words();
    let VisitHead { visit, country, rights } = head;
    let title = title_in_words(words, &visit);
    let (category, state) = (category_in_words(words, visit.category), state_in_words(words, visit.state));
    let (tone, is_draft, is_cover) = (tone_of(visit.state), visit.is_draft, visit.is_cover);
    let name = views::visit(visit.id);
    let eyebrow = move || {
        view! {
            <a href="/visits">{words.shell_menu_visits()}</a>
            <span>{category}</span>
            <Chip tone=tone>{state}</Chip>
            {is_draft.then(|| view! { <Chip>{words.visits_draft()}</Chip> })}
            {is_cover.then(|| view! { <Chip>{words.visits_cover_shown()}</Chip> })}
            <JustChanged of=name />
        }
        .into_any()
    };
    let dates = visit.starts_on.zip(visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let path = format!("/visits/{}", visit.id);
    let mut tabs = vec![Tab { label: words.visits_tab_programme(), to: path.clone(), is_current: tab == VisitTab::Programme }];
    tabs.push(Tab { label: words.delegations_tab(), to: format!("{path}/delegation"), is_current: tab == VisitTab::Delegation });
    if rights.read_rooms {
        tabs.push(Tab { label: words.shell_menu_rooms(), to: format!("{path}/rooms"), is_current: tab == VisitTab::Rooms });
    }
    if rights.read_list {
        tabs.push(Tab { label: words.tasks_tab(), to: format!("{path}/tasks"), is_current: tab == VisitTab::Tasks });
    }
    tabs.push(Tab { label: words.releases_tab(), to: format!("{path}/releases"), is_current: tab == VisitTab::Releases });
    if rights.read_list {
        tabs.push(Tab { label: words.visits_tab_access(), to: format!("{path}/access"), is_current: tab == VisitTab::Access });
    }
    view! {
        <Banner marking=visit.marking.max(marking) />
        <PageHead title=title eyebrow=eyebrow>
            <Facts>
                {dates.map(|dates| view! { <Fact term=words.visits_fact_dates()>{dates}</Fact> })}
                {country.map(|country| view! { <Fact term=words.visits_field_country()>{country}</Fact> })}
                {visit.guest.map(|guest| view! { <Fact term=words.visits_field_guest()>{guest.name}</Fact> })}
                {visit.host.map(|host| view! { <Fact term=words.visits_field_host()>{host.name}</Fact> })}
                <Fact term=words.visits_fact_local()>{visit.place}</Fact>
                {visit.capital.map(|capital| {
                    let (later, shift) = difference.map_or((None, None), |(later, shift)| (Some(later), shift));
                    view! {
                        <Fact term=words.visits_fact_capital()>
                            {capital} {later.map(|later| format!(", {later}"))}
                            {shift.map(|note| view! { " " <span class="skew">{shift_in_words(words, &note)}</span> })}
                        </Fact>
                    }
                })}
            </Facts>
            {visit.remarks.map(|remarks| view! { <p class="prose" dir="auto">{remarks}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
            <Tabs label=words.visits_tabs_label() tabs=tabs />
        </PageHead>
    }
    .into_any()
}

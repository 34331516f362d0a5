//! What wants a decision: holds that end, wishes that are near, missions that have nothing in hand.

use super::view::{Decision, ToDecide};
use crate::{
    components::{Chip, MarkingTag, Tone},
    live::{JustChanged, views},
    programme::{line::time_shown, words::title_in_words as line_title},
    releases::words::audience_in_words,
    visits::words::title_in_words,
    words::{day_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{
    marking::view::{ItemView, VisitView},
    time::{agreed::MomentView, clocks::hours_minutes},
};
use language::Words;
use leptos::prelude::*;

/// A line with the day and time it starts: “Statement on departure, 09:14”, and the day where it is not today.
fn line_in_words(words: Words, item: &ItemView, visit: &VisitView, today: NaiveDate) -> String {
    words.today_line_at(line_title(words, item), when(words, &item.starts, today), time_shown(&item.starts, visit, today).place)
}

/// A time, and before it the day where it is not today's.
fn when(words: Words, moment: &MomentView, today: NaiveDate) -> String {
    let (date, time) = (moment.local.date(), hours_minutes(moment.local));
    if date == today { time } else { format!("{}, {time}", day_in_words(words, date)) }
}

/// The things that want a decision, each with where it is made.
#[component]
pub(super) fn Decisions(
    /// The things.
    decisions: Vec<Decision>,
    /// How many uses wait for who looks to give them their room.
    approvals: u32,
    /// Today.
    date: NaiveDate,
) -> impl IntoView {
    let words = use_words();
    let rows = decisions.into_iter().map(|decision| view! { <Row decision=decision date=date /> }).collect_view();
    let rooms = (approvals > 0).then(|| {
        view! {
            <li>
                <Chip tone=Tone::Held>{words.today_decision_approval()}</Chip>
                <span>{words.today_approvals_wait(approvals)}</span>
                <a href="/rooms/approvals">{words.today_decide()}</a>
            </li>
        }
    });
    view! {
        <section aria-labelledby="decisions">
            <h2 id="decisions">{words.today_decisions_title()}</h2>
            <ul class="rows">{rooms} {rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Row(decision: Decision, date: NaiveDate) -> impl IntoView {
    let words = use_words();
    let name = views::decision(&decision);
    let Decision { head, what } = decision;
    let visit = head.visit;
    let path = format!("/visits/{}", visit.id);
    let whose = title_in_words(words, &visit);
    let (tone, kind, says, marking, to, does) = match what {
        ToDecide::Hold { item, until } => (
            Tone::Held,
            words.today_decision_hold(),
            words.today_hold_ends(line_in_words(words, &item, &visit, date), when(words, &until, date)),
            item.marking,
            format!("{path}/items/{}", item.id),
            words.today_settle(),
        ),
        ToDecide::Wish { item } => (
            Tone::Plain,
            words.today_decision_wish(),
            words.today_wish_near(line_in_words(words, &item, &visit, date)),
            item.marking,
            format!("{path}/items/{}", item.id),
            words.today_settle(),
        ),
        ToDecide::Release => (
            Tone::Plain,
            words.today_decision_release(),
            words.today_nothing_released(),
            visit.marking,
            format!("{path}/releases"),
            words.today_release(),
        ),
        ToDecide::Unacknowledged { audience, number, missing, asked } => (
            Tone::Held,
            words.today_decision_acknowledgement(),
            words.today_unacknowledged(number, audience_in_words(words, audience), missing, asked),
            visit.marking,
            format!("{path}/releases"),
            words.today_see_who(),
        ),
        ToDecide::Acknowledge { audience, number } => (
            Tone::Held,
            words.today_decision_acknowledgement(),
            words.today_acknowledge_says(number, audience_in_words(words, audience)),
            visit.marking,
            path,
            words.today_acknowledge(),
        ),
    };
    // Several rows have the same word for what one does: a screen reader hears of what.
    let label = format!("{does}: {says}");
    view! {
        <li>
            <Chip tone=tone>{kind}</Chip>
            <span>
                <span dir="auto">{says}</span> " " <JustChanged of=name />
                <small class="below" dir="auto">{whose} " " <MarkingTag marking=marking /></small>
            </span>
            <a href=to aria-label=label>{does}</a>
        </li>
    }
    .into_any()
}

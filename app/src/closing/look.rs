//! What the closing of a room hurts, use by use in order of time, each with where it goes; accepted in one press.

use super::{
    ClosingAnswersForm,
    form::{STAY, answer_of, move_field},
    server_fns::{CloseRoom, load_closing},
    view::{ClosingView, ReservedShown},
};
use crate::{
    bookings::words::when_in_words,
    components::{Banner, Button, Choice, Empty, Fact, Facts, FormSheet, Hidden, MarkingTag, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{FormFields, Start},
    words::{place_of_zone, use_words},
};
use chrono::{DateTime, Utc};
use domain::{
    clash::Source,
    marking::view::{ClosingPreview, HurtView},
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What the closing hurts whose form is kept.
#[component]
pub fn ClosingPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || (params.read().get("id").unwrap_or_default(), query.read().get("draft").unwrap_or_default());
    let page = Resource::new_blocking(asked, async |(id, draft): (String, String)| (draft.clone(), load_closing(id, draft).await));
    let is_again = Memo::new(move |_| query.read().get("again").is_some());
    let action = ServerAction::<CloseRoom>::new();
    view! {
        <Suspense>
            {move || {
                let is_again = is_again.get();
                Suspend::new(async move {
                    match page.await {
                        (draft, Ok(view)) => view! { <Hurt view=view draft=draft is_again=is_again action=action /> }.into_any(),
                        (_, Err(error)) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// What is hurt, in the order of time.
enum Listed {
    Use(Box<HurtView>),
    Reserved(ReservedShown),
}

impl Listed {
    fn starts(&self) -> DateTime<Utc> {
        match self {
            Self::Use(hurt) => hurt.engaged.use_starts,
            Self::Reserved(reserved) => reserved.starts,
        }
    }
}

#[component]
fn Hurt(view: ClosingView, draft: String, is_again: bool, action: ServerAction<CloseRoom>) -> impl IntoView {
    let words = use_words();
    let ClosingView { preview, reserved, form } = view;
    let Some(ClosingPreview { version, room, starts, ends, hurt, .. }) = preview else {
        return view! {
            <PageHead title=words.closing_title() />
            <Empty title=words.series_days_lost() says=words.closing_lost_says()>
                <a class="button" href=form>{words.closing_title()}</a>
            </Empty>
        }
        .into_any();
    };
    let eyebrow = {
        let (page, name) = (format!("/rooms/{}", room.id), room.name.clone());
        move || {
            view! {
                <a href="/rooms">{words.shell_menu_rooms()}</a>
                <a href=page dir="auto">{name}</a>
            }
            .into_any()
        }
    };
    let banner = hurt.iter().map(|it| it.engaged.marking).max().map(|marking| view! { <Banner marking=marking /> });
    let again = is_again.then(|| view! { <p class="clash" role="alert">{words.closing_again()}</p> });
    let movable = hurt.iter().filter(|it| it.may_move).count();
    let says = match (hurt.is_empty() && reserved.is_empty(), movable) {
        (true, _) => words.closing_hurts_nothing(),
        (false, 0) => words.closing_moves_nothing(),
        (false, _) => words.closing_says(),
    };
    let fields = hurt.iter().filter(|it| it.may_move).map(|it| (move_field(it.engaged.source), answer_of(it.goes.as_ref())));
    let stored = ClosingAnswersForm { id: room.id.to_string(), kept: draft, seen: version, more: fields.collect() };
    let start = Start::of(&stored, None);
    let mut listed: Vec<Listed> =
        hurt.into_iter().map(|hurt| Listed::Use(Box::new(hurt))).chain(reserved.into_iter().map(Listed::Reserved)).collect();
    listed.sort_by_key(Listed::starts);
    // Fields are made inside the form, by which they find what they open with.
    let uses = move || {
        let each = listed.into_iter().map(|it| match it {
            Listed::Use(hurt) => view! { <li><Use hurt=*hurt /></li> }.into_any(),
            Listed::Reserved(ReservedShown { when, title, .. }) => view! {
                <li>
                    <h2 class="title" dir="auto">{title}</h2>
                    <p>{when}</p>
                    <p class="faint">{words.closing_reserved_stays()}</p>
                </li>
            }
            .into_any(),
        });
        view! { <ol class="hurt">{each.collect_view()}</ol> }
    };
    view! {
        {banner}
        <PageHead title=words.closing_look_title() eyebrow=eyebrow>
            <Facts>
                <Fact term=words.programme_field_room()>{room.name}</Fact>
                <Fact term=words.bookings_column_when()>
                    {when_in_words(words, &starts, &ends)} " " <small>{place_of_zone(&starts.zone)}</small>
                </Fact>
            </Facts>
        </PageHead>
        {again}
        <p class="prose">{says}</p>
        <FormSheet action=action start=start id=ClosingAnswersForm::NAME>
            <Hidden name="id" />
            <Hidden name="kept" />
            <Hidden name="seen" />
            {uses()}
            <div class="actions">
                <Button weight=Weight::Grave>{words.closing_do()}</Button>
                <a class="button" href=form>{words.closing_back()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// Where a use goes that was chosen and cannot be had stands among the choices, so that one sees what was chosen.
fn choices_of(words: Words, hurt: &HurtView) -> Vec<Choice> {
    let own = hurt.goes.iter().filter(|slot| !hurt.offered.contains(slot));
    let own = own.map(|slot| {
        let label = if hurt.refused.is_empty() { slot.say.clone() } else { words.closing_answer_refused(slot.say.clone()) };
        Choice::new(answer_of(Some(slot)), label)
    });
    let offered = hurt.offered.iter().map(|slot| Choice::new(answer_of(Some(slot)), slot.say.clone()));
    own.chain(offered).chain([Choice::new(STAY, words.closing_answer_stay())]).collect()
}

#[component]
fn Use(hurt: HurtView) -> impl IntoView {
    let words = use_words();
    let to = match (hurt.engaged.source, hurt.engaged.visit_id) {
        (Source::Item(item), Some(visit)) => format!("/visits/{visit}#line-{item}"),
        (Source::Booking(booking), _) => format!("/bookings/{booking}"),
        (Source::Item(_), None) => "/visits".to_owned(),
    };
    let title = hurt.engaged.title.clone();
    let when = when_in_words(words, &hurt.starts, &hurt.ends);
    let refused = hurt.refused.iter().map(|clash| view! { <p class="clash" dir="auto">{clash.say.clone()}</p> }).collect_view();
    let becomes = if hurt.may_move {
        let label = words.closing_goes_of(title.clone(), when.clone());
        let choices = choices_of(words, &hurt);
        let none = hurt.offered.is_empty().then(|| view! { <p class="faint">{words.closing_nothing_offered()}</p> });
        view! {
            {none}
            <Select name=move_field(hurt.engaged.source) label=label choices=choices />
        }
        .into_any()
    } else {
        view! { <p class="faint">{words.closing_stays()}</p> }.into_any()
    };
    view! {
        <h2 class="title"><a href=to dir="auto">{title}</a> " " <MarkingTag marking=hurt.engaged.marking /></h2>
        <p>{when}</p>
        {refused}
        {becomes}
    }
    .into_any()
}

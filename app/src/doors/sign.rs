//! What the display by a room's door shows: a document of its own, without scripts, that asks for itself anew each minute.

use crate::{
    components::MarkingTag,
    shell::Theme,
    words::{day_in_words, place_of_zone},
};
use domain::{
    board::{AtTheDoor, DoorUse, DoorView, DoorWhat, Standing},
    marking::Marking,
};
use language::{Locale, Words};
use leptos::prelude::*;

/// Seconds after which the display asks again.
const AGAIN_AFTER: &str = "60";

/// As many of what is to come stand on a display and can be read from two metres; of more their number is said.
const MOST_LATER: usize = 6;

/// The document of a door.
pub fn door_document(view: &DoorView, theme: Theme, locale: Locale) -> String {
    let words = Words::new(locale);
    let said = view.day.as_ref().and_then(|day| Some((day_in_words(words, day.date), day.at_the_door()?)));
    let day = said.as_ref().map(|(day, _)| words.doors_day(day, place_of_zone(&view.zone)));
    let place = [view.floor.clone(), Some(view.site.clone())].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let shown = match said {
        Some((_, shown)) => of_today(words, shown),
        None => view! { <section class="now closed"><p class="what">{words.doors_room_retired()}</p></section> }.into_any(),
    };
    Owner::new().with(|| {
        view! {
            <!DOCTYPE html>
            <html lang=locale.tag() dir=locale.direction().as_html() data-theme=theme.name()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    <meta http-equiv="refresh" content=AGAIN_AFTER />
                    <title>{view.room.clone()}</title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                    <link rel="stylesheet" href="/pkg/chancery.css" />
                </head>
                <body class="sign">
                    <main>
                        <header>
                            <Labelled marking=view.ceiling />
                            <h1 dir="auto">{view.room.clone()}</h1>
                            <p dir="auto">{place}</p>
                            <p>{day}</p>
                        </header>
                        {shown}
                        <footer><Labelled marking=view.ceiling /></footer>
                    </main>
                </body>
            </html>
        }
        .to_html()
    })
}

/// The marking that the door may show, at the head and at the foot.
#[component]
fn Labelled(marking: Marking) -> impl IntoView {
    view! { <p class="marking"><MarkingTag marking=marking /></p> }
}

fn of_today(words: Words, shown: AtTheDoor) -> AnyView {
    let AtTheDoor { now, mut later } = shown;
    let more = later.len().saturating_sub(MOST_LATER);
    later.truncate(MOST_LATER);
    let until = |until: Option<String>| until.map_or_else(|| words.doors_rest_of_day(), |clock| words.doors_until(clock));
    let (class, now) = match now {
        Standing::InUse(uses) => ("now used", uses.into_iter().map(|one| use_now(words, one)).collect_view().into_any()),
        Standing::MadeReady { until: clock } => ("now ready", standing(words.doors_made_ready(), words.doors_until(clock))),
        Standing::Closed { cause, until: clock } => ("now closed", standing(cause.unwrap_or_else(|| words.board_closed()), until(clock))),
        Standing::Free { until: clock } => ("now free", standing(words.doors_free(), until(clock))),
    };
    let later = if later.is_empty() {
        view! { <p class="none">{words.doors_nothing_later()}</p> }.into_any()
    } else {
        let rows = later.into_iter().map(|one| view! { <li>{use_later(words, one)}</li> }).collect_view();
        let more = (more > 0).then(|| view! { <p class="none">{words.doors_more(more)}</p> });
        view! { <ol>{rows}</ol> {more} }.into_any()
    };
    view! {
        <section class=class>
            <h2>{words.doors_now()}</h2>
            {now}
        </section>
        <section class="later">
            <h2>{words.doors_later()}</h2>
            {later}
        </section>
    }
    .into_any()
}

fn standing(what: String, until: String) -> AnyView {
    view! { <p class="what" dir="auto">{what}</p> <p class="until num">{until}</p> }.into_any()
}

/// What something is, and whether it is no more than held.
fn told(words: Words, what: DoorWhat) -> (String, Option<String>) {
    match what {
        DoorWhat::Engaged { title, is_held } => (title, is_held.then(|| words.board_hold())),
        DoorWhat::Reserved { cover } => (cover.unwrap_or_else(|| words.board_reserved()), None),
        DoorWhat::Closed { cause } => (cause.unwrap_or_else(|| words.board_closed()), None),
    }
}

fn use_now(words: Words, one: DoorUse) -> AnyView {
    let (title, held) = told(words, one.what);
    let until = words.doors_until(one.ends);
    view! {
        <p class="what" dir="auto">{title} {held.map(|held| view! { " " <small>{held}</small> })}</p>
        <p class="until num">{until}</p>
    }
    .into_any()
}

fn use_later(words: Words, one: DoorUse) -> AnyView {
    let (title, held) = told(words, one.what);
    let times = words.board_from_to(one.starts, one.ends);
    view! {
        <span class="num">{times}</span>
        " "
        <b dir="auto">{title} {held.map(|held| view! { " " <small>{held}</small> })}</b>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::marking::Reader;

    #[test]
    fn a_room_that_is_retired_says_so_and_nothing_else() {
        let zone = "America/Los_Angeles".to_owned().try_into().unwrap();
        let view = DoorView::of("Rotunda <b>".into(), None, "City Hall".into(), zone, None, &Reader::public());
        let document = door_document(&view, Theme::Dark, Locale::English);
        assert!(document.starts_with("<!DOCTYPE html>") && document.contains("data-theme=\"dark\""), "{document}");
        assert!(document.contains("no longer in use") && document.contains("Rotunda &lt;b&gt;"), "{document}");
        assert!(document.contains("http-equiv=\"refresh\" content=\"60\"") && !document.contains("<script"), "{document}");
        assert_eq!(document.matches("TLP:CLEAR").count(), 2, "at the head and at the foot");
    }
}

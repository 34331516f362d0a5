//! A time as it was agreed, with the capital’s beside it.

use crate::words::use_words;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A moment as one clock shows it; made on the server, where the zones are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeShown {
    /// The time, such as `09:15`.
    pub time: String,
    /// The moment with its offset (RFC 3339), for machines.
    pub datetime: String,
    /// The shown name of the zone's place, such as “Hà Nội”.
    pub place: String,
    /// Days by which its date differs from the date it stands under: 0, +1, −1.
    pub day_marker: i32,
}

/// The time agreed, large, with its zone as a place name; the end; the visitor's capital time below it; a shift note when due.
#[component]
pub fn TwoClocks(
    /// The time agreed, on the clock of its place.
    local: TimeShown,
    /// The end, on the same clock.
    #[prop(optional_no_strip)]
    until: Option<TimeShown>,
    /// The same moment in the visitor's capital.
    #[prop(optional_no_strip)]
    capital: Option<TimeShown>,
    /// What changed or will change between the two zones, in words: “was +15 h until 14 March”.
    #[prop(optional_no_strip)]
    shift: Option<String>,
    /// Whether the place is said under the time. Where all lines of a list share a zone, the list says it once; a screen
    /// reader hears it with each time all the same.
    #[prop(optional)]
    place_shown: bool,
) -> impl IntoView {
    let place_class = if place_shown { "place" } else { "visually-hidden" };
    view! {
        <div class="when">
            <time datetime=local.datetime>{local.time}</time>
            <DayMarker days=local.day_marker />
            {until.map(|until| view! {
                <span class="to">
                    "– " <time datetime=until.datetime>{until.time}</time>
                    <DayMarker days=until.day_marker />
                </span>
            })}
            <span class=place_class>" " {local.place}</span>
            {capital.map(|capital| view! { <OtherClock time=capital /> })}
            {shift.map(|shift| view! { <span class="skew">{shift}</span> })}
        </div>
    }
    .into_any()
}

/// A time on another clock than the one it stands by, with its day marker and place: `00:15 +1 Hà Nội`.
#[component]
pub fn OtherClock(
    /// The time.
    time: TimeShown,
) -> impl IntoView {
    view! {
        <span class="capital">
            <time datetime=time.datetime>{time.time}</time>
            <DayMarker days=time.day_marker />
            " " {time.place}
        </span>
    }
}

/// `+1` after a time whose date is the next day's; said in words to a screen reader.
#[component]
fn DayMarker(
    /// Days later, or earlier if negative.
    days: i32,
) -> impl IntoView {
    let words = use_words();
    (days != 0).then(|| {
        let sign = if days > 0 { '+' } else { '−' };
        let said = if days > 0 { words.time_day_marker_later(days) } else { words.time_day_marker_earlier(days.saturating_neg()) };
        view! {
            " " <b class="day-marker" aria-hidden="true">{format!("{sign}{}", days.unsigned_abs())}</b>
            <span class="visually-hidden">{said}</span>
        }
    })
}

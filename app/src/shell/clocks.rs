//! The clocks in the bar.

use super::view::ClocksShown;
use crate::words::use_words;
use leptos::prelude::*;

/// `HH:MM` on a clock so far from UTC.
fn clock_text(at: i64, offset: i32) -> String {
    let of_day = (at + i64::from(offset)).rem_euclid(86_400);
    format!("{:02}:{:02}", of_day / 3600, of_day / 60 % 60)
}

/// The clocks in the bar: the time the server gave, counted on in the browser. The machine's zone decides nothing, and of
/// its clock only the time gone by since the page woke is used.
#[component]
pub(super) fn Clocks(
    /// The clocks.
    clocks: ClocksShown,
) -> impl IntoView {
    let words = use_words();
    let gone_by = RwSignal::new(0_i64);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        use leptos::web_sys::js_sys::Date;
        let woken = Date::now();
        let seconds = move || {
            let seconds = ((Date::now() - woken) / 1000.0) as i64;
            gone_by.set(seconds);
        };
        if let Ok(timer) = set_interval_with_handle(seconds, std::time::Duration::from_secs(5)) {
            on_cleanup(move || timer.clear());
        }
    });
    let at = clocks.at;
    let shown = clocks
        .clocks
        .into_iter()
        .enumerate()
        .map(|(index, clock)| {
            let text = Memo::new(move |_| clock_text(at + gone_by.get(), clock.offset));
            view! {
                <div class=if index == 0 { "" } else { "second" }>
                    <time>{move || text.get()}</time>
                    <small>{clock.place}</small>
                </div>
            }
        })
        .collect_view();
    view! { <div class="clocks" role="group" aria-label=words.shell_clocks_label()>{shown}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_its_own_day() {
        // 2027-03-17T16:41:00Z
        assert_eq!(clock_text(1_805_301_660, -7 * 3600), "09:41");
        assert_eq!(clock_text(1_805_301_660, 7 * 3600), "23:41");
        assert_eq!(clock_text(1_805_301_660, 0), "16:41");
    }
}

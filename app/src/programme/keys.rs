//! The keys of a programme: arrows move between its lines, Alt with them moves the line, Enter edits, `n` adds the next line,
//! `x` chooses one, Control+Z undoes.

use super::moving::Moving;
use domain::ids::ItemId;

/// Listens to the keys while the programme is on the page. The server has no keys.
#[cfg(not(feature = "hydrate"))]
pub(super) fn listen(_moving: Moving) {}

/// Puts the focus on a line. The server has none.
#[cfg(not(feature = "hydrate"))]
pub(super) fn focus_line(_line: ItemId) {}

/// Puts the focus on a line, once the page is drawn: what is drawn anew until then loses it.
#[cfg(feature = "hydrate")]
pub(super) fn focus_line(line: ItemId) {
    use leptos::{
        prelude::{document, request_animation_frame},
        wasm_bindgen::JsCast,
        web_sys::HtmlElement,
    };
    request_animation_frame(move || {
        if let Some(line) = document().get_element_by_id(&format!("line-{line}")).and_then(|line| line.dyn_into::<HtmlElement>().ok()) {
            let _ = line.focus();
        }
    });
}

/// Listens to the keys while the programme is on the page.
#[cfg(feature = "hydrate")]
pub(super) fn listen(moving: Moving) {
    use super::{
        moving::{MoveForm, STEP_MINUTES},
        turns::{REDO_ID, UNDO_ID},
    };
    use leptos::{
        ev,
        prelude::*,
        wasm_bindgen::JsCast,
        web_sys::{Element, HtmlElement},
    };

    fn lines() -> Vec<HtmlElement> {
        let Ok(found) = document().query_selector_all(".line") else { return Vec::new() };
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    }

    let handle = window_event_listener(ev::keydown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within = |selector: &str| target.as_ref().and_then(|target| target.closest(selector).ok().flatten());
        let writes = within("input:not([type=checkbox]), select, textarea, [contenteditable], dialog").is_some();
        if !writes && !event.alt_key() && (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z") {
            let id = if event.shift_key() { REDO_ID } else { UNDO_ID };
            if let Some(button) = document().get_element_by_id(id).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                // A key that is held down is one press.
                if !event.repeat() {
                    button.click();
                }
            }
            return;
        }
        let typing = within("input, select, textarea, [contenteditable], dialog").is_some();
        if typing || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let line = within(".line");
        if event.alt_key() {
            let minutes = match event.key().as_str() {
                "ArrowDown" => STEP_MINUTES,
                "ArrowUp" => -STEP_MINUTES,
                _ => return,
            };
            let Some((line, seen)) = line.and_then(|line| line.get_attribute("data-seen").map(|seen| (line.id(), seen))) else { return };
            event.prevent_default();
            let id = line.strip_prefix("line-").unwrap_or_default().to_owned();
            moving.press(MoveForm { id, seen, minutes: minutes.to_string() });
            return;
        }
        let follow = |link: Option<Element>| {
            if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                link.click();
            }
        };
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                let lines = lines();
                let now = line.and_then(|line| lines.iter().position(|other| other.id() == line.id()));
                let next = match (now, key) {
                    (None, "ArrowDown") => Some(0),
                    (None, _) => None,
                    (Some(now), "ArrowDown") => Some(now + 1),
                    (Some(now), _) => now.checked_sub(1),
                };
                if let Some(line) = next.and_then(|next| lines.get(next)) {
                    event.prevent_default();
                    let _ = line.focus();
                }
            }
            // On a link or button Enter does what it always does.
            "Enter" if within("a, button, summary").is_none() => {
                follow(line.and_then(|line| line.query_selector("a.edit").ok().flatten()));
            }
            "x" => {
                follow(line.and_then(|line| line.query_selector("input.choose").ok().flatten()));
            }
            "n" => {
                let Some(add) = document().get_element_by_id("add-line") else { return };
                // After the line one is on, or after the last one.
                if let (Some(line), Some(to)) = (line, add.get_attribute("href")) {
                    let page = to.split('?').next().unwrap_or_default();
                    let after = line.id();
                    let after = after.strip_prefix("line-").unwrap_or_default();
                    event.prevent_default();
                    leptos::server_fn::redirect::call_redirect_hook(&format!("{page}?after={after}"));
                } else {
                    follow(Some(add));
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

//! The keys of a board, and the pointer: arrows go from thing to thing and from room to room, a page key to another day; a press
//! on a free stretch books from the quarter of an hour that was pressed.

/// Listens while a board is on the page. The server has no keys.
#[cfg(not(feature = "hydrate"))]
pub(super) fn listen() {}

/// Listens while a board is on the page.
#[cfg(feature = "hydrate")]
pub(super) fn listen() {
    use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
    use web_sys::{Element, HtmlElement};

    fn element(target: Option<web_sys::EventTarget>) -> Option<Element> {
        target.and_then(|target| target.dyn_into::<Element>().ok())
    }

    fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
        let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    }

    fn closest(element: &Element, selector: &str) -> Option<Element> {
        element.closest(selector).ok().flatten()
    }

    fn middle(of: &Element) -> f64 {
        let shape = of.get_bounding_client_rect();
        shape.left() + shape.width() / 2.0
    }

    /// The thing of a row that lies nearest over or under another.
    fn nearest(row: &Element, at: f64) -> Option<HtmlElement> {
        let far = |thing: &HtmlElement| (middle(thing) - at).abs();
        all(row, "a").into_iter().min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    let keys = window_event_listener(ev::keydown, |event| {
        let Some(target) = element(event.target()) else { return };
        let typing = closest(&target, "input, select, textarea, [contenteditable], dialog").is_some();
        if typing || event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
            return;
        }
        let day = match event.key().as_str() {
            "PageUp" => Some("day-before"),
            "PageDown" => Some("day-after"),
            _ => None,
        };
        if let Some(link) = day.and_then(|id| document().get_element_by_id(id)).and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            link.click();
            return;
        }
        let Some(row) = closest(&target, ".lanes li.row") else { return };
        let next = match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                let rows = all(&document().body().map(Element::from).unwrap_or_else(|| row.clone()), ".lanes li.row");
                let now = rows.iter().position(|other| **other == row);
                let to = if event.key() == "ArrowDown" { now.map(|now| now + 1) } else { now.and_then(|now| now.checked_sub(1)) };
                to.and_then(|to| rows.get(to)).and_then(|row| nearest(row, middle(&target)))
            }
            "ArrowLeft" | "ArrowRight" => {
                let things = all(&row, "a");
                let now = things.iter().position(|thing| **thing == target);
                let to = if event.key() == "ArrowRight" { now.map(|now| now + 1) } else { now.and_then(|now| now.checked_sub(1)) };
                to.and_then(|to| things.into_iter().nth(to))
            }
            "Home" => all(&row, "a").into_iter().next(),
            "End" => all(&row, "a").pop(),
            _ => None,
        };
        if let Some(thing) = next {
            event.prevent_default();
            let _ = thing.focus();
        }
    });
    // Where the pointer goes down is before the link is followed.
    let presses = window_event_listener_untyped("pointerdown", |event| {
        let Some(pointer) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let Some(free) = element(event.target()).and_then(|target| closest(&target, "a.free")) else { return };
        let number = |of: &Element, name: &str| of.get_attribute(name).and_then(|text| text.parse::<f64>().ok());
        let Some(lanes) = closest(&free, ".lanes") else { return };
        let stretch = number(&free, "data-from").zip(number(&free, "data-until"));
        let (Some((from, until)), Some(first), Some(to)) = (stretch, number(&lanes, "data-from"), free.get_attribute("href")) else {
            return;
        };
        let shape = free.get_bounding_client_rect();
        let share = ((f64::from(pointer.client_x()) - shape.left()) / shape.width()).clamp(0.0, 1.0);
        let pressed = (((from + share * (until - from)) / 15.0).floor() * 15.0).max(from);
        // What the clock shows there is on the ruler: on the day of a change it is not to be reckoned.
        let hour = (pressed / 60.0).floor();
        let Some(clock) = all(&lanes, ".ruler li").into_iter().nth((hour - first) as usize).and_then(|hour| hour.text_content()) else {
            return;
        };
        let Some(hours) = clock.get(..2) else { return };
        let starts = format!("{hours}:{:02}", pressed - hour * 60.0);
        if let Some((address, _)) = to.rsplit_once('=') {
            let _ = free.set_attribute("href", &format!("{address}={starts}"));
        }
    });
    on_cleanup(move || {
        keys.remove();
        presses.remove();
    });
}

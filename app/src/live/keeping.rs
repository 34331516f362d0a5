//! Keeping what is being typed, and where one is, while the page around it is drawn anew.
//!
//! What is drawn anew goes by places: a form that stood first may stand second, and what was typed in it would be found in another.
//! So all that was typed is noted by the form it is of, which is known by its action and the thing it is about, and put back there.

use super::Live;
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, FocusOptions, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, NodeList},
};
use std::collections::{BTreeMap, BTreeSet};

/// What takes the focus.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, summary, [tabindex]";

/// A form, by its action and the thing it is about.
type Form = (String, String);

/// What a field holds that it did not open with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    Text(String),
    Ticked(bool),
}

/// Where the focus is: in an element that has a name, which of the things in it.
struct Focus {
    id: String,
    place: Option<u32>,
    field: Option<(Form, String)>,
    selection: Option<(u32, u32)>,
}

struct Kept {
    typed: BTreeMap<(Form, String), Typed>,
    opened: BTreeSet<Form>,
    focus: Option<Focus>,
}

fn found(within: &Element, selector: &str) -> Vec<Element> {
    within.query_selector_all(selector).map(elements).unwrap_or_default()
}

fn elements(list: NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

fn main_of_page() -> Option<Element> {
    document().get_element_by_id("main")
}

fn form_of(form: &Element) -> Form {
    let about = form.query_selector("input[type=hidden][name=id]").ok().flatten();
    let about = about.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
    (form.get_attribute("action").unwrap_or_default(), about.unwrap_or_default())
}

/// What a field holds and what it opened with.
fn values(field: &Element) -> Option<(Typed, Typed)> {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" | "submit" | "button" | "file" => None,
            "checkbox" | "radio" => Some((Typed::Ticked(input.checked()), Typed::Ticked(input.default_checked()))),
            _ => Some((Typed::Text(input.value()), Typed::Text(input.default_value()))),
        };
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some((Typed::Text(area.value()), Typed::Text(area.default_value().unwrap_or_default())));
    }
    let select = field.dyn_ref::<HtmlSelectElement>()?;
    let chosen =
        found(select, "option[selected]").first().or(found(select, "option").first()).and_then(|option| option.get_attribute("value"));
    Some((Typed::Text(select.value()), Typed::Text(chosen.unwrap_or_default())))
}

fn set(field: &Element, typed: &Typed) {
    match typed {
        Typed::Ticked(ticked) => {
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.set_checked(*ticked);
            }
        }
        Typed::Text(text) => {
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.set_value(text);
            } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(text);
            } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
                select.set_value(text);
            }
        }
    }
}

/// A field's name; of boxes that share one, with its value.
fn name_of(field: &Element) -> String {
    let name = field.get_attribute("name").unwrap_or_default();
    match field.dyn_ref::<HtmlInputElement>() {
        Some(input) if matches!(input.type_().as_str(), "checkbox" | "radio") => format!("{name}={}", input.value()),
        _ => name,
    }
}

/// The fields of a form, those outside it that name it included (HTML, 4.10.18.3).
fn fields_of(form: &Element) -> Vec<Element> {
    let mut fields = found(form, "input[name], textarea[name], select[name]");
    // Not by the form's own property: a field that is named `id` stands in its place (HTML, 4.10.3).
    let id = form.get_attribute("id").unwrap_or_default();
    if let Some(main) = main_of_page().filter(|_| !id.is_empty()) {
        fields.extend(found(&main, "input[form]").into_iter().filter(|field| field.get_attribute("form") == Some(id.clone())));
    }
    fields
}

fn fold_around(form: &Element) -> Option<HtmlDetailsElement> {
    form.closest("details").ok().flatten()?.dyn_into().ok()
}

fn focus_now(main: &Element) -> Option<Focus> {
    let active = document().active_element().filter(|active| main.contains(Some(active)) && !active.is_same_node(Some(main)))?;
    let named = active.closest("[id]").ok().flatten()?;
    let place = if named.is_same_node(Some(&active)) {
        None
    } else {
        let place = found(&named, FOCUSABLE).iter().position(|element| element.is_same_node(Some(&active)))?;
        Some(u32::try_from(place).ok()?)
    };
    let form = active.closest("form").ok().flatten();
    let field = form.filter(|_| active.has_attribute("name")).map(|form| (form_of(&form), name_of(&active)));
    // Of a date or a number the browser tells no selection.
    let selection = match (active.dyn_ref::<HtmlInputElement>(), active.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => input.selection_start().ok().flatten().zip(input.selection_end().ok().flatten()),
        (_, Some(area)) => area.selection_start().ok().flatten().zip(area.selection_end().ok().flatten()),
        _ => None,
    };
    Some(Focus { id: named.get_attribute("id").unwrap_or_default(), place, field, selection })
}

impl Kept {
    fn now(main: &Element) -> Self {
        let (mut typed, mut opened) = (BTreeMap::new(), BTreeSet::new());
        for form in found(main, "form") {
            let key = form_of(&form);
            for field in fields_of(&form) {
                if let Some((value, before)) = values(&field)
                    && value != before
                {
                    typed.insert((key.clone(), name_of(&field)), value);
                }
            }
            if fold_around(&form).is_some_and(|fold| fold.open()) {
                opened.insert(key);
            }
        }
        Self { typed, opened, focus: focus_now(main) }
    }

    /// Puts everything back; what belongs to a form that is no longer there is left over.
    fn put_back(mut self, main: &Element) -> Vec<String> {
        let mut focused = None;
        for form in found(main, "form") {
            let key = form_of(&form);
            for field in fields_of(&form) {
                let Some((value, before)) = values(&field) else { continue };
                let name = (key.clone(), name_of(&field));
                let wanted = self.typed.remove(&name).unwrap_or(before);
                if value != wanted {
                    set(&field, &wanted);
                }
                if self.focus.as_ref().is_some_and(|focus| focus.field.as_ref() == Some(&name)) {
                    focused = Some(field);
                }
            }
            if let Some(fold) = fold_around(&form) {
                fold.set_open(self.opened.contains(&key));
            }
        }
        if let Some(focus) = self.focus {
            focus.put_back(focused);
        }
        texts_of(self.typed)
    }
}

fn texts_of(typed: BTreeMap<(Form, String), Typed>) -> Vec<String> {
    let texts = typed.into_values().filter_map(|typed| match typed {
        Typed::Text(text) if !text.trim().is_empty() => Some(text),
        Typed::Text(_) | Typed::Ticked(_) => None,
    });
    texts.collect()
}

/// What is typed on the page at this moment and was not sent.
pub(super) fn texts_typed() -> Vec<String> {
    main_of_page().map(|main| texts_of(Kept::now(&main).typed)).unwrap_or_default()
}

/// Texts as they are shown in one.
pub(super) fn joined(texts: &[String]) -> String {
    texts.join(" · ")
}

impl Focus {
    fn put_back(self, field: Option<Element>) {
        let named = || {
            let named = document().get_element_by_id(&self.id)?;
            match self.place {
                None => Some(named),
                Some(place) => found(&named, FOCUSABLE).into_iter().nth(usize::try_from(place).ok()?),
            }
        };
        let Some(wanted) = field.or_else(named).and_then(|wanted| wanted.dyn_into::<HtmlElement>().ok()) else { return };
        if document().active_element().is_some_and(|active| active.is_same_node(Some(&wanted))) {
            return;
        }
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        // What can't take the focus leaves it where it is.
        let _ = wanted.focus_with_options(&still);
        if let Some((from, to)) = self.selection {
            let _ = match (wanted.dyn_ref::<HtmlInputElement>(), wanted.dyn_ref::<HtmlTextAreaElement>()) {
                (Some(input), _) => input.set_selection_range(from, to),
                (_, Some(area)) => area.set_selection_range(from, to),
                _ => Ok(()),
            };
        }
    }
}

/// Notes what is typed now, and puts it back once the page is drawn anew.
pub(super) fn keep_what_is_typed(live: Live) {
    let Some(main) = main_of_page() else { return };
    let kept = Kept::now(&main);
    request_animation_frame(move || {
        let left_over = main_of_page().map(|main| kept.put_back(&main)).unwrap_or_default();
        if !left_over.is_empty() {
            live.left_over.try_set(Some(joined(&left_over)));
        }
    });
}

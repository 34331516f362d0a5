//! Hostile text stays text in every component that takes any.

use super::*;
use crate::{
    errors::AppError,
    forms::{Alternative, Draft, FormFields, Notice, NoticeLevel, Outcome, Refusal, Start, Typed},
    shell::{ChooseTheme, ThemeForm},
};
use domain::{
    marking::Marking,
    problems::{FieldProblem, Problem},
};
use leptos::{prelude::*, server_fn::ServerFn};

const HOSTILE: &str = "\"'></textarea></title><script>alert(1)</script>&lt;\u{5d0}";

/// Renders a view as the server does.
fn rendered<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| {
        leptos_meta::provide_meta_context();
        view().to_html()
    })
}

fn hostile() -> String {
    HOSTILE.to_owned()
}

/// No part of the hostile text has become markup.
fn assert_text_only(html: &str) {
    assert!(!html.contains("<script"), "{html}");
    assert!(!html.contains("\"'>"), "{html}");
    assert!(html.matches("</textarea>").count() == html.matches("<textarea").count(), "{html}");
}

fn time() -> TimeShown {
    TimeShown { time: hostile(), datetime: hostile(), place: hostile(), day_marker: 1 }
}

fn start() -> Start {
    let stored = ThemeForm { theme: hostile(), page: hostile() };
    let refusal = Refusal {
        form: ThemeForm::NAME.to_owned(),
        problems: vec![FieldProblem { field: "theme".to_owned(), problem: Problem::Unknown }],
        notices: vec![Notice {
            level: NoticeLevel::Block,
            says: hostile(),
            rule: None,
            alternatives: vec![Alternative { label: hostile(), fields: Typed::default().with(HOSTILE, HOSTILE) }],
        }],
        typed: stored.typed(),
        newer: Some(stored.typed().with("page", format!("{HOSTILE}{HOSTILE}"))),
        trouble: Some(AppError::Failed { reference: hostile() }),
    };
    Start::of(&stored, Some(&Draft::Kept(refusal)))
}

#[test]
fn hostile_text_in_a_form_stays_text() {
    let html = rendered(|| {
        let action = ServerAction::<ChooseTheme>::new();
        view! {
            <FormSheet action=action start=start() id="theme">
                <Field name="theme" label=hostile() hint=hostile() suggestions=vec![hostile()] />
                <TextArea name="page" label=hostile() hint=hostile() />
                <Select name="theme" label=hostile() hint=hostile() choices=vec![Choice::new(hostile(), hostile())] />
                <Radios name="theme" label=hostile() hint=hostile() choices=vec![Choice::new(hostile(), hostile())] />
                <Checkbox name="theme" label=hostile() hint=hostile() sends=hostile() />
                <Hidden name="theme" />
                <Button name=hostile() value=hostile()>{hostile()}</Button>
            </FormSheet>
        }
    });
    assert_text_only(&html);
}

#[test]
fn hostile_text_in_every_other_component_stays_text() {
    let html = rendered(|| {
        view! {
            <TwoClocks local=time() until=Some(time()) capital=Some(time()) shift=Some(hostile()) place_shown=true />
            <Chip>{hostile()}</Chip>
            <Empty title=hostile() says=hostile()>{hostile()}</Empty>
            <Tabs label=hostile() tabs=vec![Tab { label: hostile(), to: hostile(), is_current: true }] />
            <Facts><Fact term=hostile()>{hostile()}</Fact></Facts>
            <Dialog id=hostile() title=hostile()>{hostile()}</Dialog>
            <DialogOpener dialog=hostile()>{hostile()}</DialogOpener>
            <PageHead title=hostile() />
            <Banner marking=Marking::Amber>{hostile()}</Banner>
        }
    });
    assert_text_only(&html);
}

#[test]
fn a_refused_form_shows_its_problem_beside_the_field_and_in_the_list() {
    let html = rendered(|| {
        let action = ServerAction::<ChooseTheme>::new();
        view! {
            <FormSheet action=action start=start() id="theme">
                <Field name="theme" label="Appearance" />
            </FormSheet>
        }
    });
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("aria-describedby=\"theme-theme-why\""), "{html}");
    assert!(html.contains("id=\"theme-theme-why\""), "{html}");
    assert!(html.contains("href=\"#theme-theme\"") && html.contains("Appearance: "), "{html}");
    assert!(html.contains(&format!("action=\"{}\"", ChooseTheme::url())), "{html}");
}

#[test]
fn enter_in_a_field_takes_no_alternative() {
    let html = rendered(|| {
        let action = ServerAction::<ChooseTheme>::new();
        view! { <FormSheet action=action start=start() id="theme"><Button>"Save"</Button></FormSheet> }
    });
    let first = html.find("<button").unwrap();
    let taking = html.find("name=\"take\"").unwrap();
    assert!(html[first..taking].contains("class=\"visually-hidden\""), "{html}");
}

#[test]
fn a_text_area_gives_back_every_line() {
    let html = rendered(|| view! { <TextArea name="notes" label="Notes" value="\nfirst\nsecond <b>" /> });
    assert!(html.contains(">\n\nfirst\nsecond &lt;b&gt;</textarea>"), "{html}");
}

#[test]
fn a_password_is_never_sent_back() {
    let html = rendered(|| view! { <Field name="password" label="Password" kind="password" value="secret" /> });
    assert!(!html.contains("secret"), "{html}");
}

#[test]
fn a_marking_is_written_as_first_writes_it() {
    for marking in Marking::ALL {
        let html = rendered(|| view! { <MarkingTag marking=marking /> });
        assert!(html.contains(&format!(">{}<", marking.label())), "{html}");
    }
}

#[test]
fn no_component_uses_a_style_attribute() {
    let html = rendered(|| {
        let action = ServerAction::<ChooseTheme>::new();
        view! {
            <FormSheet action=action start=start() id="theme"><TextArea name="page" label="Page" /></FormSheet>
            <Icon symbol=Symbol::Search />
        }
    });
    assert!(!html.contains(" style="), "{html}");
}

/// A refusal travels whole to the page and back from a draft.
#[test]
fn a_refusal_survives_its_journey() {
    let refusal = start().refusal().cloned().map(Outcome::Refused).unwrap();
    let text = serde_json::to_string(&refusal).unwrap();
    assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), refusal);
}

//! The page of the levels of the rules of clashes.

use super::{
    rules_form::{RulesForm, level_field},
    server_fns::{SaveRules, load_rules_form},
    view::RulesFormView,
    words::{level_in_words, rule_in_words},
};
use crate::{
    components::{Button, Choice, Entries, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::use_words,
};
use domain::clash::{Level, RuleId};
use leptos::prelude::*;

/// The page that says how bad a breach of each rule is.
#[component]
pub fn RulesPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_rules_form());
    let draft = use_draft();
    let action = ServerAction::<SaveRules>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <RulesSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn RulesSheet(view: RulesFormView, draft: Option<Draft>, action: ServerAction<SaveRules>) -> impl IntoView {
    let words = use_words();
    let start = Start::of(&view.stored, draft.as_ref());
    let eyebrow = move || view! { <a href="/settings">{words.shell_menu_settings()}</a> }.into_any();
    view! {
        <PageHead title=words.rules_title() eyebrow=eyebrow><p class="faint">{words.rules_says()}</p></PageHead>
        <FormSheet action=action start=start id=RulesForm::NAME>
            <Hidden name="seen" />
            <Levels />
            <div class="actions">
                <Button weight=Weight::Main>{words.rules_save()}</Button>
                <a class="button" href="/settings">{words.visits_form_cancel()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// A row for each rule, with its level.
#[component]
fn Levels() -> impl IntoView {
    let words = use_words();
    let levels: Vec<Choice> = Level::ALL.into_iter().map(|level| Choice::new(level.word(), level_in_words(words, level))).collect();
    let rows = RuleId::ALL
        .into_iter()
        .map(|rule| {
            let name = rule_in_words(words, rule);
            let label = words.rules_level_of(name.clone());
            let level = if rule.is_fixed() {
                level_in_words(words, rule.default_level()).into_any()
            } else {
                view! { <Select name=level_field(rule) label=label choices=levels.clone() bare=true /> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{level}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = [words.rules_column_rule(), words.rules_column_level()];
    view! {
        <Entries title=words.rules_levels_title() hint=words.rules_levels_hint() columns=columns>
            {rows}
        </Entries>
    }
}

//! Light or dark.

use crate::{
    components::{Button, Choice, FormSheet, Select},
    errors::AppError,
    forms::{FormFields, Outcome, Start},
    words::use_words,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark ink on warm white.
    Light,
    /// Light ink on blue-black.
    Dark,
}

impl Theme {
    /// The cookie it is kept in: a matter of taste, neither secret nor marked, so that the first byte of a page has it.
    pub const COOKIE: &'static str = "chancery-theme";

    /// The theme of this name; the system's, if there is none.
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// Its name, also the value of `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that a request's cookies ask for (RFC 6265, 4.2).
    #[cfg(feature = "ssr")]
    pub fn of_request(headers: &http::HeaderMap) -> Self {
        headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == Self::COOKIE)
            .map_or(Self::System, |(_, value)| Self::from_name(value))
    }
}

/// The form that chooses a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    /// [`Theme::name`].
    pub theme: String,
    /// The page one is on.
    pub page: String,
}

impl FormFields for ThemeForm {
    const NAME: &'static str = "theme";
}

/// Keeps the theme for a year in this browser.
///
/// # Errors
/// Never by itself.
#[server]
pub async fn choose_theme(
    /// The choice.
    #[server(flatten)]
    form: ThemeForm,
) -> Result<Outcome, AppError> {
    use crate::forms::{Answer, answer};
    answer(form, |form| async move {
        let theme = Theme::from_name(&form.theme);
        let cookie = format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax", Theme::COOKIE, theme.name());
        if let (Some(response), Ok(cookie)) = (use_context::<leptos_axum::ResponseOptions>(), http::HeaderValue::from_str(&cookie)) {
            response.append_header(http::header::SET_COOKIE, cookie);
        }
        Ok(Answer::Done(form.page))
    })
    .await
}

/// The switch of the theme.
#[component]
pub(super) fn ThemeSwitch(
    /// The theme now.
    theme: Theme,
    /// The page one is on, to come back to.
    page: String,
) -> impl IntoView {
    let words = use_words();
    let choices = vec![
        Choice::new(Theme::System.name(), words.shell_theme_system()),
        Choice::new(Theme::Light.name(), words.shell_theme_light()),
        Choice::new(Theme::Dark.name(), words.shell_theme_dark()),
    ];
    let action = ServerAction::<ChooseTheme>::new();
    let start = Start::of(&ThemeForm { theme: theme.name().to_owned(), page: page.clone() }, None);
    view! {
        <FormSheet action=action start=start id=ThemeForm::NAME load_anew=true bare=true>
            <Select name="theme" label=words.shell_theme_label() choices=choices />
            <input type="hidden" name="page" value=page />
            <Button>{words.shell_theme_apply()}</Button>
        </FormSheet>
    }
}

/// The theme of the page one is on.
pub(super) fn theme_now() -> Theme {
    #[cfg(feature = "hydrate")]
    let name = document().document_element().and_then(|html| html.get_attribute("data-theme"));
    #[cfg(not(feature = "hydrate"))]
    let name: Option<String> = None;
    #[cfg(feature = "ssr")]
    let name = name.or_else(|| use_context::<http::request::Parts>().map(|parts| Theme::of_request(&parts.headers).name().to_owned()));
    name.map_or(Theme::System, |name| Theme::from_name(&name))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies() {
        let mut headers = http::HeaderMap::new();
        assert_eq!(Theme::of_request(&headers), Theme::System);
        headers.insert(http::header::COOKIE, http::HeaderValue::from_static("a=b; chancery-theme=dark; c=d"));
        assert_eq!(Theme::of_request(&headers), Theme::Dark);
        headers.insert(http::header::COOKIE, http::HeaderValue::from_static("chancery-theme=\"><script>"));
        assert_eq!(Theme::of_request(&headers), Theme::System);
    }
}

//! Errors as one sees them.

use super::AppError;
use crate::{components::PageHead, words::use_words};
use language::Words;
use leptos::prelude::*;

fn title(words: Words, error: &AppError) -> String {
    match error {
        AppError::SignInNeeded => words.error_sign_in_title(),
        AppError::NotAllowed => words.error_not_allowed_title(),
        AppError::NotFound => words.error_not_found_title(),
        AppError::Conflict => words.error_conflict_title(),
        AppError::Unreadable => words.error_refused_title(),
        AppError::TooLarge => words.error_too_large_title(),
        AppError::Misdirected => words.error_misdirected_title(),
        AppError::TooMany { .. } => words.error_too_many_title(),
        AppError::Unreachable => words.error_unreachable_title(),
        AppError::Failed { .. } => words.error_failed_title(),
    }
}

fn says(words: Words, error: &AppError) -> String {
    match error {
        AppError::SignInNeeded => words.error_sign_in_says(),
        AppError::NotAllowed => words.error_not_allowed_says(),
        AppError::NotFound => words.error_not_found_says(),
        AppError::Conflict => words.error_conflict_says(),
        AppError::Unreadable => words.error_refused_says(),
        AppError::TooLarge => words.error_too_large_says(),
        AppError::Misdirected => words.error_misdirected_says(),
        AppError::TooMany { seconds } => words.error_too_many_says(*seconds),
        AppError::Unreachable => words.error_unreachable_says(),
        AppError::Failed { .. } => words.error_failed_says(),
    }
}

fn reference(words: Words, error: &AppError) -> Option<String> {
    match error {
        AppError::Failed { reference } if !reference.is_empty() => Some(words.error_reference_number(reference)),
        _ => None,
    }
}

/// A page that could not be made: what happened, what was kept, what to do, and the reference that is in the log.
#[component]
pub fn ErrorPage(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let words = use_words();
    #[cfg(feature = "ssr")]
    error.set_status();
    let (to, way) = match error {
        AppError::SignInNeeded => ("/sign-in", words.error_sign_in_do()),
        _ => ("/", words.error_home_link()),
    };
    view! {
        <PageHead title=title(words, &error) />
        <div class="trouble" role="alert">
            <p>{says(words, &error)}</p>
            {reference(words, &error).map(|reference| view! { <p class="faint num">{reference}</p> })}
            <p><a class="button main" href=to>{way}</a></p>
        </div>
    }
    .into_any()
}

/// An error as a document of its own, for what comes up where no page is made: before it is known who asks, or in a defect.
#[cfg(feature = "ssr")]
pub fn error_document(error: &AppError, locale: language::Locale) -> String {
    let words = Words::new(locale);
    let said = title(words, error);
    // Whatever else is asked for under that name leads to no office either.
    let is_elsewhere = *error == AppError::Misdirected;
    Owner::new().with(|| {
        view! {
            <!DOCTYPE html>
            <html lang=locale.tag() dir=locale.direction().as_html()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{words.shell_page_title(&said)}</title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                    <link rel="stylesheet" href="/pkg/chancery.css" />
                </head>
                <body>
                    <main id="main" class="door">
                        <p class="mark">"Chancery"</p>
                        <h1>{said}</h1>
                        <div class="trouble">
                            <p>{says(words, error)}</p>
                            {reference(words, error).map(|reference| view! { <p class="faint num">{reference}</p> })}
                            {(!is_elsewhere).then(|| view! { <p><a class="button main" href="/">{words.error_home_link()}</a></p> })}
                        </div>
                    </main>
                </body>
            </html>
        }
        .to_html()
    })
}

/// The page for an address at which there is nothing, or nothing one may see.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorPage error=AppError::NotFound /> }
}

/// The same as [`ErrorPage`], as a part of a page that otherwise stands.
#[component]
pub fn Trouble(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let words = use_words();
    view! {
        <div class="trouble" role="alert">
            <p><strong>{title(words, &error)}</strong></p>
            <p>{says(words, &error)}</p>
            {reference(words, &error).map(|reference| view! { <p class="faint num">{reference}</p> })}
        </div>
    }
    .into_any()
}

//! The HTML document.

use super::theme::theme_now;
use crate::{routes::App, words::page_locale};
use leptos::{hydration::HydrationScripts, prelude::*};
use leptos_meta::MetaTags;

/// The document round the application: the language and direction of its text, its theme from the first byte, the style
/// sheet, and the scripts that wake it, which bear the nonce that the context provides.
pub fn document(options: LeptosOptions) -> impl IntoView {
    let locale = page_locale();
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.direction().as_html() data-theme=theme_now().name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/pkg/chancery.css" />
                <HydrationScripts options=options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

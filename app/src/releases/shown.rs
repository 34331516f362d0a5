//! A release on the page of its programme: which one it is, what it says otherwise than the one before it, and whether one has
//! acknowledged it.

use super::{
    acknowledging::AcknowledgeForm, changes::Changes, server_fns::AcknowledgeRelease, view::ReleaseShown, words::audience_in_words,
};
use crate::{
    components::{FormSheet, Hidden},
    forms::{FormFields, Start},
    words::{date_in_words, moment_in_words, use_words},
};
use leptos::prelude::*;

/// A release, what is new in it, and the button by which one acknowledges it.
#[component]
pub fn ShownRelease(
    /// The release.
    release: ReleaseShown,
    /// Whether the page shows another thing: the draft.
    is_beside_draft: bool,
    /// The action that acknowledges it.
    action: ServerAction<AcknowledgeRelease>,
) -> impl IntoView {
    let words = use_words();
    let ReleaseShown { id, visit_id, audience, number, on, code, since, told, is_asked, acknowledged } = release;
    let audience = audience_in_words(words, audience);
    let title = words.releases_shown_title(number, &audience);
    let print = is_beside_draft.then(|| {
        let to = format!("/visits/{visit_id}/print?audience={}", release.audience.word());
        view! { <p><a href=to>{words.releases_shown_read()}</a></p> }
    });
    let standing = match (is_asked, acknowledged) {
        (_, Some(at)) => {
            let at = moment_in_words(words, &at);
            Some(view! { <p class="done" role="status">{words.releases_acknowledged(number, at)}</p> }.into_any())
        }
        (true, None) => {
            let form = AcknowledgeForm { id: id.to_string(), visit: visit_id.to_string() };
            let start = Start::of(&form, None);
            Some(
                view! {
                    <p>{words.releases_acknowledge_says()}</p>
                    <FormSheet action=action start=start id=AcknowledgeForm::NAME bare=true>
                        <Hidden name="id" />
                        <Hidden name="visit" />
                        <button type="submit" class="button main">{words.releases_acknowledge_do(number)}</button>
                    </FormSheet>
                }
                .into_any(),
            )
        }
        (false, None) => None,
    };
    let changes = since.map(|since| {
        view! {
            <h3>{words.releases_since(since)}</h3>
            <Changes told=told />
        }
    });
    view! {
        <section class="release" aria-labelledby="release-shown">
            <h2 id="release-shown">{title}</h2>
            <p class="faint">{words.programme_release(number, date_in_words(words, on), code)}</p>
            {print}
            {changes}
            {standing}
        </section>
    }
    .into_any()
}

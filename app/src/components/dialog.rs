//! What is laid over a page.

use super::icon::{Icon, Symbol};
use crate::words::use_words;
use leptos::prelude::*;

/// Something laid over the page: a native `<dialog>` used as a popover, so that it opens, closes by Escape and gives the
/// focus back without scripts.
#[component]
pub fn Dialog(
    /// The element's id, by which [`DialogOpener`] finds it.
    #[prop(into)]
    id: String,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let (title_id, labelled_by, closes) = (format!("{id}-title"), format!("{id}-title"), id.clone());
    view! {
        <dialog id=id class="sheet" popover="auto" aria-labelledby=labelled_by>
            <div class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <button type="button" class="button quiet" popovertarget=closes popovertargetaction="hide" aria-label=words.shell_keys_close()>
                    <Icon symbol=Symbol::Close />
                </button>
            </div>
            {children()}
        </dialog>
    }
}

/// The button that opens a [`Dialog`].
#[component]
pub fn DialogOpener(
    /// The dialog's id.
    #[prop(into)]
    dialog: String,
    /// What it opens, in words.
    children: Children,
) -> impl IntoView {
    view! { <button type="button" class="button" popovertarget=dialog>{children()}</button> }
}

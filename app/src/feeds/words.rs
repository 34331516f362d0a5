//! What is said of feeds.

use domain::feeds::{FeedDetail, FeedScope, FeedView};
use language::Words;

/// What a kind of feed is called.
pub fn scope_in_words(words: Words, scope: FeedScope) -> String {
    match scope {
        FeedScope::Mine => words.feeds_scope_mine(),
        FeedScope::Visit(_) => words.feeds_scope_visit(),
        FeedScope::Principal(_) => words.feeds_scope_principal(),
        FeedScope::Room(_) => words.feeds_scope_room(),
        FeedScope::Mission(_) => words.feeds_scope_mission(),
        FeedScope::Office => words.feeds_scope_office(),
    }
}

/// What a feed shows: its kind, and the name of the thing where it has one.
pub fn feed_in_words(words: Words, feed: &FeedView) -> String {
    let kind = scope_in_words(words, feed.scope);
    match &feed.title {
        Some(title) => format!("{kind}: {title}"),
        None => kind,
    }
}

/// What a detail is called.
pub fn detail_in_words(words: Words, detail: FeedDetail) -> String {
    match detail {
        FeedDetail::Busy => words.feeds_detail_busy(),
        FeedDetail::Titles => words.feeds_detail_titles(),
        FeedDetail::Full => words.feeds_detail_full(),
    }
}

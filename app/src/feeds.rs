//! Calendars: one's own feeds, their links, and how a calendar program subscribes to them.

pub mod form;
pub mod page;
pub mod server_fns;
pub mod view;
pub mod words;

pub use form::{MakeFeedForm, OneFeedForm, RevokeAllForm};
pub use page::CalendarsPage;
pub use server_fns::{
    LoadFeeds, MakeFeed, RenewFeed, RevokeAllFeeds, RevokeFeed, load_feeds, make_feed, renew_feed, revoke_all_feeds, revoke_feed,
};
pub use view::{FeedLine, FeedsView, LinkView};

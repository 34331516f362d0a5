//! Subscriptions: made, listed, given a new link, and revoked by who has them.

use super::{scope, store};
use crate::{
    accounts::tokens::{PlainToken, TokenHash, TokenKind},
    audit::{self, Entry},
    context::RequestContext,
    database::WriteTransaction,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{Permit, SubscribeFeed, authorise},
};
use domain::{
    audit::{Intent, ThingKind},
    feeds::{FeedDetail, FeedScope, FeedView},
    ids::FeedId,
    marking::Marking,
    permission::Facts,
};
use std::fmt;

/// A feed whose link its owner sees, this once.
pub struct FeedMade {
    /// The feed.
    pub view: FeedView,
    token: PlainToken,
    public_address: String,
}

impl fmt::Debug for FeedMade {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FeedMade({}, link hidden)", self.view.id)
    }
}

impl FeedMade {
    /// The link, a secret: `https://…/feeds/TOKEN.ics`.
    pub fn url(&self) -> String {
        format!("{}/feeds/{}.ics", self.public_address, self.token.expose())
    }

    /// The same link as calendar programs open it at a press: `webcal://…`.
    pub fn webcal(&self) -> String {
        let url = self.url();
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        format!("webcal://{rest}")
    }

    /// The token alone.
    pub fn token(&self) -> &str {
        self.token.expose()
    }
}

fn draw(context: &RequestContext) -> Outcome<(PlainToken, TokenHash)> {
    PlainToken::generate(TokenKind::Feed, context.chancery().keys.random()).map_err(|_| Failure::Machine { what: "randomness" })
}

fn made(context: &RequestContext, view: FeedView, token: PlainToken) -> FeedMade {
    FeedMade { view, token, public_address: context.public_address() }
}

fn entry(intent: Intent, id: FeedId) -> Entry {
    Entry::done(intent).thing(ThingKind::Feed, id.uuid(), 0)
}

fn permit(context: &RequestContext, facts: Facts) -> Outcome<Permit<SubscribeFeed>> {
    context.account()?;
    authorise::<SubscribeFeed>(context, facts)
}

fn known(is_known: bool) -> Facts {
    Facts { known: Some(is_known), ..Facts::NONE }
}

/// Makes a feed of something its maker may know of.
///
/// # Errors
/// When the actor may not subscribe, or may not know of what it would show.
pub async fn make_feed(context: &RequestContext, scope: FeedScope, detail: FeedDetail) -> Outcome<FeedMade> {
    let account = context.account()?;
    let mut transaction = context.write().await?;
    let directory = OfficeDirectory::load(context, &mut transaction).await?;
    let named = scope::named(context, &mut transaction, scope, &directory).await?;
    let permit = permit(context, known(named.is_some()))?;
    let (token, hash) = draw(context)?;
    let feed = store::Feed {
        id: context.new_id(),
        account,
        scope,
        detail,
        made_at: context.now(),
        fetched_at: None,
        fetched_by: None,
        etag: None,
        modified_at: None,
    };
    store::insert(context, &mut transaction, &permit, &feed, &hash).await?;
    audit::record(context, &mut transaction, entry(Intent::MakeFeed, feed.id)).await?;
    transaction.commit().await?;
    Ok(made(context, view(feed, named), token))
}

/// One's own feeds, in the order in which they were made.
///
/// # Errors
/// When the actor may not subscribe, or the database refuses.
pub async fn list_own_feeds(context: &RequestContext) -> Outcome<Vec<FeedView>> {
    let account = context.account()?;
    permit(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let mut views = Vec::new();
    for feed in store::of_account(context, &mut connection, account).await? {
        let named = scope::named(context, &mut connection, feed.scope, &directory).await?;
        views.push(view(feed, named));
    }
    Ok(views)
}

/// Gives one's own feed a new link; the one before opens nothing from then on. What the feed showed is kept, so that the
/// numbers of its events do not fall.
///
/// # Errors
/// When the actor has no such feed.
pub async fn renew_feed(context: &RequestContext, id: FeedId) -> Outcome<FeedMade> {
    let account = context.account()?;
    let mut transaction = context.write().await?;
    let feed = store::own(context, &mut transaction, account, id).await?;
    let permit = permit(context, known(feed.is_some()))?;
    let feed = feed.ok_or(Failure::NotFound)?;
    let directory = OfficeDirectory::load(context, &mut transaction).await?;
    let named = scope::named(context, &mut transaction, feed.scope, &directory).await?;
    let (token, hash) = draw(context)?;
    store::renew(context, &mut transaction, &permit, id, &hash).await?;
    audit::record(context, &mut transaction, entry(Intent::RenewFeed, id)).await?;
    transaction.commit().await?;
    let feed = store::Feed { fetched_at: None, fetched_by: None, ..feed };
    Ok(made(context, view(feed, named), token))
}

/// Revokes one's own feed. Who has lost the right to subscribe may still revoke.
///
/// # Errors
/// When the actor has no such feed.
pub async fn revoke_feed(context: &RequestContext, id: FeedId) -> Outcome<()> {
    let account = context.account()?;
    let mut transaction = context.write().await?;
    store::own(context, &mut transaction, account, id).await?.ok_or(Failure::NotFound)?;
    end(context, &mut transaction, id).await?;
    transaction.commit().await?;
    Ok(())
}

/// Revokes all of one's own feeds, and says how many they were.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn revoke_all(context: &RequestContext) -> Outcome<usize> {
    let account = context.account()?;
    let mut transaction = context.write().await?;
    let feeds = store::of_account(context, &mut transaction, account).await?;
    for feed in &feeds {
        end(context, &mut transaction, feed.id).await?;
    }
    transaction.commit().await?;
    Ok(feeds.len())
}

async fn end(context: &RequestContext, transaction: &mut WriteTransaction, id: FeedId) -> Outcome<()> {
    store::revoke(context, transaction, id).await?;
    audit::record(context, transaction, entry(Intent::RevokeFeed, id)).await
}

fn view(feed: store::Feed, named: Option<scope::Named>) -> FeedView {
    let (title, marking) = named.map_or((None, Marking::Clear), |named| (named.title, named.marking));
    FeedView {
        id: feed.id,
        scope: feed.scope,
        title,
        marking,
        detail: feed.detail,
        made_at: feed.made_at,
        fetched_at: feed.fetched_at,
        fetched_by: feed.fetched_by,
    }
}

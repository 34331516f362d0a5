//! A fetch: from the token in an address to the bytes its reader may have at this moment.

use super::{
    calendar::{CalendarAddress, CalendarDocument, CalendarEvent, CssColour, EventStatus, Organiser, RefreshInterval},
    conditional::{EntityTag, Freshness, freshness},
    content::{Told, Writer},
    identity::{self, StandIns},
    revisions::{self, SeenEvent, StoredEvent},
    scope::{self, Named},
    serialiser::serialise,
    sight::Watch,
    store::{self, Feed, KeptEvent},
    window::window,
};
use crate::{
    accounts::{
        access::actor_of_account,
        tokens::{TokenHash, TokenKind},
    },
    audit::{self, Entry},
    context::{Chancery, RequestContext, retried},
    database::Connection,
    directory::{OfficeDirectory, addresses_of_rooms},
    error::{Failure, Outcome},
    permits::{SubscribeFeed, authorise},
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    audit::{Intent, ThingKind},
    feeds::{FeedDetail, FeedScope},
    marking::Channel,
    offices::Office,
    permission::{Actor, Facts},
};
use language::{Locale, Words};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// How long what was called off stays in a feed.
const CANCELLED_STAYS: TimeDelta = TimeDelta::days(30);

/// A fetch by the same program is written down once in so long: not every fetch is a write.
const FETCHED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The most that is kept of what a program says of itself, in characters.
const CLIENT_NAME: usize = 200;

/// What a fetcher says it has (RFC 9110 section 13.1), as its header lines stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions<'a> {
    /// Each `If-None-Match`.
    pub if_none_match: &'a [&'a str],
    /// `If-Modified-Since`.
    pub if_modified_since: Option<&'a str>,
}

/// What is answered to a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The calendar.
    Document {
        /// The file.
        bytes: Vec<u8>,
        /// Its tag.
        etag: EntityTag,
        /// When these bytes came to be.
        last_modified: DateTime<Utc>,
    },
    /// The fetcher has it.
    NotModified {
        /// Its tag.
        etag: EntityTag,
        /// When these bytes came to be.
        last_modified: DateTime<Utc>,
    },
    /// The token opens nothing, for whatever reason.
    NotFound,
}

/// Answers a fetch. Its reader is the account whose feed it is, with the rights it has now, under the ceiling of feeds.
///
/// New bytes are written down in the record before they leave; that the fetcher has them already is not. Who bears the
/// token, and whether there ever was such a feed, no refusal tells.
///
/// # Errors
/// When the database fails, or something stored can't be read.
pub async fn fetch_feed(
    chancery: &Chancery,
    office: Arc<Office>,
    token: &str,
    client: Option<&str>,
    conditions: Conditions<'_>,
) -> Outcome<Fetched> {
    let Ok(hash) = TokenHash::of(TokenKind::Feed, token) else { return Ok(Fetched::NotFound) };
    let client = client.map(client_name);
    let answer = retried(|| async {
        let anonymous = Actor::anonymous(office.id);
        let context = chancery.context(office.clone(), anonymous);
        let mut connection = context.read().await?;
        let feed = store::by_token(&context, &mut connection, &hash).await?.ok_or(Failure::NotFound)?;
        drop(connection);
        let (actor, _) = actor_of_account(&context, feed.account).await?.ok_or(Failure::NotFound)?;
        let context = context.as_actor(actor);
        authorise::<SubscribeFeed>(&context, Facts::NONE)?;
        answer(&context, &hash, feed, client.as_deref(), conditions).await
    })
    .await;
    match answer {
        Err(Failure::NotFound | Failure::Forbidden | Failure::SignIn) => Ok(Fetched::NotFound),
        other => other,
    }
}

/// Whether a fetch by a program is written down, with what was written of the last and when.
pub(crate) fn is_to_be_noted(now: DateTime<Utc>, before: Option<DateTime<Utc>>, by: Option<&str>, client: Option<&str>) -> bool {
    before.is_none_or(|at| now - at >= FETCHED_EVERY) || by != client
}

/// What a program says of itself, without what could garble a page or a log.
pub(crate) fn client_name(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(CLIENT_NAME).collect()
}

async fn answer(
    context: &RequestContext,
    token: &TokenHash,
    feed: Feed,
    client: Option<&str>,
    conditions: Conditions<'_>,
) -> Outcome<Fetched> {
    let mut connection = context.read().await?;
    let rendered = render(context, &mut connection, &feed).await?;
    drop(connection);
    let (rendered, last_modified) = match feed.modified_at {
        Some(at) if rendered.is_as_kept(&feed) => {
            note_fetch(context, token, &feed, client).await?;
            (rendered, at)
        }
        _ => deliver(context, token, client).await?,
    };
    let Rendered { bytes, etag, .. } = rendered;
    Ok(match freshness(conditions.if_none_match, conditions.if_modified_since, &etag, last_modified) {
        Freshness::NotModified => Fetched::NotModified { etag, last_modified },
        Freshness::Modified => Fetched::Document { bytes, etag, last_modified },
    })
}

async fn note_fetch(context: &RequestContext, token: &TokenHash, feed: &Feed, client: Option<&str>) -> Outcome<()> {
    if !is_to_be_noted(context.now(), feed.fetched_at, feed.fetched_by.as_deref(), client) {
        return Ok(());
    }
    let mut transaction = context.chancery().database.write().await?;
    store::fetched(context, &mut transaction, feed.id, token, client).await?;
    transaction.commit().await?;
    Ok(())
}

/// Renders anew under the office's lock, and keeps what is shown, so that two fetches at once say the same of it.
async fn deliver(context: &RequestContext, token: &TokenHash, client: Option<&str>) -> Outcome<(Rendered, DateTime<Utc>)> {
    let mut transaction = context.write().await?;
    let feed = store::by_token(context, &mut transaction, token).await?.ok_or(Failure::NotFound)?;
    let rendered = render(context, &mut transaction, &feed).await?;
    let last_modified = match feed.modified_at {
        Some(at) if rendered.is_as_kept(&feed) => at,
        before => {
            let at = revisions::later_than(before, context.now());
            for kept in &rendered.to_store {
                store::put_event(context, &mut transaction, feed.id, kept).await?;
            }
            store::rendered(context, &mut transaction, feed.id, rendered.etag.as_str(), at).await?;
            let entry = Entry::done(Intent::DeliverFeed).thing(ThingKind::Feed, feed.id.uuid(), 0);
            audit::record(context, &mut transaction, entry).await?;
            at
        }
    };
    store::fetched(context, &mut transaction, feed.id, token, client).await?;
    transaction.commit().await?;
    Ok((rendered, last_modified))
}

/// A feed's bytes, with what has to be kept before they leave.
struct Rendered {
    bytes: Vec<u8>,
    etag: EntityTag,
    to_store: Vec<KeptEvent>,
}

impl Rendered {
    /// Whether these are the bytes that were sent before.
    fn is_as_kept(&self, feed: &Feed) -> bool {
        self.to_store.is_empty() && feed.etag.as_deref() == Some(self.etag.as_str())
    }
}

async fn render(context: &RequestContext, connection: &mut impl Connection, feed: &Feed) -> Outcome<Rendered> {
    let directory = OfficeDirectory::load(context, connection).await?;
    scope::named(context, connection, feed.scope, &directory).await?.ok_or(Failure::NotFound)?;
    // The calendar's own name goes by the channel too.
    let through = context.reader().clone().by(Channel::Feed.ceiling());
    let named = scope::named_for(context, connection, feed.scope, &directory, &through).await?.ok_or(Failure::NotFound)?;
    let office = &context.office().details;
    let window = window(context.zones(), &office.zone, context.today()).ok_or(Failure::Machine { what: "a date" })?;
    let watch = Watch::new(context, connection, &directory, feed.scope, window).await?;
    let words = Words::new(Locale::English);
    let stand_ins = StandIns::new(context.chancery().keys.file().stand_in_key(context.office_id()), feed.id);
    let addresses = match feed.detail {
        FeedDetail::Full => addresses_of_rooms(context, connection).await?,
        FeedDetail::Busy | FeedDetail::Titles => HashMap::new(),
    };
    let organiser = Organiser {
        name: office.name.to_string(),
        address: match &office.mailbox {
            Some(mailbox) => CalendarAddress::Mail(mailbox.to_string()),
            None => CalendarAddress::Opaque(context.office_id().0),
        },
    };
    let writer = Writer {
        organiser,
        rooms: &directory,
        addresses: &addresses,
        words,
        detail: feed.detail,
        rules: context.zones(),
        zone: &office.zone,
        public_address: context.public_address(),
        stand_ins: &stand_ins,
        stand_in_word: if matches!(feed.scope, FeedScope::Room(_)) { words.feeds_event_reserved() } else { words.feeds_event_engaged() },
    };
    let kept: BTreeMap<_, _> = store::events(context, connection, feed.id).await?.into_iter().map(|kept| (kept.event.uid, kept)).collect();
    let mut told = writer.events(&watch.look(connection).await?);
    told.extend(cancelled(context, connection, &watch, &writer, &kept, &told).await?);

    let stored: Vec<StoredEvent> = kept.values().map(|kept| kept.event).collect();
    let seen: Vec<SeenEvent> = told.iter().map(|(uid, content)| SeenEvent::of(*uid, content)).collect();
    let reconciled = revisions::reconcile(&stored, &seen, context.now());
    let is_cancelled: BTreeSet<_> =
        told.iter().filter(|(_, content)| content.status == EventStatus::Cancelled).map(|(uid, _)| *uid).collect();
    let to_store = reconciled.to_store.iter().map(|event| {
        let since = kept.get(&event.uid).and_then(|kept| kept.cancelled_at).unwrap_or(context.now());
        KeptEvent { event: *event, cancelled_at: is_cancelled.contains(&event.uid).then_some(since) }
    });
    let to_store = to_store.collect();
    let events = told.into_iter().filter_map(|(uid, content)| {
        let revision = *reconciled.revisions.get(&uid)?;
        Some(CalendarEvent { uid, revision, content })
    });
    let document = CalendarDocument {
        name: calendar_name(words, feed.scope, named, office.name.as_str()),
        zone: office.zone.clone(),
        colour: CssColour::parse("steelblue").map_err(|_| Failure::Corrupt { what: "colour" })?,
        refresh: RefreshInterval::HOURLY,
        from: window.starts().trunc_subsecs(0),
        events: events.collect(),
    };
    let bytes = serialise(&document, context.zones());
    let etag = EntityTag::of(&bytes);
    Ok(Rendered { bytes, etag, to_store })
}

/// What the feed showed, was called off, and still stays for a while.
async fn cancelled(
    context: &RequestContext,
    connection: &mut impl Connection,
    watch: &Watch<'_>,
    writer: &Writer<'_>,
    kept: &BTreeMap<super::calendar::EventUid, KeptEvent>,
    told: &[Told],
) -> Outcome<Vec<Told>> {
    let since = context.now() - CANCELLED_STAYS;
    let there: BTreeSet<_> = told.iter().map(|(uid, _)| *uid).collect();
    let mut sights = Vec::new();
    for (uid, kept) in kept {
        let stays = kept.event.is_shown && kept.cancelled_at.is_none_or(|at| since < at);
        if stays && !there.contains(uid) {
            let line = watch.gone(connection, identity::item_of(*uid), since).await?;
            sights.extend(match line {
                Some(line) => Some(line),
                None => watch.gone_booking(connection, identity::booking_of(*uid), since).await?,
            });
        }
    }
    Ok(writer.events(&sights))
}

fn calendar_name(words: Words, scope: FeedScope, named: Named, office: &str) -> String {
    match (scope, named.title) {
        (FeedScope::Mine, _) => words.feeds_name_mine(office),
        (FeedScope::Visit(_), None) => words.feeds_name_visit(office),
        (_, Some(thing)) => words.feeds_name_thing(thing, office),
        (_, None) => words.feeds_name_office(office),
    }
}

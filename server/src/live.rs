//! `GET /live?page=ADDRESS&seen=FINGERPRINT`: tells an open page that its reader would be shown something else now (server-sent
//! events: HTML, 9.2).
//!
//! When something of the office changed, whatever it was and whichever server did it, the server looks at the page by its reader's
//! rights of that moment, and says one word if what the reader may read is another thing now: no counter, no content. Of a change
//! that the reader may not see nothing is sent.

use crate::{
    AppState,
    problem::{Cause, Problem},
    requester::{Authenticated, still_open_to},
};
use app::{
    errors::AppError,
    live::{CHANGED, GONE, LATER, LivePage, look},
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use backend::{Failure, RequestContext, live::Subscription};
use domain::ids::{AccountId, OfficeId};
use futures_util::stream;
use serde::Deserialize;
use std::{
    collections::HashMap,
    convert::Infallible,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{Mutex as Turn, Semaphore, watch},
    time::sleep,
};

/// How long changes are gathered before a page is looked at: what is done in one go is looked at once.
const GATHERED: Duration = Duration::from_millis(150);

/// How often something is sent where nothing is to be said, so that no proxy takes the stream for dead.
const KEPT_ALIVE: Duration = Duration::from_secs(20);

/// After how long a page is looked at again that could not be looked at.
const AGAIN: Duration = Duration::from_secs(2);

/// How many pages are looked at at once: those who ask for a page come first.
const LOOKS_AT_ONCE: usize = 4;

/// Seconds after which an account with too many open pages may try once more.
const LATER_SECONDS: u64 = 60;

/// A page passes what is sent without gathering it first (nginx).
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What a page showed at a moment: its fingerprint, or nothing where it could not be read.
type Seen = Option<String>;

/// The moment of a look: how many changes had been told, and the minute.
type Moment = (u64, i64);

/// The last look at a page by one account, shared by all who have it open.
type LastLook = Turn<Option<(Moment, Seen)>>;

/// The open pages that are told of changes.
#[derive(Debug)]
pub struct LiveStreams {
    most: NonZeroUsize,
    open: Mutex<HashMap<AccountId, usize>>,
    looked: Mutex<HashMap<(AccountId, LivePage), Weak<LastLook>>>,
    looks: Semaphore,
    ended: watch::Sender<bool>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts are right whatever else went wrong.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl LiveStreams {
    /// None is open; so many may be of each account.
    pub fn new(most: NonZeroUsize) -> Self {
        Self {
            most,
            open: Mutex::default(),
            looked: Mutex::default(),
            looks: Semaphore::new(LOOKS_AT_ONCE),
            ended: watch::Sender::new(false),
        }
    }

    /// Ends all of them, and those that are yet to be opened.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    fn take_place(self: &Arc<Self>, account: AccountId) -> Result<Place, Failure> {
        let mut open = locked(&self.open);
        let count = open.entry(account).or_default();
        if *count >= self.most.get() {
            return Err(Failure::TooMany { after_seconds: LATER_SECONDS });
        }
        *count += 1;
        metrics::gauge!("chancery_live_pages").increment(1.0);
        Ok(Place { streams: Arc::clone(self), account })
    }

    fn last_look(&self, account: AccountId, page: &LivePage) -> Arc<LastLook> {
        let mut looked = locked(&self.looked);
        looked.retain(|_, look| look.strong_count() > 0);
        let known = looked.get(&(account, page.clone())).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let new = Arc::new(Turn::new(None));
            looked.insert((account, page.clone()), Arc::downgrade(&new));
            new
        })
    }
}

/// The place of one open page among its account's.
#[derive(Debug)]
struct Place {
    streams: Arc<LiveStreams>,
    account: AccountId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = locked(&self.streams.open);
        if let Some(count) = open.get_mut(&self.account) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.account);
            }
        }
        metrics::gauge!("chancery_live_pages").decrement(1.0);
    }
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The page, by its address.
    page: String,
    /// The fingerprint of what it shows.
    seen: String,
}

/// The stream of one open page.
///
/// # Errors
/// When nobody is signed in, there is no such page or it may not be read, or too many are open.
pub async fn live(
    State(state): State<AppState>,
    Authenticated(context): Authenticated,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let page = LivePage::at(&asked.page).ok_or(Failure::NotFound)?;
    let account = context.account()?;
    let place = state.live.take_place(account)?;
    // From here on nothing that changes is missed.
    let changes = state.chancery.database.changes().await.map_err(Failure::from)?;
    let last_look = state.live.last_look(account, &page);
    let seen = looked_at(&state, &context, &page, &last_look).await?;
    if seen.is_none() {
        // It may be asked for anew, so that it is refused in its own words.
        look(&context, &page).await.map_err(refused)?;
        return Err(Failure::NotFound.into());
    }
    let is_other = seen.as_deref() != Some(asked.seen.as_str());
    let open = OpenPage {
        headers: kept(&headers),
        office: context.office_id(),
        ended: state.live.ended.subscribe(),
        said: is_other.then_some(CHANGED),
        is_over: false,
        state,
        page,
        changes,
        last_look,
        seen,
        _place: place,
    };
    let words =
        stream::unfold(open, |mut open| async move { Some((Ok::<_, Infallible>(Event::default().data(open.next_word().await?)), open)) });
    let mut response = Sse::new(words).keep_alive(KeepAlive::new().interval(KEPT_ALIVE)).into_response();
    let said = response.headers_mut();
    said.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    said.insert(BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

/// What of a request's headers says who asked.
fn kept(headers: &HeaderMap) -> HeaderMap {
    let names = [header::HOST, header::AUTHORIZATION, header::COOKIE];
    names.iter().flat_map(|name| headers.get_all(name).iter().map(move |value| (name.clone(), value.clone()))).collect()
}

fn refused(error: AppError) -> Problem {
    match error {
        AppError::SignInNeeded => Failure::SignIn.into(),
        AppError::NotAllowed => Failure::Forbidden.into(),
        AppError::NotFound | AppError::Unreadable => Failure::NotFound.into(),
        // What failed has been logged where it did.
        _ => Cause::Defect.into(),
    }
}

/// Looks at a page, unless somebody of the same account has since the last change.
async fn looked_at(state: &AppState, context: &RequestContext, page: &LivePage, last: &LastLook) -> Result<Seen, Problem> {
    let now = || (state.chancery.database.changes_told(), context.now().timestamp().div_euclid(60));
    let wanted = now();
    let mut last = last.lock().await;
    if let Some((at, seen)) = &*last
        && at.0 >= wanted.0
        && at.1 == wanted.1
    {
        return Ok(seen.clone());
    }
    let _turn = state.live.looks.acquire().await.map_err(|_| Problem::from(Cause::Defect))?;
    let at = now();
    let seen = match look(context, page).await {
        Ok(fingerprint) => Some(fingerprint.to_string()),
        Err(AppError::SignInNeeded | AppError::NotAllowed | AppError::NotFound | AppError::Unreadable) => None,
        Err(error) => return Err(refused(error)),
    };
    *last = Some((at, seen.clone()));
    Ok(seen)
}

async fn until(mut ended: watch::Receiver<bool>) {
    // A sender that is gone ends nothing any more.
    let _told = ended.wait_for(|ended| *ended).await;
}

/// One open page.
struct OpenPage {
    state: AppState,
    headers: HeaderMap,
    office: OfficeId,
    page: LivePage,
    changes: Subscription,
    ended: watch::Receiver<bool>,
    last_look: Arc<LastLook>,
    seen: Seen,
    /// What is to be said before anything else.
    said: Option<&'static str>,
    is_over: bool,
    _place: Place,
}

impl OpenPage {
    /// The next word, once there is one; none when the stream ends.
    async fn next_word(&mut self) -> Option<&'static str> {
        if self.is_over {
            return None;
        }
        if let Some(said) = self.said.take() {
            return Some(said);
        }
        let ended = until(self.ended.clone());
        tokio::select! {
            biased;
            () = ended => None,
            word = self.watched() => {
                self.is_over = word == GONE;
                Some(word)
            }
        }
    }

    /// Waits until the page would show something else.
    async fn watched(&mut self) -> &'static str {
        loop {
            // What time itself changes is looked for as each minute begins, and so is never put down to a change that the reader
            // does not see.
            let seconds = self.state.chancery.clock.now().timestamp().rem_euclid(60);
            let minute = Duration::from_secs(60 - seconds.unsigned_abs());
            let is_told = tokio::select! {
                () = self.changes.changed(self.office) => true,
                () = sleep(minute) => false,
            };
            if is_told {
                sleep(GATHERED).await;
            }
            self.changes.forget();
            let seen = loop {
                match self.look().await {
                    Ok(seen) => break seen,
                    Err(problem) => {
                        tracing::debug!(status = problem.status().as_u16(), "an open page could not be looked at");
                        sleep(AGAIN).await;
                    }
                }
            };
            match seen {
                None => return GONE,
                other if other != self.seen => {
                    self.seen = other;
                    return if is_told { CHANGED } else { LATER };
                }
                _ => {}
            }
        }
    }

    async fn look(&self) -> Result<Seen, Problem> {
        match still_open_to(&self.state, &self.headers).await? {
            Some(context) => looked_at(&self.state, &context, &self.page, &self.last_look).await,
            None => Ok(None),
        }
    }
}

//! What accounts are told: of the rooms they asked for or lost, of what was moved. Only what happened to what is kept; the words and what would work
//! instead are made when it is read, with its reader's rights of that moment.

pub(crate) mod store;

use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, delivered},
    },
    clashes::slot_view,
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Beside, Intended, Wanted},
    error::{Failure, Outcome},
    permits::{KeepOwnAccount, ReadRooms, authorise},
    programme::{self, Standing},
    rooms::{
        approvals::{self, Kept, title_of},
        bookings,
    },
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    clash::Source,
    ids::{AccountId, NewsId, RoomId},
    marking::{
        Channel, Reader,
        view::{BookingView, Directory, ItemView, Named, NewsKind, NewsView, SlotView, Told},
    },
    permission::Facts,
    programme::ProgrammeItem,
    rooms::{Booking, approval::Approving},
    time::ZoneName,
    visits::Visit,
};
use store::News;

/// Tells an account what became of a use of a room, in the transaction in which that becomes of it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn tell(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    kind: NewsKind,
    source: Source,
) -> Outcome<()> {
    store::insert(context, transaction, account, kind, source).await
}

/// What was told of a use needs no answer any more: it was saved anew, or is gone.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn settled(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<()> {
    store::settled(context, transaction, source).await
}

/// What the actor was told and has not taken note of, the latest first, as it may leave by a channel. Of what the reader may not
/// read any more nothing is told.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn list_news(context: &RequestContext, channel: Channel) -> Outcome<Vec<NewsView>> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let account = context.account()?;
    let mut connection = context.read().await?;
    let told = store::unread(context, &mut connection, account).await?;
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let reader = context.reader().clone().by(channel.ceiling());
    let (mut views, mut things) = (Vec::new(), Vec::new());
    for news in told {
        let telling = Telling { context, directory: &directory, reader: &reader, channel, news };
        if let Some((view, delivered)) = telling.view(&mut connection).await? {
            things.extend(delivered);
            views.push(view);
        }
    }
    delivered(context, connection, &things).await?;
    Ok(views)
}

/// Takes note of something one was told. What was taken note of before stays so.
///
/// # Errors
/// When the actor was told nothing of the kind, or the database refuses.
pub async fn read_news(context: &RequestContext, id: NewsId) -> Outcome<()> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let account = context.account()?;
    retried(|| async {
        let mut transaction = context.write().await?;
        store::own(context, &mut transaction, account, id).await?.ok_or(Failure::NotFound)?;
        if store::read(context, &mut transaction, id).await? {
            audit::record(context, &mut transaction, Entry::done(Intent::ReadNews).thing(ThingKind::News, id.uuid(), 0)).await?;
        }
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Tells one thing to one reader.
struct Telling<'a> {
    context: &'a RequestContext,
    directory: &'a OfficeDirectory,
    reader: &'a Reader,
    channel: Channel,
    news: News,
}

impl Telling<'_> {
    async fn view(&self, connection: &mut impl Connection) -> Outcome<Option<(NewsView, Vec<Delivered>)>> {
        let News { id, kind, source, made_at } = self.news;
        match source {
            Source::Booking(booking) => {
                let Some(booking) = bookings::find(self.context, connection, booking).await? else { return Ok(None) };
                let Some(view) = BookingView::of(&booking, self.reader) else { return Ok(None) };
                let (told, mut things) = self.told(connection, Some(booking.room), &view.starts.zone, Wanting::Booking(&booking)).await?;
                things.push(Delivered::booking(&booking, &view));
                Ok(Some((NewsView::of_booking(id, kind, made_at, &view, told), things)))
            }
            Source::Item(item) => {
                let Some(item) = programme::store::one(self.context, connection, item).await? else { return Ok(None) };
                let Some(visit) = visits::store::one(self.context, connection, item.visit).await? else { return Ok(None) };
                // Who is named on a line that moved is told of that line.
                let has_moved = matches!(kind, NewsKind::Shifted | NewsKind::ClocksChanged);
                let is_told = self.reader.is_on(visit.id) || (has_moved && self.reader.is_named_on(item.id));
                if !is_told {
                    return Ok(None);
                }
                let view = ItemView::of(&item, &visit, self.reader, self.directory, self.context.zones());
                let Some(view) = view.filter(|view| !view.is_stand_in) else { return Ok(None) };
                let room = view.room.as_ref().map(|room| room.id);
                let (told, mut things) = self.told(connection, room, &view.starts.zone, Wanting::Line(&item, &visit)).await?;
                things.push(Delivered::item(&item, &view));
                Ok(NewsView::of_line(id, kind, made_at, &view, told).map(|view| (view, things)))
            }
        }
    }

    /// What is told beside the use itself, and what is delivered by that.
    async fn told(
        &self,
        connection: &mut impl Connection,
        room: Option<RoomId>,
        zone: &ZoneName,
        wanted: Wanting<'_>,
    ) -> Outcome<(Told, Vec<Delivered>)> {
        let context = self.context;
        let room = room.and_then(|id| self.directory.room(id).map(|name| Named { id, name }));
        let Some(kept) = approvals::store::of_source(context, connection, self.news.source).await? else {
            return Ok((Told { room, ..Told::default() }, Vec::new()));
        };
        let Kept { standing, other, reason, .. } = kept;
        let with = match other {
            None => None,
            Some(other) => title_of(context, connection, other, self.channel).await?,
        };
        let (with, thing) = with.unzip();
        let holds_nothing = matches!(standing, Approving::Declined | Approving::GivenAway);
        let nearest = if holds_nothing { self.nearest(connection, zone, wanted).await? } else { Vec::new() };
        let told = Told { room, with, reason: reason.filter(|_| standing == Approving::Declined), nearest };
        Ok((told, thing.into_iter().collect()))
    }

    /// The nearest times and rooms that would work, on the half hours: by then other things may be in the way than what it was told
    /// of. None for what is over, or for who may not look at rooms any more.
    async fn nearest(&self, connection: &mut impl Connection, zone: &ZoneName, wanted: Wanting<'_>) -> Outcome<Vec<SlotView>> {
        if authorise_reading::<ReadRooms>(self.context).is_err() {
            return Ok(Vec::new());
        }
        let wanted = match wanted.of(self.context, connection).await {
            Ok(Some(wanted)) => wanted,
            // What it names may be gone since.
            Ok(None) | Err(Failure::Invalid(_)) => return Ok(Vec::new()),
            Err(failure) => return Err(failure),
        };
        let slots = engagements::alternatives(self.context, connection, &wanted, false, &Beside::default()).await?;
        Ok(slots.iter().filter_map(|slot| slot_view(self.context, slot, zone, self.directory)).collect())
    }
}

/// What would take another room or time.
#[derive(Clone, Copy)]
enum Wanting<'a> {
    Booking(&'a Booking),
    Line(&'a ProgrammeItem, &'a Visit),
}

impl Wanting<'_> {
    /// What is wanted; nothing where it is over, or wants no room any more.
    async fn of(self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<Wanted>> {
        match self {
            Self::Booking(booking) if booking.starts.at() > context.now() => {
                let booking = Booking { approval: None, ..booking.clone() };
                let (candidate, surroundings) = bookings::candidate_of(context, connection, &booking).await?;
                Ok(Some(Intended { candidate: &candidate, surroundings: &surroundings }.wanted()))
            }
            Self::Line(item, visit) if item.details.span().is_some_and(|span| span.starts() > context.now()) => {
                let prepared = programme::prepare(context, connection, visit, item, Standing::Given).await?;
                Ok(prepared.in_room().is_some().then(|| prepared.intended().wanted()))
            }
            Self::Booking(_) | Self::Line(..) => Ok(None),
        }
    }
}

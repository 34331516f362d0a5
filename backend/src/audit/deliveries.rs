//! First deliveries: which account was first sent which revision of what is marked TLP:AMBER or higher, by which way.

use super::{Entry, record};
use crate::{context::RequestContext, database::Connection, error::Outcome, statements, values};
use domain::{
    audit::{ThingKind, Way},
    marking::Marking,
};
use std::collections::HashSet;
use uuid::Uuid;

/// How many things are asked for by one statement.
const AT_ONCE: usize = 16;

statements! {
    DELIVERED = "SELECT thing_id, thing_kind, revision FROM deliveries WHERE office_id = $1 AND account_id = $2 AND way = $3 \
        AND thing_id IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    INSERT = "INSERT INTO deliveries (office_id, account_id, thing_kind, thing_id, revision, way, delivered_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT DO NOTHING";
}

/// Something about to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delivered {
    /// Its kind.
    pub kind: ThingKind,
    /// Which.
    pub id: Uuid,
    /// The revision shown.
    pub revision: i64,
    /// The highest marking of what is shown of it.
    pub marking: Marking,
}

#[derive(sqlx::FromRow)]
struct DeliveredRow {
    thing_id: Uuid,
    thing_kind: String,
    revision: i64,
}

/// Records what of this is delivered to the actor for the first time by this way: one entry for all of it. What is marked
/// below TLP:AMBER is not recorded. To be called before the bytes leave.
///
/// # Errors
/// When it can't be recorded; then nothing may be shown.
pub async fn record_first_delivery(context: &RequestContext, things: &[Delivered], way: Way) -> Outcome<()> {
    let Some(account) = context.actor().account() else { return Ok(()) };
    // What is shown is not what an idempotency key is for.
    let context = &context.beside_key();
    let mut seen = HashSet::new();
    let things: Vec<Delivered> = things
        .iter()
        .filter(|thing| thing.marking >= Marking::Amber && seen.insert((thing.id, thing.kind.word(), thing.revision)))
        .copied()
        .collect();
    let mut before = HashSet::new();
    if !things.is_empty() {
        let mut connection = context.read().await?;
        for chunk in things.chunks(AT_ONCE) {
            let mut values = values![context.office_id(), account, way.word()];
            // A short list repeats its last, so that the statement stays the same.
            values.extend((0..AT_ONCE).map(|place| chunk[place.min(chunk.len() - 1)].id.into()));
            let rows: Vec<DeliveredRow> = connection.all(DELIVERED, values).await?;
            before.extend(rows.into_iter().map(|row| (row.thing_id, row.thing_kind, row.revision)));
        }
    }
    let new: Vec<Delivered> =
        things.into_iter().filter(|thing| !before.contains(&(thing.id, thing.kind.word().to_owned(), thing.revision))).collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut transaction = context.write().await?;
    let mut entry = Entry::done(way.intent());
    let mut any = false;
    for thing in new {
        let values = values![context.office_id(), account, thing.kind.word(), thing.id, thing.revision, way.word(), context.now()];
        // Another request of the same account may have come in between.
        if transaction.execute(INSERT, values).await? == 1 {
            entry = entry.thing(thing.kind, thing.id, thing.revision);
            any = true;
        }
    }
    if any {
        record(context, &mut transaction, entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

//! How lines go on their day: taken down as they begin and end.

use super::{ToChange, live_view, store, taking::people_of, to_change};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    error::{Failure, Outcome},
    version::Seen,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::ItemId,
    marking::view::ItemView,
    programme::{ItemDetails, ProgrammeItem, day::ActualInput},
};

/// Takes down that a line began or ended, now or when it is said, or takes that back, if the line is still as its author saw it.
/// When it was planned stays, with all it holds.
///
/// # Errors
/// When the actor may not, or reads no more of the line than that it is there; when the line changed meanwhile, or something given
/// is wrong.
pub async fn record_actual(context: &RequestContext, id: ItemId, input: &ActualInput, seen: &Seen) -> Outcome<ItemView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { item, visit, view, directory, permit } = to_change(context, &mut transaction, id, seen).await?;
        if view.is_stand_in {
            return Err(Failure::Forbidden);
        }
        let actual = input.onto(item.details.time_for_rules(), context.now(), context.zones())?;
        let time = item.details.time.clone().map(|time| time.with_actual(actual));
        let details = ItemDetails { time, ..item.details.clone() };
        let people = people_of(&visit, &details);
        let (revision, digest) = store::update(context, &mut transaction, &permit, &item, &details, &people).await?;
        let entry = Entry::done(Intent::RecordActual).digest(digest).thing(ThingKind::Item, id.uuid(), revision).thing(
            ThingKind::Visit,
            visit.id.uuid(),
            visit.revision,
        );
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        let item = ProgrammeItem { revision, details, ..item };
        live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)
    })
    .await
}

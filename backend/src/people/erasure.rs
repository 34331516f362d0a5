//! Erasing a person: the key under which everything of them is sealed is destroyed.
//!
//! What names them by identifier stays, for the record and the programmes of the past are bound to it, and shows nobody from then on: the
//! directory, delegations, lines and releases, in every revision.

use super::{mission_names, store, view};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    error::{Failure, Outcome},
    form_drafts, missions,
    permits::{ErasePeople, authorise},
    statements, values,
    version::{ETag, Seen},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::PersonId,
    permission::Facts,
    problems::Problem,
};
use uuid::Uuid;

statements! {
    NAMED_AT = "SELECT i.visit_id FROM item_people n JOIN items i ON i.office_id = n.office_id AND i.id = n.item_id \
        WHERE n.office_id = $1 AND n.person_id = $2 AND i.removed_at IS NULL \
        UNION SELECT visit_id FROM delegates WHERE office_id = $1 AND person_id = $2 AND removed_at IS NULL";
    HAS_ACCOUNT = "SELECT id FROM accounts WHERE office_id = $1 AND person_id = $2 AND disabled_at IS NULL";
}

/// Erases a person whom nothing needs any more, if they are still as the actor saw them.
///
/// # Errors
/// When the actor may not, there is none, they changed meanwhile, or something still needs them: an account that is not disabled, a mission
/// whose head they are, or a visit that is not over in which they have a part.
pub async fn erase_person(context: &RequestContext, id: PersonId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let person = store::find(context, &mut transaction, id).await?;
        let permit = authorise::<ErasePeople>(context, Facts { known: Some(person.is_some()), ..Facts::NONE })?;
        let person = person.ok_or(Failure::NotFound)?;
        let missions = mission_names(context, &mut transaction).await?;
        seen.check(&ETag::of(&view(context, &person, &missions))?)?;
        if is_needed(context, &mut transaction, id).await? {
            return Err(Failure::field("person_id", Problem::StillUsed));
        }
        let erased = store::erase(context, &mut transaction, &permit, &person).await?;
        form_drafts::forget(context, &mut transaction).await?;
        let entry = Entry::done(Intent::ErasePerson).digest(erased.digest).thing(ThingKind::Person, id.uuid(), erased.revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        context.chancery().people.forget(context.office_id(), erased.revisions_of_all);
        Ok(())
    })
    .await
}

async fn is_needed(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<bool> {
    let account: Option<(Uuid,)> = connection.optional(HAS_ACCOUNT, values![context.office_id(), id]).await?;
    if account.is_some() {
        return Ok(true);
    }
    let missions = missions::store::all(context, connection).await?;
    if missions.iter().any(|mission| mission.details.head.as_ref().is_some_and(|head| head.person == id)) {
        return Ok(true);
    }
    let named_at: Vec<(Uuid,)> = connection.all(NAMED_AT, values![context.office_id(), id]).await?;
    let visits = visits::store::all(context, connection).await?;
    Ok(visits.iter().filter(|visit| !visit.details.is_over(context.today())).any(|visit| {
        let parties = visit.details.parties_for_rules();
        parties.guest == Some(id) || parties.host == Some(id) || named_at.contains(&(visit.id.uuid(),))
    }))
}

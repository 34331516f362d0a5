//! The statements of delegations.

use super::rows::{DelegateRow, DelegationRow, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    people,
    permits::{EditProgramme, Permit},
    revisions, statements, values,
};
use domain::{
    audit::ThingKind,
    delegations::{Delegate, Delegation},
    ids::{DelegateId, VisitId},
};

statements! {
    DELEGATIONS = "SELECT id, visit_id, name, mission_id FROM delegations WHERE office_id = $1 AND visit_id = $2 ORDER BY name, id";
    INSERT_DELEGATION = "INSERT INTO delegations (office_id, id, visit_id, name, mission_id) VALUES ($1, $2, $3, $4, $5)";
    OF_VISIT = "SELECT d.id, d.revision, d.visit_id, d.delegation_id, d.person_id, d.position, d.body, k.wrapped \
        FROM delegates d JOIN sealing_keys k ON k.office_id = d.office_id AND k.id = d.key_id \
        WHERE d.office_id = $1 AND d.visit_id = $2 AND d.removed_at IS NULL ORDER BY d.delegation_id, d.position, d.id";
    TAKEN_OUT = "SELECT d.id, d.revision - 1 AS revision, d.visit_id, d.delegation_id, d.person_id, d.position, d.body, k.wrapped \
        FROM delegates d JOIN sealing_keys k ON k.office_id = d.office_id AND k.id = d.key_id \
        WHERE d.office_id = $1 AND d.visit_id = $2 AND d.removed_at IS NOT NULL ORDER BY d.id";
    ONE = "SELECT d.id, d.revision, d.visit_id, d.delegation_id, d.person_id, d.position, d.body, k.wrapped \
        FROM delegates d JOIN sealing_keys k ON k.office_id = d.office_id AND k.id = d.key_id \
        WHERE d.office_id = $1 AND d.id = $2 AND d.removed_at IS NULL";
    INSERT = "INSERT INTO delegates (office_id, id, revision, visit_id, delegation_id, person_id, position, body, key_id) \
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8)";
    UPDATE = "UPDATE delegates SET revision = $3, delegation_id = $4, position = $5, body = $6, key_id = $7 \
        WHERE office_id = $1 AND id = $2 AND revision = $8 AND removed_at IS NULL";
    ALL_OF_OTHER_KEYS = "SELECT d.id, CASE WHEN d.removed_at IS NULL THEN d.revision ELSE d.revision - 1 END AS revision, d.visit_id, \
        d.delegation_id, d.person_id, d.position, d.body, k.wrapped FROM delegates d \
        JOIN people p ON p.office_id = d.office_id AND p.id = d.person_id \
        LEFT JOIN sealing_keys k ON k.office_id = d.office_id AND k.id = d.key_id \
        WHERE d.office_id = $1 AND (d.key_id IS NULL OR (d.key_id <> p.key_id AND k.id IS NOT NULL))";
    SEAL_UNDER = "UPDATE delegates SET body = $3, key_id = $4 WHERE office_id = $1 AND id = $2";
    REMOVE = "UPDATE delegates SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
}

/// The delegations of a visit, by name.
pub(crate) async fn delegations(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Delegation>> {
    let rows: Vec<DelegationRow> = connection.all(DELEGATIONS, values![context.office_id(), visit]).await?;
    rows.into_iter().map(DelegationRow::into_delegation).collect()
}

/// Writes a new delegation.
pub(crate) async fn insert_delegation(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    delegation: &Delegation,
) -> Outcome<()> {
    let values = values![context.office_id(), delegation.id, delegation.visit, delegation.name.as_str(), delegation.mission];
    transaction.execute(INSERT_DELEGATION, values).await?;
    Ok(())
}

/// The delegates of a visit, by delegation and their own order.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Delegate>> {
    let rows: Vec<DelegateRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    rows.into_iter().map(|row| row.into_delegate(context)).collect()
}

/// The delegates who were taken out of a visit's delegations, each as they last were.
pub(crate) async fn taken_out(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Delegate>> {
    let rows: Vec<DelegateRow> = connection.all(TAKEN_OUT, values![context.office_id(), visit]).await?;
    rows.into_iter().map(|row| row.into_delegate(context)).collect()
}

/// A delegate.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: DelegateId) -> Outcome<Option<Delegate>> {
    let row: Option<DelegateRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_delegate(context)).transpose()
}

/// Writes a new delegate.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    delegate: &Delegate,
) -> Outcome<Digest> {
    let key = people::keys::of(context, transaction, delegate.person).await?;
    let body = body_of(&mut Sealer::under(context, row(delegate.id, 1), &key), delegate.role, &delegate.details)?;
    let values = values![
        context.office_id(),
        delegate.id,
        delegate.visit,
        delegate.delegation,
        delegate.person,
        delegate.position,
        body.as_str(),
        key.id().uuid()
    ];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Delegate, delegate.id.uuid(), 1, Some(&body)).await
}

/// Writes a delegate anew, if it is still in the revision before.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    changed: &Delegate,
) -> Outcome<Digest> {
    let key = people::keys::of(context, transaction, changed.person).await?;
    let body = body_of(&mut Sealer::under(context, row(changed.id, changed.revision), &key), changed.role, &changed.details)?;
    let values = values![
        context.office_id(),
        changed.id,
        changed.revision,
        changed.delegation,
        changed.position,
        body.as_str(),
        key.id().uuid(),
        changed.revision - 1
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Delegate, changed.id.uuid(), changed.revision, Some(&body)).await
}

/// Takes a delegate out of a delegation; the revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    seen: &Delegate,
) -> Outcome<Digest> {
    if transaction.execute(REMOVE, values![context.office_id(), seen.id, context.now(), seen.revision]).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Delegate, seen.id.uuid(), seen.revision + 1, None).await
}

/// Whether anything of a delegate is kept otherwise than under the key of the person.
pub(crate) async fn is_any_clear(context: &RequestContext, connection: &mut impl Connection) -> Outcome<bool> {
    let row: Option<DelegateRow> = connection.optional(ALL_OF_OTHER_KEYS, values![context.office_id()]).await?;
    Ok(row.is_some())
}

/// Seals under the keys of the people what earlier versions kept of delegates in the clear or under keys of its own.
pub(crate) async fn seal_under_people(context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<()> {
    // Of who was erased, or a revision whose key was destroyed, there is nothing to seal.
    let rows: Vec<DelegateRow> = transaction.all(ALL_OF_OTHER_KEYS, values![context.office_id()]).await?;
    for stored in rows {
        let delegate = stored.into_delegate(context)?;
        let key = people::keys::of(context, transaction, delegate.person).await?;
        let body = body_of(&mut Sealer::under(context, row(delegate.id, delegate.revision), &key), delegate.role, &delegate.details)?;
        transaction.execute(SEAL_UNDER, values![context.office_id(), delegate.id, body.as_str(), key.id().uuid()]).await?;
    }
    Ok(())
}

//! The statements of the days an office has put on its calendar.

use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{ManageOffice, Permit},
    revisions, statements, values,
};
use chrono::NaiveDate;
use domain::{
    audit::ThingKind,
    holidays::{DayKind, OwnDay},
    ids::OwnDayId,
    text::{Label, Title},
};
use uuid::Uuid;

statements! {
    ALL = "SELECT id, country, on_day, kind, name FROM own_days WHERE office_id = $1 AND removed_at IS NULL ORDER BY on_day, country, id";
    OF_COUNTRY = "SELECT id, country, on_day, kind, name FROM own_days WHERE office_id = $1 AND country = $2 AND removed_at IS NULL ORDER BY on_day, id";
    OF_TWO = "SELECT id, country, on_day, kind, name FROM own_days WHERE office_id = $1 AND country IN ($2, $3) AND on_day >= $4 AND on_day <= $5 AND removed_at IS NULL ORDER BY on_day, id";
    ONE = "SELECT id, country, on_day, kind, name FROM own_days WHERE office_id = $1 AND id = $2 AND removed_at IS NULL";
    INSERT = "INSERT INTO own_days (office_id, id, country, on_day, kind, name) VALUES ($1, $2, $3, $4, $5, $6)";
    REMOVE = "UPDATE own_days SET removed_at = $3 WHERE office_id = $1 AND id = $2 AND removed_at IS NULL";
}

#[derive(Debug, sqlx_macros::FromRow)]
struct OwnDayRow {
    id: Uuid,
    country: String,
    on_day: String,
    kind: String,
    name: String,
}

impl OwnDayRow {
    fn into_day(self) -> Outcome<OwnDay> {
        let corrupt = || Failure::Corrupt { what: "holiday" };
        Ok(OwnDay {
            id: OwnDayId(self.id),
            country: Label::parse(&self.country).map_err(|_| corrupt())?,
            on: self.on_day.parse::<NaiveDate>().map_err(|_| corrupt())?,
            kind: DayKind::from_word(&self.kind).ok_or_else(corrupt)?,
            name: Title::parse(&self.name).map_err(|_| corrupt())?,
        })
    }
}

/// The days an office has set, of all countries, by day.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<OwnDay>> {
    let rows: Vec<OwnDayRow> = connection.all(ALL, values![context.office_id()]).await?;
    rows.into_iter().map(OwnDayRow::into_day).collect()
}

/// Those of one country.
pub(crate) async fn of_country(context: &RequestContext, connection: &mut impl Connection, country: &str) -> Outcome<Vec<OwnDay>> {
    let rows: Vec<OwnDayRow> = connection.all(OF_COUNTRY, values![context.office_id(), country]).await?;
    rows.into_iter().map(OwnDayRow::into_day).collect()
}

/// Those of two countries, between two days, both included.
pub(crate) async fn of_two(
    context: &RequestContext,
    connection: &mut impl Connection,
    (one, other): (&str, &str),
    (from, to): (NaiveDate, NaiveDate),
) -> Outcome<Vec<OwnDay>> {
    let rows: Vec<OwnDayRow> = connection.all(OF_TWO, values![context.office_id(), one, other, from, to]).await?;
    rows.into_iter().map(OwnDayRow::into_day).collect()
}

/// One of them.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: OwnDayId) -> Outcome<Option<OwnDay>> {
    let row: Option<OwnDayRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(OwnDayRow::into_day).transpose()
}

/// Writes a new day.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageOffice>,
    day: &OwnDay,
) -> Outcome<Digest> {
    let body = serde_json::to_string(day).map_err(|_| Failure::Corrupt { what: "holiday" })?;
    let values = values![context.office_id(), day.id, day.country.as_str(), day.on, day.kind.word(), day.name.as_str()];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Holiday, day.id.uuid(), 1, Some(&body)).await
}

/// Takes a day off the calendar; its revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageOffice>,
    id: OwnDayId,
) -> Outcome<Digest> {
    if transaction.execute(REMOVE, values![context.office_id(), id, context.now()]).await? != 1 {
        return Err(Failure::NotFound);
    }
    revisions::append(transaction, context, ThingKind::Holiday, id.uuid(), 2, None).await
}

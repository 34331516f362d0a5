//! What stands in one column of one row, between the engines and a copy.

use super::tables::Kind;
use crate::database::Value;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value as Json;
use sqlx::{Column, Decode, FromRow, Row, Sqlite, Type, TypeInfo, ValueRef, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

/// A value without its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Bytes(Vec<u8>),
    Text(String),
    Number(i64),
}

/// A row, column by column, as either engine gives it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StoredRow(pub(super) Vec<Cell>);

fn number_of(flag: bool) -> i64 {
    i64::from(flag)
}

fn text_of(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

impl FromRow<'_, SqliteRow> for StoredRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        fn get<'r, T: Decode<'r, Sqlite> + Type<Sqlite>>(row: &'r SqliteRow, index: usize) -> Result<T, sqlx::Error> {
            // A column says what was declared; a STRICT table holds exactly that, so nothing is checked anew.
            row.try_get_unchecked(index)
        }
        (0..row.len())
            .map(|index| {
                let raw = row.try_get_raw(index)?;
                if raw.is_null() {
                    return Ok(Cell::Null);
                }
                match raw.type_info().name() {
                    "BLOB" => get(row, index).map(Cell::Bytes),
                    "INTEGER" => get(row, index).map(Cell::Number),
                    _ => get(row, index).map(Cell::Text),
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl FromRow<'_, PgRow> for StoredRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        (0..row.len())
            .map(|index| {
                if row.try_get_raw(index)?.is_null() {
                    return Ok(Cell::Null);
                }
                match row.column(index).type_info().name() {
                    "UUID" => row.try_get::<Uuid, _>(index).map(|id| Cell::Bytes(id.as_bytes().to_vec())),
                    "BYTEA" => row.try_get(index).map(Cell::Bytes),
                    "INT8" => row.try_get(index).map(Cell::Number),
                    "BOOL" => row.try_get(index).map(number_of).map(Cell::Number),
                    "TIMESTAMPTZ" => row.try_get(index).map(text_of).map(Cell::Text),
                    _ => row.try_get(index).map(Cell::Text),
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Cell {
    /// As a copy has it; none if it is not of its kind.
    pub(super) fn to_json(&self, kind: Kind) -> Option<Json> {
        Some(match (kind, self) {
            (_, Self::Null) => Json::Null,
            (Kind::Id, Self::Bytes(bytes)) => Uuid::from_slice(bytes).ok()?.to_string().into(),
            (Kind::Bytes, Self::Bytes(bytes)) => STANDARD.encode(bytes).into(),
            (Kind::Text, Self::Text(text)) => text.clone().into(),
            (Kind::Instant, Self::Text(text)) => text_of(DateTime::parse_from_rfc3339(text).ok()?.to_utc()).into(),
            (Kind::Number, Self::Number(number)) => (*number).into(),
            (Kind::Flag, Self::Number(number)) => (*number != 0).into(),
            _ => return None,
        })
    }

    /// From a copy; none if it is not of its kind.
    pub(super) fn from_json(json: &Json, kind: Kind) -> Option<Self> {
        Some(match (kind, json) {
            (_, Json::Null) => Self::Null,
            (Kind::Id, Json::String(text)) => Self::Bytes(Uuid::try_parse(text).ok()?.as_bytes().to_vec()),
            (Kind::Bytes, Json::String(text)) => Self::Bytes(STANDARD.decode(text).ok()?),
            (Kind::Text | Kind::Instant, Json::String(text)) => Self::Text(text.clone()),
            (Kind::Number, Json::Number(number)) => Self::Number(number.as_i64()?),
            (Kind::Flag, Json::Bool(flag)) => Self::Number(number_of(*flag)),
            _ => return None,
        })
    }

    /// As it is bound to a statement; none if it is not of its kind.
    pub(super) fn to_value(&self, kind: Kind) -> Option<Value> {
        Some(match (kind, self) {
            (Kind::Id, Self::Null) => Value::Id(None),
            (Kind::Id, Self::Bytes(bytes)) => Value::Id(Some(Uuid::from_slice(bytes).ok()?)),
            (Kind::Bytes, Self::Null) => Value::Bytes(None),
            (Kind::Bytes, Self::Bytes(bytes)) => Value::Bytes(Some(bytes.clone())),
            (Kind::Text, Self::Null) => Value::Text(None),
            (Kind::Text, Self::Text(text)) => Value::Text(Some(text.clone())),
            (Kind::Instant, Self::Null) => Value::Instant(None),
            (Kind::Instant, Self::Text(text)) => Value::Instant(Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())),
            (Kind::Number, Self::Null) => Value::Number(None),
            (Kind::Number, Self::Number(number)) => Value::Number(Some(*number)),
            (Kind::Flag, Self::Number(number)) => Value::Flag(*number != 0),
            _ => return None,
        })
    }
}

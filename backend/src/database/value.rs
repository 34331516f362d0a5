//! What is bound to a statement, and what comes back, on both engines.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

/// A value bound to a statement. The kind is given also where there is no value: PostgreSQL asks for it.
#[derive(Debug, Clone)]
pub enum Value {
    /// Identifier.
    Id(Option<Uuid>),
    /// Text.
    Text(Option<String>),
    /// Whole number.
    Number(Option<i64>),
    /// Yes or no.
    Flag(bool),
    /// Instant.
    Instant(Option<DateTime<Utc>>),
    /// Civil date, kept as ISO 8601 text on both engines.
    Date(Option<NaiveDate>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($kind:ty => |$value:ident| $body:expr;)*) => {$(
        impl From<$kind> for Value {
            fn from($value: $kind) -> Self {
                $body
            }
        }
    )*};
}

from! {
    Uuid => |id| Self::Id(Some(id));
    Option<Uuid> => |id| Self::Id(id);
    &str => |text| Self::Text(Some(text.to_owned()));
    String => |text| Self::Text(Some(text));
    &String => |text| Self::Text(Some(text.clone()));
    Option<String> => |text| Self::Text(text);
    Option<&str> => |text| Self::Text(text.map(str::to_owned));
    i64 => |number| Self::Number(Some(number));
    Option<i64> => |number| Self::Number(number);
    u32 => |number| Self::Number(Some(i64::from(number)));
    bool => |flag| Self::Flag(flag);
    DateTime<Utc> => |at| Self::Instant(Some(at));
    Option<DateTime<Utc>> => |at| Self::Instant(at);
    NaiveDate => |date| Self::Date(Some(date));
    Option<NaiveDate> => |date| Self::Date(date);
    Vec<u8> => |bytes| Self::Bytes(Some(bytes));
    &[u8] => |bytes| Self::Bytes(Some(bytes.to_vec()));
    Option<Vec<u8>> => |bytes| Self::Bytes(bytes);
}

macro_rules! from_ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<domain::ids::$id> for Value {
            fn from(id: domain::ids::$id) -> Self {
                Self::Id(Some(id.uuid()))
            }
        }

        impl From<Option<domain::ids::$id>> for Value {
            fn from(id: Option<domain::ids::$id>) -> Self {
                Self::Id(id.map(domain::ids::$id::uuid))
            }
        }
    )*};
}

from_ids!(
    OfficeId,
    AccountId,
    GrantId,
    SessionId,
    TokenId,
    InvitationId,
    MissionId,
    PersonId,
    SiteId,
    RoomId,
    ResourceId,
    EngagementId,
    VisitId,
    DelegationId,
    DelegateId,
    ItemId,
    TaskId,
    TemplateId,
    OwnDayId,
    ApprovalId,
    BlackoutId,
    SeriesId,
    NewsId,
    DoorPlanId,
    BookingId,
    ReleaseId,
    FeedId,
    ChangeId,
    DraftId,
    RequestId,
);

/// A row that can be read from both engines.
pub trait RowOnBoth: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> RowOnBoth for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// The values of a statement, in the order of `$1`, `$2` …
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::database::Value::from($value)),*] };
}

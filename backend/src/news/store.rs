//! The statements of news.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::{rows::source_of, store::source_parts},
    error::{Failure, Outcome},
    statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    clash::Source,
    ids::{AccountId, NewsId},
    marking::view::NewsKind,
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO news (office_id, id, account_id, kind, source_kind, source_id, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UNREAD = "SELECT id, kind, source_kind, source_id, made_at FROM news WHERE office_id = $1 AND account_id = $2 AND read_at IS NULL ORDER BY made_at DESC, id LIMIT $3";
    OWN = "SELECT id, kind, source_kind, source_id, made_at FROM news WHERE office_id = $1 AND account_id = $2 AND id = $3";
    READ = "UPDATE news SET read_at = $3 WHERE office_id = $1 AND id = $2 AND read_at IS NULL";
    SETTLED = "UPDATE news SET read_at = $4 WHERE office_id = $1 AND source_kind = $2 AND source_id = $3 AND read_at IS NULL";
}

/// The most that is told in one go.
const MOST: i64 = 50;

#[derive(sqlx_macros::FromRow)]
struct NewsRow {
    id: Uuid,
    kind: String,
    source_kind: String,
    source_id: Uuid,
    made_at: DateTime<Utc>,
}

/// Something told to an account.
#[derive(Debug, Clone, Copy)]
pub(super) struct News {
    pub(super) id: NewsId,
    pub(super) kind: NewsKind,
    pub(super) source: Source,
    pub(super) made_at: DateTime<Utc>,
}

impl NewsRow {
    fn into_news(self) -> Outcome<News> {
        let broken = || Failure::Corrupt { what: "news" };
        Ok(News {
            id: NewsId(self.id),
            kind: NewsKind::from_word(&self.kind).ok_or_else(broken)?,
            source: source_of(&self.source_kind, self.source_id).ok_or_else(broken)?,
            made_at: self.made_at,
        })
    }
}

/// What an account was told and has not taken note of, the latest first.
pub(super) async fn unread(context: &RequestContext, connection: &mut impl Connection, account: AccountId) -> Outcome<Vec<News>> {
    let rows: Vec<NewsRow> = connection.all(UNREAD, values![context.office_id(), account, MOST]).await?;
    rows.into_iter().map(NewsRow::into_news).collect()
}

/// Something an account was told.
pub(super) async fn own(
    context: &RequestContext,
    connection: &mut impl Connection,
    account: AccountId,
    id: NewsId,
) -> Outcome<Option<News>> {
    let row: Option<NewsRow> = connection.optional(OWN, values![context.office_id(), account, id]).await?;
    row.map(NewsRow::into_news).transpose()
}

/// Tells an account.
pub(super) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    kind: NewsKind,
    source: Source,
) -> Outcome<()> {
    let (source_kind, source_id) = source_parts(source);
    let values = values![context.office_id(), context.new_id::<NewsId>(), account, kind.word(), source_kind, source_id, context.now()];
    transaction.execute(INSERT, values).await?;
    Ok(())
}

/// Notes that something was taken note of; whether it had not been before.
pub(super) async fn read(context: &RequestContext, transaction: &mut WriteTransaction, id: NewsId) -> Outcome<bool> {
    Ok(transaction.execute(READ, values![context.office_id(), id, context.now()]).await? == 1)
}

/// Whatever was told of a use needs no answer any more.
pub(super) async fn settled(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<()> {
    let (kind, id) = source_parts(source);
    transaction.execute(SETTLED, values![context.office_id(), kind, id, context.now()]).await?;
    Ok(())
}

//! Lines that changed rules of the clocks moved: at the hour that was agreed, and so at another instant.

use super::{
    hours::Hours,
    speech::Spoken,
    store,
    taking::{Among, Prepared, give_back_all, prepared, standings},
};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::TakenBefore,
    error::{Failure, Outcome},
    permits::{EditProgramme, by_other_proof},
    rooms, visits,
};
use domain::{
    ids::VisitId,
    programme::{ItemDetails, ProgrammeItem},
    time::Span,
    visits::Visit,
};
use std::{collections::BTreeMap, sync::Arc};

/// A line that the rules of its clocks moved, as it was and as it is.
#[derive(Debug, Clone)]
pub(crate) struct RenewedLine {
    pub(crate) was: ProgrammeItem,
    pub(crate) is: ItemDetails,
}

/// The lines of a visit that the rules of their clocks moved, and what they took until then.
pub(crate) struct RenewedLines {
    pub(crate) visit: Visit,
    pub(crate) lines: Vec<RenewedLine>,
    before: Vec<Vec<TakenBefore>>,
}

/// A renewed line that was written.
pub(crate) struct Written {
    pub(crate) line: RenewedLine,
    pub(crate) revision: i64,
    pub(crate) digest: Digest,
    pub(crate) prepared: Prepared,
}

/// Those among the lines that start in a stretch of time and have not started yet.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn find(
    context: &RequestContext,
    connection: &mut impl Connection,
    stretch: Span,
) -> Outcome<BTreeMap<VisitId, Vec<RenewedLine>>> {
    let mut found: BTreeMap<VisitId, Vec<RenewedLine>> = BTreeMap::new();
    for was in store::during(context, connection, stretch.starts(), stretch.ends()).await? {
        let time = was.details.time_for_rules();
        let starts = time.starts().at();
        if starts <= context.now() || time.actual().is_taken() || !stretch.holds(starts) {
            continue;
        }
        if let Some(is) = was.details.renewed(context.zones()) {
            found.entry(was.visit).or_default().push(RenewedLine { was, is });
        }
    }
    Ok(found)
}

impl RenewedLines {
    /// Gives back what these lines of a visit hold at the instants that are theirs no more; none where there is no such visit.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn given_back(
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        visit: VisitId,
        lines: Vec<RenewedLine>,
    ) -> Outcome<Option<Self>> {
        let Some(visit) = visits::store::one(context, transaction, visit).await? else { return Ok(None) };
        let leaving: Vec<&ProgrammeItem> = lines.iter().map(|line| &line.was).collect();
        let before = give_back_all(context, transaction, &visit, &leaving).await?;
        Ok(Some(Self { visit, lines, before }))
    }

    /// Writes the lines at their new instants, and takes what they name there, whoever else has it then.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn take(self, context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<(Visit, Vec<Written>)> {
        let Self { visit, lines, before } = self;
        let mut all = store::of_visit(context, transaction, visit.id).await?;
        for item in &mut all {
            if let Some(line) = lines.iter().find(|line| line.was.id == item.id) {
                item.details = line.is.clone();
            }
        }
        let standings = standings(context, transaction, &visit).await?;
        let hours = Arc::new(Hours::around(context, transaction, &visit, lines.iter().filter_map(|line| line.is.span())).await?);
        let spoken = Spoken::in_visit(context, transaction, visit.id).await?;
        let among = Among { lines: &all, standings: &standings, hours: &hours, spoken: &spoken };
        let mut written = Vec::with_capacity(lines.len());
        for (line, before) in lines.into_iter().zip(before) {
            let room = match line.is.room_for_rules() {
                Some((room, _)) => rooms::find_any(context, transaction, room).await?.map(|(room, _)| room),
                None => None,
            };
            let after = all.iter().find(|item| item.id == line.was.id).ok_or(Failure::Stale)?;
            let prepared = prepared(context, &visit, after, room, &among)?;
            let permit = by_other_proof::<EditProgramme>();
            let (revision, digest) = store::update(context, transaction, &permit, &line.was, &line.is, &prepared.people).await?;
            prepared.take_renewed(context, transaction, &visit, &before).await?;
            written.push(Written { line, revision, digest, prepared });
        }
        Ok((visit, written))
    }
}

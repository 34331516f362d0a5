//! A line that goes to another room or time because its room is closed.

use super::{
    author,
    store::update,
    taking::{Standing, give_back, prepare},
};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::{GivenBack, Overriding, Surroundings},
    error::Outcome,
    permits::{MoveUses, Permit},
};
use domain::{
    clash::Candidate,
    programme::{ProgrammeItem, input::ItemInput},
    visits::Visit,
};

/// A line with its visit.
pub(crate) struct Line {
    /// The line.
    pub(crate) item: ProgrammeItem,
    /// Its visit.
    pub(crate) visit: Visit,
}

impl Line {
    /// The line as it would be, with no more said of it than this.
    ///
    /// # Errors
    /// When something given is wrong, or a part is said that the author may not read.
    pub(crate) fn changed(&self, context: &RequestContext, said: ItemInput) -> Outcome<ProgrammeItem> {
        let details = said.onto(&self.item, &self.visit, author(context), context.zones())?;
        Ok(ProgrammeItem { details, ..self.item.clone() })
    }

    /// What a line of this visit would take, and what frames it.
    ///
    /// # Errors
    /// When what it names does not exist, or the database refuses.
    pub(crate) async fn taking(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        line: &ProgrammeItem,
        standing: Standing,
    ) -> Outcome<(Candidate, Surroundings)> {
        let prepared = prepare(context, connection, &self.visit, line, standing).await?;
        let intended = prepared.intended();
        Ok((intended.candidate.clone(), intended.surroundings.clone()))
    }

    /// Saves the line as it is to be; what it held before was given back already.
    ///
    /// # Errors
    /// When something it needs is taken, or the database refuses.
    pub(crate) async fn save(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        permit: &Permit<MoveUses>,
        changed: &ProgrammeItem,
        given_back: &GivenBack,
    ) -> Outcome<(i64, Digest)> {
        // The visit's other uses of the room that it leaves have their whole margins again.
        give_back(context, transaction, &self.visit, &self.item).await?;
        let prepared = prepare(context, transaction, &self.visit, changed, Standing::Saved).await?;
        let checked = prepared.check(context, transaction, &Overriding { reason: None, given_back }).await?;
        let written = update(context, transaction, permit, &self.item, &changed.details, &prepared.people).await?;
        prepared.take(context, transaction, &self.visit, &checked).await?;
        Ok(written)
    }
}

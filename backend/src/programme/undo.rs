//! One's own last changes of a programme undone, and done again: as changes of their own, so that every revision stays.

use super::{
    changes::{self, ChangedLine, OwnChange},
    live_view, store,
    taking::{Before, Shifted},
    together::Together,
};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{EditProgramme, authorise},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{ChangeId, VisitId},
    marking::view::ItemView,
    problems::Problem,
    programme::{ItemState, ProgrammeItem, undo::Turn},
    visits::Visit,
};

/// The field that names the change itself, where what is wrong is of all of it.
pub const CHANGE: &str = "change";

/// The field of what is wrong where a line has begun.
pub const BEGUN: &str = "begun";

/// What of one's own changes of a programme can be undone next, and done again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turns {
    /// The last change that was not undone.
    pub undo: Option<OwnChange>,
    /// What was undone last.
    pub redo: Option<OwnChange>,
}

/// What was undone, or done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    /// The lines that changed or came back, as they now are.
    pub lines: Vec<ItemView>,
    /// How many lines keep a marking that was raised since: undoing never lowers one.
    pub kept: usize,
}

/// What of one's own changes of a programme can be undone next, and done again.
///
/// # Errors
/// When there is no such visit for this reader, the actor may not change its programme, or the database refuses.
pub async fn read_turns(context: &RequestContext, visit: VisitId) -> Outcome<Turns> {
    let account = context.account()?;
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let undo = changes::next(context, &mut connection, (account, visit.id), Turn::Undo).await?;
    let redo = changes::next(context, &mut connection, (account, visit.id), Turn::Redo).await?;
    Ok(Turns { undo, redo })
}

/// A line with what it is to say again.
struct Back {
    /// The line as it is, or last was.
    now: ProgrammeItem,
    /// Whether it is in the programme.
    is_there: bool,
    /// What it says again; none if it leaves the programme.
    then: Option<ProgrammeItem>,
}

impl Back {
    /// Whether it has begun on its day, and would leave the programme or stand at another time in it.
    fn would_move_what_has_begun(&self) -> bool {
        let time = self.now.details.time_for_rules();
        let stays = |then: &ProgrammeItem| {
            let then = then.details.time_for_rules();
            (then.starts(), then.ends()) == (time.starts(), time.ends())
        };
        self.is_there && time.actual().is_taken() && !self.then.as_ref().is_some_and(stays)
    }
}

/// Whether a reader sees a line as the reader's own change left it. How it went since is no change of the programme, and what is
/// hidden from the reader does not count.
fn is_as_left(context: &RequestContext, (visit, directory): (&Visit, &OfficeDirectory), now: &ProgrammeItem, left: &ProgrammeItem) -> bool {
    let seen = |item: &ProgrammeItem| {
        let mut view = live_view(context, item, visit, directory).filter(|view| !view.is_stand_in)?;
        (view.begun_at, view.ended_at) = (None, None);
        Some(view)
    };
    let now = seen(now);
    now.is_some() && now == seen(left)
}

/// What becomes of a line of a change, if it still is as the change left it.
///
/// # Errors
/// [`Failure::Stale`] when somebody changed it since.
async fn back(
    context: &RequestContext,
    connection: &mut impl Connection,
    (visit, directory): (&Visit, &OfficeDirectory),
    line: &ChangedLine,
    turn: Turn,
) -> Outcome<Back> {
    let of = (line.item, visit.id);
    let (left, wanted) = match turn {
        Turn::Undo => (Some(line.after), line.before),
        Turn::Redo => (line.before, Some(line.after)),
    };
    let left = match left {
        Some(revision) => store::at_revision(context, connection, of, revision).await?,
        None => None,
    };
    let then = match wanted {
        Some(revision) => store::at_revision(context, connection, of, revision).await?,
        None => None,
    };
    let now = store::one(context, connection, line.item).await?;
    match (now, left) {
        (Some(now), Some(left)) if is_as_left(context, (visit, directory), &now, &left) => Ok(Back { now, is_there: true, then }),
        (None, None) => {
            let now = store::last_of_removed(context, connection, line.item).await?.ok_or(Failure::Stale)?;
            live_view(context, &now, visit, directory).filter(|view| !view.is_stand_in).ok_or(Failure::Stale)?;
            Ok(Back { now, is_there: false, then })
        }
        _ => Err(Failure::Stale),
    }
}

/// Whether a line may stand so in its visit, as the visit is now.
fn stands(context: &RequestContext, visit: &Visit, now: &Back, after: &ProgrammeItem) -> Outcome<()> {
    let may = match after.details.state {
        ItemState::Wished => true,
        ItemState::Held => visit.details.state.holds_things(),
        ItemState::Firm => visit.details.state.allows_firm_lines(),
    };
    if !may {
        return Err(Failure::field(CHANGE, Problem::StateRefused));
    }
    let before = now.is_there.then_some(&now.now.details);
    if after.details.is_held_in_vain(before, context.now()) {
        return Err(Failure::field(CHANGE, Problem::EndsBeforeStart));
    }
    Ok(())
}

/// Undoes an own change of a programme, if it is the last one and its lines are still as it left them; or does again what was undone
/// last. All of it or nothing. A marking is never lowered so: one that was raised stays raised.
///
/// A change whose lines somebody else changed since is forgotten: then the one before it can be undone. So is one whose room is no
/// longer kept.
///
/// # Errors
/// [`Failure::Stale`] when somebody else changed one of its lines since; when it is not the next to be undone, or something that a line
/// needs is taken by now; when the actor may not.
pub async fn turn_change(context: &RequestContext, visit: VisitId, change: ChangeId, turn: Turn) -> Outcome<Turned> {
    let turned = retried(|| turn_once(context, visit, change, turn)).await;
    let is_past = match &turned {
        Err(Failure::Stale) => true,
        Err(Failure::Invalid(problems)) => problems.iter().any(|problem| ![CHANGE, BEGUN].contains(&problem.field.as_str())),
        _ => false,
    };
    if is_past {
        retried(|| async {
            let mut transaction = context.write().await?;
            changes::forget(context, &mut transaction, change).await?;
            transaction.commit().await?;
            Ok(())
        })
        .await?;
    }
    turned
}

async fn turn_once(context: &RequestContext, visit: VisitId, change: ChangeId, turn: Turn) -> Outcome<Turned> {
    let account = context.account()?;
    let mut transaction = context.write().await?;
    let visit = visits::known(context, &mut transaction, visit).await?;
    let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let next = changes::next(context, &mut transaction, (account, visit.id), turn).await?;
    if next.map(|next| next.id) != Some(change) {
        return Err(Failure::field(CHANGE, Problem::Unknown));
    }
    let directory = OfficeDirectory::load(context, &mut transaction).await?;
    let of_change = changes::lines_of(context, &mut transaction, change).await?;
    let (mut changed, mut removed, mut kept) = (Vec::new(), Vec::new(), 0);
    for line in &of_change {
        let back = back(context, &mut transaction, (&visit, &directory), line, turn).await?;
        if back.would_move_what_has_begun() {
            return Err(Failure::field(BEGUN, Problem::StateRefused));
        }
        let Some(then) = &back.then else {
            if back.is_there {
                removed.push(back.now);
            }
            continue;
        };
        let restored = back.now.restored(&then.details, &visit, context.reader());
        kept += usize::from(!restored.kept.is_empty());
        // What it goes back to may have been settled by rules of the clocks that are past.
        let details = restored.details.renewed(context.zones()).unwrap_or(restored.details);
        let after = ProgrammeItem { details, ..back.now.clone() };
        stands(context, &visit, &back, &after)?;
        let before = match back.is_there {
            true => Before::There(Box::new(back.now)),
            false => Before::TakenOut { revision: back.now.revision + 1 },
        };
        changed.push(Shifted { before, after });
    }
    let lines = store::of_visit(context, &mut transaction, visit.id).await?;
    let together = Together { visit, directory, lines, changed, removed };
    let taken = together.take(context, &mut transaction, &permit, None).await?;
    changes::turned(context, &mut transaction, (account, change), turn, (&of_change, &taken.written)).await?;
    let visit = &together.visit;
    let intent = match turn {
        Turn::Undo => Intent::UndoChange,
        Turn::Redo => Intent::RedoChange,
    };
    let entry = Entry::done(intent).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
    audit::record(context, &mut transaction, taken.noted_in(entry)).await?;
    let now = together.now(context, &mut transaction).await?;
    let lines = now.iter().filter_map(|item| live_view(context, item, visit, &together.directory)).collect();
    transaction.commit().await?;
    Ok(Turned { lines, kept })
}

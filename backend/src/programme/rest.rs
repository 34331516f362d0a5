//! Moving the rest of a day: looked at with all of it where it would go, and done in one step or not at all.

use super::{
    changes, live_view, store,
    taking::{Before, Shifted},
    together::{Goes, Offers, Together, day_line, moved_to},
};
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, delivered},
    },
    context::{RequestContext, retried},
    database::{Connection, DatabaseError},
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{EditProgramme, authorise},
    version::{ETag, Seen},
    visits,
};
use chrono::TimeDelta;
use domain::{
    audit::{Intent, ThingKind},
    ids::{ItemId, VisitId},
    marking::view::{ItemView, RestLineView, RestMetView, RestView},
    problems::Problem,
    programme::{
        ProgrammeItem,
        day::rest::{DayLine, Fate, MOST_MOVED, RestInput, Stays, meetings, moved_rest},
        undo::ChangeKind,
    },
    visits::Visit,
};
use std::collections::BTreeMap;

/// The rest of a day, with what becomes of each line of that day.
struct Rest {
    first: ItemId,
    minutes: i64,
    /// The lines of the day that its mover knows of, in their order, with what becomes of each.
    day: Vec<(ItemView, DayLine, Fate)>,
    /// Those that move.
    together: Together,
}

/// Finds the rest of a day and what becomes of it. Who asks may change the programme.
async fn gather(context: &RequestContext, connection: &mut impl Connection, visit: Visit, input: &RestInput) -> Outcome<Rest> {
    let first = input.read()?;
    // No more than half a day: it was read.
    let by = TimeDelta::minutes(input.minutes);
    let span_of = |item: &ProgrammeItem| item.details.span().ok_or(Failure::Corrupt { what: "programme line" });
    let directory = OfficeDirectory::load(context, connection).await?;
    let lines = store::of_visit(context, connection, visit.id).await?;
    let unknown = || Failure::field("item_id", Problem::Unknown);
    let begins = lines.iter().find(|item| item.id == first).ok_or_else(unknown)?;
    live_view(context, begins, &visit, &directory).filter(|view| !view.is_stand_in).ok_or_else(unknown)?;
    let date_of = |item: &ProgrammeItem| item.details.time_for_rules().starts().local.date();
    let mut views = Vec::new();
    let mut day = Vec::new();
    for item in lines.iter().filter(|item| date_of(item) == date_of(begins)) {
        if let Some(view) = live_view(context, item, &visit, &directory) {
            let is_of_rest = span_of(item)?.starts() >= span_of(begins)?.starts();
            day.push(day_line(context, item, &view, is_of_rest, span_of(item)?.starts() + by)?);
            views.push(view);
        }
    }
    let fates = moved_rest(&day, input.minutes);
    let mut moving = Vec::new();
    for (line, fate) in day.iter().zip(&fates) {
        let Fate::Moves(_) = fate else { continue };
        let before = lines.iter().find(|item| item.id == line.item).ok_or_else(unknown)?.clone();
        let time = before.details.time_for_rules().moved(by, context.zones());
        let time = time.ok_or_else(|| Failure::field("minutes", Problem::NotATime))?;
        moving.push(Shifted { after: moved_to(context, &before, &visit, &time)?, before: Before::There(Box::new(before)) });
    }
    if moving.len() > MOST_MOVED {
        let most = i64::try_from(MOST_MOVED).unwrap_or(i64::MAX);
        return Err(Failure::field("item_id", Problem::OutOfBounds { least: 1, most }));
    }
    let day = views.into_iter().zip(day).zip(fates).map(|((view, line), fate)| (view, line, fate)).collect();
    let together = Together { visit, directory, lines, changed: moving, removed: Vec::new() };
    Ok(Rest { first, minutes: input.minutes, day, together })
}

impl Rest {
    /// The version of the rest as its mover sees it: it does not change with what is hidden.
    fn version(&self) -> Outcome<ETag> {
        let seen: Vec<&ItemView> = self.of_rest().map(|(view, _, _)| view).collect();
        ETag::of(&(self.first, self.minutes, seen))
    }

    fn of_rest(&self) -> impl Iterator<Item = &(ItemView, DayLine, Fate)> {
        self.day.iter().filter(|(_, _, fate)| *fate != Fate::Stays(Stays::Before))
    }

    /// It in words for its mover.
    async fn view(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<RestView> {
        let Together { visit, directory, changed, .. } = &self.together;
        let prepared = self.together.prepare(context, connection).await?;
        let clashes = self.together.clashes(context, connection, &prepared, Offers::Nothing).await?;
        let mut goes: BTreeMap<ItemId, Goes> = BTreeMap::new();
        for ((it, line), clashes) in changed.iter().zip(&prepared).zip(clashes) {
            goes.extend(Goes::of(context, &it.after, visit, directory, line, clashes).map(|goes| (it.after.id, goes)));
        }
        let (lines, fates): (Vec<DayLine>, Vec<Fate>) = self.day.iter().map(|(_, line, fate)| (*line, *fate)).unzip();
        let met = meetings(&lines, &fates);
        let title_of = |id: ItemId| self.day.iter().find(|(view, _, _)| view.id == id).and_then(|(view, _, _)| view.title.clone());
        let each = self.of_rest().map(|(view, line, fate)| {
            let Goes { starts, ends, capital, asks_again, clashes } = goes.remove(&line.item).unwrap_or_default();
            let meets = met.iter().filter(|met| met.moved == line.item).filter_map(|met| {
                Some(RestMetView { item_id: met.other, title: title_of(met.other)?, how: met.how, minutes: met.minutes })
            });
            let stays = match fate {
                Fate::Moves(_) => None,
                Fate::Stays(why) => Some(*why),
            };
            RestLineView {
                item: view.clone(),
                starts,
                ends,
                capital,
                problems: Vec::new(),
                stays,
                asks_again,
                meets: meets.collect(),
                clashes,
            }
        });
        let lines = each.collect();
        let mut view = RestView::of((visit.id, self.first, self.minutes), lines, context.reader());
        self.version()?.as_str().clone_into(&mut view.version);
        Ok(view)
    }
}

/// The rest of a day, from one line on, as it would be moved by some minutes: what goes where, what stays and why, and what would
/// stand in its way. Nothing is saved.
///
/// # Errors
/// When there is no such visit for this reader, the actor may not change its programme, or something given is wrong. What clashes is
/// no error here.
pub async fn check_rest(context: &RequestContext, visit: VisitId, input: &RestInput) -> Outcome<RestView> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let rest = gather(context, &mut connection, visit, input).await?;
    let view = rest.view(context, &mut connection).await?;
    let of = |view: &ItemView| rest.together.lines.iter().find(|item| item.id == view.id).map(|item| Delivered::item(item, view));
    let things: Vec<Delivered> = view.lines.iter().filter_map(|line| of(&line.item)).collect();
    delivered(context, connection, &things).await?;
    Ok(view)
}

/// Moves the rest of a day, if its lines are still as its author saw them: all of it or nothing. What has begun, is fixed, or may not
/// be read stays. Gives the lines that moved, as they now are.
///
/// # Errors
/// [`Failure::RestRefused`] when a line changed since, or one cannot go where it was to go; when the actor may not, or something given
/// is wrong.
pub async fn move_rest(context: &RequestContext, visit: VisitId, input: &RestInput) -> Outcome<Vec<ItemView>> {
    let seen = Seen::from_form(input.seen.as_deref().unwrap_or_default());
    let attempt = retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let rest = gather(context, &mut transaction, visit, input).await?;
        seen.check(&rest.version()?)?;
        let Together { visit, directory, changed, .. } = &rest.together;
        if changed.is_empty() {
            return Err(Failure::field("item_id", Problem::StateRefused));
        }
        let taken = rest.together.take(context, &mut transaction, &permit, input.reason.as_deref()).await?;
        rest.together.tell(context, &mut transaction, &taken.prepared).await?;
        changes::keep(context, &mut transaction, visit.id, ChangeKind::Moved, &taken.written).await?;
        let entry = Entry::done(Intent::MoveRest).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        audit::record(context, &mut transaction, taken.noted_in(entry)).await?;
        let now = rest.together.now(context, &mut transaction).await?;
        let moved = now.iter().filter_map(|item| live_view(context, item, visit, directory)).collect();
        transaction.commit().await?;
        Ok(moved)
    })
    .await;
    match attempt {
        Err(Failure::Clash(_) | Failure::Stale | Failure::Database(DatabaseError::Engaged)) => {
            Err(Failure::RestRefused(Box::new(check_rest(context, visit, input).await?)))
        }
        other => other,
    }
}

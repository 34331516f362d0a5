//! Lines moved or copied together: looked at with all of them where they would go, and done in one step or not at all.

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
    rooms,
    version::{ETag, Seen},
    visits,
};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    audit::{Intent, ThingKind},
    ids::{ItemId, VisitId},
    marking::view::{ClashView, ItemView, RestLineView, RestMetView, ShiftView},
    problems::{FieldProblem, Problem},
    programme::{
        ItemTime, ProgrammeItem,
        copied::Copying,
        day::rest::{DayLine, Fate, MOST_MOVED, Nearing, Stays, meetings, stays},
        shift::{By, MOST_DAYS, Shift, ShiftInput, Shifting, Twice, shifted},
        undo::ChangeKind,
    },
    visits::Visit,
};
use language::{Locale, Words};
use std::collections::BTreeMap;

/// A line that was chosen, and what becomes of it.
struct ChosenLine {
    view: ItemView,
    /// Why it stays where it is.
    stays: Option<Stays>,
    /// The line that it becomes, or of which the copy is made.
    becomes: Option<ItemId>,
    /// What is wrong with where it would go.
    problems: Vec<FieldProblem>,
    /// Whether the room it has is none that could be had then.
    has_no_room: bool,
}

/// Lines that are to go together, with what becomes of each.
struct Going {
    how: Shifting,
    minutes: i64,
    twice: Option<Twice>,
    chosen: Vec<ChosenLine>,
    /// All lines of the visit that their mover knows of, with what becomes of each when they are moved.
    known: Vec<(ItemView, DayLine, Fate)>,
    together: Together,
}

fn starts_on(item: &ProgrammeItem) -> NaiveDate {
    item.details.time_for_rules().starts().local.date()
}

/// By how many minutes the lines go, on their clocks.
fn minutes_of(by: By, first: NaiveDate) -> Outcome<i64> {
    let minutes = by.minutes(first);
    let By::To(day) = by else { return Ok(minutes) };
    if (day - first).num_days().abs() > MOST_DAYS {
        let most = TimeDelta::days(MOST_DAYS);
        return Err(Failure::field("to_day", Problem::DateOutOfBounds { earliest: first - most, latest: first + most }));
    }
    if minutes == 0 { Err(Failure::field("to_day", Problem::AlreadyTaken)) } else { Ok(minutes) }
}

/// Whether a line would have the room it names; of one that names none, that it would.
async fn has_its_room(context: &RequestContext, connection: &mut impl Connection, item: &ProgrammeItem) -> Outcome<bool> {
    let Some((room, _)) = item.details.room_for_rules() else { return Ok(true) };
    let ends = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?.ends();
    Ok(rooms::find_for(context, connection, room, ends).await?.is_some())
}

/// The line that another becomes, or of which the copy is made; none where its author may not read it.
fn becomes(context: &RequestContext, how: Shifting, item: &ProgrammeItem, visit: &Visit, time: ItemTime) -> Outcome<Option<Shifted>> {
    match how {
        Shifting::Move => {
            let after = moved_to(context, item, visit, &time)?;
            Ok(Some(Shifted { before: Before::There(Box::new(item.clone())), after }))
        }
        Shifting::Copy => {
            let copying = Copying { from: visit, to: visit, reader: context.reader(), originator: context.actor().account() };
            let copy = item.copied(context.new_id(), time, &copying);
            Ok(copy.map(|after| Shifted { before: Before::Nowhere, after }))
        }
    }
}

/// Finds the lines that are to go, and what becomes of each. Who asks may change the programme.
async fn gather(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: Visit,
    (how, input): (Shifting, &ShiftInput),
) -> Outcome<Going> {
    let Shift { chosen, by, twice } = input.read()?;
    let directory = OfficeDirectory::load(context, connection).await?;
    let lines = store::of_visit(context, connection, visit.id).await?;
    let views: Vec<(&ProgrammeItem, ItemView)> =
        lines.iter().filter_map(|item| Some((item, live_view(context, item, &visit, &directory)?))).collect();
    let is_chosen = |item: &ProgrammeItem| chosen.has(item.id, starts_on(item));
    let count = views.iter().filter(|(item, _)| is_chosen(item)).count();
    let (field, wanted) = match &chosen {
        domain::programme::shift::Chosen::Lines(lines) => ("item_ids", lines.len()),
        domain::programme::shift::Chosen::Day(_) => ("day", count.max(1)),
    };
    // What is not there, and what its mover knows nothing of, is answered alike.
    if count != wanted {
        return Err(Failure::field(field, Problem::Unknown));
    }
    if count > MOST_MOVED {
        let most = i64::try_from(MOST_MOVED).unwrap_or(i64::MAX);
        return Err(Failure::field(field, Problem::OutOfBounds { least: 1, most }));
    }
    let first = views.iter().filter(|(item, _)| is_chosen(item)).map(|(item, _)| starts_on(item)).min();
    let minutes = minutes_of(by, first.ok_or_else(|| Failure::field(field, Problem::Unknown))?)?;
    let mut times = BTreeMap::new();
    let mut day = Vec::with_capacity(views.len());
    for (item, view) in &views {
        let time = shifted(item.details.time_for_rules(), minutes, twice, context.zones());
        let had = item.details.time_for_rules().starts().at();
        let then = time.as_ref().map_or(had, |time| time.starts().at());
        day.push(day_line(context, item, view, is_chosen(item), then)?);
        times.insert(item.id, time);
    }
    // A copy takes nothing from the line it is of, whatever holds that where it is.
    let stays: Vec<Option<Stays>> = match how {
        Shifting::Move => stays(&day),
        Shifting::Copy => {
            let stays = |line: &DayLine| if line.is_of_rest { (!line.is_read).then_some(Stays::Hidden) } else { Some(Stays::Before) };
            day.iter().map(stays).collect()
        }
    };
    let (mut changed, mut chosen_lines, mut fates) = (Vec::new(), Vec::new(), Vec::with_capacity(day.len()));
    for (((item, view), line), stays) in views.iter().zip(&day).zip(&stays) {
        let mut fate = Fate::Stays(stays.unwrap_or(Stays::Before));
        let mut chosen = ChosenLine { view: view.clone(), stays: *stays, becomes: None, problems: Vec::new(), has_no_room: false };
        if stays.is_none() {
            fate = Fate::Moves(line.during);
            match times.remove(&item.id) {
                Some(Ok(time)) => match becomes(context, how, item, &visit, time)? {
                    Some(shifted) if has_its_room(context, connection, &shifted.after).await? => {
                        chosen.becomes = Some(shifted.after.id);
                        fate = shifted.after.details.span().map_or(fate, Fate::Moves);
                        changed.push(shifted);
                    }
                    Some(_) => chosen.has_no_room = true,
                    None => chosen.stays = Some(Stays::Hidden),
                },
                Some(Err(problems)) => chosen.problems = problems,
                None => {}
            }
        }
        fates.push(fate);
        if line.is_of_rest {
            chosen_lines.push(chosen);
        }
    }
    let views: Vec<ItemView> = views.into_iter().map(|(_, view)| view).collect();
    let known = views.into_iter().zip(day).zip(fates).map(|((view, line), fate)| (view, line, fate)).collect();
    let together = Together { visit, directory, lines, changed, removed: Vec::new() };
    Ok(Going { how, minutes, twice, chosen: chosen_lines, known, together })
}

impl Going {
    /// The version of the lines as their mover sees them. With it a copy is made once: it changes with which lines there are.
    fn version(&self) -> Outcome<ETag> {
        let seen: Vec<&ItemView> = self.chosen.iter().map(|line| &line.view).collect();
        let there: Vec<ItemId> = match self.how {
            Shifting::Move => Vec::new(),
            Shifting::Copy => self.known.iter().map(|(view, _, _)| view.id).collect(),
        };
        ETag::of(&(self.how, self.minutes, self.twice, seen, there))
    }

    /// Whether each line that is to go has a time and, where it names one, a room there.
    fn is_sound(&self) -> bool {
        self.chosen.iter().all(|line| line.problems.is_empty() && !line.has_no_room)
    }

    /// It in words for who moves or copies them.
    async fn view(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<ShiftView> {
        let Together { visit, directory, changed, .. } = &self.together;
        let prepared = self.together.prepare(context, connection).await?;
        let clashes = self.together.clashes(context, connection, &prepared, Offers::Nearest).await?;
        let mut goes: BTreeMap<ItemId, Goes> = BTreeMap::new();
        for ((it, line), clashes) in changed.iter().zip(&prepared).zip(clashes) {
            goes.extend(Goes::of(context, &it.after, visit, directory, line, clashes).map(|goes| (it.after.id, goes)));
        }
        let (lines, fates): (Vec<DayLine>, Vec<Fate>) = self.known.iter().map(|(_, line, fate)| (*line, *fate)).unzip();
        let met = if self.how == Shifting::Move { meetings(&lines, &fates) } else { Vec::new() };
        let title_of = |id: ItemId| self.known.iter().find(|(view, _, _)| view.id == id).and_then(|(view, _, _)| view.title.clone());
        let words = Words::new(Locale::English);
        let each = self.chosen.iter().map(|line| {
            let Goes { starts, ends, capital, asks_again, mut clashes } =
                line.becomes.and_then(|after| goes.remove(&after)).unwrap_or_default();
            if line.has_no_room {
                clashes.push(ClashView::new(context.reader(), words.shift_no_room(), Vec::new()));
            }
            // Lines that go to another day pass all that stands between: only what they come to stand beside is worth a word.
            let meets = met.iter().filter(|met| met.moved == line.view.id && met.how != Nearing::Passes).filter_map(|met| {
                Some(RestMetView { item_id: met.other, title: title_of(met.other)?, how: met.how, minutes: met.minutes })
            });
            RestLineView {
                item: line.view.clone(),
                starts,
                ends,
                capital,
                problems: line.problems.clone(),
                stays: line.stays,
                asks_again,
                meets: meets.collect(),
                clashes,
            }
        });
        let lines = each.collect();
        let mut view = ShiftView::of((visit.id, self.minutes), lines, context.reader());
        self.version()?.as_str().clone_into(&mut view.version);
        Ok(view)
    }
}

/// Lines as they would be moved or copied together: where each goes, which stay and why, and what would stand in the way of each when
/// all of them are there. Nothing is saved.
///
/// # Errors
/// When there is no such visit for this reader, the actor may not change its programme, or something given is wrong. What clashes, and
/// a time that does not exist or comes twice, is no error here.
pub async fn check_shift(context: &RequestContext, visit: VisitId, how: Shifting, input: &ShiftInput) -> Outcome<ShiftView> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let going = gather(context, &mut connection, visit, (how, input)).await?;
    let view = going.view(context, &mut connection).await?;
    let of = |view: &ItemView| going.together.lines.iter().find(|item| item.id == view.id).map(|item| Delivered::item(item, view));
    let things: Vec<Delivered> = view.lines.iter().filter_map(|line| of(&line.item)).collect();
    delivered(context, connection, &things).await?;
    Ok(view)
}

/// Moves lines together, or copies them as wishes, if they are still as their author saw them: all of it or nothing. What has begun, is
/// fixed, or may not be read stays where it is. Gives the lines that moved or are new, as they now are.
///
/// # Errors
/// [`Failure::ShiftRefused`] when a line changed since, or one cannot go where it was to go; when the actor may not, or something given
/// is wrong.
pub async fn shift_lines(context: &RequestContext, visit: VisitId, how: Shifting, input: &ShiftInput) -> Outcome<Vec<ItemView>> {
    let seen = Seen::from_form(input.seen.as_deref().unwrap_or_default());
    let attempt = retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let going = gather(context, &mut transaction, visit, (how, input)).await?;
        seen.check(&going.version()?)?;
        if !going.is_sound() {
            return Err(Failure::Stale);
        }
        let Together { visit, directory, changed, .. } = &going.together;
        if changed.is_empty() {
            return Err(Failure::field("item_ids", Problem::StateRefused));
        }
        let taken = going.together.take(context, &mut transaction, &permit, input.reason.as_deref()).await?;
        if how == Shifting::Move {
            going.together.tell(context, &mut transaction, &taken.prepared).await?;
        }
        let (kind, intent) = match how {
            Shifting::Move => (ChangeKind::Moved, Intent::MoveLines),
            Shifting::Copy => (ChangeKind::Copied, Intent::CopyLines),
        };
        changes::keep(context, &mut transaction, visit.id, kind, &taken.written).await?;
        let entry = Entry::done(intent).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        audit::record(context, &mut transaction, taken.noted_in(entry)).await?;
        let now = going.together.now(context, &mut transaction).await?;
        let shifted = now.iter().filter_map(|item| live_view(context, item, visit, directory)).collect();
        transaction.commit().await?;
        Ok(shifted)
    })
    .await;
    match attempt {
        Err(Failure::Clash(_) | Failure::Stale | Failure::Database(DatabaseError::Engaged)) => {
            Err(Failure::ShiftRefused(Box::new(check_shift(context, visit, how, input).await?)))
        }
        other => other,
    }
}

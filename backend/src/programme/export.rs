//! Programmes as files, in the columns of an import.

use super::{delivered_lines, live_lines, store};
use crate::{
    audit::{self, Entry, deliveries::taken_away},
    context::RequestContext,
    csv_file,
    error::{Failure, Outcome},
    permits::{PrintProgramme, authorise},
    visits,
};
use domain::{
    audit::{Intent, ThingKind, Way},
    ids::VisitId,
    marking::{Channel, view::ItemView},
    programme::import::COLUMNS,
    time::{Moment, Resolution, ZoneRules, agreed::MomentView, clocks::hours_minutes, wall_at},
};

/// The live programme of a visit as a file of comma-separated values, with what its reader may have in a file. A line that could
/// only stand there as a stand-in is left out: an import of the same file would take it for another line.
///
/// # Errors
/// When there is no such visit for this reader, or the reader may not have its draft in a file.
pub async fn export_programme(context: &RequestContext, visit: VisitId) -> Outcome<Vec<u8>> {
    let mut transaction = context.write().await?;
    let visit = visits::known(context, &mut transaction, visit).await?;
    authorise::<PrintProgramme>(context, visits::facts(context, &visit))?;
    if !context.reader().is_on(visit.id) {
        return Err(Failure::Forbidden);
    }
    let items = store::of_visit(context, &mut transaction, visit.id).await?;
    let mut views = live_lines(context, &mut transaction, &items, &visit, Channel::File).await?;
    views.retain(|view| !view.is_stand_in);
    let entry = Entry::done(Intent::ExportProgramme).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
    let entry = taken_away(context, &mut transaction, Way::File, &delivered_lines(&items, &views), entry).await?;
    audit::record(context, &mut transaction, entry).await?;
    let rows = views.iter().filter_map(|view| row(view, context.zones())).collect::<Vec<_>>();
    let file = csv_file::write(&COLUMNS, rows).map_err(|_| Failure::Corrupt { what: "file" })?;
    transaction.commit().await?;
    Ok(file)
}

/// A line as a row that an import finds again, which it does by the title; none for what has no title or kind to show.
fn row(view: &ItemView, rules: &dyn ZoneRules) -> Option<Vec<String>> {
    let starts = &view.starts;
    // A row has one zone: the end is told on the clocks of the start.
    let ends = Moment::from(view.ends.clone());
    let ends = if ends.zone == starts.zone { ends } else { wall_at(rules, &starts.zone, ends.at()).unwrap_or(ends) };
    let ends = MomentView::from(ends);
    let day = if ends.local.date() == starts.local.date() { String::new() } else { format!("{}T", ends.local.date()) };
    let place = view.room.as_ref().map(|room| room.name.clone()).or_else(|| view.place.clone());
    Some(vec![
        starts.local.date().to_string(),
        clock(starts, rules),
        format!("{day}{}", clock(&ends, rules)),
        starts.zone.to_string(),
        view.kind?.word().to_owned(),
        view.title.clone()?,
        place.unwrap_or_default(),
        String::new(),
        view.notes.clone().unwrap_or_default(),
    ])
}

/// The time of day; where it exists twice, with the offset that says which.
fn clock(moment: &MomentView, rules: &dyn ZoneRules) -> String {
    let time = hours_minutes(moment.local);
    match rules.resolve(&moment.zone, moment.local) {
        Ok(Resolution::Ambiguous { .. }) => format!("{time}{}", moment.offset),
        Ok(Resolution::Unique(_) | Resolution::Skipped { .. }) | Err(_) => time,
    }
}

//! Programmes from files: shown first, then taken as a whole or not at all.

use super::{author, live_view, store, taking::guest_of};
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, delivered},
    },
    context::{RequestContext, retried},
    csv_file::{Columns, CsvFile},
    database::{Connection, WriteTransaction},
    directory::OfficeDirectory,
    error::Outcome,
    permits::{EditProgramme, authorise},
    statements, values, visits,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{ItemId, PersonId, VisitId},
    imports::{ImportRefusal, ImportReport, RowProblem},
    programme::import::{
        Existing, ImportAction, ImportPlan, ImportPreview, ImportRow, NEEDED, OPTIONAL, PlannedLine, ProgrammeRow, RowWarning, plan,
    },
    visits::Visit,
};
use language::{Locale, Words};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

statements! {
    AS_IMPORTED = "SELECT id FROM items WHERE office_id = $1 AND visit_id = $2 AND removed_at IS NULL AND imported_revision = revision";
    MARK_IMPORTED = "UPDATE items SET imported_revision = revision WHERE office_id = $1 AND id = $2";
}

const COLUMNS: Columns = Columns { needed: &NEEDED, optional: &OPTIONAL };

/// A file, as far as it can be read for a visit.
struct Understood {
    plan: ImportPlan,
    ignored_columns: Vec<String>,
}

async fn understand(context: &RequestContext, connection: &mut impl Connection, visit: &Visit, bytes: &[u8]) -> Outcome<Understood> {
    let file = CsvFile::read(bytes, COLUMNS)?;
    let mut misshapen = Vec::new();
    let mut rows = Vec::with_capacity(file.rows().len());
    for row in file.rows() {
        if let Some(problem) = row.refused(Vec::new()) {
            misshapen.push(problem);
            continue;
        }
        let cells = COLUMNS.needed.iter().chain(COLUMNS.optional);
        let cells: BTreeMap<String, String> =
            cells.filter_map(|column| Some(((*column).to_owned(), row.get(column)?.to_owned()))).collect();
        rows.push(ProgrammeRow { line: row.line(), cells });
    }
    let items = store::of_visit(context, connection, visit.id).await?;
    let imported: Vec<(Uuid,)> = connection.all(AS_IMPORTED, values![context.office_id(), visit.id]).await?;
    let imported: BTreeSet<ItemId> = imported.into_iter().map(|(id,)| ItemId(id)).collect();
    let existing: Vec<Existing<'_>> = items.iter().map(|item| Existing { item, is_as_imported: imported.contains(&item.id) }).collect();
    let mut plan = plan(&rows, visit, &existing, author(context), context.reader(), context.zones(), || context.new_id());
    plan.problems.extend(misshapen);
    plan.problems.sort_by_key(|problem: &RowProblem| problem.line);
    Ok(Understood { plan, ignored_columns: file.ignored_columns().to_vec() })
}

/// Shows what importing a file would do to a visit's programme: each line with both clocks, what there is to know of it, and
/// each bad row with its reasons. Nothing is written but that lines which are there already were shown.
///
/// # Errors
/// When the actor may not, there is no such visit, or the file can't be read as a whole.
pub async fn preview_import(context: &RequestContext, visit: VisitId, bytes: &[u8]) -> Outcome<ImportPreview> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let Understood { plan, ignored_columns } = understand(context, &mut connection, &visit, bytes).await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let words = Words::new(Locale::English);
    let mut known = Vec::new();
    let rows = plan.lines.into_iter().filter_map(|line| {
        let view = live_view(context, &line.item, &visit, &directory)?;
        // What is new is shown to who brought it.
        known.extend((line.action != ImportAction::New).then(|| Delivered::item(&line.item, &view)));
        let mut warnings: Vec<String> = line.warnings.iter().map(|warning| in_words(words, warning)).collect();
        warnings.extend((line.action == ImportAction::Kept).then(|| words.imports_warning_kept()));
        Some(ImportRow { line: line.line, view, action: line.action, warnings })
    });
    let rows = rows.collect();
    delivered(context, connection, &known).await?;
    Ok(ImportPreview { rows, problems: plan.problems, ignored_columns })
}

fn in_words(words: Words, warning: &RowWarning) -> String {
    match warning {
        RowWarning::NoTravelTime { line, place } => words.imports_warning_no_travel_time(*line, place.as_str()),
        RowWarning::Overlaps { line } => words.imports_warning_overlap(*line),
        RowWarning::OutsideDates => words.imports_warning_outside_dates(),
    }
}

/// Imports a file into a visit's programme: all of it or nothing, as wished lines.
///
/// A line that is there already is changed where it differs from the file, unless somebody wrote or changed it by hand.
///
/// # Errors
/// When the actor may not, there is no such visit, the file can't be read, or any row of it is wrong.
pub async fn import_programme(context: &RequestContext, visit: VisitId, bytes: &[u8]) -> Outcome<ImportReport> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let Understood { plan, ignored_columns } = understand(context, &mut transaction, &visit, bytes).await?;
        if !plan.problems.is_empty() {
            return Err(ImportRefusal::Rows { rows: plan.problems }.into());
        }
        let mut report = ImportReport { ignored_columns, ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportProgramme).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        let mut digests = Vec::new();
        for PlannedLine { action, item, .. } in plan.lines {
            let engaged: BTreeSet<PersonId> = item.details.people_for_rules().chain(guest_of(&visit, &item.details)).collect();
            let revision = match action {
                ImportAction::New => {
                    digests.push(store::insert(context, &mut transaction, &permit, &item, &engaged).await?);
                    report.added += 1;
                    1
                }
                ImportAction::Changed => {
                    let (revision, digest) = store::update(context, &mut transaction, &permit, &item, &item.details, &engaged).await?;
                    digests.push(digest);
                    report.changed += 1;
                    revision
                }
                ImportAction::Unchanged | ImportAction::Kept => {
                    report.unchanged += 1;
                    continue;
                }
            };
            mark_imported(context, &mut transaction, item.id).await?;
            entry = entry.thing(ThingKind::Item, item.id.uuid(), revision);
        }
        audit::record(context, &mut transaction, entry.digests(&digests)).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

async fn mark_imported(context: &RequestContext, transaction: &mut WriteTransaction, item: ItemId) -> Outcome<()> {
    transaction.execute(MARK_IMPORTED, values![context.office_id(), item]).await?;
    Ok(())
}

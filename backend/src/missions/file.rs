//! Missions as a file: taken in as a whole or not at all, and given out.
//!
//! A mission is found again by its name, its head by name among the mission's people, so that a file taken in twice doubles
//! nothing. A column that is not there leaves things as they are; an empty cell empties them.

use super::store;
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    csv_file::{self, Columns, CsvFile, CsvRow},
    directory::authorise_reading,
    error::{Failure, Outcome},
    people::{
        self,
        file::{Register, Written, languages},
    },
    permits::{ManageMissions, ReadOffice, authorise},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{MissionId, PersonId},
    imports::{ImportRefusal, ImportReport, RowProblem},
    missions::{Mission, MissionDetails, input::MissionInput},
    people::{Person, PersonDetails, input::PersonInput},
    permission::Facts,
    problems::{FieldProblem, Problem},
    text::folded,
};
use std::collections::{HashMap, HashSet};

/// The columns of a file of missions.
pub const COLUMNS: Columns = Columns {
    needed: &["name", "kind", "country", "country_name", "capital_zone"],
    optional: &[
        "capital",
        "address",
        "email",
        "national_day",
        "head_family",
        "head_given",
        "head_order",
        "head_own_script",
        "head_pronunciation",
        "head_address",
        "head_rank",
        "head_rank_own",
        "head_languages",
        "head_class",
        "head_honorary",
        "head_acting_since",
        "head_exequatur_on",
        "head_provisional_on",
        "head_commission_on",
        "head_functions_at",
    ],
};

/// A mission and its head as a row has them.
struct RowRead {
    id: MissionId,
    had: Option<Mission>,
    details: MissionDetails,
    head: Option<PersonDetails>,
}

/// `yes`, `no` and what spreadsheets make of them.
fn flag(text: &str) -> Result<bool, Problem> {
    match folded(text).as_str() {
        "yes" | "true" | "1" | "x" => Ok(true),
        "" | "no" | "false" | "0" => Ok(false),
        _ => Err(Problem::Unknown),
    }
}

fn mission_input(row: &CsvRow<'_>, head: Option<String>, honorary: Option<bool>) -> MissionInput {
    let text = |column: &str| row.get(column).map(str::to_owned);
    MissionInput {
        name: text("name"),
        kind: text("kind"),
        country: text("country"),
        country_name: text("country_name"),
        capital_zone: text("capital_zone"),
        capital: text("capital"),
        address: text("address"),
        email: text("email"),
        national_day: text("national_day"),
        head_person_id: head,
        head_class: text("head_class"),
        head_honorary: honorary,
        head_acting_since: text("head_acting_since"),
        head_exequatur_on: text("head_exequatur_on"),
        head_provisional_on: text("head_provisional_on"),
        head_commission_on: text("head_commission_on"),
        head_functions_at: text("head_functions_at"),
    }
}

fn head_input(row: &CsvRow<'_>, mission: MissionId) -> Option<PersonInput> {
    row.filled("head_family")?;
    let text = |column: &str| row.get(column).map(str::to_owned);
    Some(PersonInput {
        given: text("head_given"),
        family: text("head_family"),
        order: text("head_order"),
        own_script: text("head_own_script"),
        pronunciation: text("head_pronunciation"),
        address: text("head_address"),
        rank: text("head_rank"),
        rank_own: text("head_rank_own"),
        standing: Some("mission_member".into()),
        mission_id: Some(mission.to_string()),
        languages: row.get("head_languages").map(languages),
        ..PersonInput::default()
    })
}

fn read_row(
    context: &RequestContext,
    row: &CsvRow<'_>,
    missions: &HashMap<String, Mission>,
    register: &Register,
) -> Result<RowRead, Vec<FieldProblem>> {
    let had = row.get("name").and_then(|name| missions.get(&folded(name))).cloned();
    let id = had.as_ref().map_or_else(|| context.new_id(), |mission| mission.id);
    let mut problems = Vec::new();
    let honorary = row.get("head_honorary").map(flag).transpose().unwrap_or_else(|problem| {
        problems.push(FieldProblem { field: "head_honorary".into(), problem });
        None
    });
    let head = head_input(row, id).and_then(|input| match register.read(&input, Some(id), false) {
        Ok(details) => Some(details),
        Err(wrong) => {
            problems.extend(wrong.into_iter().map(|it| FieldProblem { field: format!("head_{}", it.field), ..it }));
            None
        }
    });
    // Who the head is by id is known when the row is written; until then a stand-in says that there is one.
    let person = match (&head, row.get("head_family")) {
        (Some(head), _) => Some(register.id_of(head).unwrap_or_else(|| context.new_id::<PersonId>()).to_string()),
        (None, Some("")) => Some(String::new()),
        (None, _) => None,
    };
    match mission_input(row, person, honorary).onto(had.as_ref().map(|mission| &mission.details), context.zones()) {
        Ok(details) if problems.is_empty() => Ok(RowRead { id, had, details, head }),
        Ok(_) => Err(problems),
        Err(more) => {
            problems.extend(more.into_iter().map(|it| {
                let field = if it.field == "head_person_id" { "head_family".to_owned() } else { it.field };
                FieldProblem { field, problem: it.problem }
            }));
            Err(problems)
        }
    }
}

/// Takes in a file of missions, with their heads: all of it, or nothing. Needed are the columns `name`, `kind`, `country`,
/// `country_name` and `capital_zone`.
///
/// # Errors
/// When the actor may not, the file can't be read, or a row is wrong: then each that is, with its line.
pub async fn import_missions(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManageMissions>(context, Facts::NONE)?;
    let file = CsvFile::read(bytes, COLUMNS)?;
    let (file, permit) = (&file, &permit);
    retried(|| async {
        let mut transaction = context.write().await?;
        let missions: HashMap<String, Mission> = store::all(context, &mut transaction)
            .await?
            .into_iter()
            .map(|mission| (folded(mission.details.name.as_str()), mission))
            .collect();
        let mut register = Register::load(context, &mut transaction).await?;
        let (mut wrong, mut read): (Vec<RowProblem>, Vec<RowRead>) = (Vec::new(), Vec::new());
        let mut seen: HashSet<String> = HashSet::new();
        for row in file.rows() {
            let (found, mut problems) = match read_row(context, &row, &missions, &register) {
                Ok(found) => (Some(found), Vec::new()),
                Err(problems) => (None, problems),
            };
            if row.filled("name").is_some_and(|name| !seen.insert(folded(name))) {
                problems.push(FieldProblem { field: "name".into(), problem: Problem::AlreadyTaken });
            }
            match row.refused(problems) {
                Some(refused) => wrong.push(refused),
                None => read.extend(found),
            }
        }
        if !wrong.is_empty() {
            return Err(ImportRefusal::Rows { rows: wrong }.into());
        }
        let mut report = ImportReport { ignored_columns: file.ignored_columns().to_vec(), ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportMissions);
        for RowRead { id, had, mut details, head } in read {
            let mut head_changed = false;
            if let Some(head) = head {
                let written = register.write(context, &mut transaction, permit, head).await?;
                if !matches!(written, Written::Unchanged(_)) {
                    head_changed = true;
                    entry = entry.thing(ThingKind::Person, written.person().id.uuid(), written.person().revision);
                }
                if let Some(post) = &mut details.head {
                    post.person = written.person().id;
                }
            }
            match had {
                Some(had) if had.details == details => {
                    if head_changed {
                        report.changed += 1;
                    } else {
                        report.unchanged += 1;
                    }
                }
                Some(had) => {
                    let (revision, _) = store::update(context, &mut transaction, permit, &Mission { details, ..had }).await?;
                    report.changed += 1;
                    entry = entry.thing(ThingKind::Mission, id.uuid(), revision);
                }
                None => {
                    store::insert(context, &mut transaction, permit, &Mission { id, revision: 1, details }).await?;
                    report.added += 1;
                    entry = entry.thing(ThingKind::Mission, id.uuid(), 1);
                }
            }
        }
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

/// Gives out the missions as a file that [`import_missions`] takes in again.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn export_missions(context: &RequestContext) -> Outcome<Vec<u8>> {
    authorise_reading::<ReadOffice>(context)?;
    authorise::<ManageMissions>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let missions = store::all(context, &mut transaction).await?;
    let people = people::store::all(context, &mut transaction).await?;
    let people: HashMap<PersonId, &Person> = people.by_name().iter().map(|person| (person.id, person)).collect();
    let header: Vec<&str> = COLUMNS.needed.iter().chain(COLUMNS.optional).copied().collect();
    let rows: Vec<Vec<String>> = missions.iter().map(|mission| export_row(mission, &people)).collect();
    let bytes = csv_file::write(&header, rows).map_err(|_| Failure::Machine { what: "a file" })?;
    audit::record(context, &mut transaction, Entry::done(Intent::ExportMissions)).await?;
    transaction.commit().await?;
    Ok(bytes)
}

/// The cells of a mission, in the order of the columns.
fn export_row(mission: &Mission, people: &HashMap<PersonId, &Person>) -> Vec<String> {
    fn text<T: ToString>(value: Option<&T>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let details = &mission.details;
    let post = details.head.as_ref();
    let head = post.and_then(|post| people.get(&post.person)).map(|person| &person.details);
    let name = head.map(|head| &head.name);
    vec![
        details.name.to_string(),
        csv_file::word_of(&details.kind),
        details.country.to_string(),
        details.country_name.to_string(),
        details.capital_zone.to_string(),
        details.capital.to_string(),
        text(details.address.as_ref()),
        text(details.email.as_ref()),
        text(details.national_day.as_ref()),
        text(name.map(|name| &name.family)),
        text(name.and_then(|name| name.given.as_ref())),
        name.map(|name| csv_file::word_of(&name.order)).unwrap_or_default(),
        text(name.and_then(|name| name.own_script.as_ref())),
        text(name.and_then(|name| name.pronunciation.as_ref())),
        text(head.and_then(|head| head.address.as_ref())),
        text(head.and_then(|head| head.rank.as_ref())),
        text(head.and_then(|head| head.rank_own.as_ref())),
        head.map(|head| head.languages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")).unwrap_or_default(),
        post.and_then(|post| post.class).map(|class| csv_file::word_of(&class)).unwrap_or_default(),
        post.map(|post| if post.honorary { "yes" } else { "no" }.to_owned()).unwrap_or_default(),
        text(post.and_then(|post| post.acting_since.as_ref())),
        text(post.and_then(|post| post.exequatur_on.as_ref())),
        text(post.and_then(|post| post.provisional_on.as_ref())),
        text(post.and_then(|post| post.commission_on.as_ref())),
        post.and_then(|post| post.functions_at).map(|at| at.to_rfc3339()).unwrap_or_default(),
    ]
}

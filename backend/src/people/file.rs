//! People as a file: taken in as a whole or not at all, and given out.
//!
//! A person is found again by name and mission, so that a file taken in twice doubles nobody. A column that is not there leaves
//! things as they are; an empty cell empties them.

use super::{mission_names, plans_meals, store};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    csv_file::{self, Columns, CsvFile, CsvRow},
    database::WriteTransaction,
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManagePeople, Permit, Permitted, ReadOffice, authorise},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{MissionId, PersonId},
    imports::{ImportRefusal, ImportReport, RowProblem},
    people::{Person, PersonDetails, input::PersonInput},
    permission::Facts,
    problems::{FieldProblem, Problem},
    text::folded,
};
use std::collections::{HashMap, HashSet};

const COLUMNS: Columns = Columns {
    needed: &["family"],
    optional: &[
        "given",
        "order",
        "own_script",
        "pronunciation",
        "address",
        "rank",
        "rank_own",
        "standing",
        "mission",
        "country",
        "languages",
        "diet",
    ],
};

const HEADER: [&str; 12] = [
    "family",
    "given",
    "order",
    "own_script",
    "pronunciation",
    "address",
    "rank",
    "rank_own",
    "standing",
    "mission",
    "country",
    "languages",
];

/// The columns of a file of people. What the kitchen must know, which stands last, is a column for who plans meals alone.
pub fn columns(context: &RequestContext) -> Columns {
    let without_diet = COLUMNS.optional.split_last().map_or(COLUMNS.optional, |(_, others)| others);
    if plans_meals(context) { COLUMNS } else { Columns { optional: without_diet, ..COLUMNS } }
}

/// A list in one cell.
const BETWEEN: [char; 4] = [',', ';', '/', ' '];

/// By what a person of a file is found again.
type PersonKey = (String, Option<MissionId>);

fn key(details: &PersonDetails) -> PersonKey {
    (folded(&details.name.in_latin()), details.mission)
}

/// The people there are, by name and mission, while a file is taken in.
pub(crate) struct Register {
    people: HashMap<PersonKey, Person>,
}

/// What became of a row's person.
pub(crate) enum Written {
    /// Made.
    Added(Person),
    /// Changed.
    Changed(Person),
    /// There already, just so.
    Unchanged(Person),
}

impl Written {
    /// The person as they are now.
    pub(crate) const fn person(&self) -> &Person {
        match self {
            Self::Added(person) | Self::Changed(person) | Self::Unchanged(person) => person,
        }
    }
}

impl Register {
    /// Reads it.
    pub(crate) async fn load(context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<Self> {
        let people = store::all(context, transaction).await?;
        // Of two of one name and mission the first by id is meant, always the same.
        let mut register = HashMap::with_capacity(people.by_name().len());
        for person in people.by_name() {
            register.entry(key(&person.details)).or_insert_with(|| person.clone());
        }
        Ok(Self { people: register })
    }

    /// Who is already known by this name and mission.
    pub(crate) fn id_of(&self, details: &PersonDetails) -> Option<PersonId> {
        self.people.get(&key(details)).map(|person| person.id)
    }

    /// What a row makes of the person it means.
    pub(crate) fn read(
        &self,
        input: &PersonInput,
        mission: Option<MissionId>,
        plans_meals: bool,
    ) -> Result<PersonDetails, Vec<FieldProblem>> {
        let fresh = input.onto(None, plans_meals)?;
        let wanted = (folded(&fresh.name.in_latin()), mission);
        let details = match self.people.get(&wanted) {
            None => fresh,
            Some(had) => input.onto(Some(&had.details), plans_meals)?,
        };
        Ok(PersonDetails { mission, ..details })
    }

    /// Writes what a row made.
    pub(crate) async fn write<A: Permitted>(
        &mut self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        permit: &Permit<A>,
        details: PersonDetails,
    ) -> Outcome<Written> {
        let wanted = key(&details);
        let written = match self.people.get(&wanted) {
            Some(had) if had.details == details => Written::Unchanged(had.clone()),
            Some(had) => {
                let changed = Person { details, ..had.clone() };
                let (revision, _) = store::update(context, transaction, permit, &changed).await?;
                Written::Changed(Person { revision, ..changed })
            }
            None => {
                let person = Person { id: context.new_id(), revision: 1, details };
                store::insert(context, transaction, permit, person.id, &person.details).await?;
                Written::Added(person)
            }
        };
        self.people.insert(wanted, written.person().clone());
        Ok(written)
    }
}

/// A cell of languages.
pub(crate) fn languages(cell: &str) -> Vec<String> {
    cell.split(BETWEEN).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn input_of(row: &CsvRow<'_>, mission: Option<&str>) -> PersonInput {
    let text = |column: &str| row.get(column).map(str::to_owned);
    PersonInput {
        given: text("given"),
        family: text("family"),
        order: text("order"),
        own_script: text("own_script"),
        pronunciation: text("pronunciation"),
        address: text("address"),
        rank: text("rank"),
        rank_own: text("rank_own"),
        standing: text("standing"),
        mission_id: mission.map(str::to_owned),
        country: text("country"),
        languages: row.get("languages").map(languages),
        diet: text("diet"),
    }
}

fn read_row(
    row: &CsvRow<'_>,
    register: &Register,
    missions: &HashMap<String, MissionId>,
    plans_meals: bool,
) -> Result<PersonDetails, Vec<FieldProblem>> {
    let mission = match row.filled("mission") {
        None => None,
        Some(name) => {
            let found = missions.get(&folded(name)).copied();
            Some(found.ok_or_else(|| vec![FieldProblem { field: "mission".into(), problem: Problem::Unknown }])?)
        }
    };
    register.read(&input_of(row, mission.map(|id| id.to_string()).as_deref()), mission, plans_meals)
}

/// Takes in a file of people: all of it, or nothing. Needed is the column `family`; missions are named as the office names them.
///
/// # Errors
/// When the actor may not, the file can't be read, or a row is wrong: then each that is, with its line.
pub async fn import_people(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManagePeople>(context, Facts::NONE)?;
    let file = CsvFile::read(bytes, COLUMNS)?;
    let file = &file;
    retried(|| async {
        let mut transaction = context.write().await?;
        let mut register = Register::load(context, &mut transaction).await?;
        let missions: HashMap<String, MissionId> =
            mission_names(context, &mut transaction).await?.into_iter().map(|(id, name)| (folded(&name), id)).collect();
        let mut wrong: Vec<RowProblem> = Vec::new();
        let mut read: Vec<PersonDetails> = Vec::with_capacity(file.rows().len());
        let mut seen: HashSet<PersonKey> = HashSet::new();
        for row in file.rows() {
            let (details, mut problems) = match read_row(&row, &register, &missions, plans_meals(context)) {
                Ok(details) => (Some(details), Vec::new()),
                Err(problems) => (None, problems),
            };
            if details.as_ref().is_some_and(|details| !seen.insert(key(details))) {
                problems.push(FieldProblem { field: "family".into(), problem: Problem::AlreadyTaken });
            }
            match row.refused(problems) {
                Some(refused) => wrong.push(refused),
                None => read.extend(details),
            }
        }
        if !wrong.is_empty() {
            return Err(ImportRefusal::Rows { rows: wrong }.into());
        }
        let mut report = ImportReport { ignored_columns: file.ignored_columns().to_vec(), ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportPeople);
        for details in read {
            match register.write(context, &mut transaction, &permit, details).await? {
                Written::Unchanged(_) => report.unchanged += 1,
                Written::Added(person) => {
                    report.added += 1;
                    entry = entry.thing(ThingKind::Person, person.id.uuid(), 1);
                }
                Written::Changed(person) => {
                    report.changed += 1;
                    entry = entry.thing(ThingKind::Person, person.id.uuid(), person.revision);
                }
            }
        }
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

/// Gives out the people as a file that [`import_people`] takes in again; what the kitchen must know, to who plans meals.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn export_people(context: &RequestContext) -> Outcome<Vec<u8>> {
    authorise_reading::<ReadOffice>(context)?;
    authorise::<ManagePeople>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let missions = mission_names(context, &mut transaction).await?;
    let people = store::all(context, &mut transaction).await?;
    let plans_meals = plans_meals(context);
    let header: Vec<&str> = HEADER.into_iter().chain(plans_meals.then_some("diet")).collect();
    let rows = people.by_name().iter().map(|person| {
        let view = super::view(context, person, &missions);
        let mut row = vec![
            view.family,
            view.given.unwrap_or_default(),
            csv_file::word_of(&view.order),
            view.own_script.unwrap_or_default(),
            view.pronunciation.unwrap_or_default(),
            view.address.unwrap_or_default(),
            view.rank.unwrap_or_default(),
            view.rank_own.unwrap_or_default(),
            csv_file::word_of(&view.standing),
            view.mission.map(|mission| mission.name).unwrap_or_default(),
            view.country.unwrap_or_default(),
            view.languages.join(" "),
        ];
        row.extend(plans_meals.then(|| view.diet.unwrap_or_default()));
        row
    });
    let bytes = csv_file::write(&header, rows).map_err(|_| Failure::Machine { what: "a file" })?;
    audit::record(context, &mut transaction, Entry::done(Intent::ExportPeople)).await?;
    transaction.commit().await?;
    Ok(bytes)
}

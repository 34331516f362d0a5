//! Templates of visits: read, changed, and put on a visit when it is made or afterwards.

mod bundled;
pub(crate) mod store;

use crate::{
    audit::{self, Entry, chain::Digest},
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    holidays,
    permits::{EditProgramme, ManageOffice, Permit, ReadOffice, authorise},
    programme, tasks,
    version::{ETag, Seen},
    visits,
};
use bundled::{category_word, template_of};
use domain::{
    audit::{Intent, ThingKind},
    ids::VisitId,
    marking::Marking,
    permission::Facts,
    programme::{ItemKind, ItemPart, ProgrammeItem, defaults::default_marking},
    tasks::{Task, input::default_marking as default_task_marking},
    templates::{
        Brought, Template,
        applied::{lines_of, missing, tasks_of},
        input::TemplateInput,
    },
    visits::{Visit, VisitCategory},
};

/// The template of a category, for who works in the office or sets it up: the office's own, or the bundled one until it has one.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn read_template(context: &RequestContext, category: VisitCategory) -> Outcome<Template> {
    if authorise::<ManageOffice>(context, Facts::NONE).is_err() {
        authorise::<ReadOffice>(context, Facts::NONE)?;
    }
    current(context, &mut context.read().await?, category).await
}

/// The templates of all categories, in descending order.
///
/// # Errors
/// As [`read_template`].
pub async fn list_templates(context: &RequestContext) -> Outcome<Vec<(VisitCategory, Template)>> {
    if authorise::<ManageOffice>(context, Facts::NONE).is_err() {
        authorise::<ReadOffice>(context, Facts::NONE)?;
    }
    let mut connection = context.read().await?;
    let mut all = Vec::with_capacity(VisitCategory::ALL.len());
    for category in VisitCategory::ALL {
        all.push((category, current(context, &mut connection, category).await?));
    }
    Ok(all)
}

async fn current(context: &RequestContext, connection: &mut impl Connection, category: VisitCategory) -> Outcome<Template> {
    match store::one(context, connection, category_word(category)).await? {
        Some(stored) => Ok(stored.template),
        None => template_of(category),
    }
}

/// Changes the template of a category, if still as its author saw it. Visits that are there already stay as they are.
///
/// # Errors
/// When the actor may not, the template changed meanwhile, or something given is wrong.
pub async fn change_template(context: &RequestContext, category: VisitCategory, input: TemplateInput, seen: &Seen) -> Outcome<Template> {
    let permit = authorise::<ManageOffice>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let stored = store::one(context, &mut transaction, category_word(category)).await?;
        let had = match &stored {
            Some(stored) => stored.template.clone(),
            None => template_of(category)?,
        };
        seen.check(&ETag::of(&had)?)?;
        let template = input.onto(had)?;
        let (id, revision, digest) =
            store::write(context, &mut transaction, &permit, category_word(category), stored.as_ref(), &template).await?;
        let entry = Entry::done(Intent::ChangeTemplate).digest(digest).thing(ThingKind::Template, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(template)
    })
    .await
}

/// What was written for a visit out of its template, for the entry of the act that wanted it.
pub(crate) struct Written {
    pub(crate) items: Vec<ProgrammeItem>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) digests: Vec<Digest>,
}

impl Written {
    /// The entry with the things that were written.
    pub(crate) fn told_in(&self, entry: Entry) -> Entry {
        let entry = self.items.iter().fold(entry, |entry, item| entry.thing(ThingKind::Item, item.id.uuid(), 1));
        self.tasks.iter().fold(entry, |entry, task| entry.thing(ThingKind::Task, task.id.uuid(), 1))
    }
}

/// What a visit has already, as its author sees it: whoever may not read a line is not told by a template that it is there.
#[derive(Debug, Default)]
pub(crate) struct There {
    lines: Vec<String>,
    tasks: Vec<String>,
}

/// Writes what a visit lacks of its category's template, in the transaction of the act that wanted it: lines that are only wished,
/// and tasks with their days counted back from arrival over the host's working days. A line above what its author may read is
/// left out: nobody writes what they may not read.
///
/// Each line's time and each task's day tell when the visit is, and are marked no lower than its dates. Of dates that are read by name
/// alone nothing is written: what is made here has no list of its own.
pub(crate) async fn put_on(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    permit: &Permit<EditProgramme>,
    visit: &Visit,
    there: There,
) -> Outcome<Written> {
    let template = current(context, transaction, visit.details.category).await?;
    let calendar = holidays::host_calendar(context, transaction).await?;
    let dates = visit.details.dates_for_rules();
    let author = || programme::author(context);
    let mut written = Written { items: Vec::new(), tasks: Vec::new(), digests: Vec::new() };
    let when = visit.details.dates.marking().max(visit.details.existence);
    if when == Marking::Red || when > context.reader().ceiling() {
        return Ok(written);
    }
    let lines = lines_of(&template, dates, &visit.details.zone, context.zones());
    for mut input in missing(lines, |input| input.title.as_deref().unwrap_or_default(), there.lines) {
        let id = context.new_id();
        let kind = input.kind.as_deref().and_then(ItemKind::from_word).unwrap_or(ItemKind::Hold);
        let time = default_marking(kind, ItemPart::Time, visit.details.existence);
        if time < when {
            input.markings.insert(ItemPart::Time.word().to_owned(), when.label().to_owned());
        }
        let details = input.into_new(id, visit, author(), context.zones())?;
        let shown = [ItemPart::Existence, ItemPart::Time, ItemPart::Title].map(|part| details.marking_of(part));
        if shown.into_iter().fold(visit.details.existence, Marking::max) > context.reader().ceiling() {
            continue;
        }
        let item = ProgrammeItem { id, revision: 1, visit: visit.id, details };
        written.digests.push(programme::insert_wished(context, transaction, permit, visit, &item).await?);
        written.items.push(item);
    }
    let tasks = tasks_of(&template, dates.starts_on, &calendar);
    for mut input in missing(tasks, |input| input.words.as_deref().unwrap_or_default(), there.tasks) {
        if default_task_marking(visit, context.reader().ceiling()) < when {
            input.marking = Some(when.label().to_owned());
        }
        let details = input.into_new(visit, author())?;
        let task = Task { id: context.new_id(), revision: 1, visit: visit.id, details, done: None };
        written.digests.push(tasks::store::insert(context, transaction, permit, &task).await?);
        written.tasks.push(task);
    }
    Ok(written)
}

/// Takes in what a visit lacks of its category's template. What is there under the same name, whoever wrote it, stays as it is, and
/// so does what was ticked off.
///
/// # Errors
/// When the actor may not, or there is no such visit for this reader.
pub async fn take_template(context: &RequestContext, visit: VisitId) -> Outcome<Brought> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        if visit.details.dates.clone().at_least(visit.details.existence).reveal_for(context.reader()).is_none() {
            // Its lines and days would tell who takes it in when the visit is.
            return Err(Failure::Forbidden);
        }
        let there = There {
            lines: programme::titles_seen(context, &mut transaction, &visit).await?,
            tasks: tasks::words_seen(context, &mut transaction, &visit).await?,
        };
        let written = put_on(context, &mut transaction, &permit, &visit, there).await?;
        let count = |things: usize| u32::try_from(things).unwrap_or(u32::MAX);
        let brought = Brought { lines: count(written.items.len()), tasks: count(written.tasks.len()) };
        if brought == Brought::default() {
            // Nothing was done, and so nothing is recorded.
            return Ok(brought);
        }
        let entry = Entry::done(Intent::TakeTemplate).digests(&written.digests).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        audit::record(context, &mut transaction, written.told_in(entry)).await?;
        transaction.commit().await?;
        Ok(brought)
    })
    .await
}

//! Programmes on paper.

use super::{delivered_lines, live_lines, store};
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, taken_away},
    },
    context::RequestContext,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{PrintProgramme, authorise},
    releases, visits,
};
use domain::{
    audit::{Intent, ThingKind, Way},
    ids::VisitId,
    marking::{Channel, view::VisitView},
    permission::Facts,
    programme::print::{Depth, PrintedProgramme},
    releases::Audience,
};

/// What is printed of a visit's programme: the live draft for who is on its list, or the last release to an audience, which
/// bears its number and code. Above what may be printed it shows stand-ins, even to who may read more on the page.
///
/// Without an audience, who is not on the list prints the last release to the best informed audience it belongs to.
///
/// # Errors
/// When there is nothing of this visit for this reader, or the reader may not print.
pub async fn print_programme(
    context: &RequestContext,
    visit: VisitId,
    audience: Option<Audience>,
    depth: Depth,
) -> Outcome<PrintedProgramme> {
    let on_paper = context.reader().clone().by(Channel::Print.ceiling());
    let mut transaction = context.write().await?;
    let (printed, things, entry) = if audience.is_none() && context.reader().is_on(visit) {
        let visit = visits::known(context, &mut transaction, visit).await?;
        authorise::<PrintProgramme>(context, visits::facts(context, &visit))?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        let head = VisitView::of(&visit, &on_paper, &directory).ok_or(Failure::Forbidden)?;
        let items = store::of_visit(context, &mut transaction, visit.id).await?;
        let lines = live_lines(context, &mut transaction, &items, &visit, Channel::Print).await?;
        let entry = Entry::done(Intent::PrintProgramme).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        let printed = PrintedProgramme::of_draft(head, lines, depth, context.now());
        let mut things = delivered_lines(&items, &printed.items);
        things.push(Delivered::visit(&visit, &printed.visit));
        (printed, things, entry)
    } else {
        let two = releases::differences::last_two(context, &mut transaction, visit, audience, &on_paper).await?;
        let (release, before) = two.ok_or(Failure::NotFound)?;
        authorise::<PrintProgramme>(context, Facts::NONE)?;
        let entry = Entry::done(Intent::PrintProgramme).thing(ThingKind::Visit, visit.uuid(), 0).thing(
            ThingKind::Release,
            release.head.id.uuid(),
            i64::from(release.head.number),
        );
        let mut things = vec![Delivered::release(&release)];
        let earlier = before.as_ref().map(|before| before.head.clone());
        let printed = PrintedProgramme::of_release(release, before, depth, context.now());
        let told = earlier.zip(printed.changes.as_ref());
        things.extend(told.and_then(|(head, changes)| Delivered::told_of_release(&head, &changes.difference)));
        (printed, things, entry)
    };
    let entry = taken_away(context, &mut transaction, Way::Print, &things, entry).await?;
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(printed)
}

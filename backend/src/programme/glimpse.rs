//! What is on in a stretch of time, at a glance: the visits, each with its lines, as a page shows them that may be anybody's.

use super::{live_view_by, store};
use crate::{
    audit::deliveries::{self, Delivered},
    context::RequestContext,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{ReadVisits, authorise},
    releases::released::Released,
    visits,
};
use domain::{
    calendar::Stretch,
    ids::PersonId,
    marking::{
        Channel, Marking, Reader,
        view::{ItemView, Named, VisitView},
    },
    permission::{Action, Decision, Facts, decide},
    programme::{ItemPart, ProgrammeItem},
    time::{Moment, Span},
    visits::{Visit, VisitCategory},
};

/// A visit with its lines of a stretch of time.
#[derive(Debug, Clone)]
pub struct Glimpse {
    /// The visit.
    pub visit: VisitView,
    /// Its lines that are on then, in no order.
    pub lines: Vec<GlimpsedLine>,
}

/// A line at a glance.
#[derive(Debug, Clone)]
pub struct GlimpsedLine {
    /// The line, without its details.
    pub item: ItemView,
    /// Who is named on it.
    pub people: Vec<Named<PersonId>>,
    /// The highest marking of both.
    pub marking: Marking,
}

impl GlimpsedLine {
    fn of(line: ItemView, visit: &VisitView) -> Self {
        let people: Vec<_> = line.people.iter().flatten().map(|person| Named { id: person.person_id, name: person.name.clone() }).collect();
        let of_people = line.markings.get(&ItemPart::People).copied().filter(|_| !people.is_empty());
        let item = line.beside(visit).without_details();
        let marking = of_people.map_or(item.marking, |marking| marking.max(item.marking));
        Self { item, people, marking }
    }
}

/// What one glimpse is made of.
struct Looking<'a> {
    context: &'a RequestContext,
    directory: OfficeDirectory,
    /// The reader by the channel of boards: what is marked TLP:RED shows as a stand-in, or not at all.
    through: Reader,
    days: Stretch,
    /// The days, on the office's clocks.
    within: Span,
}

/// The visits that are on in a stretch of days on the office's clocks, and those of which a line is: the live draft to who is on the list, to who is named
/// on a line that line, else what was released. What is recorded as delivered is what is shown, and no more.
///
/// Of one category alone, where one is named. Whose dates may not stand on such a page is left out with all its lines, which would tell them.
///
/// # Errors
/// When the actor may read no visits, or the database refuses.
pub async fn glimpses(context: &RequestContext, days: Stretch, category: Option<VisitCategory>) -> Outcome<Vec<Glimpse>> {
    let within = days.span(context.zones(), &context.office().details.zone).ok_or(Failure::Machine { what: "a date" })?;
    let is_mission = context.actor().mission().is_some();
    if !is_mission {
        authorise::<ReadVisits>(context, Facts::NONE)?;
    }
    let may_read_releases = decide(context.actor(), Action::ReadReleases, Facts::NONE) == Decision::Allowed;
    let mut connection = context.read().await?;
    let looking = Looking {
        context,
        directory: OfficeDirectory::load(context, &mut connection).await?,
        through: context.reader().clone().by(Channel::Board.ceiling()),
        within,
        days,
    };
    let items = store::during(context, &mut connection, within.starts(), within.ends()).await?;
    let (mut seen, mut things) = (Vec::new(), Vec::new());
    let is_meant = |visit: &&Visit| visit.details.state.takes_place() && category.is_none_or(|category| visit.details.category == category);
    for visit in visits::store::all(context, &mut connection).await?.iter().filter(is_meant) {
        let live = items.iter().filter(|item| item.visit == visit.id);
        let released = if may_read_releases && !context.reader().is_on(visit.id) {
            Released::last(context, &mut connection, visit.id, &looking.through).await?
        } else {
            None
        };
        seen.extend(looking.at(visit, live, released.as_ref(), &mut things));
    }
    deliveries::delivered(context, connection, &things).await?;
    Ok(seen)
}

impl Looking<'_> {
    fn at<'i>(
        &self,
        visit: &Visit,
        items: impl Iterator<Item = &'i ProgrammeItem>,
        released: Option<&Released>,
        things: &mut Vec<Delivered>,
    ) -> Option<Glimpse> {
        let is_office = self.context.actor().mission().is_none();
        let live = |reader: &Reader| is_office.then(|| VisitView::of(visit, reader, &self.directory)).flatten();
        let through = released.and_then(|released| released.through.as_ref());
        let page = live(self.context.reader()).or_else(|| released.map(|released| released.page.visit.clone()));
        let shown = live(&self.through).map(|view| (Delivered::visit(visit, &view), view));
        let from_release = || through.map(|release| (Delivered::released_visit(visit.id, &release.visit), release.visit.clone()));
        let (delivered, view) = shown.or_else(from_release)?;
        if page.is_some_and(|page| page.starts_on.is_some()) && view.starts_on.is_none() {
            return None;
        }
        let mut told = vec![delivered];
        let mut lines = Vec::new();
        for item in items.filter(|_| is_office) {
            if let Some(line) = live_view_by(Channel::Board, self.context, item, visit, &self.directory) {
                let line = GlimpsedLine::of(line, &view);
                told.push(Delivered { marking: line.marking, ..Delivered::item(item, &line.item) });
                lines.push(line);
            }
        }
        if let Some(release) = through {
            let is_on = |line: &&ItemView| !self.context.reader().is_named_on(line.id) && self.is_within(line);
            let of_release: Vec<_> = release.items.iter().filter(is_on).map(|line| GlimpsedLine::of(line.clone(), &view)).collect();
            if let Some(marking) = of_release.iter().map(|line| line.marking).max() {
                told.push(Delivered::part_of_release(&release.head, marking));
            }
            lines.extend(of_release);
        }
        let is_on = view.starts_on.zip(view.ends_on).is_some_and(|(from, to)| self.days.touches(from, to));
        if !is_on && lines.is_empty() {
            return None;
        }
        things.extend(told);
        Some(Glimpse { visit: view, lines })
    }

    fn is_within(&self, line: &ItemView) -> bool {
        let [starts, ends] = [&line.starts, &line.ends].map(|moment| Moment::from(moment.clone()).at());
        Span::new(starts, ends).is_some_and(|span| span.overlaps(self.within))
    }
}

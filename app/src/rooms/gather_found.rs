//! What the finder of rooms is asked, read from its form.

use super::{FinderForm, form::feature_field};
use crate::{
    forms::Typed,
    times::{fields_of_time, reading::TypedTimes},
    visits::words::word_of,
};
use backend::RequestContext;
use chrono::{DurationRound, TimeDelta};
use domain::{
    problems::{FieldProblem, Problems},
    rooms::{Feature, input::WantedUseInput, view::SiteView},
    time::{agreed::settle, clocks::hours_minutes, wall_at},
};

/// How long a use lasts if nobody says.
const USUAL_LENGTH: &str = "+1h";

/// What is asked.
pub(super) struct Asked {
    /// For the use case.
    pub(super) wanted: WantedUseInput,
    /// The time, as fields of the form of a booking.
    pub(super) booking: Typed,
}

/// The form as it opens: the next full hour.
pub(super) fn usual(context: &RequestContext, form: FinderForm) -> FinderForm {
    let next = (context.now() + TimeDelta::hours(1)).duration_trunc(TimeDelta::hours(1)).unwrap_or(context.now());
    let Ok(next) = wall_at(context.zones(), &context.office().details.zone, next) else { return form };
    FinderForm { date: next.local.date().to_string(), starts: hours_minutes(next.local), ends: USUAL_LENGTH.to_owned(), ..form }
}

/// What a form asks.
pub(super) fn read(context: &RequestContext, form: &FinderForm, sites: &[SiteView]) -> Result<Asked, Vec<FieldProblem>> {
    let of_site = sites.iter().find(|site| site.id.to_string() == form.site_id).map(|site| site.zone.clone());
    let usual = of_site.unwrap_or_else(|| context.office().details.zone.to_string());
    let typed = TypedTimes {
        date: &form.date,
        starts: &form.starts,
        ends: &form.ends,
        zone: if form.zone.trim().is_empty() { &usual } else { &form.zone },
        starts_offset: &form.starts_offset,
        ends_offset: &form.ends_offset,
        ..TypedTimes::default()
    };
    let mut problems = Problems::new();
    let times = typed.read(&mut problems, context.today(), context.zones());
    let is_ticked = |feature: &&Feature| form.more.get(&feature_field(**feature)).is_some_and(|sent| !sent.is_empty());
    let settled = |time: &Option<_>| time.as_ref().and_then(|time| settle(context.zones(), time).ok());
    let booking = settled(&times.starts).zip(settled(&times.ends)).map(|(starts, ends)| fields_of_time(&starts.into(), &ends.into()));
    let input = WantedUseInput {
        starts: times.starts,
        ends: times.ends,
        layout: Some(form.layout.clone()),
        people: Some(form.people.as_str().into()),
        features: Some(Feature::ALL.iter().filter(is_ticked).map(word_of).collect()),
        sweep: Some(!form.sweep.is_empty()),
        site_id: Some(form.site_id.clone()),
        marking: Some(form.marking.clone()),
    };
    let read = input.clone().read(context.zones());
    let mut all = problems.into_vec();
    match read {
        Ok(_) if all.is_empty() => Ok(Asked { wanted: input, booking: booking.unwrap_or_default() }),
        Ok(_) => Err(all),
        Err(more) => {
            // What could not be read is missing in the end; that is said once.
            let unread = |field: &str| ["date", "starts", "ends", "zone"].contains(&field);
            let is_said = all.iter().any(|problem| unread(&problem.field));
            all.extend(more.into_iter().filter(|problem| !(is_said && unread(&problem.field))));
            Err(all)
        }
    }
}

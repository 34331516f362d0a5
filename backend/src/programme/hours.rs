//! What the hours and days around the lines of a visit are to its two sides: nights in the capital, and days on which nobody works.

use crate::{context::RequestContext, database::Connection, engagements, error::Outcome, holidays};
use chrono::{Days, NaiveDate};
use domain::{
    clash::{DayOff, Level, Night, RuleId, Side},
    holidays::{Calendar, RestKind},
    programme::ProgrammeItem,
    time::{Span, WallTime, ZoneName, day_starts, instant_near, wall_at},
    visits::{Visit, VisitCategory},
};
use std::collections::BTreeSet;

/// A night begins and ends at these hours of a capital's clocks.
const NIGHT_BEGINS: u32 = 22;
const NIGHT_ENDS: u32 = 6;

/// The hours and days around some lines of one visit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hours {
    /// The nights of the visitor's capital.
    pub(crate) nights: Vec<Night>,
    /// The days on which one side does not work.
    pub(crate) days_off: Vec<DayOff>,
    ours: Option<Calendar>,
    theirs: Option<Calendar>,
}

/// Whether the reader may know from which country, and so from which capital, the guest comes.
pub(crate) fn knows_the_capital(context: &RequestContext, visit: &Visit) -> bool {
    let parties = visit.details.parties.clone().at_least(visit.details.existence);
    context.reader().is_on(visit.id) && parties.reveal_for(context.reader()).is_some()
}

/// Whether a line is judged by for this reader: if they may read when it is, what it is and where. What refuses by a rule holds for
/// everybody.
pub(crate) fn is_judged_by(context: &RequestContext, visit: &Visit, item: &ProgrammeItem, rule: RuleId) -> bool {
    let (details, reader) = (&item.details, context.reader());
    let floor = details.existence.max(visit.details.existence);
    let is_read = reader.is_on(visit.id)
        && details.time.clone().at_least(floor).reveal_for(reader).is_some()
        && details.title.clone().at_least(floor).reveal_for(reader).is_some()
        && details.place.clone().at_least(floor).reveal_for(reader).is_some();
    is_read || engagements::rules(context).level(rule) > Level::Warn
}

impl Hours {
    /// Those around these times, read at once for all of them.
    ///
    /// What is no more than a warning is judged by the guest's calendar and clocks only for who knows them, so that it changes nothing
    /// for anybody else. What refuses holds for everybody.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn around(
        context: &RequestContext,
        connection: &mut impl Connection,
        visit: &Visit,
        times: impl IntoIterator<Item = Span>,
    ) -> Outcome<Self> {
        let dates = dates_around(context, visit, times);
        let (Some(first), Some(last)) = (dates.first().copied(), dates.last().copied()) else { return Ok(Self::default()) };
        let details = &visit.details;
        let host = &context.office().details.country;
        // A mission chooses the day of its own event, its national day above all.
        let country = details.parties_for_rules().country.as_ref().filter(|country| *country != host);
        let country = country.filter(|_| details.category != VisitCategory::ConsularEvent);
        let known = knows_the_capital(context, visit);
        let (ours, theirs) = holidays::calendars_of(context, connection, country.map(|country| country.as_str()), (first, last)).await?;
        let rules = engagements::rules(context);
        let counts = |rule: RuleId| known || rules.level(rule) > Level::Warn;
        let mut hours = Self { ours: Some(ours), theirs, ..Self::default() };
        for on in &dates {
            hours
                .days_off
                .extend(hours.days_off_on(context, visit, *on).into_iter().filter(|day| day.side == Side::Ours || counts(day.rule())));
        }
        if details.category.has_one_principal() && counts(RuleId::NightInCapital) {
            hours.nights = nights(context, visit, &dates);
        }
        Ok(hours)
    }

    /// What a day is called on one side's calendar; none for a weekend.
    pub(crate) fn name_of(&self, side: Side, on: NaiveDate) -> Option<&str> {
        let calendar = match side {
            Side::Ours => self.ours.as_ref(),
            Side::Theirs => self.theirs.as_ref(),
        };
        calendar?.rest_on(on)?.name
    }

    /// A weekend of both sides is told once, as ours.
    fn days_off_on(&self, context: &RequestContext, visit: &Visit, on: NaiveDate) -> Vec<DayOff> {
        let zone = &visit.details.zone;
        let during =
            on.succ_opt().and_then(|next| Span::new(day_starts(context.zones(), zone, on)?, day_starts(context.zones(), zone, next)?));
        let kind_of = |calendar: &Option<Calendar>| calendar.as_ref().and_then(|calendar| calendar.rest_on(on)).map(|rest| rest.kind);
        let (ours, theirs) = (kind_of(&self.ours), kind_of(&self.theirs));
        let theirs = theirs.filter(|kind| *kind != RestKind::Weekend || ours != Some(RestKind::Weekend));
        let Some(during) = during else { return Vec::new() };
        let details = &visit.details;
        let of = |side, kind, marking| DayOff { visit: visit.id, during, on, side, kind, marking };
        let ours = ours.map(|kind| of(Side::Ours, kind, details.existence));
        let theirs = theirs.map(|kind| of(Side::Theirs, kind, details.existence.max(details.parties.marking())));
        ours.into_iter().chain(theirs).collect()
    }
}

/// The dates, where the visit is, that a check of lines at these times may come upon.
fn dates_around(context: &RequestContext, visit: &Visit, times: impl IntoIterator<Item = Span>) -> BTreeSet<NaiveDate> {
    let mut dates = BTreeSet::new();
    for time in times {
        let around = engagements::around(time);
        let date_at = |at| wall_at(context.zones(), &visit.details.zone, at).ok().map(|moment| moment.local.date());
        let (Some(from), Some(until)) = (date_at(around.starts()), date_at(around.ends())) else { continue };
        dates.extend(from.iter_days().take_while(|date| *date <= until));
    }
    dates
}

/// The nights of a visit's capital that lie on or beside these dates.
fn nights(context: &RequestContext, visit: &Visit, dates: &BTreeSet<NaiveDate>) -> Vec<Night> {
    let details = &visit.details;
    let marking = details.existence.max(details.parties.marking());
    // A capital's date is up to a day away from the date here, and a night begins on the day before.
    let beside = |date: &NaiveDate| {
        let date = *date;
        let before = date.checked_sub_days(Days::new(2)).unwrap_or(date);
        before.iter_days().take_while(move |it| *it <= date.checked_add_days(Days::new(1)).unwrap_or(date))
    };
    let evenings: BTreeSet<NaiveDate> = dates.iter().flat_map(beside).collect();
    let night = |evening: NaiveDate| {
        let zone = &details.capital_zone;
        let during = Span::new(at_hour(context, zone, evening, NIGHT_BEGINS)?, at_hour(context, zone, evening.succ_opt()?, NIGHT_ENDS)?)?;
        Some(Night { visit: visit.id, during, marking })
    };
    evenings.into_iter().filter_map(night).collect()
}

fn at_hour(context: &RequestContext, zone: &ZoneName, date: NaiveDate, hour: u32) -> Option<chrono::DateTime<chrono::Utc>> {
    instant_near(context.zones(), zone, WallTime::new(date.and_hms_opt(hour, 0, 0)?))
}

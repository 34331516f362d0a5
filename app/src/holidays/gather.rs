//! What the page of holidays shows, gathered from the table and the use cases.

use super::{
    OwnDayForm,
    view::{DayShown, HolidaysView, Origin},
};
use crate::{components::Choice, visits::gather::country_name};
use backend::{Outcome, RequestContext};
use chrono::{Datelike, NaiveDate};
use domain::{
    holidays::{DayKind, bundled, weekend_of},
    ids::OwnDayId,
};
use std::collections::BTreeSet;

/// The years that can be looked at.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// The days of a country in a year.
///
/// # Errors
/// When the requester may not read them, or the database refuses.
pub(super) async fn holidays_of(context: &RequestContext, country: &str, year: &str) -> Outcome<HolidaysView> {
    let office = &context.office().details;
    let missions = backend::directory::read_names(context).await?.missions;
    let own = backend::holidays::list_own_days(context).await?;
    let host = office.country.to_string();
    let mut codes: BTreeSet<String> = missions.iter().map(|mission| mission.details.country.to_string()).collect();
    codes.extend(own.iter().map(|day| day.country.to_string()));
    codes.insert(host.clone());
    let asked = country.trim().to_uppercase();
    let country = if codes.contains(&asked) { asked } else { host.clone() };
    let year = year.trim().parse().ok().filter(|year| YEARS.contains(year)).unwrap_or_else(|| context.today().year());
    let mut countries: Vec<Choice> = codes.into_iter().map(|code| Choice::new(code.clone(), country_name(&code, &missions))).collect();
    countries.sort_by_key(|choice| (choice.value != host, choice.label.clone()));
    let bundled_days = bundled::in_year(&country, year).into_iter().map(|day| DayShown {
        on: day.on,
        name: day.name.to_owned(),
        kind: day.kind,
        origin: Origin::Bundled { is_moved: day.is_moved },
    });
    let own_days = own.iter().filter(|day| day.country.as_str() == country && day.on.year() == year).map(|day| DayShown {
        on: day.on,
        name: day.name.to_string(),
        kind: day.kind,
        origin: Origin::Own { id: day.id },
    });
    let closed = office.holidays.iter().filter(|day| country == host && day.hours.is_none() && day.on.year() == year);
    let closed = closed.map(|day| DayShown { on: day.on, name: day.name.to_string(), kind: DayKind::RestDay, origin: Origin::Closed });
    // What the directory says of a mission's national day is shown once for each day that the table has not.
    let known: BTreeSet<NaiveDate> = bundled::in_year(&country, year).into_iter().map(|day| day.on).collect();
    let of_country = missions.iter().filter(|mission| mission.details.country.as_str() == country);
    let mut national: Vec<DayShown> = of_country
        .filter_map(|mission| {
            let on: NaiveDate = format!("{year}-{}", mission.details.national_day.as_ref()?).parse().ok()?;
            let name = mission.details.name.to_string();
            (!known.contains(&on)).then_some(DayShown { on, name, kind: DayKind::NationalDay, origin: Origin::Mission { id: mission.id } })
        })
        .collect();
    national.sort_by_key(|day| day.on);
    national.dedup_by_key(|day| day.on);
    let mut days: Vec<DayShown> = bundled_days.chain(own_days).chain(closed).chain(national).collect();
    days.sort_by(|one, other| (one.on, &one.name).cmp(&(other.on, &other.name)));
    Ok(HolidaysView {
        weekend: weekend_of(&country).into_iter().map(|day| day.number_from_monday()).collect(),
        stored: OwnDayForm::new_in(&country, context.new_id::<OwnDayId>().to_string()),
        dated: bundled::DATED.to_owned(),
        country,
        countries,
        year,
        days,
    })
}

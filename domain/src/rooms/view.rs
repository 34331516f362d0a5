//! Sites and rooms as they travel: facts of the office, marked TLP:GREEN throughout.

use super::{
    Feature, LayoutCapacity, Room, Site, Travel,
    approval::Approval,
    terms::{DayHours, Holiday, MonthDay, OpeningHours, Season},
};
use crate::{
    accounts::Role,
    ids::{RoomId, SiteId},
    marking::{Marking, view::Named},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day on which a site is closed, or open at other hours than its rooms have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HolidayView {
    /// Which day, on the site's calendar.
    pub on: NaiveDate,
    /// What it is called.
    pub name: String,
    /// When its rooms are open all the same; none means closed.
    pub hours: Option<DayHours>,
}

impl HolidayView {
    /// A holiday.
    pub fn of(holiday: &Holiday) -> Self {
        Self { on: holiday.on, name: holiday.name.to_string(), hours: holiday.hours }
    }
}

/// A part of every year in which other hours hold. It may run over New Year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeasonView {
    /// What it is called.
    pub name: String,
    /// Its first day, `MM-DD`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "06-01"))]
    pub from: MonthDay,
    /// Its last day, `MM-DD`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "08-31"))]
    pub until: MonthDay,
    /// Its opening hours; none given means closed.
    pub hours: Vec<OpeningHours>,
}

impl SeasonView {
    fn of(season: &Season) -> Self {
        Self { name: season.name.to_string(), from: season.from, until: season.until, hours: season.hours.clone() }
    }
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteView {
    /// Identifier.
    pub id: SiteId,
    /// Name.
    pub name: String,
    /// Address.
    pub address: Option<String>,
    /// Its clocks: an IANA zone.
    pub zone: String,
    /// Minutes by car to other sites, as this site says them.
    pub travel: Vec<Travel>,
    /// Days on which its rooms are closed, or open at other hours; by day.
    pub holidays: Vec<HolidayView>,
}

impl SiteView {
    /// A site.
    pub fn of(site: &Site) -> Self {
        Self {
            id: site.id,
            name: site.details.name.to_string(),
            address: site.details.address.as_ref().map(ToString::to_string),
            zone: site.details.zone.to_string(),
            travel: site.details.travel.clone(),
            holidays: site.details.holidays.iter().map(HolidayView::of).collect(),
        }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomView {
    /// Identifier.
    pub id: RoomId,
    /// Its site.
    pub site: Named<SiteId>,
    /// Its site's clocks: an IANA zone.
    pub zone: String,
    /// Name.
    pub name: String,
    /// Floor, as it is called there.
    pub floor: Option<String>,
    /// Layouts it can take.
    pub layouts: Vec<LayoutCapacity>,
    /// What it has.
    pub features: Vec<Feature>,
    /// Opening hours on its site's clocks; none given means always open.
    pub hours: Vec<OpeningHours>,
    /// Parts of the year in which other hours hold.
    pub seasons: Vec<SeasonView>,
    /// Minutes a sweep takes, before the room is laid out.
    pub sweep_minutes: u32,
    /// The roles, one of which is needed to book it; none means whoever may book rooms.
    pub booked_by: Vec<Role>,
    /// Who must ask for it, and who gives it.
    #[serde(default)]
    pub approval: Approval,
    /// The highest marking that may be discussed there.
    pub clearance: Marking,
    /// Whether it is retired: offered no more, and still named by what is past. Absent if it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_retired: bool,
}

impl RoomView {
    /// A room at its site.
    pub fn of(room: &Room, site: &Site) -> Self {
        Self {
            id: room.id,
            site: Named { id: site.id, name: site.details.name.to_string() },
            zone: site.details.zone.to_string(),
            name: room.details.name.to_string(),
            floor: room.details.floor.as_ref().map(ToString::to_string),
            layouts: room.details.layouts.clone(),
            features: room.details.features.clone(),
            hours: room.details.hours.clone(),
            seasons: room.details.seasons.iter().map(SeasonView::of).collect(),
            sweep_minutes: room.details.sweep_minutes,
            booked_by: room.details.booked_by.roles.iter().copied().collect(),
            approval: room.details.approval.clone(),
            clearance: room.details.clearance,
            is_retired: false,
        }
    }
}

crate::viewed_by! { SiteView {} RoomView {} }

//! Sites and rooms as they travel: facts of the office, marked TLP:GREEN throughout.

use super::{Feature, LayoutCapacity, OpeningHours, Room, Site, Travel};
use crate::{
    ids::{RoomId, SiteId},
    marking::{Marking, view::Named},
};
use serde::{Deserialize, Serialize};

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
    /// The highest marking that may be discussed there.
    pub clearance: Marking,
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
            clearance: room.details.clearance,
        }
    }
}

crate::viewed_by! { SiteView {} RoomView {} }

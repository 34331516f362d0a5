//! The pages that follow what others change, by their addresses.

use crate::{calendar::asked::CalendarAsked, clashes::ClashFilters, rooms::BoardFilters};
use axum::extract::Query;
use domain::ids::{ItemId, RoomId, VisitId};
use http::Uri;
use leptos_router::params::ParamsMap;
use std::collections::BTreeMap;

/// The longest address that is looked at.
const LONGEST: usize = 2_000;

/// A page that follows what others change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LivePage {
    /// The day at a glance.
    Today,
    /// What stands in the way of the programmes.
    Clashes(ClashFilters),
    /// A stretch of days of all visits.
    Calendar(CalendarAsked),
    /// The list of visits.
    Visits {
        /// Word of a state.
        state: String,
        /// Word of a category.
        category: String,
        /// Text in it.
        text: String,
    },
    /// A visit's programme.
    Programme(VisitId),
    /// A visit's tasks.
    Tasks(VisitId),
    /// The form of a line.
    Line {
        /// The visit.
        visit: VisitId,
        /// The line.
        item: ItemId,
    },
    /// The day board of rooms.
    Board(BoardFilters),
    /// A room, with its week or its month.
    Room {
        /// The room.
        room: RoomId,
        /// A day of the week that is shown.
        day: String,
        /// The month that is shown instead.
        month: String,
    },
    /// The inbox of who gives rooms.
    Approvals {
        /// What asks for the page; nothing for the first.
        after: String,
    },
}

impl LivePage {
    /// The page of an address: its path, and its query if it has one. None where no page follows anything.
    pub fn at(address: &str) -> Option<Self> {
        if address.len() > LONGEST || !address.starts_with('/') {
            return None;
        }
        let uri: Uri = address.parse().ok()?;
        let Query(mut query) = Query::<BTreeMap<String, String>>::try_from_uri(&uri).ok()?;
        let mut get = |name: &str| query.remove(name).unwrap_or_default();
        let parts: Vec<&str> = uri.path().split('/').skip(1).filter(|part| !part.is_empty()).collect();
        Some(match parts.as_slice() {
            [] => Self::Today,
            ["clashes"] => Self::Clashes(ClashFilters { rule: get("rule"), level: get("level") }),
            ["visits"] => Self::Visits { state: get("state"), category: get("category"), text: get("text") },
            ["visits", visit] => Self::Programme(visit.parse().ok()?),
            ["visits", visit, "tasks"] => Self::Tasks(visit.parse().ok()?),
            ["visits", visit, "items", item] => Self::Line { visit: visit.parse().ok()?, item: item.parse().ok()? },
            ["rooms"] => Self::Board(BoardFilters::of_query(&params_of(query))),
            ["calendar"] => Self::Calendar(CalendarAsked::of_query(&params_of(query))),
            ["rooms", "approvals"] => Self::Approvals { after: get("after") },
            ["rooms", room] => Self::Room { room: room.parse().ok()?, day: get("day"), month: get("month") },
            _ => return None,
        })
    }
}

/// A query as a page reads it.
fn params_of(query: BTreeMap<String, String>) -> ParamsMap {
    let mut asked = ParamsMap::new();
    for (name, value) in query {
        asked.insert(name, value);
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_page_with_what_it_asks_for() {
        let id = "6f3f8a4e-0000-4000-8000-000000000000";
        assert_eq!(LivePage::at("/"), Some(LivePage::Today));
        let clashes = ClashFilters { rule: "rest_day".into(), ..ClashFilters::default() };
        assert_eq!(LivePage::at("/clashes?rule=rest_day"), Some(LivePage::Clashes(clashes)));
        assert_eq!(LivePage::at(&format!("/visits/{id}?saved=x")), Some(LivePage::Programme(id.parse().unwrap())));
        assert_eq!(LivePage::at(&format!("/visits/{id}/tasks?at=x")), Some(LivePage::Tasks(id.parse().unwrap())));
        let line = LivePage::Line { visit: id.parse().unwrap(), item: id.parse().unwrap() };
        assert_eq!(LivePage::at(&format!("/visits/{id}/items/{id}")), Some(line));
        let list = LivePage::Visits { state: "held".into(), category: String::new(), text: "a b".into() };
        assert_eq!(LivePage::at("/visits?text=a%20b&state=held"), Some(list));
        let board = LivePage::Board(BoardFilters { day: "2027-03-17".into(), ..BoardFilters::default() });
        assert_eq!(LivePage::at("/rooms?day=2027-03-17&x=y"), Some(board));
        let month = LivePage::Room { room: id.parse().unwrap(), day: String::new(), month: "2027-03".into() };
        assert_eq!(LivePage::at(&format!("/rooms/{id}?month=2027-03")), Some(month));
        let week = CalendarAsked { show: "week".into(), zone: "Asia/Tokyo".into(), ..CalendarAsked::default() };
        assert_eq!(LivePage::at("/calendar?show=week&zone=Asia%2FTokyo"), Some(LivePage::Calendar(week)));
    }

    #[test]
    fn what_is_no_such_page_follows_nothing() {
        for address in ["", "visits", "/visits/new", "/visits/x/items/y", "/settings", "/rooms/list", "//evil.example/", "/nothing-here"] {
            assert_eq!(LivePage::at(address), None, "{address}");
        }
        assert_eq!(LivePage::at(&format!("/?{}", "x".repeat(LONGEST))), None);
    }
}

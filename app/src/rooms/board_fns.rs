//! The server's half of the board.

use super::view::BoardPageView;
use crate::errors::AppError;
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// What the board is narrowed to, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardFilters {
    /// The day, as `2027-03-17`; what is none is today.
    pub day: String,
    /// Word of a layout.
    pub layout: String,
    /// Word of a feature.
    pub feature: String,
    /// How many people.
    pub people: String,
    /// A site, by id.
    pub site: String,
    /// A part of a room's name.
    pub text: String,
}

impl BoardFilters {
    /// The address's part after `/rooms` by which a day is shown with these filters.
    pub fn query(&self, day: NaiveDate) -> String {
        let mut address = ParamsMap::new();
        address.insert("day", day.to_string());
        let filters =
            [("layout", &self.layout), ("feature", &self.feature), ("people", &self.people), ("site", &self.site), ("text", &self.text)];
        for (name, value) in filters {
            if !value.is_empty() {
                address.insert(name, value.clone());
            }
        }
        address.to_query_string()
    }

    /// What an address asks for.
    pub fn of_query(query: &ParamsMap) -> Self {
        let get = |name: &str| query.get(name).unwrap_or_default();
        Self {
            day: get("day"),
            layout: get("layout"),
            feature: get("feature"),
            people: get("people"),
            site: get("site"),
            text: get("text"),
        }
    }

    /// Which rooms they let pass. What a filter cannot be lets all pass.
    #[cfg(feature = "ssr")]
    pub(crate) fn rooms(&self) -> domain::rooms::filter::RoomFilter {
        use crate::visits::words::word_of;
        use domain::rooms::{Feature, Layout, filter::RoomFilter};
        RoomFilter {
            layout: Layout::ALL.into_iter().find(|layout| word_of(layout) == self.layout),
            people: self.people.trim().parse().ok(),
            features: Feature::ALL.into_iter().filter(|feature| word_of(feature) == self.feature).collect(),
            site: self.site.trim().parse().ok(),
            clearance: None,
            text: Some(self.text.trim().to_owned()).filter(|text| !text.is_empty()),
        }
    }
}

/// The board of a day. What a filter cannot be lets all pass.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_board(
    /// The day, and which rooms.
    filters: BoardFilters,
) -> Result<BoardPageView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async { Ok(board_of(&request_context()?, &filters).await?) }).await
}

/// The board of a day, with what its filters offer.
#[cfg(feature = "ssr")]
pub(crate) async fn board_of(context: &backend::RequestContext, filters: &BoardFilters) -> backend::Outcome<BoardPageView> {
    use crate::{components::Choice, request::may};
    use domain::{permission::Action, rooms::filter::RoomFilter};
    let today = context.today();
    let date = super::day_asked(&filters.day).unwrap_or(today);
    let filter = filters.rooms();
    let is_filtered = filter != RoomFilter::default();
    let board = match backend::rooms::board::day_board(context, date, &filter).await {
        // No clock has that day: the one there is, is today.
        Err(backend::Failure::Invalid(_)) => backend::rooms::board::day_board(context, today, &filter).await?,
        other => other?,
    };
    let sites = backend::rooms::list_sites(context).await?;
    let sites = sites.into_iter().map(|site| Choice::new(site.id.to_string(), site.name)).collect();
    let waiting = if may(context, Action::ApproveBooking) { Some(backend::rooms::approvals::count_waiting(context).await?) } else { None };
    Ok(BoardPageView { board, sites, today, is_filtered, waiting, may_manage: may(context, Action::ManageRooms) })
}

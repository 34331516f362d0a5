//! The server's half of the board.

use super::view::BoardPageView;
use crate::errors::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the board is narrowed to, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The board of a day. What a filter cannot be lets all pass.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_board(
    /// The day, and which rooms.
    filters: BoardFilters,
) -> Result<BoardPageView, AppError> {
    use crate::{
        components::Choice,
        request::{may, request_context},
        visits::words::word_of,
    };
    use domain::{
        permission::Action,
        rooms::{Feature, Layout, filter::RoomFilter},
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let today = context.today();
        let date = filters.day.trim().parse().unwrap_or(today);
        let filter = RoomFilter {
            layout: Layout::ALL.into_iter().find(|layout| word_of(layout) == filters.layout),
            people: filters.people.trim().parse().ok(),
            features: Feature::ALL.into_iter().filter(|feature| word_of(feature) == filters.feature).collect(),
            site: filters.site.trim().parse().ok(),
            clearance: None,
            text: Some(filters.text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let is_filtered = filter != RoomFilter::default();
        let board = match backend::rooms::board::day_board(&context, date, &filter).await {
            // No clock has that day: the one there is, is today.
            Err(backend::Failure::Invalid(_)) => backend::rooms::board::day_board(&context, today, &filter).await?,
            other => other?,
        };
        let sites = backend::rooms::list_sites(&context).await?;
        let sites = sites.into_iter().map(|site| Choice::new(site.id.to_string(), site.name)).collect();
        let waiting =
            if may(&context, Action::ApproveBooking) { Some(backend::rooms::approvals::count_waiting(&context).await?) } else { None };
        Ok(BoardPageView { board, sites, today, is_filtered, waiting, may_manage: may(&context, Action::ManageRooms) })
    })
    .await
}

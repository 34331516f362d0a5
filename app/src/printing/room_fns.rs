//! The server's half of the printed pages of rooms.

use super::view::{BoardPrintView, RoomPrintView};
use crate::{errors::AppError, rooms::BoardFilters};
use leptos::prelude::*;

/// The board of a day to be printed, as the board orders and filters it; that it was is recorded.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_board_print(
    /// The day, and which rooms.
    filters: BoardFilters,
) -> Result<BoardPrintView, AppError> {
    use crate::request::request_context;
    use backend::{Failure, rooms::print::print_board};
    crate::errors::answer(async {
        let context = request_context()?;
        let (today, rooms) = (context.today(), filters.rooms());
        let board = match print_board(&context, crate::rooms::day_asked(&filters.day).unwrap_or(today), &rooms).await {
            // No clock has that day: the one there is, is today.
            Err(Failure::Invalid(_)) => print_board(&context, today, &rooms).await?,
            other => other?,
        };
        Ok(BoardPrintView { board, by: gathering::printed_by(&context)? })
    })
    .await
}

/// A day, week or month of a room to be printed; that it was is recorded.
///
/// # Errors
/// When there is no such room, or one may not read rooms.
#[server]
pub async fn load_room_print(
    /// The room.
    id: String,
    /// A day, as `2027-03-17`; what is none is today.
    day: String,
    /// The word of how much is printed round it; the day alone, if it is none.
    span: String,
) -> Result<RoomPrintView, AppError> {
    use super::room_words::PrintSpan;
    use crate::{request::request_context, rooms::day_asked};
    use backend::rooms::print::print_room;
    crate::errors::answer(async {
        let context = request_context()?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let (first, days) = PrintSpan::from_word(&span).days(day_asked(&day).unwrap_or(context.today()));
        let days = print_room(&context, id, first, days).await?;
        Ok(RoomPrintView { days, by: gathering::printed_by(&context)? })
    })
    .await
}

#[cfg(feature = "ssr")]
mod gathering {
    use super::super::view::PrintedBy;
    use backend::{Failure, Outcome, RequestContext};
    use domain::{
        programme::print::Paper,
        time::{agreed::MomentView, wall_at},
    };

    /// When it is printed, by which office, and on what it usually prints.
    pub(super) fn printed_by(context: &RequestContext) -> Outcome<PrintedBy> {
        let details = &context.office().details;
        let at = wall_at(context.zones(), &details.zone, context.now()).map_err(|_| Failure::Corrupt { what: "zone of the office" })?;
        Ok(PrintedBy {
            printed_at: MomentView::from(at),
            office: details.host.to_string(),
            usual_paper: Paper::usual_in(details.country.as_str()),
        })
    }
}

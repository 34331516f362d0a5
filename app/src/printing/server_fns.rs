//! The server's half of a printed page.

use super::view::PrintView;
use crate::errors::AppError;
use leptos::prelude::*;

/// A programme to be printed; that it was is recorded.
///
/// # Errors
/// When there is nothing of this visit for the requester, or the requester may not print.
#[server]
pub async fn load_print(
    /// The visit.
    id: String,
    /// The word of a depth; all of it, if it is none.
    depth: String,
    /// The word of the audience whose last release is printed; without one, what the requester reads on the programme's page.
    #[server(default)]
    audience: String,
) -> Result<PrintView, AppError> {
    use crate::request::request_context;
    use domain::{
        ids::VisitId,
        programme::print::{Depth, Paper},
        releases::Audience,
        time::{agreed::MomentView, wall_at},
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let depth = Depth::from_word(&depth).unwrap_or(Depth::Detailed);
        let printed = backend::programme::print::print_programme(&context, id, Audience::from_word(&audience), depth).await?;
        let details = &context.office().details;
        let printed_at = wall_at(context.zones(), &details.zone, printed.printed_at)
            .map_err(|_| backend::Failure::Corrupt { what: "zone of the office" })?;
        let usual_paper = Paper::usual_in(details.country.as_str());
        let code_page = format!("{}{}", context.public_address(), crate::releases::code::CODE_PATH);
        Ok(PrintView { printed, printed_at: MomentView::from(printed_at), office: details.host.to_string(), usual_paper, code_page })
    })
    .await
}

//! Lists a page at a time.

use serde::{Deserialize, Serialize};

/// The most things on one page.
pub const MOST_ON_A_PAGE: u32 = 200;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The things on it, in the list's order.
    pub items: Vec<T>,
    /// What asks for the next page; none on the last. It means nothing to anybody but the server.
    pub next: Option<String>,
}

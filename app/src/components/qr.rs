//! Links as QR codes.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A QR code (ISO/IEC 18004) as a drawing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrView {
    /// The length of its side in modules, with the quiet zone.
    pub side: usize,
    /// The dark modules, as the path of an SVG whose unit is a module.
    pub path: String,
}

impl std::fmt::Debug for QrView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("QrView").finish_non_exhaustive()
    }
}

/// A QR code, with what it is of below it.
#[component]
pub fn QrCode(
    /// The code.
    code: QrView,
    /// What it is of.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let QrView { side, path } = code;
    view! {
        <figure>
            <svg viewBox=format!("0 0 {side} {side}") width="240" height="240" role="img" aria-label=label.clone() shape-rendering="crispEdges">
                <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
                <path d=path fill="#000"></path>
            </svg>
            <figcaption class="faint">{label}</figcaption>
        </figure>
    }
    .into_any()
}

/// The modules of light around a code (ISO/IEC 18004, 6.3.8).
#[cfg(feature = "ssr")]
const QUIET: usize = 4;

/// A text as a QR code; none if it is too long for one.
#[cfg(feature = "ssr")]
pub fn drawn(text: &str) -> Option<QrView> {
    use qrcode::{Color, QrCode};
    use std::fmt::Write as _;
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        // Writing into a text cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET);
    }
    Some(QrView { side: width + 2 * QUIET, path })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_corner_inside_the_quiet_zone() {
        let code = drawn("https://protocol.example/feeds/x.ics").unwrap();
        assert!(code.path.starts_with("M4 4h1v1h-1zM5 4"), "{}", &code.path[..40]);
        assert_eq!((code.side - 2 * QUIET - 17) % 4, 0);
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(drawn(&"x".repeat(8_000)).is_none());
    }
}

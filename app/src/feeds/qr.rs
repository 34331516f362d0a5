//! Links as QR codes.

use super::view::QrView;
use qrcode::{Color, QrCode};
use std::fmt::Write as _;

/// The modules of light around a code (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A text as a QR code; none if it is too long for one.
pub(super) fn drawn(text: &str) -> Option<QrView> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        // Writing into a text cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET);
    }
    Some(QrView { side: width + 2 * QUIET, path })
}

#[cfg(test)]
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

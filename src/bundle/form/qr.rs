//! A QR code as an inline picture: one path of squares, no outside file.
use qrcode::{Color, QrCode};
use std::fmt::Write;

/// Blank squares around the code that readers need.
const QUIET: usize = 4;

/// `None` for a text that no code can hold.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width.max(1)).enumerate() {
        for (column, _) in line.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    let size = width + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_fourteen_digits_is_a_small_code_with_its_three_corners() {
        let picture = svg("23150601010101").unwrap();
        // Version 1 has 21 squares, and 4 blank ones on each side.
        assert!(picture.contains("viewBox=\"0 0 29 29\""), "{picture}");
        for corner in ["M4 4h1", "M24 4h1", "M4 24h1"] {
            assert!(picture.contains(corner), "{corner}");
        }
        assert!(!picture.contains("M24 24h1v1h-1zM25 24"), "no corner at the lower right");
        assert_ne!(picture, svg("23150601010102").unwrap());
    }

    #[test]
    fn a_text_too_long_for_a_code_gives_none() {
        assert_eq!(svg(&"9".repeat(8000)), None);
    }
}

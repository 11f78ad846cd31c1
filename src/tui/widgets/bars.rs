//! Horizontal bars and small column charts as text, with an ASCII form.
//!
//! Counts only; the caller writes the number beside the bar, so that the bar is never the only sign.

/// Which characters the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Block,
    Ascii,
}

impl Ink {
    pub fn for_canvas(canvas: &crate::tui::canvas::Canvas<'_, '_>) -> Ink {
        if canvas.is_ascii() { Ink::Ascii } else { Ink::Block }
    }
}

const EIGHTHS: [&str; 8] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"];

/// A bar of exactly `cells` cells for `part` of `whole`, in half cells. Some of something is never shown as nothing,
/// and not quite all never as all.
pub fn bar(part: u64, whole: u64, cells: usize, ink: Ink) -> String {
    let halves = share(part, whole, cells.saturating_mul(2));
    let (full, half) = match ink {
        Ink::Block => ("█", "▌"),
        Ink::Ascii => ("#", "="),
    };
    let mut bar = full.repeat(halves / 2);
    bar.push_str(&half.repeat(halves % 2));
    bar.push_str(&" ".repeat(cells.saturating_sub(halves.div_ceil(2))));
    bar
}

/// Lines, highest first, of a chart with one column of `width` cells and a blank per value; the largest value has
/// full height.
pub fn columns(values: &[u64], height: usize, width: usize, ink: Ink) -> Vec<String> {
    let most = values.iter().copied().max().unwrap_or(0);
    let steps = match ink {
        Ink::Block => 8,
        Ink::Ascii => 2,
    };
    let heights: Vec<usize> = values.iter().map(|v| share(*v, most, height.saturating_mul(steps))).collect();
    let cell = |filled: usize| match (ink, filled) {
        (_, 0) => " ",
        (Ink::Block, n) if n >= steps => "█",
        (Ink::Block, n) => EIGHTHS.get(n).copied().unwrap_or(" "),
        (Ink::Ascii, 1) => "=",
        (Ink::Ascii, _) => "#",
    };
    let line = |row: usize| {
        let parts = heights.iter().map(|h| cell(h.saturating_sub(row * steps)).repeat(width));
        parts.collect::<Vec<_>>().join(" ")
    };
    (0..height).rev().map(line).collect()
}

/// `part / whole` of `steps`, rounded down, but at least 1 for anything and less than all for less than everything.
fn share(part: u64, whole: u64, steps: usize) -> usize {
    let part = part.min(whole);
    if part == 0 || steps == 0 {
        return 0;
    }
    let wide = u128::from(part) * steps as u128 / u128::from(whole);
    usize::try_from(wide).unwrap_or(steps).clamp(1, steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;
    use proptest::prelude::*;

    #[test]
    fn bars_tell_some_from_none_and_all() {
        assert_eq!(bar(0, 10, 5, Ink::Ascii), "     ");
        assert_eq!(bar(1, 1000, 5, Ink::Ascii), "=    ");
        assert_eq!(bar(999, 1000, 5, Ink::Ascii), "####=");
        assert_eq!(bar(10, 10, 5, Ink::Ascii), "#####");
        assert_eq!(bar(5, 10, 5, Ink::Block), "██▌  ");
        assert_eq!(bar(3, 0, 3, Ink::Block), "   ");
    }

    #[test]
    fn charts_stand_on_the_last_line() {
        assert_eq!(columns(&[0, 1, 4], 2, 2, Ink::Ascii), ["      ##", "   == ##"]);
        assert_eq!(columns(&[8, 1], 1, 1, Ink::Block), ["█ ▁"]);
        assert_eq!(columns(&[], 2, 1, Ink::Block), ["", ""]);
    }

    proptest! {
        #[test]
        fn a_bar_is_as_wide_as_asked(part in any::<u64>(), whole in any::<u64>(), cells in 0usize..40) {
            prop_assert_eq!(width(&bar(part, whole, cells, Ink::Block)), cells);
        }
    }
}

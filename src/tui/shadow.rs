//! Which cells of the terminal hold halves of wide characters.
//!
//! When one half is overwritten, terminals differ in what they leave in the other; the backend paints it anew.
use super::pen::Pen;
use ratatui::layout::Position;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Whole,
    /// First cell of a wide character, painted with this pen.
    Lead(Pen),
    Trail(Pen),
    /// The other half is gone; a blank of this pen belongs here unless something else is painted.
    Broken(Pen),
}

#[derive(Debug, Default)]
pub struct Shadow {
    rows: Vec<Vec<Slot>>,
    broken: Vec<Position>,
}

impl Shadow {
    pub fn clear(&mut self) {
        self.rows.clear();
        self.broken.clear();
    }

    /// Notes that a character of `width` cells was painted at `at`.
    pub fn paint(&mut self, at: Position, width: u16, pen: Pen) {
        if let (Slot::Trail(lead), Some(before)) = (self.get(at), at.x.checked_sub(1)) {
            self.tear(Position { x: before, y: at.y }, lead);
        }
        let end = Position { x: at.x.saturating_add(width), y: at.y };
        if let Slot::Trail(lead) = self.get(end) {
            self.tear(end, lead);
        }
        self.set(at, if width > 1 { Slot::Lead(pen) } else { Slot::Whole });
        for x in at.x.saturating_add(1)..end.x {
            self.set(Position { x, y: at.y }, Slot::Trail(pen));
        }
    }

    /// The halves that were left alone since the last call, each with the pen of its blank.
    pub fn take_broken(&mut self) -> Vec<(Position, Pen)> {
        let broken = std::mem::take(&mut self.broken);
        broken
            .into_iter()
            .filter_map(|at| match self.get(at) {
                Slot::Broken(pen) => Some((at, pen)),
                _ => None,
            })
            .collect()
    }

    fn tear(&mut self, at: Position, pen: Pen) {
        self.set(at, Slot::Broken(pen));
        self.broken.push(at);
    }

    fn get(&self, at: Position) -> Slot {
        let row = self.rows.get(usize::from(at.y));
        row.and_then(|row| row.get(usize::from(at.x))).copied().unwrap_or(Slot::Whole)
    }

    fn set(&mut self, at: Position, slot: Slot) {
        let (x, y) = (usize::from(at.x), usize::from(at.y));
        if self.rows.len() <= y {
            self.rows.resize_with(y + 1, Vec::new);
        }
        if let Some(row) = self.rows.get_mut(y) {
            if row.len() <= x {
                row.resize(x + 1, Slot::Whole);
            }
            if let Some(place) = row.get_mut(x) {
                *place = slot;
            }
        }
    }
}

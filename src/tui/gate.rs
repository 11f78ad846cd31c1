//! The last gate before the terminal: repairs a finished buffer whatever was drawn into it.
//!
//! 1. No control, direction or invisible character is left in a cell.
//! 2. A wide character has a blank second cell of its own style; one that was half overdrawn, or sticks out over the
//!    right edge, becomes blank.
//!
//! The backend relies on 2.
use crate::model::clean;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;

/// The mark for a character that may not be shown; there is no room in a cell for its number.
const HIDDEN: &str = "?";

pub fn sweep(buffer: &mut Buffer) {
    let area = *buffer.area();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            clean_cell(buffer, Position { x, y });
            let width = cell_width(buffer, Position { x, y });
            if width > 1 && !settle_wide(buffer, Position { x, y }, width) {
                blank(buffer, Position { x, y });
                x += 1;
                continue;
            }
            x = x.saturating_add(width);
        }
    }
}

fn clean_cell(buffer: &mut Buffer, at: Position) {
    let Some(cell) = buffer.cell_mut(at) else { return };
    let symbol = cell.symbol();
    if symbol.is_empty() || symbol.chars().any(clean::is_unsafe) || (symbol.len() > 1 && symbol.cell_width() == 0) {
        let shown = if symbol.is_empty() { " " } else { HIDDEN };
        cell.set_symbol(shown);
    }
}

fn cell_width(buffer: &Buffer, at: Position) -> u16 {
    buffer.cell(at).map_or(1, |cell| cell.symbol().cell_width().max(1))
}

/// Gives the further cells of a wide character its style; `false` when one of them shows something else or is missing.
fn settle_wide(buffer: &mut Buffer, at: Position, width: u16) -> bool {
    let end = at.x.saturating_add(width);
    let rest = at.x.saturating_add(1)..end;
    let free = |x| buffer.cell((x, at.y)).is_some_and(|cell| cell.symbol().trim_matches(' ').is_empty());
    if !rest.clone().all(free) {
        return false;
    }
    let Some((fg, bg, modifier)) = buffer.cell(at).map(|c| (c.fg, c.bg, c.modifier)) else { return false };
    for x in rest {
        if let Some(cell) = buffer.cell_mut((x, at.y)) {
            cell.set_symbol(" ");
            (cell.fg, cell.bg, cell.modifier) = (fg, bg, modifier);
        }
    }
    true
}

fn blank(buffer: &mut Buffer, at: Position) {
    if let Some(cell) = buffer.cell_mut(at) {
        cell.set_symbol(" ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    fn line(buffer: &Buffer) -> String {
        (0..buffer.area.width).map(|x| buffer[(x, 0)].symbol()).collect()
    }

    #[test]
    fn hidden_characters_never_pass() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        for (x, symbol) in ["\u{1b}", "\u{202e}", "a\u{200b}", "\u{301}", "张\u{2066}", "", "\u{85}"].iter().enumerate()
        {
            buffer[(u16::try_from(x).unwrap(), 0)].set_symbol(symbol);
        }
        sweep(&mut buffer);
        assert_eq!(line(&buffer), "????? ? ");
    }

    #[test]
    fn a_half_overdrawn_character_becomes_blank() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "张三", Style::new());
        buffer[(1, 0)].set_symbol("|");
        buffer[(5, 0)].set_symbol("李");
        sweep(&mut buffer);
        assert_eq!(line(&buffer), " |三   ");
    }

    #[test]
    fn the_second_cell_takes_the_style_of_the_first() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer.set_string(0, 0, "张", Style::new().bg(Color::Blue));
        sweep(&mut buffer);
        assert_eq!(buffer[(1, 0)].bg, Color::Blue);
    }
}

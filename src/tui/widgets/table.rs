//! A table that asks only for the rows it shows. Selection has a mark, not only a colour; columns that do not fit go
//! by priority.
use crate::text::width;
use crate::tui::canvas::Canvas;
use crate::tui::chord::Chord;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use std::cell::Cell;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Fixed(u16),
    /// At least this many cells, and a share of what is left.
    Fill(u16),
}

impl Width {
    fn least(self) -> u16 {
        match self {
            Width::Fixed(cells) | Width::Fill(cells) => cells,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub width: Width,
    pub align: Align,
    /// 0 always stays; the highest goes first when the screen is narrow.
    pub priority: u8,
}

impl Column {
    pub fn new(title: impl Into<String>, width: Width) -> Column {
        Column { title: title.into(), width, align: Align::Left, priority: 0 }
    }

    pub fn right(self) -> Column {
        Column { align: Align::Right, ..self }
    }

    pub fn priority(self, priority: u8) -> Column {
        Column { priority, ..self }
    }
}

/// Cells for the mark of the selected row.
const MARK: u16 = 2;
/// Blank cells between columns.
const GAP: u16 = 1;

#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
    selected: usize,
    /// First row on the screen and rows that fit, as of the last drawing.
    offset: Cell<usize>,
    page: Cell<usize>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, rows: 0, selected: 0, offset: Cell::new(0), page: Cell::new(1) }
    }

    /// Tells how many rows there are now; the selection stays where it is, or on the last row.
    pub fn set_rows(&mut self, rows: usize) {
        self.rows = rows;
        self.select(self.selected);
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// `None` when the table is empty.
    pub fn selected(&self) -> Option<usize> {
        (self.rows > 0).then_some(self.selected)
    }

    pub fn select(&mut self, row: usize) {
        self.selected = row.min(self.rows.saturating_sub(1));
    }

    /// Moves the selection by rows, stopping at the ends.
    pub fn step(&mut self, by: i16) {
        self.select(self.selected.saturating_add_signed(isize::from(by)));
    }

    /// Rows were put in before the selection, or taken out for a negative count: what is seen stays where it is.
    pub fn slide(&mut self, by: isize) {
        self.offset.set(self.offset.get().saturating_add_signed(by));
        self.select(self.selected.saturating_add_signed(by));
    }

    /// Up, Down, PageUp, PageDown, Home, End; `false` for any other key.
    pub fn key(&mut self, chord: Chord) -> bool {
        let page = self.page.get().max(1);
        let to = match chord {
            Chord::Up => self.selected.saturating_sub(1),
            Chord::Down => self.selected.saturating_add(1),
            Chord::PageUp => self.selected.saturating_sub(page),
            Chord::PageDown => self.selected.saturating_add(page),
            Chord::Home => 0,
            Chord::End => usize::MAX,
            _ => return false,
        };
        self.select(to);
        true
    }

    /// Draws the header and the rows in sight. `cell(row, column)` gives the text and its role.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cell: &dyn Fn(usize, usize) -> (String, Role)) {
        if area.height == 0 || area.width <= MARK {
            return;
        }
        let places = self.places(area.width - MARK);
        let header = Rect { height: 1, ..area };
        canvas.fill(header, Role::Header);
        for place in &places {
            if let Some(column) = self.columns.get(place.column) {
                place.text(canvas, header, column.align, (&column.title, Role::Header));
            }
        }
        let body = usize::from(area.height - 1);
        self.scroll(body);
        let rows = (self.offset.get()..self.rows).take(body);
        for (row, y) in rows.zip(area.y + 1..area.bottom()) {
            let line = Rect::new(area.x, y, area.width, 1);
            let is_selected = row == self.selected;
            canvas.line(
                line,
                if is_selected { "> " } else { "" },
                if is_selected { Role::Selected } else { Role::Text },
            );
            for place in &places {
                let (text, role) = cell(row, place.column);
                let role = if is_selected { Role::Selected } else { role };
                let align = self.columns.get(place.column).map_or(Align::Left, |c| c.align);
                place.text(canvas, line, align, (&text, role));
            }
        }
    }

    /// Keeps the selected row in sight and the screen full.
    fn scroll(&self, body: usize) {
        self.page.set(body.max(1));
        let lowest = self.selected.saturating_sub(body.saturating_sub(1));
        let highest = self.selected.min(self.rows.saturating_sub(body));
        self.offset.set(self.offset.get().clamp(lowest.min(highest), highest.max(lowest).min(self.selected)));
    }

    /// Which columns are shown, where and how wide.
    fn places(&self, cells: u16) -> Vec<Place> {
        let mut shown: Vec<(usize, &Column)> = self.columns.iter().enumerate().collect();
        let need = |shown: &[(usize, &Column)]| {
            let least: u32 = shown.iter().map(|(_, c)| u32::from(c.width.least()) + u32::from(GAP)).sum();
            least.saturating_sub(u32::from(GAP))
        };
        while need(&shown) > u32::from(cells) && shown.len() > 1 {
            // The last one of the highest priority.
            let Some(at) = (0..shown.len()).max_by_key(|at| shown.get(*at).map(|(_, c)| c.priority)) else { break };
            if shown.get(at).is_none_or(|(_, c)| c.priority == 0) {
                break;
            }
            shown.remove(at);
        }
        let spare = u32::from(cells).saturating_sub(need(&shown));
        let mut fills = shown.iter().filter(|(_, c)| matches!(c.width, Width::Fill(_))).count() as u32;
        let (mut x, mut spare, mut places) = (0u16, u16::try_from(spare).unwrap_or(0), Vec::new());
        for (column, c) in shown {
            let mut width = c.width.least();
            if matches!(c.width, Width::Fill(_)) {
                let share = spare / u16::try_from(fills).unwrap_or(1).max(1);
                (width, spare, fills) = (width.saturating_add(share), spare - share, fills.saturating_sub(1));
            }
            let width = width.min(cells.saturating_sub(x));
            places.push(Place { column, x, width });
            x = x.saturating_add(width).saturating_add(GAP);
        }
        places
    }
}

/// A column on the screen; `x` counts from the end of the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    column: usize,
    x: u16,
    width: u16,
}

impl Place {
    fn text(self, canvas: &mut Canvas<'_, '_>, line: Rect, align: Align, (text, role): (&str, Role)) {
        let (cells, text) = (usize::from(self.width), crate::model::clean::visible(text));
        let shown = match align {
            Align::Left => width::cut(&text, cells).into_owned(),
            Align::Right => width::pad_left(&text, cells),
        };
        let area = Rect::new(line.x + MARK + self.x, line.y, self.width, 1);
        canvas.text_in(area, &shown, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::Ambiguous;
    use crate::tui::theme::Theme;
    use ratatui::buffer::Buffer;

    fn table(rows: usize) -> Table {
        let mut table = Table::new(vec![
            Column::new("No", Width::Fixed(4)).right(),
            Column::new("姓名", Width::Fill(6)),
            Column::new("Room", Width::Fixed(6)).priority(2),
            Column::new("Job", Width::Fixed(8)).priority(1),
        ]);
        table.set_rows(rows);
        table
    }

    fn drawn(table: &Table, width: u16, height: u16) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let theme = Theme::plain();
        let mut canvas = Canvas::new(&mut buffer, &theme, Ambiguous::Unknown);
        let area = canvas.area();
        table.draw(&mut canvas, area, &|row, column| (format!("{column}阿卜{row}"), Role::Text));
        canvas.finish();
        let row = |y| {
            let cells: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
            cells.replace("阿 卜 ", "阿卜").replace("姓 名 ", "姓名").replace("阿 ", "阿").trim_end().to_owned()
        };
        (0..height).map(row).collect()
    }

    #[test]
    fn narrow_screens_lose_columns_by_priority() {
        assert_eq!(
            drawn(&table(1), 40, 2),
            ["    No 姓名              Room   Job", ">  0.. 1阿卜0            2阿卜0 3阿卜0"]
        );
        assert_eq!(drawn(&table(1), 24, 1), ["    No 姓名     Job"]);
        assert_eq!(drawn(&table(1), 14, 1), ["    No 姓名"]);
        assert_eq!(drawn(&table(1), 2, 1), [""]);
    }

    #[test]
    fn the_selection_stays_in_sight() {
        let mut table = table(100);
        let first = |table: &Table| drawn(table, 14, 5).iter().position(|l| l.starts_with("> "));
        assert_eq!(first(&table), Some(1));
        assert!(table.key(Chord::End));
        assert_eq!((first(&table), table.selected(), table.offset.get()), (Some(4), Some(99), 96));
        assert!(table.key(Chord::PageUp));
        assert_eq!((first(&table), table.selected(), table.offset.get()), (Some(1), Some(95), 95));
        assert!(table.key(Chord::Up) && table.key(Chord::Up) && table.key(Chord::Down));
        assert_eq!((first(&table), table.offset.get()), (Some(1), 94));
        table.set_rows(3);
        assert_eq!((first(&table), table.selected(), table.offset.get()), (Some(3), Some(2), 0));
        table.set_rows(0);
        assert_eq!((first(&table), table.selected()), (None, None));
        assert!(!table.key(Chord::Enter));
    }
}

//! A text of several lines, wrapped to the width it gets. The caret steps by whole characters as people see them.
use super::field::Taken;
use crate::model::clean;
use crate::text::width::{head, width};
use crate::tui::canvas::Canvas;
use crate::tui::chord::Chord;
use crate::tui::input::Input;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

#[derive(Debug)]
pub struct TextArea {
    text: String,
    /// Byte offset, always on a border between visible characters.
    at: usize,
    /// Bytes at most.
    cap: usize,
    top: Cell<usize>,
    /// As of the last drawing: rows are what Up and Down step by.
    cells: Cell<usize>,
    page: Cell<usize>,
    /// A person changed the text.
    typed: bool,
}

impl TextArea {
    pub fn new(text: &str, cap: usize) -> TextArea {
        let mut area = TextArea {
            text: String::new(),
            at: 0,
            cap,
            top: Cell::new(0),
            cells: Cell::new(40),
            page: Cell::new(5),
            typed: false,
        };
        area.insert(text);
        area
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a person changed the text.
    pub fn is_typed(&self) -> bool {
        self.typed
    }

    /// Puts back what a person typed before.
    pub fn put_back(&mut self, text: &str) {
        self.text.clear();
        self.at = 0;
        self.insert(text);
        self.typed = true;
    }

    /// Characters, pastes, Enter and editing keys; Esc, Tab, function keys and other Ctrl keys are never taken.
    pub fn feed(&mut self, input: &Input) -> Taken {
        match input {
            Input::Text(c) => self.changed(|area| area.insert(c.encode_utf8(&mut [0; 4]))),
            Input::Paste(text) => self.changed(|area| area.insert(text)),
            Input::Key(Chord::Enter) => self.changed(|area| area.insert("\n")),
            Input::Key(chord) => self.key(*chord),
            Input::Resize(..) | Input::Scroll(_) | Input::Rest => Taken::No,
        }
    }

    fn changed(&mut self, edit: impl FnOnce(&mut TextArea)) -> Taken {
        let before = self.text.len();
        edit(self);
        if self.text.len() == before {
            return Taken::Moved;
        }
        self.typed = true;
        Taken::Changed
    }

    fn insert(&mut self, text: &str) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "  ");
        let mut kept: String = lines.chars().filter(|c| *c == '\n' || !clean::is_unsafe(*c)).collect();
        let room = self.cap.saturating_sub(self.text.len());
        while kept.len() > room {
            kept.pop();
        }
        self.text.insert_str(self.at, &kept);
        self.at += kept.len();
        self.settle();
    }

    fn key(&mut self, chord: Chord) -> Taken {
        let (before, after) = (self.before(), self.after());
        match chord {
            Chord::Left => self.go(before),
            Chord::Right => self.go(after),
            Chord::Up => self.by_rows(-1),
            Chord::Down => self.by_rows(1),
            Chord::PageUp => self.by_rows(-self.one_page()),
            Chord::PageDown => self.by_rows(self.one_page()),
            Chord::Home | Chord::Ctrl('a') => self.go(self.row().map_or(0, |r| r.start)),
            Chord::End | Chord::Ctrl('e') => self.go(self.row().map_or(self.text.len(), |r| r.end)),
            Chord::Backspace => self.changed(|area| area.cut(before, area.at)),
            Chord::Delete | Chord::Ctrl('d') => self.changed(|area| area.cut(area.at, after)),
            Chord::Ctrl('u') => {
                let start = self.text.get(..self.at).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
                self.changed(|area| area.cut(start, area.at))
            }
            _ => Taken::No,
        }
    }

    fn one_page(&self) -> isize {
        isize::try_from(self.page.get()).unwrap_or(1)
    }

    fn go(&mut self, to: usize) -> Taken {
        self.at = to;
        Taken::Moved
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.at = from;
        if from < to {
            self.text.drain(from..to);
            self.settle();
        }
    }

    /// Puts the caret on a border again: a combining character may have joined its neighbours.
    fn settle(&mut self) {
        let border = self.borders().find(|border| *border >= self.at);
        self.at = border.unwrap_or(self.text.len());
    }

    fn borders(&self) -> impl Iterator<Item = usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()])
    }

    fn before(&self) -> usize {
        self.borders().take_while(|border| *border < self.at).last().unwrap_or(0)
    }

    fn after(&self) -> usize {
        self.borders().find(|border| *border > self.at).unwrap_or(self.text.len())
    }

    /// Bytes of each row on the screen; a line end belongs to no row.
    fn rows(&self) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let end = start + line.len();
            let mut from = start;
            loop {
                let rest = self.text.get(from..end).unwrap_or_default();
                let part = head(rest, self.cells.get().max(2)).len();
                // A row is never empty while something is left, whatever the width.
                let to = if part == 0 { end } else { from + part };
                rows.push(from..to);
                from = to;
                if from >= end {
                    break;
                }
            }
            start = end + 1;
        }
        rows
    }

    /// The place among the rows of the row with the caret.
    fn place(&self, rows: &[Range<usize>]) -> usize {
        rows.iter().rposition(|row| row.start <= self.at).unwrap_or(0)
    }

    fn row(&self) -> Option<Range<usize>> {
        let rows = self.rows();
        rows.get(self.place(&rows)).cloned()
    }

    fn by_rows(&mut self, by: isize) -> Taken {
        let rows = self.rows();
        let place = self.place(&rows);
        let column = rows.get(place).and_then(|r| self.text.get(r.start..self.at)).map_or(0, width);
        let to = place.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        if let Some(row) = rows.get(to) {
            let text = self.text.get(row.clone()).unwrap_or_default();
            self.at = row.start + head(text, column).len();
        }
        Taken::Moved
    }

    /// Draws the text and puts the caret into it.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        self.cells.set(usize::from(area.width).saturating_sub(1));
        self.page.set(usize::from(area.height).max(1));
        let rows = self.rows();
        let place = self.place(&rows);
        let height = usize::from(area.height).max(1);
        let top = self.top.get().min(place).max((place + 1).saturating_sub(height));
        self.top.set(top);
        canvas.fill(area, Role::FieldFocus);
        for (y, (n, row)) in (area.top()..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
            let text = self.text.get(row.clone()).unwrap_or_default();
            canvas.text_in(Rect::new(area.x, y, area.width, 1), text, Role::FieldFocus);
            if n == place {
                let left = self.text.get(row.start..self.at).map_or(0, width);
                canvas.caret(area.x.saturating_add(u16::try_from(left).unwrap_or(0)), y);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(area: &mut TextArea, chords: &[Chord]) {
        for chord in chords {
            area.feed(&Input::Key(*chord));
        }
    }

    #[test]
    fn lines_are_typed_and_walked_in() {
        let mut area = TextArea::new("2010年参加工作", 1000);
        keys(&mut area, &[Chord::Enter]);
        area.feed(&Input::Paste("2015年\r\n调入\u{1b}园林局".to_owned()));
        assert_eq!(area.text(), "2010年参加工作\n2015年\n调入园林局");
        keys(&mut area, &[Chord::Up, Chord::Home, Chord::Backspace]);
        assert_eq!(area.text(), "2010年参加工作2015年\n调入园林局");
        keys(&mut area, &[Chord::Down, Chord::End]);
        assert_eq!(area.feed(&Input::Text('x')), Taken::Changed);
        assert!(area.text().ends_with("局x"));
        assert_eq!(area.feed(&Input::Key(Chord::Esc)), Taken::No);
    }

    #[test]
    fn the_cap_holds() {
        let mut area = TextArea::new("", 5);
        area.feed(&Input::Paste("张三李".to_owned()));
        assert_eq!(area.text(), "张");
        assert_eq!(area.feed(&Input::Text('四')), Taken::Moved);
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "[a-z张三 \n\u{301}𠮷]{0,24}", steps in prop::collection::vec(0usize..10, 0..24), cells in 0usize..9) {
            let all = [Chord::Left, Chord::Right, Chord::Up, Chord::Down, Chord::Home, Chord::End, Chord::Backspace,
                Chord::Delete, Chord::Enter, Chord::Ctrl('u')];
            let mut area = TextArea::new(&text, 200);
            area.cells.set(cells);
            for step in steps {
                keys(&mut area, &[all[step]]);
                prop_assert!(area.borders().any(|b| b == area.at));
                prop_assert!(area.rows().iter().all(|r| area.text.get(r.clone()).is_some()));
            }
        }
    }
}

//! A text field of one line. Steps by whole characters as people see them; knows no words, no keymap.
use crate::model::clean;
use crate::text::width::{head, width};
use crate::tui::canvas::Canvas;
use crate::tui::chord::{Chord, fold};
use crate::tui::input::Input;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

/// What a field takes. Keys that it does not take fall through to the keymap.
#[derive(Debug, Clone, Copy)]
pub enum Accept {
    /// Names, remarks: every visible character, as typed.
    Any,
    /// Only what the function allows, after folding to half width: numbers, dates, marks.
    Only(fn(char) -> bool),
}

#[derive(Debug, Clone)]
pub struct Field {
    text: String,
    /// Byte offset, always on a border between visible characters.
    at: usize,
    accept: Accept,
    /// Characters (Unicode scalars) at most.
    cap: usize,
    /// The whole text is selected: the next character replaces it.
    marked: bool,
    few_keys: bool,
    /// A person changed the text since the program last set it.
    typed: bool,
}

/// Whether a field used an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    No,
    /// Used, text unchanged.
    Moved,
    Changed,
}

impl Field {
    pub fn new(accept: Accept, cap: usize) -> Field {
        Field { text: String::new(), at: 0, accept, cap, marked: false, few_keys: false, typed: false }
    }

    /// Leaves Ctrl and a letter to the keymap, but for Ctrl-U and Ctrl-W: for a field that is always in focus.
    pub fn few_keys(self) -> Field {
        Field { few_keys: true, ..self }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a person typed what is there.
    pub fn is_typed(&self) -> bool {
        self.typed
    }

    /// Puts back what a person typed before.
    pub fn put_back(&mut self, text: &str) {
        self.set(text);
        self.typed = true;
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether letters are text here, or keys of the pane although the field has the focus.
    pub fn takes_letters(&self) -> bool {
        self.filter('a').is_some()
    }

    /// Replaces the text, filtered like a paste; the caret goes to its end.
    pub fn set(&mut self, text: &str) {
        self.clear();
        self.insert(text);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.at = 0;
        (self.marked, self.typed) = (false, false);
    }

    /// Puts in a character that the filter does not take, so that it is seen as wrong instead of vanishing.
    pub fn insert_wrong(&mut self, c: char) {
        if !clean::is_unsafe(c) && self.text.chars().count() < self.cap {
            self.text.insert(self.at, c);
            self.at += c.len_utf8();
            self.typed = true;
            self.settle();
        }
    }

    /// Selects the whole text: the next character or paste replaces it, Backspace clears it, a cursor key keeps it.
    pub fn mark(&mut self) {
        self.at = self.text.len();
        self.marked = !self.text.is_empty();
    }

    /// Takes the text out and leaves the field empty.
    pub fn take(&mut self) -> String {
        (self.at, self.marked, self.typed) = (0, false, false);
        std::mem::take(&mut self.text)
    }

    /// Characters, pastes and editing keys. Enter, Tab, Esc, Up, Down and function keys are never taken, nor is
    /// an editing key that would change nothing in an empty field.
    pub fn feed(&mut self, input: &Input) -> Taken {
        let taken = self.fed(input);
        self.typed |= taken == Taken::Changed;
        taken
    }

    fn fed(&mut self, input: &Input) -> Taken {
        if self.marked && self.replaces(input) {
            self.clear();
            if let Input::Key(_) = input {
                return Taken::Changed;
            }
        }
        let taken = self.apply(input);
        self.marked &= taken == Taken::No;
        taken
    }

    /// Whether an input takes the place of a selected text.
    fn replaces(&self, input: &Input) -> bool {
        match input {
            Input::Text(c) => self.filter(*c).is_some(),
            Input::Paste(text) => text.chars().any(|c| self.filter(c).is_some()),
            Input::Key(chord) => matches!(chord, Chord::Backspace | Chord::Delete | Chord::Ctrl('u' | 'w')),
            Input::Resize(..) | Input::Scroll(_) | Input::Rest => false,
        }
    }

    fn apply(&mut self, input: &Input) -> Taken {
        match input {
            Input::Text(c) => self.type_char(*c),
            Input::Paste(text) => changed(self.insert(text)),
            Input::Key(chord) => self.key(*chord),
            Input::Resize(..) | Input::Scroll(_) | Input::Rest => Taken::No,
        }
    }

    fn type_char(&mut self, c: char) -> Taken {
        match self.filter(c) {
            Some(c) if self.text.chars().count() < self.cap => changed(self.insert(c.encode_utf8(&mut [0; 4]))),
            // Full: the key is used up, or it would act on the pane.
            Some(_) => Taken::Moved,
            None => Taken::No,
        }
    }

    fn filter(&self, c: char) -> Option<char> {
        match self.accept {
            Accept::Any => Some(c).filter(|c| !clean::is_unsafe(*c)),
            Accept::Only(allows) => Some(fold(c)).filter(|c| allows(*c)),
        }
    }

    /// Inserts what the filter lets through, up to the cap. Line breaks and tabs in a paste become one blank.
    fn insert(&mut self, text: &str) -> bool {
        let room = self.cap.saturating_sub(self.text.chars().count());
        let blanked = text.trim_end_matches(['\r', '\n']).replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        let kept: String = blanked.chars().filter_map(|c| self.filter(c)).take(room).collect();
        self.text.insert_str(self.at, &kept);
        self.at += kept.len();
        self.settle();
        !kept.is_empty()
    }

    fn key(&mut self, chord: Chord) -> Taken {
        let (start, end) = (0, self.text.len());
        let (before, after) = (self.before(), self.after());
        match chord {
            _ if self.text.is_empty() => Taken::No,
            Chord::Ctrl(letter) if self.few_keys && !matches!(letter, 'u' | 'w') => Taken::No,
            Chord::Left | Chord::Ctrl('b') => self.go(before),
            Chord::Right | Chord::Ctrl('f') => self.go(after),
            Chord::Home | Chord::Ctrl('a') => self.go(start),
            Chord::End | Chord::Ctrl('e') => self.go(end),
            Chord::Backspace => self.cut(before, self.at),
            Chord::Delete | Chord::Ctrl('d') => self.cut(self.at, after),
            Chord::Ctrl('u') => self.cut(start, self.at),
            Chord::Ctrl('k') => self.cut(self.at, end),
            Chord::Ctrl('w') => self.cut(self.word_start(), self.at),
            _ => Taken::No,
        }
    }

    fn go(&mut self, to: usize) -> Taken {
        self.at = to;
        Taken::Moved
    }

    fn cut(&mut self, from: usize, to: usize) -> Taken {
        self.at = from;
        if from < to {
            self.text.drain(from..to);
            self.settle();
        }
        changed(from < to)
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

    fn word_start(&self) -> usize {
        let left = self.text.get(..self.at).unwrap_or_default().trim_end();
        left.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }

    /// The part that is seen in `cells` cells, and the caret's column in it. The caret is always inside, and a wide
    /// character is never halved.
    pub fn visible(&self, cells: usize) -> (&str, usize) {
        if cells == 0 {
            return ("", 0);
        }
        let left = self.text.get(..self.at).unwrap_or_default();
        let room = cells - 1;
        let from = self.borders().find(|b| width(left.get(*b..).unwrap_or_default()) <= room).unwrap_or(self.at);
        let caret = width(left.get(from..).unwrap_or_default());
        (head(self.text.get(from..).unwrap_or_default(), cells), caret)
    }

    /// Draws the field over the first line of `area` and puts the caret into it.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (text, caret) = self.visible(usize::from(area.width));
        canvas.line(area, text, Role::FieldFocus);
        if self.marked {
            let cells = u16::try_from(width(text)).unwrap_or(area.width).min(area.width);
            canvas.restyle(Rect { width: cells, height: 1, ..area }, Role::Selected);
        }
        canvas.caret(area.x.saturating_add(u16::try_from(caret).unwrap_or(0)), area.y);
    }

    /// The same without the caret, for a field that has no focus.
    pub fn draw_idle(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        canvas.line(area, &self.text, Role::Field);
    }
}

fn changed(is: bool) -> Taken {
    if is { Taken::Changed } else { Taken::Moved }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::new(Accept::Any, 40);
        for c in text.chars() {
            field.feed(&Input::Text(c));
        }
        field
    }

    fn keys(field: &mut Field, chords: &[Chord]) {
        for chord in chords {
            field.feed(&Input::Key(*chord));
        }
    }

    #[test]
    fn editing_steps_by_visible_characters() {
        let mut field = typed("张e\u{301}三");
        keys(&mut field, &[Chord::Left, Chord::Backspace]);
        assert_eq!(field.text(), "张三");
        keys(&mut field, &[Chord::Home, Chord::Delete]);
        assert_eq!(field.text(), "三");
        keys(&mut field, &[Chord::Ctrl('e'), Chord::Ctrl('u')]);
        assert!(field.is_empty());
    }

    #[test]
    fn readline_keys_cut_words_and_ends() {
        let mut field = typed("room 12 north");
        keys(&mut field, &[Chord::Ctrl('w')]);
        assert_eq!(field.text(), "room 12 ");
        keys(&mut field, &[Chord::Ctrl('a'), Chord::Right, Chord::Ctrl('k')]);
        assert_eq!(field.text(), "r");
    }

    #[test]
    fn a_marked_text_goes_with_the_next_character() {
        let mut field = typed("123");
        field.mark();
        assert_eq!(field.feed(&Input::Key(Chord::Enter)), Taken::No);
        assert_eq!(field.feed(&Input::Text('张')), Taken::Changed);
        field.feed(&Input::Text('三'));
        assert_eq!(field.text(), "张三");
        field.mark();
        field.feed(&Input::Key(Chord::Left));
        field.feed(&Input::Text('x'));
        assert_eq!(field.text(), "张x三");
        field.mark();
        assert_eq!(field.feed(&Input::Key(Chord::Backspace)), Taken::Changed);
        assert!(field.is_empty());
    }

    #[test]
    fn a_number_field_leaves_other_keys_to_the_keymap() {
        let mut field = Field::new(Accept::Only(|c| c.is_ascii_digit() || c == '.'), 5);
        assert_eq!(field.feed(&Input::Text('８')), Taken::Changed);
        assert_eq!(field.feed(&Input::Text('q')), Taken::No);
        assert_eq!(field.feed(&Input::Text('。')), Taken::Changed);
        assert_eq!(field.feed(&Input::Key(Chord::Enter)), Taken::No);
        assert_eq!(field.text(), "8.");
        field.feed(&Input::Paste("12345678".to_owned()));
        assert_eq!(field.text(), "8.123");
        assert_eq!(field.feed(&Input::Text('9')), Taken::Moved);
    }

    #[test]
    fn an_empty_field_takes_no_editing_key() {
        let mut field = typed("");
        for chord in [Chord::Left, Chord::Home, Chord::Backspace, Chord::Ctrl('u'), Chord::Up, Chord::F(1)] {
            assert_eq!(field.feed(&Input::Key(chord)), Taken::No);
        }
    }

    #[test]
    fn a_paste_is_one_clean_line() {
        let mut field = typed("");
        field.feed(&Input::Paste("张三\t李\u{202e}四\r\n王\u{1b}[2J五\r\n".to_owned()));
        assert_eq!(field.text(), "张三 李四 王[2J五");
    }

    #[test]
    fn the_caret_stays_in_sight() {
        let mut field = typed("内蒙古自治区");
        assert_eq!(field.visible(7), ("自治区", 6));
        assert_eq!(field.visible(6), ("治区", 4));
        assert_eq!(field.visible(20), ("内蒙古自治区", 12));
        keys(&mut field, &[Chord::Home]);
        assert_eq!(field.visible(5), ("内蒙", 0));
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(
            text in "[a-z张三 \u{301}\u{ff9e}𠮷é]{0,12}",
            steps in prop::collection::vec(0usize..9, 0..20),
            cells in 0usize..12,
        ) {
            let all = [Chord::Left, Chord::Right, Chord::Home, Chord::End, Chord::Backspace, Chord::Delete,
                Chord::Ctrl('w'), Chord::Ctrl('k'), Chord::Ctrl('u')];
            let mut field = typed(&text);
            for step in steps {
                keys(&mut field, &[all[step]]);
                field.feed(&Input::Text('\u{301}'));
                let (seen, caret) = field.visible(cells);
                prop_assert!(width(seen) <= cells && (cells == 0 || caret < cells));
                prop_assert!(field.borders().any(|b| b == field.at));
            }
        }
    }
}

//! A form: entries one under another, one of them in focus, with hints and what is wrong below it. Knows no words and
//! no rules: whoever shows it sets labels, choices and notes, and asks for the values.
use super::field::{Accept, Field, Taken};
use crate::model::fold;
use crate::text::width::{pad_right, width, wrap};
use crate::tui::canvas::Canvas;
use crate::tui::input::Input;
use crate::tui::pane::Move;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use std::cell::Cell;

/// What an entry takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// One of a list; what fits nothing in it stays as typed, for the rules to judge.
    Choice(Vec<Choice>),
    /// Several lines, edited in an overlay; here only shown.
    Long,
    /// Opens something; shows a summary.
    Row,
    /// Not in reach of the focus.
    Heading,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// Lower case, blank separated: other ways to name it.
    pub also: String,
}

/// A remark under an entry. The mark says the tone without colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub role: Role,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub code: String,
    pub label: String,
    /// Shown while the entry is in focus.
    pub hint: String,
    /// Marked as one that must be filled in.
    pub needed: bool,
    pub kind: Kind,
    pub shown: bool,
    /// Follows from another entry: shown, but out of reach of the focus.
    pub fixed: bool,
    pub notes: Vec<Note>,
    field: Field,
    long: String,
}

/// Characters that a line takes.
const MOST: usize = 300;
/// Lines of a long text that are shown in the form.
const PREVIEW: usize = 3;

impl Entry {
    pub fn new(code: impl Into<String>, label: impl Into<String>, kind: Kind) -> Entry {
        Entry {
            code: code.into(),
            label: label.into(),
            hint: String::new(),
            needed: false,
            kind,
            shown: true,
            fixed: false,
            notes: Vec::new(),
            field: Field::new(Accept::Any, MOST),
            long: String::new(),
        }
    }

    pub fn hint(self, hint: impl Into<String>) -> Entry {
        Entry { hint: hint.into(), ..self }
    }

    pub fn needed(self, needed: impl Into<bool>) -> Entry {
        Entry { needed: needed.into(), ..self }
    }

    /// The value of the chosen line, or the text as typed.
    pub fn value(&self) -> &str {
        match &self.kind {
            Kind::Text => self.field.text().trim(),
            Kind::Choice(choices) => {
                let text = self.field.text().trim();
                choices.iter().find(|c| c.label == text).map_or(text, |c| &c.value)
            }
            Kind::Long | Kind::Row => &self.long,
            Kind::Heading => "",
        }
    }

    pub fn set(&mut self, value: &str) {
        match &self.kind {
            Kind::Text => self.field.set(value),
            Kind::Choice(choices) => {
                let label = choices.iter().find(|c| c.value == value).map_or(value, |c| &c.label);
                self.field.set(label);
            }
            Kind::Long | Kind::Row | Kind::Heading => value.clone_into(&mut self.long),
        }
    }

    /// What is typed next replaces the whole line.
    pub fn mark(&mut self) {
        self.field.mark();
    }

    /// Other choices; what is chosen stays.
    pub fn choose_from(&mut self, choices: Vec<Choice>) {
        let value = self.value().to_owned();
        self.kind = Kind::Choice(choices);
        self.set(&value);
    }

    /// Places of the choices that a typed text may mean, best first: the text itself, then its beginning, then a part of it.
    pub fn matches(&self) -> Vec<usize> {
        let Kind::Choice(choices) = &self.kind else { return Vec::new() };
        let text = fold::word(self.field.text()).to_lowercase();
        if text.is_empty() {
            return (0..choices.len()).collect();
        }
        let rank = |choice: &Choice| {
            let label = choice.label.to_lowercase();
            let mut names = choice.also.split_whitespace().chain([choice.value.as_str(), label.as_str()]);
            if label == text || choice.value.to_lowercase() == text {
                Some(0)
            } else if label.starts_with(&text) || choice.also.split_whitespace().any(|name| name == text) {
                Some(1)
            } else {
                let inside = names.any(|name| name.starts_with(&text)) || label.contains(&text);
                inside.then_some(2)
            }
        };
        let ranked: Vec<(usize, usize)> =
            choices.iter().enumerate().filter_map(|(at, choice)| Some((rank(choice)?, at))).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min().unwrap_or(0);
        // One that fits better than all others is meant.
        let mut only: Vec<_> = ranked.iter().filter(|(rank, _)| *rank == best).map(|(_, at)| *at).collect();
        if only.len() != 1 {
            only = ranked.into_iter().map(|(_, at)| at).collect();
        }
        only
    }

    /// Takes what was typed for the one choice it means. Whether it is settled: not when several are meant. What means
    /// none stays as typed: the rules know more words than the list shows.
    pub fn settle(&mut self) -> bool {
        if self.field.is_empty() || !matches!(self.kind, Kind::Choice(_)) {
            return true;
        }
        let matches = self.matches();
        let [only] = matches.as_slice() else { return matches.is_empty() };
        let Kind::Choice(choices) = &self.kind else { return true };
        if let Some(label) = choices.get(*only).map(|c| c.label.clone()) {
            self.field.set(&label);
        }
        true
    }

    fn in_reach(&self) -> bool {
        self.shown && !self.fixed && self.kind != Kind::Heading
    }
}

#[derive(Debug, Default)]
pub struct Form {
    entries: Vec<Entry>,
    at: usize,
    top: Cell<usize>,
    page: Cell<usize>,
    /// Cells of the labels.
    label: usize,
}

impl Form {
    pub fn new(entries: Vec<Entry>) -> Form {
        let mut form = Form { at: 0, top: Cell::new(0), page: Cell::new(10), label: 0, entries: Vec::new() };
        form.replace(entries);
        form
    }

    /// Other entries, the focus where it was by its code.
    pub fn replace(&mut self, entries: Vec<Entry>) {
        let code = self.focused().map(|e| e.code.clone());
        self.label =
            entries.iter().filter(|e| e.kind != Kind::Heading).map(|e| width(&e.label)).max().unwrap_or(0).min(24);
        self.entries = entries;
        if !code.is_some_and(|code| self.focus(&code)) {
            self.at = self.at.min(self.entries.len().saturating_sub(1));
            if !self.entries.get(self.at).is_some_and(Entry::in_reach) {
                self.at = self.entries.iter().position(Entry::in_reach).unwrap_or(0);
            }
        }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.code == code)
    }

    pub fn entry_mut(&mut self, code: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.code == code)
    }

    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut()
    }

    /// All that stands in the form, once a person has typed anything into it: code and text.
    pub fn typed(&self) -> Option<Vec<(&str, &str)>> {
        let lines = self.entries.iter().filter(|e| !e.fixed).filter_map(|e| match e.kind {
            Kind::Text | Kind::Choice(_) => Some((e.code.as_str(), e.field.text())),
            Kind::Long | Kind::Row => Some((e.code.as_str(), e.long.as_str())),
            Kind::Heading => None,
        });
        self.entries.iter().any(|e| e.field.is_typed()).then(|| lines.collect())
    }

    /// Puts back what [`Form::typed`] gave; entries that are no longer there are passed over.
    pub fn put_back<'a>(&mut self, items: impl Iterator<Item = (&'a str, &'a str)>) {
        for (code, text) in items {
            let Some(entry) = self.entry_mut(code).filter(|e| !e.fixed) else { continue };
            match entry.kind {
                Kind::Text | Kind::Choice(_) => entry.field.put_back(text),
                Kind::Long | Kind::Row => text.clone_into(&mut entry.long),
                Kind::Heading => {}
            }
        }
    }

    pub fn focused(&self) -> Option<&Entry> {
        self.entries.get(self.at)
    }

    pub fn focused_mut(&mut self) -> Option<&mut Entry> {
        self.entries.get_mut(self.at)
    }

    /// Whether there is such an entry in reach.
    pub fn focus(&mut self, code: &str) -> bool {
        match self.entries.iter().position(|e| e.code == code && e.in_reach()) {
            Some(at) => {
                self.at = at;
                true
            }
            None => false,
        }
    }

    /// To the next entry in reach; whether there was one.
    pub fn forward(&mut self) -> bool {
        let next = self.entries.iter().enumerate().skip(self.at + 1).find(|(_, e)| e.in_reach()).map(|(at, _)| at);
        self.at = next.unwrap_or(self.at);
        next.is_some()
    }

    pub fn backward(&mut self) -> bool {
        let before = self.entries.iter().enumerate().take(self.at).rev().find(|(_, e)| e.in_reach()).map(|(at, _)| at);
        self.at = before.unwrap_or(self.at);
        before.is_some()
    }

    pub fn go(&mut self, to: Move) {
        let many = self.page.get().saturating_sub(2).max(1);
        match to {
            Move::Up => {
                self.backward();
            }
            Move::Down => {
                self.forward();
            }
            Move::PageUp => (0..many).for_each(|_| {
                self.backward();
            }),
            Move::PageDown => (0..many).for_each(|_| {
                self.forward();
            }),
            Move::First => while self.backward() {},
            Move::Last => while self.forward() {},
        }
    }

    /// Characters go into the entry in focus. Where it is no line of text they are used up: letters must not be keys in
    /// the middle of a form.
    pub fn feed(&mut self, input: &Input) -> Taken {
        let Some(entry) = self.entries.get_mut(self.at) else { return Taken::No };
        match entry.kind {
            Kind::Text | Kind::Choice(_) => entry.field.feed(input),
            Kind::Long | Kind::Row | Kind::Heading => match input {
                Input::Text(_) | Input::Paste(_) => Taken::Moved,
                _ => Taken::No,
            },
        }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let label = u16::try_from(self.label + 4).unwrap_or(28).min(area.width / 2);
        let room = usize::from(area.width.saturating_sub(label + 1));
        let rows: Vec<Line> = self.lines(room);
        let height = usize::from(area.height).max(1);
        self.page.set(height);
        let own = rows.iter().enumerate().filter(|(_, row)| row.entry == self.at).map(|(n, _)| n);
        let (first, last) = own.fold((usize::MAX, 0), |(a, b), n| (a.min(n), b.max(n)));
        let mut top = self.top.get().min(rows.len().saturating_sub(height));
        // The entry with its remarks in sight, its first line above all, and a heading over it.
        let heading = first.checked_sub(1).filter(|n| rows.get(*n).is_some_and(|r| matches!(r.what, What::Heading)));
        top = top.max((last + 1).saturating_sub(height)).min(heading.unwrap_or(first));
        self.top.set(top);
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(top)) {
            self.draw_line(canvas, Rect::new(area.x, y, area.width, 1), label, row);
        }
        if top + height < rows.len() && area.height > 1 {
            let mark = Rect::new(area.right().saturating_sub(1), area.bottom() - 1, 1, 1);
            canvas.text_in(mark, "v", Role::Dim);
        }
        if top > 0 {
            canvas.text_in(Rect::new(area.right().saturating_sub(1), area.y, 1, 1), "^", Role::Dim);
        }
    }

    fn draw_line(&self, canvas: &mut Canvas<'_, '_>, line: Rect, label: u16, row: &Line) {
        let Some(entry) = self.entries.get(row.entry) else { return };
        let focused = row.entry == self.at;
        let cells = Rect { x: line.x + label, width: line.width.saturating_sub(label + 1), ..line };
        match &row.what {
            What::Heading => drop(canvas.text_in(line, &entry.label, Role::Title)),
            What::First(text) => {
                let mark = if focused { ">" } else { " " };
                let star = if entry.needed { "*" } else { " " };
                let name = pad_right(&entry.label, usize::from(label).saturating_sub(4));
                let role = if focused { Role::Title } else { Role::Text };
                canvas.text_in(Rect { width: label, ..line }, &format!("{mark}{star}{name}"), role);
                match (&entry.kind, focused) {
                    (Kind::Text | Kind::Choice(_), true) => entry.field.draw(canvas, cells),
                    (Kind::Text | Kind::Choice(_), false) if entry.fixed => {
                        canvas.text_in(cells, entry.field.text(), Role::Dim);
                    }
                    (Kind::Text | Kind::Choice(_), false) => entry.field.draw_idle(canvas, cells),
                    (_, true) => canvas.line(cells, text, Role::FieldFocus),
                    (_, false) => canvas.line(cells, text, Role::Field),
                }
            }
            What::More(text) => {
                let role = if focused { Role::FieldFocus } else { Role::Field };
                canvas.line(cells, text, role);
            }
            What::Hint(text) => drop(canvas.text_in(cells, text, Role::Dim)),
            What::Note(role, text) => drop(canvas.text_in(cells, text, *role)),
        }
    }

    /// Everything that is shown, one line each.
    fn lines(&self, room: usize) -> Vec<Line> {
        let mut rows = Vec::new();
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, e)| e.shown) {
            let mut row = |what| rows.push(Line { entry: at, what });
            match entry.kind {
                Kind::Heading => row(What::Heading),
                Kind::Long => {
                    let mut texts = wrap(entry.long.trim_end(), room).into_iter();
                    row(What::First(texts.next().unwrap_or_default()));
                    texts.take(PREVIEW - 1).for_each(|text| row(What::More(text)));
                }
                _ => row(What::First(entry.long.clone())),
            }
            for note in &entry.notes {
                let mark = match note.role {
                    Role::Refused => "x ",
                    Role::Info => "i ",
                    _ => "! ",
                };
                let texts = wrap(&note.text, room.saturating_sub(2)).into_iter().enumerate();
                texts.for_each(|(n, t)| row(What::Note(note.role, format!("{}{t}", if n == 0 { mark } else { "  " }))));
            }
            if at == self.at && !entry.hint.is_empty() {
                wrap(&entry.hint, room).into_iter().for_each(|text| row(What::Hint(text)));
            }
        }
        rows
    }
}

struct Line {
    entry: usize,
    what: What,
}

enum What {
    Heading,
    First(String),
    More(String),
    Hint(String),
    Note(Role, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(value: &str, label: &str, also: &str) -> Choice {
        Choice { value: value.to_owned(), label: label.to_owned(), also: also.to_owned() }
    }

    fn entry(text: &str) -> Entry {
        let choices = vec![
            choice("6-31-01-03", "电工", "dg diangong 6-31-01-03"),
            choice("4-12-01-01", "汽车维修工", "qcwxg qicheweixiugong 4-12-01-01"),
            choice("4-12-02-01", "汽车驾驶员", "qcjsy qichejiashiyuan 4-12-02-01"),
        ];
        let mut entry = Entry::new("occupation", "职业", Kind::Choice(choices));
        entry.field.set(text);
        entry
    }

    fn settled(text: &str) -> Option<String> {
        let mut entry = entry(text);
        entry.settle().then(|| entry.value().to_owned())
    }

    #[test]
    fn a_choice_is_named_by_label_code_or_sound() {
        for text in ["电工", "dg", "DG", "６-31-01-03", "电"] {
            assert_eq!(settled(text).as_deref(), Some("6-31-01-03"), "{text}");
        }
        assert_eq!(settled("qcw").as_deref(), Some("4-12-01-01"));
        assert_eq!(settled("维修").as_deref(), Some("4-12-01-01"));
        assert_eq!(settled("汽车"), None);
        assert_eq!(settled("宇航员").as_deref(), Some("宇航员"));
        assert_eq!(settled("").as_deref(), Some(""));
    }

    #[test]
    fn the_focus_passes_over_what_is_out_of_reach() {
        let text = |code: &str| Entry::new(code, code, Kind::Text);
        let hidden = Entry { shown: false, ..text("b") };
        let fixed = Entry { fixed: true, ..text("c") };
        let mut form = Form::new(vec![Entry::new("h", "h", Kind::Heading), text("a"), hidden, fixed, text("d")]);
        assert_eq!(form.focused().unwrap().code, "a");
        assert!(form.forward() && form.focused().unwrap().code == "d" && !form.forward());
        form.replace(vec![text("x"), text("d")]);
        assert_eq!(form.focused().unwrap().code, "d");
        form.go(Move::First);
        assert_eq!(form.focused().unwrap().code, "x");
        assert!(!form.focus("b"));
    }
}

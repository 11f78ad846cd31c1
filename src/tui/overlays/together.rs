//! Two people at one screen: what they sign, one's own PIN, another's name from a list, and their PIN. Over whatever wanted
//! it; a wrong PIN keeps it open.
use super::report::Report;
use crate::model::{Refusal, clean};
use crate::ops::together::{self, Wanted};
use crate::ops::{Error, Result};
use crate::text::told;
use crate::text::width::{cut, head, wrap};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::field::{Accept, Field, Taken};
use ratatui::layout::Rect;

/// Characters of a PIN at most.
const LONGEST: usize = 200;
/// Cells of the window.
const WIDE: u16 = 66;
/// Rows for what is signed at most: with them it fits 80x24.
const MOST: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Own,
    Second,
    Pin,
}

pub struct Together {
    wanted: Wanted,
    /// What is signed, a value each.
    told: Vec<String>,
    me: String,
    names: Vec<String>,
    /// Which of the names.
    at: usize,
    own: Field,
    find: Field,
    pin: Field,
    line: Line,
}

impl Together {
    /// Refused where nobody else could sign.
    pub fn ask(cx: &Cx<'_>, wanted: Wanted) -> Result<Box<dyn Layer>> {
        let names = together::seconds(cx.site, wanted.roles)?;
        if names.is_empty() && !wanted.roles.is_empty() {
            return Err(Refusal::new(together::NOBODY).into());
        }
        let told = told(cx.locale, &together::unasked(cx.site, &wanted)?);
        let told = told.iter().map(|line| clean::cell(line).into_owned()).collect();
        let field = |cap| Field::new(Accept::Any, cap);
        let me = cx.site.actor().name.clone();
        let (own, find, pin) = (field(LONGEST), field(40), field(LONGEST));
        Ok(Box::new(Together { wanted, told, me, names, at: 0, own, find, pin, line: Line::Own }))
    }

    fn alone(&self) -> bool {
        self.wanted.roles.is_empty()
    }

    fn second(&self) -> &str {
        self.names.get(self.at).map_or("", String::as_str)
    }

    fn last(&self) -> Line {
        if self.alone() { Line::Own } else { Line::Pin }
    }

    fn move_by(&mut self, down: Move) {
        self.line = match (self.line, down) {
            _ if self.alone() => Line::Own,
            (Line::Own, Move::Down) | (Line::Pin, Move::Up) => Line::Second,
            (Line::Second, Move::Down) => Line::Pin,
            (Line::Second, Move::Up) => Line::Own,
            (line, _) => line,
        };
    }

    /// Another name of the list.
    fn choose(&mut self, to: Move) {
        let last = self.names.len().saturating_sub(1);
        self.at = match to {
            Move::Up | Move::PageUp => self.at.checked_sub(1).unwrap_or(last),
            Move::First => 0,
            Move::Last => last,
            Move::Down | Move::PageDown => {
                if self.at >= last {
                    0
                } else {
                    self.at + 1
                }
            }
        };
        self.find.clear();
    }

    /// The first name that a typed text may mean.
    fn narrow(&mut self) {
        let text = self.find.text().to_lowercase();
        if let Some(at) = self.names.iter().position(|name| name.to_lowercase().contains(&text)) {
            self.at = at;
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if self.line != self.last() {
            self.move_by(Move::Down);
            return Ok(Flow::Stay);
        }
        let signed = if self.alone() {
            together::ask(cx.site, &self.wanted, self.own.text()).map(|_| ())
        } else {
            together::both(cx.site, &self.wanted, self.own.text(), (self.second(), self.pin.text()))
        };
        signed.map(|()| Flow::Again).inspect_err(|error| self.clear(error))
    }

    /// The PIN that was wrong is typed anew.
    fn clear(&mut self, error: &Error) {
        let name = error.refusal().and_then(|r| r.get("name")).map(ToString::to_string);
        if name.as_deref() == Some(self.second()) && !self.alone() {
            self.pin.clear();
            self.line = Line::Pin;
        } else {
            self.own.clear();
            self.line = Line::Own;
        }
    }

    /// Leave is asked for; the other gives it at another terminal.
    fn elsewhere(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let number = together::ask(cx.site, &self.wanted, self.own.text()).inspect_err(|error| self.clear(error))?;
        let number = number.to_string();
        let asked = cx.locale.say("together.asked", &[("number", &number), ("mark", &self.wanted.mark())]);
        let lines = asked.lines().map(str::to_owned).collect();
        Ok(Flow::Replace(Report::show(cx.locale.word("together.title").to_owned(), lines)))
    }

    /// What is signed in so many rows at most: a row each, or one after another where there are too many.
    fn values(&self, cells: usize, most: usize) -> Vec<String> {
        let rows: Vec<_> = self.told.iter().flat_map(|line| wrap(line, cells)).collect();
        if rows.len() <= most {
            return rows;
        }
        // A long reason must not hide all the others.
        let short: Vec<_> = self.told.iter().map(|line| cut(line, cells)).collect();
        let mut rows = wrap(&short.join("; "), cells);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                *last = format!("{}..", head(last, cells.saturating_sub(2)));
            }
        }
        rows
    }

    fn field(&mut self) -> &mut Field {
        match self.line {
            Line::Own => &mut self.own,
            Line::Second => &mut self.find,
            Line::Pin => &mut self.pin,
        }
    }

    fn draw_pin(&self, canvas: &mut Canvas<'_, '_>, row: Rect, (line, field): (Line, &Field)) {
        let dots = "*".repeat(field.text().chars().count());
        let focused = self.line == line;
        let end = canvas.text_in(row, &dots, if focused { Role::FieldFocus } else { Role::Popup });
        if focused {
            canvas.caret(end, row.y);
        }
    }
}

impl Layer for Together {
    fn id(&self) -> &'static str {
        "together"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let plain: u16 = if self.alone() { 8 } else { 12 };
        let most = usize::from(area.height.saturating_sub(plain)).clamp(1, MOST);
        let values = self.values(usize::from(WIDE.min(area.width).saturating_sub(2)), most);
        let more = u16::try_from(values.len()).unwrap_or(0);
        let inner = canvas.popup(area, (WIDE, plain + more), &cx.word("together.title"));
        let body = if self.alone() { "together.body_own" } else { "together.body" };
        let kind = cx.word(&self.wanted.word());
        let body = cx.say(body, &[("kind", &kind), ("mark", &self.wanted.mark())]);
        let mut y = inner.y + canvas.paragraph(Rect { height: inner.height.min(3), ..inner }, &body, Role::Popup);
        for text in &values {
            canvas.text_in(Rect { y, height: u16::from(y < inner.bottom()), ..inner }, text, Role::Popup);
            y += 1;
        }
        let y = y + 1;
        let row = |n: u16| Rect { y: y + n, height: u16::from(y + n < inner.bottom()), ..inner };
        let label = inner.width.min(24);
        let value = |n: u16| Rect { x: inner.x + label, width: inner.width - label, ..row(n) };
        let name = |canvas: &mut Canvas<'_, '_>, n: u16, line: Line, text: &str| {
            let mark = if self.line == line { ">" } else { " " };
            canvas.text_in(Rect { width: label, ..row(n) }, &format!("{mark} {text}"), Role::Popup);
        };
        name(canvas, 0, Line::Own, &cx.say("together.own", &[("name", &self.me)]));
        self.draw_pin(canvas, value(0), (Line::Own, &self.own));
        if self.alone() {
            return;
        }
        name(canvas, 1, Line::Second, &cx.word("together.second"));
        let chosen = format!("{} ({}/{})", self.second(), self.at + 1, self.names.len());
        let end =
            canvas.text_in(value(1), &chosen, if self.line == Line::Second { Role::FieldFocus } else { Role::Popup });
        if self.line == Line::Second {
            canvas.caret(end, value(1).y);
        }
        name(canvas, 2, Line::Pin, &cx.word("together.pin"));
        self.draw_pin(canvas, value(2), (Line::Pin, &self.pin));
        canvas.text_in(row(4), &cx.word("together.not_here"), Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        let listed = |id, show| Listed { id, show };
        vec![
            listed("together.enter", Show::Hint),
            listed("together.elsewhere", Show::Hint),
            listed("together.next", Show::Help),
            listed("together.previous", Show::Help),
            listed("together.back", Show::Hint),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "together.enter" => Some(self.enter(cx)),
            "together.elsewhere" if self.alone() => Some(Ok(Flow::Stay)),
            "together.elsewhere" => Some(self.elsewhere(cx)),
            "together.next" => {
                self.move_by(Move::Down);
                Some(Ok(Flow::Stay))
            }
            "together.previous" => {
                self.move_by(Move::Up);
                Some(Ok(Flow::Stay))
            }
            "together.back" => Some(Ok(Flow::Close)),
            _ => None,
        }
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.field().feed(input);
        if taken == Taken::Changed && self.line == Line::Second {
            self.narrow();
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        if self.line == Line::Second {
            self.choose(to)
        } else {
            self.move_by(to)
        }
        Ok(())
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

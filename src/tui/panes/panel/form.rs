//! Forming a panel: a name, then a line for each member, name and unit; the first takes the chair.
use crate::model::PanelId;
use crate::ops::Result;
use crate::ops::panel::{Form, Formed, NewMember};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Layer, Listed, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::{Accept, Field};
use ratatui::layout::Rect;

/// Lines for members; more than any notice asks for, and odd.
const MEMBERS: usize = 9;

pub type Then = Box<dyn Fn(PanelId)>;

pub struct FormSheet {
    waiting: usize,
    /// The name, then the members.
    fields: Vec<Field>,
    at: usize,
    then: Then,
}

impl FormSheet {
    /// `waiting` people would be given to the panel; `then` hears which panel was formed.
    pub fn ask(name: &str, waiting: usize, then: Then) -> Box<dyn Layer> {
        let mut fields: Vec<Field> = (0..=MEMBERS).map(|_| Field::new(Accept::Any, 60)).collect();
        if let Some(field) = fields.first_mut() {
            field.set(name);
        }
        Box::new(FormSheet { waiting, fields, at: 1, then })
    }

    fn step(&mut self, by: usize) {
        self.at = (self.at + by) % self.fields.len().max(1);
    }

    /// Empty lines are no members.
    fn members(&self) -> Vec<NewMember> {
        let lines = self.fields.iter().skip(1).map(|f| f.text().trim()).filter(|t| !t.is_empty());
        let member = |(place, line): (usize, &str)| {
            let (name, unit) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            NewMember { name: name.to_owned(), unit: unit.trim().to_owned(), chair: place == 0 }
        };
        lines.enumerate().map(member).collect()
    }

    fn accept(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let name = self.fields.first().map(|f| f.text().to_owned()).unwrap_or_default();
        let formed = cx.perform(&Form { name, members: self.members(), candidates: None })?.out;
        (self.then)(formed.panel);
        let (members, candidates) = (formed.members.to_string(), formed.candidates.to_string());
        let args = [("panel", formed.name.as_str()), ("members", &members), ("candidates", &candidates)];
        cx.say(Tone::Good, "panel.formed", &args);
        if formed.recused.is_empty() {
            return Ok(Flow::Close);
        }
        Ok(Flow::Replace(Report::show(cx.locale.word("panel.recusals").to_owned(), recusals(&formed, cx))))
    }
}

fn recusals(formed: &Formed, cx: &Cx<'_>) -> Vec<String> {
    let line = |r: &crate::ops::panel::Recused| {
        let why = crate::text::experts::why(cx.locale, &r.why);
        cx.locale.say("panel.recused", &[("candidate", &r.candidate), ("why", &why)])
    };
    formed.recused.iter().map(line).collect()
}

impl Layer for FormSheet {
    fn id(&self) -> &'static str {
        "panel_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let inner = canvas.popup(area, (74, 17), &cx.word("kind.panel.form"));
        let waiting = self.waiting.to_string();
        let head = Rect { height: 3.min(inner.height), ..inner };
        canvas.paragraph(head, &cx.say("panel.form_body", &[("waiting", &waiting)]), Role::Popup);
        let lines = (inner.y + 3)..inner.bottom();
        for ((place, field), y) in self.fields.iter().enumerate().zip(lines) {
            let label = match place {
                0 => cx.word("panel.form_name"),
                1 => cx.word("panel.form_chair"),
                n => cx.say("panel.form_member", &[("number", &n.to_string())]),
            };
            let mark = if place == self.at { "> " } else { "  " };
            let line = Rect::new(inner.x, y, inner.width, 1);
            canvas.text_in(Rect { width: 15.min(line.width), ..line }, &format!("{mark}{label}"), Role::Popup);
            let cells = Rect::new(inner.x + 15.min(inner.width), y, inner.width.saturating_sub(16), 1);
            if place == self.at { field.draw(canvas, cells) } else { field.draw_idle(canvas, cells) }
        }
    }

    fn actions(&self) -> Vec<Listed> {
        let listed = |id, show| Listed { id, show };
        vec![
            listed("panel_form.enter", Show::Hint),
            listed("panel_form.accept", Show::Hint),
            listed("panel_form.next", Show::Help),
            listed("panel_form.back", Show::Hint),
            listed("panel_form.previous", Show::Help),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            // Enter after the last member.
            "panel_form.enter" if self.at > 1 && self.fields.get(self.at).is_some_and(Field::is_empty) => {
                return Some(self.accept(cx));
            }
            "panel_form.enter" | "panel_form.next" => self.step(1),
            "panel_form.previous" => self.step(self.fields.len().saturating_sub(1)),
            "panel_form.back" => return Some(Ok(Flow::Close)),
            "panel_form.accept" => return Some(self.accept(cx)),
            _ => return None,
        }
        Some(Ok(Flow::Stay))
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = String::new();
        Some((place, Typed::Lines(self.fields.iter_mut().collect())))
    }

    /// A pasted list fills one line for each member.
    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        if let Input::Paste(text) = input
            && text.trim_end().contains(['\n', '\r'])
        {
            for line in text.split(['\n', '\r']).map(str::trim).filter(|l| !l.is_empty()) {
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.set(line);
                }
                self.step(1);
            }
            return Ok(Taken::Changed);
        }
        Ok(self.fields.get_mut(self.at).map_or(Taken::No, |field| field.feed(input)))
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

//! A small form for one piece of evidence: a line for each part that its kind has.
use crate::model::{ApplicationId, Evidence, EvidenceKind, Level};
use crate::ops::Result;
use crate::ops::eligibility::{AddEvidence, AmendEvidence, Part, choices, parts, read, written};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer, Listed, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::{Accept, Field};
use ratatui::layout::Rect;

/// Where the form goes when it is saved.
#[derive(Debug, Clone, Copy)]
pub enum Writes {
    New(ApplicationId),
    /// Over the recorded piece of this number.
    Over(i64),
}

pub struct Sheet {
    kind: EvidenceKind,
    name: String,
    writes: Writes,
    fields: Vec<(Part, Field)>,
    at: usize,
}

/// Cells of the labels.
const LABEL: u16 = 20;

impl Sheet {
    pub fn blank(kind: EvidenceKind, name: &str, writes: Writes) -> Box<dyn Layer> {
        Box::new(Sheet::empty(kind, name, writes))
    }

    /// Filled with what is known.
    pub fn with(evidence: &Evidence, name: &str, writes: Writes) -> Box<dyn Layer> {
        let mut sheet = Sheet::empty(evidence.kind, name, writes);
        for (part, field) in &mut sheet.fields {
            field.set(&written(evidence, *part));
        }
        Box::new(sheet)
    }

    fn empty(kind: EvidenceKind, name: &str, writes: Writes) -> Sheet {
        let fields = parts(kind).iter().map(|part| (*part, Field::new(Accept::Any, 80))).collect();
        Sheet { kind, name: name.to_owned(), writes, fields, at: 0 }
    }

    fn save(&self, cx: &mut Cx<'_>) -> Result<Flow> {
        let given: Vec<_> = self.fields.iter().map(|(part, field)| (*part, field.text().to_owned())).collect();
        let evidence = read(self.kind, &given)?;
        match self.writes {
            Writes::New(application) => {
                let done = cx.perform(&AddEvidence { application, evidence })?;
                let (id, op) = (done.out.to_string(), done.op.map_or(0, |n| n.0).to_string());
                cx.say(Tone::Good, "eligibility.added", &[("id", &id), ("op", &op)]);
                Ok(Flow::Close)
            }
            Writes::Over(id) => {
                let title = cx.locale.word("eligibility.amend_title").to_owned();
                let body = cx.locale.word("eligibility.amend_body").to_owned();
                let then = move |cx: &mut Cx<'_>, reason: String| {
                    let op = cx.perform(&AmendEvidence { id, evidence, reason })?.op.map_or(0, |n| n.0).to_string();
                    cx.say(Tone::Good, "eligibility.amended", &[("op", &op)]);
                    Ok(Flow::Close)
                };
                Ok(Flow::Replace(Reason::ask(title, body, Box::new(then))))
            }
        }
    }

    fn step(&mut self, by: usize) {
        self.at = (self.at + by) % self.fields.len().max(1);
    }

    /// What may be typed into the field at hand.
    fn help(&self, cx: &Seen<'_>) -> String {
        let Some((part, _)) = self.fields.get(self.at) else { return String::new() };
        let list = match part {
            Part::Level => Level::ALL.iter().map(|l| format!("{} {}", l.digit(), cx.word(&l.key()))).collect(),
            _ => self.numbered(*part, cx),
        };
        match part {
            Part::From | Part::To => cx.word("eligibility.sheet_day"),
            _ if list.is_empty() => cx.word("eligibility.sheet_text"),
            _ => cx.say("eligibility.sheet_help", &[("choices", &list.join("  "))]),
        }
    }

    fn numbered(&self, part: Part, cx: &Seen<'_>) -> Vec<String> {
        let all = choices(self.kind, part);
        all.iter().enumerate().map(|(at, (_, key))| format!("{} {}", at + 1, cx.word(key))).collect()
    }

    /// The words of a choice that stands in a field as its code or number.
    fn chosen(&self, part: Part, text: &str, cx: &Seen<'_>) -> Option<String> {
        if part == Part::Level {
            return Level::parse(text.trim()).map(|l| cx.word(&l.key()));
        }
        let all = choices(self.kind, part);
        let number = text.trim().parse::<usize>().ok().and_then(|n| all.get(n.checked_sub(1)?));
        all.iter().find(|(code, _)| *code == text.trim()).or(number).map(|(_, key)| cx.word(key))
    }
}

impl Layer for Sheet {
    fn id(&self) -> &'static str {
        "evidence_sheet"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let height = u16::try_from(self.fields.len()).unwrap_or(8) + 7;
        let kind = cx.word(&self.kind.key());
        let title = cx.say("eligibility.sheet_title", &[("kind", &kind), ("name", &self.name)]);
        let inner = canvas.popup(area, (76, height), &title);
        for ((place, (part, field)), y) in self.fields.iter().enumerate().zip(inner.y..inner.bottom()) {
            let mark = if place == self.at { "> " } else { "  " };
            let line = Rect::new(inner.x, y, inner.width, 1);
            let label = Rect { width: LABEL.min(line.width), ..line };
            canvas.text_in(label, &format!("{mark}{}", cx.word(&part.key())), Role::Popup);
            let rest = line.width.saturating_sub(LABEL);
            let cells = Rect { x: line.x + LABEL.min(line.width), width: rest.min(28), ..line };
            if place == self.at {
                field.draw(canvas, cells)
            } else {
                field.draw_idle(canvas, cells)
            }
            if let Some(word) = self.chosen(*part, field.text(), cx) {
                let beside = Rect { x: cells.right() + 1, width: rest.saturating_sub(29), ..line };
                canvas.text_in(beside, &word, Role::Good);
            }
        }
        let below = inner.y + u16::try_from(self.fields.len()).unwrap_or(0) + 1;
        let help = Rect { y: below, height: inner.bottom().saturating_sub(below), ..inner };
        canvas.paragraph(help, &self.help(cx), Role::Dim);
    }

    fn actions(&self) -> Vec<Listed> {
        let listed = |id, show| Listed { id, show };
        vec![
            listed("evidence_sheet.next", Show::Hint),
            listed("evidence_sheet.save", Show::Hint),
            listed("evidence_sheet.back", Show::Hint),
            listed("evidence_sheet.down", Show::Help),
            listed("evidence_sheet.previous", Show::Help),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "evidence_sheet.next" if self.at + 1 >= self.fields.len() => return Some(self.save(cx)),
            "evidence_sheet.next" | "evidence_sheet.down" => self.step(1),
            "evidence_sheet.previous" => self.step(self.fields.len().saturating_sub(1)),
            "evidence_sheet.save" => return Some(self.save(cx)),
            "evidence_sheet.back" => return Some(Ok(Flow::Close)),
            _ => return None,
        }
        Some(Ok(Flow::Stay))
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = format!("{:?} {}", self.writes, self.name);
        Some((place, Typed::Lines(self.fields.iter_mut().map(|(_, field)| field).collect())))
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.fields.get_mut(self.at).map_or(Taken::No, |(_, field)| field.feed(input)))
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

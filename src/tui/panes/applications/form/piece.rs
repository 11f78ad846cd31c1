//! One piece of evidence in a small form over the page. Every change goes into the sheet at once.
use super::build::note;
use super::pick;
use super::sheet::Sheet;
use crate::model::EvidenceKind;
use crate::ops::Result;
use crate::ops::applications::form::{MISSING, Piece, part_choices, parts};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Entry, Form, Kind};
use ratatui::layout::Rect;
use std::rc::Rc;

pub struct PieceForm {
    sheet: Rc<Sheet>,
    at: usize,
    title: String,
    form: Form,
}

impl PieceForm {
    pub fn open(cx: &Cx<'_>, sheet: Rc<Sheet>, at: usize) -> Result<Flow> {
        let piece = sheet.typed.borrow().evidence.get(at).cloned().unwrap_or_default();
        let kind = piece.kind().unwrap_or(EvidenceKind::Employment);
        let title = cx.locale.word(&format!("form_kind.{}", kind.code())).to_owned();
        let mut form = PieceForm { sheet, at, title, form: Form::default() };
        form.refresh(cx)?;
        Ok(Flow::Open(Box::new(form)))
    }

    /// Asks for the kind first, then opens a new piece of it.
    pub fn add(cx: &Cx<'_>, sheet: &Rc<Sheet>) -> Flow {
        let word = |kind: &EvidenceKind| cx.locale.word(&format!("form_kind.{}", kind.code())).to_owned();
        let items = EvidenceKind::ALL.iter().map(word).collect();
        let sheet = Rc::clone(sheet);
        let then = move |cx: &mut Cx<'_>, place: usize| {
            let Some(kind) = EvidenceKind::ALL.get(place) else { return Ok(Flow::Close) };
            let at = sheet.typed.borrow().evidence.len();
            sheet.typed.borrow_mut().evidence.push(Piece::new(*kind));
            sheet.keep(cx);
            PieceForm::open(cx, sheet, at)
        };
        Flow::Open(Picker::ask(cx.locale.word("form_page.which_piece").to_owned(), items, 0, Box::new(then)))
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Result<()> {
        let piece = self.sheet.typed.borrow().evidence.get(self.at).cloned().unwrap_or_default();
        let judged = self.sheet.judged(cx.site)?;
        let own: Vec<_> = judged.faults.iter().filter(|f| f.line == self.at as u64 + 1 && f.code != MISSING).collect();
        let entry = |part: &&str| {
            let code = part.trim_end_matches('*');
            let kind = match part_choices(&piece, code) {
                list if list.is_empty() => Kind::Text,
                list => Kind::Choice(pick::worded(cx.locale, list)),
            };
            let label = cx.locale.word(&format!("form_part.{code}")).to_owned();
            let mut entry = Entry::new(code, label, kind).needed(part.ends_with('*'));
            let hint = format!("form_part_hint.{code}");
            if cx.locale.has(&hint) {
                entry.hint = cx.locale.word(&hint).to_owned();
            }
            entry.set(piece.get(code));
            entry.notes = own.iter().filter(|f| f.column == code).map(|f| note(cx.locale, f)).collect();
            entry
        };
        self.form.replace(parts(piece.kind().unwrap_or(EvidenceKind::Employment)).iter().map(entry).collect());
        Ok(())
    }

    fn store(&self, cx: &mut Cx<'_>) {
        let Some(entry) = self.form.focused() else { return };
        let (code, value) = (entry.code.clone(), entry.value().to_owned());
        self.sheet.change_piece(self.at, |piece| piece.set(&code, &value), cx);
    }

    /// Leaves the entry in focus; whether what stands there is settled.
    fn leave(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        let settled = self.form.focused_mut().is_none_or(Entry::settle);
        self.store(cx);
        self.refresh(cx)?;
        Ok(settled)
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let empty = self.form.focused().is_some_and(|e| e.needed && e.value().is_empty());
        let settled = self.leave(cx)?;
        if let Some(entry) = self.form.focused().filter(|e| matches!(e.kind, Kind::Choice(_)) && (empty || !settled)) {
            return Ok(pick::open(cx, entry, &self.sheet));
        }
        // After the last part the piece is done.
        Ok(if self.form.forward() { Flow::Stay } else { Flow::Close })
    }
}

impl Layer for PieceForm {
    fn id(&self) -> &'static str {
        "piece_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let height = u16::try_from(self.form.entries().len() + 8).unwrap_or(20).min(area.height);
        let inner = canvas.popup(area, (area.width.saturating_sub(4).min(90), height), &self.title);
        self.form.draw(canvas, inner);
    }

    fn actions(&self) -> Vec<Listed> {
        let hint = |id| Listed { id, show: Show::Hint };
        let help = |id| Listed { id, show: Show::Help };
        vec![
            hint("piece_form.enter"),
            hint("piece_form.choose"),
            hint("piece_form.remove"),
            hint("piece_form.done"),
            help("piece_form.next"),
            help("piece_form.previous"),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        let flow = match id {
            "piece_form.enter" => self.enter(cx),
            "piece_form.next" => self.go(Move::Down, cx).map(|()| Flow::Stay),
            "piece_form.previous" => self.go(Move::Up, cx).map(|()| Flow::Stay),
            "piece_form.choose" => Ok(self.form.focused().map_or(Flow::Stay, |e| pick::open(cx, e, &self.sheet))),
            "piece_form.remove" => {
                let mut typed = self.sheet.typed.borrow_mut();
                if self.at < typed.evidence.len() {
                    typed.evidence.remove(self.at);
                }
                drop(typed);
                self.sheet.keep(cx);
                Ok(Flow::Close)
            }
            "piece_form.done" => self.leave(cx).map(|_| Flow::Close),
            _ => return None,
        };
        Some(flow)
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.form.feed(input);
        if taken == Taken::Changed {
            self.store(cx);
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        self.leave(cx)?;
        self.form.go(to);
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if let Some((code, value)) = self.sheet.picked.take() {
            self.sheet.change_piece(self.at, |piece| piece.set(&code, &value), cx);
            self.refresh(cx)?;
            self.form.forward();
        }
        Ok(())
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

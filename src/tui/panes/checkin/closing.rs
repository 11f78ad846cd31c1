//! Closing: the list of those who become absent by room, then the coordinator's PIN, or the number of people.
use super::Checkin;
use crate::model::{RoomId, SessionId};
use crate::ops::Result;
use crate::ops::checkin::{self, CloseAbsent, Proof, Seated};
use crate::text::width::pad_left;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show, chord};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::{Accept, Column, Field, Table, Width};
use ratatui::layout::Rect;

pub struct Closing {
    session: SessionId,
    room: Option<RoomId>,
    lines: Vec<String>,
    people: usize,
    with_pin: bool,
    title: String,
    table: Table,
    field: Field,
}

/// Opens the list; refused before the limit, and when nobody is expected.
pub fn close_absent(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = (pane.session_id(), pane.room.as_ref().map(|r| r.id));
    let people = checkin::absentees(cx.site, session, room)?;
    let with_pin = checkin::needs_pin(cx.site)?;
    let lines = by_room(&people, cx);
    let mut table = Table::new(vec![Column::new("", Width::Fill(1))]);
    table.set_rows(lines.len());
    let (place, count) = (super::draw::room_name(pane, &cx.seen()), people.len().to_string());
    let args = [("session", pane.session.code.as_str()), ("room", &place), ("count", &count)];
    let title = cx.locale.say("checkin.ask.close", &args);
    let field = Field::new(Accept::Any, 40);
    Ok(Flow::Open(Box::new(Closing { session, room, lines, people: people.len(), with_pin, title, table, field })))
}

/// A line for each room with its number of people, then its people by seat.
fn by_room(people: &[Seated], cx: &Cx<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for group in people.chunk_by(|a, b| a.room == b.room) {
        let number = group.first().map(|p| p.room_number).unwrap_or_default().to_string();
        let count = group.len().to_string();
        lines.push(cx.locale.say("checkin.ask.close_room", &[("room", &number), ("count", &count)]));
        let line = |p: &Seated| {
            format!("  {} {}  {}", pad_left(&p.seat.to_string(), 3), p.ticket.clone().unwrap_or_default(), p.name)
        };
        lines.extend(group.iter().map(line));
    }
    lines
}

impl Closing {
    fn sign(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let text = self.field.text().trim().to_owned();
        let proof = match self.with_pin {
            true => Proof::Pin(&text),
            false => Proof::Count(crate::model::fold::number_like(&text).parse().unwrap_or(0)),
        };
        let signed = checkin::sign(cx.site, (self.session, self.room), proof).inspect_err(|_| self.field.clear())?;
        let done = cx.perform(&CloseAbsent { session: self.session, room: self.room, signed })?;
        let (count, op) = (done.out.absent.len().to_string(), done.op.map_or(0, |op| op.0).to_string());
        let who = cx.site.actor().name.clone();
        cx.say(Tone::Good, "checkin.ask.closed", &[("count", &count), ("who", &who), ("op", &op)]);
        Ok(Flow::Close)
    }
}

impl Layer for Closing {
    fn id(&self) -> &'static str {
        "closing"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(6).min(area.height);
        let inner = canvas.popup(area, (72, height), &self.title);
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        self.table.draw(canvas, list, &|row, _| (self.lines.get(row).cloned().unwrap_or_default(), Role::Popup));
        let key = if self.with_pin { "checkin.ask.sign_pin" } else { "checkin.ask.sign_count" };
        let words = cx.say(key, &[("count", &self.people.to_string())]);
        canvas.text_in(Rect { y: list.bottom(), height: 1, ..inner }, &words, Role::Popup);
        let line = Rect { y: list.bottom() + 1, width: inner.width.min(30), height: 1, ..inner };
        if self.with_pin {
            let end = canvas.text_in(line, &"*".repeat(self.field.text().chars().count()), Role::FieldFocus);
            canvas.caret(end, line.y);
        } else {
            self.field.draw(canvas, line);
        }
    }

    fn actions(&self) -> Vec<Listed> {
        ["closing.sign", "closing.back"].map(|id| Listed { id, show: Show::Hint }).to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "closing.back" => Some(Ok(Flow::Close)),
            "closing.sign" => Some(self.sign(cx)),
            _ => None,
        }
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.field.feed(input))
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.table.key(chord(to));
        Ok(())
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

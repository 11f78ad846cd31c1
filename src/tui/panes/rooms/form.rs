//! Rooms to add, or one to change, as a form over the page.
use super::Rooms;
use super::asks::number;
use crate::model::{DoorSide, RoomKind};
use crate::ops::Result;
use crate::ops::rooms::{Add, Change, Set, read_numbers, venues};
use crate::ops::seating::RoomLine;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Choice, Entry, Form, Kind};
use ratatui::layout::Rect;

pub struct RoomForm {
    /// The room that is changed; `None`: rooms are added.
    room: Option<i64>,
    form: Form,
}

pub fn add(page: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let next = page.lines.iter().map(|r| r.number).max().unwrap_or(0) + 1;
    let seating = cx.site.policy()?.seating;
    let mut form = blank(cx, None)?;
    set(&mut form, "numbers", &next.to_string());
    set(&mut form, "rows", &seating.rows.to_string());
    set(&mut form, "columns", &seating.columns.to_string());
    set(&mut form, "kind", RoomKind::Desks.code());
    set(&mut form, "rounds", "1");
    Ok(Flow::Open(Box::new(RoomForm { room: None, form })))
}

pub fn change(page: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(room) = page.selected() else { return Ok(Flow::Stay) };
    let mut form = blank(cx, Some(room))?;
    let some = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    set(&mut form, "venue", &room.venue.to_string());
    set(&mut form, "rows", &room.rows.to_string());
    set(&mut form, "columns", &room.columns.to_string());
    set(&mut form, "kind", room.kind.code());
    set(&mut form, "rounds", &room.rounds.to_string());
    set(&mut form, "places", &some(room.places));
    set(&mut form, "door", room.door.map(DoorSide::code).unwrap_or_default());
    set(&mut form, "name", room.name.as_deref().unwrap_or_default());
    Ok(Flow::Open(Box::new(RoomForm { room: Some(room.number), form })))
}

fn set(form: &mut Form, code: &str, value: &str) {
    form.entry_mut(code).into_iter().for_each(|entry| entry.set(value));
}

fn blank(cx: &Cx<'_>, room: Option<&RoomLine>) -> Result<Form> {
    let choice =
        |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned(), also: String::new() };
    let word = |key: String| cx.locale.word(&key).to_owned();
    let venues = venues(cx.site)?;
    let venues = venues.iter().map(|v| choice(&v.code.to_string(), &format!("{} {}", v.code, v.name))).collect();
    let kinds = RoomKind::ALL.iter().map(|k| choice(k.code(), &word(format!("room_kind.{}", k.code())))).collect();
    let doors = DoorSide::ALL.iter().map(|d| choice(d.code(), &word(format!("side.{}", d.code())))).collect();
    let entry = |code: &str, kind: Kind| {
        Entry::new(code, word(format!("rooms.field.{code}")), kind).hint(word(format!("rooms.hint.{code}")))
    };
    let mut entries = Vec::new();
    if room.is_none() {
        entries.push(entry("numbers", Kind::Text).needed(true));
    }
    entries.extend([
        entry("rows", Kind::Text).needed(true),
        entry("columns", Kind::Text).needed(true),
        entry("name", Kind::Text),
        entry("venue", Kind::Choice(venues)),
        entry("kind", Kind::Choice(kinds)).needed(true),
        entry("rounds", Kind::Text).needed(true),
        entry("places", Kind::Text),
        entry("door", Kind::Choice(doors)),
    ]);
    Ok(Form::new(entries))
}

impl RoomForm {
    fn value(&self, code: &str) -> String {
        self.form.entry(code).map(|e| e.value().to_owned()).unwrap_or_default()
    }

    fn number(&self, code: &str) -> Result<i64> {
        number(&self.value(code))
    }

    fn maybe(&self, code: &str) -> Result<Option<i64>> {
        if self.value(code).is_empty() { Ok(None) } else { self.number(code).map(Some) }
    }

    /// What was typed for a choice becomes the choice it means; what means none is judged when it is saved.
    fn settle(&mut self) {
        self.form.focused_mut().map(Entry::settle);
    }

    fn kind(&self) -> RoomKind {
        RoomKind::parse(&self.value("kind")).unwrap_or(RoomKind::Desks)
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.form.focused_mut().into_iter().for_each(|entry| {
            entry.settle();
        });
        self.settle();
        match self.room {
            Some(room) => self.change(cx, room),
            None => self.add(cx),
        }
    }

    fn add(&self, cx: &mut Cx<'_>) -> Result<Flow> {
        let add = Add {
            numbers: read_numbers(&self.value("numbers"))?,
            venue: self.maybe("venue")?,
            kind: self.kind(),
            rows: self.number("rows")?,
            columns: self.number("columns")?,
            rounds: self.number("rounds")?,
            places: self.maybe("places")?,
            door: DoorSide::parse(&self.value("door")),
            name: Some(self.value("name")),
        };
        let done = cx.perform(&add)?;
        let (count, seats) = (done.out.numbers.len().to_string(), done.out.seats.to_string());
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), cx.seen().key("rooms", "app.undo"));
        let (said, room) = match done.out.numbers.as_slice() {
            [one] => ("rooms.one_added_undo", one.to_string()),
            _ => ("rooms.added_undo", String::new()),
        };
        let (venue, seats) = (done.out.venue.as_str(), seats.as_str());
        let all = [
            ("room", room.as_str()),
            ("count", &count),
            ("seats", seats),
            ("venue", venue),
            ("op", &op),
            ("key", &key),
        ];
        cx.say(Tone::Good, said, &all);
        Ok(Flow::Close)
    }

    fn change(&self, cx: &mut Cx<'_>, room: i64) -> Result<Flow> {
        let name = self.value("name");
        let change = Change {
            room,
            venue: self.maybe("venue")?,
            kind: Some(self.kind()),
            rows: Some(self.number("rows")?),
            columns: Some(self.number("columns")?),
            rounds: Some(self.number("rounds")?),
            places: self.maybe("places")?.map_or(Set::Clear, Set::To),
            door: DoorSide::parse(&self.value("door")).map_or(Set::Clear, Set::To),
            name: if name.is_empty() { Set::Clear } else { Set::To(name) },
        };
        let done = cx.perform(&change)?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), cx.seen().key("rooms", "app.undo"));
        cx.say(Tone::Good, "rooms.changed_undo", &[("room", &room.to_string()), ("op", &op), ("key", &key)]);
        Ok(Flow::Close)
    }
}

impl Layer for RoomForm {
    fn id(&self) -> &'static str {
        "room_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 };
        let title = match self.room {
            Some(room) => cx.say("rooms.form_change", &[("room", &room.to_string())]),
            None => cx.word("rooms.form_add"),
        };
        canvas.text_in(row(area.y), &title, Role::Title);
        self.form.draw(canvas, Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area });
        let keys = (cx.key("room_form", "room_form.save"), cx.key("room_form", "room_form.back"));
        let text = cx.say("rooms.form_save", &[("key", &keys.0), ("back", &keys.1)]);
        canvas.text_in(row(area.bottom().saturating_sub(1)), &text, Role::Dim);
    }

    fn actions(&self) -> Vec<Listed> {
        vec![
            Listed { id: "room_form.next", show: Show::Hint },
            Listed { id: "room_form.save", show: Show::Hint },
            Listed { id: "room_form.back", show: Show::Hint },
            Listed { id: "room_form.previous", show: Show::Help },
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "room_form.save" => Some(self.save(cx)),
            "room_form.back" => Some(Ok(Flow::Close)),
            "room_form.next" => Some(self.go(Move::Down, cx).map(|()| Flow::Stay)),
            "room_form.previous" => Some(self.go(Move::Up, cx).map(|()| Flow::Stay)),
            _ => None,
        }
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = self.room.map(|room| room.to_string()).unwrap_or_default();
        Some((place, Typed::Form(&mut self.form)))
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.form.feed(input))
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.form.focused_mut().into_iter().for_each(|entry| {
            entry.settle();
        });
        self.settle();
        self.form.go(to);
        Ok(())
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

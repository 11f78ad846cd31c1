//! A page for the signed paper sheet of a room: seats are typed, the whole room is seen, and all is saved at once.
mod actions;
mod draw;

use crate::ops::checkin::{self, Entered, Known, Marks};
use crate::ops::{Changes, Result, RoomRow, SessionRow, seating};
use crate::text::explain;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::{Accept, Field, Table};
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::rc::Rc;

/// Where the door keeps its room.
const DOOR: &str = "checkin.room";
/// The three lines of the sheet, in the order of the fields.
const LINES: [&str; 3] = ["absent", "late", "refused"];

pub struct Sheet {
    session: SessionRow,
    room: Option<RoomRow>,
    fields: [Field; 3],
    at: usize,
    known: Known,
    shown: Shown,
    table: Table,
    back: Rc<RefCell<Option<Back>>>,
}

/// What the sheet would do, or why it cannot.
enum Shown {
    Room(Entered),
    Wrong(String),
    /// The room is as the sheet says.
    Done,
}

enum Back {
    Session(SessionRow),
    Room(RoomRow),
    Saved,
}

impl Pane for Sheet {
    type About = ();
    const ID: &'static str = "sheet";
    const WATCHES: Changes = Changes::any(&["batch", "application", "session", "room", "placement", "attendance"]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let session = checkin::current(cx.site, cx.site.now())?;
        let mut page = Sheet {
            room: first_room(cx, &session)?,
            session,
            fields: LINES.map(|_| Field::new(Accept::Any, 300)),
            at: 0,
            known: Known::Keep,
            shown: Shown::Done,
            table: Table::new(draw::columns(cx)),
            back: Rc::default(),
        };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.shown = match self.operation(None).map(|sheet| cx.site.preview(&sheet)) {
            Some(Ok(done)) => Shown::Room(done.out),
            Some(Err(error)) if error.refusal().is_some_and(|r| r.is(checkin::SHEET_NOTHING)) => Shown::Done,
            Some(Err(error)) if error.refusal().is_some() => Shown::Wrong(explain(cx.locale, &error).message),
            Some(Err(error)) => return Err(error),
            None => Shown::Wrong(match self.marks() {
                Err(refusal) => explain(cx.locale, &refusal.into()).message,
                Ok(_) => cx.locale.word("sheet.no_room").to_owned(),
            }),
        };
        self.table.set_rows(if let Shown::Room(entered) = &self.shown { entered.lines.len() } else { 0 });
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// The marks belong to one room's sheet.
    fn draft(&mut self) -> Option<serde_json::Value> {
        let is_typed = self.fields.iter().any(|field| field.is_typed() && !field.is_empty());
        let texts: Vec<_> = self.fields.iter().map(Field::text).collect();
        is_typed.then(|| serde_json::json!({ "of": self.of(), "marks": texts }))
    }

    fn restore(&mut self, value: &serde_json::Value, cx: &mut Cx<'_>) -> Result<bool> {
        let texts = value.get("marks").and_then(|marks| marks.as_array());
        let (Some(texts), true) = (texts, value.get("of") == Some(&self.of())) else { return Ok(false) };
        if self.fields.iter().any(|field| !field.is_empty()) {
            return Ok(false);
        }
        for (field, text) in self.fields.iter_mut().zip(texts) {
            field.put_back(text.as_str().unwrap_or_default());
        }
        self.reload(cx)?;
        Ok(true)
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.reload(cx)
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        match self.back.take() {
            None => return Ok(()),
            Some(Back::Session(session)) => {
                self.session = session;
                self.room = first_room(cx, &self.session)?;
            }
            Some(Back::Room(room)) => self.room = Some(room),
            Some(Back::Saved) => self.known = Known::Keep,
        }
        // Another room, another sheet.
        self.fields.iter_mut().for_each(Field::clear);
        (self.at, self.known) = (0, Known::Keep);
        self.reload(cx)
    }
}

impl Sheet {
    /// Which sheet it is, as a value to compare.
    fn of(&self) -> serde_json::Value {
        serde_json::json!([self.session.id.0, self.room.as_ref().map(|room| room.id.0)])
    }

    fn marks(&self) -> Result<Marks, crate::model::Refusal> {
        let [absent, late, refused] = &self.fields;
        Marks::read(absent.text(), late.text(), refused.text())
    }

    /// The operation as the page stands; `None` while something cannot be read or no room is chosen.
    fn operation(&self, over: Option<String>) -> Option<checkin::Sheet> {
        let (room, marks) = (self.room.as_ref()?.id, self.marks().ok()?);
        Some(checkin::Sheet { session: self.session.id, room, marks, known: self.known, over })
    }
}

/// The door's room, or the first that still waits for somebody.
fn first_room(cx: &Cx<'_>, session: &SessionRow) -> Result<Option<RoomRow>> {
    let (rooms, progress) = (seating::rooms(cx.site)?, checkin::progress(cx.site, session.id, None, 1)?);
    let waits = progress.rooms.first().map(|room| room.room);
    let door = cx.kept(DOOR).and_then(|kept| rooms.iter().find(|room| room.id.0 == kept));
    Ok(door.or_else(|| rooms.iter().find(|room| Some(room.id) == waits)).cloned())
}

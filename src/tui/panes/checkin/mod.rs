//! The check-in pane: one field that takes whatever a proctor types or a scanner sends.
mod actions;
mod asks;
mod card;
mod checklist;
mod closing;
mod countdown;
mod draw;
mod exceptions;
mod paste;
mod room_view;
mod rooms;

use crate::model::AttendanceState;
use crate::model::{ApplicationId, Role, SessionId, Stamp};
use crate::ops::checkin::{self, Checklist, Door, Found, Progress, Seated, Timetable};
use crate::ops::{Candidate, Changes, Result, RoomRow, SessionRow, seating};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::{Accept, Column, Field, Table, Width};
use ratatui::layout::Rect;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

/// The door's room, for the next opening of the pane.
const KEPT: &str = "checkin.room";
/// More rooms than any screen has rows.
const ROOMS: usize = 60;
/// The same for recent arrivals.
const RECENT: usize = 40;
/// Longer than any barcode: what does not fit a number is still read whole and refused as a whole.
const LONGEST: usize = 200;

pub struct Checkin {
    session: SessionRow,
    door: Door,
    /// Somebody chose the session; the clock no longer does.
    pinned: bool,
    /// The room that this door leads to.
    room: Option<RoomRow>,
    fee_needed: bool,
    timetable: Timetable,
    checklist: Checklist,
    /// Somebody looked at the papers of the person on the card.
    papers_seen: bool,
    room_view: room_view::RoomView,
    field: Field,
    /// The field's text when it is a complete number, folded.
    code: Option<String>,
    hits: Vec<Candidate>,
    list: Table,
    /// The selection was moved by hand.
    moved: bool,
    /// The card of the only one found was drawn for the text as it stands: what was typed by hand admits only then.
    drawn: Cell<bool>,
    /// The operator has no coordinator's role: a door for all rooms is a warning then.
    is_proctor: bool,
    /// Enter chose the selected one of several: the card shows, the next Enter admits.
    chosen: bool,
    progress: Progress,
    recent: Vec<Seated>,
    answer: Option<Answer>,
    last: Option<Reading>,
    /// Whom the last act beside an admission was about: an undo means that.
    turned: Option<ApplicationId>,
    /// What an overlay hands back.
    back: Rc<RefCell<Option<Back>>>,
}

/// What the last Enter came to, large enough to read in passing.
#[derive(Debug, Clone)]
struct Answer {
    tone: Tone,
    head: String,
    body: String,
}

/// The last complete number that was read.
#[derive(Debug, Clone)]
struct Reading {
    code: String,
    at: Stamp,
    real: Instant,
    /// Whom it let in; `None`: it was refused.
    name: Option<String>,
}

enum Back {
    Session(SessionRow),
    Room(Option<RoomRow>),
    /// Somebody of the list of those still expected, by room and seat.
    Person(String),
    Answer(Answer),
    /// Sent away, or gone.
    Turned(ApplicationId, Answer),
}

impl Pane for Checkin {
    type About = ();
    const ID: &'static str = "checkin";
    const WATCHES: Changes =
        Changes::any(&["batch", "application", "session", "room", "placement", "ticket", "attendance"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let session = checkin::current(cx.site, cx.site.now())?;
        let mut pane = Checkin {
            door: Door::at(cx.site, &session)?,
            session,
            pinned: false,
            room: kept_room(cx)?,
            drawn: Cell::new(false),
            is_proctor: !cx.site.actor().has(Role::Coordinator),
            fee_needed: checkin::fee_is_needed(cx.site)?,
            timetable: Timetable::of(cx.site)?,
            checklist: checkin::checklist(cx.site)?,
            papers_seen: false,
            room_view: room_view::RoomView::new(cx),
            field: Field::new(Accept::Any, LONGEST).few_keys(),
            code: None,
            hits: Vec::new(),
            list: Table::new(columns(cx)),
            moved: false,
            chosen: false,
            progress: Progress::default(),
            recent: Vec::new(),
            answer: None,
            last: None,
            turned: None,
            back: Rc::default(),
        };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        self.anybody().map(|(who, _)| who)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.timetable = Timetable::of(cx.site)?;
        self.checklist = checkin::checklist(cx.site)?;
        self.follow_clock(cx)?;
        let (session, room) = (self.session.id, self.room.as_ref().map(|r| r.id));
        self.progress = checkin::progress(cx.site, session, room, ROOMS)?;
        self.recent = checkin::recent(cx.site, session, room, RECENT)?;
        self.room_view.read(cx, session, room)?;
        let selected = self.selected().map(|c| c.application);
        self.search(cx)?;
        // Others may have come or gone in the list: the selection stays on the person.
        match selected.and_then(|id| self.hits.iter().position(|c| c.application == id)) {
            Some(place) => self.list.select(place),
            None => (self.chosen, self.moved) = (false, false),
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    /// Several lines at once are several scans.
    fn before_field(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        match input {
            Input::Paste(text) if paste::take(self, cx, text)? => Ok(Taken::Changed),
            _ => Ok(Taken::No),
        }
    }

    fn edited(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.look_up(cx)
    }

    fn list(&mut self) -> Option<&mut Table> {
        if self.shows_room() {
            return Some(&mut self.room_view.table);
        }
        Some(&mut self.list)
    }

    fn moved(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        if self.shows_room() {
            self.room_view.moved = true;
            return Ok(());
        }
        (self.moved, self.chosen, self.papers_seen) = (true, false, false);
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let Some(back) = self.back.take() else { return Ok(()) };
        match back {
            Back::Session(session) => {
                self.door = Door::at(cx.site, &session)?;
                self.pinned = checkin::current(cx.site, cx.site.now())?.id != session.id;
                self.session = session;
            }
            Back::Room(room) => {
                cx.keep(KEPT, room.as_ref().map(|r| r.id.0));
                self.room = room;
                self.room_view.table.select(0);
            }
            Back::Person(place) => {
                self.field.set(&place);
                return self.look_up(cx);
            }
            Back::Answer(answer) => {
                self.clear();
                // The same person may be scanned again at once.
                (self.answer, self.last, self.turned) = (Some(answer), None, None);
            }
            Back::Turned(who, answer) => {
                self.clear();
                (self.answer, self.last, self.turned) = (Some(answer), None, Some(who));
            }
        }
        self.reload(cx)
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        draw::room_name(self, cx)
    }
}

impl Checkin {
    /// Reads the field's text anew.
    fn look_up(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        (self.chosen, self.moved, self.answer) = (false, false, None);
        (self.papers_seen, self.room_view.moved) = (false, false);
        self.drawn.set(false);
        self.list.select(0);
        if self.follow_clock(cx)? {
            return self.reload(cx);
        }
        self.search(cx)
    }

    /// Goes on to the session that the clock says, unless somebody chose one; whether it changed.
    fn follow_clock(&mut self, cx: &Cx<'_>) -> Result<bool> {
        if self.pinned {
            return Ok(false);
        }
        let session = checkin::current(cx.site, cx.site.now())?;
        let is_new = session.id != self.session.id;
        self.door = Door::at(cx.site, &session)?;
        self.session = session;
        Ok(is_new)
    }

    fn search(&mut self, cx: &Cx<'_>) -> Result<()> {
        let text = self.field.text();
        (self.code, self.hits) = match text.trim().is_empty() {
            true => (None, Vec::new()),
            false => match checkin::resolve(cx.site, self.session.id, text)? {
                Found::Exact { code, people } => (Some(code), people),
                Found::Search(people) => (None, people),
            },
        };
        // Whoever stands at the door is one of those not here yet, most likely of this door's room.
        let own = self.room.as_ref().map(|r| r.id);
        self.hits.sort_by_key(|c| (waits(c), own.is_some() && c.room != own));
        self.list.set_rows(self.hits.len());
        Ok(())
    }

    /// The person whose card is on the screen: the only one found, or the one that Enter chose.
    fn card(&self) -> Option<&Candidate> {
        match self.hits.as_slice() {
            [one] => Some(one),
            _ if self.chosen => self.selected(),
            _ => None,
        }
    }

    fn selected(&self) -> Option<&Candidate> {
        self.list.selected().and_then(|row| self.hits.get(row))
    }

    fn clear(&mut self) {
        self.field.clear();
        self.hits.clear();
        self.list.set_rows(0);
        (self.code, self.chosen, self.moved) = (None, false, false);
        (self.papers_seen, self.room_view.moved) = (false, false);
        self.drawn.set(false);
    }

    /// Whether the room's list stands where the search's would.
    fn shows_room(&self) -> bool {
        self.field.is_empty() && self.room_view.shown && !self.room_view.is_empty()
    }

    /// What is not in order of the checklist, as far as Enter may say: papers that nobody said they saw.
    fn without(&self) -> Vec<checkin::CheckItem> {
        let unseen = self.checklist.asks(checkin::CheckItem::Materials) && !self.papers_seen;
        if unseen { vec![checkin::CheckItem::Materials] } else { Vec::new() }
    }

    /// Whom an action beside Enter is about: the card, the selected one, or whoever was selected in the room's list.
    fn anybody(&self) -> Option<(ApplicationId, String)> {
        let in_room = self.room_view.selected().filter(|_| self.shows_room() && self.room_view.moved);
        let in_room = in_room.map(|p| (p.application, p.name.clone()));
        self.person().map(|c| (c.application, c.name.clone())).or(in_room)
    }

    fn session_id(&self) -> SessionId {
        self.session.id
    }

    /// Whom an action is about: the card, or the selected one of the list.
    fn person(&self) -> Option<&Candidate> {
        self.card().or_else(|| self.selected())
    }

    /// Whom an undo would be about: the person in sight; whoever came or went last only where nothing is typed.
    fn undoable(&self, cx: &Cx<'_>) -> Result<Option<Seated>> {
        let who = match self.anybody() {
            Some((who, _)) => Some(who),
            None if !self.field.is_empty() => None,
            None => self.turned.or_else(|| self.recent.first().map(|s| s.application)),
        };
        let Some(who) = who else { return Ok(None) };
        checkin::seated(cx.site, self.session.id, who)
    }
}

/// Lower goes first: expected, marked absent, here.
fn waits(who: &Candidate) -> u8 {
    match who.attendance {
        None => 0,
        Some(AttendanceState::Absent | AttendanceState::Refused) => 1,
        Some(_) => 2,
    }
}

/// The room that this door led to before another operator signed on.
fn kept_room(cx: &Cx<'_>) -> Result<Option<RoomRow>> {
    let Some(kept) = cx.kept(KEPT) else { return Ok(None) };
    Ok(seating::rooms(cx.site)?.into_iter().find(|r| r.id.0 == kept))
}

fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let title = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(title("column.person"), Width::Fill(8)),
        Column::new(title("column.seat"), Width::Fixed(6)).right(),
        Column::new(title("checkin.label.job"), Width::Fill(10)).priority(2),
        Column::new(title("column.tail"), Width::Fixed(5)).right().priority(1),
        Column::new(title("column.attendance"), Width::Fixed(8)),
    ]
}

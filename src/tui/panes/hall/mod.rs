//! The whole hall for the chief: a page with every room of a session, alarms above; Enter opens a room's list.
mod closing;
mod draw;

use crate::model::{Code, Refusal, RoomId};
use crate::ops::checkin::{self, HallRoom, Seated, Timetable};
use crate::ops::{Changes, Result, SessionRow, batch};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::Table;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::rc::Rc;

pub const NO_ROOMS: Code = Code("hall.no_rooms");

pub struct Hall {
    session: SessionRow,
    timetable: Timetable,
    hall: checkin::Hall,
    rooms: Vec<HallRoom>,
    table: Table,
    /// The room whose people are listed instead of the rooms.
    opened: Option<(RoomId, i64)>,
    people: Vec<Seated>,
    list: Table,
    /// What the list of sessions hands back.
    back: Rc<RefCell<Option<SessionRow>>>,
}

impl Pane for Hall {
    type About = ();
    const ID: &'static str = "hall";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "session",
        "room",
        "placement",
        "attendance",
        "incident",
        "assignment",
        "paper_bag",
        "room_record",
    ]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "hall.open", show: Show::Hint, ready: |page, _| page.chosen().map(|_| ()), run: open_room },
        Action { id: "hall.session", show: Show::Hint, ready: always, run: session },
        Action { id: "hall.previous_session", show: Show::Help, ready: always, run: |page, cx| step(page, cx, -1) },
        Action { id: "hall.next_session", show: Show::Help, ready: always, run: |page, cx| step(page, cx, 1) },
        Action { id: "hall.close_session", show: Show::Help, ready: always, run: closing::close },
        Action { id: "hall.reopen_session", show: Show::Help, ready: always, run: closing::reopen },
        Action { id: "hall.back", show: Show::Hint, ready: always, run: back },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let session = checkin::current(cx.site, cx.site.now())?;
        let mut page = Hall {
            hall: checkin::hall(cx.site, &session)?,
            session,
            timetable: Timetable::of(cx.site)?,
            rooms: Vec::new(),
            table: Table::new(draw::columns(cx)),
            opened: None,
            people: Vec::new(),
            list: Table::new(draw::people_columns(cx)),
            back: Rc::default(),
        };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.timetable = Timetable::of(cx.site)?;
        self.hall = checkin::hall(cx.site, &self.session)?;
        let selected = self.selected().map(|room| room.room);
        self.rooms = self.hall.by_need(cx.site.now());
        self.table.set_rows(self.rooms.len());
        // The selection stays on the room, wherever its alarm has moved it.
        if let Some(place) = self.rooms.iter().position(|room| Some(room.room) == selected) {
            self.table.select(place);
        }
        self.read_people(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(if self.opened.is_some() { &mut self.list } else { &mut self.table })
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        match self.back.take() {
            Some(session) => self.show(cx, session),
            None => Ok(()),
        }
    }
}

impl Hall {
    fn selected(&self) -> Option<&HallRoom> {
        self.rooms.get(self.table.selected()?)
    }

    fn chosen(&self) -> Result<&HallRoom, Refusal> {
        self.selected().filter(|_| self.opened.is_none()).ok_or_else(|| Refusal::new(NO_ROOMS))
    }

    fn read_people(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.people = match self.opened {
            Some((room, _)) => checkin::register(cx.site, self.session.id, Some(room))?,
            None => Vec::new(),
        };
        self.list.set_rows(self.people.len());
        Ok(())
    }

    fn show(&mut self, cx: &mut Cx<'_>, session: SessionRow) -> Result<()> {
        (self.session, self.opened) = (session, None);
        self.table.select(0);
        self.reload(cx)?;
        self.table.select(0);
        Ok(())
    }
}

fn open_room(page: &mut Hall, cx: &mut Cx<'_>) -> Result<Flow> {
    let room = page.chosen()?;
    page.opened = Some((room.room, room.number));
    page.list.select(0);
    page.read_people(cx)?;
    Ok(Flow::Stay)
}

/// From a room to the hall, from the hall to where one came from.
fn back(page: &mut Hall, cx: &mut Cx<'_>) -> Result<Flow> {
    if page.opened.take().is_none() {
        return Ok(Flow::Close);
    }
    page.read_people(cx)?;
    Ok(Flow::Stay)
}

fn session(page: &mut Hall, cx: &mut Cx<'_>) -> Result<Flow> {
    let sessions = batch::sessions(cx.site)?;
    let item = |s: &SessionRow| {
        let subject = cx.locale.word(&s.subject.key()).to_owned();
        cx.locale.say("checkin.session", &[("code", &s.code), ("subject", &subject), ("starts", &s.starts_at.minute())])
    };
    let items = sessions.iter().map(item).collect();
    let at = sessions.iter().position(|s| s.id == page.session.id).unwrap_or(0);
    let (title, back) = (cx.locale.word("checkin.ask.session").to_owned(), page.back.clone());
    let then = move |_: &mut Cx<'_>, place: usize| {
        back.replace(sessions.into_iter().nth(place));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, at, Box::new(then))))
}

fn step(page: &mut Hall, cx: &mut Cx<'_>, by: isize) -> Result<Flow> {
    let sessions = batch::sessions(cx.site)?;
    let at = sessions.iter().position(|s| s.id == page.session.id).unwrap_or(0);
    if let Some(next) = at.checked_add_signed(by).and_then(|at| sessions.into_iter().nth(at)) {
        page.show(cx, next)?;
    }
    Ok(Flow::Stay)
}

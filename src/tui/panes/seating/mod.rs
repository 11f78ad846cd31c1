//! The arrangement pane: the chart of a room, seat by seat; edits of single seats; who sits nowhere yet stands on top.
mod actions;
mod carry;
mod closing;
mod details;
mod draw;
mod grid;
mod needs;
mod placing;
mod walk;

use crate::model::{ApplicationId, SessionId};
use crate::ops::applications::Line;
use crate::ops::seating::{Candidate, Chart, RoomLine, chart_in, room_lines_in, unapproved, unseated};
use crate::ops::{Changes, Result, SessionRow, batch};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use ratatui::layout::Rect;
use std::cell::Cell;
use std::rc::Rc;

/// People without a seat who are listed by name; all of them are counted.
const LISTED: usize = 200;

pub struct Seating {
    sessions: Vec<SessionRow>,
    /// Place of the shown session in `sessions`.
    session: usize,
    rooms: Vec<RoomLine>,
    /// Place of the shown room in `rooms`.
    at: usize,
    chart: Option<Chart>,
    /// The seat that the cursor is on.
    cursor: i64,
    carried: Option<Carried>,
    waiting: Vec<Line>,
    waiting_count: usize,
    /// Not seated and not to be: a review is not passed yet.
    unapproved: usize,
    has_people: bool,
    /// Room number and seat to show once an overlay has done its work.
    landed: Rc<Cell<Option<(i64, i64)>>>,
}

/// Somebody who is picked up and not yet put down.
struct Carried {
    who: ApplicationId,
    name: String,
    /// Number of the room, and the seat.
    from: (i64, i64),
    session: Option<SessionId>,
}

impl Seating {
    fn shown_session(&self) -> Option<&SessionRow> {
        self.sessions.get(self.session)
    }

    fn person(&self) -> Option<&Candidate> {
        self.chart.as_ref()?.at(self.cursor)
    }

    fn room_number(&self) -> Option<i64> {
        self.chart.as_ref().map(|c| c.room.number)
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.sessions = batch::sessions(cx.site)?;
        self.session = self.session.min(self.sessions.len().saturating_sub(1));
        self.rooms = room_lines_in(cx.site, self.shown_session())?;
        (self.waiting, self.waiting_count) = unseated(cx.site, LISTED)?;
        self.unapproved = unapproved(cx.site)?;
        self.has_people = self.waiting_count > 0 || self.unapproved > 0 || !self.rooms.is_empty();
        self.at = self.at.min(self.rooms.len().saturating_sub(1));
        self.open_room(cx)
    }

    fn open_room(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.chart = match self.rooms.get(self.at) {
            Some(room) => Some(chart_in(cx.site, room.clone(), self.shown_session())?),
            None => None,
        };
        let seats = self.chart.as_ref().map_or(0, |c| c.grid.iter().map(Vec::len).sum());
        self.cursor = self.cursor.clamp(1, i64::try_from(seats).unwrap_or(i64::MAX).max(1));
        Ok(())
    }

    /// Shows a room by its number, the cursor on a seat.
    fn show(&mut self, cx: &Cx<'_>, (room, seat): (i64, i64)) -> Result<()> {
        if let Some(at) = self.rooms.iter().position(|r| r.number == room) {
            self.at = at;
            self.cursor = seat;
            self.open_room(cx)?;
        }
        Ok(())
    }
}

impl Pane for Seating {
    type About = ();
    const ID: &'static str = "seating";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "session",
        "venue",
        "room",
        "broken_seat",
        "special_need",
        "placement",
        "ticket",
        "review",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Seating {
            sessions: Vec::new(),
            session: 0,
            rooms: Vec::new(),
            at: 0,
            chart: None,
            cursor: 1,
            carried: None,
            waiting: Vec::new(),
            waiting_count: 0,
            unapproved: 0,
            has_people: false,
            landed: Rc::default(),
        };
        pane.read(cx)?;
        Ok(pane)
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        Seating::person(self).map(|c| c.application)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let room = self.room_number();
        self.read(cx)?;
        // The same room, wherever it stands in the list now.
        match room {
            Some(room) if self.room_number() != Some(room) => self.show(cx, (room, self.cursor)),
            _ => Ok(()),
        }
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if let Some(place) = self.landed.take() {
            self.carried = None;
            self.show(cx, place)?;
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        let room = self.room_number().map(|room| room.to_string());
        room.map(|room| cx.say("seating.room", &[("room", &room)])).unwrap_or_default()
    }
}

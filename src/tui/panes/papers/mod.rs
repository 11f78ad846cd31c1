//! Papers of one session: rooms with their bags and counts, what is wrong on top, every movement by a short form.
mod actions;
mod draw;
mod forms;
mod sheet;

use crate::model::{BagState, Code, Refusal};
use crate::ops::papers::{RoomPapers, rooms};
use crate::ops::{Changes, Result, SessionRow, batch, checkin};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub const NO_ROOM_CHOSEN: Code = Code("papers.no_room_chosen");

/// What was typed last, by the entry's code: the same people handle many bags.
pub type Kept = Rc<RefCell<BTreeMap<String, String>>>;

pub struct Papers {
    sessions: Vec<SessionRow>,
    /// Place of the shown session.
    at: usize,
    /// Rooms with something wrong first, then by number.
    rooms: Vec<RoomPapers>,
    table: Table,
    kept: Kept,
}

impl Papers {
    fn session(&self) -> Option<&SessionRow> {
        self.sessions.get(self.at)
    }

    fn room(&self) -> Option<&RoomPapers> {
        self.rooms.get(self.table.selected()?)
    }

    /// The session and the selected room, refused where there is none.
    fn chosen(&self) -> Result<(&SessionRow, &RoomPapers), Refusal> {
        self.session().zip(self.room()).ok_or_else(|| Refusal::new(NO_ROOM_CHOSEN))
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let number = self.room().map(|r| r.number);
        self.sessions = batch::sessions(cx.site)?;
        self.at = self.at.min(self.sessions.len().saturating_sub(1));
        self.rooms = match self.session() {
            Some(session) => rooms(cx.site, session)?,
            None => Vec::new(),
        };
        self.rooms.sort_by_key(|r| r.wrong.is_empty());
        self.table.set_rows(self.rooms.len());
        let place = number.and_then(|n| self.rooms.iter().position(|r| r.number == n));
        self.table.select(place.unwrap_or(0));
        Ok(())
    }
}

impl Pane for Papers {
    type About = ();
    const ID: &'static str = "papers";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "session",
        "room",
        "placement",
        "attendance",
        "paper_bag",
        "paper_event",
        "room_record",
        "archive_box",
        "incident",
        "mark_effect",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;
    const IS_PAGE: bool = true;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let table = Table::new(draw::columns(cx.locale));
        let mut pane =
            Papers { sessions: batch::sessions(cx.site)?, at: 0, rooms: Vec::new(), table, kept: Kept::default() };
        if let Ok(current) = checkin::current(cx.site, cx.site.now()) {
            pane.at = pane.sessions.iter().position(|s| s.id == current.id).unwrap_or(0);
        }
        // A session whose papers are still about comes before the one whose door is open.
        for (at, session) in pane.sessions.iter().enumerate() {
            let about = |r: &RoomPapers| r.record.is_none() && r.bags.iter().any(|b| b.bag.state != BagState::Stored);
            if rooms(cx.site, session)?.iter().any(about) {
                pane.at = at;
                break;
            }
        }
        pane.read(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn crumb(&self, _cx: &Seen<'_>) -> String {
        self.session().map(|s| s.code.clone()).unwrap_or_default()
    }
}

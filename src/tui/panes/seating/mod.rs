//! The seating pane: rooms, the chart of one, who sits there and who sits nowhere yet.
mod actions;
mod draw;
mod grid;

use crate::ops::applications::Line;
use crate::ops::seating::{Chart, RoomLine, chart, room_lines, unapproved, unseated};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

/// People without a seat that are listed by name; all of them are counted.
const LISTED: usize = 50;

pub struct Seating {
    rooms: Vec<RoomLine>,
    /// Place of the shown room in `rooms`.
    at: usize,
    chart: Option<Chart>,
    waiting: Vec<Line>,
    waiting_count: usize,
    /// Not seated and not to be: a review is not passed yet.
    unapproved: usize,
    has_people: bool,
    table: Table,
}

/// A row of the list beside the chart.
enum Row<'a> {
    Waiting(&'a Line),
    Seated(&'a crate::ops::seating::Candidate),
}

impl Seating {
    fn row(&self, row: usize) -> Option<Row<'_>> {
        match self.waiting.get(row) {
            Some(line) => Some(Row::Waiting(line)),
            None => self.chart.as_ref()?.people.get(row - self.waiting.len()).map(Row::Seated),
        }
    }

    fn selected(&self) -> Option<Row<'_>> {
        self.row(self.table.selected()?)
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.rooms = room_lines(cx.site)?;
        (self.waiting, self.waiting_count) = unseated(cx.site, LISTED)?;
        self.unapproved = unapproved(cx.site)?;
        self.has_people = self.waiting_count > 0 || self.unapproved > 0 || !self.rooms.is_empty();
        self.at = self.at.min(self.rooms.len().saturating_sub(1));
        self.open_room(cx)
    }

    fn open_room(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.chart = match self.rooms.get(self.at) {
            Some(room) => Some(chart(cx.site, room.clone())?),
            None => None,
        };
        self.table.set_rows(self.waiting.len() + self.chart.as_ref().map_or(0, |c| c.people.len()));
        Ok(())
    }

    /// The first person who sits in the room shown; before there is a room, the first who waits.
    fn select_first_seat(&mut self) {
        let has_seats = self.table.rows() > self.waiting.len();
        self.table.select(if has_seats { self.waiting.len() } else { 0 });
    }
}

impl Pane for Seating {
    type About = ();
    const ID: &'static str = "seating";
    const WATCHES: Changes = Changes::any(&["batch", "application", "room", "placement", "ticket", "review"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let mut pane = Seating {
            rooms: Vec::new(),
            at: 0,
            chart: None,
            waiting: Vec::new(),
            waiting_count: 0,
            unapproved: 0,
            has_people: false,
            table: Table::new(draw::columns(cx.locale)),
        };
        pane.read(cx)?;
        pane.select_first_seat();
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let before = self.waiting.len();
        self.read(cx)?;
        if self.waiting.len() != before {
            self.select_first_seat();
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        let room = self.chart.as_ref().map(|c| c.room.number.to_string());
        room.map(|room| cx.say("seating.room", &[("room", &room)])).unwrap_or_default()
    }
}

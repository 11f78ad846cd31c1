//! The rooms of all venues: seats, people in each session, what is closed. A page over any pane.
mod asks;
mod form;
mod venues;

use crate::model::{Code, Refusal};
use crate::ops::rooms::counts;
use crate::ops::seating::{RoomLine, room_lines};
use crate::ops::{Changes, Result, batch};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("rooms.none_selected");

pub struct Rooms {
    lines: Vec<RoomLine>,
    /// People of each room, by session, as `30/28`.
    people: Vec<String>,
    /// Codes of the sessions, in time order.
    sessions: String,
    table: Table,
}

impl Rooms {
    fn selected(&self) -> Option<&RoomLine> {
        self.lines.get(self.table.selected()?)
    }
}

fn chosen(page: &Rooms, _: &Cx<'_>) -> Result<(), Refusal> {
    page.selected().map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

impl Pane for Rooms {
    type About = ();
    const ID: &'static str = "rooms";
    const WATCHES: Changes = Changes::any(&["session", "venue", "room", "placement", "broken_seat"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "rooms.add_room", show: Show::Hint, ready: always, run: form::add },
        Action { id: "rooms.change_room", show: Show::Hint, ready: chosen, run: form::change },
        Action { id: "rooms.close_room", show: Show::Hint, ready: chosen, run: asks::close },
        Action { id: "rooms.break_seat", show: Show::Hint, ready: chosen, run: asks::break_seat },
        Action { id: "rooms.add_venue", show: Show::Hint, ready: always, run: venues::add },
        Action { id: "rooms.change_venue", show: Show::Hint, ready: always, run: venues::change },
        Action { id: "rooms.leave", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let table = Table::new(vec![
            Column::new(word("column.room"), Width::Fixed(4)).right(),
            Column::new(word("column.room_name"), Width::Fill(10)),
            Column::new(word("column.venue"), Width::Fill(10)),
            Column::new(word("column.room_kind"), Width::Fixed(8)).priority(2),
            Column::new(word("column.grid"), Width::Fixed(7)),
            Column::new(word("column.places"), Width::Fixed(8)).right().priority(1),
            Column::new(word("column.people_by_session"), Width::Fixed(10)).right(),
            Column::new(word("column.room_state"), Width::Fill(8)),
        ]);
        let mut page = Rooms { lines: Vec::new(), people: Vec::new(), sessions: String::new(), table };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.lines = room_lines(cx.site)?;
        let counts = counts(cx.site)?;
        let sessions = batch::sessions(cx.site)?;
        self.sessions = sessions.iter().map(|s| s.code.as_str()).collect::<Vec<_>>().join(" ");
        let none = vec![0; sessions.len()];
        let text = |room: &RoomLine| {
            let of = counts.get(&room.id).unwrap_or(&none);
            of.iter().map(i64::to_string).collect::<Vec<_>>().join("/")
        };
        self.people = self.lines.iter().map(text).collect();
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
        let open = self.lines.iter().filter(|r| r.closed.is_none());
        let seats: i64 = open.map(|r| r.rows * r.columns * r.rounds).sum();
        let closed = self.lines.iter().filter(|r| r.closed.is_some()).count().to_string();
        let (count, seats) = (self.lines.len().to_string(), seats.to_string());
        let args = [("count", count.as_str()), ("closed", &closed), ("seats", &seats), ("sessions", &self.sessions)];
        canvas.text_in(row(0), &cx.say("rooms.title", &args), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if self.lines.is_empty() {
            let inner = Rect { x: area.x + 1, y: area.y + 2, width: area.width.saturating_sub(2), ..body };
            canvas.paragraph(
                inner,
                &cx.say("rooms.empty", &[("key", &cx.key(Self::ID, "rooms.add_room"))]),
                Role::Text,
            );
            return;
        }
        self.table.draw(canvas, body, &|row, column| self.cell((row, column), cx));
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

impl Rooms {
    fn cell(&self, (row, column): (usize, usize), cx: &Seen<'_>) -> (String, Role) {
        let Some(room) = self.lines.get(row) else { return (String::new(), Role::Text) };
        let role = if room.closed.is_some() { Role::Warn } else { Role::Text };
        let text = match column {
            0 => room.number.to_string(),
            1 => room.name.clone().unwrap_or_default(),
            2 => room.venue_name.clone(),
            3 => cx.word(&format!("room_kind.{}", room.kind.code())),
            4 if room.rounds > 1 => format!("{}x{}x{}", room.rows, room.columns, room.rounds),
            4 => format!("{}x{}", room.rows, room.columns),
            5 => room.places.map(|n| n.to_string()).unwrap_or_default(),
            6 => self.people.get(row).cloned().unwrap_or_default(),
            _ => match &room.closed {
                Some(why) => cx.say("rooms.is_closed", &[("why", why)]),
                None => cx.word("rooms.is_open"),
            },
        };
        (text, role)
    }
}

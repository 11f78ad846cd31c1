//! The room of a door by seat, with everybody's state.
use super::{Checkin, card};
use crate::model::RoomId;
use crate::ops::Result;
use crate::ops::checkin::{self, AttendanceSource, Seated};
use crate::text::door;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct RoomView {
    people: Vec<Seated>,
    pub table: Table,
    /// Instead of the latest arrivals, while nothing is typed.
    pub shown: bool,
    /// The selection was moved since somebody was let in: what is selected is meant.
    pub moved: bool,
}

impl RoomView {
    pub fn new(cx: &Cx<'_>) -> RoomView {
        let title = |key: &str| cx.locale.word(key).to_owned();
        let columns = vec![
            Column::new(title("column.seat"), Width::Fixed(4)).right(),
            Column::new(title("column.person"), Width::Fill(8)),
            Column::new(title("column.attendance"), Width::Fixed(11)),
            Column::new(title("column.at"), Width::Fixed(5)),
            Column::new(title("column.attendance_out_at"), Width::Fixed(5)).priority(1),
            Column::new(title("column.attendance_why"), Width::Fill(6)).priority(2),
        ];
        RoomView { people: Vec::new(), table: Table::new(columns), shown: true, moved: false }
    }

    pub fn read(&mut self, cx: &Cx<'_>, session: crate::model::SessionId, room: Option<RoomId>) -> Result<()> {
        self.people = match room {
            Some(room) if self.shown => checkin::register(cx.site, session, Some(room))?,
            _ => Vec::new(),
        };
        self.table.set_rows(self.people.len());
        Ok(())
    }

    pub fn selected(&self) -> Option<&Seated> {
        self.table.selected().and_then(|row| self.people.get(row))
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

pub fn draw(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    pane.room_view.table.draw(canvas, area, &|row, column| {
        let Some(person) = pane.room_view.people.get(row) else { return (String::new(), Role::Text) };
        match column {
            0 => (person.seat.to_string(), Role::Text),
            1 => (person.name.clone(), Role::Text),
            2 => {
                let from_sheet = person.source == Some(AttendanceSource::Sheet);
                let mark = if from_sheet { cx.word("checkin.sheet_mark") } else { String::new() };
                let text = format!("{}{mark}", door::attendance(cx.locale, person.attendance));
                (text, card::state_role(person.attendance))
            }
            3 => (person.at.map(|t| t.clock()).unwrap_or_default(), Role::Dim),
            4 => (person.out_at.map(|t| t.clock()).unwrap_or_default(), Role::Dim),
            _ => (door::why(cx.locale, person), Role::Dim),
        }
    });
}

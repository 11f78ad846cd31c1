//! How the rooms fill up.
use super::Checkin;
use super::draw::{count, rest_of};
use crate::ops::checkin::RoomCount;
use crate::text::width::pad_left;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use ratatui::layout::Rect;

/// As many rooms as fit: all by number, or this door's first and those that still wait for somebody.
pub fn room_list(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.line(Rect { height: 1, ..area }, &cx.word("checkin.rooms"), Role::Header);
    let space = usize::from(area.height.saturating_sub(1));
    let all = usize::try_from(pane.progress.totals.rooms).unwrap_or(usize::MAX);
    let shown = if all > space { space.saturating_sub(1) } else { space };
    let mut rooms: Vec<_> = pane.progress.rooms.iter().take(shown).collect();
    let own = pane.room.as_ref().map(|r| r.id);
    rooms.sort_by_key(|r| (all > space && Some(r.room) != own, r.number));
    for (y, room) in (area.y + 1..area.bottom()).zip(&rooms) {
        room_line(canvas, Rect { y, height: 1, ..area }, room, Some(room.room) == own);
    }
    if all > rooms.len() {
        let more = (all - rooms.len()).to_string();
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        canvas.text_in(last, &cx.say("checkin.more_rooms", &[("count", &more)]), Role::Dim);
    }
}

fn room_line(canvas: &mut Canvas<'_, '_>, line: Rect, room: &RoomCount, is_own: bool) {
    let mark = if is_own { ">" } else { " " };
    let numbers = pad_left(&format!("{}/{}", room.here, room.seated), 7);
    let role = match room.expected() {
        _ if is_own => Role::Title,
        0 => Role::Good,
        _ => Role::Text,
    };
    let x = canvas.text_in(line, &format!("{mark}{} {numbers} ", pad_left(&room.number.to_string(), 4)), role);
    let cells = usize::from(line.right().saturating_sub(x));
    let ink = Ink::for_canvas(canvas);
    rest_of(canvas, line, x, (&bar(count(room.here), count(room.seated), cells, ink), Role::Bar));
}

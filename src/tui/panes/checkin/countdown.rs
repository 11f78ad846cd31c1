//! The next gate of this door's session, in large figures.
use super::Checkin;
use crate::ops::checkin::TimeLeft;
use crate::text::door;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::Ink;
use crate::tui::widgets::big;
use ratatui::layout::Rect;

/// A screen lower than this keeps its lines for the rooms.
const LEAST: u16 = 16;
/// More minutes than this are no countdown yet.
const MOST: i64 = 180;

/// Draws at the top of `area` and gives the rest back; all of it where there is nothing to count.
pub fn draw(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> Rect {
    let Some(next) = pane.timetable.next_of(&pane.session, cx.now) else { return area };
    let (text, unit) = match next.left(cx.now) {
        TimeLeft::Minutes(minutes) if minutes > MOST => return area,
        TimeLeft::Minutes(minutes) => (minutes.to_string(), cx.word("gate.minutes")),
        TimeLeft::Seconds(seconds) => (door::clock(seconds), String::new()),
    };
    if area.height < LEAST {
        return area;
    }
    let gate = cx.word(&format!("gate.{}", next.gate.code()));
    let head = cx.say("gate.to", &[("gate", &gate), ("at", &next.at.clock())]);
    canvas.line(Rect { height: 1, ..area }, &head, Role::Header);
    let role = if matches!(next.left(cx.now), TimeLeft::Seconds(_)) { Role::Warn } else { Role::Title };
    let mut end = area.x;
    for (y, line) in (area.y + 1..).zip(big::lines(&text, Ink::for_canvas(canvas))) {
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 };
        end = end.max(canvas.text_in(row, &line, role));
    }
    let unit_at = Rect { x: end + 1, y: area.y + big::HEIGHT, width: area.right().saturating_sub(end + 1), height: 1 };
    canvas.text_in(unit_at, &unit, role);
    let used = big::HEIGHT + 2;
    Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area }
}

//! How the pane looks: the room and whoever has no seat on top, the chart, the seat under the cursor below.
use super::{Seating, details, grid};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Lines of the details below the chart.
const DETAILS: u16 = 2;
/// People named in the line of those without a seat.
const NAMED: usize = 6;

pub fn draw(pane: &Seating, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect::new(area.x + 1, area.y + y, area.width.saturating_sub(2), 1);
    if !pane.has_people {
        let text = cx.say("seating.empty_no_people", &[("pane", &cx.word("pane.applications"))]);
        canvas.paragraph(inset(area), &text, Role::Text);
        return;
    }
    heading(pane, canvas, line(0), cx);
    let (waiting, role) = waiting(pane, cx);
    canvas.text_in(line(1), &waiting, role);
    let middle = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2 + DETAILS),
    };
    match &pane.chart {
        Some(chart) => grid::draw(pane, chart, canvas, (middle, cx)),
        None => {
            let keys = (cx.key("seating", "seating.arrange"), cx.key("seating", "seating.rooms"));
            let text = cx.say("seating.empty", &[("key", &keys.0)]);
            canvas.paragraph(
                inset(middle),
                &format!("{text}\n{}", cx.say("rooms.press_rooms", &[("key", &keys.1)])),
                Role::Text,
            );
        }
    }
    let below = Rect { x: area.x + 1, y: middle.bottom(), width: area.width.saturating_sub(2), height: DETAILS };
    details::draw(pane, canvas, below, cx);
}

fn inset(area: Rect) -> Rect {
    Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(1))
}

/// Which room, how full, in which sessions.
fn heading(pane: &Seating, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let Some(chart) = &pane.chart else { return };
    let room = &chart.room;
    if let Some(why) = &room.closed {
        let text = cx.say("rooms.heading_closed", &[("room", &room.number.to_string()), ("why", why)]);
        canvas.text_in(line, &format!("x {text}"), Role::Warn);
        return;
    }
    let (number, at, all) = (room.number.to_string(), (pane.at + 1).to_string(), pane.rooms.len().to_string());
    let (seated, sessions) = (chart.people.len().to_string(), chart.sessions.join(" "));
    let args = [("room", number.as_str()), ("at", &at), ("all", &all), ("seated", &seated), ("sessions", &sessions)];
    let shown = pane.shown_session().map(|s| s.code.clone()).unwrap_or_default();
    let text = match chart.sessions.len() {
        0 | 1 => cx.say(
            "seat.heading_one",
            &[("room", &number), ("at", &at), ("all", &all), ("seated", &seated), ("session", &shown)],
        ),
        _ => cx.say("seating.heading", &args),
    };
    let name = room.name.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
    canvas.text_in(line, &format!("{text}{name}"), Role::Title);
}

/// Everybody counts who applied, seated or not.
fn waiting(pane: &Seating, cx: &Seen<'_>) -> (String, Role) {
    let others = match pane.unapproved {
        0 => String::new(),
        count => cx.say("seating.in_review", &[("count", &count.to_string())]),
    };
    if pane.waiting_count == 0 && pane.unapproved > 0 {
        return (format!("! {others}"), Role::Warn);
    }
    if pane.waiting_count == 0 {
        return (cx.word("seating.all_seated"), Role::Good);
    }
    let text = cx.say("seating.unseated", &[("count", &pane.waiting_count.to_string())]);
    let keys = (cx.key("seating", "seating.arrange"), cx.key("seating", "seating.place"));
    let key = match pane.chart {
        Some(_) => cx.say("seat.press_place", &[("place", &keys.1), ("arrange", &keys.0)]),
        None => cx.say("seating.press_arrange", &[("key", &keys.0)]),
    };
    let names: Vec<_> = pane.waiting.iter().take(NAMED).map(|line| line.name.as_str()).collect();
    (format!("! {text}  {key}  {others} {}", names.join(" ")), Role::Warn)
}

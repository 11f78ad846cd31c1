//! A room on the screen: the front row on top, seat numbers and names where they stand.
use crate::ops::seating::Chart;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Cells of one seat: a mark, the number, a name; never wider than this.
const WIDEST: u16 = 18;
/// Narrower than this only numbers are shown.
const NAMED: u16 = 6;

/// Draws the room; rows that do not fit are left out at the far end from the selected seat.
pub fn draw(chart: &Chart, selected: Option<i64>, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let columns = u16::try_from(chart.grid.first().map_or(1, Vec::len).max(1)).unwrap_or(1);
    let rows = u16::try_from(chart.grid.len()).unwrap_or(u16::MAX);
    let cells = (area.width / columns).min(WIDEST);
    if area.height < 4 || cells < 3 {
        return;
    }
    let space = area.height - 2;
    // Number over name where the room fits that way, with a blank line between rows when there is plenty.
    let tall = if rows.saturating_mul(3) <= space + 1 {
        3
    } else if rows.saturating_mul(2) <= space {
        2
    } else {
        1
    };
    let front = cx.say("seating.front", &[("door", &cx.word(chart.door_key()))]);
    canvas.text_in(Rect { height: 1, ..area }, &front, Role::Dim);
    let fit = usize::from(space / tall);
    let chosen = chart.grid.iter().position(|row| row.iter().any(|s| Some(i64::from(*s)) == selected)).unwrap_or(0);
    let top = chosen.saturating_sub(fit.saturating_sub(1));
    let mut y = area.y + 1;
    for row in chart.grid.iter().skip(top).take(fit) {
        for (x, seat) in (area.x..).step_by(usize::from(cells)).zip(row) {
            let place = Rect::new(x, y, cells - 1, tall.min(2));
            draw_seat(chart, *seat, Some(i64::from(*seat)) == selected, (canvas, place));
        }
        y += tall;
    }
    if y < area.bottom() {
        canvas.text_in(Rect { y, height: 1, ..area }, &cx.word("seating.back"), Role::Dim);
    }
}

fn draw_seat(chart: &Chart, seat: u16, is_selected: bool, (canvas, place): (&mut Canvas<'_, '_>, Rect)) {
    let person = chart.at(seat);
    let name = person.map_or("-", |c| c.name.as_str());
    let role = match (is_selected, person) {
        (true, _) => Role::Selected,
        (false, Some(_)) => Role::Text,
        (false, None) => Role::Dim,
    };
    let mark = if is_selected { '>' } else { ' ' };
    let number = format!("{mark}{seat:02}");
    let line = |y: u16| Rect { y: place.y + y, height: 1, ..place };
    if place.height > 1 {
        canvas.line(line(0), &number, role);
        canvas.line(line(1), &format!(" {name}"), role);
    } else if place.width < NAMED {
        canvas.line(line(0), &number, role);
    } else {
        canvas.line(line(0), &format!("{number} {name}"), role);
    }
}

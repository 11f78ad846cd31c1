//! A room on the screen: the front row on top, seats where they stand, an aisle between the columns.
use super::Seating;
use crate::ops::seating::Chart;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Cells of one seat with its aisle; never wider than this.
const WIDEST: u16 = 18;
/// Narrower than this only numbers are shown.
const NAMED: u16 = 6;
/// Cells for the number of a round, left of its first row.
const ROUND: u16 = 5;

/// Draws the room; rows that do not fit are left out at the far end from the cursor.
pub fn draw(pane: &Seating, chart: &Chart, canvas: &mut Canvas<'_, '_>, (area, cx): (Rect, &Seen<'_>)) {
    let columns = u16::try_from(chart.grid.first().map_or(1, Vec::len).max(1)).unwrap_or(1);
    let rows = u16::try_from(chart.grid.len()).unwrap_or(u16::MAX);
    let margin = if chart.room.rounds > 1 { ROUND } else { 0 };
    let cells = (area.width.saturating_sub(margin) / columns).min(WIDEST);
    if area.height < 4 || cells < 3 {
        return;
    }
    let space = area.height - 2;
    // Number over name where the room fits that way, with a blank line between rows when there is plenty.
    let tall = match () {
        () if rows.saturating_mul(3) <= space + 1 => 3,
        () if rows.saturating_mul(2) <= space => 2,
        () => 1,
    };
    front(chart, canvas, (Rect { height: 1, ..area }, cx));
    let fit = usize::from(space / tall);
    let (chosen, _) = chart.place(pane.cursor).unwrap_or_default();
    let top = chosen.saturating_sub(fit.saturating_sub(1));
    let mut y = area.y + 1;
    for (n, row) in chart.grid.iter().enumerate().skip(top).take(fit) {
        if margin > 0 && (n % chart.round_rows() == 0 || n == top) {
            let round = (n / chart.round_rows() + 1).to_string();
            canvas.text_in(
                Rect::new(area.x, y, margin - 1, 1),
                &cx.say("seat.round", &[("round", &round)]),
                Role::Title,
            );
        }
        for (x, seat) in (area.x + margin..).step_by(usize::from(cells)).zip(row) {
            let place = Rect::new(x, y, cells - 1, tall.min(2));
            draw_seat(pane, chart, *seat, (canvas, place));
            if cells > NAMED && x + cells < area.right() && row.last() != Some(seat) {
                for y in y..(y + tall).min(area.bottom()) {
                    canvas.text_in(Rect::new(x + cells - 1, y, 1, 1), "|", Role::Dim);
                }
            }
        }
        y += tall;
    }
    if y < area.bottom() {
        let text = format!("{}  {}", cx.word("seating.back"), cx.word("seat.legend"));
        canvas.text_in(Rect { y, height: 1, ..area }, &text, Role::Dim);
    }
}

/// The front line, with the door where it is.
fn front(chart: &Chart, canvas: &mut Canvas<'_, '_>, (line, cx): (Rect, &Seen<'_>)) {
    canvas.text_in(line, &cx.say("seating.front", &[("door", &cx.word(chart.door_key()))]), Role::Dim);
}

fn draw_seat(pane: &Seating, chart: &Chart, seat: i64, (canvas, place): (&mut Canvas<'_, '_>, Rect)) {
    let person = chart.at(seat);
    let (selected, beside) = (seat == pane.cursor, chart.beside.contains(&seat));
    let (broken, need) = (chart.broken.contains_key(&seat), chart.needs.contains_key(&seat));
    let carried = pane.carried.as_ref().is_some_and(|c| c.from == (chart.room.number, seat));
    let name = match person {
        Some(person) => person.name.as_str(),
        None if broken => "x",
        None => "-",
    };
    let role = match person {
        _ if selected => Role::Selected,
        _ if carried => Role::Key,
        _ if beside => Role::Warn,
        _ if need => Role::Info,
        Some(_) => Role::Text,
        None => Role::Dim,
    };
    let mark = match () {
        () if selected => '>',
        () if carried => '@',
        () => ' ',
    };
    let form = chart.forms.get(&seat).map_or("", |form| form.code());
    let mut number = format!("{mark}{seat:02}{form}");
    number.extend([(beside, '!'), (need, '*'), (broken, 'x')].iter().filter(|(is, _)| *is).map(|(_, sign)| *sign));
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

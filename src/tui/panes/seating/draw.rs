//! How seating looks: rooms and warnings on top, people on the left, the chart on the right.
use super::{Row, Seating, grid};
use crate::model::identity;
use crate::text::Locale;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

/// Cells of the list beside the chart.
const LIST: u16 = 24;
/// Lines of the details of the selected person.
const DETAILS: u16 = 2;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![Column::new(word("column.seat"), Width::Fixed(4)).right(), Column::new(word("column.person"), Width::Fill(8))]
}

pub fn draw(pane: &Seating, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect::new(area.x + 1, area.y + y, area.width.saturating_sub(2), 1);
    if !pane.has_people {
        let text = cx.say("seating.empty_no_people", &[("pane", &cx.word("pane.applications"))]);
        canvas.paragraph(inset(area), &text, Role::Text);
        return;
    }
    canvas.text_in(line(0), &heading(pane, cx), Role::Title);
    let (waiting, role) = waiting(pane, cx);
    canvas.text_in(line(1), &waiting, role);
    let middle = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + DETAILS), ..area };
    let list = Rect { width: LIST.min(middle.width), ..middle };
    pane.table.draw(canvas, list, &|row, column| cell(pane, row, column, cx));
    let right = Rect { x: list.right() + 1, width: middle.width.saturating_sub(LIST + 1), ..middle };
    match &pane.chart {
        Some(chart) => grid::draw(chart, selected_seat(pane), canvas, right, cx),
        None => {
            let text = cx.say("seating.empty", &[("key", &cx.key("seating", "seating.arrange"))]);
            canvas.paragraph(inset(right), &text, Role::Text);
        }
    }
    let below = Rect { x: area.x + 1, y: middle.bottom(), width: area.width.saturating_sub(2), height: DETAILS };
    details(pane, canvas, below, cx);
}

fn inset(area: Rect) -> Rect {
    Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(1))
}

fn heading(pane: &Seating, cx: &Seen<'_>) -> String {
    let Some(chart) = &pane.chart else { return String::new() };
    let (room, at, all) = (chart.room.number.to_string(), (pane.at + 1).to_string(), pane.rooms.len().to_string());
    let (seated, sessions) = (chart.people.len().to_string(), chart.sessions.join(" "));
    cx.say(
        "seating.heading",
        &[("room", &room), ("at", &at), ("all", &all), ("seated", &seated), ("sessions", &sessions)],
    )
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
    let key = cx.say("seating.press_arrange", &[("key", &cx.key("seating", "seating.arrange"))]);
    (format!("! {text}  {key}  {others}").trim_end().to_owned(), Role::Warn)
}

fn selected_seat(pane: &Seating) -> Option<i64> {
    match pane.selected()? {
        Row::Seated(person) => person.seat,
        Row::Waiting(_) => None,
    }
}

fn cell(pane: &Seating, row: usize, column: usize, cx: &Seen<'_>) -> (String, Role) {
    match (pane.row(row), column) {
        (Some(Row::Waiting(_)), 0) => (cx.word("seating.unseated_mark"), Role::Warn),
        (Some(Row::Waiting(line)), _) => (line.name.clone(), Role::Warn),
        (Some(Row::Seated(person)), 0) => (person.seat.map(|s| s.to_string()).unwrap_or_default(), Role::Text),
        (Some(Row::Seated(person)), _) => (person.name.clone(), Role::Text),
        (None, _) => (String::new(), Role::Text),
    }
}

fn details(pane: &Seating, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let Some(row) = pane.selected() else { return };
    let (name, occupation, level, seat, ticket, number) = match &row {
        Row::Waiting(l) => (&l.name, &l.occupation_name, l.level, None, &l.ticket, &l.id_number),
        Row::Seated(c) => (&c.name, &c.occupation_name, c.level, c.seat, &c.ticket, &c.id_number),
    };
    let paid = match &row {
        Row::Waiting(l) => l.standing().key(),
        Row::Seated(c) => c.standing().key(),
    };
    let person = [
        ("name", name.as_str()),
        ("occupation", occupation),
        ("level", &cx.word(&level.key())),
        ("paid", &cx.word(paid)),
    ];
    canvas.text_in(Rect { height: 1, ..area }, &cx.say("seating.person", &person), Role::Text);
    let document = identity::mask(number);
    let line = match (seat, ticket) {
        (Some(seat), Some(ticket)) => {
            cx.say("seating.ticket", &[("seat", &seat.to_string()), ("ticket", ticket), ("document", &document)])
        }
        _ => cx.say("seating.no_ticket", &[("document", &document)]),
    };
    canvas.text_in(Rect { y: area.y + 1, height: 1, ..area }, &line, Role::Dim);
}

//! How the paper sheet looks: the lines that are typed, what is wrong, and the whole room as it will be.
use super::{LINES, Sheet, Shown};
use crate::model::AttendanceState;
use crate::ops::checkin::{Entered, Known};
use crate::text::door;
use crate::text::width::{pad_right, width};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::{Column, Width};
use ratatui::layout::Rect;

/// Lines above the room: title, three lines, hint, state (two).
const HEAD: u16 = 7;

pub fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let title = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(title("column.seat"), Width::Fixed(4)).right(),
        Column::new(title("column.person"), Width::Fill(8)),
        Column::new(title("column.ticket"), Width::Fixed(16)).priority(1),
        Column::new(title("column.attendance"), Width::Fixed(11)),
        Column::new(title("column.sheet_late"), Width::Fixed(8)).right(),
        Column::new(title("column.sheet_kept"), Width::Fixed(12)),
    ]
}

pub fn draw(page: &Sheet, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let line = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    canvas.text_in(line(0), &title(page, cx), Role::Title);
    let label = |name: &str| cx.word(&format!("sheet.{name}"));
    let cells = LINES.iter().map(|name| width(&label(name))).max().unwrap_or(0);
    for ((n, name), field) in (0u16..).zip(LINES).zip(&page.fields) {
        let focused = usize::from(n) == page.at;
        let mark = if focused { ">" } else { " " };
        let row = line(n + 1);
        let role = if focused { Role::Title } else { Role::Text };
        let x = canvas.text_in(row, &format!("{mark} {}", pad_right(&label(name), cells)), role) + 1;
        let at = Rect { x, width: row.right().saturating_sub(x), ..row };
        if focused { field.draw(canvas, at) } else { field.draw_idle(canvas, at) }
    }
    let hint = LINES.get(page.at).map(|name| cx.word(&format!("sheet.{name}_hint"))).unwrap_or_default();
    canvas.text_in(line(4), &hint, Role::Dim);
    let (text, role) = state(page, cx);
    canvas.paragraph(Rect { height: 2, ..line(5) }, &text, role);
    let rest = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
    if let Shown::Room(entered) = &page.shown {
        page.table.draw(canvas, rest, &|row, column| cell(entered, (row, column), cx));
    }
}

fn title(page: &Sheet, cx: &Seen<'_>) -> String {
    let subject = cx.word(&page.session.subject.key());
    let session = &page.session;
    let args = [("code", session.code.as_str()), ("subject", &subject), ("starts", &session.starts_at.minute())];
    let session = cx.say("checkin.session", &args);
    let number = page.room.as_ref().map(|room| room.number.to_string()).unwrap_or_else(|| "-".to_owned());
    let room = cx.say("checkin.one_room", &[("room", &number)]);
    let known = match page.known {
        Known::Keep => String::new(),
        Known::Replace => format!("  ! {}", cx.word("sheet.replaces")),
    };
    format!("{}  {session}  {room}{known}", cx.word("pane.sheet"))
}

fn state(page: &Sheet, cx: &Seen<'_>) -> (String, Role) {
    match &page.shown {
        Shown::Wrong(why) => (format!("! {why}"), Role::Warn),
        Shown::Done => (format!("+ {}", cx.say("sheet.done", &[("key", &cx.key("sheet", "sheet.room"))])), Role::Good),
        Shown::Room(entered) => {
            let count = |state: AttendanceState| entered.count(state).to_string();
            let args = [
                ("present", count(AttendanceState::Present)),
                ("late", count(AttendanceState::Late)),
                ("absent", count(AttendanceState::Absent)),
                ("refused", count(AttendanceState::Refused)),
                ("count", entered.written().to_string()),
                ("key", cx.key("sheet", "sheet.save")),
            ];
            let text = cx.say("sheet.counts", &args.each_ref().map(|(k, v)| (*k, v.as_str())));
            (text, Role::Info)
        }
    }
}

fn cell(entered: &Entered, (row, column): (usize, usize), cx: &Seen<'_>) -> (String, Role) {
    let Some(line) = entered.lines.get(row) else { return (String::new(), Role::Text) };
    match column {
        0 => (line.seated.seat.to_string(), Role::Text),
        1 => (line.seated.name.clone(), Role::Text),
        2 => (line.seated.ticket.clone().unwrap_or_default(), Role::Dim),
        3 => {
            let role = match line.state {
                AttendanceState::Present => Role::Text,
                AttendanceState::Refused => Role::Refused,
                _ => Role::Warn,
            };
            let mark = if line.kept { String::new() } else { cx.word("checkin.sheet_mark") };
            (format!("{}{mark}", door::attendance(cx.locale, Some(line.state))), role)
        }
        4 => (line.late.map(|minutes| minutes.to_string()).unwrap_or_default(), Role::Text),
        _ if line.kept => (cx.word("checkin.kept"), Role::Dim),
        _ => match line.seated.attendance {
            Some(before) => (door::attendance(cx.locale, Some(before)).to_owned(), Role::Warn),
            None => (String::new(), Role::Text),
        },
    }
}

//! How the hall looks: clock and totals, alarms, then the rooms or the people of one.
use super::Hall;
use crate::model::AttendanceState;
use crate::ops::checkin::{AttendanceSource, HallRoom};
use crate::text::door;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::{Column, Width};
use ratatui::layout::Rect;

/// Alarms that are told one by one.
const ALARMS: usize = 5;

pub fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let title = |key: &str| cx.locale.word(key).to_owned();
    let number = |key: &str, cells: u16| Column::new(title(key), Width::Fixed(cells)).right();
    vec![
        number("column.room", 5),
        number("column.seated", 6),
        number("column.here", 5),
        number("column.hall_expected", 7),
        number("column.absent", 6),
        number("column.hall_refused", 7),
        number("column.hall_out", 5).priority(1),
        number("column.hall_incidents", 6),
        number("column.hall_proctors", 6),
        Column::new(title("column.hall_papers"), Width::Fill(8)),
    ]
}

pub fn people_columns(cx: &Cx<'_>) -> Vec<Column> {
    let title = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(title("column.seat"), Width::Fixed(4)).right(),
        Column::new(title("column.person"), Width::Fill(8)),
        Column::new(title("column.ticket"), Width::Fixed(16)).priority(2),
        Column::new(title("column.attendance"), Width::Fixed(11)),
        Column::new(title("column.at"), Width::Fixed(5)),
        Column::new(title("column.attendance_out_at"), Width::Fixed(5)).priority(1),
        Column::new(title("column.attendance_why"), Width::Fill(8)),
    ]
}

pub fn draw(page: &Hall, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let line = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    let subject = cx.word(&page.session.subject.key());
    let session = &page.session;
    let args = [("code", session.code.as_str()), ("subject", &subject), ("starts", &session.starts_at.minute())];
    let x = canvas.text_in(line(0), &cx.say("checkin.session", &args), Role::Title) + 2;
    let time = match page.timetable.next_of(session, cx.now) {
        Some(next) => door::countdown(cx.locale, &next, cx.now),
        None => door::phase(cx.locale, &page.hall.door, page.hall.door.phase(cx.now)),
    };
    canvas.text_in(Rect { x, width: area.right().saturating_sub(x), ..line(0) }, &time, Role::Info);
    if page.rooms.is_empty() {
        canvas.paragraph(Rect { height: area.height.saturating_sub(2), ..line(2) }, &cx.word("hall.empty"), Role::Text);
        return;
    }
    canvas.text_in(line(1), &totals(page, cx), Role::Text);
    let used = 2 + alarms(page, canvas, Rect { height: area.height.saturating_sub(2), ..line(2) }, cx);
    let rest = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    match page.opened {
        Some((_, number)) => people(page, canvas, rest, (number, cx)),
        None => page.table.draw(canvas, rest, &|row, column| match page.rooms.get(row) {
            Some(room) => cell(room, column, cx),
            None => (String::new(), Role::Text),
        }),
    }
}

fn totals(page: &Hall, cx: &Seen<'_>) -> String {
    let sum = |of: fn(&HallRoom) -> i64| page.rooms.iter().map(of).sum::<i64>().to_string();
    let args = [
        ("rooms", page.rooms.len().to_string()),
        ("seated", sum(|r| r.seated)),
        ("here", sum(|r| r.here)),
        ("expected", sum(HallRoom::expected)),
        ("absent", sum(|r| r.absent)),
        ("refused", sum(|r| r.refused)),
        ("out", sum(|r| r.out)),
    ];
    cx.say("hall.totals", &args.each_ref().map(|(k, v)| (*k, v.as_str())))
}

/// Lines used.
fn alarms(page: &Hall, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let alarms = page.hall.alarms(cx.now);
    if alarms.is_empty() {
        canvas.text_in(Rect { height: 1, ..area }, &format!("+ {}", cx.word("hall.quiet")), Role::Good);
        return 1;
    }
    let most = ALARMS.min(usize::from(area.height / 3).max(1));
    let shown = if alarms.len() > most { most - 1 } else { alarms.len() };
    let mut lines: Vec<_> =
        alarms.iter().take(shown).map(|alarm| format!("! {}", door::alarm(cx.locale, alarm))).collect();
    if alarms.len() > shown {
        lines.push(format!("! {}", cx.say("hall.more", &[("count", &(alarms.len() - shown).to_string())])));
    }
    for (y, text) in (area.top()..area.bottom()).zip(&lines) {
        canvas.text_in(Rect { y, height: 1, ..area }, text, Role::Warn);
    }
    u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height)
}

fn cell(room: &HallRoom, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let number = |n: i64, role: Role| (n.to_string(), if n > 0 { role } else { Role::Dim });
    match column {
        0 => (room.number.to_string(), if room.closed.is_some() { Role::Warn } else { Role::Text }),
        1 => number(room.seated, Role::Text),
        2 => number(room.here, Role::Good),
        3 => number(room.expected(), Role::Warn),
        4 => number(room.absent, Role::Warn),
        5 => number(room.refused, Role::Refused),
        6 => number(room.out, Role::Text),
        7 => number(room.incidents, Role::Refused),
        8 => {
            let role = if room.proctors_here < room.proctors { Role::Warn } else { Role::Text };
            (format!("{}/{}", room.proctors_here, room.proctors), role)
        }
        _ => (door::papers(cx.locale, room), Role::Text),
    }
}

fn people(page: &Hall, canvas: &mut Canvas<'_, '_>, area: Rect, (number, cx): (i64, &Seen<'_>)) {
    let title = cx.say("checkin.one_room", &[("room", &number.to_string())]);
    canvas.text_in(Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area }, &title, Role::Title);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    page.list.draw(canvas, below, &|row, column| {
        let Some(person) = page.people.get(row) else { return (String::new(), Role::Text) };
        match column {
            0 => (person.seat.to_string(), Role::Text),
            1 => (person.name.clone(), Role::Text),
            2 => (person.ticket.clone().unwrap_or_default(), Role::Dim),
            3 => {
                let from_sheet = person.source == Some(AttendanceSource::Sheet);
                let mark = if from_sheet { cx.word("checkin.sheet_mark") } else { String::new() };
                (format!("{}{mark}", door::attendance(cx.locale, person.attendance)), role(person.attendance))
            }
            4 => (person.at.map(|t| t.clock()).unwrap_or_default(), Role::Dim),
            5 => (person.out_at.map(|t| t.clock()).unwrap_or_default(), Role::Dim),
            _ => (door::why(cx.locale, person), Role::Dim),
        }
    });
}

fn role(state: Option<AttendanceState>) -> Role {
    match state {
        None | Some(AttendanceState::Late | AttendanceState::Absent) => Role::Warn,
        Some(AttendanceState::Refused | AttendanceState::Misconduct) => Role::Refused,
        Some(_) => Role::Good,
    }
}

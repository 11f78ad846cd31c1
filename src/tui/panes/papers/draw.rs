//! How the page looks: the session and what is wrong on top, rooms, the bags of the selected room below.
use super::Papers;
use crate::model::BagState;
use crate::ops::Error;
use crate::ops::papers::RoomPapers;
use crate::text::{Locale, explain, papers as words};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

/// Lines of the bags and counts of the selected room.
const BELOW: u16 = 5;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let right = |key: &str, cells: u16| Column::new(locale.word(key), Width::Fixed(cells)).right();
    vec![
        right("column.room", 4),
        Column::new(locale.word("column.state"), Width::Fixed(14)),
        right("column.bags", 6),
        right("column.sheets", 6),
        right("column.people", 6),
        right("column.absent", 6),
        right("column.expected_people", 8).priority(1),
        Column::new(locale.word("column.wrong"), Width::Fill(12)),
    ]
}

pub fn draw(pane: &Papers, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let line = |y: u16| Rect::new(area.x + 1, area.y + y, area.width.saturating_sub(2), 1);
    canvas.text_in(line(0), &heading(pane, cx), Role::Title);
    let (text, role) = summary(pane, cx);
    canvas.text_in(line(1), &text, role);
    if pane.rooms.is_empty() {
        let inset = Rect::new(area.x + 1, area.y + 3, area.width.saturating_sub(2), area.height.saturating_sub(3));
        canvas.paragraph(inset, &cx.word("papers.empty"), Role::Text);
        return;
    }
    let below = BELOW.min(area.height / 3);
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below), ..area };
    pane.table.draw(canvas, list, &|row, column| cell(pane, row, column, cx));
    let under = Rect::new(area.x + 1, list.bottom(), area.width.saturating_sub(2), below);
    details(pane, canvas, under, cx);
}

fn heading(pane: &Papers, cx: &Seen<'_>) -> String {
    let Some(s) = pane.session() else { return cx.word("papers.no_sessions") };
    let ends = s.ends_at.map(|t| t.clock()).unwrap_or_default();
    let (at, all) = ((pane.at + 1).to_string(), pane.sessions.len().to_string());
    let (subject, starts) = (cx.word(&s.subject.key()), s.starts_at.minute());
    let args = [
        ("session", s.code.as_str()),
        ("subject", &subject),
        ("starts", &starts),
        ("ends", &ends),
        ("at", &at),
        ("all", &all),
    ];
    cx.say("papers.heading", &args)
}

/// What to do next, or the most urgent of what is wrong.
fn summary(pane: &Papers, cx: &Seen<'_>) -> (String, Role) {
    let bags: Vec<_> = pane.rooms.iter().flat_map(|r| &r.bags).collect();
    let wrong = pane.rooms.iter().map(|r| r.wrong.len()).sum::<usize>();
    let first = pane.rooms.iter().flat_map(|r| &r.wrong).next();
    if bags.is_empty() && !pane.rooms.is_empty() {
        let text = cx.say("papers.press_plan", &[("key", &cx.key("papers", "papers.plan"))]);
        return (format!("! {text}"), Role::Warn);
    }
    if let Some(first) = first {
        let text = explain(cx.locale, &Error::Refused(first.clone())).message;
        let count = cx.say("papers.wrong_count", &[("count", &wrong.to_string())]);
        return (format!("! {count}{text}"), Role::Warn);
    }
    let in_state = |state: BagState| bags.iter().filter(|b| b.bag.state == state).count();
    let parts = BagState::ALL.iter().map(|s| (*s, in_state(*s))).filter(|(_, n)| *n > 0);
    let parts: Vec<_> = parts.map(|(s, n)| format!("{} {n}", words::state(cx.locale, s))).collect();
    let closed = pane.rooms.iter().filter(|r| r.record.is_some()).count();
    let (closed, all) = (closed.to_string(), pane.rooms.len().to_string());
    let args = [("bags", parts.join("  ")), ("closed", closed), ("all", all)];
    let args = args.each_ref().map(|(n, v)| (*n, v.as_str()));
    (cx.say("papers.summary", &args), Role::Info)
}

fn cell(pane: &Papers, row: usize, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let Some(room) = pane.rooms.get(row) else { return (String::new(), Role::Text) };
    let role = if room.wrong.is_empty() { Role::Text } else { Role::Warn };
    let text = match column {
        0 => room.number.to_string(),
        1 => cx.word(words::standing_key(room)),
        2 => room.bags.len().to_string(),
        3 => room.sheets().to_string(),
        4 => room.seated.to_string(),
        5 => room.absent.to_string(),
        6 => room.expected.to_string(),
        _ => wrong(room, cx),
    };
    (text, role)
}

fn wrong(room: &RoomPapers, cx: &Seen<'_>) -> String {
    match room.wrong.first() {
        Some(first) => format!("! {}", explain(cx.locale, &Error::Refused(first.clone())).message),
        None => room.record.as_ref().and_then(|r| r.reason.clone()).unwrap_or_default(),
    }
}

/// The bags of the selected room, then its counts.
fn details(pane: &Papers, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let Some(room) = pane.room() else { return };
    canvas.rule(Rect { height: 1, ..area }, Role::Dim);
    let shown = usize::from(area.height.saturating_sub(2));
    let more = room.bags.len().saturating_sub(shown);
    let keep = if more > 0 { shown.saturating_sub(1) } else { shown };
    let mut lines: Vec<(String, Role)> =
        room.bags.iter().take(keep).map(|b| (words::bag(cx.locale, b), Role::Text)).collect();
    if more > 0 {
        let count = (room.bags.len() - keep).to_string();
        let key = cx.key("papers", "papers.details");
        lines.push((cx.say("papers.more_bags", &[("count", &count), ("key", &key)]), Role::Dim));
    }
    let counts = room.counted();
    let text = words::counts(cx.locale, &counts.unwrap_or(room.known));
    let key = if counts.is_some() { "papers.by_record" } else { "papers.by_attendance" };
    lines.push((cx.say(key, &[("counts", &text)]), Role::Dim));
    for (y, (text, role)) in (area.y + 1..area.bottom()).zip(&lines) {
        canvas.text_in(Rect::new(area.x, y, area.width, 1), text, *role);
    }
}

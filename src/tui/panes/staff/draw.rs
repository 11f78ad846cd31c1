//! The session on top, then posts or people.
use super::{Staff, View};
use crate::ops::staff::{Duties, Line, PersonLine};
use crate::text::staffing;
use crate::tui::canvas::Canvas;
use crate::tui::pane::{Pane, Seen};
use crate::tui::theme::Role;
use ratatui::layout::Rect;

pub fn draw(page: &Staff, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    let next = canvas.text_in(line, &title(page, cx), Role::Title) + 3;
    let (troubles, role) = match page.lines.iter().filter(|l| l.is_troubled()).count() {
        0 if page.lines.is_empty() => (String::new(), Role::Text),
        0 => (cx.word("staffing.title_well"), Role::Good),
        count => (cx.say("staffing.title_troubles", &[("count", &count.to_string())]), Role::Warn),
    };
    let rest = Rect { x: next, width: line.right().saturating_sub(next), ..line };
    canvas.text_in(rest, &troubles, role);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    match page.view {
        View::Posts => posts(page, canvas, body, cx),
        View::People => people(page, canvas, body, cx),
    }
}

fn title(page: &Staff, cx: &Seen<'_>) -> String {
    match page.session() {
        Some(session) => {
            let (subject, starts) = (cx.word(&session.subject.key()), session.starts_at.minute());
            cx.say("staffing.title", &[("session", &session.code), ("subject", &subject), ("starts", &starts)])
        }
        None => cx.say("staffing.title_people", &[("count", &page.everybody.len().to_string())]),
    }
}

fn empty(canvas: &mut Canvas<'_, '_>, body: Rect, text: &str) {
    let inner = Rect { x: body.x + 1, y: body.y + 1, width: body.width.saturating_sub(2), ..body };
    canvas.paragraph(inner, text, Role::Text);
}

fn posts(page: &Staff, canvas: &mut Canvas<'_, '_>, body: Rect, cx: &Seen<'_>) {
    if page.sessions.is_empty() {
        return empty(canvas, body, &cx.word("staffing.no_sessions"));
    }
    if page.lines.is_empty() {
        let key = cx.key(Staff::ID, "staff.other_duty");
        return empty(canvas, body, &cx.say("staffing.empty", &[("key", &key)]));
    }
    page.posts.draw(canvas, body, &|row, column| {
        let Some(line) = page.lines.get(row) else { return (String::new(), Role::Text) };
        post(line, column, cx)
    });
}

/// The mark says it without colour.
fn post(line: &Line, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let role = if line.is_troubled() { Role::Warn } else { Role::Text };
    match column {
        0 if line.is_troubled() => ("!".to_owned(), Role::Warn),
        0 => (String::new(), role),
        1 => (staffing::room(cx.locale, line.room_number), role),
        2 => (staffing::duty(cx.locale, line.duty), role),
        3 => (staffing::count(line), role),
        4 => (staffing::troubles(cx.locale, line), role),
        5 => (staffing::names(cx.locale, line), Role::Text),
        _ => (line.venue_name.clone(), Role::Text),
    }
}

fn people(page: &Staff, canvas: &mut Canvas<'_, '_>, body: Rect, cx: &Seen<'_>) {
    if page.everybody.is_empty() {
        let keys = ["staff.add", "staff.import"].map(|action| cx.key(Staff::ID, action));
        let [add, import] = &keys;
        return empty(canvas, body, &cx.say("staffing.empty_people", &[("add", add), ("import", import)]));
    }
    page.people.draw(canvas, body, &|row, column| {
        let Some(person) = page.everybody.get(row) else { return (String::new(), Role::Text) };
        let role = if person.retired { Role::Dim } else { Role::Text };
        (cell(person, column, cx), role)
    });
}

fn cell(person: &PersonLine, column: usize, cx: &Seen<'_>) -> String {
    let comma = cx.word("staffing.comma");
    match column {
        0 => person.id.to_string(),
        1 => person.is.name.clone(),
        2 if person.retired => cx.word("staffing.left"),
        2 => person.work.iter().map(|work| work_words(work, cx)).collect::<Vec<_>>().join(&comma),
        3 => person.is.duties.iter().map(|d| staffing::duty(cx.locale, *d)).collect::<Vec<_>>().join(&comma),
        4 => person.is.unit.clone(),
        5 => person.ties.len().to_string(),
        _ => person.is.card_until.map(|d| d.to_string()).unwrap_or_default(),
    }
}

/// `theory-1 监考 3 +`: the mark says that they signed in.
fn work_words(work: &Duties, cx: &Seen<'_>) -> String {
    let room = work.room.map(|n| format!(" {n}")).unwrap_or_default();
    let came = if work.came_at.is_some() { " +" } else { "" };
    format!("{} {}{room}{came}", work.session, staffing::duty(cx.locale, work.duty))
}

//! The screen of the door: clock and totals above, field and answer at the left, rooms at the right.
use super::{Answer, Checkin, card, countdown, room_view, rooms};
use crate::ops::checkin::Seated;
use crate::ops::search::LIMIT;
use crate::text::door;
use crate::text::width::{pad_left, pad_right, width};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Tone;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use ratatui::layout::Rect;

/// Lines of the answer, its border included.
const ANSWER: u16 = 5;

pub fn draw(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    // The door's room stands at the right of whichever line has space for it.
    let x = clock_line(pane, canvas, line(0), cx);
    let is_told = door_label(pane, canvas, Rect { x, width: area.right().saturating_sub(x), ..line(0) }, cx);
    let label = if is_told { 0 } else { door_width(pane, cx) + 1 };
    totals_line(pane, canvas, Rect { width: area.width.saturating_sub(label), ..line(1) }, cx);
    if !is_told {
        door_label(pane, canvas, line(1), cx);
    }
    let column = if area.width >= 110 { 34 } else { 24 };
    let left = Rect { y: area.y + 2, width: area.width - column - 1, height: area.height.saturating_sub(2), ..area };
    let right = Rect { x: left.right() + 1, width: column, ..left };
    field_line(pane, canvas, Rect { height: 1, ..left }, cx);
    let answer = Rect { y: left.y + 1, height: ANSWER.min(left.height.saturating_sub(1)), ..left };
    answer_box(pane, canvas, answer, cx);
    let rest = Rect { y: answer.bottom(), height: left.bottom().saturating_sub(answer.bottom()), ..left };
    match pane.card() {
        Some(who) => {
            card::person(pane, canvas, rest, (who, cx));
            pane.drawn.set(true);
        }
        None if pane.shows_room() => room_view::draw(pane, canvas, rest, cx),
        None if pane.field.is_empty() => arrivals(pane, canvas, rest, cx),
        None if pane.hits.is_empty() => {}
        None => list(pane, canvas, rest, cx),
    }
    let right = countdown::draw(pane, canvas, right, cx);
    rooms::room_list(pane, canvas, right, cx);
}

pub fn room_name(pane: &Checkin, cx: &Seen<'_>) -> String {
    match &pane.room {
        Some(room) => cx.say("checkin.one_room", &[("room", &room.number.to_string())]),
        None => cx.word("checkin.all_rooms"),
    }
}

fn clock_line(pane: &Checkin, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) -> u16 {
    let session = &pane.session;
    let subject = cx.word(&session.subject.key());
    let args = [("code", session.code.as_str()), ("subject", &subject), ("starts", &session.starts_at.clock())];
    let x = canvas.text_in(line, &cx.say("checkin.session", &args), Role::Title);
    let phase = door::phase(cx.locale, &pane.door, pane.door.phase(cx.now));
    rest_of(canvas, line, x + 2, (&phase, Role::Info))
}

/// Without a room the door takes everybody: no mistake at a coordinator's desk, hardly ever right for a proctor.
fn door_words(pane: &Checkin, cx: &Seen<'_>) -> (String, Role) {
    let door = cx.say("checkin.door", &[("room", &room_name(pane, cx))]);
    match pane.room.is_none() && pane.is_proctor {
        true => (format!("! {door}"), Role::Warn),
        false => (door, Role::Text),
    }
}

fn door_width(pane: &Checkin, cx: &Seen<'_>) -> u16 {
    u16::try_from(width(&door_words(pane, cx).0)).unwrap_or(u16::MAX)
}

/// Draws at the right end of `line`; whether it fitted.
fn door_label(pane: &Checkin, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) -> bool {
    let ((door, role), cells) = (door_words(pane, cx), door_width(pane, cx));
    let fits = line.width > cells;
    if fits {
        let at = line.right().saturating_sub(cells);
        rest_of(canvas, line, at, (&door, role));
    }
    fits
}

/// Draws from column `x` to the line's end.
pub fn rest_of(canvas: &mut Canvas<'_, '_>, line: Rect, x: u16, (text, role): (&str, Role)) -> u16 {
    canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, text, role)
}

fn totals_line(pane: &Checkin, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let totals = pane.progress.totals;
    let number = |n: i64| n.to_string();
    let (seated, here) = (number(totals.seated), number(totals.here));
    let (absent, expected) = (number(totals.absent), number(totals.expected()));
    let args = [("seated", seated.as_str()), ("here", &here), ("absent", &absent), ("expected", &expected)];
    let mut x = canvas.text_in(line, &cx.say("checkin.totals", &args), Role::Text) + 1;
    let who = cx.say("checkin.who_is_missing", &[("key", &cx.key("checkin", "checkin.missing"))]);
    if width(&who) < usize::from(line.right().saturating_sub(x)) {
        x = rest_of(canvas, line, x, (&who, Role::Dim)) + 1;
    }
    x += 1;
    let cells = usize::from(line.right().saturating_sub(x)).min(30);
    let ink = Ink::for_canvas(canvas);
    rest_of(canvas, line, x, (&bar(count(totals.here), count(totals.seated), cells, ink), Role::Bar));
}

pub fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn field_line(pane: &Checkin, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let x = canvas.text_in(line, &cx.word("checkin.prompt"), Role::Key) + 1;
    pane.field.draw(canvas, Rect { x, width: line.right().saturating_sub(x), ..line });
}

fn answer_box(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let Some(Answer { tone, head, body }) = &pane.answer else {
        let inner = canvas.frame(area, "", Role::Border);
        canvas.paragraph(inner, &waiting(pane, cx), Role::Dim);
        return;
    };
    // The mark says the tone without colour.
    let (mark, role) = match tone {
        Tone::Good => ("+", Role::Good),
        Tone::Info => ("i", Role::Info),
        Tone::Warn => ("!", Role::Warn),
        Tone::Refused => ("x", Role::Refused),
    };
    let inner = canvas.frame(area, "", role);
    if *tone == Tone::Refused || head.is_empty() {
        canvas.paragraph(inner, &format!("{mark} {body}"), role);
        return;
    }
    canvas.text_in(inner, &format!("{mark} {head}"), role);
    let below = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    canvas.paragraph(below, &format!("  {body}"), role);
}

fn waiting(pane: &Checkin, cx: &Seen<'_>) -> String {
    let found = pane.hits.len().to_string();
    if pane.code.is_some() && pane.hits.len() > 1 {
        return cx.say("checkin.found_twice", &[("count", &found)]);
    }
    match pane.hits.len() {
        _ if pane.field.is_empty() => cx.word("checkin.ready"),
        0 => cx.word("checkin.found_none"),
        LIMIT.. => cx.say("checkin.found_many", &[("count", &found)]),
        _ => cx.say("checkin.found", &[("count", &found)]),
    }
}

fn list(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let cell = |row: usize, column: usize| {
        let Some(hit) = pane.hits.get(row) else { return (String::new(), Role::Text) };
        let seat = hit.room_number.zip(hit.seat);
        match column {
            0 => (hit.name.clone(), Role::Text),
            1 => match seat {
                Some((room, seat)) => (format!("{room}-{seat}"), Role::Text),
                None => ("!".to_owned(), Role::Warn),
            },
            2 => (format!("{} {}", hit.occupation_name, hit.level.digit()), Role::Dim),
            3 => (
                crate::model::identity::mask(&hit.id_number)
                    .chars()
                    .rev()
                    .take(4)
                    .collect::<Vec<_>>()
                    .iter()
                    .rev()
                    .collect(),
                Role::Dim,
            ),
            _ => (door::attendance(cx.locale, hit.attendance).to_owned(), card::state_role(hit.attendance)),
        }
    };
    let fit = usize::from(area.height.saturating_sub(1));
    if pane.hits.len() <= fit {
        return pane.list.draw(canvas, area, &cell);
    }
    // The last line says what is not on the screen.
    let space = Rect { height: area.height.saturating_sub(1), ..area };
    pane.list.draw(canvas, space, &cell);
    let more = (pane.hits.len() + 1).saturating_sub(fit).to_string();
    let last = Rect { y: space.bottom(), height: 1, ..area };
    canvas.text_in(last, &cx.say("checkin.more_people", &[("count", &more)]), Role::Dim);
}

/// Who came last, newest first.
fn arrivals(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.line(Rect { height: 1, ..area }, &cx.word("checkin.recent"), Role::Header);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if pane.recent.is_empty() {
        let key = cx.key("checkin", "checkin.session");
        canvas.paragraph(below, &cx.say("checkin.nobody_yet", &[("key", &key)]), Role::Dim);
        return;
    }
    for (y, person) in (below.top()..below.bottom()).zip(&pane.recent) {
        arrival(canvas, Rect { y, height: 1, ..below }, person, cx);
    }
}

fn arrival(canvas: &mut Canvas<'_, '_>, line: Rect, person: &Seated, cx: &Seen<'_>) {
    let at = person.at.map(|t| t.clock()).unwrap_or_default();
    let place = format!("{}-{}", person.room_number, person.seat);
    let name = pad_right(&person.name, usize::from(line.width / 2).saturating_sub(10));
    let how = door::how(cx.locale, person.late_minutes);
    let x = canvas.text_in(line, &format!("{at}  {}  {name} ", pad_left(&place, 6)), Role::Text);
    rest_of(canvas, line, x + 1, (&how, card::state_role(person.attendance)));
}

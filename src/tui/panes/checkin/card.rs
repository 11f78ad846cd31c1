//! The card of one person, read before they are let in.
use super::Checkin;
use super::draw::rest_of;
use crate::model::AttendanceState;
use crate::model::Code;
use crate::ops::checkin::{self, Phase};
use crate::ops::{ApplicationState, Candidate};
use crate::text::materials::material_word;
use crate::text::width::{pad_right, width};
use crate::text::{Locale, door};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// The card of one person: who it is, where they sit, what is missing.
pub fn person(pane: &Checkin, canvas: &mut Canvas<'_, '_>, area: Rect, (card, cx): (&Candidate, &Seen<'_>)) {
    let inner = canvas.frame(area, &card.name, Role::Border);
    let place = match (card.room_number, card.seat) {
        (Some(room), Some(seat)) => door::place(cx.locale, room, seat),
        _ => cx.word("checkin.missing_seat"),
    };
    let (note, role) = note(pane, card, cx);
    let mut lines = vec![
        ("place", place, Role::Title),
        ("state", state(card, cx), state_role(card.attendance)),
        ("missing", note, role),
        ("job", format!("{}  {}", card.occupation_name, cx.word(&card.level.key())), Role::Text),
        ("identity", crate::model::identity::mask(&card.id_number), Role::Text),
        ("ticket", card.ticket.clone().unwrap_or_default(), Role::Text),
        ("employer", card.employer.clone().unwrap_or_default(), Role::Text),
    ];
    if pane.checklist.asks(checkin::CheckItem::Materials) {
        let (mark, role) = if pane.papers_seen { ("+", Role::Good) } else { ("!", Role::Warn) };
        let papers = papers(&pane.checklist, cx.locale);
        let text = cx.say("checkin.papers_line", &[("mark", mark), ("papers", &papers)]);
        lines.insert(3, ("papers", text, role));
    }
    let cells = lines.iter().map(|(label, ..)| width(&cx.word(&format!("checkin.label.{label}")))).max().unwrap_or(0);
    for (y, (label, text, role)) in (inner.top()..inner.bottom()).zip(&lines) {
        let line = Rect { y, height: 1, ..inner };
        let label = pad_right(&cx.word(&format!("checkin.label.{label}")), cells);
        let x = canvas.text_in(line, &label, Role::Dim) + 1;
        rest_of(canvas, line, x, (text, *role));
    }
}

/// The papers that the policy wants to see, by name.
pub fn papers(list: &checkin::Checklist, locale: &Locale) -> String {
    let words: Vec<_> = list.paper_materials.iter().map(|code| material_word(locale, code)).collect();
    words.join(locale.word("materials.and"))
}

/// What the door should know before Enter.
fn note(pane: &Checkin, card: &Candidate, cx: &Seen<'_>) -> (String, Role) {
    if card.attendance.is_some_and(|s| s.was_here() && !s.is_inside()) {
        let key = cx.key("checkin", "checkin.undo");
        return (format!("! {}", cx.say("checkin.out_note", &[("key", &key)])), Role::Warn);
    }
    if card.attendance.is_some_and(AttendanceState::was_here) {
        let key = cx.key("checkin", "checkin.undo");
        return (format!("! {}", cx.say("checkin.here_already", &[("key", &key)])), Role::Warn);
    }
    match missing(pane, card, cx) {
        missing if missing.is_empty() && !pane.without().is_empty() => {
            let key = cx.key("checkin", "checkin.papers");
            (format!("! {}", cx.say("checkin.papers_note", &[("key", &key)])), Role::Warn)
        }
        missing if missing.is_empty() => (cx.word("checkin.nothing_missing"), Role::Good),
        missing => (format!("! {}", missing.join("  ")), Role::Warn),
    }
}

/// What keeps somebody out, as far as it is seen before Enter.
fn missing(pane: &Checkin, card: &Candidate, cx: &Seen<'_>) -> Vec<String> {
    obstacles(pane, card, cx).into_iter().map(|(key, _)| cx.word(key)).collect()
}

/// What stands in the way besides what a refusal with this code has said.
pub fn also(pane: &Checkin, card: &Candidate, (cx, said): (&Seen<'_>, Code)) -> Vec<String> {
    let others = obstacles(pane, card, cx).into_iter().filter(|(_, code)| *code != said);
    others.map(|(key, _)| cx.word(key)).collect()
}

/// The words of each obstacle, and the refusal that it leads to.
fn obstacles(pane: &Checkin, card: &Candidate, cx: &Seen<'_>) -> Vec<(&'static str, Code)> {
    let room = pane.room.as_ref().map(|r| r.id);
    let phase = pane.door.phase(cx.now);
    let all = [
        (card.state == ApplicationState::Withdrawn, "checkin.missing_withdrawn", checkin::WITHDRAWN),
        (
            matches!(card.state, ApplicationState::Excluded | ApplicationState::Rejected),
            "checkin.missing_excluded",
            checkin::EXCLUDED,
        ),
        (card.seat.is_none(), "checkin.missing_seat", checkin::NOT_SEATED),
        (pane.fee_needed && !card.paid, "checkin.missing_fee", checkin::UNPAID),
        (room.is_some() && card.seat.is_some() && card.room != room, "checkin.missing_room", checkin::WRONG_ROOM),
        (matches!(phase, Phase::Before { .. }), "checkin.missing_early", checkin::TOO_EARLY),
        (phase == Phase::Closed, "checkin.missing_late", checkin::TOO_LATE),
        (phase == Phase::Over, "checkin.missing_over", checkin::SESSION_OVER),
    ];
    all.into_iter().filter(|(is, ..)| *is).map(|(_, key, code)| (key, code)).collect()
}

fn state(card: &Candidate, cx: &Seen<'_>) -> String {
    let state = door::attendance(cx.locale, card.attendance).to_owned();
    match card.attended_at {
        Some(at) => cx.say("checkin.state_here", &[("state", &state), ("at", &at.clock())]),
        None => state,
    }
}

pub fn state_role(state: Option<AttendanceState>) -> Role {
    match state {
        None => Role::Text,
        Some(AttendanceState::Present | AttendanceState::HandedIn | AttendanceState::LeftEarly) => Role::Good,
        Some(AttendanceState::Late | AttendanceState::Absent) => Role::Warn,
        Some(AttendanceState::Refused | AttendanceState::Misconduct) => Role::Refused,
    }
}

//! Questions over the pane: session, room, reasons, absence.
use super::actions::{NOBODY_CHOSEN, chosen, welcome};
use super::draw::room_name;
use super::{Answer, Back, Checkin, card};
use crate::model::AttendanceState;
use crate::model::{Code, Refusal};
use crate::ops::checkin::{self, Admit, Cancel, NOBODY_EXPECTED, NOT_PRESENT, TOO_LATE, UNPAID};
use crate::ops::{Error, Result, batch, seating};
use crate::text::width::{pad_left, pad_right};
use crate::text::{door, explain};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::{picker::Picker, reason::Reason};
use crate::tui::pane::Flow;

pub const NOT_LIFTED: Code = Code("checkin.not_lifted");
pub const NOTHING_TO_LIFT: Code = Code("checkin.nothing_to_lift");
pub fn session(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let sessions = batch::sessions(cx.site)?;
    let item = |s: &crate::ops::SessionRow| {
        let subject = cx.locale.word(&s.subject.key()).to_owned();
        cx.locale.say("checkin.session", &[("code", &s.code), ("subject", &subject), ("starts", &s.starts_at.minute())])
    };
    let items = sessions.iter().map(item).collect();
    let at = sessions.iter().position(|s| s.id == pane.session.id).unwrap_or(0);
    let (title, back) = (cx.locale.word("checkin.ask.session").to_owned(), pane.back.clone());
    let then = move |_: &mut Cx<'_>, place: usize| {
        back.replace(sessions.into_iter().nth(place).map(Back::Session));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, at, Box::new(then))))
}

pub fn room(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let rooms = seating::rooms(cx.site)?;
    let name = |r: &crate::ops::RoomRow| cx.locale.say("checkin.one_room", &[("room", &r.number.to_string())]);
    let all = cx.locale.word("checkin.all_rooms").to_owned();
    let items = std::iter::once(all).chain(rooms.iter().map(name)).collect();
    let now = pane.room.as_ref().and_then(|room| rooms.iter().position(|r| r.id == room.id));
    let (title, back) = (cx.locale.word("checkin.ask.room").to_owned(), pane.back.clone());
    let then = move |_: &mut Cx<'_>, place: usize| {
        let room = place.checked_sub(1).and_then(|n| rooms.into_iter().nth(n));
        back.replace(Some(Back::Room(room)));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, now.map_or(0, |n| n + 1), Box::new(then))))
}

/// Who is still expected in this door's room; the chosen one's card opens.
pub fn missing(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let people = checkin::expected(cx.site, pane.session_id(), pane.room.as_ref().map(|r| r.id))?;
    if people.is_empty() {
        return Err(Refusal::new(NOBODY_EXPECTED).with("session", pane.session.code.as_str()).into());
    }
    let place = |s: &checkin::Seated| format!("{}-{}", s.room_number, s.seat);
    let item = |s: &checkin::Seated| {
        format!("{} {} {}", pad_left(&place(s), 7), pad_right(&s.name, 20), s.ticket.as_deref().unwrap_or_default())
    };
    let items = people.iter().map(item).collect();
    let args = [("room", room_name(pane, &cx.seen())), ("count", people.len().to_string())];
    let title = cx.locale.say("checkin.ask.missing", &args.each_ref().map(|(k, v)| (*k, v.as_str())));
    let back = pane.back.clone();
    let then = move |_: &mut Cx<'_>, at: usize| {
        back.replace(people.get(at).map(|s| Back::Person(place(s))));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

/// Takes back the last step of the person in sight, or of whoever came or went last where nothing is typed.
pub fn undo(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = pane.undoable(cx)?.filter(|p| p.attendance.is_some()) else {
        let Some(person) = pane.person() else { return Err(Refusal::new(NOBODY_CHOSEN).into()) };
        return Err(Refusal::new(NOT_PRESENT).with("name", person.name.as_str()).into());
    };
    let (session, who, before) = (pane.session_id(), person.application, person.attendance);
    checkin::may_cancel(cx.site, session, who)?;
    let place = door::place(cx.locale, person.room_number, person.seat);
    let title = cx.locale.word("checkin.ask.undo").to_owned();
    let what = match before.is_some_and(AttendanceState::is_inside) {
        true => cx.locale.word("kind.checkin.admit"),
        false => door::attendance(cx.locale, before),
    };
    let args = [("name", person.name.as_str()), ("place", &place), ("what", what)];
    let body = cx.locale.say("checkin.ask.undo_body", &args);
    let back = pane.back.clone();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        cx.perform(&Cancel { session, application: who, reason })?;
        // Read back, not assumed.
        let state = checkin::candidate(cx.site, session, who)?.and_then(|c| c.attendance);
        let (tone, key) = match state != before {
            true => (Tone::Good, "checkin.ask.undone"),
            false => (Tone::Refused, "checkin.ask.not_undone"),
        };
        let state = door::attendance(cx.locale, state).to_owned();
        let text = cx.locale.say(key, &[("name", &person.name), ("state", &state)]);
        cx.toast(tone, text.clone());
        back.replace(Some(Back::Answer(Answer { tone, head: person.name, body: text })));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// Lets the person on the card in against the late limit or the fee, with a coordinator's reason.
pub fn let_in(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, name) = chosen(pane)?;
    let room = pane.room.as_ref().map(|r| r.id);
    let op = Admit { room, without: pane.without(), ..Admit::of(pane.session_id(), application) };
    let why = match cx.site.preview(&op) {
        Ok(_) => return Err(Refusal::new(NOTHING_TO_LIFT).with("name", name).into()),
        Err(error) if error.refusal().is_some_and(|r| r.is(TOO_LATE) || r.is(UNPAID)) => error,
        Err(error) if error.refusal().is_some() => return Err(not_lifted(pane, cx, (&name, error))),
        Err(error) => return Err(error),
    };
    let why = explain(cx.locale, &why).message;
    let title = cx.locale.word("checkin.ask.override").to_owned();
    let body = cx.locale.say("checkin.ask.override_body", &[("name", &name), ("why", &why)]);
    let back = pane.back.clone();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Admit { over: Some(reason), ..op })?;
        let answer = welcome(cx, &done.out);
        cx.toast(answer.tone, door::admitted(cx.locale, &done.out));
        back.replace(Some(Back::Answer(answer)));
        Ok::<_, Error>(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// Says that no reason lifts this, with all that stands in the way.
fn not_lifted(pane: &mut Checkin, cx: &Cx<'_>, (name, error): (&str, Error)) -> Error {
    let Some(code) = error.refusal().map(|r| r.code) else { return error };
    let others = pane.person().map(|c| card::also(pane, c, (&cx.seen(), code))).unwrap_or_default();
    let first = explain(cx.locale, &error).message;
    let why = match others.is_empty() {
        true => first,
        false => cx.locale.say("checkin.also", &[("first", &first), ("others", &others.join("  "))]),
    };
    let refusal: Error = Refusal::new(NOT_LIFTED).with("name", name).with("why", why).into();
    let body = explain(cx.locale, &refusal).message;
    pane.answer = Some(Answer { tone: Tone::Refused, head: name.to_owned(), body });
    refusal
}

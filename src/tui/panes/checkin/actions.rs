//! What Enter means, and the keys beside it.
use super::{Answer, Checkin, Reading, asks, card, closing, exceptions};
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::checkin::{self, Admit, Admitted};
use crate::ops::{Error, Result};
use crate::text::{door, explain};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Action, Flow, Show, always};
use std::time::{Duration, Instant};

pub const NO_DOOR_ROOM: Code = Code("checkin.no_door_room");
pub const NO_PAPERS_ASKED: Code = Code("checkin.no_papers_asked");
pub const NOBODY_CHOSEN: Code = Code("checkin.nobody_chosen");

/// A scanner held too long reads twice: the same number within this time is one reading.
const TWICE: Duration = Duration::from_secs(2);

pub const ACTIONS: &[Action<Checkin>] = &[
    Action { id: "checkin.admit", show: Show::Hint, ready: always, run: admit },
    Action { id: "checkin.clear", show: Show::Hint, ready: always, run: clear },
    Action { id: "checkin.session", show: Show::Hint, ready: always, run: asks::session },
    Action { id: "checkin.room", show: Show::Hint, ready: always, run: asks::room },
    Action { id: "checkin.undo", show: Show::Hint, ready: always, run: asks::undo },
    Action { id: "checkin.papers", show: Show::Hint, ready: |pane, _| asks_papers(pane), run: exceptions::papers_seen },
    Action { id: "checkin.checklist", show: Show::Hint, ready: always, run: exceptions::checklist },
    Action { id: "checkin.leave", show: Show::Hint, ready: always, run: exceptions::leave },
    Action { id: "checkin.list", show: Show::Help, ready: always, run: toggle_list },
    Action { id: "checkin.missing", show: Show::Help, ready: always, run: asks::missing },
    Action {
        id: "checkin.override",
        show: Show::Help,
        ready: |_, cx| checkin::may_override(cx.site),
        run: asks::let_in,
    },
    Action { id: "checkin.close_absent", show: Show::Help, ready: always, run: closing::close_absent },
    Action { id: "checkin.sheet", show: Show::Help, ready: always, run: |_, _| Ok(Flow::Page("sheet")) },
    Action { id: "checkin.hall", show: Show::Help, ready: always, run: |_, _| Ok(Flow::Page("hall")) },
];

/// Admits the one person found; with several found, chooses the selected one first.
pub fn admit(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.field.text().trim().is_empty() {
        if pane.shows_room() && pane.room_view.moved {
            return open_card(pane, cx);
        }
        // The second half of a scanner's CR LF: the answer stays.
        repeat(pane, cx);
        return Ok(Flow::Stay);
    }
    if pane.follow_clock(cx)? {
        pane.search(cx)?;
    }
    if pane.code.is_some() && is_second_reading(pane, cx) {
        return Ok(Flow::Stay);
    }
    if let Some(card) = pane.card() {
        let who = card.application;
        if pane.code.is_none() && !pane.chosen && !pane.drawn.get() {
            // Typed by hand, and nobody has seen the card yet.
            cx.say(Tone::Info, "checkin.read_first", &[("name", &card.name)]);
            return Ok(Flow::Stay);
        }
        return admit_one(pane, cx, who);
    }
    let text = pane.field.text().to_owned();
    let misread = pane.code.is_none() && !pane.moved && checkin::looks_misread(&text);
    if pane.hits.is_empty() || misread {
        let refusal = checkin::misread(cx.site, &text)?;
        return Err(refused(pane, cx, refusal.into()));
    }
    pane.chosen = true;
    Ok(Flow::Stay)
}

/// The card of the one selected in the room's list; the next scan replaces what stands in the field then.
fn open_card(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = pane.room_view.selected() else { return Ok(Flow::Stay) };
    let place = format!("{}-{}", person.room_number, person.seat);
    pane.field.set(&place);
    pane.field.mark();
    pane.look_up(cx)?;
    Ok(Flow::Stay)
}

/// Between the room's list and the latest arrivals.
fn toggle_list(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.room.is_none() {
        return Err(Refusal::new(NO_DOOR_ROOM).into());
    }
    pane.room_view.shown = !pane.room_view.shown;
    let room = pane.room.as_ref().map(|r| r.id);
    pane.room_view.read(cx, pane.session_id(), room)?;
    Ok(Flow::Stay)
}

fn asks_papers(pane: &Checkin) -> Result<(), Refusal> {
    let asked = pane.checklist.asks(checkin::CheckItem::Materials);
    if asked { Ok(()) } else { Err(Refusal::new(NO_PAPERS_ASKED)) }
}

fn admit_one(pane: &mut Checkin, cx: &mut Cx<'_>, application: ApplicationId) -> Result<Flow> {
    let room = pane.room.as_ref().map(|r| r.id);
    let without = pane.without();
    match cx.perform(&Admit { room, without, ..Admit::of(pane.session_id(), application) }) {
        Ok(done) => {
            remember(pane, cx, Some(done.out.name.clone()));
            let answer = welcome(cx, &done.out);
            pane.turned = None;
            pane.clear();
            cx.toast(answer.tone, door::admitted(cx.locale, &done.out));
            pane.answer = Some(answer);
            Ok(Flow::Stay)
        }
        Err(error) => Err(refused(pane, cx, error)),
    }
}

/// The answer to an admission.
pub fn welcome(cx: &Cx<'_>, done: &Admitted) -> Answer {
    let late = done.late_minutes();
    let how = door::how(cx.locale, late);
    let body = if done.overridden { cx.locale.say("checkin.overridden", &[("how", &how)]) } else { how };
    let tone = if late.is_some() || done.overridden { Tone::Warn } else { Tone::Good };
    let place = door::place(cx.locale, done.room_number, done.seat);
    Answer { tone, head: format!("{}  {place}", done.name), body }
}

/// Keeps the text, selected so that the next scan replaces it, and the reason in sight. The bell rings with the error.
fn refused(pane: &mut Checkin, cx: &mut Cx<'_>, error: Error) -> Error {
    let Some(refusal) = error.refusal() else { return error };
    let message = explain(cx.locale, &error);
    let lifted = refusal.is(checkin::TOO_LATE) || refusal.is(checkin::UNPAID);
    let mut body = message.message;
    if lifted && checkin::may_override(cx.site).is_ok() {
        let key = cx.seen().key("checkin", "checkin.override");
        let how = cx.locale.word("hint_bar.checkin.override");
        body = cx.locale.say("checkin.lifts", &[("first", &body), ("key", &key), ("how", how)]);
    }
    if refusal.is(checkin::NOT_CHECKED) {
        let (papers, list) =
            (cx.seen().key("checkin", "checkin.papers"), cx.seen().key("checkin", "checkin.checklist"));
        body = cx.locale.say("checkin.papers_first", &[("papers", &papers), ("list", &list)]);
    }
    let also = pane.person().map(|c| card::also(pane, c, (&cx.seen(), refusal.code))).unwrap_or_default();
    if !also.is_empty() {
        body = cx.locale.say("checkin.also", &[("first", &body), ("others", &also.join("  "))]);
    }
    let head = pane.card().map(|c| c.name.clone()).unwrap_or_default();
    remember(pane, cx, None);
    pane.field.mark();
    pane.answer = Some(Answer { tone: Tone::Refused, head, body });
    error
}

fn remember(pane: &mut Checkin, cx: &Cx<'_>, name: Option<String>) {
    pane.last = pane.code.clone().map(|code| Reading { code, at: cx.site.now(), real: Instant::now(), name });
}

/// Whether the field holds the number that was read a moment ago; if so says it and does nothing.
fn is_second_reading(pane: &mut Checkin, cx: &mut Cx<'_>) -> bool {
    let Some(last) = pane.last.as_ref().filter(|l| Some(&l.code) == pane.code.as_ref()) else { return false };
    // By the site's clock and by the machine's: the first may stand still in a demonstration.
    let by_site = cx.site.now().0.saturating_sub(last.at.0);
    if u128::from(by_site.unsigned_abs()) >= TWICE.as_millis() || last.real.elapsed() >= TWICE {
        return false;
    }
    match last.name.clone() {
        Some(name) => {
            let body = cx.locale.say("checkin.again", &[("name", &name)]);
            pane.clear();
            cx.toast(Tone::Info, body.clone());
            pane.answer = Some(Answer { tone: Tone::Info, head: name, body });
        }
        None => {
            pane.field.mark();
            cx.say(Tone::Info, "checkin.again_refused", &[]);
        }
    }
    true
}

fn repeat(pane: &Checkin, cx: &mut Cx<'_>) {
    if let Some(answer) = &pane.answer {
        cx.toast(answer.tone, format!("{}  {}", answer.head, answer.body).trim().to_owned());
    }
}

/// One step back: from a chosen card to the list, from a text to the empty field.
fn clear(pane: &mut Checkin, _cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.chosen {
        // What is typed next is about somebody else.
        pane.chosen = false;
        pane.field.mark();
    } else {
        pane.clear();
        pane.answer = None;
    }
    Ok(Flow::Stay)
}

/// The person on the card or selected in the list, for actions that are about one.
pub fn chosen(pane: &Checkin) -> Result<(ApplicationId, String)> {
    let card = pane.person().ok_or_else(|| Refusal::new(NOBODY_CHOSEN))?;
    Ok((card.application, card.name.clone()))
}

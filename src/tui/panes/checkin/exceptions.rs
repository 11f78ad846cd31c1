//! What is done with one person beside letting them in: the checklist, sending away, going out.
use super::actions::{NOBODY_CHOSEN, welcome};
use super::checklist::{Checklist, Tick, Want};
use super::{Answer, Back, Checkin};
use crate::model::{ApplicationId, AttendanceState, Refusal, RoomId, SessionId};
use crate::ops::checkin::{self, Admit, CheckItem, Exit, Ground, LEAVES_TOO_EARLY, Leave, Refuse};
use crate::ops::{Error, Result};
use crate::text::{door, explain};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::{picker::Picker, reason::Reason};
use crate::tui::pane::Flow;
use std::cell::RefCell;
use std::rc::Rc;

/// Whom it is about, and where the answer goes.
#[derive(Clone)]
struct Turn {
    application: ApplicationId,
    name: String,
    session: SessionId,
    room: Option<RoomId>,
    back: Rc<RefCell<Option<Back>>>,
}

impl Turn {
    fn of(pane: &Checkin) -> Result<Turn> {
        let chosen = pane.anybody().ok_or_else(|| Refusal::new(NOBODY_CHOSEN))?;
        let room = pane.room.as_ref().map(|r| r.id);
        let (session, back) = (pane.session_id(), pane.back.clone());
        Ok(Turn { application: chosen.0, name: chosen.1, session, room, back })
    }

    fn answer(&self, cx: &mut Cx<'_>, tone: Tone, text: String) -> Flow {
        cx.toast(tone, text.clone());
        let answer = Answer { tone, head: self.name.clone(), body: text };
        self.back.replace(Some(Back::Turned(self.application, answer)));
        Flow::Close
    }

    fn admit(&self, cx: &mut Cx<'_>, without: Vec<CheckItem>, over: Option<String>) -> Result<Flow> {
        let op = Admit { room: self.room, without, over, ..Admit::of(self.session, self.application) };
        let done = cx.perform(&op)?;
        let answer = welcome(cx, &done.out);
        cx.toast(answer.tone, door::admitted(cx.locale, &done.out));
        self.back.replace(Some(Back::Answer(answer)));
        Ok(Flow::Close)
    }

    fn refuse(&self, cx: &mut Cx<'_>, ground: Ground, words: String) -> Result<Flow> {
        let (application, session, room) = (self.application, self.session, self.room);
        let done = cx.perform(&Refuse { application, session, room, ground, words })?;
        let text = door::sent_away(cx.locale, &done.out);
        Ok(self.answer(cx, Tone::Warn, text))
    }

    fn leave(&self, cx: &mut Cx<'_>, exit: Exit, reason: Option<String>) -> Result<Flow> {
        let done = cx.perform(&Leave { application: self.application, session: self.session, exit, reason })?;
        let text = door::left_room(cx.locale, &done.out);
        Ok(self.answer(cx, Tone::Good, text))
    }
}

/// The list with everything ticked; what is unticked is what is wrong.
pub fn checklist(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let turn = Turn::of(pane)?;
    let label = |item: CheckItem| {
        let word = cx.locale.word(&format!("check_item.{}", item.code())).to_owned();
        match item {
            CheckItem::Materials => format!("{word}: {}", super::card::papers(&pane.checklist, cx.locale)),
            _ => word,
        }
    };
    let ticks = pane.checklist.items.iter().map(|item| Tick { item: *item, label: label(*item), good: true }).collect();
    let title = cx.locale.say("checkin.ask.checklist", &[("name", &turn.name)]);
    let then = move |cx: &mut Cx<'_>, missing: Vec<CheckItem>, want: Want| match want {
        Want::Decide if missing.is_empty() => turn.admit(cx, missing, None),
        _ => outcome(cx, turn, (missing, want)),
    };
    Ok(Flow::Open(Checklist::ask(title, ticks, Box::new(then))))
}

/// Chooses what follows from what is missing.
fn outcome(cx: &mut Cx<'_>, turn: Turn, (missing, want): (Vec<CheckItem>, Want)) -> Result<Flow> {
    let list = checkin::checklist(cx.site)?;
    let grounds = match want {
        Want::Decide => missing.iter().map(|item| item.ground()).collect(),
        Want::Refuse => list.grounds(),
    };
    let lifted =
        want == Want::Decide && list.beyond_lifting(&missing).is_none() && checkin::may_override(cx.site).is_ok();
    let word = |ground: &Ground| {
        let why = cx.locale.word(&format!("refused_why.{}", ground.code())).to_owned();
        cx.locale.say("checkin.ask.refuse_line", &[("why", &why)])
    };
    let mut items: Vec<String> = grounds.iter().map(word).collect();
    if lifted {
        items.push(cx.locale.word("checkin.ask.override_line").to_owned());
    }
    let title = cx.locale.say("checkin.ask.outcome", &[("name", &turn.name)]);
    let then = move |cx: &mut Cx<'_>, place: usize| match grounds.get(place).copied() {
        Some(Ground::Other) => Ok(ask_words(cx, turn)),
        Some(ground) => turn.refuse(cx, ground, String::new()),
        None => Ok(ask_override(cx, turn, missing)),
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn ask_words(cx: &Cx<'_>, turn: Turn) -> Flow {
    let title = cx.locale.word("kind.checkin.refuse").to_owned();
    let body = cx.locale.say("checkin.ask.refuse_body", &[("name", &turn.name)]);
    Flow::Open(Reason::ask(title, body, Box::new(move |cx, words| turn.refuse(cx, Ground::Other, words))))
}

fn ask_override(cx: &Cx<'_>, turn: Turn, missing: Vec<CheckItem>) -> Flow {
    let title = cx.locale.word("checkin.ask.override").to_owned();
    let words: Vec<_> =
        missing.iter().map(|i| cx.locale.word(&format!("refused_why.{}", i.ground().code())).to_owned()).collect();
    let body = cx.locale.say("checkin.ask.override_body", &[("name", &turn.name), ("why", &words.join("  "))]);
    Flow::Open(Reason::ask(title, body, Box::new(move |cx, reason| turn.admit(cx, missing, Some(reason)))))
}

/// All items are there, the papers too: what Enter does where the policy asks for no papers.
pub fn papers_seen(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.person().is_none() {
        return Err(Refusal::new(NOBODY_CHOSEN).into());
    }
    // The Enter before it was the same number, and was refused for want of this.
    (pane.papers_seen, pane.last) = (true, None);
    super::actions::admit(pane, cx)
}

/// Whoever is inside hands in or leaves early.
pub fn leave(pane: &mut Checkin, cx: &mut Cx<'_>) -> Result<Flow> {
    let turn = Turn::of(pane)?;
    let state = checkin::candidate(cx.site, turn.session, turn.application)?.and_then(|c| c.attendance);
    if !state.is_some_and(AttendanceState::is_inside) {
        let op = Leave { application: turn.application, session: turn.session, exit: Exit::HandIn, reason: None };
        // Says why: not here, or out already.
        return cx.site.preview(&op).map(|_| Flow::Stay);
    }
    let word = |state: AttendanceState| door::attendance(cx.locale, Some(state)).to_owned();
    let items = vec![word(Exit::HandIn.state()), cx.locale.word("checkin.ask.leave_early_line").to_owned()];
    let title = cx.locale.say("checkin.ask.leave", &[("name", &turn.name)]);
    let then = move |cx: &mut Cx<'_>, place: usize| match place {
        0 => hand_in(cx, turn),
        _ => Ok(ask_reason(cx, (turn, Exit::Early), "checkin.ask.early_body")),
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

/// Before its time a coordinator is asked why.
fn hand_in(cx: &mut Cx<'_>, turn: Turn) -> Result<Flow> {
    match turn.leave(cx, Exit::HandIn, None) {
        Err(error) if is_early(&error) && checkin::may_override(cx.site).is_ok() => {
            let why = explain(cx.locale, &error).message;
            cx.toast(Tone::Warn, why);
            Ok(ask_reason(cx, (turn, Exit::HandIn), "checkin.ask.hand_in_body"))
        }
        other => other,
    }
}

fn is_early(error: &Error) -> bool {
    error.refusal().is_some_and(|r| r.is(LEAVES_TOO_EARLY))
}

fn ask_reason(cx: &Cx<'_>, (turn, exit): (Turn, Exit), body: &str) -> Flow {
    let title = cx.locale.word("kind.checkin.leave").to_owned();
    let body = cx.locale.say(body, &[("name", &turn.name)]);
    Flow::Open(Reason::ask(title, body, Box::new(move |cx, reason| turn.leave(cx, exit, Some(reason)))))
}

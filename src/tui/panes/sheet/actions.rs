//! Keys of the paper sheet: through the lines, room and session, save.
use super::{Back, LINES, Sheet, Shown};
use crate::ops::checkin::{self, Known, SHEET_TOO_LATE, UNPAID};
use crate::ops::{Error, Result, SessionRow, batch, seating};
use crate::text::explain;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::{confirm::Confirm, picker::Picker, reason::Reason};
use crate::tui::pane::{Action, Flow, Show, always};
use std::cell::RefCell;
use std::rc::Rc;

#[rustfmt::skip]
pub const ACTIONS: &[Action<Sheet>] = &[
    Action { id: "sheet.save", show: Show::Hint, ready: always, run: save },
    Action { id: "sheet.room", show: Show::Hint, ready: always, run: room },
    Action { id: "sheet.session", show: Show::Hint, ready: always, run: session },
    Action { id: "sheet.known", show: Show::Hint, ready: always, run: known },
    Action { id: "sheet.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    Action { id: "sheet.next", show: Show::Help, ready: always, run: |page, _| Ok(step(page, 1)) },
    Action { id: "sheet.previous", show: Show::Help, ready: always, run: |page, _| Ok(step(page, LINES.len() - 1)) },
];

fn step(page: &mut Sheet, by: usize) -> Flow {
    page.at = (page.at + by) % LINES.len();
    Flow::Stay
}

/// Whether the door's states stand or the sheet's.
fn known(page: &mut Sheet, cx: &mut Cx<'_>) -> Result<Flow> {
    page.known = if page.known == Known::Keep { Known::Replace } else { Known::Keep };
    crate::tui::pane::Pane::reload(page, cx)?;
    Ok(Flow::Stay)
}

fn room(page: &mut Sheet, cx: &mut Cx<'_>) -> Result<Flow> {
    let rooms = seating::rooms(cx.site)?;
    let items = rooms.iter().map(|r| cx.locale.say("checkin.one_room", &[("room", &r.number.to_string())])).collect();
    let at = page.room.as_ref().and_then(|room| rooms.iter().position(|r| r.id == room.id)).unwrap_or(0);
    let (title, back) = (cx.locale.word("sheet.ask_room").to_owned(), page.back.clone());
    let then = move |_: &mut Cx<'_>, place: usize| {
        back.replace(rooms.into_iter().nth(place).map(Back::Room));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, at, Box::new(then))))
}

fn session(page: &mut Sheet, cx: &mut Cx<'_>) -> Result<Flow> {
    let sessions = batch::sessions(cx.site)?;
    let item = |s: &SessionRow| {
        let subject = cx.locale.word(&s.subject.key()).to_owned();
        cx.locale.say("checkin.session", &[("code", &s.code), ("subject", &subject), ("starts", &s.starts_at.minute())])
    };
    let items = sessions.iter().map(item).collect();
    let at = sessions.iter().position(|s| s.id == page.session.id).unwrap_or(0);
    let (title, back) = (cx.locale.word("checkin.ask.session").to_owned(), page.back.clone());
    let then = move |_: &mut Cx<'_>, place: usize| {
        back.replace(sessions.into_iter().nth(place).map(Back::Session));
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(title, items, at, Box::new(then))))
}

/// Once the number of people is typed; a coordinator is asked for a reason where it takes one.
fn save(page: &mut Sheet, cx: &mut Cx<'_>) -> Result<Flow> {
    page.marks()?;
    let Some(sheet) = page.operation(None) else { return Ok(Flow::Stay) };
    match cx.site.preview(&sheet) {
        Ok(done) => {
            page.shown = Shown::Room(done.out.clone());
            Ok(confirm(cx, (sheet, page.back.clone()), done.out.written()))
        }
        Err(error) if is_lifted(&error) && checkin::may_override(cx.site).is_ok() => {
            let title = cx.locale.word("checkin.ask.override").to_owned();
            let (why, back) = (explain(cx.locale, &error).message, page.back.clone());
            let then = move |cx: &mut Cx<'_>, reason: String| {
                let sheet = checkin::Sheet { over: Some(reason), ..sheet };
                let written = cx.site.preview(&sheet)?.out.written();
                Ok(confirm(cx, (sheet, back), written))
            };
            Ok(Flow::Open(Reason::ask(title, cx.locale.say("sheet.why", &[("why", &why)]), Box::new(then))))
        }
        Err(error) => Err(error),
    }
}

fn is_lifted(error: &Error) -> bool {
    error.refusal().is_some_and(|r| r.is(SHEET_TOO_LATE) || r.is(UNPAID))
}

type Handed = (checkin::Sheet, Rc<RefCell<Option<Back>>>);

fn confirm(cx: &Cx<'_>, (sheet, back): Handed, written: usize) -> Flow {
    let (title, count) = (cx.locale.word("kind.checkin.sheet").to_owned(), written.to_string());
    let body = cx.locale.say("sheet.confirm", &[("count", &count)]);
    let then = move |cx: &mut Cx<'_>| {
        let done = cx.perform(&sheet)?;
        let (count, op) = (done.out.written().to_string(), done.op.map_or(0, |op| op.0).to_string());
        cx.say(Tone::Good, "sheet.saved", &[("count", &count), ("op", &op)]);
        back.replace(Some(Back::Saved));
        Ok(Flow::Close)
    };
    Flow::Open(Confirm::ask(title, body, count, Box::new(then)))
}

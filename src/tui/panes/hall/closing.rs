//! The closing record of the session that is shown, and taking it back with another person.
use super::Hall;
use crate::ops::Result;
use crate::ops::sessions::{Close, Reopen};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub fn close(page: &mut Hall, cx: &mut Cx<'_>) -> Result<Flow> {
    let code = page.session.code.clone();
    let title = cx.locale.word("action.hall.close_session").to_owned();
    let body = cx.locale.say("session_closing.body", &[("session", &code)]);
    let then = {
        let code = code.clone();
        move |cx: &mut Cx<'_>| {
            let done = cx.perform(&Close { session: code.clone() })?;
            let (row, op) = (done.out, done.op.map_or(0, |no| no.0).to_string());
            let counts = [row.seated, row.present, row.absent, row.refused, row.incidents, row.bags];
            let counts = counts.map(|count| count.to_string());
            let names = ["seated", "present", "absent", "refused", "incidents", "bags"];
            let mut args: Vec<(&str, &str)> = names.into_iter().zip(counts.iter().map(String::as_str)).collect();
            args.extend([("session", code.as_str()), ("op", op.as_str())]);
            cx.say(Tone::Good, "sessions.closed_for_good", &args);
            Ok(Flow::Close)
        }
    };
    Ok(Flow::Open(Confirm::ask(title, body, code, Box::new(then))))
}

pub fn reopen(page: &mut Hall, cx: &mut Cx<'_>) -> Result<Flow> {
    let session = page.session.code.clone();
    let title = cx.locale.word("action.hall.reopen_session").to_owned();
    let body = cx.locale.say("session_closing.reopen_body", &[("session", &session)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Reopen { session: session.clone(), reason })?;
        let op = done.op.map_or(0, |no| no.0).to_string();
        cx.say(Tone::Good, "sessions.reopened", &[("session", &session), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

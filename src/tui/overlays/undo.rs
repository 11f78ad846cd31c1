//! Asks why an operation is taken back, takes it back, and says what the database says then.
use super::reason::Reason;
use crate::model::OpNo;
use crate::ops::Result;
use crate::ops::history::{self, Undo};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

/// Refused before anybody is asked for a reason in vain.
pub fn ask(cx: &Cx<'_>, op: OpNo) -> Result<Flow> {
    history::may_undo(cx.site, op)?;
    let what = history::describe(cx.site, op)?;
    let kind = cx.locale.word(&format!("kind.{}", what.kind)).to_owned();
    let args = [
        ("op", op.to_string()),
        ("kind", kind),
        ("subject", what.subject.clone()),
        ("at", what.at.clock().to_string()),
    ];
    let body = cx.locale.say("undo.body", &args.each_ref().map(|(name, value)| (*name, value.as_str())));
    let title = cx.locale.word("undo.title").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Undo { op, reason })?;
        let kind = cx.locale.word(&format!("kind.{}", done.out.kind)).to_owned();
        // Read back, not assumed: the journal must name the undo now.
        match history::undone_by(cx.site, op)? {
            Some(by) => {
                let by = by.to_string();
                cx.say(Tone::Good, "undo.done", &[("kind", &kind), ("subject", &what.subject), ("by", &by)]);
            }
            None => cx.say(Tone::Refused, "undo.not_done", &[("kind", &kind)]),
        }
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

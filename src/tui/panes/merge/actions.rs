//! What can be done with a conflict: read both sides, say which stands.
use super::Merge;
use crate::model::{OpNo, Refusal};
use crate::ops::exchange::site::{DECIDED, Resolve, Stands};
use crate::ops::history::{self, WayBack};
use crate::ops::{ConflictState, Result};
use crate::text::merging;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

/// Refused where it is decided already.
pub fn open(page: &Merge, _: &Cx<'_>) -> Result<(), Refusal> {
    let kept = page.chosen()?;
    match kept.state {
        ConflictState::Open => Ok(()),
        _ => Err(Refusal::new(DECIDED).with("conflict", kept.id)),
    }
}

pub fn show(page: &mut Merge, cx: &mut Cx<'_>) -> Result<Flow> {
    let kept = page.chosen()?;
    let title = cx.locale.say("merge.title", &[("id", &kept.id.to_string())]);
    Ok(Flow::Open(Report::show(title, merging::lines(cx.locale, kept))))
}

pub fn here(page: &mut Merge, cx: &mut Cx<'_>) -> Result<Flow> {
    decide(page, cx, Stands::Here)
}

pub fn there(page: &mut Merge, cx: &mut Cx<'_>) -> Result<Flow> {
    decide(page, cx, Stands::There)
}

/// Asks why; what follows is said before it is done.
fn decide(page: &Merge, cx: &Cx<'_>, stands: Stands) -> Result<Flow> {
    let kept = page.chosen()?;
    let (conflict, id) = (kept.id, kept.id.to_string());
    let (title, body) = match stands {
        Stands::Here => ("merge.title_here", "merge.body_here"),
        Stands::There => ("merge.title_there", "merge.body_there"),
    };
    let sides = merging::summary(cx.locale, kept);
    let title = cx.locale.say(title, &[("id", &id)]);
    let body = cx.locale.say(
        body,
        &[("record", &merging::record(cx.locale, kept)), ("key", &merging::row(cx.locale, kept)), ("sides", &sides)],
    );
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Resolve { conflict, stands, reason })?;
        let (op, way) = (done.op.unwrap_or(OpNo(0)), done.op.map(|op| history::way_back(cx.site, op)).transpose()?);
        let (key, why) = merging::said(cx.locale, merging::RESOLVED, &way.unwrap_or(WayBack::One));
        cx.say(Tone::Good, key, &[("id", &conflict.to_string()), ("op", &op.to_string()), ("why", &why)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

//! What the keys do in each part.
use super::{Part, Supervision, complaints, draws, inspections};
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::complaints::{may_decide, may_look};
use crate::ops::supervision::{Publish, What, may_mend};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub fn next_part(page: &mut Supervision, _: &mut Cx<'_>) -> Result<Flow> {
    page.part = page.part.next();
    Ok(Flow::Stay)
}

pub fn something(page: &Supervision, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.part {
        Part::Draws => page.drawing().map(|_| ()),
        Part::Inspections => page.inspection().map(|_| ()),
        Part::Complaints => page.complaint().map(|_| ()),
    }
}

pub fn can_mend(page: &Supervision, _: &Cx<'_>) -> Result<(), Refusal> {
    page.inspection().and_then(may_mend)
}

pub fn can_publish(page: &Supervision, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.part {
        Part::Inspections => page.inspection().map(|_| ()),
        Part::Draws | Part::Complaints => page.drawing().map(|_| ()),
    }
}

pub fn can_look(page: &Supervision, _: &Cx<'_>) -> Result<(), Refusal> {
    page.complaint().and_then(|line| may_look(&line.complaint))
}

pub fn can_decide(page: &Supervision, _: &Cx<'_>) -> Result<(), Refusal> {
    page.complaint().and_then(|line| may_decide(&line.complaint))
}

pub fn new(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.part {
        Part::Draws => Ok(draws::new(cx)),
        Part::Inspections => inspections::new(page, cx),
        Part::Complaints => Ok(complaints::new(cx)),
    }
}

pub fn show(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.part {
        Part::Draws => draws::show(page, cx),
        Part::Inspections => inspections::show(page, cx),
        Part::Complaints => complaints::show(page, cx),
    }
}

/// Asks where.
pub fn publish(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let (what, title) = match page.part {
        Part::Inspections => page.inspection().map(|i| (What::Inspection(i.id), i.object.clone()))?,
        Part::Draws | Part::Complaints => page.drawing().map(|d| (What::Draw(d.id), d.title.clone()))?,
    };
    let body = cx.locale.word("supervision.place_body").to_owned();
    let then = move |cx: &mut Cx<'_>, place: String| {
        let done = cx.perform(&Publish { what, place: place.clone(), on: None })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "supervision.published", &[("what", &done.out), ("place", &place), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

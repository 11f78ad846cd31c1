//! Records of inspections, what was put right, what was made public.
use super::ReportArgs;
use crate::cli::{Context, Exit};
use crate::model::{Day, DrawId};
use crate::ops::supervision::{Mend, Publish, Report, What};
use crate::ops::{InspectionMode, InspectionResult, Result};
use serde_json::json;

pub fn report(context: &mut Context, args: ReportArgs) -> Result<Exit> {
    let (Some(mode), Some(result)) = (InspectionMode::parse(&args.mode), InspectionResult::parse(&args.result)) else {
        return Ok(Exit::Usage);
    };
    let op = Report {
        draw: args.draw.map(DrawId),
        session: args.session,
        object: args.object.unwrap_or_default(),
        supervisors: args.supervisors,
        mode,
        on: args.on,
        methods: args.methods,
        findings: args.findings,
        result,
        mend_by: args.mend_by,
    };
    let done = context.site()?.perform(&op)?;
    let (number, object) = done.out;
    if context.out.is_json() {
        context.out.json(&json!({ "inspection": number, "object": object, "operation": done.op }));
    }
    let (number, op) = (number.to_string(), done.op.map_or(0, |n| n.0).to_string());
    context.out.say("supervision.reported", &[("number", &number), ("object", &object), ("op", &op)]);
    Ok(Exit::Done)
}

pub fn mend(context: &mut Context, inspection: i64, (mended, on): (String, Option<Day>)) -> Result<Exit> {
    let done = context.site()?.perform(&Mend { inspection, mended, on })?;
    if context.out.is_json() {
        context.out.json(&json!({ "inspection": inspection, "object": done.out, "operation": done.op }));
    }
    let op = done.op.map_or(0, |n| n.0).to_string();
    context.out.say("supervision.mended", &[("object", &done.out), ("op", &op)]);
    Ok(Exit::Done)
}

/// One of the two numbers is there.
pub fn publish(
    context: &mut Context,
    (draw, inspection): (Option<i64>, Option<i64>),
    (place, on): (Option<String>, Option<Day>),
) -> Result<Exit> {
    let what = match (draw, inspection) {
        (Some(draw), _) => What::Draw(DrawId(draw)),
        (None, inspection) => What::Inspection(inspection.unwrap_or_default()),
    };
    let place = place.unwrap_or_default();
    let done = context.site()?.perform(&Publish { what, place: place.clone(), on })?;
    if context.out.is_json() {
        context.out.json(&json!({ "what": done.out, "place": place, "operation": done.op }));
    }
    let op = done.op.map_or(0, |n| n.0).to_string();
    context.out.say("supervision.published", &[("what", &done.out), ("place", &place), ("op", &op)]);
    Ok(Exit::Done)
}

//! Who works where.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Duty, OpNo};
use crate::ops::Result;
use crate::ops::staff::{self, Assign, Line, Proposal, Propose, Rate, SignIn, Unassign, place, session};
use crate::text::staffing;
use serde_json::json;

/// Session, room and venue as they were typed.
type Where<'a> = (&'a str, Option<i64>, Option<i64>);

pub fn assign(
    context: &Context,
    who: &str,
    (code, room, venue): Where<'_>,
    (duty, leads): (Duty, bool),
) -> Result<Exit> {
    let mut site = context.site()?;
    let staff = staff::named(&site, who)?.id;
    let (session, venue, room_id) = place(&site, code, room, venue)?;
    let reason = context.options.reason.clone();
    let done = site.perform(&Assign { staff, session, venue, room: room_id, duty, leads, reason })?;
    if context.out.is_json() {
        let op = done.op.map_or(0, |n| n.0);
        context.out.json(&json!({
            "staff": staff, "name": done.out.name, "session": code, "room": room, "duty": duty, "leads": leads,
            "set_aside": done.out.set_aside, "operation": op,
        }));
    }
    let locale = &context.out.locale;
    let (place, word) = (staffing::room(locale, room), staffing::duty(locale, duty));
    let args = [("duty", word.as_str()), ("session", code), ("place", &place)];
    say(context, "staffing.assigned", (&done.out.name, done.op), &args);
    for objection in &done.out.set_aside {
        context.out.note(&staffing::refusal(locale, &objection.refusal));
    }
    Ok(Exit::Done)
}

fn say(context: &Context, key: &str, (name, op): (&str, Option<OpNo>), more: &[(&str, &str)]) {
    let op = op.map_or(0, |n| n.0).to_string();
    let mut args = vec![("name", name), ("op", op.as_str())];
    args.extend(more);
    context.out.say(key, &args);
}

pub fn unassign(context: &Context, who: &str, code: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let (staff, at) = (staff::named(&site, who)?.id, session(&site, code)?.id);
    let done = site.perform(&Unassign { staff, session: at })?;
    if context.out.is_json() {
        let op = done.op.map_or(0, |n| n.0);
        context.out.json(&json!({ "staff": staff, "name": done.out.name, "session": code, "operation": op }));
    }
    let duty = staffing::duty(&context.out.locale, done.out.duty);
    say(context, "staffing.unassigned", (&done.out.name, done.op), &[("duty", &duty), ("session", code)]);
    Ok(Exit::Done)
}

pub fn propose(context: &Context, (seed, code): (u64, Option<&str>), yes: bool) -> Result<Exit> {
    let mut site = context.site()?;
    let only = code.map(|code| session(&site, code)).transpose()?.map(|s| s.id);
    let op = Propose { seed, session: only };
    let done = if yes { site.perform(&op)? } else { site.preview(&op)? };
    let locale = &context.out.locale;
    let row = |p: &Proposal| {
        let name = if p.leads { format!("{}{}", p.name, locale.word("staffing.leads")) } else { p.name.clone() };
        let (room, duty) = (staffing::room(locale, p.room), staffing::duty(locale, p.duty));
        vec![p.session.clone(), p.venue.clone(), room, duty, name, p.unit.clone()]
    };
    let rows: Vec<_> = done.out.given.iter().map(row).collect();
    let columns = [
        Col::Left("column.session"),
        Col::Left("column.staff_venue"),
        Col::Left("column.room"),
        Col::Left("column.staff_duty"),
        Col::Left("column.person"),
        Col::Left("column.staff_unit"),
    ];
    let op = done.op.map(|n| n.0);
    let value = json!({
        "seed": seed, "saved": op.is_some(), "operation": op, "given": done.out.given, "wanting": done.out.wanting,
    });
    context.out.table(&value, &columns, &rows);
    for line in &done.out.wanting {
        context.out.note(&trouble(context, line));
    }
    let (given, wanting) = (done.out.given.len().to_string(), done.out.wanting.len().to_string());
    let (seed, op) = (seed.to_string(), op.unwrap_or(0).to_string());
    let key = if yes { "staffing.proposal_saved" } else { "staffing.proposal_shown" };
    context.out.say(key, &[("given", &given), ("wanting", &wanting), ("seed", &seed), ("op", &op)]);
    Ok(Exit::Done)
}

fn trouble(context: &Context, line: &Line) -> String {
    let locale = &context.out.locale;
    let (room, what) = (staffing::room(locale, line.room_number), staffing::troubles(locale, line));
    let duty = staffing::duty(locale, line.duty);
    let args = [
        ("session", line.code.as_str()),
        ("venue", &line.venue_name),
        ("place", &room),
        ("duty", &duty),
        ("what", &what),
    ];
    locale.say("staffing.trouble", &args)
}

pub fn check(context: &Context, code: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let only = code.map(|code| session(&site, code)).transpose()?.map(|s| s.id);
    let found = staff::check(&site, only)?;
    let locale = &context.out.locale;
    let row = |l: &Line| {
        vec![
            l.code.clone(),
            l.venue_name.clone(),
            staffing::room(locale, l.room_number),
            staffing::duty(locale, l.duty),
            l.candidates.to_string(),
            staffing::count(l),
            staffing::troubles(locale, l),
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    let columns = [
        Col::Left("column.session"),
        Col::Left("column.staff_venue"),
        Col::Left("column.room"),
        Col::Left("column.staff_duty"),
        Col::Right("column.staff_candidates"),
        Col::Right("column.staff_have"),
        Col::Left("column.staff_wanting"),
    ];
    context.out.table(&found, &columns, &rows);
    if found.is_empty() {
        context.out.say("staffing.all_well", &[]);
        return Ok(Exit::Done);
    }
    context.out.say("staffing.troubles", &[("count", &found.len().to_string())]);
    Ok(Exit::Refused)
}

pub fn sign_in(context: &Context, who: &str, code: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let (staff, at) = (staff::named(&site, who)?.id, session(&site, code)?.id);
    let done = site.perform(&SignIn { staff, session: at })?;
    if context.out.is_json() {
        let op = done.op.map_or(0, |n| n.0);
        context.out.json(&json!({
            "staff": staff, "session": code, "at": done.out.at, "late_minutes": done.out.late_minutes, "operation": op,
        }));
    }
    say(context, "staffing.came", (&done.out.name, done.op), &[("at", &done.out.at.clock())]);
    Ok(Exit::Done)
}

pub fn rate(context: &Context, who: &str, code: &str, rating: i64) -> Result<Exit> {
    let mut site = context.site()?;
    let (staff, at) = (staff::named(&site, who)?.id, session(&site, code)?.id);
    let done = site.perform(&Rate { staff, session: at, rating })?;
    if context.out.is_json() {
        let op = done.op.map_or(0, |n| n.0);
        context.out.json(&json!({ "staff": staff, "session": code, "rating": rating, "operation": op }));
    }
    let rating = context.out.locale.word(&format!("rating.{rating}")).to_owned();
    say(context, "staffing.rated", (&done.out, done.op), &[("rating", &rating)]);
    Ok(Exit::Done)
}

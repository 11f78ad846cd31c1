//! The list of staff and their ties.
use super::{Facts, grade, word};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Duty, TieKind, identity};
use crate::ops::staff::{self, Account, Add, Change, Particulars, PersonLine, Retire, Tie, Untie};
use crate::ops::{Done, Error, Result, StaffRow};
use crate::text::{fault_words, staffing};
use serde_json::json;
use std::path::Path;

pub fn list(context: &Context) -> Result<Exit> {
    let found = staff::people(&context.look()?)?;
    let locale = &context.out.locale;
    let row = |p: &PersonLine| {
        let duties: Vec<_> = p.is.duties.iter().map(|d| staffing::duty(locale, *d)).collect();
        let state = if p.retired { locale.word("staffing.left") } else { "" };
        vec![
            p.id.to_string(),
            p.is.name.clone(),
            p.is.unit.clone(),
            duties.join(locale.word("staffing.comma")),
            locale.word(&format!("assessor_grade.{}", p.is.grade.code())).to_owned(),
            p.is.card_until.map(|d| d.to_string()).unwrap_or_default(),
            p.ties.len().to_string(),
            p.work.len().to_string(),
            state.to_owned(),
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.staff_unit"), Col::Left("column.staff_duties"),
        Col::Left("column.staff_grade"), Col::Left("column.card_until"), Col::Right("column.staff_ties"),
        Col::Right("column.staff_work"), Col::Left("column.state"),
    ];
    let masked: Vec<_> = found.into_iter().map(masked).collect();
    context.out.table(&masked, &columns, &rows);
    Ok(Exit::Done)
}

/// Identity numbers are for whoever keeps them, not for lists.
fn masked(mut person: PersonLine) -> PersonLine {
    person.is.id_number = person.is.id_number.as_deref().map(identity::mask);
    for tie in &mut person.ties {
        tie.id_number = identity::mask(&tie.id_number);
    }
    person
}

pub fn add(context: &Context, name: String, facts: Facts) -> Result<Exit> {
    let who = merged(Particulars::new(&name, "", &[]), facts)?;
    let done = context.site()?.perform(&Add { who })?;
    said(context, "staffing.added", &done);
    Ok(Exit::Done)
}

pub fn change(context: &Context, who: &str, name: Option<String>, facts: Facts) -> Result<Exit> {
    let mut site = context.site()?;
    let row = staff::named(&site, who)?;
    let mut now = merged(Particulars::of(&row), facts)?;
    now.name = name.unwrap_or(now.name);
    let done = site.perform(&Change { staff: row.id, now })?;
    said(context, "staffing.changed", &done);
    Ok(Exit::Done)
}

fn merged(before: Particulars, facts: Facts) -> Result<Particulars> {
    let duties: Vec<Duty> =
        facts.duty.iter().map(|d| word(d, Duty::ALL, Duty::code)).collect::<std::result::Result<_, _>>()?;
    let grade = facts.grade.as_deref().map(grade).transpose()?;
    Ok(Particulars {
        unit: facts.unit.unwrap_or(before.unit),
        phone: facts.phone.or(before.phone),
        id_number: facts.id_number.or(before.id_number),
        grade: grade.unwrap_or(before.grade),
        card_no: facts.card.or(before.card_no),
        card_until: facts.card_until.or(before.card_until),
        occupations: if facts.occupation.is_empty() { before.occupations } else { facts.occupation },
        duties: if duties.is_empty() { before.duties } else { duties },
        name: before.name,
    })
}

pub fn retire(context: &Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let staff = staff::named(&site, who)?.id;
    let done = site.perform(&Retire { staff, reason: context.reason() })?;
    said(context, "staffing.retired", &done);
    Ok(Exit::Done)
}

fn said(context: &Context, key: &str, done: &Done<StaffRow>) {
    let (number, op) = (done.out.id.to_string(), done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "staff": done.out.id, "name": done.out.name, "operation": op }));
    }
    let args = [("name", done.out.name.as_str()), ("number", &number), ("op", &op.to_string())];
    context.out.say(key, &args);
}

pub fn import(context: &Context, file: &Path) -> Result<Exit> {
    let mut site = context.site()?;
    let sheet = match staff::read_file(&site, file) {
        Err(Error::Rejected(report)) => {
            if context.out.is_json() {
                context.out.json(&*report);
            }
            for fault in &report.faults {
                let (line, words) = (fault.line.to_string(), fault_words(&context.out.locale, fault));
                let args = [("line", line.as_str()), ("column", &fault.column), ("message", &words)];
                context.out.say("staffing.fault", &args);
            }
            return Err(Error::Rejected(report));
        }
        other => other?,
    };
    let done = site.perform(&sheet)?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({
            "added": out.added, "changed": out.changed, "unchanged": out.unchanged, "operation": op,
        }));
    }
    let counts = [out.added, out.changed, out.unchanged].map(|n| n.to_string());
    let [added, changed, unchanged] = &counts;
    let op = op.to_string();
    let args = [("added", added.as_str()), ("changed", changed), ("unchanged", unchanged), ("op", &op)];
    context.out.say("staffing.imported", &args);
    Ok(Exit::Done)
}

pub fn tie(
    context: &Context,
    (who, candidate): (&str, &str),
    kind: TieKind,
    (name, note): (Option<String>, Option<String>),
) -> Result<Exit> {
    let mut site = context.site()?;
    let row = staff::named(&site, who)?;
    let (document, id_number, known) = staff::candidate(&site, candidate)?;
    let name = name.unwrap_or(known);
    let done = site.perform(&Tie { staff: row.id, kind, document, id_number, name, note })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "tie": done.out.id, "staff": row.id, "operation": op }));
    }
    let kind = context.out.locale.word(&format!("tie_kind.{}", kind.code())).to_owned();
    let args = [("name", row.name.as_str()), ("kind", &kind), ("candidate", &done.out.name), ("op", &op.to_string())];
    context.out.say("staffing.tied", &args);
    Ok(Exit::Done)
}

pub fn untie(context: &Context, who: &str, tie: i64) -> Result<Exit> {
    let mut site = context.site()?;
    let row = staff::named(&site, who)?;
    let done = site.perform(&Untie { staff: row.id, tie, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "tie": tie, "staff": row.id, "operation": op }));
    }
    let args = [("name", row.name.as_str()), ("candidate", &done.out.name), ("op", &op.to_string())];
    context.out.say("staffing.untied", &args);
    Ok(Exit::Done)
}

pub fn account(context: &Context, who: &str, operator: Option<String>) -> Result<Exit> {
    let mut site = context.site()?;
    let staff = staff::named(&site, who)?.id;
    let key = if operator.is_some() { "staffing.signs_on" } else { "staffing.no_account" };
    let done = site.perform(&Account { staff, operator })?;
    said(context, key, &done);
    Ok(Exit::Done)
}

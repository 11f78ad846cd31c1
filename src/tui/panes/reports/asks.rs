//! What is asked before something is written down.
use super::Reports;
use crate::model::{Code, Day, Refusal, fold};
use crate::ops::reports::*;
use crate::ops::{ActivityKind, Result};
use crate::text::reports::Part;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;
use std::path::Path;

pub const BAD_NUMBER: Code = Code("reports.bad_number");
pub const BAD_DAY: Code = Code("reports.bad_day");

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

pub fn new(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.part {
        Part::Ledger => entry(cx),
        Part::Subsidy => months(page, cx),
        _ => person(cx),
    }
}

/// Name, number, department; the rest can be changed by command or sheet.
fn person(cx: &mut Cx<'_>) -> Result<Flow> {
    let then = move |cx: &mut Cx<'_>, name: String| {
        let then = move |cx: &mut Cx<'_>, id_number: String| {
            let then = move |cx: &mut Cx<'_>, department: String| {
                let done =
                    cx.perform(&Add { who: Particulars { name, id_number, department, ..Particulars::default() } })?;
                let op = done.op.map_or(0, |n| n.0).to_string();
                let args = [("name", done.out.name.as_str()), ("department", &done.out.department), ("op", &op)];
                cx.say(Tone::Good, "reports.person_added", &args);
                Ok(Flow::Close)
            };
            let body = word(cx, "reports.department_body");
            Ok(Flow::Open(Reason::ask(word(cx, "reports.person_title"), body, Box::new(then))))
        };
        let body = word(cx, "reports.number_body");
        Ok(Flow::Open(Reason::edit(word(cx, "reports.person_title"), body, "", Box::new(then))))
    };
    let body = word(cx, "reports.name_body");
    Ok(Flow::Open(Reason::ask(word(cx, "reports.person_title"), body, Box::new(then))))
}

/// What kind, what was done, how many took part; today.
fn entry(cx: &mut Cx<'_>) -> Result<Flow> {
    let items = ActivityKind::ALL.iter().map(|kind| word(cx, &format!("activity_kind.{}", kind.code()))).collect();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let kind = ActivityKind::ALL.get(at).copied().unwrap_or(ActivityKind::Other);
        let then = move |cx: &mut Cx<'_>, what: String| {
            let then = move |cx: &mut Cx<'_>, text: String| {
                let people = count(&text)?;
                let done = cx.perform(&Record { kind, what, on: None, department: None, people })?;
                let (number, op) = (done.out.id.to_string(), done.op.map_or(0, |n| n.0).to_string());
                let args = [("number", number.as_str()), ("what", &done.out.what), ("op", &op)];
                cx.say(Tone::Good, "reports.recorded", &args);
                Ok(Flow::Close)
            };
            let body = word(cx, "reports.taken_part_body");
            Ok(Flow::Open(Reason::ask_or_nothing(word(cx, "reports.ledger_title"), body, Box::new(then))))
        };
        let body = word(cx, "reports.what_body");
        Ok(Flow::Open(Reason::ask(word(cx, "reports.ledger_title"), body, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "reports.kind_title"), items, 0, Box::new(then))))
}

/// Nothing where nothing was typed.
fn count(text: &str) -> Result<Option<i64>, Refusal> {
    let typed = fold::number_like(text);
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || Refusal::new(BAD_NUMBER).with("value", text);
    typed.parse().map(Some).map_err(|_| wrong())
}

/// Months of insurance of the selected holder.
fn months(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let one = page.subsidy()?;
    let (document, id_number) = (one.document, one.id_number.clone());
    let body = cx.locale.say("reports.months_body", &[("name", &one.name)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let months = count(&text)?.filter(|m| *m >= 0).ok_or_else(|| Refusal::new(BAD_NUMBER).with("value", text))?;
        let people = vec![Insured { document, id_number, months, as_of: None }];
        insured(cx, &Insure { file: String::new(), people })
    };
    Ok(Flow::Open(Reason::edit(word(cx, "reports.months_title"), body, "", Box::new(then))))
}

fn insured(cx: &mut Cx<'_>, sheet: &Insure) -> Result<Flow> {
    let done = cx.perform(sheet)?;
    let (all, changed) = (sheet.people.len().to_string(), done.out.to_string());
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, "reports.insured", &[("all", &all), ("changed", &changed), ("op", &op)]);
    Ok(Flow::Close)
}

pub fn import(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = word(cx, "reports.import_title");
    if page.part == Part::Subsidy {
        let then = move |cx: &mut Cx<'_>, path: String| insured(cx, &read_insurance(Path::new(path.trim()))?);
        return Ok(Flow::Open(Reason::ask(title, word(cx, "reports.insured_file_body"), Box::new(then))));
    }
    let then = move |cx: &mut Cx<'_>, path: String| {
        let done = cx.perform(&read_file(Path::new(path.trim()))?)?;
        let out = done.out;
        let counts = [out.added, out.changed, out.unchanged, out.not_on_sheet].map(|n| n.to_string());
        let [added, changed, unchanged, others] = &counts;
        let op = done.op.map_or(0, |n| n.0).to_string();
        let args = [
            ("added", added.as_str()),
            ("changed", changed),
            ("unchanged", unchanged),
            ("others", others),
            ("op", &op),
        ];
        cx.say(Tone::Good, "reports.imported", &args);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "reports.people_file_body"), Box::new(then))))
}

/// Asks for the last day; today stands there.
pub fn leave(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let one = page.person()?;
    let (person, title) = (one.id, one.name.clone());
    let today = cx.site.now().day().to_string();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let typed = fold::number_like(&text).into_owned();
        let last: Day = typed.parse().map_err(|_| Refusal::new(BAD_DAY).with("value", text.as_str()))?;
        let done = cx.perform(&Leave { person, last: Some(last) })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        let args = [("name", done.out.name.as_str()), ("department", &done.out.department), ("op", &op)];
        cx.say(Tone::Good, "reports.person_left", &args);
        Ok(Flow::Close)
    };
    let body = word(cx, "reports.leave_body");
    Ok(Flow::Open(Reason::edit(title, body, &today, Box::new(then))))
}

/// A line of the ledger, or a claim.
pub fn remove(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    if page.part == Part::Subsidy {
        let one = page.subsidy()?;
        let (certificate, title) = (one.certificate.clone(), one.name.clone());
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let done = cx.perform(&Withdraw { certificate, reason })?;
            let sum = done.out.amount.map(crate::model::fen::yuan).unwrap_or_default();
            let (day, op) = (done.out.claimed_on.to_string(), done.op.map_or(0, |n| n.0).to_string());
            let args = [("name", done.out.name.as_str()), ("day", &day), ("amount", &sum), ("op", &op)];
            cx.say(Tone::Good, "reports.withdrawn", &args);
            Ok(Flow::Close)
        };
        return Ok(Flow::Open(Reason::ask(title, word(cx, "reports.withdraw_body"), Box::new(then))));
    }
    let one = page.activity()?;
    let (number, title) = (one.number, one.what.clone());
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Remove { number, reason })?;
        let (number, op) = (done.out.id.to_string(), done.op.map_or(0, |n| n.0).to_string());
        let args = [("number", number.as_str()), ("what", &done.out.what), ("op", &op)];
        cx.say(Tone::Good, "reports.removed", &args);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "reports.remove_body"), Box::new(then))))
}

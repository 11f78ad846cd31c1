//! What can be done without asking anything.
use super::{NONE_SELECTED, Reports, other_part};
use crate::model::Refusal;
use crate::model::fen::yuan;
use crate::ops::Result;
use crate::ops::reports::{Claim, SubsidyState, TakeSnapshot, percent};
use crate::text::reports::{self as words, Part};
use crate::text::width::pad_right;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

pub fn turn(page: &mut Reports, cx: &mut Cx<'_>, by: usize) -> Result<Flow> {
    let at = Part::ALL.iter().position(|part| *part == page.part).unwrap_or(0);
    if let Some(part) = Part::ALL.get((at + by) % Part::ALL.len()) {
        page.go(*part, cx)?;
    }
    Ok(Flow::Stay)
}

pub fn can_enter(page: &Reports, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.part {
        Part::Departments | Part::People | Part::Ledger => Ok(()),
        Part::Subsidy => page.subsidy().map(|_| ()),
        Part::Snapshots | Part::Enterprises | Part::Plan => Err(other_part(Part::Ledger)),
    }
}

pub fn can_import(page: &Reports, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.part {
        Part::Departments | Part::People | Part::Subsidy => Ok(()),
        _ => Err(other_part(Part::People)),
    }
}

/// The first thing that stands against a claim is the answer.
pub fn can_claim(page: &Reports, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.subsidy()?.against.first() {
        Some(first) => Err(first.clone()),
        None => Ok(()),
    }
}

pub fn can_remove(page: &Reports, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.part {
        Part::Subsidy => page.subsidy().map(|_| ()),
        _ => page.activity().map(|_| ()),
    }
}

pub fn something(page: &Reports, _: &Cx<'_>) -> Result<(), Refusal> {
    page.table.selected().filter(|at| *at < page.rows.len()).map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

pub fn snapshot(_: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform(&TakeSnapshot {})?;
    let (rate, op) = (percent(done.out.rate()), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "reports.snapshot_kept", &[("rate", &rate), ("op", &op)]);
    Ok(Flow::Stay)
}

pub fn claim(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let certificate = page.subsidy()?.certificate.clone();
    let done = cx.perform(&Claim { certificate, amount: None })?;
    let (sum, day) = (done.out.amount.map(yuan).unwrap_or_default(), done.out.claimed_on.to_string());
    let op = done.op.map_or(0, |n| n.0).to_string();
    let args = [("name", done.out.name.as_str()), ("day", &day), ("amount", &sum), ("op", &op)];
    cx.say(Tone::Good, "reports.claimed", &args);
    Ok(Flow::Stay)
}

/// Every cell with its heading, and of a subsidy every reason.
pub fn show(page: &mut Reports, cx: &mut Cx<'_>) -> Result<Flow> {
    let at = page.table.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))?;
    let cells = page.rows.cells(cx.locale, at);
    let heading = |key: &&'static str| cx.locale.word(key.strip_prefix('>').unwrap_or(key)).to_owned();
    let line = |(key, cell): (&&'static str, &String)| format!("{}  {cell}", pad_right(&heading(key), 20));
    let mut lines: Vec<_> = page.part.columns().iter().zip(&cells).map(line).collect();
    if let Ok(one) = page.subsidy() {
        lines.push(String::new());
        lines.extend(words::against(cx.locale, one));
        if one.state == SubsidyState::Claimable {
            let (amount, day) = (one.amount.map(yuan).unwrap_or_default(), one.last_day.to_string());
            lines.push(cx.locale.say("reports.can_claim", &[("amount", &amount), ("day", &day)]));
        }
    }
    let title = cx.locale.word(&format!("reports_part.{}", page.part.code())).to_owned();
    Ok(Flow::Open(Report::show(title, lines)))
}

//! What is done with one of the staff: ties, leaving; and taking in a sheet.
use super::{NOBODY_HERE, NONE_SELECTED, Staff};
use crate::model::{Refusal, TieKind};
use crate::ops::staff::{Retire, Tie, Untie, candidate, read_file, sheet_headings};
use crate::ops::{Error, Result};
use crate::text::fault_words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;
use std::path::Path;

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// Which candidate, then which kind.
pub fn tie(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = page.person() else { return Err(Refusal::new(NONE_SELECTED).into()) };
    let (staff, name) = (person.id, person.is.name.clone());
    let title = cx.locale.say("staffing.ask_tie", &[("name", &name)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let (document, id_number, known) = candidate(cx.site, &text)?;
        let items = TieKind::ALL.iter().map(|k| word(cx, &format!("tie_kind.{}", k.code()))).collect();
        let then = move |cx: &mut Cx<'_>, at: usize| {
            let Some(kind) = TieKind::ALL.get(at).copied() else { return Ok(Flow::Close) };
            let done = cx.perform(&Tie { staff, kind, document, id_number, name: known, note: None })?;
            let (kind, op) = (word(cx, &format!("tie_kind.{}", kind.code())), done.op.map_or(0, |n| n.0).to_string());
            let args = [("name", name.as_str()), ("kind", &kind), ("candidate", &done.out.name), ("op", &op)];
            cx.say(Tone::Good, "staffing.tied", &args);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Picker::ask(word(cx, "staffing.ask_tie_kind"), items, 1, Box::new(then))))
    };
    Ok(Flow::Open(Reason::edit(title, word(cx, "staffing.ask_tie_body"), "", Box::new(then))))
}

pub fn untie(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = page.person() else { return Err(Refusal::new(NONE_SELECTED).into()) };
    if person.ties.is_empty() {
        return Err(Refusal::new(NOBODY_HERE).into());
    }
    let (staff, name) = (person.id, person.is.name.clone());
    let kind = |t: &crate::ops::staff::TieLine| word(cx, &format!("tie_kind.{}", t.kind.code()));
    let items = person.ties.iter().map(|t| format!("{}  {}", kind(t), t.name)).collect();
    let ids: Vec<i64> = person.ties.iter().map(|t| t.id).collect();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let Some(tie) = ids.get(at).copied() else { return Ok(Flow::Close) };
        let (title, body) = (word(cx, "staffing.ask_untie"), word(cx, "staffing.ask_untie_body"));
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let done = cx.perform(&Untie { staff, tie, reason })?;
            let op = done.op.map_or(0, |n| n.0).to_string();
            cx.say(Tone::Good, "staffing.untied", &[("name", &name), ("candidate", &done.out.name), ("op", &op)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "staffing.ask_untie"), items, 0, Box::new(then))))
}

pub fn retire(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = page.person() else { return Err(Refusal::new(NONE_SELECTED).into()) };
    let staff = person.id;
    let title = cx.locale.say("staffing.ask_retire", &[("name", &person.is.name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Retire { staff, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "staffing.retired", &[("name", &done.out.name), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "staffing.ask_retire_body"), Box::new(then))))
}

/// Asks for the path; faults are listed, a sheet without any is taken in.
pub fn import(_: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let body = cx.locale.say("staffing.ask_import_body", &[("columns", &sheet_headings().join(" "))]);
    let then = |cx: &mut Cx<'_>, path: String| {
        let sheet = match read_file(cx.site, Path::new(path.trim())) {
            Err(Error::Rejected(report)) => {
                let line = |f: &crate::ops::exchange::RowFault| {
                    let (line, message) = (f.line.to_string(), fault_words(cx.locale, f));
                    cx.locale.say("staffing.fault", &[("line", &line), ("column", &f.column), ("message", &message)])
                };
                let lines = report.faults.iter().map(line).collect();
                return Ok(Flow::Open(Report::show(word(cx, "staffing.import_faults"), lines)));
            }
            other => other?,
        };
        let done = cx.perform(&sheet)?;
        let numbers = [done.out.added, done.out.changed, done.out.unchanged].map(|n| n.to_string());
        let [added, changed, unchanged] = &numbers;
        let op = done.op.map_or(0, |n| n.0).to_string();
        let args = [("added", added.as_str()), ("changed", changed), ("unchanged", unchanged), ("op", &op)];
        cx.say(Tone::Good, "staffing.imported", &args);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::edit(word(cx, "staffing.ask_import"), body, "", Box::new(then))))
}

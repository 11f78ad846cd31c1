//! What was handed in, stored and told: one person's folder, or a whole group's.
use super::Applications;
use crate::config::typed_path;
use crate::ops::Result;
use crate::ops::materials::{self, Finding, Survey};
use crate::text::Locale;
use crate::text::materials::finding_line;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

/// Whether each line must say whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    One,
    Group,
}

pub fn group(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("materials.group_title").to_owned();
    let body = cx.locale.word("materials.group_body").to_owned();
    let (path, last) = (pane.handed.clone(), pane.handed.borrow().clone());
    let then = move |cx: &mut Cx<'_>, typed: String| {
        path.borrow_mut().clone_from(&typed);
        let survey = materials::group(cx.site, &typed_path(&typed))?;
        store(cx, survey, About::Group)
    };
    Ok(Flow::Open(Reason::edit(title, body, &last, Box::new(then))))
}

/// Stores what can be stored, and opens what there is to read.
pub fn store(cx: &mut Cx<'_>, survey: Survey, about: About) -> Result<Flow> {
    if survey.storable() == 0 {
        cx.say(Tone::Warn, "materials.nobody_stored", &[]);
        return Ok(report(cx.locale, survey, about));
    }
    let done = cx.perform_bulk(&survey.check())?;
    match done.op {
        None => cx.say(Tone::Info, "materials.checked_same", &[]),
        Some(op) => {
            let (files, faulty) = (done.out.files.to_string(), done.out.faulty.to_string());
            let args = [("files", files.as_str()), ("faulty", &faulty), ("op", &op.to_string())];
            cx.say(Tone::Good, "materials.checked", &args);
        }
    }
    Ok(report(cx.locale, survey, about))
}

/// What is to be mended, to read; nothing to read where nothing is.
fn report(locale: &Locale, survey: Survey, about: About) -> Flow {
    if survey.findings.is_empty() && survey.notes.is_empty() {
        return Flow::Close;
    }
    let count = survey.findings.len().to_string();
    let title = locale.say("materials.report_title", &[("source", &survey.source), ("count", &count)]);
    let line = |mut finding: Finding| {
        if about == About::One {
            finding.who.clear();
        }
        format!("  {}", finding_line(locale, &finding))
    };
    let head = if survey.findings.is_empty() { "materials.clean" } else { "materials.findings" };
    let mut lines = vec![locale.say(head, &[("count", &count)])];
    lines.extend(survey.findings.into_iter().map(line));
    if !survey.notes.is_empty() {
        lines.extend([String::new(), locale.word("materials.notes").to_owned()]);
        lines.extend(survey.notes.into_iter().map(line));
    }
    Flow::Open(Report::show(title, lines))
}

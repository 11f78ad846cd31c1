//! What the keys do on the line at hand.
use super::{Chosen, Documents, Part, forms, new};
use crate::model::Refusal;
use crate::ops::documents::{self, Block, End};
use crate::ops::prints::{Form, Format, Scope};
use crate::ops::{Result, rosters, uploads};
use crate::text::documents as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::print_form::NO_FOLDER;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

#[rustfmt::skip]
pub const ACTIONS: &[Action<Documents>] = &[
    Action { id: "documents.next_part", show: Show::Hint, ready: always, run: next_part },
    Action { id: "documents.new", show: Show::Hint, ready: always, run: new::new },
    Action { id: "documents.marks", show: Show::Hint, ready: given, run: marks },
    Action { id: "documents.step", show: Show::Hint, ready: chosen, run: forms::step },
    Action { id: "documents.stops", show: Show::Hint, ready: always, run: stops },
    Action { id: "documents.record", show: Show::Hint, ready: chosen, run: forms::record },
    Action { id: "documents.show", show: Show::Hint, ready: chosen, run: show },
    Action { id: "documents.write", show: Show::Hint, ready: chosen, run: write },
    Action { id: "documents.end", show: Show::Hint, ready: chosen, run: end },
    Action { id: "documents.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn next_part(page: &mut Documents, _: &mut Cx<'_>) -> Result<Flow> {
    page.part = page.part.next();
    Ok(Flow::Stay)
}

fn chosen(page: &Documents, _: &Cx<'_>) -> Result<(), Refusal> {
    page.chosen().map(drop)
}

fn given(page: &Documents, _: &Cx<'_>) -> Result<(), Refusal> {
    if page.overview.given { Ok(()) } else { Err(Refusal::new(documents::NOT_IN_THE_NOTICE)) }
}

fn marks(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    let blocks: Vec<Block> = page.blocks.iter().map(|line| line.block).collect();
    let items = page.blocks.iter().map(|line| words::block_line(cx.locale, line)).collect();
    let first = page.blocks.iter().position(|line| line.open > 0).unwrap_or(0);
    let then = move |cx: &mut Cx<'_>, place: usize| match blocks.get(place) {
        Some(block) => Ok(forms::certify(cx, *block)),
        None => Ok(Flow::Close),
    };
    Ok(Flow::Open(Picker::ask(cx.locale.word("documents.pick_block").to_owned(), items, first, Box::new(then))))
}

/// Of the chosen line; of everybody who passed where there is none.
fn stops(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    let say = |key: &str, name: &str, id: i64| cx.locale.say(key, &[(name, &id.to_string())]);
    let (title, found, nothing) = match page.chosen() {
        Ok(Chosen::Document(d)) => {
            let title = say("documents.stops_title", "document", d.row.id);
            (title, documents::stops(cx.site, d.row.id)?, "documents.stops_none")
        }
        Ok(Chosen::Roster(r)) => {
            let title = say("documents.roster_title", "roster", r.row.id);
            (title, rosters::stops(cx.site, r.row.id)?, "documents.roster_ready")
        }
        Ok(Chosen::Upload(u)) => {
            (say("uploads.title", "upload", u.row.id), uploads::stops(cx.site, u.row.id)?, "uploads.stops_none")
        }
        Err(none) if page.part != Part::Documents => return Err(none.into()),
        Err(_) => {
            let title = cx.locale.word("pane.documents").to_owned();
            (title, page.overview.first.clone(), "documents.stops_none")
        }
    };
    let mut lines: Vec<String> = found.iter().map(|one| words::refusal(cx.locale, one)).collect();
    if lines.is_empty() {
        lines.push(cx.locale.word(nothing).to_owned());
    }
    Ok(Flow::Open(Report::show(title, lines)))
}

fn show(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    let (title, lines) = match page.chosen()? {
        Chosen::Document(d) => {
            let mut lines = words::record(cx.locale, d);
            lines.extend(documents::people(cx.site, d.row.id)?.iter().map(|p| words::person(cx.locale, p)));
            (d.row.title.clone(), lines)
        }
        Chosen::Roster(r) => {
            let title = cx.locale.say("documents.roster_title", &[("roster", &r.row.id.to_string())]);
            (title, words::roster_record(cx.locale, r, &rosters::people(cx.site, r.row.id)?))
        }
        Chosen::Upload(u) => {
            let title = cx.locale.say("uploads.title", &[("upload", &u.row.id.to_string())]);
            (title, words::upload_record(cx.locale, u, &uploads::lines(cx.site, u.row.id)?))
        }
    };
    Ok(Flow::Open(Report::show(title, lines)))
}

/// The paper of the chosen line, into the site's folder.
fn write(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    let (form, number) = match page.chosen()? {
        Chosen::Document(d) => ("qualification", d.row.id),
        Chosen::Roster(r) => ("passed-roster", r.row.id),
        Chosen::Upload(u) => ("upload-audit", u.row.id),
    };
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let Some(form) = Form::find(form) else { return Ok(Flow::Stay) };
    let scope = Scope { number: Some(number), ..Scope::default() };
    let (path, op) = form.print(cx.site, &scope, Format::Html)?.put(cx.site, &folder)?;
    let home = cx.site.file().and_then(|f| f.parent());
    let shown = home.and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path).display().to_string();
    let text = words::with_op(cx.locale, "documents.written", &[("path", shown)], op);
    cx.toast(Tone::Good, text);
    Ok(Flow::Stay)
}

fn end(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    enum What {
        Document(i64),
        Roster(i64),
        Upload(i64),
    }
    let what = match page.chosen()? {
        Chosen::Document(d) => What::Document(d.row.id),
        Chosen::Roster(r) => What::Roster(r.row.id),
        Chosen::Upload(u) => What::Upload(u.row.id),
    };
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let (key, name, id, op) = match what {
            What::Document(document) => {
                ("documents.ended", "document", document, cx.perform(&End { document, reason })?.op)
            }
            What::Roster(roster) => {
                ("documents.roster_dropped", "roster", roster, cx.perform(&rosters::Drop { roster, reason })?.op)
            }
            What::Upload(upload) => {
                ("uploads.dropped", "upload", upload, cx.perform(&uploads::Drop { upload, reason })?.op)
            }
        };
        let text = words::with_op(cx.locale, key, &[(name, id.to_string())], op);
        Ok(forms::good(cx, text))
    };
    let word = |key: &str| cx.locale.word(key).to_owned();
    Ok(Flow::Open(Reason::ask(word("documents.end_title"), word("documents.end_body"), Box::new(then))))
}

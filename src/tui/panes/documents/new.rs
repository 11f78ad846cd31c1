//! A new document, roster or upload.
use super::forms::{good, said, value};
use super::sheet::{Sheet, text};
use super::{Documents, Part};
use crate::model::Refusal;
use crate::ops::documents::{NOT_IN_THE_NOTICE, Prepare};
use crate::ops::rosters::{self, Kind, Make};
use crate::ops::uploads::{self, Prepare as PrepareUpload};
use crate::ops::{Result, UploadKind};
use crate::text::documents as words;
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;
use crate::tui::widgets::form::Form;

pub fn new(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.part {
        Part::Documents if !page.overview.given => Err(Refusal::new(NOT_IN_THE_NOTICE).into()),
        Part::Documents => document(cx),
        Part::Rosters => Ok(kind(cx)),
        Part::Uploads => Ok(layout(cx)),
    }
}

fn document(cx: &mut Cx<'_>) -> Result<Flow> {
    let name = cx.site.batch()?.name;
    let start = cx.locale.say("documents.default_title", &[("name", &name)]);
    let then = |cx: &mut Cx<'_>, title: String| {
        let done = cx.perform(&Prepare { title, who: Vec::new() })?;
        let text = words::prepared(cx.locale, &done);
        Ok(good(cx, text))
    };
    let word = |key: &str| cx.locale.word(key).to_owned();
    let (title, body) = (word("documents.ask_title_title"), word("documents.ask_title_body"));
    Ok(Flow::Open(Reason::edit(title, body, &start, Box::new(then))))
}

fn kind(cx: &Cx<'_>) -> Flow {
    let kinds = [Kind::Applicants, Kind::Passed];
    let items = kinds.map(|kind| cx.locale.word(&format!("roster_kind.{}", kind.code())).to_owned());
    let then = move |cx: &mut Cx<'_>, place: usize| match kinds.get(place) {
        Some(kind) => unit(cx, *kind),
        None => Ok(Flow::Close),
    };
    let title = cx.locale.word("documents.pick_kind").to_owned();
    Flow::Open(Picker::ask(title, items.into(), 0, Box::new(then)))
}

/// The units with people, where there is more than the whole to choose.
fn unit(cx: &mut Cx<'_>, kind: Kind) -> Result<Flow> {
    let units = rosters::units(cx.site, kind)?;
    if units.is_empty() {
        return Ok(roster(cx, kind, None));
    }
    let items = units.iter().map(|(_, name, people)| format!("{name}  {people}")).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| match units.get(place) {
        Some((code, ..)) => Ok(roster(cx, kind, Some(code.clone()))),
        None => Ok(Flow::Close),
    };
    let title = cx.locale.word("documents.pick_unit").to_owned();
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn roster(cx: &Cx<'_>, kind: Kind, unit: Option<String>) -> Flow {
    let name = cx.locale.word(&format!("roster_kind.{}", kind.code())).to_owned();
    let title = cx.locale.say("documents.form_roster", &[("kind", &name)]);
    let mut filled_by = text(cx, "filled_by").needed(true);
    filled_by.set(&cx.site.actor().name);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let (unit, filled_by, phone) = (unit.clone(), value(form, "filled_by"), said(form, "phone"));
        let done = cx.perform(&Make { kind, unit, filled_by, phone })?;
        let text = words::roster_made(cx.locale, &done);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, vec![filled_by, text(cx, "phone")], Box::new(save))
}

fn layout(cx: &Cx<'_>) -> Flow {
    let layouts = uploads::layouts(cx.site);
    let items = layouts.clone();
    let first = layouts.iter().position(|name| name == uploads::LAYOUT).unwrap_or(0);
    let then = move |cx: &mut Cx<'_>, place: usize| match layouts.get(place) {
        Some(layout) => Ok(upload(cx, layout.clone())),
        None => Ok(Flow::Close),
    };
    Flow::Open(Picker::ask(cx.locale.word("documents.pick_layout").to_owned(), items, first, Box::new(then)))
}

fn upload(cx: &Cx<'_>, layout: String) -> Flow {
    let items = UploadKind::ALL.iter().map(|kind| cx.locale.word(&format!("upload_kind.{}", kind.code())).to_owned());
    let items = items.collect();
    let title = cx.locale.say("documents.pick_upload", &[("layout", &layout)]);
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let Some(kind) = UploadKind::ALL.get(place).copied() else { return Ok(Flow::Close) };
        let done = cx.perform(&PrepareUpload { kind, layout })?;
        let text = words::upload_prepared(cx.locale, &done);
        Ok(good(cx, text))
    };
    Flow::Open(Picker::ask(title, items, 0, Box::new(then)))
}

//! What the page can do.
use super::Archive;
use crate::model::{Code, Refusal};
use crate::ops::archive::{self, AskErasure, Erase, Read, Wishes, WithdrawErasure, compare, prepare};
use crate::ops::batch::{Close, CloseAnyway, Weight};
use crate::ops::{Error, Result};
use crate::text::archive as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::{Reason, Then};
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};
use std::path::PathBuf;

pub const NOTHING_IN_THE_WAY: Code = Code("archive.nothing_in_the_way");
pub const NO_FOLDER: Code = Code("archive.no_folder");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Archive>] = &[
    Action { id: "archive.obstacles", show: Show::Hint, ready: always, run: obstacles },
    Action { id: "archive.close", show: Show::Hint, ready: always, run: close },
    Action { id: "archive.seal", show: Show::Hint, ready: always, run: seal },
    Action { id: "archive.check", show: Show::Hint, ready: always, run: check },
    Action { id: "archive.read", show: Show::Hint, ready: always, run: read },
    Action { id: "archive.readings", show: Show::Help, ready: always, run: readings },
    Action { id: "archive.ask", show: Show::Help, ready: always, run: ask },
    Action { id: "archive.erase", show: Show::Help, ready: always, run: erase },
    Action { id: "archive.withdraw", show: Show::Help, ready: always, run: withdraw },
    Action { id: "archive.back", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn obstacles(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(batch) = &page.batch else { return Err(Refusal::new(NOTHING_IN_THE_WAY).into()) };
    let stops = batch.stops.iter().map(|stop| words::stop(cx.locale, stop));
    let lines: Vec<_> = stops.chain(batch.lacks.iter().map(|lack| words::lack(cx.locale, lack))).collect();
    if lines.is_empty() {
        return Err(Refusal::new(NOTHING_IN_THE_WAY).into());
    }
    let title = cx.locale.word("archive.obstacles_title").to_owned();
    Ok(Flow::Open(Report::show(title, lines)))
}

/// What was not done may stay so; what somebody waits for may not: that is said before any question.
fn close(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let stops = page.batch.as_ref().map(|b| b.stops.as_slice()).unwrap_or_default();
    if stops.is_empty() || stops.iter().any(|stop| stop.weight == Weight::Open) {
        cx.site.preview(&Close { reason: "-".to_owned() })?;
    }
    let anyway = !stops.is_empty();
    let title = cx.locale.word("archive.close_title").to_owned();
    let lines: Vec<_> = stops.iter().map(|stop| words::stop(cx.locale, stop)).collect();
    let body = if anyway {
        cx.locale.say("archive.close_anyway_body", &[("what", &lines.join("  "))])
    } else {
        cx.locale.word("archive.close_body").to_owned()
    };
    let then = move |cx: &mut Cx<'_>, reason: String| {
        if anyway {
            cx.perform(&CloseAnyway { reason })?;
        } else {
            cx.perform(&Close { reason })?;
        }
        cx.say(Tone::Good, "archive.closed", &[]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

fn folder(cx: &Cx<'_>) -> Result<PathBuf> {
    let home = cx.site.file().and_then(|f| f.parent()).ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let batch: String = cx.site.batch()?.code.chars().map(plain).collect();
    let stamp = cx.site.now().local().format("%Y%m%d-%H%M%S").to_string();
    Ok(home.join("exports").join(format!("archive-{batch}-{stamp}")))
}

fn seal(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    if cx.site.batch()?.state == crate::ops::BatchState::Open {
        return Err(Refusal::new(crate::ops::BATCH_OPEN).with("batch", cx.site.batch()?.code).into());
    }
    let lacks =
        page.batch.as_ref().map(|b| b.lacks.iter().map(|l| words::lack(cx.locale, l)).collect()).unwrap_or_default();
    let then: Then = Box::new(move |cx, keeper| Ok(Flow::Replace(ask_place(cx, keeper, lacks))));
    Ok(Flow::Open(question(cx, "keeper", then)))
}

fn question(cx: &Cx<'_>, what: &str, then: Then) -> Box<dyn crate::tui::pane::Layer> {
    let title = cx.locale.word(&format!("archive_name.{what}")).to_owned();
    let body = cx.locale.word(&format!("archive_ask.{what}")).to_owned();
    Reason::edit(title, body, "", then)
}

fn ask_place(cx: &Cx<'_>, keeper: String, lacks: Vec<String>) -> Box<dyn crate::tui::pane::Layer> {
    let then: Then = Box::new(move |cx, place| {
        if lacks.is_empty() {
            return sealed(cx, Wishes { keeper, place, accepted: None });
        }
        let title = cx.locale.word("archive.lacks_title").to_owned();
        let body = cx.locale.say("archive.lacks_body", &[("what", &lacks.join("  "))]);
        let last: Then = Box::new(move |cx, reason| sealed(cx, Wishes { keeper, place, accepted: Some(reason) }));
        Ok(Flow::Replace(Reason::ask(title, body, last)))
    });
    question(cx, "place", then)
}

fn sealed(cx: &mut Cx<'_>, wishes: Wishes) -> Result<Flow> {
    let target = folder(cx)?;
    let locale = cx.locale;
    let prepared = prepare(cx.site, &target, &wishes, &|key| locale.word(key).to_owned())?;
    let files = prepared.contents.file.len().to_string();
    let (op, _) = prepared.finish(cx.site)?;
    cx.changed(&["archive"]);
    let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let op = op.map(|n| n.to_string()).unwrap_or_default();
    cx.say(Tone::Good, "archive.sealed", &[("folder", &format!("exports/{name}")), ("files", &files), ("op", &op)]);
    Ok(Flow::Close)
}

fn check(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let home = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let start = match (page.selected(), home) {
        (Some(line), Some(folder)) => folder.join(&line.archive.folder).display().to_string(),
        _ => String::new(),
    };
    let title = cx.locale.word("archive.check_title").to_owned();
    let body = cx.locale.word("archive.check_body").to_owned();
    let then: Then = Box::new(|cx, path| {
        let path = crate::config::paths::typed_path(path.trim());
        let looked = archive::look(&archive::at(&path).unwrap_or(path))?;
        let answer = compare(cx.site, &looked)?;
        let title = cx.locale.word("archive.check_title").to_owned();
        Ok(Flow::Replace(Report::show(title, words::looked(cx.locale, &looked, Some(answer)))))
    });
    Ok(Flow::Open(Reason::edit(title, body, &start, then)))
}

/// What is asked about a reading, one after the other.
const READING: &[&str] = &["what", "reader", "purpose", "approved_by", "witness", "second_witness"];

fn read(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let here = cx.site.batch()?.id;
    let number = page.selected().filter(|line| line.archive.batch == here).map(|line| line.archive.number);
    Ok(Flow::Open(next_of_reading(cx, number, Vec::new())))
}

fn next_of_reading(cx: &Cx<'_>, archive: Option<i64>, mut said: Vec<String>) -> Box<dyn crate::tui::pane::Layer> {
    let what = READING.get(said.len()).copied().unwrap_or_default();
    let then: Then = Box::new(move |cx, text| {
        said.push(text);
        if said.len() < READING.len() {
            return Ok(Flow::Replace(next_of_reading(cx, archive, said)));
        }
        let mut said = said.into_iter();
        let mut next = || said.next().unwrap_or_default();
        let (what, reader, purpose, approved_by) = (next(), next(), next(), next());
        let op = Read { archive, what, reader, purpose, approved_by, witnesses: [next(), next()], on: None };
        let done = cx.perform(&op)?;
        cx.say(Tone::Good, "archive.noted", &[("op", &done.op.map(|n| n.to_string()).unwrap_or_default())]);
        Ok(Flow::Close)
    });
    question(cx, what, then)
}

fn readings(page: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let mut lines: Vec<_> = page.register.readings.iter().map(|r| words::reading(cx.locale, r)).collect();
    if lines.is_empty() {
        lines.push(cx.locale.word("archive.nobody_read").to_owned());
    }
    Ok(Flow::Open(Report::show(cx.locale.word("archive.readings_title").to_owned(), lines)))
}

fn ask(_: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    cx.site.preview(&AskErasure { reason: "-".to_owned() })?;
    let title = cx.locale.word("archive.ask_title").to_owned();
    let body = cx.locale.word("archive.ask_body").to_owned();
    let then: Then = Box::new(|cx, reason| {
        let op = cx.perform(&AskErasure { reason })?.op;
        cx.say(Tone::Good, "archive.erasure_asked", &[("op", &op.map(|n| n.to_string()).unwrap_or_default())]);
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Reason::ask(title, body, then)))
}

/// Tried first, so that what refuses comes before the question.
fn erase(_: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    let people = cx.site.preview(&Erase {})?.out.people.to_string();
    let title = cx.locale.word("archive.erase_title").to_owned();
    let body = cx.locale.say("archive.erase_body", &[("people", &people)]);
    let then = move |cx: &mut Cx<'_>| {
        let e = cx.perform(&Erase {})?.out;
        let (people, operations) = (e.people.to_string(), e.operations.to_string());
        let barred = e.barred.to_string();
        let mut lines = vec![
            cx.locale.say("archive.erased", &[("people", &people), ("operations", &operations), ("barred", &barred)]),
        ];
        lines.push(match archive::scrub(cx.site) {
            Ok(()) => cx.locale.word("archive.scrubbed").to_owned(),
            Err(Error::Store(_)) => cx.locale.word("archive.not_scrubbed").to_owned(),
            Err(fault) => return Err(fault),
        });
        let home = cx.site.file().and_then(|f| f.parent()).map(std::path::Path::to_owned);
        let remains = home.map(|home| archive::remains(&home)).transpose()?.unwrap_or_default();
        if !remains.is_empty() {
            lines.push(cx.locale.say("archive.remains", &[("count", &remains.len().to_string())]));
            lines.extend(remains.iter().map(|path| format!("  {}", path.display())));
        }
        Ok(Flow::Replace(Report::show(cx.locale.word("archive.erase_title").to_owned(), lines)))
    };
    Ok(Flow::Open(Confirm::ask(title, body, people, Box::new(then))))
}

fn withdraw(_: &mut Archive, cx: &mut Cx<'_>) -> Result<Flow> {
    cx.perform(&WithdrawErasure {})?;
    cx.say(Tone::Good, "archive.erasure_withdrawn", &[]);
    Ok(Flow::Stay)
}

//! What can be done on the board.
use super::Milestones;
use crate::model::{Code, Day, Refusal, fold};
use crate::ops::milestones::{AddTask, Basis, Item, MarkDone, RemoveTask, TakeBack, may_mark, may_take_back, progress};
use crate::ops::{Operation, Result};
use crate::text::milestones::{countdown, evidence, name};
use crate::text::width::{pad_left, pad_right};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

pub const NONE_SELECTED: Code = Code("milestone.none_selected");
pub const BAD_DAY: Code = Code("milestone.bad_day");

fn selected(page: &Milestones) -> Result<&Item, Refusal> {
    page.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))
}

pub fn something(page: &Milestones, _: &Cx<'_>) -> Result<(), Refusal> {
    selected(page).map(|_| ())
}

pub fn can_mark(page: &Milestones, _: &Cx<'_>) -> Result<(), Refusal> {
    selected(page).and_then(may_mark)
}

pub fn can_take_back(page: &Milestones, _: &Cx<'_>) -> Result<(), Refusal> {
    selected(page).and_then(may_take_back)
}

fn say<O: Operation<Out = Item>>(cx: &mut Cx<'_>, op: &O, key: &str) -> Result<Flow> {
    let done = cx.perform(op)?;
    let (what, op) = (name(cx.locale, &done.out), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, key, &[("code", &done.out.code), ("what", &what), ("op", &op)]);
    Ok(Flow::Close)
}

/// Asks for a note, which may be empty; the day is today, the person whoever is signed on.
pub fn done(page: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let item = selected(page)?;
    let (code, title) = (item.code.clone(), name(cx.locale, item));
    let args = [("day", cx.site.now().day().to_string()), ("by", cx.site.actor().name.clone())];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let body = cx.locale.say("milestones.done_body", &args);
    let then = move |cx: &mut Cx<'_>, note: String| {
        say(cx, &MarkDone { code, on: None, by: None, note: Some(note) }, "milestones.marked")
    };
    Ok(Flow::Open(Reason::ask_or_nothing(title, body, Box::new(then))))
}

pub fn take_back(page: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let item = selected(page)?;
    let (code, title) = (item.code.clone(), name(cx.locale, item));
    let body = cx.locale.word("milestones.take_back_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| say(cx, &TakeBack { code, reason }, "milestones.taken_back");
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

pub fn remove(page: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let item = selected(page)?;
    let (code, title) = (item.code.clone(), name(cx.locale, item));
    let body = cx.locale.word("milestones.remove_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| say(cx, &RemoveTask { code, reason }, "milestones.removed");
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// What, until when, who.
pub fn add(_: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let word = |cx: &Cx<'_>, key: &str| cx.locale.word(key).to_owned();
    let then = move |cx: &mut Cx<'_>, title: String| {
        let today = cx.site.now().day().to_string();
        let then = move |cx: &mut Cx<'_>, text: String| {
            let typed = fold::number_like(&text).into_owned();
            let due: Day = typed.parse().map_err(|_| Refusal::new(BAD_DAY).with("value", text.as_str()))?;
            let then = move |cx: &mut Cx<'_>, who: String| {
                say(cx, &AddTask { title, due, assignee: Some(who) }, "milestones.added")
            };
            let body = word(cx, "milestones.assignee_body");
            Ok(Flow::Open(Reason::ask_or_nothing(word(cx, "milestones.add_title"), body, Box::new(then))))
        };
        let body = word(cx, "milestones.due_body");
        Ok(Flow::Open(Reason::edit(word(cx, "milestones.add_title"), body, &today, Box::new(then))))
    };
    let body = word(cx, "milestones.task_body");
    Ok(Flow::Open(Reason::ask(word(cx, "milestones.add_title"), body, Box::new(then))))
}

/// Everything about a date.
pub fn show(page: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let item = selected(page)?;
    let text = |key: &str, value: String| {
        let value = if value.is_empty() { "-".to_owned() } else { value };
        format!("{}  {value}", pad_right(cx.locale.word(key), 16))
    };
    let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let standing = cx.locale.word(&format!("milestone_standing.{}", item.standing.code())).to_owned();
    let lines = vec![
        text("column.code", item.code.clone()),
        text("column.from", day(item.from)),
        text("column.due", day(item.due)),
        text("column.standing", standing),
        text("column.countdown", countdown(cx.locale, item)),
        text("column.assignee", item.assignee.clone().unwrap_or_default()),
        text("column.shown_by", evidence(cx.locale, item)),
    ];
    Ok(Flow::Open(Report::show(name(cx.locale, item), lines)))
}

pub fn show_progress(_: &mut Milestones, cx: &mut Cx<'_>) -> Result<Flow> {
    let progress = progress(cx.site, None)?;
    let line = |f: &crate::ops::milestones::Figure| {
        let basis = match f.basis {
            Basis::Journal => "milestones.basis_journal",
            Basis::Rows => "milestones.basis_rows",
        };
        let what = pad_right(cx.locale.word(&format!("progress_figure.{}", f.code)), 24);
        format!("{what}{}  {}", pad_left(&f.count.to_string(), 8), cx.locale.word(basis))
    };
    let lines = progress.figures.iter().map(line).collect();
    let title = cx.locale.say("milestones.progress_title", &[("day", &progress.on.to_string())]);
    Ok(Flow::Open(Report::show(title, lines)))
}

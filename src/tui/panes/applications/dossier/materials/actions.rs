//! What can be done with materials: look a folder through, accept, send back, take paper.
use super::Materials;
use super::topics::Topics;
use crate::config::typed_path;
use crate::model::{Code, Refusal, fold};
use crate::ops::Result;
use crate::ops::materials::{FROZEN, Judge, Material, Piece, ReceivePaper, Verdict, one, settled_by_count};
use crate::text::Locale;
use crate::text::materials::{finding_words, material_word, named};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show};
use crate::tui::panes::applications::survey::{About, store};

pub const NOTHING_SELECTED: Code = Code("materials.nothing_selected");
pub const NOT_A_NUMBER: Code = Code("materials.not_a_number");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Materials>] = &[
    Action { id: "dossier.materials.check", show: Show::Hint, ready: |pane, _| open(pane), run: check },
    Action { id: "dossier.materials.accept", show: Show::Hint, ready: can_judge, run: accept },
    Action { id: "dossier.materials.refuse", show: Show::Hint, ready: can_judge, run: refuse },
    Action { id: "dossier.materials.paper", show: Show::Hint, ready: |pane, _| can_receive(pane), run: paper },
];

fn open(pane: &Materials) -> Result<(), Refusal> {
    if pane.list.frozen { Err(Refusal::new(FROZEN).with("name", pane.list.name.as_str())) } else { Ok(()) }
}

fn can_judge(pane: &Materials, cx: &Cx<'_>) -> Result<(), Refusal> {
    open(pane)?;
    let key = cx.seen().key("dossier.materials", "dossier.materials.check");
    let selected = pane.selected().and_then(|(_, piece)| piece);
    selected.map(|_| ()).ok_or_else(|| Refusal::new(NOTHING_SELECTED).with("key", key))
}

fn can_receive(pane: &Materials) -> Result<(), Refusal> {
    match pane.selected() {
        Some((item, _)) if item.material.on_exam_day => Ok(()),
        _ => open(pane),
    }
}

fn check(pane: &mut Materials, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, path) = (pane.application, pane.path.clone());
    let title = cx.locale.word("materials.check_title").to_owned();
    let body = cx.locale.word("materials.check_body").to_owned();
    let last = path.borrow().clone();
    let then = move |cx: &mut Cx<'_>, typed: String| {
        path.borrow_mut().clone_from(&typed);
        let survey = one(cx.site, &typed_path(&typed), application)?;
        store(cx, survey, About::One)
    };
    Ok(Flow::Open(Reason::edit(title, body, &last, Box::new(then))))
}

fn perform(cx: &mut Cx<'_>, judge: &Judge) -> Result<Flow> {
    let done = cx.perform(judge)?;
    let material = material_word(cx.locale, &done.out);
    let key = match judge.verdict {
        Verdict::Accept => "materials.accepted",
        Verdict::Refuse => "materials.refused",
    };
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, key, &[("material", &material), ("op", &op)]);
    Ok(Flow::Close)
}

fn refuse(pane: &mut Materials, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some((item, Some(piece))) = pane.selected() else { return Ok(Flow::Stay) };
    let args = [("material", material_word(cx.locale, &item.material.code)), ("file", named(cx.locale, &piece.row))];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let title = cx.locale.word("materials.refuse_title").to_owned();
    let body = cx.locale.say("materials.refuse_body", &args);
    let judge = judge(pane, piece, Verdict::Refuse);
    let then = move |cx: &mut Cx<'_>, note: String| perform(cx, &Judge { note, ..judge });
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

fn judge(pane: &Materials, piece: &Piece, verdict: Verdict) -> Judge {
    let (application, material) = (pane.application, piece.row.id);
    Judge { application, material, verdict, characters: None, topics: Vec::new(), note: String::new() }
}

/// Asks what is still open, one thing after another: the count, the topics, the reason to take it all the same.
fn accept(pane: &mut Materials, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some((item, Some(piece))) = pane.selected() else { return Ok(Flow::Stay) };
    let steps = Steps {
        judge: judge(pane, piece, Verdict::Accept),
        material: item.material.clone(),
        file: named(cx.locale, &piece.row),
        faults: piece.faults.iter().map(|f| (f.finding, finding_words(cx.locale, f))).collect(),
    };
    let least = item.material.min_characters.map(i64::from);
    let uncounted = piece.row.characters.is_none_or(|found| least.is_some_and(|least| found < least));
    match least.filter(|_| uncounted) {
        Some(least) => Ok(Flow::Open(steps.ask_count(cx.locale, least))),
        None => steps.after_count(cx),
    }
}

struct Steps {
    judge: Judge,
    material: Material,
    file: String,
    faults: Vec<(Code, String)>,
}

impl Steps {
    fn words(&self, locale: &Locale) -> String {
        material_word(locale, &self.material.code)
    }

    fn ask_count(mut self, locale: &Locale, least: i64) -> Box<dyn crate::tui::pane::Layer> {
        let title = locale.word("materials.count_title").to_owned();
        let args = [("material", self.words(locale)), ("file", self.file.clone()), ("least", least.to_string())];
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = locale.say("materials.count_body", &args);
        let then = move |cx: &mut Cx<'_>, typed: String| {
            self.judge.characters = Some(number(&typed)?);
            self.faults.retain(|(code, _)| !settled_by_count(code.0));
            self.after_count(cx)
        };
        Reason::edit(title, body, "", Box::new(then))
    }

    fn after_count(mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if self.material.topics.is_empty() {
            return self.after_topics(cx);
        }
        let title = cx.locale.say("materials.topics_title", &[("material", &self.words(cx.locale))]);
        let topics = self.material.topics.clone();
        let then = move |cx: &mut Cx<'_>, ticked: Vec<String>| {
            self.judge.topics = ticked;
            self.after_topics(cx)
        };
        Ok(Flow::Open(Topics::ask(title, topics, Box::new(then))))
    }

    fn after_topics(self, cx: &mut Cx<'_>) -> Result<Flow> {
        let mut why: Vec<String> = self.faults.iter().map(|(_, words)| words.clone()).collect();
        let left: Vec<&str> =
            self.material.topics.iter().filter(|t| !self.judge.topics.contains(t)).map(String::as_str).collect();
        if !left.is_empty() {
            why.push(cx.locale.say("materials.topics_missing", &[("topics", &left.join("、"))]));
        }
        if why.is_empty() {
            return perform(cx, &self.judge);
        }
        let title = cx.locale.word("materials.note_title").to_owned();
        let args = [("material", self.words(cx.locale)), ("file", self.file.clone()), ("why", why.join("\n"))];
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = cx.locale.say("materials.note_body", &args);
        let then = move |cx: &mut Cx<'_>, note: String| perform(cx, &Judge { note, ..self.judge });
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    }
}

fn number(typed: &str) -> Result<u32> {
    let digits = fold::number_like(typed);
    digits.parse().map_err(|_| Refusal::new(NOT_A_NUMBER).with("value", typed).into())
}

fn paper(pane: &mut Materials, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some((item, _)) = pane.selected() else { return Ok(Flow::Stay) };
    let (application, code) = (pane.application, item.material.code.clone());
    let asked = item.material.copies.unwrap_or(1).to_string();
    let title = cx.locale.word("materials.paper_title").to_owned();
    let name = material_word(cx.locale, &code);
    let body = cx.locale.say("materials.paper_body", &[("material", &name), ("copies", &asked)]);
    let then = move |cx: &mut Cx<'_>, typed: String| {
        let copies = u8::try_from(number(&typed)?).unwrap_or(u8::MAX);
        let done = cx.perform(&ReceivePaper { application, code, copies, note: String::new() })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "materials.received", &[("material", &name), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::edit(title, body, &asked, Box::new(then))))
}

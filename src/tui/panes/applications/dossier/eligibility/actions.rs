//! What can be done with the evidence: record, judge, correct, remove, and read everything that was found.
use super::sheet::{Sheet, Writes};
use super::{Eligibility, draw};
use crate::model::{Code, EvidenceKind, Refusal, Relation};
use crate::ops::Result;
use crate::ops::eligibility::{AddEvidence, JudgeEvidence, Part, Piece, RemoveEvidence, changeable, parts};
use crate::text::eligibility as say;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NOTHING_HERE: Code = Code("evidence.nothing_here");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Eligibility>] = &[
    Action { id: "dossier.eligibility.add", show: Show::Hint, ready: |pane, _| changeable(&pane.row), run: add },
    Action { id: "dossier.eligibility.judge", show: Show::Hint, ready: |pane, _| changeable(&pane.row).and_then(|()| any(pane, has_relation)), run: judge },
    Action { id: "dossier.eligibility.edit", show: Show::Hint, ready: |pane, _| changeable(&pane.row).and_then(|()| any(pane, |_| true)), run: edit },
    Action { id: "dossier.eligibility.remove", show: Show::Help, ready: |pane, _| changeable(&pane.row).and_then(|()| any(pane, is_recorded)), run: remove },
    Action { id: "dossier.eligibility.view", show: Show::Hint, ready: always, run: view },
];

fn has_relation(piece: &Piece) -> bool {
    parts(piece.evidence.kind).contains(&Part::Relation)
}

fn is_recorded(piece: &Piece) -> bool {
    piece.id.is_some()
}

fn any(pane: &Eligibility, which: fn(&Piece) -> bool) -> Result<(), Refusal> {
    pane.found.evidence.iter().any(which).then_some(()).ok_or_else(|| Refusal::new(NOTHING_HERE))
}

fn add(pane: &mut Eligibility, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, name) = (pane.application, pane.found.name.clone());
    let items = EvidenceKind::ALL.iter().map(|k| cx.locale.word(&k.key()).to_owned()).collect();
    let title = cx.locale.word("eligibility.pick_kind").to_owned();
    let then = move |_: &mut Cx<'_>, at: usize| {
        let Some(kind) = EvidenceKind::ALL.get(at).copied() else { return Ok(Flow::Close) };
        Ok(Flow::Open(Sheet::blank(kind, &name, Writes::New(application))))
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

type Chosen = Box<dyn FnOnce(&mut Cx<'_>, Piece) -> Result<Flow>>;

/// Asks for one of the pieces; with only one there is nothing to ask.
fn pick(pane: &Eligibility, cx: &mut Cx<'_>, title: &str, which: fn(&Piece) -> bool, then: Chosen) -> Result<Flow> {
    let mut pieces: Vec<Piece> = pane.found.evidence.iter().filter(|p| which(p)).cloned().collect();
    if let (1, Some(only)) = (pieces.len(), pieces.first().cloned()) {
        return then(cx, only);
    }
    let items = pieces.iter().map(|p| say::piece(cx.locale, p)).collect();
    let at = pieces.iter().position(|p| p.evidence.relation.is_none() && has_relation(p)).unwrap_or(0);
    let title = cx.locale.word(title).to_owned();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        if at < pieces.len() { then(cx, pieces.swap_remove(at)) } else { Ok(Flow::Close) }
    };
    Ok(Flow::Open(Picker::ask(title, items, at, Box::new(then))))
}

fn judge(pane: &mut Eligibility, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, occupation) = (pane.application, pane.found.occupation_name.clone());
    let chosen = move |cx: &mut Cx<'_>, piece: Piece| {
        let mut items: Vec<String> = Relation::ALL.iter().map(|r| cx.locale.word(&r.key()).to_owned()).collect();
        items.push(cx.locale.word("eligibility.undecided").to_owned());
        let title = cx.locale.say("eligibility.pick_relation", &[("occupation", &occupation)]);
        let then = move |cx: &mut Cx<'_>, at: usize| {
            let relation = Relation::ALL.get(at).copied();
            let op = match piece.id {
                Some(id) => cx.perform(&JudgeEvidence { id, relation })?.op,
                // A claim that is judged is recorded with the judgement.
                None => {
                    let evidence = crate::model::Evidence { relation, ..piece.evidence };
                    cx.perform(&AddEvidence { application, evidence })?.op
                }
            };
            let key = relation.map_or_else(|| "eligibility.undecided".to_owned(), Relation::key);
            let (word, op) = (cx.locale.word(&key).to_owned(), op.map_or(0, |n| n.0).to_string());
            cx.say(Tone::Good, "eligibility.judged", &[("relation", &word), ("op", &op)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
    };
    pick(pane, cx, "eligibility.pick_judge", has_relation, Box::new(chosen))
}

fn edit(pane: &mut Eligibility, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, name) = (pane.application, pane.found.name.clone());
    let chosen = move |_: &mut Cx<'_>, piece: Piece| {
        let writes = piece.id.map_or(Writes::New(application), Writes::Over);
        Ok(Flow::Open(Sheet::with(&piece.evidence, &name, writes)))
    };
    pick(pane, cx, "eligibility.pick_edit", |_| true, Box::new(chosen))
}

fn remove(pane: &mut Eligibility, cx: &mut Cx<'_>) -> Result<Flow> {
    let chosen = |cx: &mut Cx<'_>, piece: Piece| {
        let Some(id) = piece.id else { return Ok(Flow::Close) };
        let title = cx.locale.word("eligibility.remove_title").to_owned();
        let body = cx.locale.say("eligibility.remove_body", &[("piece", &say::piece(cx.locale, &piece))]);
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let op = cx.perform(&RemoveEvidence { id, reason })?.op.map_or(0, |n| n.0).to_string();
            cx.say(Tone::Good, "eligibility.removed", &[("op", &op)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    pick(pane, cx, "eligibility.pick_remove", is_recorded, Box::new(chosen))
}

fn view(pane: &mut Eligibility, cx: &mut Cx<'_>) -> Result<Flow> {
    let (e, locale) = (&pane.found, cx.locale);
    let mut lines = vec![say::answer(locale, e), say::basis(locale, e)];
    lines.push([e.rules.basis.as_str(), e.rules.standards_url.as_deref().unwrap_or_default()].join("  "));
    lines.push(String::new());
    for branch in &e.branches {
        lines.push(say::words(locale, &branch.words).to_owned());
        lines.extend(draw::branch_lines(e, branch, false, locale).into_iter().map(|(text, _)| format!("  {text}")));
        lines.push(String::new());
    }
    lines.extend(draw::evidence_lines(e, locale).into_iter().map(|(text, _)| text));
    let title = locale.say("eligibility.evidence_title", &[("name", &e.name)]);
    Ok(Flow::Open(Report::show(title, lines)))
}

//! Changes of who sits and who is judged: draws, leaving, recusal, another panel, another review.
use super::Panel;
use super::lots::LotsPage;
use crate::model::{ApplicationId, Code, MemberId, Refusal, TieKind, fold};
use crate::ops::panel::{Draw, Leave, Move, NewChair, Recusal, Recuse, Replace, Rereview, StandIn, TakeChair};
use crate::ops::{PanelState, Result};
use crate::text::experts as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Mounted, Pane};

pub const NO_MEMBER: Code = Code("panel.no_member_chosen");
pub const NO_CANDIDATE: Code = Code("panel.no_candidate_chosen");
pub const BAD_DRAW: Code = Code("panel.bad_draw");

type WithStandIn = Box<dyn FnOnce(&mut Cx<'_>, Option<StandIn>) -> Result<Flow>>;

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// The member at hand, with the panel's name.
fn member(pane: &Panel) -> Result<(MemberId, String), Refusal> {
    let sitting = pane.sitting.as_ref().ok_or_else(|| Refusal::new(NO_MEMBER))?;
    let row = sitting.view.members.get(sitting.member).ok_or_else(|| Refusal::new(NO_MEMBER))?;
    Ok((row.id, row.name.clone()))
}

fn candidate(pane: &Panel) -> Result<(ApplicationId, String), Refusal> {
    let found = pane.sitting.as_ref().and_then(|s| s.candidate());
    found.map(|c| (c.application, c.name.clone())).ok_or_else(|| Refusal::new(NO_CANDIDATE))
}

/// The first line is said; the rest, such as who is still short, comes with it.
fn tell(cx: &mut Cx<'_>, lines: &[String], short: bool) {
    cx.toast(if short { Tone::Warn } else { Tone::Good }, lines.join(" "));
}

pub fn draw(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let day: String = cx.site.now().day().to_string().chars().filter(char::is_ascii_digit).collect();
    let (example, waiting) = (format!("1 3 {day}"), pane.waiting.to_string());
    let body = cx.locale.say("experts.ask_draw_body", &[("example", &example), ("waiting", &waiting)]);
    let there: Vec<String> = pane.panels.iter().map(|p| p.name.clone()).collect();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let numbers: Vec<u64> = text.split_whitespace().filter_map(|w| fold::number_like(w).parse().ok()).collect();
        let [panels, size, seed] = numbers.as_slice() else { return Err(Refusal::new(BAD_DRAW).into()) };
        let name = |n: usize| cx.locale.say("panel.default_name", &[("number", &n.to_string())]);
        let panels = usize::try_from(*panels).unwrap_or(0).min(99);
        let names = (1..).map(name).filter(|name| !there.contains(name)).take(panels).collect();
        let size = usize::try_from(*size).unwrap_or(0);
        let draw = Draw { names, size, seed: *seed, candidates: None };
        Ok(Flow::Replace(Box::new(Mounted(LotsPage::open(cx, draw)?))))
    };
    Ok(Flow::Open(Reason::edit(word(cx, "experts.ask_seed"), body, &example, Box::new(then))))
}

/// Who stands in: by lot, by name, or nobody yet.
fn ask_stand_in(cx: &Cx<'_>, then: WithStandIn) -> Flow {
    let items = ["by_lot", "by_name", "nobody_yet"].map(|key| word(cx, &format!("experts.{key}"))).to_vec();
    let choose = move |cx: &mut Cx<'_>, at: usize| match at {
        0 => {
            let seed = u64::try_from(cx.site.now().0).unwrap_or(0);
            then(cx, Some(StandIn::Drawn { seed }))
        }
        1 => {
            let named = move |cx: &mut Cx<'_>, text: String| {
                let (name, unit) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
                then(cx, Some(StandIn::Named { name: name.to_owned(), unit: unit.trim().to_owned() }))
            };
            let (title, body) = (word(cx, "experts.ask_name"), word(cx, "experts.ask_name_body"));
            Ok(Flow::Replace(Reason::ask(title, body, Box::new(named))))
        }
        _ => then(cx, None),
    };
    Flow::Replace(Picker::ask(word(cx, "experts.ask_stand_in"), items, 0, Box::new(choose)))
}

pub fn leave(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let (who, name) = member(pane)?;
    let view = pane.sitting.as_ref().map(|s| &s.view).ok_or_else(|| Refusal::new(NO_MEMBER))?;
    let sits = |m: &&crate::ops::PanelMemberRow| m.left_at.is_none() && m.id != who;
    let others: Vec<_> = view.members.iter().filter(sits).map(|m| (m.id, m.name.clone())).collect();
    let chairs = view.members.iter().any(|m| m.id == who && m.chair && m.left_at.is_none());
    let title = cx.locale.say("experts.ask_leave", &[("member", &name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = move |cx: &mut Cx<'_>, chair: Option<NewChair>| {
            let finish = move |cx: &mut Cx<'_>, stand_in: Option<StandIn>| {
                let out = cx.perform(&Leave { member: who, reason, stand_in, chair })?.out;
                let lines = words::gone(cx.locale, &out);
                tell(cx, &lines, !out.short.is_empty());
                Ok(Flow::Close)
            };
            Ok(ask_stand_in(cx, Box::new(finish)))
        };
        if !chairs {
            return done(cx, None);
        }
        let mut items: Vec<String> = others.iter().map(|(_, name)| name.clone()).collect();
        items.push(word(cx, "experts.from_stand_in"));
        let choose = move |cx: &mut Cx<'_>, at: usize| {
            let chair = others.get(at).map_or(NewChair::StandIn, |(id, _)| NewChair::Member(*id));
            done(cx, Some(chair))
        };
        let title = cx.locale.say("experts.ask_chair", &[("member", &name)]);
        Ok(Flow::Replace(Picker::ask(title, items, 0, Box::new(choose))))
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "experts.ask_leave_body"), Box::new(then))))
}

pub fn replace(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let (who, _) = member(pane)?;
    let finish = move |cx: &mut Cx<'_>, stand_in: Option<StandIn>| {
        let Some(stand_in) = stand_in else { return Ok(Flow::Close) };
        let out = cx.perform(&Replace { member: who, stand_in })?.out;
        let lines = words::replaced(cx.locale, &out);
        tell(cx, &lines, !out.short.is_empty());
        Ok(Flow::Close)
    };
    Ok(opened(ask_stand_in(cx, Box::new(finish))))
}

/// The first layer of a chain is opened, not put in another's place.
fn opened(flow: Flow) -> Flow {
    match flow {
        Flow::Replace(layer) => Flow::Open(layer),
        other => other,
    }
}

pub fn recuse(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let ((who, name), (application, candidate)) = (member(pane)?, candidate(pane)?);
    let title = cx.locale.say("experts.ask_recuse", &[("member", &name), ("candidate", &candidate)]);
    let items = TieKind::ALL.iter().map(|k| word(cx, &format!("tie_kind.{}", k.code()))).collect();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let Some(kind) = TieKind::ALL.get(at).copied() else { return Ok(Flow::Close) };
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let finish = move |cx: &mut Cx<'_>, stand_in: Option<StandIn>| {
                let wanted = Recuse { member: who, application, kind, reason, stand_in };
                let (out, missing) = recuse_at_least(cx, wanted)?;
                let mut lines = words::recused(cx.locale, &out);
                lines.extend(missing.iter().cloned());
                tell(cx, &lines, missing.is_some() || !out.short.is_empty());
                Ok(Flow::Close)
            };
            Ok(ask_stand_in(cx, Box::new(finish)))
        };
        Ok(Flow::Replace(Reason::ask(title, word(cx, "experts.ask_recuse_body"), Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "experts.ask_kind"), items, 1, Box::new(then))))
}

/// A recusal stands although nobody can stand in; gives why nobody can.
fn recuse_at_least(cx: &mut Cx<'_>, wanted: Recuse) -> Result<(Recusal, Option<String>)> {
    let refusal = match cx.perform(&wanted) {
        Ok(done) => return Ok((done.out, None)),
        Err(error) if wanted.stand_in.is_none() => return Err(error),
        Err(error) => error.refusal().cloned().ok_or(error)?,
    };
    let out = cx.perform(&Recuse { stand_in: None, ..wanted })?.out;
    let why = cx.locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data);
    Ok((out, Some(why)))
}

pub fn move_to(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, name) = candidate(pane)?;
    let here = pane.sitting.as_ref().map(|s| s.view.panel.id);
    let open: Vec<_> = pane.panels.iter().filter(|p| p.state == PanelState::Open && Some(p.id) != here).collect();
    let ids: Vec<_> = open.iter().map(|p| p.id).collect();
    let mut items: Vec<String> = open.iter().map(|p| p.name.clone()).collect();
    items.push(word(cx, "experts.to_waiting"));
    let title = cx.locale.say("experts.ask_move", &[("name", &name)]);
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let to = ids.get(at).copied();
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let out = cx.perform(&Move { application, to, reason })?.out;
            let line = words::moved(cx.locale, &out);
            tell(cx, &[line], false);
            Ok(Flow::Close)
        };
        let (title, body) = (cx.locale.word("kind.panel.move").to_owned(), word(cx, "experts.ask_move_body"));
        Ok(Flow::Replace(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

pub fn rereview(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, name) = candidate(pane)?;
    let title = cx.locale.say("experts.ask_rereview", &[("name", &name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let out = cx.perform(&Rereview { application, reason, to: None })?.out;
        let line = words::rereviewed(cx.locale, &out);
        tell(cx, &[line], false);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "experts.ask_rereview_body"), Box::new(then))))
}

pub fn chair(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let (who, _) = member(pane)?;
    let panel = pane.sitting.as_ref().map(|s| s.view.panel.name.clone()).unwrap_or_default();
    let out = cx.perform(&TakeChair { member: who })?.out;
    cx.say(Tone::Good, "experts.chaired", &[("name", &out.name), ("panel", &panel)]);
    Ok(Flow::Stay)
}

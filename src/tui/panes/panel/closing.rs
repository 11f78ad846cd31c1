//! From the first sheet to the seal: beginning and end, the chair's decision, signatures, minutes.
use super::{Choice, Panel};
use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal, fold};
use crate::ops::panel::{
    self, Begin, Candidate, End, Minutes, Needs, Proof, Reopen, Rule, Seal, Sign, Signed, View, read_points,
};
use crate::ops::{PanelMemberRow, Result};
use crate::text::panel::missing;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::long_text::LongText;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Layer};

pub const TOO_SHORT: Code = Code("panel.too_short");
pub const NOT_ASKED: Code = Code("panel.not_asked");

/// Bytes of the minutes.
const LONGEST: usize = 20_000;

fn at_hand(pane: &Panel) -> Option<(PanelId, Candidate)> {
    let sitting = pane.sitting.as_ref()?;
    Some((sitting.view.panel.id, sitting.candidate()?.clone()))
}

/// Begins the candidate at hand, or ends them. Too early an end asks why.
pub fn time(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some((panel, candidate)) = at_hand(pane) else { return Ok(Flow::Stay) };
    let application = candidate.application;
    if candidate.began_at.is_none() {
        let name = cx.perform(&Begin { panel, application })?.out;
        let clock = cx.site.now().clock();
        cx.say(Tone::Good, "panel.begun", &[("name", &name), ("clock", &clock)]);
        return Ok(Flow::Stay);
    }
    match cx.perform(&End { panel, application, reason: None }) {
        Ok(done) => {
            ended(&done.out, cx);
            Ok(Flow::Stay)
        }
        Err(error) if error.refusal().is_some_and(|r| r.is(TOO_SHORT)) => {
            let body = crate::text::explain(cx.locale, &error).message;
            let then = Box::new(move |cx: &mut Cx<'_>, reason: String| {
                let done = cx.perform(&End { panel, application, reason: Some(reason) })?;
                ended(&done.out, cx);
                Ok(Flow::Close)
            });
            Ok(Flow::Open(Reason::ask(cx.locale.word("kind.panel.end").to_owned(), body, then)))
        }
        Err(error) => Err(error),
    }
}

fn ended((name, took): &(String, i64), cx: &mut Cx<'_>) {
    cx.say(Tone::Good, "panel.ended", &[("name", name), ("took", &took.to_string())]);
}

/// The chair shows who they are, hears how far the sheets reach, and decides.
pub fn rule(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some((_, candidate)) = at_hand(pane) else { return Ok(Flow::Stay) };
    if candidate.asks.is_none() {
        return Err(Refusal::new(NOT_ASKED).with("name", candidate.name).into());
    }
    let Some(chair) = pane.sitting.as_ref().and_then(|s| s.view.chair().cloned()) else { return Ok(Flow::Stay) };
    let title = cx.locale.word("kind.panel.rule").to_owned();
    let (application, name) = (candidate.application, candidate.name);
    prove(&chair, title, cx, Box::new(move |cx, proof| decide(cx, (proof, application, name), "")))
}

type Decision = (Proof, ApplicationId, String);

fn decide(cx: &mut Cx<'_>, (proof, application, name): Decision, typed: &str) -> Result<Flow> {
    let question = panel::question(cx.site, &proof, application)?;
    let reach = question.reach.map(|(lowest, highest)| (lowest.to_string(), highest.to_string()));
    let why = cx.locale.word(&format!("panel.asks.{}", question.ask.code())).to_owned();
    let args = [("name", name.as_str()), ("why", why.as_str())];
    let body = match &reach {
        Some((lowest, highest)) => {
            let reach = [("lowest", lowest.as_str()), ("highest", highest.as_str())];
            cx.locale.say("panel.rule_body", &[args.as_slice(), reach.as_slice()].concat())
        }
        None => cx.locale.say("panel.rule_paper_body", &args),
    };
    let then = Box::new(move |cx: &mut Cx<'_>, text: String| {
        let said = decided(cx, (&proof, application), &text);
        // What was typed stays where it was refused.
        said.or_else(|error| {
            cx.complain(&error);
            decide(cx, (proof, application, name), &text)
        })
    });
    Ok(Flow::Open(Reason::edit(cx.locale.word("kind.panel.rule").to_owned(), body, typed, then)))
}

fn decided(cx: &mut Cx<'_>, (proof, application): (&Proof, ApplicationId), text: &str) -> Result<Flow> {
    let folded = fold::text(text);
    let (points, reason) = folded.trim().split_once(char::is_whitespace).unwrap_or((folded.trim(), ""));
    let points = read_points(points)?;
    let name = cx.perform(&Rule { application, points, reason: reason.trim().to_owned(), proof: *proof })?.out;
    cx.say(Tone::Good, "panel.ruled", &[("name", &name)]);
    Ok(Flow::Close)
}

type Proven = Box<dyn FnOnce(&mut Cx<'_>, Proof) -> Result<Flow>>;

/// Asks for a member's PIN where they have one. For one without an account a coordinator answers.
fn prove(member: &PanelMemberRow, title: String, cx: &mut Cx<'_>, then: Proven) -> Result<Flow> {
    let id = member.id;
    match panel::needs(cx.site, id)? {
        Needs::Nothing => {
            let proof = panel::prove(cx.site, id, None)?;
            then(cx, proof)
        }
        Needs::Paper => {
            let proof = panel::on_paper(cx.site, id)?;
            then(cx, proof)
        }
        Needs::Pin => {
            let body = cx.locale.say("panel.pin_body", &[("member", &member.name)]);
            Ok(Flow::Open(ask_pin(id, (title, body), then)))
        }
    }
}

fn ask_pin(member: MemberId, (title, body): (String, String), then: Proven) -> Box<dyn Layer> {
    let mut then = Some(then);
    let ask = move |cx: &mut Cx<'_>, pin: String| {
        let proof = panel::prove(cx.site, member, Some(&pin))?;
        // What is refused now is not the PIN.
        Ok(then.take().map_or(Ok(Flow::Close), |then| then(cx, proof)).unwrap_or_else(|error| {
            cx.complain(&error);
            Flow::Close
        }))
    };
    Reason::ask_secret(title, body, Box::new(ask))
}

/// A list of the members; whoever is chosen signs, then the next.
pub fn sign(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(sitting) = &pane.sitting else { return Ok(Flow::Stay) };
    signers(sitting.view.panel.id, cx)
}

fn signers(id: PanelId, cx: &mut Cx<'_>) -> Result<Flow> {
    let view = panel::show(cx.site, id)?;
    if !view.missing.may_sign() {
        return Ok(Flow::Open(still(&view, cx)));
    }
    let line = |(member, signed): (&PanelMemberRow, &Signed)| {
        let state = cx.locale.word(&format!("panel.signed_state.{}", signed.code())).to_owned();
        let chair = if member.chair { cx.locale.word("panel.chair") } else { "" };
        format!("{}  {}  {chair}", member.name, state)
    };
    let items: Vec<String> = view.members.iter().zip(&view.signed).map(line).collect();
    let open = |(_, (member, signed)): &(usize, (&PanelMemberRow, &Signed))| {
        !matches!(signed, Signed::Pin | Signed::Paper | Signed::Left) && view.own.is_none_or(|own| own == member.id)
    };
    // Those who sign first come first; the chair is the last.
    let mut waiting: Vec<_> = view.members.iter().zip(&view.signed).enumerate().filter(open).collect();
    waiting.sort_by_key(|(_, (member, _))| member.chair);
    let at = waiting.first().map_or(0, |(place, _)| *place);
    let members = view.members;
    let then = Box::new(move |cx: &mut Cx<'_>, row: usize| match members.get(row) {
        Some(member) => one_signs(id, member, cx),
        None => Ok(Flow::Close),
    });
    Ok(Flow::Open(Picker::ask(cx.locale.word("kind.panel.sign").to_owned(), items, at, then)))
}

fn one_signs(id: PanelId, member: &PanelMemberRow, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("kind.panel.sign").to_owned();
    if panel::needs(cx.site, member.id)? == Needs::Paper {
        let proof = panel::on_paper(cx.site, member.id)?;
        let body = cx.locale.say("panel.paper_body", &[("member", &member.name)]);
        let then = Box::new(move |cx: &mut Cx<'_>, reason: String| signed(id, cx, proof, Some(reason)));
        return Ok(Flow::Open(Reason::ask(title, body, then)));
    }
    prove(member, title, cx, Box::new(move |cx, proof| signed(id, cx, proof, None)))
}

/// On to the next member, until everybody has signed.
fn signed(id: PanelId, cx: &mut Cx<'_>, proof: Proof, reason: Option<String>) -> Result<Flow> {
    let out = cx.perform(&Sign { proof, reason })?.out;
    let left = out.left.to_string();
    let key = if out.on_paper { "panel.signed_on_paper" } else { "panel.signed_by_pin" };
    cx.say(Tone::Good, key, &[("member", &out.member), ("left", &left)]);
    if out.left == 0 { Ok(Flow::Close) } else { signers(id, cx) }
}

/// The list of what is missing, as it would be refused.
fn still(view: &View, cx: &Cx<'_>) -> Box<dyn Layer> {
    let title = cx.locale.say("panel.missing_title", &[("panel", &view.panel.name)]);
    Report::show(title, missing(cx.locale, &view.missing))
}

/// Asks what sealing would do before it is done; or says what is missing.
pub fn seal(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(view) = pane.sitting.as_ref().map(|s| &s.view) else { return Ok(Flow::Stay) };
    if !view.missing.is_empty() {
        return Ok(Flow::Open(still(view, cx)));
    }
    let id = view.panel.id;
    let would = cx.site.preview(&Seal { panel: id })?.out;
    let count = would.candidates.to_string();
    let mut body = cx.locale.say("panel.seal_body", &[("panel", &would.panel), ("candidates", &count)]);
    let lists = [
        ("panel.wide_list", &would.wide),
        ("panel.ruled_list", &would.ruled),
        ("panel.on_paper_list", &would.on_paper),
    ];
    for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        body = format!("{body}\n{}", cx.locale.say(key, &[("names", &panel::some(names))]));
    }
    let then = Box::new(move |cx: &mut Cx<'_>| {
        let out = cx.perform(&Seal { panel: id })?.out;
        let count = out.candidates.to_string();
        cx.say(Tone::Good, "panel.sealed", &[("panel", &out.panel), ("candidates", &count)]);
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Confirm::ask(cx.locale.word("kind.panel.seal").to_owned(), body, count, then)))
}

pub fn reopen(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(panel) = pane.sitting.as_ref().map(|s| s.view.panel.clone()) else { return Ok(Flow::Stay) };
    let body = cx.locale.say("panel.reopen_body", &[("panel", &panel.name)]);
    let then = Box::new(move |cx: &mut Cx<'_>, reason: String| {
        let out = cx.perform(&Reopen { panel: panel.id, reason })?.out;
        let (back, kept) = (out.taken_back.to_string(), out.kept.to_string());
        cx.say(Tone::Good, "panel.reopened", &[("panel", &out.panel), ("marks", &back), ("kept", &kept)]);
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Reason::ask(cx.locale.word("kind.panel.reopen").to_owned(), body, then)))
}

/// A free text; saved when the editor closes.
pub fn minutes(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(panel) = pane.sitting.as_ref().map(|s| s.view.panel.clone()) else { return Ok(Flow::Stay) };
    let slot = pane.chosen.clone();
    let id = panel.id;
    let heard = Box::new(move |_: &mut Cx<'_>, text: &str| slot.set(Some(Choice::Minutes(id, text.to_owned()))));
    let title = cx.locale.word("kind.panel.minutes").to_owned();
    let body = cx.locale.word("panel.minutes_body").to_owned();
    let text = panel.minutes.unwrap_or_default();
    Ok(Flow::Open(LongText::edit(title, body, (&text, LONGEST), heard)))
}

pub fn keep_minutes(panel: PanelId, text: String, cx: &mut Cx<'_>) -> Result<()> {
    if cx.perform(&Minutes { panel, text })?.op.is_some() {
        cx.say(Tone::Good, "panel.minutes_kept", &[]);
    }
    Ok(())
}

/// The place of the signed-on operator's own seat.
pub fn own_place(view: &View) -> Option<usize> {
    let own: MemberId = view.own?;
    view.members.iter().position(|m| m.id == own)
}

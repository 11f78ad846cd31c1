//! Taking an objection or a request down, and deciding one: question by question, each with its own line.
use super::Publicity;
use super::actions::word;
use crate::model::{ApplicationId, Code, RecheckScope, Refusal, Subject};
use crate::ops::applications::by_id;
use crate::ops::entry::{self, CheckedMark};
use crate::ops::publicity::{Decide, Finding, Object, Recheck, Said, TakeBack};
use crate::ops::{ObjectionKind, Result, search};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub const NOT_FOUND: Code = Code("objection.not_found");

type About = (ApplicationId, String);
type Next = Box<dyn FnOnce(&mut Cx<'_>, About) -> Result<Flow>>;

/// Whose result it is about.
fn who(cx: &Cx<'_>, title: String, next: Next) -> Flow {
    let again = title.clone();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let found = search::candidates(cx.site, None, &text)?;
        match found.as_slice() {
            [] => Err(Refusal::new(NOT_FOUND).with("value", text.as_str()).into()),
            [one] => next(cx, (one.application, one.name.clone())),
            _ => {
                let line = |c: &crate::ops::Candidate| {
                    format!("{}  {}  {}", c.name, c.ticket.clone().unwrap_or_default(), c.occupation_name)
                };
                let items = found.iter().map(line).collect();
                let then = move |cx: &mut Cx<'_>, place: usize| match found.get(place) {
                    Some(one) => next(cx, (one.application, one.name.clone())),
                    None => Ok(Flow::Close),
                };
                Ok(Flow::Open(Picker::ask(again, items, 0, Box::new(then))))
            }
        }
    };
    Flow::Open(Reason::edit(title, word(cx, "objection.ask_whose"), "", Box::new(then)))
}

/// Where they can be reached and what they say; then `done` takes it down.
fn contact(
    cx: &Cx<'_>,
    (title, phone): (String, String),
    done: impl FnOnce(&mut Cx<'_>, Option<String>, String) -> Result<Flow> + 'static,
) -> Flow {
    let again = title.clone();
    let then = move |cx: &mut Cx<'_>, contact: String| {
        let body = word(cx, "objection.ask_matter");
        let then = move |cx: &mut Cx<'_>, matter: String| done(cx, Some(contact), matter);
        Ok(Flow::Open(Reason::ask(again, body, Box::new(then))))
    };
    Flow::Open(Reason::edit(title, word(cx, "objection.ask_contact"), &phone, Box::new(then)))
}

fn phone(cx: &Cx<'_>, application: ApplicationId) -> Result<String> {
    Ok(by_id(cx.site, application)?.phone.unwrap_or_default())
}

pub fn object(_: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let next = |cx: &mut Cx<'_>, (application, name): About| {
        let title = cx.locale.say("objection.object_title", &[("name", &name)]);
        let again = title.clone();
        let then = move |cx: &mut Cx<'_>, by: String| {
            let done = move |cx: &mut Cx<'_>, contact, matter| {
                let said = Said { raised_by: Some(by), contact, matter, late: None };
                let done = cx.perform(&Object { application, said })?.out;
                taken(cx, "objection.taken", &done);
                Ok(Flow::Close)
            };
            Ok(contact(cx, (again, String::new()), done))
        };
        Ok(Flow::Open(Reason::edit(title, word(cx, "objection.ask_by"), "", Box::new(then))))
    };
    Ok(who(cx, word(cx, "objection.object_who"), Box::new(next)))
}

fn taken(cx: &mut Cx<'_>, key: &str, done: &crate::ops::publicity::Taken) {
    let (number, day) = (done.number.to_string(), done.decide_by.to_string());
    cx.say(Tone::Good, key, &[("number", &number), ("name", &done.name), ("day", &day)]);
}

/// The part and the scope in one list: there are few of either.
pub fn recheck(_: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let rule = cx.site.policy()?.publicity.recheck.clone();
    let rule = rule.ok_or_else(|| Refusal::new(crate::ops::publicity::NO_RECHECK))?;
    let all: Vec<(Subject, RecheckScope)> =
        rule.parts.iter().flat_map(|part| rule.scopes.iter().map(|scope| (*part, *scope))).collect();
    let next = move |cx: &mut Cx<'_>, (application, name): About| {
        let title = cx.locale.say("objection.recheck_title", &[("name", &name)]);
        let line =
            |(part, scope): &(Subject, RecheckScope)| format!("{}  {}", word(cx, &part.key()), word(cx, &scope.key()));
        let items = all.iter().map(line).collect();
        let again = title.clone();
        let then = move |cx: &mut Cx<'_>, at: usize| {
            let Some((subject, scope)) = all.get(at).copied() else { return Ok(Flow::Close) };
            let phone = phone(cx, application)?;
            let done = move |cx: &mut Cx<'_>, contact, matter| {
                let said = Said { raised_by: None, contact, matter, late: None };
                let done = cx.perform(&Recheck { application, subject, scope, said })?.out;
                taken(cx, "objection.recheck_taken", &done);
                Ok(Flow::Close)
            };
            Ok(contact(cx, (again, phone), done))
        };
        Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
    };
    Ok(who(cx, word(cx, "objection.recheck_who"), Box::new(next)))
}

/// Right or not, what was found, and of a re-check that was right what the script comes to.
pub fn decide(page: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let case = page.case()?;
    let (number, recheck) = (case.said.number, case.said.kind == ObjectionKind::Recheck);
    let title = cx.locale.say("objection.decide_title", &[("number", &number.to_string()), ("name", &case.said.name)]);
    let body = crate::text::publicity::objection_lines(cx.locale, case).into_iter().take(7).collect();
    let items = vec![word(cx, "finding.unfounded"), word(cx, "finding.founded")];
    let again = title.clone();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let finding = if at == 0 { Finding::Unfounded } else { Finding::Founded };
        let body = word(cx, "objection.ask_finding");
        let title = again.clone();
        let then = move |cx: &mut Cx<'_>, words: String| {
            if finding == Finding::Unfounded || !recheck {
                return finish(cx, Decide { number, finding, words, mark: None });
            }
            let then = move |cx: &mut Cx<'_>, text: String| {
                let CheckedMark(mark) = entry::read_mark(cx.site, &text)?;
                finish(cx, Decide { number, finding, words, mark: Some(mark) })
            };
            let body = word(cx, "objection.ask_mark");
            Ok(Flow::Open(Reason::edit(again, body, "", Box::new(then))))
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Choice::ask(title, body, items, Box::new(then))))
}

fn finish(cx: &mut Cx<'_>, op: Decide) -> Result<Flow> {
    let done = cx.perform(&op)?.out;
    let (number, change) = (done.number.to_string(), done.change.map(|c| c.to_string()).unwrap_or_default());
    let key = match (done.founded, done.change) {
        (true, Some(_)) => "objection.is_founded_change",
        (true, None) => "objection.founded",
        (false, _) => "objection.unfounded",
    };
    cx.say(Tone::Good, key, &[("number", &number), ("name", &done.name), ("change", &change)]);
    Ok(Flow::Close)
}

pub fn take_back(page: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let case = page.case()?;
    let number = case.said.number;
    let title = cx.locale.say("objection.back_title", &[("number", &number.to_string()), ("name", &case.said.name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let name = cx.perform(&TakeBack { number, reason })?.out;
        cx.say(Tone::Good, "objection.taken_back", &[("number", &number.to_string()), ("name", &name)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "objection.back_body"), Box::new(then))))
}

//! Publishing, finalising, withdrawing, asking at the counter. Each shows first what stands in the way.
use super::{Part, Publicity};
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::publicity::{self, Finalise, Hindrances, NOTHING, Publish, Query, Withdraw};
use crate::text::publicity as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

pub fn next_part(page: &mut Publicity, _: &mut Cx<'_>) -> Result<Flow> {
    page.part = page.part.next();
    Ok(Flow::Stay)
}

pub fn stands(page: &Publicity, _: &Cx<'_>) -> Result<(), Refusal> {
    let stands = page.releases.iter().any(|r| r.row.stands());
    if stands { Ok(()) } else { Err(Refusal::new(NOTHING)) }
}

pub fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// Of a release what it corrected; of a case everything known; of the public list the counts.
pub fn show(page: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let (title, lines) = match page.part {
        Part::Said => {
            let case = page.case()?;
            (word(cx, "pane.publicity"), words::objection_lines(cx.locale, case))
        }
        Part::Releases => {
            let one = page.release()?;
            let mut lines = vec![words::release_cells(cx.locale, one).join("  ")];
            let changed = publicity::corrected(cx.site, &one.row)?;
            lines.extend(words::corrected_lines(cx.locale, &changed));
            lines.extend(page.gate.stops().iter().map(|stop| words::refusal_words(cx.locale, &stop.refusal())));
            (word(cx, "pane.publicity"), lines)
        }
        Part::Public => {
            let counts = page.public.as_ref().map(publicity::public_counts).unwrap_or_default();
            let line = |c: &publicity::PublicCount| {
                let level = c.level.map(|l| word(cx, &l.key())).unwrap_or_default();
                let numbers = [c.people, c.passed, c.failed, c.incomplete].map(|n| n.to_string());
                let [people, passed, failed, incomplete] = &numbers;
                let args = [
                    ("occupation", c.occupation_name.as_str()),
                    ("level", &level),
                    ("people", people),
                    ("passed", passed),
                    ("failed", failed),
                    ("incomplete", incomplete),
                ];
                cx.locale.say("publicity.count_line", &args)
            };
            (word(cx, "publicity_part.public"), counts.iter().map(line).collect())
        }
    };
    Ok(Flow::Open(Report::show(title, lines)))
}

fn in_the_way(cx: &Cx<'_>, found: &Hindrances) -> Flow {
    Flow::Open(Report::show(word(cx, "publicity.way_title"), words::hindrance_lines(cx.locale, found)))
}

/// What is in the way; else where it goes up, then all that has to be accepted, then yes.
pub fn publish(_: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let (until, found) = publicity::publish_check(cx.site, None)?;
    if !found.stops.is_empty() {
        return Ok(in_the_way(cx, &found));
    }
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    let then = move |cx: &mut Cx<'_>, place: String| {
        let mut body = vec![cx.locale.say("publicity.sure_body", &[("place", &place), ("until", &until)])];
        body.extend(words::hindrance_lines(cx.locale, &found));
        let key = if found.warnings.is_empty() { "publicity.sure_yes" } else { "publicity.sure_yes_accept" };
        let items = vec![word(cx, key), word(cx, "publicity.go_back")];
        let then = move |cx: &mut Cx<'_>, at: usize| {
            if at > 0 {
                return Ok(Flow::Close);
            }
            let done = cx.perform(&Publish { place, until: None, accepted: found.codes() })?.out;
            let (number, people) = (done.number.to_string(), done.people.to_string());
            let until = done.until.to_string();
            cx.say(Tone::Good, "publicity.is_up", &[("number", &number), ("people", &people), ("until", &until)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Choice::ask(word(cx, "publicity.sure_title"), body, items, Box::new(then))))
    };
    let body = word(cx, "publicity.place_body");
    Ok(Flow::Open(Reason::edit(word(cx, "publicity.sure_title"), body, "", Box::new(then))))
}

pub fn finalise(page: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let found = publicity::finalise_check(cx.site)?;
    if !found.stops.is_empty() {
        return Ok(in_the_way(cx, &found));
    }
    let mut body = vec![word(cx, "publicity.final_body")];
    if page.gate.held_count() > 0 {
        body.push(cx.locale.say("publicity.held_told", &[("count", &page.gate.held_count().to_string())]));
    }
    let items = vec![word(cx, "publicity.final_yes"), word(cx, "publicity.go_back")];
    let then = |cx: &mut Cx<'_>, at: usize| {
        if at > 0 {
            return Ok(Flow::Close);
        }
        let done = cx.perform(&Finalise::default())?.out;
        let (number, people, held) = (done.number.to_string(), done.people.to_string(), done.held.to_string());
        let key = if done.held > 0 { "publicity.finalised_held" } else { "publicity.finalised" };
        cx.say(Tone::Good, key, &[("number", &number), ("people", &people), ("held", &held)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Choice::ask(word(cx, "publicity.final_title"), body, items, Box::new(then))))
}

pub fn withdraw(_: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let found = publicity::withdraw_check(cx.site)?;
    if !found.stops.is_empty() {
        return Ok(in_the_way(cx, &found));
    }
    let then = |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Withdraw { reason })?.out;
        cx.say(Tone::Good, "publicity.withdrawn", &[("number", &done.number.to_string())]);
        Ok(Flow::Close)
    };
    let (title, body) = (word(cx, "publicity.withdraw_title"), word(cx, "publicity.withdraw_body"));
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// Name, then the whole number, as the person says and shows them.
pub fn query(_: &mut Publicity, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = word(cx, "publicity.query_title");
    let again = title.clone();
    let then = move |cx: &mut Cx<'_>, name: String| {
        let body = cx.locale.say("publicity.query_number", &[("name", &name)]);
        let title = again.clone();
        let then = move |cx: &mut Cx<'_>, id_number: String| match cx.perform(&Query { name, id_number })?.out {
            Some(answer) => Ok(Flow::Open(Report::show(again, words::answer_lines(cx.locale, &answer)))),
            None => Ok(Flow::Open(Report::show(again, vec![word(cx, "publicity.no_answer")]))),
        };
        Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
    };
    Ok(Flow::Open(Reason::edit(title, word(cx, "publicity.query_name"), "", Box::new(then))))
}

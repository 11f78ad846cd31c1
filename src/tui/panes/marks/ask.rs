//! Asking for a change: whose mark, which part, what it should be, why; then what it does, and only then yes.
use super::Marks;
use super::actions::sure;
use crate::model::{ApplicationId, Code, Mark, Refusal, Subject};
use crate::ops::entry::{self, CheckedMark};
use crate::ops::marks::{self, AskChange, LockedPart};
use crate::ops::{Result, search};
use crate::text::locks as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub const NOT_FOUND: Code = Code("marks.not_found");

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

pub fn who(_: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    let then = |cx: &mut Cx<'_>, text: String| {
        let found = search::candidates(cx.site, None, &text)?;
        match found.as_slice() {
            [] => Err(Refusal::new(NOT_FOUND).with("value", text.as_str()).into()),
            [one] => part(cx, one.application, one.name.clone()),
            _ => {
                let line = |c: &crate::ops::Candidate| {
                    let ticket = c.ticket.clone().unwrap_or_default();
                    format!("{}  {ticket}  {}", c.name, c.occupation_name)
                };
                let items = found.iter().map(line).collect();
                let then = move |cx: &mut Cx<'_>, place: usize| match found.get(place) {
                    Some(one) => part(cx, one.application, one.name.clone()),
                    None => Ok(Flow::Close),
                };
                Ok(Flow::Open(Picker::ask(word(cx, "marks.ask_who_title"), items, 0, Box::new(then))))
            }
        }
    };
    let (title, body) = (word(cx, "marks.ask_who_title"), word(cx, "marks.ask_who_body"));
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}

/// The parts whose marks are locked; the others say why not.
fn part(cx: &mut Cx<'_>, application: ApplicationId, name: String) -> Result<Flow> {
    let open = marks::changeable(cx.site, application)?;
    match open.as_slice() {
        [one] => Ok(mark(cx, (application, name), *one)),
        _ => {
            let line = |(subject, mark): &LockedPart| {
                format!("{}  {}", words::subject(cx.locale, *subject), words::mark_or_none(cx.locale, *mark))
            };
            let items = open.iter().map(line).collect();
            let title = cx.locale.say("marks.ask_subject_title", &[("name", &name)]);
            let then = move |cx: &mut Cx<'_>, place: usize| match open.get(place) {
                Some(one) => Ok(mark(cx, (application, name), *one)),
                None => Ok(Flow::Close),
            };
            Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
        }
    }
}

fn mark(cx: &Cx<'_>, (application, name): (ApplicationId, String), (subject, old): LockedPart) -> Flow {
    let part = words::subject(cx.locale, subject);
    let now = words::mark_or_none(cx.locale, old);
    let title = cx.locale.say("marks.ask_mark_title", &[("name", &name), ("subject", &part), ("mark", &now)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let CheckedMark(new) = entry::read_mark(cx.site, &text)?;
        // Refused before anybody writes a reason for nothing.
        marks::preview_ask(cx.site, application, subject, new)?;
        let new_words = words::mark_or_none(cx.locale, Some(new));
        let args = [("name", name.as_str()), ("subject", &part), ("old", &now), ("new", &new_words)];
        let title = cx.locale.say("marks.ask_reason_title", &args);
        let again = title.clone();
        let then = move |cx: &mut Cx<'_>, reason: String| would(cx, again, (application, subject, new), reason);
        Ok(Flow::Open(Reason::ask(title, word(cx, "marks.ask_reason_body"), Box::new(then))))
    };
    Flow::Open(Reason::edit(title, word(cx, "marks.ask_mark_body"), "", Box::new(then)))
}

fn would(
    cx: &mut Cx<'_>,
    title: String,
    (application, subject, mark): (ApplicationId, Subject, Mark),
    reason: String,
) -> Result<Flow> {
    let preview = marks::preview_ask(cx.site, application, subject, mark)?;
    let body = words::difference_lines(cx.locale, &preview);
    let yes = word(cx, "marks.ask_yes");
    Ok(sure(cx, (title, body, yes), move |cx| {
        let (number, preview) = cx.perform(&AskChange { application, subject, mark, reason })?.out;
        let (number, part) = (number.to_string(), words::subject(cx.locale, subject));
        cx.say(Tone::Good, "marks.asked", &[("number", &number), ("name", &preview.name), ("subject", &part)]);
        Ok(Flow::Close)
    }))
}

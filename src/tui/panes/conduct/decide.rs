//! Deciding: which outcome, why where it is milder, what it will do, and only then yes.
use super::Conduct;
use crate::model::IncidentId;
use crate::ops::Result;
use crate::ops::conduct::{self, Decide, Outcome, Verdict};
use crate::text::conduct as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub fn ask(page: &mut Conduct, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(one) = page.selected() else { return Ok(Flow::Stay) };
    let incident = one.number;
    let (due, open) = conduct::due(cx.site, incident)?;
    let item = |o: &Outcome| {
        let key = if *o == due { "conduct.as_table" } else { "conduct.milder" };
        cx.locale.say(key, &[("outcome", &words::outcome(cx.locale, *o))])
    };
    let mut items: Vec<String> = open.iter().map(item).collect();
    items.push(cx.locale.word("conduct.dismiss").to_owned());
    let who = words::who(cx.locale, one.name.as_deref());
    let args = [("number", incident.to_string()), ("who", who), ("act", one.act.clone())];
    let args: Vec<_> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let title = cx.locale.say("conduct.decide_title", &args);
    let then = move |cx: &mut Cx<'_>, place: usize| match open.get(place).copied() {
        Some(outcome) if outcome == due => sure(cx, incident, Verdict::Confirm(Some(outcome)), String::new()),
        Some(outcome) => {
            let outcome_words = words::outcome(cx.locale, outcome);
            let body = cx.locale.say("conduct.reason_milder", &[("outcome", &outcome_words)]);
            Ok(why(cx, incident, Verdict::Confirm(Some(outcome)), body))
        }
        None => {
            let body = cx.locale.word("conduct.reason_dismiss").to_owned();
            Ok(why(cx, incident, Verdict::Dismiss, body))
        }
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn why(cx: &Cx<'_>, incident: IncidentId, verdict: Verdict, body: String) -> Flow {
    let title = cx.locale.word("action.conduct.decide").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| sure(cx, incident, verdict, reason);
    Flow::Open(Reason::ask(title, body, Box::new(then)))
}

/// What it would do, by running it and rolling it back; the number of the incident is typed to go on.
fn sure(cx: &mut Cx<'_>, incident: IncidentId, verdict: Verdict, reason: String) -> Result<Flow> {
    let op = Decide { incident, verdict, reason };
    let plan = cx.site.preview(&op)?.out;
    let who = words::who(cx.locale, plan.name.as_deref());
    let title = cx.locale.say("conduct.sure_title", &[("who", &who)]);
    let head = plan.outcome.map(|o| words::outcome(cx.locale, o));
    let mut lines: Vec<String> = head.into_iter().collect();
    lines.extend(words::follows(cx.locale, &plan));
    let mut body = lines.join(cx.locale.word("conduct.semicolon"));
    if !plan.parts.is_empty() {
        body = format!("{body}\n{}", cx.locale.word("conduct.marks_stay"));
    }
    let then = move |cx: &mut Cx<'_>| {
        let done = cx.perform(&op)?;
        let text = words::decided(cx.locale, &done.out);
        cx.toast(if done.out.certificate.is_some() { Tone::Warn } else { Tone::Good }, text);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Confirm::ask(title, body, incident.to_string(), Box::new(then))))
}

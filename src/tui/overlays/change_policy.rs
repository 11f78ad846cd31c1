//! Puts the batch under another policy: which one, whom it affects, why.
use super::picker::Picker;
use super::reason::Reason;
use crate::ops::Result;
use crate::ops::batch::{ChangePolicy, PolicyChanged};
use crate::ops::policies::{self, Adopted};
use crate::text::Locale;
use crate::tui::app::App;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

/// Names on the line of each kind of effect; the command lists all.
const NAMES: usize = 5;

pub fn ask(app: &mut App) -> Result<Flow> {
    app.site.batch()?;
    let listed = policies::available(Some(&app.site), app.site.assets())?;
    let listed: Vec<_> = listed.into_iter().filter(|p| p.faults == 0).collect();
    let items = listed.iter().map(|p| format!("{}  {}", p.code, p.title)).collect();
    let title = app.locale.word("change_policy.choose").to_owned();
    let then = move |cx: &mut Cx<'_>, place: usize| match listed.get(place) {
        Some(chosen) => why(cx, &chosen.code),
        None => Ok(Flow::Close),
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

/// Tries it first: everything that would change is a line of a list; choosing goes on to the reason.
fn why(cx: &mut Cx<'_>, code: &str) -> Result<Flow> {
    let policy = policies::find(Some(&*cx.site), cx.site.assets(), code)?;
    let tried = ChangePolicy::new(cx.site, policy.clone(), code.to_owned())?;
    let preview = cx.site.preview(&tried)?.out;
    let body = summary(cx.locale, &preview);
    let then = move |cx: &mut Cx<'_>, _: usize| {
        let title = cx.locale.word("change_policy.title").to_owned();
        Ok(Flow::Open(Reason::ask(title, body, Box::new(move |cx, reason| change(cx, policy, reason)))))
    };
    let title = cx.locale.word("change_policy.would").to_owned();
    Ok(Flow::Open(Picker::ask(title, lines(cx.locale, &preview), 0, Box::new(then))))
}

fn change(cx: &mut Cx<'_>, policy: Adopted, reason: String) -> Result<Flow> {
    let op = ChangePolicy::new(cx.site, policy, reason)?;
    let done = cx.perform(&op)?;
    let (affected, op) = (done.out.affected.to_string(), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "change_policy.done", &[("to", &done.out.to), ("affected", &affected), ("op", &op)]);
    Ok(Flow::Reopen)
}

fn summary(locale: &Locale, preview: &PolicyChanged) -> String {
    let (affected, of) = (preview.affected.to_string(), preview.applications.to_string());
    let args = [("from", preview.from.as_str()), ("to", preview.to.as_str()), ("affected", &affected), ("all", &of)];
    locale.say("change_policy.body", &args)
}

/// The way on, then changed sessions, then kinds of effect with their counts and the first names.
fn lines(locale: &Locale, preview: &PolicyChanged) -> Vec<String> {
    let sessions = preview.sessions.iter();
    let sessions = sessions.map(|s| format!("{}  {} {}", locale.word(s.what.key()), s.session, s.starts_at.minute()));
    let effects = preview.effects.iter().map(|e| {
        let names: Vec<&str> = e.people.iter().take(NAMES).map(|p| p.name.as_str()).collect();
        format!("{} {}  {}", locale.word(e.kind.key()), e.count, names.join(" "))
    });
    [locale.word("change_policy.go_on").to_owned()].into_iter().chain(sessions).chain(effects).collect()
}

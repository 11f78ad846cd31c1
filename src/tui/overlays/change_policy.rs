//! Puts the batch under another policy: which one, whom it affects, why.
use super::picker::Picker;
use super::reason::Reason;
use crate::ops::Result;
use crate::ops::batch::{ChangePolicy, PolicyChanged};
use crate::ops::policies;
use crate::text::Locale;
use crate::tui::app::App;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

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

/// Tries it first: whom it would affect stands above the field.
fn why(cx: &mut Cx<'_>, code: &str) -> Result<Flow> {
    let policy = policies::find(Some(&*cx.site), cx.site.assets(), code)?;
    let tried = ChangePolicy::new(cx.site, policy.clone(), code.to_owned())?;
    let preview = cx.site.preview(&tried)?.out;
    let (title, body) = (cx.locale.word("change_policy.title").to_owned(), summary(cx.locale, &preview));
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let op = ChangePolicy::new(cx.site, policy, reason)?;
        let done = cx.perform(&op)?;
        let (affected, op) = (done.out.affected.to_string(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, "change_policy.done", &[("to", &done.out.to), ("affected", &affected), ("op", &op)]);
        Ok(Flow::Reopen)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// Changed sessions and kinds of effect with their counts, in one paragraph.
fn summary(locale: &Locale, preview: &PolicyChanged) -> String {
    let sessions = preview.sessions.iter().map(|s| format!("{} {}", locale.word(s.what.key()), s.session));
    let effects = preview.effects.iter().map(|e| format!("{} {}", locale.word(e.kind.key()), e.count));
    let all: Vec<_> = sessions.chain(effects).collect();
    let (affected, of) = (preview.affected.to_string(), preview.applications.to_string());
    let args = [("from", preview.from.as_str()), ("to", preview.to.as_str()), ("affected", &affected), ("all", &of)];
    format!("{} {}", locale.say("change_policy.body", &args), all.join(" · "))
}

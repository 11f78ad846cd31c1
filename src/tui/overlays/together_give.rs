//! What waits for another's hand at some terminal, and giving it here with one's own PIN.
use super::picker::Picker;
use super::reason::Reason;
use crate::ops::Result;
use crate::ops::together::{self, Waiting};
use crate::text::told;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

/// What waits, to choose one.
pub fn ask(cx: &mut Cx<'_>) -> Result<Flow> {
    let waiting = together::waiting(cx.site)?;
    if waiting.is_empty() {
        cx.say(Tone::Info, "together.none", &[]);
        return Ok(Flow::Stay);
    }
    let items = waiting.iter().map(|one| line(cx, one)).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| Ok(waiting.get(place).map_or(Flow::Close, |one| agree(cx, one)));
    Ok(Flow::Open(Picker::ask(cx.locale.word("together.waiting").to_owned(), items, 0, Box::new(then))))
}

fn line(cx: &Cx<'_>, one: &Waiting) -> String {
    let kind = cx.locale.word(&one.word()).to_owned();
    format!("{} {kind}  {}  {}  {}", one.number, one.asked_by, one.until.clock(), one.mark)
}

/// All that is agreed to, and one's own PIN.
fn agree(cx: &Cx<'_>, one: &Waiting) -> Flow {
    let (number, mark) = (one.number, one.mark.clone());
    let body = format!("{}\n{}", line(cx, one), told(cx.locale, one).join("; "));
    let then = move |cx: &mut Cx<'_>, pin: String| {
        let name = cx.site.actor().name.clone();
        let kind = together::give(cx.site, number, (&name, &pin))?;
        let kind = cx.locale.word(&format!("kind.{kind}")).to_owned();
        cx.say(Tone::Good, "cli.together.given", &[("number", &number.to_string()), ("kind", &kind), ("mark", &mark)]);
        Ok(Flow::Close)
    };
    Flow::Open(Reason::ask_secret(cx.locale.word("together.give").to_owned(), body, Box::new(then)))
}

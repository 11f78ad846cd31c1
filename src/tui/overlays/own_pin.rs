//! The operator's own PIN: the old one, the new one twice.
use super::reason::Reason;
use crate::model::{Code, Refusal};
use crate::ops::{Result, upkeep};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

pub const DIFFERS: Code = Code("operator.pin_differs");

pub fn ask(cx: &mut Cx<'_>) -> Result<Flow> {
    cx.site.actor().operator()?;
    if !upkeep::has_pin(cx.site)? {
        return Ok(ask_new(cx, None));
    }
    let body = cx.locale.say("own_pin.old", &[("name", &cx.site.actor().name)]);
    Ok(Flow::Open(Reason::ask_secret(
        cx.locale.word("own_pin.title").to_owned(),
        body,
        Box::new(|cx, old| {
            // Now, and not after a new one was typed twice.
            upkeep::prove(cx.site, Some(&old))?;
            Ok(ask_new(cx, Some(old)))
        }),
    )))
}

fn ask_new(cx: &mut Cx<'_>, old: Option<String>) -> Flow {
    let (digits, least) = (upkeep::PIN_DIGITS.to_string(), upkeep::PHRASE_CHARACTERS.to_string());
    let args = [("name", cx.site.actor().name.as_str()), ("digits", &digits), ("least", &least)];
    let body = cx.locale.say("own_pin.new", &args);
    let title = cx.locale.word("own_pin.title").to_owned();
    Flow::Open(Reason::ask_secret(
        title,
        body,
        Box::new(move |cx, new| {
            // Too weak is told before it is typed again.
            upkeep::strong_pin(&new, &cx.site.actor().name)?;
            Ok(ask_again(cx, old.clone(), new))
        }),
    ))
}

fn ask_again(cx: &mut Cx<'_>, old: Option<String>, new: String) -> Flow {
    let (title, body) = (cx.locale.word("own_pin.title").to_owned(), cx.locale.word("own_pin.again").to_owned());
    Flow::Open(Reason::ask_secret(
        title,
        body,
        Box::new(move |cx, again| {
            if again != new {
                // Either may have been the slip.
                cx.complain(&Refusal::new(DIFFERS).into());
                return Ok(ask_new(cx, old.clone()));
            }
            upkeep::change_pin(cx.site, old.as_deref(), &new)?;
            cx.say(Tone::Good, "own_pin.done", &[]);
            Ok(Flow::Close)
        }),
    ))
}

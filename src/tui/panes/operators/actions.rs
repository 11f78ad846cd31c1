//! What can be done with operators.
use super::{Operators, forms};
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::upkeep::{DisableOperator, ResetPin};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::pane::{Action, Flow, Show, always};

#[rustfmt::skip]
pub const ACTIONS: &[Action<Operators>] = &[
    Action { id: "operators.add", show: Show::Hint, ready: always, run: forms::add },
    Action { id: "operators.pin", show: Show::Hint, ready: chosen, run: forms::new_pin },
    Action { id: "operators.unlock", show: Show::Hint, ready: chosen, run: unlock },
    Action { id: "operators.disable", show: Show::Hint, ready: chosen, run: disable },
    Action { id: "operators.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn chosen(pane: &Operators, _: &Cx<'_>) -> Result<(), Refusal> {
    pane.selected().map(drop)
}

/// Wrong PINs are forgotten; the PIN stays.
fn unlock(pane: &mut Operators, cx: &mut Cx<'_>) -> Result<Flow> {
    let name = pane.selected()?.row.name.clone();
    cx.perform(&ResetPin::of(&name, None))?;
    cx.say(Tone::Good, "operators.unlocked", &[("name", &name)]);
    Ok(Flow::Stay)
}

/// The name is typed: nobody is deleted, but a disabled operator cannot be had back.
fn disable(pane: &mut Operators, cx: &mut Cx<'_>) -> Result<Flow> {
    let name = pane.selected()?.row.name.clone();
    let body = cx.locale.say("operators.disable_body", &[("name", &name)]);
    let title = cx.locale.word("operators.disable_title").to_owned();
    let word = name.clone();
    let then = move |cx: &mut Cx<'_>| {
        cx.perform(&DisableOperator { name: name.clone() })?;
        cx.say(Tone::Good, "cli.operator.disabled", &[("name", &name)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Confirm::ask(title, body, word, Box::new(then))))
}

//! What can be done with somebody's money and sanctions.
use super::{Payment, decisions, money};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NOTHING_CAME: Code = Code("payment.nothing_to_refund");
pub const NONE_IN_FORCE: Code = Code("sanctions.none_in_force");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Payment>] = &[
    Action { id: "dossier.payment.pay", show: Show::Hint, ready: always, run: pay },
    Action { id: "dossier.payment.refund", show: Show::Hint, ready: |pane, _| came_in(pane), run: refund },
    Action { id: "dossier.payment.waive", show: Show::Hint, ready: always, run: waive },
    Action { id: "dossier.payment.original", show: Show::Help, ready: always, run: original },
    Action { id: "dossier.payment.invoice", show: Show::Help, ready: always, run: invoice },
    Action { id: "dossier.payment.impose", show: Show::Hint, ready: always, run: impose },
    Action { id: "dossier.payment.lift", show: Show::Help, ready: |pane, _| in_force(pane), run: lift },
    Action { id: "dossier.payment.readmit", show: Show::Help, ready: always, run: readmit },
];

fn came_in(pane: &Payment) -> Result<(), Refusal> {
    let came = pane.view.rows.iter().any(|r| r.state == crate::ops::FeeState::Paid);
    if came { Ok(()) } else { Err(Refusal::new(NOTHING_CAME).with("name", pane.view.name.as_str())) }
}

fn in_force(pane: &Payment) -> Result<(), Refusal> {
    let any = pane.view.sanctions.iter().any(|s| !s.lifted);
    if any { Ok(()) } else { Err(Refusal::new(NONE_IN_FORCE).with("name", pane.view.name.as_str())) }
}

fn pay(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(money::ask_amount(cx, &pane.view)))
}

fn refund(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(money::ask_refund(cx, &pane.view)))
}

fn waive(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(money::ask_waiver(cx, &pane.view)))
}

fn original(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    money::receive_original(cx, pane.application)?;
    Ok(Flow::Stay)
}

fn invoice(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(money::ask_invoice(cx, &pane.view)))
}

fn impose(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(decisions::ask_act(cx, &pane.view)?))
}

fn lift(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(decisions::ask_lift(cx, &pane.view)))
}

fn readmit(pane: &mut Payment, cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(decisions::ask_readmission(cx, &pane.view)))
}

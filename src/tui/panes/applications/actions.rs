//! What can be done with applications.
use super::Applications;
use super::bulk::{bulk_pass, filter};
use super::dossier::Dossier;
use super::enterprises;
use super::form;
use super::reconciling::Reconciling;
use super::survey;
use super::trial::Trial;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::applications::form::may_type;
use crate::ops::applications::{RecordFee, Standing, Withdraw, owing};
use crate::ops::payments::{Close, unpaid};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NOBODY_SELECTED: Code = Code("applications.nobody_selected");
pub const ALREADY_PAID: Code = Code("applications.already_paid");
pub const OUT_OF_BATCH: Code = Code("payment.out_of_batch");
pub const WITHDRAWN: Code = Code("applications.withdrawn");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Applications>] = &[
    Action { id: "applications.search", show: Show::Hint, ready: always, run: search },
    Action { id: "applications.new", show: Show::Hint, ready: |_, cx| may_type(cx.site), run: new },
    Action { id: "applications.card", show: Show::Hint, ready: |pane, _| selected(pane), run: show_card },
    Action { id: "applications.pay", show: Show::Hint, ready: |pane, _| can_pay(pane), run: pay },
    Action { id: "applications.pay_all", show: Show::Hint, ready: always, run: pay_all },
    Action { id: "applications.withdraw", show: Show::Hint, ready: |pane, _| can_withdraw(pane), run: withdraw },
    Action { id: "applications.filter", show: Show::Hint, ready: always, run: filter },
    Action { id: "applications.bulk_pass", show: Show::Hint, ready: always, run: bulk_pass },
    Action { id: "applications.import", show: Show::Hint, ready: always, run: import },
    Action { id: "applications.enterprises", show: Show::Help, ready: always, run: |_, cx| enterprises::open(cx) },
    Action { id: "applications.group", show: Show::Help, ready: always, run: survey::group },
    Action { id: "applications.reconcile", show: Show::Help, ready: always, run: reconcile },
    Action { id: "applications.close_payment", show: Show::Help, ready: always, run: close_payment },
    Action { id: "applications.milestones", show: Show::Help, ready: always, run: |_, _| Ok(Flow::Page("milestones")) },
    Action { id: "applications.leave", show: Show::Help, ready: always, run: leave },
];

fn selected(pane: &Applications) -> Result<(), Refusal> {
    pane.selected().map(|_| ()).ok_or_else(|| Refusal::new(NOBODY_SELECTED))
}

fn can_withdraw(pane: &Applications) -> Result<(), Refusal> {
    let line = pane.selected().ok_or_else(|| Refusal::new(NOBODY_SELECTED))?;
    match line.standing() {
        Standing::Withdrawn => Err(Refusal::new(WITHDRAWN).with("name", line.name.as_str())),
        Standing::Excluded | Standing::Rejected => {
            let state = format!("application_state.{}", line.state.code());
            Err(Refusal::new(OUT_OF_BATCH).with("name", line.name.as_str()).word("state", state))
        }
        Standing::Paid | Standing::Unpaid => Ok(()),
    }
}

fn can_pay(pane: &Applications) -> Result<(), Refusal> {
    can_withdraw(pane)?;
    match pane.selected().filter(|line| line.paid) {
        Some(line) => Err(Refusal::new(ALREADY_PAID).with("name", line.name.as_str())),
        None => Ok(()),
    }
}

fn search(pane: &mut Applications, _cx: &mut Cx<'_>) -> Result<Flow> {
    pane.typing = true;
    Ok(Flow::Stay)
}

/// First out of the field, what was found staying; then back to the whole list.
fn leave(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.typing {
        pane.typing = false;
    } else if pane.found.is_some() {
        pane.field.clear();
        pane.search(cx)?;
    }
    Ok(Flow::Stay)
}

fn show_card(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(application) = pane.selected().map(|line| line.id) else { return Ok(Flow::Stay) };
    Ok(Flow::Open(Dossier::open(cx, application)?))
}

fn new(_pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    form::fresh(cx)
}

fn pay(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = pane.selected() else { return Ok(Flow::Stay) };
    record(cx, &RecordFee::These(vec![line.id]))?;
    Ok(Flow::Stay)
}

fn record(cx: &mut Cx<'_>, fee: &RecordFee) -> Result<()> {
    let done = cx.perform(fee)?;
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, "applications.paid", &[("count", &done.out.to_string()), ("op", &op)]);
    Ok(())
}

fn pay_all(_pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let count = owing(cx.site)?;
    if count == 0 {
        // The operation's own refusal.
        cx.perform(&RecordFee::All)?;
    }
    let count = count.to_string();
    let title = cx.locale.word("applications.pay_all_title").to_owned();
    let body = cx.locale.say("applications.pay_all_body", &[("count", &count)]);
    let then = |cx: &mut Cx<'_>| record(cx, &RecordFee::All).map(|()| Flow::Close);
    Ok(Flow::Open(Confirm::ask(title, body, count, Box::new(then))))
}

fn withdraw(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = pane.selected() else { return Ok(Flow::Stay) };
    let application = line.id;
    let title = cx.locale.word("applications.withdraw_title").to_owned();
    let args = [("name", line.name.as_str()), ("occupation", line.occupation_name.as_str())];
    let body = cx.locale.say("applications.withdraw_body", &args);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Withdraw { application, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "applications.withdrawn", &[("name", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

fn import(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("applications.import_title").to_owned();
    let body = cx.locale.word("applications.import_body").to_owned();
    let (path, last) = (pane.path.clone(), pane.path.borrow().clone());
    let then = move |cx: &mut Cx<'_>, typed: String| {
        typed.clone_into(&mut path.borrow_mut());
        Ok(Flow::Open(Trial::of(cx, &typed)?))
    };
    Ok(Flow::Open(Reason::edit(title, body, &last, Box::new(then))))
}

fn reconcile(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("payment.ask.reconcile").to_owned();
    let body = cx.locale.word("payment.ask.reconcile_body").to_owned();
    let (path, last) = (pane.payments.clone(), pane.payments.borrow().clone());
    let then = move |cx: &mut Cx<'_>, typed: String| {
        typed.clone_into(&mut path.borrow_mut());
        Ok(Flow::Open(Reconciling::of(cx, &typed)?))
    };
    Ok(Flow::Open(Reason::edit(title, body, &last, Box::new(then))))
}

/// Names are shown, and their number is typed.
fn close_payment(_pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    const NAMED: usize = 12;
    let found = unpaid(cx.site)?;
    if found.is_empty() {
        // The operation's own refusal.
        cx.perform(&Close { expect: 0, reason: None })?;
    }
    let expect = found.len();
    let comma = cx.locale.word("payment.comma");
    let mut names = found.iter().take(NAMED).map(|u| u.name.as_str()).collect::<Vec<_>>().join(comma);
    if expect > NAMED {
        names.push('…');
    }
    let count = expect.to_string();
    let title = cx.locale.word("payment.ask.close").to_owned();
    let body = cx.locale.say("payment.ask.close_body", &[("count", &count), ("names", &names)]);
    let then = move |cx: &mut Cx<'_>| {
        let done = cx.perform_bulk(&Close { expect, reason: None })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        let count = done.out.excluded.len().to_string();
        cx.say(Tone::Good, "payment.closed", &[("count", &count), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Confirm::ask(title, body, count, Box::new(then))))
}

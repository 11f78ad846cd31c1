//! Questions about money, one line each: amount, reference, time; then it is recorded, or a rule asks back.
use crate::model::{ApplicationId, Code, Refusal, Stamp};
use crate::ops::payments::{
    Accept, AccountView, Invoice, Paying, ReceiveOriginal, Record, Refund, WARNINGS, Waive, parse_yuan, yuan,
};
use crate::ops::{Error, InvoiceKind, Result};
use crate::text::{explain, payment};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer};

pub const BAD_AMOUNT: Code = Code("payment.bad_amount");
pub const BAD_TIME: Code = Code("payment.bad_time");
/// What a coordinator's reason lifts.
const WINDOWS: [&str; 2] = ["window.not_open", "window.closed"];
/// What is typed to say that a warning is meant.
const YES: &str = "y";

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

fn read_amount(text: &str) -> Result<Option<i64>> {
    if text.is_empty() {
        return Ok(None);
    }
    let fen = parse_yuan(text).filter(|fen| *fen > 0);
    Ok(Some(fen.ok_or_else(|| Refusal::new(BAD_AMOUNT).with("value", text))?))
}

/// The amount, with what is owed in the field; empty where nobody stated one.
pub fn ask_amount(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let due = view.due.filter(|due| *due > 0).map(yuan).unwrap_or_default();
    let (title, body) = (word(cx, "payment.ask.pay"), word(cx, "payment.ask.amount"));
    let application = view.application;
    let then = move |cx: &mut Cx<'_>, text: String| {
        let amount = read_amount(&text)?;
        let paying = Paying { application, amount, channel: None, reference: None, at: None };
        Ok(Flow::Open(ask_reference(cx, paying)))
    };
    Reason::edit_or_nothing(title, body, &due, Box::new(then))
}

fn ask_reference(cx: &Cx<'_>, paying: Paying) -> Box<dyn Layer> {
    let (title, body) = (word(cx, "payment.ask.pay"), word(cx, "payment.ask.reference"));
    let then = move |cx: &mut Cx<'_>, text: String| {
        let reference = Some(text).filter(|t| !t.is_empty());
        Ok(Flow::Open(ask_time(cx, Paying { reference, ..paying })))
    };
    Reason::ask_or_nothing(title, body, Box::new(then))
}

fn ask_time(cx: &Cx<'_>, paying: Paying) -> Box<dyn Layer> {
    let (title, body) = (word(cx, "payment.ask.pay"), word(cx, "payment.ask.time"));
    let now = cx.site.now().minute();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let at = Stamp::read(&text).ok_or_else(|| Refusal::new(BAD_TIME).with("value", text.as_str()))?;
        let record =
            Record { payments: vec![Paying { at: Some(at), ..paying }], reason: None, accept: Accept::Nothing };
        try_to(cx, record)
    };
    Reason::edit(title, body, &now, Box::new(then))
}

/// Records, or asks back: for a reason outside the window, for a word where something looks wrong.
fn try_to(cx: &mut Cx<'_>, record: Record) -> Result<Flow> {
    let error = match cx.perform(&record) {
        Ok(done) => {
            let op = done.op.map_or(0, |n| n.0).to_string();
            let (count, settled) = (done.out.payments.to_string(), done.out.settled.to_string());
            let amount = payment::amount(cx.locale, done.out.amount);
            let args = [("count", count.as_str()), ("amount", &amount), ("settled", &settled), ("op", &op)];
            cx.say(Tone::Good, "payment.recorded", &args);
            return Ok(Flow::Close);
        }
        Err(error) => error,
    };
    let code = error.refusal().map(|r| r.code);
    let why = explain(cx.locale, &error).message;
    match code {
        Some(code) if WARNINGS.contains(&code) && record.accept == Accept::Nothing => {
            let title = word(cx, "payment.ask.sure");
            let then = move |cx: &mut Cx<'_>| try_to(cx, Record { accept: Accept::Warnings, ..record });
            Ok(Flow::Open(Confirm::ask(title, why, YES.to_owned(), Box::new(then))))
        }
        Some(code) if WINDOWS.contains(&code.0) => {
            let title = word(cx, "payment.ask.outside");
            let body = format!("{why}\n{}", word(cx, "payment.ask.outside_body"));
            let then = move |cx: &mut Cx<'_>, reason: String| try_to(cx, Record { reason: Some(reason), ..record });
            Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
        }
        _ => Err(error),
    }
}

pub fn ask_refund(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let kept = Some(view.kept).filter(|kept| *kept > 0).map(yuan).unwrap_or_default();
    let title = word(cx, "payment.ask.refund");
    let (body, application) = (word(cx, "payment.ask.refund_amount"), view.application);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let amount = read_amount(&text)?;
        let (title, body) = (word(cx, "payment.ask.refund"), word(cx, "payment.ask.why"));
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let done = cx.perform(&Refund { application, amount, reference: None, reason })?;
            let ((name, fen), op) = (done.out, done.op.map_or(0, |n| n.0).to_string());
            let shown = payment::amount(cx.locale, fen);
            cx.say(Tone::Good, "payment.refunded", &[("name", &name), ("amount", &shown), ("op", &op)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Reason::edit_or_nothing(title, body, &kept, Box::new(then))
}

pub fn ask_waiver(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let (title, body) = (word(cx, "payment.ask.waive"), word(cx, "payment.ask.why"));
    let application = view.application;
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Waive { application, item: None, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "payment.waived", &[("name", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Reason::ask(title, body, Box::new(then))
}

pub fn receive_original(cx: &mut Cx<'_>, application: ApplicationId) -> Result<()> {
    let done = cx.perform(&ReceiveOriginal { applications: vec![application] })?;
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, "payment.original_in", &[("count", &done.out.to_string()), ("op", &op)]);
    Ok(())
}

/// To whom, in whose name, tax number of a unit, where to.
pub fn ask_invoice(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let kinds = InvoiceKind::ALL.iter().map(|k| word(cx, &format!("invoice_kind.{}", k.code()))).collect();
    let old = view.invoice.clone();
    let (application, name) = (view.application, view.name.clone());
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let kind = InvoiceKind::ALL.get(place).copied().unwrap_or(InvoiceKind::Person);
        let old = old.filter(|o| o.kind == kind);
        let own = if kind == InvoiceKind::Person { name } else { String::new() };
        let (title, tax_no, email) = old.map_or((own, None, String::new()), |o| (o.title, o.tax_no, o.email));
        Ok(Flow::Open(ask_title(cx, Invoice { application, kind, title, tax_no, email })))
    };
    Picker::ask(word(cx, "payment.ask.invoice"), kinds, 0, Box::new(then))
}

fn ask_title(cx: &Cx<'_>, invoice: Invoice) -> Box<dyn Layer> {
    let before = invoice.title.clone();
    let then = move |cx: &mut Cx<'_>, title: String| {
        let invoice = Invoice { title, ..invoice };
        Ok(Flow::Open(match invoice.kind {
            InvoiceKind::Unit => ask_tax_no(cx, invoice),
            InvoiceKind::Person => ask_email(cx, invoice),
        }))
    };
    Reason::edit(word(cx, "payment.ask.invoice"), word(cx, "payment.ask.invoice_title"), &before, Box::new(then))
}

fn ask_tax_no(cx: &Cx<'_>, invoice: Invoice) -> Box<dyn Layer> {
    let before = invoice.tax_no.clone().unwrap_or_default();
    let then = move |cx: &mut Cx<'_>, number: String| {
        Ok(Flow::Open(ask_email(cx, Invoice { tax_no: Some(number), ..invoice })))
    };
    Reason::edit(word(cx, "payment.ask.invoice"), word(cx, "payment.ask.tax_no"), &before, Box::new(then))
}

fn ask_email(cx: &Cx<'_>, invoice: Invoice) -> Box<dyn Layer> {
    let before = invoice.email.clone();
    let then = move |cx: &mut Cx<'_>, email: String| give(cx, &Invoice { email, ..invoice });
    Reason::edit(word(cx, "payment.ask.invoice"), word(cx, "payment.ask.email"), &before, Box::new(then))
}

fn give(cx: &mut Cx<'_>, invoice: &Invoice) -> Result<Flow, Error> {
    let done = cx.perform(invoice)?;
    let op = done.op.map_or(0, |n| n.0).to_string();
    let name = crate::ops::applications::by_id(cx.site, invoice.application)?.name;
    match done.out.warning {
        Some(_) => cx.say(Tone::Warn, "refusal.invoice.tax_no_old", &[]),
        None => {
            let args = [("name", name.as_str()), ("title", &done.out.invoice.title), ("op", &op)];
            cx.say(Tone::Good, "payment.invoice_given", &args);
        }
    }
    Ok(Flow::Close)
}

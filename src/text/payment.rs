//! Words of money: an account as facts to read, and what became of the rows of a payment sheet.
use super::{Locale, explain};
use crate::model::Datum;
use crate::ops::FeeState;
use crate::ops::payments::{ALL_ITEMS, AccountView, FeeLine, Judged, Sheet, Verdict, yuan};

/// Yuan with its unit, or that nobody stated it.
pub fn amount(locale: &Locale, fen: i64) -> String {
    if fen == 0 {
        return locale.word("payment.not_stated").to_owned();
    }
    locale.say("payment.yuan", &[("amount", &yuan(fen))])
}

fn item(locale: &Locale, code: &str) -> String {
    let key = format!("fee.{code}");
    if locale.has(&key) { locale.word(&key).to_owned() } else { code.to_owned() }
}

/// One row of money.
pub fn row(locale: &Locale, line: &FeeLine) -> String {
    let what = locale.word(match line.state {
        FeeState::Paid => "payment_state.paid",
        FeeState::Refunded => "payment_state.refunded",
        FeeState::Waived => "payment_state.waived",
    });
    let mut parts = vec![line.at.minute(), what.to_owned()];
    if line.item != ALL_ITEMS {
        parts.push(item(locale, &line.item));
    }
    if line.state != FeeState::Waived || line.amount > 0 {
        parts.push(amount(locale, line.amount));
    }
    parts.extend([&line.channel, &line.reference, &line.reason].into_iter().flatten().cloned());
    parts.push(line.operator.clone());
    parts.join("  ")
}

/// Name and value of everything known about an application's money, in the order of reading.
pub fn facts(locale: &Locale, view: &AccountView) -> Vec<(String, String)> {
    let label = |code: &str| locale.word(&format!("payment.label.{code}")).to_owned();
    let mut facts = vec![(label("state"), state(locale, view))];
    for line in &view.items {
        let mut value = locale.say("payment.yuan", &[("amount", &yuan(line.amount))]);
        if line.waived {
            value = format!("{value}  {}", locale.word("payment_state.waived"));
        }
        facts.push((item(locale, &line.code), value));
    }
    match view.owed {
        Some(owed) => {
            let due = view.due.unwrap_or(0);
            let args = [("owed", yuan(owed)), ("kept", yuan(view.kept)), ("due", yuan(due))];
            let args: Vec<_> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
            facts.push((label("sum"), locale.say("payment.sum", &args)));
        }
        None => {
            let document = view.fee_document.clone().unwrap_or_default();
            facts.push((label("sum"), locale.say("payment.unpriced", &[("document", &document)])));
        }
    }
    let windows: Vec<_> =
        view.window.iter().map(|(from, to)| locale.say("payment.period", &[("from", from), ("to", to)])).collect();
    if !windows.is_empty() {
        facts.push((label("window"), windows.join("  ")));
    }
    if view.original_required {
        let missing = || locale.word("payment.original_not_in").to_owned();
        facts.push((label("original"), view.original_at.map_or_else(missing, |at| at.minute())));
    }
    facts.extend(view.rows.iter().map(|line| (label("row"), row(locale, line))));
    if let Some(invoice) = &view.invoice {
        let kind = locale.word(&format!("invoice_kind.{}", invoice.kind.code())).to_owned();
        let parts = [Some(kind), Some(invoice.title.clone()), invoice.tax_no.clone(), Some(invoice.email.clone())];
        facts.push((label("invoice"), parts.into_iter().flatten().collect::<Vec<_>>().join("  ")));
    }
    facts.extend(view.obstacles.iter().map(|r| (label("obstacle"), explain(locale, &r.clone().into()).message)));
    facts.extend(view.sanctions.iter().map(|s| (label("sanction"), super::sanction::line(locale, s))));
    facts
}

/// The state in words, and that the payment is not complete without the paper.
pub fn state(locale: &Locale, view: &AccountView) -> String {
    let state = locale.word(view.state.key()).to_owned();
    if view.state.settles() && !view.complete {
        return format!("{state}{}", locale.word("payment.incomplete"));
    }
    state
}

/// Line, verdict, name, number, amount, why.
pub fn judged(locale: &Locale, row: &Judged) -> Vec<String> {
    let because = row.because.as_ref().map(|r| {
        let mut data = r.data.clone();
        data.push(("line", Datum::Int(i64::try_from(row.line).unwrap_or(i64::MAX))));
        locale.say_data(&format!("refusal.{}", r.code.0), &data)
    });
    vec![
        row.line.to_string(),
        locale.word(&row.verdict.key()).to_owned(),
        row.name.clone().unwrap_or_default(),
        row.number.clone(),
        yuan(row.amount),
        because.unwrap_or_else(|| locale.word(&format!("verdict_why.{}", row.verdict.code())).to_owned()),
    ]
}

/// How many rows got which verdict, in one line.
pub fn counts(locale: &Locale, sheet: &Sheet, rows: &[Judged]) -> String {
    let part = |(word, count): (String, usize)| (count > 0).then(|| format!("{} {count}", locale.word(&word)));
    let verdicts = Verdict::ALL.into_iter().map(|v| (v.key(), rows.iter().filter(|r| r.verdict == v).count()));
    let others = [
        ("verdict.unreadable".to_owned(), sheet.faults.len()),
        ("verdict.passed_over".to_owned(), usize::try_from(sheet.passed_over).unwrap_or(usize::MAX)),
    ];
    let parts: Vec<_> = verdicts.chain(others).filter_map(part).collect();
    let all = (rows.len() + sheet.faults.len()).to_string();
    let head = locale.say("payment.sheet_rows", &[("file", &sheet.name), ("rows", &all)]);
    format!("{head}{}", parts.join(locale.word("payment.comma")))
}

//! One application's money in full: what is owed by item, what came in, and what stands in the way.
use super::ledger::{items, reviewed, rows_of, tally};
use crate::model::{ApplicationId, Refusal, Stamp};
use crate::ops::{Result, Site, applications, sanctions};
use crate::policy::fees::yuan;
use crate::policy::payment::{self, Standing};
use crate::policy::sanctions as rule;
use crate::store::{FeeState, InvoiceRow, OperatorRow, rows};
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountView {
    pub application: ApplicationId,
    pub name: String,
    pub state: Standing,
    pub items: Vec<ItemLine>,
    /// Yuan in text; absent while nothing is priced.
    #[serde(serialize_with = "maybe_money")]
    pub owed: Option<i64>,
    #[serde(serialize_with = "money")]
    pub kept: i64,
    #[serde(serialize_with = "maybe_money")]
    pub due: Option<i64>,
    pub rows: Vec<FeeLine>,
    pub invoice: Option<InvoiceRow>,
    pub invoice_offered: bool,
    pub original_required: bool,
    pub original_at: Option<Stamp>,
    /// Nothing is left to pay, and the paper that belongs to it is in.
    pub complete: bool,
    pub fee_document: Option<String>,
    /// The periods of payment, each as first and last moment.
    pub window: Vec<(String, String)>,
    /// What stands in the way of paying or of being admitted.
    #[serde(serialize_with = "codes")]
    pub obstacles: Vec<Refusal>,
    pub sanctions: Vec<sanctions::Listed>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemLine {
    pub code: String,
    #[serde(serialize_with = "money")]
    pub amount: i64,
    pub waived: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeeLine {
    pub state: FeeState,
    pub item: String,
    #[serde(serialize_with = "money")]
    pub amount: i64,
    pub at: Stamp,
    pub channel: Option<String>,
    pub reference: Option<String>,
    pub reason: Option<String>,
    pub operator: String,
}

fn money<S: Serializer>(fen: &i64, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&yuan(*fen))
}

fn maybe_money<S: Serializer>(fen: &Option<i64>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match fen {
        Some(fen) => money(fen, s),
        None => s.serialize_none(),
    }
}

fn codes<S: Serializer>(refusals: &[Refusal], s: S) -> std::result::Result<S::Ok, S::Error> {
    s.collect_seq(refusals.iter().map(|r| r.code.0))
}

pub fn account(site: &Site, application: ApplicationId) -> Result<AccountView> {
    let (row, policy, db) = (applications::by_id(site, application)?, site.policy()?, site.store().db());
    let money = rows_of(db, application)?;
    let account = tally(&policy, &row, &money);
    let names = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let line = |m: &crate::store::FeeRow| FeeLine {
        state: m.state,
        item: m.item.clone(),
        amount: m.amount,
        at: m.paid_on,
        channel: m.channel.clone(),
        reference: m.reference.clone(),
        reason: m.reason.clone(),
        operator: names.iter().find(|o| o.id == m.operator).map(|o| o.name.clone()).unwrap_or_default(),
    };
    let price = |i: &&crate::policy::fees::FeeItem| ItemLine {
        code: i.code.clone(),
        amount: i.amount,
        waived: account.waived.contains(&i.code),
    };
    let settles = account.state.settles();
    let original = policy.payment.original(row.original_at);
    let mut checks = vec![rule::pledged(&policy.materials, row.pledged_on)];
    if !settles {
        checks.push(payment::may_pay(&policy, reviewed(&row)));
        checks.push(payment::in_time(&policy.windows, site.now()));
    }
    let complete = settles && original.is_ok();
    checks.push(original);
    checks.push(sanctions::may_apply(db, (row.document, &row.id_number), site.now().day())?);
    Ok(AccountView {
        application,
        name: row.name.clone(),
        state: account.state,
        items: items(&policy, &row).iter().map(price).collect(),
        owed: account.owed,
        kept: account.kept,
        due: account.due(),
        rows: money.iter().map(line).collect(),
        invoice: rows::first::<InvoiceRow>(db, "WHERE application = ?1", [application])?,
        invoice_offered: policy.payment.invoice,
        original_required: policy.payment.original_required,
        original_at: row.original_at,
        complete,
        fee_document: policy.payment.fee_document.clone(),
        window: policy.windows.payment.iter().map(|w| (w.start.to_string(), w.end.to_string())).collect(),
        obstacles: checks.into_iter().filter_map(|c| Some(c.err()?.with("name", row.name.as_str()))).collect(),
        sanctions: sanctions::of_person(site, (row.document, &row.id_number))?,
    })
}

//! Fees: who may pay and when, what an application's rows of money come to, and what an unpaid one may still do.
//! Amounts are in [`super::fees`].
use super::Policy;
use super::fees::{self, ALL_ITEMS, FeeItem};
use super::windows::{WindowKind, Windows};
use crate::model::{Code, Refusal, Stamp};
use serde::{Deserialize, Serialize};

pub const UNPAID: Code = Code("payment.unpaid");
pub const NOT_APPROVED: Code = Code("payment.not_approved");
pub const STILL_OPEN: Code = Code("payment.still_open");
pub const ORIGINAL_MISSING: Code = Code("payment.original_missing");
pub const AMOUNT_DIFFERS: Code = Code("payment.amount_differs");
pub const PAID_TWICE: Code = Code("payment.paid_twice");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Whether somebody who has not paid is turned away at the door.
    pub required_at_checkin: bool,
    pub seat_unpaid: SeatUnpaid,
    /// Whether payment opens only after the last review.
    pub after_second_review: bool,
    /// Whether the signed original of the form must have come in before a payment is complete (S1-82).
    #[serde(default)]
    pub original_required: bool,
    /// The document that sets the fees.
    #[serde(default)]
    pub fee_document: Option<String>,
    #[serde(default)]
    pub channel: Option<String>,
    /// Whether an invoice to the employer or the person can be asked for.
    #[serde(default)]
    pub invoice: bool,
    /// Whether the signed original of the form comes before the fee is settled (S1-82).
    #[serde(default)]
    pub original_first: bool,
    #[serde(default)]
    pub set_by: FeesSetBy,
    /// Not for profit: the fee may be nothing (S3-35).
    #[serde(default)]
    pub non_profit: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeesSetBy {
    /// The fee document.
    #[default]
    Document,
    /// The organisation's own filing, per occupation (S3-42).
    Filing,
    /// Nobody: the notice asks for no fee.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatUnpaid {
    Refuse,
    Warn,
    Allow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paid {
    Yes,
    No,
    /// 免缴
    Waived,
}

impl Payment {
    pub fn admits(&self, paid: Paid) -> Result<(), Refusal> {
        match paid {
            Paid::No if self.required_at_checkin => Err(Refusal::new(UNPAID)),
            Paid::Yes | Paid::No | Paid::Waived => Ok(()),
        }
    }

    /// Whether the paper that belongs to the payment is in (S1-82).
    pub fn original(&self, received: Option<Stamp>) -> Result<(), Refusal> {
        if self.original_required && received.is_none() {
            return Err(Refusal::new(ORIGINAL_MISSING));
        }
        Ok(())
    }
}

/// How far the reviews of an application are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewed {
    /// Every review passed.
    Approved,
    NotYet,
}

/// Whether only approved applications can be paid for: after the last review where there is one (S0-30, S1-29).
pub fn needs_approval(policy: &Policy) -> bool {
    policy.payment.after_second_review && !policy.reviews.steps.is_empty()
}

/// Whether a payment may be taken, whenever it is made. No reason lifts this.
pub fn may_pay(policy: &Policy, reviewed: Reviewed) -> Result<(), Refusal> {
    match reviewed {
        Reviewed::NotYet if needs_approval(policy) => Err(Refusal::new(NOT_APPROVED)),
        Reviewed::NotYet | Reviewed::Approved => Ok(()),
    }
}

/// Whether money that came in at `at` came in time (S0-31, S1-29). A coordinator's reason lifts this.
pub fn in_time(windows: &Windows, at: Stamp) -> Result<(), Refusal> {
    windows.check(WindowKind::Payment, at)
}

/// Whether the last period of payment is over, so that whoever has not paid can be left out. A notice without periods
/// leaves the day to the office.
pub fn may_close(windows: &Windows, now: Stamp) -> Result<(), Refusal> {
    let last = windows.payment.iter().max_by_key(|w| w.end.ends());
    match last {
        Some(last) if now < last.end.ends() => Err(Refusal::new(STILL_OPEN).with("closes", last.end.to_string())),
        _ => Ok(()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Paid,
    Refunded,
    Waived,
}

/// One row of money. An amount of 0 in a payment or refund means that nobody stated it: everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement<'a> {
    pub kind: Move,
    /// Code of an item, or [`ALL_ITEMS`].
    pub item: &'a str,
    /// Fen.
    pub amount: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Unpaid,
    /// Less came in than is owed.
    Partly,
    Paid,
    /// What came in was given back.
    Refunded,
    /// Nothing of it need be paid.
    Waived,
}

impl Standing {
    /// Whether nothing is left to pay.
    pub fn settles(self) -> bool {
        matches!(self, Standing::Paid | Standing::Waived)
    }

    pub fn key(self) -> &'static str {
        match self {
            Standing::Unpaid => "payment_state.unpaid",
            Standing::Partly => "payment_state.partly",
            Standing::Paid => "payment_state.paid",
            Standing::Refunded => "payment_state.refunded",
            Standing::Waived => "payment_state.waived",
        }
    }
}

/// What an application's fee comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub state: Standing,
    /// Fen owed after waivers; `None` while nothing is priced.
    pub owed: Option<i64>,
    /// Fen that came in and stayed; 0 where no amount was stated.
    pub kept: i64,
    /// Codes of the items waived.
    pub waived: Vec<String>,
}

impl Account {
    /// Fen still to come; `None` while nothing is priced.
    pub fn due(&self) -> Option<i64> {
        let settled = self.state.settles();
        self.owed.map(|owed| if settled { 0 } else { owed.saturating_sub(self.kept).max(0) })
    }
}

/// Goes through the rows in the order in which they were written.
pub fn account(owed: &[&FeeItem], rows: &[Movement<'_>]) -> Account {
    let mut till = Till::default();
    for row in rows {
        till.take(row);
    }
    let all = till.waived.contains(&ALL_ITEMS);
    let is_waived = |item: &&FeeItem| all || till.waived.contains(&item.code.as_str());
    let waived: Vec<String> = owed.iter().copied().filter(is_waived).map(|i| i.code.clone()).collect();
    let left = fees::sum(owed.iter().copied().filter(|i| !is_waived(i)).map(|i| i.amount));
    let priced = !owed.is_empty();
    // Too much to be counted is never paid.
    let left = if priced { Some(left.unwrap_or(i64::MAX)) } else { None };
    // A fee of nothing is no debt (S3-35).
    let nothing_left = all || left == Some(0);
    let enough = till.in_full || left.is_some_and(|l| till.kept >= l && till.kept > 0) || (!priced && till.kept > 0);
    let state = match (enough, nothing_left, till.kept > 0, till.gave_back) {
        (true, ..) => Standing::Paid,
        (_, true, ..) => Standing::Waived,
        (_, _, true, _) => Standing::Partly,
        (.., true) => Standing::Refunded,
        _ => Standing::Unpaid,
    };
    Account { state, owed: left, kept: till.kept, waived }
}

#[derive(Default)]
struct Till<'a> {
    kept: i64,
    /// Somebody said that all of it is paid, without saying how much.
    in_full: bool,
    gave_back: bool,
    waived: Vec<&'a str>,
}

impl<'a> Till<'a> {
    fn take(&mut self, row: &Movement<'a>) {
        match (row.kind, row.amount) {
            (Move::Paid, 0) => self.in_full = true,
            (Move::Paid, amount) => self.kept = self.kept.saturating_add(amount),
            (Move::Refunded, amount) => {
                self.kept = if amount == 0 { 0 } else { self.kept.saturating_sub(amount).max(0) };
                (self.in_full, self.gave_back) = (false, true);
            }
            (Move::Waived, _) => self.waived.push(row.item),
        }
    }
}

#[cfg(test)]
mod tests;

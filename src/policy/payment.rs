//! Fees: when they must be paid, and what an unpaid application may still do. Amounts are not in the notices.
use crate::model::{Code, Refusal};
use serde::{Deserialize, Serialize};

pub const UNPAID: Code = Code("payment.unpaid");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Whether somebody who has not paid is turned away at the door.
    pub required_at_checkin: bool,
    pub seat_unpaid: SeatUnpaid,
    /// Whether payment opens only after the second review.
    pub after_second_review: bool,
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
}

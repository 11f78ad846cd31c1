//! Money: payments, refunds, waivers, the platform's sheet of payments, the close, invoices. Every movement is a row of
//! its own; `application.paid_at` only says whether anything is left to pay.
mod account;
mod close;
mod invoice;
pub(in crate::ops) mod ledger;
mod original;
mod readmit;
mod reconcile;
mod record;
mod refund;
mod waive;

pub use account::{AccountView, FeeLine, ItemLine, account};
pub use close::{COUNT_CHANGED, Close, Closed, Unpaid, unpaid};
pub use invoice::{Invoice, InvoiceGiven};
pub use ledger::owing;
pub use original::{NOT_APPROVED, ReceiveOriginal};
pub use readmit::Readmit;
pub use reconcile::{Judged, Reconcile, Reconciled, Sheet, Verdict, judge, open_sheet};
pub use record::{Accept, Paying, Record, Recorded, WARNINGS};
pub use refund::Refund;
pub use waive::Waive;

pub(in crate::ops) use ledger::{Money, post};

// What the faces show of money.
pub use crate::policy::fees::{ALL_ITEMS, parse_yuan, yuan};
pub use crate::policy::payment::Standing;

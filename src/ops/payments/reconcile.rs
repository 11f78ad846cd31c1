//! `payments.reconcile`: a platform's sheet of payments against what is stored. What fits is stored in one operation, the
//! rest is listed; the same sheet again changes nothing.
pub(in crate::ops) mod matching;

use super::ledger::{self, Money};
use crate::bundle::payment_sheet::{self, PaymentLayout, PaymentLine};
use crate::bundle::row_fault::RowFault;
use crate::bundle::sheet::SheetFault;
use crate::model::{ApplicationId, Code, Refusal, Role, Stamp, identity};
use crate::ops::{Error, Operation, Result, Site, Work};
use crate::policy::fees::{ALL_ITEMS, yuan};
use crate::store::{ApplicationRow, FeeRow, FeeState};
use matching::{Books, Match};
use serde::{Serialize, Serializer};
use std::path::Path;

pub const NO_LAYOUT: Code = Code("payment_sheet.no_layout");

/// Name of the layout of the platform's sheet.
const LAYOUT: &str = "sheets/payment-platform.toml";

/// A sheet as it was read.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub name: String,
    pub lines: Vec<PaymentLine>,
    /// Rows that cannot be read.
    pub faults: Vec<RowFault>,
    /// Rows that are no payments.
    pub passed_over: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Matched,
    /// Recorded before.
    Known,
    /// Nobody of this batch.
    Unknown,
    NameDiffers,
    /// The same person applied more than once, and nothing says for which this is.
    Ambiguous,
    AmountDiffers,
    PaidTwice,
    /// Not in the batch any more, not approved, or outside the window.
    NotAllowed,
}

impl Verdict {
    pub const ALL: [Verdict; 8] = [
        Verdict::Matched,
        Verdict::Known,
        Verdict::Unknown,
        Verdict::NameDiffers,
        Verdict::Ambiguous,
        Verdict::AmountDiffers,
        Verdict::PaidTwice,
        Verdict::NotAllowed,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Verdict::Matched => "matched",
            Verdict::Known => "known",
            Verdict::Unknown => "unknown",
            Verdict::NameDiffers => "name_differs",
            Verdict::Ambiguous => "ambiguous",
            Verdict::AmountDiffers => "amount_differs",
            Verdict::PaidTwice => "paid_twice",
            Verdict::NotAllowed => "not_allowed",
        }
    }

    pub fn key(self) -> String {
        format!("verdict.{}", self.code())
    }
}

/// One row and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    pub line: u64,
    pub verdict: Verdict,
    pub application: Option<ApplicationId>,
    /// As the sheet has it.
    pub name: Option<String>,
    /// Masked; the registration number where there is no other.
    pub number: String,
    #[serde(serialize_with = "money")]
    pub amount: i64,
    pub paid_on: Stamp,
    pub reference: Option<String>,
    /// What stands in the way: the amount due, the name stored, or a rule.
    #[serde(serialize_with = "code_only")]
    pub because: Option<Refusal>,
}

fn money<S: Serializer>(fen: &i64, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&yuan(*fen))
}

fn code_only<S: Serializer>(refusal: &Option<Refusal>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match refusal {
        Some(refusal) => s.serialize_str(refusal.code.0),
        None => s.serialize_none(),
    }
}

/// The file as rows of payments; nothing is compared or stored.
pub fn open_sheet(site: &Site, path: &Path) -> Result<Sheet> {
    let text = site.assets().read(LAYOUT).ok_or_else(|| Refusal::new(NO_LAYOUT).with("file", LAYOUT))?;
    let layout = PaymentLayout::parse(&text)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let read = payment_sheet::read(path, &name, &layout).map_err(|fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(source) => Error::File { path: path.to_owned(), source },
    })?;
    Ok(Sheet { name, lines: read.lines, faults: read.faults, passed_over: read.passed_over })
}

/// What each row would do.
pub fn judge(site: &Site, sheet: &Sheet) -> Result<Vec<Judged>> {
    let policy = site.policy()?;
    let mut books = Books::new(site.store().db(), site.batch()?.id, &policy)?;
    sheet.lines.iter().map(|line| Ok(shown(line, &books.place(line)?))).collect()
}

fn shown(line: &PaymentLine, found: &Match) -> Judged {
    let number = match (&line.id_number, &line.registration_no) {
        (Some(id), _) => identity::mask(id),
        (None, other) => other.clone().unwrap_or_default(),
    };
    Judged {
        line: line.line,
        verdict: found.verdict,
        application: found.row.as_ref().map(|row| row.id),
        name: line.name.clone(),
        number,
        amount: line.amount,
        paid_on: line.paid_on,
        reference: line.reference.clone(),
        because: found.because.clone(),
    }
}

/// Stores the rows that fit. The sheet itself does not go into the journal; the rows of money do.
#[derive(Debug, Serialize)]
pub struct Reconcile<'a> {
    #[serde(serialize_with = "name_only")]
    pub sheet: &'a Sheet,
}

fn name_only<S: Serializer>(sheet: &&Sheet, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&sheet.name)
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reconciled {
    pub rows: Vec<Judged>,
    pub stored: usize,
}

impl Operation for Reconcile<'_> {
    const KIND: &'static str = "payments.reconcile";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reconciled;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reconciled> {
        let policy = work.policy()?.clone();
        let mut books = Books::new(work.tx.db(), work.batch()?.id, &policy)?;
        let mut rows = Vec::with_capacity(self.sheet.lines.len());
        let mut all: Vec<(ApplicationRow, Vec<FeeRow>, Vec<Money>)> = Vec::new();
        for line in &self.sheet.lines {
            let found = books.place(line)?;
            rows.push(shown(line, &found));
            if let (Verdict::Matched, Some(row)) = (found.verdict, found.row) {
                all.push((row, found.had, vec![money_of(line, policy.payment.channel.as_deref())]));
            }
        }
        let stored = all.len();
        if stored > 0 {
            ledger::post(work, all)?;
        }
        Ok(Reconciled { rows, stored })
    }
}

fn money_of(line: &PaymentLine, channel: Option<&str>) -> Money {
    Money {
        item: ALL_ITEMS.to_owned(),
        state: FeeState::Paid,
        amount: line.amount,
        at: line.paid_on,
        channel: line.channel.clone().or_else(|| channel.map(str::to_owned)),
        reference: line.reference.clone(),
        reason: None,
    }
}

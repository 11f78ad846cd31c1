//! Certificates as things: each takes a blank form out of stock, or comes from elsewhere as it is.
use crate::model::{CertificateId, Code, Day, Refusal, StockItem, StockMove};
use crate::ops::stock::{Booking, Line, book};
use crate::ops::{Result, Work};
use crate::policy::register::Made;
use crate::policy::stock::{effect, serial_run};
use crate::store::rows::Connection;
use crate::store::{CertificateCopyRow, rows};

pub const BLANK_USED: Code = Code("register.blank_used");

/// What is made in one go.
pub struct Copies<'a> {
    /// With their numbers, in the order of the blank forms.
    pub certificates: &'a [(CertificateId, String)],
    /// `None`: as the policy has it.
    pub made: Option<Made>,
    /// Serial of the first blank form; the others follow it.
    pub first_blank: Option<&'a str>,
    pub made_on: Day,
    /// Why it is made again.
    pub reason: Option<&'a str>,
}

/// Makes the next copy of each; gives the line of the stock that they took.
pub fn make(work: &mut Work<'_, '_>, copies: &Copies<'_>) -> Result<Option<i64>> {
    let count = copies.certificates.len();
    let made_on = super::standing::day(work, Some(copies.made_on))?;
    let first = super::standing::number(copies.first_blank.map(str::to_owned).as_ref());
    let blanks = first.map(|first| serial_run(&first, count)).transpose()?;
    let made = copies.made.map_or_else(|| work.policy().map(|p| p.register.copies), Ok)?;
    let movement = match made {
        Made::Elsewhere => None,
        Made::Stock => Some(used(work, copies, blanks.as_deref())?),
    };
    let (operator, at) = (work.actor.operator()?, work.now);
    for (n, (certificate, _)) in copies.certificates.iter().enumerate() {
        let blank = blanks.as_ref().and_then(|all| all.get(n)).cloned();
        let taken = "WHERE blank = ?1 AND movement IS NOT NULL";
        if let Some(blank) = blank.as_ref().filter(|_| movement.is_some())
            && rows::first::<CertificateCopyRow>(work.tx.db(), taken, [blank])?.is_some()
        {
            return Err(Refusal::new(BLANK_USED).with("blank", blank.as_str()).into());
        }
        let copy = 1 + rows::count::<CertificateCopyRow>(work.tx.db(), "WHERE certificate = ?1", [certificate])?;
        let reason = copies.reason.map(str::to_owned);
        let certificate = *certificate;
        work.tx.insert(&CertificateCopyRow { certificate, copy, made_on, movement, blank, reason, operator, at })?;
    }
    Ok(movement)
}

fn used(work: &mut Work<'_, '_>, copies: &Copies<'_>, blanks: Option<&[String]>) -> Result<i64> {
    let quantity = i64::try_from(copies.certificates.len()).unwrap_or(i64::MAX);
    let serials = match blanks {
        Some([only]) => Some(only.clone()),
        Some([first, .., last]) => Some(format!("{first}—{last}")),
        _ => None,
    };
    let numbers = match copies.certificates {
        [(_, only)] => Some(only.clone()),
        [(_, first), .., (_, last)] => Some(format!("{first}—{last}")),
        [] => None,
    };
    let line = Line {
        item: StockItem::Certificate,
        quantity,
        serials,
        responsible: None,
        counterpart: numbers,
        reason: copies.reason.map(str::to_owned),
        on: Some(copies.made_on),
    };
    let kind = StockMove::Used;
    let row = book(work, &line, Booking { kind, change: effect(kind, quantity)?, witness: None, reverses: None })?;
    Ok(row.id)
}

/// The day on which a certificate was made again (补发), told beside its date of issue; `None` for a first one.
pub fn reissued_on(db: &Connection, certificate: CertificateId) -> Result<Option<Day>> {
    let tail = "WHERE certificate = ?1 AND copy > 1 ORDER BY copy DESC";
    Ok(rows::first::<CertificateCopyRow>(db, tail, [certificate])?.map(|c| c.made_on))
}

//! `subsidy.claim`, `subsidy.earlier`, `subsidy.withdraw`: claims made here, claims from elsewhere that count too.
use super::subsidy::{claims, judged, rule};
use super::{identity, some};
use crate::model::{Code, Day, DocumentKind, Level, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::store::views::duty as view;
use crate::store::{SubsidyClaimRow, rows};
use serde::Serialize;

pub const NO_CERTIFICATE: Code = Code("subsidy.no_certificate");
pub const ALREADY: Code = Code("subsidy.already");
pub const TOO_MUCH: Code = Code("subsidy.too_much");
pub const NO_NAME: Code = Code("subsidy.no_name");
pub const NO_OCCUPATION: Code = Code("subsidy.no_occupation");
pub const IN_FUTURE: Code = Code("subsidy.in_future");
pub const UNKNOWN: Code = Code("subsidy.unknown_claim");
pub const REASON: Code = Code("subsidy.reason_needed");

/// A claim for a certificate of the batch goes out today.
#[derive(Debug, Serialize)]
pub struct Claim {
    /// Its number.
    pub certificate: String,
    /// Fen; `None`: as much as the level has.
    pub amount: Option<i64>,
}

impl Operation for Claim {
    const KIND: &'static str = "subsidy.claim";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = SubsidyClaimRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<SubsidyClaimRow> {
        let (batch, today) = (work.batch()?.id, work.now.day());
        let number = fold::number_like(&self.certificate).to_uppercase();
        let found = view::holders(work.tx.db(), batch, Some(&number))?.into_iter().next();
        let holder = found.ok_or_else(|| Refusal::new(NO_CERTIFICATE).with("number", number.as_str()))?;
        let line = judged(rule(work.policy()?)?, holder, &claims(work.tx.db())?, today);
        if let Some(day) = line.claimed_on {
            return Err(Refusal::new(ALREADY).with("number", number).with("day", day.to_string()).into());
        }
        if let Some(first) = line.against.into_iter().next() {
            return Err(first.into());
        }
        let cap = line.amount.unwrap_or(0);
        let amount = self.amount.unwrap_or(cap);
        if amount <= 0 || amount > cap {
            let most = crate::model::fen::yuan(cap);
            return Err(Refusal::new(TOO_MUCH).with("most", most).into());
        }
        let row = SubsidyClaimRow {
            id: work.tx.next_id::<SubsidyClaimRow>()?,
            batch,
            document: line.document,
            id_number: line.id_number,
            name: line.name,
            occupation: line.occupation,
            level: line.level,
            certificate: Some(line.certificate),
            claimed_on: today,
            amount: Some(amount),
            elsewhere: false,
            operator: work.actor.operator()?,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

/// A claim that somebody made elsewhere: it counts for once-each and for the year.
#[derive(Debug, Serialize)]
pub struct Earlier {
    pub name: String,
    pub document: Option<DocumentKind>,
    pub id_number: String,
    /// Name of the occupation.
    pub occupation: String,
    pub level: Level,
    pub on: Day,
    /// Fen.
    pub amount: Option<i64>,
}

impl Operation for Earlier {
    const KIND: &'static str = "subsidy.earlier";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = SubsidyClaimRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<SubsidyClaimRow> {
        rule(work.policy()?)?;
        let batch = work.batch()?.id;
        let (document, id_number) = identity(self.document, &self.id_number)?;
        let name = some(Some(&self.name)).ok_or_else(|| Refusal::new(NO_NAME))?;
        let occupation = some(Some(&self.occupation)).ok_or_else(|| Refusal::new(NO_OCCUPATION))?;
        if self.on > work.now.day() {
            return Err(Refusal::new(IN_FUTURE).with("day", self.on.to_string()).into());
        }
        let same = "WHERE batch = ?1 AND document = ?2 AND id_number = ?3 AND occupation = ?4 AND level = ?5 AND claimed_on = ?6";
        let there = rows::first::<SubsidyClaimRow>(
            work.tx.db(),
            same,
            (batch, document, &id_number, &occupation, self.level, self.on),
        )?;
        if there.is_some() {
            return Err(Refusal::new(ALREADY).with("number", occupation).with("day", self.on.to_string()).into());
        }
        let row = SubsidyClaimRow {
            id: work.tx.next_id::<SubsidyClaimRow>()?,
            batch,
            document,
            id_number,
            name,
            occupation,
            level: self.level,
            certificate: None,
            claimed_on: self.on,
            amount: self.amount.filter(|amount| *amount > 0),
            elsewhere: true,
            operator: work.actor.operator()?,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

/// A claim that did not go out after all.
#[derive(Debug, Serialize)]
pub struct Withdraw {
    pub certificate: String,
    pub reason: String,
}

impl Operation for Withdraw {
    const KIND: &'static str = "subsidy.withdraw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = SubsidyClaimRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<SubsidyClaimRow> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let number = fold::number_like(&self.certificate).to_uppercase();
        let own = "WHERE batch = ?1 AND certificate = ?2";
        let found = rows::first::<SubsidyClaimRow>(work.tx.db(), own, (work.batch()?.id, &number))?;
        let row = found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?;
        work.tx.delete(&row)?;
        Ok(row)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

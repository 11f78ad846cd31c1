//! Who may claim the subsidy for a certificate, how much, until when, and why not (S4-12). The rules are the notice's data.
use crate::model::{Code, Day, DocumentKind, Level, Refusal};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::subsidy::{Earlier, Held, Subsidy};
use crate::store::rows::{self, Connection};
use crate::store::views::duty::{self as view, Holder};
use crate::store::{CertificateState, SubsidyClaimRow};
use serde::Serialize;
use std::collections::HashMap;

pub const NOT_IN_NOTICE: Code = Code("subsidy.not_in_notice");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Claimable,
    Claimed,
    Refused,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            State::Claimable => "claimable",
            State::Claimed => "claimed",
            State::Refused => "refused",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub certificate: String,
    pub name: String,
    pub document: DocumentKind,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub employer: Option<String>,
    pub occupation: String,
    pub level: Level,
    pub issued_on: Day,
    pub insured_months: Option<i64>,
    /// The last day for a claim.
    pub last_day: Day,
    /// Fen, at most; of a claim that was made, what it was made for.
    pub amount: Option<i64>,
    pub state: State,
    pub claimed_on: Option<Day>,
    /// Everything that stands against a claim.
    pub against: Vec<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    /// The document that grants it.
    pub document: String,
    pub claimable: usize,
    pub claimed: usize,
    pub refused: usize,
    /// Fen: of all that may still be claimed, and of all that was.
    pub open: i64,
    pub paid_for: i64,
    pub lines: Vec<Line>,
}

/// Every holder of a certificate of the batch, by number.
pub fn list(site: &Site) -> Result<List> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let rule = rule(&policy)?;
    let claims = claims(db)?;
    let holders = view::holders(db, batch, None)?;
    let lines: Vec<_> = holders.into_iter().map(|h| judged(rule, h, &claims, site.now().day())).collect();
    let count = |state| lines.iter().filter(|l| l.state == state).count();
    let sum = |state| lines.iter().filter(|l| l.state == state).filter_map(|l| l.amount).sum();
    Ok(List {
        document: rule.document.clone(),
        claimable: count(State::Claimable),
        claimed: count(State::Claimed),
        refused: count(State::Refused),
        open: sum(State::Claimable),
        paid_for: sum(State::Claimed),
        lines,
    })
}

pub(super) fn rule(policy: &Policy) -> Result<&Subsidy, Refusal> {
    let missing = || Refusal::new(NOT_IN_NOTICE).with("policy", policy.notice.code.as_str());
    policy.subsidy.as_ref().ok_or_else(missing)
}

/// Of each person, as documents name them.
pub(super) type Claims = HashMap<(DocumentKind, String), Vec<SubsidyClaimRow>>;

/// Of every batch of the site: once for an occupation and level is once for all.
pub(super) fn claims(db: &Connection) -> Result<Claims> {
    let mut all: Claims = HashMap::new();
    for row in rows::select::<SubsidyClaimRow>(db, "ORDER BY claimed_on, id", [])? {
        all.entry((row.document, row.id_number.clone())).or_default().push(row);
    }
    Ok(all)
}

/// What the list and the claim itself both say of a certificate.
pub(super) fn judged(rule: &Subsidy, holder: Holder, claims: &Claims, today: Day) -> Line {
    let own = claims.get(&(holder.document, holder.id_number.clone())).map(Vec::as_slice).unwrap_or_default();
    let made = own.iter().find(|c| c.certificate.as_deref() == Some(&holder.certificate));
    let earlier: Vec<_> = own.iter().filter(|c| made.is_none_or(|m| m.id != c.id)).map(earlier).collect();
    let held = Held {
        occupation: &holder.occupation_name,
        level: holder.level,
        issued_on: holder.issued_on,
        valid: holder.state == CertificateState::Valid,
        insured_months: holder.insured_months,
    };
    let against = if made.is_some() { Vec::new() } else { rule.against(&held, &earlier, today) };
    let state = match (made, against.is_empty()) {
        (Some(_), _) => State::Claimed,
        (None, true) => State::Claimable,
        (None, false) => State::Refused,
    };
    Line {
        last_day: rule.last_day(holder.issued_on),
        amount: made.and_then(|m| m.amount).or_else(|| rule.cap(holder.level)),
        state,
        claimed_on: made.map(|m| m.claimed_on),
        against,
        certificate: holder.certificate,
        name: holder.name,
        document: holder.document,
        id_number: holder.id_number,
        employer: holder.employer,
        occupation: holder.occupation_name,
        level: holder.level,
        issued_on: holder.issued_on,
        insured_months: holder.insured_months,
    }
}

fn earlier(row: &SubsidyClaimRow) -> Earlier {
    Earlier { occupation: row.occupation.clone(), level: row.level, claimed_on: row.claimed_on }
}

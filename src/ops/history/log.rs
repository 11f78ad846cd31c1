//! The journal newest first, in pages.
use crate::model::{Code, OpNo, Refusal, Role, Stamp, fold};
use crate::ops::exchange::Export;
use crate::ops::upkeep::{Init, common};
use crate::ops::{KINDS, Kind, Operation, Result, Site, certificates, search};
use crate::store::journal::{self, OperationRow, Verification};
use crate::store::views::history::{self as view, Column, Filter};
use serde::Serialize;

/// Operations that a screen reads at once.
pub const PAGE: usize = 200;

pub const NOT_A_NUMBER: Code = Code("history.not_a_number");

/// One operation as lists show it; nothing of what was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logged {
    pub operation: OpNo,
    pub at: Stamp,
    pub kind: String,
    pub operator: String,
    pub roles: String,
    pub station: String,
    pub face: String,
    /// Whom it was about, as far as the journal names somebody.
    pub subject: Option<String>,
    /// Rows that it touched.
    pub rows: i64,
    pub reason: Option<String>,
    /// How many people's identity numbers left the house whole, where something left it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<u64>,
    pub undoes: Option<OpNo>,
    pub undone_by: Option<OpNo>,
    pub digest: String,
}

/// Operations older than `before`, newest first, at most `limit`.
pub fn page(site: &Site, filter: &Filter, before: Option<OpNo>, limit: usize) -> Result<Vec<Logged>> {
    let db = site.store().db();
    let listed = view::page(db, filter, before, limit)?;
    listed
        .into_iter()
        .map(|one| {
            let op = one.operation;
            let told = told(site, &op);
            Ok(Logged {
                subject: if told { view::subject(db, op.id)?.or_else(|| exported(&op)) } else { None },
                rows: view::touched(db, op.id)?,
                operation: op.id,
                at: op.at,
                operator: op.actor_name,
                roles: op.actor_roles,
                station: op.station,
                face: op.face,
                whole: if told { whole(&op.kind, &op.params) } else { None },
                reason: op.reason.filter(|_| told),
                kind: op.kind,
                undoes: op.undoes,
                undone_by: one.undone_by,
                digest: op.digest,
            })
        })
        .collect()
}

/// Operations of a database that a restore set aside which the site does not have, oldest first: what to do again.
pub fn left_behind(site: &Site, aside: &Site, filter: Filter) -> Result<Vec<Logged>> {
    let after = Some(common(site.store().db(), aside.store().db())?);
    let mut all = page(aside, &Filter { after, ..filter }, None, usize::MAX)?;
    all.reverse();
    Ok(all)
}

/// Whether the reader may know what an operation was about: an administrator, of their own kinds only.
pub(super) fn told(site: &Site, op: &OperationRow) -> bool {
    let accounts = |name: &str| name == Init::KIND || name.starts_with("operator.");
    let own = |kind: &Kind| kind.name == op.kind && (kind.roles.contains(&Role::Admin) || accounts(kind.name));
    !site.actor().has(Role::Admin) || KINDS.iter().any(own)
}

impl Logged {
    /// Key of the words for what was done.
    pub fn word(&self) -> String {
        word(&self.kind, self.whole)
    }
}

/// How many whole numbers an export with these values has.
pub(in crate::ops) fn whole(kind: &str, params: &str) -> Option<u64> {
    let params: serde_json::Value = serde_json::from_str(params).ok().filter(|_| kind == Export::KIND)?;
    params.get("whole")?.as_u64()
}

/// Key of the words for a kind of operation; for an export they say whether whole numbers went out.
pub(in crate::ops) fn word(kind: &str, whole: Option<u64>) -> String {
    match whole {
        Some(0) => format!("kind_masked.{kind}"),
        Some(_) => format!("kind_whole.{kind}"),
        None => format!("kind.{kind}"),
    }
}

/// What went out, for operations that touch no row.
fn exported(op: &OperationRow) -> Option<String> {
    let params: serde_json::Value = serde_json::from_str(&op.params).ok().filter(|_| op.kind == Export::KIND)?;
    Some(params.get("what")?.as_str()?.to_owned())
}

/// Narrows `filter` to what somebody typed: `#41` is an operation; anything else a person, by ticket, ID number, name,
/// or a certificate's number.
pub fn filter_for(site: &Site, text: &str, filter: Filter) -> Result<Filter> {
    let folded = fold::number_like(text).to_ascii_uppercase();
    if folded.is_empty() {
        return Ok(filter);
    }
    if let Some(number) = folded.strip_prefix('#') {
        let no = number.parse().map_err(|_| Refusal::new(NOT_A_NUMBER).with("value", number))?;
        return Ok(Filter { op: Some(OpNo(no)), ..filter });
    }
    if crate::model::CertificateNo::parse(&folded).is_ok() {
        let holder = certificates::by_number(site, &folded)?.application;
        return Ok(Filter { people: Some(vec![holder]), ..filter });
    }
    Ok(Filter { people: Some(search::find(site, text)?), ..filter })
}

/// Operators that the journal names.
pub fn operators(site: &Site) -> Result<Vec<String>> {
    Ok(view::recent(site.store().db(), Column::Operator)?)
}

/// Kinds of operations that the journal names.
pub fn kinds(site: &Site) -> Result<Vec<String>> {
    Ok(view::recent(site.store().db(), Column::Kind)?)
}

/// Areas of operations, the first half of their kinds, sorted.
pub fn areas() -> Vec<&'static str> {
    let mut areas: Vec<_> = KINDS.iter().filter_map(|k| k.name.split('.').next()).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// Whether there is such a kind of operation or such an area.
pub fn is_kind(text: &str) -> bool {
    KINDS.iter().any(|k| k.name == text) || areas().contains(&text)
}

/// Walks the whole chain.
pub fn verify(site: &Site) -> Result<Verification> {
    Ok(journal::verify(site.store().db())?)
}

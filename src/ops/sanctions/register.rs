//! The register of sanctions, of every batch.
use crate::model::{ApplicationId, Day, DocumentKind, Stamp};
use crate::ops::{Result, Site};
use crate::policy::sanctions::Act;
use crate::store::{OperatorRow, SanctionRow, rows};
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    pub number: i64,
    pub name: String,
    pub document: DocumentKind,
    /// In full here; masked wherever it is written.
    #[serde(serialize_with = "masked")]
    pub id_number: String,
    pub application: Option<ApplicationId>,
    pub act: String,
    pub effects: Vec<String>,
    pub basis: String,
    pub from: Day,
    /// Last day of the bar.
    pub until: Option<Day>,
    pub reason: String,
    pub evidence: Option<String>,
    pub lifted: bool,
    pub operator: String,
    pub at: Stamp,
}

fn masked<S: Serializer>(number: &str, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&crate::model::identity::mask(number))
}

fn listed(site: &Site, found: Vec<SanctionRow>) -> Result<Vec<Listed>> {
    let names = rows::select::<OperatorRow>(site.store().db(), "ORDER BY id", [])?;
    let line = |s: SanctionRow| Listed {
        number: s.id,
        name: s.name,
        document: s.document,
        id_number: s.id_number,
        application: s.application,
        act: s.act,
        effects: s.effects.split(',').filter(|e| !e.is_empty()).map(str::to_owned).collect(),
        basis: s.basis,
        from: s.from_day,
        until: s.until_day,
        reason: s.reason,
        evidence: s.evidence,
        lifted: s.lifted,
        operator: names.iter().find(|o| o.id == s.operator).map(|o| o.name.clone()).unwrap_or_default(),
        at: s.at,
    };
    Ok(found.into_iter().map(line).collect())
}

/// All of them, oldest first.
pub fn register(site: &Site) -> Result<Vec<Listed>> {
    site.not_for_administrators()?;
    listed(site, rows::select::<SanctionRow>(site.store().db(), "ORDER BY id", [])?)
}

/// One person's, whatever the batch.
pub fn of_person(site: &Site, (document, number): (DocumentKind, &str)) -> Result<Vec<Listed>> {
    site.not_for_administrators()?;
    let tail = "WHERE id_number = ?1 AND document = ?2 ORDER BY id";
    listed(site, rows::select::<SanctionRow>(site.store().db(), tail, (number, document))?)
}

/// Acts that the policy at hand has an answer to.
pub fn acts(site: &Site) -> Result<Vec<Act>> {
    Ok(site.policy()?.sanctions.iter().map(|s| s.act).collect())
}

//! The index of materials (材料目录): what of everything that the notice asks for is there, for each person (S1-44).
use crate::model::{ApplicationId, Refusal};
use crate::ops::{MaterialRow, Result, Site};
use crate::policy::Policy;
use crate::policy::materials::wanted;
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, MaterialState};
use serde::Serialize;

/// One material of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaterialLine {
    /// Words `material.<code>`.
    pub code: String,
    /// Paper copies; 0: as a file only.
    pub copies: i64,
    pub file: Option<String>,
    /// Whether it is there and nobody refused it.
    pub there: bool,
}

pub(super) fn of_person(db: &Connection, policy: &Policy, a: &ApplicationRow) -> Result<Vec<MaterialLine>> {
    let have = rows::select::<MaterialRow>(db, "WHERE application = ?1 ORDER BY id", [a.id])?;
    let mut lines: Vec<MaterialLine> = Vec::new();
    for material in wanted(&policy.materials, Some((a.route, a.level))) {
        let own = have.iter().filter(|row| row.code == material.code);
        let row = own.clone().find(|row| row.state != MaterialState::Refused).or_else(|| own.clone().next());
        lines.push(MaterialLine {
            code: material.code.clone(),
            copies: row.and_then(|row| row.copies).unwrap_or(0),
            file: row.and_then(|row| row.file.clone()),
            there: row.is_some_and(|row| row.state != MaterialState::Refused),
        });
    }
    Ok(lines)
}

/// As a roster keeps it: `code=copies` of what is there.
pub(super) fn written(lines: &[MaterialLine]) -> String {
    let there = lines.iter().filter(|line| line.there);
    there.map(|line| format!("{}={}", line.code, line.copies)).collect::<Vec<_>>().join(",")
}

pub fn materials(site: &Site, application: ApplicationId) -> Result<Vec<MaterialLine>> {
    let db = site.store().db();
    let unknown = || Refusal::new(super::NOT_FOUND).with("roster", application);
    let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [application])?.ok_or_else(unknown)?;
    of_person(db, &*site.policy()?, &person)
}

//! `materials.check`: files handed in become rows of the dossier, with what is wrong with each.
use super::read::FileRead;
use crate::model::{ApplicationId, Code, Refusal, Role, TextLayer};
use crate::ops::applications::UNKNOWN;
use crate::ops::{Operation, Result, Work};
use crate::policy::materials::{Holder, Material, PHOTO, faults, photo_faults};
use crate::policy::{Policy, materials};
use crate::store::{ApplicationRow, ApplicationState, MaterialRow, MaterialState, rows};
use serde::Serialize;

/// S1-72: what was approved stays as it was, the photo above all.
pub const FROZEN: Code = Code("materials.frozen");
pub const NOT_LIVE: Code = Code("materials.not_live");

/// One file as one material of the policy.
#[derive(Debug, Clone, PartialEq)]
pub struct HandedIn {
    pub code: String,
    pub read: FileRead,
}

/// Replaces what was found earlier for these applications and not judged since; what a person judged stays.
#[derive(Debug, Serialize)]
pub struct Check {
    /// Name of the folder or archive.
    pub source: String,
    #[serde(serialize_with = "ids")]
    pub people: Vec<(ApplicationId, Vec<HandedIn>)>,
}

/// The files themselves stand in the rows.
fn ids<S: serde::Serializer>(people: &[(ApplicationId, Vec<HandedIn>)], s: S) -> Result<S::Ok, S::Error> {
    s.collect_seq(people.iter().map(|(id, _)| id))
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    pub people: usize,
    pub files: usize,
    pub faulty: usize,
}

impl Operation for Check {
    const KIND: &'static str = "materials.check";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Checked;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Checked> {
        let mut checked = Checked { people: self.people.len(), ..Checked::default() };
        for (id, files) in &self.people {
            let application = open(work, *id)?;
            let before = rows::select::<MaterialRow>(work.tx.db(), "WHERE application = ?1 ORDER BY id", [*id])?;
            let (judged, unjudged): (Vec<_>, Vec<_>) = before.into_iter().partition(|row| row.state.is_judged());
            let mut new = Vec::new();
            for handed in files {
                let found = row(work.policy()?, &application, handed);
                // The very file that somebody judged already.
                let known =
                    |row: &MaterialRow| row.code == found.code && row.sha256 == found.sha256 && row.file == found.file;
                if !judged.iter().any(known) {
                    checked.files += 1;
                    checked.faulty += usize::from(found.state == MaterialState::Faulty);
                    new.push(found);
                }
            }
            store(work, &unjudged, new)?;
        }
        Ok(checked)
    }
}

/// Looking through the same folder again changes nothing.
fn store(work: &mut Work<'_, '_>, unjudged: &[MaterialRow], new: Vec<MaterialRow>) -> Result<()> {
    let kept = |row: &MaterialRow| new.iter().any(|n| MaterialRow { id: row.id, ..n.clone() } == *row);
    for row in unjudged.iter().filter(|row| !kept(row)) {
        work.tx.delete(row)?;
    }
    for row in &new {
        if !unjudged.iter().any(|old| MaterialRow { id: old.id, ..row.clone() } == *old) {
            let id = work.tx.next_id::<MaterialRow>()?;
            work.tx.insert(&MaterialRow { id, ..row.clone() })?;
        }
    }
    Ok(())
}

/// The application, when its materials may still change.
pub(super) fn open(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let found = live(work, id)?;
    if found.state == ApplicationState::Approved {
        return Err(Refusal::new(FROZEN).with("name", found.name).into());
    }
    Ok(found)
}

pub(super) fn live(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    let found = found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", id))?;
    if !found.state.is_live() {
        let state = format!("application_state.{}", found.state.code());
        return Err(Refusal::new(NOT_LIVE).with("name", found.name).word("state", state).into());
    }
    Ok(found)
}

pub(super) fn holder(application: &ApplicationRow) -> Holder<'_> {
    Holder { name: &application.name, number: &application.id_number }
}

/// The policy's material of this code for this application; the photo may be none of the list.
pub(super) fn material<'p>(policy: &'p Policy, application: &ApplicationRow, code: &str) -> Option<&'p Material> {
    let wanted = materials::wanted(&policy.materials, Some((application.route, application.level)));
    wanted.into_iter().find(|m| m.code == code)
}

/// Everything that is wrong with a file handed in as this material.
pub(super) fn judged(policy: &Policy, material: &Material, holder: Holder<'_>, read: &FileRead) -> Vec<Code> {
    if material.code == PHOTO {
        photo_faults(&policy.photo, holder, &read.file, &read.facts)
    } else {
        faults(material, &read.file, &read.facts)
    }
}

fn row(policy: &Policy, application: &ApplicationRow, handed: &HandedIn) -> MaterialRow {
    let (read, facts) = (&handed.read, &handed.read.facts);
    let found = material(policy, application, &handed.code)
        .map(|m| judged(policy, m, holder(application), read))
        .unwrap_or_default();
    let codes: Vec<&str> = found.iter().map(|code| code.0).collect();
    MaterialRow {
        id: 0,
        application: application.id,
        code: handed.code.clone(),
        file: Some(read.file.clone()),
        bytes: i64::try_from(facts.bytes).ok(),
        sha256: read.sha256.clone(),
        format: Some(facts.kind.code().to_owned()),
        width: facts.pixels.map(|p| i64::from(p.0)),
        height: facts.pixels.map(|p| i64::from(p.1)),
        characters: if let TextLayer::Counted(n) = facts.text { Some(i64::from(n)) } else { None },
        state: if codes.is_empty() { MaterialState::Found } else { MaterialState::Faulty },
        fault: (!codes.is_empty()).then(|| codes.join(",")),
        judged_by: None,
        judged_at: None,
        note: None,
        topics: None,
        copies: None,
    }
}

//! Documents with their people and copies, and how far everybody who passed has come.
use super::copies::{code, keepers};
use super::stops::Ground;
use crate::model::{ApplicationId, BatchId, Code, Day, Refusal, Stamp};
use crate::ops::{Result, Site};
use crate::policy::certificate::ResultDocument;
use crate::store::rows::{self, Connection};
use crate::store::{DocumentCopyRow, QualificationRow, QualificationState, QualifiedRow, QualifiedState};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub const NOT_FOUND: Code = Code("documents.not_found");

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    #[serde(flatten)]
    pub row: QualificationRow,
    /// On it now.
    pub people: usize,
    pub struck: usize,
    pub copies: Vec<CopyLine>,
    /// Whether the list is still the one that was signed; `None` before that.
    pub whole: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyLine {
    /// From 1.
    pub copy: usize,
    /// Words `document_keeper.<code>`.
    pub keeper: &'static str,
    pub handed_on: Option<Day>,
    pub handed_to: Option<String>,
}

/// How far everybody who passed has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Overview {
    /// Whether the notice gives such documents.
    pub given: bool,
    pub passed: usize,
    pub on_document: usize,
    /// May be on the next document.
    pub ready: usize,
    /// Passed, but something stands in the way; the first few with what it is.
    pub waiting: usize,
    pub first: Vec<Refusal>,
}

const FIRST: usize = 5;

pub fn overview(site: &Site) -> Result<Overview> {
    let policy = site.policy()?;
    let ground = Ground::of(site.store().db(), &policy, site.batch()?.id)?;
    let given = policy.certificate.document == ResultDocument::QualificationDocument;
    let mut found = Overview { given, passed: ground.passed.len(), ..Overview::default() };
    for row in &ground.passed {
        match ground.person(row) {
            Ok(()) => found.ready += 1,
            Err(why) if why.is(super::stops::ALREADY) => found.on_document += 1,
            Err(why) => {
                found.waiting += 1;
                found.first.extend(Some(why).filter(|_| found.first.len() < FIRST));
            }
        }
    }
    if let Err(stop) = ground.open() {
        (found.waiting, found.ready) = (found.waiting + found.ready, 0);
        found.first.insert(0, stop);
    }
    Ok(found)
}

pub(super) fn by_id(db: &Connection, batch: BatchId, id: i64) -> Result<QualificationRow> {
    let found = rows::first::<QualificationRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    found.ok_or_else(|| Refusal::new(NOT_FOUND).with("document", id).into())
}

/// All of the batch, the newest first.
pub fn documents(site: &Site) -> Result<Vec<Document>> {
    let all =
        rows::select::<QualificationRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id DESC", [site.batch()?.id])?;
    all.into_iter().map(|row| whole(site, row)).collect()
}

pub fn document(site: &Site, id: i64) -> Result<Document> {
    whole(site, by_id(site.store().db(), site.batch()?.id, id)?)
}

fn whole(site: &Site, row: QualificationRow) -> Result<Document> {
    let lines = people(site, row.id)?;
    let handed = rows::select::<DocumentCopyRow>(site.store().db(), "WHERE qualification = ?1", [row.id])?;
    let copy = |(at, keeper)| {
        let copy = at + 1;
        let row = handed.iter().find(|row| usize::try_from(row.copy) == Ok(copy));
        let (handed_on, handed_to) = (row.map(|r| r.handed_on), row.map(|r| r.handed_to.clone()));
        CopyLine { copy, keeper: code(keeper), handed_on, handed_to }
    };
    let copies = keepers(&*site.policy()?).into_iter().enumerate().map(copy).collect();
    let count = |state| lines.iter().filter(|line| line.state == state).count();
    let (people, struck) = (count(QualifiedState::Listed), count(QualifiedState::Struck));
    let same = |number: &String, kept: &String| {
        // Whoever was struck off later was on the list that was signed. A strike at the very moment of the issue, which a
        // fixed clock gives, may be of either side of it: the digest tells.
        let later = |at| Some(at) > row.issued_at;
        let not_before = |at| Some(at) >= row.issued_at;
        [&later as &dyn Fn(Stamp) -> bool, &not_before].iter().any(|after| {
            let then: Vec<_> = lines.iter().filter(|l| l.struck_at.is_none_or(after)).cloned().collect();
            digest(number, &then) == *kept
        })
    };
    let intact = row.document_no.as_ref().zip(row.digest.as_ref()).map(|(number, kept)| same(number, kept));
    Ok(Document { row, people, struck, copies, whole: intact })
}

/// Everybody of a document, those struck off too, in its order.
pub fn people(site: &Site, id: i64) -> Result<Vec<QualifiedRow>> {
    by_id(site.store().db(), site.batch()?.id, id)?;
    Ok(rows::select(site.store().db(), "WHERE qualification = ?1 ORDER BY position", [id])?)
}

/// The issued document that somebody stands on.
pub fn of_person(site: &Site, application: ApplicationId) -> Result<Option<QualificationRow>> {
    let tail = "WHERE state = ?1 AND id IN (SELECT qualification FROM qualified WHERE application = ?2 AND state = ?3)";
    let with = (QualificationState::Issued, application, QualifiedState::Listed);
    Ok(rows::first(site.store().db(), tail, with)?)
}

/// Over the number and everything that the document says of its people.
pub(super) fn digest(number: &str, lines: &[QualifiedRow]) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    put(number);
    for line in lines {
        let marks = [line.theory, line.practical, line.review].map(|p| p.map(|p| p.to_string()).unwrap_or_default());
        let own = [line.name.as_str(), &line.id_number, &line.occupation_name, line.level.official()];
        own.into_iter().chain(marks.iter().map(String::as_str)).for_each(&mut put);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

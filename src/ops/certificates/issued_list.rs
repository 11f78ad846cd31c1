//! `certificates.import_numbers`: the issuer's list of numbers against who passed here. What fits is stored in one operation,
//! the rest is a list of conflicts; the same list again changes nothing.
use super::issued_match::{Books, Verdict};
use crate::bundle::number_sheet::{self, NumberLayout, NumberLine};
use crate::bundle::row_fault::RowFault;
use crate::bundle::sheet::SheetFault;
use crate::model::{ApplicationId, CertificateId, Code, Day, Refusal, Role, identity};
use crate::ops::{Error, Operation, Result, Site, Undo, Work};
use crate::store::{CertificateRow, CertificateState, NumberSource};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::path::Path;

pub const NO_LAYOUT: Code = Code("number_sheet.no_layout");

/// The layout of the issuer's list.
const LAYOUT: &str = "sheets/certificate-numbers.toml";

/// A list as it was read.
#[derive(Debug, Clone)]
pub struct IssuedList {
    pub name: String,
    pub sha256: String,
    pub lines: Vec<NumberLine>,
    /// Rows that cannot be read.
    pub faults: Vec<RowFault>,
}

/// One row and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub line: u64,
    pub verdict: Verdict,
    pub application: Option<ApplicationId>,
    /// As the list has it.
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub number: String,
    pub issued_on: Day,
    /// What stands in the way.
    #[serde(serialize_with = "code_only")]
    pub because: Option<Refusal>,
}

fn code_only<S: Serializer>(refusal: &Option<Refusal>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match refusal {
        Some(refusal) => s.serialize_str(refusal.code.0),
        None => s.serialize_none(),
    }
}

/// The file as rows; nothing is compared or stored.
pub fn open_issued(site: &Site, path: &Path) -> Result<IssuedList> {
    let text = site.assets().read(LAYOUT).ok_or_else(|| Refusal::new(NO_LAYOUT).with("file", LAYOUT))?;
    let layout = NumberLayout::parse(&text)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let read = number_sheet::read(path, &name, &layout).map_err(|fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(source) => Error::File { path: path.to_owned(), source },
    })?;
    let bytes = std::fs::read(path).map_err(Error::file(path))?;
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    Ok(IssuedList { name, sha256, lines: read.lines, faults: read.faults })
}

/// The rows that fit are stored; asked for a preview, what each row would do.
#[derive(Debug, Serialize)]
pub struct ImportNumbers<'a> {
    #[serde(serialize_with = "named")]
    pub list: &'a IssuedList,
    /// Document by which the issuer sent it; `None`: the file's name stands for it.
    pub document: Option<String>,
}

fn named<S: Serializer>(list: &&IssuedList, s: S) -> std::result::Result<S::Ok, S::Error> {
    (&list.name, &list.sha256).serialize(s)
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imported {
    pub rows: Vec<Row>,
    pub stored: usize,
}

impl Imported {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|row| row.verdict == verdict).count()
    }

    /// Rows that a person has to look at.
    pub fn conflicts(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.verdict.is_conflict())
    }
}

impl Operation for ImportNumbers<'_> {
    const KIND: &'static str = "certificates.import_numbers";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.revoke");
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Imported;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Imported> {
        let batch = work.batch()?.id;
        let named = self.document.as_deref().map(str::trim).filter(|d| !d.is_empty());
        let origin = named.unwrap_or(&self.list.name).to_owned();
        let mut books = Books::new(work)?;
        let (mut rows, mut found) = (Vec::with_capacity(self.list.lines.len()), Vec::new());
        for line in &self.list.lines {
            let place = books.place(work, line)?;
            rows.push(Row {
                line: line.line,
                verdict: place.verdict,
                application: place.application.map(|(id, _)| id),
                name: line.name.clone(),
                id_number: identity::mask(&line.id_number),
                number: line.number.as_str().to_owned(),
                issued_on: line.issued_on,
                because: place.because,
            });
            if let (Verdict::Matched, Some(person)) = (place.verdict, place.application) {
                found.push((line, person));
            }
        }
        let first = work.tx.next_id::<CertificateRow>()?;
        for (id, (line, (application, level))) in (first..).zip(&found) {
            let parts = line.number.parts();
            work.tx.insert(&CertificateRow {
                id: CertificateId(id),
                batch,
                application: *application,
                source: NumberSource::Imported,
                origin: Some(origin.clone()),
                prefix: line.number.prefix().to_owned(),
                year: parts.year.parse().unwrap_or_default(),
                level: *level,
                sign: parts.sign.to_string(),
                serial: i64::from(parts.serial),
                number: line.number.as_str().to_owned(),
                issued_on: line.issued_on,
                state: CertificateState::Valid,
            })?;
        }
        Ok(Imported { rows, stored: found.len() })
    }
}

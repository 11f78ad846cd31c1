//! `certificates.number`: a number for everybody who passed and has none.
use super::giving::Giving;
use super::passed::waiting;
use crate::model::{ApplicationId, Code, Day, Level, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::CertificateRow;
use serde::{Serialize, Serializer};

pub const NOBODY: Code = Code("certificates.nobody_to_number");

/// For everybody who passed and never had a certificate; whoever is held waits. Numbers run on by level without a gap, in
/// the order of occupation, level and ticket.
#[derive(Debug, Clone, Serialize)]
pub struct Number {
    pub issued_on: Day,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbered {
    pub issued_on: Day,
    pub people: usize,
    /// Levels that got numbers, lowest first.
    pub levels: Vec<LevelRun>,
    /// Who has to wait, and for what.
    pub held: Vec<Held>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelRun {
    pub level: Level,
    pub people: usize,
    pub first: String,
    pub last: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    pub application: ApplicationId,
    pub name: String,
    #[serde(serialize_with = "code_only")]
    pub because: Refusal,
}

pub(super) fn code_only<S: Serializer>(refusal: &Refusal, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(refusal.code.0)
}

impl Operation for Number {
    const KIND: &'static str = "certificates.number";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.revoke");
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Numbered;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Numbered> {
        let mut giving = Giving::begin(work, self.issued_on)?;
        let (people, all) = waiting(work)?;
        let (mut rows, mut held) = (Vec::with_capacity(people.len()), Vec::new());
        let mut next = work.tx.next_id::<CertificateRow>()?;
        for person in people {
            if let Some(because) = giving.held(person.application) {
                held.push(Held { application: person.application, name: person.name, because });
                continue;
            }
            rows.push(giving.row(work, next, (person.application, person.level))?);
            next += 1;
        }
        if rows.is_empty() {
            // The first of them tells what is to be done.
            let refusal = held.into_iter().next().map(|h| h.because.with("name", h.name));
            return Err(refusal.unwrap_or_else(|| Refusal::new(NOBODY).with("numbered", all)).into());
        }
        for row in &rows {
            work.tx.insert(row)?;
        }
        Ok(Numbered { issued_on: self.issued_on, people: rows.len(), levels: giving.levels(), held })
    }
}

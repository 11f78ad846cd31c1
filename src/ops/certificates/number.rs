//! `certificates.number`: a number for everybody who passed and has none.
use super::passed::waiting;
use crate::model::{CertificateId, CertificateNo, Code, Day, Level, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::certificate::{self, NumberFacts};
use crate::policy::passing::Outcome;
use crate::store::views::certificates::{highest_serial, last_session};
use crate::store::{CertificateRow, CertificateState, NumberSource};
use chrono::Datelike;
use serde::Serialize;

pub const NOBODY: Code = Code("certificates.nobody_to_number");

/// For everybody who passed and never had a certificate. Numbers run on by level without a gap, in the order of occupation, level and ticket.
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
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelRun {
    pub level: Level,
    pub people: usize,
    pub first: String,
    pub last: String,
}

impl Operation for Number {
    const KIND: &'static str = "certificates.number";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.revoke");
    type Out = Numbered;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Numbered> {
        let batch = work.batch()?.id;
        let prefix = segment(work, self.issued_on)?;
        let (people, all) = waiting(work)?;
        if people.is_empty() {
            return Err(Refusal::new(NOBODY).with("numbered", all).into());
        }
        let mut counters = Counters { prefix: &prefix, year: self.issued_on.year().rem_euclid(100), runs: Vec::new() };
        let first = work.tx.next_id::<CertificateRow>()?;
        let mut rows = Vec::with_capacity(people.len());
        for (id, person) in (first..).zip(&people) {
            let facts = NumberFacts { outcome: Outcome::Passed, number: None, organisation: &prefix };
            certificate::may_number(&work.policy()?.certificate, &facts)?;
            let (serial, number) = counters.next(work, person.level)?;
            rows.push(CertificateRow {
                id: CertificateId(id),
                batch,
                application: person.application,
                source: NumberSource::Own,
                origin: None,
                prefix: prefix.clone(),
                year: i64::from(counters.year),
                level: person.level,
                sign: person.level.digit().to_string(),
                serial,
                number,
                issued_on: self.issued_on,
                state: CertificateState::Valid,
            });
        }
        let levels = counters.runs.into_iter().map(|(run, _)| run).collect();
        for row in &rows {
            work.tx.insert(row)?;
        }
        Ok(Numbered { issued_on: self.issued_on, people: rows.len(), levels })
    }
}

/// Places 1 to 13 of this site's numbers; refuses a date that cannot be the day of issue.
pub(super) fn segment(work: &Work<'_, '_>, issued_on: Day) -> Result<String> {
    let exam = last_session(work.tx.db(), work.batch()?.id)?.map(|s| s.day());
    certificate::issue_date(issued_on, work.now.day(), exam)?;
    let prefix = work.site.organisation.clone().unwrap_or_default();
    certificate::organisation(&work.policy()?.certificate, &prefix)?;
    Ok(prefix)
}

/// The next serial of each level.
pub(super) struct Counters<'a> {
    pub prefix: &'a str,
    /// Last two digits.
    pub year: i32,
    pub runs: Vec<(LevelRun, i64)>,
}

impl Counters<'_> {
    pub fn next(&mut self, work: &Work<'_, '_>, level: Level) -> Result<(i64, String)> {
        let known = self.runs.iter().position(|(run, _)| run.level == level);
        let highest = match known.and_then(|at| self.runs.get(at)) {
            Some((_, highest)) => *highest,
            None => highest_serial(work.tx.db(), self.prefix, i64::from(self.year), level)?,
        };
        let serial = certificate::next_serial(highest).map_err(|r| r.word("level", level.key()))?;
        let (year, place) = (u8::try_from(self.year).unwrap_or(0), u32::try_from(serial).unwrap_or(0));
        let number = CertificateNo::compose(self.prefix, year, level, place)?.as_str().to_owned();
        match known.and_then(|at| self.runs.get_mut(at)) {
            Some((run, highest)) => {
                (run.people, *highest) = (run.people + 1, serial);
                run.last.clone_from(&number);
            }
            None => {
                let run = LevelRun { level, people: 1, first: number.clone(), last: number.clone() };
                self.runs.push((run, serial));
                self.runs.sort_by_key(|(run, _)| std::cmp::Reverse(run.level));
            }
        }
        Ok((serial, number))
    }
}

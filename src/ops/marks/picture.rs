//! Everything that follows from a mark, read from the site: as it is, and with another mark in its place.
use super::difference::{Control, Difference, Picture, difference};
use crate::model::{ApplicationId, BatchId, Level, Mark, Refusal, Subject};
use crate::ops::results::{Outcome, WhatIf};
use crate::ops::{Result, results};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};
use crate::store::views::locks::{self, Sent, Sitting, Sum};
use crate::store::{CertificateRow, CertificateState};
use serde::Serialize;

/// Lists that carry marks or what follows from them.
const SENT: &[&str] = &["results", "scores", "certificates", "faces", "documents", "upload"];

/// A change as it is shown before anything is saved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    #[serde(skip)]
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub occupation_name: String,
    pub level: Level,
    pub subject: Subject,
    /// Where the part was sat.
    pub session: String,
    pub difference: Difference,
    /// The outcome, changed or not.
    pub outcome: Outcome,
    /// A certificate that was revoked: a new number is the register's affair, not the list's.
    pub revoked: Option<String>,
    /// Lists that have left the house with the old mark.
    pub sent: Vec<Sent>,
}

/// Where marks are read, inside a transaction or outside of it.
pub(super) struct Ground<'a> {
    pub db: &'a Connection,
    pub policy: &'a Policy,
    pub batch: BatchId,
}

impl Ground<'_> {
    pub fn certificate(&self, application: ApplicationId, state: CertificateState) -> Result<Option<String>> {
        let tail = "WHERE application = ?1 AND state = ?2 ORDER BY id DESC";
        Ok(rows::first::<CertificateRow>(self.db, tail, (application, state))?.map(|c| c.number))
    }

    /// With `after` in place of the mark that stands.
    pub fn preview(&self, sitting: &Sitting, of: (ApplicationId, Subject), after: Mark) -> Result<Preview> {
        let (application, subject) = of;
        let what_if = WhatIf::of(self.db, self.policy, (self.batch, application))?
            .ok_or_else(|| Refusal::new(results::UNKNOWN).with("id", application))?;
        let ever = rows::count::<CertificateRow>(self.db, "WHERE application = ?1", [application])? > 0;
        let given = what_if.given(subject);
        let control = self.control(sitting, given, after)?;
        let (before, turned) = (what_if.with(subject, given), what_if.with(subject, Some(after)));
        let picture = |given, follows: &results::Follows, control| Picture {
            given,
            counts: follows.counts,
            outcome: follows.outcome,
            board: follows.board,
            to_number: follows.outcome == Outcome::Passed && !ever,
            control,
        };
        let (old, new) = control.unzip();
        let person = what_if.person;
        Ok(Preview {
            difference: difference(&picture(given, &before, old), &picture(Some(after), &turned, new)),
            outcome: turned.outcome,
            revoked: self.certificate(application, CertificateState::Revoked)?,
            sent: locks::sent(self.db, self.batch, SENT)?,
            application,
            name: person.name,
            ticket: person.ticket,
            occupation_name: person.occupation_name,
            level: person.level,
            subject,
            session: sitting.session_code.clone(),
        })
    }

    fn control(&self, sitting: &Sitting, given: Option<Mark>, after: Mark) -> Result<Option<(Control, Control)>> {
        let room = locks::sums(self.db, sitting.session)?.into_iter().find(|r| r.room == sitting.room);
        let points = |mark: Option<Mark>| mark.and_then(Mark::points).map(|p| i64::from(p.hundredths()));
        Ok(room.map(|room| {
            let (old, new) = (points(given), points(Some(after)));
            let papers = room.marks.papers + i64::from(new.is_some()) - i64::from(old.is_some());
            let total = room.marks.total + new.unwrap_or(0) - old.unwrap_or(0);
            let control = |marks| Control { marks, cover: room.cover };
            (control(room.marks), control(Sum { papers, total }))
        }))
    }
}

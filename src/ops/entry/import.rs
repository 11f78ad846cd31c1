//! `entry.import`: a filled score sheet of one session as one entry of whoever brings it, first or second, never both.
//!
//! All of it or nothing. What the other entries say has no part in the preview: only the operator's own are compared.
use super::paper::Reader;
use super::save::{Save, TYPISTS, enter};
use crate::bundle::row_fault::{Bad, Form, Report, RowFault};
use crate::bundle::score_sheet::{self, Place, Raw, ScoreLayout, ScoreLine, ScoreSheet};
use crate::bundle::sheet::SheetFault;
use crate::model::entry::Turn;
use crate::model::{ApplicationId, Code, Mark, Refusal, Role, SessionId};
use crate::ops::{Error, Operation, Result, Site, Work};
use crate::store::views::entry_bag;
use crate::store::{
    ApplicationRow, EntryRow, EntrySource, EntryState, MarkKind, ScriptRow, SessionRow, TicketRow, rows,
};
use serde::{Serialize, Serializer};
use std::path::Path;

const LAYOUT: &str = "scores-roster";
pub const NO_LAYOUT: Code = Code("entry.no_score_layout");
/// Nobody with this number sits the session.
pub const UNMATCHED: Code = Code("score_unmatched");
pub const NAME_DIFFERS: Code = Code("score_name_differs");
/// Under script numbers a ticket would say whose it is.
pub const BY_SCRIPT: Code = Code("score_by_script");
/// The operator's own entry says something else; a sheet is no way to change it.
pub const OWN_OTHER: Code = Code("score_own_other");

#[derive(Debug, Serialize)]
pub struct ImportScores {
    /// Name of the file.
    pub file: String,
    pub session: SessionId,
    /// The sheet is meant although marks of it want a second look.
    pub accept: Accept,
    #[serde(serialize_with = "count")]
    pub lines: Vec<ScoreLine>,
    #[serde(skip)]
    pub faults: Vec<RowFault>,
    /// What the file was read as.
    #[serde(skip)]
    pub form: Form,
    #[serde(skip)]
    pub raw: Raw,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Accept {
    Nothing,
    Warnings,
}

/// The rows themselves are in the journal already.
fn count<S: Serializer>(lines: &[ScoreLine], s: S) -> Result<S::Ok, S::Error> {
    lines.len().serialize(s)
}

/// What became of the rows: `read` is `added + unchanged + refused`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ScoresRead {
    pub read: usize,
    pub added: usize,
    pub unchanged: usize,
    pub refused: usize,
    /// Of the refused: nobody with this number, and another name than the number's.
    pub unmatched: usize,
    pub other_names: usize,
    /// Of the added.
    pub first: usize,
    pub second: usize,
    /// A third marker's.
    pub third: usize,
    /// In the place of what was sent back.
    pub corrected: usize,
}

impl ScoresRead {
    fn add(&mut self, turn: Turn) {
        self.added += 1;
        *match turn {
            Turn::First => &mut self.first,
            Turn::Second => &mut self.second,
            Turn::Third => &mut self.third,
            Turn::Correction => &mut self.corrected,
        } += 1;
    }

    /// Of a sheet of which nothing was kept.
    pub fn of(report: &Report) -> ScoresRead {
        let whole = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let with = |code: Code| report.faults.iter().filter(|fault| fault.code == code).count();
        ScoresRead {
            read: whole(report.counts.read),
            added: whole(report.counts.added),
            unchanged: whole(report.counts.unchanged),
            refused: whole(report.counts.refused),
            unmatched: with(UNMATCHED),
            other_names: with(NAME_DIFFERS),
            ..ScoresRead::default()
        }
    }
}

/// Reads a sheet for the subject of its session; what cannot be read is kept for [`ImportScores`] to refuse.
pub fn read_scores(site: &Site, path: &Path, session: &SessionRow) -> Result<ImportScores> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let text = site.assets().read(&format!("sheets/{LAYOUT}.toml"));
    let layout = ScoreLayout::parse(&text.ok_or_else(|| Refusal::new(NO_LAYOUT))?)?;
    let sheet = score_sheet::read(path, &name, &layout, session.subject).map_err(|fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(error) => Error::file(path)(error),
    })?;
    let ScoreSheet { lines, faults, form, raw } = sheet;
    Ok(ImportScores { file: name, session: session.id, accept: Accept::Nothing, lines, faults, form, raw })
}

impl Operation for ImportScores {
    const KIND: &'static str = "entry.import";
    const ROLES: &'static [Role] = TYPISTS;
    type Out = ScoresRead;

    /// With any fault all of them come back as [`Error::Rejected`], and nothing of the sheet is kept.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ScoresRead> {
        let (mut done, mut faults) = (ScoresRead::default(), self.faults.clone());
        for line in &self.lines {
            match self.line(work, line)? {
                Ok(Fate::Added(turn)) => done.add(turn),
                Ok(Fate::Unchanged) => done.unchanged += 1,
                Err(fault) => faults.push(fault),
            }
        }
        done.read = self.lines.len() + self.faults.len();
        if faults.is_empty() {
            return Ok(done);
        }
        faults.sort_by_key(|fault| fault.line);
        let mut report = Report::new(LAYOUT, self.form);
        report.counts.read = done.read as u64;
        report.counts.added = done.added as u64;
        report.counts.unchanged = done.unchanged as u64;
        report.counts.refused = faults.len() as u64;
        faults.into_iter().for_each(|fault| report.push(fault));
        Err(Error::Rejected(Box::new(report)))
    }
}

enum Fate {
    Added(Turn),
    Unchanged,
}

type Judged = std::result::Result<Fate, RowFault>;

impl ImportScores {
    /// A fault of the business is the row's; any other ends the import.
    fn line(&self, work: &mut Work<'_, '_>, line: &ScoreLine) -> Result<Judged> {
        let fault = |place, bad| Ok(Err(line.fault(&self.file, place, bad)));
        let session = session_of(work, self.session)?;
        let Some(person) = whose(work, &session, line)? else {
            return fault(Place::Key, Bad::new(UNMATCHED).with("session", session.code.as_str()));
        };
        let sealed = entry_bag::label_of(work.tx.db(), person.id, session.subject)?.is_some();
        if sealed && line.script.is_none() {
            return fault(Place::Key, Bad::new(BY_SCRIPT));
        }
        // Under a script number a name would be an answer.
        if let Some(name) = line.name.as_ref().filter(|name| !sealed && **name != person.name) {
            let bad = Bad::new(NAME_DIFFERS).with("found", name.as_str()).with("known", person.name.as_str());
            return fault(Place::Name, bad);
        }
        match own(work, (person.id, &session), line.mark)? {
            Own::Same => return Ok(Ok(Fate::Unchanged)),
            Own::Other => return fault(Place::Mark, Bad::new(OWN_OTHER)),
            Own::None => {}
        }
        let mut save = Save { remark: line.remark.clone(), ..Save::new(person.id, session.subject, line.mark) };
        if self.accept == Accept::Warnings {
            let verdict = Reader::Tx(work.tx).verdict(work.policy()?, (person.id, session.subject), line.mark)?;
            save.accepted = verdict.warnings.iter().map(|w| w.code).collect();
        }
        match enter(work, &save, EntrySource::Sheet) {
            Ok(saved) => Ok(Ok(Fate::Added(saved.turn))),
            Err(Error::Refused(refusal)) => fault(Place::Mark, refusal.into()),
            Err(other) => Err(other),
        }
    }
}

fn session_of(work: &Work<'_, '_>, session: SessionId) -> Result<SessionRow> {
    let tail = "WHERE id = ?1 AND batch = ?2";
    let found = rows::first::<SessionRow>(work.tx.db(), tail, (session, work.batch()?.id))?;
    Ok(found.ok_or_else(|| Refusal::new(crate::ops::checkin::UNKNOWN_SESSION).with("session", session.0))?)
}

/// The one who sits the session under this number.
fn whose(work: &Work<'_, '_>, session: &SessionRow, line: &ScoreLine) -> Result<Option<ApplicationRow>> {
    let db = work.tx.db();
    let application = if let Some(number) = &line.script {
        let tail = "WHERE batch = ?1 AND number = ?2 AND script_bag IN (SELECT id FROM script_bag WHERE session = ?3)";
        let found = rows::first::<ScriptRow>(db, tail, (session.batch, number, session.id))?;
        found.map(|script| script.application)
    } else {
        let tail = "WHERE batch = ?1 AND number = ?2 AND application IN (SELECT application FROM placement WHERE session = ?3)";
        let found = rows::first::<TicketRow>(db, tail, (session.batch, line.ticket.as_deref(), session.id))?;
        found.map(|ticket| ticket.application)
    };
    let Some(application) = application else { return Ok(None) };
    Ok(rows::first::<ApplicationRow>(db, "WHERE id = ?1", [application])?)
}

enum Own {
    None,
    Same,
    Other,
}

/// What the operator's own live entry says; one that came back is to be corrected, so it counts as none.
fn own(work: &Work<'_, '_>, (application, session): (ApplicationId, &SessionRow), mark: Mark) -> Result<Own> {
    let tail = "WHERE application = ?1 AND subject = ?2 AND operator = ?3 AND state <> 'discarded'";
    let key = (application, session.subject, work.actor.operator()?);
    let found = rows::first::<EntryRow>(work.tx.db(), tail, key)?;
    Ok(match found.filter(|row| row.state != EntryState::Returned) {
        None => Own::None,
        Some(row) if (row.mark, row.points) == (MarkKind::of(mark), mark.points()) => Own::Same,
        Some(_) => Own::Other,
    })
}

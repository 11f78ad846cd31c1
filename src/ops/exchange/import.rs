//! `exchange.import`: the good rows of a sheet become applications, all or nothing.
use super::intake::{Against, Fate, Refusals, Source, intake, layouts, read};
use super::limits::Limits;
use super::scope::Scope;
use crate::bundle::application::{ApplicationRow as SheetRow, Found};
use crate::bundle::row_fault::Report;
use crate::config::Assets;
use crate::model::{ApplicationId, Role};
use crate::ops::{Error, Operation, Result, Work};
use crate::store::views::intake::Known;
use crate::store::{ApplicationRow, EvidenceRow, Tx};
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One refused row keeps the whole file out.
    Strict,
    KeepGood,
}

/// Reads the file once, checking and storing row by row; a refused row in strict mode takes everything back.
#[derive(Serialize)]
pub struct Import<'a> {
    #[serde(serialize_with = "name_only")]
    pub source: &'a Source,
    pub mode: Mode,
    #[serde(skip)]
    pub assets: &'a Assets,
    /// Where refused rows are written, whether the rest is stored or not.
    #[serde(skip)]
    pub refusals: Option<&'a Refusals<'a>>,
}

fn name_only<S: Serializer>(source: &&Source, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&source.name)
}

impl Operation for Import<'_> {
    const KIND: &'static str = "exchange.import";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Report;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Report> {
        let batch = work.batch()?.id;
        let names = self.assets.names("layouts", ".toml");
        let layouts = layouts(&|n| self.assets.read(n), &names, self.source.layout.as_deref())?;
        let db = work.tx.db();
        let policy = work.policy()?.clone();
        let here = (work.site.organisation.as_deref(), work.now.day());
        let limits = Limits::load(db, batch, (&policy, work.codes), here)?;
        let to = Against { batch, known: Known::new(db, batch)?, limits, refusals: self.refusals };
        let scope = Scope::of(&policy, work.codes, work.now.day());
        let judge = |row: &SheetRow<'_>, found: &mut Vec<Found>| scope.judge(row, found);
        let intake = intake(self.source, &layouts, work.codes, &judge);
        let mut run = work.tx.run::<ApplicationRow>(work.tx.next_id::<ApplicationRow>()?)?;
        let tx: &mut Tx<'_> = work.tx;
        let mut evidence = Vec::new();
        let report = read(self.source, &intake, &to, &mut |fate, beside| {
            let id = match fate {
                Fate::New(mut row) => {
                    row.id = ApplicationId(run.next_id());
                    run.push(tx, &row)?;
                    row.id
                }
                Fate::Changed(change) => {
                    tx.update(&change.before, &change.after)?;
                    change.after.id
                }
                Fate::Unchanged(id) => id,
            };
            evidence.extend(beside.map(|evidence| (id, evidence)));
            Ok(())
        })?;
        run.finish(tx)?;
        let first = tx.next_id::<EvidenceRow>()?;
        let rows = (first..).zip(&evidence).map(|(id, (application, e))| EvidenceRow::of(id, *application, e));
        tx.insert_run(first, rows)?;
        if self.mode == Mode::Strict && report.counts.refused > 0 {
            return Err(Error::Rejected(Box::new(report)));
        }
        Ok(report)
    }
}

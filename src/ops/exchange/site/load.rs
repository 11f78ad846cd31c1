//! `exchange.import_bundle`: a bundle becomes the site of an empty home, all or nothing.
use super::plan::{Nobody, Plan};
use super::{Account, Folder, fault, taking};
use crate::bundle::decode::Encoding;
use crate::bundle::row_fault::{Bad, Report};
use crate::bundle::site::fault as codes;
use crate::bundle::site::read::{Next, TableReader, fault as row_fault};
use crate::bundle::site::{ALTERED, BatchPart, POLICY, SitePart, TABLES, Table};
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::upkeep::UNKNOWN_OPERATOR;
use crate::ops::{Error, Operation, Result, Undo, Work};
use crate::policy;
use crate::store::load::Load;
use crate::store::{BatchRow, BatchState, OperatorRow, PolicyRow, SiteRow, StoreFault, rows};
use serde::{Serialize, Serializer};
use std::path::Path;

pub const NO_DUTY: Code = Code("bundle.claim_needs_duty");

/// Whoever brings the bundle in works on as one of its operators: the account is bound to that one.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// `None`: the one with the account's name, else the only administrator, else nobody.
    pub operator: Option<String>,
    pub os_user: String,
}

/// Operators come in as they are, without PIN and account; nobody is added, so that the site stays the same site.
#[derive(Serialize)]
pub struct ImportBundle<'a> {
    #[serde(serialize_with = "name_only")]
    pub folder: &'a Folder,
    pub claim: Option<Claim>,
}

/// The journal keeps what names the bundle, not its content.
pub(super) fn name_only<S: Serializer>(folder: &&Folder, s: S) -> Result<S::Ok, S::Error> {
    let text = folder.manifest.text();
    (&folder.manifest.site.code, &folder.manifest.batch.code, crate::bundle::site::manifest::digest(text.as_bytes()))
        .serialize(s)
}

impl Operation for ImportBundle<'_> {
    const KIND: &'static str = "exchange.import_bundle";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Account;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Account> {
        if rows::count::<SiteRow>(work.tx.db(), "", [])? > 0 {
            return Err(Refusal::new(crate::ops::upkeep::ALREADY).into());
        }
        let taking = taking::check(work, self.folder)?;
        let batch = self.found(work)?;
        let mut report = Report::new("bundle", Encoding::Utf8);
        for table in TABLES {
            self.fill(work, batch, table, &mut report)?;
        }
        if report.counts.refused > 0 {
            report.counts.added = report.counts.good();
            return Err(Error::Rejected(Box::new(report)));
        }
        taking.remember(work, self.folder)?;
        let operator = self.claim.as_ref().map(|claim| bind(work, claim)).transpose()?.flatten();
        let rows = self.folder.manifest.rows();
        Ok(Account { read: rows, added: rows, operator, ..Account::default() })
    }
}

impl ImportBundle<'_> {
    /// The rows that the manifest itself tells: site, policy, batch.
    fn found(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        let manifest = &self.folder.manifest;
        let SitePart { code, name, region, organisation } = manifest.site.clone();
        if let Some(code) = organisation.as_deref().filter(|c| !crate::model::certificate_no::is_prefix(c)) {
            return Err(Refusal::new(crate::ops::upkeep::ORGANISATION).with("value", code).into());
        }
        let adopted = policy::file::from_text(&self.folder.policy).map_err(|f| Error::Policy(vec![f]))?;
        let notice = &adopted.policy.notice;
        if notice.code != manifest.policy.code || notice.title != manifest.policy.title {
            return Err(Refusal::new(ALTERED).with("file", POLICY).into());
        }
        let BatchPart { code: batch_code, name: batch_name, state } = manifest.batch.clone();
        let altered = || Refusal::new(ALTERED).with("file", crate::bundle::site::MANIFEST);
        let state = BatchState::parse(&state).ok_or_else(altered)?;
        let digest = manifest.policy.sha256.clone();
        work.tx.insert(&SiteRow { id: 1, code, name, region, organisation })?;
        work.begin_lineage()?;
        work.tx.insert(&PolicyRow {
            digest: digest.clone(),
            code: notice.code.clone(),
            title: notice.title.clone(),
            text: self.folder.policy.clone(),
        })?;
        let id = BatchId(work.tx.next_id::<BatchRow>()?);
        work.tx.insert(&BatchRow { id, code: batch_code, name: batch_name, policy: digest, state })?;
        Ok(id)
    }

    /// Reads a table to its end; rows are stored as long as nothing is wrong, so that one fault brings no others.
    fn fill(&self, work: &mut Work<'_, '_>, batch: BatchId, table: &'static Table, report: &mut Report) -> Result<()> {
        let path = Path::new(table.name);
        let plan = Plan::of(table).ok_or_else(|| StoreFault::Other(table.name.to_owned()))?;
        // Without a site there is no row in any table.
        let mut load = Load::begin(work.tx, table.record, 1)?;
        let mut into = Into { batch, table, plan: &plan, report };
        self.folder.table(table, |reader| into.rows(work, &mut load, reader)).map_err(|f| fault(path, f))??;
        load.finish(work.tx)?;
        Ok(())
    }
}

/// Where the rows of one table go.
struct Into<'a> {
    batch: BatchId,
    table: &'static Table,
    plan: &'a Plan,
    report: &'a mut Report,
}

impl Into<'_> {
    fn rows(&mut self, work: &mut Work<'_, '_>, load: &mut Load, reader: &mut TableReader<'_>) -> Result<()> {
        let (path, report) = (Path::new(self.table.name), &mut *self.report);
        loop {
            let row = match reader.advance().map_err(|f| fault(path, f))? {
                Next::End => return Ok(()),
                Next::Row(row) => row,
                Next::Bad(faults) => {
                    report.counts.read += 1;
                    report.counts.refused += 1;
                    faults.into_iter().for_each(|f| report.push(f));
                    continue;
                }
            };
            report.counts.read += 1;
            if report.counts.refused > 0 {
                continue;
            }
            let place = (self.batch, load.next_id());
            let bad = match self.plan.row(work.tx.db(), place, &row.cells, self.table)? {
                Err(Nobody(heading)) => Some((heading, Bad::new(codes::NAMES_NOBODY))),
                Ok(values) => match load.push(work.tx, &values) {
                    Ok(()) => None,
                    Err(StoreFault::Constraint(why)) => Some(("", Bad::new(codes::NOT_TAKEN).with("expected", why))),
                    Err(other) => return Err(other.into()),
                },
            };
            if let Some((heading, bad)) = bad {
                report.counts.refused += 1;
                report.push(row_fault(self.table, row.line, heading, "", bad));
            }
        }
    }
}

/// Gives an operator of the bundle the account; answers who it is.
fn bind(work: &mut Work<'_, '_>, claim: &Claim) -> Result<Option<String>> {
    let all = rows::select::<OperatorRow>(work.tx.db(), "WHERE disabled = 0 ORDER BY name", [])?;
    let may = |row: &&OperatorRow| row.role_list().iter().any(|r| matches!(r, Role::Admin | Role::Coordinator));
    let before = match &claim.operator {
        Some(name) => {
            let row = all.iter().find(|row| row.name == *name);
            let row = row.ok_or_else(|| Refusal::new(UNKNOWN_OPERATOR).with("name", name.as_str()))?;
            Some(Some(row).filter(may).ok_or_else(|| Refusal::new(NO_DUTY).with("name", name.as_str()))?)
        }
        None => {
            let own = |row: &&OperatorRow| row.unit.is_none() && row.role_list().contains(&Role::Coordinator);
            let mut chiefs = all.iter().filter(own);
            let only = chiefs.next().filter(|_| chiefs.next().is_none());
            all.iter().filter(may).find(|row| row.name == claim.os_user).or(only)
        }
    };
    let Some(before) = before else { return Ok(None) };
    work.tx.update(before, &OperatorRow { os_user: Some(claim.os_user.clone()), ..before.clone() })?;
    Ok(Some(before.name.clone()))
}

//! The blocks of marks on the form (S2-38, S2-39): `documents.certify` says what stands there and who signed it;
//! `documents.uncertify` takes that back.
use super::prepare::{given, points};
use crate::model::{ApplicationId, BatchId, Code, Points, Refusal, Role};
use crate::ops::results::{self, ResultRow};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::Policy;
use crate::policy::documents::Block;
use crate::policy::signatures::{Signed, Void};
use crate::store::rows::{self, Connection};
use crate::store::{ScoreBlock, ScoreBlockRow};
use serde::Serialize;
use std::collections::HashMap;

pub const NOT_IN_FORM: Code = Code("documents.no_such_block");
pub const NO_MARK: Code = Code("documents.no_mark");
pub const CERTIFIED: Code = Code("documents.certified_already");
pub const NOT_CERTIFIED: Code = Code("documents.not_certified");
pub const ORGANISATION: Code = Code("documents.organisation_needed");
pub const NOBODY_WAITS: Code = Code("documents.nobody_to_certify");

pub fn key(block: Block) -> &'static str {
    match block {
        Block::Theory => "score_block.theory",
        Block::Practical => "score_block.practical",
    }
}

fn stored(block: Block) -> ScoreBlock {
    match block {
        Block::Theory => ScoreBlock::Theory,
        Block::Practical => ScoreBlock::Practical,
    }
}

/// What a block of one person's form counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockState {
    Blank,
    Unsigned,
    Illegible,
    Unstamped,
    /// Another mark stands there than counts now.
    Stale,
    Good,
}

impl BlockState {
    pub fn key(self) -> &'static str {
        match self {
            BlockState::Blank => "box_state.blank",
            BlockState::Unsigned => Void::Unsigned.key(),
            BlockState::Illegible => Void::Illegible.key(),
            BlockState::Unstamped => Void::Unstamped.key(),
            BlockState::Stale => "box_state.stale",
            BlockState::Good => "box_state.good",
        }
    }
}

/// The marks of a block as they count now.
fn marks(row: &ResultRow, block: Block) -> (Option<Points>, Option<Points>) {
    match block {
        Block::Theory => (points(row.theory), None),
        Block::Practical => (points(row.practical), points(row.review)),
    }
}

fn signed(row: &ScoreBlockRow) -> Signed {
    let (handled_by, responsible) = (row.handled_by.clone(), row.responsible.clone());
    Signed { handled_by, responsible, legible: row.legible, stamped: row.stamped, dated: Some(row.dated) }
}

pub(super) fn state(policy: &Policy, block: Block, now: &ResultRow, own: &[ScoreBlockRow]) -> BlockState {
    let Some(row) = own.iter().find(|row| row.block == stored(block)) else { return BlockState::Blank };
    match signed(row).void(policy.documents.signers) {
        Some(Void::Unsigned) => BlockState::Unsigned,
        Some(Void::Illegible) => BlockState::Illegible,
        Some(Void::Unstamped) => BlockState::Unstamped,
        None if (Some(row.points), row.review) != marks(now, block) => BlockState::Stale,
        None => BlockState::Good,
    }
}

pub(super) fn of_batch(db: &Connection, batch: BatchId) -> Result<HashMap<ApplicationId, Vec<ScoreBlockRow>>> {
    let tail = "WHERE application IN (SELECT id FROM application WHERE batch = ?1) ORDER BY id";
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows::select::<ScoreBlockRow>(db, tail, [batch])? {
        found.entry(row.application).or_default().push(row);
    }
    Ok(found)
}

/// What stands in a block of these people's forms; the marks are those that count now.
#[derive(Debug, Clone, Serialize)]
pub struct CertifyMarks {
    pub block: Block,
    /// Empty: everybody who passed and whose block does not count yet.
    pub who: Vec<ApplicationId>,
    /// 社评机构名称: needed for the practical part.
    pub organisation: Option<String>,
    /// 备案号
    pub filing_no: Option<String>,
    pub signed: Signed,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certified {
    pub people: usize,
    /// Recorded, but void as it stands.
    pub void: Option<Void>,
}

impl Operation for CertifyMarks {
    const KIND: &'static str = "documents.certify";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Certified;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Certified> {
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        given(&policy)?;
        if !policy.documents.blocks.contains(&self.block) {
            return Err(Refusal::new(NOT_IN_FORM).word("block", key(self.block)).into());
        }
        let model = self.model(work)?;
        let passed = results::passed_in(work.tx.db(), &policy, batch)?;
        let all = of_batch(work.tx.db(), batch)?;
        let own = |id| all.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut people = Vec::new();
        for row in &passed {
            let good = state(&policy, self.block, row, own(row.application)) == BlockState::Good;
            match (self.who.is_empty(), self.who.contains(&row.application)) {
                (true, _) if !good => people.push(row),
                (false, true) if good => {
                    return Err(Refusal::new(CERTIFIED).with("name", row.name.as_str()).into());
                }
                (false, true) => people.push(row),
                _ => {}
            }
        }
        if people.len() < self.who.len() {
            return Err(Refusal::new(NO_MARK).word("block", key(self.block)).into());
        }
        if people.is_empty() {
            return Err(Refusal::new(NOBODY_WAITS).word("block", key(self.block)).into());
        }
        for row in &people {
            let (mark, review) = marks(row, self.block);
            let none = || Refusal::new(NO_MARK).word("block", key(self.block));
            let points = mark.ok_or_else(none)?;
            let after = ScoreBlockRow { application: row.application, points, review, ..model.clone() };
            match own(row.application).iter().find(|old| old.block == after.block) {
                Some(old) => work.tx.update(old, &ScoreBlockRow { id: old.id, ..after })?,
                None => {
                    let id = work.tx.next_id::<ScoreBlockRow>()?;
                    work.tx.insert(&ScoreBlockRow { id, ..after })?;
                }
            }
        }
        Ok(Certified { people: people.len(), void: self.signed.void(policy.documents.signers) })
    }
}

impl CertifyMarks {
    /// The row for everybody alike.
    fn model(&self, work: &Work<'_, '_>) -> Result<ScoreBlockRow> {
        let own = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let (organisation, filing_no) = match self.block {
            Block::Theory => (None, None),
            Block::Practical => (own(&self.organisation), own(&self.filing_no)),
        };
        if self.block == Block::Practical && (organisation.is_none() || filing_no.is_none()) {
            return Err(Refusal::new(ORGANISATION).into());
        }
        let signed = self.signed.tidy();
        Ok(ScoreBlockRow {
            id: 0,
            application: ApplicationId(0),
            block: stored(self.block),
            points: Points::whole(0),
            review: None,
            organisation,
            filing_no,
            handled_by: signed.handled_by,
            responsible: signed.responsible,
            legible: self.signed.legible,
            stamped: self.signed.stamped,
            dated: self.signed.day(work.now.day())?,
            operator: work.actor.operator()?,
            at: work.now,
        })
    }
}

/// It was recorded by mistake, or the paper is to be written anew.
#[derive(Debug, Clone, Serialize)]
pub struct UncertifyMarks {
    pub block: Block,
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for UncertifyMarks {
    const KIND: &'static str = "documents.uncertify";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(super::end::REASON).into());
        }
        let own = of_batch(work.tx.db(), work.batch()?.id)?.remove(&self.application).unwrap_or_default();
        let row = own.iter().find(|row| row.block == stored(self.block));
        let none = || Refusal::new(NOT_CERTIFIED).word("block", key(self.block));
        Ok(work.tx.delete(row.ok_or_else(none)?)?)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// One block over everybody who passed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockLine {
    pub block: Block,
    pub good: usize,
    /// Blank, void or stale.
    pub open: usize,
}

pub fn blocks(site: &Site) -> Result<Vec<BlockLine>> {
    let (db, policy, batch) = (site.store().db(), site.policy()?, site.batch()?.id);
    let (passed, all) = (results::passed_in(db, &policy, batch)?, of_batch(db, batch)?);
    let line = |block: &Block| {
        let own = |row: &ResultRow| all.get(&row.application).map(Vec::as_slice).unwrap_or_default();
        let good = passed.iter().filter(|row| state(&policy, *block, row, own(row)) == BlockState::Good).count();
        BlockLine { block: *block, good, open: passed.len() - good }
    };
    Ok(policy.documents.blocks.iter().map(line).collect())
}

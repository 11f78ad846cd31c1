//! What stands in the way of a document, before and as the refusal: of all, of one person, of the list as it is.
use super::blocks::{self, BlockState};
use super::prepare::points;
use crate::model::{ApplicationId, BatchId, Code, Refusal};
use crate::ops::publicity::Gate;
use crate::ops::results::{self, ResultRow};
use crate::ops::rosters;
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};
use crate::store::{QualifiedRow, QualifiedState, ScoreBlockRow};
use std::collections::{HashMap, HashSet};

pub const UNKNOWN: Code = Code("documents.unknown_application");
pub const ALREADY: Code = Code("documents.already_on_one");
pub const NOT_PASSED: Code = Code("documents.not_passed");
pub const MARKS_CHANGED: Code = Code("documents.marks_changed");
pub const BLOCK_VOID: Code = Code("documents.block_void");
pub const NO_ROSTER: Code = Code("documents.no_stamped_roster");

/// Everything that one look at a document needs, read once.
pub(super) struct Ground<'p> {
    policy: &'p Policy,
    gate: Gate,
    /// By occupation, level and ticket.
    pub passed: Vec<ResultRow>,
    listed: HashMap<ApplicationId, i64>,
    blocks: HashMap<ApplicationId, Vec<ScoreBlockRow>>,
    /// On a roster of which every box counts; `None` where none is asked for.
    stamped: Option<HashSet<ApplicationId>>,
}

impl Ground<'_> {
    pub fn of<'p>(db: &Connection, policy: &'p Policy, batch: BatchId) -> Result<Ground<'p>> {
        let mut passed = results::passed_in(db, policy, batch)?;
        passed.sort_by(|a, b| {
            let key = |r: &ResultRow| std::cmp::Reverse(r.level);
            (&a.occupation, key(a), &a.ticket, a.application).cmp(&(&b.occupation, key(b), &b.ticket, b.application))
        });
        let on = "WHERE state = 'listed' AND application IN (SELECT id FROM application WHERE batch = ?1)";
        let listed = rows::select::<QualifiedRow>(db, on, [batch])?;
        let asked = policy.rosters.iter().any(|rule| rule.before_document);
        Ok(Ground {
            policy,
            gate: Gate::of(db, policy, batch)?,
            passed,
            listed: listed.into_iter().map(|row| (row.application, row.qualification)).collect(),
            blocks: blocks::of_batch(db, batch)?,
            stamped: if asked { Some(rosters::on_good_ones(db, policy, batch)?) } else { None },
        })
    }

    /// Whether any document may be prepared or issued now.
    pub fn open(&self) -> Result<(), Refusal> {
        self.gate.open()
    }

    /// Why somebody who passed may not be on a new document.
    pub fn person(&self, row: &ResultRow) -> Result<(), Refusal> {
        if let Some(document) = self.listed.get(&row.application) {
            return Err(Refusal::new(ALREADY).with("name", row.name.as_str()).with("document", *document));
        }
        self.papers(row)
    }

    /// What is open against a person, and the paper behind them: the roster they stand on and the blocks of marks on their form.
    fn papers(&self, row: &ResultRow) -> Result<(), Refusal> {
        if let Some(stop) = self.gate.held(row.application) {
            return Err(stop.refusal());
        }
        if self.stamped.as_ref().is_some_and(|all| !all.contains(&row.application)) {
            return Err(Refusal::new(NO_ROSTER).with("name", row.name.as_str()));
        }
        let own = self.blocks.get(&row.application).map(Vec::as_slice).unwrap_or_default();
        for block in &self.policy.documents.blocks {
            let state = blocks::state(self.policy, *block, row, own);
            if state != BlockState::Good {
                let refusal = Refusal::new(BLOCK_VOID).with("name", row.name.as_str());
                return Err(refusal.word("block", blocks::key(*block)).word("state", state.key()));
            }
        }
        Ok(())
    }

    /// What stands against a person who is on a draft.
    pub fn line(&self, line: &QualifiedRow) -> Result<(), Refusal> {
        let Some(row) = self.passed.iter().find(|row| row.application == line.application) else {
            return Err(Refusal::new(NOT_PASSED).with("name", line.name.as_str()));
        };
        let now = (points(row.theory), points(row.practical), points(row.review));
        if now != (line.theory, line.practical, line.review) || row.name != line.name || row.id_number != line.id_number
        {
            return Err(Refusal::new(MARKS_CHANGED).with("name", line.name.as_str()));
        }
        self.papers(row)
    }
}

/// Everything that stands in the way of issuing a draft, apart from what its own box has to say.
pub fn stops(site: &Site, document: i64) -> Result<Vec<Refusal>> {
    let (db, policy, batch) = (site.store().db(), site.policy()?, site.batch()?.id);
    let ground = Ground::of(db, &policy, batch)?;
    of_list(&ground, &listed(db, document)?)
}

pub(super) fn of_list(ground: &Ground<'_>, lines: &[QualifiedRow]) -> Result<Vec<Refusal>> {
    let mut found: Vec<Refusal> = ground.open().err().into_iter().collect();
    found.extend(lines.iter().filter_map(|line| ground.line(line).err()));
    Ok(found)
}

/// Who stands on a document and was not struck off, in its order.
pub(super) fn listed(db: &Connection, document: i64) -> Result<Vec<QualifiedRow>> {
    let tail = "WHERE qualification = ?1 AND state = ?2 ORDER BY position";
    Ok(rows::select::<QualifiedRow>(db, tail, (document, QualifiedState::Listed))?)
}

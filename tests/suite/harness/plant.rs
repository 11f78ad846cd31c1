//! Settled marks without entry: for tests of what comes after them.
use kaowu::model::{ApplicationId, Mark, OperatorId, Role, Subject};
use kaowu::ops::{MarkKind, MarkRow, Operation, OperatorRow, Result, Work};
use kaowu::store::rows;
use serde::Serialize;

/// Writes settled marks as they are given.
#[derive(Serialize)]
pub struct PlantMarks(pub Vec<(ApplicationId, Subject, Mark)>);

impl Operation for PlantMarks {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for (application, subject, mark) in &self.0 {
            let (kind, points) = (MarkKind::of(*mark), mark.points());
            work.tx.insert(&MarkRow { application: *application, subject: *subject, mark: kind, points })?;
        }
        Ok(())
    }
}

/// Whoever signs marks off here, added if there is nobody: for rows that only they may write.
pub fn score_manager(work: &mut Work<'_, '_>) -> Result<OperatorId> {
    let held = rows::first::<OperatorRow>(work.tx.db(), "WHERE roles LIKE '%score_manager%' ORDER BY id", [])?;
    if let Some(one) = held {
        return Ok(one.id);
    }
    let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
    let (name, roles) = ("score-manager".to_owned(), Role::ScoreManager.code().to_owned());
    work.tx.insert(&OperatorRow { id, name, roles, os_user: None, pin: None, unit: None, disabled: false })?;
    Ok(id)
}

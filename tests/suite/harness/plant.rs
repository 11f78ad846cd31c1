//! Settled marks without entry, approvals without reviews: for tests of what comes after them.
use kaowu::model::{ApplicationId, Mark, Role, Subject};
use kaowu::ops::{ApplicationRow, ApplicationState, MarkKind, MarkRow, Operation, Result, Work};
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

/// Approves everybody of the batch who waits for a review.
#[derive(Serialize)]
pub struct PlantApproval;

impl Operation for PlantApproval {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let tail = "WHERE batch = ?1 AND state = 'submitted' ORDER BY id";
        for before in rows::select::<ApplicationRow>(work.tx.db(), tail, [work.batch()?.id])? {
            work.tx.update(&before, &ApplicationRow { state: ApplicationState::Approved, ..before.clone() })?;
        }
        Ok(())
    }
}

//! Settled marks without entry: for tests of what comes after them.
use kaowu::model::{ApplicationId, Mark, Role, Subject};
use kaowu::ops::{MarkKind, MarkRow, Operation, Result, Work};
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

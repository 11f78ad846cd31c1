//! What another site told that it replaced.
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

pub fn plant(work: &mut Work<'_, '_>) -> Result<()> {
    let (id, batch) = (work.tx.next_id::<ReplacedRow>()?, work.batch()?.id);
    let (part, place, version) = ("milestones".into(), "0".repeat(32), "1".repeat(32));
    Ok(work.tx.insert(&ReplacedRow { id, batch, part, place, version })?)
}

//! Archives, readings and erasures, past the rules of the operations. Every column that may be empty is so once, and filled once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

pub fn plant(work: &mut Work<'_, '_>) -> Result<()> {
    let (batch, at, today) = (work.batch()?.id, work.now, work.now.day());
    for n in 1..=2 {
        let full = n == 1;
        work.tx.insert(&ArchiveRow {
            id: n + 4,
            batch,
            number: n,
            folder: "归档-\"一\"".into(),
            seal: if full { "a" } else { "b" }.repeat(64),
            files: 40,
            bytes: 123_456,
            people: 12,
            certificates: 3,
            operations: 77,
            head: "c".repeat(64),
            missing: if full { "papers,originals" } else { "" }.into(),
            accepted: full.then(|| "另存, \"有据\"".into()),
            keeper: "钱保管".into(),
            place: "二楼".into(),
            paper_until: full.then_some(today),
            electronic_until: full.then_some(today),
            operator: OperatorId(2),
            at,
        })?;
        work.tx.insert(&ArchiveReadingRow {
            id: n,
            batch,
            archive: full.then_some(n + 4),
            what: format!("第 {n} 卷"),
            reader: "李查阅".into(),
            purpose: "复核, \"查\"".into(),
            approved_by: "赵负责".into(),
            witness_a: "周在场".into(),
            witness_b: "吴在场".into(),
            read_on: today,
            operator: OperatorId(2),
            at,
        })?;
        work.tx.insert(&ErasureRow {
            id: n,
            batch,
            asked_by: OperatorId(2),
            asked_at: Stamp(at.0 + n),
            reason: "期满".into(),
            state: if full { ErasureState::Done } else { ErasureState::Asked },
            decided_by: full.then_some(OperatorId(6)),
            decided_at: full.then_some(at),
            people: full.then_some(12),
            operations: full.then_some(70),
            barred: full.then_some(0),
        })?;
    }
    Ok(())
}

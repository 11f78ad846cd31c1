//! Rows of people on duty, the ledger and subsidies: every column filled once, every optional one empty once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (batch, today, at, operator) = (work.batch()?.id, work.now.day(), work.now, OperatorId(2));
    let (document, id_number) = (people[0].document, people[0].id_number.clone());
    for n in 0..2i64 {
        let full = n == 0;
        let mine = || if full { id_number.clone() } else { "150699199001010017".to_owned() };
        work.tx.insert(&DutyPersonRow {
            id: n + 1,
            batch,
            document,
            id_number: mine(),
            name: "窗口某".into(),
            department: "政务局, \"一窗\"".into(),
            post: full.then(|| "3号".into()),
            since: today,
            until: full.then_some(today),
            held_occupation: full.then(|| "政务服务办事员".into()),
            held_level: full.then_some(Level::Four),
            held_no: full.then(|| "S1".into()),
            held_on: full.then_some(today),
        })?;
        work.tx.insert(&ActivityRow {
            id: n + 1,
            batch,
            dated: today,
            kind: if full { ActivityKind::Agenda } else { ActivityKind::Other },
            department: full.then(|| "政务局".into()),
            what: "动员, \"分工\"\n两项".into(),
            people: full.then_some(30),
            operator,
            at,
        })?;
        work.tx.insert(&SubsidyClaimRow {
            id: n + 1,
            batch,
            document,
            id_number: mine(),
            name: "窗口某".into(),
            occupation: "政务服务办事员".into(),
            level: Level::Five,
            certificate: full.then(|| "S000015000001235000001".into()),
            claimed_on: today,
            amount: full.then_some(100_000),
            elsewhere: !full,
            operator,
        })?;
    }
    let (on_duty, holders, passed, sitting) = (4, 1, 1, 1);
    let department = "政务局".to_owned();
    #[rustfmt::skip]
    let row = DutySnapshotRow { id: 1, batch, dated: today, department, on_duty, holders, passed, sitting, operator, at };
    work.tx.insert(&row)?;
    Ok(work.tx.insert(&InsuranceRow { id: 1, batch, document, id_number, months: 14, as_of: today })?)
}

//! Rows of documents, rosters and uploads, past the rules of the operations. Every reference that may name nobody does so
//! once, and names somebody once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    qualifications(work, people)?;
    blocks(work, people)?;
    rosters(work, people)?;
    uploads(work, people)
}

fn digest() -> String {
    "ab".repeat(32)
}

fn qualifications(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (batch, now, today) = (work.batch()?.id, work.now, work.now.day());
    for (n, title) in ["第一批, \"技能\"", "第二批"].into_iter().enumerate() {
        let void = n == 0;
        work.tx.insert(&QualificationRow {
            id: n as i64 + 1,
            batch,
            title: title.into(),
            state: if void { QualificationState::Void } else { QualificationState::Draft },
            prepared_at: now,
            prepared_by: OperatorId(2),
            document_no: void.then(|| "新人社函〔2023〕143号".into()),
            issuer: void.then(|| "某厅".into()),
            handled_by: void.then(|| "高经办".into()),
            responsible: void.then(|| "陈负责".into()),
            dated: void.then_some(today),
            digest: void.then(digest),
            issued_at: void.then_some(now),
            issued_by: void.then_some(OperatorId(2)),
            ended_at: void.then_some(now),
            ended_by: void.then_some(OperatorId(6)),
            ended_reason: void.then(|| "名单有误, \"重印\"".into()),
        })?;
    }
    for (n, a) in people.iter().take(2).enumerate() {
        let struck = n == 0;
        work.tx.insert(&QualifiedRow {
            id: n as i64 + 1,
            qualification: n as i64 + 1,
            position: 1,
            application: a.id,
            name: a.name.clone(),
            sex: a.sex,
            ethnic_group: struck.then(|| "蒙古族".into()),
            id_number: a.id_number.clone(),
            employer: struck.then(|| "某局".into()),
            occupation_name: a.occupation_name.clone(),
            level: a.level,
            theory: struck.then_some(Points::new(8650)),
            practical: struck.then_some(Points::new(6000)),
            review: struck.then_some(Points::new(7000)),
            state: if struck { QualifiedState::Struck } else { QualifiedState::Listed },
            struck_at: struck.then_some(now),
            struck_by: struck.then_some(OperatorId(6)),
            reason: struck.then(|| "名单有误".into()),
        })?;
    }
    let (id, qualification, copy, operator) = (1, 1, 2, OperatorId(2));
    let (keeper, handed_to) = ("issuer".to_owned(), "档案室".to_owned());
    let row = DocumentCopyRow { id, qualification, copy, keeper, handed_on: today, handed_to, operator, at: now };
    Ok(work.tx.insert(&row)?)
}

fn blocks(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (now, today) = (work.now, work.now.day());
    for (n, block) in [ScoreBlock::Practical, ScoreBlock::Theory].into_iter().enumerate() {
        let whole = n == 0;
        work.tx.insert(&ScoreBlockRow {
            id: n as i64 + 1,
            application: people[0].id,
            block,
            points: Points::new(6050),
            review: whole.then_some(Points::new(7000)),
            organisation: whole.then(|| "某社评机构".into()),
            filing_no: whole.then(|| "000123".into()),
            handled_by: whole.then(|| "高经办".into()),
            responsible: whole.then(|| "陈负责".into()),
            legible: whole,
            stamped: whole,
            dated: today,
            operator: OperatorId(2),
            at: now,
        })?;
    }
    Ok(())
}

fn rosters(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (batch, now, today) = (work.batch()?.id, work.now, work.now.day());
    for (n, state) in [RosterState::Sent, RosterState::Dropped].into_iter().enumerate() {
        let sent = n == 0;
        work.tx.insert(&RosterRow {
            id: n as i64 + 1,
            batch,
            kind: if sent { RosterKind::Passed } else { RosterKind::Applicants },
            unit: sent.then(|| "ordos".into()),
            filled_by: "高经办".into(),
            phone: sent.then(|| "0477-1234567".into()),
            digest: digest(),
            state,
            made_at: now,
            made_by: OperatorId(2),
            sent_on: sent.then_some(today),
            sent_to: sent.then(|| "就促会".into()),
            sent_by: sent.then_some(OperatorId(2)),
            dropped_reason: (!sent).then(|| "重新汇总".into()),
        })?;
        work.tx.insert(&RosterBoxRow {
            id: n as i64 + 1,
            roster: n as i64 + 1,
            node: "prefecture".into(),
            handled_by: sent.then(|| "高经办".into()),
            responsible: sent.then(|| "陈负责".into()),
            legible: sent,
            stamped: sent,
            dated: today,
            head_count: sent.then_some(1),
            operator: OperatorId(2),
            at: now,
        })?;
    }
    let line =
        RosterLineRow { id: 1, roster: 1, position: 1, application: people[0].id, materials: "form=2,photo=0".into() };
    Ok(work.tx.insert(&line)?)
}

fn uploads(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (batch, now, today) = (work.batch()?.id, work.now, work.now.day());
    for (n, layout) in ["upload-11", "interface-2018"].into_iter().enumerate() {
        let answered = n == 0;
        work.tx.insert(&UploadRow {
            id: n as i64 + 1,
            batch,
            kind: if answered { UploadKind::Correction } else { UploadKind::New },
            layout: layout.into(),
            headings: "[\"姓名\"]".into(),
            plan: answered.then(|| "[[\"num\",\"1\"]]".into()),
            digest: digest(),
            state: if answered { UploadState::Answered } else { UploadState::Draft },
            made_at: now,
            made_by: OperatorId(2),
            manager: answered.then(|| "高经办".into()),
            head: answered.then(|| "陈负责".into()),
            submitted_on: answered.then_some(today),
            submitted_to: answered.then(|| "全国联网查询".into()),
            submitted_by: answered.then_some(OperatorId(2)),
            receipt_no: answered.then(|| "HZ-7".into()),
            answered_on: answered.then_some(today),
            answered_by: answered.then_some(OperatorId(6)),
            note: answered.then(|| "一条退回, \"照片\"".into()),
        })?;
        work.tx.insert(&UploadLineRow {
            id: n as i64 + 1,
            upload: n as i64 + 1,
            position: 1,
            application: people[0].id,
            number: "S000015000001233000001".into(),
            cells: "[\"张三\"]".into(),
            answer: answered.then_some(UploadAnswer::Refused),
            fault: answered.then(|| "照片不符".into()),
        })?;
    }
    Ok(())
}

//! Rows of publicity, past the rules of the operations. Every reference that may name nobody does so once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};
use kaowu::store::rows;

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    for n in 1..=2 {
        release(work, n)?;
        line(work, n, &people[0])?;
    }
    objections(work, people)
}

/// The first was shown and withdrawn, the second took the place of it and is final.
fn release(work: &mut Work<'_, '_>, n: i64) -> Result<()> {
    let (first, at) = (n == 1, Stamp(work.now.0 + n));
    let me = OperatorId(1);
    work.tx.insert(&PublicationRow {
        id: PublicationId(n),
        batch: work.batch()?.id,
        number: n,
        corrects: (!first).then_some(PublicationId(1)),
        inputs: "ab".repeat(32),
        digest: "cd".repeat(32),
        columns: "name,outcome".into(),
        identity: if first { IdShown::Tail4 } else { IdShown::Namesakes },
        published_on: first.then(|| at.day()),
        until_day: first.then(|| at.day()),
        place: first.then(|| "公告栏, \"一楼\"".to_owned()),
        accepted: "publicity.no_working_day".into(),
        operator: me,
        at,
        state: if first { PublicationState::Withdrawn } else { PublicationState::Final },
        finalised_at: (!first).then_some(at),
        finalised_by: (!first).then_some(OperatorId(9)),
        withdrawn_at: first.then_some(at),
        withdrawn_by: first.then_some(me),
        withdrawn_reason: first.then(|| "登分有误, \"更正\"".to_owned()),
    })?;
    Ok(())
}

fn line(work: &mut Work<'_, '_>, n: i64, person: &ApplicationRow) -> Result<()> {
    let full = n == 1;
    work.tx.insert(&PublishedRow {
        id: n,
        publication: PublicationId(n),
        application: person.id,
        name: person.name.clone(),
        ticket: full.then(|| "23150601010101".to_owned()),
        id_tail: full.then(|| "0017".to_owned()),
        employer: full.then(|| "某单位".to_owned()),
        occupation: person.occupation.clone(),
        occupation_name: person.occupation_name.clone(),
        level: person.level,
        theory: "86.5".into(),
        practical: "absent".into(),
        review: "not_required".into(),
        outcome: "failed".into(),
    })?;
    Ok(())
}

/// A founded re-check with its change, and an open objection that came too late.
fn objections(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let change = rows::first::<MarkChangeRow>(work.tx.db(), "ORDER BY id", [])?.map(|c| c.id);
    let now = work.now;
    for n in 1..=2 {
        let recheck = n == 1;
        work.tx.insert(&ResultObjectionRow {
            id: n,
            publication: PublicationId(1),
            application: people[0].id,
            kind: if recheck { ObjectionKind::Recheck } else { ObjectionKind::Objection },
            subject: recheck.then_some(Subject::Theory),
            scope: recheck.then_some(RecheckScope::Addition),
            shown: recheck.then(|| "59".to_owned()),
            raised_by: "甲".into(),
            contact: "15400000000".into(),
            matter: "合分有误, \"请查\"".into(),
            received_on: now.day(),
            late: (!recheck).then(|| "邮寄延误".to_owned()),
            decide_by: now.day(),
            operator: OperatorId(1),
            at: now,
            state: if recheck { FindingState::Founded } else { FindingState::Open },
            handler: recheck.then_some(OperatorId(9)),
            decided_at: recheck.then_some(now),
            finding: recheck.then(|| "漏加一分".to_owned()),
            change: change.filter(|_| recheck),
        })?;
    }
    Ok(())
}

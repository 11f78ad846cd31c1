//! Rows of computed results, their audit and the summary sent. Every column is filled once, and every one that may be
//! empty is empty once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (batch, now) = (work.batch()?.id, work.now);
    for n in 0..2i64 {
        let again = n == 1;
        work.tx.insert(&ComputationRow {
            id: ComputationId(n + 1),
            batch,
            inputs: format!("{n}a").repeat(32),
            policy: "cd".repeat(32),
            pass_theory: Points::whole(60),
            pass_practical: Points::whole(60),
            pass_review: Points::whole(60),
            applied: 3,
            passed: 1,
            failed: 1,
            incomplete: 1,
            reason: again.then(|| "复核更正, \"一人\"".into()),
            operator: OperatorId(2),
            at: Stamp(now.0 + n),
        })?;
    }
    let points = (Some(MarkKind::Points), Some(Points::new(8650)));
    for (n, person) in people.iter().take(2).enumerate() {
        let full = n == 0;
        let part = |kind| if full { points } else { (kind, None) };
        let (theory, practical, review) = (part(Some(MarkKind::Absent)), part(Some(MarkKind::Void)), part(None));
        work.tx.insert(&OutcomeRow {
            id: n as i64 + 1,
            computation: ComputationId(2),
            application: person.id,
            outcome: if full { OutcomeState::Passed } else { OutcomeState::Incomplete },
            required: "theory,practical,review".into(),
            theory: theory.0,
            theory_points: theory.1,
            practical: practical.0,
            practical_points: practical.1,
            review: review.0,
            review_points: review.1,
        })?;
    }
    for n in 0..2i64 {
        let answered = n == 0;
        let state = if answered { AuditState::Returned } else { AuditState::Asked };
        work.tx.insert(&ResultAuditRow {
            id: n + 1,
            computation: ComputationId(2),
            state,
            asked_by: OperatorId(2),
            asked_at: Stamp(now.0 + n),
            asked_note: answered.then(|| "送自治区中心, \"纸质\"".into()),
            auditor: answered.then(|| "中心审核科".into()),
            audited_on: answered.then(|| now.day()),
            document_no: answered.then(|| "内技鉴〔2023〕7号".into()),
            note: answered.then(|| "一人证件号码有误".into()),
            decided_by: answered.then_some(OperatorId(6)),
            decided_at: answered.then_some(Stamp(now.0 + 5)),
        })?;
        work.tx.insert(&SummarySentRow {
            id: n + 1,
            computation: ComputationId(1 + n),
            recipient: "就促会".into(),
            sent_on: now.day(),
            sent_by: "coordinator".into(),
            signed_by: "考点主任".into(),
            stamped: true,
            manner: SentManner::Post,
            note: answered.then(|| "一式两份, \"挂号\"".into()),
            operator: OperatorId(2),
            at: Stamp(now.0 + n),
        })?;
    }
    Ok(())
}

//! Stamps and reviews of a made-up site: first people at every point of the chain, then everybody through.
use super::build::{Build, COORDINATOR, SECOND};
use super::people::{Dice, KNOWN};
use crate::model::{ApplicationId, ReviewDecision, ReviewStep};
use crate::ops::applications::Withdraw;
use crate::ops::reviews::{Decide, PutStamp, StampBy, Whom, counts, ready, waiting_for_stamp};
use crate::ops::{Result, Site};
use crate::store::{ApplicationRow, ApplicationState, rows};

/// Of 100 forms so many are still under way between the offices.
const UNDER_WAY: usize = 12;
/// Of 100 examined for the first time so many are returned, and so many left for tomorrow.
const RETURNED: usize = 3;
const TOMORROW: usize = 20;
/// Of 100 passed once so many are approved already.
const APPROVED: usize = 30;

const OPINION: &str = "同意申报";
const CLERK: &str = "高经办";
const HEAD: &str = "陈负责";
const QUERIED: &str = "平台查询，证书信息一致";
const WHY_RETURNED: [&str; 3] = ["工作年限证明缺少单位公章", "学历证书扫描件不清晰", "上一级证书编号与查询结果不一致"];
const NOT_MENDED: &str = "退回后未在规定时间内补正";

/// What everybody whose turn it is gets: the box of one node.
fn stamp(node: StampBy, whom: Whom, count: Option<usize>) -> PutStamp {
    PutStamp {
        node,
        whom,
        opinion: OPINION.to_owned(),
        agrees: true,
        stamped: true,
        handled_by: Some(CLERK.to_owned()),
        responsible: Some(HEAD.to_owned()),
        dated: None,
        document_no: None,
        count,
    }
}

fn decide(step: ReviewStep, decision: ReviewDecision, whom: Whom, count: Option<usize>) -> Decide {
    let query_evidence = (step == ReviewStep::First && decision == ReviewDecision::Pass).then(|| QUERIED.to_owned());
    Decide { step, decision, whom, reason: None, query_evidence, count }
}

/// Puts every stamp of the chain on every form that waits for it.
pub fn stamp_everybody(site: &mut Site) -> Result<()> {
    for node in site.policy()?.stamps.chain.clone() {
        let count = waiting_for_stamp(site, node)?;
        if count > 0 {
            site.perform_bulk(&stamp(node, Whom::Waiting, Some(count)))?;
        }
    }
    Ok(())
}

/// Passes everybody who can be passed in this step; gives their number.
pub fn pass_everybody(site: &mut Site, step: ReviewStep) -> Result<usize> {
    if site.policy()?.reviews.by(step).is_none() {
        return Ok(0);
    }
    let count = ready(site, step, &Whom::Waiting, Some(QUERIED))?.ready.len();
    if count > 0 {
        site.perform_bulk(&decide(step, ReviewDecision::Pass, Whom::Waiting, Some(count)))?;
    }
    Ok(count)
}

/// Some days after the registration: forms under way, waiting, returned, passed once, approved.
pub(super) fn under_way(work: &mut Build<'_>) -> Result<()> {
    const DAYS: i64 = 5 * 24 * 60;
    let policy = work.adopted.policy.clone();
    if policy.reviews.steps.is_empty() {
        return Ok(());
    }
    work.move_clock(work.morning(&policy.windows.payment, 19).plus_minutes(-DAYS));
    let mut dice = Dice::new(work.plan.seed ^ 0x5EA1);
    let all: Vec<ApplicationId> = everybody(work)?.into_iter().map(|a| a.id).collect();
    let last = policy.stamps.chain.last().copied();
    let own: Vec<_> = policy.stamps.chain.iter().copied().filter(|by| Some(*by) != last).collect();
    let offices = own.len();
    let reach: Vec<usize> = (0..all.len())
        .map(|n| if dice.chance(UNDER_WAY) && n != KNOWN { dice.below(offices) } else { offices })
        .collect();
    for (n, node) in own.into_iter().enumerate() {
        work.pass(600);
        let whom: Vec<_> = all.iter().zip(&reach).filter(|(_, reach)| **reach > n).map(|(id, _)| *id).collect();
        if !whom.is_empty() {
            work.site.perform_bulk(&stamp(node, Whom::These(whom), None))?;
        }
    }
    let through: Vec<_> = all.iter().zip(&reach).filter(|(_, reach)| **reach == offices).map(|(id, _)| *id).collect();
    let known = all.get(KNOWN).copied();
    examined(work, &mut dice, &through, known)
}

fn examined(work: &mut Build<'_>, dice: &mut Dice, all: &[ApplicationId], known: Option<ApplicationId>) -> Result<()> {
    let (mut passed, mut approved) = (Vec::new(), Vec::new());
    for id in all {
        let (returned, tomorrow, second) = (dice.chance(RETURNED), dice.chance(TOMORROW), dice.chance(APPROVED));
        match known.is_some_and(|known| *id <= known) {
            false if returned => {
                let why = dice.pick(&WHY_RETURNED).map(str::to_owned);
                work.pass(120);
                let whom = Whom::These(vec![*id]);
                let back = decide(ReviewStep::First, ReviewDecision::Return, whom, None);
                work.site.perform(&Decide { reason: why, ..back })?;
            }
            false if tomorrow => {}
            is_known => {
                passed.push(*id);
                if second || is_known {
                    approved.push(*id);
                }
            }
        }
    }
    work.pass(1800);
    let pass =
        |step, ids: &[ApplicationId]| decide(step, ReviewDecision::Pass, Whom::These(ids.to_vec()), Some(ids.len()));
    let steps: Vec<_> = work.adopted.policy.reviews.steps.iter().map(|by| by.step).collect();
    if !passed.is_empty() && steps.contains(&ReviewStep::First) {
        work.site.perform_bulk(&pass(ReviewStep::First, &passed))?;
    }
    if !approved.is_empty() && steps.contains(&ReviewStep::Second) {
        work.sign_on(SECOND)?;
        if let Some(last) = work.adopted.policy.stamps.chain.last() {
            work.site.perform_bulk(&stamp(*last, Whom::These(approved.clone()), None))?;
        }
        work.pass(1800);
        work.site.perform_bulk(&pass(ReviewStep::Second, &approved))?;
        work.sign_on(COORDINATOR)?;
    }
    Ok(())
}

/// Everybody else through; who was returned and did not answer steps back.
pub(super) fn finished(work: &mut Build<'_>) -> Result<()> {
    if work.adopted.policy.reviews.steps.is_empty() {
        return Ok(());
    }
    let returned = everybody(work)?.into_iter().filter(|a| a.state == ApplicationState::Returned);
    for row in returned.collect::<Vec<_>>() {
        work.pass(60);
        work.site.perform(&Withdraw { application: row.id, reason: NOT_MENDED.to_owned() })?;
    }
    stamp_everybody(&mut work.site)?;
    pass_everybody(&mut work.site, ReviewStep::First)?;
    work.sign_on(SECOND)?;
    pass_everybody(&mut work.site, ReviewStep::Second)?;
    work.sign_on(COORDINATOR)?;
    work.made.approved = counts(&work.site)?.approved;
    Ok(())
}

fn everybody(work: &Build<'_>) -> Result<Vec<ApplicationRow>> {
    let batch = work.site.batch()?.id;
    Ok(rows::select::<ApplicationRow>(work.site.store().db(), "WHERE batch = ?1 ORDER BY id", [batch])?)
}

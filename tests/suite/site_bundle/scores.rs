//! Rows of script numbers, claims, changes and panels, past the rules of the operations. Every reference that may name
//! nobody does so once, and names somebody once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};
use kaowu::store::rows;

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let seats = rows::select::<PlacementRow>(work.tx.db(), "ORDER BY id", [])?;
    scripts(work, people, &seats[0])?;
    changes(work, people)?;
    assessors(work, people, &seats[0])
}

fn scripts(work: &mut Work<'_, '_>, people: &[ApplicationRow], seat: &PlacementRow) -> Result<()> {
    let batch = work.batch()?.id;
    let (now, session, room) = (work.now, seat.session, seat.room);
    let other = rows::first::<RoomRow>(work.tx.db(), "WHERE id <> ?1", [room])?;
    for (n, room) in [Some(room), other.map(|row| row.id)].into_iter().flatten().enumerate() {
        let open = n == 0;
        let bag = ScriptBagRow {
            id: ScriptBagId(n as i64 + 1),
            batch,
            session,
            room,
            code: format!("L{}", 7 - n),
            seed: "抽签, \"甲\"".into(),
            sealed_at: now,
            sealed_by: OperatorId(2),
            asked_by: open.then_some(OperatorId(2)),
            unsealed_at: open.then_some(now),
            unsealed_by: open.then_some(OperatorId(6)),
        };
        work.tx.insert(&bag)?;
    }
    for (n, person) in people.iter().enumerate() {
        let number = format!("L7-{:03}", people.len() - n);
        work.tx.insert(&ScriptRow { script_bag: ScriptBagId(1), application: person.id, batch, number })?;
    }
    work.tx.insert(&EntryClaimRow { session, room, slot: 1, operator: OperatorId(4), at: now })?;
    let accepted = Some("一份破损, \"已补\"".to_owned());
    work.tx
        .insert(&ControlTotalRow {
            session,
            room,
            papers: 2,
            total: 12_050,
            operator: OperatorId(4),
            at: now,
            accepted,
            accepted_by: Some(OperatorId(1)),
            accepted_papers: Some(2),
            accepted_total: Some(12_000),
        })
        .map_err(Into::into)
}

/// A lock of a session in which nobody sits, so that nothing else of the world is locked.
fn changes(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let (now, manager) = (work.now, crate::harness::plant::score_manager(work)?);
    let tail = "WHERE id NOT IN (SELECT session FROM placement) ORDER BY id";
    let empty = rows::first::<SessionRow>(work.tx.db(), tail, [])?;
    let any = rows::first::<SessionRow>(work.tx.db(), "ORDER BY id DESC", [])?;
    if let Some(session) = empty.or(any) {
        work.tx.insert(&MarkLockRow::new(session.id, now, manager))?;
    }
    for (n, person) in people.iter().take(2).enumerate() {
        let decided = n == 0;
        work.tx.insert(&MarkChangeRow {
            id: MarkChangeId(n as i64 + 1),
            application: person.id,
            subject: Subject::Theory,
            old_mark: decided.then_some(MarkKind::Points),
            old_points: decided.then_some(Points::new(5900)),
            new_mark: if decided { MarkKind::Points } else { MarkKind::Absent },
            new_points: decided.then_some(Points::new(6000)),
            reason: "漏加一分, \"复核\"".into(),
            asked_by: OperatorId(1),
            asked_at: now,
            state: if decided { ChangeState::Refused } else { ChangeState::Asked },
            decided_by: decided.then_some(manager),
            decided_at: decided.then_some(now),
            note: decided.then(|| "卷面无误".into()),
        })?;
    }
    Ok(())
}

fn assessors(work: &mut Work<'_, '_>, people: &[ApplicationRow], seat: &PlacementRow) -> Result<()> {
    let (batch, now) = (work.batch()?.id, work.now);
    let group = PanelId(90);
    let row = PanelRow::new(group, batch, Subject::Practical, "考评一组".into());
    let (session, room) = (Some(seat.session), Some(seat.room));
    let (unit, seed, minutes) = (Some("某旗".to_owned()), Some("7".to_owned()), Some("设备, \"正常\"".to_owned()));
    work.tx.insert(&PanelRow { session, room, unit, seed, minutes, ..row })?;
    for (n, name) in ["丁", "戊", "己", "庚"].into_iter().enumerate() {
        let first = n == 0;
        let id = MemberId(900 + n as i64);
        let row = PanelMemberRow::new(id, group, name.into(), "某厂".into());
        let staff = (n == 1).then_some(StaffId(1));
        let instead_of = (n == 3).then_some(MemberId(900));
        let (left_at, left_reason) = (first.then_some(now), first.then(|| "不适".to_owned()));
        work.tx.insert(&PanelMemberRow { staff, instead_of, left_at, left_reason, chair: n == 1, ..row })?;
    }
    let (application, operator) = (people[0].id, OperatorId(6));
    let candidate = PanelCandidateRow::new(group, application, Subject::Practical);
    work.tx.insert(&PanelCandidateRow {
        began_at: Some(now),
        ended_at: Some(now),
        short_reason: Some("本人弃答".into()),
        ruling: Some(Points::new(7350)),
        ruling_reason: Some("争议由组长裁定".into()),
        ruled_by: Some(MemberId(901)),
        replaced: Some("复评".into()),
        ..candidate
    })?;
    let (kind, note) = (TieKind::Master, Some("师徒, 自报".to_owned()));
    work.tx.insert(&PanelRecusalRow {
        member: MemberId(902),
        application,
        kind,
        note,
        declared: true,
        operator,
        at: now,
    })?;
    let digest = "ab".repeat(32);
    work.tx.insert(&PanelSignatureRow { member: MemberId(901), operator, with_pin: true, digest, at: now })?;
    Ok(())
}

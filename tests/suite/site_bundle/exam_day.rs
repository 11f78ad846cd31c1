//! Rows of every table of staff, papers and supervision, past the rules of the operations. Every reference that may name
//! nobody does so once, and names somebody once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};
use kaowu::store::rows;

pub fn plant(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let seat = rows::first::<PlacementRow>(work.tx.db(), "ORDER BY id", [])?.unwrap();
    rooms(work, people, &seat)?;
    staff(work, &seat)?;
    papers(work, people, &seat)?;
    draws(work, seat.session)?;
    closings(work)?;
    due(work)
}

/// One that was opened again, and the one that stands.
fn closings(work: &mut Work<'_, '_>) -> Result<()> {
    let session = rows::first::<SessionRow>(work.tx.db(), "ORDER BY id DESC", [])?.unwrap().id;
    for number in 1..=2 {
        let again = number == 1;
        work.tx.insert(&SessionClosingRow {
            id: number,
            session,
            number,
            seated: 3,
            present: 1,
            absent: 1,
            refused: 1,
            incidents: 0,
            bags: 2,
            head_no: 5,
            head: "a".repeat(64),
            closed_by: OperatorId(1),
            closed_at: work.now,
            reopened_by: again.then_some(OperatorId(1)),
            reopened_at: again.then_some(work.now),
            reason: again.then(|| "登记有误, \"重开\"".into()),
        })?;
    }
    Ok(())
}

fn rooms(work: &mut Work<'_, '_>, people: &[ApplicationRow], seat: &PlacementRow) -> Result<()> {
    let room = seat.room;
    work.tx.insert(&BrokenSeatRow { room, seat: 29, reason: "桌腿, \"断\"".into() })?;
    for (n, person) in people.iter().take(2).enumerate() {
        let (need, kept) = ("轮椅".to_owned(), n == 0);
        let (room, seat) = (kept.then_some(room), kept.then_some(28));
        work.tx.insert(&SpecialNeedRow { application: person.id, need, room, seat })?;
    }
    Ok(())
}

fn staff(work: &mut Work<'_, '_>, seat: &PlacementRow) -> Result<()> {
    let venue = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [seat.room])?.unwrap().venue;
    let now = work.now;
    for (n, (name, room)) in [("乙监考", Some(seat.room)), ("甲主考", None)].into_iter().enumerate() {
        let first = n == 0;
        let staff = StaffId(n as i64 + 1);
        work.tx.insert(&StaffRow {
            id: staff,
            name: name.into(),
            unit: if first { "某厂".into() } else { String::new() },
            phone: first.then(|| "15400000001".into()),
            id_number: first.then(|| "150699199001010017".into()),
            grade: if first { AssessorGrade::Senior } else { AssessorGrade::None },
            card_no: first.then(|| "K1".into()),
            card_until: first.then(|| now.day()),
            occupations: if first { "6-31-01-03".into() } else { String::new() },
            duties: "proctor,chief".into(),
            kept_by: (n == 1).then(|| "hohhot".to_owned()),
            operator: first.then_some(OperatorId(2)),
            retired: first,
        })?;
        work.tx.insert(&AssignmentRow {
            id: n as i64 + 1,
            session: seat.session,
            venue,
            room,
            staff,
            duty: if first { Duty::Proctor } else { Duty::Chief },
            leads: first,
            origin: if first { AssignmentOrigin::Hand } else { AssignmentOrigin::Proposal },
            r#override: first.then(|| "无人可换, \"临时\"".into()),
            came_at: first.then_some(now),
            rating: first.then_some(4),
        })?;
    }
    work.tx
        .insert(&StaffTieRow {
            id: 1,
            staff: StaffId(1),
            kind: TieKind::Kin,
            document: DocumentKind::ResidentId,
            id_number: "150699199001010025".into(),
            name: "张三".into(),
            note: None,
        })
        .map_err(Into::into)
}

fn papers(work: &mut Work<'_, '_>, people: &[ApplicationRow], seat: &PlacementRow) -> Result<()> {
    let (session, room, now) = (seat.session, seat.room, work.now);
    // The later number was made first.
    for (n, (number, at)) in [("02-01", Some(room)), ("00-01", None)].into_iter().enumerate() {
        let first = n == 0;
        let bag = BagId(n as i64 + 1);
        work.tx.insert(&PaperBagRow {
            id: bag,
            session,
            room: at,
            number: number.into(),
            occupation: first.then(|| "6-31-01-03".into()),
            level: first.then_some(Level::Four),
            form: first.then_some(PaperForm::A),
            sheets: 8,
            spare: 1,
            seal: first.then(|| "F7".into()),
            state: if first { BagState::Returned } else { BagState::Out },
        })?;
        let two = ("保管".to_owned(), "领甲\n领乙".to_owned());
        let out = PaperEventRow::signed(n as i64 * 2 + 1, bag, PaperMove::HandedOver, now, two.clone());
        work.tx.insert(&out)?;
        work.tx.insert(&PaperEventRow {
            watched_by: Some("监丙".into()),
            intact: Some(!first),
            candidate_a: Some(people[0].id),
            candidate_b: people.get(1).map(|p| p.id),
            sheets: Some(9),
            note: Some("封条, \"破\"".into()),
            ..PaperEventRow::signed(n as i64 * 2 + 2, bag, PaperMove::Unsealed, now, two)
        })?;
    }
    work.tx.insert(&RoomRecordRow {
        session,
        room,
        issued: 9,
        collected: 7,
        absent: 0,
        void: 0,
        spare: 1,
        reason: Some("少 1 份".into()),
        signed_by: "监甲\n监乙".into(),
        remarks: None,
        operator: OperatorId(1),
        at: now,
    })?;
    Ok(work.tx.insert(&ArchiveBoxRow {
        id: 1,
        session,
        room,
        r#box: "D1".into(),
        scripts: 7,
        keeper: "保管".into(),
        place: None,
        stored_on: now.day(),
        keep_until: "2026-10-15".parse().unwrap(),
    })?)
}

fn draws(work: &mut Work<'_, '_>, session: SessionId) -> Result<()> {
    let (batch, at, operator) = (work.batch()?.id, work.now, OperatorId(1));
    work.tx.insert(&DrawRow {
        id: DrawId(1),
        batch,
        title: "双随机".into(),
        kind: DrawKind::Room,
        area: None,
        seed: i64::MIN,
        objects: 1,
        per_object: 2,
        witness: "见证人".into(),
        at,
        operator,
        published_on: Some(at.day()),
        place: Some("公示栏".into()),
    })?;
    for (n, pool) in [Pool::Supervisor, Pool::Object].into_iter().enumerate() {
        let first = n == 0;
        work.tx.insert(&DrawEntryRow {
            id: n as i64 + 1,
            draw: DrawId(1),
            pool,
            position: 0,
            name: "督导员".into(),
            unit: String::new(),
            region: first.then(|| "1501".into()),
            excluded: first.then(|| "同单位".into()),
            drawn_for: (!first).then(|| "0".into()),
        })?;
    }
    for (n, draw) in [Some(DrawId(1)), None].into_iter().enumerate() {
        let first = n == 0;
        work.tx.insert(&InspectionRow {
            id: n as i64 + 1,
            batch,
            draw,
            session: (!first).then_some(session),
            object: "第2考场".into(),
            region: None,
            supervisors: "督导甲\n督导乙".into(),
            mode: if first { InspectionMode::OnSite } else { InspectionMode::Special },
            inspected_on: at.day(),
            methods: "look,ask".into(),
            findings: "时钟不准, \"慢\"".into(),
            result: if first { InspectionResult::ToMend } else { InspectionResult::Sound },
            mend_by: first.then(|| at.day()),
            mended_on: first.then(|| at.day()),
            mended: first.then(|| "已换".into()),
            published_on: None,
            place: None,
            operator,
        })?;
    }
    Ok(())
}

fn due(work: &mut Work<'_, '_>) -> Result<()> {
    let (batch, day, operator) = (work.batch()?.id, work.now.day(), OperatorId(1));
    for decided in [true, false] {
        work.tx.insert(&ComplaintRow {
            id: if decided { 1 } else { 2 },
            batch,
            received_on: day,
            name: "李某".into(),
            unit: None,
            contact: "15400000002".into(),
            matter: if decided { "座位不公" } else { "噪音" }.into(),
            against: decided.then(|| "乙监考".into()),
            evidence: None,
            state: if decided { ComplaintState::Decided } else { ComplaintState::Received },
            look_by: day,
            looked_on: decided.then_some(day),
            handler: decided.then(|| "高经办".into()),
            decide_by: decided.then_some(day),
            decided_on: decided.then_some(day),
            outcome: decided.then(|| "不属实".into()),
            operator,
        })?;
    }
    for (id, code) in ["task.1", "handbook"].into_iter().enumerate() {
        let own = id == 0;
        work.tx.insert(&MilestoneRow {
            id: id as i64 + 1,
            batch,
            code: code.into(),
            title: own.then(|| "借时钟".into()),
            due: own.then_some(day),
            assignee: own.then(|| "李某".into()),
            done_on: (!own).then_some(day),
            done_by: (!own).then(|| "高经办".into()),
            note: None,
        })?;
    }
    Ok(())
}

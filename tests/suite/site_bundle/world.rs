//! Small worlds with something in every table, and the way of a bundle out and in.
use crate::harness::Desk;
use crate::harness::desk::MORNING;
use kaowu::config::Assets;
use kaowu::model::*;
use kaowu::ops::exchange::site::{self, Account, Claim, ImportBundle};
use kaowu::ops::*;
use kaowu::ops::{Actor, Operation, Result, Site, Work};
use kaowu::store::rows;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows as they are, past the rules of the operations that make them in earnest.
#[derive(Serialize)]
pub struct Plant {
    /// Numbers that decide what each person gets.
    pub dice: Vec<u8>,
}

impl Operation for Plant {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let db = work.tx.db();
        let batch = work.batch()?.id;
        let people = rows::select::<ApplicationRow>(db, "WHERE batch = ?1 ORDER BY id", [batch])?;
        let sessions = rows::select::<SessionRow>(db, "ORDER BY id", [])?;
        let mut roll = self.dice.iter().copied().chain(std::iter::repeat(0));
        let mut next = move || roll.next().unwrap_or_default();
        for person in &people {
            for session in &sessions {
                attend(work, session.id, person.id, next())?;
            }
            for subject in [Subject::Theory, Subject::Practical] {
                type_in(work, person.id, subject, next())?;
            }
        }
        void(work, batch, people[0].id)?;
        review(work, batch, &people, &mut next)?;
        for person in &people {
            let die = next();
            if !die.is_multiple_of(4) || person.id == people[0].id {
                super::dossier::plant(work, person.id, die)?;
            }
        }
        incidents(work, &people)?;
        super::exam_day::plant(work, &people)?;
        super::merging::plant(work)?;
        super::scores::plant(work, &people)?;
        super::documents::plant(work, &people)?;
        super::publicity::plant(work, &people)?;
        super::results::plant(work, &people)?;
        super::duty::plant(work, &people)?;
        number(work, batch, &people, &mut next)?;
        super::register::plant(work)?;
        super::archive::plant(work)
    }
}

fn void(work: &mut Work<'_, '_>, batch: BatchId, application: ApplicationId) -> Result<()> {
    let (number, reason) = ("23150601010199".to_owned(), "遗失, \"补发\"".to_owned());
    let (id, at, operator) = (work.tx.next_id::<VoidTicketRow>()?, work.now, OperatorId(3));
    Ok(work.tx.insert(&VoidTicketRow { id, batch, application, number, reason, at, operator })?)
}

fn attend(work: &mut Work<'_, '_>, session: SessionId, application: ApplicationId, die: u8) -> Result<()> {
    let (state, late_minutes) = match die % 4 {
        0 => return Ok(()),
        1 => (AttendanceState::Present, None),
        2 => (AttendanceState::Late, Some(i64::from(die))),
        _ => (AttendanceState::Absent, None),
    };
    let r#override = (die % 7 == 2).then(|| "雨天, \"晚到\"\n=1+1".to_owned());
    let at = Stamp(work.now.0 + i64::from(die));
    let row = AttendanceRow { state, late_minutes, r#override, ..AttendanceRow::present(session, application, at) };
    Ok(work.tx.insert(&row)?)
}

/// With some dice a first pair that was discarded, its second entry by whoever types the first one now.
fn type_in(work: &mut Work<'_, '_>, application: ApplicationId, subject: Subject, die: u8) -> Result<()> {
    let mut entry = |slot, operator, state, points: Option<i32>| -> Result<()> {
        let id = EntryId(work.tx.next_id::<EntryRow>()?);
        let mark = if points.is_some() { MarkKind::Points } else { MarkKind::Absent };
        let points = points.map(Points::new);
        let (operator, at) = (OperatorId(operator), work.now);
        let accepted = if die.is_multiple_of(3) { "mark.low".to_owned() } else { String::new() };
        let (items, remark, source) = (None, None, EntrySource::Typed);
        #[rustfmt::skip]
        let row = EntryRow { id, application, subject, slot, state, mark, points, items, remark, source, operator, at, accepted };
        Ok(work.tx.insert(&row)?)
    };
    let points = i32::from(die) * 39;
    if die % 5 == 1 {
        entry(1, 4, EntryState::Discarded, Some(0))?;
        entry(2, 5, EntryState::Discarded, Some(50))?;
        entry(1, 5, EntryState::Open, Some(points))?;
    } else if die % 5 > 1 {
        entry(1, 4, EntryState::Matched, Some(points))?;
        entry(2, 5, EntryState::Matched, Some(points))?;
        let mark = MarkRow { application, subject, mark: MarkKind::Points, points: Some(Points::new(points)) };
        work.tx.insert(&mark)?;
    }
    Ok(())
}

fn review(
    work: &mut Work<'_, '_>,
    batch: BatchId,
    people: &[ApplicationRow],
    next: &mut impl FnMut() -> u8,
) -> Result<()> {
    for n in 1..=i64::from(next() % 3) {
        let panel = PanelId(n);
        let state = if n == 1 { PanelState::Open } else { PanelState::Sealed };
        let sealed_at = (n != 1).then_some(work.now);
        let row = PanelRow::new(panel, batch, Subject::Review, format!("第{n}组"));
        work.tx.insert(&PanelRow { state, sealed_at, ..row })?;
        for (m, name) in ["乙", "甲", "丙"].into_iter().enumerate() {
            let id = MemberId(n * 10 + m as i64);
            let unit = if m == 0 { String::new() } else { "某厂".to_owned() };
            work.tx.insert(&PanelMemberRow { chair: m == 1, ..PanelMemberRow::new(id, panel, name.into(), unit) })?;
        }
        for person in people.iter().skip(n as usize - 1).step_by(2) {
            work.tx.insert(&PanelCandidateRow::new(panel, person.id, Subject::Review))?;
            for m in 0..i64::from(next() % 4) {
                let (member, points) = (MemberId(n * 10 + m), Points::new(i32::from(next()) * 39));
                let (operator, at) = (OperatorId(6), work.now);
                let (items, fails, remark) = (None, String::new(), None);
                let application = person.id;
                #[rustfmt::skip]
                let row = PanelSheetRow { member, application, points, items, fails, remark, operator, at };
                work.tx.insert(&row)?;
            }
        }
    }
    Ok(())
}

/// One of a person with everything that follows, one of nobody without a decision.
fn incidents(work: &mut Work<'_, '_>, people: &[ApplicationRow]) -> Result<()> {
    let person = &people[0];
    let seat =
        rows::first::<PlacementRow>(work.tx.db(), "WHERE application = ?1 ORDER BY session", [person.id])?.unwrap();
    let sanction = rows::first::<SanctionRow>(work.tx.db(), "WHERE until_day IS NOT NULL ORDER BY id", [])?;
    let open = IncidentRow {
        id: IncidentId(1),
        session: seat.session,
        room: seat.room,
        seat: None,
        application: None,
        rules: "assessment".into(),
        act: "A1-4".into(),
        at: work.now,
        warned: false,
        facts: "窗外有人喊话, \"第一题\"".into(),
        evidence: None,
        invigilator_a: "张监考".into(),
        invigilator_b: "李监考".into(),
        signature: CandidateSignature::Gone,
        state: IncidentState::Reported,
        outcome: None,
        decision: None,
        decided_by: None,
        decided_at: None,
        sanction: None,
        operator: OperatorId(2),
    };
    work.tx.insert(&open)?;
    let decided = IncidentRow {
        id: IncidentId(2),
        seat: Some(seat.seat),
        application: Some(person.id),
        act: "A3-1".into(),
        evidence: Some("手机一部\n监控".into()),
        state: IncidentState::Confirmed,
        outcome: Some("all_void_year".into()),
        decision: Some("主动交出, \"初犯\"".into()),
        decided_by: Some(OperatorId(1)),
        decided_at: Some(work.now),
        sanction: sanction.map(|s| s.id),
        ..open
    };
    work.tx.insert(&decided)?;
    let effect = |id, subject, effect, points| MarkEffectRow {
        id,
        incident: IncidentId(2),
        application: person.id,
        subject,
        effect,
        points,
    };
    work.tx.insert(&effect(1, Subject::Theory, Effect::Void, None))?;
    work.tx.insert(&effect(2, Subject::Practical, Effect::MinusShare, Some(1000)))?;
    Ok(())
}

fn number(
    work: &mut Work<'_, '_>,
    batch: BatchId,
    people: &[ApplicationRow],
    next: &mut impl FnMut() -> u8,
) -> Result<()> {
    let prefix = "S000015000001".to_owned();
    for (id, year) in [(1, None), (2, Some(24))] {
        let (site, document) = (format!("{id:02}"), "就促会〔2023〕5号, \"号段\"".to_owned());
        let (first, last) = (id * 1000 + 1, id * 1000 + 1000);
        work.tx.insert(&NumberSegmentRow { id, prefix: prefix.clone(), site, year, first, last, document })?;
    }
    let mut serial = 0;
    for person in people {
        for state in [CertificateState::Revoked, CertificateState::Valid].into_iter().take(usize::from(next() % 3)) {
            serial += 1;
            let imported = state == CertificateState::Revoked && serial > 1;
            let number = format!("{prefix}23{}{serial:06}", person.level.digit());
            work.tx.insert(&CertificateRow {
                id: CertificateId(work.tx.next_id::<CertificateRow>()?),
                batch,
                application: person.id,
                source: if imported { NumberSource::Imported } else { NumberSource::Own },
                origin: imported.then(|| "就促会〔2023〕7号, \"名单\"".to_owned()),
                prefix: prefix.clone(),
                year: 23,
                level: person.level,
                sign: person.level.digit().to_string(),
                serial,
                number,
                issued_on: work.now.day(),
                state,
            })?;
        }
    }
    Ok(())
}

/// Eight people, seated, with something of everything.
pub fn small() -> Desk {
    let mut desk = Desk::seated(8).signed("score-manager").signed("coordinator");
    desk.does(&Plant { dice: (0..90u8).map(|n| n.wrapping_mul(37)).collect() });
    enterprises(&mut desk);
    desk
}

/// One in the directory with a case, one that has only filed.
fn enterprises(desk: &mut Desk) {
    use crate::enterprise::world::*;
    listed(desk, filing());
    desk.does(&kaowu::ops::enterprise::File { filing: other(2) });
    let (organisation, facts) = (CODE.to_owned(), "举报, \"代考\"".to_owned());
    let source = kaowu::model::filing::CaseSource::Report;
    desk.does(&kaowu::ops::enterprise::Case::Open { organisation, source, received_on: day("2023-10-01"), facts });
}

pub fn export(site: &Site, target: &Path) {
    site::prepare(site, target).unwrap().finish(target).unwrap();
}

/// A home without a site.
pub fn empty() -> Site {
    let clock = FixedClock::at(Stamp::parse(MORNING).unwrap());
    let mut site = Site::in_memory(Assets::default(), Box::new(clock)).unwrap();
    site.set_actor(Actor { id: None, name: "os".into(), roles: vec![] });
    site
}

pub fn import(folder: &Path, claim: Option<Claim>) -> Result<(Site, Account)> {
    let folder = crate::harness::vouched(folder)?;
    let mut site = empty();
    let done = site.perform_bulk(&ImportBundle { folder: &folder, claim })?;
    site.choose_batch(Some(&folder.manifest.batch.code))?;
    Ok((site, done.out))
}

/// Files of a folder by name, what differs from export to export left out.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap());
    let named = entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap()));
    named.filter(|(name, _)| !name.starts_with("export.toml")).collect()
}

/// Copies a folder, so that a test may spoil it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

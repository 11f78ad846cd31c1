//! The stages of a made-up site, one function each. A new stage is one function and one line in [`STEPS`].
use super::build::{AUDITOR, Build, COORDINATOR, PROCTORS, REVIEWER, TYPISTS};
use super::people::{self, Dice};
use super::stage::Stage;
use crate::bundle::write::{CsvFile, Heading, Style};
use crate::model::{ApplicationId, Refusal, Role, SessionId, Stamp};
use crate::ops::applications::RecordFee;
use crate::ops::checkin::Admit;
use crate::ops::exchange::{Import, Mode, Source};
use crate::ops::seating::{Arrange, NO_SESSION};
use crate::ops::upkeep::{AddOperator, Init};
use crate::ops::{Actor, Error, Result, batch};
use crate::policy::gates::Arrival;
use crate::store::{ApplicationRow, PlacementRow, RoomRow, rows};

pub(super) struct Step {
    pub reaches: Stage,
    pub run: fn(&mut Build<'_>) -> Result<()>,
}

pub(super) const STEPS: &[Step] = &[
    Step { reaches: Stage::Intake, run: intake },
    Step { reaches: Stage::Arranged, run: arranged },
    Step { reaches: Stage::Exam, run: exam },
];

/// Of 100 who applied, so many had not paid when seats were given.
const UNPAID: usize = 2;
/// The door is looked at so many minutes after the session's start.
const LOOKED_AT: i64 = 10;

/// The site, its operators, the batch, and the sheet of a made-up office.
fn intake(work: &mut Build<'_>) -> Result<()> {
    work.move_clock(work.morning(&work.adopted.policy.windows.registration, 40));
    work.site.set_actor(Actor { id: None, name: COORDINATOR.to_owned(), roles: Vec::new() });
    work.site.perform(&Init {
        code: "01".to_owned(),
        name: "演示考点".to_owned(),
        region: Some("150600".to_owned()),
        organisation: Some("S000015000001".to_owned()),
        operator: COORDINATOR.to_owned(),
        os_user: work.plan.os_user.clone(),
    })?;
    work.sign_on(COORDINATOR)?;
    let proctors = PROCTORS.map(|name| (name, Role::Proctor));
    let typists = TYPISTS.map(|name| (name, Role::Typist));
    let others = [(REVIEWER, Role::Reviewer), (AUDITOR, Role::Auditor)];
    for (name, role) in proctors.into_iter().chain(typists).chain(others) {
        let name = name.to_owned();
        work.site.perform(&AddOperator { name, roles: vec![role], os_user: None, pin_hash: None })?;
    }
    let (code, policy) = (work.plan.policy.clone(), work.adopted.clone());
    work.site.perform(&batch::Open { code, name: policy.policy.notice.title.clone(), policy })?;
    work.site.choose_batch(None)?;
    import(work)
}

fn import(work: &mut Build<'_>) -> Result<()> {
    let path = work.home.folder().join("sheet.csv");
    let headings = people::HEADINGS.map(Heading::plain);
    let codes = work.site.codes()?;
    let write = || {
        let mut file = CsvFile::create(&path, Style::Machine, &headings)?;
        for row in people::stream(&codes, work.plan.seed, work.plan.candidates) {
            file.row(row.iter().map(String::as_str))?;
        }
        file.finish()
    };
    write().map_err(Error::file(&path))?;
    let source = Source { path: path.clone(), name: "sheet.csv".to_owned(), encoding: None, layout: None };
    let assets = work.site.assets().clone();
    let done =
        work.site.perform_bulk(&Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None })?;
    work.made.candidates = usize::try_from(done.out.counts.added).unwrap_or(0);
    Ok(())
}

/// Fees but for a few, then rooms and seats.
fn arranged(work: &mut Build<'_>) -> Result<()> {
    work.move_clock(work.morning(&work.adopted.policy.windows.payment, 19));
    let batch = work.site.batch()?.id;
    let everybody = rows::select::<ApplicationRow>(work.site.store().db(), "WHERE batch = ?1 ORDER BY id", [batch])?;
    let mut dice = Dice::new(work.plan.seed ^ 0xFEE5);
    let paid: Vec<_> = everybody.iter().map(|a| a.id).filter(|_| !dice.chance(UNPAID)).collect();
    work.made.paid = paid.len();
    work.site.perform(&RecordFee::These(paid))?;
    work.move_clock(work.morning(&[], 10));
    let done = work.site.perform_bulk(&Arrange { seed: work.plan.seed })?;
    (work.made.rooms, work.made.seated) = (done.out.rooms, done.out.people);
    Ok(())
}

/// The middle of the door: most are in, some came late, some are still expected, above all in the last room.
fn exam(work: &mut Build<'_>) -> Result<()> {
    let session = batch::sessions(&work.site)?.into_iter().next().ok_or_else(|| Refusal::new(NO_SESSION))?;
    for arrival in arrivals(work, session.id)? {
        work.sign_on(arrival.proctor)?;
        work.move_clock(session.starts_at.plus_minutes(arrival.minute));
        let done =
            work.site.perform(&Admit { application: arrival.who, session: session.id, room: None, over: None })?;
        match done.out.arrival {
            Arrival::OnTime => work.made.present += 1,
            Arrival::Late { .. } => work.made.late += 1,
        }
    }
    work.move_clock(looked_at(session.starts_at));
    Ok(())
}

fn looked_at(starts: Stamp) -> Stamp {
    starts.plus_minutes(LOOKED_AT)
}

struct Comes {
    who: ApplicationId,
    /// From the session's start; negative before it.
    minute: i64,
    proctor: &'static str,
}

/// Who comes before the clock stops, in the order of their coming.
fn arrivals(work: &Build<'_>, session: SessionId) -> Result<Vec<Comes>> {
    let db = work.site.store().db();
    let batch = work.site.batch()?.id;
    let rooms = rows::select::<RoomRow>(db, "WHERE batch = ?1 ORDER BY number", [batch])?;
    let opens = i64::from(work.adopted.policy.gates.opens_before_min);
    let late = usize::from(work.adopted.policy.gates.late_limit_min).min(LOOKED_AT as usize);
    let unpaid_stay_out = work.adopted.policy.payment.required_at_checkin;
    let mut dice = Dice::new(work.plan.seed ^ 0xD00F);
    let mut all = Vec::new();
    for (n, room) in rooms.iter().enumerate() {
        let proctor = PROCTORS.get(n % PROCTORS.len()).copied().unwrap_or(COORDINATOR);
        let still_expected = if n + 1 == rooms.len() { 55 } else { 4 };
        let seats =
            rows::select::<PlacementRow>(db, "WHERE session = ?1 AND room = ?2 ORDER BY seat", (session, room.id))?;
        for seat in seats {
            let (missing, is_late) = (dice.chance(still_expected), dice.chance(4));
            let early = i64::try_from(dice.below(usize::try_from(opens).unwrap_or(0))).unwrap_or(0);
            let behind = 1 + i64::try_from(dice.below(late)).unwrap_or(0);
            let paid = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND paid_at IS NOT NULL", [seat.application])?;
            if !missing && (paid.is_some() || !unpaid_stay_out) {
                let minute = if is_late { behind } else { early - opens };
                all.push(Comes { who: seat.application, minute, proctor });
            }
        }
    }
    all.sort_by_key(|comes| (comes.minute, comes.proctor, comes.who.0));
    Ok(all)
}

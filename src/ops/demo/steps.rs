//! The stages of a made-up site, one function each. A new stage is one function and one line in [`STEPS`].
use super::build::{ADMIN, AUDITOR, Build, COORDINATOR, PROCTORS, REVIEWER, SCORES, SECOND, TYPISTS};
use super::people::{self, Dice, KNOWN};
use super::stage::Stage;
use super::{doors, judging, reviewing, staffing, typing};
use crate::bundle::write::{CsvFile, Heading, Style};
use crate::model::Role;
use crate::ops::applications::RecordFee;
use crate::ops::exchange::{Import, Mode, Source};
use crate::ops::seating::{Arrange, seed_for};
use crate::ops::upkeep::{AddOperator, Init};
use crate::ops::{Actor, Error, Result, batch};
use crate::store::{ApplicationRow, Pins, rows};

pub(super) struct Step {
    pub reaches: Stage,
    pub run: fn(&mut Build<'_>) -> Result<()>,
}

pub(super) const STEPS: &[Step] = &[
    Step { reaches: Stage::Intake, run: intake },
    Step { reaches: Stage::Arranged, run: arranged },
    Step { reaches: Stage::Exam, run: doors::exam },
    Step { reaches: Stage::Marking, run: typing::marking },
    Step { reaches: Stage::Review, run: judging::review },
    Step { reaches: Stage::Published, run: judging::published },
    Step { reaches: Stage::Certified, run: judging::certified },
];

/// Of 100 who applied, so many had not paid when seats were given.
const UNPAID: usize = 2;

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
        admin: ADMIN.to_owned(),
        os_user: work.plan.os_user.clone(),
        admin_pin: None,
        pins: Pins::Optional,
    })?;
    work.sign_on(COORDINATOR)?;
    let proctors = PROCTORS.map(|name| (name, Role::Proctor));
    let typists = TYPISTS.map(|name| (name, Role::Typist));
    let others = [(REVIEWER, Role::Reviewer), (SCORES, Role::ScoreManager), (AUDITOR, Role::Auditor)];
    work.sign_on(ADMIN)?;
    for (name, role) in proctors.into_iter().chain(typists).chain(others) {
        let name = name.to_owned();
        work.site.perform(&AddOperator { name, roles: vec![role], os_user: None, unit: None, pin_hash: None })?;
    }
    let (name, unit) = (SECOND.to_owned(), Some(work.adopted.policy.notice.issuer.clone()));
    work.site.perform(&AddOperator { name, roles: vec![Role::Coordinator], os_user: None, unit, pin_hash: None })?;
    work.sign_on(COORDINATOR)?;
    let (code, policy) = (work.plan.policy.clone(), work.adopted.clone());
    work.site.perform(&batch::Open { code, name: policy.policy.notice.title.clone(), policy })?;
    work.site.choose_batch(None)?;
    import(work)?;
    reviewing::under_way(work)
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
    let source = Source { path: path.clone(), name: "sheet.csv".to_owned(), ..Source::default() };
    let assets = work.site.assets().clone();
    let done =
        work.site.perform_bulk(&Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None })?;
    work.made.candidates = usize::try_from(done.out.counts.added).unwrap_or(0);
    Ok(())
}

/// The rest of the reviews, fees but for a few, then rooms and seats.
fn arranged(work: &mut Build<'_>) -> Result<()> {
    work.move_clock(work.morning(&work.adopted.policy.windows.payment, 19));
    reviewing::finished(work)?;
    let batch = work.site.batch()?.id;
    let everybody = rows::select::<ApplicationRow>(
        work.site.store().db(),
        "WHERE batch = ?1 AND state IN ('submitted', 'approved') ORDER BY id",
        [batch],
    )?;
    let mut dice = Dice::new(work.plan.seed ^ 0xFEE5);
    let pays = |dice: &mut Dice, n| !dice.chance(UNPAID) || n == KNOWN;
    let paid: Vec<_> = everybody.iter().enumerate().filter(|(n, _)| pays(&mut dice, *n)).map(|(_, a)| a.id).collect();
    work.made.paid = paid.len();
    work.site.perform(&RecordFee::These(paid))?;
    work.move_clock(work.morning(&[], 10));
    let done = work.site.perform_bulk(&Arrange { seed: seats_seed(work, &everybody)? })?;
    (work.made.rooms, work.made.seated) = (done.out.rooms, done.out.people);
    staffing::staff(work)
}

/// The first seed from the plan's on that seats the known person in room 1; a site with very many people takes the first.
fn seats_seed(work: &Build<'_>, everybody: &[ApplicationRow]) -> Result<u64> {
    const TRIES: u64 = 1000;
    const MANY: usize = 2000;
    let first = work.plan.seed.wrapping_mul(TRIES);
    let mut found = None;
    if let Some(known) = everybody.get(KNOWN).filter(|_| everybody.len() <= MANY) {
        found = seed_for(&work.site, known.id, 1, (0..TRIES).map(|n| first.wrapping_add(n)))?;
    }
    Ok(found.unwrap_or(first))
}

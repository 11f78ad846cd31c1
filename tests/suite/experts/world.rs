//! A desk with candidates of levels two and one and a pool of experts.
use crate::harness::Desk;
use crate::panel::world::technicians;
use kaowu::model::{ApplicationId, AssessorGrade, Duty, PanelId, Points, Role, StaffId, Subject, TieKind};
use kaowu::ops::panel::{self, Draw, DrawnPanels, Score, View};
use kaowu::ops::staff::{self, Add, Particulars, Tie};
use kaowu::ops::{MarkKind, MarkRow, Operation, PanelRow, PanelState, Result, Work};
use kaowu::store::rows;

/// Somebody who may judge every occupation.
pub fn expert(name: &str, unit: &str) -> Particulars {
    Particulars { grade: AssessorGrade::Senior, ..Particulars::new(name, unit, &[Duty::Reviewer]) }
}

/// The n-th of the pool.
pub fn name(n: usize) -> String {
    let digit = |d: usize| "零一二三四五六七八九".chars().nth(d).unwrap();
    format!("专家{}{}", digit(n / 10), digit(n % 10))
}

/// So many candidates seated, and experts 1 to `pool` of units that nobody works for; with the ids of both.
pub fn with_pool(people: usize, pool: usize) -> (Desk, Vec<StaffId>) {
    let mut desk = Desk::seated(people);
    let add = |desk: &mut Desk, n: usize| desk.does(&Add { who: expert(&name(n), &format!("学院{n}")) }).id;
    let ids = (1..=pool).map(|n| add(&mut desk, n)).collect();
    (desk, ids)
}

pub fn ids(desk: &Desk) -> Vec<ApplicationId> {
    technicians(desk).into_iter().map(|r| r.application).collect()
}

pub fn draw(panels: usize, seed: u64) -> Draw {
    let names = (1..=panels).map(|n| format!("第{n}组")).collect();
    Draw { names, size: 3, seed, candidates: None }
}

pub fn tie(desk: &mut Desk, staff: StaffId, kind: TieKind, who: ApplicationId) {
    let (document, id_number, name) = staff::candidate(&desk.site, &who.to_string()).unwrap();
    desk.does(&Tie { staff, kind, document, id_number, name, note: None });
}

pub fn view(desk: &Desk, panel: PanelId) -> View {
    panel::show(&desk.site, panel).unwrap()
}

pub fn drawn(desk: &mut Desk, panels: usize) -> DrawnPanels {
    desk.does(&draw(panels, 7))
}

/// The sheets of these members for one candidate.
pub fn score(desk: &mut Desk, panel: PanelId, (candidate, members): (ApplicationId, &[usize])) {
    desk.sign_on("reviewer");
    let view = view(desk, panel);
    for n in members {
        desk.does(&Score::total(view.members[*n].id, candidate, Points::whole(70 + *n as i32)));
    }
    desk.sign_on("coordinator");
}

/// Seals a panel with 75 points for everybody, past the rules of sealing.
#[derive(serde::Serialize)]
pub struct SealAnyway(pub PanelId);

impl Operation for SealAnyway {
    const KIND: &'static str = "test.seal";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for candidate in kaowu::store::views::panels::candidates(work.tx.db(), self.0)? {
            let (subject, mark, points) = (Subject::Review, MarkKind::Points, Some(Points::whole(75)));
            work.tx.insert(&MarkRow { application: candidate.application, subject, mark, points })?;
        }
        let row = rows::first::<PanelRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        let sealed_at = Some(work.now);
        Ok(work.tx.update(&row, &PanelRow { state: PanelState::Sealed, sealed_at, ..row.clone() })?)
    }
}

//! Reports to sign and hand in: the certified-on-duty rate, the special ledger, the subsidy list, the directory of
//! enterprises in figures, the plan of the exam in figures.
use super::{Asked, Filled, Ids, NOTHING, Notice};
use crate::model::fen::yuan;
use crate::model::{Level, Refusal, identity::mask};
use crate::ops::reports::{self, Board, Figures, PersonLine, percent};
use crate::ops::{Result, milestones};
use crate::policy::sanctions::Act;
use serde::Serialize;

#[derive(Serialize)]
struct Sheet<'a, T> {
    notice: Notice<'a>,
    unit: String,
    made_on: String,
    #[serde(flatten)]
    own: T,
}

fn filled<T: Serialize>(asked: &Asked<'_>, people: usize, own: T) -> Result<Filled> {
    let (notice, unit) = (Notice::of(asked.policy), asked.site.row()?.name);
    let made_on = asked.site.now().day().to_string();
    Filled::of(&Sheet { notice, unit, made_on, own }, people, Ids::Masked)
}

fn nothing() -> Refusal {
    Refusal::new(NOTHING)
}

#[derive(Serialize)]
struct Rated {
    place: usize,
    department: String,
    figures: Figures,
    rate: String,
    gap: Option<u64>,
    reached: bool,
}

#[derive(Serialize)]
struct Missing {
    department: String,
    name: String,
    post: Option<String>,
    holding: &'static str,
}

#[derive(Serialize)]
struct Duty {
    board: Board,
    rate: String,
    soon: String,
    at_most: String,
    outlook: Option<&'static str>,
    departments: Vec<Rated>,
    missing: Vec<Missing>,
    /// Whether the notice lets laggards be criticised (S4-32).
    criticises: bool,
}

/// The rate, the departments in order, and everybody on duty without a certificate (S4-29, S4-32).
pub fn duty(asked: &Asked<'_>) -> Result<Filled> {
    let board = reports::board(asked.site, None)?;
    if board.figures.on_duty == 0 {
        return Err(nothing().into());
    }
    let rated = |d: &reports::Department| Rated {
        place: d.place,
        department: d.department.clone(),
        figures: d.figures,
        rate: percent(d.rate),
        gap: d.gap,
        reached: d.gap == Some(0),
    };
    let wanting = |p: &&PersonLine| p.on_duty && !p.holding.holds();
    let missing = |p: &PersonLine| Missing {
        department: p.department.clone(),
        name: p.name.clone(),
        post: p.post.clone(),
        holding: p.holding.code(),
    };
    let own = Duty {
        rate: percent(board.rate),
        soon: percent(board.soon),
        at_most: percent(board.at_most),
        outlook: board.outlook.map(|o| o.code()),
        departments: board.departments.iter().map(rated).collect(),
        missing: board.people.iter().filter(wanting).map(missing).collect(),
        criticises: asked.policy.sanctions.iter().any(|s| s.act == Act::PoorProgress),
        board,
    };
    let people = own.board.people.len();
    filled(asked, people, own)
}

#[derive(Serialize)]
struct Kept {
    on: String,
    department: Option<String>,
    figures: Figures,
    rate: String,
    change: Option<i64>,
}

#[derive(Serialize)]
struct Task {
    what: String,
    due: Option<String>,
    assignee: Option<String>,
    done_on: Option<String>,
}

#[derive(Serialize)]
struct Ledger {
    activities: Vec<reports::ActivityLine>,
    snapshots: Vec<Kept>,
    /// The site's own tasks on the board of dates (S4-27, S4-28).
    tasks: Vec<Task>,
}

/// What was done, the own tasks, and how far it was on the days that were kept (S4-30, S4-31).
pub fn ledger(asked: &Asked<'_>) -> Result<Filled> {
    let kept = |s: reports::SnapshotLine| Kept {
        on: s.on.to_string(),
        rate: percent(s.rate),
        department: s.department,
        figures: s.figures,
        change: s.since_last,
    };
    let task = |i: milestones::Item| {
        let day = |d: Option<crate::model::Day>| d.map(|d| d.to_string());
        Some(Task { what: i.title?, due: day(i.due), assignee: i.assignee, done_on: day(i.done_on) })
    };
    let items = milestones::board(asked.site, None)?.items;
    let own = Ledger {
        activities: reports::activities(asked.site)?,
        snapshots: reports::snapshots(asked.site)?.into_iter().map(kept).collect(),
        tasks: items.into_iter().filter(|i| i.kind == milestones::Kind::Task).filter_map(task).collect(),
    };
    if own.activities.is_empty() && own.snapshots.is_empty() && own.tasks.is_empty() {
        return Err(nothing().into());
    }
    filled(asked, 0, own)
}

#[derive(Serialize)]
struct Claimable {
    name: String,
    id_number: String,
    employer: Option<String>,
    occupation: String,
    level: &'static str,
    certificate: String,
    issued_on: String,
    months: Option<i64>,
    amount: String,
    last_day: String,
    claimed_on: Option<String>,
    /// Codes of what stands against a claim.
    against: Vec<&'static str>,
}

#[derive(Serialize)]
struct Subsidies {
    document: String,
    open: String,
    made: String,
    may: Vec<Claimable>,
    may_not: Vec<Claimable>,
}

/// Who may claim and who may not, and why (S4-12).
pub fn subsidies(asked: &Asked<'_>) -> Result<Filled> {
    let list = reports::subsidies(asked.site)?;
    if list.lines.is_empty() {
        return Err(nothing().into());
    }
    let one = |l: reports::SubsidyLine| Claimable {
        name: l.name,
        id_number: mask(&l.id_number),
        employer: l.employer,
        occupation: l.occupation,
        level: l.level.official(),
        certificate: l.certificate,
        issued_on: l.issued_on.to_string(),
        months: l.insured_months,
        amount: l.amount.map(yuan).unwrap_or_default(),
        last_day: l.last_day.to_string(),
        claimed_on: l.claimed_on.map(|d| d.to_string()),
        against: l.against.iter().filter_map(|r| r.code.0.rsplit('.').next()).collect(),
    };
    let people = list.lines.len();
    let (may_not, may): (Vec<_>, Vec<_>) =
        list.lines.into_iter().partition(|l| l.state == reports::SubsidyState::Refused);
    let [may, may_not] = [may, may_not].map(|all| all.into_iter().map(one).collect());
    filled(
        asked,
        people,
        Subsidies { document: list.document, open: yuan(list.open), made: yuan(list.paid_for), may, may_not },
    )
}

#[derive(Serialize)]
struct Directory {
    all: reports::Enterprises,
    entries: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    entry: reports::Entry,
    scope: Vec<Scope>,
}

/// The lowest and the highest level of an occupation.
#[derive(Serialize)]
struct Scope {
    occupation: String,
    low: u8,
    high: u8,
}

/// The directory with its rounds and units (S3-15, S3-28, S3-29, S3-36).
pub fn enterprises(asked: &Asked<'_>) -> Result<Filled> {
    let all = reports::enterprises(asked.site)?;
    if all.entries.is_empty() {
        return Err(nothing().into());
    }
    let scope = |e: &reports::Entry| {
        let one = |(occupation, low, high): &(String, Level, Level)| Scope {
            occupation: occupation.clone(),
            low: low.digit(),
            high: high.digit(),
        };
        e.scope.iter().map(one).collect()
    };
    let entries = all.entries.iter().map(|e| Listed { scope: scope(e), entry: e.clone() }).collect();
    filled(asked, 0, Directory { all, entries })
}

#[derive(Serialize)]
struct Planned {
    plan: reports::Plan,
    lines: Vec<PlanLine>,
}

#[derive(Serialize)]
struct PlanLine {
    line: reports::Planned,
    level: &'static str,
}

/// By unit, occupation and level (S2-20).
pub fn plan(asked: &Asked<'_>) -> Result<Filled> {
    let plan = reports::plan(asked.site)?;
    if plan.lines.is_empty() {
        return Err(nothing().into());
    }
    let lines = plan.lines.iter().map(|l| PlanLine { level: l.level.official(), line: l.clone() }).collect();
    filled(asked, 0, Planned { plan, lines })
}

//! Reports: a page with a part for each list; only the open part is read.
mod actions;
mod asks;
mod draw;

use crate::model::{Code, Level, Refusal};
use crate::ops::reports::*;
use crate::ops::{Changes, Result};
use crate::text::reports::{self as words, Part};
use crate::text::{Locale, explain};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("reports.none_selected");
pub const OTHER_PART: Code = Code("reports.other_part");

/// The rows of the open part.
pub enum Rows {
    Departments(Vec<Department>),
    People(Vec<PersonLine>),
    Ledger(Vec<ActivityLine>),
    Snapshots(Vec<SnapshotLine>),
    Subsidy(Vec<SubsidyLine>),
    Enterprises(Vec<Entry>),
    Plan(Vec<Planned>),
}

pub struct Reports {
    part: Part,
    rows: Rows,
    /// What the part says above its rows.
    summary: Vec<String>,
    table: Table,
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Rows::Departments(all) => all.len(),
            Rows::People(all) => all.len(),
            Rows::Ledger(all) => all.len(),
            Rows::Snapshots(all) => all.len(),
            Rows::Subsidy(all) => all.len(),
            Rows::Enterprises(all) => all.len(),
            Rows::Plan(all) => all.len(),
        }
    }

    fn cells(&self, locale: &Locale, row: usize) -> Vec<String> {
        match self {
            Rows::Departments(all) => all.get(row).map(|r| words::department(locale, r)),
            Rows::People(all) => all.get(row).map(|r| words::person(locale, r)),
            Rows::Ledger(all) => all.get(row).map(|r| words::activity(locale, r)),
            Rows::Snapshots(all) => all.get(row).map(|r| words::snapshot(locale, r)),
            Rows::Subsidy(all) => all.get(row).map(|r| brief(words::subsidy(locale, r), locale, r.level)),
            Rows::Enterprises(all) => all.get(row).map(|r| words::enterprise(locale, r)),
            Rows::Plan(all) => all.get(row).map(|r| words::planned(locale, r)),
        }
        .unwrap_or_default()
    }
}

/// The level in its short form, so that the day of a claim has room.
fn brief(mut cells: Vec<String>, locale: &Locale, level: Level) -> Vec<String> {
    if let Some(cell) = cells.get_mut(1) {
        *cell = locale.word(&format!("level_brief.{}", level.digit())).to_owned();
    }
    cells
}

fn other_part(part: Part) -> Refusal {
    Refusal::new(OTHER_PART).word("part", format!("reports_part.{}", part.code()))
}

impl Reports {
    fn person(&self) -> Result<&PersonLine, Refusal> {
        let Rows::People(all) = &self.rows else { return Err(other_part(Part::People)) };
        self.table.selected().and_then(|at| all.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }

    fn activity(&self) -> Result<&ActivityLine, Refusal> {
        let Rows::Ledger(all) = &self.rows else { return Err(other_part(Part::Ledger)) };
        self.table.selected().and_then(|at| all.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }

    fn subsidy(&self) -> Result<&SubsidyLine, Refusal> {
        let Rows::Subsidy(all) = &self.rows else { return Err(other_part(Part::Subsidy)) };
        self.table.selected().and_then(|at| all.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }

    fn go(&mut self, part: Part, cx: &mut Cx<'_>) -> Result<()> {
        self.part = part;
        self.table = Table::new(draw::columns(part, cx.locale));
        self.read(cx)
    }

    fn read(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let locale = cx.locale;
        (self.rows, self.summary) = match self.part {
            Part::Departments => {
                let board = board(cx.site, None)?;
                let summary = words::duty_words(locale, &board);
                (Rows::Departments(board.departments), summary)
            }
            Part::People => {
                let board = board(cx.site, None)?;
                let summary = words::duty_words(locale, &board).into_iter().take(1).collect();
                (Rows::People(board.people), summary)
            }
            Part::Ledger => (Rows::Ledger(activities(cx.site)?), Vec::new()),
            Part::Snapshots => (Rows::Snapshots(snapshots(cx.site)?), Vec::new()),
            // A notice without a subsidy says so where the list would be.
            Part::Subsidy => match subsidies(cx.site) {
                Ok(list) => {
                    let summary = vec![words::subsidy_words(locale, &list)];
                    (Rows::Subsidy(list.lines), summary)
                }
                Err(error) if error.refusal().is_some() => {
                    (Rows::Subsidy(Vec::new()), vec![explain(locale, &error).message])
                }
                Err(error) => return Err(error),
            },
            Part::Enterprises => {
                let all = enterprises(cx.site)?;
                let summary = words::enterprise_words(locale, &all);
                (Rows::Enterprises(all.entries), summary)
            }
            Part::Plan => {
                let plan = plan(cx.site)?;
                let summary = vec![words::plan_words(locale, &plan)];
                (Rows::Plan(plan.lines), summary)
            }
        };
        self.table.set_rows(self.rows.len());
        Ok(())
    }
}

/// The part that the notice is most about.
fn first(cx: &Cx<'_>) -> Result<Part> {
    let policy = cx.site.policy()?;
    Ok(match &policy.filing {
        _ if policy.targets.iter().any(|t| t.kind == TargetKind::CertifiedOnDuty) => Part::Departments,
        Some(_) => Part::Enterprises,
        None => Part::Plan,
    })
}

impl Pane for Reports {
    type About = ();
    const ID: &'static str = "reports";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "mark",
        "certificate",
        "duty_person",
        "activity",
        "duty_snapshot",
        "insurance",
        "subsidy_claim",
        "filing",
        "listing",
        "listed",
        "placement",
    ]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "reports.next_part", show: Show::Hint, ready: always, run: |p, cx| actions::turn(p, cx, 1) },
        Action { id: "reports.previous_part", show: Show::Help, ready: always, run: |p, cx| actions::turn(p, cx, Part::ALL.len() - 1) },
        Action { id: "reports.new", show: Show::Hint, ready: actions::can_enter, run: asks::new },
        Action { id: "reports.import", show: Show::Hint, ready: actions::can_import, run: asks::import },
        Action { id: "reports.leave", show: Show::Hint, ready: |p, _| p.person().map(|_| ()), run: asks::leave },
        Action { id: "reports.snapshot", show: Show::Hint, ready: always, run: actions::snapshot },
        Action { id: "reports.claim", show: Show::Hint, ready: actions::can_claim, run: actions::claim },
        Action { id: "reports.remove", show: Show::Hint, ready: actions::can_remove, run: asks::remove },
        Action { id: "reports.show", show: Show::Hint, ready: actions::something, run: actions::show },
        Action { id: "reports.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let part = first(cx)?;
        let table = Table::new(draw::columns(part, cx.locale));
        let mut page = Reports { part, rows: Rows::Plan(Vec::new()), summary: Vec::new(), table };
        page.read(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

//! Quality supervision: a page with three parts, draws, inspections and complaints.
mod actions;
mod complaints;
mod draw;
mod draws;
mod inspections;

use crate::model::{Code, Refusal};
use crate::ops::complaints::{Line, list};
use crate::ops::supervision::{self, Uncovered};
use crate::ops::{Changes, DrawRow, InspectionRow, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("supervision.none_selected");
pub const OTHER_PART: Code = Code("supervision.other_part");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Draws,
    Inspections,
    Complaints,
}

impl Part {
    const ALL: [Part; 3] = [Part::Draws, Part::Inspections, Part::Complaints];

    fn code(self) -> &'static str {
        match self {
            Part::Draws => "draws",
            Part::Inspections => "inspections",
            Part::Complaints => "complaints",
        }
    }

    fn next(self) -> Part {
        match self {
            Part::Draws => Part::Inspections,
            Part::Inspections => Part::Complaints,
            Part::Complaints => Part::Draws,
        }
    }
}

pub struct Supervision {
    part: Part,
    draws: Vec<DrawRow>,
    inspections: Vec<InspectionRow>,
    complaints: Vec<Line>,
    uncovered: Vec<Uncovered>,
    /// A table for each part, in order.
    tables: [Table; 3],
}

impl Supervision {
    fn table(&self) -> &Table {
        let [draws, inspections, complaints] = &self.tables;
        match self.part {
            Part::Draws => draws,
            Part::Inspections => inspections,
            Part::Complaints => complaints,
        }
    }

    fn selected<'a, T>(&self, part: Part, rows: &'a [T]) -> Result<&'a T, Refusal> {
        if self.part != part {
            return Err(Refusal::new(OTHER_PART).word("part", format!("supervision_part.{}", part.code())));
        }
        let row = self.table().selected().and_then(|at| rows.get(at));
        row.ok_or_else(|| Refusal::new(NONE_SELECTED))
    }

    fn drawing(&self) -> Result<&DrawRow, Refusal> {
        self.selected(Part::Draws, &self.draws)
    }

    fn inspection(&self) -> Result<&InspectionRow, Refusal> {
        self.selected(Part::Inspections, &self.inspections)
    }

    fn complaint(&self) -> Result<&Line, Refusal> {
        self.selected(Part::Complaints, &self.complaints)
    }
}

impl Pane for Supervision {
    type About = ();
    const ID: &'static str = "supervision";
    const WATCHES: Changes = Changes::any(&["batch", "session", "draw", "draw_entry", "inspection", "complaint"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "supervision.next_part", show: Show::Hint, ready: always, run: actions::next_part },
        Action { id: "supervision.new", show: Show::Hint, ready: always, run: actions::new },
        Action { id: "supervision.show", show: Show::Hint, ready: actions::something, run: actions::show },
        Action { id: "supervision.redraw", show: Show::Hint, ready: |p, _| p.drawing().map(|_| ()), run: draws::again },
        Action { id: "supervision.mend", show: Show::Hint, ready: actions::can_mend, run: inspections::mend },
        Action { id: "supervision.publish", show: Show::Hint, ready: actions::can_publish, run: actions::publish },
        Action { id: "supervision.take_up", show: Show::Hint, ready: actions::can_look, run: complaints::take_up },
        Action { id: "supervision.refuse", show: Show::Hint, ready: actions::can_look, run: complaints::refuse },
        Action { id: "supervision.decide", show: Show::Hint, ready: actions::can_decide, run: complaints::decide },
        Action { id: "supervision.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let tables = Part::ALL.map(|part| Table::new(draw::columns(part, cx.locale)));
        let (draws, inspections, complaints, uncovered) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut page = Supervision { part: Part::Draws, draws, inspections, complaints, uncovered, tables };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let area = supervision::own_area(cx.site)?;
        self.draws = supervision::draws(cx.site, area.as_deref())?;
        self.inspections = supervision::inspections(cx.site, area.as_deref())?;
        self.complaints = list(cx.site)?;
        self.uncovered = supervision::uncovered(cx.site)?;
        let [draws, inspections, complaints] = &mut self.tables;
        draws.set_rows(self.draws.len());
        inspections.set_rows(self.inspections.len());
        complaints.set_rows(self.complaints.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        let [draws, inspections, complaints] = &mut self.tables;
        Some(match self.part {
            Part::Draws => draws,
            Part::Inspections => inspections,
            Part::Complaints => complaints,
        })
    }
}

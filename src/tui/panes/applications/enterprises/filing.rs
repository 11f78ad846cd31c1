//! One filing: where it stands and what is next on top, then the form in its parts, line by line.
use super::asks;
use crate::model::Refusal;
use crate::model::filing::FilingState::{self, Evaluated, Listed, Submitted, Suspended};
use crate::ops::enterprise::{Whole, in_state, may_list, may_submit, whole};
use crate::ops::{Changes, Result};
use crate::text::filing::{Entry, entries};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct FilingPage {
    pub whole: Whole,
    code: String,
    round: i64,
    entries: Vec<Entry>,
    table: Table,
}

impl FilingPage {
    pub fn code(&self) -> String {
        self.code.clone()
    }
}

#[rustfmt::skip]
const ACTIONS: &[Action<FilingPage>] = &[
    Action { id: "filing.submit", show: Show::Hint, ready: |p, _| can_submit(p), run: asks::submit },
    Action { id: "filing.judge", show: Show::Hint, ready: |p, _| state(p, &[Submitted, Evaluated]), run: asks::judge },
    Action { id: "filing.evaluate", show: Show::Hint, ready: |p, _| state(p, &[Submitted, Evaluated]), run: asks::evaluate },
    Action { id: "filing.publish", show: Show::Hint, ready: |p, _| can_publish(p), run: asks::publish },
    Action { id: "filing.pause", show: Show::Hint, ready: |p, _| state(p, &[Listed, Suspended]), run: asks::pause },
    Action { id: "filing.remove", show: Show::Help, ready: |p, _| state(p, &[Listed, Suspended]), run: asks::remove },
    Action { id: "filing.open_case", show: Show::Hint, ready: always, run: asks::open_case },
    Action { id: "filing.close_case", show: Show::Help, ready: always, run: asks::close_case },
    Action { id: "filing.line", show: Show::Hint, ready: always, run: line },
    Action { id: "filing.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

impl Pane for FilingPage {
    /// Credit code and round.
    type About = (String, i64);
    const ID: &'static str = "filing";
    const WATCHES: Changes = Changes::any(&[
        "organisation",
        "filing",
        "filing_occupation",
        "filing_equipment",
        "filing_staff",
        "filing_attachment",
        "filing_condition",
        "evaluation",
        "enterprise_case",
    ]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = ACTIONS;

    fn open(cx: &mut Cx<'_>, (code, round): (String, i64)) -> Result<Self> {
        let columns = vec![
            Column::new(cx.locale.word("column.field"), Width::Fixed(18)),
            Column::new(cx.locale.word("column.content"), Width::Fill(30)),
        ];
        let whole = whole(cx.site, &code, Some(round))?.masked();
        let mut page = FilingPage { whole, code, round, entries: Vec::new(), table: Table::new(columns) };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.whole = whole(cx.site, &self.code, Some(self.round))?.masked();
        self.entries = entries(cx.locale, &self.whole);
        self.table.set_rows(self.entries.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let state = cx.word(&format!("filing_state.{}", self.whole.state.code()));
        let heading = format!("{}  {}  {state}", self.whole.filing.organisation.name, self.code);
        let top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        canvas.text_in(top, &heading, Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.table.draw(canvas, body, &|row, column| match (self.entries.get(row), column) {
            (Some(Entry::Part(title)), 0) => (title.clone(), Role::Title),
            (Some(Entry::Line { label, .. }), 0) => (format!("  {label}"), Role::Dim),
            (Some(Entry::Line { content, .. }), _) => (content.clone(), Role::Text),
            _ => (String::new(), Role::Text),
        });
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

fn state(page: &FilingPage, allowed: &[FilingState]) -> Result<(), Refusal> {
    in_state(page.whole.state, allowed)
}

/// Whether both copies are in is asked next.
fn can_submit(page: &FilingPage) -> Result<(), Refusal> {
    may_submit(page.whole.state, &page.whole.missing, [Some(crate::model::Day::MIN); 2])
}

fn can_publish(page: &FilingPage) -> Result<(), Refusal> {
    let last = page.whole.evaluations.last().map(|e| e.result);
    may_list(page.whole.state, &page.whole.filing.conditions, last)
}

/// The whole of a line that the screen cuts.
fn line(page: &mut FilingPage, _: &mut Cx<'_>) -> Result<Flow> {
    match page.table.selected().and_then(|row| page.entries.get(row)) {
        Some(Entry::Line { label, content }) => Ok(Flow::Open(Report::show(label.clone(), vec![content.clone()]))),
        _ => Ok(Flow::Stay),
    }
}

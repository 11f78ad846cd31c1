//! A proposal as it would be saved: what is wanting first, then who gets what. Nothing is stored until it is accepted.
use crate::model::SessionId;
use crate::ops::staff::{Propose, Proposed};
use crate::ops::{Changes, Result};
use crate::text::staffing;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct ProposalPage {
    seed: u64,
    session: SessionId,
    found: Proposed,
    table: Table,
}

impl ProposalPage {
    fn op(&self) -> Propose {
        Propose { seed: self.seed, session: Some(self.session) }
    }
}

impl Pane for ProposalPage {
    /// The seed and the session.
    type About = (u64, SessionId);
    const ID: &'static str = "staff_proposal";
    const WATCHES: Changes = Changes::any(&["staff", "staff_tie", "assignment", "placement"]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "staff_proposal.save", show: Show::Hint, ready: always, run: save },
        Action { id: "staff_proposal.next", show: Show::Hint, ready: always, run: next },
        Action { id: "staff_proposal.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (seed, session): (u64, SessionId)) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let table = Table::new(vec![
            Column::new("", Width::Fixed(1)),
            Column::new(word("column.room"), Width::Fixed(10)),
            Column::new(word("column.staff_duty"), Width::Fixed(10)),
            Column::new(word("column.person"), Width::Fill(20)),
            Column::new(word("column.staff_unit"), Width::Fill(14)),
            Column::new(word("column.staff_venue"), Width::Fixed(12)).priority(1),
        ]);
        let found = cx.site.preview(&Propose { seed, session: Some(session) })?.out;
        let mut page = ProposalPage { seed, session, found, table };
        page.table.set_rows(page.found.wanting.len() + page.found.given.len());
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.found = cx.site.preview(&self.op())?.out;
        self.table.set_rows(self.found.wanting.len() + self.found.given.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let numbers = (self.seed.to_string(), self.found.given.len().to_string(), self.found.wanting.len().to_string());
        let args = [("seed", numbers.0.as_str()), ("given", &numbers.1), ("wanting", &numbers.2)];
        canvas.text_in(line, &cx.say("staffing.proposal_title", &args), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.table.draw(canvas, body, &|row, column| self.cell(row, column, cx));
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

impl ProposalPage {
    fn cell(&self, row: usize, column: usize, cx: &Seen<'_>) -> (String, Role) {
        if let Some(line) = self.found.wanting.get(row) {
            let text = match column {
                0 => "!".to_owned(),
                1 => staffing::room(cx.locale, line.room_number),
                2 => staffing::duty(cx.locale, line.duty),
                3 => staffing::troubles(cx.locale, line),
                4 => String::new(),
                _ => line.venue_name.clone(),
            };
            return (text, Role::Warn);
        }
        let Some(one) = self.found.given.get(row.saturating_sub(self.found.wanting.len())) else {
            return (String::new(), Role::Text);
        };
        let text = match column {
            0 => "+".to_owned(),
            1 => staffing::room(cx.locale, one.room),
            2 => staffing::duty(cx.locale, one.duty),
            3 if one.leads => format!("{}{}", one.name, cx.word("staffing.leads")),
            3 => one.name.clone(),
            4 => one.unit.clone(),
            _ => one.venue.clone(),
        };
        (text, Role::Text)
    }
}

fn next(page: &mut ProposalPage, cx: &mut Cx<'_>) -> Result<Flow> {
    page.seed += 1;
    page.reload(cx)?;
    Ok(Flow::Stay)
}

fn save(page: &mut ProposalPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform(&page.op())?;
    let numbers = [done.out.given.len().to_string(), done.out.wanting.len().to_string()];
    let [given, wanting] = &numbers;
    let op = done.op.map_or(0, |n| n.0).to_string();
    let tone = if done.out.wanting.is_empty() { Tone::Good } else { Tone::Warn };
    cx.say(tone, "staffing.proposal_done", &[("given", given), ("wanting", wanting), ("op", &op)]);
    Ok(Flow::Close)
}

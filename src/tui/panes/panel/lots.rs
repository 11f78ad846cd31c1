//! A draw as it would be saved: the panels, then whom it leaves out and why. Nothing is stored until it is accepted.
use crate::ops::panel::{Draw, DrawPlan, draw_plan};
use crate::ops::{Changes, Result};
use crate::text::experts as words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct LotsPage {
    draw: Draw,
    plan: DrawPlan,
    lines: Vec<(String, Role)>,
    table: Table,
}

impl Pane for LotsPage {
    type About = Draw;
    const ID: &'static str = "panel_draw";
    const WATCHES: Changes = Changes::any(&["staff", "staff_tie", "application", "panel", "panel_candidate"]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "panel_draw.save", show: Show::Hint, ready: always, run: save },
        Action { id: "panel_draw.next", show: Show::Hint, ready: always, run: next },
        Action { id: "panel_draw.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, draw: Draw) -> Result<Self> {
        let table = Table::new(vec![Column::new("", Width::Fill(40))]);
        let plan = draw_plan(cx.site, &draw)?;
        let mut page = LotsPage { draw, plan, lines: Vec::new(), table };
        page.lay(cx);
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.plan = draw_plan(cx.site, &self.draw)?;
        self.lay(cx);
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let seated: usize = self.plan.panels.iter().map(|p| p.candidates.len()).sum();
        let counts = [self.plan.panels.len(), seated, self.plan.unseated.len(), self.plan.pool].map(|n| n.to_string());
        let ([panels, candidates, unseated, pool], seed) = (&counts, self.draw.seed.to_string());
        let args = [
            ("seed", seed.as_str()),
            ("panels", panels),
            ("candidates", candidates),
            ("unseated", unseated),
            ("pool", pool),
        ];
        canvas.text_in(line, &cx.say("experts.drawn_title", &args), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.table.draw(canvas, body, &|row, _| self.lines.get(row).cloned().unwrap_or((String::new(), Role::Text)));
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

impl LotsPage {
    fn lay(&mut self, cx: &Cx<'_>) {
        let comma = cx.locale.word("experts.comma");
        let chair = cx.locale.word("experts.chair_mark");
        let mut lines: Vec<(String, Role)> = Vec::new();
        lines.extend(self.plan.refusal.iter().map(|r| (words::why(cx.locale, r), Role::Warn)));
        for panel in &self.plan.panels {
            let mark = |place: usize| if place == 0 { chair } else { "" };
            let members = panel.members.iter().enumerate();
            let members: Vec<_> = members.map(|(n, m)| format!("{}{} {}", m.name, mark(n), m.unit)).collect();
            lines.push((format!("{}  {}", panel.name, members.join(comma)), Role::Title));
            for one in &panel.candidates {
                let employer = one.employer.as_deref().unwrap_or("-");
                lines.push((format!("  {}  {}  {employer}", one.name, one.occupation_name), Role::Text));
            }
        }
        lines.extend(words::left_out(cx.locale, &self.plan).into_iter().map(|line| (line, Role::Warn)));
        self.table.set_rows(lines.len());
        self.lines = lines;
    }
}

fn next(page: &mut LotsPage, cx: &mut Cx<'_>) -> Result<Flow> {
    page.draw.seed = page.draw.seed.wrapping_add(1);
    page.reload(cx)?;
    Ok(Flow::Stay)
}

fn save(page: &mut LotsPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform(&page.draw)?;
    let seated: usize = done.out.plan.panels.iter().map(|p| p.candidates.len()).sum();
    let counts = [done.out.panels.len(), seated, done.out.plan.unseated.len()].map(|n| n.to_string());
    let ([panels, candidates, unseated], seed) = (&counts, page.draw.seed.to_string());
    let op = done.op.map_or(0, |n| n.0).to_string();
    let args =
        [("seed", seed.as_str()), ("panels", panels), ("candidates", candidates), ("unseated", unseated), ("op", &op)];
    let tone = if done.out.plan.unseated.is_empty() { Tone::Good } else { Tone::Warn };
    cx.say(tone, "experts.drawn", &args);
    Ok(Flow::Close)
}

//! Where results stand on their way out: computed, audited, summary sent; who changed; and every computation.
use crate::ops::Result;
use crate::ops::results::{self, AuditStanding, Changed, ComputationStanding, SummaryState};
use crate::text::results as words;
use crate::text::width::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::{Column, Table, Width};
use ratatui::layout::Rect;

/// Cells that a line may take on the narrowest screen.
const WIDE: usize = 76;
/// People who are listed by name.
const MOST: usize = 500;

pub struct Settled {
    lines: Vec<(String, Role)>,
    pub table: Table,
}

impl Settled {
    pub fn new() -> Settled {
        Settled { lines: Vec::new(), table: Table::new(vec![Column::new("", Width::Fill(20))]) }
    }

    pub fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let (all, now) = (results::computations(cx.site)?, results::standing(cx.site)?);
        let (audit, summary) = (results::audit(cx.site)?, results::summary(cx.site)?);
        let head = words::standing(cx.locale, (&[], &now), &audit, &summary);
        let late = summary.left.is_some_and(|left| left < 0) && summary.state != SummaryState::Sent;
        let tones = [now == ComputationStanding::Holds, audit.passed, summary.state == SummaryState::Sent && !late];
        let mut lines = Vec::new();
        for (line, good) in head.iter().zip(tones) {
            let role = if good { Role::Good } else { Role::Warn };
            lines.extend(wrap(line, WIDE).into_iter().map(|row| (row, role)));
        }
        if now != ComputationStanding::Holds {
            let key = cx.seen().key("results", "results.compute");
            lines.push((cx.locale.say("results.computing_needs", &[("key", &key)]), Role::Info));
        }
        let next = match (audit.state, summary.state) {
            (AuditStanding::NotSent | AuditStanding::Returned, _) => Some(("results.next_ask", "results.ask_audit")),
            (AuditStanding::Waits, _) => Some(("results.next_answer", "results.answer_audit")),
            (_, SummaryState::NotSent | SummaryState::Outdated) => Some(("results.next_send", "results.send_summary")),
            _ => None,
        };
        if let Some((words, action)) = next.filter(|_| now == ComputationStanding::Holds) {
            let key = cx.seen().key("results", action);
            lines.push((cx.locale.say(words, &[("key", &key)]), Role::Info));
        }
        lines.push((String::new(), Role::Text));
        match (&now, all.as_slice()) {
            (ComputationStanding::Changed { people }, _) => list(&mut lines, cx, "results.would_change", people),
            (_, [after, before, ..]) => {
                let people = results::between(cx.site, before.id, after.id)?;
                list(&mut lines, cx, "results.did_change", &people);
            }
            _ => {}
        }
        if !all.is_empty() {
            lines.push((cx.locale.word("results.earlier_computations").to_owned(), Role::Title));
            lines.extend(all.iter().map(|c| (words::computation(cx.locale, c), Role::Text)));
        }
        self.lines = lines;
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _: &Seen<'_>) {
        self.table.draw(canvas, area, &|row, _| self.lines.get(row).cloned().unwrap_or((String::new(), Role::Text)));
    }
}

fn list(lines: &mut Vec<(String, Role)>, cx: &Cx<'_>, key: &str, people: &[Changed]) {
    let count = people.len().to_string();
    lines.push((cx.locale.say(key, &[("count", &count)]), Role::Title));
    if people.is_empty() {
        lines.push((cx.locale.word("results.nothing_changed").to_owned(), Role::Text));
    }
    for one in people.iter().take(MOST) {
        let ticket = one.ticket.as_deref().unwrap_or("-");
        let (before, after) = (words::came(cx.locale, one.before.as_ref()), words::came(cx.locale, one.after.as_ref()));
        lines.push((format!("  {ticket} {}  {before} -> {after}", one.name), Role::Text));
    }
    lines.push((String::new(), Role::Text));
}

//! How conditions look: the answer, the branches, the selected branch condition by condition, the evidence.
use super::Eligibility;
use crate::ops::eligibility::{BranchShown, Explanation, Standing};
use crate::text::width::wrap;
use crate::text::{Locale, eligibility as say};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new("", Width::Fixed(1)),
        Column::new(word("column.branch"), Width::Fixed(12)),
        Column::new(word("column.conditions"), Width::Fill(28)),
        Column::new(word("column.eligible"), Width::Fill(26)),
    ]
}

fn role(standing: Standing) -> Role {
    match standing {
        Standing::Met => Role::Good,
        Standing::NotMet => Role::Refused,
        Standing::Undecidable => Role::Warn,
    }
}

pub fn draw(pane: &Eligibility, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let (e, ascii) = (&pane.found, canvas.is_ascii());
    let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let line = |y: u16| Rect { y, height: 1.min(area.bottom().saturating_sub(y)), ..room };
    let answer = format!("{} {}", say::mark(e.standing, ascii), say::answer(cx.locale, e));
    let mut y = area.y;
    for part in wrap(&answer, usize::from(room.width)).iter().take(2) {
        canvas.text_in(line(y), part, role(e.standing));
        y += 1;
    }
    canvas.text_in(line(y), &say::basis(cx.locale, e), Role::Dim);
    y += 1;
    let rows = u16::try_from(e.branches.len()).unwrap_or(u16::MAX).saturating_add(1);
    let table = Rect { y, height: rows.min(area.bottom().saturating_sub(y) / 2 + 1), ..area };
    if !e.branches.is_empty() {
        pane.table.draw(canvas, table, &|row, column| {
            e.branches.get(row).map_or_else(|| (String::new(), Role::Text), |b| cell(e, b, (column, ascii), cx))
        });
        y += table.height;
    }
    let detail = Rect { y, height: area.bottom().saturating_sub(y), ..room };
    lines(canvas, detail, &below(pane, ascii, cx), cx);
}

fn cell(e: &Explanation, branch: &BranchShown, (column, ascii): (usize, bool), cx: &Seen<'_>) -> (String, Role) {
    match column {
        0 => (say::mark(branch.standing, ascii).to_owned(), role(branch.standing)),
        1 => (branch.id.clone(), Role::Text),
        2 => (say::words(cx.locale, &branch.words).to_owned(), Role::Text),
        _ => (say::gist(cx.locale, branch, &e.evidence), role(branch.standing)),
    }
}

type Line = (String, Role);

/// What fits, and a note of what does not.
fn lines(canvas: &mut Canvas<'_, '_>, area: Rect, all: &[Line], cx: &Seen<'_>) {
    let cells = usize::from(area.width);
    let rows: Vec<Line> =
        all.iter().flat_map(|(text, role)| wrap(text, cells).into_iter().map(|row| (row, *role))).collect();
    let height = usize::from(area.height);
    let fits = if rows.len() > height { height.saturating_sub(1) } else { height };
    for (y, (text, role)) in (area.top()..area.bottom()).zip(rows.iter().take(fits)) {
        canvas.text_in(Rect { y, height: 1, ..area }, text, *role);
    }
    if rows.len() > fits && height > 0 {
        let key = cx.key("dossier.eligibility", "dossier.eligibility.view");
        let count = (rows.len() - fits).to_string();
        let note = cx.say("eligibility.more", &[("count", &count), ("key", &key)]);
        canvas.text_in(Rect { y: area.bottom() - 1, height: 1, ..area }, &note, Role::Dim);
    }
}

/// The selected branch condition by condition, then the evidence.
fn below(pane: &Eligibility, ascii: bool, cx: &Seen<'_>) -> Vec<Line> {
    let e = &pane.found;
    let mut all = Vec::new();
    if let Some(branch) = pane.table.selected().and_then(|row| e.branches.get(row)) {
        all.extend(branch_lines(e, branch, ascii, cx.locale));
    }
    if e.evidence.is_empty() {
        let key = cx.key("dossier.eligibility", "dossier.eligibility.add");
        all.push((cx.say("eligibility.none", &[("key", &key)]), Role::Warn));
        return all;
    }
    all.extend(evidence_lines(e, cx.locale));
    all
}

pub fn branch_lines(e: &Explanation, branch: &BranchShown, ascii: bool, locale: &Locale) -> Vec<Line> {
    let head = locale.say("eligibility.detail", &[("branch", &branch.id), ("clause", &branch.clause)]);
    let mut all = vec![(head, Role::Title)];
    for c in &branch.conditions {
        let (what, found) = (say::condition(locale, &c.condition), say::finding(locale, &c.finding, &e.evidence));
        let mark = say::mark(c.finding.standing, ascii);
        all.push((format!("{mark} {what}: {found}"), role(c.finding.standing)));
    }
    if let Some(words) = &branch.judgement {
        let text = locale.say("eligibility.judgement", &[("words", say::words(locale, words))]);
        all.push((format!("! {text}"), Role::Warn));
    }
    if let Some(level) = branch.begins_above {
        let text = locale.say("eligibility.begins_above", &[("level", locale.word(&level.key()))]);
        all.push((format!("! {text}"), Role::Warn));
    }
    all
}

pub fn evidence_lines(e: &Explanation, locale: &Locale) -> Vec<Line> {
    let head = locale.say("eligibility.evidence_head", &[("count", &e.evidence.len().to_string())]);
    let pieces = e.evidence.iter().map(|p| (format!("  {}", say::piece(locale, p)), Role::Text));
    [(head, Role::Title)].into_iter().chain(pieces).collect()
}

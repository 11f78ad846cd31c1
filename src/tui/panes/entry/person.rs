//! Whose paper is at hand: its number in large between the papers before and after it, so that a slip by one is seen.
use super::papers::Papers;
use crate::model::AttendanceState;
use crate::ops::entry::{Paper, Stage};
use crate::text::mark_words;
use crate::text::width::{pad_right, width};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::Ink;
use crate::tui::widgets::big;
use ratatui::layout::Rect;

/// Cells left for the words beside the figures; with less the figures go.
const WORDS: u16 = 22;

/// Returns the lines used.
pub fn draw(papers: &Papers, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let Some((paper, _)) = papers.at_hand() else { return 0 };
    let line = |y: u16| Rect { y: area.y + y, height: u16::from(y < area.height), ..area };
    neighbour(papers.near(-1), "entry.before", canvas, line(0), cx);
    let body = Rect { y: area.y + 1, height: big::HEIGHT.min(area.height.saturating_sub(1)), ..area };
    let words = Rect { ..beside(&paper.place(), canvas, body) };
    facts(paper, canvas, words, cx);
    neighbour(papers.near(1), "entry.after", canvas, line(1 + big::HEIGHT), cx);
    canvas.rule(line(2 + big::HEIGHT), Role::Border);
    (3 + big::HEIGHT).min(area.height)
}

/// The number in large; returns the room on its right.
fn beside(number: &str, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let lines = big::lines(number, Ink::for_canvas(canvas));
    let wide = number.chars().count().saturating_mul(4).saturating_sub(1);
    let wide = u16::try_from(wide).unwrap_or(u16::MAX);
    if area.height < big::HEIGHT || wide.saturating_add(2 + WORDS) > area.width {
        return area;
    }
    for (y, text) in (area.top()..area.bottom()).zip(&lines) {
        canvas.text_in(Rect { y, height: 1, width: wide, ..area }, text, Role::Title);
    }
    let used = wide + 2;
    Rect { x: area.x + used, width: area.width - used, ..area }
}

fn facts(paper: &Paper, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let mut lines = match &paper.whose {
        // A sealed paper says nothing of anybody.
        None => vec![
            ("column.script", paper.place(), Role::Title),
            ("column.attendance", cx.word(attended(paper)), Role::Text),
        ],
        Some(whose) => vec![
            ("entry.name", whose.name.clone(), Role::Title),
            ("entry.ticket", whose.ticket.clone().unwrap_or_default(), Role::Text),
            (
                "column.seat",
                format!("{}-{}  {}", whose.room_number, paper.place(), cx.word(attended(paper))),
                Role::Text,
            ),
        ],
    };
    lines.push(("entry.occupation", paper.occupation_name.clone(), Role::Text));
    lines.push(("entry.level", cx.word(&paper.level.key()), Role::Text));
    let cells = lines.iter().map(|(key, ..)| width(&cx.word(key))).max().unwrap_or(0) + 1;
    for (y, (key, text, role)) in (area.top()..area.bottom()).zip(&lines) {
        let line = Rect { y, height: 1, ..area };
        let x = canvas.text_in(line, &pad_right(&cx.word(key), cells), Role::Dim);
        canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, text, *role);
    }
}

fn attended(paper: &Paper) -> &'static str {
    match paper.attendance {
        Some(AttendanceState::Present) => "entry.present",
        Some(AttendanceState::Late) => "entry.late",
        Some(AttendanceState::Absent) => "entry.was_absent",
        Some(AttendanceState::Refused) => "entry.was_refused",
        // Why a paper is void is not the typist's affair.
        Some(AttendanceState::LeftEarly | AttendanceState::HandedIn | AttendanceState::Misconduct) => "entry.present",
        None => "entry.not_recorded",
    }
}

/// The paper above or below in the pile, with the reader's own mark on it.
fn neighbour(near: Option<(&Paper, Stage)>, label: &str, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let (text, mark) = match near {
        Some((p, _)) => {
            let whose = match p.whose {
                Some(_) => format!("{} {} {}", p.place(), p.ticket().unwrap_or("-"), p.name()),
                None => p.place(),
            };
            (whose, p.mine.map(|mark| mark_words(cx.locale, mark)).unwrap_or_default())
        }
        None => (cx.word("entry.none"), String::new()),
    };
    let cells = u16::try_from(width(&mark)).unwrap_or(0);
    let right = Rect { x: line.right().saturating_sub(cells), width: cells, ..line };
    let left = Rect { width: line.width.saturating_sub(cells + u16::from(cells > 0)), ..line };
    canvas.text_in(left, &format!("{} {text}", cx.word(label)), Role::Dim);
    canvas.text_in(right, &mark, Role::Text);
}

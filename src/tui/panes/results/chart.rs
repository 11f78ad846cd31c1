//! The spread of one part's marks: a column for each ten points, with its count and its range.
use super::Results;
use crate::model::Subject;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, columns};
use ratatui::layout::Rect;

pub fn draw(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let board = pane.narrowed.as_ref().unwrap_or(&pane.board);
    let Some(spread) = board.spreads.iter().find(|s| s.subject == pane.part) else { return };
    let line = |y: u16| Rect { y: area.y + y.min(area.height), height: 1, ..area };
    let tabs: Vec<String> = Subject::ALL
        .iter()
        .map(|s| if *s == pane.part { format!("[{}]", cx.word(&s.key())) } else { format!(" {} ", cx.word(&s.key())) })
        .collect();
    canvas.text_in(line(0), &tabs.join(" "), Role::Title);
    let numbers = [spread.marked(), spread.absent, spread.void, spread.missing].map(|n| n.to_string());
    let [marked, absent, void, missing] = &numbers;
    let pass = spread.pass_mark.to_string();
    let args = [("marked", marked), ("absent", absent), ("void", void), ("missing", missing), ("pass", &pass)];
    let args = args.map(|(name, value)| (name, value.as_str()));
    canvas.text_in(line(1), &cx.say("results.spread_line", &args), Role::Text);
    if pane.narrowed.is_some() {
        canvas.text_in(line(2), &pane.places.path(cx), Role::Info);
    }
    if spread.marked() == 0 {
        canvas.paragraph(
            Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area },
            &cx.word("results.no_marks"),
            Role::Dim,
        );
        return;
    }
    let cells = usize::from((area.width / 10).saturating_sub(1).clamp(3, 9));
    let height = area.height.saturating_sub(5);
    for (row, text) in (3..).zip(columns(&spread.bins, usize::from(height), cells, Ink::for_canvas(canvas))) {
        canvas.text_in(line(row), &text, Role::Bar);
    }
    let centred = |texts: Vec<String>| texts.iter().map(|t| format!("{t:^cells$}")).collect::<Vec<_>>().join(" ");
    let counts = spread.bins.iter().map(u64::to_string).collect();
    canvas.text_in(line(height + 3), &centred(counts), Role::Title);
    // 100 is in the last.
    let range = |n: usize| if n == 9 { "90+".to_owned() } else { format!("{}+", n * 10) };
    canvas.text_in(line(height + 4), &centred((0..10).map(range).collect()), Role::Dim);
}

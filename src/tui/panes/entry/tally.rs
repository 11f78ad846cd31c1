//! The running check line: what of the pile is in, what the reader's own entries come to, what was saved last, how fast.
use super::papers::Papers;
use crate::ops::entry::Turn;
use crate::text::mark_words;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Lines; the last one names keys and goes first where room is short.
pub const HEIGHT: u16 = 3;
pub const LEAST: u16 = 2;

pub fn draw(papers: &Papers, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let (done, all) = papers.progress();
    let (count, sum) = papers.own_sum();
    let number = |n: usize| n.to_string();
    let (done, all, count, sum) = (number(done), number(all), number(count), sum.to_string());
    let args = [("done", done.as_str()), ("all", &all), ("count", &count), ("sum", &sum)];
    let line = |y: u16| Rect { y: area.y + y, height: u16::from(y < area.height), ..area };
    canvas.text_in(line(0), &cx.say("entry.tally", &args), Role::Info);
    let last = match &papers.last {
        Some((number, mark)) => {
            let mark = mark_words(cx.locale, *mark);
            cx.say("entry.tally_last", &[("number", number), ("mark", &mark)])
        }
        None => cx.word("entry.tally_none"),
    };
    let rate = papers.pace.rate().map(|rate| cx.say("entry.tally_rate", &[("rate", &rate.to_string())]));
    canvas.text_in(line(1), &format!("{last}  {}", rate.unwrap_or_default()), Role::Info);
    keys(papers, canvas, line(2), cx);
}

/// Keys that a typist asks for: how a first entry is taken back, the same mark once more, a remark, the cover.
fn keys(papers: &Papers, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let (mut x, types) = (line.x, papers.turn().is_some());
    for id in ["undo", "repeat", "remark", "cover"] {
        let shown = match id {
            "undo" => papers.kind == Some(Turn::First) && papers.last.is_some(),
            "repeat" => types && papers.last.is_some(),
            "remark" => types,
            _ => true,
        };
        if !shown {
            continue;
        }
        let room = |x: u16| Rect { x, width: line.right().saturating_sub(x), ..line };
        x = canvas.text_in(room(x), &cx.key("entry", &format!("entry.{id}")), Role::Key) + 1;
        x = canvas.text_in(room(x), &cx.word(&format!("entry_key.{id}")), Role::Hint) + 2;
    }
}

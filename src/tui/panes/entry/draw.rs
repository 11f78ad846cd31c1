//! The list of piles and the list of differences.
use super::Entry;
use crate::ops::EntryState;
use crate::ops::entry::{Difference, Pile, progress};
use crate::text::mark_words;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use ratatui::layout::Rect;

pub fn pile_name(pile: &Pile, cx: &Seen<'_>) -> String {
    let (subject, label) = (cx.word(&pile.subject.key()), pile.label());
    let key = if pile.is_sealed() { "entry.bag_name" } else { "entry.pile_name" };
    cx.say(key, &[("subject", &subject), ("room", &label)])
}

/// Entries that the reader may make in a pile now: none for whoever types nothing.
pub fn typable(pane: &Entry, pile: &Pile) -> i64 {
    let counts = pile.counts;
    let third = if pane.rule.has_markers { counts.may_third } else { 0 };
    if pane.types { counts.expected - counts.first_in + counts.may_second + counts.to_correct + third } else { 0 }
}

fn share(part: i64, whole: i64, cells: usize, ink: Ink) -> String {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    bar(count(part), count(whole), cells, ink)
}

pub fn piles(pane: &Entry, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    if pane.piles.is_empty() {
        let key = cx.key("entry", "app.pane_2");
        canvas.paragraph(area, &cx.say("entry.no_piles", &[("key", &key)]), Role::Text);
        return;
    }
    let (all, ink) = (progress(&pane.piles), Ink::for_canvas(canvas));
    let number = |n: i64| n.to_string();
    let (settled, expected, differing) = (number(all.settled), number(all.expected), number(all.differing));
    let again = number(all.again);
    let args = [("settled", settled.as_str()), ("expected", &expected), ("differing", &differing), ("again", &again)];
    let line = Rect { height: 1, ..area };
    let end = canvas.text_in(line, &cx.say("entry.progress", &args), Role::Title);
    let rest = Rect { x: end + 1, width: line.right().saturating_sub(end + 1), ..line };
    canvas.text_in(rest, &share(all.settled, all.expected, 20, ink), Role::Bar);
    if pane.settles && !pane.differences.is_empty() {
        let rest = Rect { x: rest.x + 21, width: rest.width.saturating_sub(21), ..rest };
        let key = cx.key("entry", "entry.differences");
        let count = pane.differences.len().to_string();
        canvas.text_in(rest, &cx.say("entry.to_settle", &[("key", &key), ("count", &count)]), Role::Warn);
    }
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    pane.pile_table.draw(canvas, body, &|row, column| {
        let Some(pile) = pane.piles.get(row) else { return (String::new(), Role::Text) };
        pile_cell(pane, pile, column, (cx, ink))
    });
}

fn pile_cell(pane: &Entry, pile: &Pile, column: usize, (cx, ink): (&Seen<'_>, Ink)) -> (String, Role) {
    let counts = pile.counts;
    let number = |n: i64, role: Role| (n.to_string(), if n == 0 { Role::Dim } else { role });
    match column {
        0 if counts.again > 0 => {
            let again = cx.say("entry.pile_again", &[("count", &counts.again.to_string())]);
            (format!("{} {again}", pile_name(pile, cx)), Role::Warn)
        }
        0 => (pile_name(pile, cx), Role::Text),
        1 => (counts.expected.to_string(), Role::Text),
        2 => number(counts.first_in, Role::Text),
        3 => number(counts.second_in, Role::Text),
        4 => number(counts.settled, Role::Good),
        5 => number(counts.differing + counts.returned, Role::Warn),
        6 => number(typable(pane, pile), Role::Title),
        7 => number(counts.mine_waiting, Role::Text),
        _ => (share(counts.settled, counts.expected, 8, ink), Role::Bar),
    }
}

/// The last column of the differences.
const STAGE: usize = 7;

pub fn differences(pane: &Entry, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = Rect { height: 1, ..area };
    let count = pane.differences.len().to_string();
    canvas.text_in(line, &cx.say("entry.differences_title", &[("count", &count)]), Role::Title);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    if pane.differences.is_empty() {
        let key = cx.key("entry", "entry.back");
        canvas.paragraph(body, &cx.say("entry.no_differences", &[("key", &key)]), Role::Text);
        return;
    }
    pane.difference_table.draw(canvas, body, &|row, column| match pane.differences.get(row) {
        Some(difference) if column == STAGE && pane.rule.has_markers && difference.lacks_third => {
            (cx.word("entry.lacks_third"), Role::Dim)
        }
        Some(difference) => difference_cell(difference, column, cx),
        None => (String::new(), Role::Text),
    });
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    let above = Rect { y: last.y.saturating_sub(1), ..last };
    if let Some(difference) = pane.difference_table.selected().and_then(|row| pane.differences.get(row)) {
        canvas.text_in(above, &beside(difference, cx), Role::Info);
    }
    let mut x = last.x;
    let three =
        pane.difference_table.selected().and_then(|row| pane.differences.get(row)).is_some_and(|d| d.third.is_some());
    let ways: &[&str] = match three {
        true => &["arbitrate", "discard", "differences"],
        false => &["keep_first", "keep_second", "discard", "send_back", "differences"],
    };
    for id in ways {
        let room = |x: u16| Rect { x, width: last.right().saturating_sub(x), ..last };
        x = canvas.text_in(room(x), &cx.key("entry", &format!("entry.{id}")), Role::Key) + 1;
        x = canvas.text_in(room(x), &cx.word(&format!("entry_key.{id}")), Role::Hint) + 2;
    }
}

/// What stands beside the marks of a pair: who typed the third one, groups of questions and remarks, each with who wrote it.
fn beside(difference: &Difference, cx: &Seen<'_>) -> String {
    let all = [Some(&difference.first), Some(&difference.second), difference.third.as_ref()];
    let third = difference.third.as_ref().map(|e| cx.say("entry.third_by", &[("operator", &e.operator)]));
    let mut parts: Vec<_> = third.into_iter().collect();
    for entered in all.into_iter().flatten() {
        if let Some(items) = &entered.items {
            parts.push(format!("{} {items}", entered.operator));
        }
        if let Some(remark) = &entered.remark {
            parts.push(cx.say("entry.remark_of", &[("operator", &entered.operator), ("remark", remark)]));
        }
    }
    parts.join("  ")
}

fn difference_cell(difference: &Difference, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let (first, second) = (&difference.first, &difference.second);
    let returned = |e: &crate::ops::entry::Entered| e.state == EntryState::Returned;
    let text = match column {
        0 => cx.word(&difference.subject.key()),
        1 => match (difference.room_number, difference.seat) {
            (Some(room), Some(seat)) => format!("{room}-{seat:02}"),
            _ => String::new(),
        },
        2 => difference.label().to_owned(),
        3 => return (mark_words(cx.locale, first.mark), Role::Warn),
        4 => first.operator.clone(),
        5 => return (mark_words(cx.locale, second.mark), Role::Warn),
        6 => second.operator.clone(),
        _ if difference.third.is_some() => {
            let mark = difference.third.as_ref().map(|e| mark_words(cx.locale, e.mark)).unwrap_or_default();
            cx.say("entry.third_mark", &[("mark", &mark)])
        }
        _ if returned(first) => cx.word("entry.first_returned"),
        _ if returned(second) => cx.word("entry.second_returned"),
        _ => cx.word("entry_stage.differs"),
    };
    (text, Role::Text)
}

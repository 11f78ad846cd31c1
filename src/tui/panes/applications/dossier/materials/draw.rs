//! How materials look: a line of counts, the checklist, and below it all about the selected line.
use super::Materials;
use crate::ops::MaterialState;
use crate::ops::materials::{Item, Piece, Standing};
use crate::text::Locale;
use crate::text::materials::{about_piece, demands, finding_words, material_word, named};
use crate::text::width::{width, wrap};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

const STANDINGS: [Standing; 6] =
    [Standing::Missing, Standing::NotNeeded, Standing::Faulty, Standing::Found, Standing::Refused, Standing::Accepted];
/// Rows below the list, without the rule.
const ABOUT: u16 = 6;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    let state = STANDINGS.iter().map(|s| width(locale.word(s.key())) + 2).max().unwrap_or(8);
    vec![
        Column::new(word("column.material"), Width::Fixed(22)),
        Column::new(word("column.material_state"), Width::Fixed(u16::try_from(state).unwrap_or(10))),
        Column::new(word("column.material_detail"), Width::Fill(30)),
    ]
}

pub fn draw(pane: &Materials, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect::new(area.x + 1, area.y + y, area.width.saturating_sub(2), 1);
    if pane.lines.is_empty() {
        canvas.text_in(line(1), &cx.word("materials.none"), Role::Text);
        return;
    }
    canvas.text_in(line(0), &tally(pane, cx), Role::Dim);
    let below = ABOUT.min(area.height.saturating_sub(6));
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(below + 2), ..area };
    pane.table.draw(canvas, list, &|row, column| match pane.item(row) {
        Some((item, piece)) => cell(pane, (item, piece), (row, column), cx),
        None => (String::new(), Role::Text),
    });
    if below > 0 {
        let rule = Rect { y: list.bottom(), height: 1, ..area };
        canvas.rule(rule, Role::Border);
        about(
            pane,
            canvas,
            Rect { y: rule.y + 1, height: below, x: area.x + 1, width: area.width.saturating_sub(2) },
            cx,
        );
    }
}

fn tally(pane: &Materials, cx: &Seen<'_>) -> String {
    let settled = pane.list.items.iter().filter(|item| item.standing.is_settled()).count();
    let all = pane.list.items.len();
    let (open, all, settled) = ((all - settled).to_string(), all.to_string(), settled.to_string());
    let text = cx.say("materials.tally", &[("all", &all), ("settled", &settled), ("open", &open)]);
    if pane.list.frozen {
        return format!("{text}   {}", cx.word("materials.frozen"));
    }
    let keys = ["check", "paper"].map(|verb| cx.key("dossier.materials", &format!("dossier.materials.{verb}")));
    let [check, paper] = &keys;
    format!("{text}   {}", cx.say("materials.missing_hint", &[("key", check), ("paper", paper)]))
}

fn cell(
    pane: &Materials,
    (item, piece): (&Item, Option<&Piece>),
    (row, column): (usize, usize),
    cx: &Seen<'_>,
) -> (String, Role) {
    let standing = piece.map_or(item.standing, standing);
    let role = role(standing);
    match column {
        0 => {
            // The second file of a material stands under the first.
            let again = row
                .checked_sub(1)
                .and_then(|above| pane.item(above))
                .is_some_and(|(above, _)| std::ptr::eq(above, item));
            let name = if again { String::new() } else { material_word(cx.locale, &item.material.code) };
            (name, if standing == Standing::NotNeeded { Role::Dim } else { Role::Text })
        }
        1 => (format!("{} {}", mark(standing), cx.word(standing.key())), role),
        _ => detail(pane, item, piece, cx),
    }
}

fn detail(pane: &Materials, item: &Item, piece: Option<&Piece>, cx: &Seen<'_>) -> (String, Role) {
    let Some(piece) = piece else {
        return (demands(cx.locale, item, &pane.list.group(item)), Role::Dim);
    };
    let file = named(cx.locale, &piece.row);
    match (piece.row.state, piece.faults.first()) {
        (MaterialState::Faulty, Some(finding)) => {
            (format!("{}  {file}", finding_words(cx.locale, finding)), Role::Warn)
        }
        (MaterialState::Refused, _) => (format!("{}  {file}", piece.row.note.clone().unwrap_or_default()), Role::Warn),
        _ => (file, Role::Text),
    }
}

/// A sign beside the word, so that colour is never the only one.
fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Missing => "-",
        Standing::NotNeeded => " ",
        Standing::Faulty | Standing::Refused => "!",
        Standing::Found => "+",
        Standing::Accepted => "*",
    }
}

fn role(standing: Standing) -> Role {
    match standing {
        Standing::Missing | Standing::Refused | Standing::Faulty => Role::Warn,
        Standing::Found => Role::Text,
        Standing::Accepted => Role::Good,
        Standing::NotNeeded => Role::Dim,
    }
}

fn standing(piece: &Piece) -> Standing {
    match piece.row.state {
        MaterialState::Found => Standing::Found,
        MaterialState::Faulty => Standing::Faulty,
        MaterialState::Accepted => Standing::Accepted,
        MaterialState::Refused => Standing::Refused,
    }
}

/// Everything about the selected line: the demands of the policy, then the file.
fn about(pane: &Materials, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let Some((item, piece)) = pane.selected() else { return };
    let asked = demands(cx.locale, item, &pane.list.group(item));
    let name = material_word(cx.locale, &item.material.code);
    let heading = if asked.is_empty() { name } else { format!("{name}: {asked}") };
    let mut lines: Vec<(String, Role)> =
        wrap(&heading, usize::from(area.width)).into_iter().map(|text| (text, Role::Dim)).collect();
    for text in piece.map(|piece| about_piece(cx.locale, piece)).unwrap_or_default() {
        let role = if text.starts_with('!') { Role::Warn } else { Role::Text };
        lines.extend(wrap(&text, usize::from(area.width)).into_iter().map(|part| (part, role)));
    }
    for (y, (text, role)) in (area.top()..area.bottom()).zip(&lines) {
        canvas.text_in(Rect::new(area.x, y, area.width, 1), text, *role);
    }
}

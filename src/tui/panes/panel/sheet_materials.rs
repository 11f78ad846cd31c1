//! The candidate's materials as they are read beside the sheet: topics that the notice asks for, what is on record, and the
//! evidence behind the application.
use crate::model::ApplicationId;
use crate::ops::materials::{Item, Piece, checklist};
use crate::ops::{Result, applications, eligibility};
use crate::text::eligibility::piece;
use crate::text::materials::{about_piece, material_word};
use crate::tui::cx::Cx;
use crate::tui::widgets::scroll::Scroll;

pub fn read(cx: &Cx<'_>, application: ApplicationId) -> Result<Scroll> {
    let row = applications::by_id(cx.site, application)?;
    let word = |key: &str| cx.locale.word(key).to_owned();
    let mut lines = vec![format!("{}  {}", word(&row.level.key()), row.occupation_name)];
    lines.extend(row.employer.filter(|employer| !employer.is_empty()));
    let list = checklist(cx.site, application)?;
    let asked: Vec<&Item> = list.items.iter().filter(|item| !item.material.topics.is_empty()).collect();
    if !asked.is_empty() {
        lines.extend([String::new(), word("panel_sheet.topics")]);
        for item in asked {
            lines.push(format!("- {}", material_word(cx.locale, &item.material.code)));
            lines.extend(item.material.topics.iter().map(|topic| format!("    {topic}")));
        }
    }
    lines.extend([String::new(), word("panel_sheet.on_record")]);
    if list.items.is_empty() {
        lines.push(word("panel_sheet.nothing"));
    }
    lines.extend(list.items.iter().flat_map(|item| about(cx, item)));
    lines.extend([String::new(), word("panel_sheet.evidence")]);
    let pieces = eligibility::explain(cx.site, application)?.evidence;
    if pieces.is_empty() {
        lines.push(word("panel_sheet.nothing"));
    }
    lines.extend(pieces.iter().map(|p| format!("- {}", piece(cx.locale, p))));
    Ok(Scroll::new(lines))
}

/// The material with its standing, and below it everything known of each piece.
fn about(cx: &Cx<'_>, item: &Item) -> Vec<String> {
    let name = material_word(cx.locale, &item.material.code);
    let mut lines = vec![format!("- {name}: {}", cx.locale.word(item.standing.key()))];
    let of = |piece: &Piece| about_piece(cx.locale, piece);
    lines.extend(item.pieces.iter().flat_map(of).map(|line| format!("    {line}")));
    lines
}

//! The certificates pane's screen.
use super::Certificates;
use crate::ops::CertificateState;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let word = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(word("column.number"), Width::Fixed(22)),
        Column::new(word("certificate_face.name"), Width::Fill(8)),
        Column::new(word("certificate_face.level"), Width::Fixed(14)).priority(2),
        Column::new(word("certificate_face.occupation"), Width::Fill(10)).priority(3),
        Column::new(word("column.issued_on"), Width::Fixed(10)).priority(1),
        Column::new(word("column.state"), Width::Fixed(7)),
    ]
}

pub fn draw(pane: &Certificates, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    let counts = &pane.counts;
    let text = cx.say(
        "certificates.counts",
        &[
            ("passed", &counts.passed.to_string()),
            ("numbered", &counts.numbered.to_string()),
            ("waiting", &counts.waiting.to_string()),
            ("revoked", &counts.revoked.to_string()),
        ],
    );
    canvas.text_in(row(0), &format!(" {text}"), Role::Title);
    filter_line(pane, canvas, row(1), cx);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if pane.lines.is_empty() {
        canvas.paragraph(
            Rect { x: body.x + 2, width: body.width.saturating_sub(4), ..body },
            &empty(pane, cx),
            Role::Dim,
        );
        return;
    }
    pane.table.draw(canvas, body, &|line, column| {
        let Some(c) = pane.lines.get(line) else { return (String::new(), Role::Text) };
        let role = if c.state == CertificateState::Revoked { Role::Dim } else { Role::Text };
        let text = match column {
            0 => c.number.clone(),
            1 => c.name.clone(),
            2 => cx.word(&format!("certificate_level.{}", c.level.digit())),
            3 => c.occupation_name.clone(),
            4 => c.issued_on.to_string(),
            _ => cx.word(&format!("certificate_state.{}", c.state.code())),
        };
        (text, role)
    });
}

fn filter_line(pane: &Certificates, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let state = match pane.state {
        Some(state) => cx.word(&format!("certificate_state.{}", state.code())),
        None => cx.word("certificates.all"),
    };
    let mut x =
        canvas.text_in(line, &format!(" {}   ", cx.say("certificates.state_filter", &[("state", &state)])), Role::Dim);
    if pane.finding {
        x = canvas.text(x, line.y, &format!("{}: ", cx.word("certificates.find")), Role::Key);
        let width = line.right().saturating_sub(x).min(40);
        pane.find.draw(canvas, Rect { x, width, ..line });
    } else if !pane.find.is_empty() {
        let text = cx.say("certificates.filter", &[("text", pane.find.text())]);
        canvas.text(x, line.y, &text, Role::Warn);
    }
}

/// What to press next.
fn empty(pane: &Certificates, cx: &Seen<'_>) -> String {
    let key = |action: &str| cx.key(Certificates::ID, action);
    if pane.find.is_empty() && pane.state.is_none() {
        let waiting = pane.counts.waiting.to_string();
        return cx.say("certificates.empty", &[("waiting", &waiting), ("key", &key("certificates.number"))]);
    }
    cx.say("certificates.nothing_found", &[("key", &key("certificates.clear"))])
}

//! Looking at a certificate, printing it on a blank form, and the segments of serials.
use super::Certificates;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::certificates;
use crate::ops::prints::Form;
use crate::text::certificate::{part_lines, segment};
use crate::text::width::pad_right;
use crate::tui::cx::Cx;
use crate::tui::overlays::print_form;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

const NO_FORM: Code = Code("certificates.no_form");

/// The certificate's face, and its number part by part.
pub fn open(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = false;
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let face = certificates::face(cx.site, selected.id)?;
    let state = cx.locale.word(&format!("certificate_state.{}", face.certificate.state.code())).to_owned();
    let label = |code: &str| pad_right(cx.locale.word(&format!("certificate_face.{code}")), 16);
    // The number is the title, and the document stands with its number: all of it fits a small screen.
    let document = cx.locale.word(&face.certificate.document.key()).to_owned();
    let mut lines: Vec<String> = Vec::new();
    for line in face.lines.iter().filter(|l| !matches!(l.code, "number" | "document")) {
        let with = if line.code == "id_number" { format!("{document} ") } else { String::new() };
        lines.push(format!("{} {with}{}", label(line.code), line.value));
    }
    let photo = face.photo.map_or_else(|| cx.locale.word("certificate_face.no_photo").to_owned(), |p| p.file);
    lines.push(format!("{} {photo}", label("photo")));
    lines.push(cx.locale.word("certificates.face_parts").to_owned());
    lines.extend(part_lines(cx.locale, &face.parts));
    let title = format!("{} {} [{state}]", cx.locale.word("certificates.face_title"), face.certificate.number);
    Ok(Flow::Open(Report::show(title, lines)))
}

/// The selected certificate on its blank form.
pub fn print(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let form = Form::find("certificate-face").ok_or_else(|| Refusal::new(NO_FORM))?;
    print_form::of(form, &[selected.application], cx)
}

/// Whose which serials are.
pub fn segments(_pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let all = certificates::segments(cx.site)?;
    let line = |one| segment(cx.locale, one).join("  ");
    let mut lines: Vec<String> = all.iter().map(line).collect();
    if lines.is_empty() {
        lines.push(cx.locale.word("numbers.no_segments").to_owned());
    }
    lines.push(cx.locale.word("numbers.segments_how").to_owned());
    Ok(Flow::Open(Report::show(cx.locale.word("numbers.segments_title").to_owned(), lines)))
}

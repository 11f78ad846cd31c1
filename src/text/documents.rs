//! Result documents, rosters and uploads in words, for both faces.
use super::{Locale, explain};
use crate::model::{OpNo, Refusal, identity};
use crate::ops::documents::{Block, BlockLine, Certified, CopyLine, Document, Issued, Overview, Prepared};
use crate::ops::reviews::StampBy;
use crate::ops::rosters::{BoxLine, BoxState, Filled, Made, Roster};
use crate::ops::uploads::{Counts, Prepared as UploadPrepared, Upload};
use crate::ops::{ApplicationRow, Done, Error, QualifiedRow, QualifiedState, UploadLineRow};

pub fn say(locale: &Locale, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.say(key, &args)
}

/// The words of `key` with the number of the operation.
pub fn with_op(locale: &Locale, key: &str, args: &[(&str, String)], op: Option<OpNo>) -> String {
    let mut args = args.to_vec();
    args.push(("op", op.map(|n| n.to_string()).unwrap_or_default()));
    say(locale, key, &args)
}

pub fn refusal(locale: &Locale, refusal: &Refusal) -> String {
    explain(locale, &Error::Refused(refusal.clone())).message
}

pub fn block(locale: &Locale, block: Block) -> String {
    let key = match block {
        Block::Theory => "score_block.theory",
        Block::Practical => "score_block.practical",
    };
    locale.word(key).to_owned()
}

pub fn certified(locale: &Locale, of: Block, done: &Done<Certified>) -> String {
    let state = |key: &str| say(locale, "documents.void_note", &[("state", locale.word(key).to_owned())]);
    let void = done.out.void.map(|void| state(void.key())).unwrap_or_default();
    let args = [("block", block(locale, of)), ("people", done.out.people.to_string()), ("void", void)];
    with_op(locale, "documents.certified", &args, done.op)
}

/// What was drafted, and everybody left out with why.
pub fn prepared(locale: &Locale, done: &Done<Prepared>) -> String {
    let Prepared { document, people, left } = &done.out;
    let count = || say(locale, "documents.left_out", &[("count", left.len().to_string())]);
    let note = if left.is_empty() { String::new() } else { count() };
    let args = [("document", document.to_string()), ("people", people.to_string()), ("left", note)];
    let mut lines = vec![with_op(locale, "documents.prepared", &args, done.op)];
    let line = |why: &Refusal| say(locale, "documents.left_line", &[("why", refusal(locale, why))]);
    lines.extend(left.iter().map(|one| line(&one.why)));
    lines.join("\n")
}

pub fn issued(locale: &Locale, done: &Done<Issued>) -> String {
    let Issued { document_no, people, dated } = &done.out;
    let args = [("number", document_no.clone()), ("people", people.to_string()), ("day", dated.to_string())];
    with_op(locale, "documents.issued", &args, done.op)
}

fn keeper(locale: &Locale, code: &str) -> String {
    locale.word(&format!("document_keeper.{code}")).to_owned()
}

pub fn handed(locale: &Locale, (copy, to): (usize, &str), done: &Done<&'static str>) -> String {
    let args = [("copy", copy.to_string()), ("keeper", keeper(locale, done.out)), ("to", to.to_owned())];
    with_op(locale, "documents.handed", &args, done.op)
}

/// Number, state, 文号, day, people, struck, title.
pub fn document_cells(locale: &Locale, d: &Document) -> Vec<String> {
    vec![
        d.row.id.to_string(),
        locale.word(&format!("document_state.{}", d.row.state.code())).to_owned(),
        d.row.document_no.clone().unwrap_or_default(),
        d.row.dated.map(|day| day.to_string()).unwrap_or_default(),
        d.people.to_string(),
        d.struck.to_string(),
        d.row.title.clone(),
    ]
}

pub fn overview_lines(locale: &Locale, o: &Overview) -> Vec<String> {
    if !o.given {
        return vec![locale.word("documents.not_here").to_owned()];
    }
    let args = [
        ("passed", o.passed.to_string()),
        ("on", o.on_document.to_string()),
        ("ready", o.ready.to_string()),
        ("waiting", o.waiting.to_string()),
    ];
    let mut lines = vec![say(locale, "documents.title", &args)];
    lines.extend(o.first.iter().map(|why| refusal(locale, why)));
    lines
}

pub fn block_line(locale: &Locale, line: &BlockLine) -> String {
    let args = [("block", block(locale, line.block)), ("good", line.good.to_string()), ("open", line.open.to_string())];
    say(locale, "documents.block_line", &args)
}

fn copy_line(locale: &Locale, one: &CopyLine) -> String {
    let state = match one.handed_on.zip(one.handed_to.as_ref()) {
        Some((day, to)) => say(locale, "documents.copy_handed", &[("day", day.to_string()), ("to", to.clone())]),
        None => locale.word("documents.copy_kept").to_owned(),
    };
    let args = [("copy", one.copy.to_string()), ("keeper", keeper(locale, one.keeper)), ("state", state)];
    say(locale, "documents.copy_line", &args)
}

/// Title, signatures, copies, end.
pub fn record(locale: &Locale, d: &Document) -> Vec<String> {
    let mut lines = vec![document_cells(locale, d).join("  ")];
    if let Some(day) = d.row.dated {
        let name = |name: &Option<String>| name.clone().unwrap_or_default();
        let (handled_by, responsible) = (name(&d.row.handled_by), name(&d.row.responsible));
        let args = [("handled_by", handled_by), ("responsible", responsible), ("day", day.to_string())];
        lines.push(say(locale, "documents.signed_line", &args));
        lines.extend(d.copies.iter().map(|one| copy_line(locale, one)));
    }
    if let Some(reason) = &d.row.ended_reason {
        lines.push(say(locale, "documents.ended_line", &[("reason", reason.clone())]));
    }
    if d.whole == Some(false) {
        lines.push(locale.word("documents.broken").to_owned());
    }
    lines
}

pub fn person(locale: &Locale, p: &QualifiedRow) -> String {
    let points = |points: Option<crate::model::Points>| points.map(|p| p.to_string()).unwrap_or_default();
    let reason = || say(locale, "documents.struck_mark", &[("reason", p.reason.clone().unwrap_or_default())]);
    let mark = if p.state == QualifiedState::Struck { reason() } else { String::new() };
    let args = [
        ("number", p.position.to_string()),
        ("name", p.name.clone()),
        ("id", identity::mask(&p.id_number)),
        ("occupation", p.occupation_name.clone()),
        ("level", locale.word(&p.level.key()).to_owned()),
        ("theory", points(p.theory)),
        ("practical", points(p.practical)),
        ("mark", mark),
    ];
    say(locale, "documents.person_line", &args)
}

pub fn roster_made(locale: &Locale, done: &Done<Made>) -> String {
    let args = [("roster", done.out.roster.to_string()), ("people", done.out.people.to_string())];
    with_op(locale, "documents.roster_made", &args, done.op)
}

pub fn roster_filled(locale: &Locale, node: StampBy, done: &Done<Filled>) -> String {
    let whole = if done.out.whole { locale.word("documents.roster_whole").to_owned() } else { String::new() };
    let state = locale.word(done.out.state.key()).to_owned();
    let args = [("box", locale.word(&node.key()).to_owned()), ("state", state), ("whole", whole)];
    with_op(locale, "documents.roster_filled", &args, done.op)
}

/// Number, kind, unit, people, state, boxes, whether it still says what is true.
pub fn roster_cells(locale: &Locale, r: &Roster, units: &[(String, String)]) -> Vec<String> {
    let unit = r.row.unit.clone().unwrap_or_default();
    let unit = units.iter().find(|(code, _)| *code == unit).map_or(unit.clone(), |(_, name)| name.clone());
    let good = r.boxes.iter().filter(|one| one.state == BoxState::Good).count();
    let current = match r.current {
        Some(true) => locale.word("documents.roster_current").to_owned(),
        Some(false) => locale.word("documents.roster_changed").to_owned(),
        None => r.row.sent_to.clone().unwrap_or_default(),
    };
    vec![
        r.row.id.to_string(),
        locale.word(&format!("roster_kind.{}", r.row.kind.code())).to_owned(),
        unit,
        r.people.to_string(),
        locale.word(&format!("roster_state.{}", r.row.state.code())).to_owned(),
        format!("{good}/{}", r.boxes.len()),
        current,
    ]
}

pub fn box_line(locale: &Locale, one: &BoxLine) -> String {
    let names: Vec<_> = [&one.handled_by, &one.responsible].into_iter().flatten().cloned().collect();
    let args = [
        ("box", locale.word(&one.node.key()).to_owned()),
        ("state", locale.word(one.state.key()).to_owned()),
        ("names", names.join("、")),
        ("day", one.dated.map(|day| day.to_string()).unwrap_or_default()),
    ];
    say(locale, "documents.roster_box_line", &args)
}

/// Materials as a roster keeps them, in words.
fn materials(locale: &Locale, written: &str) -> String {
    let one = |text: &str| {
        let (code, copies) = text.split_once('=').unwrap_or((text, "0"));
        let name = locale.word(&format!("material.{code}")).to_owned();
        if copies == "0" { name } else { format!("{name}×{copies}") }
    };
    written.split(',').filter(|text| !text.is_empty()).map(one).collect::<Vec<_>>().join("、")
}

pub fn roster_record(locale: &Locale, r: &Roster, people: &[(ApplicationRow, String)]) -> Vec<String> {
    let mut lines = vec![roster_cells(locale, r, &[]).join("  ")];
    lines.extend(r.boxes.iter().map(|one| box_line(locale, one)));
    for (at, (a, written)) in people.iter().enumerate() {
        let args = [
            ("number", (at + 1).to_string()),
            ("name", a.name.clone()),
            ("occupation", a.occupation_name.clone()),
            ("level", locale.word(&a.level.key()).to_owned()),
            ("materials", materials(locale, written)),
        ];
        lines.push(say(locale, "documents.roster_person", &args));
    }
    lines
}

pub fn upload_prepared(locale: &Locale, done: &Done<UploadPrepared>) -> String {
    let UploadPrepared { upload, people, digest } = &done.out;
    let short: String = digest.chars().take(12).collect();
    let args = [("upload", upload.to_string()), ("people", people.to_string()), ("digest", short)];
    with_op(locale, "uploads.prepared", &args, done.op)
}

pub fn upload_counts(locale: &Locale, c: &Counts) -> String {
    let args = [
        ("never", c.never.to_string()),
        ("pending", c.pending.to_string()),
        ("accepted", c.accepted.to_string()),
        ("differs", c.differs.to_string()),
        ("refused", c.refused.to_string()),
        ("revoked", c.revoked.to_string()),
    ];
    say(locale, "uploads.counts", &args)
}

/// Number, kind, layout, people, state, submitted on, receipt, accepted, refused, digest.
pub fn upload_cells(locale: &Locale, u: &Upload) -> Vec<String> {
    let answered = u.row.receipt_no.is_some();
    let count = |n: usize| if answered { n.to_string() } else { String::new() };
    vec![
        u.row.id.to_string(),
        locale.word(&format!("upload_kind.{}", u.row.kind.code())).to_owned(),
        u.row.layout.clone(),
        u.people.to_string(),
        locale.word(&format!("upload_state.{}", u.row.state.code())).to_owned(),
        u.row.submitted_on.map(|day| day.to_string()).unwrap_or_default(),
        u.row.receipt_no.clone().unwrap_or_default(),
        count(u.accepted),
        count(u.refused),
        u.row.digest.chars().take(12).collect(),
    ]
}

/// Receipt with its counts, and the digest.
pub fn upload_foot(locale: &Locale, u: &Upload) -> Vec<String> {
    let cells = upload_cells(locale, u);
    let mut lines = vec![format!("{}  {}", locale.word("column.upload_digest"), u.row.digest)];
    if let ([.., accepted, refused, _], Some(_)) = (cells.as_slice(), &u.row.receipt_no) {
        let (yes, no) = (locale.word("column.accepted"), locale.word("column.refused"));
        lines.push(format!("{yes} {accepted}  {no} {refused}"));
    }
    lines.extend(u.row.note.clone());
    lines
}

pub fn upload_record(locale: &Locale, u: &Upload, rows: &[UploadLineRow]) -> Vec<String> {
    let mut lines = vec![upload_cells(locale, u).join("  ")];
    if !u.whole {
        lines.push(locale.word("uploads.broken").to_owned());
    }
    for row in rows {
        let cells: Vec<String> = serde_json::from_str(&row.cells).unwrap_or_default();
        let name = cells.into_iter().find(|cell| !cell.is_ascii()).unwrap_or_default();
        let answer = row.answer.map(|answer| locale.word(&format!("upload_answer.{}", answer.code())).to_owned());
        let args = [
            ("number", row.position.to_string()),
            ("certificate", row.number.clone()),
            ("name", name),
            ("answer", answer.unwrap_or_default()),
            ("fault", row.fault.clone().unwrap_or_default()),
        ];
        lines.push(say(locale, "uploads.line", &args).trim_end().to_owned());
    }
    lines
}

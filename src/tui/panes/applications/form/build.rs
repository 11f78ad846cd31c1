//! The entries of the page from what is typed and how it was judged.
use super::pick::worded;
use super::sheet::Sheet;
use crate::model::{DocumentKind, EvidenceKind, IdentityNo};
use crate::ops::Result;
use crate::ops::applications::form::{
    Holds, ITEMS, Item, Judged, MISSING, NO_PLEDGE, Piece, Typed, UNIT_NOT_ROUTED, choices, needed, unit_name,
};
use crate::ops::exchange::{RowFault, Severity};
use crate::text::{Locale, fault_words};
use crate::tui::cx::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::form::{Entry, Kind, Note};

/// A heading above the item.
const GROUPS: [(&str, &str); 6] = [
    ("document", "form_group.person"),
    ("work_began", "form_group.work"),
    ("occupation", "form_group.applies"),
    ("experience", "form_group.career"),
    ("email", "form_group.contact"),
    ("registration_no", "form_group.end"),
];

/// Code of the entry for the nth piece of evidence.
pub fn piece_code(at: usize) -> String {
    format!("piece.{at}")
}

/// Code of the entry that adds one.
pub const NEW_PIECE: &str = "piece.new";

/// Whether items that are missing are told at the item too, after somebody tried to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    InStatusOnly,
    AtItem,
}

pub fn entries(cx: &Cx<'_>, sheet: &Sheet, judged: &Judged, missing: Missing) -> Result<Vec<Entry>> {
    let typed = sheet.typed.borrow();
    let needed = needed(cx.site, &sheet.layout, &typed)?;
    let mut all = Vec::new();
    for item in ITEMS {
        if let Some((_, group)) = GROUPS.iter().find(|(code, _)| *code == item.code) {
            all.push(Entry::new(*group, cx.locale.word(group), Kind::Heading));
        }
        let mut entry = one(cx, item, &typed)?.needed(needed.contains(&item.code));
        entry.shown = shown(item, &entry, &typed, &needed);
        entry.fixed = follows(item.code, &typed);
        entry.notes = notes(cx, judged, item.code, &typed, missing);
        all.push(entry);
        if item.code == "experience" {
            all.extend(pieces(cx.locale, &typed, judged));
        }
    }
    Ok(all)
}

fn one(cx: &Cx<'_>, item: &Item, typed: &Typed) -> Result<Entry> {
    let label = cx.locale.word(&format!("form_item.{}", item.code)).to_owned();
    let hint = format!("form_hint.{}", item.code);
    let kind = match item.holds {
        Holds::Long => Kind::Long,
        _ => match choices(cx.site, item.code, typed)? {
            list if list.is_empty() => Kind::Text,
            list => Kind::Choice(worded(cx.locale, list)),
        },
    };
    let mut entry = Entry::new(item.code, label, kind);
    if cx.locale.has(&hint) {
        entry.hint = cx.locale.word(&hint).to_owned();
    }
    entry.set(typed.get(item.code));
    Ok(entry)
}

/// Sex and birth date follow from a good number of a document that tells them.
fn follows(code: &str, typed: &Typed) -> bool {
    let tells = || DocumentKind::parse(typed.get("document")).is_some_and(DocumentKind::tells_birth_and_sex);
    matches!(code, "sex" | "birth") && tells() && IdentityNo::parse(typed.get("id_number")).is_ok()
}

/// What only some routes or notices ask for is out of the way elsewhere, unless something stands there.
fn shown(item: &Item, entry: &Entry, typed: &Typed, needed: &[&str]) -> bool {
    match item.holds {
        Holds::Unit => matches!(entry.kind, Kind::Choice(_)),
        _ if item.code.starts_with("certificate_") => {
            needed.contains(&"certificate_no")
                || ITEMS.iter().any(|i| i.code.starts_with("certificate_") && !typed.get(i.code).is_empty())
        }
        _ => true,
    }
}

fn notes(cx: &Cx<'_>, judged: &Judged, code: &str, typed: &Typed, missing: Missing) -> Vec<Note> {
    let told = |fault: &&RowFault| match fault.code {
        MISSING | NO_PLEDGE => missing == Missing::AtItem,
        UNIT_NOT_ROUTED => !typed.get("employer").is_empty(),
        _ => true,
    };
    let mut notes: Vec<_> = judged.of(code).filter(told).map(|fault| note(cx.locale, fault)).collect();
    if code == "unit"
        && typed.get("unit").is_empty()
        && let Some(name) = judged.unit.as_deref().and_then(|code| unit_name(cx.site, code))
    {
        notes.push(Note { role: Role::Info, text: cx.locale.say("form_page.routed", &[("unit", &name)]) });
    }
    notes
}

pub fn note(locale: &Locale, fault: &RowFault) -> Note {
    let role = match fault.severity {
        Severity::Error => Role::Refused,
        Severity::Warning => Role::Warn,
    };
    Note { role, text: fault_words(locale, fault) }
}

/// One line for each piece of evidence, and one to add another.
fn pieces(locale: &Locale, typed: &Typed, judged: &Judged) -> Vec<Entry> {
    let mut all = Vec::new();
    for (at, piece) in typed.evidence.iter().enumerate() {
        let label = locale.word(&kind_key(piece)).to_owned();
        let mut entry = Entry::new(piece_code(at), label, Kind::Row).hint(locale.word("form_hint.piece"));
        entry.set(&summary(locale, piece));
        let own = judged.faults.iter().filter(|f| f.line == at as u64 + 1);
        entry.notes = own
            .map(|fault| {
                let part = locale.word(&format!("form_part.{}", fault.column)).to_owned();
                let Note { role, text } = note(locale, fault);
                Note { role, text: format!("{part}: {text}") }
            })
            .collect();
        all.push(entry);
    }
    let mut add =
        Entry::new(NEW_PIECE, locale.word("form_item.piece_new"), Kind::Row).hint(locale.word("form_hint.piece_new"));
    add.set(locale.word("form_page.add_piece"));
    all.push(add);
    all
}

fn kind_key(piece: &Piece) -> String {
    format!("form_kind.{}", piece.kind().map_or("employment", EvidenceKind::code))
}

/// A piece in one line: from, to, level, unit, subject.
fn summary(locale: &Locale, piece: &Piece) -> String {
    let period = match (piece.get("from"), piece.get("to"), piece.kind()) {
        ("", "", _) => String::new(),
        (from, "", Some(EvidenceKind::Employment)) => locale.say("form_page.since", &[("from", from)]),
        (from, "", _) => from.to_owned(),
        (from, to, _) => format!("{from} ~ {to}"),
    };
    let word = |part: &str, table: &str| match piece.get(part) {
        "" => String::new(),
        code => locale.word(&format!("{table}.{code}")).to_owned(),
    };
    let parts = [
        period,
        piece.get("level").to_owned(),
        word("rank", "form_rank"),
        word("class", "form_class"),
        piece.get("unit").to_owned(),
        piece.get("subject").to_owned(),
        piece.get("number").to_owned(),
        word("relation", "form_relation"),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

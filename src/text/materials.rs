//! Materials in words: what is asked for, what was found, what is wrong.
use super::Locale;
use crate::ops::materials::{Finding, Item, Photo, Piece, masked, size};
use crate::ops::{MaterialRow, MaterialState};

/// What is wrong, without whose it is.
pub fn finding_words(locale: &Locale, finding: &Finding) -> String {
    locale.say_data(&format!("fault.{}", finding.finding.0), &finding.data)
}

/// The material itself, or those of which one is enough.
pub fn material_words(locale: &Locale, codes: &[String]) -> String {
    let words: Vec<String> = codes.iter().map(|code| material_word(locale, code)).collect();
    words.join(locale.word("materials.or"))
}

pub fn material_word(locale: &Locale, code: &str) -> String {
    locale.word(&format!("material.{code}")).to_owned()
}

/// One line of a report: who, what, which file, what is wrong.
pub fn finding_line(locale: &Locale, finding: &Finding) -> String {
    let materials = material_words(locale, &finding.materials);
    let file = finding.file.clone().filter(|file| *file != finding.who).unwrap_or_default();
    let about = [finding.who.as_str(), &materials, &file].into_iter().filter(|part| !part.is_empty());
    let about: Vec<&str> = about.collect();
    match about.as_slice() {
        [] => finding_words(locale, finding),
        about => format!("{}: {}", about.join("  "), finding_words(locale, finding)),
    }
}

/// What the policy asks of an item; `group` are the materials of which one is enough.
pub fn demands(locale: &Locale, item: &Item, group: &[String]) -> String {
    all_demands(locale, item, group).join(locale.word("materials.and"))
}

fn all_demands(locale: &Locale, item: &Item, group: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    let mut say = |key: &str, args: &[(&str, &str)]| all.push(locale.say(key, args));
    let material = &item.material;
    let formats = item.photo.as_ref().map_or(&material.formats, |photo| &photo.formats);
    if !formats.is_empty() {
        say("materials.formats", &[("formats", &formats.join(" "))]);
    }
    if let Some(copies) = material.copies {
        let received = item.pieces.iter().any(|piece| piece.row.copies.is_some());
        let key = if received { "materials.copies" } else { "materials.copies_open" };
        say(key, &[("copies", &copies.to_string())]);
    }
    if let Some(least) = material.min_characters {
        say("materials.least", &[("least", &least.to_string())]);
    }
    if group.len() > 1 {
        say("materials.one_of", &[("materials", &material_words(locale, group))]);
    }
    if material.signed {
        say("materials.signed", &[]);
    }
    if material.on_exam_day {
        say("materials.on_exam_day", &[]);
    }
    if !material.topics.is_empty() {
        say("materials.topics", &[("topics", &material.topics.join("、"))]);
    }
    all.extend(item.photo.iter().flat_map(|photo| of_photo(photo, locale)));
    all
}

fn of_photo(photo: &Photo, locale: &Locale) -> Vec<String> {
    let blanks = photo.named(locale.word("column.person"), locale.word("column.id_number"));
    let mut all = vec![
        locale.say("materials.file_name", &[("name", &blanks)]),
        locale.word(&format!("background.{}", photo.background.code())).to_owned(),
    ];
    if let Some(limit) = photo.below_bytes {
        all.insert(0, locale.say("materials.below", &[("limit", &size(limit))]));
    }
    let electronic = photo.electronic_size.as_ref();
    all.extend(electronic.map(|size| locale.say("materials.electronic_size", &[("size", size)])));
    let paper = photo.paper_size.as_ref();
    all.extend(paper.map(|size| locale.say("materials.paper_size", &[("size", size)])));
    all
}

/// What a piece is, and what is wrong with it.
pub fn piece_words(locale: &Locale, piece: &Piece) -> String {
    let mut parts = vec![named(locale, &piece.row)];
    parts.extend(open_faults(piece).map(|finding| finding_words(locale, finding)));
    parts.extend(piece.row.note.clone());
    parts.join(locale.word("materials.and"))
}

/// What is wrong, as long as nobody has accepted it all the same.
fn open_faults(piece: &Piece) -> impl Iterator<Item = &Finding> {
    let accepted = piece.row.state == MaterialState::Accepted;
    piece.faults.iter().filter(move |_| !accepted)
}

/// The file, or how many copies on paper.
pub fn named(locale: &Locale, row: &MaterialRow) -> String {
    match &row.file {
        Some(file) => masked(file.rsplit('/').next().unwrap_or(file)),
        None => locale.say("materials.on_paper", &[("copies", &row.copies.unwrap_or(1).to_string())]),
    }
}

/// Everything known of a piece, one line each.
pub fn about_piece(locale: &Locale, piece: &Piece) -> Vec<String> {
    let row = &piece.row;
    let mut lines = vec![row.file.as_deref().map_or_else(|| named(locale, row), masked)];
    let mut facts = Vec::new();
    if let (Some(width), Some(height)) = (row.width, row.height) {
        facts.push(locale.say("materials.pixels", &[("width", &width.to_string()), ("height", &height.to_string())]));
    }
    if let Some(count) = row.characters {
        facts.push(locale.say("materials.characters", &[("count", &count.to_string())]));
    }
    if let Some(bytes) = row.bytes.and_then(|n| u64::try_from(n).ok()) {
        facts.push(size(bytes));
    }
    if let Some(first) = lines.first_mut().filter(|_| !facts.is_empty()) {
        *first = format!("{first}  {}", facts.join("  "));
    }
    lines.extend(open_faults(piece).map(|finding| format!("! {}", finding_words(locale, finding))));
    if let (Some(judge), Some(at)) = (&piece.judge, row.judged_at) {
        let key =
            if row.state == MaterialState::Accepted { "materials.judged_accepted" } else { "materials.judged_refused" };
        lines.push(locale.say(key, &[("judge", judge), ("at", &at.minute())]));
    }
    lines.extend(row.note.as_ref().map(|note| locale.say("materials.note", &[("note", note)])));
    let seen = row.topics.as_ref().map(|topics| topics.replace('\n', "、"));
    lines.extend(seen.map(|topics| locale.say("materials.topics_seen", &[("topics", &topics)])));
    lines
}

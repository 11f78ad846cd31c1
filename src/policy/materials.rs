//! Papers an applicant hands in, and the photo: what is wanted of whom, and what is wrong with a file.
use crate::model::file_facts::stem_and_ending;
use crate::model::{Code, FileFacts, FileKind, Level, Route, TextLayer};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Locale key `material.<code>`.
    pub code: String,
    /// Empty means every route.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// File formats in lower case, without the dot; empty means paper or any.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Signed by the applicant's own hand.
    #[serde(default)]
    pub signed: bool,
    /// Brought on paper to the exam.
    #[serde(default)]
    pub on_exam_day: bool,
    /// Paper copies.
    #[serde(default)]
    pub copies: Option<u8>,
    /// Who keeps each copy, in order (S2-41).
    #[serde(default)]
    pub kept_by: Vec<KeptBy>,
    /// Characters of text (字) that it must have at least.
    #[serde(default)]
    pub min_characters: Option<u32>,
    /// Materials with the same name here replace one another: one is enough.
    #[serde(default)]
    pub one_of: Option<String>,
    /// Points a reviewer looks for.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Words in the names of its files; empty: those of `material_names`.
    #[serde(default)]
    pub names: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// 本人档案
    PersonalFile,
    /// 发文单位
    Issuer,
}

impl Material {
    pub fn is_required(&self, route: Route, level: Level) -> bool {
        let route_fits = self.routes.is_empty() || self.routes.contains(&route);
        route_fits && (self.levels.is_empty() || self.levels.contains(&level))
    }
}

/// The electronic photo, and the size of the one glued on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    pub formats: Vec<String>,
    /// The file must be smaller than this.
    #[serde(default)]
    pub below_bytes: Option<u64>,
    pub background: Background,
    /// `{name}` and `{identity}`, without the extension.
    pub file_name: String,
    /// As the notice writes it, such as `1.5寸`.
    #[serde(default)]
    pub paper_size: Option<String>,
    #[serde(default)]
    pub electronic_size: Option<String>,
    /// Of the electronic photo at 300 dots an inch; others are told, not refused.
    #[serde(default)]
    pub pixels: Option<Pixels>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
}

impl Photo {
    /// The name the notice asks for, without the extension.
    pub fn named(&self, name: &str, identity: &str) -> String {
        self.file_name.replace("{identity}", identity).replace("{name}", name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    White,
    Blue,
    Any,
}

impl Background {
    /// Words: `background.<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Background::White => "white",
            Background::Blue => "blue",
            Background::Any => "any",
        }
    }
}

/// The code under which a policy lists the electronic photo.
pub const PHOTO: &str = "photo";

/// What is wrong with a file; the words are `fault.<code>`.
pub const FILE_EMPTY: Code = Code("file_empty");
pub const FILE_TOO_LARGE: Code = Code("file_too_large");
pub const FILE_KIND: Code = Code("file_kind");
pub const FILE_FORMAT: Code = Code("file_format");
pub const FILE_ENDING: Code = Code("file_ending");
pub const FILE_DAMAGED: Code = Code("file_damaged");
pub const ARCHIVE_INSIDE: Code = Code("archive_inside");
pub const TOO_SHORT: Code = Code("too_short");
pub const PDF_SCANNED: Code = Code("pdf_scanned");
pub const PDF_UNDECODABLE: Code = Code("pdf_undecodable");
pub const PDF_ENCRYPTED: Code = Code("pdf_encrypted");
pub const PHOTO_FORMAT: Code = Code("photo_format");
pub const PHOTO_TOO_LARGE: Code = Code("photo_too_large");
pub const PHOTO_NAME: Code = Code("photo_name");

/// Those that a file can have, as stored with it.
pub const ALL_FAULTS: [Code; 14] = [
    FILE_EMPTY,
    FILE_TOO_LARGE,
    FILE_KIND,
    FILE_FORMAT,
    FILE_ENDING,
    FILE_DAMAGED,
    ARCHIVE_INSIDE,
    TOO_SHORT,
    PDF_SCANNED,
    PDF_UNDECODABLE,
    PDF_ENCRYPTED,
    PHOTO_FORMAT,
    PHOTO_TOO_LARGE,
    PHOTO_NAME,
];

/// Told, never refused.
pub const PHOTO_PIXELS: Code = Code("photo_pixels");

/// What nobody handed in.
pub const MATERIAL_MISSING: Code = Code("material_missing");
pub const PHOTO_MISSING: Code = Code("photo_missing");

/// Whose file it is.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    pub name: &'a str,
    pub number: &'a str,
}

/// What somebody has to hand in. Without a route and level: what everybody has to.
pub fn wanted(materials: &[Material], of: Option<(Route, Level)>) -> Vec<&Material> {
    let wants = |m: &&Material| match of {
        Some((route, level)) => m.is_required(route, level),
        None => m.routes.is_empty() && m.levels.is_empty(),
    };
    materials.iter().filter(wants).collect()
}

/// Everything that is wrong with a file handed in as this material.
pub fn faults(material: &Material, file: &str, facts: &FileFacts) -> Vec<Code> {
    if let Some(code) = unusable(facts) {
        return vec![code];
    }
    let mut found = Vec::new();
    let wrong_format = !material.formats.is_empty() && !facts.kind.is_one_of(&material.formats);
    if wrong_format {
        found.push(FILE_FORMAT);
    }
    if !has_its_ending(file, facts.kind) {
        found.push(FILE_ENDING);
    }
    if facts.damaged {
        found.push(FILE_DAMAGED);
    }
    if let (Some(least), false) = (material.min_characters, wrong_format) {
        found.extend(text_fault(least, facts.text).filter(|code| !found.contains(code)));
    }
    found
}

/// Everything that is wrong with the electronic photo.
pub fn photo_faults(photo: &Photo, holder: Holder<'_>, file: &str, facts: &FileFacts) -> Vec<Code> {
    let mut found = Vec::new();
    match unusable(facts) {
        Some(FILE_KIND | ARCHIVE_INSIDE) => found.push(PHOTO_FORMAT),
        Some(code) => found.push(code),
        None if !facts.kind.is_one_of(&photo.formats) || !has_its_ending(file, facts.kind) => found.push(PHOTO_FORMAT),
        None if facts.damaged => found.push(FILE_DAMAGED),
        None => {}
    }
    if photo.below_bytes.is_some_and(|limit| facts.bytes >= limit) {
        found.push(PHOTO_TOO_LARGE);
    }
    if !photo.is_named(file, holder) {
        found.push(PHOTO_NAME);
    }
    found
}

/// Whether the photo has other pixels than the notice's size asks for.
pub fn has_other_pixels(photo: &Photo, facts: &FileFacts) -> bool {
    let asked = photo.pixels.map(|p| (p.width, p.height));
    asked.is_some() && facts.pixels.is_some() && facts.pixels != asked
}

fn unusable(facts: &FileFacts) -> Option<Code> {
    match facts.kind {
        FileKind::Empty => Some(FILE_EMPTY),
        FileKind::Unknown if facts.damaged => Some(FILE_DAMAGED),
        FileKind::Unknown => Some(FILE_KIND),
        FileKind::Archive => Some(ARCHIVE_INSIDE),
        _ => None,
    }
}

fn has_its_ending(file: &str, kind: FileKind) -> bool {
    let (_, ending) = stem_and_ending(file);
    kind.endings().contains(&ending.as_str())
}

fn text_fault(least: u32, text: TextLayer) -> Option<Code> {
    match text {
        TextLayer::Counted(found) if found < least => Some(TOO_SHORT),
        TextLayer::Counted(_) | TextLayer::NotRead => None,
        TextLayer::Scanned => Some(PDF_SCANNED),
        TextLayer::Undecodable => Some(PDF_UNDECODABLE),
        TextLayer::Encrypted => Some(PDF_ENCRYPTED),
        TextLayer::Damaged => Some(FILE_DAMAGED),
        TextLayer::TooLarge => Some(FILE_TOO_LARGE),
    }
}

impl Photo {
    /// Whether a file's name is the one asked for; letters in either case, because numbers end in x or X.
    pub fn is_named(&self, file: &str, holder: Holder<'_>) -> bool {
        let (stem, _) = stem_and_ending(file);
        stem.to_uppercase() == self.named(holder.name, holder.number).to_uppercase()
    }
}

#[cfg(test)]
mod tests;

//! Something to tell about what was handed in: whose it is, what is wrong, and the figures for its words.
use crate::model::file_facts::stem_and_ending;
use crate::model::{Code, Datum, FileFacts, TextLayer, identity};
use crate::policy::Policy;
use crate::policy::materials::{Holder, Material};
use serde::{Serialize, Serializer};

/// Words: `fault.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// A person, or the folder or file that belongs to nobody. Numbers are masked.
    pub who: String,
    #[serde(serialize_with = "bare")]
    pub finding: Code,
    /// Codes of materials; several where one of them is enough.
    pub materials: Vec<String>,
    pub file: Option<String>,
    #[serde(skip)]
    pub data: Vec<(&'static str, Datum)>,
}

fn bare<S: Serializer>(code: &Code, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(code.0)
}

impl Finding {
    pub(super) fn new(who: impl Into<String>, finding: Code) -> Finding {
        Finding { who: who.into(), finding, materials: Vec::new(), file: None, data: Vec::new() }
    }

    pub(super) fn of(mut self, materials: Vec<String>) -> Finding {
        self.materials = materials;
        self
    }

    pub(super) fn file(mut self, file: &str) -> Finding {
        self.file = Some(masked(file));
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Datum>) -> Finding {
        self.data.push((name, value.into()));
        self
    }

    pub(super) fn measured(mut self, data: Vec<(&'static str, Datum)>) -> Finding {
        self.data.extend(data);
        self
    }
}

/// A person as findings name one.
pub(super) fn person(holder: Holder<'_>) -> String {
    format!("{} {}", holder.name, identity::mask(holder.number))
}

/// A name of a file or folder with every identity number in it masked.
pub fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if c.is_ascii_alphanumeric() => run.push(c),
            other => {
                let digits = run.bytes().filter(u8::is_ascii_digit).count();
                let is_number = (15..=18).contains(&run.len()) && digits + 1 >= run.len();
                out.push_str(&if is_number { identity::mask(&run) } else { std::mem::take(&mut run) });
                run.clear();
                out.extend(other);
            }
        }
    }
    out
}

/// The figures that the words of a fault may use.
pub(super) fn measures(
    policy: &Policy,
    material: &Material,
    holder: Holder<'_>,
    file: &str,
    facts: &FileFacts,
) -> Vec<(&'static str, Datum)> {
    let photo = &policy.photo;
    let is_photo = material.code == crate::policy::materials::PHOTO;
    let formats = if is_photo { &photo.formats } else { &material.formats };
    let (_, ending) = stem_and_ending(file);
    let asked = if is_photo { masked(&photo.named(holder.name, holder.number)) } else { String::new() };
    let counted = if let TextLayer::Counted(n) = facts.text { i64::from(n) } else { 0 };
    let side = |n: Option<u32>| i64::from(n.unwrap_or_default());
    vec![
        ("kind", Datum::Word(facts.kind.key())),
        ("ending", ending.into()),
        ("formats", if formats.is_empty() { ANY.join(" ").into() } else { formats.join(" ").into() }),
        ("size", size(facts.bytes).into()),
        ("limit", photo.below_bytes.map(size).unwrap_or_default().into()),
        ("asked", asked.into()),
        ("characters", counted.into()),
        ("least", i64::from(material.min_characters.unwrap_or_default()).into()),
        ("width", side(facts.pixels.map(|p| p.0)).into()),
        ("height", side(facts.pixels.map(|p| p.1)).into()),
        ("asked_width", side(photo.pixels.map(|p| p.width)).into()),
        ("asked_height", side(photo.pixels.map(|p| p.height)).into()),
    ]
}

/// What people usually hand in, where the policy names no format.
const ANY: [&str; 3] = ["pdf", "jpg", "png"];

/// Rounded up, so that what is too large never looks like its limit's lower half.
pub fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MB", bytes / MIB)
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_masked() {
        assert_eq!(masked("照片/甲_150199200011277184.JPG"), "照片/甲_150199********7184.JPG");
        assert_eq!(masked("甲15019919870729963X(1)"), "甲150199********963X(1)");
        assert_eq!(masked("IMG_20231015.jpg"), "IMG_20231015.jpg");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([20_480, 2_097_152, 211_650, 1, 0].map(size), ["20 KB", "2 MB", "207 KB", "1 KB", "0 KB"]);
    }
}

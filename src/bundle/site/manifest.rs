//! `bundle.toml`: what the folder holds, by size and digest, sealed by a digest of its own.
use super::{ALTERED, FORMAT, MALFORMED, MANIFEST, TABLES, UNKNOWN_FORMAT, UNKNOWN_TABLE, Unit};
use crate::model::Refusal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: i64,
    pub site: SitePart,
    pub batch: BatchPart,
    pub policy: PolicyPart,
    pub table: Vec<TablePart>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SitePart {
    pub code: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchPart {
    pub code: String,
    pub name: String,
    /// `open` or `closed`.
    pub state: String,
}

/// The policy as pinned; its text is `policy.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyPart {
    pub code: String,
    pub title: String,
    pub bytes: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePart {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// Rows of all tables; what was there before them and is only remembered is no row.
    pub fn rows(&self) -> u64 {
        let past = |part: &&TablePart| TABLES.iter().any(|t| t.name == part.name && t.merge.unit == Unit::Past);
        self.table.iter().filter(|part| !past(part)).map(|part| part.rows).sum()
    }

    pub fn text(&self) -> String {
        sealed(self)
    }

    /// Reads a manifest; its tables are exactly [`TABLES`], in order, so that no name in it can point elsewhere.
    pub fn parse(text: &str) -> Result<Manifest, Refusal> {
        let loose: toml::Table = text.parse().map_err(|e: toml::de::Error| malformed(MANIFEST, &e))?;
        match loose.get("format").and_then(toml::Value::as_integer) {
            Some(FORMAT) => {}
            found => {
                let found = found.map_or_else(|| "?".to_owned(), |n| n.to_string());
                return Err(Refusal::new(UNKNOWN_FORMAT).with("found", found).with("known", FORMAT));
            }
        }
        let manifest: Manifest = unsealed(MANIFEST, text)?;
        let mut known = TABLES.iter().map(|t| t.name);
        let stranger = manifest.table.iter().find(|part| known.next() != Some(part.name.as_str()));
        match stranger.map(|part| part.name.as_str()).or(known.next()) {
            Some(name) => Err(Refusal::new(UNKNOWN_TABLE).with("table", name)),
            None => Ok(manifest),
        }
    }
}

/// `[seal]` and the digest of every byte before it, as the last lines of a file.
const SEAL: &str = "\n[seal]\nsha256 = ";

pub fn sealed<T: Serialize>(value: &T) -> String {
    // Plain structs of numbers and texts always have a TOML form.
    let mut text = toml::to_string(value).unwrap_or_default();
    let digest = digest(text.as_bytes());
    let _ = writeln!(text, "{SEAL}\"{digest}\"");
    text
}

/// Checks the seal and reads what stands before it.
pub fn unsealed<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Refusal> {
    let altered = || Refusal::new(ALTERED).with("file", file);
    let (body, _) = text.rsplit_once(SEAL).ok_or_else(altered)?;
    let seal = format!("{SEAL}\"{}\"\n", digest(body.as_bytes()));
    if text.get(body.len()..) != Some(seal.as_str()) {
        return Err(altered());
    }
    toml::from_str(body).map_err(|e| malformed(file, &e))
}

fn malformed(file: &str, error: &toml::de::Error) -> Refusal {
    Refusal::new(MALFORMED).with("file", file).with("detail", error.message())
}

pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let part = |name: &str| TablePart { name: name.into(), rows: 0, bytes: 1, sha256: digest(b"") };
        Manifest {
            format: FORMAT,
            site: SitePart { code: "01".into(), name: "考点".into(), region: None, organisation: None },
            batch: BatchPart { code: "b".into(), name: "b".into(), state: "open".into() },
            policy: PolicyPart { code: "p".into(), title: "p".into(), bytes: 0, sha256: digest(b"") },
            table: TABLES.iter().map(|t| part(t.name)).collect(),
        }
    }

    #[test]
    fn a_manifest_is_read_back_and_every_flipped_byte_is_noticed() {
        let text = manifest().text();
        assert_eq!(Manifest::parse(&text).unwrap(), manifest());
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            if let Ok(text) = String::from_utf8(bytes) {
                assert!(Manifest::parse(&text).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn a_path_is_no_table_and_a_newer_format_is_named() {
        for name in ["../operators", "/etc/passwd", "operators.csv", "", "Operators"] {
            let mut other = manifest();
            other.table[0].name = name.into();
            assert!(Manifest::parse(&other.text()).unwrap_err().is(UNKNOWN_TABLE), "{name}");
        }
        let mut short = manifest();
        short.table.pop();
        assert!(Manifest::parse(&short.text()).unwrap_err().is(UNKNOWN_TABLE));
        let newer = Manifest { format: 2, ..manifest() };
        let refusal = Manifest::parse(&newer.text()).unwrap_err();
        assert!(refusal.is(UNKNOWN_FORMAT) && refusal.to_string().contains("found=2"));
    }
}

//! A sealed archive as a folder: the table of contents with every file's digest, and whether anything was touched. Knows files,
//! no database.
use super::site::manifest::{hex, sealed, unsealed};
use crate::model::{Code, Day, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The table of contents.
pub const CONTENTS: &str = "archive.toml";
pub const FORMAT: i64 = 1;
const MOST_CONTENTS: u64 = 64 * 1024 * 1024;

pub const NO_ARCHIVE: Code = Code("archive.not_an_archive");
pub const UNKNOWN_FORMAT: Code = Code("archive.unknown_format");

/// What `archive.toml` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    pub format: i64,
    pub site: String,
    pub site_name: String,
    pub batch: String,
    pub batch_name: String,
    pub policy: String,
    pub policy_sha256: String,
    pub number: i64,
    /// Minute, local.
    pub sealed_at: String,
    pub sealed_by: String,
    pub keeper: String,
    pub place: String,
    /// Last day on which paper is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper_until: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electronic_until: Option<Day>,
    pub people: i64,
    pub certificates: i64,
    /// Operations of the journal, and the digest of the last one.
    pub operations: i64,
    pub journal_head: String,
    /// Why it was sealed although something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// What was known to be missing.
    pub missing: Vec<String>,
    pub file: Vec<Part>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Code of its volume.
    pub volume: String,
    /// From the folder, with `/`.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What is wrong with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Touched {
    Altered,
    Missing,
    /// Not in the table of contents.
    Extra,
    /// A link, a pipe: nothing that was sealed.
    NotAFile,
    /// The journal's chain does not fit in itself, or not to its head.
    Chain,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub file: String,
    pub found: Touched,
    /// Operation at which the chain breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<i64>,
}

impl Finding {
    fn of(file: &str, found: Touched) -> Finding {
        Finding { file: file.to_owned(), found, operation: None }
    }
}

/// An archive that was looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// `None`: the table of contents itself was altered.
    pub contents: Option<Contents>,
    /// Digest of the table of contents, to hold against the register.
    pub seal: String,
    pub findings: Vec<Finding>,
}

/// Whether a path means a sealed archive: its folder, or the table of contents inside.
pub fn at(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return path.join(CONTENTS).symlink_metadata().is_ok().then(|| path.to_owned());
    }
    let contents = path.file_name().is_some_and(|n| n == CONTENTS);
    contents.then(|| path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned())
}

/// Holds every file against the table of contents.
pub fn look(folder: &Path) -> io::Result<Result<Looked, Refusal>> {
    let not = || Refusal::new(NO_ARCHIVE).with("path", folder.display().to_string());
    let path = folder.join(CONTENTS);
    if !path.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
        return Ok(Err(not()));
    }
    let mut bytes = Vec::new();
    File::open(&path)?.take(MOST_CONTENTS).read_to_end(&mut bytes)?;
    let seal = hex(&Sha256::digest(&bytes));
    let contents = match parse(&bytes) {
        Ok(contents) => contents,
        Err(refusal) if refusal.is(UNKNOWN_FORMAT) => return Ok(Err(refusal)),
        Err(_) => {
            let findings = vec![Finding::of(CONTENTS, Touched::Altered)];
            return Ok(Ok(Looked { contents: None, seal, findings }));
        }
    };
    let findings = compare(folder, &contents)?;
    Ok(Ok(Looked { contents: Some(contents), seal, findings }))
}

fn parse(bytes: &[u8]) -> Result<Contents, Refusal> {
    let altered = || Refusal::new(super::site::ALTERED).with("file", CONTENTS);
    let text = std::str::from_utf8(bytes).map_err(|_| altered())?;
    let contents: Contents =
        match unsealed::<toml::Table>(CONTENTS, text)?.get("format").and_then(toml::Value::as_integer) {
            Some(FORMAT) => unsealed(CONTENTS, text)?,
            found => {
                let found = found.map_or_else(|| "?".to_owned(), |n| n.to_string());
                return Err(Refusal::new(UNKNOWN_FORMAT).with("found", found).with("known", FORMAT));
            }
        };
    // A path out of the folder was never written.
    let plain = |part: &Part| part.path.split('/').all(|p| !p.is_empty() && p != "." && p != ".." && !p.contains('\\'));
    if contents.file.iter().all(plain) { Ok(contents) } else { Err(altered()) }
}

fn compare(folder: &Path, contents: &Contents) -> io::Result<Vec<Finding>> {
    let known: BTreeMap<&str, &Part> = contents.file.iter().map(|part| (part.path.as_str(), part)).collect();
    let (mut there, mut findings) = (BTreeMap::new(), Vec::new());
    walk(folder, "", &mut there)?;
    for (path, part) in &known {
        match there.get(*path) {
            None => findings.push(Finding::of(path, Touched::Missing)),
            Some(false) => findings.push(Finding::of(path, Touched::NotAFile)),
            Some(true) => {
                let mut file = File::open(folder.join(path))?;
                let (bytes, sha256) = digest(&mut file)?;
                if bytes != part.bytes || sha256 != part.sha256 {
                    findings.push(Finding::of(path, Touched::Altered));
                }
            }
        }
    }
    let extra = there.keys().filter(|path| !known.contains_key(path.as_str()) && *path != CONTENTS);
    findings.extend(extra.map(|path| Finding::of(path, Touched::Extra)));
    Ok(findings)
}

/// Every name below a folder, and whether it is a plain file.
fn walk(folder: &Path, prefix: &str, out: &mut BTreeMap<String, bool>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{name}/"), out)?;
        } else {
            out.insert(name, kind.is_file());
        }
    }
    Ok(())
}

fn digest(from: &mut impl Read) -> io::Result<(u64, String)> {
    let (mut hash, mut buffer, mut bytes) = (Sha256::new(), vec![0; 64 * 1024], 0);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex(&hash.finalize())));
        }
        bytes += read as u64;
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}

/// An archive in the making, beside its place.
pub struct NewArchive {
    folder: TempDir,
    target: PathBuf,
    parts: Vec<Part>,
}

impl NewArchive {
    /// Refuses a place where something stands already, an empty folder apart.
    pub fn begin(target: &Path) -> io::Result<Result<NewArchive, Refusal>> {
        let taken = target.symlink_metadata().is_ok_and(|meta| !meta.is_dir())
            || target.is_dir() && fs::read_dir(target)?.next().is_some();
        if taken {
            let path = target.display().to_string();
            return Ok(Err(Refusal::new(super::site::NOT_EMPTY).with("path", path)));
        }
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let folder = tempfile::Builder::new().prefix(".archive-").tempdir_in(parent)?;
        Ok(Ok(NewArchive { folder, target: target.to_owned(), parts: Vec::new() }))
    }

    /// Writes one file, in a volume.
    pub fn put(&mut self, volume: &str, path: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.folder.path().join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(&place)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let (bytes, sha256) = digest(&mut &*bytes)?;
        self.parts.push(Part { volume: volume.to_owned(), path: path.to_owned(), bytes, sha256 });
        Ok(())
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Writes the table of contents; gives its digest.
    pub fn seal(&mut self, mut contents: Contents) -> io::Result<(Contents, String)> {
        contents.file.clone_from(&self.parts);
        let text = sealed(&contents);
        let mut file = File::create_new(self.folder.path().join(CONTENTS))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok((contents, hex(&Sha256::digest(text.as_bytes()))))
    }

    /// Puts the folder in its place.
    pub fn finish(self) -> io::Result<()> {
        fs::rename(self.folder.path(), &self.target)?;
        let _ = self.folder.keep();
        let parent = self.target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent)?.sync_all()
    }
}

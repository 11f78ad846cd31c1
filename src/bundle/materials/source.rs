//! What was handed in, as one thing whether it is a folder or an archive: paths, sizes, and bytes when asked for.
use super::{archive, folder};
use crate::model::{Code, Refusal};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

pub const DAMAGED: Code = Code("archive.damaged");
pub const NOT_A_ZIP: Code = Code("archive.not_a_zip");
pub const EMPTY: Code = Code("archive.empty");
/// A link in a folder: not followed.
pub const LINKED: Code = Code("link_not_followed");
/// Folders inside folders beyond any use: not looked into.
pub const DEEP: Code = Code("too_deep");

pub(super) fn damaged() -> SourceFault {
    Refusal::new(DAMAGED).into()
}

#[derive(Debug, thiserror::Error)]
pub enum SourceFault {
    #[error("{0}")]
    Refused(Refusal),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<Refusal> for SourceFault {
    fn from(refusal: Refusal) -> Self {
        SourceFault::Refused(refusal)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Inside, with `/` between folders.
    pub path: String,
    pub bytes: u64,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Packed(usize),
}

impl Entry {
    /// Folder that it stands in; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Something that was not taken, with why: `fault.<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    pub path: String,
    pub code: Code,
}

pub struct Source {
    /// Of the folder or archive, without the archive's ending.
    pub name: String,
    pub is_archive: bool,
    /// Sorted by path.
    pub entries: Vec<Entry>,
    pub oddities: Vec<Oddity>,
    /// Files that Macs, Windows and office programs leave behind.
    pub ignored: usize,
    archive: Option<ZipArchive<BufReader<File>>>,
}

impl Source {
    /// Lists a folder or a zip archive; no file is read yet.
    pub fn open(path: &Path) -> Result<Source, SourceFault> {
        let name = path.canonicalize()?.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut source = if path.is_dir() { Source::folder(path, name)? } else { Source::archive(path, &name)? };
        if source.entries.is_empty() {
            return Err(Refusal::new(EMPTY).into());
        }
        source.entries.sort_by(|a, b| a.path.cmp(&b.path));
        source.without_wrapping();
        Ok(source)
    }

    fn folder(path: &Path, name: String) -> Result<Source, SourceFault> {
        let found = folder::list(path)?;
        let entry = |(path, file, bytes)| Entry { path, bytes, place: Place::File(file) };
        let entries = found.files.into_iter().map(entry).collect();
        let (oddities, ignored) = (found.oddities, found.ignored);
        Ok(Source { name, is_archive: false, entries, oddities, ignored, archive: None })
    }

    fn archive(path: &Path, name: &str) -> Result<Source, SourceFault> {
        let mut file = File::open(path)?;
        let mut head = [0; 4];
        let is_zip = file.read_exact(&mut head).is_ok() && head.starts_with(b"PK");
        if !is_zip {
            return Err(Refusal::new(NOT_A_ZIP).into());
        }
        let found = archive::list(BufReader::new(file))?;
        let entry = |p: archive::Packed| Entry { path: p.path, bytes: p.bytes, place: Place::Packed(p.index) };
        let entries = found.files.into_iter().map(entry).collect();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let (oddities, ignored, archive) = (Vec::new(), found.ignored, Some(found.archive));
        Ok(Source { name, is_archive: true, entries, oddities, ignored, archive })
    }

    /// People pack a folder rather than what is in it: one folder around everything is taken off.
    fn without_wrapping(&mut self) {
        let first = |path: &str| path.split_once('/').map(|(top, _)| format!("{top}/"));
        let Some(top) = self.entries.first().and_then(|e| first(&e.path)).filter(|_| self.is_archive) else { return };
        if self.entries.iter().all(|e| e.path.starts_with(&top)) {
            for entry in &mut self.entries {
                entry.path.drain(..top.len());
            }
            self.without_wrapping();
        }
    }

    /// The beginning of an entry, at most `most` bytes.
    pub fn read(&mut self, entry: &Entry, most: u64) -> io::Result<Vec<u8>> {
        match (&entry.place, &mut self.archive) {
            (Place::Packed(index), Some(archive)) => archive::read(archive, *index, most),
            (Place::File(path), _) => {
                let mut bytes = Vec::new();
                File::open(path)?.take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            (Place::Packed(_), None) => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

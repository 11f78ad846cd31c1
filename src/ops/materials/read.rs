//! One file of what was handed in, read once: what it is, and the digest that says whether it is the same again.
use crate::bundle::materials::{Ask, Entry, MOST_READ, Source, facts};
use crate::model::{FileFacts, FileKind, TextLayer};
use crate::ops::{Error, MaterialRow, Result};
use sha2::{Digest, Sha256};
use std::io;

#[derive(Debug, Clone, PartialEq)]
pub struct FileRead {
    /// Inside the folder or archive.
    pub file: String,
    pub facts: FileFacts,
    /// `None`: too large to be read whole.
    pub sha256: Option<String>,
}

pub(super) fn read(source: &mut Source, entry: &Entry, ask: Ask) -> Result<FileRead> {
    let (facts, sha256) = match source.read(entry, MOST_READ) {
        Ok(bytes) => {
            let whole = bytes.len() as u64 >= entry.bytes;
            let size = if whole { bytes.len() as u64 } else { entry.bytes };
            (facts(&bytes, size, ask), whole.then(|| digest(&bytes)))
        }
        // What its archive says of it is not true, or its checksum is wrong.
        Err(error) if is_content(&error) => (unreadable(entry.bytes), None),
        Err(error) => return Err(Error::file(&entry.path)(error)),
    };
    Ok(FileRead { file: entry.path.clone(), facts, sha256 })
}

fn is_content(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::InvalidData | K::InvalidInput | K::UnexpectedEof | K::Other | K::Unsupported)
}

fn unreadable(bytes: u64) -> FileFacts {
    FileFacts { kind: FileKind::Unknown, bytes, pixels: None, damaged: true, text: TextLayer::NotRead }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The facts as a row keeps them. Why a text could not be counted is among its faults.
pub(super) fn facts_of(row: &MaterialRow) -> FileFacts {
    let number = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok());
    FileFacts {
        kind: row.format.as_deref().and_then(FileKind::parse).unwrap_or(FileKind::Unknown),
        bytes: row.bytes.and_then(|n| u64::try_from(n).ok()).unwrap_or_default(),
        pixels: number(row.width).zip(number(row.height)),
        damaged: false,
        text: number(row.characters).map_or(TextLayer::NotRead, TextLayer::Counted),
    }
}

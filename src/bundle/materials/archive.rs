//! A zip archive listed without trusting it. Nothing is ever unpacked to a disk; the whole archive is refused when one
//! of its entries shows that somebody tampered with it.
use super::entry_name::{PATH_LEAVES, decode, is_junk, stays_inside};
use super::source::{SourceFault, damaged};
use crate::model::{Code, Refusal};
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

pub const LINK: Code = Code("archive.link");
pub const DUPLICATE: Code = Code("archive.duplicate");
pub const ENCRYPTED: Code = Code("archive.encrypted");
pub const METHOD: Code = Code("archive.method");
pub const TOO_MANY: Code = Code("archive.too_many");
pub const TOO_LARGE: Code = Code("archive.too_large");
pub const BOMB: Code = Code("archive.bomb");

/// A thousand candidates with twenty files each, and room.
pub const MOST_ENTRIES: u64 = 50_000;
const MOST_DIRECTORY: u64 = 16 * 1024 * 1024;
/// Unpacked, all of them together.
pub const MOST_TOTAL: u64 = 8 * 1024 * 1024 * 1024;
/// Scans and photos hardly pack; what shrinks to less than this part of itself holds nothing.
const MOST_RATIO: u64 = 200;
/// Small files may pack well.
const RATIO_FROM: u64 = 1024 * 1024;

pub struct Packed {
    pub index: usize,
    pub path: String,
    pub bytes: u64,
}

/// What an archive holds.
pub struct Listing<R> {
    pub archive: ZipArchive<R>,
    pub files: Vec<Packed>,
    pub ignored: usize,
}

pub fn list<R: Read + Seek>(mut reader: R) -> Result<Listing<R>, SourceFault> {
    let length = reader.seek(SeekFrom::End(0))?;
    promised(&mut reader, length)?;
    let mut archive = ZipArchive::new(reader).map_err(|_| damaged())?;
    if archive.has_duplicate_names() {
        return Err(Refusal::new(DUPLICATE).with("name", "").into());
    }
    let mut listing = Vec::new();
    let (mut seen, mut total, mut ignored) = (HashSet::new(), 0u64, 0);
    let mut heads = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|_| damaged())?;
        heads.push((file.header_start(), file.name_raw().to_vec()));
        let path = checked(&file)?;
        total = total.saturating_add(file.size());
        if !seen.insert(path.clone()) {
            return Err(Refusal::new(DUPLICATE).with("name", path).into());
        }
        if file.is_dir() {
            continue;
        }
        if is_junk(&path) {
            ignored += 1;
        } else {
            listing.push(Packed { index, path, bytes: file.size() });
        }
    }
    if total > MOST_TOTAL || total > RATIO_FROM && total / MOST_RATIO > length {
        return Err(Refusal::new(TOO_LARGE).with("most", gibibytes(MOST_TOTAL)).into());
    }
    if archive.has_overlapping_entries().map_err(|_| damaged())? {
        return Err(damaged());
    }
    let mut reader = archive.into_inner();
    same_names(&mut reader, &heads)?;
    let archive = ZipArchive::new(reader).map_err(|_| damaged())?;
    Ok(Listing { archive, files: listing, ignored })
}

/// The entry's path, when nothing about the entry is out of order.
fn checked<R: Read>(file: &ZipFile<'_, R>) -> Result<String, SourceFault> {
    const UTF8_NAMES: u16 = 1 << 11;
    let western = || file.name().map(|n| n.into_owned()).unwrap_or_default();
    let path = decode(file.name_raw(), file.flags().as_u16() & UTF8_NAMES != 0, western);
    let refuse = |code| Err(Refusal::new(code).with("name", path.as_str()).into());
    if !stays_inside(&path) {
        return refuse(PATH_LEAVES);
    }
    if file.is_symlink() || file.unix_mode().is_some_and(is_special) {
        return refuse(LINK);
    }
    if file.encrypted() {
        return refuse(ENCRYPTED);
    }
    if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return refuse(METHOD);
    }
    if file.size() > RATIO_FROM && file.size() / MOST_RATIO > file.compressed_size() {
        return refuse(BOMB);
    }
    Ok(path)
}

/// Neither a file nor a folder: devices, pipes, sockets.
fn is_special(mode: u32) -> bool {
    !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000)
}

/// How many entries the archive says it has, before they are all read into memory; and that nothing follows its end.
fn promised<R: Read + Seek>(reader: &mut R, length: u64) -> Result<(), SourceFault> {
    const END: u64 = 22;
    const LONGEST: u64 = END + 0xFFFF;
    let from = length.saturating_sub(LONGEST);
    reader.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    reader.take(LONGEST).read_to_end(&mut tail)?;
    let is_end = |at: &usize| {
        let comment = number(&tail, at + 20, 2);
        tail.get(*at..).is_some_and(|t| t.starts_with(b"PK\x05\x06")) && comment == Some((tail.len() - at) as u64 - END)
    };
    let last = tail.len().checked_sub(22).ok_or_else(damaged)?;
    let at = (0..=last).rev().find(is_end).ok_or_else(damaged)?;
    let (mut count, mut directory) = (number(&tail, at + 10, 2), number(&tail, at + 12, 4));
    let locator = at.checked_sub(20).filter(|l| tail.get(*l..).is_some_and(|t| t.starts_with(b"PK\x06\x07")));
    if let Some(locator) = locator {
        let place = number(&tail, locator + 8, 8).ok_or_else(damaged)?;
        reader.seek(SeekFrom::Start(place))?;
        let mut end = Vec::new();
        reader.take(56).read_to_end(&mut end)?;
        (count, directory) = (number(&end, 32, 8), number(&end, 40, 8));
    }
    let (count, directory) = (count.ok_or_else(damaged)?, directory.ok_or_else(damaged)?);
    if count > MOST_ENTRIES || directory > MOST_DIRECTORY {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let most = i64::try_from(MOST_ENTRIES).unwrap_or(i64::MAX);
        return Err(Refusal::new(TOO_MANY).with("count", count).with("most", most).into());
    }
    Ok(())
}

/// A little-endian number.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// Every entry has the same name in front of its bytes as in the list, so that no program sees another file there.
fn same_names<R: Read + Seek>(reader: &mut R, heads: &[(u64, Vec<u8>)]) -> Result<(), SourceFault> {
    let mut head = [0; 30];
    for (at, name) in heads {
        reader.seek(SeekFrom::Start(*at))?;
        let read = reader.read_exact(&mut head).and_then(|()| {
            let length = number(&head, 26, 2).unwrap_or_default();
            let mut found = Vec::new();
            reader.take(length).read_to_end(&mut found).map(|_| found)
        });
        if read.ok().as_ref() != Some(name) {
            return Err(damaged());
        }
    }
    Ok(())
}

/// At most `most` bytes of an entry. More than it promised is an error, and so is a wrong checksum.
pub fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize, most: u64) -> io::Result<Vec<u8>> {
    let file = archive.by_index(index).map_err(io::Error::from)?;
    let promised = file.size();
    let mut bytes = Vec::new();
    file.take(most.min(promised.saturating_add(1))).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > promised {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "larger than its entry says"));
    }
    Ok(bytes)
}

fn gibibytes(bytes: u64) -> i64 {
    i64::try_from(bytes / (1024 * 1024 * 1024)).unwrap_or(i64::MAX)
}

//! A bundle in one file: a ZIP in exactly one shape, looked through before anything is unpacked from it. Entries lie one
//! behind the other without a gap, each is in the list as it is before its bytes, and the file ends with a digest of itself.
use super::{MOST_PACKED, MOST_TOTAL, TABLES};
use crate::bundle::sheet::SheetFault;
use crate::model::{Code, Refusal};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

pub const NOT_PACKED: Code = Code("packed.not_a_bundle");
pub const DAMAGED: Code = Code("packed.damaged");
pub const PATH_LEAVES: Code = Code("packed.path_leaves");
pub const LINK: Code = Code("packed.link");
pub const DUPLICATE: Code = Code("packed.duplicate");
pub const MISMATCH: Code = Code("packed.mismatch");
pub const ENCRYPTED: Code = Code("packed.encrypted");
pub const METHOD: Code = Code("packed.method");
pub const BOMB: Code = Code("packed.bomb");
pub const TOO_MANY: Code = Code("packed.too_many");
pub const TOO_LARGE: Code = Code("packed.too_large");
pub const NOT_CLOSED: Code = Code("packed.not_closed");

/// The tables, four texts, and room for tables to come.
const MOST_ENTRIES: u64 = TABLES.len() as u64 + 16;
/// What shrinks to less than this part of itself is made to do harm; small files may.
const MOST_RATIO: u64 = 100;
const RATIO_FROM: u64 = 1024 * 1024;
const MOST_NAME: usize = 64;

const LOCAL: usize = 30;
const LISTED: usize = 46;
const BEHIND: u64 = 16;
const END: usize = 22;
/// Comment at the end of the archive, before 64 hex digits over every byte before the comment.
const SEAL: &[u8] = b"sha256:";
const SEALED: usize = SEAL.len() + 64;

type Checked<T> = Result<T, SheetFault>;

fn refuse<T>(code: Code, name: &str) -> Checked<T> {
    Err(Refusal::new(code).with("name", name).into())
}

/// A little-endian number.
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    let bytes = bytes.get(at..at + size).unwrap_or_default();
    bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

fn exactly<R: Read + Seek>(reader: &mut R, at: u64, size: usize) -> Checked<Vec<u8>> {
    reader.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; size];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// One entry as the list has it.
struct Listed {
    name: String,
    head: Vec<u8>,
    at: u64,
    packed: u64,
    bytes: u64,
}

/// Refuses an archive that is not as this program writes one, with the reason.
pub fn check<R: Read + Seek>(reader: &mut R) -> Checked<()> {
    let length = reader.seek(SeekFrom::End(0))?;
    if length > MOST_PACKED {
        return refuse(TOO_LARGE, "");
    }
    let list = ending(reader, length)?;
    let entries = listed(reader, &list)?;
    let (mut next, mut total) = (0, 0u64);
    for entry in &entries {
        if entry.at != next {
            return refuse(MISMATCH, &entry.name);
        }
        next = before_bytes(reader, entry)?;
        total = total.saturating_add(entry.bytes);
    }
    if total > MOST_TOTAL {
        return refuse(TOO_LARGE, "");
    }
    if next != list.start {
        return refuse(NOT_CLOSED, "");
    }
    if seal(reader, length)? { Ok(()) } else { refuse(DAMAGED, "") }
}

struct List {
    start: u64,
    end: u64,
    count: u64,
}

/// The end of the archive, which is the end of the file.
fn ending<R: Read + Seek>(reader: &mut R, length: u64) -> Checked<List> {
    let size = (END + SEALED) as u64;
    let Some(at) = length.checked_sub(size) else { return refuse(NOT_PACKED, "") };
    let tail = exactly(reader, at, END + SEALED)?;
    if exactly(reader, 0, 4)? != b"PK\x03\x04" {
        return refuse(NOT_PACKED, "");
    }
    let closed = tail.starts_with(b"PK\x05\x06") && number(&tail, 20, 2) == SEALED as u64;
    if !closed || tail.get(END..END + SEAL.len()) != Some(SEAL) {
        return refuse(NOT_CLOSED, "");
    }
    let count = number(&tail, 10, 2);
    if count > MOST_ENTRIES {
        return refuse(TOO_MANY, "");
    }
    let (bytes, start) = (number(&tail, 12, 4), number(&tail, 16, 4));
    let one_disk = number(&tail, 4, 4) == 0 && number(&tail, 8, 2) == count;
    if !one_disk || start.checked_add(bytes) != Some(at) {
        return refuse(NOT_CLOSED, "");
    }
    Ok(List { start, end: at, count })
}

fn listed<R: Read + Seek>(reader: &mut R, list: &List) -> Checked<Vec<Listed>> {
    let (mut entries, mut names, mut at) = (Vec::new(), HashSet::new(), list.start);
    while at < list.end {
        if list.end - at < LISTED as u64 {
            return refuse(MISMATCH, "");
        }
        let head = exactly(reader, at, LISTED)?;
        let long = usize::try_from(number(&head, 28, 2)).unwrap_or(usize::MAX);
        let more = number(&head, 30, 2) + number(&head, 32, 2);
        if !head.starts_with(b"PK\x01\x02") || list.end - at < LISTED as u64 + long as u64 {
            return refuse(MISMATCH, "");
        }
        let raw = exactly(reader, at + LISTED as u64, long)?;
        let name = sound(&raw, &head)?;
        if !names.insert(name.clone()) {
            return refuse(DUPLICATE, &name);
        }
        if more != 0 {
            return refuse(MISMATCH, &name);
        }
        let (place, packed, bytes) = (number(&head, 42, 4), number(&head, 20, 4), number(&head, 24, 4));
        entries.push(Listed { name, head, at: place, packed, bytes });
        at += LISTED as u64 + long as u64;
    }
    if entries.len() as u64 != list.count { refuse(MISMATCH, "") } else { Ok(entries) }
}

/// The entry's name, when nothing about the entry is out of order.
fn sound(raw: &[u8], head: &[u8]) -> Checked<String> {
    const PROMISED_LATER: u64 = u32::MAX as u64;
    let name = String::from_utf8_lossy(raw).into_owned();
    let leaves = raw.len() > MOST_NAME || name.contains(['/', '\\', ':', '\0']) || name.starts_with('.');
    if leaves {
        return refuse(PATH_LEAVES, &name);
    }
    let (flags, method, mode) = (number(head, 8, 2), number(head, 10, 2), number(head, 40, 2));
    if !matches!(mode & 0o170_000, 0 | 0o100_000) {
        return refuse(LINK, &name);
    }
    if flags & 1 != 0 || flags & (1 << 6 | 1 << 13) != 0 {
        return refuse(ENCRYPTED, &name);
    }
    if !matches!(method, 0 | 8) {
        return refuse(METHOD, &name);
    }
    let (packed, bytes) = (number(head, 20, 4), number(head, 24, 4));
    if packed == PROMISED_LATER || bytes == PROMISED_LATER || bytes > MOST_TOTAL {
        return refuse(TOO_LARGE, &name);
    }
    if bytes > RATIO_FROM && bytes / MOST_RATIO > packed {
        return refuse(BOMB, &name);
    }
    Ok(name)
}

/// What stands before an entry's bytes, and behind them, says the same as the list. Answers where the next one begins.
fn before_bytes<R: Read + Seek>(reader: &mut R, entry: &Listed) -> Checked<u64> {
    const LATER: u64 = 1 << 3;
    let head = exactly(reader, entry.at, LOCAL + entry.name.len())?;
    let later = number(&head, 6, 2) & LATER != 0;
    // Version, flags, method and time; digest and sizes; length of the name, nothing more; the name.
    let same = head.starts_with(b"PK\x03\x04")
        && head.get(4..14) == entry.head.get(6..16)
        && number(&head, 26, 2) == entry.name.len() as u64
        && number(&head, 28, 2) == 0
        && head.get(LOCAL..) == Some(entry.name.as_bytes());
    let sizes = entry.head.get(16..28);
    let told = if later { head.get(14..26) == Some(&[0; 12]) } else { head.get(14..26) == sizes };
    let mut next = entry.at + head.len() as u64 + entry.packed;
    if !same || !told {
        return refuse(MISMATCH, &entry.name);
    }
    if later {
        let behind = exactly(reader, next, 16)?;
        if !behind.starts_with(b"PK\x07\x08") || behind.get(4..) != sizes {
            return refuse(MISMATCH, &entry.name);
        }
        next += BEHIND;
    }
    Ok(next)
}

/// Whether the file's digest of itself is right.
fn seal<R: Read + Seek>(reader: &mut R, length: u64) -> Checked<bool> {
    reader.rewind()?;
    let (mut hash, mut left) = (Sha256::new(), length - SEALED as u64);
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = reader.read(buffer.get_mut(..most).unwrap_or_default())?;
        if read == 0 {
            return Ok(false);
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        left -= read as u64;
    }
    let mut found = Vec::new();
    reader.take(SEALED as u64 + 1).read_to_end(&mut found)?;
    Ok(found == [SEAL, super::manifest::hex(&hash.finalize()).as_bytes()].concat())
}

/// Passes a ZIP on and closes it with the digest of every byte before it.
pub struct Sealing<W> {
    to: W,
    hash: Sha256,
    /// The last bytes, which are the archive's end when nothing comes any more.
    held: Vec<u8>,
    passed: u64,
}

impl<W: Write> Sealing<W> {
    pub fn new(to: W) -> Sealing<W> {
        Sealing { to, hash: Sha256::new(), held: Vec::new(), passed: 0 }
    }

    fn pass(&mut self, keep: usize) -> io::Result<()> {
        let over = self.held.len().saturating_sub(keep);
        let out: Vec<u8> = self.held.drain(..over).collect();
        self.hash.update(&out);
        self.passed += out.len() as u64;
        if self.passed > MOST_PACKED {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.to.write_all(&out)
    }

    pub fn finish(mut self) -> io::Result<W> {
        let length = u16::try_from(SEALED).unwrap_or(u16::MAX).to_le_bytes();
        if let Some(field) = self.held.get_mut(END - 2..END) {
            field.copy_from_slice(&length);
        }
        self.pass(0)?;
        let digest = super::manifest::hex(&self.hash.finalize());
        self.to.write_all(&[SEAL, digest.as_bytes()].concat())?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        self.pass(END)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

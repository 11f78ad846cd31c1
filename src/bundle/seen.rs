//! Which applications a file has had already, in about 26 bytes each: a million rows must fit beside the import.
use super::application::ApplicationRow;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// 64 bits of a keyed hash stand for document kind, number, occupation and level. Among a million rows two
/// different ones meet with a chance of about 1 in 40 million.
#[derive(Default)]
pub struct Seen {
    keyed: RandomState,
    lines: HashMap<Mark, u32, BuildHasherDefault<Already>>,
}

/// Two halves, so that an entry needs no padding.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark(u32, u32);

impl Hash for Mark {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64((u64::from(self.0) << 32) | u64::from(self.1));
    }
}

/// The key is a hash already.
#[derive(Default)]
struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

impl Seen {
    /// Remembers the row; answers the line of an earlier one with the same key.
    pub fn before(&mut self, row: &ApplicationRow<'_>) -> Option<u64> {
        use std::hash::BuildHasher;
        let key = (row.document, row.number.as_ref(), row.occupation.code.as_str(), row.level);
        let hash = self.keyed.hash_one(key);
        let mark = Mark((hash >> 32) as u32, (hash & 0xFFFF_FFFF) as u32);
        match self.lines.entry(mark) {
            Entry::Occupied(earlier) => Some(u64::from(*earlier.get())),
            Entry::Vacant(free) => {
                free.insert(u32::try_from(row.line).unwrap_or(u32::MAX));
                None
            }
        }
    }
}

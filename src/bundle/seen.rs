//! Which applications a file has had already, in about 26 bytes each: a million rows must fit beside the import.
use super::application::ApplicationRow;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

/// 64 bits of a keyed hash stand for document kind and number, 32 more for occupation and level. Among a million people
/// two different ones meet with a chance of about 1 in 40 million.
#[derive(Default)]
pub struct Seen {
    keyed: RandomState,
    /// The first application of each person.
    first: HashMap<Mark, Place, BuildHasherDefault<Already>>,
    /// Further ones.
    more: HashMap<(u64, u32), u32>,
}

#[derive(Clone, Copy)]
struct Place {
    line: u32,
    what: u32,
}

/// What the file has had of a row's person before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    Nothing,
    /// The same application, on this line.
    Same(u64),
    /// Another application of the same person.
    Other(u64),
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
    /// Remembers the row; says what there was before it.
    pub fn before(&mut self, row: &ApplicationRow<'_>) -> Before {
        let person = self.keyed.hash_one((row.document, row.number.as_ref()));
        let what = (self.keyed.hash_one((row.occupation.code.as_str(), row.level)) & 0xFFFF_FFFF) as u32;
        let line = u32::try_from(row.line).unwrap_or(u32::MAX);
        let mark = Mark((person >> 32) as u32, (person & 0xFFFF_FFFF) as u32);
        let first = match self.first.entry(mark) {
            Entry::Vacant(free) => {
                free.insert(Place { line, what });
                return Before::Nothing;
            }
            Entry::Occupied(earlier) => *earlier.get(),
        };
        if first.what == what {
            return Before::Same(u64::from(first.line));
        }
        match self.more.entry((person, what)) {
            Entry::Occupied(earlier) => Before::Same(u64::from(*earlier.get())),
            Entry::Vacant(free) => {
                free.insert(line);
                Before::Other(u64::from(first.line))
            }
        }
    }
}

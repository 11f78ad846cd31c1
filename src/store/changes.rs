//! Which kinds of records an operation touched, derived from the journal and never set by hand.
use super::records::RECORDS;
use std::ops::BitOr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes(pub u128);

impl Changes {
    pub const NONE: Changes = Changes(0);
    pub const ALL: Changes = Changes(u128::MAX);

    /// The bit of one table; `NONE` for a table that is not journaled.
    pub const fn of(table: &str) -> Changes {
        let mut i = 0;
        while i < RECORDS.len() {
            #[allow(clippy::indexing_slicing)] // const loop below the length
            let meta = &RECORDS[i];
            if same(meta.table.as_bytes(), table.as_bytes()) {
                return Changes(meta.bit);
            }
            i += 1;
        }
        Changes::NONE
    }

    /// The bits of several tables, for a pane's constant.
    pub const fn any(tables: &[&str]) -> Changes {
        let mut bits = 0;
        let mut i = 0;
        while i < tables.len() {
            #[allow(clippy::indexing_slicing)] // const loop below the length
            let one = Changes::of(tables[i]);
            bits |= one.0;
            i += 1;
        }
        Changes(bits)
    }

    /// The names of the tables, sorted and comma separated: the form that the journal keeps, which stays the same when
    /// tables are added.
    pub fn names(self) -> String {
        let touched = RECORDS.iter().filter(|meta| self.0 & meta.bit != 0);
        let mut names: Vec<_> = touched.map(|meta| meta.table).collect();
        names.sort_unstable();
        names.join(",")
    }

    pub const fn touches(self, other: Changes) -> bool {
        self.0 & other.0 != 0
    }
}

#[allow(clippy::indexing_slicing)] // const loop below both lengths
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

impl BitOr for Changes {
    type Output = Changes;
    fn bitor(self, other: Changes) -> Changes {
        Changes(self.0 | other.0)
    }
}

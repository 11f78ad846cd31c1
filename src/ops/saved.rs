//! What this process saved: a fault in a later step must not be told as if nothing were.
use crate::model::OpNo;
use std::cell::Cell;
use std::rc::Rc;

/// The last operation that was saved; a copy of it goes on hearing of those that follow.
#[derive(Debug, Clone, Default)]
pub struct Saved(Rc<Cell<Option<OpNo>>>);

impl Saved {
    pub fn last(&self) -> Option<OpNo> {
        self.0.get()
    }

    pub(in crate::ops) fn note(&self, op: OpNo) {
        self.0.set(Some(op));
    }

    /// Something new begins.
    pub fn forget(&self) {
        self.0.set(None);
    }
}

//! What is being typed for the paper at hand. Not saved, and never carried over to another paper.
use crate::model::{Code, Mark, Refusal};
use crate::ops::{Result, Site, entry};
use crate::tui::widgets::field::{Accept, Field};

/// `100.00`
const LONGEST: usize = 6;

pub struct Draft {
    pub field: Field,
    /// Absent or void, chosen by a key.
    pub word: Option<Mark>,
    /// What is wrong with the text so far.
    pub problem: Option<Refusal>,
    /// Shown since the last Enter; each wants a yes.
    pub warnings: Vec<Refusal>,
    pub meant: bool,
}

impl Draft {
    pub fn new() -> Draft {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let field = Field::new(Accept::Only(digits), LONGEST);
        Draft { field, word: None, problem: None, warnings: Vec::new(), meant: false }
    }

    pub fn is_empty(&self) -> bool {
        self.field.is_empty() && self.word.is_none()
    }

    pub fn clear(&mut self) {
        *self = Draft::new();
    }

    pub fn choose(&mut self, mark: Mark) {
        self.clear();
        self.word = Some(mark);
    }

    /// After the text changed: any yes is void, and the text is checked by itself.
    pub fn edited(&mut self, site: &Site) -> Result<()> {
        self.word = None;
        self.forget_warnings();
        self.problem = None;
        if !self.field.is_empty()
            && let Err(error) = entry::read_mark(site, self.field.text())
        {
            self.problem = Some(error.refusal().cloned().ok_or(error)?);
        }
        Ok(())
    }

    pub fn forget_warnings(&mut self) {
        self.warnings.clear();
        self.meant = false;
    }

    pub fn mark(&self, site: &Site) -> Result<Mark> {
        match self.word {
            Some(mark) => Ok(mark),
            None => Ok(entry::read_mark(site, self.field.text())?.0),
        }
    }

    pub fn accepted(&self) -> Vec<Code> {
        if self.meant { self.warnings.iter().map(|w| w.code).collect() } else { Vec::new() }
    }
}

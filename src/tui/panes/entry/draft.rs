//! What is being typed for the paper at hand. Not saved, and never carried over to another paper.
use crate::model::{Code, Mark, Refusal};
use crate::ops::entry::{Digits, Typing};
use crate::ops::{Result, Site, entry};
use crate::tui::widgets::field::{Accept, Field};

/// In the pane's words: which keys stand for absent and void.
pub const WRONG: Code = Code("entry.wrong");
pub const HELD: Code = Code("entry.held");
/// Three digits that may be ten points or the full mark.
pub const TEN_OR_FULL: Code = Code("entry.ten_or_full");

/// One more than `100.00`, so that what is too long is seen to be wrong.
const LONGEST: usize = 7;

/// So many marks may a slow line hold back and bring at once; a ticket or identity number is longer.
const MARKS_AT_ONCE: usize = 4;

pub struct Draft {
    pub field: Field,
    digits: Digits,
    typing: Typing,
    /// A mark chosen by a key: absent, void, the full mark, the last one again.
    pub word: Option<Mark>,
    /// The mark that the text so far stands for.
    pub reads: Option<Mark>,
    /// What is wrong with the text so far.
    pub problem: Option<Refusal>,
    /// Shown since the last Enter; each wants a yes.
    pub warnings: Vec<Refusal>,
    pub hold: Hold,
}

/// Whether the draft takes more. Somebody who types ahead without looking must not have the next paper's mark joined to
/// this one, nor their next yes taken for this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    Open,
    /// Enter did not save: only a yes, a correction or Esc goes on.
    Asked,
    /// Something was typed at that; only a correction or Esc goes on.
    TypedPast,
}

pub fn is_mark(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

impl Draft {
    pub fn new(digits: Digits, typing: Typing) -> Draft {
        let field = Field::new(Accept::Only(is_mark), LONGEST);
        Draft { field, digits, typing, word: None, reads: None, problem: None, warnings: Vec::new(), hold: Hold::Open }
    }

    pub fn is_empty(&self) -> bool {
        self.field.is_empty() && self.word.is_none()
    }

    pub fn clear(&mut self) {
        *self = Draft::new(self.digits, self.typing);
    }

    /// Whether digits alone are typed so far, and the last of them saves the mark.
    pub fn goes_by_digits(&self) -> bool {
        self.typing == Typing::Digits && self.word.is_none() && self.hold == Hold::Open
    }

    /// How many digits in one read may come from a hand.
    pub fn longest_run(&self) -> usize {
        if self.typing == Typing::Digits { self.digits.count() * MARKS_AT_ONCE } else { LONGEST }
    }

    /// Whether nothing more belongs to the mark, where marks save themselves.
    pub fn is_whole(&self) -> bool {
        self.typing == Typing::Digits && (self.word.is_some() || self.digits.is_whole(self.field.text()))
    }

    /// Refuses more text once Enter was pressed and nothing was saved.
    pub fn takes_more(&mut self) -> Result<(), Refusal> {
        if self.hold == Hold::Open {
            return Ok(());
        }
        self.hold = Hold::TypedPast;
        Err(Refusal::new(HELD))
    }

    pub fn choose(&mut self, mark: Mark) {
        self.clear();
        (self.word, self.reads) = (Some(mark), Some(mark));
    }

    /// After the text changed: the warnings are void, and the text is checked by itself.
    pub fn edited(&mut self, site: &Site) -> Result<()> {
        self.word = None;
        self.forget_warnings();
        (self.problem, self.reads) = (None, None);
        if self.field.is_empty() {
            return Ok(());
        }
        match self.mark(site) {
            Ok(mark) => self.reads = Some(mark),
            Err(error) => self.problem = Some(error.refusal().cloned().ok_or(error)?),
        }
        Ok(())
    }

    pub fn forget_warnings(&mut self) {
        self.warnings.clear();
        self.hold = Hold::Open;
    }

    /// Only numbers are typed as text; the words and the full mark have keys.
    pub fn mark(&self, site: &Site) -> Result<Mark> {
        if let Some(mark) = self.word {
            return Ok(mark);
        }
        let text = self.field.text();
        let wrong = || Refusal::new(WRONG).with("value", text).into();
        if !text.chars().all(is_mark) {
            return Err(wrong());
        }
        let read = match self.typing {
            Typing::Digits => self.digits.read(text).ok_or_else(|| Refusal::new(TEN_OR_FULL))?,
            Typing::Enter => self.digits.read_ended(text),
        };
        match entry::read_mark(site, &read) {
            Err(error) if error.refusal().is_some_and(|r| r.is(entry::NOT_A_MARK)) => Err(wrong()),
            other => Ok(other?.0),
        }
    }
}

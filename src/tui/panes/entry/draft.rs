//! What is being typed for the paper at hand. Not saved, and never carried over to another paper.
use super::items::{self, Group};
use crate::model::{Code, Mark, Refusal};
use crate::ops::entry::{Criterion, Items, Rule, Typing};
use crate::ops::{Result, Site, entry};
use crate::tui::widgets::field::{Accept, Field};
use std::cell::RefCell;
use std::rc::Rc;

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
    /// The mark; below groups of questions their total.
    pub field: Field,
    pub groups: Vec<Group>,
    /// Place of the group in focus; behind them the total.
    pub at: usize,
    rule: Rule,
    /// A mark chosen by a key: absent, void, the full mark, the last one again.
    pub word: Option<Mark>,
    /// The mark that the text so far stands for.
    pub reads: Option<Mark>,
    /// What is wrong with the text so far.
    pub problem: Option<Refusal>,
    /// Shown since the last Enter; each wants a yes.
    pub warnings: Vec<Refusal>,
    pub hold: Hold,
    /// What is odd on the paper; an overlay writes it.
    pub remark: Rc<RefCell<String>>,
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
    pub fn new(rule: Rule) -> Draft {
        Draft {
            field: Field::new(Accept::Only(is_mark), LONGEST),
            groups: Vec::new(),
            at: 0,
            rule,
            word: None,
            reads: None,
            problem: None,
            warnings: Vec::new(),
            hold: Hold::Open,
            remark: Rc::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.field.is_empty() && self.word.is_none() && self.groups.iter().all(|group| group.field.is_empty())
    }

    /// Whether clearing it would lose something.
    pub fn has_anything(&self) -> bool {
        !self.is_empty() || !self.remark.borrow().is_empty()
    }

    pub fn clear(&mut self) {
        let groups = std::mem::take(&mut self.groups);
        *self = Draft::new(self.rule);
        self.fit(groups.into_iter().map(|group| group.of).collect());
    }

    /// Makes the fields that a paper has; empty afterwards where it has others than the one before.
    pub fn fit(&mut self, groups: Vec<Criterion>) {
        if !self.groups.iter().map(|group| &group.of).eq(groups.iter()) || self.is_empty() {
            self.groups = groups.into_iter().map(|group| Group::new(group, self.rule)).collect();
            self.at = 0;
        }
    }

    /// The field in focus.
    pub fn focused(&mut self) -> &mut Field {
        match self.groups.get_mut(self.at) {
            Some(group) => &mut group.field,
            None => &mut self.field,
        }
    }

    pub fn text(&self) -> &str {
        self.groups.get(self.at).map_or(self.field.text(), |group| group.field.text())
    }

    /// To another of the fields, round and round.
    pub fn turn(&mut self, by: isize) {
        let fields = self.groups.len() + 1;
        self.at = self.at.checked_add_signed(by).unwrap_or(fields - 1) % fields;
    }

    /// Whether Enter goes to the next field instead of saving.
    pub fn has_next(&self) -> bool {
        self.word.is_none() && self.at < self.groups.len()
    }

    /// Whether digits alone are typed so far, and the last of them saves the mark.
    pub fn goes_by_digits(&self) -> bool {
        self.rule.typing == Typing::Digits && self.word.is_none() && self.hold == Hold::Open
    }

    /// How many digits in one read may come from a hand.
    pub fn longest_run(&self) -> usize {
        if self.rule.typing == Typing::Digits { self.rule.digits.count() * MARKS_AT_ONCE } else { LONGEST }
    }

    /// Whether nothing more belongs to the mark, where marks save themselves; a whole group gives the focus to the next.
    pub fn is_whole(&mut self) -> bool {
        if self.rule.typing == Typing::Enter {
            return false;
        }
        let Some(group) = self.groups.get(self.at).filter(|_| self.word.is_none()) else {
            return self.word.is_some() || self.rule.digits.is_whole(self.field.text());
        };
        if !group.is_whole() {
            return false;
        }
        if self.problem.is_none() {
            self.at += 1;
        }
        self.problem.is_some() || self.at == self.groups.len()
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
        let remark = self.remark.clone();
        self.clear();
        (self.word, self.reads, self.remark) = (Some(mark), Some(mark), remark);
    }

    /// After the text changed: the warnings are void, and the text is checked by itself.
    pub fn edited(&mut self, site: &Site) -> Result<()> {
        self.word = None;
        self.forget_warnings();
        (self.problem, self.reads) = (None, None);
        if self.text().is_empty() {
            return Ok(());
        }
        if let Some(group) = self.groups.get(self.at) {
            self.problem = group.points(self.rule).err();
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

    /// Points of the groups; none beside a mark that was chosen by a key.
    pub fn items(&self) -> Result<Option<Items>, Refusal> {
        if self.groups.is_empty() || self.word.is_some_and(|mark| mark.points().is_none()) {
            return Ok(None);
        }
        items::all(&self.groups, self.rule).map(Some)
    }

    /// Only numbers are typed as text; the words and the full mark have keys. Without a total the groups make it.
    pub fn mark(&self, site: &Site) -> Result<Mark> {
        if let Some(mark) = self.word {
            return Ok(mark);
        }
        let text = self.field.text();
        if text.is_empty() && !self.groups.is_empty() {
            items::all(&self.groups, self.rule)?;
            return Ok(Mark::Points(items::sum(&self.groups, self.rule)));
        }
        let wrong = || Refusal::new(WRONG).with("value", text).into();
        if !text.chars().all(is_mark) {
            return Err(wrong());
        }
        let read = match self.rule.typing {
            Typing::Digits => self.rule.digits.read(text).ok_or_else(|| Refusal::new(TEN_OR_FULL))?,
            Typing::Enter => self.rule.digits.read_ended(text),
        };
        match entry::read_mark(site, &read) {
            Err(error) if error.refusal().is_some_and(|r| r.is(entry::NOT_A_MARK)) => Err(wrong()),
            other => Ok(other?.0),
        }
    }
}

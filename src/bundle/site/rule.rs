//! How the rows of a table come together when two sites' bundles are merged: data beside the table's columns.
//!
//! A row that one side has and the other had before is older, whatever it says: bundles tell what was replaced. Only where
//! both sides went on from the same row does a rule here say which is the later; where it cannot, a person decides.

/// Rows that go together: all of them are one side's, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Each row for itself, by the key.
    Row,
    /// All rows of an application.
    Application,
    /// Accounts: who may sign on is each side's own affair.
    Operator,
    /// Applications: their state follows from the decisions of both sides.
    Applicant,
    /// What rows were replaced by others: both sides' lists are united.
    Past,
}

/// Which of two rows with the same key is the later.
#[derive(Debug, Clone, Copy)]
pub enum Later {
    /// The one whose word stands further on in this list; a word that is not in it decides nothing.
    Word(&'static str, &'static [&'static str]),
    /// The one that has a value here, where the other has none.
    Filled(&'static str),
    /// The one with the greater number, day or time.
    Greatest(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub unit: Unit,
    /// Headings that name a row for a merge; empty: the table's key.
    pub key: &'static [&'static str],
    /// Headings that no later row changes: where they differ, a person decides whatever the rest says.
    pub firm: &'static [&'static str],
    /// The first that tells the rows apart decides.
    pub later: &'static [Later],
}

impl Rule {
    /// Neither of two changed rows is the later.
    pub const PLAIN: Rule = Rule { unit: Unit::Row, key: &[], firm: &[], later: &[] };

    pub const fn of(unit: Unit) -> Rule {
        Rule { unit, ..Rule::PLAIN }
    }

    pub const fn by(later: &'static [Later]) -> Rule {
        Rule { later, ..Rule::PLAIN }
    }

    pub const fn firm(self, firm: &'static [&'static str]) -> Rule {
        Rule { firm, ..self }
    }

    pub const fn keyed(self, key: &'static [&'static str]) -> Rule {
        Rule { key, ..self }
    }
}

//! Lists for people: each a name, its headings and its rows, streamed. A new list is one file and one line in [`LISTS`].
mod activities;
mod applicants;
mod applications;
mod arrangement;
mod boards;
mod certificates;
mod delivery;
mod documents;
mod duty;
mod enterprises;
mod faces;
mod ledger;
mod markers;
mod material_index;
mod objections;
mod plan;
mod publicity;
mod results;
mod returned;
mod rooms;
mod roster;
mod sanctions;
mod scores;
mod staff;
mod stock;
mod subsidies;
mod talents;
mod unit_roster;
mod upload;

pub use crate::bundle::write::{CsvTarget, Style};

use crate::bundle::write::{Digits, Heading, Rows};
use crate::bundle::xlsx_write::{Frame, XlsxRows};
use crate::model::identity::{mask, mask_birth};
use crate::model::phone;
use crate::ops::{Error, Result, Site};
use std::borrow::Cow;
use std::io::{Seek, Write};

/// Every list that can be exported, by name.
pub const LISTS: &[List] = &[
    applications::LIST,
    unit_roster::LIST,
    arrangement::LIST,
    rooms::LIST,
    roster::LIST,
    scores::LIST,
    results::LIST,
    boards::BOARD,
    boards::PLACES,
    boards::SPREAD,
    boards::CHANGES,
    boards::COMPARISON,
    boards::SENT,
    certificates::LIST,
    faces::LIST,
    delivery::LIST,
    delivery::SHEET,
    stock::LIST,
    upload::LIST,
    documents::LIST,
    material_index::LIST,
    ledger::LIST,
    sanctions::LIST,
    talents::LIST,
    applicants::LIST,
    returned::LIST,
    staff::LIST,
    markers::LIST,
    objections::LIST,
    publicity::LIST,
    duty::PEOPLE,
    duty::HOLDERS,
    duty::DEPARTMENTS,
    duty::SNAPSHOTS,
    activities::LIST,
    subsidies::LIST,
    enterprises::LIST,
    plan::LIST,
];

pub struct List {
    pub what: &'static str,
    pub numbers: Numbers,
    headings: fn(&Site) -> Result<Vec<Head>>,
    rows: fn(&Site, &Manner<'_>, &mut Sink<'_>) -> Result<()>,
}

/// What becomes of the identity numbers of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// There are none in it.
    None,
    /// Masked, unless somebody says what whole ones are for.
    Masked,
    /// Always whole: the sheet is of no use without them, and what it is for is known.
    Whole,
}

/// Takes one row, cells in the order of the headings.
pub type Sink<'a> = dyn FnMut(&[&str]) -> Result<()> + 'a;

/// A heading: the words of a locale key, or as an office's layout has it.
pub struct Head {
    pub title: Title,
    pub digits: Digits,
}

pub enum Title {
    Word(&'static str),
    Official(String),
}

impl Head {
    /// Long digit strings of such a column are guarded.
    pub fn word(key: &'static str) -> Head {
        Head { title: Title::Word(key), digits: Digits::Tab }
    }
}

/// How identity numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    Masked,
    Full,
}

impl Identity {
    pub fn show(self, number: &str) -> Cow<'_, str> {
        match self {
            Identity::Masked => Cow::Owned(mask(number)),
            Identity::Full => Cow::Borrowed(number),
        }
    }

    /// A telephone number: with the identity number it goes whole or masked.
    pub fn phone(self, number: &str) -> Cow<'_, str> {
        match self {
            Identity::Masked => Cow::Owned(phone::mask(number)),
            Identity::Full => Cow::Borrowed(number),
        }
    }

    /// A birth date: beside a masked number the year alone, for it is what the mask hides.
    pub fn birth(self, date: &str) -> Cow<'_, str> {
        match self {
            Identity::Masked => Cow::Owned(mask_birth(date)),
            Identity::Full => Cow::Borrowed(date),
        }
    }

    /// A text that may repeat the number: the name of a file, the words of a code.
    pub fn within<'t>(self, text: &'t str, number: &str) -> Cow<'t, str> {
        if self == Identity::Full || number.is_empty() {
            return Cow::Borrowed(text);
        }
        let shown = mask(number);
        Cow::Owned(text.replace(number, &shown).replace(&number.to_ascii_lowercase(), &shown))
    }
}

/// How a list is written.
pub struct Manner<'a> {
    pub style: Style,
    pub identity: Identity,
    /// The words of a locale key.
    pub words: &'a dyn Fn(&str) -> String,
}

impl Manner<'_> {
    fn word(&self, key: &str) -> String {
        (self.words)(key)
    }
}

impl List {
    pub fn find(what: &str) -> Option<&'static List> {
        LISTS.iter().find(|list| list.what == what)
    }

    /// Writes headings and rows as CSV; gives the writer back with the number of rows.
    pub fn write<W: Write>(&self, site: &Site, manner: &Manner<'_>, to: W) -> Result<(W, u64)> {
        site.not_for_administrators()?;
        let titles = self.titles(site, manner)?;
        let headings: Vec<_> = titles.iter().map(|(name, digits)| Heading { name, digits: *digits }).collect();
        let failed = |e| Error::file(self.what)(e);
        let mut out = Rows::begin(to, manner.style, &headings).map_err(failed)?;
        let mut count = 0;
        (self.rows)(site, manner, &mut |cells| {
            count += 1;
            out.row(cells.iter().copied()).map_err(failed)
        })?;
        Ok((out.finish().map_err(failed)?, count))
    }

    /// The same as a workbook for people; gives the number of rows.
    pub fn write_xlsx<W: Write + Seek + Send>(&self, site: &Site, manner: &Manner<'_>, to: W) -> Result<u64> {
        site.not_for_administrators()?;
        let titles = self.titles(site, manner)?;
        let headings: Vec<_> = titles.iter().map(|(name, digits)| Heading { name, digits: *digits }).collect();
        let failed = |e| Error::file(self.what)(e);
        let frame = Frame { name: self.what, ..Frame::default() };
        let mut out = XlsxRows::begin(&frame, &headings).map_err(failed)?;
        let mut count = 0;
        (self.rows)(site, manner, &mut |cells| {
            count += 1;
            out.row(cells.iter().copied()).map_err(failed)
        })?;
        out.finish(to).map_err(failed)?;
        Ok(count)
    }

    fn titles(&self, site: &Site, manner: &Manner<'_>) -> Result<Vec<(String, Digits)>> {
        let title = |head: Head| match head.title {
            Title::Word(key) => ((manner.words)(key), head.digits),
            Title::Official(text) => (text, head.digits),
        };
        Ok((self.headings)(site)?.into_iter().map(title).collect())
    }
}

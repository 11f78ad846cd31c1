//! The part of the list that is in memory: some pages around the selection, fetched as it moves.
use crate::ops::applications::{Line, Page, Sieve, page};
use crate::ops::{Result, Site};
use crate::tui::widgets::table::Table;

/// Lines fetched at a time; more than twice what the tallest screen shows.
const PAGE: usize = 150;
/// Lines kept at most.
const KEEP: usize = 4 * PAGE;

#[derive(Debug, Default)]
pub struct Book {
    pub lines: Vec<Line>,
    sieve: Sieve,
    /// Whether the list's own first and last lines are in memory.
    has_first: bool,
    has_last: bool,
}

impl Book {
    pub fn first(site: &Site, table: &mut Table, sieve: Sieve) -> Result<Book> {
        let lines = page(site, &Page::First, sieve, 2 * PAGE)?;
        let book = Book { sieve, has_first: true, has_last: lines.len() < 2 * PAGE, lines };
        table.set_rows(book.lines.len());
        table.select(0);
        Ok(book)
    }

    fn last(site: &Site, table: &mut Table, sieve: Sieve) -> Result<Book> {
        let lines = page(site, &Page::Last, sieve, 2 * PAGE)?;
        let book = Book { sieve, has_first: lines.len() < 2 * PAGE, has_last: true, lines };
        table.set_rows(book.lines.len());
        table.select(usize::MAX);
        Ok(book)
    }

    /// Reads the same lines again; the selected application stays selected while it is there.
    pub fn again(&mut self, site: &Site, table: &mut Table) -> Result<()> {
        let selected = table.selected().and_then(|row| self.lines.get(row)).map(|l| l.id);
        let from = match self.lines.first() {
            Some(line) if !self.has_first => Page::From(line.place.clone()),
            _ => Page::First,
        };
        let many = self.lines.len().max(2 * PAGE);
        self.lines = page(site, &from, self.sieve, many)?;
        self.has_last = self.lines.len() < many;
        table.set_rows(self.lines.len());
        if let Some(row) = selected.and_then(|id| self.lines.iter().position(|l| l.id == id)) {
            table.select(row);
        }
        Ok(())
    }

    /// After the selection moved: fetches what comes next, drops what is far away.
    pub fn follow(&mut self, site: &Site, table: &mut Table) -> Result<()> {
        let Some(row) = table.selected() else { return Ok(()) };
        // Single steps never come to an end that is not the list's own: that was Home or End.
        if row == 0 && !self.has_first {
            *self = Book::first(site, table, self.sieve)?;
        } else if row + 1 == self.lines.len() && !self.has_last {
            *self = Book::last(site, table, self.sieve)?;
        } else if row < PAGE && !self.has_first {
            self.fetch_before(site, table)?;
        } else if row + PAGE > self.lines.len() && !self.has_last {
            self.fetch_after(site, table)?;
        }
        Ok(())
    }

    fn fetch_before(&mut self, site: &Site, table: &mut Table) -> Result<()> {
        let Some(first) = self.lines.first() else { return Ok(()) };
        let mut more = page(site, &Page::Before(first.place.clone()), self.sieve, PAGE)?;
        let count = more.len();
        self.has_first = count < PAGE;
        more.append(&mut self.lines);
        self.lines = more;
        if self.lines.len() > KEEP {
            self.lines.truncate(KEEP);
            self.has_last = false;
        }
        table.set_rows(self.lines.len());
        table.slide(isize::try_from(count).unwrap_or(0));
        Ok(())
    }

    fn fetch_after(&mut self, site: &Site, table: &mut Table) -> Result<()> {
        let Some(last) = self.lines.last() else { return Ok(()) };
        let more = page(site, &Page::After(last.place.clone()), self.sieve, PAGE)?;
        self.has_last = more.len() < PAGE;
        self.lines.extend(more);
        let over = self.lines.len().saturating_sub(KEEP);
        if over > 0 {
            self.lines.drain(..over);
            self.has_first = false;
            table.slide(-isize::try_from(over).unwrap_or(0));
        }
        table.set_rows(self.lines.len());
        Ok(())
    }
}

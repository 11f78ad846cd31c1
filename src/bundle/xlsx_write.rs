//! Workbooks for people: every cell is text, so that no number loses its digits and nothing calculates; widths, headings on
//! each printed page, frozen headings. Rows go to a temporary file as they come, so memory does not grow with them.
use super::write::{Heading, calculates};
use crate::model::clean;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::io::{self, Seek, Write};
use unicode_width::UnicodeWidthStr;

/// Cells of a column, at least and at most.
const NARROW: usize = 6;
const WIDE: usize = 40;
/// Identity numbers, tickets and certificates.
const DIGITS: usize = 24;

/// What stands around the rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame<'a> {
    /// Name of the sheet; what a spreadsheet does not take in it is left out.
    pub name: &'a str,
    /// A line over the whole width, first of all.
    pub title: Option<&'a str>,
    /// Lines between title and headings, cell by cell.
    pub above: &'a [Vec<String>],
}

/// Rows into a workbook.
pub struct XlsxRows {
    book: Workbook,
    sheet: Worksheet,
    row: u32,
    columns: usize,
    plain: Format,
    /// For cells that begin like a formula: they stay text even when somebody edits them.
    quoted: Format,
}

impl XlsxRows {
    /// Writes title and headings.
    pub fn begin(frame: &Frame<'_>, headings: &[Heading<'_>]) -> io::Result<XlsxRows> {
        let mut book = Workbook::new();
        let mut sheet = book.new_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(sheet_name(frame.name)).map_err(failed)?;
        for (n, heading) in headings.iter().enumerate() {
            sheet.set_column_width(column(n)?, width(heading)).map_err(failed)?;
        }
        let plain = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let quoted = plain.clone().set_quote_prefix();
        let mut rows = XlsxRows { book, sheet, row: 0, columns: headings.len(), plain, quoted };
        rows.above(frame)?;
        let bold = rows.plain.clone().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        for (n, heading) in headings.iter().enumerate() {
            rows.sheet.write_string_with_format(rows.row, column(n)?, heading.name, &bold).map_err(failed)?;
        }
        rows.row += 1;
        let sheet = &mut rows.sheet;
        sheet.set_repeat_rows(0, rows.row - 1).map_err(failed)?;
        sheet.set_freeze_panes(rows.row, 0).map_err(failed)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C&P / &N");
        Ok(rows)
    }

    fn above(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        if let Some(title) = frame.title {
            let title = clean::cell(title).into_owned();
            let large = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
            match column(self.columns.saturating_sub(1))? {
                0 => self.sheet.write_string_with_format(0, 0, &title, &large).map(|_| ()).map_err(failed)?,
                last => self.sheet.merge_range(0, 0, 0, last, &title, &large).map(|_| ()).map_err(failed)?,
            }
            self.row += 1;
        }
        for line in frame.above {
            for (n, cell) in line.iter().enumerate() {
                self.sheet.write_string(self.row, column(n)?, clean::cell(cell)).map_err(failed)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        for (n, cell) in cells.into_iter().enumerate() {
            let cell = clean::cell(cell);
            let format = if calculates(&cell) { &self.quoted } else { &self.plain };
            self.sheet.write_string_with_format(self.row, column(n)?, cell, format).map_err(failed)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A line below the table, without its borders.
    pub fn below(&mut self, cells: &[String]) -> io::Result<()> {
        for (n, cell) in cells.iter().enumerate() {
            self.sheet.write_string(self.row, column(n)?, clean::cell(cell)).map_err(failed)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn finish<W: Write + Seek + Send>(mut self, to: W) -> io::Result<()> {
        self.book.push_worksheet(self.sheet);
        self.book.save_to_writer(to).map_err(failed)
    }
}

/// A whole sheet at once.
pub fn write_sheet<'r, W: Write + Seek + Send>(
    to: W,
    frame: &Frame<'_>,
    headings: &[Heading<'_>],
    rows: impl IntoIterator<Item = &'r [String]>,
) -> io::Result<()> {
    let mut out = XlsxRows::begin(frame, headings)?;
    for row in rows {
        out.row(row.iter().map(String::as_str))?;
    }
    out.finish(to)
}

const A4: u8 = 9;

fn column(n: usize) -> io::Result<u16> {
    u16::try_from(n).map_err(io::Error::other)
}

fn width(heading: &Heading<'_>) -> f64 {
    let least = if heading.digits == super::write::Digits::Plain { NARROW } else { NARROW + 4 };
    let long = ["号", "码", "编号"].iter().any(|end| heading.name.ends_with(end));
    let cells = (heading.name.width() + 2).max(if long { DIGITS } else { least });
    u32::try_from(cells.min(WIDE)).map_or(0.0, f64::from)
}

/// At most 31 characters, none of `[]:*?/\`, not empty.
fn sheet_name(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !clean::is_unsafe(*c)).take(31).collect();
    if kept.trim().is_empty() { "Sheet1".to_owned() } else { kept }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    #[test]
    fn every_cell_is_text_and_nothing_calculates() {
        let headings = [Heading::plain("姓名"), Heading::tabbed("证件号码")];
        let row = ["=1+1".to_owned(), "150699199001010015".to_owned()];
        let frame = Frame { name: "名册/2023", title: Some("名册"), above: &[vec!["填报人：".to_owned()]] };
        let mut bytes = Cursor::new(Vec::new());
        write_sheet(&mut bytes, &frame, &headings, [row.as_slice()]).unwrap();
        let mut book = Xlsx::new(bytes).unwrap();
        let range = book.worksheet_range("名册2023").unwrap();
        let text = |cell: (u32, u32)| match range.get_value(cell) {
            Some(Data::String(text)) => text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!((text((0, 0)), text((1, 0)), text((2, 1))), ("名册".into(), "填报人：".into(), "证件号码".into()));
        assert_eq!((text((3, 0)), text((3, 1))), ("=1+1".into(), "150699199001010015".into()));
        assert!(book.worksheet_formula("名册2023").unwrap().is_empty());
    }
}

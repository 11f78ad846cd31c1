//! The pages of a filled template as a workbook: a sheet for each page, ready to print on A4.
use super::FormFault;
use super::pages::{Block, Page, Row, pages};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// A column of the widest unit is about this many millimetres.
const MM_PER_CHARACTER: f64 = 2.0;
const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// A sheet's name has at most 31 characters.
const LONGEST_NAME: usize = 31;

/// The bytes of an .xlsx file.
pub fn workbook(template: &str, html: &str) -> Result<Vec<u8>, FormFault> {
    let pages = pages(template, html)?;
    let failed = |error: XlsxError| FormFault { template: template.to_owned(), line: 0, detail: error.to_string() };
    let mut book = Workbook::new();
    let mut names = BTreeSet::new();
    let styles = Styles::new();
    for page in &pages {
        let sheet = book.add_worksheet();
        sheet.set_name(free_name(&page.title, &mut names)).map_err(failed)?;
        write(sheet, page, &styles).map_err(failed)?;
    }
    book.save_to_buffer().map_err(failed)
}

struct Styles {
    heading: Format,
    text: Format,
    label: Format,
    value: Format,
}

impl Styles {
    fn new() -> Styles {
        let base = || Format::new().set_font_name("宋体").set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_num_format("@");
        Styles {
            heading: base().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            text: base(),
            label: boxed().set_align(FormatAlign::Center),
            value: boxed(),
        }
    }
}

/// What a sheet may be called: no reserved character, not too long, not twice.
fn free_name(title: &str, names: &mut BTreeSet<String>) -> String {
    let plain: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let plain = plain.trim();
    let plain = if plain.is_empty() { "1" } else { plain };
    let with = |ending: &str| {
        let room = LONGEST_NAME - ending.chars().count();
        plain.chars().take(room).collect::<String>() + ending
    };
    let first = std::iter::once(String::new()).chain((2..u32::MAX).map(|n| format!(" {n}"))).map(|e| with(&e));
    let name = first.into_iter().find(|name| !names.contains(&name.to_lowercase())).unwrap_or_default();
    names.insert(name.to_lowercase());
    name
}

fn write(sheet: &mut Worksheet, page: &Page, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    if page.landscape {
        sheet.set_landscape();
    }
    let width = width(page);
    for (column, mm) in (0..).zip(&page.columns) {
        sheet.set_column_width(column, mm / MM_PER_CHARACTER)?;
    }
    let mut taken: BTreeSet<(u32, u16)> = BTreeSet::new();
    let mut head: Option<(u32, u32)> = None;
    for (line, block) in (0u32..).zip(&page.blocks) {
        match block {
            Block::Heading(text) => across(sheet, line, width, text, &styles.heading)?,
            Block::Text(text) => across(sheet, line, width, text, &styles.text)?,
            Block::Row(row) => {
                if row.head {
                    head = Some((head.map_or(line, |(first, _)| first), line));
                }
                cells(sheet, line, row, &mut taken, styles)?;
            }
        }
    }
    if let Some((first, last)) = head {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}

/// Columns of the widest row, counting those that a cell from above fills.
fn width(page: &Page) -> u16 {
    let rows = page.blocks.iter().filter_map(|b| if let Block::Row(row) = b { Some(row) } else { None });
    let widest = rows.map(|row| row.cells.iter().map(|c| c.columns).sum()).max().unwrap_or(1);
    widest.max(u16::try_from(page.columns.len()).unwrap_or(0)).max(1)
}

fn across(sheet: &mut Worksheet, line: u32, width: u16, text: &str, style: &Format) -> Result<(), XlsxError> {
    if width > 1 {
        sheet.merge_range(line, 0, line, width - 1, text, style)?;
    } else {
        sheet.write_string_with_format(line, 0, text, style)?;
    }
    Ok(())
}

fn cells(
    sheet: &mut Worksheet,
    line: u32,
    row: &Row,
    taken: &mut BTreeSet<(u32, u16)>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    if let Some(mm) = row.height {
        sheet.set_row_height(line, mm * POINTS_PER_MM)?;
    }
    let mut column = 0u16;
    for cell in &row.cells {
        while taken.contains(&(line, column)) {
            column += 1;
        }
        let style = if cell.label { &styles.label } else { &styles.value };
        let (last_line, last_column) = (line + cell.rows - 1, column + cell.columns - 1);
        if cell.rows > 1 || cell.columns > 1 {
            sheet.merge_range(line, column, last_line, last_column, &cell.text, style)?;
        } else {
            sheet.write_string_with_format(line, column, &cell.text, style)?;
        }
        for below in line..=last_line {
            taken.extend((column..=last_column).map(|c| (below, c)));
        }
        column = last_column + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn read(html: &str) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(workbook("t", html).unwrap())).unwrap()
    }

    #[test]
    fn cells_keep_their_places_around_one_that_spans_rows() {
        let html = "<section title=\"甲\"><table><tr><td rowspan=\"2\">a</td><td>b</td></tr><tr><td>150699199001010017</td>\
             </tr></table></section>";
        let mut book = read(html);
        let range = book.worksheet_range("甲").unwrap();
        assert_eq!(range.get((0, 1)), Some(&Data::String("b".into())));
        assert_eq!(range.get((1, 1)), Some(&Data::String("150699199001010017".into())));
    }

    #[test]
    fn two_people_of_one_name_get_two_sheets() {
        let one = "<section title=\"张三/a\"><p>x</p></section>";
        let book = read(&one.repeat(3));
        assert_eq!(book.sheet_names(), ["张三 a", "张三 a 2", "张三 a 3"]);
    }
}

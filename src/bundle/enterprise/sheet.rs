//! The directory (S3-16) and the summary table (annex 2, S3-51) as cells, and these as CSV or a workbook. Their words
//! are those of the form in any language.
use crate::bundle::write::{Heading, Rows, Style};
use crate::model::clean;
use crate::model::filing::{FiledOccupation, Organisation};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use std::io;

/// Cells, and which of a row are one: row, first and last column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    pub rows: Vec<Vec<String>>,
    pub merged: Vec<(usize, usize, usize)>,
}

/// Who hands the summary in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// 填报单位
    pub unit: String,
    pub contact: String,
    pub phone: String,
}

/// One listed organisation with what it may assess.
pub type Entry = (Organisation, Vec<FiledOccupation>);

const BETWEEN: &str = "；";
/// Width of a column in characters.
const WIDTHS: [f64; 5] = [28.0, 30.0, 26.0, 26.0, 30.0];

/// One row for each occupation, so that it can be sorted and filtered.
pub fn directory(entries: &[Entry]) -> Grid {
    let headings = ["试点企业名称", "地址", "联系方式", "职业（工种）名称", "等级范围"];
    let mut grid = Grid { rows: vec![own(&headings)], merged: Vec::new() };
    for (o, occupations) in entries {
        let contact = [o.contact.clone().unwrap_or_default(), o.phones()].join(" ").trim().to_owned();
        for occupation in occupations {
            let address = o.address.clone().unwrap_or_default();
            grid.rows.push(vec![o.name.clone(), address, contact.clone(), occupation.name.clone(), occupation.range()]);
        }
    }
    grid
}

/// Annex 2: four rows for each organisation, then who fills it in.
pub fn summary(entries: &[Entry], footer: &Footer) -> Grid {
    let mut grid = Grid::default();
    let mut merge = |rows: &[Vec<String>], from, to| grid.merged.push((rows.len() - 1, from, to));
    let mut rows = vec![own(&["职业技能等级认定汇总表", "", "", ""])];
    merge(&rows, 0, 3);
    rows.push(own(&["序号", "基本信息", "", ""]));
    merge(&rows, 1, 3);
    for (n, (o, occupations)) in entries.iter().enumerate() {
        let all =
            |one: &dyn Fn(&FiledOccupation) -> String| occupations.iter().map(one).collect::<Vec<_>>().join(BETWEEN);
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let number = (n + 1).to_string();
        rows.push(own(&[&number, "企业名称", "地址", "联系人"]));
        rows.push(vec![String::new(), o.name.clone(), text(&o.address), text(&o.contact)]);
        rows.push(own(&["", "职业（工种）名称", "等级范围", "联系方式"]));
        rows.push(vec![String::new(), all(&|o| o.name.clone()), all(&FiledOccupation::range), o.phones()]);
    }
    rows.push(own(&["填报单位", &footer.unit, "", ""]));
    merge(&rows, 1, 3);
    rows.push(own(&["联系人", &footer.contact, "联系方式", &footer.phone]));
    grid.rows = rows;
    grid
}

fn own(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

impl Grid {
    pub fn csv(&self) -> io::Result<Vec<u8>> {
        let mut rows = self.rows.iter();
        let first: Vec<_> = rows.next().into_iter().flatten().map(|cell| Heading::tabbed(cell)).collect();
        let mut out = Rows::begin(Vec::new(), Style::People, &first)?;
        for row in rows {
            out.row(row.iter().map(String::as_str))?;
        }
        out.finish()
    }

    /// Every cell is text: nothing is calculated or rounded.
    pub fn xlsx(&self) -> io::Result<Vec<u8>> {
        self.book().map_err(|e| io::Error::other(e.to_string()))
    }

    fn book(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let centred = cell.clone().set_align(FormatAlign::Center);
        let sheet = book.add_worksheet();
        for (column, width) in (0u16..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        for (y, row) in (0u32..).zip(&self.rows) {
            for (x, text) in (0u16..).zip(row) {
                sheet.write_string_with_format(y, x, clean::cell(text), &cell)?;
            }
        }
        for (y, from, to) in &self.merged {
            let text = self.rows.get(*y).and_then(|row| row.get(*from)).map(String::as_str).unwrap_or_default();
            let place = (u32::try_from(*y), u16::try_from(*from), u16::try_from(*to));
            if let (Ok(y), Ok(from), Ok(to)) = place {
                sheet.merge_range(y, from, y, to, &clean::cell(text), &centred)?;
            }
        }
        book.save_to_buffer()
    }
}

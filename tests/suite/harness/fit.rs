//! Made-up rows made to fit a notice: they are made for the one of Inner Mongolia for state organs and institutions.
use kaowu::ops::demo::people::{HEADINGS, Row};

/// Applicants of the notice of Xinjiang.
pub const XINJIANG: &[(&str, &str)] = &[("所在省（市）区", "新疆维吾尔自治区")];

/// Columns of the 33-column sheet, by their headings, filled with these words in every row.
pub fn fit(mut rows: Vec<Row>, columns: &[(&str, &str)]) -> Vec<Row> {
    for (heading, text) in columns {
        let at = HEADINGS.iter().position(|h| h == heading).unwrap();
        rows.iter_mut().for_each(|row| (*text).clone_into(&mut row[at]));
    }
    rows
}

//! What an office's form says around its rows: who sends it, stamps, dates, a number of heads.
//!
//! A label stands in a cell with its answer behind a colon, or with its answer in the next cell. A stamp that is left blank
//! makes the sheet void (S2-27); that is told, because only the paper shows whether it bears one.
use super::book::letters;
use super::column::day;
use super::row_fault::{Bad, RowFault, Severity, code};
use crate::model::fold;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Labels above the headings.
    pub above: Vec<Label>,
    /// A row whose first cell begins with one of these ends the rows.
    pub ends_at: Vec<String>,
    /// Labels after the last row.
    #[serde(default)]
    pub below: Vec<Label>,
    /// What stands before and after the number of heads below the rows.
    #[serde(default)]
    pub count: Option<[String; 2]>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub name: String,
    #[serde(default)]
    pub asks: Asks,
    /// The unit that this names registers everybody on the sheet.
    #[serde(default)]
    pub registers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    #[default]
    Text,
    Date,
    /// A name under a stamp.
    Stamp,
}

/// A line outside the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub line: u64,
    pub cells: Vec<String>,
}

/// An answer as it was found: where, and empty when it is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub line: u64,
    pub column: usize,
    pub text: String,
}

impl Block {
    pub fn ends(&self, first_cell: &str) -> bool {
        let text = plain(first_cell);
        self.ends_at.iter().any(|end| text.starts_with(&plain(end)))
    }

    /// The unit that registers the people of the sheet.
    pub fn registering(&self, above: &[Outside]) -> Option<String> {
        let label = self.above.iter().find(|label| label.registers)?;
        find(label, &self.above, above).map(|found| found.text).filter(|text| !text.is_empty())
    }

    /// What is odd about the lines around `rows` rows.
    pub fn faults(&self, file: &str, (above, below): (&[Outside], &[Outside]), rows: u64) -> Vec<RowFault> {
        let parts = [(&self.above, above), (&self.below, below)];
        let labels = parts.iter().flat_map(|(labels, lines)| labels.iter().map(move |label| (label, *labels, *lines)));
        let mut faults: Vec<_> = labels.filter_map(|(label, all, lines)| blank(label, all, lines, file)).collect();
        faults.extend(self.counted(below).filter(|(_, n)| *n != rows).map(|(at, n)| {
            let bad = Bad::new(code::COUNT_DIFFERS).with("found", i64::try_from(n).unwrap_or(i64::MAX));
            warning(file, &at, "", bad.with("expected", i64::try_from(rows).unwrap_or(i64::MAX)))
        }));
        faults
    }

    /// The number of heads, where one is written.
    fn counted<'b>(&'b self, below: &'b [Outside]) -> impl Iterator<Item = (Answered, u64)> + 'b {
        let cells = below.iter().flat_map(|out| out.cells.iter().enumerate().map(move |(n, cell)| (out.line, n, cell)));
        cells.filter_map(|(line, column, cell)| {
            let [before, after] = self.count.as_ref()?;
            let text = plain(cell);
            let (_, rest) = text.split_once(&plain(before))?;
            let (number, _) = rest.split_once(&plain(after))?;
            let number = number.trim_matches('_').parse().ok()?;
            Some((Answered { line, column, text: cell.clone() }, number))
        })
    }
}

fn blank(label: &Label, all: &[Label], lines: &[Outside], file: &str) -> Option<RowFault> {
    let found = find(label, all, lines);
    let good = match (&found, label.asks) {
        (None, _) => false,
        (Some(found), Asks::Date) => day(&found.text).is_some(),
        (Some(found), Asks::Text | Asks::Stamp) => !found.text.is_empty(),
    };
    if good {
        return None;
    }
    let nowhere = Answered { line: lines.first().map_or(1, |out| out.line), column: 0, text: String::new() };
    let code = if label.asks == Asks::Stamp { code::BLANK_STAMP } else { code::BLANK_LABEL };
    Some(warning(file, &found.unwrap_or(nowhere), &label.name, Bad::new(code)))
}

fn warning(file: &str, at: &Answered, label: &str, bad: Bad) -> RowFault {
    RowFault {
        file: file.to_owned(),
        line: at.line,
        column: label.to_owned(),
        letters: Some(letters(at.column + 1)),
        value: at.text.chars().take(80).collect(),
        code: bad.code,
        severity: Severity::Warning,
        data: bad.data,
    }
}

/// The answer to a label: behind its colon, else in the next cell that is not a label itself.
fn find(label: &Label, all: &[Label], lines: &[Outside]) -> Option<Answered> {
    // The longest label first: 填报人 begins 填报人联系电话.
    let longer = |text: &str| all.iter().any(|l| l.name.len() > label.name.len() && text.starts_with(&plain(&l.name)));
    for out in lines {
        for (column, cell) in out.cells.iter().enumerate() {
            let text = plain(cell);
            let Some(rest) = text.strip_prefix(&plain(&label.name)).filter(|_| !longer(&text)) else { continue };
            let rest = rest.trim_start_matches("(盖章)").trim_start_matches(':').trim_matches('_');
            let (rest, at) = if rest.is_empty() { next_cell(out, column, all) } else { (rest.to_owned(), column) };
            return Some(Answered { line: out.line, column: at, text: rest });
        }
    }
    None
}

fn next_cell(out: &Outside, after: usize, all: &[Label]) -> (String, usize) {
    let mut next = out.cells.iter().enumerate().skip(after + 1).filter(|(_, cell)| !cell.trim().is_empty());
    match next.next() {
        Some((at, cell)) if !all.iter().any(|l| plain(cell).starts_with(&plain(&l.name))) => {
            (fold::text(cell).into_owned(), at)
        }
        _ => (String::new(), after),
    }
}

/// Half-width and without blanks.
fn plain(text: &str) -> String {
    fold::word(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Block {
        let text = "above = [{ name = \"上级主管部门\", asks = \"stamp\", registers = true }, { name = \"填报人\" }, \
                    { name = \"填报人联系电话\" }, { name = \"制表日期\", asks = \"date\" }]\n\
                    ends_at = [\"经审核\"]\ncount = [\"以上\", \"人\"]\n";
        toml::from_str(text).unwrap()
    }

    fn line(line: u64, cells: &[&str]) -> Outside {
        Outside { line, cells: cells.iter().map(|c| (*c).to_owned()).collect() }
    }

    /// S2-27: a blank stamp; S2-43: the labels; S2-45: the number of heads.
    #[test]
    fn answers_stand_behind_the_label_or_in_the_next_cell_s2_43() {
        let good = [line(
            2,
            &[
                "上级主管部门（盖章）：某地区工考办",
                "填报人：",
                "张三",
                "填报人联系电话:15412345678",
                "制表日期：2022年5月6日",
            ],
        )];
        assert_eq!(block().registering(&good).as_deref(), Some("某地区工考办"));
        let foot = [line(9, &["经审核，以上 ２ 人符合晋级考核条件。"])];
        assert!(block().ends("经审核，以上2人"));
        assert_eq!(block().faults("a", (&good, &foot), 2), []);
        let odd = block().faults("a", (&good, &foot), 3);
        assert_eq!((odd.len(), odd[0].code, odd[0].line), (1, code::COUNT_DIFFERS, 9));
        let unfilled = [line(9, &["经审核，以上____人符合晋级考核条件。"])];
        assert_eq!(block().faults("a", (&good, &unfilled), 3), []);
        let blank = [line(2, &["上级主管部门（盖章）：", "填报人：张三", "填报人联系电话：1", "制表日期：年 月 日"])];
        let codes: Vec<_> = block().faults("a", (&blank, &[]), 3).into_iter().map(|f| f.code).collect();
        assert_eq!(codes, [code::BLANK_STAMP, code::BLANK_LABEL]);
    }
}

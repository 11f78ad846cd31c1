//! Workbooks and texts made for one test, and what becomes of them.
use kaowu::bundle::codes::Codes;
use kaowu::bundle::layout::Layout;
use kaowu::bundle::row_fault::{Report, RowFault, Severity};
use kaowu::bundle::sheet::{Intake, Row, Sheet, SheetFault, catalogue, lenient};
use kaowu::config::Assets;
use kaowu::model::Refusal;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::Cursor;
use std::ops::ControlFlow;

/// Headings that are enough for the 33-column sheet.
pub const HEAD: [&str; 19] = [
    "职业工种名称",
    "认定等级",
    "申报条件",
    "证件类型",
    "证件号码",
    "姓名",
    "性别",
    "出生日期",
    "手机号码",
    "是否有职业资格证书",
    "证书等级",
    "证书编号",
    "文化程度",
    "所在省（市）区",
    "考生来源",
    "报名单位",
    "认定分类",
    "考试类型",
    "民族",
];

/// A good row under [`HEAD`].
pub const GOOD: [&str; 19] = [
    "电工",
    "三级",
    "申报条件（1）",
    "居民身份证",
    "150699199001010015",
    "张三",
    "男",
    "1990-01-01",
    "15412345678",
    "否",
    "",
    "",
    "大专",
    "内蒙古",
    "机关事业单位",
    "某培训学校",
    "初次认定",
    "正考",
    "蒙古",
];

/// Column of the identity number, from 0.
pub const IDENTITY: u16 = 4;

pub fn good() -> Vec<String> {
    GOOD.map(str::to_owned).to_vec()
}

/// A good row with some cells changed.
pub fn row(changes: &[(usize, &str)]) -> Vec<String> {
    let mut row = good();
    changes.iter().for_each(|(at, text)| row[*at] = (*text).to_owned());
    row
}

/// The same row for another person, with a valid number.
pub fn person(n: usize) -> Vec<String> {
    let body = format!("15069919900101{n:02}1");
    let check = char::from(kaowu::model::identity::check_character(body.as_bytes()));
    row(&[(4, &format!("{body}{check}")), (5, &format!("张{}", char::from_u32(0x4E00 + n as u32).unwrap()))])
}

pub fn put(sheet: &mut Worksheet, at: u32, cells: &[impl AsRef<str>]) {
    for (n, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.as_ref().is_empty()) {
        sheet.write_string(at, u16::try_from(n).unwrap(), cell.as_ref()).unwrap();
    }
}

/// A workbook with one sheet: headings, rows, then whatever `edit` does.
pub fn book(rows: &[Vec<String>], edit: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, &HEAD);
    rows.iter().zip(1..).for_each(|(row, at)| put(sheet, at, row));
    edit(sheet);
    book.save_to_buffer().unwrap()
}

pub fn csv(rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| row.join(",") + "\r\n");
    format!("{}\r\n{}", HEAD.join(","), lines.collect::<String>())
}

pub fn layouts() -> Vec<Layout> {
    let assets = Assets::default();
    let names = assets.names("layouts", ".toml");
    names.iter().map(|n| Layout::parse(&assets.read(&format!("layouts/{n}.toml")).unwrap()).unwrap()).collect()
}

pub fn codes() -> Codes {
    let assets = Assets::default();
    Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap()
}

/// What became of a file: its report, and line and name of each good row.
pub struct Taken {
    pub report: Report,
    pub good: Vec<(u64, String)>,
}

impl Taken {
    /// Line, column with its letters, code.
    pub fn faults(&self) -> Vec<(u64, String, &'static str)> {
        self.of(Severity::Error)
    }

    pub fn warnings(&self) -> Vec<(u64, String, &'static str)> {
        self.of(Severity::Warning)
    }

    fn of(&self, severity: Severity) -> Vec<(u64, String, &'static str)> {
        let of = self.report.faults.iter().filter(|f| f.severity == severity);
        of.map(|f: &RowFault| (f.line, f.place(), f.code.0)).collect()
    }
}

pub fn take(bytes: impl Into<Vec<u8>>) -> Result<Taken, Refusal> {
    take_sheet(bytes, None)
}

pub fn take_sheet(bytes: impl Into<Vec<u8>>, sheet: Option<&str>) -> Result<Taken, Refusal> {
    let (codes, layouts) = (codes(), layouts());
    let (offers, judge) = (&catalogue, &lenient);
    let intake = Intake { layouts: &layouts, codes: &codes, offers, judge, encoding: None, sheet, file: "a" };
    let refused = |fault| match fault {
        SheetFault::Refused(refusal) => refusal,
        SheetFault::Io(error) => panic!("{error}"),
    };
    let sheet = Sheet::open(Cursor::new(bytes.into()), &intake).map_err(refused)?;
    let mut good = Vec::new();
    let report = sheet.read(&mut |row| {
        if let Row::Good(row, _) = row {
            good.push((row.line, row.name.to_string()));
        }
        ControlFlow::Continue(())
    });
    Ok(Taken { report: report.map_err(refused)?, good })
}

//! A file that calls itself a sheet: texts in any encoding, the parts of a workbook, the smaller sheets.
use kaowu::bundle::codes::Codes;
use kaowu::bundle::decode::Encoding;
use kaowu::bundle::layout::Layout;
use kaowu::bundle::number_sheet::{self, NumberLayout};
use kaowu::bundle::payment_sheet::{self, PaymentLayout};
use kaowu::bundle::score_sheet::{self, ScoreLayout};
use kaowu::bundle::sheet::{Intake, Row, Sheet, catalogue, lenient};
use kaowu::bundle::{duty_sheet, staff_sheet};
use kaowu::config::Assets;
use kaowu::model::Subject;
use kaowu::model::clean::is_unsafe;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

struct Known {
    layouts: Vec<Layout>,
    codes: Codes,
    numbers: NumberLayout,
    payments: PaymentLayout,
    scores: ScoreLayout,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let assets = Assets::default();
    let names = assets.names("layouts", ".toml");
    let text = |path: String| assets.read(&path).unwrap();
    Known {
        layouts: names.iter().map(|n| Layout::parse(&text(format!("layouts/{n}.toml"))).unwrap()).collect(),
        codes: Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap(),
        numbers: NumberLayout::parse(&text("sheets/certificate-numbers.toml".into())).unwrap(),
        payments: PaymentLayout::parse(&text("sheets/payment-platform.toml".into())).unwrap(),
        scores: ScoreLayout::parse(&text("sheets/scores-roster.toml".into())).unwrap(),
    }
});

/// The first byte says what the rest is.
pub fn run(mut data: &[u8]) {
    match super::byte(&mut data) % 8 {
        0..=2 => applications(data.to_vec(), None),
        3 => applications(data.to_vec(), Some(Encoding::Gb18030)),
        4 => applications(workbook("xl/worksheets/sheet1.xml", data), None),
        5 => applications(workbook("xl/sharedStrings.xml", data), None),
        6 => applications(workbook("xl/styles.xml", data), None),
        _ => smaller(data),
    }
}

fn applications(bytes: Vec<u8>, encoding: Option<Encoding>) {
    let (offers, judge) = (&catalogue, &lenient);
    let intake =
        Intake { layouts: &KNOWN.layouts, codes: &KNOWN.codes, offers, judge, encoding, sheet: None, file: "a.csv" };
    let Ok(sheet) = Sheet::open(Cursor::new(bytes), &intake) else { return };
    let (mut good, mut refused) = (0, 0);
    let read = sheet.read(&mut |row| {
        match row {
            Row::Good(row, _) => {
                good += 1;
                for text in [Some(&row.name), row.employer.as_ref(), row.major.as_ref(), row.address.as_ref()] {
                    let hidden = text.is_some_and(|text| text.chars().any(is_unsafe));
                    assert!(!hidden, "a hidden character in a good row: {text:?}");
                }
            }
            Row::Refused(row) => {
                refused += 1;
                assert!(!row.faults.is_empty(), "refused without a reason");
            }
        }
        ControlFlow::Continue(())
    });
    if let Ok(report) = read {
        assert_eq!((report.counts.read, report.counts.refused), (good + refused, refused));
    }
}

/// The sheets that have a reader of their own; they want a file.
fn smaller(mut bytes: &[u8]) {
    let which = super::byte(&mut bytes) % 7;
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let path: &Path = file.path();
    match which {
        0 => drop(number_sheet::read(path, "a.csv", &KNOWN.numbers)),
        1 => drop(payment_sheet::read(path, "a.csv", &KNOWN.payments)),
        2 => drop(score_sheet::read(path, "a.csv", &KNOWN.scores, Subject::Theory)),
        3 => drop(staff_sheet::read(path, "a.csv", &KNOWN.codes)),
        4 => drop(duty_sheet::people(path, "a.csv")),
        5 => drop(duty_sheet::insured(path, "a.csv")),
        _ => drop(kaowu::bundle::enterprise::read(path, &KNOWN.codes)),
    }
}

/// A small workbook in which one part is these bytes, with a right checksum: its reader gets to see them.
fn workbook(part: &str, bytes: &[u8]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, own) in PARTS {
        to.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        to.write_all(if *name == part { bytes } else { own.as_bytes() }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

const PARTS: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    ("xl/sharedStrings.xml", "<sst><si><t>姓名</t></si><si><t>证件号码</t></si></sst>"),
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#,
    ),
];

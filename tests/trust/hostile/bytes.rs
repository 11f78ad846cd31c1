//! F17: bytes that are no text, and texts that are no table: a refusal with its place, or rows that are told one by one.
use kaowu::bundle::codes::Codes;
use kaowu::bundle::decode::Encoding;
use kaowu::bundle::layout::Layout;
use kaowu::bundle::sheet::{Intake, Row, Sheet, SheetFault, catalogue, lenient};
use kaowu::config::Assets;
use kaowu::ops::demo::people;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Names of the good rows and `line:code` of the others, or the refusal of the whole file.
fn taken<R: Read + Seek + Send + 'static>(source: R, encoding: Option<Encoding>) -> Result<Vec<String>, String> {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let layouts: Vec<_> = assets.names("layouts", ".toml").iter().map(|n| layout(&assets, n)).collect();
    let (offers, judge) = (&catalogue, &lenient);
    let intake = Intake { layouts: &layouts, codes: &codes, offers, judge, encoding, sheet: None, file: "a.csv" };
    let told = |fault: SheetFault| match fault {
        SheetFault::Refused(refusal) => refusal.to_string(),
        SheetFault::Io(error) => format!("io {error}"),
    };
    let mut all = Vec::new();
    let sheet = Sheet::open(source, &intake).map_err(told)?;
    let read = sheet.read(&mut |row| {
        all.push(match row {
            Row::Good(row, _) => row.name.to_string(),
            Row::Refused(row) => format!("{}:{}", row.line, row.faults[0].code.0),
        });
        ControlFlow::Continue(())
    });
    read.map(|_| all).map_err(told)
}

fn layout(assets: &Assets, name: &str) -> Layout {
    Layout::parse(&assets.read(&format!("layouts/{name}.toml")).unwrap()).unwrap()
}

/// Headings and rows of two people; the names in their place.
fn sheet(names: [&str; 2]) -> String {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut rows = people::rows(&codes, 1, 2);
    rows.iter_mut().zip(names).for_each(|(row, name)| row[6] = name.into());
    let mut text = people::HEADINGS.join(",") + "\r\n";
    rows.iter().for_each(|row| text += &(row.join(",") + "\r\n"));
    text
}

fn bytes(bytes: impl Into<Vec<u8>>) -> Result<Vec<String>, String> {
    taken(Cursor::new(bytes.into()), None)
}

#[test]
fn names_of_every_plane_are_kept_in_every_encoding() {
    let names = ["张𠮷", "李𬭛"];
    let text = sheet(names);
    let utf16 = |big: bool| {
        let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<u8>>()
    };
    let mut gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    for whole in
        [text.clone().into_bytes(), format!("\u{FEFF}{text}").into_bytes(), utf16(false), utf16(true), gb.clone()]
    {
        assert_eq!(bytes(whole).unwrap(), names);
    }
    // A lone first byte at the end: strict, no stand-in character, and the place is told.
    gb.push(0x81);
    let refused = taken(Cursor::new(gb), Some(Encoding::Gb18030)).unwrap_err();
    assert!(refused.starts_with("sheet.encoding") && refused.contains("line="), "{refused}");
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    let text = sheet(["张三", "李四"]);
    let mut broken = text.clone().into_bytes();
    let at = text.rfind("李四").unwrap();
    broken[at] = 0xFF;
    let refused = taken(Cursor::new(broken), Some(Encoding::Utf8)).unwrap_err();
    assert!(refused.contains("sheet.encoding") && refused.contains("line=3"), "{refused}");
    // A mark in the middle, a NUL, lines that end in CR alone.
    assert_eq!(bytes(text.replacen("李", "\u{FEFF}李", 1)).unwrap(), ["张三", "李四"]);
    assert_eq!(bytes(text.replacen("李", "\0李", 1)).unwrap(), ["张三", "3:nul_byte"]);
    assert_eq!(bytes(text.replace("\r\n", "\r")).unwrap(), ["张三", "李四"]);
}

#[test]
fn a_hundred_thousand_columns_are_refused() {
    let wide = sheet(["张三", "李四"]).replacen("\r\n", &(",x".repeat(100_000) + "\r\n"), 1);
    let refused = bytes(wide).unwrap_err();
    assert!(refused.contains("sheet."), "{refused}");
}

/// Headings, then one cell that is never in memory: of a gigabyte with `KAOWU_GIGABYTE=1`, else of 64 megabytes.
struct Endless {
    head: Vec<u8>,
    at: u64,
}

fn size() -> u64 {
    if std::env::var_os("KAOWU_GIGABYTE").is_some() { 1 << 30 } else { 1 << 26 }
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let start = usize::try_from(self.at).unwrap_or(usize::MAX);
        let left = usize::try_from(size().saturating_sub(self.at)).unwrap();
        let n = match self.head.get(start..).filter(|rest| !rest.is_empty()) {
            Some(mut rest) => rest.read(out)?,
            None => {
                let n = out.len().min(left);
                out[..n].fill(b'x');
                n
            }
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => size().saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

#[test]
fn an_endless_field_is_refused_by_its_line() {
    let head = format!("{}\r\n1,\"", people::HEADINGS.join(",")).into_bytes();
    let refused = taken(Endless { head, at: 0 }, Some(Encoding::Utf8)).unwrap_err();
    assert_eq!(refused, "sheet.record_too_long line=2");
}

//! X1, X2: a workbook of 33 columns out, against the writer alone, and in, against the reader of cells alone.
use crate::Asked;
use crate::rounds::{Rounds, say};
use crate::world;
use calamine::{Reader, Xlsx};
use kaowu::bundle::codes::Codes;
use kaowu::bundle::layout::Layout;
use kaowu::bundle::sheet::{Intake, Sheet, catalogue, lenient};
use kaowu::bundle::write::Heading;
use kaowu::bundle::xlsx_write::{Frame, XlsxRows};
use kaowu::config::Assets;
use rust_xlsxwriter::Workbook;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let cells = cells(folder.path(), asked.rows);
    let path = folder.path().join("sheet.xlsx");
    let (mut out, mut read) = (Rounds::default(), Rounds::default());
    for _ in 0..asked.rounds {
        let ours = seconds(|| write(&path, &cells));
        out.add(ours, seconds(|| bare_write(&folder.path().join("bare.xlsx"), &cells)));
        read.add(seconds(|| parse(&path)), seconds(|| bare_read(&path)));
    }
    if asked.any(&["X1"]) {
        out.print("X1", "workbook out against the writer alone", "<= 1.3", "s");
    }
    if asked.any(&["X2"]) {
        read.print("X2", "workbook parsed and checked against the reader of cells alone", "<= 1.6", "s");
    }
    say("X1", &format!("{} bytes", path.metadata().unwrap().len()));
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Headings and rows of the candidate sheet.
fn cells(folder: &Path, rows: usize) -> Vec<Vec<String>> {
    let path = world::sheet(folder, 0, rows);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write(path: &Path, cells: &[Vec<String>]) {
    let headings: Vec<_> = cells[0].iter().map(|name| Heading::tabbed(name)).collect();
    let mut rows = XlsxRows::begin(&Frame { name: "sheet", ..Frame::default() }, &headings).unwrap();
    cells[1..].iter().for_each(|row| rows.row(row.iter().map(String::as_str)).unwrap());
    rows.finish(File::create(path).unwrap()).unwrap();
}

fn bare_write(path: &Path, cells: &[Vec<String>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    for (row, at) in cells.iter().zip(0..) {
        for (cell, column) in row.iter().zip(0..) {
            sheet.write_string(at, column, cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

fn parse(path: &Path) {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let names = assets.names("layouts", ".toml");
    let layout = |name: &String| Layout::parse(&assets.read(&format!("layouts/{name}.toml")).unwrap()).unwrap();
    let layouts: Vec<_> = names.iter().map(layout).collect();
    let (offers, judge) = (&catalogue, &lenient);
    let intake = Intake { layouts: &layouts, codes: &codes, offers, judge, encoding: None, sheet: None, file: "x" };
    let sheet = Sheet::open(File::open(path).unwrap(), &intake).unwrap();
    let report = sheet.read(&mut |_| ControlFlow::Continue(())).unwrap();
    assert!(report.counts.read > 0 && report.counts.refused == 0);
}

fn bare_read(path: &Path) {
    let mut book = Xlsx::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut count = 0usize;
    while reader.next_cell().unwrap().is_some() {
        count += 1;
    }
    assert!(count > 0);
}

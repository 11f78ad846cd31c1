//! From a file to a sheet whose headings have been read: what it is, which encoding, which sheet of a workbook.
use super::block::Outside;
use super::book::{self, Book, Epoch, Kind, Page};
use super::decode::{self, Text};
use super::heading::{self, Recognised};
use super::layout::Layout;
use super::read::{self, Cells, Records};
use super::row_fault::Form;
use super::rows::{Line, Rows};
use super::settle::Purposes;
use super::sheet::{Intake, NOT_RECOGNISED, Sheet, SheetFault, decoding};
use crate::model::Refusal;
use csv::{ByteRecord, StringRecord};
use std::io::{Read, Seek};

/// What is known once the headings are found.
pub struct Opened<R: Read> {
    pub rows: Rows<R>,
    pub form: Form,
    /// Of a text.
    pub delimiter: Option<u8>,
    pub recognised: Recognised,
    pub header_line: u64,
    /// Lines above the headings.
    pub above: Vec<Outside>,
    pub page: Page,
    pub epoch: Epoch,
    pub name: Option<String>,
    /// Further sheets that could be meant.
    pub others: Vec<String>,
}

impl<'c, R: Read + Seek + Send + 'static> Sheet<'c, R> {
    /// Reads up to the headings. A text is passed over once before that, for its encoding.
    pub fn open(mut source: R, intake: &'c Intake<'c>) -> Result<Sheet<'c, R>, SheetFault> {
        let opened = match book::kind(&mut source, intake.encoding, intake.file)? {
            Kind::Text => text(source, intake)?,
            Kind::Workbook => workbook(source, intake)?,
        };
        let Recognised { layout, header, placed, .. } = &opened.recognised;
        let layout = intake.layouts.get(*layout).ok_or_else(|| not_recognised(intake))?;
        heading::refuse(placed, header, layout)?;
        let purposes = purposes(layout, &opened.recognised);
        let registering = layout.block.as_ref().and_then(|block| block.registering(&opened.above));
        Ok(Sheet { intake, layout, opened, purposes, registering })
    }
}

fn text<R: Read + Seek>(mut source: R, intake: &Intake<'_>) -> Result<Opened<R>, SheetFault> {
    let choice = decode::choose(&mut source, intake.encoding).map_err(decoding)?;
    let mut text = Text::open(source, choice)?;
    let head = read::head(&mut text).map_err(decoding)?;
    let (delimiter, recognised) = read::recognise(&head, intake.layouts).ok_or_else(|| not_recognised(intake))?;
    let mut rows = Rows::Text(Box::new(Records::new(head, text, delimiter)));
    let (mut record, mut line) = (ByteRecord::new(), Line::default());
    let mut above = Vec::new();
    for n in 0..=recognised.at {
        rows.next(&mut record, &mut line)?;
        if n < recognised.at {
            above.push(outside(line.number, &record));
        }
    }
    Ok(Opened {
        rows,
        form: Form::Text(choice.encoding),
        delimiter: Some(delimiter),
        recognised,
        header_line: line.number,
        above,
        page: Page::default(),
        epoch: Epoch::default(),
        name: None,
        others: Vec::new(),
    })
}

fn workbook<R: Read + Seek + Send + 'static>(source: R, intake: &Intake<'_>) -> Result<Opened<R>, SheetFault> {
    let within = intake.layouts.iter().map(|l| l.header_within).max().unwrap_or(1);
    let (file, sheet) = (intake.file, intake.sheet);
    let (book, heads) = book::apart(move || {
        let mut book = Book::open(source, file)?;
        let names = book.sheets(sheet)?;
        let heads = names.into_iter().map(|name| book.head(&name, within).map(|head| (name, head)));
        let heads = heads.collect::<Result<Vec<_>, _>>()?;
        Ok((book, heads))
    })?;
    let mut found = Vec::new();
    for (name, head) in heads {
        let texts: Vec<StringRecord> =
            head.iter().map(|row| StringRecord::from_byte_record_lossy(row.record.clone())).collect();
        if let Some(recognised) = heading::recognise(&texts, intake.layouts) {
            found.push((name, head, recognised));
        }
    }
    let mut found = found.into_iter();
    let (name, head, recognised) = found.next().ok_or_else(|| not_recognised(intake))?;
    let others = found.map(|(name, _, _)| name).collect();
    let (page, epoch) = (book.page(&name), book.epoch);
    let mut rows = Rows::Book(book.start(name.clone())?);
    let (mut record, mut line) = (ByteRecord::new(), Line::default());
    for _ in 0..=recognised.at {
        rows.next(&mut record, &mut line)?;
    }
    let above = head.iter().take(recognised.at).map(|row| outside(row.line, &row.record)).collect();
    let form = Form::Xlsx;
    let header_line = line.number;
    let (delimiter, name) = (None, Some(name));
    Ok(Opened { rows, form, delimiter, recognised, header_line, above, page, epoch, name, others })
}

fn not_recognised(intake: &Intake<'_>) -> Refusal {
    Refusal::new(NOT_RECOGNISED).with("file", intake.file)
}

/// A line outside the rows.
pub fn outside(line: u64, record: &ByteRecord) -> Outside {
    Outside { line, cells: Cells::of(record).into_iter().flat_map(Cells::iter).map(str::to_owned).collect() }
}

fn purposes(layout: &Layout, recognised: &Recognised) -> Purposes {
    let mut purposes = vec![None; recognised.header.len()];
    for (column, at) in layout.columns.iter().zip(&recognised.placed.at) {
        if let Some(slot) = at.and_then(|at| purposes.get_mut(at)) {
            *slot = Some((column.field, column.cell));
        }
    }
    purposes
}

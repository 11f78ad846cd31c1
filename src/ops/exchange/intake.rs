//! Reading a sheet against the database: what each row would do. Serves the dry run and the import alike.
use super::filed::keep;
use super::stream::{self, Item, Kept};
use crate::bundle::codes::Codes;
use crate::bundle::decode::Encoding;
use crate::bundle::field::Field;
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::{Bad, Counts, Report, RowFault, Severity};
use crate::bundle::sheet::{Intake, Sheet, SheetFault, catalogue};
use crate::bundle::write::{CsvFile, Heading, Style};
use crate::model::{BatchId, Code, Refusal};
use crate::ops::enterprise::{LICENSED, Scope};
use crate::ops::{Error, Result, Site};
use crate::policy::enterprise::{LEVEL_OUTSIDE, OCCUPATION_OUTSIDE, Wanted};
use crate::store::views::intake::Known;
use crate::store::{ApplicationRow, ApplicationState, StoreFault};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

pub const UNKNOWN_LAYOUT: Code = Code("sheet.unknown_layout");
/// Name of a person whose ticket is issued; see S1-72.
pub const NAME_FROZEN: Code = Code("name_frozen");
/// The refused rows would be written over the sheet they come from.
pub const OVER_SOURCE: Code = Code("sheet.refused_over_source");
/// A warning: the same person has another application in the batch.
pub const SECOND_APPLICATION: Code = Code("second_application");
pub const WITHDRAWN: Code = Code("withdrawn");
/// Heading of the reasons in a file of refused rows.
pub const REASONS: &str = "原因";

/// A file to read, and what is known about it.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: PathBuf,
    /// Name in reports; differs from the path for standard input.
    pub name: String,
    pub encoding: Option<Encoding>,
    pub layout: Option<String>,
}

/// Where refused rows go, and how a fault is worded there.
pub struct Refusals<'a> {
    pub path: &'a Path,
    pub words: &'a dyn Fn(&RowFault) -> String,
}

/// What a good row means for the database.
pub(super) enum Fate {
    New(Box<ApplicationRow>),
    Changed(Box<Change>),
    Unchanged,
}

pub(super) struct Change {
    pub before: ApplicationRow,
    pub after: ApplicationRow,
}

/// Every layout there is, for recognition.
pub(super) fn layouts(
    site_read: &dyn Fn(&str) -> Option<String>,
    names: &[String],
    only: Option<&str>,
) -> Result<Vec<Layout>> {
    let wanted: Vec<_> = names.iter().filter(|n| only.is_none_or(|o| o == n.as_str())).collect();
    if wanted.is_empty() {
        return Err(Refusal::new(UNKNOWN_LAYOUT).with("layout", only.unwrap_or_default()).into());
    }
    let read = |name: &&String| site_read(&format!("layouts/{name}.toml"));
    Ok(wanted.iter().filter_map(read).map(|text| Layout::parse(&text)).collect::<Result<Vec<_>, _>>()?)
}

/// Reads the whole file and says what an import would do; stores nothing. Refused rows go to `refusals`.
pub fn check(site: &Site, source: &Source, refusals: Option<&Refusals<'_>>) -> Result<Report> {
    let batch = site.batch()?.id;
    let assets = site.assets();
    let layouts = layouts(&|n| assets.read(n), &assets.names("layouts", ".toml"), source.layout.as_deref())?;
    let codes = site.codes()?;
    let (db, here) = (site.store().db(), site.row()?.organisation);
    let scope = Scope::load(db, &*site.policy()?, (here.as_deref(), site.now().day()))?;
    let to = Against { batch, known: Known::new(db, batch)?, scope, codes: &codes, refusals };
    let intake = intake(source, &layouts, &codes);
    read(source, &intake, &to, &mut |_| Ok(()))
}

pub(super) fn intake<'c>(source: &'c Source, layouts: &'c [Layout], codes: &'c Codes) -> Intake<'c> {
    Intake { layouts, codes, offers: &catalogue, encoding: source.encoding, file: &source.name }
}

/// One pass over the file. `each` gets every good row's fate, in order.
///
/// A second thread parses: it knows files only, and the database is asked and written here alone. So a write transaction
/// lasts as long as the writing, not as long as the reading.
pub(super) fn read(
    source: &Source,
    intake: &Intake<'_>,
    to: &Against<'_>,
    each: &mut dyn FnMut(Fate) -> Result<()>,
) -> Result<Report> {
    if let Some(out) = to.refusals.filter(|out| same_file(out.path, &source.path)) {
        return Err(Refusal::new(OVER_SOURCE).with("path", out.path.display().to_string()).into());
    }
    let file = File::open(&source.path).map_err(Error::file(&source.path))?;
    let sheet = Sheet::open(file, intake).map_err(|f| sheet_fault(source, f))?;
    let mut out = to.refusals.map(|r| Refused::begin(r, sheet.header().iter())).transpose()?;
    let (columns, lacks) = (Columns::of(&sheet), sheet.lacks());
    let mut pass = Pass { source, columns, lacks, counts: Counts::default(), late: Vec::new() };
    let (batch, cells) = (to.batch, if out.is_some() { Kept::AsTheyStood } else { Kept::Nothing });
    let mut report = thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(stream::AHEAD);
        let parser = scope.spawn(move || stream::parse(sheet, batch, cells, &send));
        let stored = receive.iter().flatten().try_for_each(|item| pass.item(item, to, &mut out, each));
        // Before joining, so that a parser with more to say ends at once.
        drop(receive);
        let parsed = parser.join().map_err(|_| StoreFault::Other("parser".to_owned()))?;
        stored?;
        parsed.map_err(|f| sheet_fault(source, f))
    })?;
    out.map_or(Ok(()), Refused::finish)?;
    let counts = &mut report.counts;
    (counts.added, counts.changed, counts.unchanged) = (pass.counts.added, pass.counts.changed, pass.counts.unchanged);
    counts.refused += pass.counts.refused;
    pass.late.into_iter().for_each(|fault| report.push(fault));
    report.faults.sort_by_key(|f| f.line);
    Ok(report)
}

/// What rows are held against.
pub(super) struct Against<'a> {
    pub batch: BatchId,
    pub known: Known<'a>,
    pub scope: Scope,
    pub codes: &'a Codes,
    pub refusals: Option<&'a Refusals<'a>>,
}

struct Pass<'a> {
    source: &'a Source,
    columns: Columns,
    /// Fields without a column in this sheet.
    lacks: Vec<Field>,
    counts: Counts,
    /// Faults that only the database shows.
    late: Vec<RowFault>,
}

impl Pass<'_> {
    fn item(
        &mut self,
        item: Item,
        to: &Against<'_>,
        out: &mut Option<Refused<'_>>,
        each: &mut dyn FnMut(Fate) -> Result<()>,
    ) -> Result<()> {
        let (line, row, cells) = match item {
            Item::Good { line, row, cells } => (line, row, cells),
            Item::Refused { cells, faults } => return out.as_mut().map_or(Ok(()), |out| out.row(&cells, &faults)),
        };
        let fate = match fate(&to.known, row, &self.lacks)? {
            Ok(fate) => self.outside(line, &fate, to).map_or(Ok(fate), Err),
            Err((name, bad)) => Err(self.fault(line, &name, bad)),
        };
        match fate {
            Ok(fate) => {
                match &fate {
                    Fate::New(row) => {
                        self.counts.added += 1;
                        if let Some((occupation, level)) = to.known.other(row)? {
                            let bad = Bad::new(SECOND_APPLICATION).with("occupation", occupation);
                            let bad = bad.with("expected", level.official());
                            let fault = self.fault(line, &row.name, bad);
                            self.late.push(RowFault { severity: Severity::Warning, ..fault });
                        }
                    }
                    Fate::Changed(_) => self.counts.changed += 1,
                    Fate::Unchanged => self.counts.unchanged += 1,
                }
                each(fate)
            }
            Err(fault) => {
                self.counts.refused += 1;
                let written = out.as_mut().map_or(Ok(()), |out| out.row(&cells, std::slice::from_ref(&fault)));
                self.late.push(fault);
                written
            }
        }
    }

    /// Why a row that would be stored is outside what organisations filed.
    fn outside(&self, line: u64, fate: &Fate, to: &Against<'_>) -> Option<RowFault> {
        let row = match fate {
            Fate::New(row) => row.as_ref(),
            Fate::Changed(change) => &change.after,
            Fate::Unchanged => return None,
        };
        let (employer, employer_code) = (row.employer.as_deref(), row.employer_code.as_deref());
        let wanted = Wanted { employer, employer_code, occupation: &row.occupation, level: row.level };
        let refusal = to.scope.check(to.codes, &wanted).err()?;
        let (column, value) = match refusal.code {
            OCCUPATION_OUTSIDE | LICENSED => (&self.columns.occupation, row.occupation_name.as_str()),
            LEVEL_OUTSIDE => (&self.columns.level, row.level.official()),
            _ => (&self.columns.employer, employer.unwrap_or_default()),
        };
        Some(RowFault { column: column.clone(), ..self.fault(line, value, Bad::from(refusal)) })
    }

    fn fault(&self, line: u64, name: &str, bad: Bad) -> RowFault {
        RowFault {
            file: self.source.name.clone(),
            line,
            column: self.columns.name.clone(),
            value: name.to_owned(),
            code: bad.code,
            severity: Severity::Error,
            data: bad.data,
        }
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Columns that faults name which only the database shows.
struct Columns {
    name: String,
    employer: String,
    occupation: String,
    level: String,
}

impl Columns {
    fn of<R: std::io::Read>(sheet: &Sheet<'_, R>) -> Columns {
        let named = |field| sheet.layout().column(field).map(|c| c.name.clone()).unwrap_or_default();
        Columns {
            name: named(Field::Name),
            employer: named(Field::Employer),
            occupation: named(Field::Occupation),
            level: named(Field::Level),
        }
    }
}

/// Compares a row with what is stored under its natural key. A row that cannot be taken comes back as its name and why.
fn fate(known: &Known<'_>, mut row: Box<ApplicationRow>, lacks: &[Field]) -> Result<Result<Fate, (String, Bad)>> {
    let Some((before, ticketed)) = known.find(&row)? else { return Ok(Ok(Fate::New(row))) };
    row.id = before.id;
    row.state = before.state;
    row.paid_at = before.paid_at;
    lacks.iter().for_each(|field| keep(&mut row, &before, *field));
    Ok(if *row == before {
        Ok(Fate::Unchanged)
    } else if before.state == ApplicationState::Withdrawn {
        Err((row.name, Bad::new(WITHDRAWN).with("expected", before.name)))
    } else if ticketed && row.name != before.name {
        Err((row.name, Bad::new(NAME_FROZEN).with("expected", before.name)))
    } else {
        Ok(Fate::Changed(Box::new(Change { before, after: *row })))
    })
}

fn sheet_fault(source: &Source, fault: SheetFault) -> Error {
    match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(error) => Error::File { path: source.path.clone(), source: error },
    }
}

/// The file of refused rows: as they stood, with the reasons in a last column.
struct Refused<'a> {
    file: CsvFile,
    /// Columns before the reasons.
    width: usize,
    to: &'a Refusals<'a>,
}

impl<'a> Refused<'a> {
    fn begin<'h>(to: &'a Refusals<'a>, header: impl Iterator<Item = &'h str>) -> Result<Refused<'a>> {
        let headings = header.filter(|h| h.trim() != REASONS).map(Heading::tabbed).chain([Heading::plain(REASONS)]);
        let headings: Vec<_> = headings.collect();
        let file = CsvFile::create(to.path, Style::People, &headings).map_err(Error::file(to.path))?;
        Ok(Refused { file, width: headings.len() - 1, to })
    }

    fn row(&mut self, cells: &[String], faults: &[RowFault]) -> Result<()> {
        let errors = faults.iter().filter(|f| f.severity == Severity::Error);
        let reasons: Vec<_> = errors.map(|f| format!("{}: {}", f.column, (self.to.words)(f))).collect();
        let reasons = reasons.join("; ");
        let mut row: Vec<&str> = cells.iter().map(String::as_str).take(self.width).collect();
        row.resize(self.width, "");
        row.push(&reasons);
        self.file.row(row).map_err(Error::file(self.to.path))
    }

    fn finish(self) -> Result<()> {
        self.file.finish().map_err(Error::file(self.to.path))
    }
}

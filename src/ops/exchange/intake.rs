//! Reading a sheet against the database: what each row would do. Serves the dry run and the import alike.
use super::filed::keep;
use super::limits::Limits;
use super::scope::Scope;
use super::stream::{self, Item, Kept};
use crate::bundle::application::{ApplicationRow as SheetRow, Found};
use crate::bundle::codes::Codes;
use crate::bundle::decode::Encoding;
use crate::bundle::field::Field;
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::{Bad, Counts, Report, RowFault, Severity};
use crate::bundle::sheet::{Intake, Sheet, SheetFault, catalogue};
use crate::bundle::write::{CsvFile, Heading, Style};
use crate::model::{ApplicationId, BatchId, Code, Evidence, Refusal};
use crate::ops::{Error, Result, Site};
use crate::store::views::intake::Known;
use crate::store::{ApplicationRow, ApplicationState, StoreFault};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

pub const UNKNOWN_LAYOUT: Code = Code("sheet.unknown_layout");
/// Name of a person who is approved or whose ticket is issued; see S1-72.
pub const NAME_FROZEN: Code = Code("name_frozen");
/// The refused rows would be written over the sheet they come from.
pub const OVER_SOURCE: Code = Code("sheet.refused_over_source");
/// A warning: the same person has another application in the batch.
pub const SECOND_APPLICATION: Code = Code("second_application");
pub const WITHDRAWN: Code = Code("withdrawn");
/// A warning: the same person applies in another open batch.
pub const IN_OTHER_BATCH: Code = Code("in_other_batch");
/// A warning: the stored application bears another name.
pub const OTHER_NAME: Code = Code("other_name");
/// Every review passed; nothing is changed by a sheet any more.
pub const FROZEN: Code = Code("frozen");
/// Rejected or excluded.
pub const OUT: Code = Code("out_of_batch");
/// Heading of the reasons in a file of refused rows.
pub const REASONS: &str = "原因";

/// A file to read, and what is known about it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    pub path: PathBuf,
    /// Name in reports; differs from the path for standard input.
    pub name: String,
    pub encoding: Option<Encoding>,
    pub layout: Option<String>,
    /// Sheet of a workbook; the first that is recognised when nobody named one.
    pub sheet: Option<String>,
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
    Unchanged(ApplicationId),
}

/// Takes every good row's fate in order, with evidence that is new.
pub(super) type Each<'e> = dyn FnMut(Fate, Option<Evidence>) -> Result<()> + 'e;

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
    let (codes, policy) = (site.codes()?, site.policy()?);
    let (db, here) = (site.store().db(), site.row()?.organisation);
    let limits = Limits::load(db, batch, (&policy, &codes), (here.as_deref(), site.now().day()))?;
    let scope = Scope::of(&policy, &codes, site.now().day());
    let judge = |row: &SheetRow<'_>, found: &mut Vec<Found>| scope.judge(row, found);
    let to = Against { batch, known: Known::new(db, batch)?, limits, refusals };
    let intake = intake(source, &layouts, &codes, &judge);
    read(source, &intake, &to, &mut |_, _| Ok(()))
}

pub(super) fn intake<'c>(
    source: &'c Source,
    layouts: &'c [Layout],
    codes: &'c Codes,
    judge: &'c (dyn Fn(&SheetRow<'_>, &mut Vec<Found>) + Sync),
) -> Intake<'c> {
    let (encoding, sheet) = (source.encoding, source.sheet.as_deref());
    Intake { layouts, codes, offers: &catalogue, judge, encoding, sheet, file: &source.name }
}

/// One pass over the file. `each` gets every good row's fate, in order.
///
/// A second thread parses: it knows files only, and the database is asked and written here alone. So a write transaction
/// lasts as long as the writing, not as long as the reading.
pub(super) fn read(source: &Source, intake: &Intake<'_>, to: &Against<'_>, each: &mut Each<'_>) -> Result<Report> {
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
    pub limits: Limits<'a>,
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
    fn item(&mut self, item: Item, to: &Against<'_>, out: &mut Option<Refused<'_>>, each: &mut Each<'_>) -> Result<()> {
        let (line, row, evidence, cells) = match item {
            Item::Good { line, row, evidence, cells } => (line, row, evidence, cells),
            Item::Refused { cells, faults } => return out.as_mut().map_or(Ok(()), |out| out.row(&cells, &faults)),
        };
        let fate = match fate(&to.known, row, &self.lacks)? {
            Ok(fate) => self.outside(line, &fate, to).map_or(Ok(fate), Err),
            Err((name, bad)) => Err(self.fault(line, &name, bad)),
        };
        match fate {
            Ok(fate) => {
                let evidence = evidence.filter(|e| !known_already(&to.known, &fate, e));
                match (&fate, &evidence) {
                    (Fate::New(_), _) => self.counts.added += 1,
                    (Fate::Changed(_), _) | (_, Some(_)) => self.counts.changed += 1,
                    (Fate::Unchanged(_), None) => self.counts.unchanged += 1,
                }
                self.warnings(line, &fate, to)?;
                each(fate, evidence)
            }
            Err(fault) => {
                self.counts.refused += 1;
                let written = out.as_mut().map_or(Ok(()), |out| out.row(&cells, std::slice::from_ref(&fault)));
                self.late.push(fault);
                written
            }
        }
    }

    /// Why a row that would be stored is not for this batch.
    fn outside(&self, line: u64, fate: &Fate, to: &Against<'_>) -> Option<RowFault> {
        let (row, is_new) = match fate {
            Fate::New(row) => (row.as_ref(), true),
            Fate::Changed(change) => (&change.after, false),
            Fate::Unchanged(_) => return None,
        };
        let outside = to.limits.refused(row, is_new)?;
        let (column, letters) = self.columns.of_field(outside.field).clone();
        Some(RowFault { column, letters, ..self.fault(line, &outside.value, outside.bad) })
    }

    /// The same person elsewhere, or under another name.
    fn warnings(&mut self, line: u64, fate: &Fate, to: &Against<'_>) -> Result<()> {
        let mut found = Vec::new();
        let name = match fate {
            Fate::New(row) => {
                let other = to.known.other(row)?.map(|(occupation, level)| {
                    Bad::new(SECOND_APPLICATION).with("occupation", occupation).with("expected", level.official())
                });
                let elsewhere = to.known.elsewhere(row)?.map(|batch| Bad::new(IN_OTHER_BATCH).with("expected", batch));
                found.extend(other.into_iter().chain(elsewhere));
                &row.name
            }
            Fate::Changed(change) if change.before.name != change.after.name => {
                found.push(Bad::new(OTHER_NAME).with("expected", change.before.name.as_str()));
                &change.after.name
            }
            Fate::Changed(_) | Fate::Unchanged(_) => return Ok(()),
        };
        for bad in found {
            let fault = self.fault(line, name, bad);
            self.late.push(RowFault { severity: Severity::Warning, ..fault });
        }
        Ok(())
    }

    fn fault(&self, line: u64, name: &str, bad: Bad) -> RowFault {
        RowFault {
            file: self.source.name.clone(),
            line,
            column: self.columns.name.0.clone(),
            letters: self.columns.name.1.clone(),
            value: name.to_owned(),
            code: bad.code,
            severity: Severity::Error,
            data: bad.data,
        }
    }
}

pub fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Columns that faults name which only the database shows: heading, and letters in a workbook.
struct Columns {
    name: Place,
    employer: Place,
    occupation: Place,
    level: Place,
}

type Place = (String, Option<String>);

impl Columns {
    fn of_field(&self, field: Field) -> &Place {
        match field {
            Field::Employer => &self.employer,
            Field::Occupation => &self.occupation,
            Field::Level => &self.level,
            _ => &self.name,
        }
    }

    fn of<R: std::io::Read>(sheet: &Sheet<'_, R>) -> Columns {
        Columns {
            name: sheet.place(Field::Name),
            employer: sheet.place(Field::Employer),
            occupation: sheet.place(Field::Occupation),
            level: sheet.place(Field::Level),
        }
    }
}

/// Whether the application has this piece of evidence.
fn known_already(known: &Known<'_>, fate: &Fate, evidence: &Evidence) -> bool {
    let id = match fate {
        Fate::New(_) => return false,
        Fate::Changed(change) => change.after.id,
        Fate::Unchanged(id) => *id,
    };
    known.has_evidence(id, evidence).unwrap_or(false)
}

/// Compares a row with what is stored under its natural key. A row that cannot be taken comes back as its name and why.
fn fate(known: &Known<'_>, mut row: Box<ApplicationRow>, lacks: &[Field]) -> Result<Result<Fate, (String, Bad)>> {
    let Some((before, ticketed)) = known.find(&row)? else { return Ok(Ok(Fate::New(row))) };
    row.id = before.id;
    row.state = before.state;
    row.paid_at = before.paid_at;
    row.original_at = before.original_at;
    // A sheet says how one applies in either of two columns.
    let says = |field| !lacks.contains(&field);
    let kept = lacks.iter().filter(|field| **field != Field::Route || !says(Field::Category));
    kept.for_each(|field| keep(&mut row, &before, *field));
    Ok(if *row == before {
        Ok(Fate::Unchanged(before.id))
    } else if is_name_frozen(&before, ticketed) && row.name != before.name {
        Err((row.name, Bad::new(NAME_FROZEN).with("expected", before.name)))
    } else if before.state == ApplicationState::Approved {
        Err((row.name, Bad::new(FROZEN).with("expected", before.name)))
    } else if matches!(before.state, ApplicationState::Rejected | ApplicationState::Excluded) {
        Err((row.name, Bad::new(OUT).with("expected", before.name)))
    } else if before.state == ApplicationState::Withdrawn {
        Err((row.name, Bad::new(WITHDRAWN).with("expected", before.name)))
    } else {
        Ok(Fate::Changed(Box::new(Change { before, after: *row })))
    })
}

/// S1-72. Who is out of the batch is told so instead.
fn is_name_frozen(before: &ApplicationRow, ticketed: bool) -> bool {
    before.state == ApplicationState::Approved || (ticketed && before.state.is_live())
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

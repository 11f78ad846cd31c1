//! A group registration: its sheet, its photos and its folders against one another and against the applications.
use super::check::{HandedIn, holder};
use super::finding::{Finding, masked, person};
use super::read::{self, FileRead};
use super::survey::{FILE_UNKNOWN, Look, Survey, faulty, open};
use crate::bundle::materials::{Ask, Entry, Listed, MOST_READ, Source, roster};
use crate::model::file_facts::stem_and_ending;
use crate::model::{Code, Datum, Refusal};
use crate::ops::{Error, Result, Site};
use crate::policy::Policy;
use crate::policy::group::{ARCHIVE_NAME, GroupRegistration, Place, Reconciled, names_organisation, reconcile};
use crate::policy::materials::{Holder, Material, PHOTO, wanted};
use crate::policy::naming::named;
use crate::store::rows::select;
use crate::store::{ApplicationRow, ApplicationState};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub const NOT_OFFERED: Code = Code("group.not_offered");
pub const SHEET_MISSING: Code = Code("group.sheet_missing");
pub const PHOTO_FOLDER_MISSING: Code = Code("group.photo_folder_missing");
pub const NOBODY: Code = Code("group.nobody");

pub const ROW_WITHOUT_APPLICATION: Code = Code("row_without_application");
pub const APPLICATION_WITHOUT_ROW: Code = Code("application_without_row");
pub const ROW_NAME_DIFFERS: Code = Code("row_name_differs");
pub const ROW_FROZEN: Code = Code("row_frozen");
/// None of the rows has an application yet: the sheet comes first.
pub const NOT_IMPORTED: Code = Code("rows_not_imported");

/// S4-24, S4-25: everything that a group handed in.
pub fn group(site: &Site, path: &Path) -> Result<Survey> {
    let policy = site.policy()?;
    let rule = policy.group_registration.as_ref().ok_or_else(|| Refusal::new(NOT_OFFERED))?;
    let mut source = open(path)?;
    let mut survey = Survey::of(&source);
    let sorted = Sorted::of(&source, rule)?;
    let rows = listed(&mut source, &sorted.sheet, path)?;
    survey.people = rows.len();
    survey.notes.extend(sorted.others.iter().map(|e| Finding::new(masked(&e.path), FILE_UNKNOWN).file(&e.path)));
    let holders: Vec<Holder<'_>> = rows.iter().map(|r| Holder { name: &r.name, number: &r.number }).collect();
    let folders: Vec<&str> = sorted.folders.keys().map(String::as_str).collect();
    let photos: Vec<&str> = sorted.photos.iter().map(|e| e.path.as_str()).collect();
    let found = reconcile(rule, &policy.photo, &holders, &folders, &photos);
    told(&mut survey, &found, &holders, (&folders, &photos));
    let stored = Applications::load(site, &rows)?;
    archive_name(&mut survey, rule, &source, &rows);
    against(&mut survey, &holders, &stored);
    let sheet = Sheet::of(&policy, rule, &mut source, &sorted.sheet)?;
    for (at, row) in holders.iter().enumerate() {
        let folder = found.folders.get(at).copied().flatten().and_then(|n| folders.get(n));
        let entries = folder.and_then(|f| sorted.folders.get(*f)).map(Vec::as_slice).unwrap_or_default();
        let photo = found.photos.get(at).copied().flatten().and_then(|n| sorted.photos.get(n));
        let own = Own { row: *row, application: stored.of(*row), entries, photo };
        own.look(&policy, &sheet, &mut source, &mut survey)?;
    }
    Ok(survey)
}

/// The parts of what was handed in.
struct Sorted {
    sheet: Entry,
    photos: Vec<Entry>,
    /// Name of a candidate's folder to what is in it.
    folders: BTreeMap<String, Vec<Entry>>,
    others: Vec<Entry>,
}

impl Sorted {
    fn of(source: &Source, rule: &GroupRegistration) -> Result<Sorted> {
        let is_sheet = |e: &&Entry| e.folder().is_empty() && stem_and_ending(&e.path).1 == "xlsx";
        let sheets: Vec<&Entry> = source.entries.iter().filter(is_sheet).collect();
        let sheet = match (sheets.iter().find(|e| e.path.contains(&rule.sheet)), sheets.as_slice()) {
            (Some(sheet), _) => *sheet,
            (None, [only]) => *only,
            _ => return Err(Refusal::new(SHEET_MISSING).with("sheet", rule.sheet.as_str()).into()),
        };
        let (mut photos, mut others) = (Vec::new(), Vec::new());
        let mut folders: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in source.entries.iter().filter(|e| *e != sheet) {
            match entry.path.split_once('/') {
                None => others.push(entry.clone()),
                Some((top, _)) if top.contains(&rule.photo_folder) => photos.push(entry.clone()),
                Some((top, _)) => folders.entry(top.to_owned()).or_default().push(entry.clone()),
            }
        }
        if photos.is_empty() {
            return Err(Refusal::new(PHOTO_FOLDER_MISSING).with("folder", rule.photo_folder.as_str()).into());
        }
        Ok(Sorted { sheet: sheet.clone(), photos, folders, others })
    }
}

fn listed(source: &mut Source, sheet: &Entry, path: &Path) -> Result<Vec<Listed>> {
    let bytes = source.read(sheet, MOST_READ).map_err(Error::file(path.join(&sheet.path)))?;
    let rows = roster(bytes).map_err(|fault| faulty(fault, &path.join(&sheet.path)))?;
    if rows.is_empty() { Err(Refusal::new(NOBODY).into()) } else { Ok(rows) }
}

fn told(survey: &mut Survey, found: &Reconciled, rows: &[Holder<'_>], (folders, photos): (&[&str], &[&str])) {
    for (place, code) in &found.findings {
        let finding = match place {
            Place::Row(at) => rows.get(*at).map(|row| Finding::new(person(*row), *code)),
            Place::Folder(at) => folders.get(*at).map(|f| Finding::new(masked(f), *code).file(f)),
            Place::Photo(at) => photos.get(*at).map(|p| Finding::new(masked(stem_and_ending(p).0), *code).file(p)),
        };
        survey.findings.extend(finding);
    }
}

/// A folder has any name while it is worked on; what is sent in has the organisation's.
fn archive_name(survey: &mut Survey, rule: &GroupRegistration, source: &Source, rows: &[Listed]) {
    let organisations: Vec<&str> = organisations(rows).into_iter().collect();
    if rule.archive_names_organisation && source.is_archive && !names_organisation(&source.name, &organisations) {
        let shown: Vec<&str> = organisations.iter().take(3).copied().collect();
        let finding = Finding::new(masked(&source.name), ARCHIVE_NAME).with("organisation", shown.join("、"));
        survey.findings.push(finding);
    }
}

/// Applications of the batch by their number, and those of the same organisation that no row names.
struct Applications {
    by_number: BTreeMap<String, ApplicationRow>,
    unlisted: Vec<ApplicationRow>,
}

impl Applications {
    fn load(site: &Site, rows: &[Listed]) -> Result<Applications> {
        let (db, batch) = (site.store().db(), site.batch()?.id);
        let among = |column: &str, values: BTreeSet<&str>| {
            let tail = format!("WHERE batch = ?1 AND {column} IN (SELECT value FROM json_each(?2)) ORDER BY id");
            select::<ApplicationRow>(db, &tail, (batch, json!(values).to_string()))
        };
        let numbers: BTreeSet<&str> = rows.iter().map(|r| r.number.as_str()).collect();
        let mut by_number = BTreeMap::new();
        for row in among("id_number", numbers.clone())? {
            // Of several applications of one person a live one is meant.
            let known = by_number.get(&row.id_number).is_some_and(|old: &ApplicationRow| old.state.is_live());
            if !known {
                by_number.insert(row.id_number.clone(), row);
            }
        }
        let registered = among("registered_by", organisations(rows))?.into_iter();
        let unlisted = registered.filter(|row| row.state.is_live() && !numbers.contains(row.id_number.as_str()));
        Ok(Applications { unlisted: unlisted.collect(), by_number })
    }

    fn of(&self, row: Holder<'_>) -> Option<&ApplicationRow> {
        self.by_number.get(row.number)
    }
}

fn organisations(rows: &[Listed]) -> BTreeSet<&str> {
    rows.iter().map(|r| r.organisation.as_str()).filter(|name| !name.is_empty()).collect()
}

/// The rows against what is stored. Before the sheet is imported there is nothing to compare.
fn against(survey: &mut Survey, rows: &[Holder<'_>], stored: &Applications) {
    if stored.by_number.is_empty() {
        survey.notes.push(Finding::new("", NOT_IMPORTED).with("count", rows.len()));
        return;
    }
    for row in rows {
        match stored.of(*row) {
            None => survey.findings.push(Finding::new(person(*row), ROW_WITHOUT_APPLICATION)),
            Some(found) if found.name != row.name => {
                let finding = Finding::new(person(*row), ROW_NAME_DIFFERS);
                survey.findings.push(finding.with("stored", found.name.as_str()));
            }
            Some(found) if !may_change(found) => {
                let state = Datum::Word(format!("application_state.{}", found.state.code()));
                survey.notes.push(Finding::new(person(*row), ROW_FROZEN).with("state", state));
            }
            Some(_) => {}
        }
    }
    let left = stored.unlisted.iter().map(|row| Finding::new(person(holder(row)), APPLICATION_WITHOUT_ROW));
    survey.findings.extend(left);
}

fn may_change(application: &ApplicationRow) -> bool {
    application.state.is_live() && application.state != ApplicationState::Approved
}

/// What belongs to one row.
struct Own<'a> {
    row: Holder<'a>,
    application: Option<&'a ApplicationRow>,
    entries: &'a [Entry],
    photo: Option<&'a Entry>,
}

impl Own<'_> {
    /// Judges the row's folder and photo. Files are kept only for an application that may still change.
    fn look(&self, policy: &Policy, sheet: &Sheet<'_>, source: &mut Source, survey: &mut Survey) -> Result<()> {
        let of = self.application.map(|a| (a.route, a.level));
        let all = wanted(&policy.materials, of);
        let apart = |m: &&Material| m.code == PHOTO || sheet.codes.contains(&m.code.as_str());
        let (_, own): (Vec<&Material>, Vec<&Material>) = all.iter().partition(|m| apart(m));
        let mut files = Vec::new();
        let mut look = Look { policy, holder: self.row, wanted: own, survey };
        for entry in self.entries {
            let codes = look.codes(entry);
            look.take(source, entry, &codes, &mut files)?;
        }
        look.missing(&files);
        if let Some(photo) = self.photo {
            look.wanted = all;
            look.take(source, photo, &[PHOTO.to_owned()], &mut files)?;
        }
        let kept = self.application.filter(|a| may_change(a) && a.name == self.row.name);
        if let Some(application) = kept {
            let listed = sheet.codes.iter().map(|code| HandedIn { code: (*code).to_owned(), read: sheet.read.clone() });
            files.extend(listed);
            survey.handed.push((application.id, files));
        }
        Ok(())
    }
}

/// The sheet, which is a material of everybody in it.
struct Sheet<'p> {
    codes: Vec<&'p str>,
    read: FileRead,
}

impl<'p> Sheet<'p> {
    fn of(policy: &'p Policy, rule: &GroupRegistration, source: &mut Source, entry: &Entry) -> Result<Sheet<'p>> {
        let all = wanted(&policy.materials, None);
        let nobody = Holder { name: "", number: "" };
        let codes = named(&all, &policy.material_names, nobody, &rule.sheet);
        Ok(Sheet { codes, read: read::read(source, entry, Ask::Facts)? })
    }
}

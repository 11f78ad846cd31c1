//! What a folder or an archive holds, seen before anything is stored: one person's, or with `group` everybody's.
use super::FROZEN;
use super::check::{Check, HandedIn, holder, judged};
use super::finding::{Finding, measures, person};
use super::read::{self, FileRead};
use crate::bundle::materials::{Ask, Entry, Oddity, Source, SourceFault};
use crate::model::file_facts::stem_and_ending;
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::applications::by_id;
use crate::ops::{Error, Result, Site};
use crate::policy::Policy;
use crate::policy::group::PHOTO_TWICE;
use crate::policy::materials::{Holder, MATERIAL_MISSING, Material, PHOTO, PHOTO_MISSING, PHOTO_PIXELS};
use crate::policy::materials::{has_other_pixels, wanted};
use crate::policy::naming::named;
use crate::store::{ApplicationRow, ApplicationState, rows};
use serde::Serialize;
use std::path::Path;

pub const WHOSE: Code = Code("materials.whose");
/// Nobody asked for it, or its name says nothing.
pub const FILE_UNKNOWN: Code = Code("file_unknown");
pub const JUNK: Code = Code("junk_ignored");

#[derive(Debug, Clone, Serialize)]
pub struct Survey {
    /// Name of the folder or archive.
    pub source: String,
    /// Rows of the sheet, or 1.
    pub people: usize,
    pub files: usize,
    /// To be mended.
    pub findings: Vec<Finding>,
    /// To be known.
    pub notes: Vec<Finding>,
    #[serde(skip)]
    pub(super) handed: Vec<(ApplicationId, Vec<HandedIn>)>,
}

impl Survey {
    pub(super) fn of(source: &Source) -> Survey {
        let mut survey = Survey {
            source: super::masked(&source.name),
            people: 0,
            files: source.entries.len(),
            findings: Vec::new(),
            notes: Vec::new(),
            handed: Vec::new(),
        };
        for Oddity { path, code } in &source.oddities {
            survey.findings.push(Finding::new(super::masked(path), *code).file(path));
        }
        if source.ignored > 0 {
            survey.notes.push(Finding::new("", JUNK).with("count", source.ignored));
        }
        survey
    }

    /// The operation that stores what was found.
    pub fn check(&self) -> Check {
        Check { source: self.source.clone(), people: self.handed.clone() }
    }

    /// How many applications it would store files for.
    pub fn storable(&self) -> usize {
        self.handed.len()
    }
}

pub(super) fn open(path: &Path) -> Result<Source> {
    Source::open(path).map_err(|fault| faulty(fault, path))
}

pub(in crate::ops) fn faulty(fault: SourceFault, path: &Path) -> Error {
    match fault {
        SourceFault::Refused(refusal) => refusal.into(),
        SourceFault::Io(source) => Error::File { path: path.to_owned(), source },
    }
}

/// One person's files, in one folder or one archive.
pub fn one(site: &Site, path: &Path, application: ApplicationId) -> Result<Survey> {
    let application = by_id(site, application)?;
    if application.state == ApplicationState::Approved {
        return Err(Refusal::new(FROZEN).with("name", application.name).into());
    }
    let policy = site.policy()?;
    let mut source = open(path)?;
    let mut survey = Survey::of(&source);
    survey.people = 1;
    let wanted = wanted(&policy.materials, Some((application.route, application.level)));
    let entries: Vec<Entry> = source.entries.clone();
    let mut look = Look { policy: &policy, holder: holder(&application), wanted, survey: &mut survey };
    let mut files = Vec::new();
    for entry in &entries {
        let codes = look.codes(entry);
        look.take(&mut source, entry, &codes, &mut files)?;
    }
    look.photos(&files);
    look.missing(&files);
    survey.handed.push((application.id, files));
    Ok(survey)
}

/// Whose files these are, by the number in the name of the folder or archive, or in the names of what is inside.
pub fn whose(site: &Site, path: &Path) -> Result<ApplicationId> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut names = vec![name];
    names.extend(open(path)?.entries.into_iter().take(100).map(|e| e.path));
    let batch = site.batch()?.id;
    for number in names.iter().flat_map(|name| numbers(name)) {
        let tail = "WHERE batch = ?1 AND id_number = ?2 ORDER BY id";
        let found = rows::select::<ApplicationRow>(site.store().db(), tail, (batch, &number))?;
        if let [only] = found.as_slice() {
            return Ok(only.id);
        }
    }
    Err(Refusal::new(WHOSE).with("path", path.display().to_string()).into())
}

/// Runs that may be a document's number.
fn numbers(name: &str) -> impl Iterator<Item = String> {
    let runs = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| run.len() >= 5);
    runs.map(str::to_uppercase).collect::<Vec<_>>().into_iter()
}

/// One person's files, looked at one after another.
pub(super) struct Look<'a> {
    pub policy: &'a Policy,
    pub holder: Holder<'a>,
    pub wanted: Vec<&'a Material>,
    pub survey: &'a mut Survey,
}

impl Look<'_> {
    /// The materials that a file is, by its name; a picture under the photo's name is the photo.
    pub fn codes(&self, entry: &Entry) -> Vec<String> {
        let wants_photo = self.wanted.iter().any(|m| m.code == PHOTO);
        if wants_photo && self.policy.photo.is_named(&entry.path, self.holder) {
            return vec![PHOTO.to_owned()];
        }
        let found = named(&self.wanted, &self.policy.material_names, self.holder, &entry.path);
        let (stem, ending) = stem_and_ending(&entry.path);
        let pictures = ["jpg", "jpeg", "png", "bmp"];
        if found.is_empty() && wants_photo && pictures.contains(&ending.as_str()) && stem.contains(self.holder.number) {
            return vec![PHOTO.to_owned()];
        }
        found.into_iter().map(str::to_owned).collect()
    }

    /// Reads a file once and judges it as each of its materials.
    pub fn take(
        &mut self,
        source: &mut Source,
        entry: &Entry,
        codes: &[String],
        files: &mut Vec<HandedIn>,
    ) -> Result<()> {
        let wanted = self.wanted.clone();
        let materials: Vec<&Material> = wanted.into_iter().filter(|m| codes.contains(&m.code)).collect();
        if materials.is_empty() {
            self.survey.notes.push(Finding::new(person(self.holder), FILE_UNKNOWN).file(&entry.path));
            return Ok(());
        }
        let counts = materials.iter().any(|m| m.min_characters.is_some());
        let read = read::read(source, entry, if counts { Ask::Characters } else { Ask::Facts })?;
        for material in materials {
            self.judge(material, &read);
            files.push(HandedIn { code: material.code.clone(), read: read.clone() });
        }
        Ok(())
    }

    fn judge(&mut self, material: &Material, read: &FileRead) {
        let found = judged(self.policy, material, self.holder, read);
        let tell = |code: Code| {
            let data = measures(self.policy, material, self.holder, &read.file, &read.facts);
            let finding = Finding::new(person(self.holder), code).of(vec![material.code.clone()]);
            finding.file(&read.file).measured(data)
        };
        let photo = material.code == PHOTO;
        let other_pixels = photo && found.is_empty() && has_other_pixels(&self.policy.photo, &read.facts);
        self.survey.notes.extend(other_pixels.then(|| tell(PHOTO_PIXELS)));
        self.survey.findings.extend(found.into_iter().map(tell));
    }

    /// S0-16: one photo, not two.
    fn photos(&mut self, files: &[HandedIn]) {
        for second in files.iter().filter(|f| f.code == PHOTO).skip(1) {
            let finding = Finding::new(person(self.holder), PHOTO_TWICE).of(vec![PHOTO.to_owned()]);
            self.survey.findings.push(finding.file(&second.read.file));
        }
    }

    /// What nobody handed in; of materials that replace one another, one is enough.
    pub fn missing(&mut self, files: &[HandedIn]) {
        let is_there = |m: &Material| files.iter().any(|f| f.code == m.code);
        let mut groups: Vec<&str> = Vec::new();
        for material in &self.wanted {
            let group = material.one_of.as_deref();
            let alike: Vec<&&Material> = match group {
                Some(group) => self.wanted.iter().filter(|m| m.one_of.as_deref() == Some(group)).collect(),
                None => vec![material],
            };
            if group.is_some_and(|group| groups.contains(&group)) || alike.iter().any(|m| is_there(m)) {
                continue;
            }
            groups.extend(group);
            let code = if material.code == PHOTO { PHOTO_MISSING } else { MATERIAL_MISSING };
            let codes = alike.iter().map(|m| m.code.clone()).collect();
            self.survey.findings.push(Finding::new(person(self.holder), code).of(codes));
        }
    }
}

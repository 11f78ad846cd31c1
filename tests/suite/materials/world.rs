//! A batch under a policy, applications as they are wanted, and files to hand in.
use super::texts;
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, DocumentKind, Level, Role, Route};
use kaowu::ops::{ApplicationRow, ApplicationState, Operation, Result, Site, Work, batch};
use kaowu::policy;
use serde::Serialize;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Writes applications as they are given.
#[derive(Serialize)]
pub struct PlantApplications(#[serde(skip)] pub Vec<ApplicationRow>);

impl Operation for PlantApplications {
    const KIND: &'static str = "test.plant_applications";
    const ROLES: &'static [Role] = &[];
    type Out = Vec<ApplicationId>;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Vec<ApplicationId>> {
        let batch = work.batch()?.id;
        let mut ids = Vec::new();
        for row in &self.0 {
            let id = ApplicationId(work.tx.next_id::<ApplicationRow>()?);
            work.tx.insert(&ApplicationRow { id, batch, ..row.clone() })?;
            ids.push(id);
        }
        Ok(ids)
    }
}

/// Moves an application into a state, as a review would.
#[derive(Serialize)]
pub struct PlantState(pub ApplicationId, #[serde(skip)] pub ApplicationState);

impl Operation for PlantState {
    const KIND: &'static str = "test.plant_state";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = kaowu::store::rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&before, &ApplicationRow { state: self.1, ..before.clone() })?)
    }
}

/// A desk whose batch has this policy.
pub fn desk(code: &str) -> Desk {
    let assets = Assets::default();
    desk_with(code, &|c| assets.read(&format!("policies/{c}.toml")))
}

pub fn desk_with(code: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Desk {
    let mut desk = Desk::new();
    let policy = policy::load(code, lookup).unwrap_or_else(|fault| panic!("{fault}"));
    desk.does(&batch::Open { code: code.into(), name: code.into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk
}

pub const ZHANG: (&str, &str) = ("张三", "150699199001010017");

/// An application with nothing but what materials depend on.
pub fn applicant((name, number): (&str, &str), route: Route, level: Level) -> ApplicationRow {
    ApplicationRow {
        id: ApplicationId(0),
        batch: kaowu::model::BatchId(0),
        sequence: None,
        occupation: "4-06-01-01".into(),
        occupation_name: "物业管理员".into(),
        level,
        condition: None,
        document: DocumentKind::ResidentId,
        id_number: number.into(),
        id_reversed: number.chars().rev().collect(),
        name: name.into(),
        name_chars: name.into(),
        pinyin: "zhangsan".into(),
        initials: "zs".into(),
        other_readings: String::new(),
        sex: None,
        birth: None,
        phone: None,
        has_certificate: None,
        certificate_level: None,
        certificate_no: None,
        education: None,
        region: None,
        source: None,
        employer: None,
        registered_by: None,
        category: None,
        major: None,
        attempt: None,
        ethnic_group: None,
        work_began: None,
        email: None,
        years: None,
        household: None,
        politics: None,
        diploma_no: None,
        experience: None,
        address: None,
        delivery: None,
        postcode: None,
        mailing_address: None,
        route,
        direction: None,
        unit: None,
        employer_code: None,
        registration_no: None,
        achievements: None,
        strengths: None,
        pledged_on: None,
        original_at: None,
        training: None,
        state: ApplicationState::Submitted,
        paid_at: None,
    }
}

/// Plants one person and gives the number.
pub fn apply(desk: &mut Desk, route: Route, level: Level) -> ApplicationId {
    desk.does(&PlantApplications(vec![applicant(ZHANG, route, level)]))[0]
}

/// A folder to hand in.
pub struct Handed(TempDir, TempDir);

impl Handed {
    pub fn new() -> Handed {
        Handed(tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn put(&self, file: &str, bytes: &[u8]) -> &Handed {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// The folder packed, in a folder of its own; names in UTF-8 with their flag.
    pub fn packed(&self, name: &str) -> PathBuf {
        use std::io::Write;
        let path = self.1.path().join(name);
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (file, bytes) in files(self.path(), "") {
            zip.start_file(file, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

/// Every file of a folder with its path inside.
pub fn files(folder: &Path, above: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{above}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            all.extend(files(&entry.path(), &format!("{path}/")));
        } else {
            all.push((path, std::fs::read(entry.path()).unwrap()));
        }
    }
    all.sort();
    all
}

/// A JPEG of this many bytes: a true header, then nothing that anybody looks at.
pub fn jpeg(width: u16, height: u16, bytes: usize) -> Vec<u8> {
    let mut all = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x11\x08".to_vec();
    all.extend(height.to_be_bytes());
    all.extend(width.to_be_bytes());
    all.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01");
    all.resize(bytes.max(all.len() + 2) - 2, 0);
    all.extend(b"\xFF\xD9");
    all
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut all = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    all.extend(width.to_be_bytes());
    all.extend(height.to_be_bytes());
    all.extend([8, 2, 0, 0, 0]);
    all
}

/// What every notice that lists two sides of the card wants of everybody.
pub fn common(handed: &Handed) -> &Handed {
    let scan = jpeg(800, 600, 9000);
    handed
        .put("申报表.pdf", &texts::pdf(texts::Font::Unicode, "申报表"))
        .put("学历证书.jpg", &scan)
        .put("身份证正面.jpg", &scan)
        .put("身份证反面.jpg", &scan)
        .put("诚信承诺书.jpg", &scan)
}

/// Codes of the materials that are still missing, faulty or refused.
pub fn lacking(site: &Site, application: ApplicationId) -> Result<Vec<String>> {
    let items = kaowu::ops::materials::checklist(site, application)?.items.into_iter();
    Ok(items.filter(|item| !item.standing.is_settled()).map(|item| item.material.code).collect())
}

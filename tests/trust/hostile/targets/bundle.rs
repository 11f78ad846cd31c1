//! A bundle of a site whose parts were replaced, sealed again so that the readers behind the digests get to see them.
use kaowu::bundle::site::container::Sealing;
use kaowu::bundle::site::manifest::{Manifest, digest};
use kaowu::bundle::site::read::Next;
use kaowu::bundle::site::{EXPORT, MANIFEST, POLICY, TABLES};
use kaowu::config::Assets;
use kaowu::model::clean::is_unsafe;
use kaowu::model::{Cell, FixedClock, Role, Stamp};
use kaowu::ops::exchange::site::{self, Folder, ImportBundle, Merge};
use kaowu::ops::{Actor, Result, Site};
use std::cell::RefCell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What separates the parts of one input.
const BETWEEN: u8 = 0;

struct World {
    _home: tempfile::TempDir,
    folder: PathBuf,
    manifest: Manifest,
    /// Nobody's yet.
    empty: Site,
    /// With the bundle as it was.
    full: Site,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

fn original() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|p| p.join("tests/data/bundle-small"))
        .find(|p| p.is_dir())
        .unwrap()
}

/// Opened, and vouched for by a person.
fn vouched(path: &Path) -> Result<Folder> {
    let mut folder = site::open(path)?;
    let fingerprint = folder.origin.fingerprint();
    folder.vouch(&fingerprint)?;
    Ok(folder)
}

fn site() -> Site {
    let clock = FixedClock::at(Stamp::parse("2023-11-15T08:10:00+08:00").unwrap());
    let mut site = Site::in_memory(Assets::default(), Box::new(clock)).unwrap();
    site.set_actor(Actor { id: None, name: "setup".into(), roles: vec![] });
    site
}

impl World {
    fn new() -> World {
        let home = super::keys::folder();
        let folder = home.path().join("b");
        fs::create_dir(&folder).unwrap();
        for entry in fs::read_dir(original()).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        let manifest = Manifest::parse(&fs::read_to_string(folder.join(MANIFEST)).unwrap()).unwrap();
        let mut full = site();
        full.perform(&ImportBundle { folder: &vouched(&folder).unwrap(), claim: None }).unwrap();
        full.set_actor(Actor { id: None, name: "setup".into(), roles: vec![Role::Coordinator] });
        full.choose_batch(Some(&manifest.batch.code)).unwrap();
        World { _home: home, folder, manifest, empty: site(), full }
    }

    fn with(&mut self, files: &[(String, &[u8])], manifest: &[u8]) {
        for (name, bytes) in files {
            fs::write(self.folder.join(name), bytes).unwrap();
        }
        fs::write(self.folder.join(MANIFEST), manifest).unwrap();
        self.look();
        for name in files.iter().map(|(name, _)| name.as_str()).chain([MANIFEST]) {
            fs::copy(original().join(name), self.folder.join(name)).unwrap();
        }
    }

    /// As one file, closed with its digest or as it is.
    fn packed(&self, data: &[u8]) {
        let path = self.folder.with_extension("zip");
        let mut sealed = Sealing::new(Vec::new());
        sealed.write_all(data).unwrap();
        for bytes in [sealed.finish().unwrap(), data.to_vec()] {
            fs::write(&path, bytes).unwrap();
            let _ = vouched(&path);
        }
    }

    /// Reads it as an import, a comparison and a merge would, and keeps nothing.
    fn look(&mut self) {
        let Ok(folder) = vouched(&self.folder) else { return };
        for table in TABLES {
            let _ = folder.table(table, |reader| {
                loop {
                    match reader.advance() {
                        Ok(Next::Row(row)) => row.cells.iter().for_each(|cell| shows(cell)),
                        Ok(Next::Bad(faults)) => assert!(!faults.is_empty()),
                        Ok(Next::End) | Err(_) => break,
                    }
                }
            });
        }
        let _ = self.empty.preview(&ImportBundle { folder: &folder, claim: None });
        let _ = self.full.preview(&Merge { folder: &folder });
        let _ = site::compare(&self.full, &folder);
    }
}

fn shows(cell: &Cell<'_>) {
    if let Cell::Text(text) = cell {
        let hidden = text.chars().any(|c| is_unsafe(c) && !matches!(c, '\n' | '\t'));
        assert!(!hidden, "a hidden character in a good row: {text:?}");
    }
}

/// The first byte says whether the rest is a manifest, a policy, a word about the export, a packed file, or parts of which each
/// begins with the number of its table.
pub fn run(mut data: &[u8]) {
    let what = super::byte(&mut data) % 16;
    WORLD.with_borrow_mut(|world| match what {
        0 => world.with(&[], data),
        1 => {
            let mut manifest = world.manifest.clone();
            (manifest.policy.bytes, manifest.policy.sha256) = (data.len() as u64, digest(data));
            world.with(&[(POLICY.to_owned(), data)], manifest.text().as_bytes());
        }
        2 => {
            let manifest = world.manifest.text();
            world.with(&[(EXPORT.to_owned(), data)], manifest.as_bytes());
        }
        3 => world.packed(data),
        _ => tables(world, data),
    });
}

fn tables(world: &mut World, data: &[u8]) {
    let mut manifest = world.manifest.clone();
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for part in data.split(|b| *b == BETWEEN).take(4) {
        let Some((number, bytes)) = part.split_first() else { continue };
        let at = usize::from(*number) % TABLES.len();
        let name = TABLES[at].file();
        if files.iter().any(|(n, _)| *n == name) {
            continue;
        }
        let lines = bytes.iter().filter(|b| **b == b'\n').count() as u64;
        let part = &mut manifest.table[at];
        (part.rows, part.bytes, part.sha256) = (lines.saturating_sub(1), bytes.len() as u64, digest(bytes));
        files.push((name, bytes));
    }
    world.with(&files, manifest.text().as_bytes());
}

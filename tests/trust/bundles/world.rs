//! Two homes and what goes between them.
use crate::harness::{Desk, Shell};
use kaowu::bundle::site::container::Sealing;
use kaowu::ops::exchange::site::{Folder, Packing, Wishes, prepare_as};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A site in a file with two people, and its bundle in one file.
pub struct Giver {
    pub home: tempfile::TempDir,
    pub desk: Desk,
}

impl Giver {
    pub fn new() -> Giver {
        let home = tempfile::tempdir().unwrap();
        let mut desk = Desk::in_file(&home.path().join("site.db"));
        desk.open_batch();
        desk.people(2);
        Giver { home, desk }
    }

    pub fn gives(&mut self, name: &str, recipient: Option<&str>) -> PathBuf {
        let path = self.home.path().join(name);
        let wishes = Wishes { packing: Packing::File, recipient: recipient.map(str::to_owned), purpose: None };
        let prepared = prepare_as(&self.desk.site, &path, &wishes).unwrap();
        self.desk.does(&prepared.give);
        prepared.finish(&path).unwrap();
        path
    }
}

/// The same batch in two homes: what the first one has was imported by the second one.
pub fn pair() -> (Shell, Shell) {
    let (here, there) = (Shell::with_batch(), Shell::new());
    here.run("export site --format zip --out first.zip").done();
    there.run(&format!("import {}", here.path("first.zip").display())).done();
    (here, there)
}

/// Entries as a ZIP, closed as a bundle is.
pub fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    sealed(&plain(entries))
}

pub fn plain(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn sealed(zip: &[u8]) -> Vec<u8> {
    let mut to = Sealing::new(Vec::new());
    to.write_all(zip).unwrap();
    to.finish().unwrap()
}

/// The code of the refusal that these bytes get.
pub fn refused(bytes: &[u8]) -> String {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("b.zip");
    std::fs::write(&path, bytes).unwrap();
    let answer = code(&path);
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["b.zip"], "something was unpacked");
    answer
}

pub fn code(path: &Path) -> String {
    match kaowu::ops::exchange::site::open(path) {
        Ok(Folder { .. }) => "taken".to_owned(),
        Err(error) => error.refusal().map_or_else(|| format!("{error:?}"), |r| r.code.0.to_owned()),
    }
}

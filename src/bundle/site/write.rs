//! Rows of one table into a file, or only through the digest; and a folder that appears when it is whole.
use super::column::write as written;
use super::manifest::{TablePart, hex};
use super::{NOT_EMPTY, Table};
use crate::model::{Cell, Refusal};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Counts and digests what passes through.
struct Digesting<W> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

pub struct TableWriter<W: Write> {
    out: csv::Writer<Digesting<W>>,
    table: &'static Table,
    rows: u64,
    buffer: String,
}

/// Bytes that are written and digested at a time.
const CHUNK: usize = 64 * 1024;

impl<W: Write> TableWriter<W> {
    pub fn begin(table: &'static Table, to: W) -> io::Result<TableWriter<W>> {
        let to = Digesting { to, hash: Sha256::new(), bytes: 0 };
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::Any(b'\n')).quote_style(QuoteStyle::Necessary).buffer_capacity(CHUNK);
        let mut out = builder.from_writer(to);
        out.write_record(table.headings())?;
        Ok(TableWriter { out, table, rows: 0, buffer: String::new() })
    }

    /// Writes a row; `cell` gives its values by column.
    pub fn row<'c>(&mut self, cell: impl Fn(usize) -> Cell<'c>) -> io::Result<()> {
        for (n, column) in self.table.columns.iter().enumerate() {
            self.out.write_field(written(&cell(n), column.form, &mut self.buffer))?;
        }
        self.out.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    pub fn finish(self) -> io::Result<(TablePart, W)> {
        let done = self.out.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.error().to_string()))?;
        let (name, sha256) = (self.table.name.to_owned(), hex(&done.hash.finalize()));
        Ok((TablePart { name, rows: self.rows, bytes: done.bytes, sha256 }, done.to))
    }
}

/// A folder in the making, beside its place.
pub struct NewFolder {
    folder: TempDir,
    target: PathBuf,
}

impl NewFolder {
    /// Refuses a place where something stands already, an empty folder apart.
    pub fn begin(target: &Path) -> io::Result<Result<NewFolder, Refusal>> {
        let taken = || Refusal::new(NOT_EMPTY).with("path", target.display().to_string());
        match fs::symlink_metadata(target) {
            Ok(meta) if !meta.is_dir() => return Ok(Err(taken())),
            Ok(_) if fs::read_dir(target)?.next().is_some() => return Ok(Err(taken())),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = tempfile::Builder::new().prefix(".bundle-").tempdir_in(parent)?;
        Ok(Ok(NewFolder { folder, target: target.to_owned() }))
    }

    pub fn create(&self, name: &str) -> io::Result<File> {
        File::create_new(self.folder.path().join(name))
    }

    pub fn text(&self, name: &str, text: &str) -> io::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Puts the folder in its place.
    pub fn finish(self) -> io::Result<()> {
        File::open(self.folder.path())?.sync_all()?;
        // Renaming a folder over an empty one is one step; anything that came into it meanwhile makes it fail.
        fs::rename(self.folder.path(), &self.target)?;
        // The folder has moved: nothing is left to remove.
        let _ = self.folder.keep();
        let parent = self.target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent)?.sync_all()
    }
}

//! A bundle in the making, as a folder or as one file, locked or not. It stands in its place when it is whole.
use super::container::Sealing;
use super::write::NewFolder;
use super::{MOST_TOTAL, NOT_EMPTY, TOO_LARGE};
use crate::bundle::locked::{self, StreamWriter};
use crate::bundle::place;
use crate::model::Refusal;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zip::write::{SimpleFileOptions, StreamWriter as Unseekable};
use zip::{CompressionMethod, ZipWriter};

pub enum New {
    Folder(NewFolder),
    File(Box<NewFile>),
}

pub struct NewFile {
    zip: ZipWriter<Unseekable<Sealing<Out>>>,
    file: NamedTempFile,
    target: PathBuf,
    total: u64,
}

enum Out {
    Plain(BufWriter<File>),
    Locked(Box<StreamWriter<BufWriter<File>>>),
}

impl Out {
    fn finish(self) -> io::Result<()> {
        let mut file = match self {
            Out::Plain(file) => file,
            Out::Locked(lock) => lock.finish()?,
        };
        file.flush()?;
        file.get_ref().sync_all()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Plain(file) => file.write(bytes),
            Out::Locked(lock) => lock.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Plain(file) => file.flush(),
            Out::Locked(lock) => lock.flush(),
        }
    }
}

impl NewFile {
    /// Locked to `recipient`, where one is named.
    pub fn begin(target: &Path, recipient: Option<&str>) -> io::Result<Result<NewFile, Refusal>> {
        if target.symlink_metadata().is_ok() {
            return Ok(Err(Refusal::new(NOT_EMPTY).with("path", target.display().to_string())));
        }
        place::is_free(target)?;
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Made with 0600.
        let file = tempfile::Builder::new().prefix(".bundle-").tempfile_in(parent)?;
        let plain = BufWriter::new(file.as_file().try_clone()?);
        let out = match recipient {
            None => Out::Plain(plain),
            Some(key) => match locked::lock(key, plain)? {
                Ok(lock) => Out::Locked(Box::new(lock)),
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        let zip = ZipWriter::new_stream(Sealing::new(out));
        Ok(Ok(NewFile { zip, file, target: target.to_owned(), total: 0 }))
    }

    fn finish(self) -> io::Result<()> {
        self.zip.finish()?.into_inner().finish()?.finish()?;
        self.file.persist_noclobber(&self.target).map_err(|e| e.error)?;
        let parent = self.target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent)?.sync_all()
    }
}

impl New {
    /// Writes one file of the bundle.
    pub fn part<T>(&mut self, name: &str, fill: impl FnOnce(&mut dyn Write) -> T) -> io::Result<Result<T, Refusal>> {
        match self {
            New::Folder(folder) => {
                let mut file = folder.create(name)?;
                let done = fill(&mut file);
                file.sync_all()?;
                Ok(Ok(done))
            }
            New::File(new) => {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .unix_permissions(0o600);
                new.zip.start_file(name, options)?;
                let mut counted = Counting { to: &mut new.zip, bytes: 0 };
                let done = fill(&mut counted);
                new.total = new.total.saturating_add(counted.bytes);
                if new.total > MOST_TOTAL {
                    return Ok(Err(Refusal::new(TOO_LARGE).with("file", name)));
                }
                Ok(Ok(done))
            }
        }
    }

    pub fn text(&mut self, name: &str, text: &str) -> io::Result<Result<(), Refusal>> {
        match self.part(name, |to| to.write_all(text.as_bytes()))? {
            Ok(done) => done.map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Puts it in its place.
    pub fn finish(self) -> io::Result<()> {
        match self {
            New::Folder(folder) => folder.finish(),
            New::File(file) => file.finish(),
        }
    }
}

struct Counting<'w> {
    to: &'w mut dyn Write,
    bytes: u64,
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

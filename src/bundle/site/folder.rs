//! A bundle's folder, looked at before anything is read from it: names, kinds, sizes, digests.
use super::manifest::{Manifest, digest, hex, unsealed};
use super::{
    ALTERED, EXPORT, EXTRA_FILE, MALFORMED, MANIFEST, MISSING_FILE, MOST_BYTES, MOST_ROWS, MOST_TEXT, NOT_A_FILE,
    POLICY, TABLES, TOO_LARGE,
};
use crate::bundle::sheet::SheetFault;
use crate::model::{Code, Refusal};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

/// A folder whose files are as its manifest says.
#[derive(Debug)]
pub struct Folder {
    pub manifest: Manifest,
    pub policy: String,
    path: PathBuf,
}

type Checked<T> = Result<T, SheetFault>;

impl Folder {
    /// Whether a path means a bundle: its folder, or the manifest inside.
    pub fn at(path: &Path) -> Option<PathBuf> {
        if path.is_dir() {
            return Some(path.to_owned());
        }
        let manifest = path.file_name().is_some_and(|n| n == MANIFEST);
        manifest.then(|| path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned())
    }

    /// Checks every name, size and digest; reads the manifest and the policy.
    pub fn open(path: &Path) -> Checked<Folder> {
        let manifest = Manifest::parse(&small_text(path, MANIFEST)?)?;
        only_known_names(path)?;
        let policy = small_text(path, POLICY)?;
        if policy.len() as u64 != manifest.policy.bytes || digest(policy.as_bytes()) != manifest.policy.sha256 {
            return Err(named(ALTERED, POLICY).into());
        }
        if path.join(EXPORT).exists() {
            unsealed::<toml::Table>(EXPORT, &small_text(path, EXPORT)?)?;
        }
        let folder = Folder { manifest, policy, path: path.to_owned() };
        for (table, part) in TABLES.iter().zip(&folder.manifest.table) {
            let (name, mut file) = (table.file(), folder.file(&table.file())?);
            let bytes = file.metadata()?.len();
            if part.rows > MOST_ROWS || bytes > MOST_BYTES {
                return Err(named(TOO_LARGE, &name).into());
            }
            if bytes != part.bytes || file_digest(&mut file)? != part.sha256 {
                return Err(named(ALTERED, &name).into());
            }
        }
        Ok(folder)
    }

    pub fn file(&self, name: &str) -> Checked<File> {
        regular(&self.path, name)
    }
}

fn named(code: Code, file: &str) -> Refusal {
    Refusal::new(code).with("file", file)
}

/// Opens a file of the folder; a link, a pipe or a folder is refused.
fn regular(folder: &Path, name: &str) -> Checked<File> {
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() => Ok(File::open(&path)?),
        Ok(_) => Err(named(NOT_A_FILE, name).into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(named(MISSING_FILE, name).into()),
        Err(error) => Err(error.into()),
    }
}

fn small_text(folder: &Path, name: &str) -> Checked<String> {
    let mut bytes = Vec::new();
    regular(folder, name)?.take(MOST_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_TEXT {
        return Err(named(TOO_LARGE, name).into());
    }
    String::from_utf8(bytes).map_err(|_| named(MALFORMED, name).with("detail", "UTF-8").into())
}

fn only_known_names(folder: &Path) -> Checked<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let known = [MANIFEST, POLICY, EXPORT].iter().any(|n| name == *n);
        if !known && !TABLES.iter().any(|t| name == t.file().as_str()) {
            return Err(named(EXTRA_FILE, &name.to_string_lossy()).into());
        }
    }
    Ok(())
}

fn file_digest(file: &mut File) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
    file.rewind()?;
    Ok(hex(&hash.finalize()))
}

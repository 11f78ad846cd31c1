//! A bundle looked at before anything is read from it: names, kinds, sizes, digests, and who signed it.
use super::circumstances::{self, Circumstances, Origin};
use super::container;
use super::manifest::{Manifest, digest, hex};
use super::read::TableReader;
use super::{
    ALTERED, EXPORT, EXTRA_FILE, LOCKED, MALFORMED, MANIFEST, MISSING_FILE, MOST_BYTES, MOST_ROWS, MOST_TEXT,
    NOT_A_FILE, OTHER_RECIPIENT, POLICY, SIGNATURE, TABLES, TOO_LARGE, Table,
};
use crate::bundle::locked::{self, Identity, LockFault};
use crate::bundle::sheet::SheetFault;
use crate::model::site_key::{PublicKey, signed_by};
use crate::model::{Code, Refusal};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// A bundle whose files are as its manifest says.
#[derive(Debug)]
pub struct Folder {
    pub manifest: Manifest,
    pub policy: String,
    pub origin: Origin,
    place: Place,
    vouched: bool,
}

trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// Nothing is ever unpacked to a disk.
enum Place {
    Folder(PathBuf),
    Packed(RefCell<ZipArchive<Box<dyn Source>>>),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Place::Folder(_) => "Folder",
            Place::Packed(_) => "Packed",
        })
    }
}

type Checked<T> = Result<T, SheetFault>;

impl Folder {
    /// Whether a path means a bundle: its folder, the manifest inside, or a file that is packed or locked.
    pub fn at(path: &Path) -> Option<PathBuf> {
        if path.is_dir() {
            return Some(path.to_owned());
        }
        let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
        if packed || is_locked(path) {
            return Some(path.to_owned());
        }
        let manifest = path.file_name().is_some_and(|n| n == MANIFEST);
        manifest.then(|| path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned())
    }

    /// Checks every name, size and digest; reads the manifest and the policy. `identity` opens a file that is locked.
    pub fn open(path: &Path, identity: Option<&Identity>) -> Checked<Folder> {
        let place = Place::open(path, identity)?;
        let text = place.text(MANIFEST)?;
        let manifest = Manifest::parse(&text)?;
        place.only_known_names()?;
        let policy = place.text(POLICY)?;
        if policy.len() as u64 != manifest.policy.bytes || digest(policy.as_bytes()) != manifest.policy.sha256 {
            return Err(named(ALTERED, POLICY).into());
        }
        let origin = place.origin(&text)?;
        if let (Some(ours), Some((_, told))) = (identity, &origin.signer)
            && let Some(recipient) = told.recipient.as_ref().filter(|key| **key != ours.recipient())
        {
            return Err(Refusal::new(OTHER_RECIPIENT).with("recipient", recipient.as_str()).into());
        }
        let folder = Folder { manifest, policy, origin, place, vouched: false };
        for (table, part) in TABLES.iter().zip(&folder.manifest.table) {
            let name = table.file();
            if part.rows > MOST_ROWS || part.bytes > MOST_BYTES {
                return Err(named(TOO_LARGE, &name).into());
            }
            folder.place.with(&name, |file| Ok(io::copy(file, &mut io::sink())?), Some((part.bytes, &part.sha256)))?;
        }
        Ok(folder)
    }

    /// Reads a table. Whatever is read again is checked again, so that nobody changes it in between.
    pub fn table<T>(&self, table: &'static Table, read: impl FnOnce(&mut TableReader<'_>) -> T) -> Checked<T> {
        let part = self.manifest.table.iter().find(|p| p.name == table.name);
        let kept = part.map(|p| (p.bytes, p.sha256.as_str()));
        let rows = part.map_or(0, |p| p.rows);
        self.place.with(&table.file(), |file| Ok(read(&mut TableReader::open(table, rows, file)?)), kept)
    }

    /// A person typed the groups of the fingerprint that were left out, as read from paper or heard over the telephone.
    pub fn vouch(&mut self, typed: &str) -> Result<(), Refusal> {
        let from = |refusal: Refusal| refusal.with("site", self.manifest.site.code.as_str());
        circumstances::typed(&self.origin.fingerprint(), typed).map_err(from)?;
        self.vouched = true;
        Ok(())
    }

    pub fn is_vouched(&self) -> bool {
        self.vouched
    }

    /// What names this bundle and no other export.
    pub fn digest(&self) -> &str {
        &self.origin.digest
    }
}

fn is_locked(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|f| f.take(locked::MAGIC.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == locked::MAGIC
}

fn named(code: Code, file: &str) -> Refusal {
    Refusal::new(code).with("file", file)
}

/// A packed or locked file that is cut or altered is refused; what the disk itself says stays an error of the disk.
fn damaged(error: io::Error) -> SheetFault {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | Other | UnexpectedEof => named(container::DAMAGED, "").with("name", "").into(),
        _ => error.into(),
    }
}

fn broken(fault: SheetFault) -> SheetFault {
    match fault {
        SheetFault::Io(error) => damaged(error),
        refused => refused,
    }
}

impl Place {
    fn open(path: &Path, identity: Option<&Identity>) -> Checked<Place> {
        if path.is_dir() {
            return Ok(Place::Folder(path.to_owned()));
        }
        let file = BufReader::new(File::open(path)?);
        let mut source: Box<dyn Source> = if is_locked(path) {
            let identity = identity.ok_or_else(|| Refusal::new(LOCKED))?;
            match locked::open(file, identity) {
                Ok(open) => Box::new(open),
                Err(LockFault::Refused(refusal)) => return Err(refusal.into()),
                Err(LockFault::Io(error)) => return Err(error.into()),
            }
        } else {
            Box::new(file)
        };
        container::check(&mut source).map_err(broken)?;
        source.rewind()?;
        let archive = ZipArchive::new(source).map_err(|e| damaged(e.into()))?;
        Ok(Place::Packed(RefCell::new(archive)))
    }

    /// Reads a file of the bundle; with its size and digest, both have to fit when it was read to its end.
    fn with<T>(
        &self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Checked<T>,
        kept: Option<(u64, &str)>,
    ) -> Checked<T> {
        let most = kept.map_or(MOST_TEXT, |(bytes, _)| bytes);
        let passed = |file: &mut dyn Read| {
            let mut file = Hashing { from: file.take(most + 1), hash: Sha256::new(), bytes: 0, ended: false };
            let answer = read(&mut file)?;
            let fits = kept.is_none_or(|(bytes, sha256)| file.bytes == bytes && hex(&file.hash.finalize()) == sha256);
            // Rows that are refused end the reading early, and are told.
            if !fits && file.ended { Err(named(ALTERED, name).into()) } else { Ok(answer) }
        };
        match self {
            Place::Folder(folder) => passed(&mut regular(folder, name)?),
            Place::Packed(archive) => {
                let mut archive = archive.borrow_mut();
                let mut file = match archive.by_name(name) {
                    Ok(file) => file,
                    Err(ZipError::FileNotFound) => return Err(named(MISSING_FILE, name).into()),
                    Err(error) => return Err(damaged(error.into())),
                };
                passed(&mut file).map_err(broken)
            }
        }
    }

    fn text(&self, name: &str) -> Checked<String> {
        let bytes = self.with(
            name,
            |file| {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            },
            None,
        )?;
        if bytes.len() as u64 > MOST_TEXT {
            return Err(named(TOO_LARGE, name).into());
        }
        String::from_utf8(bytes).map_err(|_| named(MALFORMED, name).with("detail", "UTF-8").into())
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Place::Folder(folder) => folder.join(name).exists(),
            Place::Packed(archive) => archive.borrow().index_for_name(name).is_some(),
        }
    }

    fn names(&self) -> Checked<Vec<String>> {
        match self {
            Place::Folder(folder) => {
                let named = |e: io::Result<fs::DirEntry>| Ok(e?.file_name().to_string_lossy().into_owned());
                fs::read_dir(folder)?.map(named).collect()
            }
            Place::Packed(archive) => Ok(archive.borrow().file_names().flatten().map(|n| n.into_owned()).collect()),
        }
    }

    fn only_known_names(&self) -> Checked<()> {
        for name in self.names()? {
            let known = [MANIFEST, POLICY, EXPORT, SIGNATURE].contains(&name.as_str());
            if !known && !TABLES.iter().any(|t| name == t.file()) {
                return Err(named(EXTRA_FILE, &name).into());
            }
        }
        Ok(())
    }

    /// Who signed it and what they say of it. A bundle without a signature says nothing that counts.
    fn origin(&self, manifest: &str) -> Checked<Origin> {
        let unsigned = Origin { signer: None, digest: digest(manifest.as_bytes()) };
        if !self.has(EXPORT) {
            // A signature over nothing.
            return if self.has(SIGNATURE) { Err(named(MISSING_FILE, EXPORT).into()) } else { Ok(unsigned) };
        }
        let text = self.text(EXPORT)?;
        let told = Circumstances::parse(&text)?;
        if !self.has(SIGNATURE) {
            return Ok(unsigned);
        }
        let altered = || named(ALTERED, SIGNATURE);
        let key: PublicKey = signed_by(&self.text(SIGNATURE)?, text.as_bytes()).ok_or_else(altered)?;
        if told.manifest_sha256 != unsigned.digest {
            return Err(named(ALTERED, MANIFEST).into());
        }
        let signed = told.signed.ok_or_else(altered)?;
        if signed.sign_key != key.text() || !locked::is_recipient(&signed.lock_key) {
            return Err(altered().into());
        }
        Ok(Origin { signer: Some((key, signed)), digest: digest(text.as_bytes()) })
    }
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

struct Hashing<R> {
    from: R,
    hash: Sha256,
    bytes: u64,
    ended: bool,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        self.ended |= read == 0 && !buffer.is_empty();
        Ok(read)
    }
}

//! The site's keys, files of their own beside the database and readable by its owner only: one signs, one opens what
//! others lock for this site, one makes identity numbers comparable within the region.
use super::{Error, Result, Site};
use crate::bundle::locked::{Identity, new_identity};
use crate::config::Home;
use crate::model::site_key::{PublicKey, SecretKey, groups};
use crate::model::{Code, Refusal, base64};
use std::fs::{DirBuilder, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

pub const DAMAGED: Code = Code("site_key.damaged");
pub const NO_HOME: Code = Code("site_key.no_home");

const SIGN: &str = "site.key";
const OPEN: &str = "site.age";
/// First line of a key file of ours.
const HEAD: &str = "kaowu-site-key 1";

/// What this site signs with and opens with.
#[derive(Debug, Clone)]
pub struct Keys {
    pub sign: SecretKey,
    pub open: Identity,
}

impl Keys {
    pub fn public(&self) -> PublicKey {
        self.sign.public()
    }
}

/// The keys of the site whose database lies in this home; made at first need. `None`: a site that lives in memory.
pub fn of(site: &Site) -> Result<Option<Keys>> {
    let Some(folder) = folder(site) else { return Ok(None) };
    Ok(Some(in_folder(&folder)?))
}

/// The same in a home that may have no database yet.
pub fn in_home(home: &Home) -> Result<Keys> {
    in_folder(&home.anchor())
}

/// The signing key if there is one; makes none.
pub fn there(home: &Home) -> Result<Option<SecretKey>> {
    let path = home.anchor().join(SIGN);
    let Some(text) = text(&path)? else { return Ok(None) };
    Ok(Some(signing(&text, &path)?))
}

/// All keys if there are any; makes none.
pub fn loaded(home: &Home) -> Result<Option<Keys>> {
    let folder = home.anchor();
    if folder.join(SIGN).exists() && folder.join(OPEN).exists() { Ok(Some(in_folder(&folder)?)) } else { Ok(None) }
}

/// Where keys lie.
pub(in crate::ops) fn folder(site: &Site) -> Option<PathBuf> {
    let home = site.file()?.parent()?;
    Some(Home::at(home.to_owned()).anchor())
}

fn in_folder(folder: &Path) -> Result<Keys> {
    let (sign, open) = (folder.join(SIGN), folder.join(OPEN));
    let seed = kept(&sign, || Ok(format!("{HEAD}\n{}\n", base64::encode(&random()?))))?;
    let identity = kept(&open, || Ok(new_identity()))?;
    let identity = Identity::parse(&identity).ok_or_else(|| damaged(&open))?;
    Ok(Keys { sign: signing(&seed, &sign)?, open: identity })
}

fn signing(text: &str, path: &Path) -> Result<SecretKey> {
    let line = text.strip_prefix(HEAD).and_then(|t| t.trim().lines().next()).unwrap_or_default();
    let seed = base64::decode(line).and_then(|bytes| bytes.try_into().ok());
    Ok(SecretKey::from_seed(seed.ok_or_else(|| damaged(path))?))
}

fn damaged(path: &Path) -> Error {
    Refusal::new(DAMAGED).with("path", path.display().to_string()).into()
}

/// 32 bytes from the kernel.
pub(in crate::ops) fn random() -> Result<[u8; 32]> {
    let (source, mut bytes) = (Path::new("/dev/urandom"), [0; 32]);
    File::open(source).and_then(|mut file| file.read_exact(&mut bytes)).map_err(Error::file(source))?;
    Ok(bytes)
}

fn text(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(path)(error)),
    }
}

/// The file's text; where there is none, a new one that appears whole. Of two processes that make it at the same time
/// the first one's stands.
pub(in crate::ops) fn kept(path: &Path, make: impl FnOnce() -> Result<String>) -> Result<String> {
    if let Some(text) = text(path)? {
        return Ok(text);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let made = make()?;
    let write = || -> std::io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // Made with 0600.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(made.as_bytes())?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Err(lost) if lost.error.kind() != ErrorKind::AlreadyExists => Err(lost.error),
            _ => File::open(folder)?.sync_all(),
        }
    };
    write().map_err(Error::file(path))?;
    text(path)?.ok_or_else(|| damaged(path))
}

/// The digest in groups of four, as people read it out.
pub fn in_groups(digest: &str) -> String {
    groups(digest).join(" ")
}

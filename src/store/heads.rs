//! Signed heads: a text file outside the database that only grows, one line for each head. Who stamps the journal anew
//! from some point on would have to sign every head after it anew, too.
use super::mark::Mark;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const NAME: &str = "heads";
const FORM: &str = "kaowu-head-1";
/// No line is longer.
const LONGEST: u64 = 512;

/// One line without its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub mark: Mark,
    /// Milliseconds since 1970.
    pub at: i64,
}

impl Head {
    /// What is signed: the line up to the blank before the signature.
    pub fn message(&self) -> String {
        let Mark { number, digest, lineage } = &self.mark;
        format!("{FORM} {number} {digest} {lineage} {}", self.at)
    }

    /// A line's head and its signature; `None` when it is not written as this program writes it.
    pub fn parse(line: &str) -> Option<(Head, &str)> {
        let (message, signature) = line.rsplit_once(' ')?;
        let mut parts = message.strip_prefix(FORM)?.split_whitespace();
        let number = parts.next()?.parse().ok()?;
        let mark = Mark { number, digest: parts.next()?.to_owned(), lineage: parts.next()?.to_owned() };
        let head = Head { mark, at: parts.next()?.parse().ok()? };
        (head.message() == message).then_some((head, signature))
    }
}

/// All of it; empty when there is no such file.
pub fn text(folder: &Path) -> io::Result<String> {
    match std::fs::read(folder.join(NAME)) {
        // A flipped bit is a bad line, not an unreadable file.
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(e),
    }
}

/// Adds the line that `make` gives for the last head; one process at a time. `None` adds nothing.
pub fn add(folder: &Path, make: impl FnOnce(Option<Head>) -> Option<String>) -> io::Result<()> {
    let path = folder.join(NAME);
    let mut file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    file.lock()?;
    let Some(line) = make(last(&mut file)?) else { return Ok(()) };
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

fn last(file: &mut File) -> io::Result<Option<Head>> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let end = String::from_utf8_lossy(&end);
    Ok(end.lines().last().and_then(Head::parse).map(|(head, _)| head))
}

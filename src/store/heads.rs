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
    let (last, whole) = last(&mut file)?;
    let Some(line) = make(last) else { return Ok(()) };
    // What a full disk or a kill left of a line goes: nobody was told of it.
    file.set_len(whole)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// The last head, and how long the file is up to the end of its last whole line.
fn last(file: &mut File) -> io::Result<(Option<Head>, u64)> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(2 * LONGEST);
    file.seek(SeekFrom::Start(from))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let whole = end.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    end.truncate(whole);
    let head = String::from_utf8_lossy(&end).lines().last().and_then(Head::parse).map(|(head, _)| head);
    Ok((head, from + u64::try_from(whole).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: i64) -> String {
        let mark = Mark { number, digest: "a".repeat(64), lineage: "b".repeat(32) };
        format!("{} signature\n", Head { mark, at: 7 }.message())
    }

    #[test]
    fn half_a_line_goes_when_the_next_one_comes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        for left in ["", "kaowu-head-1 3 aaaa", "\u{0}"] {
            std::fs::write(&path, format!("{}{left}", line(1))).unwrap();
            add(folder.path(), |last| {
                assert_eq!(last.map(|head| head.mark.number), Some(1));
                Some(line(2))
            })
            .unwrap();
            assert_eq!(text(folder.path()).unwrap(), line(1) + &line(2));
        }
        std::fs::write(&path, "half").unwrap();
        add(folder.path(), |last| last.is_none().then(|| line(1))).unwrap();
        assert_eq!(text(folder.path()).unwrap(), line(1));
    }
}

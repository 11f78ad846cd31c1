//! The high-water mark: number, digest and lineage of the newest operation that somebody was told of, in a file outside the
//! database and best on another device. What the chain alone cannot show, a cut tail or an old copy put back, shows against it.
//!
//! One line of fixed length, written in place: it needs no room on a full disk, and one sector is written whole or not at
//! all. Written after COMMIT and before anybody is told, so it may be behind the database and never before it.
use super::journal;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

const NAME: &str = "mark";
const FORM: &str = "kaowu-mark-1";
/// Longer than any mark: more is damage.
const LONGEST: u64 = 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub number: i64,
    /// Of that operation, 64 hex digits.
    pub digest: String,
    pub lineage: String,
}

/// What lies in the place of the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// Not a mark as this program writes it, to the last character.
    Damaged,
    Is(Mark),
}

impl Found {
    /// For the journal: the mark in one line, or the word for what was there instead.
    pub fn words(&self) -> String {
        match self {
            Found::Nothing => "missing".to_owned(),
            Found::Damaged => "damaged".to_owned(),
            Found::Is(mark) => format!("{} {} {}", mark.number, mark.digest, mark.lineage),
        }
    }
}

impl Mark {
    fn line(&self) -> String {
        let body = format!("{FORM} {:012} {} {}", self.number, self.digest, self.lineage);
        let check = journal::hex(&Sha256::digest(body.as_bytes()));
        format!("{body} {}\n", check.get(..16).unwrap_or(&check))
    }

    fn parse(text: &str) -> Option<Mark> {
        let mut parts = text.strip_prefix(FORM)?.split_whitespace();
        let number = parts.next()?.parse().ok()?;
        let mark = Mark { number, digest: parts.next()?.to_owned(), lineage: parts.next()?.to_owned() };
        (mark.line() == text).then_some(mark)
    }
}

/// The folder of the mark.
#[derive(Debug, Clone)]
pub struct Anchor(PathBuf);

impl Anchor {
    pub fn at(folder: &Path) -> Anchor {
        Anchor(folder.to_owned())
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    pub fn read(&self) -> io::Result<Found> {
        match File::open(self.0.join(NAME)) {
            Ok(mut file) => match found(&file)? {
                // Perhaps somebody was writing it just now; with the lock nobody is.
                Found::Damaged => {
                    file.lock_shared()?;
                    file.seek(SeekFrom::Start(0))?;
                    found(&file)
                }
                whole => Ok(whole),
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(e) => Err(e),
        }
    }

    /// Moves the mark on, never back: another process may have been here with a later operation. A mark that is not there,
    /// damaged, or of another lineage stays as it is, and that is an error.
    pub fn advance(&self, to: &Mark) -> io::Result<()> {
        let file = OpenOptions::new().read(true).write(true).open(self.0.join(NAME))?;
        file.lock()?;
        match found(&file)? {
            Found::Is(mark) if mark.lineage == to.lineage && mark.number >= to.number => Ok(()),
            Found::Is(mark) if mark.lineage == to.lineage => put(&file, to),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Puts a mark where there is none, or in the place of whatever is there.
    pub fn renew(&self, to: &Mark) -> io::Result<()> {
        self.make_folder()?;
        let path = self.0.join(NAME);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path)?;
        file.lock()?;
        put(&file, to)?;
        file.set_len(to.line().len() as u64)?;
        file.sync_all()?;
        File::open(&self.0)?.sync_all()
    }

    /// The folder, open to its owner only.
    pub fn make_folder(&self) -> io::Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0)
    }
}

fn found(file: &File) -> io::Result<Found> {
    let mut text = Vec::new();
    file.take(LONGEST).read_to_end(&mut text)?;
    let mark = std::str::from_utf8(&text).ok().and_then(Mark::parse);
    Ok(mark.map_or(Found::Damaged, Found::Is))
}

fn put(mut file: &File, mark: &Mark) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(mark.line().as_bytes())?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(number: i64) -> Mark {
        Mark { number, digest: "a".repeat(64), lineage: "b".repeat(32) }
    }

    #[test]
    fn a_mark_moves_on_and_never_back() {
        let home = tempfile::tempdir().unwrap();
        let anchor = Anchor::at(&home.path().join("anchor"));
        assert_eq!(anchor.read().unwrap(), Found::Nothing);
        assert!(anchor.advance(&mark(1)).is_err(), "nothing to move");
        anchor.renew(&mark(7)).unwrap();
        anchor.advance(&mark(8)).unwrap();
        anchor.advance(&mark(3)).unwrap();
        assert_eq!(anchor.read().unwrap(), Found::Is(mark(8)));
        let other = Mark { lineage: "c".repeat(32), ..mark(9) };
        assert!(anchor.advance(&other).is_err(), "another lineage");
    }

    #[test]
    fn a_mark_that_is_being_written_is_never_taken_for_damage() {
        let home = tempfile::tempdir().unwrap();
        let anchor = Anchor::at(home.path());
        anchor.renew(&mark(1)).unwrap();
        let writer = {
            let anchor = anchor.clone();
            std::thread::spawn(move || (2..400).for_each(|n| anchor.advance(&mark(n)).unwrap()))
        };
        while !writer.is_finished() {
            assert!(matches!(anchor.read().unwrap(), Found::Is(_)));
        }
        writer.join().unwrap();
    }

    #[test]
    fn every_flipped_bit_is_damage() {
        let home = tempfile::tempdir().unwrap();
        let anchor = Anchor::at(home.path());
        anchor.renew(&mark(42)).unwrap();
        let path = home.path().join(NAME);
        let good = std::fs::read(&path).unwrap();
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, bad).unwrap();
            assert_eq!(anchor.read().unwrap(), Found::Damaged, "bit {bit}");
        }
        std::fs::write(&path, &good[..40]).unwrap();
        assert_eq!(anchor.read().unwrap(), Found::Damaged);
        std::fs::write(&path, "").unwrap();
        assert_eq!(anchor.read().unwrap(), Found::Damaged);
    }
}

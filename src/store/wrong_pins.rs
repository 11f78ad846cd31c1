//! Wrong PINs in a row while nothing may or can be written into the database: a line for each operator in a file beside it.
use crate::model::{OperatorId, Stamp};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const NAME: &str = "wrong-pins";
/// Longer than any such file: more is damage.
const LONGEST: u64 = 64 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    pub failures: i64,
    pub last_at: Stamp,
}

pub struct WrongPins(PathBuf);

impl WrongPins {
    pub fn beside(database: &Path) -> WrongPins {
        WrongPins(database.with_file_name(NAME))
    }

    /// Of one operator. What cannot be read counts nothing.
    pub fn of(&self, operator: OperatorId) -> Option<Wrong> {
        let mut file = File::open(&self.0).ok()?;
        read(&mut file).ok()?.into_iter().find(|(id, _)| *id == operator).map(|(_, wrong)| wrong)
    }

    /// One more, after `before` that the database knows of; gives how many there are.
    pub fn count(&self, operator: OperatorId, before: i64, now: Stamp) -> io::Result<i64> {
        self.change(operator, |known| {
            let failures = known.map_or(before, |w| w.failures.max(before)).saturating_add(1);
            Some(Wrong { failures, last_at: now })
        })
    }

    /// After a right one.
    pub fn forget(&self, operator: OperatorId) -> io::Result<()> {
        if self.of(operator).is_none() {
            return Ok(());
        }
        self.change(operator, |_| None).map(drop)
    }

    /// The doubt is over: the database counts again.
    pub fn clear(&self) {
        let _ = std::fs::remove_file(&self.0);
    }

    fn change(&self, operator: OperatorId, to: impl FnOnce(Option<Wrong>) -> Option<Wrong>) -> io::Result<i64> {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&self.0)?;
        file.lock()?;
        let mut all = read(&mut file)?;
        let known = all.iter().find(|(id, _)| *id == operator).map(|(_, wrong)| *wrong);
        all.retain(|(id, _)| *id != operator);
        let after = to(known);
        all.extend(after.map(|wrong| (operator, wrong)));
        let text: String = all.iter().map(|(id, w)| format!("{} {} {}\n", id.0, w.failures, w.last_at.0)).collect();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())?;
        file.set_len(text.len() as u64)?;
        file.sync_data()?;
        Ok(after.map_or(0, |wrong| wrong.failures))
    }
}

fn read(file: &mut File) -> io::Result<Vec<(OperatorId, Wrong)>> {
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).lines().filter_map(line).collect())
}

fn line(line: &str) -> Option<(OperatorId, Wrong)> {
    let mut parts = line.split(' ').map(|part| part.parse::<i64>().ok());
    let (id, failures, last_at) = (parts.next()??, parts.next()??, parts.next()??);
    Some((OperatorId(id), Wrong { failures, last_at: Stamp(last_at) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operator_is_counted_until_a_right_one() {
        let home = tempfile::tempdir().unwrap();
        let wrong = WrongPins::beside(&home.path().join("site.db"));
        let (one, two, now) = (OperatorId(1), OperatorId(2), Stamp(5));
        assert_eq!(wrong.of(one), None);
        assert_eq!(wrong.count(one, 3, now).unwrap(), 4, "those in the database count too");
        assert_eq!(wrong.count(two, 0, now).unwrap(), 1);
        assert_eq!(wrong.count(one, 3, now).unwrap(), 5);
        wrong.forget(one).unwrap();
        assert_eq!((wrong.of(one), wrong.of(two)), (None, Some(Wrong { failures: 1, last_at: now })));
        std::fs::write(home.path().join(NAME), b"\xff nonsense").unwrap();
        assert_eq!(wrong.of(two), None);
        assert_eq!(wrong.count(two, 0, now).unwrap(), 1, "damage ends no counting");
    }
}

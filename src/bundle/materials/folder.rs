//! A folder listed: plain files only, no links followed, not deeper than materials ever lie.
use super::archive::{MOST_ENTRIES, TOO_MANY};
use super::entry_name::{decode, is_junk};
use super::source::{DEEP, LINKED, Oddity, SourceFault};
use crate::model::Refusal;
use std::fs;
use std::path::{Path, PathBuf};

const MOST_DEPTH: usize = 8;

#[derive(Default)]
pub struct Listing {
    pub files: Vec<(String, PathBuf, u64)>,
    pub oddities: Vec<Oddity>,
    pub ignored: usize,
    seen: u64,
}

pub fn list(folder: &Path) -> Result<Listing, SourceFault> {
    let mut listing = Listing::default();
    walk(folder, "", 1, &mut listing)?;
    listing.files.sort();
    listing.oddities.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listing)
}

fn walk(folder: &Path, above: &str, depth: usize, listing: &mut Listing) -> Result<(), SourceFault> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        listing.seen += 1;
        if listing.seen > MOST_ENTRIES {
            let most = i64::try_from(MOST_ENTRIES).unwrap_or(i64::MAX);
            return Err(Refusal::new(TOO_MANY).with("count", most).with("most", most).into());
        }
        let name = entry.file_name();
        let name = decode(name.as_encoded_bytes(), false, || name.to_string_lossy().into_owned());
        let path = if above.is_empty() { name } else { format!("{above}/{name}") };
        // Of the link itself, not of what it points at.
        let about = fs::symlink_metadata(entry.path())?;
        if is_junk(&path) {
            listing.ignored += 1;
        } else if about.is_dir() && depth < MOST_DEPTH {
            walk(&entry.path(), &path, depth + 1, listing)?;
        } else if about.is_dir() {
            listing.oddities.push(Oddity { path, code: DEEP });
        } else if about.is_file() {
            listing.files.push((path, entry.path(), about.len()));
        } else {
            listing.oddities.push(Oddity { path, code: LINKED });
        }
    }
    Ok(())
}

//! Where no file for people is put: over what a site keeps for itself. Whoever may write a list to a path of their own would
//! otherwise put it over the database, a backup or a key.
use std::fmt;
use std::io;
use std::path::Path;

/// Folders in a site's home that the program alone writes to.
const FOLDERS: [&str; 3] = ["anchor", "backups", "drafts"];
/// Files in a home beside the database and what SQLite keeps beside that.
const FILES: [&str; 2] = ["config.toml", "wrong-pins"];
/// Files of an anchor folder, which may be elsewhere.
const ANCHOR: [&str; 5] = ["heads", "mark", "region.key", "site.age", "site.key"];
const DATABASE: &str = "site.db";

/// The path is one of a site's own.
#[derive(Debug)]
pub struct Ours;

impl fmt::Display for Ours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of the site itself")
    }
}

impl std::error::Error for Ours {}

/// An error around [`Ours`] where a file must not be put.
pub fn is_free(path: &Path) -> io::Result<()> {
    let folder = super::write::folder(path).canonicalize()?;
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_home = |folder: &Path| folder.join(DATABASE).exists();
    let beside = is_home(&folder) && (name.starts_with(DATABASE) || FILES.contains(&name.as_str()));
    let has = |name: &str| folder.join(name).exists();
    let anchor = ANCHOR.contains(&name.as_str()) && (has("site.key") || has("mark") && has("heads"));
    let within = folder.ancestors().any(|at| {
        let kept = at.file_name().is_some_and(|name| FOLDERS.contains(&name.to_string_lossy().as_ref()));
        kept && at.parent().is_some_and(is_home)
    });
    if beside || anchor || within { Err(io::Error::new(io::ErrorKind::PermissionDenied, Ours)) } else { Ok(()) }
}

/// Whether an error says so.
pub fn is_ours(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Ours>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_the_site_keeps_is_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        for folder in ["anchor", "backups/old", "exports", "drafts", "data", "elsewhere"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for file in ["site.db", "elsewhere/site.key", "list.csv", "exports/region.key"] {
            fs::write(at(file), "x").unwrap();
        }
        for taken in [
            "site.db",
            "SITE.DB",
            "site.db-wal",
            "site.db-shm",
            "wrong-pins",
            "config.toml",
            "anchor/mark",
            "anchor/list.csv",
            "backups/auto.db",
            "backups/old/x.csv",
            "exports/../anchor/x",
            "drafts/x.json",
            "elsewhere/site.key",
        ] {
            assert!(is_free(&at(taken)).is_err_and(|e| is_ours(&e)), "{taken}");
        }
        for free in
            ["list.csv", "new.csv", "site.csv", "exports/site.db", "data/x.toml", "exports/region.key", "elsewhere/x"]
        {
            assert!(is_free(&at(free)).is_ok(), "{free}");
        }
        assert!(is_free(&at("nowhere/x")).is_err_and(|e| !is_ours(&e)));
    }
}

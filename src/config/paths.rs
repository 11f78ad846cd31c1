//! The site's folder and what lies in it. The only user of `directories`.
use std::path::{Path, PathBuf};

/// Folder of the mark and the signed heads, in the home when it is nowhere else.
pub const ANCHOR: &str = "anchor";

/// A site's home: database, the user's data files, backups, exports.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// `given`, or the platform's data folder for `kaowu`.
    pub fn locate(given: Option<PathBuf>) -> Option<Home> {
        let platform = || directories::ProjectDirs::from("", "", "kaowu").map(|d| d.data_dir().to_owned());
        given.or_else(platform).map(Home)
    }

    /// This folder and no other.
    pub fn at(folder: PathBuf) -> Home {
        Home(folder)
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    pub fn database(&self) -> PathBuf {
        self.0.join("site.db")
    }

    /// Files here override the embedded defaults of the same name: `policies/nmg-2023.toml`, `themes/default.toml`.
    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// The mark and signed heads: the folder that `config.toml` names, relative to the home, or that of the keys.
    pub fn marks(&self, named: Option<&Path>) -> PathBuf {
        self.0.join(named.unwrap_or(Path::new(ANCHOR)))
    }

    pub fn exports(&self) -> PathBuf {
        self.0.join("exports")
    }

    /// The site's keys, and what is held against the journal.
    pub fn anchor(&self) -> PathBuf {
        self.0.join("anchor")
    }

    pub fn config(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// What is typed and not saved.
    pub fn drafts(&self) -> PathBuf {
        self.0.join("drafts")
    }

    /// Makes the folder, open to its owner only.
    pub fn create(&self) -> std::io::Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0)
    }
}

/// The person's own folder, which `~` stands for in a typed path.
pub fn own_folder() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|d| d.home_dir().to_owned())
}

/// A path as people type or drop it: in quotes, or with `~` for their own folder.
pub fn typed_path(typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    match (typed.strip_prefix("~/"), own_folder()) {
        (Some(rest), Some(own)) => own.join(rest),
        _ => PathBuf::from(typed),
    }
}

//! Data files by name: the user's folder first, then the copy compiled in.
use super::embedded::FILES;
use std::path::PathBuf;

#[derive(Debug, Clone, Default)]
pub struct Assets {
    user: Option<PathBuf>,
}

impl Assets {
    /// `user` is a folder whose files override the embedded ones of the same name.
    pub fn new(user: Option<PathBuf>) -> Assets {
        Assets { user }
    }

    /// The text of `policies/base.toml` and the like; the user's file wins.
    pub fn read(&self, name: &str) -> Option<String> {
        self.user_text(name).or_else(|| self.embedded(name).map(str::to_owned))
    }

    pub fn embedded(&self, name: &str) -> Option<&'static str> {
        FILES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
    }

    /// Only the user's file, for kinds that are merged over the default (keymaps, locales).
    pub fn user_text(&self, name: &str) -> Option<String> {
        let folder = self.user.as_ref()?;
        let plain = !name.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        plain.then(|| std::fs::read_to_string(folder.join(name)).ok()).flatten()
    }

    /// Names under a folder such as `policies`, without folder and ending, embedded and the user's, sorted.
    pub fn names(&self, folder: &str, ending: &str) -> Vec<String> {
        let inside = |name: &str| {
            let rest = name.strip_prefix(folder)?.strip_prefix('/')?;
            Some(rest.strip_suffix(ending)?.to_owned()).filter(|s| !s.contains('/'))
        };
        let mut names: Vec<String> = FILES.iter().filter_map(|(n, _)| inside(n)).collect();
        let listed = self.user.as_ref().and_then(|u| std::fs::read_dir(u.join(folder)).ok());
        for entry in listed.into_iter().flatten().flatten() {
            names.extend(entry.file_name().to_str().and_then(|n| n.strip_suffix(ending)).map(str::to_owned));
        }
        names.sort();
        names.dedup();
        names
    }
}

//! The one reading of the environment.
use crate::model::{Stamp, ssh_key};
use std::path::PathBuf;

/// What the environment says, read once at start.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    pub home: Option<PathBuf>,
    pub batch: Option<String>,
    pub clock: Option<Stamp>,
    /// `KAOWU_CLOCK` was set but could not be read.
    pub bad_clock: Option<String>,
    pub no_color: bool,
    /// Charset that the locale names, such as `GB18030`; `None` when unset, POSIX or UTF-8.
    pub foreign_charset: Option<String>,
    /// No UTF-8 locale is set: go on in UTF-8 and say so.
    pub locale_unset: bool,
    pub os_user: Option<String>,
    pub station: String,
    pub lang: Option<String>,
    /// Somebody came over SSH.
    pub ssh: Option<Ssh>,
}

/// What sshd says of the session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ssh {
    /// Fingerprints of the keys that let it in; none where sshd does not expose them.
    pub keys: Vec<String>,
    /// The command that the other side wanted to run.
    pub command: Option<String>,
}

impl Environment {
    pub fn read() -> Environment {
        let var = |name: &str| value(name).filter(|v| !v.is_empty());
        let clock_text = var("KAOWU_CLOCK");
        let clock = clock_text.as_deref().and_then(Stamp::parse);
        let locale = var("LC_ALL").or_else(|| var("LC_CTYPE")).or_else(|| var("LANG"));
        let charset = locale.as_deref().and_then(charset);
        let utf8 = charset.as_deref().is_some_and(|c| c.replace('-', "").eq_ignore_ascii_case("utf8"));
        Environment {
            home: var("KAOWU_HOME").map(PathBuf::from),
            batch: var("KAOWU_BATCH"),
            bad_clock: clock_text.filter(|_| clock.is_none()),
            clock,
            no_color: var("NO_COLOR").is_some(),
            locale_unset: charset.is_none(),
            foreign_charset: charset.filter(|_| !utf8),
            os_user: os_user(),
            station: std::fs::read_to_string("/proc/sys/kernel/hostname")
                .map(|h| h.trim().to_owned())
                .ok()
                .filter(|h| !h.is_empty())
                .unwrap_or_else(|| "local".to_owned()),
            lang: var("KAOWU_LANG"),
            ssh: ssh(&var),
        }
    }
}

#[allow(clippy::disallowed_methods)] // the one place
fn value(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The session, with what stands in the file that `ExposeAuthInfo` of sshd names.
fn ssh(var: &dyn Fn(&str) -> Option<String>) -> Option<Ssh> {
    let (told, connected) = (var("SSH_USER_AUTH"), var("SSH_CONNECTION").is_some());
    if told.is_none() && !connected {
        return None;
    }
    let text = told.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    Some(Ssh { keys: ssh_key::of_session(&text), command: var("SSH_ORIGINAL_COMMAND") })
}

/// The account the process really runs as; an environment variable could lie. One that `/etc/passwd` does not name
/// goes by its number, as `#1001`.
fn os_user() -> Option<String> {
    let uid = super::process::account();
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let named = users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    named.or_else(|| Some(format!("#{uid}")))
}

/// The charset of `zh_CN.GB18030@x`; `C`, `POSIX` and names without one have none.
fn charset(locale: &str) -> Option<String> {
    let (_, rest) = locale.split_once('.')?;
    Some(rest.split('@').next().unwrap_or(rest).to_owned()).filter(|c| !c.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_read_from_locale_names() {
        assert_eq!(charset("zh_CN.GB18030"), Some("GB18030".to_owned()));
        assert_eq!(charset("zh_CN.UTF-8@pinyin"), Some("UTF-8".to_owned()));
        assert_eq!(charset("POSIX"), None);
        assert_eq!(charset("zh_CN"), None);
    }
}

//! Pages that are made from the program and kept in the repository, so that a change of the program shows in them.
use crate::source::root;

/// Compares a page with what the program says now; with `UPDATE=1` in the environment writes it instead.
#[track_caller]
pub fn page(name: &str, text: &str) {
    let path = root().join(name);
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept == text {
        return;
    }
    if std::env::var("UPDATE").is_ok_and(|v| v == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let at = kept.lines().zip(text.lines()).position(|(a, b)| a != b);
    let at = at.unwrap_or(kept.lines().count().min(text.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("(end)").to_owned();
    panic!(
        "{name} is stale from line {} on; run UPDATE=1 cargo test\n  kept: {}\n  now:  {}",
        at + 1,
        line(&kept),
        line(text)
    );
}

/// Replaces what stands between two marks of a page and compares the whole.
#[track_caller]
pub fn block(name: &str, mark: &str, text: &str) {
    let (open, close) = (format!("<!-- {mark} -->"), format!("<!-- /{mark} -->"));
    let kept = std::fs::read_to_string(root().join(name)).unwrap();
    let (before, rest) = kept.split_once(&open).unwrap_or_else(|| panic!("{name} has no {open}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("{name} has no {close}"));
    page(name, &format!("{before}{open}\n{text}{close}{after}"));
}

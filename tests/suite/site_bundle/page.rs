//! `docs/bundle.md`: its tables are those of the program.
use kaowu::bundle::site::{Need, TABLES};
use std::fmt::Write;
use std::path::Path;

const MARK: &str = "<!-- From here on written by the tests: UPDATE=1 cargo test --test suite site_bundle -->\n";

fn tables() -> String {
    let mut out = String::new();
    for table in TABLES {
        let _ = writeln!(out, "\n### {}.csv\n\n| column | holds | may be empty |\n|---|---|---|", table.name);
        for column in table.columns {
            let key = if table.key.contains(&column.path) { " (key)" } else { "" };
            let empty = if column.need == Need::Maybe { "yes" } else { "" };
            let _ = writeln!(out, "| `{}`{key} | {} | {empty} |", column.path, column.form.name());
        }
    }
    out
}

#[test]
fn the_page_about_bundles_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bundle.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (words, _) = page.split_once(MARK).expect("the mark stands in the page");
    let fresh = format!("{words}{MARK}{}", tables());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), fresh);
}

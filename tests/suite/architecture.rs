//! The shape of the house: who may use whom, where each outside crate may be named, how large a file may be.
use crate::source::{Source, root, rust_files, sources};
use std::collections::BTreeSet;

/// What each layer may use of ours, beside itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("main", &["cli", "config"]),
    ("model", &[]),
    // The environment's clock is a `Stamp`.
    ("config", &["model"]),
    ("policy", &["model"]),
    ("bundle", &["model"]),
    ("store", &["model"]),
    ("ops", &["model", "config", "policy", "bundle", "store"]),
    ("text", &["model", "config", "bundle", "ops"]),
    ("cli", &["model", "config", "ops", "text"]),
    ("tui", &["model", "config", "ops", "text"]),
];

/// The one crossing between the faces: the command that opens the screen.
const CROSSINGS: &[(&str, &str)] = &[("src/cli/cmd/screen.rs", "tui")];

/// What is named in one layer only.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    (".execute(", &["store"]),
    (".execute_batch(", &["store"]),
    (".prepare(", &["store"]),
    (".prepare_cached(", &["store"]),
    (".query_row(", &["store"]),
    (".query_map(", &["store"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli"]),
    ("println!", &["cli"]),
    ("print!", &["cli"]),
    ("stdout()", &["cli", "tui"]),
    ("stderr()", &["cli", "tui"]),
    ("csv::", &["bundle"]),
    ("encoding_rs", &["bundle"]),
    ("minijinja", &["bundle"]),
    ("qrcode", &["bundle"]),
    ("quick_xml", &["bundle"]),
    ("rust_xlsxwriter", &["bundle"]),
    ("lopdf", &["bundle"]),
    ("imagesize", &["bundle"]),
    ("zip::", &["bundle"]),
    ("directories::", &["config"]),
    ("std::env", &["config"]),
    ("env::var", &["config"]),
    ("Utc::now", &["model"]),
    ("Local::now", &["model"]),
];

const NO_NAMES: [&str; 5] = ["util", "utils", "helper", "common", "misc"];

/// Nothing outside tests may stop the program.
const NO_PANICS: [&str; 6] = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];

const MOST_LINES: usize = 500;

fn nothing(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The layers that a file names: after `crate::`, inside `crate::{…}`, or after as many `super::` as lead to the root.
fn uses(source: &Source) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let prefix = if source.layer() == "main" { "kaowu::" } else { "crate::" };
    for (at, _) in source.bare.match_indices(prefix) {
        let rest = &source.bare[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_names(group)),
            None => found.extend(name(rest)),
        }
    }
    let up = "super::".repeat(source.module().len());
    if !up.is_empty() {
        let above = source.bare.match_indices(&up).filter_map(|(at, _)| name(&source.bare[at + up.len()..]));
        found.extend(above);
    }
    found
}

fn name(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The first names of a `{a::b, c}` group, without what stands inside further braces.
fn top_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.extend(name(std::mem::take(&mut part).trim())),
            c => part.push(c),
        }
    }
    names.extend(name(part.trim()));
    names
}

#[test]
fn layers_use_only_what_lies_below_them() {
    let mut found = Vec::new();
    for source in sources() {
        let layer = source.layer();
        if layer == "lib" {
            continue;
        }
        let (_, allowed) =
            LAYERS.iter().find(|(l, _)| *l == layer).unwrap_or_else(|| panic!("no layer: {}", source.path));
        for used in uses(&source) {
            let ours = LAYERS.iter().any(|(l, _)| *l == used);
            let crossing = CROSSINGS.contains(&(source.path.as_str(), used.as_str()));
            if ours && used != layer && !allowed.contains(&used.as_str()) && !crossing {
                found.push(format!("{} uses crate::{used}", source.path));
            }
        }
    }
    nothing(found, "a module uses only the layers below it");
}

#[test]
fn operations_take_only_files_and_their_places_from_config() {
    let ops = sources().into_iter().filter(|s| s.layer() == "ops");
    let found = ops.filter(|s| s.bare.contains("config::environment") || s.bare.contains("config::Environment"));
    nothing(found.map(|s| s.path).collect(), "an operation does not read the environment");
}

#[test]
fn a_pane_knows_no_other_pane_and_not_the_app() {
    let mut found = Vec::new();
    for source in sources() {
        let Some(rest) = source.path.strip_prefix("src/tui/panes/") else { continue };
        let Some((own, _)) = rest.split_once('/') else { continue };
        for (at, _) in source.bare.match_indices("panes::") {
            let other = name(&source.bare[at + "panes::".len()..]).unwrap_or_default();
            if other != own {
                found.push(format!("{} uses panes::{other}", source.path));
            }
        }
        found.extend(["tui::app", "tui::shell", "tui::global"].iter().flat_map(|n| source.hits(n)));
    }
    nothing(found, "a pane uses neither another pane nor the application around it");
}

#[test]
fn outside_crates_and_effects_have_one_place() {
    let mut found = Vec::new();
    for source in sources() {
        for (needle, layers) in ONLY_IN {
            if !layers.contains(&source.layer()) {
                found.extend(source.hits(needle).map(|hit| format!("{needle} outside {layers:?}: {hit}")));
            }
        }
    }
    nothing(found, "each outside crate and effect belongs to one layer");
}

#[test]
fn nothing_outside_tests_can_panic_on_purpose() {
    let all = sources();
    let found = all.iter().flat_map(|s| NO_PANICS.iter().flat_map(|n| s.hits(n).collect::<Vec<_>>())).collect();
    nothing(found, "bad input is refused, never a panic");
}

#[test]
fn files_are_small_and_named_after_what_they_hold() {
    let mut found = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(folder) {
            let lines = std::fs::read_to_string(root().join(&path)).unwrap().lines().count();
            if lines > MOST_LINES {
                found.push(format!("{}: {lines} lines, at most {MOST_LINES}", path.display()));
            }
            let stem = |part: &std::ffi::OsStr| part.to_string_lossy().trim_end_matches(".rs").to_owned();
            if path.iter().any(|part| NO_NAMES.contains(&stem(part).as_str())) {
                found.push(format!("{}: says nothing about what is in it", path.display()));
            }
        }
    }
    nothing(found, "a file is one idea");
}

/// Cargo compiles only declared modules; a forgotten line would silence a whole file.
#[test]
fn every_test_file_is_declared() {
    let mut found = Vec::new();
    for path in rust_files("tests/suite").into_iter().chain(rust_files("src")) {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["main", "lib"].contains(&stem.as_str()) {
            continue;
        }
        let folder = path.parent().unwrap();
        let (name, above) = if stem == "mod" {
            (folder.file_name().unwrap().to_string_lossy().into_owned(), folder.parent().unwrap())
        } else {
            (stem, folder)
        };
        let beside = above.parent().unwrap().join(format!("{}.rs", above.file_name().unwrap().to_string_lossy()));
        let parents = [above.join("mod.rs"), above.join("main.rs"), above.join("lib.rs"), beside];
        let texts = parents.iter().filter_map(|p| std::fs::read_to_string(root().join(p)).ok());
        let line = format!("mod {name};");
        let declares = |l: &str| l.trim().trim_start_matches("pub ").ends_with(&line);
        if !texts.into_iter().any(|text| text.lines().any(declares)) {
            found.push(path.display().to_string());
        }
    }
    nothing(found, "a file that no module declares is never compiled");
}

/// Official words of sheets and names in the made-up site; texts of faults for logs.
const SPEAKING: &[&str] = &[
    // Headings and the closing lines of --help, which is English like the rest of it.
    "src/cli/mod.rs",
    "src/ops/demo/people.rs",
    "src/ops/demo/build.rs",
    "src/ops/demo/reviewing.rs",
    "src/ops/demo/staffing.rs",
    "src/ops/demo/steps.rs",
    "src/store/fault.rs",
    "src/ops/fault.rs",
];

/// Headings and cells of files that offices read, in the language of those files.
const HEADINGS: &[&str] = &["原因", "是", "否", "名称"];

const NO_HAN: [&str; 5] = ["cli", "tui", "ops", "store", "policy"];
/// The store has SQL, and details of broken files for the log; so has the reader of policies.
const NO_SENTENCE: [&str; 3] = ["cli", "tui", "ops"];

#[test]
fn no_sentence_stands_in_code() {
    let mut found = Vec::new();
    for source in sources() {
        if SPEAKING.contains(&source.path.as_str()) {
            continue;
        }
        let (no_han, no_sentence) = (NO_HAN.contains(&source.layer()), NO_SENTENCE.contains(&source.layer()));
        let odd = source.strings.iter().filter(|(_, text)| {
            no_han && has_han(text) && !HEADINGS.contains(&text.as_str()) || no_sentence && is_sentence(text)
        });
        found.extend(odd.map(|(line, text)| format!("{}:{line}: {text:?}", source.path)));
    }
    nothing(found, "words for people live in data/locales");
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Three words in a row that are words of English, outside of SQL.
fn is_sentence(text: &str) -> bool {
    const SQL: [&str; 12] =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WHERE", "PRAGMA", "ORDER", "BEGIN", "VACUUM", "FROM", "JOIN", "AND"];
    if text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| SQL.contains(&word)) {
        return false;
    }
    let is_word =
        |w: &&str| w.len() > 1 && w.trim_end_matches([',', '.', ':', ';']).chars().all(|c| c.is_ascii_alphabetic());
    let words: Vec<bool> = text.split(' ').map(|w| is_word(&w)).collect();
    words.windows(3).any(|three| three.iter().all(|w| *w))
}

#[test]
fn the_rules_above_can_fail() {
    assert!(is_sentence("nothing was saved") && !is_sentence("SELECT one from many rows"));
    assert!(has_han("缺考") && !has_han("×"));
    assert_eq!(top_names("model::{A, B}, ops, text::x::{y::Z}}; use crate::tui;"), ["model", "ops", "text"]);
    let source = |bare: &str| Source {
        path: "src/ops/seating/arrange.rs".into(),
        bare: bare.into(),
        code: String::new(),
        strings: vec![],
    };
    let used: Vec<_> =
        uses(&source("use crate::tui::App; super::super::super::cli::run(); super::x")).into_iter().collect();
    assert_eq!(used, ["cli", "tui"]);
}

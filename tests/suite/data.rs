//! The data files load clean, and code and data name the same things: codes, actions, keys, words.
use crate::source::{Source, sources};
use kaowu::bundle::{codes::Codes, layout::Layout, row_fault};
use kaowu::config::Assets;
use kaowu::ops::KINDS;
use kaowu::policy;
use kaowu::text::{Lang, Locale, catalog::placeholders};
use kaowu::tui::global::{GLOBAL, MOVES};
use kaowu::tui::keymap::{self, Keymap};
use kaowu::tui::pane::{Listed, Show};
use kaowu::tui::panes::PANES;
use kaowu::tui::theme::{self, Theme};
use std::collections::{BTreeMap, BTreeSet};

/// Actions that have no key of their own; the palette reaches them.
const PALETTE_ONLY: &[&str] = &[
    "app.open_batch",
    "app.change_policy",
    "app.choose_batch",
    "app.pin",
    "app.together",
    "app.copy",
    "app.theme",
    "app.language",
    "applications.enterprises",
    "checkin.close_absent",
];
/// Shown at the end of the hint line by the frame itself.
const ALWAYS_HINTED: [&str; 3] = ["app.help", "app.palette", "app.quit"];

/// Tables whose keys are codes in policy files.
const NAMED_BY_POLICIES: [&str; 2] = ["material", "deadline"];

fn assets() -> Assets {
    Assets::default()
}

fn locales() -> [(Lang, Locale); 2] {
    Lang::ALL.map(|lang| (lang, Locale::load(&assets(), lang).0))
}

/// Fails with every key that one of the languages lacks.
fn all_have_words(keys: impl IntoIterator<Item = String>) {
    let locales = locales();
    let mut found = Vec::new();
    for key in keys {
        for (lang, locale) in &locales {
            if !locale.has(&key) {
                found.push(format!("{} has no words for {key}", lang.code()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The literal after each `before` in the code outside tests, up to the next quote.
fn literals_after<'s>(sources: &'s [Source], before: &str) -> BTreeSet<&'s str> {
    let found = sources.iter().flat_map(|s| s.code.split(before).skip(1).map(|rest| rest.split('"').next().unwrap()));
    found.collect()
}

/// Codes of refusals and row faults; the name of a refusal has a dot, that of a row fault none.
fn codes(sources: &[Source]) -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = literals_after(sources, "Code(\"").into_iter().map(str::to_owned).collect();
    codes.extend(row_fault::code::ALL.iter().map(|c| c.0.to_owned()));
    codes
}

/// Every action that a layer has, with the name of the layer's table of keys.
fn actions(sources: &[Source]) -> Vec<(&'static str, Listed)> {
    let mut all: Vec<(&'static str, Listed)> =
        PANES.iter().flat_map(|tab| (tab.actions)().into_iter().map(|a| (tab.id, a))).collect();
    for (id, show) in overlay_actions(sources) {
        let table: &'static str = id.rsplit_once('.').unwrap().0.to_owned().leak();
        all.push((table, Listed { id: id.leak(), show }));
    }
    all.extend(GLOBAL.iter().map(|g| (keymap::GLOBAL, Listed { id: g.id, show: Show::Help })));
    all.extend(MOVES.iter().map(|id| (keymap::GLOBAL, Listed { id, show: Show::Help })));
    all
}

/// Overlays list their actions in code; each overlay has a table of keys of its name, which its actions begin with.
fn overlay_actions(sources: &[Source]) -> Vec<(String, Show)> {
    let keys = default_keys();
    let tables: BTreeSet<&str> = keys.bindings().map(|(table, _, _)| table).collect();
    let overlays = tables.iter().filter(|t| **t != keymap::GLOBAL && !PANES.iter().any(|tab| tab.id == **t));
    let overlays: Vec<String> = overlays.map(|t| format!("{t}.")).collect();
    let layers = literals_after(sources, "const ID: &'static str = \"");
    let [(_, words), _] = locales();
    let codes = codes(sources);
    let mut found = BTreeMap::new();
    for (_, id) in sources.iter().filter(|s| s.layer() == "tui").flat_map(|s| &s.strings) {
        let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.');
        if plain
            && !layers.contains(id.as_str())
            && !words.has(id)
            && !codes.contains(id)
            && overlays.iter().any(|t| id.starts_with(t.as_str()))
        {
            let hinted = [format!("\"{id}\", Show::Hint"), format!("\"{id}\", show: Show::Hint")];
            let hinted = sources.iter().any(|s| hinted.iter().any(|h| s.code.contains(h.as_str())));
            let show = if hinted || words.has(&format!("hint_bar.{id}")) { Show::Hint } else { Show::Help };
            found.insert(id.clone(), show);
        }
    }
    found.into_iter().collect()
}

fn default_keys() -> Keymap {
    let (keymap, warnings) = Keymap::parse("default.toml", assets().embedded("keymaps/default.toml").unwrap());
    assert_eq!(warnings, []);
    keymap
}

#[test]
fn themes_layouts_codes_policies_and_words_load_without_a_word() {
    let assets = assets();
    for name in assets.names("themes", ".toml") {
        let (_, warnings) = Theme::load(&name, &|n| assets.read(&format!("themes/{n}.toml")));
        assert_eq!(warnings, [], "{name}");
    }
    for name in assets.names("layouts", ".toml") {
        let layout = Layout::parse(&assets.read(&format!("layouts/{name}.toml")).unwrap());
        assert!(layout.is_ok(), "{name}: {:?}", layout.err());
    }
    Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    for name in assets.names("policies", ".toml").iter().filter(|n| *n != "base") {
        let loaded = policy::load(name, &|n| assets.read(&format!("policies/{n}.toml")));
        assert!(loaded.is_ok(), "{name}: {:?}", loaded.err());
    }
    for lang in Lang::ALL {
        assert_eq!(Locale::load(&assets, lang).1, Vec::<String>::new());
    }
    default_keys();
}

/// A data file that is not compiled in would be read by nobody.
#[test]
fn every_data_file_is_compiled_in() {
    let mut found = Vec::new();
    for folder in
        ["codes", "criteria", "keymaps", "layouts", "policies", "locales/zh-CN", "locales/en", "themes", "forms"]
    {
        let base = if folder == "themes" { "" } else { "data/" };
        let Ok(entries) = std::fs::read_dir(crate::source::root().join(base).join(folder)) else { continue };
        let names = entries.flatten().map(|e| format!("{folder}/{}", e.file_name().to_string_lossy()));
        found.extend(names.filter(|name| assets().embedded(name).is_none()));
    }
    assert!(found.is_empty(), "not in config/embedded.rs: {found:?}");
}

#[test]
fn both_languages_say_the_same_things_with_the_same_placeholders() {
    let [(_, chinese), (_, english)] = locales();
    let keys = |l: &Locale| l.keys().map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<BTreeMap<_, _>>();
    let (chinese, english) = (keys(&chinese), keys(&english));
    let mut found: Vec<String> =
        chinese.keys().filter(|k| !english.contains_key(*k)).map(|k| format!("en lacks {k}")).collect();
    found.extend(english.keys().filter(|k| !chinese.contains_key(*k)).map(|k| format!("zh-CN lacks {k}")));
    for (key, text) in &chinese {
        let other = english.get(key).map_or(text, |t| t);
        if placeholders(text) != placeholders(other) {
            found.push(format!("{key}: {:?} and {:?}", placeholders(text), placeholders(other)));
        }
    }
    found.extend(
        chinese.iter().chain(&english).filter(|(_, v)| v.trim().is_empty()).map(|(k, _)| format!("{k} is empty")),
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Tables of one name may stand in several files, and so may a key, but then it says the same: one would win by chance.
#[test]
fn a_key_says_one_thing_only() {
    for lang in Lang::ALL {
        let mut seen: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut found = Vec::new();
        let folder = format!("locales/{}", lang.code());
        for name in assets().names(&folder, ".toml") {
            let table: toml::Table = assets().embedded(&format!("{folder}/{name}.toml")).unwrap().parse().unwrap();
            let mut words = Vec::new();
            flatten("", &table, &mut words);
            for (key, text) in words {
                let (before, said) = seen.entry(key.clone()).or_insert((name.clone(), text.clone()));
                if *said != text {
                    found.push(format!("{}: {key} in {before} and {name}: {said} and {text}", lang.code()));
                }
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

fn flatten(prefix: &str, table: &toml::Table, words: &mut Vec<(String, String)>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&path, inner, words),
            other => words.push((path, other.as_str().unwrap_or_default().to_owned())),
        }
    }
}

#[test]
fn every_code_has_words() {
    let sources = sources();
    let codes = codes(&sources);
    assert!(codes.len() > 100, "the scan finds too little: {}", codes.len());
    let [(_, chinese), _] = locales();
    let key = |code: &String| {
        let table = if !code.contains('.') {
            "fault"
        } else if chinese.has(&format!("file_fault.{code}")) {
            "file_fault"
        } else {
            "refusal"
        };
        format!("{table}.{code}")
    };
    all_have_words(codes.iter().map(key));
}

#[test]
fn every_operation_has_words() {
    all_have_words(KINDS.iter().map(|k| format!("kind.{}", k.name)));
    all_have_words(["kind_whole", "kind_masked"].map(|told| format!("{told}.exchange.export")));
    let instead = KINDS.iter().filter_map(|k| match k.undo {
        kaowu::ops::Undo::Instead(way) => Some(way),
        kaowu::ops::Undo::Allowed | kaowu::ops::Undo::Never => None,
    });
    let unknown: Vec<_> = instead.filter(|way| !KINDS.iter().any(|k| k.name == *way)).collect();
    assert!(unknown.is_empty(), "named as the way back, but no operation: {unknown:?}");
}

#[test]
fn every_operation_is_in_the_list() {
    let sources = sources();
    let in_code: BTreeSet<&str> = literals_after(&sources, "const KIND: &'static str = \"");
    let listed: BTreeSet<&str> = KINDS.iter().map(|k| k.name).collect();
    assert_eq!(in_code, listed);
    assert_eq!(listed.len(), KINDS.len(), "an operation stands twice in KINDS");
}

#[test]
fn every_action_has_words_and_hints() {
    let sources = sources();
    let actions = actions(&sources);
    let words = actions.iter().map(|(_, a)| format!("action.{}", a.id));
    let hints = actions.iter().filter(|(_, a)| a.show == Show::Hint).map(|(_, a)| format!("hint_bar.{}", a.id));
    let always = ALWAYS_HINTED.iter().map(|id| format!("hint_bar.{id}"));
    all_have_words(words.chain(hints).chain(always));
}

#[test]
fn every_pane_has_names() {
    all_have_words(PANES.iter().flat_map(|tab| [format!("tab.{}", tab.id), format!("pane.{}", tab.id)]));
}

#[test]
fn every_action_can_be_reached_and_every_key_leads_somewhere() {
    let sources = sources();
    let (keys, actions) = (default_keys(), actions(&sources));
    let mut found = Vec::new();
    for (table, action) in &actions {
        let bound = keys.bindings().any(|(t, _, id)| id == action.id && (t == *table || t == keymap::GLOBAL));
        if bound == PALETTE_ONLY.contains(&action.id) {
            let state = if bound { "has a key: take it off PALETTE_ONLY" } else { "has no key" };
            found.push(format!("{} {state}", action.id));
        }
    }
    for (table, chord, id) in keys.bindings() {
        let known = |(t, action): &(&str, Listed)| action.id == id && (*t == table || *t == keymap::GLOBAL);
        if !actions.iter().any(known) {
            found.push(format!("[{table}] {chord} = {id}: no such action there"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_warning_has_words() {
    let codes = keymap::WARNINGS.iter().chain(&theme::WARNINGS);
    all_have_words(codes.map(|code| format!("warning.{code}")));
}

/// Tables of words whose keys are made from codes, and all the codes there are.
fn made_keys(sources: &[Source]) -> Vec<(&'static str, BTreeSet<String>)> {
    let owned = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect::<BTreeSet<_>>();
    let (codes, actions) = (codes(sources), actions(sources));
    let shown = actions.iter().filter(|(_, a)| a.show == Show::Hint).map(|(_, a)| a.id);
    let faults = sources.iter().find(|s| s.path == "src/policy/fault.rs").unwrap();
    let faults = faults.code.lines().filter_map(|l| l.strip_prefix("pub const ")?.split('"').nth(1));
    let panes = PANES.iter().map(|t| t.id);
    let layers = literals_after(sources, "fn id(&self) -> &'static str {\n        \"");
    let parts = literals_after(sources, "const ID: &'static str = \"");
    let layers: BTreeSet<&str> = layers.union(&parts).copied().collect();
    vec![
        ("refusal", codes.iter().filter(|c| c.contains('.')).cloned().collect()),
        ("file_fault", codes.clone()),
        ("hint", codes.clone()),
        ("fault", codes),
        ("policy_fault", owned(&mut faults.into_iter())),
        ("action", owned(&mut actions.iter().map(|(_, a)| a.id))),
        ("hint_bar", owned(&mut shown.chain(ALWAYS_HINTED))),
        ("kind", owned(&mut KINDS.iter().map(|k| k.name))),
        ("warning", owned(&mut keymap::WARNINGS.iter().chain(&theme::WARNINGS).copied())),
        ("tab", owned(&mut panes.clone())),
        ("about", owned(&mut panes.clone().chain(layers.iter().copied()))),
        ("pane", owned(&mut panes.chain(layers.iter().copied()))),
    ]
}

/// Beginnings and ends of keys put together in code: `format!("batch_state.{}", …)`.
fn patterns(sources: &[Source], made: &[(&str, BTreeSet<String>)]) -> Vec<(String, String)> {
    let literals = sources.iter().flat_map(|s| &s.strings).map(|(_, text)| text);
    let part = |text: &String| {
        let (before, rest) = text.split_once('{')?;
        let (_, after) = rest.rsplit_once('}')?;
        let (table, _) = before.split_once('.')?;
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._".contains(&b));
        let open = !made.iter().any(|(name, _)| *name == table);
        (plain(before) && plain(after) && open && !table.is_empty()).then(|| (before.to_owned(), after.to_owned()))
    };
    literals.filter_map(part).collect()
}

#[test]
fn no_words_are_left_over() {
    let sources = sources();
    let made = made_keys(&sources);
    let patterns = patterns(&sources, &made);
    let literals: BTreeSet<&str> = sources.iter().flat_map(|s| &s.strings).map(|(_, text)| text.as_str()).collect();
    let [(_, chinese), _] = locales();
    let used = |key: &str| {
        let (table, rest) = key.split_once('.').unwrap_or((key, ""));
        literals.contains(key)
            || made.iter().any(|(name, codes)| *name == table && codes.contains(rest))
            || patterns.iter().any(|(a, b)| key.len() > a.len() + b.len() && key.starts_with(a) && key.ends_with(b))
    };
    let policies: String = assets()
        .names("policies", ".toml")
        .iter()
        .filter_map(|n| assets().read(&format!("policies/{n}.toml")))
        .collect();
    let named = |key: &str| {
        let (table, rest) = key.split_once('.').unwrap_or((key, ""));
        NAMED_BY_POLICIES.contains(&table) && policies.contains(&format!("\"{rest}\""))
    };
    // The page of keys has a heading for every table of the keymap.
    let keymap = assets().read("keymaps/default.toml").unwrap();
    let heads = |key: &str| key.strip_prefix("pane.").is_some_and(|table| keymap.contains(&format!("\n[{table}]\n")));
    let used = |key: &str| used(key) || named(key) || heads(key);
    let mut left: Vec<&str> = chinese.keys().map(|(key, _)| key).filter(|key| !used(key)).collect();
    left.sort_unstable();
    assert!(left.is_empty(), "words that no code asks for:\n{}", left.join("\n"));
}

/// A mistyped key would show itself on the screen.
#[test]
fn every_key_in_code_has_words() {
    let sources = sources();
    let mut keys = BTreeSet::new();
    for before in ["word(\"", "say(\"", "say_data(\"", "Col::Left(\"", "Col::Right(\"", "Datum::Word(\""] {
        keys.extend(literals_after(&sources, before));
    }
    for source in &sources {
        // `cx.say(Tone::Good, "undo.done", …)`, on one line or several.
        let said = source.code.split("Tone::").skip(1).filter_map(|rest| {
            let (_, rest) = rest.split_once(',')?;
            rest.trim_start().strip_prefix('"')?.split('"').next()
        });
        keys.extend(said);
    }
    assert!(keys.len() > 30, "the scan finds too little: {keys:?}");
    all_have_words(keys.into_iter().filter(|key| key.contains('.') && !key.contains('{')).map(str::to_owned));
}

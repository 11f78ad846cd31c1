//! Keys to action ids, from TOML: `[checkin]` tables with lines such as `"enter" = "checkin.admit"`.
//!
//! A pane's own table comes before `[global]`. A user's file is merged key by key; an empty id takes the key away
//! in that table, and it does not fall through to `[global]`.
use super::chord::{Chord, NotChord};
use super::warning::{Source, Warning};
use std::collections::btree_map::{BTreeMap, Entry};
use toml::de::{DeTable, DeValue};

pub const GLOBAL: &str = "global";

/// Locale keys of the warnings that [`Keymap::parse`] can give.
pub const WARNINGS: [&str; 6] = [SYNTAX, NOT_TABLE, NOT_ACTION, UNKNOWN_CHORD, FORBIDDEN_CHORD, CONFLICT];
const SYNTAX: &str = "keymap.syntax";
const NOT_TABLE: &str = "keymap.not_table";
const NOT_ACTION: &str = "keymap.not_action";
const UNKNOWN_CHORD: &str = "keymap.unknown_chord";
const FORBIDDEN_CHORD: &str = "keymap.forbidden_chord";
const CONFLICT: &str = "keymap.conflict";

type Bindings = BTreeMap<Chord, String>;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    tables: BTreeMap<String, Bindings>,
}

impl Keymap {
    /// Reads a keymap; what cannot be understood is left out and told. `file` is only a name for the warnings.
    pub fn parse(file: &str, text: &str) -> (Keymap, Vec<Warning>) {
        let source = Source { file, text };
        let mut warnings = Vec::new();
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            warnings.push(source.warn(SYNTAX, error.span().map_or(0, |s| s.start), error.message()));
        }
        let mut keymap = Keymap::default();
        for (name, value) in document.get_ref() {
            let DeValue::Table(table) = value.get_ref() else {
                warnings.push(source.warn(NOT_TABLE, name.span().start, name.get_ref()));
                continue;
            };
            let bindings = read_table(source, table, &mut warnings);
            keymap.tables.entry(name.get_ref().to_string()).or_default().extend(bindings);
        }
        warnings.sort_by_key(|w| w.line);
        (keymap, warnings)
    }

    /// Lays another keymap over this one, key by key.
    pub fn merge(&mut self, over: &Keymap) {
        for (name, bindings) in &over.tables {
            let table = self.tables.entry(name.clone()).or_default();
            table.extend(bindings.iter().map(|(chord, id)| (*chord, id.clone())));
        }
    }

    /// The action behind a chord in a pane: its own table first, then that of the family before the dot of its name, such
    /// as `dossier` for `dossier.person`.
    pub fn lookup(&self, pane: &str, chord: Chord) -> Option<&str> {
        let id = tables_of(pane).find_map(|name| self.tables.get(name).and_then(|t| t.get(&chord)))?;
        Some(id.as_str()).filter(|id| !id.is_empty())
    }

    /// Chords that reach an action in a pane, in the order of [`Chord`]: for hints, help and the palette.
    pub fn chords(&self, pane: &str, action: &str) -> Vec<Chord> {
        let tables = tables_of(pane).filter_map(|name| self.tables.get(name));
        let mut chords: Vec<Chord> = tables.flat_map(|t| t.keys().copied()).collect();
        chords.sort_unstable();
        chords.dedup();
        chords.retain(|chord| self.lookup(pane, *chord) == Some(action));
        chords
    }

    /// Every binding as (table, chord, action), empty ids left out: for tests and generated pages.
    pub fn bindings(&self) -> impl Iterator<Item = (&str, Chord, &str)> {
        let all = self.tables.iter().flat_map(|(name, t)| t.iter().map(|(c, id)| (name.as_str(), *c, id.as_str())));
        all.filter(|(_, _, id)| !id.is_empty())
    }
}

fn tables_of(pane: &str) -> impl Iterator<Item = &str> {
    let family = pane.split_once('.').map(|(family, _)| family);
    [Some(pane), family, Some(GLOBAL)].into_iter().flatten()
}

fn read_table(source: Source<'_>, table: &DeTable<'_>, warnings: &mut Vec<Warning>) -> Bindings {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    let mut bindings = Bindings::new();
    for (name, value) in entries {
        let mut warn = |code, text: &str| warnings.push(source.warn(code, name.span().start, text));
        let Some(id) = value.get_ref().as_str().filter(|id| is_action(id)) else {
            warn(NOT_ACTION, name.get_ref());
            continue;
        };
        let chord = match Chord::parse(name.get_ref()) {
            Ok(chord) => chord,
            Err(NotChord::Unknown) => {
                warn(UNKNOWN_CHORD, name.get_ref());
                continue;
            }
            Err(NotChord::Forbidden) => {
                warn(FORBIDDEN_CHORD, name.get_ref());
                continue;
            }
        };
        match bindings.entry(chord) {
            Entry::Occupied(_) => warn(CONFLICT, name.get_ref()),
            Entry::Vacant(free) => drop(free.insert(id.to_owned())),
        }
    }
    bindings
}

/// Empty (unbind), or words of lower-case letters, digits and `_` joined by dots.
fn is_action(id: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    id.is_empty() || id.split('.').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DEFAULT: &str = "[global]\n\"f1\" = \"app.help\"\n\"?\" = \"app.help\"\n\"q\" = \"app.quit\"\n\n\
        [checkin]\n\"enter\" = \"checkin.admit\"\n\"q\" = \"checkin.queue\"\n";

    fn clean(text: &str) -> Keymap {
        let (keymap, warnings) = Keymap::parse("keys.toml", text);
        assert_eq!(warnings, []);
        keymap
    }

    #[test]
    fn the_pane_comes_before_global() {
        let keys = clean(DEFAULT);
        assert_eq!(keys.lookup("checkin", Chord::Enter), Some("checkin.admit"));
        assert_eq!(keys.lookup("checkin", Chord::Char('q')), Some("checkin.queue"));
        assert_eq!(keys.lookup("entry", Chord::Char('q')), Some("app.quit"));
        assert_eq!(keys.lookup("entry", Chord::Enter), None);
        assert_eq!(keys.chords("checkin", "app.quit"), []);
        assert_eq!(keys.chords("entry", "app.quit"), [Chord::Char('q')]);
        assert_eq!(keys.chords("checkin", "app.help"), [Chord::F(1), Chord::Char('?')]);
    }

    #[test]
    fn a_user_file_changes_single_keys() {
        let mut keys = clean(DEFAULT);
        keys.merge(&clean("[checkin]\nq = \"\"\nspace = \"checkin.admit\"\n"));
        assert_eq!(keys.lookup("checkin", Chord::Char('q')), None);
        assert_eq!(keys.chords("checkin", "checkin.admit"), [Chord::Enter, Chord::Char(' ')]);
        assert_eq!(keys.bindings().count(), 5);
    }

    #[test]
    fn faults_are_told_with_their_line_and_the_rest_counts() {
        let text = "top = 1\n[a]\n\"ctrl-s\" = \"a.b\"\n\"alt-x\" = \"a.b\"\nentr = \"a.b\"\nesc = \"a.b\"\n\
            escape = \"a.c\"\ntab = 3\nup = \"Up!\"\ndown = \"a.down\"\n";
        let (keys, warnings) = Keymap::parse("u.toml", text);
        let told: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        assert_eq!(
            told,
            [
                "u.toml:1 keymap.not_table top",
                "u.toml:3 keymap.forbidden_chord ctrl-s",
                "u.toml:4 keymap.forbidden_chord alt-x",
                "u.toml:5 keymap.unknown_chord entr",
                "u.toml:7 keymap.conflict escape",
                "u.toml:8 keymap.not_action tab",
                "u.toml:9 keymap.not_action up",
            ]
        );
        assert_eq!(keys.lookup("a", Chord::Down), Some("a.down"));
        assert_eq!(keys.lookup("a", Chord::Esc), Some("a.b"));
    }

    #[test]
    fn broken_toml_is_a_warning() {
        let (_, warnings) = Keymap::parse("u.toml", "[a]\nx = \"a.b\"\ny = = 3\n");
        assert_eq!(warnings.first().map(|w| (w.code, w.line)), Some((SYNTAX, 3)));
    }

    fn keymaps() -> impl Strategy<Value = Keymap> {
        let chord = prop_oneof![
            Just(Chord::Enter),
            (1u8..=12).prop_map(Chord::F),
            prop::char::range('a', 'f').prop_map(Chord::Char)
        ];
        let table = prop::collection::btree_map(chord, "(|a\\.[a-c])", 0..6);
        prop::collection::btree_map("(global|a|b)", table, 0..3).prop_map(|tables| Keymap { tables })
    }

    proptest! {
        #[test]
        fn merging_twice_is_merging_once(base in keymaps(), over in keymaps()) {
            let mut once = base;
            once.merge(&over);
            let mut twice = once.clone();
            twice.merge(&over);
            prop_assert_eq!(&once, &twice);
            let mut itself = once.clone();
            itself.merge(&once);
            prop_assert_eq!(itself, once);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Keymap::parse("x", &text);
        }
    }
}

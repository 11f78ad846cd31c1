//! `docs/keys.md` from the keymap and the words, `docs/cli.md` from the commands themselves.
use crate::generated;
use crate::harness::Shell;
use clap::{Arg, Command, CommandFactory};
use kaowu::cli::{Cli, Exit};
use kaowu::config::Assets;
use kaowu::text::{Lang, Locale};
use kaowu::tui::chord::Chord;
use kaowu::tui::keymap::{GLOBAL, Keymap};
use kaowu::tui::panes::PANES;
use std::collections::BTreeMap;
use std::fmt::Write;

#[test]
fn the_page_of_keys_is_fresh() {
    let assets = Assets::default();
    let (keymap, _) = Keymap::parse("default.toml", assets.embedded("keymaps/default.toml").unwrap());
    let [chinese, english] = Lang::ALL.map(|lang| Locale::load(&assets, lang).0);
    let mut tables: BTreeMap<&str, BTreeMap<&str, Vec<Chord>>> = BTreeMap::new();
    for (table, chord, id) in keymap.bindings() {
        tables.entry(table).or_default().entry(id).or_default().push(chord);
    }
    let panes = PANES.iter().map(|tab| tab.id);
    let overlays = tables.keys().copied().filter(|t| *t != GLOBAL && !PANES.iter().any(|tab| tab.id == *t));
    let order: Vec<&str> = [GLOBAL].into_iter().chain(panes).chain(overlays).collect();
    let mut page = String::from(
        "# Keys\n\nMade from `data/keymaps/default.toml` by a test. A pane's own keys come before the global ones. Any line can be changed \
         in the\nsite's folder: `data/keymaps/default.toml` there is laid over the default key by key, and an empty action takes a key away.\n\
         While a text field has the focus, letters and digits are text.\n",
    );
    for table in order {
        let Some(actions) = tables.get(table) else { continue };
        let heading = if table == GLOBAL { "help.everywhere".to_owned() } else { format!("pane.{table}") };
        write!(page, "\n## {} · {} · `[{table}]`\n\n", english.word(&heading), chinese.word(&heading)).unwrap();
        page.push_str("| keys | action | English | 中文 |\n|---|---|---|---|\n");
        for (id, chords) in actions {
            let keys: Vec<_> = chords.iter().map(|c| format!("`{c}`")).collect();
            let key = format!("action.{id}");
            writeln!(page, "| {} | `{id}` | {} | {} |", keys.join(" "), english.word(&key), chinese.word(&key))
                .unwrap();
        }
    }
    assert!(!page.contains("## pane."), "a table of keys has no heading in words");
    generated::page("docs/keys.md", &page);
}

#[test]
fn the_page_of_commands_is_fresh() {
    let mut command = Cli::command();
    command.build();
    let mut page = String::from("# Commands\n\nMade from the program by a test.\n");
    write!(page, "\n## kaowu\n\n{}\n\n### Options of every command\n\n", about(&command)).unwrap();
    table(&mut page, command.get_arguments().filter(|arg| arg.is_global_set()));
    page.push_str("\n### Exit status\n\n| status | what it says |\n|---|---|\n");
    let (locale, _) = Locale::load(&Assets::default(), Lang::English);
    for exit in Exit::ALL {
        writeln!(page, "| {} | {} |", exit as u8, locale.word(&exit.key())).unwrap();
    }
    for sub in command.get_subcommands() {
        describe(&mut page, sub, "kaowu");
    }
    generated::page("docs/cli.md", &page);
}

/// Commands, subcommands and arguments without a word about them.
fn silent(command: &Command, above: &str) -> Vec<String> {
    let name = format!("{above} {}", command.get_name());
    let mut found: Vec<_> = about(command).is_empty().then(|| name.clone()).into_iter().collect();
    let mute = command.get_arguments().filter(|arg| arg.get_help().is_none_or(|help| help.to_string().is_empty()));
    found.extend(mute.map(|arg| format!("{name}: {}", arg.get_id())));
    found.extend(command.get_subcommands().flat_map(|sub| silent(sub, &name)));
    found
}

#[test]
fn everything_has_a_help_text() {
    let mut command = Cli::command();
    command.build();
    let found = silent(&command, "");
    assert!(found.is_empty(), "{}", found.join("\n"));
    let help = Shell::new().run("--help").done().out;
    let last: Vec<_> = help.trim_end().lines().rev().take(3).collect();
    assert!(last.iter().all(|line| line.trim_start().starts_with("kaowu")), "{help}");
}

fn describe(page: &mut String, command: &Command, above: &str) {
    let name = format!("{above} {}", command.get_name());
    write!(page, "\n## {name}\n\n{}\n", about(command)).unwrap();
    let own: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help").collect();
    if !own.is_empty() {
        page.push('\n');
        table(page, own.into_iter());
    }
    for sub in command.get_subcommands() {
        describe(page, sub, &name);
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn table<'a>(page: &mut String, arguments: impl Iterator<Item = &'a Arg>) {
    page.push_str("| argument | what it is |\n|---|---|\n");
    for arg in arguments {
        let short = arg.get_short().map(|c| format!(", -{c}")).unwrap_or_default();
        let value = arg.get_value_names().and_then(|n| n.first()).map(ToString::to_string);
        let value = value.filter(|_| arg.get_action().takes_values());
        let name = match (arg.get_long(), value) {
            (Some(long), Some(value)) => format!("--{long}{short} {value}"),
            (Some(long), None) => format!("--{long}{short}"),
            (None, value) => value.unwrap_or_else(|| arg.get_id().to_string().to_uppercase()),
        };
        let many = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) { "…" } else { "" };
        let need = if arg.is_required_set() { " (required)" } else { "" };
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let values: Vec<_> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        if !values.is_empty() && arg.get_action().takes_values() {
            write!(help, " [{}]", values.join(", ")).unwrap();
        }
        writeln!(page, "| `{name}{many}` | {}{need} |", help.trim().replace('|', "\\|")).unwrap();
    }
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let shell = Shell::new();
    let mut command = Cli::command();
    command.build();
    let names: Vec<_> = command.get_subcommands().map(|c| c.get_name().to_owned()).filter(|n| n != "help").collect();
    for kind in ["bash", "zsh", "fish"] {
        let script = shell.run(&format!("completions {kind}")).done().out;
        let missing: Vec<_> = names.iter().filter(|n| !script.contains(n.as_str())).collect();
        assert!(missing.is_empty(), "{kind}: {missing:?}");
    }
    assert_eq!(shell.run("completions tcsh").status, 2);
    assert!(shell.run("man").done().out.starts_with(".ie"));
    shell.run("man --out pages").done();
    let pages = [shell.run("man").done().out, std::fs::read_to_string(shell.path("pages/kaowu.1")).unwrap()];
    assert!(pages.iter().all(|page| page.contains(".SH 退出状态") && page.contains("\n70\n")));
    for name in &names {
        assert!(shell.path(&format!("pages/kaowu-{name}.1")).exists(), "{name}");
    }
}

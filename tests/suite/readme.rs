//! The screens in README.md are drawn by the program; the commands in it exist.
use crate::generated;
use crate::harness::{Desk, Screen};
use crate::source::root;
use clap::CommandFactory;
use kaowu::cli::Cli;
use kaowu::text::Lang;

#[test]
fn the_screens_in_the_readme_are_fresh() {
    let door = Screen::open(Desk::seated(65), "checkin").text();
    let table = Screen::sized(Desk::seated(65), "applications", Lang::English, (80, 24)).text();
    let framed = |caption: &str, text: &str| format!("{caption}\n\n```text\n{}\n```\n", text.trim_end());
    let text = format!(
        "{}\n{}",
        framed("The door, in Chinese: type or scan a ticket, an ID number, a name or its pinyin.", &door),
        framed("Applications, in English.", &table)
    );
    generated::block("README.md", "screens", &text);
}

/// Every `kaowu …` line of the README names commands and options that there are.
#[test]
fn the_commands_in_the_readme_are_understood() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let lines = readme.lines().filter(|line| line.starts_with("kaowu "));
    let commands = lines.flat_map(|line| line.split(" && ")).map(str::trim);
    // What other programs do with what it wrote is theirs.
    let commands: Vec<&str> = commands.filter(|command| command.starts_with("kaowu ")).collect();
    assert!(commands.len() >= 10, "{commands:?}");
    for line in commands {
        let line = line.split('#').next().unwrap().replace('"', "");
        let parsed = Cli::command().try_get_matches_from(line.split_whitespace());
        assert!(parsed.is_ok(), "{line}: {}", parsed.err().unwrap());
    }
}

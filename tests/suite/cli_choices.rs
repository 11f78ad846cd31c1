//! What was asked for and is not there is said, not passed over.
use crate::harness::Shell;
use clap::CommandFactory;
use kaowu::cli::Cli;

/// An option of a command that had the name of one common to all would be taken for it.
#[test]
fn no_command_has_an_option_by_the_name_of_a_common_one() {
    fn walk(command: &clap::Command, common: &[String]) {
        for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
            assert!(!common.contains(&arg.get_id().to_string()), "{}: {}", command.get_name(), arg.get_id());
        }
        command.get_subcommands().for_each(|sub| walk(sub, common));
    }
    let cli = Cli::command();
    let common: Vec<_> = cli.get_arguments().filter(|a| a.is_global_set()).map(|a| a.get_id().to_string()).collect();
    assert!(common.len() > 10);
    cli.get_subcommands().for_each(|sub| walk(sub, &common));
}

#[test]
fn unknown_languages_themes_and_kinds_are_named() {
    let shell = Shell::with_batch();
    let lang = shell.run("batch list --lang fr");
    assert_eq!((lang.status, lang.err.contains("zh-CN")), (2, true), "{}", lang.err);
    let theme = shell.run("batch list --theme nope");
    assert_eq!((theme.status, theme.err.contains("high-contrast")), (2, true), "{}", theme.err);
    let kind = shell.run("log --kind foo");
    assert_eq!((kind.status, kind.err.contains("checkin")), (1, true), "{}", kind.err);
    assert_eq!(shell.run("log --kind batch").done().out.lines().count(), 2);
}

#[test]
fn a_batch_closes_with_a_reason_and_undo_opens_it_again() {
    let shell = Shell::with_batch();
    assert_eq!(shell.run("batch close").status, 1);
    shell.run("batch close --reason done").done();
    let none = shell.run("application list");
    assert!(none.status == 1 && none.err.contains("--batch"), "{}", none.err);
    let op = shell.run("log --kind batch.close --json").done().json()[0]["operation"].as_i64().unwrap();
    shell.run(&format!("undo --op {op} --reason again")).done();
    shell.run("application list").done();
}

/// An option of a command with the id of an option of every command would be taken for it, and the other refused.
#[test]
fn no_option_of_a_command_takes_the_place_of_a_common_one() {
    fn walk(command: &clap::Command, common: &[String]) {
        for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
            let taken = common.iter().any(|id| id == arg.get_id().as_str());
            assert!(!taken, "{} {}", command.get_name(), arg.get_id());
        }
        command.get_subcommands().for_each(|sub| walk(sub, common));
    }
    let root = <kaowu::cli::Cli as clap::CommandFactory>::command();
    let common = root.get_arguments().filter(|arg| arg.is_global_set());
    let common: Vec<_> = common.map(|arg| arg.get_id().to_string()).collect();
    assert!(common.len() > 5);
    root.get_subcommands().for_each(|sub| walk(sub, &common));
}

#[test]
fn signing_on_does_not_narrow_the_journal() {
    let shell = Shell::with_batch();
    shell.run("operator add Li --role proctor").done();
    let all = shell.run("log --json").done().json();
    assert_eq!(shell.run("log --json --as Li").done().json(), all);
    assert_eq!(shell.run("--as Li log --json").done().json(), all);
    assert_eq!(shell.run("log --json --operator Li").done().json().as_array().unwrap().len(), 0);
}

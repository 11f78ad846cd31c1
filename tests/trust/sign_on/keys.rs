//! Keys and accounts that name operators, and what a mere name may not do against them.
use crate::harness::{Desk, Shell};
use kaowu::model::Role;
use kaowu::ops::upkeep::{AddOperator, Bind, Binding, Credential, DisableOperator, Unbind, Way, keys, sign_on_by};
use kaowu::ops::{Error, Result};
use std::os::unix::fs::PermissionsExt;

const ZHANG: &str = "SHA256:n5jwb9CL+jNiPHmZOz+USEJ2cQ6rbVSOBOXw075y8CA";
const LI: &str = "SHA256:AAAAb9CL+jNiPHmZOz+USEJ2cQ6rbVSOBOXw075y8CA";
/// The key of `ZHANG`.
const LINE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAFkmTMfCvSpfagwLjlp0Er8GUCz5KNXdoUr3vK6BDa3";

fn desk() -> Desk {
    let mut desk = Desk::with_batch();
    for name in ["zhang", "li"] {
        let (name, roles) = (name.to_owned(), vec![Role::Proctor]);
        desk.does(&AddOperator { name, roles, os_user: None, unit: None, pin_hash: None });
    }
    desk
}

fn key(print: &str) -> Binding {
    Binding::SshKey(print.to_owned())
}

/// Signs on over SSH with these keys; who it is then.
fn over_ssh(desk: &mut Desk, name: Option<&str>, prints: &[&str]) -> Result<String> {
    let prints: Vec<_> = prints.iter().map(|p| (*p).to_owned()).collect();
    let credential = match name {
        Some(name) => Credential::Named { name, pin: None, os_user: Some("kaowu") },
        None => Credential::OsUser("kaowu"),
    };
    sign_on_by(&mut desk.site, &credential, Way::Ssh(&prints))?;
    Ok(desk.site.actor().name.clone())
}

fn code(result: Result<String>) -> &'static str {
    match result {
        Ok(name) => panic!("let in as {name}"),
        Err(Error::Refused(refusal)) => refusal.code.0,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn the_key_names_the_operator_and_no_name_stands_against_it() {
    let mut desk = desk();
    desk.does(&Bind { name: "zhang".into(), to: key(ZHANG) });
    assert_eq!(over_ssh(&mut desk, None, &[ZHANG]).unwrap(), "zhang");
    assert!(desk.site.is_vouched());
    assert_eq!(over_ssh(&mut desk, Some("zhang"), &[LI, ZHANG]).unwrap(), "zhang");
    assert_eq!(code(over_ssh(&mut desk, Some("li"), &[ZHANG])), "operator.key_disagrees");
    // Without the key the name is nothing, over SSH or at the console.
    assert_eq!(code(over_ssh(&mut desk, Some("zhang"), &[LI])), "operator.key_needed");
    assert_eq!(code(over_ssh(&mut desk, Some("zhang"), &[])), "operator.key_needed");
    let named = Credential::Named { name: "zhang", pin: None, os_user: None };
    assert!(sign_on_by(&mut desk.site, &named, Way::Console).is_err());
}

#[test]
fn where_keys_are_known_the_shared_account_is_nobody_over_ssh() {
    let mut desk = desk();
    desk.does(&Bind { name: "li".into(), to: Binding::OsUser("kaowu".into()) });
    assert_eq!(over_ssh(&mut desk, None, &[]).unwrap(), "li");
    desk.sign_on("coordinator");
    desk.does(&Bind { name: "zhang".into(), to: key(ZHANG) });
    assert_eq!(code(over_ssh(&mut desk, None, &[])), "operator.key_not_told");
    assert_eq!(code(over_ssh(&mut desk, None, &[LI])), "operator.key_unknown");
    sign_on_by(&mut desk.site, &Credential::OsUser("kaowu"), Way::Console).unwrap();
    assert_eq!(desk.site.actor().name, "li");
}

#[test]
fn a_key_is_one_persons_until_it_is_taken_away() {
    let mut desk = desk();
    desk.does(&Bind { name: "zhang".into(), to: key(ZHANG) });
    desk.does(&Bind { name: "zhang".into(), to: key(ZHANG) });
    assert_eq!(keys(&desk.site).unwrap().len(), 1);
    assert_eq!(desk.refused(&Bind { name: "li".into(), to: key(ZHANG) }), "operator.key_taken");
    assert_eq!(desk.refused(&Bind { name: "li".into(), to: key("SHA256:short") }), "operator.no_key");
    assert_eq!(desk.refused(&Bind { name: "wu".into(), to: key(LI) }), "operator.unknown");
    assert_eq!(desk.refused(&Unbind { name: "li".into(), from: key(ZHANG) }), "operator.not_bound");
    desk.does(&DisableOperator { name: "zhang".into() });
    assert_eq!(code(over_ssh(&mut desk, None, &[ZHANG])), "operator.key_unknown");
    desk.sign_on("coordinator");
    desk.does(&Unbind { name: "zhang".into(), from: key(ZHANG) });
    desk.does(&Bind { name: "li".into(), to: key(ZHANG) });
    assert_eq!(over_ssh(&mut desk, None, &[ZHANG]).unwrap(), "li");
    desk.sign_on("coordinator");
    for (name, user) in [("zhang", "kaowu"), ("li", "nobody")] {
        assert!(desk.try_to(&Unbind { name: name.into(), from: Binding::OsUser(user.into()) }).is_err());
    }
    // By a role that hands out no accounts.
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Bind { name: "li".into(), to: key(LI) }), "duty.role_needed");
}

#[test]
fn the_command_binds_a_key_file_and_reads_what_sshd_exposes() {
    let shell = Shell::with_batch();
    shell.run("operator add zhang --role proctor").done();
    shell.run("operator add li --role proctor").done();
    std::fs::write(shell.path("zhang.pub"), format!("{LINE} zhang@desk\n")).unwrap();
    std::fs::write(shell.path("rubbish"), "nothing\n").unwrap();
    shell.run("operator bind zhang --ssh-key zhang.pub").done();
    let answer = shell.run("operator bind li --ssh-key rubbish --json");
    assert!(answer.status == 1 && answer.err.contains("operator.no_key"), "{}", answer.err);
    assert_eq!(shell.run("operator bind li").status, 2);
    let listed = shell.run("operator list --json").done().json();
    let zhang = listed.as_array().unwrap().iter().find(|o| o["name"] == "zhang").unwrap();
    assert_eq!(zhang["keys"][0], ZHANG);
    assert!(shell.run("operator list").done().out.contains("密钥1"));

    let auth = shell.path("auth");
    std::fs::write(&auth, format!("publickey {LINE}\n")).unwrap();
    std::fs::set_permissions(&auth, PermissionsExt::from_mode(0o600)).unwrap();
    let run = |name: &str| {
        let mut command = shell.command();
        command.args(["checkin", "admit", "00000", "--session", "theory-1", "--json", "--as", name]);
        command.env("SSH_USER_AUTH", &auth).env("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2");
        command.env("SSH_ORIGINAL_COMMAND", "rm -rf \u{1b}[2J / \u{202e}");
        let output = command.output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let (zhang, li) = (run("zhang"), run("li"));
    assert!(!zhang.contains("operator.") && li.contains("operator.key_disagrees"), "{zhang}\n{li}");
    // What the other side wanted to run is not run, and is told without doing anything to the terminal.
    assert!(zhang.contains("rm -rf ‹U+001B›[2J / ‹U+202E›"), "{zhang}");
}

//! A file or a folder that may not be written: everything can be looked at, nothing is changed, and it is said.
use crate::harness::{Console, Shell};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The superuser may write anything, so its tests run the program as nobody; the program is copied where nobody can
/// read it. `None` without the tool that changes the account.
fn somebody(shell: &Shell, args: &[&str]) -> Option<Command> {
    use std::os::unix::fs::MetadataExt;
    let plain = shell.command();
    let mut command = if fs::metadata(shell.home()).unwrap().uid() == 0 {
        let setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].into_iter().find(|p| Path::new(p).exists())?;
        let program = shell.path("program");
        if !program.exists() {
            fs::copy(plain.get_program(), &program).unwrap();
        }
        let mut command = Command::new(setpriv);
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(plain.get_program())
    };
    command.args(args).env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir("/");
    Some(command)
}

/// A seated site under the given modes of the database and of its folder.
fn locked(file: u32, folder: u32) -> Option<(Shell, PathBuf)> {
    let (shell, _) = Shell::seated(3);
    somebody(&shell, &[])?;
    let database = shell.path("site.db");
    mode(&database, file);
    mode(&shell.home(), folder);
    Some((shell, database))
}

fn is_for_looking_only(shell: &Shell, database: &Path) {
    let before = fs::read(database).unwrap();
    let list = somebody(shell, &["checkin", "list"]).unwrap().output().unwrap();
    assert_eq!(list.status.code(), Some(0), "{}", String::from_utf8_lossy(&list.stderr));
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), 4);
    let all = shell.run("operator list --json").done().json();
    let boss =
        all.as_array().unwrap().iter().find(|o| o["name"] != "admin").unwrap()["name"].as_str().unwrap().to_owned();
    let change = ["operator", "add", "Wang", "--role", "proctor", "--as", boss.as_str()];
    let refused = somebody(shell, &change).unwrap().output().unwrap();
    let words = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert!(words.contains("只读模式，不能改动"), "{words}");

    let mut console = Console::of(&somebody(shell, &["--as", &boss]).unwrap());
    console.sees("只读").sees("应到 3").type_text("23150601010101\r").sees("只读模式，不能改动");
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    assert_eq!(fs::read(database).unwrap(), before);
    mode(&shell.home(), 0o700);
}

#[test]
fn a_file_that_may_not_be_written() {
    let Some((shell, database)) = locked(0o444, 0o777) else { return };
    is_for_looking_only(&shell, &database);
}

#[test]
fn a_folder_that_may_not_be_written() {
    let Some((shell, database)) = locked(0o444, 0o555) else { return };
    is_for_looking_only(&shell, &database);
}

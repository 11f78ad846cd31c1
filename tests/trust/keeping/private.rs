//! What others on the machine can see of a site: nothing. What the program shows of people: what is asked for.
use super::{count, names};
use crate::harness::{Console, Desk, Screen, Shell};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Every file and folder below, with its rights.
fn modes(folder: &Path, into: &mut Vec<(PathBuf, u32)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (path, meta) = (entry.path(), entry.metadata().unwrap());
        into.push((path.clone(), meta.permissions().mode() & 0o777));
        if meta.is_dir() {
            modes(&path, into);
        }
    }
}

#[test]
fn every_file_that_the_program_makes_is_its_owners_alone() {
    let (mut shell, tickets) = Shell::seated(3);
    std::fs::remove_file(shell.path("sheet.csv")).unwrap();
    shell.run("backup").done();
    shell.run("export applications --out list.csv").done();
    shell.run("export site --format bundle --out bundle").done();
    shell.run("print rules").done();
    shell.run(&format!("checkin admit {}", tickets[0])).done();
    shell.at("08:40").run("operator add x --role proctor").done();
    let mut console = Console::open(&shell);
    console.sees("扫描/输入").type_text("2315").sees("2315");
    crate::drafts::is_kept(&shell.home(), "2315");
    console.signal("KILL").ends();
    let mut found = Vec::new();
    modes(&shell.home(), &mut found);
    let open: Vec<_> = found.iter().filter(|(_, mode)| mode & 0o077 != 0).collect();
    assert!(open.is_empty(), "{open:?}");
    for wanted in ["site.db", "backups", "drafts", "list.csv", "bundle", "exports"] {
        assert!(found.iter().any(|(path, _)| path.ends_with(wanted)), "{wanted} was not made: {found:?}");
    }
    assert_eq!(names(&shell, "backups").len(), 2);
}

#[test]
fn a_crash_leaves_no_image_of_the_memory() {
    let (shell, _) = Shell::seated(3);
    let mut console = Console::open(&shell);
    console.sees("扫描/输入");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", console.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
    console.signal("KILL").ends();
}

/// What cannot be read twice is spooled into the site's folder, not into everybody's.
#[test]
fn what_comes_on_standard_input_lies_nowhere_else() {
    let shell = Shell::with_batch();
    let mut command = shell.command();
    command.env("TMPDIR", shell.path("not-there")).args(["import", "-"]).stdin(std::process::Stdio::piped());
    command.stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"x").unwrap();
    let output = child.wait_with_output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(1 | 3)), "the sheet is wrong, nothing else: {words}");
}

#[test]
fn a_whole_number_is_shown_on_one_key_and_the_journal_says_to_whom() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    desk.open_batch();
    desk.people(3);
    let db = rusqlite::Connection::open(&path).unwrap();
    let mut numbers = db.prepare("SELECT id, id_number FROM application").unwrap();
    let numbers = numbers.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    let numbers: Vec<(i64, String)> = numbers.map(Result::unwrap).collect();
    let shown = |screen: &mut Screen| -> Vec<i64> {
        let text = screen.text();
        numbers.iter().filter(|(_, number)| text.contains(number.as_str())).map(|(id, _)| *id).collect()
    };
    let mut screen = Screen::open(desk, "applications");
    assert_eq!(shown(&mut screen), [0; 0]);
    screen.press("V").sees("已记入日志");
    let seen = shown(&mut screen);
    assert_eq!(seen.len(), 1);
    screen.press("esc");
    assert_eq!(shown(&mut screen), [0; 0]);
    let (who, params): (String, String) = db
        .query_row("SELECT actor_name, params FROM operation WHERE kind = 'privacy.reveal'", [], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .unwrap();
    assert_eq!((who.as_str(), params), ("coordinator", format!(r#"{{"application":{}}}"#, seen[0])));
}

#[test]
fn the_log_shows_nobodys_whole_number() {
    let (shell, tickets) = Shell::seated(4);
    shell.run(&format!("checkin admit {}", tickets[0])).done();
    let form = r#"{"document": "居民身份证", "id_number": "150699199001010015", "name": "张三", "ethnic_group": "汉族",
        "phone": "15400000001", "education": "大专", "work_began": "2010-07", "employer": "乌审旗园林局",
        "occupation": "电工", "level": "5", "route": "first", "pledged_on": "2023-09-04"}"#;
    shell.run_args(&["application", "add", "--file", "-"], form);
    shell.run("application correct 1 id_number=150699199001010074 --reason 抄错");
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let mut numbers = db.prepare("SELECT id_number FROM application UNION SELECT '150699199001010074'").unwrap();
    let numbers: Vec<String> = numbers.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let mut said = shell.run("log --limit 500").done().out + &shell.run("log --limit 500 --json").done().out;
    for op in 1..=count(&shell, "SELECT max(id) FROM operation") {
        said += &shell.run(&format!("log show {op}")).done().out;
        said += &shell.run(&format!("log show {op} --json")).done().out;
    }
    let shown: Vec<_> = numbers.iter().filter(|number| said.contains(number.as_str())).collect();
    assert!(shown.is_empty(), "{shown:?} in the log");
}

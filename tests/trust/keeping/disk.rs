//! The disk is full, or the system writes no more, while somebody works (F4, F5): in a file system of the test's own.
use super::count;
use crate::harness::{Console, Shell};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ADMISSIONS: &str = "SELECT count(*) FROM operation WHERE kind = 'checkin.admit'";
const F2: &[u8] = b"\x1bOQ";

/// Whether an account of its own may mount something here.
fn may_mount() -> bool {
    let script = "mount -t tmpfs tmpfs /mnt";
    let tried = Command::new("unshare").args(["-Urm", "sh", "-c", script]).stderr(Stdio::null()).status();
    let may = tried.is_ok_and(|status| status.success());
    if !may {
        println!("skipped: this system lets nobody mount a file system of their own");
    }
    may
}

/// The program on a small file system that the shell beside it fills or empties when told to by a file.
struct SmallDisk {
    shell: Shell,
    signs: tempfile::TempDir,
    console: Console,
}

/// `$1` the site, `$2` the place of the small disk, `$3` the folder of signs, then the program.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=24m tmpfs "$2" && cp -a "$1"/. "$2" || exit 99
( while :; do
    for sign in fill free; do
      [ -e "$3/$sign" ] || continue
      case $sign in
        fill) dd if=/dev/zero of="$2/filler" bs=4k 2>/dev/null ;;
        free) rm -f "$2/filler" ;;
        esac
      mv "$3/$sign" "$3/$sign.done"
    done
    [ -e "$3/end" ] && exit
    [ -d "$3" ] || exit
    sleep 0.05
  done ) &
shift 3
exec "$@"
"#;

impl SmallDisk {
    fn of(shell: Shell) -> SmallDisk {
        let signs = tempfile::tempdir().unwrap();
        let place = signs.path().join("disk");
        std::fs::create_dir(&place).unwrap();
        let plain = shell.command();
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", SCRIPT, "sh"]).arg(shell.home()).arg(&place).arg(signs.path());
        command.arg(plain.get_program()).arg("--home").arg(&place);
        command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").current_dir("/");
        let console = Console::of(&command);
        SmallDisk { shell, signs, console }
    }

    /// Waits until it is done.
    fn tell(&self, sign: &str) {
        std::fs::write(self.signs.path().join(sign), "").unwrap();
        let (done, begin) = (self.signs.path().join(format!("{sign}.done")), Instant::now());
        while !done.exists() {
            assert!(begin.elapsed() < Duration::from_secs(60), "{sign} never happened");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn elsewhere(&self) -> PathBuf {
        self.signs.path().join("copy.db")
    }

    /// Copies the whole site to another disk, from the screen; how many operations of a kind are in the copy.
    fn copied(&mut self) -> i64 {
        let to = self.elsewhere();
        self.console.type_bytes(F2).sees("命令面板").type_text("备份到文件").type_bytes(b"\r");
        self.console.sees("备份到哪个文件").type_bytes(b"\x15").type_text(&to.display().to_string()).type_bytes(b"\r");
        self.console.sees("已核对");
        let db = rusqlite::Connection::open(&to).unwrap();
        let found = db.query_row(ADMISSIONS, [], |row| row.get(0)).unwrap();
        drop(db);
        std::fs::remove_file(to).unwrap();
        found
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::fs::write(self.signs.path().join("end"), "");
    }
}

/// F4
#[test]
fn a_full_disk_keeps_what_is_typed_and_goes_on_when_there_is_room() {
    if !may_mount() {
        return;
    }
    let (shell, tickets) = Shell::seated(30);
    let mut disk = SmallDisk::of(shell);
    disk.console.sees("扫描/输入").type_text(&tickets[0]).sees(&tickets[0]).type_bytes(b"\r").sees("准时");
    disk.tell("fill");
    disk.console.type_text(&tickets[1]).sees(&tickets[1]).type_bytes(b"\r");
    disk.console.sees("x 08:10 起").sees("只能查看和导出到别处").sees(&tickets[1]);
    // Everything can still be looked at and taken away.
    assert_eq!(disk.copied(), 1);
    disk.console.sees("x 08:10 起").sees(&tickets[1]);
    disk.tell("free");
    disk.console.sees("磁盘可以写了");
    assert!(!disk.console.text().contains("x 08:10 起"), "{}", disk.console.text());
    disk.console.sees(&tickets[1]).type_bytes(b"\r").sees("2号  准时");
    assert_eq!(disk.copied(), 2);
    disk.console.type_bytes(b"\x1b[24~");
    assert_eq!(disk.console.ends(), 0);
    assert_eq!(count(&disk.shell, ADMISSIONS), 0, "the site in the home was never touched");
}

/// No file of the process may grow beyond so many bytes; without a number as far as it likes.
fn limit(console: &Console, bytes: &str) -> bool {
    let args = ["--pid".to_owned(), console.id().to_string(), format!("--fsize={bytes}:")];
    Command::new("prlimit").args(args).status().is_ok_and(|status| status.success())
}

/// F5: a quota comes over a session and goes again.
#[test]
fn a_quota_is_told_and_the_session_goes_on_when_it_is_lifted() {
    let (shell, tickets) = Shell::seated(30);
    let mut console = Console::open(&shell);
    console.sees("扫描/输入").type_text(&tickets[0]).sees(&tickets[0]).type_bytes(b"\r").sees("准时");
    if !limit(&console, "4096") {
        println!("skipped: no prlimit here");
        return;
    }
    console.type_text(&tickets[1]).sees(&tickets[1]).type_bytes(b"\r");
    console.sees("x 08:10 起").sees(&tickets[1]);
    assert_eq!(count(&shell, ADMISSIONS), 1);
    assert!(limit(&console, "unlimited"));
    console.sees("磁盘可以写了").sees(&tickets[1]).type_bytes(b"\r").sees("2号  准时");
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    assert_eq!(count(&shell, ADMISSIONS), 2);
    shell.run("log verify").done();
}

//! A real sshd on loopback, set up as `docs/sshd.md` says: one account, one key a person, one command.
use crate::harness::{Console, Shell};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(60);

/// A seated site behind an sshd; `zhang` comes by a key, `li` too.
struct Host {
    shell: Shell,
    tickets: Vec<String>,
    port: u16,
    sshd: Child,
}

/// `None`, with a word, where there is no sshd.
fn host() -> Option<Host> {
    let sshd = ["/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd"].into_iter().find(|p| Path::new(p).exists());
    let tools = ["ssh", "sftp", "ssh-keygen"].iter().all(|tool| {
        let known = Command::new("sh").args(["-c", &format!("command -v {tool}")]).stdout(Stdio::null()).status();
        known.is_ok_and(|status| status.success())
    });
    let (Some(sshd), true) = (sshd, tools) else {
        println!("skipped: no sshd or no ssh here");
        return None;
    };
    let (shell, tickets) = Shell::seated(20);
    let mut keys = String::new();
    for name in ["zhang", "li", "stranger"] {
        keygen(&shell, name);
        if name != "stranger" {
            shell.run(&format!("operator add {name} --role proctor")).done();
            shell.run(&format!("operator bind {name} --ssh-key {name}.pub")).done();
        }
        keys.push_str(&line(&shell, name, name));
    }
    keygen(&shell, "host");
    // The key of one and the name of another.
    keygen(&shell, "mixed");
    shell.run("operator add wu --role proctor").done();
    shell.run("operator bind wu --ssh-key mixed.pub").done();
    keys.push_str(&line(&shell, "mixed", "zhang"));
    write(&shell.path("authorized_keys"), &keys);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    write(&shell.path("sshd_config"), &config(&shell, port));
    let sshd = serve(&shell, sshd);
    let host = Host { shell, tickets, port, sshd };
    host.is_up().then_some(host)
}

fn keygen(shell: &Shell, name: &str) {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(shell.path(name));
    assert!(command.status().unwrap().success());
}

/// As in `docs/sshd.md`.
fn line(shell: &Shell, key: &str, name: &str) -> String {
    let clock = "2023-10-15T08:10:00+08:00";
    let public = std::fs::read_to_string(shell.path(&format!("{key}.pub"))).unwrap();
    let command = format!(
        "env KAOWU_CLOCK={clock} {} --home {} --as {name}",
        env!("CARGO_BIN_EXE_kaowu"),
        shell.home().display()
    );
    format!("restrict,pty,command=\"{command}\" {public}")
}

fn config(shell: &Shell, port: u16) -> String {
    format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nStrictModes no\nUsePAM no\n\
         AuthorizedKeysFile {keys}\nAuthenticationMethods publickey\nPasswordAuthentication no\n\
         KbdInteractiveAuthentication no\nExposeAuthInfo yes\nAllowTcpForwarding no\nAllowAgentForwarding no\n\
         X11Forwarding no\nPermitTunnel no\nPermitUserRC no\nPermitUserEnvironment no\nAcceptEnv LANG LC_*\n\
         ClientAliveInterval 15\nClientAliveCountMax 3\nSubsystem sftp internal-sftp\n",
        host = shell.path("host").display(),
        keys = shell.path("authorized_keys").display(),
    )
}

/// The superuser's sshd wants a folder that only a running system has; it gets one that nobody else sees.
fn serve(shell: &Shell, sshd: &str) -> Child {
    let serve = format!("exec {sshd} -D -e -f {}", shell.path("sshd_config").display());
    let folder = "mount -t tmpfs none /run && mkdir -m 755 /run/sshd";
    let missing = is_root() && !Path::new("/run/sshd").exists();
    let mut command = if missing {
        let mut apart = Command::new("unshare");
        apart.args(["-m", "sh", "-c", &format!("{folder} && {serve}")]);
        apart
    } else {
        let mut plain = Command::new("sh");
        plain.args(["-c", &serve]);
        plain
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(std::fs::File::create(shell.path("sshd.log")).unwrap());
    command.spawn().unwrap()
}

fn is_root() -> bool {
    account() == "root"
}

fn account() -> String {
    let output = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap();
}

impl Host {
    fn is_up(&self) -> bool {
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if begin.elapsed() > LIMIT {
                let log = std::fs::read_to_string(self.shell.path("sshd.log")).unwrap_or_default();
                println!("skipped: sshd does not run here: {log}");
                return false;
            }
            thread::sleep(Duration::from_millis(20));
        }
        true
    }

    fn client(&self, program: &str, key: &str, options: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.shell.home()).env("LANG", "zh_CN.UTF-8").env("TERM", "xterm-256color");
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", self.shell.home());
        let port = if program == "sftp" { "-P" } else { "-p" };
        command.args([port, &self.port.to_string(), "-F", "none", "-i"]).arg(self.shell.path(key));
        for option in ["IdentitiesOnly=yes", "StrictHostKeyChecking=no", "BatchMode=yes", "SendEnv=LANG"] {
            command.args(["-o", option]);
        }
        command.args(["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]).args(options);
        command.arg(format!("{}@127.0.0.1", account()));
        command
    }

    fn screen(&self, key: &str) -> Console {
        Console::of(&self.client("ssh", key, &["-tt"]))
    }

    /// Runs a remote command without a terminal.
    fn remote(&self, words: &str) -> Output {
        let mut command = self.client("ssh", "zhang", &[]);
        command.arg(words).stdin(Stdio::null());
        command.output().unwrap()
    }

    /// Processes of the program over this site.
    fn running(&self) -> Vec<u32> {
        let home = self.shell.home().display().to_string();
        let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let words = std::fs::read(format!("/proc/{id}/cmdline")).ok()?;
            let words: Vec<_> = words.split(|b| *b == 0).map(|w| String::from_utf8_lossy(w).into_owned()).collect();
            (words.first()? == env!("CARGO_BIN_EXE_kaowu") && words.contains(&home)).then_some(id)
        });
        processes.collect()
    }

    #[track_caller]
    fn nobody_is_left(&self) {
        let begin = Instant::now();
        while !self.running().is_empty() {
            assert!(begin.elapsed() < LIMIT, "left behind: {:?}", self.running());
            thread::sleep(Duration::from_millis(20));
        }
        // No lock either: the next writer has its turn at once.
        self.shell.run(&format!("checkin admit {} --session theory-1", self.tickets[19]));
    }

    fn log(&self) -> String {
        self.shell.run("log --json").done().out
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
    }
}

#[test]
fn a_key_signs_its_owner_on_and_a_check_in_is_saved_under_their_name() {
    let Some(host) = host() else { return };
    let mut screen = host.screen("zhang");
    screen.sees("zhang").type_text(&host.tickets[0]).sees(&host.tickets[0]).type_bytes(b"\r").sees("准时");
    let log = host.shell.run("log --json").done().json();
    let saved = log.as_array().unwrap().iter().find(|op| op["kind"] == "checkin.admit").unwrap();
    assert_eq!((&saved["operator"], &saved["face"]), (&"zhang".into(), &"tui".into()), "{saved}");
    screen.type_bytes(b"\x1b[24~");
    assert_eq!(screen.ends(), 0);
    screen.is_clean();
    host.nobody_is_left();
}

#[test]
fn the_name_in_the_forced_command_must_be_the_owner_of_the_key() {
    let Some(host) = host() else { return };
    for (key, word) in [("mixed", "这把密钥是 wu 的"), ("stranger", "没有操作员")] {
        let mut screen = host.screen(key);
        screen.sees(word).type_text(&host.tickets[1]).type_bytes(b"\r");
        screen.type_bytes(b"\x1b[24~");
        screen.ends();
    }
    assert!(!host.log().contains("checkin.admit"));
    host.nobody_is_left();
}

#[test]
fn there_is_no_remote_command_no_copying_and_no_forwarded_port() {
    let Some(host) = host() else { return };
    for words in ["log verify", "sh -i", "cat site.db", "; id", "$(id)"] {
        let output = host.remote(words);
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{words}: {:?} {err}", output.stdout);
        assert!(err.contains(words) && err.contains("未执行"), "{words}: {err}");
    }
    let mut sftp = host.client("sftp", "zhang", &["-b", "/dev/null"]);
    let output = sftp.stdin(Stdio::null()).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");

    let inside = TcpListener::bind("127.0.0.1:0").unwrap();
    inside.set_nonblocking(true).unwrap();
    let target = inside.local_addr().unwrap().port();
    let door = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut forward = host.client("ssh", "zhang", &["-N", "-L", &format!("127.0.0.1:{door}:127.0.0.1:{target}")]);
    let mut forward = forward.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    let mut through = loop {
        match TcpStream::connect(("127.0.0.1", door)) {
            Ok(stream) => break stream,
            Err(_) => assert!(begin.elapsed() < LIMIT, "ssh never listened"),
        }
        thread::sleep(Duration::from_millis(20));
    };
    through.set_read_timeout(Some(LIMIT)).unwrap();
    let got = std::io::Read::read(&mut through, &mut [0; 1]);
    assert!(matches!(got, Ok(0) | Err(_)), "{got:?}");
    assert_eq!(inside.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    forward.kill().unwrap();
    forward.wait().unwrap();
    let back = format!("127.0.0.1:0:127.0.0.1:{target}");
    let mut back = host.client("ssh", "zhang", &["-N", "-o", "ExitOnForwardFailure=yes", "-R", &back]);
    assert!(!back.stdin(Stdio::null()).output().unwrap().status.success());
    host.nobody_is_left();
}

#[test]
fn a_command_with_a_terminal_opens_the_screen_and_says_so() {
    let Some(host) = host() else { return };
    let mut command = host.client("ssh", "zhang", &["-tt"]);
    command.arg("sh -i");
    let mut screen = Console::of(&command);
    screen.sees("未执行").sees("zhang").type_bytes(b"\x1b[24~");
    assert_eq!(screen.ends(), 0);
    screen.is_clean();
}

#[test]
fn a_hang_up_leaves_no_process_and_no_lock() {
    let Some(host) = host() else { return };
    // In the middle of typing, the client is gone from one moment to the next.
    let mut screen = host.screen("zhang");
    screen.sees("zhang").type_text("2310");
    assert_eq!(host.running().len(), 1);
    screen.signal("KILL");
    screen.ends();
    host.nobody_is_left();
    // The program on the far side is ended: it gives the terminal back through the line.
    let mut screen = host.screen("li");
    screen.sees("li").settled();
    let id = host.running()[0];
    assert!(Command::new("kill").args(["-HUP", &id.to_string()]).status().unwrap().success());
    screen.ends();
    screen.is_clean();
    host.nobody_is_left();
    host.shell.run("log verify").done();
}

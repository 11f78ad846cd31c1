//! The administrator sees and does nothing that belongs to a batch: by command, on the screen, in the journal.
use crate::harness::{Desk, Screen, Shell};
use kaowu::config::Home;
use kaowu::ops::demo::{PIN, Plan, Stage, build};
use kaowu::ops::history::{self, Filter};
use kaowu::ops::{applications, certificates, results};
use kaowu::text::Lang;
use kaowu::tui::panes::{PAGES, PANES};

const ADMIN: &str = "系统";

/// A made-up site with certificates, and what no administrator may read: names, numbers, certificates.
fn made() -> (tempfile::TempDir, Desk, Vec<String>) {
    let home = tempfile::tempdir().unwrap();
    let plan = Plan { candidates: 12, seed: 1, policy: "nmg-2023".into(), stage: Stage::Certified, os_user: None };
    let (site, _) = build(&plan, &Home::at(home.path().to_owned())).unwrap();
    let people = applications::lines(&site, None).unwrap();
    let person = |id| applications::by_id(&site, id).unwrap();
    let mut secret: Vec<_> = people.iter().map(|line| person(line.id)).flat_map(|a| [a.name, a.id_number]).collect();
    let numbered = certificates::register(&site, &Default::default()).unwrap();
    assert!(!numbered.is_empty());
    secret.extend(numbered.into_iter().map(|c| c.number));
    (home, Desk::of(site), secret)
}

fn told(text: &str, secret: &[String]) -> Option<String> {
    secret.iter().find(|one| text.contains(one.as_str())).cloned()
}

#[test]
fn nothing_of_a_batch_is_on_an_administrators_screen() {
    let (_home, mut desk, secret) = made();
    desk.sign_on(ADMIN);
    let mut screen = Screen::sized(desk, "history", Lang::Chinese, (120, 40));
    for tab in PANES.iter().chain(PAGES) {
        screen = Screen::sized(Desk::after(screen), tab.id, Lang::Chinese, (120, 40));
        let shown = screen.text();
        assert_eq!(told(&shown, &secret), None, "{}:\n{shown}", tab.id);
        let opened = screen.press("down enter").text();
        assert_eq!(told(&opened, &secret), None, "{}:\n{opened}", tab.id);
    }
}

#[test]
fn an_administrators_reads_are_refused_and_the_journal_tells_no_names() {
    let (_home, mut desk, secret) = made();
    desk.sign_on(ADMIN);
    let code = |error: kaowu::ops::Error| error.refusal().unwrap().code.0;
    let site = &desk.site;
    assert_eq!(results::outcomes(site, &Default::default()).map(drop).map_err(code), Err("duty.administrator"));
    assert_eq!(certificates::register(site, &Default::default()).map(drop).map_err(code), Err("duty.administrator"));
    assert_eq!(applications::lines(site, None).map(drop).map_err(code), Err("duty.administrator"));
    let all = history::page(site, &Filter::default(), None, usize::MAX).unwrap();
    assert!(all.len() > 20);
    for one in &all {
        let detail = history::detail(site, one.operation).unwrap();
        let own = one.kind.starts_with("operator.") || one.kind.starts_with("site.");
        assert_eq!(detail.hidden, !own, "{}", one.kind);
        assert_eq!(told(&serde_json::to_string(&detail).unwrap(), &secret), None, "{}", one.kind);
    }
}

/// The commands that read, each as the administrator.
#[test]
fn no_command_tells_an_administrator_of_anybody() {
    let mut shell = Shell::new();
    shell.run("demo --at certified --candidates 12 --home made --no-tui").done();
    shell.moved_to("made", "2023-11-20T09:00:00+08:00");
    std::fs::write(shell.path("pin"), PIN).unwrap();
    let people = shell.run("application list --json").done().json();
    let people = people.as_array().unwrap();
    let names: Vec<_> = people.iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
    assert!(names.len() > 5);
    let commands = LISTS.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let exports =
        EXPORTS.split_whitespace().map(|what| format!("export {what} --out out/{what}.csv --full --purpose x"));
    let prints = PRINTS.split_whitespace().map(|form| format!("print {form} --out out"));
    for command in commands.chain(exports).chain(prints) {
        let answer = shell.run(&format!("{command} --as {ADMIN} --pin-file pin"));
        assert_ne!(answer.status, 2, "{command}: {}", answer.err);
        let found = told(&format!("{}{}", answer.out, answer.err), &names);
        assert_eq!(found, None, "{command}: {}{}", answer.out, answer.err);
    }
    assert!(!shell.path("out").exists() && !shell.path("bundle").exists());
    shell.run(&format!("operator list --as {ADMIN} --pin-file pin")).done();
    shell.run(&format!("log verify --as {ADMIN} --pin-file pin")).done();
    shell.run(&format!("backup copy.db --as {ADMIN} --pin-file pin")).done();
}

const LISTS: &str = "
    application list
    application show 1
    application check 1
    doctor
    info
    report duty
    log show 100
    assess list
    certificate register
    certificate register --json
    certificate deliveries
    certificate number
    checkin list --session theory-1
    checkin hall
    complaint list
    completions bash
    document list
    enterprise list
    export site --format bundle --out bundle
    incident list
    log --limit 500
    log --limit 500 --json
    mark changes
    mark lock theory-1
    mark status
    occupation list
    panel list
    panel experts
    paper list
    report rate
    report plan
    result audit list
    result board
    result changes
    result compute
    result list
    result list --json
    result missing
    result objections
    result public
    result publish --place x
    result releases
    result standing
    roster list
    sanction list
    score differences
    score progress
    script list
    seat show --session theory-1 --room 1
    seat check
    staff list
    stock list
    supervision list
    ticket list
    upload list";

const EXPORTS: &str =
    "applications unit-roster arrangement rooms roster scores results results-board certificates delivery
    collection stock upload documents ledger sanctions talents staff markers publicity duty";

const PRINTS: &str =
    "certificate-face delivery-list desk-labels door-list incident-record panel-minutes panel-sheet public-list
    passed-roster room-list roster score-list score-sheet score-summary seat-list sign-in ticket upload-audit";

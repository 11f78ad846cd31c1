//! By commands alone, on a database of their own; then as a bundle into an empty home.
use super::on_screen;
use super::world::{ABSENT, EXPERTS, MISREAD, PASSED, PEOPLE, TURNED, named, results, sheet};
use crate::harness::Shell;
use crate::harness::shell::Answer;
use crate::site_bundle::world::files;
use kaowu::text::Lang;
use std::collections::BTreeMap;

/// A home at a time of day, and everybody's ticket by name.
struct Day {
    shell: Shell,
    tickets: BTreeMap<String, String>,
}

fn run() -> Shell {
    let mut day = Day { shell: Shell::with_batch(), tickets: BTreeMap::new() };
    for (name, role) in [("proctor", "proctor"), ("reviewer", "reviewer")] {
        day.does(&format!("operator add {name} --role {role}"));
    }
    for name in ["typist-a", "typist-b", "typist-c"] {
        day.does(&format!("operator add {name} --role typist"));
    }
    day.intake();
    day.doors();
    day.marks();
    day.review();
    day.certificates();
    day.shell
}

/// S1-23: whoever types and whichever face they use, the same marks are the same results.
#[test]
fn the_exam_day_by_commands_comes_to_the_results_of_the_keyboard_s1_23() {
    let (by_command, by_key) = (run(), on_screen::run(Lang::English));
    let list = results(&by_command);
    let passed = list.as_array().unwrap().iter().filter(|row| row["outcome"] == "passed");
    assert_eq!(passed.count(), PASSED.len());
    assert_eq!(list, results(&by_key));
    by_command.run("log verify").done();
    by_key.run("log verify").done();
    the_bundle_makes_the_same_site_in_an_empty_home(&by_command);
}

fn the_bundle_makes_the_same_site_in_an_empty_home(first: &Shell) {
    first.run("export site --format bundle --out bundle").done();
    let second = Shell::new();
    second.run(&format!("import {}", first.path("bundle").display())).done();
    assert_eq!(results(&second), results(first));
    second.run("export site --format bundle --out bundle").done();
    let (ours, theirs) = (files(&first.path("bundle")), files(&second.path("bundle")));
    assert!(ours.len() > 10 && ours == theirs, "{:?}", ours.keys());
}

impl Day {
    #[track_caller]
    fn does(&self, args: &str) -> Answer {
        self.shell.run(args).done()
    }

    fn ticket(&self, name: &str) -> &str {
        &self.tickets[name]
    }

    fn intake(&mut self) {
        let sheet = sheet(&self.shell.home());
        let account = self.does(&format!("import {} --json", sheet.display())).json();
        assert_eq!((account["added"].as_u64(), account["refused"].as_u64()), (Some(8), Some(0)));
        let box_ = "--all --count 8 --opinion 同意 --signed-by 高经办";
        for node in ["employer", "department", "county", "prefecture", "issuer"] {
            self.does(&format!("application stamp {node} {box_}"));
        }
        let pass = "--decision pass --all --count 8";
        assert_eq!(
            self.shell.run("application review first --decision pass --all --count 8").status,
            1,
            "no query yet"
        );
        self.does(&format!("application review first {pass} --query-evidence 一致"));
        self.does("operator add approver --role coordinator --unit 就促会");
        self.does(&format!("application review second {pass} --as approver"));
        self.does("application pay --all");
        self.does("seat arrange --seed 7");
        let register = self.does("checkin list --session theory-1 --json").json();
        for seat in register.as_array().unwrap() {
            let text = |key: &str| seat[key].as_str().unwrap().to_owned();
            self.tickets.insert(text("name"), text("ticket"));
        }
        assert_eq!(self.tickets.len(), PEOPLE.len());
    }

    fn doors(&mut self) {
        let codes: Vec<_> = self.tickets.iter().filter(|(name, _)| *name != ABSENT).map(|(_, t)| t.as_str()).collect();
        let scans = codes.join("\n");
        for (session, opens, limit) in [("theory-1", "08:10", "08:46"), ("practical-1", "10:10", "10:46")] {
            self.shell.at(opens);
            let admit = ["checkin", "admit", "-", "--session", session, "--as", "proctor"];
            self.shell.run_args(&admit, &scans).done();
            self.shell.at(limit);
            let closed = self.does(&format!("checkin close --session {session} --yes"));
            assert!(closed.err.contains("已登记缺考 1 人"), "{}", closed.err);
        }
        self.shell.at("14:00");
    }

    fn marks(&self) {
        for (place, subject) in ["theory", "practical"].into_iter().enumerate() {
            for typist in ["typist-a", "typist-b"] {
                let line = |name: &str| {
                    let slip = [(TURNED, 0), (MISREAD, 1)].iter().find(|((who, _), at)| *who == name && *at == place);
                    let slip = slip.filter(|_| typist == "typist-b").map(|((_, mark), _)| *mark);
                    let mark = match slip.unwrap_or(named(name).written[place]) {
                        "-" => "absent",
                        "v" => "void",
                        mark => mark,
                    };
                    format!("{},{mark}\n", self.ticket(name))
                };
                let lines: String = PEOPLE.iter().map(|p| line(p.name)).collect();
                let enter = ["score", "enter", "-", "--subject", subject, "--accept", "--as", typist];
                self.shell.run_args(&enter, &lines).done();
            }
        }
        assert_eq!(self.does("score differences --json").json().as_array().unwrap().len(), 2);
        let (turned, misread) = (self.ticket(TURNED.0), self.ticket(MISREAD.0));
        self.does(&format!("score settle {turned} --subject theory --send-back 2 --reason 看卷"));
        self.does(&format!("score enter {turned} --subject theory 86.5 --as typist-b"));
        self.does(&format!("score settle {misread} --subject practical --keep 1 --reason 看卷"));
        self.does(&format!("score enter {misread} --subject practical 60 --as typist-c"));
        assert_eq!(self.does("score differences --json").json().as_array().unwrap().len(), 0);
    }

    fn review(&self) {
        let mut form = vec!["panel".to_owned(), "form".into(), "--name".into(), "第1评审组".into()];
        for (n, expert) in EXPERTS.iter().enumerate() {
            let chair = if n == 0 { ",chair" } else { "" };
            form.extend(["--member".to_owned(), format!("{}{chair}", expert.replace(' ', ","))]);
        }
        let form: Vec<_> = form.iter().map(String::as_str).collect();
        self.shell.run_args(&form, "").done();
        for person in PEOPLE.iter().filter(|p| !p.sheets[0].is_empty()) {
            for (expert, points) in EXPERTS.iter().zip(person.sheets) {
                let (member, ticket) = (expert.split(' ').next().unwrap(), self.ticket(person.name));
                self.does(&format!("--as reviewer panel score --panel 第1评审组 --member {member} {ticket} {points}"));
            }
        }
        self.does("panel begin --panel 第1评审组");
        self.does("panel end --panel 第1评审组 --reason 材料审阅");
        for expert in EXPERTS.iter().rev() {
            let member = expert.split(' ').next().unwrap();
            self.does(&format!("panel sign --panel 第1评审组 --member {member} --reason 评审表原件"));
        }
        self.does("panel seal --panel 第1评审组");
        assert_eq!(self.does("result missing --json").json().as_array().unwrap().len(), 0);
    }

    fn certificates(&self) {
        self.shell.release();
        self.does("certificate number");
        let sheet = self.does("export upload --out -").out;
        for (line, name) in sheet.lines().skip(1).zip(PASSED) {
            assert!(line.starts_with(name), "{sheet}");
        }
        let first = "S000015000001232000001";
        self.does(&format!("certificate revoke {first} --reason 姓名有误"));
        self.does("undo --reason 误撤");
        let register = self.does("certificate register --state valid --json").json();
        assert_eq!(register.as_array().unwrap().len(), PASSED.len());
    }
}

//! What differs between two sites is told without whole numbers, birth dates and telephones, and decided with them.
use super::world::export;
use crate::harness::{Desk, Shell};
use kaowu::model::{AssessorGrade, Day, Role, StaffId};
use kaowu::ops::{ApplicationRow, Operation, Result, StaffRow, Work};
use kaowu::store::rows;
use serde::Serialize;
use std::path::PathBuf;

/// What both sites have otherwise of the same people, in what a mask hides alone, and whose telephone ends otherwise.
const HERE: Particulars = Particulars {
    phone: "15400001111",
    birth: "1990-11-27",
    number: "150699199011270017",
    ends: "15400002222",
    contact: "张三 15411113333",
};
const THERE: Particulars = Particulars {
    phone: "15433331111",
    birth: "1990-10-26",
    number: "150699199010260017",
    ends: "15400004444",
    contact: "张三 15422223333",
};

#[derive(Serialize)]
struct Particulars {
    phone: &'static str,
    birth: &'static str,
    number: &'static str,
    ends: &'static str,
    contact: &'static str,
}

impl Particulars {
    fn telephone(&self) -> &str {
        self.contact.split(' ').next_back().unwrap()
    }
}

impl Operation for Particulars {
    const KIND: &'static str = "test.particulars";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let db = work.tx.db();
        let (one, two): (ApplicationRow, ApplicationRow) =
            (rows::first(db, "WHERE id = ?1", [1])?.unwrap(), rows::first(db, "WHERE id = ?1", [2])?.unwrap());
        let (phone, birth) = (Some(self.phone.to_owned()), self.birth.parse::<Day>().ok());
        work.tx.update(&one, &ApplicationRow { phone, birth, ..one.clone() })?;
        work.tx.update(&two, &ApplicationRow { phone: Some(self.ends.to_owned()), ..two.clone() })?;
        let staff: StaffRow = rows::first(db, "WHERE id = ?1", [1])?.unwrap();
        let id_number = Some(self.number.to_owned());
        work.tx.update(&staff, &StaffRow { id_number, ..staff.clone() })?;
        let case: kaowu::ops::ComplaintRow = rows::first(db, "WHERE id = ?1", [1])?.unwrap();
        Ok(work.tx.update(&case, &kaowu::ops::ComplaintRow { contact: self.contact.to_owned(), ..case.clone() })?)
    }
}

#[derive(Serialize)]
struct Someone;

impl Operation for Someone {
    const KIND: &'static str = "test.someone";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.insert(&StaffRow {
            id: StaffId(1),
            name: "工作员".into(),
            unit: "考务办".into(),
            phone: None,
            id_number: None,
            grade: AssessorGrade::None,
            card_no: None,
            card_until: None,
            occupations: String::new(),
            duties: "proctor".into(),
            kept_by: None,
            operator: None,
            retired: false,
        })?)
    }
}

fn desk(says: &Particulars) -> Desk {
    let mut desk = Desk::with_batch();
    desk.people(2);
    desk.does(&Someone);
    desk.does(&kaowu::ops::complaints::Add {
        name: "张三".into(),
        unit: None,
        contact: "15400009999".into(),
        matter: "成绩".into(),
        against: None,
        evidence: None,
        received_on: None,
    });
    desk.does(says);
    desk
}

/// A home where one of them works, and the other's bundle in it.
fn both() -> (Shell, PathBuf) {
    let shell = Shell::of(&desk(&HERE).site);
    let bundle = shell.path("theirs");
    export(&desk(&THERE).site, &bundle);
    (shell, bundle)
}

/// Everything that may be seen of nobody by whoever did not ask for it.
fn whole(shell: &Shell) -> Vec<String> {
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let sql =
        "SELECT id_number FROM application UNION SELECT phone FROM application UNION SELECT birth FROM application";
    let mut all = db.prepare(sql).unwrap();
    let mut all: Vec<String> = all.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    for one in [&HERE, &THERE] {
        all.extend([one.phone, one.birth, one.number, one.ends, one.telephone()].map(str::to_owned));
    }
    all
}

fn told(shell: &Shell, args: &str, never: &[String]) -> String {
    let answer = shell.run(args);
    let text = answer.out + &answer.err;
    assert!(!text.trim().is_empty(), "{args}");
    for one in never {
        assert!(!text.contains(one.as_str()), "{args}: {one}\n{text}");
    }
    text
}

fn masked(text: &str) {
    for shown in ["154????1111", "1990-??-??", "150699????????0017", "张三 154????3333", "154****2222", "154****4444"]
    {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
}

#[test]
fn comparing_and_merging_tell_no_whole_number() {
    let (shell, bundle) = both();
    let (bundle, never) = (bundle.display().to_string(), whole(&shell));
    for json in ["", " --json"] {
        masked(&told(&shell, &format!("import {bundle} --dry-run --as coordinator{json}"), &never));
        masked(&told(&shell, &format!("merge {bundle} --dry-run --as coordinator{json}"), &never));
    }
    let english = told(&shell, &format!("merge {bundle} --dry-run --as coordinator --lang en"), &never);
    assert!(english.contains("154????1111 (differs in what is masked)"), "{english}");
    masked(&told(&shell, &format!("merge {bundle} --as coordinator --json"), &never));
    masked(&told(&shell, &format!("merge {bundle} --as coordinator"), &never));
    let list = told(&shell, "merge list --as coordinator", &never);
    assert!(list.contains("154????1111（遮住的部分不同）"), "{list}");
    masked(&list);
    masked(&told(&shell, "merge list --as coordinator --json", &never));
    let mut shown = String::new();
    for n in 1..=4 {
        shown += &told(&shell, &format!("merge show {n} --as coordinator"), &never);
        told(&shell, &format!("merge show {n} --as coordinator --json"), &never);
    }
    masked(&shown);
}

#[test]
fn the_journal_of_it_tells_none_either() {
    let (shell, bundle) = both();
    let never = whole(&shell);
    shell.run(&format!("merge {} --as coordinator", bundle.display()));
    shell.run("merge resolve 1 2 3 4 --keep there --as coordinator --reason 核对原件").done();
    let log = shell.run("log --json --as coordinator").done().json();
    let kinds: Vec<_> = log.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
    for kind in ["test.particulars", "exchange.merge", "exchange.resolve"] {
        assert!(kinds.iter().any(|one| one == kind), "{kind}: {kinds:?}");
    }
    let mut shown = String::new();
    for n in 1..=kinds.len() {
        shown += &told(&shell, &format!("log show {n} --as coordinator"), &never);
        told(&shell, &format!("log show {n} --as coordinator --json"), &never);
    }
    masked(&shown);
    // What was decided for came in whole.
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let text = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT phone FROM application WHERE id = 1"), THERE.phone);
    assert_eq!(text("SELECT birth FROM application WHERE id = 1"), THERE.birth);
    assert_eq!(text("SELECT phone FROM application WHERE id = 2"), THERE.ends);
    assert_eq!(text("SELECT id_number FROM staff"), THERE.number);
    assert_eq!(text("SELECT contact FROM complaint"), THERE.contact);
}

//! A whole bundle, locked for a site that has nothing of the batch yet: all of it comes in, and can be taken back.
use crate::harness::second::cheap_hash;
use crate::harness::{Desk, Shell};
use kaowu::bundle::site::TABLES;
use kaowu::config::{Assets, Home};
use kaowu::model::{ApplicationId, Mark, Points, Role, Subject};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::entry::{Action, Save, Settle};
use kaowu::ops::exchange::site::{Folder, Merge, Packing, Wishes, conflicts, open_ours, prepare_as};
use kaowu::ops::history::{self, Undo, WayBack};
use kaowu::ops::marks::{self, Lock};
use kaowu::ops::seating::Arrange;
use kaowu::ops::site_key;
use kaowu::ops::upkeep::{AddOperator, operators};
use kaowu::text::{Lang, Locale, merging};
use std::path::Path;

const WHO: ApplicationId = ApplicationId(1);

fn types(desk: &mut Desk, typist: &str, points: i32) {
    let save = |part| Save::new(WHO, part, Mark::Points(Points::whole(points)));
    desk.sign_on(typist).does(&save(Subject::Theory));
}

/// One candidate whose first entries were discarded, and typed anew by the same two the other way round.
pub fn settled(home: &Path) -> Desk {
    let mut desk = Desk::in_file(&home.join("site.db"));
    desk.open_batch();
    desk.people(1);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    let pin_hash = Some(cheap_hash().to_owned());
    let (name, roles) = ("评卷人".to_owned(), vec![Role::ScoreManager]);
    desk.does(&AddOperator { name, roles, os_user: None, unit: None, pin_hash });
    desk.at("18:00");
    types(&mut desk, "typist-a", 60);
    types(&mut desk, "typist-b", 70);
    let (action, reason) = (Action::DiscardBoth, "核对纸质成绩单".to_owned());
    desk.sign_on("coordinator").does(&Settle { application: WHO, subject: Subject::Theory, action, reason });
    types(&mut desk, "typist-b", 65);
    types(&mut desk, "typist-a", 65);
    desk.sign_on("coordinator");
    desk
}

fn lock(desk: &mut Desk) {
    let sessions = marks::sessions(&desk.site).unwrap();
    let theory = sessions.iter().find(|s| s.subject == Subject::Theory && s.expected > 0).unwrap();
    desk.does(&Lock { session: theory.id });
}

/// A site with the batch and nothing in it.
pub fn empty(home: &Path) -> Desk {
    let mut desk = Desk::in_file(&home.join("site.db"));
    desk.open_batch();
    desk
}

/// Its bundle, locked for `there` and compared by somebody there, with the number of rows that whoever gave it was told.
pub fn given(desk: &mut Desk, there: &Path) -> (Folder, u64) {
    let keys = site_key::in_home(&Home::at(there.to_owned())).unwrap();
    let path = there.join("for-us.zip.age");
    let wishes = Wishes { packing: Packing::File, recipient: Some(keys.open.recipient()), purpose: None };
    let prepared = prepare_as(&desk.site, &path, &wishes).unwrap();
    let rows = prepared.rows();
    desk.does(&prepared.give);
    prepared.finish(&path).unwrap();
    let mut folder = open_ours(&path, &keys.open).unwrap();
    folder.vouch(&folder.origin.fingerprint()).unwrap();
    (folder, rows)
}

fn rows(desk: &Desk, table: &str) -> i64 {
    let db = rusqlite::Connection::open(desk.site.file().unwrap()).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn all_of_it_comes_in_without_a_conflict_and_is_counted_the_same() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut here, mut there) = (settled(home.path()), empty(other.path()));
    lock(&mut here);
    assert_eq!((rows(&here, "entry WHERE state = 'discarded'"), rows(&here, "mark_lock")), (2, 1));
    let (folder, told) = given(&mut here, other.path());
    let done = there.site.perform(&Merge { folder: &folder }).unwrap();
    let (account, op) = (&done.out.account, done.op.unwrap());
    assert_eq!((account.conflicts.as_slice(), done.out.open), ([].as_slice(), 0));
    assert_eq!((account.read, account.added + account.unchanged), (told, told));
    assert_eq!(conflicts::all(&there.site).unwrap(), []);
    for table in ["entry", "mark", "mark_lock", "placement"] {
        assert_eq!(rows(&there, table), rows(&here, table), "{table}");
    }
    // What is locked is opened by two, not by taking back how it came.
    let refused = history::way_back(&mut there.site, op).unwrap();
    assert!(matches!(refused, WayBack::Refused(why) if why.is(marks::LOCKED)));
    assert_eq!(there.refused(&Undo { op, reason: "并错了".into() }), "marks.locked");
}

/// With the people that it named: none of them could sign on here, so no duty is given or taken.
#[test]
fn whoever_brought_it_in_takes_it_back() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut here, mut there) = (settled(home.path()), empty(other.path()));
    let (folder, _) = given(&mut here, other.path());
    let op = there.site.perform(&Merge { folder: &folder }).unwrap().op.unwrap();
    let named = |desk: &Desk| operators(&desk.site).unwrap().into_iter().find(|o| o.name == "评卷人");
    assert!(named(&there).unwrap().disabled);
    assert_eq!(history::way_back(&mut there.site, op).unwrap(), WayBack::One);
    assert_eq!(rows(&there, "entry"), rows(&here, "entry"), "trying it out changes nothing");
    let undo = there.site.perform(&Undo { op, reason: "并错了".into() }).unwrap();
    assert_eq!((rows(&there, "entry"), rows(&there, "application"), named(&there)), (0, 0, None));
    let refused = history::way_back(&mut there.site, op).unwrap();
    assert!(matches!(refused, WayBack::Refused(why) if why.is(kaowu::model::Code("history.already_undone"))));
    // An account that works is another matter: only an administrator takes such duties back.
    assert!(undo.op.is_some());
    there.sign_on("admin");
    let pin_hash = Some(cheap_hash().to_owned());
    let manager =
        AddOperator { name: "管分人".into(), roles: vec![Role::ScoreManager], os_user: None, unit: None, pin_hash };
    let op = there.site.perform(&manager).unwrap().op.unwrap();
    there.sign_on("coordinator");
    let refused = there.site.perform(&Undo { op, reason: "x".into() }).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "operator.by_admin");
}

/// By the commands: export, import into an empty folder and merge tell one number, and nothing waits.
#[test]
fn every_command_counts_the_same_rows() {
    let (mut here, there, empty) = (Shell::new(), Shell::new(), Shell::new());
    let home = here.path("site").display().to_string();
    here.run(&format!("demo --no-tui --candidates 24 --at review --home {home}")).done();
    here.moved_to("site", "2023-10-18T10:00:00+08:00");
    let mut counts = Vec::new();
    for (shell, name) in [(&there, "a.age"), (&empty, "b.age")] {
        shell.run("site key show --out card.toml").done();
        let (card, out) = (shell.path("card.toml").display().to_string(), shell.path(name).display().to_string());
        let groups = groups(shell);
        let args = ["export", "site", "--to", &card, "--groups", &groups, "--out", &out, "--json"];
        counts.push(here.run_args(&args, "").done().json()["rows"].as_u64());
    }
    there.run("init --site 02 --name 二号 --region 150600 --organisation S000015006001 --operator root").done();
    there.run("batch open --code nmg-2023 --name 2023 --policy nmg-2023 --as root").done();
    let merged = there.run("merge a.age --as root --json").done().json();
    let imported = empty.run("import b.age --json").done().json();
    assert_eq!(merged["conflicts"].as_array().map(Vec::len), Some(0));
    counts.extend([&merged, &imported].map(|answer| answer["read"].as_u64()));
    assert!(counts.iter().all(|count| *count == counts[0] && count.is_some_and(|n| n > 500)), "{counts:?}");
    assert_eq!(there.run("merge list --as root --json").done().json().as_array().map(Vec::len), Some(0));
}

fn groups(shell: &Shell) -> String {
    let shown = shell.run("site key show --lang en").done().out;
    shown.lines().find_map(|line| line.strip_prefix("fingerprint: ")).unwrap().to_owned()
}

#[test]
fn a_conflict_is_told_in_words() {
    for lang in [Lang::Chinese, Lang::English] {
        let (locale, _) = Locale::load(&Assets::default(), lang);
        for table in TABLES {
            assert!(locale.has(&format!("record.{}", table.record)), "{lang:?} {}", table.name);
        }
        let marks = ["entries", "entry-claims", "control-totals", "marks", "mark-locks", "mark-changes"];
        let panels = ["panels", "panel-members", "panel-recusals", "panel-candidates", "panel-sheets"];
        for table in TABLES.iter().filter(|t| marks.contains(&t.name) || panels.contains(&t.name)) {
            for heading in table.headings() {
                let word = merging::heading(&locale, heading);
                assert!(word != heading || !heading.contains(['.', '_']), "{lang:?} {} {heading}", table.name);
            }
        }
    }
    let (locale, _) = Locale::load(&Assets::default(), Lang::Chinese);
    let key = "resident_id 152299********0069 4-02-06-01 3 theory 1 discarded 登分乙 2023-10-15T14:03:20.000+08:00";
    let said = "居民身份证 152299********0069 4-02-06-01 三级/高级工 理论 1 弃用 登分乙 2023-10-15 14:03";
    assert_eq!(merging::key(&locale, "entries", key), said);
    // A name with a blank in it: codes only.
    let key = key.replace("登分乙", "Anna Li");
    assert!(merging::key(&locale, "entries", &key).contains("理论 1 弃用 Anna Li"));
    assert_eq!(merging::heading(&locale, "application.id_number"), "证件号码");
    assert_eq!(merging::heading(&locale, "operator.name"), "操作员");
}

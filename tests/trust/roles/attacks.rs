//! What somebody with the database in hand may not write either, triggers and checks in place.
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Mark, Points, SessionId, Subject};
use kaowu::ops::entry::Save;
use kaowu::ops::marks::{AskChange, AskUnlock, Lock};
use rusqlite::Connection;

struct World {
    desk: Desk,
    db: Connection,
    _home: tempfile::TempDir,
}

/// Two people with both parts typed by two and locked, a change of the first asked for by the coordinator.
fn world() -> World {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    desk.open_batch();
    desk.people(3);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    for who in [1, 2].map(ApplicationId) {
        for typist in ["typist-a", "typist-b"] {
            desk.sign_on(typist).does(&Save::new(who, Subject::Theory, Mark::Points(Points::whole(70))));
        }
    }
    desk.sign_on("typist-a").does(&Save::new(ApplicationId(3), Subject::Theory, Mark::Points(Points::whole(70))));
    desk.sign_on("score-manager").sign_on("score-manager-b").sign_on("coordinator");
    let db = Connection::open(path).unwrap();
    World { desk, db, _home: home }
}

impl World {
    fn locked() -> World {
        let mut world = world();
        world.desk.sign_on("typist-b");
        world.desk.does(&Save::new(ApplicationId(3), Subject::Theory, Mark::Points(Points::whole(70))));
        world.desk.sign_on("coordinator").does(&Lock { session: SessionId(1) });
        world
    }

    /// The statement with names in braces made ids.
    #[track_caller]
    fn refuses(&self, why: &str, sql: &str) {
        let error = self.try_to(sql).expect_err(sql).to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }

    #[track_caller]
    fn takes(&self, sql: &str) {
        self.try_to(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn try_to(&self, sql: &str) -> rusqlite::Result<()> {
        let mut sql = sql.to_owned();
        while let (Some(from), Some(to)) = (sql.find('{'), sql.find('}')) {
            let name = sql[from + 1..to].to_owned();
            let id: i64 = self.db.query_row("SELECT id FROM operator WHERE name = ?1", [&name], |r| r.get(0)).unwrap();
            sql.replace_range(from..=to, &id.to_string());
        }
        self.db.execute_batch(&format!("SAVEPOINT attack; {sql}; ")).inspect_err(|_| self.back())?;
        self.back();
        Ok(())
    }

    fn back(&self) {
        self.db.execute_batch("ROLLBACK TO attack; RELEASE attack").unwrap();
    }
}

fn entry(application: i64, slot: i64, operator: &str) -> String {
    format!(
        "INSERT INTO entry (id, application, subject, slot, state, mark, points, source, operator, at, accepted)
         VALUES (900, {application}, 'theory', {slot}, 'open', 'points', 7000, 'typed', {{{operator}}}, 0, '')"
    )
}

#[test]
fn nobody_types_twice_not_even_by_sql() {
    let world = world();
    let two = "both entries by one operator";
    world.refuses(two, &entry(3, 2, "typist-a"));
    world.takes(&entry(3, 2, "typist-b"));
    // Nor the third between two.
    world.refuses(two, &entry(1, 3, "typist-a"));
    world.refuses(two, &entry(1, 3, "typist-b"));
    world.takes(&entry(1, 3, "typist-c"));
    // One that was discarded does not come back beside a second one of the same hand.
    let discard = "UPDATE entry SET state = 'discarded' WHERE application = 1 AND slot = 1";
    let again = format!("{discard}; {}", entry(1, 1, "typist-c"));
    world.takes(&again);
    let back = "UPDATE entry SET state = 'open', slot = 3 WHERE application = 1 AND slot = 1 AND id <> 900";
    world.takes(&format!("{again}; {back}"));
    world.refuses(two, &format!("{discard}; {}; {back}", entry(1, 1, "typist-a")));
    world.refuses("an entry keeps its operator", "UPDATE entry SET operator = {typist-b} WHERE application = 3");
}

#[test]
fn whoever_is_no_typist_types_no_mark() {
    let world = world();
    for name in ["proctor", "admin", "auditor", "coordinator", "approver", "reviewer", "score-manager"] {
        world.refuses("marks are typed by typists", &entry(3, 2, name));
    }
    for name in ["proctor", "admin", "auditor", "reviewer", "score-manager"] {
        let cover = format!(
            "INSERT INTO control_total (session, room, papers, total, operator, at) VALUES (1, 1, 3, 0, {{{name}}}, 0)"
        );
        world.refuses("covers are for typists and coordinators", &cover);
    }
    world.takes(
        "INSERT INTO control_total (session, room, papers, total, operator, at) VALUES (1, 1, 3, 0, {typist-a}, 0)",
    );
    let sheet = |name: &str| {
        format!(
            "PRAGMA defer_foreign_keys = 1; INSERT INTO panel_sheet (member, application, points, fails, operator, at)
             VALUES (1, 1, 0, '', {{{name}}}, 0)"
        )
    };
    for name in ["proctor", "admin", "auditor", "coordinator", "score-manager"] {
        world.refuses("sheets are filled by reviewers and typists", &sheet(name));
    }
}

#[test]
fn locks_and_changes_are_the_score_managers() {
    let mut world = world();
    let words = "marks are locked and opened by score managers";
    for name in ["coordinator", "proctor", "typist-a", "reviewer", "auditor", "admin"] {
        world.refuses(words, &format!("INSERT INTO mark_lock (session, at, operator) VALUES (1, 0, {{{name}}})"));
    }
    world.takes("INSERT INTO mark_lock (session, at, operator) VALUES (1, 0, {score-manager})");
    world = World::locked();
    world.desk.does(&AskUnlock { session: SessionId(1), reason: "锁错".into() });
    for name in ["approver", "admin", "auditor", "typist-a"] {
        world.refuses(words, &format!("UPDATE mark_lock SET opened_by = {{{name}}}"));
    }
    world.refuses("CHECK", "UPDATE mark_lock SET asked_by = {score-manager}, opened_by = {score-manager}");
    world.refuses("a lock is opened by two", "DELETE FROM mark_lock");
    world.takes("UPDATE mark_lock SET opened_by = {score-manager}; DELETE FROM mark_lock");
}

#[test]
fn a_locked_mark_is_decided_by_a_score_manager_who_did_not_ask() {
    let mut world = World::locked();
    world.refuses("mark is locked", "UPDATE mark SET points = 9900 WHERE application = 1 AND subject = 'theory'");
    let mark = Mark::Points(Points::whole(80));
    world.desk.does(&AskChange {
        application: ApplicationId(1),
        subject: Subject::Theory,
        mark,
        reason: "漏加".into(),
    });
    let decide =
        |name: &str| format!("UPDATE mark_change SET state = 'approved', decided_at = 0, decided_by = {{{name}}}");
    let words = "changes of locked marks are decided by score managers";
    for name in ["approver", "admin", "auditor", "proctor", "typist-a", "reviewer"] {
        world.refuses(words, &decide(name));
    }
    world.refuses("", &decide("coordinator"));
    world.takes(&decide("score-manager"));
    let made = |asked: &str, decided: &str| {
        format!(
            "INSERT INTO mark_change (id, application, subject, old_mark, old_points, new_mark, new_points, reason, asked_by,
               asked_at, state, decided_by, decided_at)
             VALUES (90, 2, 'theory', 'points', 7000, 'points', 9000, 'x', {{{asked}}}, 0, 'approved', {{{decided}}}, 0)"
        )
    };
    world.refuses("CHECK", &made("score-manager", "score-manager"));
    world.refuses(words, &made("typist-a", "score-manager"));
    world.refuses(words, &made("coordinator", "approver"));
    world.takes(&made("score-manager", "score-manager-b"));
}

#[test]
fn duties_that_exclude_one_another_stand_in_no_row() {
    let world = world();
    let row =
        |roles: &str| format!("INSERT INTO operator (id, name, roles, disabled) VALUES (900, 'both', '{roles}', 0)");
    let codes = ["admin", "coordinator", "score_manager", "proctor", "typist", "reviewer", "auditor"];
    let alone = |code: &str| code == "admin" || code == "auditor";
    for one in codes {
        world.takes(&row(one));
        for other in codes.into_iter().filter(|other| *other != one) {
            let pair = [one, other];
            let manager = pair.contains(&"score_manager")
                && pair.iter().any(|c| ["coordinator", "typist", "proctor", "reviewer"].contains(c));
            let typing = pair.contains(&"coordinator") && pair.contains(&"typist");
            let both = row(&format!("{one},{other}"));
            if alone(one) || alone(other) || manager || typing {
                // A trigger comes before what is checked of the row.
                let words = |marks: bool| if marks { "who signs marks off gives none" } else { "CHECK" };
                let gives_marks = pair.contains(&"score_manager") && pair.contains(&"reviewer");
                world.refuses(words(gives_marks), &both);
                let manager = pair.contains(&"score_manager");
                world.refuses(words(manager), &row(&format!("{one},reviewer,{other}")));
                let change = format!("UPDATE operator SET roles = roles || ',{other}' WHERE id = 900");
                world.refuses(words(gives_marks), &format!("{}; {change}", row(one)));
            } else {
                world.takes(&both);
            }
        }
    }
    world.refuses("CHECK", &row("score-manager,coordinator"));
}

#[test]
fn only_coordinators_publish_and_issue() {
    let world = world();
    let published = |by: &str| {
        format!(
            "PRAGMA defer_foreign_keys = 1;
             INSERT INTO publication (id, batch, number, inputs, digest, columns, identity, published_on, until_day, place,
               accepted, operator, at, state)
             VALUES (90, 1, 90, 'x', 'x', 'name', 'none', '2023-10-16', '2023-10-27', 'x', '', {{{by}}}, 0, 'open')"
        )
    };
    world.takes(&published("coordinator"));
    let finalised = |by: &str| {
        format!(
            "{}; UPDATE publication SET state = 'final', finalised_at = 0, finalised_by = {{{by}}} WHERE id = 90",
            published("coordinator")
        )
    };
    let void = |by: &str| {
        format!(
            "PRAGMA defer_foreign_keys = 1;
             INSERT INTO certificate_void (certificate, kind, reason, voided_on, operator, at)
             VALUES (1, 'revoked', 'x', '2023-10-16', {{{by}}}, 0)"
        )
    };
    for name in ["admin", "auditor", "proctor", "typist-a", "reviewer", "score-manager"] {
        world.refuses("results are published by coordinators", &published(name));
        world.refuses("results are published by coordinators", &finalised(name));
        world.refuses("certificates are issued by coordinators", &void(name));
    }
}

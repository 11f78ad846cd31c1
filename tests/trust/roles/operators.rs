//! Who gives and takes duties, and which exclude one another.
use crate::harness::{Desk, Shell, desk};
use kaowu::model::Role::{self, Admin, Auditor, Coordinator, Proctor, Reviewer, ScoreManager, Typist};
use kaowu::ops::Operation;
use kaowu::ops::history::Undo;
use kaowu::ops::upkeep::{AddOperator, DisableOperator};

fn add(name: &str, roles: &[Role]) -> AddOperator {
    AddOperator { name: name.into(), roles: roles.to_vec(), os_user: None, unit: None, pin_hash: None }
}

/// By whoever is signed on, nobody instead of them.
fn refused<O: Operation>(desk: &mut Desk, op: &O) -> Option<&'static str> {
    desk.site.perform(op).err().map(|error| error.refusal().expect("a refusal").code.0)
}

/// Written down a second time, beside the program's own list.
fn exclude(one: Role, other: Role) -> bool {
    let pair = [one, other];
    let both = |a, b| pair == [a, b] || pair == [b, a];
    one != other
        && (pair.contains(&Auditor)
            || pair.contains(&Admin)
            || both(Coordinator, Typist)
            || [Coordinator, Typist, Proctor, Reviewer].into_iter().any(|exam| both(ScoreManager, exam)))
}

#[test]
fn clashing_duties_go_to_two_people() {
    let mut desk = Desk::new();
    for one in Role::ALL {
        for other in Role::ALL {
            desk.sign_on("admin");
            let name = format!("{}-{}", one.code(), other.code());
            let answer = refused(&mut desk, &add(&name, &[one, other]));
            assert_eq!(answer, exclude(one, other).then_some("operator.duties_clash"), "{name}");
        }
    }
}

#[test]
fn coordinators_add_and_disable_only_those_who_work_under_them() {
    let mut desk = Desk::new();
    desk.sign_on("coordinator");
    for role in Role::ALL {
        let under = [Proctor, Typist, Reviewer].contains(&role);
        let answer = refused(&mut desk, &add(&format!("new-{}", role.code()), &[role]));
        assert_eq!(answer, (!under).then_some("operator.by_admin"), "{role:?}");
    }
    assert_eq!(refused(&mut desk, &add("both", &[Proctor, Coordinator])), Some("operator.by_admin"));
    desk.sign_on("score-manager").sign_on("coordinator");
    for (name, refusal) in [
        ("auditor", Some("operator.by_admin")),
        ("score-manager", Some("operator.by_admin")),
        ("admin", Some("operator.by_admin")),
        ("coordinator", Some("operator.by_admin")),
        ("proctor", None),
    ] {
        assert_eq!(refused(&mut desk, &DisableOperator { name: name.into() }), refusal, "{name}");
    }
    for name in ["score-manager", "typist-a", "reviewer", "auditor"] {
        desk.sign_on(name);
        assert_eq!(refused(&mut desk, &add("x", &[Proctor])), Some("duty.either_role_needed"), "{name}");
    }
}

#[test]
fn the_administrator_gives_every_duty_and_takes_all_but_the_last_administrators() {
    let mut desk = Desk::new();
    desk.sign_on("admin");
    for role in Role::ALL {
        assert_eq!(refused(&mut desk, &add(&format!("new-{}", role.code()), &[role])), None, "{role:?}");
    }
    assert_eq!(refused(&mut desk, &DisableOperator { name: "new-admin".into() }), None);
    assert_eq!(refused(&mut desk, &DisableOperator { name: "admin".into() }), Some("operator.last_admin"));
}

/// Taking back what an administrator did is no way round.
#[test]
fn giving_and_taking_duties_is_undone_only_by_whoever_may_do_it() {
    let mut desk = Desk::new();
    desk.sign_on("admin");
    let added = desk.site.perform(&add("watch", &[Auditor])).unwrap().op.unwrap();
    let disabled = desk.site.perform(&DisableOperator { name: "auditor".into() }).unwrap().op.unwrap();
    desk.sign_on("coordinator");
    for op in [added, disabled] {
        assert_eq!(refused(&mut desk, &Undo { op, reason: "x".into() }), Some("operator.by_admin"));
    }
    desk.sign_on("admin");
    assert_eq!(refused(&mut desk, &Undo { op: disabled, reason: "x".into() }), None);
}

#[test]
fn a_site_begins_with_two_people() {
    let shell = Shell::new();
    let one = shell.run("init --site 01 --name 考点 --operator wang --admin wang");
    assert!(one.status != 0 && one.err.contains("--admin"), "{}", one.err);
    shell.run("init --site 01 --name 考点 --operator wang --admin li").done();
    let all = shell.run("operator list --json").done().json();
    let roles = |name: &str| all.as_array().unwrap().iter().find(|o| o["name"] == name).unwrap()["roles"].clone();
    assert_eq!((roles("wang").as_str(), roles("li").as_str()), (Some("coordinator"), Some("admin")));
    let refused = shell.run("operator add zhao --role auditor --as wang --json");
    assert!(refused.status == 1 && refused.err.contains("operator.by_admin"), "{}", refused.err);
    shell.run("operator add zhao --role score-manager --as li").done();
    let clash = shell.run("operator add qian --role score_manager proctor --as li --lang en");
    assert!(clash.err.contains("score manager") && clash.err.contains("proctor"), "{}", clash.err);
}

/// What only a score manager does is refused to everybody else, with who it is for.
#[test]
fn marks_are_signed_off_by_the_score_manager_alone() {
    use kaowu::model::{MarkChangeId, SessionId};
    use kaowu::ops::marks::{DecideChange, DecideUnlock, Lock, Verdict};
    let mut desk = Desk::seated(2);
    let session = SessionId(1);
    let unlock = DecideUnlock { session, verdict: Verdict::Approve, note: "x".into() };
    let change = DecideChange { change: MarkChangeId(1), verdict: Verdict::Approve, note: "x".into() };
    for name in ["coordinator", "approver", "proctor", "typist-a", "reviewer", "auditor", "admin"] {
        desk.sign_on(name);
        assert_eq!(refused(&mut desk, &Lock { session }), Some("duty.role_needed"), "{name}");
        assert_eq!(refused(&mut desk, &unlock), Some("duty.role_needed"), "{name}");
        assert_eq!(refused(&mut desk, &change), Some("duty.role_needed"), "{name}");
    }
    desk.sign_on("score-manager");
    assert_eq!(refused(&mut desk, &Lock { session }), Some("marks.in_the_way"));
    desk::administrator(&mut desk.site);
    assert!(desk.site.actor().roles == [Admin]);
}

//! Between site and region: a bundle out and back, in any order, with nothing overwritten.
use super::world::*;
use crate::harness::Desk;
use crate::site_bundle::world::export;
use ReviewStep::{First, Second};
use kaowu::model::{ApplicationId, ReviewStep};
use kaowu::ops::exchange::site::{Merge, Merged, Resolve, Stands, conflicts};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::reviews::{StampBy, chain};
use kaowu::ops::{ApplicationState, Result};
use std::path::{Path, PathBuf};

const CHAIN: [StampBy; 5] =
    [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture, StampBy::Issuer];

struct Post {
    home: tempfile::TempDir,
    sent: usize,
}

impl Post {
    fn new() -> Post {
        Post { home: tempfile::tempdir().unwrap(), sent: 0 }
    }

    fn bundle(&mut self, desk: &Desk) -> PathBuf {
        self.sent += 1;
        let path = self.home.path().join(self.sent.to_string());
        export(&desk.site, &path);
        path
    }
}

fn merge(desk: &mut Desk, from: &Path) -> Result<Merged> {
    let folder = crate::harness::vouched(from)?;
    Ok(desk.site.perform_bulk(&Merge { folder: &folder })?.out)
}

/// What the rows say that a merge is about, without row numbers and order.
fn content(desk: &Desk) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("out");
    export(&desk.site, &path);
    let mut all = Vec::new();
    for name in ["applications", "stamps", "reviews", "fees", "listings", "listed", "list-objections", "complaints"] {
        let text = std::fs::read_to_string(path.join(format!("{name}.csv"))).unwrap();
        all.extend(text.lines().map(|line| format!("{name} {line}")));
    }
    all.sort();
    all
}

/// The site and the region begin with the same three people.
fn pair() -> (Desk, Desk, Vec<ApplicationId>) {
    let (mut here, ids) = filed(3);
    let (mut there, _) = filed(3);
    for desk in [&mut here, &mut there] {
        for node in &CHAIN[..4] {
            desk.does(&stamp(*node, &ids));
        }
    }
    (here, there, ids)
}

/// S1-27, S1-28: the first review at the site goes up, the second comes back.
#[test]
fn the_file_goes_up_and_comes_back() {
    let (mut here, mut there, ids) = pair();
    let mut post = Post::new();
    here.does(&pass(First, &ids[..2]));
    let up = post.bundle(&here);
    let got = merge(&mut there, &up).unwrap();
    assert_eq!((got.account.added, got.account.conflicts.len()), (2, 0), "{got:?}");
    there.sign_on("approver");
    there.does(&stamp(StampBy::Issuer, &ids[..2]));
    there.does(&pass(Second, &ids[..1]));
    there.does(&send_back(Second, ids[1], "补学历证书"));
    let back = post.bundle(&there);
    let got = merge(&mut here, &back).unwrap();
    assert_eq!(got.account.conflicts, []);
    let states = [ApplicationState::Approved, ApplicationState::Returned, ApplicationState::Submitted];
    assert_eq!([0, 1, 2].map(|n| state(&here, ids[n])), states);
    assert_eq!(content(&here), content(&there));
    // Again changes nothing, and the older bundle takes nothing back.
    let before = content(&here);
    assert_eq!(merge(&mut here, &back).unwrap().account.added, 0);
    let old = merge(&mut there, &up).unwrap();
    assert_eq!((old.account.added, old.taken, old.account.conflicts.len()), (0, 0, 0), "{old:?}");
    assert_eq!((content(&here), content(&there)), (before.clone(), before));
}

#[test]
fn both_orders_give_the_same_and_the_newer_stands() {
    let (mut here, mut there, ids) = pair();
    let mut post = Post::new();
    here.does(&pass(First, &ids));
    let up = post.bundle(&here);
    merge(&mut there, &up).unwrap();
    there.sign_on("approver").does(&send_back(Second, ids[0], "补照片"));
    let returned = post.bundle(&there);
    // The site hears of it, the applicant mends, and the site passes anew, while the region goes on with another.
    merge(&mut here, &returned).unwrap();
    here.does(&Again { application: ids[0], phone: Some("15400009999".into()) });
    here.does(&pass(First, &ids[..1]));
    there.does(&stamp(StampBy::Issuer, &ids[1..2]));
    there.does(&pass(Second, &ids[1..2]));
    let (of_here, of_there) = (post.bundle(&here), post.bundle(&there));
    let one = merge(&mut there, &of_here).unwrap();
    let two = merge(&mut here, &of_there).unwrap();
    assert_eq!((one.account.conflicts.len(), two.account.conflicts.len()), (0, 0), "{one:?} {two:?}");
    assert_eq!(content(&here), content(&there));
    assert_eq!(row(&there, ids[0]).phone.as_deref(), Some("15400009999"));
    assert_eq!(state(&there, ids[0]), ApplicationState::Submitted);
    // The older return does not come back.
    let old = merge(&mut there, &returned).unwrap();
    assert_eq!((old.taken, old.account.added), (0, 0));
    assert_eq!(row(&there, ids[0]).phone.as_deref(), Some("15400009999"));
}

#[test]
fn what_differs_is_listed_with_both_sides_and_stays() {
    let (mut here, mut there, ids) = pair();
    let mut post = Post::new();
    here.does(&pass(First, &ids[..1]));
    there.does(&send_back(First, ids[0], "不清晰"));
    here.does(&Again { application: ids[1], phone: Some("15400002222".into()) });
    there.does(&Again { application: ids[1], phone: Some("15400001111".into()) });
    let withdraw = kaowu::ops::applications::Withdraw { application: ids[2], reason: "不报了".into() };
    there.does(&withdraw);
    let bundle = post.bundle(&there);
    let got = merge(&mut here, &bundle).unwrap();
    let fields: Vec<_> = got.account.conflicts.iter().map(|c| (c.table, c.field)).collect();
    // What only the other side changed comes in; what both changed waits.
    assert!(fields.contains(&("applications", "phone")), "{fields:?}");
    assert_eq!(state(&here, ids[2]), ApplicationState::Withdrawn);
    assert!(fields.contains(&("reviews", "decision")), "{fields:?}");
    assert!(got.account.conflicts.iter().all(|c| c.here != c.there && !c.key.contains("1990")));
    assert_eq!(chain(&here.site, ids[0]).unwrap().standing.passed, [First]);
    assert_eq!(row(&here, ids[1]).phone.as_deref(), Some("15400002222"), "nothing is overwritten");
    // Again: nothing new; an open conflict is told again and kept once.
    let kept = conflicts::all(&here.site).unwrap();
    assert_eq!(got.open, kept.len() as u64);
    merge(&mut here, &bundle).unwrap();
    assert_eq!(conflicts::all(&here.site).unwrap(), kept);
    // A person decides, why is kept, and the same bundle asks no more.
    let open =
        |kept: &conflicts::Kept| kept.fields.iter().any(|f| f.differs && f.heading == "phone").then_some(kept.id);
    let conflict = kept.iter().find_map(open).unwrap();
    let empty = Resolve { conflict, stands: Stands::There, reason: " ".into() };
    assert_eq!(here.site.perform(&empty).unwrap_err().refusal().unwrap().code.0, "merge.reason_missing");
    here.does(&Resolve { conflict, stands: Stands::There, reason: "以自治区核实为准".into() });
    assert_eq!(row(&here, ids[1]).phone.as_deref(), Some("15400001111"));
    let again = merge(&mut here, &bundle).unwrap();
    assert!(again.account.conflicts.iter().all(|c| c.field != "phone"), "{again:?}");
    let twice = Resolve { conflict, stands: Stands::Here, reason: "x".into() };
    assert_eq!(here.site.perform(&twice).unwrap_err().refusal().unwrap().code.0, "merge.already_decided");
}

#[test]
fn a_merge_is_one_operation_and_can_be_taken_back() {
    let (mut here, mut there, ids) = pair();
    let mut post = Post::new();
    there.people(5);
    there.does(&pass(First, &ids));
    let before = content(&here);
    let bundle = post.bundle(&there);
    let folder = crate::harness::vouched(&bundle).unwrap();
    let tried = here.site.preview(&Merge { folder: &folder }).unwrap().out;
    assert_eq!(content(&here), before, "a trial stores nothing");
    let got = merge(&mut here, &bundle).unwrap();
    assert_eq!((got.account.added, &got), (5, &tried));
    assert_ne!(content(&here), before);
    let op = history::next_undo(&here.site).unwrap();
    here.does(&Undo { op, reason: "发错了".into() });
    assert_eq!(content(&here), before);
}

#[test]
fn another_batch_or_policy_is_refused() {
    let (mut here, _, _) = pair();
    let mut other = Desk::new();
    other.open_batch_of("xinjiang-2022");
    let mut post = Post::new();
    let bundle = post.bundle(&other);
    assert_eq!(merge(&mut here, &bundle).unwrap_err().refusal().unwrap().code.0, "bundle.batch_not_here");
}

#[test]
fn the_command_tries_and_merges() {
    use crate::harness::Shell;
    // In files: a site with keys signs its bundles.
    let home = tempfile::tempdir().unwrap();
    let (mut there, ids) = filed_at(Desk::in_file(&home.path().join("site.db")), 3);
    for node in &CHAIN[..4] {
        there.does(&stamp(*node, &ids));
    }
    let mut post = Post::new();
    let shell = Shell::new();
    let mut given = |there: &mut Desk| {
        post.sent += 1;
        let path = post.home.path().join(post.sent.to_string());
        let prepared = kaowu::ops::exchange::site::prepare(&there.site, &path).unwrap();
        there.does(&prepared.give);
        prepared.finish(&path).unwrap();
        path.display().to_string()
    };
    shell.run(&format!("import {} --as coordinator", given(&mut there))).done();
    there.does(&pass(First, &ids));
    let bundle = given(&mut there);
    let tried = shell.run(&format!("merge {bundle} --dry-run --json")).done().json();
    // Three reviews, and who signed the handing out.
    assert_eq!((tried["added"].as_u64(), tried["operation"].is_null()), (Some(4), true));
    let done = shell.run(&format!("merge {bundle} --json")).done().json();
    assert_eq!((done["added"].as_u64(), done["conflicts"].as_array().unwrap().len()), (Some(4), 0));
    shell.run("log verify").done();
}

/// One step of somebody's day; what the rules refuse does not happen.
fn step(desk: &mut Desk, ids: &[ApplicationId], (what, who, word): (u8, usize, u8)) {
    use kaowu::ops::complaints::Add;
    let one = &ids[who % ids.len()..][..1];
    let text = format!("{word}");
    let _ = match what % 6 {
        0 => desk.site.perform(&pass(First, one)).map(drop),
        1 => desk.site.perform(&send_back(First, one[0], &format!("不清晰{text}"))).map(drop),
        2 => desk.site.perform(&Again { application: one[0], phone: Some(format!("1540000{:04}", word)) }).map(drop),
        3 => desk.site.perform(&kaowu::ops::applications::Withdraw { application: one[0], reason: text }).map(drop),
        4 => desk.site.perform(&stamp(StampBy::Issuer, one)).map(drop),
        _ => desk
            .site
            .perform(&Add {
                name: format!("甲{}", who % 2),
                unit: None,
                contact: "15400000000".into(),
                matter: "成绩".into(),
                against: None,
                evidence: Some(text),
                received_on: None,
            })
            .map(drop),
    };
}

/// Decides every conflict for the side with the greater text, so that everybody decides alike.
fn decide_alike(desk: &mut Desk) {
    let open = |kept: &conflicts::Kept| kept.state == kaowu::ops::ConflictState::Open;
    for kept in conflicts::all(&desk.site).unwrap().into_iter().filter(open) {
        let side = |text: fn(&conflicts::Field) -> &String| {
            kept.fields.iter().filter(|f| f.differs).map(|f| text(f).clone()).collect::<Vec<_>>()
        };
        let stands = if side(|f| &f.here) > side(|f| &f.there) { Stands::Here } else { Stands::There };
        desk.does(&Resolve { conflict: kept.id, stands, reason: "核实".into() });
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(10))]
    /// Two sites' bundles come to the same at the region in either order, once their conflicts are decided alike; the
    /// same bundles again, and older ones, change nothing.
    #[test]
    fn histories_of_two_sites_merge_in_either_order(
        one in proptest::collection::vec((0u8..6, 0usize..3, 0u8..3), 0..6),
        other in proptest::collection::vec((0u8..6, 0usize..3, 0u8..3), 0..6),
    ) {
        let (mut a, mut b, ids) = pair();
        let (mut first, mut second, _) = pair();
        let mut post = Post::new();
        let old = post.bundle(&a);
        one.into_iter().for_each(|s| step(&mut a, &ids, s));
        other.into_iter().for_each(|s| step(&mut b, &ids, s));
        let (of_a, of_b) = (post.bundle(&a), post.bundle(&b));
        for (desk, bundles) in [(&mut first, [&of_a, &of_b]), (&mut second, [&of_b, &of_a])] {
            for bundle in bundles {
                merge(desk, bundle).unwrap();
            }
            decide_alike(desk);
        }
        proptest::prop_assert_eq!(content(&first), content(&second));
        let before = content(&first);
        for bundle in [&of_a, &of_b, &old] {
            let again = merge(&mut first, bundle).unwrap();
            proptest::prop_assert_eq!((again.account.added, again.taken, again.open), (0, 0, 0), "{:?}", again);
        }
        proptest::prop_assert_eq!(content(&first), before);
    }
}

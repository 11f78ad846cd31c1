//! What a bundle may not do here by one person's word: come in unsigned where its site signs, be vouched for, open a lock.
use super::empty::{empty, given, settled};
use super::world::{Giver, pair};
use crate::harness::desk::known;
use crate::harness::{Desk, PlantPins, vouched};
use kaowu::model::{Role, SessionId, Subject};
use kaowu::ops::exchange::site::{Merge, Resolve, Stands, Trust, card, conflicts};
use kaowu::ops::marks::{self, AskUnlock, DecideUnlock, Lock, Verdict};
use std::path::Path;

fn unsigned(bundle: &Path) {
    for name in ["export.toml", "export.toml.minisig"] {
        std::fs::remove_file(bundle.join(name)).unwrap();
    }
}

/// Two people are there, and nobody signs by themselves.
fn guarded(desk: &mut Desk) {
    desk.does(&PlantPins(vec!["coordinator".into()]));
    desk.alone();
}

/// Taking the signature off takes nothing off what is asked of a bundle, not even by typing its groups.
#[test]
fn a_bundle_without_its_signature_stays_out_where_its_site_is_known() {
    let (here, there) = pair();
    here.run("export site --format bundle --out b").done();
    unsigned(&here.path("b"));
    let bundle = here.path("b").display().to_string();
    for shell in [&there, &here] {
        let answer = shell.run(&format!("merge {bundle} --as root --lang en"));
        assert!(answer.status == 1 && answer.err.contains("bears no signature"), "{}", answer.err);
    }
    there.run("site key distrust 01 --as root --reason 密钥丢失").done();
    let answer = there.run(&format!("merge {bundle} --as root --lang en"));
    assert!(answer.status == 1 && answer.err.contains("bears no signature"), "{}", answer.err);
}

#[test]
fn who_is_trusted_is_said_by_two() {
    let mut giver = Giver::new();
    let path = giver.gives("b.zip", None);
    let mut taker = Giver::new();
    guarded(&mut taker.desk);
    let folder = vouched(&path).unwrap();
    assert_eq!(taker.desk.refused(&Merge { folder: &folder }), "together.needed");
    // Leave is for the key that was looked at, not for whoever signs the same content.
    let wanted = taker.desk.site.take_wanted().unwrap();
    assert!(wanted.said.contains(&folder.origin.fingerprint()), "{}", wanted.said);
    let trust = Trust { card: card(&path).unwrap(), groups: folder.origin.fingerprint() };
    assert_eq!(taker.desk.refused(&trust), "together.needed");
    taker.desk.site.set_witness(Some(crate::harness::second::witness()));
    taker.desk.does(&trust);
    // From then on the key vouches for its bundles.
    taker.desk.alone();
    let done = taker.desk.site.perform(&Merge { folder: &kaowu::ops::exchange::site::open(&path).unwrap() });
    assert!(done.is_ok(), "{:?}", done.err());
}

fn theory(desk: &Desk) -> SessionId {
    let sessions = marks::sessions(&desk.site).unwrap();
    sessions.iter().find(|s| s.subject == Subject::Theory && s.expected > 0).unwrap().id
}

fn opens(desk: &mut Desk, by: &str) {
    let session = theory(desk);
    desk.sign_on("coordinator").does(&AskUnlock { session, reason: "登错".into() });
    let verdict = DecideUnlock { session, verdict: Verdict::Approve, note: "同意".into() };
    desk.sign_on(by).does(&verdict);
    desk.sign_on("coordinator");
}

fn locks(desk: &Desk) -> i64 {
    let db = rusqlite::Connection::open(desk.site.file().unwrap()).unwrap();
    db.query_row("SELECT count(*) FROM mark_lock", [], |r| r.get(0)).unwrap()
}

fn merges(desk: &mut Desk, folder: &kaowu::ops::exchange::site::Folder) -> usize {
    desk.site.perform_bulk(&Merge { folder }).unwrap();
    conflicts::all(&desk.site).unwrap().len()
}

/// Marks that were locked here stay so, whatever another site says of them, until two people here open them.
#[test]
fn no_bundle_opens_what_was_locked_here() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut here, mut there) = (settled(home.path()), empty(other.path()));
    let session = theory(&here);
    known(&mut here.site, "score-manager-c", Role::ScoreManager);
    here.does(&Lock { session });
    assert_eq!(merges(&mut there, &given(&mut here, other.path()).0), 0);
    opens(&mut there, "score-manager-b");
    assert_eq!((merges(&mut here, &given(&mut there, home.path()).0), locks(&here)), (1, 1));
    let conflict = conflicts::all(&here.site).unwrap()[0].clone();
    let resolve = Resolve { conflict: conflict.id, stands: Stands::There, reason: "电话核实".into() };
    assert_eq!((here.refused(&resolve), locks(&here)), ("merge.locked", 1));
    opens(&mut here, "score-manager-c");
    assert_eq!(locks(&here), 0);
    std::fs::remove_file(home.path().join("for-us.zip.age")).unwrap();
    let (folder, _) = given(&mut there, home.path());
    assert_eq!(here.site.perform_bulk(&Merge { folder: &folder }).unwrap().out.open, 0, "both are of one mind");
}

/// That somebody elsewhere asks for a lock to be opened is theirs to decide, and no difference here.
#[test]
fn a_request_to_open_a_lock_elsewhere_is_no_conflict() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut here, mut there) = (settled(home.path()), empty(other.path()));
    let session = theory(&here);
    here.does(&Lock { session });
    assert_eq!(merges(&mut there, &given(&mut here, other.path()).0), 0);
    there.sign_on("coordinator").does(&AskUnlock { session, reason: "登错".into() });
    assert_eq!((merges(&mut here, &given(&mut there, home.path()).0), locks(&here)), (0, 1));
}

//! F7: an old copy, a cut tail, a mark that is gone or damaged: never a silent start.
use super::world::{World, add, refused, try_add};
use kaowu::ops::Doubt;
use kaowu::ops::anchor::{self, check_heads, go_on};
use kaowu::store::journal;
use rusqlite::Connection;

#[test]
fn a_site_that_was_left_in_peace_opens_without_a_word() {
    let world = World::with(3);
    let mut site = world.open();
    assert_eq!(site.doubt(), None);
    let no = add(&mut site, "one").unwrap();
    drop(site);
    let mark = std::fs::read_to_string(world.path("anchor/mark")).unwrap();
    assert!(mark.starts_with(&format!("kaowu-mark-1 {no:012} ")), "{mark}");
    let mode = |name: &str| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("anchor"), mode("anchor/mark"), mode("anchor/heads")), (0o700, 0o600, 0o600));
    assert_eq!(world.open().doubt(), None);
}

/// A process that died between COMMIT and the mark leaves the mark behind: that is no fault.
#[test]
fn a_mark_behind_the_database_fits() {
    let world = World::with(3);
    let before = std::fs::read(world.path("anchor/mark")).unwrap();
    add(&mut world.open(), "one");
    std::fs::write(world.path("anchor/mark"), before).unwrap();
    let mut site = world.open();
    assert_eq!(site.doubt(), None);
    add(&mut site, "two");
}

#[test]
fn an_old_copy_is_told_and_takes_no_write_until_somebody_says_go_on() {
    let world = World::with(3);
    let old = world.copy();
    for name in ["one", "two", "three"] {
        add(&mut world.open(), name);
    }
    let newer = world.copy();
    world.put_back(&old);
    let mut site = world.open();
    let Some(Doubt::Cut { mark, head }) = site.doubt() else { panic!("{:?}", site.doubt()) };
    assert_eq!(mark - head, 3);
    assert_eq!(refused(&mut site), "anchor.cut");
    drop(site);
    // Looking does not make it good.
    assert!(world.open().doubt().is_some());
    let mut site = world.open();
    assert_eq!(go_on(&mut site, " ").unwrap_err().refusal().unwrap().code.0, "anchor.no_reason");
    let begun = go_on(&mut site, "the disk broke").unwrap();
    assert_eq!((begun.out.id, begun.out.parent_no, begun.op.unwrap().0), (2, head, head + 1));
    assert!(begun.out.found.unwrap().starts_with(&format!("{mark} ")));
    add(&mut site, "four");
    assert_eq!(check_heads(&site).unwrap().fault, None);
    drop(site);
    let site = world.open();
    assert_eq!(site.doubt(), None);
    assert_eq!(anchor::lineages(&site).unwrap().len(), 2);
    drop(site);
    // The file that was thought lost comes back: it is of the lineage that was left.
    world.put_back(&newer);
    let mut site = world.open();
    assert!(matches!(site.doubt(), Some(Doubt::OtherLineage { .. })), "{:?}", site.doubt());
    assert_eq!(refused(&mut site), "anchor.other_lineage");
}

#[test]
fn a_mark_that_is_gone_or_damaged_is_told() {
    let world = World::with(3);
    let path = world.path("anchor/mark");
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, b"kaowu-mark-1 nonsense").unwrap();
    assert_eq!(refused(&mut world.open()), "anchor.damaged");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(refused(&mut world.open()), "anchor.missing");
    std::fs::write(&path, &good).unwrap();
    let mut site = world.open();
    add(&mut site, "one");
    // While it runs, too.
    std::fs::remove_file(&path).unwrap();
    assert_eq!(refused(&mut site), "anchor.missing");
    drop(site);
    let mut site = world.open();
    go_on(&mut site, "the stick is lost").unwrap();
    assert_eq!(go_on(&mut site, "again").unwrap_err().refusal().unwrap().code.0, "anchor.fits");
}

#[test]
fn another_history_with_the_same_length_is_told() {
    let world = World::with(3);
    let old = world.copy();
    let mark = std::fs::read(world.path("anchor/mark")).unwrap();
    add(&mut world.open(), "one");
    let real = std::fs::read(world.path("anchor/mark")).unwrap();
    world.put_back(&old);
    std::fs::write(world.path("anchor/mark"), mark).unwrap();
    add(&mut world.open(), "somebody else");
    std::fs::write(world.path("anchor/mark"), real).unwrap();
    assert_eq!(refused(&mut world.open()), "anchor.altered");
}

#[test]
fn a_fresh_database_does_not_take_the_place_of_another() {
    let world = World::with(3);
    std::fs::remove_file(world.path("site.db")).unwrap();
    let clock = Box::new(kaowu::model::SystemClock);
    let site = kaowu::ops::Site::create(&world.path("site.db"), kaowu::config::Assets::default(), clock).unwrap();
    assert!(matches!(site.doubt(), Some(Doubt::Foreign { .. })));
}

/// The end of the chain is walked at every start.
#[test]
fn an_altered_operation_near_the_end_is_told_at_start() {
    let world = World::with(3);
    let db = Connection::open(world.path("site.db")).unwrap();
    db.execute_batch("DROP TRIGGER operation_kept_update; UPDATE operation SET actor_name = 'x' WHERE id = 2").unwrap();
    drop(db);
    assert_eq!(refused(&mut world.open()), "anchor.chain");
    let refused = go_on(&mut world.open(), "so what").unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "anchor.chain");
}

/// The first digests, again over the whole journal, with a key that is not the site's.
#[test]
fn a_journal_stamped_anew_shows_against_the_signed_heads() {
    let world = World::with(3);
    for n in 0..120 {
        add(&mut world.open(), &format!("proctor-{n}"));
    }
    let site = world.open();
    let heads = check_heads(&site).unwrap();
    assert_eq!((heads.signed, heads.left, heads.fault), (2, 0, None), "one at first, one after a hundred");
    let head = journal::verify(&Connection::open(world.path("site.db")).unwrap()).unwrap();
    assert_eq!(head.broken_at, None);
    let path = world.path("anchor/heads");
    let good = std::fs::read_to_string(&path).unwrap();
    let digest = good.split(' ').nth(2).unwrap().to_owned();
    for (from, to, what) in [
        (digest.as_str(), "0".repeat(64).as_str(), "signature"),
        ("kaowu-head-1 1 ", "kaowu-head-1 01 ", "damaged"),
        ("kaowu-head-1", "kaowu-head-2", "damaged"),
    ] {
        std::fs::write(&path, good.replacen(from, to, 1)).unwrap();
        assert_eq!(check_heads(&site).unwrap().fault.unwrap().what, what);
    }
    std::fs::write(&path, &good).unwrap();
    let db = Connection::open(world.path("site.db")).unwrap();
    db.execute_batch("DROP TRIGGER operation_kept_update; UPDATE operation SET digest = prev WHERE id = 1").unwrap();
    assert_eq!(check_heads(&site).unwrap().fault.unwrap().what, "altered");
}

/// A device that is not there for a moment: what was saved is saved, the next write waits for the mark.
#[test]
fn a_mark_that_cannot_be_written_holds_the_next_write_and_no_other() {
    let world = World::with(3);
    let mut site = world.open();
    let (mark, away) = (world.path("anchor/mark"), world.path("anchor/away"));
    let before = std::fs::read(&mark).unwrap();
    std::fs::rename(&mark, &away).unwrap();
    std::fs::create_dir(&mark).unwrap();
    assert_eq!(try_add(&mut site, "one").unwrap_err().refusal().unwrap().code.0, "anchor.unreadable");
    std::fs::remove_dir(&mark).unwrap();
    std::fs::write(&mark, before).unwrap();
    add(&mut site, "two");
}

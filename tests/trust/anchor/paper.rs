//! F16: a head that stands on paper is held against the journal, also long after and after a lineage was begun.
use super::world::{World, add};
use crate::harness::Shell;
use kaowu::model::OpNo;
use kaowu::ops::anchor::{OnPaper, digest_of, go_on, on_paper};
use kaowu::text::history::in_fours;

#[test]
fn groups_of_a_print_name_their_operation_and_a_part_left_behind() {
    let world = World::with(3);
    let old = world.copy();
    let no = add(&mut world.open(), "one").unwrap();
    let point = digest_of(&world.open(), OpNo(no)).unwrap();
    let groups = in_fours(&point.digest);
    add(&mut world.open(), "two");
    let site = world.open();
    assert_eq!(on_paper(&site, &groups).unwrap(), OnPaper::Here(point.clone()));
    // Four groups are enough, as somebody types them.
    assert_eq!(on_paper(&site, &groups[..19].to_uppercase()).unwrap(), OnPaper::Here(point.clone()));
    assert_eq!(on_paper(&site, &"0".repeat(64)).unwrap(), OnPaper::Nowhere);
    let code = |groups: &str| on_paper(&site, groups).unwrap_err().refusal().unwrap().code.0;
    assert_eq!((code(&groups[..14]), code("一二三四")), ("anchor.few_digits", "anchor.not_digits"));
    let lost = digest_of(&site, OpNo(no + 1)).unwrap();
    drop(site);
    world.put_back(&old);
    let mut site = world.open();
    go_on(&mut site, "the disk broke").unwrap();
    add(&mut site, "three");
    assert_eq!(on_paper(&site, &in_fours(&lost.digest)).unwrap(), OnPaper::Left(no + 1));
}

#[test]
fn the_command_finds_what_a_print_says_and_tells_when_nobody_knows_it() {
    let shell = Shell::with_batch();
    shell.run("operator add Li --role proctor").done();
    let two = shell.run("log verify --at 2").done();
    let groups: Vec<&str> = two.out.split_whitespace().collect();
    assert_eq!(groups.len(), 16);
    assert!(two.err.contains('2'), "{}", two.err);
    let found = shell.run(&format!("log verify --json --head {}", groups[..5].join(" "))).done().json();
    assert_eq!(
        (found["here"]["operation"].as_i64(), found["here"]["digest"].as_str()),
        (Some(2), Some(&*groups.concat()))
    );
    assert_eq!(shell.run("log verify --head 0000 1111 2222 3333").status, 70);
    assert_eq!(shell.run("log verify --at 2000").status, 1);
    // What is shown of one operation is enough to compare.
    assert!(shell.run("log show 2").done().out.contains(&groups[8..].join(" ")));
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.execute_batch("DROP TRIGGER operation_kept_update; UPDATE operation SET actor_name = 'x' WHERE id = 2").unwrap();
    drop(db);
    assert_eq!(shell.run("log verify --at 2").status, 70, "a digest over something else");
}

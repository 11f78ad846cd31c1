//! Enterprises and the plan in figures.
use crate::enterprise::world::{CODE, filing, listed, open_batch as enterprise_batch, other};
use crate::harness::Desk;
use crate::reviews::world::{of_2022, stamp};
use kaowu::model::ApplicationId;
use kaowu::model::filing::FilingState;
use kaowu::ops::enterprise::File;
use kaowu::ops::reports::*;
use kaowu::ops::reviews::{PublishList, PutStamp, StampBy};

/// S3-15, S3-28, S3-29: the directory by round, what came late, against the number that the notice wants.
#[test]
fn the_directory_in_figures_s3_15_s3_28_s3_29() {
    let mut desk = Desk::new();
    enterprise_batch(&mut desk);
    listed(&mut desk, filing());
    desk.does(&File { filing: other(1) });
    let all = enterprises(&desk.site).unwrap();
    assert_eq!((all.target, all.filed, all.listed), (Some(10), 2, 1));
    assert_eq!(all.return_by, Some("2019-05-20".parse().unwrap()));
    let entry = all.entries.iter().find(|e| e.credit_code == CODE).unwrap();
    assert_eq!((entry.state, entry.from), (FilingState::Listed, Some("2019-06-03".parse().unwrap())));
    let draft = all.entries.iter().find(|e| e.credit_code != CODE).unwrap();
    assert_eq!(draft.late, [Medium::Paper, Medium::Electronic], "nothing came in at all");
    assert_eq!((all.rounds.len(), all.rounds[0].filed, all.rounds[0].listed), (1, 2, 1));
    assert_eq!(all.rounds[0].published_on, Some("2019-06-03".parse().unwrap()));
    assert_eq!(all.units.iter().map(|u| u.filed).sum::<usize>(), 2);
    // S3-27, S3-36: nobody is certified yet, so nobody can be looked up.
    assert_eq!((all.certified, all.uploaded), (0, 0));
}

/// S2-20: counts by unit, occupation and level, from the list that was put up.
#[test]
fn the_plan_follows_from_the_list_of_applicants_s2_20() {
    let desk = Desk::seated(40);
    let before = plan(&desk.site).unwrap();
    assert_eq!((before.applied, before.approved, before.listed, before.seated), (40, 40, 0, 40));
    assert_eq!(before.lines.iter().map(|l| l.applied).sum::<i64>(), 40);
    let mut keys: Vec<_> = before.lines.iter().map(|l| (&l.unit, &l.occupation, l.level)).collect();
    keys.dedup();
    assert_eq!(keys.len(), before.lines.len(), "a line for each unit, occupation and level");
    // A notice that puts the list up.
    let mut desk = Desk::new();
    desk.open_batch_of("xinjiang-2022");
    of_2022(&mut desk, 40);
    let ids: Vec<_> = (1..=40).map(ApplicationId).collect();
    for node in [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture] {
        desk.does(&PutStamp { responsible: Some("陈负责".into()), ..stamp(node, &ids) });
    }
    let before = plan(&desk.site).unwrap();
    assert_eq!((before.applied, before.listed, before.unopposed), (40, 0, 0));
    desk.does(&PublishList { place: "网站".into(), until: Some("2023-10-20".parse().unwrap()) });
    let after = plan(&desk.site).unwrap();
    assert_eq!((after.listed, after.unopposed), (40, 40));
}

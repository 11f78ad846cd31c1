//! What is exported, imported and exported again is byte for byte the same.
use super::world::*;
use crate::harness::Desk;
use kaowu::ops::exchange::site::{self, Claim};
use kaowu::ops::upkeep::{Credential, sign_on};
use proptest::prelude::*;
use std::path::Path;

const GOLDEN: &str = "tests/data/bundle-small";

#[test]
fn the_bundle_of_a_small_site_is_as_committed() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    export(&small().site, &target);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    if std::env::var_os("UPDATE").is_some() {
        let _ = std::fs::remove_dir_all(&golden);
        copy(&target, &golden);
    }
    assert_eq!(files(&target), files(&golden));
    let filled = files(&golden).into_iter().filter(|(_, bytes)| bytes.iter().filter(|b| **b == b'\n').count() > 1);
    assert_eq!(filled.count(), 93, "every table has a row");
}

#[test]
fn the_golden_bundle_comes_in_and_goes_out_unchanged() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let (site, account) = import(&golden, None).unwrap();
    assert_eq!((account.read, account.unchanged), (account.added, 0));
    let home = tempfile::tempdir().unwrap();
    let again = home.path().join("again");
    export(&site, &again);
    assert_eq!(files(&again), files(&golden));
    let twice = site::compare(&site, &site::open(&golden).unwrap()).unwrap();
    assert_eq!((twice.read, twice.unchanged, twice.conflicts.len()), (account.read, account.read, 0));
}

#[test]
fn whoever_claims_an_operator_works_on_and_the_bundle_stays_the_same() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("a"), home.path().join("b"));
    export(&small().site, &first);
    let claim = |operator: &str| Some(Claim { operator: Some(operator.into()), os_user: "li".into() });
    let (mut site, _) = import(&first, claim("coordinator")).unwrap();
    sign_on(&mut site, &Credential::OsUser("li")).unwrap();
    assert_eq!(site.actor().name, "coordinator");
    export(&site, &second);
    assert_eq!(files(&first), files(&second));
    let likely = |os_user: &str| import(&first, Some(Claim { operator: None, os_user: os_user.into() })).unwrap().1;
    assert_eq!(likely("anybody").operator.as_deref(), Some("coordinator"), "the only administrator");
    for (name, code) in [("proctor", "bundle.claim_needs_duty"), ("nobody", "operator.unknown")] {
        let error = import(&first, claim(name)).err().unwrap();
        assert_eq!(error.refusal().unwrap().code.0, code);
    }
}

/// Rows that [`Plant`] makes with these dice, by table in the order of a bundle.
const WENT_ON: &[(&str, usize)] = &[
    ("broken-seats", 1),
    ("special-needs", 2),
    ("void-tickets", 1),
    ("attendance", 1),
    ("staff", 2),
    ("staff-ties", 1),
    ("assignments", 2),
    ("paper-bags", 2),
    ("paper-events", 4),
    ("room-records", 1),
    ("archive-boxes", 1),
    ("session-closings", 2),
    ("script-bags", 1),
    ("scripts", 4),
    ("entries", 2),
    ("entry-claims", 1),
    ("control-totals", 1),
    ("mark-changes", 2),
    ("marks", 1),
    ("mark-locks", 1),
    ("panels", 1),
    ("panel-members", 4),
    ("panel-recusals", 1),
    ("panel-candidates", 1),
    ("panel-signatures", 1),
    ("computations", 2),
    ("outcomes", 2),
    ("result-audits", 2),
    ("summaries-sent", 2),
    ("number-segments", 2),
    ("evidence", 3),
    ("materials", 1),
    ("stamps", 1),
    ("reviews", 1),
    ("fees", 2),
    ("invoices", 1),
    ("sanctions", 1),
    ("incidents", 2),
    ("mark-effects", 2),
    ("stock-movements", 4),
    ("draws", 1),
    ("draw-entries", 2),
    ("inspections", 2),
    ("complaints", 2),
    ("milestones", 2),
    ("publications", 2),
    ("published", 2),
    ("result-objections", 2),
    ("duty-people", 2),
    ("activities", 2),
    ("duty-snapshots", 1),
    ("insurance", 1),
    ("subsidy-claims", 2),
    ("archives", 2),
    ("archive-readings", 2),
    ("erasures", 2),
    ("qualifications", 2),
    ("qualified", 2),
    ("document-copies", 1),
    ("score-blocks", 2),
    ("rosters", 2),
    ("roster-lines", 1),
    ("roster-boxes", 2),
    ("uploads", 2),
    ("upload-rows", 2),
    ("listings", 1),
    ("listed", 1),
    ("list-objections", 1),
];

#[test]
fn a_batch_that_went_on_is_a_list_of_conflicts_and_stays_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let first = home.path().join("a");
    let mut desk = Desk::seated(4).signed("score-manager").signed("coordinator");
    export(&desk.site, &first);
    desk.does(&Plant { dice: vec![1, 0, 2] });
    let account = site::compare(&desk.site, &site::open(&first).unwrap()).unwrap();
    assert!(account.conflicts.iter().all(|c| c.field.is_empty() && c.here == "+" && c.there.is_empty()));
    let mut rows: Vec<(&str, usize)> = Vec::new();
    for conflict in &account.conflicts {
        match rows.last_mut() {
            Some((table, count)) if *table == conflict.table => *count += 1,
            _ => rows.push((conflict.table, 1)),
        }
    }
    assert_eq!(rows, WENT_ON);
    assert_eq!(account.unchanged, account.read);
    let came = account.conflicts.iter().find(|c| c.table == "attendance").unwrap();
    assert!(came.key.contains("********"), "{came:?}");
    assert_eq!(
        site::compare(&Desk::new().site, &site::open(&first).unwrap()).unwrap_err().refusal().unwrap().code.0,
        "bundle.batch_not_here"
    );
}

#[test]
fn a_target_with_something_in_it_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::seated(2);
    let target = home.path().join("out");
    std::fs::create_dir(&target).unwrap();
    export(&desk.site, &target);
    let error = site::prepare(&desk.site, &target).err().unwrap();
    assert_eq!(error.refusal().unwrap().code.0, "bundle.target_not_empty");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_small_site_comes_back(people in 1usize..6, dice in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut desk = Desk::seated(people);
        desk.does(&Plant { dice });
        let home = tempfile::tempdir().unwrap();
        let (first, second) = (home.path().join("a"), home.path().join("b"));
        export(&desk.site, &first);
        let (site, account) = import(&first, None).unwrap();
        export(&site, &second);
        prop_assert_eq!(files(&first), files(&second));
        prop_assert_eq!(account.read, account.added);
    }
}

#[test]
fn a_roster_is_one_row_for_each_seat_in_the_order_of_the_piles() {
    use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
    let desk = Desk::seated(3);
    let list = List::find("roster").unwrap();
    let words = |key: &str| key.to_owned();
    let manner = |identity| Manner { style: Style::Machine, identity, words: &words };
    let text = |identity| {
        let (bytes, rows) = list.write(&desk.site, &manner(identity), Vec::new()).unwrap();
        assert_eq!(rows, 6);
        String::from_utf8(bytes).unwrap()
    };
    let full = text(Identity::Full);
    let mut lines = full.lines();
    assert_eq!(lines.next().unwrap().split(',').nth(5), Some("heading.id_number"));
    let seats: Vec<_> = lines.map(|l| l.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    let expected =
        ["theory-1 1 1", "theory-1 1 2", "theory-1 1 3", "practical-1 1 1", "practical-1 1 2", "practical-1 1 3"];
    assert_eq!(seats, expected);
    let number = full.lines().nth(1).unwrap().split(',').nth(5).unwrap().to_owned();
    assert_eq!(number.len(), 18);
    assert!(!text(Identity::Masked).contains(&number));
}

//! The search inside names follows what is imported, mended and taken back.
use crate::harness::Desk;
use kaowu::ops::demo::people;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::search;

#[test]
fn new_changed_and_removed_names_are_found_by_a_character_inside() {
    let mut desk = Desk::with_batch();
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, 1500);
    rows[1200][6] = "王龘春".into();
    desk.sheet(&rows);
    let found = |desk: &Desk, text: &str| search::find(&desk.site, text).unwrap().len();
    assert_eq!(found(&desk, "龘"), 1);
    let first = history::next_undo(&desk.site).unwrap();
    rows[1200][6] = "王靐春".into();
    desk.sheet(&rows);
    assert_eq!((found(&desk, "龘"), found(&desk, "靐")), (0, 1));
    let second = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op: second, reason: "错".into() });
    assert_eq!((found(&desk, "龘"), found(&desk, "靐")), (1, 0));
    desk.does(&Undo { op: first, reason: "错".into() });
    assert_eq!((found(&desk, "龘"), found(&desk, "春")), (0, 0));
}

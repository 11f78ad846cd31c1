//! F16: every byte of a small bundle turned over once, and cut at every place: refused, and the database is as it was.
use super::world::*;
use crate::harness::vouched;
use kaowu::bundle::site::container;
use kaowu::ops::exchange::site::{Merge, open_ours};
use kaowu::ops::site_key;
use std::io::Cursor;

fn head(giver: &Giver) -> String {
    kaowu::ops::upkeep::about_site(&giver.desk.site).unwrap().head
}

#[test]
fn no_byte_of_a_packed_bundle_can_be_another() {
    let mut giver = Giver::new();
    let path = giver.gives("b.zip", None);
    let good = std::fs::read(&path).unwrap();
    container::check(&mut Cursor::new(&good)).unwrap();
    let mut taker = Giver::new();
    let before = head(&taker);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        assert!(container::check(&mut Cursor::new(&bad)).is_err(), "byte {at}");
        // The whole way for some of them, twice: the answer is the same.
        if at % 997 == 0 {
            std::fs::write(&path, &bad).unwrap();
            let first = code(&path);
            assert!(first != "taken" && first == code(&path), "byte {at}: {first}");
        }
    }
    for length in (0..good.len()).step_by(101) {
        assert!(container::check(&mut Cursor::new(&good[..length])).is_err(), "cut at {length}");
    }
    assert_eq!(head(&taker), before);
    std::fs::write(&path, &good).unwrap();
    let folder = vouched(&path).unwrap();
    assert!(taker.desk.site.perform_bulk(&Merge { folder: &folder }).is_ok());
    println!("{} bytes of a packed bundle turned over, {} refused", good.len(), good.len());
}

#[test]
fn no_byte_of_a_locked_bundle_can_be_another() {
    let (mut giver, taker) = (Giver::new(), Giver::new());
    let keys = site_key::of(&taker.desk.site).unwrap().unwrap();
    let path = giver.gives("b.zip.age", Some(&keys.open.recipient()));
    let good = std::fs::read(&path).unwrap();
    assert!(open_ours(&path, &keys.open).is_ok());
    let step = good.len() / 300 + 1;
    for at in (0..good.len().min(250)).chain((250..good.len()).step_by(step)) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        std::fs::write(&path, &bad).unwrap();
        let error = open_ours(&path, &keys.open).err().unwrap_or_else(|| panic!("byte {at} taken"));
        assert!(error.refusal().is_some(), "byte {at}: {error:?}");
    }
    for length in (0..good.len()).step_by(step) {
        std::fs::write(&path, &good[..length]).unwrap();
        assert!(open_ours(&path, &keys.open).is_err(), "cut at {length}");
    }
    let other = site_key::of(&Giver::new().desk.site).unwrap().unwrap();
    std::fs::write(&path, &good).unwrap();
    assert_eq!(open_ours(&path, &other.open).unwrap_err().refusal().unwrap().code.0, "locked.not_for_us");
    assert_eq!(code(&path), "bundle.locked");
}

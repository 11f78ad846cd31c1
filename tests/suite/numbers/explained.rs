//! Each part of a number explained and checked.
use super::world::*;
use kaowu::model::Datum;
use kaowu::ops::certificates::{Number, Part, explain_number};

fn part(desk: &crate::harness::Desk, number: &str, code: &str) -> Part {
    let parts = explain_number(&desk.site, number).unwrap().parts;
    parts.into_iter().find(|p| p.code == code).unwrap()
}

#[test]
fn every_part_of_a_number_that_was_given_fits() {
    let mut desk = released(3);
    desk.does(&Number { issued_on: day("2023-10-15") });
    for one in register(&desk.site) {
        let explained = explain_number(&desk.site, &one.number).unwrap();
        assert!(explained.parts.iter().all(|p| p.fits == Some(true) || p.code == "province"), "{explained:?}");
    }
}

#[test]
fn what_was_never_given_does_not_fit_and_says_so() {
    let mut desk = released(3);
    desk.does(&Number { issued_on: day("2023-10-15") });
    let word = |key: &str| Datum::Word(key.into());
    let beyond = part(&desk, &format!("{PREFIX}235900000"), "serial");
    assert_eq!((beyond.fits, beyond.meaning), (Some(false), word("certificate_serial.not_given")));
    let to_come = part(&desk, &format!("{PREFIX}995000001"), "year");
    assert_eq!(to_come.fits, Some(false));
    // T, S and X of the eight levels are known by name, and not in use.
    let letter = part(&desk, &format!("{PREFIX}23T000001"), "level");
    assert_eq!((letter.fits, letter.meaning), (Some(false), Datum::Text("特级技师".into())));
    let unknown = part(&desk, &format!("{PREFIX}23Q000001"), "level");
    assert_eq!((unknown.fits, unknown.meaning), (Some(false), word("certificate_level_sign.unknown")));
    let foreign = part(&desk, "Y000123000001193000001", "serial");
    assert_eq!(foreign.fits, None, "nothing here to check it against");
}

#[test]
fn a_serial_of_another_sites_segment_is_theirs_to_tell() {
    let mut desk = released(1);
    desk.does(&grant(Some("02"), (900, 999)));
    let part = part(&desk, &format!("{PREFIX}235000901"), "serial");
    assert_eq!(part.fits, None);
    assert!(part.meaning.to_string().contains("02"), "{part:?}");
}

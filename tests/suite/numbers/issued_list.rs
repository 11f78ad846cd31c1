//! The issuer's list of numbers against who passed: S0-39, S1-39.
use super::world::*;
use crate::certificates::Settled;
use crate::harness::Desk;
use kaowu::model::ApplicationId;
use kaowu::ops::certificates::{self, ImportNumbers, IssuedVerdict, Number, Revoke, open_issued};
use kaowu::ops::{CertificateState, NumberSource};

fn verdicts(desk: &mut Desk, rows: &[String]) -> Vec<IssuedVerdict> {
    import(desk, rows).rows.iter().map(|row| row.verdict).collect()
}

/// S0-39, S1-39: the association makes the certificates, and its numbers come with a list.
#[test]
fn numbers_of_the_issuer_are_stored_once_with_the_list_they_came_by_s0_39_s1_39() {
    let mut desk = released(3);
    let people = people(&desk, 3);
    let rows: Vec<_> = (7..).zip(&people).map(|(n, p)| row(p, &number_for(p, n))).collect();
    let done = import(&mut desk, &rows);
    assert_eq!((done.stored, done.conflicts().count()), (3, 0));
    for one in register(&desk.site) {
        assert_eq!((one.source, one.origin.as_deref()), (NumberSource::Imported, Some("就促会〔2023〕7号")));
    }
    assert_eq!(certificates::counts(&desk.site).unwrap().waiting, 0);
    assert!(verdicts(&mut desk, &rows).iter().all(|v| *v == IssuedVerdict::Known));
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "certificates.nobody_to_number");
}

#[test]
fn every_row_that_does_not_fit_is_a_conflict_and_the_others_are_stored() {
    use IssuedVerdict::{BadNumber, HasNumber, LevelDiffers, Matched, NameDiffers, NotPassed, Taken, Twice, Unknown};
    let mut desk = released(9);
    let all = people(&desk, 9);
    let rows = vec![
        row(&all[0], &number_for(&all[0], 7)),
        format!("王冒名,{},{},2023-10-15", all[1].id_number, number_for(&all[1], 8)),
        format!("{},150699190001010010,{},2023-10-15", all[2].name, number_for(&all[2], 9)),
        row(
            &all[3],
            &number_for(&all[3], 10).replacen(
                &format!("23{}", all[3].level.digit()),
                if all[3].level.digit() == 5 { "234" } else { "235" },
                1,
            ),
        ),
        // The number of the first once more; the first person once more.
        row(&all[4], &number_for(&all[0], 7)),
        row(&all[0], &number_for(&all[0], 11)),
        // Another class, a level that nobody holds exams for, another year, a day to come.
        row(&all[5], &number_for(&all[5], 12).replacen('S', "Y", 1)),
        row(&all[5], &format!("{PREFIX}23T000001")),
        row(&all[5], &number_for(&all[5], 13).replacen("000123", "000122", 1)),
        format!("{},{},{},2023-10-16", all[5].name, all[5].id_number, number_for(&all[5], 14)),
        row(&all[6], &number_for(&all[6], 15)),
    ];
    let expected = [
        Matched,
        NameDiffers,
        Unknown,
        LevelDiffers,
        Twice,
        Twice,
        BadNumber,
        BadNumber,
        BadNumber,
        BadNumber,
        Matched,
    ];
    assert_eq!(verdicts(&mut desk, &rows), expected);
    assert_eq!(register(&desk.site).len(), 2);
    let again = [row(&all[0], &number_for(&all[0], 20)), row(&all[7], &number_for(&all[6], 15))];
    // A number of somebody else at another level does not even fit the level.
    let other = if all[6].level == all[7].level { Taken } else { LevelDiffers };
    assert_eq!(verdicts(&mut desk, &again), [HasNumber, other]);
    let mut failed = Desk::seated(1);
    failed.at("18:00");
    failed.does(&Settled { people: vec![ApplicationId(1)], points: 59 });
    crate::certificates::release(&mut failed);
    let one = people_of(&failed);
    assert_eq!(verdicts(&mut failed, &[row(&one, &number_for(&one, 1))]), [NotPassed]);
}

fn people_of(desk: &Desk) -> kaowu::ops::ApplicationRow {
    people(desk, 1).remove(0)
}

#[test]
fn a_void_number_never_comes_back_and_a_new_one_does() {
    let mut desk = released(1);
    let person = people_of(&desk);
    import(&mut desk, &[row(&person, &number_for(&person, 5))]);
    let held = register(&desk.site).remove(0);
    desk.does(&Revoke { certificate: held.id, reason: "姓名有误".into() });
    assert_eq!(verdicts(&mut desk, &[row(&person, &number_for(&person, 5))]), [IssuedVerdict::Taken]);
    assert_eq!(verdicts(&mut desk, &[row(&person, &number_for(&person, 6))]), [IssuedVerdict::Matched]);
    let states: Vec<_> = register(&desk.site).iter().map(|c| c.state).collect();
    assert_eq!(states, [CertificateState::Revoked, CertificateState::Valid]);
}

#[test]
fn own_serials_pass_over_those_of_the_issuer() {
    let mut desk = released(12);
    let all = people(&desk, 12);
    let level = all[0].level;
    import(&mut desk, &[row(&all[0], &number_for(&all[0], 2))]);
    desk.does(&Number { issued_on: day("2023-10-15") });
    let of_level: Vec<_> = register(&desk.site).into_iter().filter(|c| c.level == level).collect();
    let serials: Vec<usize> = of_level.iter().map(|c| c.number[16..].parse().unwrap()).collect();
    assert_eq!(serials, (1..=of_level.len().max(2)).filter(|n| *n <= of_level.len() || *n == 2).collect::<Vec<_>>());
    assert_eq!(of_level.iter().filter(|c| c.source == NumberSource::Imported).count(), 1);
}

#[test]
fn only_a_coordinator_takes_numbers_over_and_a_foreign_file_is_refused() {
    let mut desk = released(1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, "姓名,成绩\n张三,60\n").unwrap();
    let error = open_issued(&desk.site, &path).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "number_sheet.not_recognised");
    let issued = open_issued(&desk.site, &list(folder.path(), &[])).unwrap();
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&ImportNumbers { list: &issued, document: None }), "duty.role_needed");
}

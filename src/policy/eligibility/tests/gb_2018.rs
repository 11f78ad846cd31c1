//! The 2018 text, which most standards had when the 2023 notice asked for the newest (S1-06).
use super::*;
use EducationClass::{College, HigherAssessed, SecondaryAssessed, SeniorTechnical, TechnicalSchool, TechnicianCollege};

fn judge() -> Judge {
    Judge::new(&rules("gb-2018"), &open_routes())
}

fn stands(branch: &str, level: u8, evidence: &[Evidence]) -> Standing {
    who(level, evidence).judged(&judge(), branch).0
}

/// S1-06: every branch that counts time, exactly and one day short.
#[test]
fn every_branch_at_its_edge_s1_06() {
    let judge = judge();
    let edge = |branch: &str, level, exactly: &[Evidence], at| edge(&judge, branch, level, exactly, at);
    edge("2018-5-1", 5, &[work("2022-09-20")], 0);
    edge("2018-4-1", 4, &[certificate(5, "2019-09-20"), work("2010-01-01")], 0);
    edge("2018-4-2", 4, &[work("2017-09-20")], 0);
    edge("2018-3-1", 3, &[certificate(4, "2018-09-20"), work("2010-01-01")], 0);
    edge("2018-3-3", 3, &[certificate(4, "2021-09-20"), work("2010-01-01"), diploma(College, "2020-07-01")], 0);
    edge("2018-2-1", 2, &[certificate(3, "2019-09-20"), work("2010-01-01")], 0);
    let graduate = [work("2020-09-20"), certificate(3, "2022-01-01"), diploma(TechnicianCollege, "2020-07-01")];
    edge("2018-2-2a", 2, &graduate, 0);
    let mut pre = certificate(3, "2021-01-01");
    (pre.class, pre.level) = (Some("pre_technician".into()), None);
    edge("2018-2-2b", 2, &[work("2021-09-20"), pre, diploma(TechnicianCollege, "2021-07-01")], 0);
    edge("2018-1-1", 1, &[certificate(2, "2019-09-20"), work("2010-01-01")], 0);
}

/// S1-06: apprentices and graduates.
#[test]
fn branches_without_a_clock_s1_06() {
    let mut done = bare(EvidenceKind::Apprenticeship);
    (done.to, done.relation) = (Some(day(CLOSE)), Some(Relation::Same));
    assert_eq!(stands("2018-5-2", 5, &[done.clone()]), Standing::Met);
    done.to = Some(day("2023-09-20"));
    assert_eq!(stands("2018-5-2", 5, &[done]), Standing::NotMet);
    assert_eq!(stands("2018-4-3a", 4, &[diploma(TechnicalSchool, CLOSE)]), Standing::Met);
    assert_eq!(stands("2018-4-3a", 4, &[diploma(College, CLOSE)]), Standing::NotMet);
    assert_eq!(stands("2018-4-3b", 4, &[diploma(SecondaryAssessed, CLOSE)]), Standing::Met);
    let level_4 = certificate(4, CLOSE);
    assert_eq!(stands("2018-3-2a", 3, &[level_4.clone(), student(SeniorTechnical, "2024-07-01")]), Standing::Met);
    assert_eq!(stands("2018-3-2a", 3, &[level_4.clone(), student(SeniorTechnical, "2026-07-01")]), Standing::NotMet);
    assert_eq!(stands("2018-3-2b", 3, &[level_4.clone(), diploma(HigherAssessed, CLOSE)]), Standing::Met);
    assert_eq!(stands("2018-3-2b", 3, &[level_4, diploma(College, CLOSE)]), Standing::NotMet);
    // A diploma is asked for here; a student has none.
    let almost = [certificate(4, "2020-01-01"), work("2010-01-01"), student(College, "2024-07-01")];
    assert_eq!(stands("2018-3-3", 3, &almost), Standing::NotMet);
}

/// S1-06: the conditions are those of the occupation's own standard: some say 本职业 alone.
#[test]
fn a_standard_may_leave_related_occupations_out_s1_06() {
    let judge = judge();
    let mut related = work("2010-01-01");
    related.relation = Some(Relation::Related);
    let mut who = who(4, &[related]);
    assert_eq!(who.judged(&judge, "2018-4-2").0, Standing::Met);
    who.wording = Wording::Same;
    assert_eq!(who.judged(&judge, "2018-4-2").0, Standing::NotMet);
    let mut strict = rules("gb-2018");
    strict.same_only.push("6-29-02-04".into());
    let judge = Judge::new(&strict, &[]);
    assert_eq!(judge.wording("6-29-02-04"), Wording::Same);
    assert_eq!(judge.wording("4-12-01-01"), Wording::Related);
}

/// S1-47: 15 of the 98 occupations begin above level 5. Nothing is promoted to the lowest level, no other level is held,
/// and a certificate below it can only be one of a related occupation.
#[test]
fn an_occupation_that_begins_at_level_three_s1_47() {
    let judge = judge();
    let begins_at_3 = |level, route| {
        let evidence = [certificate(4, "2015-01-01"), work("2010-01-01")];
        Who { levels: vec![Level::Three, Level::Two, Level::One], ..who(level, &evidence).by(route) }
    };
    let first = begins_at_3(3, Route::First);
    let all = judge.assess(&first.facts());
    assert_eq!((all.standing, all.refused), (Standing::Met, None));
    assert_eq!(all.branches[0].begins_above, Some(Level::Three));
    let promoted = begins_at_3(3, Route::Promotion);
    assert_eq!(judge.assess(&promoted.facts()).refused, Some(Short::Lowest));
    let below = begins_at_3(4, Route::First);
    assert_eq!(judge.assess(&below.facts()).refused, Some(Short::Level));
    let usual = who(4, &[certificate(5, "2015-01-01"), work("2010-01-01")]).by(Route::Promotion);
    assert_eq!(judge.assess(&usual.facts()).branches[0].begins_above, None);
}

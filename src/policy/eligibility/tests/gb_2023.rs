//! The 2023 text (S0-06), and as notice 004 takes it (S4-13 to S4-15).
use super::*;
use EducationClass::{College, General, HigherAssessed, SeniorTechnical, TechnicianCollege};
use TitleRank::{Junior, Middle, Senior};

fn judge() -> Judge {
    Judge::new(&rules("gb-2023"), &open_routes())
}

fn stands(branch: &str, level: u8, evidence: &[Evidence]) -> Standing {
    who(level, evidence).judged(&judge(), branch).0
}

/// S0-06: every branch that counts time, exactly and one day short.
#[test]
fn every_branch_at_its_edge_s0_06() {
    let judge = judge();
    let edge = |branch: &str, level, exactly: &[Evidence], at| edge(&judge, branch, level, exactly, at);
    edge("2023-4-1", 4, &[work("2018-09-20")], 0);
    edge("2023-4-2", 4, &[certificate(5, "2020-09-20"), work("2010-01-01")], 0);
    edge("2023-3-1", 3, &[work("2013-09-20")], 0);
    edge("2023-3-2", 3, &[certificate(4, "2019-09-20"), work("2010-01-01")], 0);
    edge("2023-3-3", 3, &[title(Junior, "2022-09-20"), work("2010-01-01")], 0);
    edge("2023-2-1", 2, &[certificate(3, "2018-09-20"), work("2010-01-01")], 0);
    let two = [title(Junior, "2018-09-20"), certificate(3, "2022-09-20"), work("2010-01-01")];
    edge("2023-2-2", 2, &two, 0);
    edge("2023-2-2", 2, &two, 1);
    edge("2023-2-3", 2, &[title(Middle, "2022-09-20"), work("2010-01-01")], 0);
    let graduate = [work("2021-09-20"), certificate(3, "2023-01-01"), diploma(SeniorTechnical, "2021-07-01")];
    edge("2023-2-4", 2, &graduate, 0);
    edge("2023-2-5", 2, &[certificate(3, "2021-09-20"), student(TechnicianCollege, "2025-07-01")], 0);
    edge("2023-1-1", 1, &[certificate(2, "2018-09-20"), work("2010-01-01")], 0);
    let two = [title(Middle, "2018-09-20"), certificate(2, "2022-09-20"), work("2010-01-01")];
    edge("2023-1-2", 1, &two, 0);
    edge("2023-1-2", 1, &two, 1);
    edge("2023-1-3", 1, &[title(Senior, "2022-09-20"), work("2010-01-01")], 0);
}

/// S0-06: sixteen on the birthday itself; to intend is enough for the one branch, to work for the other.
#[test]
fn level_five_asks_for_sixteen_years_s0_06() {
    let (judge, mut child) = (judge(), who(5, &[]));
    child.birth = Some(day("2007-09-19"));
    assert_eq!(child.judged(&judge, "2023-5-1").0, Standing::Met);
    child.birth = Some(day("2007-09-20"));
    let (standing, short, _) = child.judged(&judge, "2023-5-1");
    assert_eq!((standing, short), (Standing::NotMet, vec![Short::Age { on: day("2023-09-20"), days: 1 }]));
    child.birth = None;
    assert_eq!(child.judged(&judge, "2023-5-1").2, [Missing::Birth]);
    assert_eq!(stands("2023-5-2", 5, &[work("2023-09-19")]), Standing::Met);
    assert_eq!(stands("2023-5-2", 5, &[worked("2020-01-01", "2023-09-18")]), Standing::NotMet);
}

/// S0-06: diplomas, and students of the last year.
#[test]
fn diplomas_count_from_their_day_and_students_in_their_last_year_s0_06() {
    assert_eq!(stands("2023-4-3", 4, &[diploma(College, "2023-09-19")]), Standing::Met);
    assert_eq!(stands("2023-4-3", 4, &[student(College, "2024-09-19")]), Standing::Met);
    assert_eq!(stands("2023-4-3", 4, &[student(College, "2024-09-20")]), Standing::NotMet);
    assert_eq!(stands("2023-4-3", 4, &[diploma(General, "2010-07-01")]), Standing::NotMet);
    assert_eq!(stands("2023-3-4", 3, &[diploma(SeniorTechnical, "2023-07-01")]), Standing::Met);
    assert_eq!(stands("2023-3-4", 3, &[diploma(College, "2023-07-01")]), Standing::NotMet);
    assert_eq!(stands("2023-3-5", 3, &[diploma(College, "2023-07-01")]), Standing::NotMet);
    let both = [diploma(College, "2023-07-01"), certificate(4, "2023-09-19")];
    assert_eq!(stands("2023-3-5", 3, &both), Standing::Met);
    assert_eq!(stands("2023-3-6", 3, &[diploma(College, "2023-07-01")]), Standing::NotMet);
    assert_eq!(stands("2023-3-6", 3, &[diploma(HigherAssessed, "2023-07-01")]), Standing::Met);
    let mut other = diploma(College, "2023-07-01");
    other.relation = Some(Relation::Other);
    assert_eq!(stands("2023-4-3", 4, &[other.clone()]), Standing::NotMet);
    other.relation = None;
    assert_eq!(stands("2023-4-3", 4, &[other]), Standing::Undecidable);
}

/// S0-06: what the text leaves open is met by the numbers, and says that a person decides.
#[test]
fn an_open_text_is_left_to_a_person_s0_06() {
    let judge = judge();
    let graduate = who(2, &[work("2021-09-20"), certificate(3, "2023-01-01"), diploma(SeniorTechnical, "2021-07-01")]);
    let all = judge.assess(&graduate.facts());
    let chosen = &all.branches[all.chosen.unwrap()];
    assert_eq!((chosen.id, chosen.standing), ("2023-2-4", Standing::Met));
    assert!(chosen.branch.judgement.is_some());
    // A branch that leaves nothing open comes first.
    let mut sure = graduate.clone();
    sure.evidence.push(title(Middle, "2020-01-01"));
    let all = judge.assess(&sure.facts());
    assert_eq!(all.branches[all.chosen.unwrap()].id, "2023-2-3");
}

/// S0-06: which branch is met, which is nearest, and by how much.
#[test]
fn the_first_branch_met_is_named_and_the_nearest_where_none_is_s0_06() {
    let judge = judge();
    let both = who(4, &[work("2010-01-01"), certificate(5, "2012-01-01")]);
    let all = judge.assess(&both.facts());
    assert_eq!((all.standing, all.branches[all.chosen.unwrap()].id), (Standing::Met, "2023-4-1"));
    let proof = &all.branches[1].conditions[0].1.proof;
    assert_eq!(*proof, [1, 0], "the certificate and the work");
    let near = who(4, &[work("2018-11-02"), certificate(5, "2023-01-01")]);
    let all = judge.assess(&near.facts());
    assert_eq!((all.standing, all.branches[all.chosen.unwrap()].id), (Standing::NotMet, "2023-4-1"));
    let lacking = Span { years: 0, months: 1, days: 13 };
    let short = Short::Time { clock: Clock::Occupation, needed: 5, lacking, days: 43 };
    assert_eq!(all.branches[0].conditions[0].1.short, Some(short));
}

/// S4-13, S4-14, S4-15: the conditions of notice 004, and nothing beyond them.
#[test]
fn notice_004_takes_levels_five_to_three_s4_13_s4_14_s4_15() {
    let judge = Judge::new(&rules("zwfw-2024"), &open_routes());
    let ids = |level: u8| {
        let who = who(level, &[]);
        judge.assess(&who.facts()).branches.iter().map(|b| b.id.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(5), ["2023-5-2"]);
    assert_eq!(ids(4), ["2023-4-1", "2023-4-2", "2023-4-3"]);
    assert_eq!(ids(3), ["2023-3-1", "2023-3-2", "2023-3-3", "2023-3-4", "2023-3-5", "2023-3-6"]);
    assert!(ids(2).is_empty() && ids(1).is_empty());
    let nobody = who(2, &[work("1990-01-01")]);
    let refused = judge.assess(&nobody.facts());
    assert_eq!((refused.standing, refused.refused), (Standing::NotMet, Some(Short::NoBranch)));
    // S4-13: somebody who only intends to work is not met here.
    let intends = who(5, &[worked("2019-01-01", "2020-01-01")]);
    assert_eq!(judge.assess(&intends.facts()).standing, Standing::NotMet);
    edge(&judge, "2023-4-1", 4, &[work("2018-09-20")], 0);
    edge(&judge, "2023-4-2", 4, &[certificate(5, "2020-09-20"), work("2010-01-01")], 0);
    edge(&judge, "2023-3-1", 3, &[work("2013-09-20")], 0);
    edge(&judge, "2023-3-2", 3, &[certificate(4, "2019-09-20"), work("2010-01-01")], 0);
    edge(&judge, "2023-3-3", 3, &[title(Junior, "2022-09-20"), work("2010-01-01")], 0);
}

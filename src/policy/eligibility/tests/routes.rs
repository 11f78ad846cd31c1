//! Transfer, recognition and veterans as the notices have them.
use super::*;
use TitleRank::{Junior, Middle, Senior};

fn judge() -> Judge {
    Judge::new(&rules("gb-2018"), &open_routes())
}

/// The transfer rule of notice 000: old qualifications only, to the end of 2024.
fn judge_000() -> Judge {
    let rule = r#"
        kind = "transfer"
        levels = [5, 4, 3, 2]
        until = 2024-12-31
        same_level = true
        old_certificates = ["qualification"]
        promotion_after_years = 1
        service_from = "old_certificate"
    "#;
    let plain = |kind: &str| toml::from_str(&format!("kind = \"{kind}\"")).unwrap();
    Judge::new(&rules("gb-2023"), &[toml::from_str(rule).unwrap(), plain("first"), plain("promotion")])
}

fn of_another(mut certificate: Evidence) -> Evidence {
    certificate.relation = Some(Relation::Other);
    certificate
}

fn won_by(mut certificate: Evidence, class: &str) -> Evidence {
    certificate.class = Some(class.into());
    certificate
}

/// S0-08, S0-10, S1-08: a certificate that no longer fits the post, and a present post that the new occupation fits.
#[test]
fn transfer_asks_for_the_old_certificate_and_the_new_post_s0_08_s0_10_s1_08() {
    let judge = judge();
    let stands = |evidence: &[Evidence]| who(4, evidence).by(Route::Transfer).judged(&judge, "transfer");
    let old = of_another(certificate(4, "2015-01-01"));
    assert_eq!(stands(&[old.clone(), work("2021-01-01")]).0, Standing::Met);
    // S0-10: the post must be near; while nobody has judged it, that is asked for.
    let mut post = work("2021-01-01");
    post.relation = Some(Relation::Other);
    assert_eq!(stands(&[old.clone(), post.clone()]), (Standing::NotMet, vec![Short::Working], vec![]));
    post.relation = None;
    assert_eq!(stands(&[old, post]).2, [Missing::Part { piece: 1, part: Part::Relation }]);
    let (standing, _, missing) = stands(&[work("2021-01-01")]);
    let asked = Missing::Piece { kind: EvidenceKind::Certificate, level: Some(Level::Four), year: None };
    assert_eq!((standing, missing), (Standing::Undecidable, vec![asked]));
    // S1-08: a certificate of a skill level will do under notice 001, not under notice 000 (S0-08).
    let newer = won_by(of_another(certificate(4, "2019-01-01")), "skill_level");
    assert_eq!(stands(&[newer.clone(), work("2021-01-01")]).0, Standing::Met);
    let who = who(4, &[newer, work("2021-01-01")]).by(Route::Transfer);
    let short = vec![Short::OldCertificate { level: Level::Four }];
    assert_eq!(who.judged(&judge_000(), "transfer"), (Standing::NotMet, short, vec![]));
}

/// S0-09, S1-09: the same level, up to technician.
#[test]
fn transfer_keeps_the_level_s0_09_s1_09() {
    for judge in [judge(), judge_000()] {
        for level in 1..=5u8 {
            let old = of_another(certificate(level, "2015-01-01"));
            let who = who(level, &[old.clone(), work("2021-01-01")]).by(Route::Transfer);
            let all = judge.assess(&who.facts());
            assert_eq!(all.standing == Standing::Met, level >= 2, "level {level}");
            assert_eq!(all.refused, (level == 1).then_some(Short::Route));
            if level >= 3 {
                let higher = Who { level: Level::try_from(level - 1).unwrap(), ..who };
                assert_eq!(judge.assess(&higher.facts()).standing, Standing::NotMet, "from {level} upwards");
            }
        }
    }
}

/// S0-13: the rule of notice 000 ends with 2024, that of 001 has no end (S1-09).
#[test]
fn the_transfer_rule_ends_s0_13_s1_09() {
    let pieces = [of_another(certificate(4, "2015-01-01")), work("2021-01-01")];
    let on = |day: &str| who(4, &pieces).by(Route::Transfer).on(day);
    assert_eq!(judge_000().assess(&on("2024-12-31").facts()).standing, Standing::Met);
    let late = judge_000();
    let ended = late.assess(&on("2025-01-01").facts()).refused;
    assert_eq!(ended, Some(Short::Ended { on: day("2024-12-31") }));
    assert_eq!(judge().assess(&on("2033-01-01").facts()).standing, Standing::Met);
}

/// S0-11, S1-09: who passed by transfer is promoted from the following year on.
#[test]
fn promotion_waits_for_the_year_after_a_transfer_s0_11_s1_09() {
    let pieces = [
        of_another(certificate(4, "2010-01-01")),
        won_by(certificate(4, "2023-11-01"), "transfer"),
        work("2009-01-01"),
    ];
    let promoted = |day: &str| who(3, &pieces).by(Route::Promotion).on(day);
    let same_year = promoted("2023-12-31").judged(&judge(), "2018-3-1");
    assert_eq!(same_year, (Standing::NotMet, vec![Short::FromYear { year: 2024 }], vec![]));
    assert_eq!(promoted("2024-01-01").judged(&judge(), "2018-3-1").0, Standing::Met);
    assert_eq!(promoted("2024-01-01").judged(&judge_000(), "2023-3-2").0, Standing::Met);
}

/// S0-12, S1-09: service counts from the certificate held before the transfer, work in the former post included.
#[test]
fn service_counts_from_the_certificate_before_the_transfer_s0_12_s1_09() {
    let mut former = worked("2009-01-01", "2021-12-31");
    former.relation = Some(Relation::Other);
    let won = won_by(certificate(4, "2022-11-01"), "transfer");
    let with = |old: &str| {
        let pieces = [of_another(certificate(4, old)), won.clone(), former.clone(), work("2022-01-01")];
        who(3, &pieces).by(Route::Promotion)
    };
    // Exactly five years before the close, and one day short of them.
    assert_eq!(with("2018-09-20").judged(&judge(), "2018-3-1").0, Standing::Met);
    let (standing, short, _) = with("2018-09-21").judged(&judge(), "2018-3-1");
    assert_eq!((standing, short[0].days()), (Standing::NotMet, 1));
    // The same for years in the occupation without a certificate.
    let ten = who(3, &[of_another(certificate(4, "2010-01-01")), won.clone(), former.clone(), work("2022-01-01")]);
    assert_eq!(ten.judged(&judge_000(), "2023-3-1").0, Standing::Met);
    // Without the old certificate the years cannot be told: it is asked for.
    let silent = who(3, &[won, former, work("2022-01-01")]).by(Route::Promotion).judged(&judge(), "2018-3-1");
    let asked = Missing::Piece { kind: EvidenceKind::Certificate, level: Some(Level::Four), year: None };
    assert_eq!((silent.0, silent.2), (Standing::Undecidable, vec![asked]));
}

/// S1-10, S1-11: junior opens level 3, middle level 2, senior level 1, in eight fields.
#[test]
fn titles_open_levels_in_eight_fields_s1_10_s1_11() {
    let judge = judge();
    let stands = |level: u8, title: Evidence| who(level, &[title]).by(Route::Recognition).judged(&judge, "recognition");
    for (rank, level) in [(Junior, 3), (Middle, 2), (Senior, 1)] {
        assert_eq!(stands(level, title(rank, CLOSE)).0, Standing::Met, "{rank:?}");
        assert_eq!(stands(level, title(rank, "2023-09-20")).0, Standing::NotMet, "granted after the close");
        if level > 1 {
            let wanted = if level == 3 { Middle } else { Senior };
            let refused = stands(level - 1, title(rank, "2020-01-01"));
            assert_eq!(refused, (Standing::NotMet, vec![Short::Title { rank: wanted }], vec![]));
        }
    }
    let fields = open_routes().into_iter().find(|r| r.kind == Route::Recognition).unwrap().fields;
    assert_eq!(fields.len(), 8);
    for field in fields {
        let mut one = title(Junior, "2020-01-01");
        one.subject = Some(field.clone());
        assert_eq!(stands(3, one).0, Standing::Met, "{field}");
    }
    let mut other = title(Junior, "2020-01-01");
    other.subject = Some("经济".into());
    assert_eq!(stands(3, other.clone()), (Standing::NotMet, vec![Short::Field], vec![]));
    other.subject = None;
    assert_eq!(stands(3, other).2, [Missing::Part { piece: 0, part: Part::Subject }]);
    let four = who(4, &[title(Junior, "2020-01-01")]).by(Route::Recognition);
    assert_eq!(judge.assess(&four.facts()).refused, Some(Short::Route));
}

/// S1-12, S1-13: pay as a junior or middle worker opens levels 5 and 4, higher pay opens level 3.
#[test]
fn pay_opens_levels_to_veterans_s1_12_s1_13() {
    let judge = judge();
    let stands = |level: u8, paid: u8| {
        let who = who(level, &[paid_as(paid, "2019-06-01"), work("2019-01-01")]).by(Route::Veteran);
        let all = judge.assess(&who.facts());
        let met =
            all.branches.iter().filter(|b| b.standing == Standing::Met).map(|b| b.id.to_owned()).collect::<Vec<_>>();
        (all.standing, met)
    };
    for (level, paid) in [(5, 5), (4, 4), (5, 4)] {
        assert_eq!(stands(level, paid), (Standing::Met, vec!["veteran-1".to_owned()]));
    }
    for paid in [3, 2, 1] {
        assert_eq!(stands(3, paid), (Standing::Met, vec!["veteran-2".to_owned()]));
        assert_eq!(stands(4, paid).0, Standing::NotMet);
    }
    assert_eq!(stands(3, 4).0, Standing::NotMet);
    assert_eq!(stands(2, 2).0, Standing::NotMet);
    let silent = who(5, &[work("2019-01-01")]).by(Route::Veteran);
    let asked = Missing::Piece { kind: EvidenceKind::Treatment, level: None, year: None };
    assert_eq!(silent.judged(&judge, "veteran-1").2, [asked]);
}

/// S1-12, S1-13: promotion from the following year, years from the year in which the pay was granted.
#[test]
fn veterans_count_from_the_year_of_their_pay_s1_12_s1_13() {
    let won = won_by(certificate(4, "2022-11-01"), "veteran");
    let mut before = worked("2010-01-01", "2022-11-30");
    before.relation = Some(Relation::Other);
    let with = |granted: &str| {
        who(3, &[paid_as(4, granted), won.clone(), before.clone(), work("2022-12-01")]).by(Route::Promotion)
    };
    let judge = judge();
    // Granted late in the year, counted from its first day: five years from 2018-01-01 are full in 2023.
    assert_eq!(with("2018-11-20").judged(&judge, "2018-3-1").0, Standing::Met);
    assert_eq!(with("2019-01-01").judged(&judge, "2018-3-1").0, Standing::NotMet);
    let early = with("2015-01-01").on("2022-12-31").judged(&judge, "2018-3-1");
    assert_eq!(early.1, [Short::FromYear { year: 2023 }]);
}

/// S1-06, S1-17: a promotion names a certificate; where none is recorded it is asked for, unless there is none.
#[test]
fn a_promotion_skips_no_level_s1_06_s1_17() {
    let judge = judge();
    let two_below = who(3, &[certificate(5, "2000-01-01"), work("2000-01-01")]).by(Route::Promotion);
    let all = judge.assess(&two_below.facts());
    assert_eq!(all.standing, Standing::NotMet);
    assert!(
        all.branches
            .iter()
            .all(|b| b.conditions.iter().any(|(_, f)| { f.short == Some(Short::Certificate { level: Level::Four }) }))
    );
    let silent = who(3, &[work("2000-01-01")]).by(Route::Promotion);
    assert_eq!(silent.judged(&judge, "2018-3-1").0, Standing::Undecidable);
    let none = Facts { no_certificate: true, ..silent.facts() };
    assert_eq!(judge.assess(&none).standing, Standing::NotMet);
}

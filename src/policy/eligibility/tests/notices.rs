//! The Xinjiang notice's own table: S2-07 to S2-13.
use super::*;

fn judge() -> Judge {
    Judge::new(&rules("xinjiang-2022"), &open_routes())
}

const REFERENCE: &str = "2022-04-30";

fn good_years() -> Vec<Evidence> {
    [2019, 2020, 2021].map(|year| appraisal(year, "qualified")).to_vec()
}

fn with_good_years(more: &[Evidence]) -> Vec<Evidence> {
    good_years().into_iter().chain(more.iter().cloned()).collect()
}

#[track_caller]
fn edge(branch: &str, level: u8, pieces: &[Evidence], at: usize) {
    let judge = judge();
    let all = with_good_years(pieces);
    let met = who(level, &all).on(REFERENCE).by(Route::Promotion);
    assert_eq!(met.judged(&judge, branch).0, Standing::Met, "{branch}: {:?}", met.judged(&judge, branch));
    let mut short = all.clone();
    short[3 + at] = later(short[3 + at].clone());
    let (standing, shorts, _) = who(level, &short).on(REFERENCE).by(Route::Promotion).judged(&judge, branch);
    assert_eq!(standing, Standing::NotMet, "{branch}");
    assert!(shorts.iter().any(|s| s.days() == 1), "{branch}: {shorts:?}");
}

/// S2-08, S2-09, S2-10, S2-11, S2-12: years at work and years engaged, each exactly and one day short.
#[test]
fn years_at_work_and_years_engaged_s2_08_s2_09_s2_10_s2_11_s2_12() {
    edge("S2-08", 5, &[work("2021-05-01")], 0);
    for (branch, level, begun) in
        [("S2-09", 4, "2012-05-01"), ("S2-10", 3, "2007-05-01"), ("S2-11", 2, "2004-05-01"), ("S2-12", 1, "2001-05-01")]
    {
        let pieces = [work(begun), engaged(level + 1, "2017-05-01")];
        edge(branch, level, &pieces, 0);
        edge(branch, level, &pieces, 1);
    }
    // S2-09: work in any occupation counts; an engagement one level lower does not.
    let judge = judge();
    let mut other = work("2012-05-01");
    other.relation = Some(Relation::Other);
    let any = who(4, &with_good_years(&[other, engaged(5, "2017-05-01")])).on(REFERENCE);
    assert_eq!(any.judged(&judge, "S2-09").0, Standing::Met);
    let low = who(3, &with_good_years(&[work("2000-01-01"), engaged(5, "2010-01-01")])).on(REFERENCE);
    assert_eq!(low.judged(&judge, "S2-10").0, Standing::NotMet);
    // S2-09: nobody has said how somebody is engaged.
    let silent = who(4, &with_good_years(&[work("2000-01-01")])).on(REFERENCE);
    let asked = Missing::Piece { kind: EvidenceKind::Engagement, level: Some(Level::Five), year: None };
    assert_eq!(silent.judged(&judge, "S2-09").2, [asked]);
}

/// S2-07: each of the last three years, or the year that is missing is named.
#[test]
fn three_appraisals_in_a_row_s2_07() {
    let judge = judge();
    let with = |appraisals: &[Evidence]| {
        let pieces: Vec<_> = appraisals.iter().cloned().chain([work("2010-01-01")]).collect();
        who(5, &pieces).on(REFERENCE).judged(&judge, "S2-08")
    };
    assert_eq!(with(&good_years()).0, Standing::Met);
    let (standing, _, missing) = with(&good_years()[1..]);
    let lacks = Missing::Piece { kind: EvidenceKind::Appraisal, level: None, year: Some(2019) };
    assert_eq!((standing, missing), (Standing::Undecidable, vec![lacks]));
    let mut bad = good_years();
    bad[1] = appraisal(2020, "basic");
    assert_eq!(with(&bad), (Standing::NotMet, vec![Short::Appraisal { year: 2020 }], vec![]));
    bad[1] = appraisal(2020, "excellent");
    assert_eq!(with(&bad).0, Standing::Met);
    // Years long past do not stand in for the last three.
    let old: Vec<_> = [2016, 2017, 2018].map(|year| appraisal(year, "qualified")).to_vec();
    assert_eq!(with(&old).2.len(), 3);
}

/// S2-13: by the documents, 5, 10 or 15 years in the occupation when placed or moved.
#[test]
fn resettled_and_moved_people_s2_13() {
    let judge = judge();
    for (level, years) in [(5u8, 5i64), (4, 10), (3, 15)] {
        let branch = format!("S2-13-{level}");
        let stands = |months| {
            let who = who(level, &with_good_years(&[placed(months, "2020-01-01")])).on(REFERENCE).by(Route::Resettled);
            who.judged(&judge, &branch)
        };
        assert_eq!(stands(years * 12).0, Standing::Met, "{branch}");
        let short = vec![Short::Placement { lacking: 1 }];
        assert_eq!(stands(years * 12 - 1), (Standing::NotMet, short, vec![]), "{branch}");
    }
    let two = who(2, &with_good_years(&[placed(400, "2020-01-01")])).on(REFERENCE).by(Route::Resettled);
    assert_eq!(judge.assess(&two.facts()).refused, Some(Short::NoBranch));
    let silent = who(5, &good_years()).on(REFERENCE).by(Route::Resettled);
    let asked = Missing::Piece { kind: EvidenceKind::Placement, level: None, year: None };
    assert_eq!(silent.judged(&judge, "S2-13-5").2, [asked]);
}

//! How time is counted: gaps, overlaps, leap days, periods that lack a field.
use super::*;

fn years(evidence: &[Evidence]) -> (Standing, Option<Span>) {
    let judge = Judge::new(&rules("gb-2023"), &open_routes());
    let who = who(4, evidence);
    let all = judge.assess(&who.facts());
    let first = &all.branches[0].conditions[0].1;
    (first.standing, first.counted)
}

fn span(years: u16, months: u8, days: u8) -> Option<Span> {
    Some(Span { years, months, days })
}

#[test]
fn overlapping_periods_count_once_and_gaps_not_at_all() {
    let twice = [worked("2015-01-01", "2018-12-31"), worked("2016-01-01", "2019-12-31")];
    assert_eq!(years(&twice), (Standing::Met, span(5, 0, 0)));
    let gap = [worked("2015-01-01", "2016-12-31"), worked("2018-01-01", "2020-12-30")];
    assert_eq!(years(&gap), (Standing::NotMet, span(4, 11, 30)));
    let full = [worked("2015-01-01", "2016-12-31"), worked("2018-01-01", "2020-12-31")];
    assert_eq!(years(&full).0, Standing::Met);
}

#[test]
fn the_leap_day_neither_gives_nor_takes_a_day() {
    assert_eq!(years(&[worked("2016-02-29", "2021-02-28")]).0, Standing::Met);
    assert_eq!(years(&[worked("2016-02-29", "2021-02-27")]).0, Standing::NotMet);
    assert_eq!(years(&[worked("2016-03-01", "2021-02-28")]).0, Standing::Met);
    let mut child = who(5, &[]);
    (child.birth, child.reference) = (Some(day("2008-02-29")), day("2024-02-28"));
    let judge = Judge::new(&rules("gb-2023"), &open_routes());
    assert_eq!(child.judged(&judge, "2023-5-1").0, Standing::NotMet);
    child.reference = day("2024-02-29");
    assert_eq!(child.judged(&judge, "2023-5-1").0, Standing::Met);
    (child.birth, child.reference) = (Some(day("2008-02-29")), day("2026-02-28"));
    assert_eq!(child.judged(&judge, "2023-5-1").0, Standing::Met);
}

#[test]
fn a_field_that_is_missing_is_named_when_it_matters_and_only_then() {
    let judge = Judge::new(&rules("gb-2023"), &open_routes());
    let mut unjudged = work("2010-01-01");
    unjudged.relation = None;
    let asked = who(4, &[work("2023-01-01"), unjudged.clone()]).judged(&judge, "2023-4-1");
    assert_eq!((asked.0, asked.2), (Standing::Undecidable, vec![Missing::Part { piece: 1, part: Part::Relation }]));
    // Too short even if it counted.
    unjudged.from = Some(day("2022-01-01"));
    assert_eq!(who(4, &[work("2022-01-01"), unjudged.clone()]).judged(&judge, "2023-4-1").0, Standing::NotMet);
    // Enough without it.
    assert_eq!(who(4, &[work("2010-01-01"), unjudged]).judged(&judge, "2023-4-1").0, Standing::Met);
    let mut undated = certificate(5, "2015-01-01");
    undated.from = None;
    let (standing, _, missing) = who(4, &[undated, work("2019-01-01")]).judged(&judge, "2023-4-2");
    assert_eq!((standing, missing), (Standing::Undecidable, vec![Missing::Part { piece: 0, part: Part::From }]));
}

#[test]
fn work_that_nobody_has_told_of_is_asked_for() {
    let judge = Judge::new(&rules("gb-2023"), &open_routes());
    let (standing, _, missing) = who(4, &[]).judged(&judge, "2023-4-1");
    let asked = Missing::Piece { kind: EvidenceKind::Employment, level: None, year: None };
    assert_eq!((standing, missing), (Standing::Undecidable, vec![asked]));
    let shown = judge.years(&who(4, &[worked("2015-01-01", "2017-06-30")]).facts()).counted;
    assert_eq!(shown, span(2, 6, 0));
}

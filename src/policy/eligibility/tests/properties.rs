//! What holds for anybody, whatever the rule set: more never hurts, and how it is written down does not matter.
use super::*;
use chrono::{Datelike, Days};
use proptest::prelude::*;

const SETS: [&str; 3] = ["gb-2023", "gb-2018", "xinjiang-2022"];

fn judges() -> &'static [Judge] {
    static ALL: std::sync::OnceLock<Vec<Judge>> = std::sync::OnceLock::new();
    ALL.get_or_init(|| SETS.iter().map(|code| Judge::new(&rules(code), &open_routes())).collect())
}

fn some_day() -> impl Strategy<Value = Day> {
    (0u64..12_000).prop_map(|days| day("1995-01-01") + Days::new(days))
}

fn level() -> impl Strategy<Value = Level> {
    prop::sample::select(Level::ALL.to_vec())
}

/// Sometimes nobody has filled the field in.
fn maybe<T: Clone + std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop_oneof![1 => Just(None), 7 => of.prop_map(Some)]
}

fn relation() -> impl Strategy<Value = Relation> {
    prop::sample::select(Relation::ALL.to_vec())
}

prop_compose! {
    fn any_piece()(
        kind in prop::sample::select(EvidenceKind::ALL.to_vec()),
        from in maybe(some_day()), days in maybe(0u64..4000), relation in maybe(relation()), level in maybe(level()),
        rank in maybe(prop::sample::select(TitleRank::ALL.to_vec())), class in maybe(0usize..11),
        field in maybe(prop::sample::select(vec!["工程", "农业", "经济"])), months in maybe(0i64..240),
    ) -> Evidence {
        let classes = evidence::classes(kind);
        let class = class.filter(|_| !classes.is_empty()).map(|at| classes[at % classes.len()].to_owned());
        let own = evidence::parts(kind);
        let to = from.zip(days).map(|(from, days)| from + Days::new(days));
        Evidence {
            kind, from, to: to.filter(|_| own.contains(&Part::To)), relation, level, rank, class,
            subject: field.map(str::to_owned), unit: None, number: None, months,
        }
    }
}

prop_compose! {
    /// Nothing left out.
    fn full_piece()(
        one in any_piece(), from in some_day(), relation in relation(), level in level(), class in 0usize..11,
        rank in prop::sample::select(TitleRank::ALL.to_vec()), months in 0i64..240,
    ) -> Evidence {
        let classes = evidence::classes(one.kind);
        let class = (!classes.is_empty()).then(|| classes[class % classes.len()].to_owned());
        let ends = matches!(one.kind, EvidenceKind::Apprenticeship | EvidenceKind::Education);
        let to = one.to.filter(|to| *to >= from).or(ends.then(|| from + Days::new(300)));
        let (relation, level, rank) = (Some(relation), Some(level), Some(rank));
        let subject = one.subject.clone().or_else(|| Some("艺术".into()));
        Evidence { from: Some(from), to, relation, level, rank, class, subject, months: Some(months), ..one }
    }
}

/// With at least one period of work, the last piece.
fn worker(pieces: impl Strategy<Value = Evidence>) -> impl Strategy<Value = Who> {
    (some_who(pieces), some_day(), maybe(1u64..5000)).prop_map(|(mut who, from, days)| {
        let to = days.map(|days| from + Days::new(days));
        who.evidence.push(Evidence { to, ..work(&from.to_string()) });
        who
    })
}

fn some_who(pieces: impl Strategy<Value = Evidence>) -> impl Strategy<Value = Who> {
    let route = prop::sample::select(Route::ALL.to_vec());
    let parts = (level(), route, some_day(), any::<bool>(), prop::collection::vec(pieces, 0..7));
    parts.prop_map(|(level, route, reference, related, evidence)| Who {
        level,
        route,
        reference,
        wording: if related { Wording::Related } else { Wording::Same },
        evidence,
        ..who(3, &[])
    })
}

/// Standing of every branch, by rule set.
fn standings(judges: &[Judge], who: &Who) -> Vec<Standing> {
    judges.iter().flat_map(|j| j.assess(&who.facts()).branches.iter().map(|b| b.standing).collect::<Vec<_>>()).collect()
}

/// Everything of the answer that does not name places in the list of evidence.
fn answer(judges: &[Judge], who: &Who) -> Vec<(Standing, Option<Short>, Option<Span>)> {
    let mut all = Vec::new();
    for judge in judges {
        let found = judge.assess(&who.facts());
        let each = found.branches.iter().flat_map(|b| &b.conditions);
        all.extend(each.map(|(_, f)| (f.standing, f.short, f.counted)));
        all.push((found.standing, found.refused, None));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn one_more_day_of_work_never_hurts(who in worker(any_piece()), at in any::<prop::sample::Index>(), end in any::<bool>()) {
        let judges = judges();
        let jobs: Vec<usize> = (0..who.evidence.len()).filter(|i| who.evidence[*i].kind == EvidenceKind::Employment).collect();
        let mut more = who.clone();
        let job = &mut more.evidence[jobs[at.index(jobs.len())]];
        if end {
            job.to = job.to.map(|to| to + Days::new(1));
        } else {
            job.from = job.from.map(|from| from - Days::new(1));
        }
        let (before, after) = (standings(judges, &who), standings(judges, &more));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after >= before, "{before:?} {after:?}");
        }
    }

    #[test]
    fn more_evidence_never_takes_away_what_is_met(who in some_who(any_piece()), piece in any_piece(), at in any::<prop::sample::Index>()) {
        let judges = judges();
        let mut more = who.clone();
        more.evidence.insert(at.index(who.evidence.len() + 1), piece);
        for (before, after) in standings(judges, &who).iter().zip(&standings(judges, &more)) {
            prop_assert!(*before != Standing::Met || *after == Standing::Met);
        }
    }

    #[test]
    fn the_order_of_evidence_does_not_matter(who in some_who(any_piece()), turn in 0usize..7) {
        let judges = judges();
        let mut other = who.clone();
        other.evidence.reverse();
        if !other.evidence.is_empty() {
            let by = turn % other.evidence.len();
            other.evidence.rotate_left(by);
        }
        prop_assert_eq!(answer(judges, &who), answer(judges, &other));
    }

    #[test]
    fn a_period_cut_in_two_is_the_same_period(who in worker(full_piece()), at in any::<prop::sample::Index>(), cut in 1u64..4000) {
        let judges = judges();
        let mut other = who.clone();
        let jobs: Vec<usize> = (0..who.evidence.len()).filter(|i| who.evidence[*i].kind == EvidenceKind::Employment).collect();
        let one = jobs[at.index(jobs.len())];
        let from = who.evidence[one].from.unwrap();
        let length = who.evidence[one].to.map_or(4000, |to| (to - from).num_days().unsigned_abs());
        prop_assume!(length > 0);
        let first_of_second = from + Days::new(1 + cut % length);
        prop_assume!(who.evidence[one].to.is_none_or(|to| first_of_second <= to));
        let second = Evidence { from: Some(first_of_second), ..who.evidence[one].clone() };
        other.evidence[one].to = Some(first_of_second - Days::new(1));
        other.evidence.push(second);
        prop_assert_eq!(answer(judges, &who), answer(judges, &other));
    }

    #[test]
    fn what_is_told_twice_counts_once(who in some_who(any_piece()), at in any::<prop::sample::Index>()) {
        let judges = judges();
        prop_assume!(!who.evidence.is_empty());
        let mut other = who.clone();
        let again = at.get(&who.evidence).clone();
        other.evidence.push(again);
        prop_assert_eq!(answer(judges, &who), answer(judges, &other));
    }

    /// Studies and work that end, and appraisals that grow old, are states of a day, and a notice may end a rule. All
    /// else only ripens.
    #[test]
    fn a_later_day_never_hurts(who in some_who(any_piece()), days in 1u64..2000) {
        let judges = &judges()[..2];
        let mut now = who;
        for e in &mut now.evidence {
            let ends = matches!(e.kind, EvidenceKind::Employment | EvidenceKind::Education);
            e.to = e.to.filter(|_| !ends);
        }
        let later = Who { reference: now.reference + Days::new(days), ..now.clone() };
        let of = |who: &Who| -> Vec<(String, Standing)> {
            let all = judges.iter().flat_map(|j| j.assess(&who.facts()).branches.iter().filter(|b| {
                !b.conditions.iter().any(|(c, _)| matches!(c, Condition::Student(_)))
            }).map(|b| (b.id.to_owned(), b.standing)).collect::<Vec<_>>());
            all.collect()
        };
        for ((id, before), (_, after)) in of(&now).iter().zip(&of(&later)) {
            prop_assert!(after >= before, "{id} {before:?} {after:?}");
        }
    }

    #[test]
    fn nothing_is_open_when_everything_is_told(who in some_who(full_piece())) {
        let mut whole = who;
        let year = whole.reference.year();
        for back in 1..=3 {
            whole.evidence.push(appraisal(year - back, "basic"));
        }
        whole.evidence.extend([
            worked("1994-01-01", "1994-02-01"), certificate(5, "1994-01-01"), engaged(5, "1994-01-01"),
            paid_as(5, "1994-01-01"), placed(1, "1994-01-01"), title(TitleRank::Junior, "1994-01-01"),
        ]);
        // An old certificate before every transfer.
        whole.evidence.push(Evidence { relation: Some(Relation::Other), ..certificate(1, "1994-01-01") });
        for e in &mut whole.evidence {
            let student = e.kind == EvidenceKind::Education && e.from.is_none();
            e.to = if student { None } else { e.to };
        }
        for standing in standings(judges(), &whole) {
            prop_assert_ne!(standing, Standing::Undecidable);
        }
    }
}

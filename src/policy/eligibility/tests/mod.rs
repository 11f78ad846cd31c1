//! Every branch of every rule set at its boundary, the routes of the notices, and what must hold for anybody.
mod dates;
mod files;
mod gb_2018;
mod gb_2023;
mod notices;
mod properties;
mod routes;

use super::*;
use crate::model::{Day, EducationClass, Evidence, EvidenceKind, Level, Relation, Route, TitleRank};
use crate::policy::routes::RouteRule;

/// The last day of registration of the 2023 notice.
pub const CLOSE: &str = "2023-09-19";

pub fn shipped(code: &str) -> Option<String> {
    let text = match code {
        "routes" => include_str!("../../../../data/rules/routes.toml"),
        "gb-2023" => include_str!("../../../../data/rules/gb-2023.toml"),
        "gb-2018" => include_str!("../../../../data/rules/gb-2018.toml"),
        "xinjiang-2022" => include_str!("../../../../data/rules/xinjiang-2022.toml"),
        "zwfw-2024" => include_str!("../../../../data/rules/zwfw-2024.toml"),
        _ => return None,
    };
    Some(text.to_owned())
}

pub fn rules(code: &str) -> RuleSet {
    load(code, &shipped).unwrap_or_else(|faults| panic!("{faults:?}")).rules
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

/// The routes of the 2023 notice, with placement beside them.
pub fn open_routes() -> Vec<RouteRule> {
    let mut rules = crate::policy::notice::tests::nmg_2023().policy.routes;
    let plain: RouteRule = toml::from_str("kind = \"resettled\"").unwrap();
    rules.push(plain);
    rules
}

/// Somebody at a level by a route, with evidence.
#[derive(Debug, Clone)]
pub struct Who {
    pub level: Level,
    pub route: Route,
    pub birth: Option<Day>,
    pub reference: Day,
    pub wording: Wording,
    pub levels: Vec<Level>,
    pub evidence: Vec<Evidence>,
}

pub fn who(level: u8, evidence: &[Evidence]) -> Who {
    Who {
        level: Level::try_from(level).unwrap(),
        route: Route::First,
        birth: Some(day("1990-01-01")),
        reference: day(CLOSE),
        wording: Wording::Related,
        levels: Level::ALL.to_vec(),
        evidence: evidence.to_vec(),
    }
}

impl Who {
    pub fn by(self, route: Route) -> Who {
        Who { route, ..self }
    }

    pub fn on(self, reference: &str) -> Who {
        Who { reference: day(reference), ..self }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts {
            birth: self.birth,
            level: self.level,
            route: self.route,
            evidence: &self.evidence,
            reference: self.reference,
            levels: &self.levels,
            wording: self.wording,
            no_certificate: false,
        }
    }

    pub fn judged(&self, judge: &Judge, branch: &str) -> (Standing, Vec<Short>, Vec<Missing>) {
        let all = judge.assess(&self.facts());
        let one = all.branches.iter().find(|b| b.id == branch);
        let one = one.unwrap_or_else(|| panic!("no branch {branch} for {:?} {:?}", self.route, self.level));
        let short = one.conditions.iter().filter_map(|(_, f)| f.short).collect();
        (one.standing, short, one.conditions.iter().flat_map(|(_, f)| f.missing.clone()).collect())
    }
}

fn bare(kind: EvidenceKind) -> Evidence {
    Evidence {
        kind,
        from: None,
        to: None,
        relation: None,
        level: None,
        rank: None,
        class: None,
        subject: None,
        unit: None,
        number: None,
        months: None,
    }
}

/// In this occupation since a day.
pub fn work(from: &str) -> Evidence {
    Evidence { from: Some(day(from)), relation: Some(Relation::Same), ..bare(EvidenceKind::Employment) }
}

pub fn worked(from: &str, to: &str) -> Evidence {
    Evidence { to: Some(day(to)), ..work(from) }
}

pub fn certificate(level: u8, issued: &str) -> Evidence {
    Evidence {
        from: Some(day(issued)),
        level: Level::try_from(level).ok(),
        relation: Some(Relation::Same),
        class: Some("qualification".into()),
        ..bare(EvidenceKind::Certificate)
    }
}

pub fn title(rank: TitleRank, granted: &str) -> Evidence {
    Evidence {
        from: Some(day(granted)),
        rank: Some(rank),
        relation: Some(Relation::Related),
        subject: Some("工程".into()),
        ..bare(EvidenceKind::Title)
    }
}

pub fn diploma(class: EducationClass, from: &str) -> Evidence {
    Evidence { from: Some(day(from)), ..student(class, from) }
}

/// No diploma yet; the studies end on a day.
pub fn student(class: EducationClass, ends: &str) -> Evidence {
    Evidence {
        to: Some(day(ends)),
        class: Some(class.code().into()),
        relation: Some(Relation::Related),
        ..bare(EvidenceKind::Education)
    }
}

pub fn appraisal(year: i32, grade: &str) -> Evidence {
    Evidence { from: Day::from_ymd_opt(year, 12, 31), class: Some(grade.into()), ..bare(EvidenceKind::Appraisal) }
}

pub fn engaged(level: u8, from: &str) -> Evidence {
    Evidence { from: Some(day(from)), level: Level::try_from(level).ok(), ..bare(EvidenceKind::Engagement) }
}

pub fn paid_as(level: u8, from: &str) -> Evidence {
    Evidence { from: Some(day(from)), level: Level::try_from(level).ok(), ..bare(EvidenceKind::Treatment) }
}

pub fn placed(months: i64, on: &str) -> Evidence {
    Evidence { from: Some(day(on)), months: Some(months), ..bare(EvidenceKind::Placement) }
}

/// Begun one day too late, for the edge of a condition: the same piece with the day moved by one.
pub fn later(mut e: Evidence) -> Evidence {
    e.from = e.from.and_then(|d| d.succ_opt());
    e
}

/// Met by `exactly`, and one day short of it when the piece at `at` begins a day later.
#[track_caller]
pub fn edge(judge: &Judge, branch: &str, level: u8, exactly: &[Evidence], at: usize) {
    let met = who(level, exactly);
    assert_eq!(met.judged(judge, branch).0, Standing::Met, "{branch} exactly: {:?}", met.judged(judge, branch));
    let mut short = exactly.to_vec();
    short[at] = later(short[at].clone());
    let (standing, short, _) = who(level, &short).judged(judge, branch);
    assert_eq!(standing, Standing::NotMet, "{branch} one day short");
    let one_day = |s: &Short| matches!(s, Short::Time { days: 1, lacking: Span { years: 0, months: 0, days: 1 }, .. });
    assert!(short.iter().any(one_day), "{branch}: {short:?}");
}

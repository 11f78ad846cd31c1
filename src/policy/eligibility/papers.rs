//! Conditions on single papers: birth, titles, diplomas, engagements, appraisals, and what the routes of a notice ask.
use super::certificate::class;
use super::evidence::Part;
use super::finding::{Clock, Finding, Missing, Short, Standing};
use super::judge::Facts;
use super::rules::{EducationNeed, EngagedNeed, TitleNeed};
use super::span::{Span, after_years};
use super::work::{Ask, Work};
use crate::model::{CertificateClass, Day, EducationClass, Evidence, EvidenceKind, Grade, Level, Relation};
use crate::policy::routes::{OldCertificate, RouteRule};
use chrono::Datelike;

type Piece<'f> = (usize, &'f Evidence);

fn of<'f>(facts: &Facts<'f>, kind: EvidenceKind) -> impl Iterator<Item = Piece<'f>> {
    facts.evidence.iter().enumerate().filter(move |(_, e)| e.kind == kind)
}

fn whole(kind: EvidenceKind, level: Option<Level>, year: Option<i32>) -> Finding {
    Finding::missing(vec![Missing::Piece { kind, level, year }])
}

/// The best of what the pieces gave; `none` where none of them has to do with it.
fn best(found: impl Iterator<Item = Finding>, none: Finding) -> Finding {
    found.reduce(Finding::or).unwrap_or(none)
}

/// A yes for every part that fits, an open question for every part that is not told, `None` for one that does not fit.
fn judge(piece: usize, parts: &[(Part, Option<bool>)]) -> Option<Vec<Missing>> {
    if parts.iter().any(|(_, fits)| *fits == Some(false)) {
        return None;
    }
    let open = parts.iter().filter(|(_, fits)| fits.is_none());
    Some(open.map(|(part, _)| Missing::Part { piece, part: *part }).collect())
}

fn settled(piece: usize, missing: Vec<Missing>) -> Finding {
    if missing.is_empty() { Finding::met(vec![piece]) } else { Finding::missing(missing) }
}

/// 本专业或相关专业, 专业对应: always both, whatever the wording about occupations.
fn related(relation: Option<Relation>) -> Option<bool> {
    relation.map(|r| r != Relation::Other)
}

pub fn age(facts: &Facts<'_>, years: u8) -> Finding {
    let Some(birth) = facts.birth else { return Finding::missing(vec![Missing::Birth]) };
    let on = after_years(birth, years);
    let counted = Some(Span::between(birth, facts.reference));
    if on <= facts.reference {
        return Finding::met(Vec::new()).counting(counted);
    }
    Finding::short(Short::Age { on, days: (on - facts.reference).num_days() }).counting(counted)
}

pub fn title(facts: &Facts<'_>, work: &Work, need: &TitleNeed) -> Finding {
    let one = |(piece, e): Piece<'_>| {
        let rank = e.rank.map(|rank| rank >= need.rank);
        let open = judge(piece, &[(Part::Rank, rank), (Part::Relation, related(e.relation)), (Part::From, dated(e))])?;
        if let Some(on) = e.from.filter(|day| *day > facts.reference) {
            return Some(Finding::short(Short::Later { on, days: (on - facts.reference).num_days() }));
        }
        let ask = Ask { clock: Clock::After, years: need.years_after, since: e.from, window: None };
        let mut time = work.ask(ask);
        if open.is_empty() || time.standing == Standing::NotMet {
            time.proof.insert(0, piece);
            return Some(time);
        }
        time.missing.splice(0..0, open);
        Some(Finding { standing: Standing::Undecidable, proof: Vec::new(), ..time })
    };
    best(of(facts, EvidenceKind::Title).filter_map(one), Finding::short(Short::Title { rank: need.rank }))
}

fn dated(e: &Evidence) -> Option<bool> {
    e.from.map(|_| true)
}

fn school(e: &Evidence, classes: &[EducationClass]) -> Option<bool> {
    e.class.as_deref().and_then(EducationClass::parse).map(|class| classes.contains(&class))
}

pub fn education(facts: &Facts<'_>, need: &EducationNeed) -> Finding {
    let one = |(piece, e): Piece<'_>| {
        let major = if need.related { related(e.relation) } else { Some(true) };
        let parts = [(Part::Class, school(e, &need.classes)), (Part::Relation, major)];
        let mut open = judge(piece, &parts)?;
        match (e.from.filter(|day| *day <= facts.reference), e.to) {
            (Some(_), _) => {}
            (None, Some(ends)) if need.in_study && ends >= facts.reference => {
                if ends > after_years(facts.reference, 1) {
                    return Some(Finding::short(Short::StudiesEnd { on: ends }));
                }
            }
            (None, _) if e.from.is_some() || e.to.is_some_and(|ends| ends >= facts.reference) => return None,
            (None, _) => open.push(Missing::Part { piece, part: Part::From }),
        }
        Some(settled(piece, open))
    };
    best(of(facts, EvidenceKind::Education).filter_map(one), Finding::short(Short::Education))
}

/// Somebody who has not finished there yet.
pub fn student(facts: &Facts<'_>, classes: &[EducationClass]) -> Finding {
    let one = |(piece, e): Piece<'_>| {
        // A diploma ends the studies, also one of a later day.
        let studies = match e.from {
            Some(day) => Some(day > facts.reference),
            None => e.to.map(|ends| ends >= facts.reference),
        };
        Some(settled(piece, judge(piece, &[(Part::Class, school(e, classes)), (Part::To, studies)])?))
    };
    best(of(facts, EvidenceKind::Education).filter_map(one), Finding::short(Short::Student))
}

pub fn apprenticeship(facts: &Facts<'_>) -> Finding {
    let one = |(piece, e): Piece<'_>| {
        let done = e.to.map(|ends| ends <= facts.reference);
        Some(settled(piece, judge(piece, &[(Part::To, done), (Part::Relation, facts.counts(e.relation))])?))
    };
    best(of(facts, EvidenceKind::Apprenticeship).filter_map(one), Finding::short(Short::Apprenticeship))
}

/// 聘任: engagements at the level or above it, added up.
pub fn engaged(facts: &Facts<'_>, need: &EngagedNeed) -> Finding {
    if of(facts, EvidenceKind::Engagement).next().is_none() {
        return whole(EvidenceKind::Engagement, Some(need.level), None);
    }
    let mut missing = Vec::new();
    let (mut sure, mut hoped) = (Vec::new(), Vec::new());
    for (piece, e) in of(facts, EvidenceKind::Engagement).filter(|(_, e)| e.level.is_none_or(|l| l <= need.level)) {
        let period = Evidence { kind: EvidenceKind::Employment, relation: Some(Relation::Same), ..e.clone() };
        let unknown = [(Part::Level, e.level.is_none()), (Part::From, e.from.is_none())];
        if unknown.iter().any(|(_, is)| *is) {
            let parts = unknown.iter().filter(|(_, is)| *is);
            missing.extend(parts.map(|(part, _)| Missing::Part { piece, part: *part }));
            hoped.push(Evidence { from: period.from.or(Some(Day::MIN)), ..period });
        } else {
            sure.push((piece, period));
        }
    }
    let ask = Ask { clock: Clock::Engaged, years: need.years, since: None, window: None };
    let time = |evidence: Vec<Evidence>| match evidence.is_empty() {
        true => Finding::short(Short::Engaged { level: need.level }),
        false => Work::of(&Facts { evidence: &evidence, ..*facts }).ask(ask),
    };
    let certain: Vec<Evidence> = sure.iter().map(|(_, e)| e.clone()).collect();
    let mut found = time(certain.clone());
    found.proof = found.proof.iter().filter_map(|at| sure.get(*at).map(|(piece, _)| *piece)).collect();
    if found.standing == Standing::Met || missing.is_empty() {
        return found;
    }
    let best = time(certain.into_iter().chain(hoped).collect());
    let counted = found.counted;
    if best.standing == Standing::Met { Finding::missing(missing).counting(counted) } else { best.counting(counted) }
}

/// The last `years` whole years before the year of the reference day, each 合格 or better.
pub fn appraisals(facts: &Facts<'_>, years: u8) -> Finding {
    let of_year = |year: i32| {
        let year_of = move |(_, e): &Piece<'_>| e.from.is_some_and(|day| day.year() == year);
        let one = |(piece, e): Piece<'_>| {
            let grade = e.class.as_deref().and_then(Grade::parse).map(Grade::is_good);
            match judge(piece, &[(Part::Class, grade)]) {
                Some(missing) => settled(piece, missing),
                None => Finding::short(Short::Appraisal { year }),
            }
        };
        best(
            of(facts, EvidenceKind::Appraisal).filter(year_of).map(one),
            whole(EvidenceKind::Appraisal, None, Some(year)),
        )
    };
    let last = facts.reference.year();
    let mut all = Finding::met(Vec::new());
    for found in (1..=i32::from(years)).map(|back| of_year(last - back)) {
        all.standing = all.standing.min(found.standing);
        all.proof.extend(found.proof);
        all.missing.extend(found.missing);
        all.short = all.short.or(found.short);
    }
    match all.standing {
        Standing::Met => Finding::met(all.proof),
        Standing::Undecidable => Finding::missing(all.missing),
        Standing::NotMet => Finding { proof: Vec::new(), missing: Vec::new(), ..all },
    }
}

pub fn placement(facts: &Facts<'_>, years: u8) -> Finding {
    let needed = i64::from(years) * 12;
    let placed = |(_, e): &Piece<'_>| e.from.is_none_or(|day| day <= facts.reference);
    let one = |(piece, e): Piece<'_>| match e.months {
        None => Finding::missing(vec![Missing::Part { piece, part: Part::Months }]),
        Some(months) if months >= needed => Finding::met(vec![piece]),
        Some(months) => Finding::short(Short::Placement { lacking: needed - months }),
    };
    let nearest = |a: Finding, b: Finding| {
        let lacks = |f: &Finding| match f.short {
            Some(Short::Placement { lacking }) => lacking,
            _ => 0,
        };
        if a.standing == b.standing && lacks(&b) < lacks(&a) { b } else { a.or(b) }
    };
    let found = of(facts, EvidenceKind::Placement).filter(placed).map(one).reduce(nearest);
    found.unwrap_or_else(|| whole(EvidenceKind::Placement, None, None))
}

/// 平转: the certificate of the former occupation, of a kind that the notice takes.
pub fn old_certificate(facts: &Facts<'_>, rule: &RouteRule) -> Finding {
    let one = |(piece, e): Piece<'_>| {
        let level = e.level.map(|level| !rule.same_level || level == facts.level);
        let kind = class(e).map(|class| takes(&rule.old_certificates, class));
        let issued = e.from.map(|day| day <= facts.reference);
        Some(settled(piece, judge(piece, &[(Part::Level, level), (Part::Class, kind), (Part::From, issued)])?))
    };
    let mut certificates = of(facts, EvidenceKind::Certificate).peekable();
    if certificates.peek().is_none() && !facts.no_certificate {
        return whole(EvidenceKind::Certificate, Some(facts.level), None);
    }
    best(certificates.filter_map(one), Finding::short(Short::OldCertificate { level: facts.level }))
}

fn takes(kinds: &[OldCertificate], class: CertificateClass) -> bool {
    let wanted = match class {
        CertificateClass::Qualification => OldCertificate::Qualification,
        CertificateClass::PreTechnician => return false,
        _ => OldCertificate::SkillLevel,
    };
    kinds.is_empty() || kinds.contains(&wanted)
}

/// 贯通: a title of the rank that opens this level, in one of the notice's fields.
pub fn recognised_title(facts: &Facts<'_>, rule: &RouteRule) -> Finding {
    let Some(wanted) = rule.titles.iter().find(|t| t.level == facts.level).map(|t| t.rank) else {
        return Finding::short(Short::Route);
    };
    let mut titles = of(facts, EvidenceKind::Title).peekable();
    if titles.peek().is_none() {
        return whole(EvidenceKind::Title, None, None);
    }
    let one = |(piece, e): Piece<'_>| {
        let in_field =
            |subject: &str| rule.fields.is_empty() || rule.fields.iter().any(|f| subject.contains(f.as_str()));
        let field = e.subject.as_deref().map(in_field);
        let granted = e.from.map(|day| day <= facts.reference);
        let rank = e.rank.map(|rank| rank >= wanted);
        match (rank, field) {
            (Some(false), _) => Finding::short(Short::Title { rank: wanted }),
            (_, Some(false)) => Finding::short(Short::Field),
            _ => {
                let parts = [
                    (Part::Rank, rank),
                    (Part::Subject, field),
                    (Part::Relation, related(e.relation)),
                    (Part::From, granted),
                ];
                judge(piece, &parts).map_or_else(|| Finding::short(Short::Field), |missing| settled(piece, missing))
            }
        }
    };
    best(titles.map(one), Finding::short(Short::Field))
}

/// 退役军人: pay of a level in this line of the notice's rule, and the line opens the level applied for.
pub fn treatment(facts: &Facts<'_>, rule: &RouteRule, line: u8) -> Finding {
    let Some(line) = rule.treatments.get(usize::from(line).saturating_sub(1)) else {
        return Finding::short(Short::Route);
    };
    if !line.may_apply.contains(&facts.level) {
        return Finding::short(Short::Route);
    }
    let mut pays = of(facts, EvidenceKind::Treatment).peekable();
    if pays.peek().is_none() {
        return whole(EvidenceKind::Treatment, None, None);
    }
    let one = |(piece, e): Piece<'_>| {
        let paid = e.level.map(|level| line.paid_as.contains(&level));
        let granted = e.from.map(|day| day <= facts.reference);
        Some(settled(piece, judge(piece, &[(Part::Level, paid), (Part::From, granted)])?))
    };
    best(pays.filter_map(one), Finding::short(Short::Treatment))
}

/// Whether the notice takes this kind of application for this level, still.
pub fn route(facts: &Facts<'_>, rule: Option<&RouteRule>) -> Option<Short> {
    let Some(rule) = rule else { return Some(Short::Route) };
    if !rule.levels.is_empty() && !rule.levels.contains(&facts.level) {
        return Some(Short::Route);
    }
    let until = rule.until.map(|until| until.day);
    until.filter(|until| facts.reference > *until).map(|on| Short::Ended { on })
}

/// Whether the occupation is assessed at the level, and can be promoted to it (S1-47).
pub fn level(facts: &Facts<'_>) -> Option<Short> {
    if facts.levels.is_empty() {
        return None;
    }
    if !facts.levels.contains(&facts.level) {
        return Some(Short::Level);
    }
    let lowest = facts.levels.iter().max();
    (facts.route == crate::model::Route::Promotion && lowest == Some(&facts.level)).then_some(Short::Lowest)
}

//! Conditions, and what was found of them, in words.
use super::{Lang, Locale};
use crate::model::{CertificateClass, EducationClass, Evidence, EvidenceKind, Grade, Level};
use crate::ops::eligibility::{
    BranchShown, Condition, Explanation, Finding, Missing, Origin, Piece, Short, Span, Standing, Words,
};

pub fn words<'w>(locale: &Locale, words: &'w Words) -> &'w str {
    match locale.lang() {
        Lang::Chinese => &words.zh,
        Lang::English => &words.en,
    }
}

/// A mark that needs no colour; plain where the terminal is.
pub fn mark(standing: Standing, ascii: bool) -> &'static str {
    match (standing, ascii) {
        (Standing::Met, false) => "✓",
        (Standing::NotMet, false) => "✗",
        (Standing::Met, true) => "+",
        (Standing::NotMet, true) => "-",
        (Standing::Undecidable, _) => "?",
    }
}

/// Years, months and days, what is nothing left out.
pub fn span(locale: &Locale, span: Span) -> String {
    let parts = [("years", i64::from(span.years)), ("months", i64::from(span.months)), ("days", i64::from(span.days))];
    let told = parts.iter().filter(|(_, n)| *n > 0);
    let told: Vec<_> = told.map(|(unit, n)| locale.say(&format!("span.{unit}"), &[("n", &n.to_string())])).collect();
    let between = match locale.lang() {
        Lang::Chinese => "",
        Lang::English => " ",
    };
    if told.is_empty() { locale.say("span.days", &[("n", "0")]) } else { told.join(between) }
}

pub fn condition(locale: &Locale, condition: &Condition) -> String {
    let mut args: Vec<(&str, String)> = Vec::new();
    let level = |level: Level| ("level", locale.word(&level.key()).to_owned());
    let years = |n: u8| ("years", n.to_string());
    match condition {
        Condition::Age(n)
        | Condition::Years(n)
        | Condition::WorkYears(n)
        | Condition::Appraisals(n)
        | Condition::Placement(n) => args.push(years(*n)),
        Condition::Certificate(need) => {
            let kinds: Vec<_> = need.kinds.iter().map(|k| locale.word(&k.key()).to_owned()).collect();
            let kind =
                if kinds.is_empty() { locale.word("condition.any_certificate").to_owned() } else { kinds.join("/") };
            args.extend([level(need.level), years(need.years_after.max(need.held_years)), ("kind", kind)]);
        }
        Condition::Title(need) => {
            args.extend([("rank", locale.word(&need.rank.key()).to_owned()), years(need.years_after)]);
        }
        Condition::Education(need) => args.push(("schools", schools(locale, &need.classes))),
        Condition::Student(classes) => args.push(("schools", schools(locale, classes))),
        Condition::Engaged(need) => args.extend([level(need.level), years(need.years)]),
        Condition::Treatment(line) => args.push(("line", line.to_string())),
        Condition::Intends
        | Condition::Works
        | Condition::Apprenticeship
        | Condition::OldCertificate
        | Condition::RecognisedTitle => {}
    }
    say(locale, condition.key(), &args)
}

/// The first few; the branch's own words say the rest.
fn schools(locale: &Locale, classes: &[EducationClass]) -> String {
    let named: Vec<_> = classes.iter().take(3).map(|c| locale.word(&c.key()).to_owned()).collect();
    let list = named.join(locale.word("eligibility.comma"));
    if classes.len() > 3 { locale.say("eligibility.and_others", &[("list", &list)]) } else { list }
}

fn say(locale: &Locale, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.say(key, &args)
}

/// By how much something is not met.
pub fn short(locale: &Locale, short: Short) -> String {
    let mut args: Vec<(&str, String)> = Vec::new();
    let level = |level: Level| ("level", locale.word(&level.key()).to_owned());
    match short {
        Short::Time { needed, lacking, .. } => {
            args.extend([("needed", needed.to_string()), ("lacking", span(locale, lacking))]);
        }
        Short::Age { on, .. } | Short::Later { on, .. } | Short::StudiesEnd { on } | Short::Ended { on } => {
            args.push(("on", on.to_string()));
        }
        Short::Certificate { level: l } | Short::Engaged { level: l } | Short::OldCertificate { level: l } => {
            args.push(level(l));
        }
        Short::FromYear { year } | Short::Appraisal { year } => args.push(("year", year.to_string())),
        Short::Title { rank } => args.push(("rank", locale.word(&rank.key()).to_owned())),
        Short::Placement { lacking } => args.push(("months", lacking.to_string())),
        Short::Education
        | Short::Student
        | Short::Working
        | Short::Apprenticeship
        | Short::Field
        | Short::Treatment
        | Short::Route
        | Short::Level
        | Short::Lowest
        | Short::NoBranch => {}
    }
    say(locale, &format!("short_of.{}", short.code()), &args)
}

/// What has to be asked for.
pub fn missing(locale: &Locale, missing: Missing, pieces: &[Piece]) -> String {
    match missing {
        Missing::Birth => locale.word("missing.birth").to_owned(),
        Missing::Part { piece: at, part } => {
            let name = pieces.get(at).map(|p| brief(locale, &p.evidence)).unwrap_or_default();
            let key = if part == crate::ops::eligibility::Part::Relation { "missing.relation" } else { "missing.part" };
            locale.say(key, &[("piece", &name), ("part", locale.word(&part.key()))])
        }
        Missing::Piece { kind, level, year } => {
            let kind = locale.word(&kind.key()).to_owned();
            let level = level.map(|l| locale.word(&l.key()).to_owned());
            match (level, year) {
                (Some(level), _) => locale.say("missing.piece_level", &[("kind", &kind), ("level", &level)]),
                (None, Some(year)) => locale.say("missing.piece_year", &[("kind", &kind), ("year", &year.to_string())]),
                (None, None) => locale.say("missing.piece", &[("kind", &kind)]),
            }
        }
    }
}

/// What was found of a condition, with what proves it or lacks.
pub fn finding(locale: &Locale, finding: &Finding, pieces: &[Piece]) -> String {
    let counted = finding.counted.map(|c| span(locale, c));
    match finding.standing {
        Standing::Met => {
            let proof: Vec<_> =
                finding.proof.iter().filter_map(|at| pieces.get(*at)).map(|p| brief(locale, &p.evidence)).collect();
            let all = counted.into_iter().chain(proof).collect::<Vec<_>>();
            if all.is_empty() {
                locale.word("verdict.met").to_owned()
            } else {
                all.join(locale.word("eligibility.comma"))
            }
        }
        Standing::NotMet => {
            let why = finding.short.map(|s| short(locale, s)).unwrap_or_default();
            counted.map_or_else(
                || why.clone(),
                |counted| locale.say("eligibility.so_far", &[("why", &why), ("counted", &counted)]),
            )
        }
        Standing::Undecidable => {
            let asks: Vec<_> = finding.missing.iter().map(|m| missing(locale, *m, pieces)).collect();
            asks.join(locale.word("eligibility.semicolon"))
        }
    }
}

/// The gist of a branch: what lacks most, or what is to be asked for.
pub fn gist(locale: &Locale, branch: &BranchShown, pieces: &[Piece]) -> String {
    let worst = branch.conditions.iter().map(|c| &c.finding).filter(|f| f.standing == branch.standing);
    match branch.standing {
        Standing::Met if branch.judgement.is_some() => locale.word("eligibility.met_judgement").to_owned(),
        Standing::Met => locale.word("verdict.met").to_owned(),
        Standing::NotMet => {
            let all: Vec<_> = worst.filter_map(|f| f.short).map(|s| short(locale, s)).collect();
            all.join(locale.word("eligibility.semicolon"))
        }
        Standing::Undecidable => {
            let asks = worst.flat_map(|f| &f.missing).map(|m| missing(locale, *m, pieces));
            asks.collect::<Vec<_>>().join(locale.word("eligibility.semicolon"))
        }
    }
}

/// The answer in one line: the branch to stand on with its clause, or why there is none.
pub fn answer(locale: &Locale, e: &Explanation) -> String {
    if let Some(refused) = e.refused {
        return locale.say("eligibility.refused", &[("why", &short(locale, refused))]);
    }
    let Some(branch) = e.chosen.and_then(|at| e.branches.get(at)) else { return String::new() };
    let notice = e.notice_clause.as_deref();
    let notice = notice.map(|n| locale.say("eligibility.notice_clause", &[("clause", n)])).unwrap_or_default();
    let key = match (e.standing, branch.judgement.is_some()) {
        (Standing::Met, false) => "eligibility.answer_met",
        (Standing::Met, true) => "eligibility.answer_judgement",
        (Standing::NotMet, _) => "eligibility.answer_not_met",
        (Standing::Undecidable, _) => "eligibility.answer_undecidable",
    };
    let args = [
        ("branch", branch.id.as_str()),
        ("words", words(locale, &branch.words)),
        ("clause", &branch.clause),
        ("notice", &notice),
    ];
    locale.say(key, &args)
}

/// Rules, reference day, and the years counted beside those claimed.
pub fn basis(locale: &Locale, e: &Explanation) -> String {
    let years = &e.years;
    let mut counted = span(locale, years.counted);
    if years.possible != years.counted {
        let possible = span(locale, years.possible);
        counted = locale.say("eligibility.up_to", &[("counted", &counted), ("possible", &possible)]);
    }
    let (day, code) = (e.reference.to_string(), e.rules.code.as_str());
    let mut text = locale.say("eligibility.basis", &[("rules", code), ("day", &day), ("years", &counted)]);
    if let (Some(claimed), Some(difference)) = (years.claimed, years.difference) {
        let sign = if difference > 0 { "+" } else { "" };
        let args = [("claimed", claimed.to_string()), ("difference", format!("{sign}{difference}"))];
        text.push_str(&say(locale, "eligibility.claimed", &args));
    }
    text
}

/// A piece in a few words: its kind, and what tells it from others.
pub fn brief(locale: &Locale, e: &Evidence) -> String {
    let mut parts = Vec::new();
    parts.extend(e.level.filter(|_| e.kind != EvidenceKind::Employment).map(|l| locale.word(&l.key()).to_owned()));
    parts.extend(e.rank.map(|r| locale.word(&r.key()).to_owned()));
    if e.kind == EvidenceKind::Education || e.kind == EvidenceKind::Appraisal {
        parts.extend(class(locale, e));
    }
    parts.push(locale.word(&e.kind.key()).to_owned());
    match (e.from, e.to) {
        (Some(from), Some(to)) => parts.push(format!("{from}..{to}")),
        (Some(from), None) if e.kind == EvidenceKind::Employment || e.kind == EvidenceKind::Engagement => {
            parts.push(format!("{from}.."));
        }
        (Some(from), None) => parts.push(from.to_string()),
        (None, Some(to)) => parts.push(format!("..{to}")),
        (None, None) => {}
    }
    parts.join(" ")
}

fn class(locale: &Locale, e: &Evidence) -> Option<String> {
    let code = e.class.as_deref()?;
    let key = match e.kind {
        EvidenceKind::Certificate => CertificateClass::parse(code).map(CertificateClass::key),
        EvidenceKind::Education => EducationClass::parse(code).map(EducationClass::key),
        _ => Grade::parse(code).map(Grade::key),
    };
    key.map(|key| locale.word(&key).to_owned())
}

/// A piece in full, for lists.
pub fn piece(locale: &Locale, p: &Piece) -> String {
    let e = &p.evidence;
    let mut parts = vec![brief(locale, e)];
    let judged = crate::ops::eligibility::parts(e.kind).contains(&crate::ops::eligibility::Part::Relation);
    match e.relation {
        Some(relation) => parts.push(locale.word(&relation.key()).to_owned()),
        None if judged => parts.push(locale.word("eligibility.unjudged").to_owned()),
        None => {}
    }
    if e.kind == EvidenceKind::Certificate {
        parts.extend(class(locale, e));
    }
    parts.extend(e.months.map(|n| locale.say("span.months", &[("n", &n.to_string())])));
    parts.extend([&e.subject, &e.unit, &e.number].into_iter().flatten().cloned());
    if p.origin != Origin::Recorded {
        parts.push(locale.say("eligibility.origin", &[("origin", locale.word(p.origin.key()))]));
    }
    parts.join("  ")
}

//! Reports in words: the parts of the page and of the command, their columns and their rows.
use super::Locale;
use crate::model::fen::yuan;
use crate::model::identity::mask;
use crate::model::{Day, Refusal};
use crate::ops::reports::*;

/// What a report is about; each part has one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Departments,
    People,
    Ledger,
    Snapshots,
    Subsidy,
    Enterprises,
    Plan,
}

const DEPARTMENTS: &[&str] = &[
    ">column.duty_place",
    "column.duty_department",
    ">column.duty_on_duty",
    ">column.duty_holders",
    ">column.duty_rate",
    ">column.duty_gap",
    "column.duty_outlook",
];

const PEOPLE: &[&str] = &[
    "column.duty_department",
    "column.person",
    "column.id_number",
    "column.duty_post",
    "column.duty_holding",
    "column.duty_certificate",
];

const LEDGER: &[&str] = &[
    ">column.case_number",
    "column.day",
    "column.ledger_kind",
    "column.duty_department",
    "column.content",
    ">column.people",
    "column.operator",
];

const SNAPSHOTS: &[&str] = &[
    "column.day",
    "column.duty_department",
    ">column.duty_on_duty",
    ">column.duty_holders",
    ">column.duty_change",
    ">column.duty_rate",
    ">column.duty_passed",
    ">column.duty_sitting",
];

const SUBSIDY: &[&str] = &[
    "column.person",
    "column.level",
    "column.number",
    ">column.subsidy_months",
    ">column.amount",
    "column.subsidy_until",
    "column.subsidy_state",
];

const ENTERPRISES: &[&str] = &[
    ">column.directory_round",
    "column.enterprise",
    "column.drawn_unit",
    "column.state",
    "column.valid_to",
    ">column.occupations",
    "column.enterprise_late",
];

const PLAN: &[&str] = &[
    "column.drawn_unit",
    "column.occupation",
    "column.level",
    ">column.plan_applied",
    ">column.plan_approved",
    ">column.plan_listed",
    ">column.plan_unopposed",
    ">column.seated",
];

impl Part {
    pub const ALL: [Part; 7] =
        [Part::Departments, Part::People, Part::Ledger, Part::Snapshots, Part::Subsidy, Part::Enterprises, Part::Plan];

    pub fn code(self) -> &'static str {
        match self {
            Part::Departments => "departments",
            Part::People => "people",
            Part::Ledger => "ledger",
            Part::Snapshots => "snapshots",
            Part::Subsidy => "subsidy",
            Part::Enterprises => "enterprises",
            Part::Plan => "plan",
        }
    }

    /// Locale keys of the headings; those that begin with `>` stand to the right.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Part::Departments => DEPARTMENTS,
            Part::People => PEOPLE,
            Part::Ledger => LEDGER,
            Part::Snapshots => SNAPSHOTS,
            Part::Subsidy => SUBSIDY,
            Part::Enterprises => ENTERPRISES,
            Part::Plan => PLAN,
        }
    }
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn word(locale: &Locale, table: &str, code: &str) -> String {
    locale.word(&format!("{table}.{code}")).to_owned()
}

pub fn outlook(locale: &Locale, outlook: Outlook) -> String {
    word(locale, "duty_outlook", outlook.code())
}

pub fn department(locale: &Locale, d: &Department) -> Vec<String> {
    vec![
        d.place.to_string(),
        d.department.clone(),
        d.figures.on_duty.to_string(),
        d.figures.holders.to_string(),
        percent(d.rate),
        d.gap.map(|gap| gap.to_string()).unwrap_or_default(),
        d.outlook.map(|o| outlook(locale, o)).unwrap_or_default(),
    ]
}

pub fn person(locale: &Locale, p: &PersonLine) -> Vec<String> {
    let state = if p.on_duty { p.holding.code() } else { "left" };
    let certificate = p.certificate.as_ref().map(|c| {
        let text = format!("{} {}", locale.word(&c.level.key()), c.number.as_deref().unwrap_or_default());
        text.trim_end().to_owned()
    });
    let other = p.other_occupation.as_ref().map(|name| locale.say("reports.other_occupation", &[("name", name)]));
    vec![
        p.department.clone(),
        p.name.clone(),
        mask(&p.id_number),
        p.post.clone().unwrap_or_default(),
        word(locale, "duty_holding", state),
        certificate.or(other).unwrap_or_default(),
    ]
}

pub fn activity(locale: &Locale, a: &ActivityLine) -> Vec<String> {
    vec![
        a.number.to_string(),
        a.on.to_string(),
        word(locale, "activity_kind", a.kind.code()),
        a.department.clone().unwrap_or_else(|| locale.word("reports.all").to_owned()),
        a.what.clone(),
        a.people.map(|n| n.to_string()).unwrap_or_default(),
        a.by.clone(),
    ]
}

pub fn snapshot(locale: &Locale, s: &SnapshotLine) -> Vec<String> {
    vec![
        s.on.to_string(),
        s.department.clone().unwrap_or_else(|| locale.word("reports.all").to_owned()),
        s.figures.on_duty.to_string(),
        s.figures.holders.to_string(),
        s.since_last.map(|n| format!("{n:+}")).unwrap_or_default(),
        percent(s.rate),
        s.figures.passed.to_string(),
        s.figures.sitting.to_string(),
    ]
}

/// The last cell says the day of the claim, or in a word the first thing that stands against one.
pub fn subsidy(locale: &Locale, line: &SubsidyLine) -> Vec<String> {
    let state = match line.against.first() {
        Some(first) => {
            let more = if line.against.len() > 1 { "…" } else { "" };
            format!("{}{more}", short(locale, first))
        }
        None => format!("{} {}", word(locale, "subsidy_state", line.state.code()), day(line.claimed_on)),
    };
    vec![
        line.name.clone(),
        locale.word(&line.level.key()).to_owned(),
        line.certificate.clone(),
        line.insured_months.map(|n| n.to_string()).unwrap_or_default(),
        line.amount.map(yuan).unwrap_or_default(),
        line.last_day.to_string(),
        state.trim_end().to_owned(),
    ]
}

/// A refusal in a word or two, for a narrow column.
fn short(locale: &Locale, refusal: &Refusal) -> String {
    let code = refusal.code.0.rsplit('.').next().unwrap_or_default();
    word(locale, "subsidy_against", code)
}

/// Everything that stands against a claim, in full.
pub fn against(locale: &Locale, line: &SubsidyLine) -> Vec<String> {
    line.against.iter().map(|r| locale.say_data(&format!("refusal.{}", r.code.0), &r.data)).collect()
}

pub fn enterprise(locale: &Locale, e: &Entry) -> Vec<String> {
    let late = e.late.iter().map(|medium| match medium {
        Medium::Paper => locale.word("reports.late_paper"),
        Medium::Electronic => locale.word("reports.late_electronic"),
    });
    vec![
        e.round.to_string(),
        e.name.clone(),
        e.unit.clone().unwrap_or_default(),
        word(locale, "filing_state", e.state.code()),
        day(e.to),
        e.scope.len().to_string(),
        late.collect::<Vec<_>>().join(" "),
    ]
}

pub fn planned(locale: &Locale, p: &Planned) -> Vec<String> {
    let mut cells =
        vec![p.unit.clone().unwrap_or_default(), p.occupation_name.clone(), locale.word(&p.level.key()).to_owned()];
    cells.extend([p.applied, p.approved, p.listed, p.unopposed, p.seated].map(|n| n.to_string()));
    cells
}

/// The rate, the target and what must still happen.
pub fn duty_words(locale: &Locale, board: &Board) -> Vec<String> {
    if board.figures.on_duty == 0 {
        return vec![locale.word("reports.nobody").to_owned()];
    }
    let f = board.figures;
    let counts = [f.holders, f.on_duty, f.passed, f.sitting, f.uncovered].map(|n| n.to_string());
    let [holders, on_duty, passed, sitting, uncovered] = &counts;
    let rate = percent(board.rate);
    let on = board.on.to_string();
    let mut lines =
        vec![locale.say("reports.rate", &[("day", &on), ("rate", &rate), ("holders", holders), ("on_duty", on_duty)])];
    if let (Some(target), Some(gap), Some(how)) = (board.target, board.gap, board.outlook) {
        let (target, gap, how) = (target.to_string(), gap.to_string(), outlook(locale, how));
        let by = day(board.by);
        let left = board.days_left.unwrap_or_default().to_string();
        let args = [("target", target.as_str()), ("by", &by), ("left", &left), ("gap", &gap), ("outlook", &how)];
        lines.push(locale.say("reports.target", &args));
    }
    let (soon, most) = (percent(board.soon), percent(board.at_most));
    let to_find = board.to_find.unwrap_or_default().to_string();
    let args =
        [("passed", passed.as_str()), ("soon", &soon), ("sitting", sitting), ("most", &most), ("more", &to_find)];
    lines.push(locale.say("reports.forecast", &args));
    let strangers = board.strangers.to_string();
    lines.push(locale.say("reports.coverage", &[("uncovered", uncovered), ("strangers", &strangers)]));
    lines
}

pub fn subsidy_words(locale: &Locale, list: &List) -> String {
    let counts = [list.claimable, list.claimed, list.refused].map(|n| n.to_string());
    let [claimable, claimed, refused] = &counts;
    let (open, made) = (yuan(list.open), yuan(list.paid_for));
    let args = [
        ("document", list.document.as_str()),
        ("claimable", claimable),
        ("open", &open),
        ("claimed", claimed),
        ("made", &made),
        ("refused", refused),
    ];
    locale.say("reports.subsidy", &args)
}

pub fn enterprise_words(locale: &Locale, all: &Enterprises) -> Vec<String> {
    let counts = [all.filed, all.listed, all.late].map(|n| n.to_string());
    let [filed, listed, late] = &counts;
    let target = all.target.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let (certified, uploaded) = (all.certified.to_string(), all.uploaded.to_string());
    let mut lines = vec![
        locale.say("reports.directory", &[("filed", filed), ("listed", listed), ("target", &target), ("late", late)]),
        locale.say("reports.talents", &[("certified", &certified), ("uploaded", &uploaded)]),
    ];
    lines.extend(all.rounds.iter().map(|r| {
        let (round, filed, listed) = (r.round.to_string(), r.filed.to_string(), r.listed.to_string());
        let on = r.published_on.map_or_else(|| "-".to_owned(), |d| d.to_string());
        locale.say("reports.round", &[("round", &round), ("filed", &filed), ("listed", &listed), ("day", &on)])
    }));
    lines
}

pub fn plan_words(locale: &Locale, plan: &Plan) -> String {
    let counts = [plan.applied, plan.approved, plan.listed, plan.seated].map(|n| n.to_string());
    let [applied, approved, listed, seated] = &counts;
    let (units, occupations) = (plan.units.to_string(), plan.occupations.to_string());
    let args = [
        ("units", units.as_str()),
        ("occupations", &occupations),
        ("applied", applied),
        ("approved", approved),
        ("listed", listed),
        ("seated", seated),
    ];
    locale.say("reports.plan", &args)
}

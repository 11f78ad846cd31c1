//! Filings of organisations: what is missing, who may come into the directory, and what a filing covers.
use crate::model::filing::{
    AttachmentKind, CONDITIONS, Condition, EvaluationResult, FiledOccupation, Filing, FilingState, Staff, StaffKind,
};
use crate::model::{Code, Day, Level, Refusal};
use serde::Serialize;

pub const FROZEN: Code = Code("enterprise.frozen");
pub const INCOMPLETE: Code = Code("enterprise.incomplete");
pub const BOTH_MEDIA: Code = Code("enterprise.both_media");
pub const WRONG_STATE: Code = Code("enterprise.wrong_state");
pub const CONDITION_OPEN: Code = Code("enterprise.condition_open");
pub const CONDITION_UNMET: Code = Code("enterprise.condition_unmet");
pub const NOT_QUALIFIED: Code = Code("enterprise.not_qualified");
pub const REASON: Code = Code("enterprise.reason_needed");
pub const NOT_LATER: Code = Code("enterprise.not_later");
pub const OUTSIDER: Code = Code("enterprise.outsider");
pub const NO_EMPLOYER: Code = Code("enterprise.no_employer");
pub const NOT_LISTED: Code = Code("enterprise.not_listed");
pub const SUSPENDED: Code = Code("enterprise.suspended");
pub const NOT_IN_FORCE: Code = Code("enterprise.not_in_force");
pub const DELEGATED: Code = Code("enterprise.delegated");
pub const OCCUPATION_OUTSIDE: Code = Code("enterprise.occupation_outside");
pub const LEVEL_OUTSIDE: Code = Code("enterprise.level_outside");
pub const NOT_ASSESSOR: Code = Code("enterprise.not_assessor");

/// A part of the form that is not filled in: its words are `filing_part.<part>`. `whose` names the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    pub part: &'static str,
    pub whose: Option<String>,
}

/// What the form lacks, in the order of the form (S3-39 to S3-50, S3-13, S3-18).
pub fn missing(filing: &Filing) -> Vec<Missing> {
    let o = &filing.organisation;
    let has = |kind| filing.attachments.iter().any(|a| a.kind == kind);
    let staff = |kind| filing.staff.iter().any(|s| s.kind == kind);
    let wholes = [
        ("address", o.address.is_some()),
        ("contact", o.contact.is_some()),
        ("post", o.post.is_some()),
        ("phone", o.landline.is_some() || o.mobile.is_some()),
        ("email", o.email.is_some()),
        ("regulation", has(AttachmentKind::Regulation)),
        ("occupations", !filing.occupations.is_empty()),
        ("strengths", o.strengths.is_some()),
        ("venue", o.venue.is_some()),
        ("venue_proof", has(AttachmentKind::VenueProof)),
        ("equipment", !filing.equipment.is_empty()),
        ("equipment_proof", has(AttachmentKind::EquipmentProof)),
        ("systems", o.systems.is_some()),
        ("full_time", staff(StaffKind::FullTime)),
        ("assessor", staff(StaffKind::Assessor)),
        ("supervisor", staff(StaffKind::Supervisor)),
    ];
    let mut found: Vec<_> =
        wholes.into_iter().filter(|(_, is)| !is).map(|(part, _)| Missing { part, whose: None }).collect();
    let fees = filing.occupations.iter().filter(|o| o.fee.is_none());
    found.extend(fees.map(|o| Missing { part: "fee", whose: Some(o.name.clone()) }));
    found.extend(filing.staff.iter().flat_map(|s| lacks(filing, s)));
    found.extend(
        (1..=CONDITIONS)
            .filter(|n| !stated(&filing.conditions, *n))
            .map(|n| Missing { part: "condition", whose: Some(n.to_string()) }),
    );
    found
}

fn stated(conditions: &[Condition], number: i64) -> bool {
    conditions.iter().any(|c| c.number == number && c.evidence.is_some())
}

/// What a member of the staff lacks: duty or occupations, and the paper of somebody of another unit (S3-47).
fn lacks(filing: &Filing, staff: &Staff) -> Vec<Missing> {
    let of = |part| Missing { part, whose: Some(staff.name.clone()) };
    let mut found = Vec::new();
    if staff.kind == StaffKind::FullTime && staff.duty.is_none() {
        found.push(of("duty"));
    }
    if staff.kind != StaffKind::FullTime && staff.occupations.is_empty() {
        found.push(of("staff_occupations"));
    }
    let own = staff.unit.as_ref().is_none_or(|unit| *unit == filing.organisation.name);
    let paper = filing.attachments.iter().any(|a| {
        matches!(a.kind, AttachmentKind::Commitment | AttachmentKind::Cooperation)
            && a.person.as_deref() == Some(staff.id_number.as_str())
    });
    if !own && !paper {
        found.push(of("commitment"));
    }
    found
}

/// A filing may be written anew until it has been evaluated, and again after an evaluation that it did not pass.
pub fn may_file(state: FilingState, last: Option<EvaluationResult>) -> Result<(), Refusal> {
    match (state, last) {
        (FilingState::Draft | FilingState::Submitted, _)
        | (FilingState::Evaluated, Some(EvaluationResult::Unqualified)) => Ok(()),
        _ => Err(Refusal::new(FROZEN).word("state", state_key(state))),
    }
}

/// Everything filled in, on paper and electronically (S3-28).
pub fn may_submit(state: FilingState, missing: &[Missing], media: [Option<Day>; 2]) -> Result<(), Refusal> {
    in_state(state, &[FilingState::Draft])?;
    if !missing.is_empty() {
        return Err(Refusal::new(INCOMPLETE).with("count", missing.len()));
    }
    if media.iter().any(Option::is_none) { Err(Refusal::new(BOTH_MEDIA)) } else { Ok(()) }
}

pub fn in_state(state: FilingState, allowed: &[FilingState]) -> Result<(), Refusal> {
    if allowed.contains(&state) {
        return Ok(());
    }
    Err(Refusal::new(WRONG_STATE).word("state", state_key(state)))
}

fn state_key(state: FilingState) -> String {
    format!("filing_state.{}", state.code())
}

/// Into the directory: evaluated as qualified, and each of the seven conditions met (S3-05 to S3-11, S3-14).
pub fn may_list(state: FilingState, conditions: &[Condition], last: Option<EvaluationResult>) -> Result<(), Refusal> {
    in_state(state, &[FilingState::Evaluated])?;
    for number in 1..=CONDITIONS {
        match conditions.iter().find(|c| c.number == number).and_then(|c| c.met) {
            Some(true) => {}
            Some(false) => return Err(Refusal::new(CONDITION_UNMET).with("number", number)),
            None => return Err(Refusal::new(CONDITION_OPEN).with("number", number)),
        }
    }
    match last {
        Some(EvaluationResult::Qualified) => Ok(()),
        _ => Err(Refusal::new(NOT_QUALIFIED)),
    }
}

/// A change in the directory (S3-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    Suspend,
    Resume,
    Remove,
    /// Valid up to and including this day.
    Extend(Day),
}

/// The state afterwards. Every change needs its reason.
pub fn moved(state: FilingState, until: Option<Day>, to: Move, reason: &str) -> Result<FilingState, Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::new(REASON));
    }
    match to {
        Move::Suspend => in_state(state, &[FilingState::Listed]).map(|()| FilingState::Suspended),
        Move::Resume => in_state(state, &[FilingState::Suspended]).map(|()| FilingState::Listed),
        Move::Remove => in_state(state, &[FilingState::Listed, FilingState::Suspended]).map(|()| FilingState::Removed),
        Move::Extend(day) => {
            in_state(state, &[FilingState::Listed])?;
            match until {
                Some(until) if day > until => Ok(state),
                _ => Err(Refusal::new(NOT_LATER).with("day", until.map_or_else(String::new, |d| d.to_string()))),
            }
        }
    }
}

/// What stands in the directory about one organisation, for judging applications.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    pub name: String,
    pub credit_code: String,
    pub certificate_prefix: Option<String>,
    pub state: FilingState,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    pub occupations: Vec<FiledOccupation>,
}

/// Who wants to be assessed at what.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub employer: Option<&'a str>,
    /// 统一社会信用代码; counts before the name.
    pub employer_code: Option<&'a str>,
    pub occupation: &'a str,
    pub level: Level,
}

/// Employees of a listed organisation only, within what it filed (S3-30, S3-32). `here` is the certificate prefix of the
/// site: where it is that of a filed organisation, the site is that organisation and assesses nobody else's people.
pub fn within(filed: &[Filed], here: Option<&str>, today: Day, wanted: &Wanted<'_>) -> Result<(), Refusal> {
    let (name, code) = (wanted.employer.unwrap_or_default(), wanted.employer_code.unwrap_or_default());
    if name.is_empty() && code.is_empty() {
        return Err(Refusal::new(NO_EMPLOYER));
    }
    let is = |f: &&Filed| if code.is_empty() { f.name == name } else { f.credit_code == code };
    // The filing in force, where there are several.
    let mut own: Vec<_> = filed.iter().filter(is).collect();
    own.sort_by_key(|f| (f.state != FilingState::Listed, f.state != FilingState::Suspended));
    let shown = if name.is_empty() { code } else { name };
    let Some(employer) = own.first() else { return Err(Refusal::new(OUTSIDER).with("employer", shown)) };
    let conducts = filed.iter().find(|f| f.certificate_prefix.is_some() && f.certificate_prefix.as_deref() == here);
    if let Some(other) = conducts.filter(|c| c.credit_code != employer.credit_code) {
        return Err(Refusal::new(DELEGATED).with("employer", shown).with("organisation", other.name.as_str()));
    }
    match employer.state {
        FilingState::Listed => {}
        FilingState::Suspended => return Err(Refusal::new(SUSPENDED).with("employer", shown)),
        other => return Err(Refusal::new(NOT_LISTED).with("employer", shown).word("state", state_key(other))),
    }
    let early = employer.valid_from.is_none_or(|from| today < from);
    if early || employer.valid_to.is_some_and(|to| today > to) {
        return Err(Refusal::new(NOT_IN_FORCE).with("employer", shown));
    }
    let Some(occupation) = employer.occupations.iter().find(|o| o.code == wanted.occupation) else {
        return Err(Refusal::new(OCCUPATION_OUTSIDE).with("employer", shown).with("occupation", wanted.occupation));
    };
    if !occupation.covers(wanted.level) {
        let refusal = Refusal::new(LEVEL_OUTSIDE).with("occupation", occupation.name.as_str());
        return Err(refusal.word("level", wanted.level.key()));
    }
    Ok(())
}

/// Whether somebody of the filing may assess or supervise an occupation (S3-49, S3-50).
pub fn may_serve(staff: &Staff, code: &str, name: &str) -> Result<(), Refusal> {
    let named = staff.occupations.iter().any(|o| o == code || o == name);
    if staff.kind != StaffKind::FullTime && named {
        return Ok(());
    }
    Err(Refusal::new(NOT_ASSESSOR).with("name", staff.name.as_str()).with("occupation", name))
}

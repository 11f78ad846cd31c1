//! Whom a row of the issuer's list is about, and whether its number can be stored.
use crate::bundle::number_sheet::NumberLine;
use crate::model::{ApplicationId, BatchId, Code, Day, Level, Refusal};
use crate::ops::publicity::{Gate, Stop};
use crate::ops::{Result, Work, results};
use crate::policy::certificate::{self, NOT_PASSED, Numbers};
use crate::policy::passing::Outcome;
use crate::store::views::certificates::last_session;
use crate::store::{ApplicationRow, CertificateRow, CertificateState, rows};
use chrono::Datelike;
use serde::Serialize;
use std::collections::HashMap;

pub const OTHER_NAME: Code = Code("number_sheet.other_name");
pub const OTHER_LEVEL: Code = Code("number_sheet.other_level");
pub const HAS_NUMBER: Code = Code("number_sheet.has_number");
pub const OF_ANOTHER: Code = Code("number_sheet.of_another");
pub const TWICE: Code = Code("number_sheet.twice");
pub const OTHER_YEAR: Code = Code("number_sheet.other_year");
pub const OTHER_CLASS: Code = Code("number_sheet.other_class");
pub const VOID: Code = Code("number_sheet.void");

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Matched,
    /// Stored before.
    Known,
    /// Nobody of this batch has the document number.
    Unknown,
    NameDiffers,
    /// They did not apply at the level that the number says.
    LevelDiffers,
    /// Two applications fit.
    Ambiguous,
    NotPassed,
    /// Something is open about this person.
    Held,
    /// They have a valid certificate with another number.
    HasNumber,
    /// The number is somebody else's, or void.
    Taken,
    /// The number, or the person, stands twice in the list.
    Twice,
    /// The number does not fit the notice or the date, or the date the exam.
    BadNumber,
}

impl Verdict {
    pub const ALL: [Verdict; 12] = [
        Verdict::Matched,
        Verdict::Known,
        Verdict::Unknown,
        Verdict::NameDiffers,
        Verdict::LevelDiffers,
        Verdict::Ambiguous,
        Verdict::NotPassed,
        Verdict::Held,
        Verdict::HasNumber,
        Verdict::Taken,
        Verdict::Twice,
        Verdict::BadNumber,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Verdict::Matched => "matched",
            Verdict::Known => "known",
            Verdict::Unknown => "unknown",
            Verdict::NameDiffers => "name_differs",
            Verdict::LevelDiffers => "level_differs",
            Verdict::Ambiguous => "ambiguous",
            Verdict::NotPassed => "not_passed",
            Verdict::Held => "held",
            Verdict::HasNumber => "has_number",
            Verdict::Taken => "taken",
            Verdict::Twice => "twice",
            Verdict::BadNumber => "bad_number",
        }
    }

    pub fn key(self) -> String {
        format!("number_verdict.{}", self.code())
    }

    pub fn is_conflict(self) -> bool {
        !matches!(self, Verdict::Matched | Verdict::Known)
    }
}

/// Where a row belongs.
pub(super) struct Place {
    pub verdict: Verdict,
    pub application: Option<(ApplicationId, Level)>,
    pub because: Option<Refusal>,
}

impl Place {
    fn bare(verdict: Verdict) -> Place {
        Place { verdict, application: None, because: None }
    }

    fn of(verdict: Verdict, row: &ApplicationRow, because: Option<Refusal>) -> Place {
        Place { verdict, application: Some((row.id, row.level)), because }
    }
}

/// The stored side, and what earlier rows of the same list have taken of it.
pub(super) struct Books {
    batch: BatchId,
    gate: Gate,
    exam: Option<Day>,
    /// Line of the list by number and by application.
    numbers: HashMap<String, u64>,
    people: HashMap<ApplicationId, u64>,
}

impl Books {
    /// Refused when nobody may be numbered.
    pub fn new(work: &Work<'_, '_>) -> Result<Books> {
        let (batch, policy) = (work.batch()?.id, work.policy()?);
        certificate::numbered(&policy.certificate, Numbers::Imported)?;
        let gate = Gate::of(work.tx.db(), policy, batch)?;
        gate.open()?;
        let exam = last_session(work.tx.db(), batch)?.map(|s| s.day());
        Ok(Books { batch, gate, exam, numbers: HashMap::new(), people: HashMap::new() })
    }

    pub fn place(&mut self, work: &Work<'_, '_>, line: &NumberLine) -> Result<Place> {
        if let Some(first) = self.numbers.insert(line.number.as_str().to_owned(), line.line) {
            let because = Refusal::new(TWICE).with("line", i64::try_from(first).unwrap_or(0));
            return Ok(Place { because: Some(because), ..Place::bare(Verdict::Twice) });
        }
        let level = match self.reads(work, line) {
            Ok(level) => level,
            Err(because) => return Ok(Place { because: Some(because), ..Place::bare(Verdict::BadNumber) }),
        };
        let person = match self.person(work, line, level)? {
            Ok(person) => person,
            Err(place) => return Ok(place),
        };
        if let Some(first) = self.people.insert(person.id, line.line) {
            let because = Refusal::new(TWICE).with("line", i64::try_from(first).unwrap_or(0));
            return Ok(Place::of(Verdict::Twice, &person, Some(because)));
        }
        if let Some((verdict, because)) = stored(work, line, person.id)? {
            return Ok(Place::of(verdict, &person, because));
        }
        let outcome = results::outcome_of(work, person.id)?;
        if outcome != Outcome::Passed {
            let because = Refusal::new(NOT_PASSED).word("outcome", outcome.key());
            return Ok(Place::of(Verdict::NotPassed, &person, Some(because)));
        }
        let held = self.gate.held(person.id).map(Stop::refusal);
        let verdict = if held.is_some() { Verdict::Held } else { Verdict::Matched };
        Ok(Place::of(verdict, &person, held))
    }

    /// The level that the number says, when number and date can be of this batch.
    fn reads(&self, work: &Work<'_, '_>, line: &NumberLine) -> std::result::Result<Level, Refusal> {
        let parts = line.number.parts();
        let letter = work.policy.map(|policy| policy.certificate.organisation_class.letter());
        if let Some(letter) = letter.filter(|letter| !line.number.as_str().starts_with(*letter)) {
            return Err(Refusal::new(OTHER_CLASS).with("letter", letter.to_string()));
        }
        let level = work.codes.level_signs.level(parts.sign)?;
        certificate::issue_date(line.issued_on, work.now.day(), self.exam)?;
        let year = format!("{:02}", line.issued_on.year().rem_euclid(100));
        if parts.year != year {
            return Err(Refusal::new(OTHER_YEAR).with("year", parts.year).with("date", line.issued_on.to_string()));
        }
        Ok(level)
    }

    /// By document number and name, then by the level and, where that is not enough, the occupation.
    fn person(
        &self,
        work: &Work<'_, '_>,
        line: &NumberLine,
        level: Level,
    ) -> Result<std::result::Result<ApplicationRow, Place>> {
        let tail = "WHERE batch = ?1 AND id_number = ?2 AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
        let with = (self.batch, line.id_number.as_str());
        let all = rows::select::<ApplicationRow>(work.tx.db(), tail, with)?;
        let Some(first) = all.first() else { return Ok(Err(Place::bare(Verdict::Unknown))) };
        if all.iter().all(|p| p.name != line.name) {
            let because = Refusal::new(OTHER_NAME).with("stored", first.name.as_str()).with("name", line.name.as_str());
            return Ok(Err(Place::of(Verdict::NameDiffers, first, Some(because))));
        }
        let mut fits: Vec<_> = all.iter().filter(|p| p.level == level && p.name == line.name).collect();
        if fits.is_empty() {
            let because = Refusal::new(OTHER_LEVEL).word("level", first.level.key()).word("other", level.key());
            return Ok(Err(Place::of(Verdict::LevelDiffers, first, Some(because))));
        }
        if let (true, Some(occupation)) = (fits.len() > 1, &line.occupation) {
            let code = work.codes.occupation(occupation).map(|o| o.code.clone());
            fits.retain(|p| Some(&p.occupation) == code.as_ref() || p.occupation_name == *occupation);
        }
        match fits.as_slice() {
            [one] => Ok(Ok((*one).clone())),
            _ => Ok(Err(Place::of(Verdict::Ambiguous, first, None))),
        }
    }
}

/// What the register says of the number and of the person already.
fn stored(work: &Work<'_, '_>, line: &NumberLine, person: ApplicationId) -> Result<Option<(Verdict, Option<Refusal>)>> {
    let db = work.tx.db();
    let number = line.number.as_str();
    if let Some(row) = rows::first::<CertificateRow>(db, "WHERE number = ?1", [number])? {
        let void = row.state == CertificateState::Revoked;
        let code = if void { VOID } else { OF_ANOTHER };
        let known = row.application == person && !void;
        let because = (!known).then(|| Refusal::new(code).with("number", number));
        return Ok(Some((if known { Verdict::Known } else { Verdict::Taken }, because)));
    }
    let tail = "WHERE application = ?1 AND state = 'valid'";
    let valid = rows::first::<CertificateRow>(db, tail, [person])?;
    Ok(valid.map(|row| (Verdict::HasNumber, Some(Refusal::new(HAS_NUMBER).with("number", row.number)))))
}

//! How somebody comes by a number: through the gate, inside the site's own serials. Every number that is given here is
//! given by this.
use super::number::LevelRun;
use crate::model::{ApplicationId, CertificateId, CertificateNo, Code, Day, Level, Refusal};
use crate::ops::publicity::{Gate, Stop};
use crate::ops::{Result, Work, results};
use crate::policy::certificate::{self, NumberFacts, Numbers};
use crate::policy::certificate_serials::{Run, Serials};
use crate::policy::passing::Outcome;
use crate::store::views::certificates::{highest_own, imported_above, last_session};
use crate::store::{ApplicationRow, CertificateRow, CertificateState, NumberSegmentRow, NumberSource, rows};
use chrono::Datelike;

/// Other sites have segments of these places and this one has none.
pub const NO_SEGMENT: Code = Code("certificates.no_segment");

/// What numbering a batch stands on.
pub(super) struct Giving {
    gate: Gate,
    prefix: String,
    issued_on: Day,
    /// Segments for the year of issue, by their first serial; `None`: all serials are this site's.
    segments: Option<Vec<NumberSegmentRow>>,
    runs: Vec<(LevelRun, Serials)>,
}

impl Giving {
    /// Refused when nobody may be numbered with this date.
    pub fn begin(work: &Work<'_, '_>, issued_on: Day) -> Result<Giving> {
        let rule = &work.policy()?.certificate;
        certificate::numbered(rule, Numbers::Own)?;
        let gate = Gate::of(work.tx.db(), work.policy()?, work.batch()?.id)?;
        gate.open()?;
        let exam = last_session(work.tx.db(), work.batch()?.id)?.map(|s| s.day());
        certificate::issue_date(issued_on, work.now.day(), exam)?;
        let prefix = work.site.organisation.clone().unwrap_or_default();
        certificate::organisation(rule, &prefix)?;
        let segments = segments(work, &prefix, issued_on)?;
        Ok(Giving { gate, prefix, issued_on, segments, runs: Vec::new() })
    }

    /// Why this person alone has to wait.
    pub fn held(&self, application: ApplicationId) -> Option<Refusal> {
        self.gate.held(application).map(Stop::refusal)
    }

    /// The row of one person who passed and is not held, with the next number of the level.
    pub fn row(&mut self, work: &Work<'_, '_>, id: i64, person: (ApplicationId, Level)) -> Result<CertificateRow> {
        let (application, level) = person;
        let sign = work.codes.level_signs.of(level)?;
        let (serial, number) = self.next(work, level, sign)?;
        Ok(CertificateRow {
            id: CertificateId(id),
            batch: work.batch()?.id,
            application,
            source: NumberSource::Own,
            origin: None,
            prefix: self.prefix.clone(),
            year: i64::from(self.year()),
            level,
            sign: sign.to_string(),
            serial,
            number,
            issued_on: self.issued_on,
            state: CertificateState::Valid,
        })
    }

    /// What was given so far, lowest level first.
    pub fn levels(self) -> Vec<LevelRun> {
        self.runs.into_iter().map(|(run, _)| run).collect()
    }

    fn year(&self) -> i32 {
        self.issued_on.year().rem_euclid(100)
    }

    fn next(&mut self, work: &Work<'_, '_>, level: Level, sign: char) -> Result<(i64, String)> {
        let at = match self.runs.iter().position(|(run, _)| run.level == level) {
            Some(at) => at,
            None => {
                let serials = self.serials(work, sign)?;
                let run = LevelRun { level, people: 0, first: String::new(), last: String::new() };
                let at = self.runs.partition_point(|(run, _)| run.level > level);
                self.runs.insert(at, (run, serials));
                at
            }
        };
        let year = u8::try_from(self.year()).unwrap_or(0);
        let Some((run, serials)) = self.runs.get_mut(at) else { return Err(Refusal::new(NO_SEGMENT).into()) };
        let serial = serials.give().map_err(|r| r.word("level", level.key()))?;
        let place = u32::try_from(serial).unwrap_or(0);
        let number = CertificateNo::compose(&self.prefix, year, sign, place)?.as_str().to_owned();
        run.people += 1;
        if run.people == 1 {
            run.first.clone_from(&number);
        }
        run.last.clone_from(&number);
        Ok((serial, number))
    }

    /// The site's serials for a level as they stand.
    fn serials(&self, work: &Work<'_, '_>, sign: char) -> Result<Serials> {
        let whole = Run::whole();
        let ranges = match &self.segments {
            None => vec![(whole.first, whole.last)],
            Some(segments) => segments.iter().map(|s| (s.first, s.last)).collect(),
        };
        let (db, year) = (work.tx.db(), i64::from(self.year()));
        let run = |(first, last)| -> Result<Run> {
            let of = (self.prefix.as_str(), year, sign);
            let highest = highest_own(db, of, (first, last))?;
            Ok(Run { first, last, highest, taken: imported_above(db, of, (highest, last))? })
        };
        Ok(Serials(ranges.into_iter().map(run).collect::<Result<_>>()?))
    }
}

/// The segments of this site for a year; `None` where nobody has segments of these places.
fn segments(work: &Work<'_, '_>, prefix: &str, issued_on: Day) -> Result<Option<Vec<NumberSegmentRow>>> {
    let all = rows::select::<NumberSegmentRow>(work.tx.db(), "WHERE prefix = ?1 ORDER BY first, id", [prefix])?;
    if all.is_empty() {
        return Ok(None);
    }
    let year = i64::from(issued_on.year().rem_euclid(100));
    let own = |s: &NumberSegmentRow| s.site == work.site.code && s.year.is_none_or(|only| only == year);
    let own: Vec<_> = all.into_iter().filter(own).collect();
    if own.is_empty() {
        let refusal = Refusal::new(NO_SEGMENT).with("site", work.site.code.as_str()).with("prefix", prefix);
        return Err(refusal.with("year", issued_on.year().to_string()).into());
    }
    Ok(Some(own))
}

/// A number for one person of the batch, stored. Whoever calls has decided that there is to be one.
pub(super) fn give(work: &mut Work<'_, '_>, application: ApplicationId, issued_on: Day) -> Result<CertificateRow> {
    let mut giving = Giving::begin(work, issued_on)?;
    if let Some(refusal) = giving.held(application) {
        return Err(refusal.into());
    }
    let db = work.tx.db();
    let tail = "WHERE application = ?1 AND state = 'valid'";
    let had = rows::first::<CertificateRow>(db, tail, [application])?;
    let outcome = results::outcome_of(work, application)?;
    let number = had.as_ref().map(|c| c.number.as_str());
    certificate::may_number(&NumberFacts { outcome, number })?;
    let unknown = || Refusal::new(certificate::NOT_PASSED).word("outcome", Outcome::Passed.key());
    let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [application])?.ok_or_else(unknown)?;
    let row = giving.row(work, work.tx.next_id::<CertificateRow>()?, (application, person.level))?;
    work.tx.insert(&row)?;
    Ok(row)
}

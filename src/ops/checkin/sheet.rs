//! `checkin.sheet`: the signed paper sheet of a room is typed in; who is named neither absent, late nor refused was there.
use super::admit::{alone, fee, lifts};
use super::door::Door;
use super::facts::{self, Facts, Standing};
use super::{STILL_OPEN, sheet_text::Marks};
use crate::model::{AttendanceState, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::checklist::Ground;
use crate::store::views::checkin::{self, Seated};
use crate::store::{AttendanceRow, AttendanceSource, SessionRow};
use serde::Serialize;

pub const SHEET_NO_SEAT: Code = Code("checkin.sheet_no_seat");
pub const SHEET_TWICE: Code = Code("checkin.sheet_twice");
/// The door, or a closing, says otherwise.
pub const SHEET_DIFFERS: Code = Code("checkin.sheet_differs");
pub const SHEET_TOO_LATE: Code = Code("checkin.sheet_too_late");
pub const SHEET_NOTHING: Code = Code("checkin.sheet_nothing");

/// What is done with seats that already have another state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// The sheet is refused.
    Keep,
    /// The sheet is right.
    Replace,
}

/// Preview it to see the room first.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    pub session: SessionId,
    pub room: RoomId,
    pub marks: Marks,
    pub known: Known,
    /// A coordinator's reason: for somebody later than the limit, or who has not paid.
    pub over: Option<String>,
}

/// One seat of the room, and what the sheet makes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    #[serde(flatten)]
    pub seated: Seated,
    pub state: AttendanceState,
    pub late: Option<i64>,
    /// The state stood already, and stays as it is.
    pub kept: bool,
    #[serde(skip)]
    pub ground: Option<Ground>,
}

/// The whole room by seat, as it is after the sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entered {
    pub lines: Vec<Line>,
}

impl Entered {
    pub fn count(&self, state: AttendanceState) -> usize {
        self.lines.iter().filter(|line| line.state == state).count()
    }

    /// Seats that the sheet changes.
    pub fn written(&self) -> usize {
        self.lines.iter().filter(|line| !line.kept).count()
    }
}

impl Operation for Sheet {
    const KIND: &'static str = "checkin.sheet";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Entered;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Entered> {
        let session = facts::session(work, self.session)?;
        self.is_time(work, &session)?;
        let people = checkin::live(work.tx.db(), self.session, self.room)?;
        let lines = self.lines(people)?;
        let over = lifts(work, self.over.as_deref())?;
        self.late(work, &lines, over)?;
        if self.known == Known::Keep {
            refuse_some(SHEET_DIFFERS, lines.iter().filter(|l| !l.kept && l.seated.attendance.is_some()))?;
        }
        if lines.iter().all(|line| line.kept) {
            return Err(Refusal::new(SHEET_NOTHING).with("session", session.code.as_str()).into());
        }
        for line in lines.iter().filter(|line| !line.kept) {
            self.write(work, (&session, over), line)?;
        }
        Ok(Entered { lines })
    }

    fn reason(&self) -> Option<&str> {
        self.over.as_deref()
    }
}

impl Sheet {
    fn is_time(&self, work: &Work<'_, '_>, session: &SessionRow) -> Result<()> {
        let limit = Door::of(&work.policy()?.gates, session).limit;
        if work.now > limit {
            return Ok(());
        }
        let refusal = Refusal::new(STILL_OPEN).with("session", session.code.as_str()).with("limit", limit);
        Err(refusal.with("minutes", work.now.minutes_since(limit).saturating_neg()).into())
    }

    fn lines(&self, people: Vec<Seated>) -> Result<Vec<Line>> {
        let marks = &self.marks;
        let mut named: Vec<i64> = marks.absent.clone();
        named.extend(marks.late.iter().map(|(seat, _)| *seat).chain(marks.refused.iter().map(|(seat, _)| *seat)));
        let lost: Vec<_> = named.iter().filter(|seat| !people.iter().any(|p| p.seat == **seat)).collect();
        if !lost.is_empty() {
            return Err(Refusal::new(SHEET_NO_SEAT).with("seats", seats(lost.into_iter().copied())).into());
        }
        named.sort_unstable();
        let twice: Vec<i64> =
            named.windows(2).filter_map(|two| two.first().filter(|a| two.last() == Some(a))).copied().collect();
        if !twice.is_empty() {
            return Err(Refusal::new(SHEET_TWICE).with("seats", seats(twice.into_iter())).into());
        }
        Ok(people.into_iter().map(|person| line(marks, person)).collect())
    }

    /// Later than the door admits takes a coordinator's reason here too.
    fn late(&self, work: &Work<'_, '_>, lines: &[Line], over: Option<&str>) -> Result<()> {
        let limit = i64::from(work.policy()?.gates.late_limit_min);
        let beyond = |l: &&Line| l.late.is_some_and(|minutes| minutes < 1 || minutes > limit && over.is_none());
        let Some(line) = lines.iter().filter(|l| !l.kept).find(beyond) else { return Ok(()) };
        let refusal = Refusal::new(SHEET_TOO_LATE).with("seat", line.seated.seat).with("limit", limit);
        Err(refusal.with("name", line.seated.name.as_str()).into())
    }

    fn write(&self, work: &mut Work<'_, '_>, (session, over): (&SessionRow, Option<&str>), line: &Line) -> Result<()> {
        let who = line.seated.application;
        let is_in = line.state.is_inside();
        let standing = if is_in { Standing::MustStand } else { Standing::Whatever };
        let facts = Facts::of(work, (self.session, who), standing)?;
        let mut used = None;
        if is_in {
            alone(work, &facts)?;
            let unpaid = fee(work, &facts.person, over)?;
            let late = line.late.is_some_and(|m| m > i64::from(work.policy().map_or(0, |p| p.gates.late_limit_min)));
            used = over.filter(|_| unpaid || late).map(str::to_owned);
        }
        let at = match line.late {
            Some(minutes) => session.starts_at.plus_minutes(minutes),
            None if is_in => session.starts_at,
            None => work.now,
        };
        let row = AttendanceRow {
            state: line.state,
            late_minutes: line.late,
            r#override: used,
            reason: line.ground.map(|ground| ground.with_words("")),
            source: AttendanceSource::Sheet,
            ..AttendanceRow::present(self.session, who, at)
        };
        match &facts.before {
            Some(before) => work.tx.update(before, &row)?,
            None => work.tx.insert(&row)?,
        }
        Ok(())
    }
}

fn line(marks: &Marks, seated: Seated) -> Line {
    let late = marks.late.iter().find(|(seat, _)| *seat == seated.seat).map(|(_, minutes)| *minutes);
    let ground = marks.refused.iter().find(|(seat, _)| *seat == seated.seat).map(|(_, ground)| *ground);
    let state = match (late, ground) {
        _ if marks.absent.contains(&seated.seat) => AttendanceState::Absent,
        (_, Some(_)) => AttendanceState::Refused,
        (Some(_), None) => AttendanceState::Late,
        (None, None) => AttendanceState::Present,
    };
    // Who is here by the door and not named on the sheet came as the door says.
    let is_here = seated.attendance.is_some_and(AttendanceState::was_here);
    let kept = seated.attendance == Some(state) && (late.is_none() || late == seated.late_minutes)
        || state == AttendanceState::Present && is_here;
    let (state, late) = if kept { (seated.attendance.unwrap_or(state), seated.late_minutes) } else { (state, late) };
    Line { seated, state, late, kept, ground }
}

fn refuse_some<'l>(code: Code, lines: impl Iterator<Item = &'l Line>) -> Result<()> {
    let found: Vec<i64> = lines.map(|line| line.seated.seat).collect();
    if found.is_empty() { Ok(()) } else { Err(Refusal::new(code).with("seats", seats(found.into_iter())).into()) }
}

fn seats(seats: impl Iterator<Item = i64>) -> String {
    seats.map(|seat| seat.to_string()).collect::<Vec<_>>().join(" ")
}

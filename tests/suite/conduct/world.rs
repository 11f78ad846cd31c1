//! A room with people in it, two hands to report and to decide.
use crate::harness::{Desk, PlantMarks};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, IncidentId, Mark, Role, Stamp, Subject};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::checkin::{self, Admit};
use kaowu::ops::conduct::{Decide, Decided, Lift, Outcome, Report, Verdict};
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{CandidateSignature, SessionRow, batch};
use kaowu::policy;

/// Whoever does it.
pub const FIRST: ApplicationId = ApplicationId(1);

/// So many people under the 2023 notice with this table of acts, everybody in their theory seats, at 09:10.
pub fn room(people: usize, table: &str) -> Desk {
    let mut desk = Desk::new();
    open(&mut desk, "own", table);
    desk.people(people);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    let session = session(&desk, "theory-1").id;
    for n in 1..=people {
        let application = ApplicationId(i64::try_from(n).unwrap());
        desk.does(&Admit { application, session, room: None, over: None, without: Vec::new() });
    }
    let chief =
        AddOperator { name: "chief".into(), roles: vec![Role::Coordinator], os_user: None, unit: None, pin_hash: None };
    desk.does(&chief);
    desk.at("09:10");
    desk
}

pub fn open(desk: &mut Desk, code: &str, table: &str) {
    let assets = Assets::default();
    let adopted = policy::load("nmg-2023", &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
    let text = adopted.text.replace("acts = \"assessment\"", &format!("acts = \"{table}\""));
    let policy = policy::from_text(&text).unwrap();
    desk.does(&batch::Open { code: code.into(), name: code.into(), policy });
    desk.site.choose_batch(Some(code)).unwrap();
}

pub fn session(desk: &Desk, code: &str) -> SessionRow {
    batch::sessions(&desk.site).unwrap().into_iter().find(|s| s.code == code).unwrap()
}

pub fn time(clock: &str) -> Stamp {
    Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap()
}

/// A report of the first person that nothing is wrong with.
pub fn report(desk: &Desk, act: &str) -> Report {
    Report {
        session: session(desk, "theory-1").id,
        room: None,
        seat: None,
        application: Some(FIRST),
        act: act.into(),
        at: time("09:05"),
        warned: false,
        facts: "翻看夹带的纸条".into(),
        evidence: Some("纸条一张\n监控 09:04-09:06".into()),
        invigilators: ["张监考".into(), "李监考".into()],
        signature: CandidateSignature::Refused,
    }
}

/// Reported by the proctor; the desk is the coordinator's again.
pub fn reported(desk: &mut Desk, act: &str) -> IncidentId {
    let report = Report { warned: true, ..report(desk, act) };
    let number = desk.sign_on("proctor").does(&report).number;
    desk.sign_on("coordinator");
    number
}

pub fn as_table(incident: IncidentId) -> Decide {
    Decide { incident, verdict: Verdict::Confirm(None), reason: String::new() }
}

pub fn milder(incident: IncidentId, outcome: Outcome, reason: &str) -> Decide {
    Decide { incident, verdict: Verdict::Confirm(Some(outcome)), reason: reason.into() }
}

pub fn lift(incident: IncidentId) -> Lift {
    Lift { incident, reason: "证据不足".into() }
}

/// Reported and decided as the table says.
pub fn confirmed(desk: &mut Desk, act: &str) -> Decided {
    let number = reported(desk, act);
    desk.does(&as_table(number))
}

/// The same marks for everybody, in each of the three parts.
pub fn marked(desk: &mut Desk, people: i64, mark: &str) {
    let mark = Mark::parse(mark).unwrap();
    let all = (1..=people).flat_map(|n| Subject::ALL.map(|s| (ApplicationId(n), s, mark)));
    desk.does(&PlantMarks(all.collect()));
}

/// How the first person stands in the theory session.
pub fn attendance(desk: &Desk) -> Option<kaowu::model::AttendanceState> {
    let session = session(desk, "theory-1").id;
    checkin::seated(&desk.site, session, FIRST).unwrap().unwrap().attendance
}

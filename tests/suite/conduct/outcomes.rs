//! The outcome reaches marks, lists, certificates, typists and later batches by itself.
use super::world::{FIRST, as_table, attendance, confirmed, lift, marked, open, report, reported, room, session};
use crate::harness::{Desk, Screen};
use kaowu::config::Assets;
use kaowu::model::{AttendanceState, Effect, Mark, Subject};
use kaowu::ops::certificates::{self, Number};
use kaowu::ops::checkin::Admit;
use kaowu::ops::conduct::{Decide, Outcome, Report, Verdict};
use kaowu::ops::demo::people;
use kaowu::ops::entry::{self, Save, Stage};
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::panel::{self, Form, NewMember, Score, Seal};
use kaowu::ops::results::{Filter, OutcomeKind, Standing, board, missing, outcomes};
use kaowu::ops::{Error, sanctions};
use kaowu::text::{Lang, Locale};
use std::io::Write;

fn points(text: &str) -> Standing {
    Standing::Points(kaowu::model::Points::parse(text).unwrap())
}

fn first(desk: &Desk) -> kaowu::ops::results::ResultRow {
    outcomes(&desk.site, &Filter::default()).unwrap().into_iter().find(|r| r.application == FIRST).unwrap()
}

#[test]
fn a_void_part_fails_and_the_others_stay() {
    let mut desk = room(3, "assessment");
    marked(&mut desk, 3, "80");
    assert_eq!(board(&desk.site).unwrap().totals.passed, 3);
    let done = confirmed(&mut desk, "A2-3");
    assert_eq!(done.parts.len(), 1);
    assert_eq!((done.parts[0].subject, done.parts[0].effect), (Subject::Theory, Effect::Void));
    assert_eq!(done.parts[0].before, Mark::parse("80"));
    assert_eq!(done.parts[0].after, Some(Mark::Void));
    let row = first(&desk);
    assert_eq!((row.theory, row.practical), (Standing::Void, points("80")));
    assert_eq!(OutcomeKind::of(row.outcome), OutcomeKind::Failed);
    let board = board(&desk.site).unwrap();
    assert_eq!((board.totals.passed, board.totals.failed, board.spreads[0].void), (2, 1, 1));
    // The mark as it was given is still there.
    let settled = entry::standing(&desk.site, FIRST).unwrap();
    assert_eq!((settled[0].mark, settled[0].counts), (Mark::parse("80"), Some(Mark::Void)));
    assert_eq!((settled[1].mark, settled[1].counts), (Mark::parse("80"), Mark::parse("80")));
    let name = first(&desk).name;
    let mut screen = Screen::sized(desk, "results", Lang::English, (120, 40));
    screen.press("p").press("/").type_text(&name).press("enter").press("enter");
    screen.sees("void  (given 80; what an incident left of it counts)");
}

/// A void review is nobody's work: not expected, not scored, and the panel seals without it.
#[test]
fn a_panel_does_not_wait_for_a_void_review() {
    let mut desk = room(40, "assessment");
    let all = outcomes(&desk.site, &Filter::default()).unwrap();
    let who = all.iter().filter(|r| r.level.is_technician()).map(|r| r.application).min().unwrap();
    let member = |name: &str, chair| NewMember { name: name.into(), unit: String::new(), chair };
    let members = vec![member("甲", true), member("乙", false), member("丙", false)];
    let panel = desk.does(&Form { name: "第一组".into(), members, candidates: None }).panel;
    let before = panel::show(&desk.site, panel).unwrap();
    let incident = Report { application: Some(who), warned: true, ..report(&desk, "A3-1") };
    let number = desk.sign_on("proctor").does(&incident).number;
    desk.sign_on("coordinator").does(&as_table(number));
    let view = panel::show(&desk.site, panel).unwrap();
    assert_eq!(view.expected, before.expected - 3);
    assert_eq!(panel::panels(&desk.site).unwrap()[0].expected, view.expected);
    assert!(view.candidates.iter().all(|c| c.void == (c.application == who)));
    desk.sign_on("reviewer");
    for candidate in &view.candidates {
        for member in &view.members {
            let points = kaowu::model::Points::whole(75);
            let score = Score::total(member.id, candidate.application, points);
            if candidate.void {
                assert_eq!(desk.refused(&score), "panel.void_review");
            } else {
                desk.does(&score);
            }
        }
    }
    desk.sign_on("coordinator");
    crate::panel::world::timed(&mut desk, panel);
    crate::panel::world::sign(&mut desk, panel);
    assert_eq!(desk.does(&Seal { panel }).candidates, view.candidates.len() - 1);
}

/// S1-73: the discipline that the pledge promises; whoever breaks it loses this sitting and the rest of the year.
#[test]
fn all_void_takes_every_part_and_the_year_s1_73() {
    let mut desk = room(2, "assessment");
    marked(&mut desk, 2, "90");
    let done = confirmed(&mut desk, "A3-1");
    let row = first(&desk);
    assert_eq!((row.theory, row.practical), (Standing::Void, Standing::Void));
    assert_eq!(done.barred_until, Some("2023-12-31".parse().unwrap()));
    assert!(done.removed);
    assert_eq!(attendance(&desk), Some(AttendanceState::Misconduct));
    let practical = session(&desk, "practical-1").id;
    let admit = Admit { application: FIRST, session: practical, room: None, over: None, without: Vec::new() };
    assert_eq!(desk.at("10:20").refused(&admit), "checkin.barred");
}

#[test]
fn going_on_after_the_end_costs_ten_points_and_the_second_time_everything() {
    let mut desk = room(2, "appraisal");
    marked(&mut desk, 2, "65.5");
    let done = confirmed(&mut desk, "C7-1");
    assert_eq!((done.outcome, done.removed), (Some(Outcome::Minus), false));
    assert_eq!(first(&desk).theory, points("55.5"));
    assert_eq!(OutcomeKind::of(first(&desk).outcome), OutcomeKind::Failed);
    desk.at("09:40");
    let again = Report { at: super::world::time("09:30"), warned: true, ..report(&desk, "C7-1") };
    let number = desk.sign_on("proctor").does(&again).number;
    let second = desk.sign_on("coordinator").does(&as_table(number));
    assert_eq!(second.outcome, Some(Outcome::Zero));
    assert_eq!(first(&desk).theory, points("0"));
    desk.does(&lift(number));
    assert_eq!(first(&desk).theory, points("55.5"));
    assert_eq!(attendance(&desk), Some(AttendanceState::Present));
}

/// Ten percent of what was given with the hands, rounded to half points.
#[test]
fn hands_on_work_loses_a_share() {
    let mut desk = room(2, "appraisal");
    marked(&mut desk, 2, "67.5");
    let code = kaowu::ops::batch::sessions(&desk.site).unwrap().into_iter().find(|s| s.subject == Subject::Practical);
    let practical = code.unwrap();
    if practical.mode == Some(kaowu::model::SessionMode::Paper) {
        desk.does(&super::hands::HandsOn(practical.id));
    }
    desk.at("11:40");
    let op = Report { session: practical.id, at: super::world::time("11:30"), warned: true, ..report(&desk, "C7-1") };
    let number = desk.sign_on("proctor").does(&op).number;
    let done = desk.sign_on("coordinator").does(&as_table(number));
    assert_eq!((done.parts[0].subject, done.parts[0].effect), (Subject::Practical, Effect::MinusShare));
    assert_eq!(first(&desk).practical, points("61"));
}

/// Nobody waits for the mark of a void paper, and whoever types is told that it is void and nothing else.
#[test]
fn a_void_paper_is_not_typed() {
    let mut desk = room(3, "assessment");
    desk.sign_on("typist-a");
    let empty = missing(&desk.site, 99).unwrap().total;
    desk.sign_on("coordinator");
    confirmed(&mut desk, "A2-3");
    assert_eq!(missing(&desk.site, 99).unwrap().total, empty - 1);
    desk.sign_on("typist-a");
    let piles = entry::piles(&desk.site).unwrap();
    let pile = piles.iter().find(|p| p.subject == Subject::Theory).unwrap();
    assert_eq!((pile.counts.expected, pile.counts.first_in, pile.counts.settled), (3, 1, 1));
    let papers = entry::pile(&desk.site, pile).unwrap();
    let (paper, stage) = papers.into_iter().find(|(p, _)| p.application == FIRST).unwrap();
    assert_eq!(stage, Stage::Void);
    assert_eq!(paper.attendance, Some(AttendanceState::Present), "why is not the typist's affair");
    let save = Save::new(FIRST, Subject::Theory, Mark::parse("80").unwrap());
    let refusal = desk.try_to(&save).unwrap_err();
    let refusal = refusal.refusal().unwrap();
    assert_eq!(refusal.code.0, "entry.void_paper");
    assert!(refusal.data.iter().all(|(name, _)| *name == "name"), "{refusal}");
}

/// Two entries that differ are no longer anybody's affair once the paper is void.
#[test]
fn a_void_paper_leaves_the_differences() {
    let mut desk = room(2, "assessment");
    for (who, mark) in [("typist-a", "80"), ("typist-b", "81")] {
        let mark = Mark::parse(mark).unwrap();
        let save = Save::new(FIRST, Subject::Theory, mark);
        desk.sign_on(who).does(&save);
    }
    desk.sign_on("coordinator");
    assert_eq!(entry::differences(&desk.site).unwrap().len(), 1);
    let number = confirmed(&mut desk, "A2-3").number;
    assert!(entry::differences(&desk.site).unwrap().is_empty());
    desk.does(&lift(number));
    assert_eq!(entry::differences(&desk.site).unwrap().len(), 1);
}

#[test]
fn no_certificate_for_a_void_part_and_one_that_stands_is_named() {
    let mut desk = room(3, "assessment");
    marked(&mut desk, 3, "80");
    let number = confirmed(&mut desk, "A2-3").number;
    let issued_on = "2023-10-15".parse().unwrap();
    desk.at("18:00");
    desk.release();
    assert_eq!(desk.does(&Number { issued_on }).people, 2);
    // Nobody is certified while an incident waits; once it is dismissed the part counts again.
    desk.does(&lift(number));
    desk.release();
    assert_eq!(desk.refused(&Number { issued_on }), "release.incident");
    desk.does(&Decide { incident: number, verdict: Verdict::Dismiss, reason: "证据不足".into() });
    desk.release();
    assert_eq!(desk.does(&Number { issued_on }).people, 1);
    desk.does(&lift(number));
    let certificate = certificates::find(&desk.site, &first(&desk).name).unwrap().certificates.remove(0).number;
    let done = desk.does(&as_table(number));
    assert_eq!(done.certificate, Some(certificate));
    let (locale, _) = Locale::load(&Assets::default(), Lang::Chinese);
    let words = kaowu::text::conduct::decided(&locale, &done);
    assert!(words.contains("kaowu certificate revoke"), "{words}");
}

/// A bar follows the person by their number into every later batch, until it is taken back.
#[test]
fn a_bar_keeps_the_person_out_of_a_later_batch() {
    let mut desk = room(2, "professional");
    let done = confirmed(&mut desk, "8-2");
    assert_eq!(done.barred_until, Some(sanctions::FOR_GOOD));
    let filed = sanctions::register(&desk.site).unwrap().remove(0);
    assert_eq!((filed.act.as_str(), filed.basis.contains("8-2")), ("impersonation", true));
    open(&mut desk, "next", "assessment");
    let rows = people::rows(&desk.site.codes().unwrap(), 1, 2);
    assert!(told(&mut desk, &rows).contains(&"barred"));
    desk.site.choose_batch(Some("own")).unwrap();
    desk.does(&lift(done.number));
    desk.site.choose_batch(Some("next")).unwrap();
    assert!(!told(&mut desk, &rows).contains(&"barred"));
}

/// What a sheet is told, row by row.
fn told(desk: &mut Desk, rows: &[people::Row]) -> Vec<&'static str> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
    rows.iter().for_each(|row| writeln!(file, "{}", row.join(",")).unwrap());
    file.flush().unwrap();
    let source = Source { path: file.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
    let assets = Assets::default();
    match desk.try_to(&Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None }) {
        Ok(_) => Vec::new(),
        Err(Error::Rejected(report)) => report.faults.iter().map(|f| f.code.0).collect(),
        Err(other) => panic!("{other}"),
    }
}

/// Whoever handed in before is not sent out again, and taking back leaves them where they were.
#[test]
fn whoever_is_out_already_stays_as_the_door_wrote_it() {
    let mut desk = room(1, "assessment");
    desk.does(&super::hands::HandIn(session(&desk, "theory-1").id, FIRST));
    let number = reported(&mut desk, "A2-5");
    assert!(!desk.does(&as_table(number)).removed);
    assert_eq!(attendance(&desk), Some(AttendanceState::HandedIn));
    assert!(!desk.does(&lift(number)).readmitted);
    assert_eq!(attendance(&desk), Some(AttendanceState::HandedIn));
}

//! Certificates: numbers, revocation, the register, the upload sheet; operations, pane and commands.
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::{ApplicationId, Day, Level, Mark, Points, Role, Subject};
use kaowu::ops::certificates::{self, Correct, Filter, Number, Revoke};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::{CertificateRow, CertificateState, MarkKind, MarkRow, NumberSource, Operation, Result, Work};
use kaowu::text::Lang;
use serde::Serialize;

/// Marks straight into the table, so that these tests need no other pane.
#[derive(Serialize)]
pub struct Settled {
    pub people: Vec<ApplicationId>,
    pub points: i32,
}

impl Operation for Settled {
    const KIND: &'static str = "entry.settle";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for application in &self.people {
            for subject in Subject::ALL {
                let (mark, points) = (MarkKind::of(Mark::Absent), None);
                let row = MarkRow { application: *application, subject, mark, points };
                let points = Some(Points::whole(self.points));
                work.tx.insert(&MarkRow { mark: MarkKind::Points, points, ..row })?;
            }
        }
        Ok(())
    }
}

/// A row as it stands, past every rule: what the database itself refuses.
#[derive(Serialize)]
struct Raw(CertificateRow);

impl Operation for Raw {
    const KIND: &'static str = "certificates.number";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.insert(&self.0)?)
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// So many made-up people, all with 80 in every part, at the end of the exam day.
pub fn passed(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    let people = (1..=people).map(|n| ApplicationId(i64::try_from(n).unwrap())).collect();
    desk.does(&Settled { people, points: 80 });
    release(&mut desk);
    desk
}

/// The results are final.
pub fn release(desk: &mut Desk) {
    desk.release();
}

fn number(desk: &mut Desk) -> certificates::Numbered {
    desk.does(&Number { issued_on: day("2023-10-15") })
}

fn serials(desk: &Desk, level: Level) -> Vec<String> {
    let filter = Filter { level: Some(level), ..Filter::default() };
    certificates::register(&desk.site, &filter).unwrap().into_iter().map(|c| c.number).collect()
}

#[test]
fn numbers_are_gap_free_for_each_level_and_follow_occupation_level_and_ticket() {
    let mut desk = passed(40);
    let done = number(&mut desk);
    assert_eq!(done.people, 40);
    let mut seen = 0;
    for level in Level::ALL {
        let numbers = serials(&desk, level);
        for (n, number) in (1..).zip(&numbers) {
            assert_eq!(*number, format!("S00001500000123{}{n:06}", level.digit()));
        }
        seen += numbers.len();
    }
    assert_eq!(seen, 40);
    let all = certificates::register(&desk.site, &Filter::default()).unwrap();
    let fives: Vec<_> = all.iter().filter(|c| c.level == Level::Five).map(|c| (&c.occupation, &c.ticket)).collect();
    assert!(fives.len() > 3 && fives.is_sorted(), "{fives:?}");
    let counts = certificates::counts(&desk.site).unwrap();
    assert_eq!((counts.passed, counts.numbered, counts.waiting), (40, 40, 0));
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "certificates.nobody_to_number");
}

#[test]
fn only_those_who_passed_are_numbered() {
    let mut desk = Desk::seated(6);
    desk.at("18:00");
    desk.does(&Settled { people: vec![ApplicationId(1), ApplicationId(2)], points: 59 });
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "release.not_computed");
    release(&mut desk);
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "certificates.nobody_to_number");
    desk.does(&Settled { people: vec![ApplicationId(3)], points: 60 });
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "release.changed_since");
    release(&mut desk);
    assert_eq!(number(&mut desk).people, 1);
}

#[test]
fn a_revoked_number_stays_used_and_the_person_is_numbered_anew() {
    let mut desk = passed(12);
    number(&mut desk);
    let first = certificates::register(&desk.site, &Filter::default()).unwrap().remove(0);
    let certificate = first.id;
    assert_eq!(
        desk.refused(&Revoke { certificate, reason: "  ".into(), sanction: None }),
        "certificates.reason_needed"
    );
    desk.does(&Revoke { certificate, reason: "姓名有误".into(), sanction: None });
    assert_eq!(
        desk.refused(&Revoke { certificate, reason: "x".into(), sanction: None }),
        "certificates.already_revoked"
    );
    // Revoked for a cause: nobody is numbered anew by the way.
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "certificates.nobody_to_number");
    let issued_on = day("2023-10-15");
    let correct = |reason: &str| Correct { certificate, issued_on, reason: reason.into() };
    assert_eq!(desk.refused(&correct(" ")), "certificates.correct_reason");
    let again = desk.does(&correct("姓名已更正")).number;
    assert_eq!(desk.refused(&correct("又一次")), "certificates.already_numbered");
    let of_level = serials(&desk, first.level);
    assert_eq!(again, *of_level.last().unwrap());
    assert_ne!(again, first.number);
    let known = certificates::by_number(&desk.site, &first.number).unwrap();
    assert_eq!(known.state, CertificateState::Revoked);
    // Undoing the revocation would give one person two valid certificates.
    let op = history::page(
        &desk.site,
        &history::Filter { kind: Some("certificates.revoke".into()), ..Default::default() },
        None,
        1,
    );
    let op = op.unwrap()[0].operation;
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.changed_since");
}

#[test]
fn numbering_is_not_undone_but_revoked() {
    let mut desk = passed(3);
    number(&mut desk);
    let op = history::page(&desk.site, &history::Filter::default(), None, 1).unwrap()[0].operation;
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
}

#[test]
fn the_date_lies_between_the_exam_and_today() {
    let mut desk = passed(3);
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-16") }), "certificates.date_in_future");
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-14") }), "certificates.date_before_exam");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&Number { issued_on: day("2023-10-15") }), "duty.role_needed");
}

#[test]
fn the_database_itself_refuses_a_number_twice() {
    let mut desk = passed(3);
    number(&mut desk);
    let taken = certificates::register(&desk.site, &Filter::default()).unwrap().remove(0);
    let revoked = |serial: i64, number: String| CertificateRow {
        id: kaowu::model::CertificateId(99),
        batch: desk.site.batch().unwrap().id,
        application: taken.application,
        source: NumberSource::Own,
        origin: None,
        prefix: "S000015000001".into(),
        year: 23,
        level: taken.level,
        sign: taken.level.digit().to_string(),
        serial,
        number,
        issued_on: day("2023-10-15"),
        state: CertificateState::Revoked,
    };
    let twice = Raw(revoked(1, taken.number.clone()));
    let mismatch = Raw(revoked(7, taken.number.clone()));
    let full = Raw(revoked(999_999, format!("S00001500000123{}999999", taken.level.digit())));
    for bad in [&twice, &mismatch] {
        let error = desk.try_to(bad).unwrap_err();
        assert!(error.to_string().starts_with("constraint"), "{error}");
    }
    // With the last serial used, the next person of the level is refused.
    desk.does(&full);
    desk.does(&Revoke { certificate: taken.id, reason: "x".into(), sanction: None });
    let again = Correct { certificate: taken.id, issued_on: day("2023-10-15"), reason: "x".into() };
    assert_eq!(desk.refused(&again), "certificates.serial_exhausted");
}

#[test]
fn a_certificate_is_found_by_number_name_id_and_ticket_and_explained() {
    let mut desk = passed(5);
    number(&mut desk);
    let one = certificates::register(&desk.site, &Filter::default()).unwrap().remove(0);
    let ticket = one.ticket.clone().unwrap();
    for text in [one.number.to_lowercase(), one.id_number.clone(), ticket, one.name.clone()] {
        let found = certificates::find(&desk.site, &text).unwrap();
        assert!(found.certificates.iter().any(|c| c.number == one.number), "{text}");
    }
    let found = certificates::find(&desk.site, &one.number).unwrap().explained.unwrap();
    assert!(found.ours && found.parts.iter().all(|p| p.fits != Some(false)), "{found:?}");
    assert_eq!(found.parts.iter().map(|p| p.value.len()).sum::<usize>(), 22);
    let foreign = certificates::explain_number(&desk.site, "Y000123000001193000001").unwrap();
    assert!(!foreign.ours && foreign.certificate.is_none());
    assert_eq!(foreign.parts[0].fits, Some(false));
    assert!(certificates::explain_number(&desk.site, "S00001500000123600000X").is_err());
}

/// S1-39, S0-39: the issuer is the notice's; S1-40: so is the address for looking up.
#[test]
fn the_upload_sheet_has_eleven_columns_and_whole_digits_s1_39() {
    let mut desk = passed(3);
    number(&mut desk);
    let sheet = certificates::upload(&desk.site, certificates::LAYOUT).unwrap();
    let bytes = sheet.write(Vec::new(), certificates::upload_style(None).unwrap()).unwrap();
    let golden: &[u8] = include_bytes!("../data/upload-11.csv");
    assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(golden));
    assert!(bytes == golden);
    let gb = sheet.write(Vec::new(), certificates::upload_style(Some("GB18030")).unwrap()).unwrap();
    assert_eq!(gb[..4], [0xd0, 0xd5, 0xc3, 0xfb]);
    assert!(certificates::upload_style(Some("latin-1")).is_err());
    let face = certificates::face(&desk.site, certificates::register(&desk.site, &Filter::default()).unwrap()[0].id);
    let lines = face.unwrap().lines;
    let line = |code: &str| lines.iter().find(|l| l.code == code).unwrap().value.clone();
    assert_eq!(line("issuer"), "内蒙古职业培训与就业促进会");
    assert_eq!(line("query_url"), "https://nmgswyt3.12333k.cn/");
    assert_eq!(line("direction"), "--");
    assert!(line("id_number").contains("********"));
}

#[test]
fn nothing_valid_makes_no_sheet() {
    let desk = Desk::seated(1);
    let refused = certificates::upload(&desk.site, certificates::LAYOUT).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "certificates.none_valid");
    let refused = certificates::upload(&desk.site, "no-such").unwrap_err();
    assert_eq!(refused.refusal().unwrap().code.0, "certificates.no_upload_layout");
}

#[test]
fn the_pane_numbers_after_the_count_was_typed() {
    let mut screen = Screen::open(passed(12), "certificates");
    screen.sees("合格 12").sees("待编号 12").sees("按 n 编号");
    screen.press("n").sees("发证日期").press("enter").sees("12 名合格者").type_text("11").press("enter");
    screen.sees("没有改动").type_text("x").press("esc").sees("待编号 12");
    screen.press("n enter").type_text("12").press("enter").sees("已编 12 个证书号").sees("待编号 0");
    screen.sees("S00001500000123");
    screen.press("n").sees("没有待编号的人员");
}

#[test]
fn the_pane_refuses_a_wrong_date() {
    let mut screen = Screen::open(passed(2), "certificates");
    screen.press("n ctrl-u").type_text("2023-10-16").press("enter").sees("晚于今天").sees("待编号 2");
    screen.press("n ctrl-u").type_text("soon").press("enter").sees("不是日期");
}

#[test]
fn the_pane_shows_finds_revokes_and_exports_in_both_languages() {
    let mut desk = passed(8);
    number(&mut desk);
    let one = certificates::register(&desk.site, &Filter::default()).unwrap().remove(0);
    let mut screen = Screen::sized(desk, "certificates", Lang::English, (80, 24));
    screen.sees("numbered 8").press("enter").sees("The number part by part").sees("[fits]");
    screen.sees("https://nmgswyt3.12333k.cn/").sees_not(&one.id_number).press("esc");
    screen.press("/").type_text(&one.number).press("esc").sees("State: all");
    screen.press("/").type_text("S0000150000019").sees("No certificate fits").press("esc");
    screen.press("r").sees("Say why").type_text("wrong name").press("enter").sees("is revoked").sees("waiting 0");
    screen
        .press("g")
        .sees("Correct a certificate")
        .type_text("name put right")
        .press("enter")
        .sees("is void, new certificate");
    screen.press("r").sees("revoked already").press("s s").sees("State: revoked").sees(&one.number);
    screen.press("s e").sees("lives in memory");
    screen.resize((120, 36)).sees("issued on").sees("occupation");
}

#[test]
fn the_commands_number_nobody_in_a_site_without_marks() {
    let shell = Shell::with_batch();
    let answer = shell.run("certificate number --date 2023-10-15 --json");
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("release.not_computed"), "{}", answer.err);
    assert_eq!(shell.run("certificate number --date soon").status, 1);
    assert_eq!(shell.run("certificate register --json").done().json(), serde_json::json!([]));
    assert_eq!(shell.run("certificate upload --out -").status, 1);
    let found = shell.run("certificate find S000015000001235000001 --json").done().json();
    assert_eq!(found["explained"]["parts"][5]["value"], "5");
    assert_eq!(found["explained"]["certificate"], serde_json::Value::Null);
    assert_eq!(shell.run("certificate revoke S000015000001235000001 --reason x").status, 1);
}

/// A home with a site in which twelve people passed.
fn home() -> Shell {
    Shell::of(&passed(12).site)
}

#[test]
fn the_commands_number_revoke_and_write_the_sheet() {
    let shell = home();
    let json = |args: &str| shell.run(&format!("--as coordinator --json {args}")).done().json();
    let done = json("certificate number --date 2023-10-15");
    assert_eq!(done["people"], 12);
    let first = done["levels"][0]["first"].as_str().unwrap().to_owned();
    assert_eq!(shell.run("--as coordinator undo --reason x").status, 1);
    assert_eq!(shell.run(&format!("--as coordinator certificate revoke {first}")).status, 1);
    assert_eq!(json(&format!("certificate revoke {first} --reason 有误"))["revoked"], first.as_str());
    assert_eq!(json("certificate register --state revoked").as_array().unwrap().len(), 1);
    assert_eq!(shell.run("certificate register --level 9").status, 1);
    let written = json("certificate upload");
    assert_eq!(written["rows"], 11);
    let path = written["path"].as_str().unwrap();
    assert!(path.ends_with("exports/upload-11-nmg-2023-2023-10-15.csv"), "{path}");
    let file = std::fs::read(path).unwrap();
    let out = shell.run("--as coordinator certificate upload --out -").done().out;
    assert_eq!(out.as_bytes(), file);
    assert_eq!(out.lines().count(), 12);
    assert!(!out.contains(&first));
    let shown = shell.run(&format!("certificate find {first}")).done().out;
    assert!(shown.contains("作废") && shown.contains("17-22"), "{shown}");
}

#[test]
fn the_pane_writes_the_sheet_into_the_folder_of_the_site() {
    use kaowu::config::Assets;
    let shell = home();
    let mut desk = passed(1);
    let clock = kaowu::model::FixedClock::at(desk.site.now());
    let access = kaowu::ops::Access::ReadWrite;
    desk.site = kaowu::ops::Site::open(&shell.path("site.db"), access, Assets::default(), Box::new(clock)).unwrap();
    desk.site.choose_batch(None).unwrap();
    desk.site.set_witness(Some(crate::harness::second::witness()));
    desk.sign_on("coordinator");
    let mut screen = Screen::sized(desk, "certificates", Lang::Chinese, (120, 36));
    screen.press("e").sees("没有可导出的有效证书");
    screen.press("n enter").type_text("12").press("enter e").sees("已导出 12 份证书").sees("exports/upload-11");
    let files = std::fs::read_dir(shell.path("exports")).unwrap();
    assert_eq!(files.count(), 1);
}

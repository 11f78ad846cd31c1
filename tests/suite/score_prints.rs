//! Score sheets, sheets of panels, minutes and the summary: what stands on them, and what does not before its time.
use crate::harness::Desk;
use crate::panel::world::{fill, view, with_panel};
use calamine::{Reader, Xlsx};
use kaowu::model::{ApplicationId, Level, PanelId, Points, RoomId, ScriptBagId, SessionId, Subject};
use kaowu::ops::applications::by_id;
use kaowu::ops::exchange::Export;
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::{
    MarkKind, MarkLockRow, MarkRow, Operation, PanelRow, PanelState, PlacementRow, Result, RoomRow, ScriptBagRow,
    ScriptRow, SessionRow, Work, batch, history,
};
use kaowu::store::rows;
use serde::Serialize;
use std::io::Cursor;

fn html(desk: &Desk, form: &str, scope: &Scope) -> String {
    String::from_utf8(Form::find(form).unwrap().print(&desk.site, scope, Format::Html).unwrap().bytes).unwrap()
}

fn cells(desk: &Desk, form: &str, scope: &Scope) -> Vec<String> {
    let bytes = Form::find(form).unwrap().print(&desk.site, scope, Format::Xlsx).unwrap().bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let mut all = names.clone();
    for name in names {
        all.extend(book.worksheet_range(&name).unwrap().cells().map(|(_, _, cell)| cell.to_string()));
    }
    all
}

fn refused(desk: &Desk, form: &str, scope: &Scope) -> &'static str {
    let error = Form::find(form).unwrap().print(&desk.site, scope, Format::Html).unwrap_err();
    error.refusal().unwrap_or_else(|| panic!("{error}")).code.0
}

fn room(session: &str, room: i64) -> Scope {
    Scope { session: Some(session.into()), room: Some(room), ..Scope::default() }
}

fn bag(code: &str) -> Scope {
    Scope { bag: Some(code.into()), ..Scope::default() }
}

fn theory(desk: &Desk) -> SessionRow {
    batch::sessions(&desk.site).unwrap().remove(0)
}

const CODE: &str = "B7Q2";

/// Room 1 of the theory session under script numbers 700, 699, ... by seat; unsealed where `by` names somebody.
#[derive(Serialize)]
struct Sealed(SessionId);

impl Operation for Sealed {
    const KIND: &'static str = "test.sealed";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let (batch, session) = (work.batch()?.id, self.0);
        let room: RoomId =
            rows::first::<RoomRow>(work.tx.db(), "WHERE batch = ?1 AND number = 1", [batch])?.unwrap().id;
        let (id, sealed_by) = (ScriptBagId(1), work.actor.operator()?);
        let (asked_by, unsealed_at, unsealed_by) = (None, None, None);
        let (code, seed, sealed_at) = (CODE.to_owned(), "1".to_owned(), work.now);
        work.tx.insert(&ScriptBagRow {
            id,
            batch,
            session,
            room,
            code,
            seed,
            sealed_at,
            sealed_by,
            asked_by,
            unsealed_at,
            unsealed_by,
        })?;
        let seats = "WHERE session = ?1 AND room = ?2";
        for seat in rows::select::<PlacementRow>(work.tx.db(), seats, (session, room))? {
            let number = format!("{}", 700 - seat.seat);
            work.tx.insert(&ScriptRow { script_bag: id, application: seat.application, batch, number })?;
        }
        Ok(())
    }
}

/// Everybody of the theory session has 60 and their number, and the session is locked.
#[derive(Serialize)]
struct Locked(SessionId);

impl Operation for Locked {
    const KIND: &'static str = "test.locked";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for seat in rows::select::<PlacementRow>(work.tx.db(), "WHERE session = ?1", [self.0])? {
            let points = Some(Points::new(6050 + i32::try_from(seat.seat).unwrap() * 100));
            let (application, subject, mark) = (seat.application, Subject::Theory, MarkKind::Points);
            work.tx.insert(&MarkRow { application, subject, mark, points })?;
        }
        let (session, at, operator) = (self.0, work.now, crate::harness::plant::score_manager(work)?);
        Ok(work.tx.insert(&MarkLockRow::new(session, at, operator))?)
    }
}

/// The panel is sealed, whatever durations and signatures it would want.
#[derive(Serialize)]
struct SealedPanel(PanelId);

impl Operation for SealedPanel {
    const KIND: &'static str = "test.sealed_panel";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = rows::first::<PanelRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        let (state, sealed_at) = (PanelState::Sealed, Some(work.now));
        Ok(work.tx.update(&before, &PanelRow { state, sealed_at, ..before.clone() })?)
    }
}

/// Names, tickets and identity numbers of everybody.
fn told_of(desk: &Desk) -> Vec<String> {
    let people = kaowu::ops::results::outcomes(&desk.site, &kaowu::ops::results::Filter::default()).unwrap();
    let ids = people.iter().map(|p| by_id(&desk.site, p.application).unwrap().id_number);
    let names = people.iter().flat_map(|p| [Some(p.name.clone()), p.ticket.clone()]).flatten();
    names.chain(ids).collect()
}

#[test]
fn a_score_sheet_names_people_by_seat_and_has_room_for_every_hand_s0_23_s1_35() {
    let desk = Desk::seated(40);
    let page = html(&desk, "score-sheet", &room("theory-1", 1));
    assert_eq!(page.matches("<section").count(), 1);
    for word in ["阅卷人", "初录人", "复录人", "核对人", "日期", "总分合计", "答卷 30 份", "第 1 考场"]
    {
        assert!(page.contains(word), "{word}");
    }
    assert!(!page.contains("密号"), "none was drawn: {page}");
    let theory = theory(&desk).id;
    let seated = kaowu::ops::checkin::register(&desk.site, theory, None).unwrap();
    for one in seated.iter().filter(|s| s.room_number == 1) {
        assert!(page.contains(&one.name) && page.contains(one.ticket.as_ref().unwrap()), "{}", one.name);
    }
    assert!(!html(&desk, "score-sheet", &room("theory-1", 2)).contains(&seated[0].name));
    let all = cells(&desk, "score-sheet", &Scope::default());
    assert!(all.contains(&"theory-1 1考场".to_owned()) && all.contains(&seated[0].name), "{all:?}");
}

/// Neither the page nor the file's name nor the workbook tell whose a script is, or from which room.
#[test]
fn a_sealed_bag_is_printed_by_script_numbers_alone() {
    let mut desk = Desk::seated(40);
    let theory = theory(&desk).id;
    desk.does(&Sealed(theory));
    let page = html(&desk, "score-sheet", &bag(CODE));
    let book = cells(&desk, "score-sheet", &bag(CODE)).join("\n");
    let numbers: Vec<_> = page.split("<b>").skip(1).map(|p| &p[..3]).collect();
    assert_eq!(numbers.len(), 30);
    assert!(numbers.is_sorted(), "by number, not by seat: {numbers:?}");
    for secret in told_of(&desk).iter().map(String::as_str).chain(["考场</", "第 1 考场", "座位号", "准考证号</th>"])
    {
        assert!(!page.contains(secret) && !book.contains(secret), "{secret}");
    }
    assert!(page.contains(CODE) && book.contains(CODE) && book.contains("699"));
    let whole = html(&desk, "score-sheet", &Scope { session: Some("theory-1".into()), ..Scope::default() });
    let (open, sealed) = whole.split_once(CODE).expect("rooms first, then sealed bags");
    assert!(open.contains("第 2 考场") && !sealed.contains(" 考场"), "{whole}");
    assert_eq!(refused(&desk, "score-sheet", &room("theory-1", 1)), "prints.sealed_room");
    assert_eq!(refused(&desk, "score-sheet", &Scope { room: Some(1), ..bag(CODE) }), "prints.sealed_room");
    assert_eq!(refused(&desk, "score-sheet", &Scope { room: Some(2), ..bag(CODE) }), "prints.sealed_room");
    let folder = tempfile::tempdir().unwrap();
    let printed = Form::find("score-sheet").unwrap().print(&desk.site, &bag(CODE), Format::Html).unwrap();
    let (path, _) = printed.put(&mut desk.site, folder.path()).unwrap();
    assert_eq!(path.file_name().unwrap(), "nmg-2023-score-sheet-B7Q2.html");
}

#[test]
fn the_filled_sheet_waits_for_the_lock_and_for_unsealing_and_adds_up() {
    let mut desk = Desk::seated(40);
    let session = theory(&desk);
    assert_eq!(refused(&desk, "score-proof", &room("theory-1", 2)), "prints.not_locked");
    desk.does(&Sealed(session.id));
    desk.does(&Locked(session.id));
    let page = html(&desk, "score-proof", &Scope { session: Some("theory-1".into()), ..Scope::default() });
    assert_eq!(page.matches("<section").count(), 1, "the sealed room is left out");
    assert!(page.contains("登分核对表") && !page.contains(CODE), "{page}");
    // Seats 1 to 10: 61.5 and up to 70.5.
    for part in ["61.5", "70.5", "有分 10 份", "总分合计 660", "读卷人"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("71.5"));
    assert_eq!(refused(&desk, "score-proof", &bag(CODE)), "prints.still_sealed");
    assert_eq!(refused(&desk, "score-summary", &Scope::default()), "prints.still_sealed");
    assert_eq!(refused(&desk, "score-list", &Scope::default()), "prints.still_sealed");
    assert!(cells(&desk, "score-proof", &room("theory-1", 2)).contains(&"61.5".to_owned()));
}

/// Marks and what others found are for those who may see them; what a typist needs, a typist prints.
#[test]
fn nobody_prints_what_they_may_not_see() {
    let (mut desk, formed) = with_panel(30);
    fill(&mut desk, formed.panel);
    desk.does(&SealedPanel(formed.panel));
    let session = theory(&desk).id;
    desk.does(&Locked(session));
    for (who, no) in [
        ("typist-a", ["score-proof", "score-summary", "score-list", "panel-sheet", "practical-sheet", "panel-minutes"]),
        ("proctor", ["score-proof", "score-summary", "score-list", "panel-sheet", "score-sheet", "panel-minutes"]),
    ] {
        desk.sign_on(who);
        for form in no {
            assert!(refused(&desk, form, &Scope::default()).ends_with("role_needed"), "{who} {form}");
            let (what, file) = (form.to_owned(), "x.html".to_owned());
            let refusal = desk.refused(&Export { what, rows: 1, whole: 0, file, purpose: None, about: String::new() });
            assert!(refusal.ends_with("role_needed"), "{who} {form} {refusal}");
        }
    }
    desk.sign_on("typist-a");
    let blank = html(&desk, "score-sheet", &room("theory-1", 1));
    assert!(!blank.contains("61.5"), "no settled mark: {blank}");
    let folder = tempfile::tempdir().unwrap();
    let printed = Form::find("score-sheet").unwrap().print(&desk.site, &room("theory-1", 1), Format::Html).unwrap();
    assert!(printed.put(&mut desk.site, folder.path()).unwrap().1.is_some(), "in the journal");
    let (what, file, purpose) = ("results".to_owned(), "x.csv".to_owned(), Some("核对".to_owned()));
    assert!(
        desk.refused(&Export { what, rows: 1, whole: 0, file, purpose, about: String::new() }).ends_with("role_needed"),
        "a list is no form"
    );
    desk.sign_on("auditor");
    assert!(html(&desk, "score-proof", &room("theory-1", 1)).contains("61.5"));
}

/// S1-22: every member has a sheet for every candidate; nothing of what was found stands on it before sealing.
#[test]
fn panel_sheets_are_blank_until_sealed_s1_22() {
    let (mut desk, formed) = with_panel(30);
    fill(&mut desk, formed.panel);
    let shown = view(&desk, formed.panel);
    let blank = html(&desk, "panel-sheet", &Scope::default());
    assert_eq!(blank.matches("<section").count(), shown.candidates.len() * 3);
    for part in ["材料审阅", "论文答辩", "业绩成果", "评语、备注", "签名、日期", "材料要点"] {
        assert!(blank.contains(part), "{part}: {blank}");
    }
    let minutes = html(&desk, "panel-minutes", &Scope::default());
    for secret in [">70<", ">71<", ">72<"] {
        assert!(!blank.contains(secret) && !minutes.contains(secret), "{secret}");
    }
    assert!(minutes.contains("未封存") && minutes.contains("甲评委") && minutes.contains("理工学院"), "{minutes}");
    desk.does(&SealedPanel(formed.panel));
    let filled = html(&desk, "panel-sheet", &Scope::people(&[shown.candidates[0].application]));
    assert_eq!(filled.matches("<section").count(), 3);
    assert!([">70<", ">71<", ">72<"].iter().all(|points| filled.contains(points)), "{filled}");
    let minutes = html(&desk, "panel-minutes", &Scope { panel: Some(formed.name.clone()), ..Scope::default() });
    assert!(minutes.contains("<th>70</th><th>72</th><th>2</th><th>71</th>"), "{minutes}");
    assert!(minutes.contains("封存：2023年10月15日"));
    assert_eq!(
        refused(&desk, "panel-sheet", &Scope { panel: Some("没有".into()), ..Scope::default() }),
        "panel.unknown"
    );
    assert_eq!(refused(&desk, "practical-sheet", &Scope::default()), "prints.no_panel");
    assert!(cells(&desk, "panel-sheet", &Scope::default()).iter().any(|c| c == "论文答辩"));
}

/// S1-36, S1-37: counts by part, boxes to sign and stamp, and the journal's head that the paper carries away.
#[test]
fn the_summary_counts_and_carries_the_head_s1_36_s1_37() {
    let mut desk = Desk::seated(40);
    let session = theory(&desk).id;
    desk.does(&Locked(session));
    let head = history::verify(&desk.site).unwrap();
    let page = html(&desk, "score-summary", &Scope::default());
    for word in ["统分人", "复核人", "督导", "负责人", "盖章", "共 40 人", "2023年10月15日"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(page.contains(&format!("日志末号：{}", head.operations)), "{page}");
    let fours: String = page.split("日志摘要：").nth(1).unwrap().split("</b>").next().unwrap().to_owned();
    let digest: String = fours.split("<b>").nth(1).unwrap().replace("<br/>", "").replace('\u{3000}', "");
    assert_eq!(digest, head.head);
    assert!(page.contains("非定稿") && page.contains("practical-1"), "the other session is not locked");
    let counted = page.matches("<th>40</th>").count();
    assert!(counted >= 3, "everybody was expected and sat theory: {counted}");
    assert!(!told_of(&desk).iter().any(|secret| page.contains(secret.as_str())), "counts only");
    let list = html(&desk, "score-list", &Scope::default());
    let row = by_id(&desk.site, ApplicationId(1)).unwrap();
    assert!(list.contains(&row.name) && !list.contains(&row.id_number) && list.contains("61.5"));
    assert!(list.contains("未定"), "the practical part is not there yet: never a pass");
    assert!(Level::ALL.iter().any(|l| list.contains(&l.official().replace('/', "&#x2f;"))));
    assert!(cells(&desk, "score-summary", &Scope::default()).iter().any(|c| c.contains("统分人")));
}

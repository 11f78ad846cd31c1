//! The special ledger and the snapshots.
use super::world::*;
use kaowu::ops::ActivityKind;
use kaowu::ops::reports::*;

fn record(kind: ActivityKind, what: &str, on: &str) -> Record {
    Record { kind, what: what.into(), on: Some(day(on)), department: None, people: None }
}

/// S4-27, S4-30, S4-33: tasks, reviews and publicity work stand in the ledger by day.
#[test]
fn the_ledger_keeps_what_was_done_s4_27_s4_30_s4_33() {
    let mut desk = desk();
    desk.does(&Record { people: Some(30), ..record(ActivityKind::Publicity, "窗口宣传", "2024-10-14") });
    desk.does(&record(ActivityKind::Agenda, "列入议程，明确分工", "2024-09-02"));
    let again = record(ActivityKind::Agenda, " 列入议程，明确分工 ", "2024-09-02");
    assert_eq!(desk.refused(&again), "ledger.already");
    assert_eq!(desk.refused(&record(ActivityKind::Other, " ", "2024-09-02")), "ledger.no_what");
    assert_eq!(desk.refused(&record(ActivityKind::Other, "会", "2024-10-16")), "ledger.in_future");
    let less = Record { people: Some(-1), ..record(ActivityKind::Other, "会", "2024-10-15") };
    assert_eq!(desk.refused(&less), "ledger.people");
    let lines = activities(&desk.site).unwrap();
    let days: Vec<_> = lines.iter().map(|l| (l.on, l.kind, l.people, l.by.as_str())).collect();
    assert_eq!(
        days,
        [
            (day("2024-09-02"), ActivityKind::Agenda, None, "coordinator"),
            (day("2024-10-14"), ActivityKind::Publicity, Some(30), "coordinator")
        ]
    );
    assert_eq!(desk.refused(&Remove { number: lines[0].number, reason: " ".into() }), "ledger.reason_needed");
    assert_eq!(desk.refused(&Remove { number: 99, reason: "错".into() }), "ledger.unknown");
    desk.does(&Remove { number: lines[0].number, reason: "登记错".into() });
    assert_eq!(activities(&desk.site).unwrap().len(), 1);
}

/// S4-31: what was kept on a day stays as it was, and the next one says what came since.
#[test]
fn snapshots_are_kept_by_day_s4_31() {
    let mut desk = desk();
    assert_eq!(desk.refused(&TakeSnapshot {}), "ledger.nobody_on_duty");
    ten(&mut desk);
    assert_eq!(desk.does(&TakeSnapshot {}).holders, 5);
    assert_eq!(desk.refused(&TakeSnapshot {}), "ledger.snapshot_taken");
    on(&desk, "2024-11-01");
    let all = applicants(&desk);
    certificate(&mut desk, &all[3], kaowu::ops::CertificateState::Valid);
    desk.does(&TakeSnapshot {});
    let kept = snapshots(&desk.site).unwrap();
    let lines: Vec<_> =
        kept.iter().map(|s| (s.on.to_string(), s.department.as_deref(), s.figures.holders, s.since_last)).collect();
    let (new, old) = ("2024-11-01".to_owned(), "2024-10-15".to_owned());
    assert_eq!(
        lines,
        [
            (new.clone(), None, 6, Some(1)),
            (new.clone(), Some("丙局"), 0, Some(0)),
            (new.clone(), Some("乙局"), 2, Some(0)),
            (new, Some("甲局"), 4, Some(1)),
            (old.clone(), None, 5, None),
            (old.clone(), Some("丙局"), 0, None),
            (old.clone(), Some("乙局"), 2, None),
            (old, Some("甲局"), 3, None),
        ]
    );
    assert_eq!((kept[0].rate, kept[4].rate), (Some(6000), Some(5000)));
}

/// A row of a snapshot cannot be changed, not even past the program.
#[test]
fn the_table_keeps_a_snapshot() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = arrived(crate::harness::Desk::in_file(&path));
    ten(&mut desk);
    desk.does(&TakeSnapshot {});
    let db = rusqlite::Connection::open(&path).unwrap();
    let error = db.execute("UPDATE duty_snapshot SET holders = on_duty", []).unwrap_err();
    assert!(error.to_string().contains("kept"), "{error}");
    let twice = "INSERT INTO duty_snapshot SELECT id + 100, batch, dated, department, on_duty, holders, passed, sitting, operator, at FROM duty_snapshot";
    assert!(db.execute(twice, []).is_err());
}

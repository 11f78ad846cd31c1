//! The platform's sheet of payments: every verdict, one operation, nothing twice.
use super::world::{PRICES, PlantRegistration, PlantState, REVIEWS, desk, paid, record, row, waiting, who};
use crate::harness::Desk;
use kaowu::ops::ApplicationState;
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::history::Undo;
use kaowu::ops::payments::{Judged, Reconcile, Sheet, Standing, Verdict, account, judge, open_sheet};
use std::io::Write;

const HEAD: &str = "报名序号,证件号码,姓名,缴费金额,缴费时间,交易流水号";

fn sheet(desk: &Desk, rows: &[String]) -> Sheet {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    writeln!(file, "{HEAD}\n{}", rows.join("\n")).unwrap();
    file.flush().unwrap();
    open_sheet(&desk.site, file.path()).unwrap()
}

fn line(desk: &Desk, n: i64, yuan: &str, reference: &str) -> String {
    let a = row(desk, n);
    format!(",{},{},{yuan},2023-09-25 10:11:12,{reference}", a.id_number, a.name)
}

fn verdicts(rows: &[Judged]) -> Vec<Verdict> {
    rows.iter().map(|r| r.verdict).collect()
}

/// S0-32: matched, unknown, amount differs, paid twice, name mismatch; the matched ones in one operation, once.
#[test]
fn a_sheet_is_held_against_the_books_and_stored_once_s0_32() {
    let mut desk = desk(9, PRICES);
    desk.does(&record(4, None));
    desk.does(&PlantRegistration(who(5), "R-5"));
    desk.does(&Withdraw { application: who(6), reason: "x".into() });
    let other = row(&desk, 7).id_number;
    let rows = [
        line(&desk, 1, "175.00", "a1"),
        line(&desk, 1, "175", "a1b"),
        line(&desk, 2, "165", "a2"),
        format!(",{other},别的人,175,2023-09-25,a7"),
        ",150699199901010017,张三,175,2023-09-25,a3".to_owned(),
        line(&desk, 4, "175", "a4"),
        "R-5,,,175,2023/9/26 08:00,a5".to_owned(),
        line(&desk, 6, "175", "a6"),
        line(&desk, 8, "175", "a8").replace("2023-09-25", "2023-09-20"),
        line(&desk, 1, "175", "a1"),
        line(&desk, 9, "十元", "a9"),
    ];
    let sheet = sheet(&desk, &rows);
    assert_eq!(sheet.faults.iter().map(|f| (f.line, f.code.0)).collect::<Vec<_>>(), [(12, "payment_amount")]);
    use Verdict::{AmountDiffers, Known, Matched, NameDiffers, NotAllowed, PaidTwice, Unknown};
    // The fourth was recorded by hand, without a reference: this is that payment.
    let wanted =
        [Matched, PaidTwice, AmountDiffers, NameDiffers, Unknown, Known, Matched, NotAllowed, NotAllowed, Known];
    let tried = judge(&desk.site, &sheet).unwrap();
    assert_eq!(verdicts(&tried), wanted);
    let codes: Vec<_> = tried.iter().filter_map(|r| r.because.as_ref().map(|b| b.code.0)).collect();
    assert_eq!(codes, ["payment.amount_differs", "payment.other_name", "payment.out_of_batch", "window.not_open"]);
    assert!(tried.iter().all(|r| !r.number.contains("19990101")), "numbers are masked");
    assert!(!paid(&desk, 1), "a trial stores nothing");

    let done = desk.try_to(&Reconcile { sheet: &sheet }).unwrap();
    assert_eq!((done.out.stored, verdicts(&done.out.rows)), (2, wanted.to_vec()));
    assert!(paid(&desk, 1) && paid(&desk, 5) && !paid(&desk, 2) && !paid(&desk, 7));
    let view = account(&desk.site, who(1)).unwrap();
    assert_eq!((view.rows.len(), view.rows[0].reference.as_deref()), (1, Some("a1")));

    // The same sheet again changes nothing, not even the journal.
    let again = desk.try_to(&Reconcile { sheet: &sheet }).unwrap();
    assert_eq!((again.op, again.out.stored), (None, 0));
    let known = [Known, PaidTwice, AmountDiffers, NameDiffers, Unknown, Known, Known, NotAllowed, NotAllowed, Known];
    assert_eq!(verdicts(&again.out.rows), known);
    desk.does(&Undo { op: done.op.unwrap(), reason: "x".into() });
    assert!(!paid(&desk, 1) && !paid(&desk, 5));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Reconcile { sheet: &sheet }), "duty.role_needed");
}

/// S0-30: a payment before the last review is listed, not stored.
#[test]
fn payments_before_the_review_are_listed_s0_30() {
    let mut desk = waiting(2, REVIEWS);
    desk.does(&PlantState(who(1), ApplicationState::Approved));
    let rows = [line(&desk, 1, "175", "b1"), line(&desk, 2, "175", "b2")];
    let sheet = sheet(&desk, &rows);
    let done = desk.does(&Reconcile { sheet: &sheet });
    assert_eq!(verdicts(&done.rows), [Verdict::Matched, Verdict::NotAllowed]);
    assert_eq!(done.rows[1].because.as_ref().unwrap().code.0, "payment.not_approved");
}

/// What was recorded by the quick way stands for one row of the sheet, not for two.
#[test]
fn a_payment_recorded_by_hand_is_known_once() {
    let mut desk = desk(2, "");
    desk.does(&RecordFee::All);
    let rows = [line(&desk, 1, "175", "c1"), line(&desk, 1, "175", "c2"), line(&desk, 2, "160", "c3")];
    let sheet = sheet(&desk, &rows);
    let found = judge(&desk.site, &sheet).unwrap();
    assert_eq!(verdicts(&found), [Verdict::Known, Verdict::PaidTwice, Verdict::Known]);
    assert_eq!(account(&desk.site, who(1)).unwrap().state, Standing::Paid);
}

/// Somebody with two applications: the amount says which, or a person does.
#[test]
fn two_applications_of_one_person_are_told_apart_by_the_amount() {
    let two =
        "[[fees]]\ncode = \"theory\"\namount = 5000\n[[fees]]\ncode = \"review\"\namount = 20000\nlevels = [2, 1]\n";
    let mut desk = desk(1, two);
    let mut rows = kaowu::ops::demo::people::rows(&desk.site.codes().unwrap(), 1, 40);
    let levels = kaowu::ops::demo::people::HEADINGS.iter().position(|h| h.contains("等级")).unwrap();
    let technician = rows.iter().position(|r| r[levels].contains("二级")).unwrap();
    let column = |name: &str| kaowu::ops::demo::people::HEADINGS.iter().position(|h| *h == name).unwrap();
    let (own, mut second) = (rows[0].clone(), rows.swap_remove(technician));
    for name in ["证件号码", "姓名", "性别", "出生日期", "证件类型"] {
        second[column(name)].clone_from(&own[column(name)]);
    }
    desk.sheet(&[second]);
    desk.reviewed();
    let amount = |n: i64| kaowu::ops::payments::yuan(account(&desk.site, who(n)).unwrap().due.unwrap());
    let (small, large) = (amount(1), amount(2));
    assert_ne!(small, large, "one of the two is a technician's");
    let rows = [line(&desk, 1, &large, "d1"), line(&desk, 1, "1.00", "d2")];
    let sheet = sheet(&desk, &rows);
    let found = judge(&desk.site, &sheet).unwrap();
    assert_eq!((found[0].verdict, found[0].application), (Verdict::Matched, Some(who(2))));
    // One is left open, and that one owes another amount.
    assert_eq!(found[1].verdict, Verdict::AmountDiffers);
}

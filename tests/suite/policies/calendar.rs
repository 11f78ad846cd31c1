//! Working days over the calendar that comes with the program, and what the list of dates says.
use super::{day, days, policy};
use crate::harness::{Desk, Shell};
use kaowu::ops::policies::{Dated, DatedKind, of_batch};
use kaowu::policy::dates::{ExamDays, dated, publicity};
use kaowu::policy::notes::{self, notes};

/// The list of days agrees with what was counted by hand (S1-34, S1-36, S0-38).
#[test]
fn counts_agree_with_those_made_by_hand() {
    let days = days();
    assert_eq!(days.before(day("2023-10-15"), 5), Some(day("2023-10-09")));
    assert_eq!(days.after(day("2023-10-15"), 10), Some(day("2023-10-27")));
    assert_eq!(days.before(day("2023-10-15"), 10), Some(day("2023-09-26")));
    assert_eq!(days.after(day("2024-09-21"), 10), Some(day("2024-10-10")));
    assert_eq!(days.after(day("2024-09-30"), 5), Some(day("2024-10-12")));
    assert_eq!(days.inside(day("2024-10-02"), day("2024-10-06")), 0);
}

/// 2022 to 2025 are published; 2026 is only expected, 2019 and 2030 are not there at all.
#[test]
fn a_year_that_is_only_expected_stays_in_doubt() {
    let days = days();
    assert_eq!(days.doubt(day("2022-01-01"), day("2025-12-31")), None);
    assert_eq!(days.doubt(day("2026-03-01"), day("2026-03-02")), Some(2026));
    assert!(!days.is_working(day("2026-10-05")), "expected days count all the same");
    assert_eq!(days.doubt(day("2019-05-20"), day("2019-05-20")), Some(2019));
    assert_eq!(days.doubt(day("2025-12-30"), day("2030-01-01")), Some(2026));
}

fn exam(text: &str) -> Option<ExamDays> {
    ExamDays::of([day(text)].into_iter())
}

fn find<'d>(dates: &'d [Dated], what: &str) -> &'d Dated {
    dates.iter().find(|d| d.what == what).unwrap_or_else(|| panic!("{what}: {dates:?}"))
}

/// S1-33, S1-34, S1-36: the day of the arrangement is the last of the holidays.
#[test]
fn every_due_date_of_2023_with_its_working_days() {
    let policy = policy("nmg-2023");
    let dates = dated(&policy, exam("2023-10-15"), &days());
    let handbook = find(&dates, "deadline.handbook");
    assert_eq!((handbook.due, handbook.working_days), (Some(day("2023-10-09")), Some(5)));
    let results = find(&dates, "deadline.results");
    assert_eq!((results.due, results.working_days), (Some(day("2023-10-27")), Some(10)));
    let arrangement = find(&dates, "deadline.arrangement");
    assert_eq!((arrangement.due, arrangement.due_on_day_off), (Some(day("2023-10-06")), true));
    let codes: Vec<_> = notes(&policy, exam("2023-10-15"), &days()).into_iter().map(|n| n.code).collect();
    assert_eq!(codes, [notes::DUE_ON_DAY_OFF]);
    assert!(dates.is_sorted_by_key(|d| d.due));
}

/// S0-28, S0-38, S0-42: what is odd about the notice of 2024 is said.
#[test]
fn what_is_odd_about_2024_is_said() {
    let policy = policy("wushen-2024");
    let found = notes(&policy, exam("2024-09-21"), &days());
    let codes: Vec<_> = found.iter().map(|n| n.code).collect();
    let annexes = [notes::ANNEX_MISSING, notes::ANNEX_STAND_IN, notes::ANNEX_STAND_IN, notes::ANNEX_STAND_IN];
    let expected = [[notes::OPENS_BEFORE_NOTICE, notes::NO_WORKING_DAY].as_slice(), &annexes, &[notes::ANNEX_MISSING]];
    assert_eq!(codes, expected.concat());
}

/// S2-14: the review opens on a holiday; the periods stand next to one another without a gap.
#[test]
fn a_review_that_opens_on_a_holiday_is_said() {
    let policy = policy("xinjiang-2022");
    let found = notes(&policy, None, &days());
    assert_eq!(found.iter().map(|n| n.code).collect::<Vec<_>>(), [notes::OPENS_ON_DAY_OFF]);
    let (registration, review) = (&policy.windows.registration, &policy.windows.review);
    for (hand_in, review) in registration.iter().zip(review) {
        assert_eq!(hand_in.end.ends(), review.start.begins());
    }
    let announcement = dated(&policy, exam("2022-06-18"), &days());
    assert_eq!(find(&announcement, "deadline.announcement").due, Some(day("2022-05-18")));
    // Without an exam day nothing that follows from it has a day.
    assert_eq!(find(&dated(&policy, None, &days()), "deadline.announcement").due, None);
}

/// S3-29: 2019 is not in the calendar, but no working day is counted for a fixed day, so nothing is in doubt.
#[test]
fn an_undated_notice_is_said() {
    let found = notes(&policy("nmg-enterprise-2019"), None, &days());
    assert_eq!(found.iter().map(|n| n.code).collect::<Vec<_>>(), [notes::UNDATED]);
}

#[test]
fn counting_through_an_unknown_year_is_said() {
    let policy = policy("nmg-2023");
    let found = notes(&policy, exam("2030-05-10"), &days());
    let doubts: Vec<_> = found.iter().filter(|n| n.code == notes::CALENDAR_DOUBT).collect();
    assert_eq!(doubts.len(), 2, "handbook and results: {found:?}");
    let put_up = publicity(&policy, day("2026-10-08"), &days());
    assert_eq!((put_up.kind, put_up.working_days, put_up.doubt), (DatedKind::Publicity, Some(5), Some(2026)));
    assert_eq!(notes::of_date(&put_up)[0].code, notes::CALENDAR_DOUBT);
    assert_eq!(publicity(&policy, day("2023-10-20"), &days()).due, Some(day("2023-10-27")));
}

/// A batch's dates follow its own sessions.
#[test]
fn a_batch_is_dated_by_its_sessions() {
    let desk = Desk::with_batch();
    let dates = of_batch(&desk.site).unwrap();
    assert_eq!(find(&dates.dates, "deadline.handbook").due, Some(day("2023-10-09")));
    assert_eq!(dates.notes.len(), 1);
}

/// S4-28: the board of milestones.
#[test]
fn milestones_say_how_long_it_is() {
    let shell = Shell::with_batch();
    let answer = shell.run("milestones --today 2023-10-01 --json").done().json();
    let handbook = answer["milestones"].as_array().unwrap().iter().find(|m| m["what"] == "deadline.handbook").unwrap();
    assert_eq!((handbook["due"].as_str(), handbook["days_left"].as_i64()), (Some("2023-10-09"), Some(8)));
    assert_eq!(handbook["working_days"].as_i64(), Some(5));
    let said = shell.run("milestones --lang en").done();
    assert!(
        said.out.contains("Exam handbook handed in") && said.err.contains("2023-10-06, which is a day off"),
        "{}",
        said.err
    );
    let shown = shell.run("batch show --lang en").done();
    assert!(shown.err.contains("which is a day off"), "{}", shown.err);
}

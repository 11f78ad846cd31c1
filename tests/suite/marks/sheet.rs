//! A filled score sheet as one entry, all of it or nothing.
use super::{bag, points, theory};
use crate::harness::Desk;
use kaowu::model::Subject;
use kaowu::ops::entry::{self, Accept, ImportScores, Paper, ScoresRead};
use kaowu::ops::history::{Undo, next_undo};
use kaowu::ops::{Error, SessionRow, staff};
use std::io::Write;

fn session(desk: &Desk) -> SessionRow {
    staff::session(&desk.site, &bag(desk).0.session_code).unwrap()
}

/// A roster of the bag's papers with a heading in two lines, and so many lines more.
fn roster(papers: &[Paper], mark: impl Fn(usize) -> String, more: &str) -> String {
    let mut text = "职业技能等级认定成绩花名册,,,,\n序号,准考证号,姓名,成绩,\n,,,理论,技能\n".to_owned();
    for (n, paper) in papers.iter().enumerate() {
        text += &format!("{},{},{},{},\n", n + 1, paper.ticket().unwrap(), paper.name(), mark(n));
    }
    text + more + "填报人：,某某,,,\n"
}

fn sheet(desk: &Desk, text: &str) -> ImportScores {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    file.write_all(&bytes).unwrap();
    entry::read_scores(&desk.site, file.path(), &session(desk)).unwrap()
}

fn faults(desk: &mut Desk, sheet: &ImportScores) -> (ScoresRead, Vec<(u64, &'static str)>) {
    match desk.try_to(sheet) {
        Err(Error::Rejected(report)) => {
            (ScoresRead::of(&report), report.faults.iter().map(|f| (f.line, f.code.0)).collect())
        }
        other => panic!("{other:?}"),
    }
}

/// S1-36: marks come back on a sheet; it is one of two entries, and the other one is typed by somebody else.
#[test]
fn a_sheet_is_the_first_or_the_second_entry_and_never_both_s1_36() {
    let mut desk = Desk::seated(6);
    let papers = bag(&desk).1;
    let text = roster(&papers, |n| if n == 0 { "缺考".into() } else { "８０．５".into() }, "");
    let read = sheet(&desk, &text);
    desk.sign_on("typist-a");
    let preview = desk.site.preview(&read).unwrap();
    assert_eq!((preview.op, preview.out.first), (None, papers.len()));
    assert!(bag(&desk).1.iter().all(|p| p.mine.is_none()), "a preview stores nothing");
    let done = desk.does(&read);
    assert_eq!((done.read, done.added, done.unchanged, done.second), (papers.len(), papers.len(), 0, 0));
    // Once more: their own entries stand, so it is no second entry.
    let again = desk.try_to(&read).unwrap();
    assert_eq!((again.op, again.out.unchanged, again.out.added), (None, papers.len(), 0));
    let second = desk.sign_on("typist-b").does(&read);
    assert_eq!((second.first, second.second), (0, papers.len()));
    let (pile, _) = bag(&desk);
    assert_eq!(pile.counts.settled, papers.len() as i64);
    assert_eq!(entry::typist_progress(&desk.site).unwrap()[0].from_sheets, papers.len() as i64);
}

/// A workbook comes in as a text does, and both say what they were.
#[test]
fn a_workbook_is_read_as_one_and_says_so_s1_36() {
    let mut desk = Desk::seated(4);
    let papers = bag(&desk).1;
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (column, name) in (0..).zip(["准考证号", "姓名", "理论", "备注"]) {
        page.write(0, column, name).unwrap();
    }
    for (row, paper) in (1..).zip(&papers) {
        page.write(row, 0, paper.ticket().unwrap()).unwrap();
        page.write(row, 1, paper.name()).unwrap();
        page.write(row, 2, 80.5).unwrap();
    }
    page.write(1, 3, "涂改").unwrap();
    let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    book.save(file.path()).unwrap();
    let read = entry::read_scores(&desk.site, file.path(), &session(&desk)).unwrap();
    assert_eq!((read.form.name(), read.raw.rows.len()), ("XLSX", papers.len()));
    assert_eq!(sheet(&desk, &roster(&papers, |_| "80".into(), "")).form.name(), "GB18030");
    let done = desk.sign_on("typist-a").does(&read);
    assert_eq!((done.added, done.first), (papers.len(), papers.len()));
    assert!(bag(&desk).1.iter().all(|paper| paper.mine == Some(points("80.5"))));
}

/// A third marker's sheet and a correction are counted as what they are.
#[test]
fn a_sheet_of_a_third_marker_counts_no_second_entries_s0_27() {
    let mut desk = super::seated_with("markers = { tolerance = 5 }", 3);
    let papers = bag(&desk).1;
    for (who, mark) in [("typist-a", "60"), ("typist-b", "80"), ("typist-c", "70")] {
        let read = sheet(&desk, &roster(&papers, |_| mark.into(), ""));
        let done = desk.sign_on(who).does(&read);
        let all = papers.len();
        let counts = [done.first, done.second, done.third, done.corrected];
        let place = ["typist-a", "typist-b", "typist-c"].iter().position(|name| *name == who).unwrap();
        assert_eq!(counts, std::array::from_fn(|n| if n == place { all } else { 0 }));
    }
}

#[test]
fn every_fault_has_its_line_and_nothing_is_half_done() {
    let mut desk = Desk::seated(6);
    let papers = bag(&desk).1;
    let wrong_name =
        roster(&papers, |n| ["8o", "80", "5", "80.25"].get(n).map_or("70".into(), |t| (*t).to_owned()), "")
            .replace(papers[1].name(), "某某某");
    let text = wrong_name.replace("填报人", "9,9999,无此人,80,\n填报人");
    desk.sign_on("typist-a");
    let read = sheet(&desk, &text);
    let (counts, found) = faults(&mut desk, &read);
    let mut expected = vec![(4, "score_mark"), (5, "score_name_differs")];
    let more = [(6, "entry.warnings"), (7, "mark.off_step")];
    expected.extend(more.into_iter().take(papers.len().saturating_sub(2)));
    expected.push((4 + papers.len() as u64, "score_unmatched"));
    assert_eq!(found, expected);
    assert_eq!(counts.read, counts.added + counts.unchanged + counts.refused);
    assert_eq!((counts.unmatched, counts.other_names), (1, 1));
    assert!(bag(&desk).1.iter().all(|p| p.mine.is_none()), "nothing of it is kept");
}

#[test]
fn a_sheet_changes_no_own_entry_and_says_nothing_of_others() {
    let mut desk = Desk::seated(6);
    let papers = bag(&desk).1;
    desk.sign_on("typist-a").does(&theory(papers[0].application, points("77.5")));
    let read = sheet(&desk, &roster(&papers, |_| "80".into(), ""));
    assert_eq!(faults(&mut desk, &read).1, [(4, "score_own_other")]);
    // As somebody's second entry the preview is the same whether it agrees or not.
    let fits = sheet(&desk, &roster(&papers, |_| "77.5".into(), ""));
    desk.sign_on("typist-b");
    let (one, two) = (desk.site.preview(&read).unwrap().out, desk.site.preview(&fits).unwrap().out);
    assert_eq!(one, two);
    let op = {
        desk.does(&read);
        next_undo(&desk.site).unwrap()
    };
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "entry.both_in");
}

#[test]
fn doubts_are_accepted_for_a_whole_sheet_at_once() {
    let mut desk = Desk::seated(4);
    let papers = bag(&desk).1;
    let read = sheet(&desk, &roster(&papers, |_| "5".into(), ""));
    desk.sign_on("typist-a");
    assert!(faults(&mut desk, &read).1.iter().all(|(_, code)| *code == "entry.warnings"));
    assert_eq!(desk.does(&ImportScores { accept: Accept::Warnings, ..read }).added, papers.len());
    assert_eq!(bag(&desk).0.subject, Subject::Theory);
}

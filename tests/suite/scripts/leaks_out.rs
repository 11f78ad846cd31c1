//! The same search over what leaves the program: prints, lists as CSV and workbook, the progress page, claims, and what a
//! comparison with another site says. Groups of questions, remarks, claims and covers are in the world too.
use super::{every_room, sealed_pile};
use crate::harness::{Desk, Screen};
use calamine::{Reader, Xlsx, open_workbook_from_rs};
use kaowu::model::{ApplicationId, Points, Subject};
use kaowu::ops::entry::{self, Claim, Control, Save, Slot};
use kaowu::ops::exchange::lists::{Identity, LISTS, Manner, Style};
use kaowu::ops::prints::{FORMS, Form, Format, Scope};
use kaowu::ops::results::{ResultRow, outcomes};
use std::io::Cursor;

const ITEMS: &str = "items = [{ subject = \"theory\", groups = [{ code = \"a\", name = \"单选\", max = 60 }, \
     { code = \"b\", name = \"简答\", max = 40 }] }]";
/// Mark, groups, cover and remark that stand nowhere else.
const SECRETS: [&str; 5] = ["43.5", "31.5", "a=31.5", "56.5", "甲卷涂改"];

fn items() -> entry::Items {
    vec![("a".into(), Points::new(3150)), ("b".into(), Points::new(1200))]
}

fn typed(application: ApplicationId) -> Save {
    let mark = crate::marks::points("43.5");
    Save { items: Some(items()), remark: Some("甲卷涂改".into()), ..Save::new(application, Subject::Theory, mark) }
}

/// Typist A has claimed and typed the sealed theory bag, and an open practical one; B is signed on.
fn world() -> (Desk, Vec<ResultRow>, Vec<String>) {
    let mut desk = crate::marks::seated_with(ITEMS, 4);
    let people = outcomes(&desk.site, &Default::default()).unwrap();
    desk.does(&every_room());
    desk.sign_on("typist-a");
    let (pile, papers) = sealed_pile(&desk);
    desk.does(&Claim { session: pile.session, room: pile.room, slot: Slot::First });
    papers.iter().for_each(|paper| drop(desk.does(&typed(paper.application))));
    for pile in entry::piles(&desk.site).unwrap().iter().filter(|p| !p.is_sealed()) {
        for (paper, _) in entry::pile(&desk.site, pile).unwrap() {
            desk.does(&Save::new(paper.application, pile.subject, crate::marks::points("56.5")));
        }
    }
    desk.sign_on("typist-b");
    (desk, people, papers.into_iter().map(|p| p.script.unwrap()).collect())
}

/// The cells of a workbook row by row, or the page as it is.
fn text(format: Format, bytes: &[u8]) -> String {
    if format == Format::Html {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut all = book.sheet_names().join("\n");
    for (_, sheet) in book.worksheets() {
        for row in sheet.rows() {
            all.push('\n');
            all.extend(row.iter().map(|cell| format!("{cell}\t")));
        }
    }
    all
}

#[track_caller]
fn finds_no<S: AsRef<str>>(secrets: &[S], text: &str, place: &str) {
    for secret in secrets {
        assert!(!text.contains(secret.as_ref()), "{place} tells {}:\n{text}", secret.as_ref());
    }
}

fn who(person: &ResultRow) -> [String; 3] {
    [person.name.clone(), person.ticket.clone().unwrap(), person.id_number.clone()]
}

/// Nobody's name, ticket or identity number stands on a sheet with numbers of a sealed bag.
#[track_caller]
fn ties_nobody(text: &str, (people, numbers): (&[ResultRow], &[String]), place: &str) {
    if numbers.iter().any(|number| text.contains(number)) {
        people.iter().for_each(|person| finds_no(&who(person), text, place));
    }
}

fn scopes(bag: &str) -> Vec<Scope> {
    let session = Some("theory-1".to_owned());
    vec![
        Scope::default(),
        Scope { session: session.clone(), ..Scope::default() },
        Scope { session, room: Some(1), ..Scope::default() },
        Scope { room: Some(1), ..Scope::default() },
        Scope { bag: Some(bag.into()), ..Scope::default() },
    ]
}

/// Every form, in every scope, as page and as workbook.
#[test]
fn no_print_tells_a_sealed_mark_or_ties_a_number_to_a_person_s0_23_s0_24() {
    let (mut desk, people, numbers) = world();
    let bag = sealed_pile(&desk).0.bag.unwrap();
    for reader in ["typist-b", "reviewer", "proctor", "coordinator", "auditor"] {
        desk.sign_on(reader);
        let (mut printed, mut with_numbers) = (0, 0);
        for (form, scope) in FORMS.iter().flat_map(|form| scopes(&bag).into_iter().map(move |scope| (form, scope))) {
            for format in [Format::Html, Format::Xlsx] {
                let Ok(made) = form.print(&desk.site, &scope, format) else { continue };
                let (text, place) = (text(format, &made.bytes), format!("{reader} {} {scope:?} {format:?}", form.name));
                finds_no(&SECRETS, &text, &place);
                // A whole session of bags and open rooms has a page for each: those are told apart below.
                if scope.session.is_some() || scope.bag.is_some() {
                    ties_nobody(&text, (&people, &numbers), &place);
                }
                printed += 1;
                with_numbers += usize::from(text.contains(&numbers[0]));
            }
        }
        assert!(printed > 20, "{reader}: {printed}");
        let sheets = matches!(reader, "typist-b" | "coordinator");
        assert_eq!(with_numbers > 0, sheets, "{reader}: the search reads sheets that have numbers");
    }
}

/// Of the whole batch's sheets, the rows with a number have no name.
#[test]
fn sheets_of_the_whole_batch_keep_numbers_and_names_on_other_lines() {
    let (desk, people, numbers) = world();
    let made = Form::find("score-sheet").unwrap().print(&desk.site, &Scope::default(), Format::Html).unwrap();
    let text = text(Format::Html, &made.bytes);
    let rows: Vec<&str> = text.split("<tr").filter(|row| numbers.iter().any(|n| row.contains(n))).collect();
    assert_eq!(rows.len(), numbers.len());
    rows.iter().for_each(|row| ties_nobody(row, (&people, &numbers), "a line"));
}

/// Every list as CSV and as workbook; the journal's list names a number, never with a person.
#[test]
fn no_list_tells_a_sealed_mark_or_ties_a_number() {
    let (mut desk, people, numbers) = world();
    for reader in ["typist-b", "proctor", "reviewer", "coordinator", "auditor"] {
        desk.sign_on(reader);
        let words = |key: &str| key.to_owned();
        let manner = Manner { style: Style::People, identity: Identity::Full, words: &words };
        for list in LISTS {
            let place = format!("{reader} {}", list.what);
            let Ok((csv, _)) = list.write(&desk.site, &manner, Vec::new()) else { continue };
            let csv = String::from_utf8_lossy(&csv).into_owned();
            finds_no(&SECRETS, &csv, &place);
            csv.lines().for_each(|line| ties_nobody(line, (&people, &numbers), &place));
            let mut book = Cursor::new(Vec::new());
            list.write_xlsx(&desk.site, &manner, &mut book).unwrap();
            let book = text(Format::Xlsx, book.get_ref());
            finds_no(&SECRETS, &book, &place);
            book.lines().for_each(|line| ties_nobody(line, (&people, &numbers), &place));
        }
    }
}

/// Progress, claims, covers and refusals: counts and bags, nobody's values, and no room of a sealed bag.
#[test]
fn progress_and_claims_tell_no_value_and_no_room() {
    let (mut desk, people, numbers) = world();
    let (pile, papers) = sealed_pile(&desk);
    let bags = serde_json::to_value(entry::bag_progress(&desk.site).unwrap()).unwrap();
    let own = bags.as_array().unwrap().iter().find(|b| b["bag"] == pile.bag.clone().unwrap().as_str()).unwrap();
    assert!(own["room_number"].is_null() && own["room"].is_null(), "{own}");
    let typists = serde_json::to_string(&entry::typist_progress(&desk.site).unwrap()).unwrap();
    assert!(!typists.contains("typist-a"), "{typists}");
    let control = serde_json::to_string(&entry::control(&desk.site, pile.session, pile.room).unwrap()).unwrap();
    for (text, place) in [(&bags.to_string(), "bags"), (&typists, "typists"), (&control, "cover")] {
        finds_no(&SECRETS, text, place);
        ties_nobody(text, (&people, &numbers), place);
    }
    // What saving answers: which fields differ, never their values, and nobody's name.
    let second = Save {
        items: Some(vec![("a".into(), Points::whole(40)), ("b".into(), Points::whole(12))]),
        ..Save::new(papers[0].application, Subject::Theory, crate::marks::points("52"))
    };
    let warned = entry::warnings(&desk.site, papers[0].application, Subject::Theory, second.mark).unwrap();
    finds_no(&SECRETS, &format!("{warned:?}"), "warnings");
    let saved = desk.does(&Save { accepted: warned.iter().map(|w| w.code).collect(), ..second });
    let saved = format!("{saved:?}");
    finds_no(&SECRETS, &saved, "answer");
    people.iter().for_each(|person| finds_no(&who(person), &saved, "answer"));
    let cover = desk.try_to(&Control { session: pile.session, room: pile.room, papers: 4, total: Points::whole(999) });
    finds_no(&SECRETS, &format!("{:?}", cover.err()), "a cover that cannot be");
    for (page, keys) in [("entry", "ctrl-v"), ("entry", "enter")] {
        let mut screen = Screen::sized(desk, page, kaowu::text::Lang::Chinese, (120, 40));
        finds_no(&SECRETS, &screen.press(keys).draw().0, page);
        desk = Desk::after(screen).signed("typist-b");
    }
}

/// The journal's lines and details of everybody, by every reader: no value, and no name beside a number.
#[test]
fn the_journal_ties_nobody_to_a_number() {
    let (mut desk, people, numbers) = world();
    for reader in ["typist-b", "proctor", "auditor", "coordinator", "typist-a"] {
        desk.sign_on(reader);
        let all = kaowu::ops::history::page(&desk.site, &Default::default(), None, 500).unwrap();
        for line in &all {
            let detail = kaowu::ops::history::detail(&desk.site, line.operation).unwrap();
            let text = serde_json::to_string(&(line, &detail)).unwrap();
            let of_entry = line.kind.starts_with("entry.") || line.kind.starts_with("script.");
            if of_entry && reader != "typist-a" {
                finds_no(&SECRETS, &text, &format!("{reader} {}", line.kind));
            }
            ties_nobody(&text, (&people, &numbers), &format!("{reader} {}", line.kind));
        }
    }
}

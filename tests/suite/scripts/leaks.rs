//! What one typist wrote is looked for in everything that another one can reach.
//!
//! Typist A enters values that stand nowhere else, in a room under script numbers and in another part without; then
//! typist B signs on, and every pane, page, command and message is searched for them, and for whose the numbers are.
use super::{every_room, sealed_pile};
use crate::harness::{Desk, Screen, Shell, stands};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, FixedClock, Stamp, Subject};
use kaowu::ops::entry::Save;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{Access, Site, entry, history};
use kaowu::tui::panes::{PAGES, PANES};

/// Marks that nothing else on a screen looks like.
const SEALED_MARK: &str = "43.5";
const OPEN_MARK: &str = "58.5";
const REMARK: &str = "涂改痕迹甲";
const SECRETS: [&str; 7] = [SEALED_MARK, "43.50", "4350", OPEN_MARK, "58.50", "5850", REMARK];

fn typed(application: ApplicationId, subject: Subject, mark: &str) -> Save {
    let mark = crate::marks::points(mark);
    Save { remark: Some(REMARK.into()), ..Save::new(application, subject, mark) }
}

/// Typist A has typed everybody's theory under numbers, and everybody's practical without.
fn world(desk: &mut Desk) {
    desk.does(&every_room());
    desk.sign_on("typist-a");
    for paper in sealed_pile(desk).1 {
        desk.does(&typed(paper.application, Subject::Theory, SEALED_MARK));
    }
    for pile in entry::piles(&desk.site).unwrap().iter().filter(|p| !p.is_sealed()) {
        for (paper, _) in entry::pile(&desk.site, pile).unwrap() {
            desk.does(&typed(paper.application, pile.subject, OPEN_MARK));
        }
    }
    desk.sign_on("typist-b");
}

#[track_caller]
fn finds_no(secrets: &[&str], text: &str, place: &str) {
    for secret in secrets {
        assert!(!stands(text, secret), "{place} tells {secret}:\n{text}");
    }
}

/// The search itself would find a value: typist A sees their own.
#[test]
fn the_values_are_there_to_be_found() {
    let mut desk = Desk::seated(4);
    world(&mut desk);
    desk.sign_on("typist-a");
    assert!(stands(&Screen::open(desk, "entry").press("enter").draw().0, SEALED_MARK));
}

#[test]
fn no_screen_tells_a_second_typist_the_first_values_s0_24() {
    let mut desk = Desk::seated(4);
    world(&mut desk);
    let mut screen = Screen::sized(desk, "entry", kaowu::text::Lang::Chinese, (120, 40));
    for (at, tab) in PANES.iter().enumerate() {
        for keys in ["", "enter", "f1", "/", "v", "d", "down enter", "ctrl-o"] {
            screen =
                Screen::sized(Desk::after(screen).signed("typist-b"), tab.id, kaowu::text::Lang::Chinese, (120, 40));
            screen.press(keys);
            finds_no(&SECRETS, &screen.draw().0, &format!("pane {at} {} {keys}", tab.id));
            screen.press("enter down enter");
            finds_no(&SECRETS, &screen.draw().0, &format!("pane {at} {} {keys} enter", tab.id));
        }
    }
    for (place, page) in PAGES.iter().enumerate() {
        for keys in ["", "enter", "f1", "v", "down", "m"] {
            screen =
                Screen::sized(Desk::after(screen).signed("typist-b"), "entry", kaowu::text::Lang::Chinese, (120, 40));
            screen.press("ctrl-v").press(&"down ".repeat(place)).press("enter").press(keys);
            finds_no(&SECRETS, &screen.draw().0, &format!("page {} {keys}", page.id));
        }
    }
}

/// A sealed pile in front of the typist has nobody's name, ticket or identity number, and saving answers with none.
#[test]
fn a_sealed_pile_names_nobody_s0_23() {
    let mut desk = Desk::seated(4);
    let people = kaowu::ops::results::outcomes(&desk.site, &Default::default()).unwrap();
    world(&mut desk);
    let (pile, papers) = sealed_pile(&desk);
    let json = serde_json::to_string(&(&pile, &papers)).unwrap();
    let mut screen = Screen::open(desk, "entry");
    screen.app.site.choose_batch(None).unwrap();
    let sealed = entry::piles(&screen.app.site).unwrap().iter().position(entry::Pile::is_sealed).unwrap();
    screen.press(&"up ".repeat(10)).press(&"down ".repeat(sealed));
    let drawn = screen.press("enter").draw().0;
    assert!(drawn.contains(papers[0].script.as_deref().unwrap()), "{drawn}");
    let saved = screen.type_text("71").press("enter").draw().0;
    assert!(saved.contains("不一致") || saved.contains("已保存"), "{saved}");
    for person in &people {
        let who = [person.name.as_str(), person.ticket.as_deref().unwrap(), person.id_number.as_str()];
        for (text, place) in [(&json, "json"), (&drawn, "pile"), (&saved, "answer")] {
            finds_no(&who, text, place);
        }
    }
    finds_no(&["\"application\"", "\"room_id\"", "\"room\"", "\"seat\""], &json, "json");
}

/// The journal: nobody reads the changes, the list names the number, and a search by person does not find the entry.
#[test]
fn the_journal_names_the_number_and_finds_it_under_no_name() {
    let mut desk = Desk::seated(4);
    let people = kaowu::ops::results::outcomes(&desk.site, &Default::default()).unwrap();
    world(&mut desk);
    let numbers: Vec<_> = sealed_pile(&desk).1.into_iter().map(|p| p.script.unwrap()).collect();
    for who in ["typist-b", "typist-a", "coordinator", "auditor"] {
        desk.sign_on(who);
        let all = history::page(&desk.site, &history::Filter::default(), None, 500).unwrap();
        let saves: Vec<_> = all.iter().filter(|o| o.kind == "entry.save").collect();
        let under =
            saves.iter().filter(|o| o.subject.as_ref().is_some_and(|s| numbers.contains(s))).collect::<Vec<_>>();
        assert_eq!(under.len(), 4);
        for op in under {
            assert!(history::detail(&desk.site, op.operation).unwrap().hidden, "{who}");
        }
        let draw = all.iter().find(|o| o.kind == "script.draw").unwrap();
        assert!(history::detail(&desk.site, draw.operation).unwrap().hidden, "{who}");
        let of = |kind: &str| history::Filter { kind: Some(kind.into()), ..Default::default() };
        for person in &people {
            let found = history::filter_for(&desk.site, person.ticket.as_deref().unwrap(), of("entry.save")).unwrap();
            let found = history::page(&desk.site, &found, None, 500).unwrap();
            assert!(found.iter().all(|o| o.subject.as_deref() == Some(person.name.as_str())), "{who} {found:?}");
        }
    }
}

/// Commands that only read.
const READS: [&str; 22] = [
    "score progress",
    "score progress --by bag",
    "score progress --by typist",
    "score differences",
    "log",
    "log --kind entry",
    "result list",
    "result board",
    "result missing",
    "script list",
    "script map --session theory-1",
    "checkin list --session theory-1",
    "info",
    "doctor",
    "application list",
    "session list",
    "room list",
    "export scores --out scores.csv",
    "export scores --out -",
    "export results --out -",
    "export site --out site.kaowu",
    "backup",
];

/// Reading commands of a second typist, in words and as JSON, and what saving other values answers.
#[test]
fn no_command_tells_a_second_typist_the_first_values() {
    let (shell, tickets) = Shell::seated(4);
    for who in ["typist-a", "typist-b"] {
        shell.run(&format!("operator add {who} --role typist")).done();
    }
    let clock = FixedClock::at(Stamp::parse(crate::harness::desk::MORNING).unwrap());
    let mut site = Site::open(&shell.path("site.db"), Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
    site.choose_batch(None).unwrap();
    let all = kaowu::ops::upkeep::operators(&site).unwrap();
    let first = all.into_iter().find(|o| o.os_user.is_some()).unwrap().name;
    sign_on(&mut site, &Credential::Named { name: &first, pin: None, os_user: None }).unwrap();
    let mut desk = Desk::of(site);
    desk.site.perform(&every_room()).unwrap();
    sign_on(&mut desk.site, &Credential::Named { name: "typist-a", pin: None, os_user: None }).unwrap();
    for paper in sealed_pile(&desk).1 {
        let warned = entry::warnings(&desk.site, paper.application, Subject::Theory, crate::marks::points(SEALED_MARK));
        let accepted = warned.unwrap().iter().map(|w| w.code).collect();
        desk.does(&Save { accepted, ..typed(paper.application, Subject::Theory, SEALED_MARK) });
    }
    let numbers: Vec<_> = sealed_pile(&desk).1.into_iter().map(|p| p.script.unwrap()).collect();
    drop(desk);
    let last = shell.run("log --json --limit 1").done().json()[0]["operation"].as_i64().unwrap();
    let mut reads: Vec<String> = READS.map(str::to_owned).into();
    reads.extend((last - 6..=last).map(|op| format!("log show {op}")));
    reads.extend(tickets.iter().map(|t| format!("score show {t}")));
    reads.extend(numbers.iter().map(|n| format!("score show --script {n}")));
    reads.push(format!("score enter --script {} --subject theory 21", numbers[0]));
    reads.push(format!("score enter --script {} --subject theory 66.5", numbers[1]));
    reads.push(format!("score enter --script {} --subject theory 66.5 --accept", numbers[1]));
    for read in &reads {
        for format in ["", "--json"] {
            let answer = shell.run(&format!("--as typist-b {read} {format}"));
            assert_ne!(answer.status, 2, "{read}: the search must not stop at the command's own form\n{}", answer.err);
            finds_no(&SECRETS, &format!("{}{}", answer.out, answer.err), read);
        }
    }
    // The list of marks has settled ones only, and none of a sealed bag; the whole site has every entry.
    finds_no(&SECRETS, &std::fs::read_to_string(shell.path("scores.csv")).unwrap(), "the list of marks");
    assert!(!shell.path("site.kaowu").exists(), "a typist took the whole site along");
}

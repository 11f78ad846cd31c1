//! `kaowu score` in the real program.
use crate::harness::Shell;
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::demo::people;
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{Access, Site};

/// A home with 40 people seated, two typists and a coordinator, and their tickets by seat: one below level 2, one at
/// level 2 or 1.
fn world() -> (Shell, String, String) {
    let shell = Shell::with_batch();
    for (name, role) in [("typist-a", "typist"), ("typist-b", "typist"), ("chief", "coordinator"), ("watch", "auditor")]
    {
        shell.run(&format!("operator add {name} --role {role}")).done();
    }
    let clock = FixedClock::at(Stamp::parse(crate::harness::desk::MORNING).unwrap());
    shell.run("operator add approver --role coordinator --unit 就促会").done();
    let mut site = Site::open(&shell.path("site.db"), Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
    sign_on(&mut site, &Credential::Named { name: "chief", pin: None, os_user: None }).unwrap();
    site.choose_batch(None).unwrap();
    let codes = site.codes().unwrap();
    let mut sheet = people::HEADINGS.join(",");
    for row in people::rows(&codes, 1, 40) {
        sheet.push('\n');
        sheet.push_str(&row.join(","));
    }
    let path = shell.path("sheet.csv");
    std::fs::write(&path, sheet).unwrap();
    let source = Source { path, name: "sheet.csv".into(), ..Source::default() };
    let assets = Assets::default();
    site.perform(&Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None }).unwrap();
    crate::harness::desk::review_everybody(&mut site);
    site.perform(&Arrange { seed: 1 }).unwrap();
    let piles = kaowu::ops::entry::piles(&site).unwrap();
    let papers = kaowu::ops::entry::pile(&site, &piles[0]).unwrap();
    let ticket = |technician: bool| {
        let found = papers.iter().find(|(p, _)| p.level.is_technician() == technician).unwrap();
        found.0.ticket().unwrap().to_owned()
    };
    (shell, ticket(false), ticket(true))
}

#[test]
fn marks_are_entered_shown_and_settled_from_the_command_line() {
    let (shell, ticket, _) = world();
    let enter = |who: &str, mark: &str| shell.run(&format!("score enter {ticket} --subject theory {mark} --as {who}"));
    assert!(enter("typist-a", "８６．５").done().err.contains("86.5"));
    assert_eq!(enter("typist-a", "86.5").status, 1);
    let told = enter("typist-b", "85.5").done().err;
    assert!(told.contains("两次不一致") && !told.contains("86.5"), "{told}");
    let undo = shell.run("undo --as typist-b --reason 试");
    assert!(undo.status == 1 && undo.err.contains("请考务主管退回"), "{}", undo.err);
    let seen = shell.run(&format!("score show {ticket} --as typist-b")).done().out;
    assert!(seen.contains("85.5") && !seen.contains("86.5"), "{seen}");
    let both = shell.run("score differences --as chief --json").done().json();
    assert_eq!((&both[0]["first"]["mark"], &both[0]["second"]["mark"]), (&"86.5".into(), &"85.5".into()));
    assert_eq!(shell.run("score differences --as typist-a").status, 1);
    let settle = format!("score settle {ticket} --subject theory --as chief --reason 核对");
    assert_eq!(shell.run(&settle).status, 1);
    assert_eq!(shell.run(&format!("{settle} --keep 3")).status, 2);
    shell.run(&format!("{settle} --send-back 2")).done();
    assert!(enter("typist-b", "86.5").done().err.contains("两次一致"));
    let shown = shell.run(&format!("score show {ticket} --json --as watch")).done().json();
    assert_eq!(shown["subjects"][0]["mark"], "86.5");
    assert_eq!(shell.run("score progress --json").done().json()[0]["settled"], 1);
}

/// S0-26, S0-27, S1-23: 0, absent, missing and not required, side by side in one answer.
#[test]
fn zero_absent_and_not_required_read_differently_s0_26_s0_27_s1_23() {
    let (shell, ticket, technician) = world();
    for who in ["typist-a", "typist-b"] {
        shell.run(&format!("score enter {ticket} --subject theory 0 --accept --as {who}")).done();
        shell.run(&format!("score enter {ticket} --subject practical absent --as {who}")).done();
    }
    let shown = shell.run(&format!("score show {ticket} --json")).done().json();
    let part = |n: usize| (shown["subjects"][n]["state"].clone(), shown["subjects"][n]["mark"].clone());
    assert_eq!(part(0), ("settled".into(), "0".into()));
    assert_eq!(part(1), ("settled".into(), "absent".into()));
    assert_eq!(part(2), ("not_required".into(), serde_json::Value::Null));
    let words = shell.run(&format!("score show {ticket}")).done().out;
    assert!(words.contains(" 0 ") && words.contains("缺考") && words.contains("不要求"), "{words}");
    let none = shell.run(&format!("score enter {ticket} --subject review 80 --as typist-a --json"));
    assert!(none.status == 1 && none.err.contains("entry.not_required"), "{}", none.err);
    let words = shell.run(&format!("score show {technician}")).done().out;
    assert!(words.contains("未登") && !words.contains("不要求"), "{words}");
    let panel = shell.run(&format!("score enter {technician} --subject review 80 --as typist-a --json"));
    assert!(panel.err.contains("entry.by_panel"), "{}", panel.err);
}

#[test]
fn a_list_from_standard_input_is_answered_line_by_line() {
    let (shell, ticket, other) = world();
    let lines = format!("\u{feff}{ticket},80\r\n\n{other}，缺考\r\n123,80\n{ticket},81\n{other},\n");
    let answer = shell.run_args(&["score", "enter", "-", "--subject", "theory", "--as", "typist-a", "--json"], &lines);
    assert_eq!(answer.status, 3, "{}", answer.err);
    let all = answer.json();
    let told = |n: usize| all[n]["error"]["code"].clone();
    assert_eq!((&all[0]["outcome"], &all[1]["mark"]), (&"waits".into(), &"absent".into()));
    assert_eq!(
        (told(2), told(3), told(4)),
        ("entry.unknown_ticket".into(), "entry.same_operator".into(), "entry.not_a_mark".into())
    );
}

/// Each sentence names its ticket, in the table and beside it; a code is for machines.
#[test]
fn a_doubt_about_a_line_names_its_ticket() {
    let (shell, ticket, _) = world();
    let args = ["score", "enter", "-", "--subject", "theory", "--as", "typist-a"];
    let answer = shell.run_args(&args, &format!("{ticket},5\n"));
    assert_eq!(answer.status, 3);
    let told = format!("{ticket} 未保存：成绩低于 20 分");
    assert!(answer.err.contains(&told) && answer.out.contains(&told), "{} {}", answer.out, answer.err);
    assert!(!answer.out.contains("mark.low"), "{}", answer.out);
    let json = shell.run_args(&[&args[..], &["--json"]].concat(), &format!("{ticket},5\n")).json();
    assert_eq!(json[0]["error"]["code"], "entry.warnings");
    assert!(shell.run_args(&[&args[..], &["--accept"]].concat(), &format!("{ticket},5\n")).status == 0);
}

/// A bag from its claim to its cover, and a roster as the second entries (S1-36).
#[test]
fn a_bag_is_claimed_typed_imported_and_held_against_its_cover_s1_36() {
    let (shell, ticket, _) = world();
    let piles = shell.run("score progress --json").done().json();
    let at = format!("--session {} --room {}", piles[0]["session_code"].as_str().unwrap(), piles[0]["room_number"]);
    shell.run(&format!("score claim {at} --as typist-a")).done();
    let taken = shell.run(&format!("score enter {ticket} --subject theory 80 --as typist-b"));
    assert!(taken.status == 1 && taken.err.contains("typist-a"), "{}", taken.err);
    shell.run(&format!("score release {at} --as chief --reason 换人")).done();
    let odd = format!("score enter {ticket} --subject theory 80 --as typist-b --remark 涂改");
    assert_eq!(shell.run(&format!("{odd} --items a=40")).status, 1);
    shell.run(&odd).done();
    let path = shell.path("marks.csv");
    std::fs::write(&path, format!("准考证号,理论\n{ticket},81\n填报人,\n")).unwrap();
    let session = piles[0]["session_code"].as_str().unwrap();
    let import = format!("import scores {} --session {session} --as typist-a", path.display());
    let dry = shell.run(&format!("{import} --dry-run --json")).done().json();
    assert_eq!((&dry["counts"]["second"], &dry["stored"]), (&1.into(), &false.into()));
    assert!(shell.run(&import).done().err.contains("第二次 1"));
    assert!(shell.run("score differences --as chief --json").done().out.contains("涂改"));
    let told = shell.run(&format!("score control {at} --papers 3 --total 240 --as typist-a")).done();
    assert!(told.err.contains("待定分") && told.out.contains("240"), "{} {}", told.out, told.err);
    let bags = shell.run("score progress --by bag --json").done().json();
    assert_eq!(bags[0]["control"], "waits");
    let typists = shell.run("score progress --by typist --as chief").done().out;
    assert!(typists.contains("typist-a") && typists.contains("typist-b"), "{typists}");
    std::fs::write(&path, "准考证号,理论\n1,8o\n2,80\n").unwrap();
    let wrong = shell.run(&import);
    assert_eq!(wrong.status, 3);
    assert!(wrong.out.contains("8o") && wrong.err.contains("拒绝 2"), "{} {}", wrong.out, wrong.err);
}

/// S1-36: what is refused of a sheet goes back to whoever filled it, and comes in again once it is mended.
#[test]
fn refused_rows_of_a_sheet_are_written_with_their_reasons_s1_36() {
    let (shell, ticket, _) = world();
    let piles = shell.run("score progress --json").done().json();
    let session = piles[0]["session_code"].as_str().unwrap();
    let (path, back) = (shell.path("marks.csv"), shell.path("refused.csv"));
    let (bytes, _, _) = encoding_rs::GB18030.encode("准考证号,姓名,理论\n1,无此人,8o\n");
    std::fs::write(&path, [&bytes[..], format!("{ticket},,81\n").as_bytes()].concat()).unwrap();
    let import = |file: &std::path::Path| {
        format!("import scores {} --session {session} --as typist-a --refused {}", file.display(), back.display())
    };
    let wrong = shell.run(&format!("{} --json", import(&path)));
    assert_eq!(wrong.status, 3);
    assert_eq!(wrong.json()["encoding"], "GB18030");
    let written = std::fs::read_to_string(&back).unwrap();
    assert!(written.contains("无此人") && written.contains("8o") && written.contains("原因"), "{written}");
    assert!(!written.contains(&ticket), "the good row is not in it: {written}");
    assert_eq!(shell.run(&format!("{} --json", import(&back))).status, 1, "never over the sheet itself");
    let mended = shell.path("mended.csv");
    std::fs::write(&mended, written.replace("8o", "80").replace("1,无此人", &format!("{ticket},"))).unwrap();
    let again = shell.run(&format!("{} --json", import(&mended)));
    assert_eq!((again.status, &again.json()["encoding"]), (0, &"UTF-8".into()), "{}", again.err);
}

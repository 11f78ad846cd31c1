//! A sixth notice is a new file: written, checked, adopted, and a candidate goes the whole way under it. No code knows it.
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Level, Mark, Points, Stamp, Subject};
use kaowu::ops::applications::{self, RecordFee};
use kaowu::ops::batch::{self, Open, sessions};
use kaowu::ops::certificates::Number;
use kaowu::ops::checkin::{self, Admit};
use kaowu::ops::demo::people;
use kaowu::ops::entry::Save;
use kaowu::ops::occupations::offered;
use kaowu::ops::policies::{Adopt, check_file, find, of_batch, read_file};
use kaowu::ops::results::{Filter, Outcome, outcomes};
use kaowu::ops::seating::Arrange;
use kaowu::policy::routes;
use kaowu::policy::stamps::StampBy;
use kaowu::policy::windows::WindowKind;
use std::path::Path;

/// 2025, another region: reindeer herders, a pass mark of 70 in theory, two stamps, a photo of its own, tickets by
/// serial with a check digit, a door that opens an hour before, publicity of three days.
const SIXTH: &str = r#"
format = 1
inherits = "base"

[notice]
code = "genhe-2025"
issuer = "根河市人力资源和社会保障局"
document = "根人社发〔2025〕6号"
date = 2025-03-03
title = "2025年度驯鹿饲养技能等级认定"
year = 2025
basis = ["根人社发〔2025〕1号"]

[windows]
registration = [{ start = 2025-03-10T09:00:00, end = 2025-03-20T17:00:00 }]
payment = [{ start = 2025-03-24, end = 2025-03-26 }]
ticket_printing = [{ start = 2025-05-06, end = 2025-05-09 }]

[applicants]
category = "public"
regions = ["150785"]

[occupations]
catalogue = "reindeer"
adjustable = true
conditions = "gb-2023"

[[routes]]
kind = "first"
levels = [5, 4]

[[routes]]
kind = "promotion"

[[materials]]
code = "form"
signed = true

[[materials]]
code = "photo"

[photo]
formats = ["png"]
background = "blue"
file_name = "{identity}-{name}"
pixels = { width = 358, height = 441 }

[stamps]
chain = ["employer", "county"]

[reviews]
steps = [{ step = "first", by = "county" }]

[subjects]
practical = "hands_on"
review = "none"
required = [{ levels = [5, 4, 3], parts = ["theory", "practical"] }]

[[sessions]]
code = "morning"
subject = "theory"
start = 2025-05-10T09:00:00
end = 2025-05-10T10:00:00

[[sessions]]
code = "herd"
subject = "practical"
start = 2025-05-10T13:00:00

[gates]
opens_before_min = 60
late_limit_min = 5
earliest_leave_min = 20

[seating]
rows = 4
columns = 2
max_per_room = 8

[ticket]
template = "{yyyy}{mm}{dd}-{level:1}{serial:4}{check}"

[marking]
step = 10

[passing]
theory = 70

[payment]
after_second_review = false

[[fees]]
code = "registration"
amount = 2500

[publicity]
days = 3

[certificate]
issuer = "根河市职业技能评价中心"

[[deadlines]]
code = "handbook"
before_first_exam = 5

[[deadlines]]
code = "results"
after_last_exam = 15

[[sanctions]]
act = "cheating"
effects = ["lose_exam"]
barred_years = 2
"#;

const CATALOGUE: &str = "no,name,code,levels\n1,驯鹿饲养员,5-03-01-09,543\n";

fn written(folder: &Path, text: &str) -> std::path::PathBuf {
    let file = folder.join("genhe-2025.toml");
    std::fs::write(&file, text).unwrap();
    file
}

/// A site whose data folder holds the catalogue and nothing else.
fn site() -> (tempfile::TempDir, Assets, Desk) {
    let data = tempfile::tempdir().unwrap();
    std::fs::create_dir(data.path().join("codes")).unwrap();
    std::fs::write(data.path().join("codes/reindeer.csv"), CATALOGUE).unwrap();
    let assets = Assets::new(Some(data.path().to_owned()));
    let desk = Desk::with_assets(assets.clone());
    (data, assets, desk)
}

fn now(desk: &Desk, text: &str) {
    desk.clock().set(Stamp::parse(&format!("{text}:00+08:00")).unwrap());
}

/// One made-up applicant at level five; the rest of the row is as the generator makes it.
fn row(n: usize) -> people::Row {
    let assets = Assets::default();
    let codes = kaowu::bundle::codes::Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut row = people::rows(&codes, 3, n + 1).pop().unwrap();
    let mut set = |heading: &str, value: &str| {
        let at = people::HEADINGS.iter().position(|h| *h == heading).unwrap();
        value.clone_into(&mut row[at]);
    };
    for (heading, value) in [
        ("职业工种名称", "驯鹿饲养员"),
        ("认定等级", "五级/初级工"),
        ("是否有职业资格证书", "否"),
        ("证书等级", ""),
        ("证书编号", ""),
        ("认定分类", "初次认定"),
    ] {
        set(heading, value);
    }
    row
}

#[test]
fn its_faults_are_named_before_it_is_adopted() {
    let (_data, assets, desk) = site();
    let folder = tempfile::tempdir().unwrap();
    let spoiled = SIXTH
        .replace("theory = 70", "theory = 170")
        .replace("kind = \"promotion\"", "kind = \"promotoin\"")
        .replace("end = 2025-03-20T17:00:00", "end = 2025-03-09")
        .replace("{serial:4}", "{number:4}")
        .replace("catalogue = \"reindeer\"", "catalogue = \"elk\"");
    let file = written(folder.path(), &spoiled);
    let line = |part: &str| spoiled.lines().position(|l| l.contains(part)).unwrap() + 1;
    // What cannot be read hides what makes no sense: two passes, as somebody mending the file would make them.
    let told = |file: &Path| -> Vec<String> {
        let faults = check_file(&assets, file).unwrap().1;
        faults.iter().map(|f| format!("{} {} {}", f.line, f.field, f.problem.code)).collect()
    };
    let first = told(&file);
    assert!(first.contains(&format!("{} routes[1].kind unknown_choice", line("promotoin"))), "{first:?}");
    let mended = spoiled.replace("promotoin", "promotion");
    let mut second = told(&written(folder.path(), &mended));
    second.sort();
    let mut expected = [
        format!("{} passing.theory out_of_range", line("theory = 170")),
        format!("{} windows.registration[0].end end_before_start", line("registration =")),
        format!("{} ticket.template placeholder", line("template =")),
        format!("{} occupations.catalogue unknown_catalogue", line("catalogue =")),
    ];
    expected.sort();
    assert_eq!(second, expected);
    assert!(read_file(&assets, &file).is_err() && find(Some(&desk.site), &assets, "genhe-2025").is_err());
}

#[test]
fn a_candidate_goes_the_whole_way_under_it() {
    let (_data, assets, mut desk) = site();
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), SIXTH);
    assert_eq!(check_file(&assets, &file).unwrap().1, []);
    now(&desk, "2025-03-10T09:00");
    desk.does(&Adopt { file: "genhe-2025.toml".into(), policy: read_file(&assets, &file).unwrap() });
    drop(folder);
    let policy = find(Some(&desk.site), &assets, "genhe-2025").unwrap();
    desk.does(&Open { code: "genhe".into(), name: "驯鹿".into(), policy });
    desk.site.choose_batch(None).unwrap();
    rules_of_the_notice(&desk);
    let two = [row(0), row(1)];
    desk.sheet_with(&two, &assets);
    assert_eq!(desk.refused(&Arrange { seed: 1 }), "seating.nobody_approved");
    desk.reviewed();
    now(&desk, "2025-03-24T10:00");
    desk.does(&RecordFee::All);
    let arranged = desk.does(&Arrange { seed: 1 });
    assert_eq!((arranged.people, arranged.rooms), (2, 1));
    let people: Vec<ApplicationId> = applications::lines(&desk.site, None).unwrap().iter().map(|l| l.id).collect();
    tickets(&desk, &people);
    through_the_door(&mut desk, &people);
    marks(&mut desk, &people);
    let rows = outcomes(&desk.site, &Filter::default()).unwrap();
    let outcome = |who: ApplicationId| rows.iter().find(|r| r.application == who).unwrap().outcome;
    // 69.9 would do under every other notice.
    assert_eq!(outcome(people[0]), Outcome::Passed);
    assert!(matches!(outcome(people[1]), Outcome::Failed { .. }));
    now(&desk, "2025-06-09T10:00");
    desk.sign_on("coordinator");
    desk.release();
    let numbered = desk.try_to(&Number { issued_on: "2025-06-09".parse().unwrap() });
    assert!(numbered.is_ok(), "{:?}", numbered.err());
}

/// What the pure rules say of it.
fn rules_of_the_notice(desk: &Desk) {
    let policy = desk.site.policy().unwrap();
    assert!(offered(&desk.site, "驯鹿饲养员", Level::Five).is_ok());
    assert!(offered(&desk.site, "电工", Level::Five).is_err());
    assert!(policy.windows.check(WindowKind::Registration, desk.site.now()).is_ok());
    assert!(policy.windows.check(WindowKind::Payment, desk.site.now()).is_err());
    assert!(routes::accepted(&policy.routes, kaowu::model::Route::First, Level::Three).is_err());
    assert_eq!(policy.stamps.chain, [StampBy::Employer, StampBy::County]);
    assert_eq!(policy.photo.named("王芳", "1"), "1-王芳");
    let dates = of_batch(&desk.site).unwrap();
    let due = |what: &str| dates.dates.iter().find(|d| d.what == what).unwrap().due.unwrap().to_string();
    // Labour Day: the Sunday before it is worked, five days of holidays follow.
    assert_eq!((due("deadline.handbook"), due("deadline.results")), ("2025-04-30".to_owned(), "2025-05-30".to_owned()));
    assert_eq!(batch::sessions(&desk.site).unwrap().len(), 2);
}

/// `20250510-` level, serial, check digit.
fn tickets(desk: &Desk, people: &[ApplicationId]) {
    let morning = sessions(&desk.site).unwrap()[0].id;
    let numbers =
        people.iter().map(|who| checkin::candidate(&desk.site, morning, *who).unwrap().unwrap().ticket.unwrap());
    let numbers: Vec<String> = numbers.collect();
    assert!(numbers.iter().all(|n| n.starts_with("20250510-5000") && n.len() == 15), "{numbers:?}");
    assert_ne!(numbers[0], numbers[1]);
    assert_eq!(desk.find(&numbers[0]), people[0]);
    assert_eq!(checkin::exactly(&desk.site, morning, &numbers[1]).unwrap(), people[1]);
}

/// Open an hour before; six minutes late is too late.
fn through_the_door(desk: &mut Desk, people: &[ApplicationId]) {
    let (morning, herd) = (sessions(&desk.site).unwrap()[0].id, sessions(&desk.site).unwrap()[1].id);
    let admit = |application, session| Admit::of(session, application);
    desk.sign_on("proctor");
    now(desk, "2025-05-10T07:59");
    assert_eq!(desk.refused(&admit(people[0], morning)), "checkin.too_early");
    now(desk, "2025-05-10T08:00");
    desk.does(&admit(people[0], morning));
    now(desk, "2025-05-10T09:06");
    assert_eq!(desk.refused(&admit(people[1], morning)), "checkin.too_late");
    now(desk, "2025-05-10T09:05");
    desk.does(&admit(people[1], morning));
    now(desk, "2025-05-10T12:30");
    people.iter().for_each(|who| {
        desk.does(&admit(*who, herd));
    });
}

/// 70 and 69.9 in theory, 60 for both in the other part; tenths of a point are allowed here.
fn marks(desk: &mut Desk, people: &[ApplicationId]) {
    now(desk, "2025-05-11T09:00");
    for typist in ["typist-a", "typist-b"] {
        desk.sign_on(typist);
        for (who, theory) in [(people[0], 7000), (people[1], 6990)] {
            for (subject, points) in [(Subject::Theory, theory), (Subject::Practical, 6000)] {
                let mark = Mark::Points(Points::new(points));
                desk.does(&Save::new(who, subject, mark));
            }
        }
    }
}

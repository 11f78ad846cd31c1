//! A person judges: what the program could not count, what is faulty and yet good, what came on paper.
use super::texts::{self, Font, essay};
use super::world::{Handed, PlantState, ZHANG, apply, common, desk, jpeg, lacking};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Level, Route};
use kaowu::ops::materials::{Judge, ReceivePaper, Standing, Verdict, checklist, one};
use kaowu::ops::{ApplicationState, history};

/// Somebody who handed in everything for a technician, the summary as a scan.
fn with_scan() -> (Desk, ApplicationId, Handed) {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Two);
    let handed = Handed::new();
    common(&handed).put(&format!("{}-{}.jpg", ZHANG.0, ZHANG.1), &jpeg(295, 413, 1000));
    handed.put("技术总结.pdf", &texts::scanned());
    let survey = one(&desk.site, handed.path(), zhang).unwrap();
    desk.does(&survey.check());
    (desk, zhang, handed)
}

fn row(desk: &Desk, application: ApplicationId, code: &str) -> i64 {
    let items = checklist(&desk.site, application).unwrap().items;
    items.into_iter().find(|item| item.material.code == code).unwrap().pieces[0].row.id
}

fn accept(application: ApplicationId, material: i64) -> Judge {
    let (characters, topics, note) = (None, Vec::new(), String::new());
    Judge { application, material, verdict: Verdict::Accept, characters, topics, note }
}

/// S0-18, S0-19, S1-18: a scan is counted by a person, who ticks the topics of the notice.
#[test]
fn a_scanned_summary_is_counted_by_a_person() {
    let (mut desk, zhang, _handed) = with_scan();
    assert_eq!(lacking(&desk.site, zhang).unwrap(), ["summary"]);
    let summary = row(&desk, zhang, "summary");
    desk.sign_on("reviewer");
    let judge = accept(zhang, summary);
    assert_eq!(desk.refused(&judge), "materials.count_needed");
    assert_eq!(desk.refused(&Judge { characters: Some(999), ..judge.clone() }), "materials.too_few");
    assert_eq!(desk.refused(&Judge { characters: Some(1000), ..judge.clone() }), "materials.topics_left");
    let topics: Vec<String> =
        ["业务水平", "解决技能问题和技术创新", "安全生产", "自我学习", "参加竞赛"].map(str::to_owned).to_vec();
    let four = Judge { characters: Some(1000), topics: topics[..4].to_vec(), ..judge.clone() };
    let error = desk.try_to(&four).unwrap_err();
    assert!(error.refusal().unwrap().to_string().contains("参加竞赛"));
    desk.does(&Judge { characters: Some(1000), topics: topics.clone(), ..judge });
    assert_eq!(lacking(&desk.site, zhang).unwrap(), Vec::<String>::new());
    let items = checklist(&desk.site, zhang).unwrap().items;
    let item = items.iter().find(|item| item.material.code == "summary").unwrap();
    assert_eq!((item.standing, item.pieces[0].judge.as_deref()), (Standing::Accepted, Some("reviewer")));
    assert_eq!(item.pieces[0].row.characters, Some(1000));
    assert_eq!(item.pieces[0].row.topics, Some(topics.join("\n")));
}

/// S1-19, S0-20: six topics for senior technicians; one left out needs a word.
#[test]
fn a_topic_may_be_left_out_with_a_reason() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::One);
    let handed = Handed::new();
    handed.put("总结.pdf", &texts::pdf(Font::Ucs2, &essay(1200)));
    desk.does(&one(&desk.site, handed.path(), zhang).unwrap().check());
    let judge = accept(zhang, row(&desk, zhang, "summary"));
    let error = desk.try_to(&judge).unwrap_err().refusal().unwrap().to_string();
    assert!(error.contains("传授技艺") && error.contains("安全生产"), "{error}");
    desk.does(&Judge { note: "近三年没有竞赛，其余已面询".into(), ..judge });
}

/// What a person judged outlives the next check; what nobody judged does not.
#[test]
fn judgements_stay() {
    let (mut desk, zhang, handed) = with_scan();
    let refuse = |material| Judge { verdict: Verdict::Refuse, note: "看不清".into(), ..accept(zhang, material) };
    let diploma = row(&desk, zhang, "education_certificate");
    assert_eq!(desk.refused(&Judge { note: "  ".into(), ..refuse(diploma) }), "materials.note_needed");
    desk.does(&refuse(diploma));
    desk.does(&accept(zhang, row(&desk, zhang, "pledge")));
    assert_eq!(lacking(&desk.site, zhang).unwrap(), ["education_certificate", "summary"]);
    // The very same file again is still refused; a better one is found beside it.
    let again = one(&desk.site, handed.path(), zhang).unwrap();
    desk.try_to(&again.check()).unwrap();
    assert_eq!(lacking(&desk.site, zhang).unwrap(), ["education_certificate", "summary"]);
    handed.put("学历证书.jpg", &jpeg(1600, 1200, 90_000));
    desk.does(&one(&desk.site, handed.path(), zhang).unwrap().check());
    assert_eq!(lacking(&desk.site, zhang).unwrap(), ["summary"]);
    let items = checklist(&desk.site, zhang).unwrap().items;
    assert_eq!(items[1].pieces.len(), 2);
    assert_eq!(items.iter().find(|i| i.material.code == "pledge").unwrap().standing, Standing::Accepted);
}

#[test]
fn faulty_files_are_taken_only_with_a_word() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    handed.put("张三_150699199001010017.jpg", &jpeg(295, 413, 1000));
    desk.does(&one(&desk.site, handed.path(), zhang).unwrap().check());
    let judge = accept(zhang, row(&desk, zhang, "photo"));
    assert_eq!(desk.refused(&judge), "materials.faulty");
    desk.does(&Judge { note: "已代为改名".into(), ..judge.clone() });
    assert_eq!(desk.refused(&Judge { material: 999, ..judge.clone() }), "materials.unknown_file");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&judge), "duty.either_role_needed");
    desk.sign_on("coordinator");
    desk.does(&PlantState(zhang, ApplicationState::Approved));
    assert_eq!(desk.refused(&judge), "materials.frozen");
}

/// S0-14, S1-14: the form comes in two copies. S4-26: paper for the exam day comes after the approval too.
#[test]
fn paper_is_received() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let paper =
        |code: &str, copies| ReceivePaper { application: zhang, code: code.into(), copies, note: String::new() };
    assert_eq!(desk.refused(&paper("form", 1)), "materials.copies_missing");
    assert_eq!(desk.refused(&paper("pledge", 0)), "materials.copies_missing");
    assert_eq!(desk.refused(&paper("summary", 1)), "materials.not_asked_for");
    desk.does(&paper("form", 2));
    assert_eq!(desk.refused(&paper("form", 2)), "materials.already_received");
    let items = checklist(&desk.site, zhang).unwrap().items;
    assert_eq!((items[0].standing, items[0].pieces[0].row.copies), (Standing::Accepted, Some(2)));
    desk.does(&PlantState(zhang, ApplicationState::Approved));
    assert_eq!(desk.refused(&paper("pledge", 1)), "materials.frozen");

    let mut day = super::world::desk("wushen-zwfw-2024");
    let li = apply(&mut day, Route::First, Level::Five);
    day.does(&PlantState(li, ApplicationState::Approved));
    day.sign_on("proctor");
    let paper = |code: &str| ReceivePaper { application: li, code: code.into(), copies: 1, note: String::new() };
    for code in ["identity", "education_certificate", "work_proof"] {
        day.does(&paper(code));
    }
    assert_eq!(day.refused(&paper("photo")), "materials.frozen");
    let on_the_day = checklist(&day.site, li).unwrap().items.into_iter().filter(|i| i.material.on_exam_day);
    let open: Vec<_> = on_the_day.filter(|i| !i.standing.is_settled()).map(|i| i.material.code).collect();
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn every_step_is_taken_back() {
    let (mut desk, zhang, _handed) = with_scan();
    let pledge = row(&desk, zhang, "pledge");
    let done = desk.try_to(&accept(zhang, pledge)).unwrap();
    desk.does(&history::Undo { op: done.op.unwrap(), reason: "看错了".into() });
    let items = checklist(&desk.site, zhang).unwrap().items;
    assert_eq!(items.iter().find(|i| i.material.code == "pledge").unwrap().standing, Standing::Found);
}

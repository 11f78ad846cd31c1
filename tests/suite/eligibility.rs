//! Evidence through the one door, the explanation, the pane by keys, the command.
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::{ApplicationId, CertificateClass, Day, Evidence, EvidenceKind, Relation};
use kaowu::ops::applications::Withdraw;
use kaowu::ops::eligibility::{
    AddEvidence, AmendEvidence, JudgeEvidence, Origin, Part, RemoveEvidence, Standing, check_all, explain, read,
    recorded,
};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::{ApplicationRow, ApplicationState, Operation, Result, Work};
use kaowu::store::rows;
use kaowu::text::Lang;
use serde::Serialize;

/// Sets columns of an application as a test needs them.
#[derive(Serialize)]
struct Plant {
    application: ApplicationId,
    #[serde(skip)]
    set: fn(&mut ApplicationRow),
}

impl Operation for Plant {
    const KIND: &'static str = "test.plant_application";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.application])?.unwrap();
        let mut after = before.clone();
        (self.set)(&mut after);
        work.tx.update(&before, &after)?;
        Ok(())
    }
}

const ONE: ApplicationId = ApplicationId(1);

/// The first person applies for level 4 by the first route, at work since 2015, eight years claimed.
fn desk() -> Desk {
    let mut desk = Desk::with_batch();
    desk.people(5);
    desk.does(&Plant {
        application: ONE,
        set: |row| {
            (row.occupation, row.occupation_name) = ("4-12-01-01".into(), "汽车维修工".into());
            row.level = kaowu::model::Level::Four;
            row.route = kaowu::model::Route::First;
            row.birth = Day::from_ymd_opt(1990, 1, 1);
            row.work_began = Day::from_ymd_opt(2015, 9, 20);
            row.years = Some(10);
            (row.has_certificate, row.certificate_level, row.certificate_no) = (Some(false), None, None);
            (row.education, row.diploma_no) = (None, None);
        },
    });
    desk
}

fn evidence(kind: EvidenceKind, parts: &[(Part, &str)]) -> Evidence {
    read(kind, &parts.iter().map(|(part, text)| (*part, (*text).to_owned())).collect::<Vec<_>>()).unwrap()
}

fn work(from: &str, to: &str) -> Evidence {
    evidence(EvidenceKind::Employment, &[(Part::From, from), (Part::To, to), (Part::Relation, "same")])
}

#[test]
fn evidence_is_recorded_amended_judged_removed_and_undone() {
    let mut desk = desk();
    let id = desk.does(&AddEvidence { application: ONE, evidence: work("2015-09-20", "") });
    desk.does(&JudgeEvidence { id, relation: Some(Relation::Related) });
    let longer = work("2014-01-01", "");
    desk.does(&AmendEvidence { id, evidence: longer, reason: "按社保记录".into() });
    let rows = recorded(&desk.site, ONE).unwrap();
    assert_eq!((rows.len(), rows[0].from_day), (1, Day::from_ymd_opt(2014, 1, 1)));
    // Before and after stand in the journal.
    let op = history::next_undo(&desk.site).unwrap();
    let changes = history::detail(&desk.site, op).unwrap().changes;
    let from = changes[0].fields.iter().find(|f| f.field == "from_day").unwrap();
    assert_eq!((from.before.as_deref(), from.after.as_deref()), (Some("2015-09-20"), Some("2014-01-01")));
    desk.does(&RemoveEvidence { id, reason: "重复登记".into() });
    assert!(recorded(&desk.site, ONE).unwrap().is_empty());
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "误删".into() });
    assert_eq!(recorded(&desk.site, ONE).unwrap().len(), 1);
}

#[test]
fn what_contradicts_itself_or_comes_too_late_is_refused() {
    let mut desk = desk();
    let mut add = |evidence: Evidence| desk.refused(&AddEvidence { application: ONE, evidence });
    assert_eq!(add(work("2020-01-02", "2020-01-01")), "evidence.ends_early");
    assert_eq!(add(work("2023-10-16", "")), "evidence.in_future");
    let mut odd = work("2020-01-01", "");
    odd.months = Some(3);
    assert_eq!(add(odd), "evidence.not_of_kind");
    let mut odd = evidence(EvidenceKind::Education, &[(Part::From, "2020-07-01")]);
    odd.class = Some("qualified".into());
    assert_eq!(add(odd), "evidence.unknown_class");
    assert_eq!(add(evidence(EvidenceKind::Title, &[])), "evidence.nothing_said");
    let id = desk.does(&AddEvidence { application: ONE, evidence: work("2015-09-20", "") });
    assert_eq!(desk.refused(&RemoveEvidence { id, reason: " ".into() }), "evidence.reason_needed");
    let amended = AmendEvidence { id, evidence: work("2015-01-01", ""), reason: String::new() };
    assert_eq!(desk.refused(&amended), "evidence.reason_needed");
    assert_eq!(desk.refused(&JudgeEvidence { id: 99, relation: None }), "evidence.unknown");
    let appraisal = evidence(EvidenceKind::Appraisal, &[(Part::From, "2022"), (Part::Class, "qualified")]);
    let other = desk.does(&AddEvidence { application: ONE, evidence: appraisal });
    assert_eq!(desk.refused(&JudgeEvidence { id: other, relation: None }), "evidence.nothing_to_judge");
    assert_eq!(
        desk.refused(&AddEvidence { application: ApplicationId(99), evidence: work("2015-09-20", "") }),
        "applications.unknown"
    );
}

#[test]
fn an_approved_application_is_frozen_and_roles_count() {
    let mut desk = desk();
    let id = desk.does(&AddEvidence { application: ONE, evidence: work("2015-09-20", "") });
    desk.does(&Plant { application: ONE, set: |row| row.state = ApplicationState::Approved });
    let add = AddEvidence { application: ONE, evidence: work("2010-01-01", "2011-01-01") };
    assert_eq!(desk.refused(&add), "evidence.frozen");
    assert_eq!(desk.refused(&RemoveEvidence { id, reason: "x".into() }), "evidence.frozen");
    assert_eq!(desk.refused(&JudgeEvidence { id, relation: None }), "evidence.frozen");
    desk.does(&Plant { application: ONE, set: |row| row.state = ApplicationState::Returned });
    desk.does(&add);
    desk.sign_on("proctor");
    assert!(desk.refused(&add).starts_with("duty."));
    // A typist records but does not judge.
    desk.sign_on("typist-a");
    desk.does(&AddEvidence { application: ONE, evidence: work("2011-01-02", "2012-01-01") });
    assert!(desk.refused(&JudgeEvidence { id, relation: None }).starts_with("duty."));
    desk.sign_on("coordinator");
    desk.does(&Withdraw { application: ONE, reason: "本人放弃".into() });
    assert_eq!(desk.refused(&add), "evidence.not_live");
}

/// S1-06, S1-56: years are computed; the claimed number stands beside with the difference.
#[test]
fn what_the_sheet_claims_is_used_as_a_claim_s1_06_s1_56() {
    let mut desk = desk();
    let e = explain(&desk.site, ONE).unwrap();
    assert_eq!((e.standing, e.evidence.len(), e.evidence[0].origin), (Standing::Undecidable, 1, Origin::Claimed));
    assert_eq!(e.reference, Day::from_ymd_opt(2023, 9, 19).unwrap());
    assert_eq!((e.years.claimed, e.years.counted.years, e.years.possible.years), (Some(10), 0, 8));
    let judged = Evidence { relation: Some(Relation::Same), ..e.evidence[0].evidence.clone() };
    desk.does(&AddEvidence { application: ONE, evidence: judged });
    let e = explain(&desk.site, ONE).unwrap();
    assert_eq!((e.standing, e.evidence[0].origin), (Standing::Met, Origin::Recorded));
    assert_eq!(e.branches[e.chosen.unwrap()].id, "2018-4-2");
    assert_eq!((e.years.counted.years, e.years.difference), (8, Some(2)));
}

/// S1-17: a certificate that is only claimed lacks its day and its relation, and both are named.
#[test]
fn a_claimed_certificate_names_what_to_ask_for_s1_17() {
    let mut desk = desk();
    desk.does(&Plant {
        application: ONE,
        set: |row| {
            (row.has_certificate, row.certificate_level) = (Some(true), Some(kaowu::model::Level::Five));
            row.certificate_no = Some("S000015150001205000001".into());
        },
    });
    let e = explain(&desk.site, ONE).unwrap();
    let branch = e.branches.iter().find(|b| b.id == "2018-4-1").unwrap();
    let json = serde_json::to_string(&branch.conditions[0].finding.missing).unwrap();
    assert_eq!(branch.standing, Standing::Undecidable);
    assert!(json.contains("\"from\"") && json.contains("\"relation\""), "{json}");
    assert_eq!(e.evidence[1].evidence.class.as_deref(), Some(CertificateClass::SkillLevel.code()));
}

#[test]
fn everybody_is_counted_by_the_same_judgement() {
    let mut desk = desk();
    desk.does(&AddEvidence { application: ONE, evidence: work("2015-09-20", "") });
    let all = check_all(&desk.site).unwrap();
    assert_eq!((all.lines.len(), all.met + all.not_met + all.undecidable), (5, 5));
    for line in &all.lines {
        let one = explain(&desk.site, line.application).unwrap();
        assert_eq!(one.standing, line.standing);
        assert_eq!(one.chosen.map(|at| one.branches[at].id.clone()), line.branch);
    }
    assert!(all.met >= 1);
}

fn open(desk: Desk, lang: Lang, size: (u16, u16)) -> Screen {
    let mut screen = Screen::sized(desk, "applications", lang, size);
    for _ in 0..5 {
        screen.press("enter").press("tab");
        if screen.text().contains("2015-09-20") {
            break;
        }
        screen.press("esc").press("down");
    }
    screen
}

#[test]
fn the_pane_shows_all_branches_and_judges_by_keys() {
    let mut screen = open(desk(), Lang::Chinese, (80, 24));
    screen.sees("待补证").sees("2018-4-1").sees("2018-4-2").sees("2018-4-3a").sees("2018-4-3b");
    screen.sees("自报10年").sees("2023-09-19").sees("通知").sees("判定相关性");
    // Judging the claim records it.
    screen.press("g").sees("与申报职业").press("enter").sees("已判定为本职业");
    screen.sees("✓ 符合 2018-4-2").sees("申报条件 四级（2）").sees("差+2");
    // A diploma by the form.
    screen.press("a").sees("登记哪一类佐证").press("down down enter").sees("学历：吴涛").sees("可选");
    screen
        .type_text("1")
        .press("enter")
        .type_text("2012-07-01")
        .press("enter enter")
        .type_text("2")
        .press("enter enter enter enter");
    screen.sees("已登记").sees("✓ 2018-4-3a").sees("技工学校");
    // Removed with a reason, and undone.
    screen
        .press("d")
        .sees("删除哪一项")
        .press("down enter")
        .type_text("登记错了")
        .press("enter")
        .sees("已删除")
        .sees("✗ 2018-4-3a");
    screen.press("v").sees("经评估论证").press("esc");
    screen.press("esc").sees("申报");
}

#[test]
fn the_pane_reads_well_in_english_and_corrects_with_a_reason() {
    let mut desk = desk();
    desk.does(&AddEvidence { application: ONE, evidence: work("2015-09-20", "") });
    let mut screen = open(desk, Lang::English, (80, 24));
    screen.sees("Eligible by 2018-4-2").sees("claimed 10 y (+2)");
    screen.press("e").sees("2015-09-20").press("ctrl-u").type_text("2019-09-20").press("f4").sees("Say why");
    screen
        .type_text("by the records")
        .press("enter")
        .sees("Corrected")
        .sees("Not eligible")
        .sees("2 y short of 6 years");
}

/// So many made-up people who wait for their reviews.
fn with_people(count: usize) -> Shell {
    let shell = Shell::with_batch();
    let assets = kaowu::config::Assets::default();
    let codes = kaowu::bundle::codes::Codes::load(&|n| assets.read(&format!("codes/{n}"))).unwrap();
    shell.imported(&kaowu::ops::demo::people::rows(&codes, 1, count));
    shell
}

/// S1-06, S1-12: the answer by command, as words and as JSON.
#[test]
fn the_command_answers_for_one_and_for_all_s1_06() {
    let shell = with_people(5);
    let all = shell.run("application check --all --json").done().json();
    assert_eq!(all["lines"].as_array().unwrap().len(), 5);
    let added =
        shell.run("application evidence add 1 employment --from 1990-01-01 --relation same --json").done().json();
    let no = added["evidence"].to_string();
    let one = shell.run("application check 1 --json").done().json();
    assert_eq!(one[0]["evidence"][0]["origin"], "recorded");
    assert!(one[0]["years"]["counted"]["years"].as_u64().unwrap() >= 33);
    assert!(one[0]["branches"].as_array().unwrap().iter().all(|b| b["clause"].is_string()));
    let text = shell.run("application check 1").done().out;
    assert!(text.contains("依据 gb-2018"), "{text}");
    shell.run(&format!("application evidence judge {no} other")).done();
    let judged = shell.run("application check 1 --json").done().json();
    assert_eq!(judged[0]["years"]["counted"]["years"], 0);
    assert_eq!(shell.run(&format!("application evidence judge {no} nearly")).status, 1);
    shell.run(&format!("application evidence amend {no} --to 2000-01-01 --relation same --reason 核对档案")).done();
    let list = shell.run("application evidence list 1 --json").done().json();
    assert_eq!((&list[0]["from"], &list[0]["to"]), (&"1990-01-01".into(), &"2000-01-01".into()));
    assert_eq!(shell.run(&format!("application evidence remove {no}")).status, 1);
    shell.run(&format!("application evidence remove {no} --reason 登错人")).done();
    assert_eq!(shell.run("application evidence add 1 employment --from 2018-13-01").status, 1);
    assert_eq!(shell.run("application evidence add 1 pony").status, 2);
    assert_eq!(shell.run("application check").status, 2);
}

/// A rule set of the site's own, named by a policy of its own, judges without a change of code.
#[test]
fn a_site_brings_its_own_rules() {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    std::fs::create_dir_all(shell.path("data/rules")).unwrap();
    std::fs::create_dir_all(shell.path("data/policies")).unwrap();
    let rules = "format = 1\ninherits = \"gb-2018\"\ncode = \"own\"\n[branches.2018-4-2]\nall = [{ years = 1 }]\n";
    std::fs::write(shell.path("data/rules/own.toml"), rules).unwrap();
    let policy = "inherits = \"nmg-2023\"\n[notice]\ncode = \"own-2023\"\n[occupations]\nconditions = \"own\"\n";
    std::fs::write(shell.path("data/policies/own-2023.toml"), policy).unwrap();
    shell.run("batch open --policy own-2023").done();
    let codes = kaowu::bundle::codes::Codes::load(&|n| kaowu::config::Assets::default().read(&format!("codes/{n}")));
    shell.sheet(&kaowu::ops::demo::people::rows(&codes.unwrap(), 1, 3));
    assert_eq!(shell.run("application check 1 --json").done().json()[0]["rules"]["code"], "own");
    std::fs::write(shell.path("data/rules/own.toml"), rules.replace("years = 1", "yeers = 1")).unwrap();
    let broken = shell.run("application check 1");
    assert_eq!(broken.status, 4);
    assert!(broken.err.contains("own:5:"), "{}", broken.err);
    let checked = shell.run("policy check data/rules/own.toml");
    assert_eq!(checked.status, 4);
    assert!(checked.out.contains("own:5:") && checked.out.contains("yeers"), "{}", checked.out);
    std::fs::write(shell.path("data/rules/own.toml"), rules).unwrap();
    shell.run("policy check data/rules/own.toml").done();
}

/// S0-07: the notice's link to the standards stands beside the answer. Every notice names rules that are there.
#[test]
fn every_notice_names_rules_that_load_s0_07() {
    let assets = kaowu::config::Assets::default();
    for code in assets.names("policies", ".toml").into_iter().filter(|code| code != "base") {
        let policy = kaowu::policy::load(&code, &|c| assets.read(&format!("policies/{c}.toml"))).unwrap().policy;
        kaowu::ops::eligibility::Bench::of(&assets, &policy).unwrap_or_else(|e| panic!("{code}: {e:?}"));
    }
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    shell.run("batch open --policy wushen-2024").done();
    let codes = kaowu::bundle::codes::Codes::load(&|n| assets.read(&format!("codes/{n}"))).unwrap();
    shell.imported(&kaowu::ops::demo::people::rows(&codes, 1, 1));
    let rules = shell.run("application check 1 --json").done().json()[0]["rules"].clone();
    assert_eq!((&rules["code"], &rules["standards_url"]), (&"gb-2023".into(), &"http://www.osta.org.cn".into()));
}

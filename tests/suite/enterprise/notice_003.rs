//! From the filing of an enterprise to its candidates, as the notice has it.
use super::world::*;
use crate::harness::{Desk, fit};
use kaowu::config::Assets;
use kaowu::model::{Level, Role};
use kaowu::ops::demo::people;
use kaowu::ops::enterprise::*;
use kaowu::ops::exchange::{Import, Mode, Report, Source};
use kaowu::ops::{Error, search};
use std::io::Write;

/// What an import of these rows answers: added, and the faults by column and code.
fn import(desk: &mut Desk, rows: &[people::Row]) -> (u64, Vec<(String, &'static str)>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
    rows.iter().for_each(|row| writeln!(file, "{}", row.join(",")).unwrap());
    let source = Source { path: file.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
    let assets = Assets::default();
    let import = Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None };
    let report: Report = match desk.try_to(&import) {
        Ok(done) => done.out,
        Err(Error::Rejected(report)) => *report,
        Err(other) => panic!("{other}"),
    };
    let faults = report.faults.iter().map(|f| (f.column.clone(), f.code.0)).collect();
    (if report.counts.refused == 0 { report.counts.added } else { 0 }, faults)
}

/// S3-13: with the form and the list of conditions; S3-14: evaluated by experts; S3-15: into a numbered round; S3-30 and
/// S3-32: then its own people apply within what it filed, and nobody else; S3-04: a suspension ends that.
#[test]
fn an_enterprise_files_is_listed_and_takes_in_its_own_people() {
    let mut desk = Desk::new();
    open_batch(&mut desk);
    let own = applicant(&desk, (NAME, "电工", "四级/中级工"), 0);
    let refused = |code| vec![("所在单位".to_owned(), code)];
    assert_eq!(import(&mut desk, std::slice::from_ref(&own)), (0, refused("enterprise.outsider")));
    evaluated(&mut desk, filing());
    assert_eq!(import(&mut desk, std::slice::from_ref(&own)), (0, refused("enterprise.not_listed")));
    assert_eq!(desk.does(&publish(&[CODE])), Published { listed: 1, rounds: vec![(1, 1)] });
    assert_eq!(import(&mut desk, std::slice::from_ref(&own)), (1, vec![]));

    let outsider = applicant(&desk, ("另一家企业", "电工", "四级/中级工"), 1);
    assert_eq!(import(&mut desk, &[outsider]), (0, refused("enterprise.outsider")));
    let by_another = fit(vec![applicant(&desk, (NAME, "电工", "四级/中级工"), 1)], &[("报名单位", "另一家企业")]);
    assert_eq!(import(&mut desk, &by_another), (0, vec![("报名单位".to_owned(), "unknown_unit")]));
    let by_nobody = fit(by_another, &[("报名单位", "")]);
    assert_eq!(import(&mut desk, &by_nobody), (0, vec![("报名单位".to_owned(), "required_missing")]));
    let of_the_state = fit(vec![applicant(&desk, (NAME, "电工", "四级/中级工"), 1)], &[("考生来源", "机关事业单位")]);
    assert_eq!(import(&mut desk, &of_the_state), (0, vec![("考生来源".to_owned(), "outside_category")]));
    let nobody = applicant(&desk, ("", "电工", "四级/中级工"), 1);
    assert_eq!(import(&mut desk, &[nobody]).1[0].0, "所在单位");
    let too_high = applicant(&desk, (NAME, "钳工", "三级/高级工"), 1);
    assert_eq!(import(&mut desk, &[too_high]), (0, vec![("认定等级".to_owned(), "enterprise.level_outside")]));
    let another = applicant(&desk, (NAME, "护林员", "五级/初级工"), 1);
    assert_eq!(import(&mut desk, &[another]), (0, vec![("职业工种名称".to_owned(), "enterprise.occupation_outside")]));

    desk.does(&change(CODE, Move::Suspend, "督查发现问题"));
    let next = applicant(&desk, (NAME, "钳工", "四级/中级工"), 1);
    assert_eq!(import(&mut desk, std::slice::from_ref(&next)), (0, refused("enterprise.suspended")));
    assert_eq!(import(&mut desk, std::slice::from_ref(&own)), (0, vec![]), "what is stored stays as it is");
    desk.does(&change(CODE, Move::Resume, "整改完成"));
    assert_eq!(import(&mut desk, &[next]), (1, vec![]));
    assert_eq!(search::find(&desk.site, &own[6]).unwrap().len(), 1);
}

/// S3-32: the same rule for whoever takes applications in one by one; S3-12: a licensed occupation is never taken in.
#[test]
fn the_scope_is_one_rule_for_all_who_take_applications_in() {
    let mut desk = Desk::new();
    open_batch(&mut desk);
    listed(&mut desk, filing());
    let scope = kaowu::ops::enterprise::scope(&desk.site).unwrap();
    let code = |employer, credit, occupation, level| scope(employer, credit, occupation, level).map_err(|r| r.code.0);
    assert_eq!(code(Some(NAME), None, "6-31-01-03", Level::Five), Ok(()));
    assert_eq!(code(Some("写错的名称"), Some(CODE), "6-31-01-03", Level::Three), Ok(()), "the code counts");
    assert_eq!(code(Some(NAME), Some(OTHER), "6-31-01-03", Level::Three), Err("enterprise.outsider"));
    assert_eq!(code(None, None, "6-31-01-03", Level::Five), Err("enterprise.no_employer"));
    assert_eq!(code(Some(NAME), None, "6-31-01-03", Level::Two), Err("enterprise.level_outside"));
    assert_eq!(code(Some(NAME), None, "6-18-02-04", Level::Five), Err("enterprise.licensed"));
    let open = Desk::with_batch();
    let anybody = kaowu::ops::enterprise::scope(&open.site).unwrap();
    assert!(anybody(None, None, "6-18-02-04", Level::Five).is_ok(), "other notices do not ask");
}

/// S3-30: the site of an enterprise assesses its own people; S3-32: nobody else's on their behalf.
#[test]
fn an_enterprise_does_not_assess_the_people_of_another_one() {
    let mut desk = Desk::of_organisation(NAME, PREFIX);
    open_batch(&mut desk);
    listed(&mut desk, filing());
    listed(&mut desk, other(1));
    let scope = kaowu::ops::enterprise::scope(&desk.site).unwrap();
    let refused = |who| scope(Some(who), None, "6-31-01-03", Level::Five).map_err(|r| r.code.0);
    assert_eq!(refused(NAME), Ok(()));
    assert_eq!(refused("示例化工有限公司"), Err("enterprise.delegated"));
}

/// S3-13, S3-28, S3-39..50: what is missing keeps a filing from being accepted, and so does one medium alone.
#[test]
fn a_filing_is_accepted_whole_and_in_both_media() {
    let mut desk = Desk::new();
    let mut poor = filing();
    poor.conditions.pop();
    poor.equipment.clear();
    let lacks = desk.does(&File { filing: poor }).missing;
    assert_eq!(lacks.iter().map(|m| m.part).collect::<Vec<_>>(), ["equipment", "condition"]);
    assert_eq!(desk.refused(&submit(CODE)), "enterprise.incomplete");
    assert_eq!(desk.does(&File { filing: filing() }).missing, []);
    for (paper, electronic) in [(true, false), (false, true)] {
        let both = submit(CODE);
        let one = Submit {
            paper_on: both.paper_on.filter(|_| paper),
            electronic_on: both.electronic_on.filter(|_| electronic),
            ..both
        };
        assert_eq!(desk.refused(&one), "enterprise.both_media");
    }
    assert_eq!(desk.does(&submit(CODE)).late_after, None);
    assert_eq!(desk.refused(&submit(CODE)), "enterprise.wrong_state");
    let whole = kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap();
    assert_eq!((whole.paper_on, whole.electronic_on), (Some(day("2019-05-18")), Some(day("2019-05-17"))));
    assert_eq!(whole.filing, filing(), "what was filed is what is read");
}

/// S3-28: later than the day of the notice is told, not refused.
#[test]
fn a_late_filing_is_told() {
    let mut desk = Desk::new();
    open_batch(&mut desk);
    desk.does(&File { filing: filing() });
    assert_eq!(desk.does(&submit(CODE)).late_after, None);
    desk.does(&File { filing: filing() });
    let late = Submit { paper_on: Some(day("2019-05-21")), ..submit(CODE) };
    assert_eq!(desk.does(&late).late_after, Some(day("2019-05-20")));
}

/// S3-05, S3-06, S3-07, S3-08, S3-09, S3-10, S3-11: each of the seven must be met; S3-14: and the experts satisfied.
#[test]
fn each_condition_and_the_evaluation_stand_before_the_directory() {
    let mut desk = Desk::new();
    desk.does(&File { filing: filing() });
    assert_eq!(desk.refused(&judge(CODE, vec![1], Judged::Met)), "enterprise.wrong_state");
    desk.does(&submit(CODE));
    assert_eq!(desk.refused(&publish(&[CODE])), "enterprise.wrong_state");
    desk.does(&evaluate(CODE, EvaluationResult::Qualified));
    for number in 1..=CONDITIONS {
        assert_eq!(desk.refused(&publish(&[CODE])), "enterprise.condition_open", "{number}");
        desk.does(&judge(CODE, vec![number], Judged::Unmet));
        assert_eq!(desk.refused(&publish(&[CODE])), "enterprise.condition_unmet", "{number}");
        desk.does(&judge(CODE, vec![number], Judged::Met));
    }
    let whole = kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap();
    assert!(whole.filing.conditions.iter().all(|c| c.judged_by.as_deref() == Some("coordinator")));
    desk.does(&evaluate(CODE, EvaluationResult::Unqualified));
    assert_eq!(desk.refused(&publish(&[CODE])), "enterprise.not_qualified");
    desk.does(&evaluate(CODE, EvaluationResult::Qualified));
    desk.does(&publish(&[CODE]));
    let none = Judge { conditions: vec![8], ..judge(CODE, vec![], Judged::Met) };
    assert_eq!(desk.refused(&none), "enterprise.wrong_state");
    let whole = kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap();
    assert_eq!(whole.evaluations.len(), 3, "every evaluation stays");
}

/// S3-14: experts are named, say something, and are not the enterprise's own people.
#[test]
fn an_evaluation_is_by_others_and_in_words() {
    let mut desk = Desk::new();
    desk.does(&File { filing: filing() });
    desk.does(&submit(CODE));
    let good = || evaluate(CODE, EvaluationResult::Qualified);
    assert_eq!(desk.refused(&Evaluate { experts: vec![" ".into()], ..good() }), "enterprise.no_experts");
    assert_eq!(desk.refused(&Evaluate { opinion: " ".into(), ..good() }), "enterprise.no_opinion");
    assert_eq!(desk.refused(&Evaluate { experts: vec!["丙某".into()], ..good() }), "enterprise.expert_of_theirs");
    assert_eq!(desk.refused(&Evaluate { dated: day("2099-01-01"), ..good() }), "enterprise.in_future");
    let no_note = Judge { note: None, ..judge(CODE, vec![3], Judged::Unmet) };
    assert_eq!(desk.refused(&no_note), "enterprise.why_unmet");
    assert_eq!(desk.refused(&judge(CODE, vec![8], Judged::Met)), "enterprise.no_such_condition");
}

/// S3-15, S3-17: the second round comes after the first.
#[test]
fn the_directory_comes_in_rounds() {
    let mut desk = Desk::new();
    evaluated(&mut desk, other(2));
    assert_eq!(desk.refused(&publish(&[OTHER])), "enterprise.first_round");
    evaluated(&mut desk, filing());
    desk.does(&publish(&[CODE]));
    assert_eq!(desk.does(&publish(&["示例化工有限公司"])).rounds, [(1, 1), (2, 1)]);
    let lines = lines(&desk.site).unwrap();
    assert_eq!(lines.iter().map(|l| (l.round, l.conditions_met)).collect::<Vec<_>>(), [(1, 7), (2, 7)]);
    assert_eq!(desk.refused(&publish(&[])), "enterprise.nobody_named");
    assert_eq!(desk.refused(&publish(&["没有的企业"])), "enterprise.unknown");
}

/// S3-04: the directory moves, every change with its reason; a newer filing takes the place of the old one.
#[test]
fn every_change_of_the_directory_has_its_reason() {
    let mut desk = Desk::new();
    evaluated(&mut desk, filing());
    let bare = Publish { reason: " ".into(), ..publish(&[CODE]) };
    assert_eq!(desk.refused(&bare), "enterprise.reason_needed");
    let until = Publish { to: Some(day("2022-06-03")), ..publish(&[CODE]) };
    assert_eq!(desk.refused(&Publish { to: Some(day("2019-06-02")), ..publish(&[CODE]) }), "enterprise.ends_early");
    desk.does(&until);
    for to in [Move::Suspend, Move::Remove, Move::Extend(day("2030-01-01"))] {
        assert_eq!(desk.refused(&change(CODE, to, "  ")), "enterprise.reason_needed");
    }
    assert_eq!(desk.refused(&change(CODE, Move::Resume, "恢复")), "enterprise.wrong_state");
    assert_eq!(desk.refused(&change(CODE, Move::Extend(day("2022-06-03")), "延期")), "enterprise.not_later");
    desk.does(&change(CODE, Move::Extend(day("2023-06-03")), "延期"));
    desk.does(&change(CODE, Move::Suspend, "整改"));
    assert_eq!(desk.refused(&File { filing: filing() }), "enterprise.frozen");
    let mut newer = filing();
    newer.organisation.round = 2;
    evaluated(&mut desk, newer);
    desk.does(&Publish { reason: "第二批目录".into(), ..publish(&[CODE]) });
    let state = |round| kaowu::ops::enterprise::whole(&desk.site, CODE, Some(round)).unwrap();
    assert_eq!((state(1).state, state(2).state), (FilingState::Removed, FilingState::Listed));
    assert_eq!(state(1).reason.as_deref(), Some("第二批目录"));
    desk.does(&change(CODE, Move::Remove, "不再试点"));
    assert_eq!(desk.refused(&change(CODE, Move::Suspend, "x")), "enterprise.wrong_state");
}

/// S3-18: a register of documents; S3-20: the work plan with the number and day of its filing, after the listing too.
#[test]
fn documents_join_the_register_later() {
    let mut desk = Desk::new();
    listed(&mut desk, filing());
    let plan = |title: &str| Attach {
        organisation: CODE.into(),
        attachment: Attachment {
            kind: AttachmentKind::Plan,
            title: title.into(),
            file: None,
            person: None,
            number: Some("备〔2019〕3号".into()),
            dated: Some(day("2019-07-01")),
        },
    };
    desk.does(&plan("工作方案"));
    assert_eq!(desk.refused(&plan("工作方案")), "enterprise.attached");
    assert_eq!(desk.refused(&plan(" ")), "enterprise.no_title");
    let norm = Attachment { kind: AttachmentKind::Norm, number: None, ..plan("电工评价规范").attachment };
    desk.does(&Attach { organisation: CODE.into(), attachment: norm });
    let all = kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap().filing.attachments;
    let plan = all.iter().find(|a| a.kind == AttachmentKind::Plan).unwrap();
    assert_eq!((plan.number.as_deref(), plan.dated), (Some("备〔2019〕3号"), Some(day("2019-07-01"))));
    assert!(all.iter().any(|a| a.kind == AttachmentKind::Norm));
}

/// S3-31, S3-37: a problem comes in with its source, is looked into, and is closed with what came of it.
#[test]
fn a_case_is_closed_with_its_handling_and_outcome() {
    let mut desk = Desk::new();
    listed(&mut desk, filing());
    let open = |facts: &str| Case::Open {
        organisation: NAME.into(),
        source: CaseSource::Media,
        received_on: day("2023-10-01"),
        facts: facts.into(),
    };
    assert_eq!(desk.refused(&open(" ")), "enterprise.no_facts");
    assert_eq!((desk.does(&open("报道称代考")), desk.does(&open("报道称收费"))), (1, 2));
    let close = |number, handling: &str, outcome: &str| Case::Close {
        organisation: CODE.into(),
        number,
        handling: handling.into(),
        outcome: outcome.into(),
    };
    assert_eq!(desk.refused(&close(1, "调取录像", "")), "enterprise.no_outcome");
    assert_eq!(desk.refused(&close(9, "a", "b")), "enterprise.no_case");
    assert_eq!(lines(&desk.site).unwrap()[0].open_cases, 2);
    desk.does(&close(1, "调取录像", "不属实"));
    assert_eq!(desk.refused(&close(1, "调取录像", "不属实")), "enterprise.case_closed");
    let cases = kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap().cases;
    assert_eq!((cases[0].outcome.as_deref(), cases[0].closed_on), (Some("不属实"), Some(day("2023-10-15"))));
    assert_eq!((cases[1].source, cases[1].outcome.as_deref()), (CaseSource::Media, None));
}

/// The coordinator alone; what is done can be taken back.
#[test]
fn others_read_only_and_undo_brings_the_filing_back() {
    let mut desk = Desk::new();
    desk.does(&File { filing: filing() });
    desk.does(&submit(CODE));
    let op = desk.try_to(&File { filing: filing() }).unwrap().op.unwrap();
    assert_eq!(lines(&desk.site).unwrap()[0].state, FilingState::Draft);
    let undo = kaowu::ops::history::Undo { op, reason: "误收".into() };
    desk.does(&undo);
    assert_eq!(lines(&desk.site).unwrap()[0].state, FilingState::Submitted);
    assert_eq!(kaowu::ops::enterprise::whole(&desk.site, CODE, None).unwrap().filing, filing());
    desk.sign_on("auditor");
    assert!(!desk.site.actor().has(Role::Coordinator));
    assert_eq!(desk.refused(&File { filing: filing() }), "duty.role_needed");
    assert_eq!(lines(&desk.site).unwrap().len(), 1);
}

//! Who may claim the subsidy, and every reason why not (S4-12).
use super::world::*;
use crate::harness::Desk;
use kaowu::model::{DocumentKind, Level};
use kaowu::ops::reports::*;
use kaowu::ops::{ApplicationRow, CertificateState};

fn insure(desk: &mut Desk, who: &ApplicationRow, months: i64) -> usize {
    let (document, id_number) = (DocumentKind::ResidentId, who.id_number.clone());
    let people = vec![Insured { document, id_number, months, as_of: None }];
    desk.does(&Insure { file: String::new(), people })
}

fn line(desk: &Desk, certificate: &str) -> SubsidyLine {
    subsidies(&desk.site).unwrap().lines.into_iter().find(|l| l.certificate == certificate).unwrap()
}

fn codes(desk: &Desk, certificate: &str) -> Vec<&'static str> {
    line(desk, certificate).against.iter().map(|r| r.code.0).collect()
}

fn claim(certificate: &str) -> Claim {
    Claim { certificate: certificate.into(), amount: None }
}

#[test]
fn the_list_says_how_much_until_when_and_why_not_s4_12() {
    let mut desk = desk();
    let all = applicants(&desk);
    let (first, second) = (certified(&mut desk, &all[0]), certified(&mut desk, &all[1]));
    marked(&mut desk, &all[2], [80, 80]);
    let revoked = certificate(&mut desk, &all[2], CertificateState::Revoked);
    assert_eq!(codes(&desk, &first), ["subsidy.insurance_unknown"]);
    assert_eq!(insure(&mut desk, &all[0], 12), 1);
    assert_eq!(insure(&mut desk, &all[0], 12), 0, "nothing new");
    insure(&mut desk, &all[1], 11);
    insure(&mut desk, &all[2], 40);
    let one = line(&desk, &first);
    let amount = [(Level::Five, 100_000), (Level::Four, 150_000), (Level::Three, 200_000)];
    assert_eq!(one.amount, amount.iter().find(|(l, _)| *l == one.level).map(|(_, a)| *a));
    assert_eq!((one.state, one.last_day), (SubsidyState::Claimable, day("2025-10-14")));
    assert_eq!(codes(&desk, &second), ["subsidy.insurance_short"]);
    assert_eq!(codes(&desk, &revoked), ["subsidy.revoked"]);
    let list = subsidies(&desk.site).unwrap();
    assert_eq!((list.document.as_str(), list.claimable, list.claimed, list.refused), ("人社部发〔2024〕40号", 1, 0, 2));
    on(&desk, "2025-10-15");
    assert_eq!(codes(&desk, &first), ["subsidy.too_late"]);
}

#[test]
fn a_claim_is_made_once_and_the_list_and_the_claim_agree_s4_12() {
    let mut desk = desk();
    let all = applicants(&desk);
    let (first, second) = (certified(&mut desk, &all[0]), certified(&mut desk, &all[1]));
    assert_eq!(desk.refused(&claim(&first)), "subsidy.insurance_unknown");
    assert_eq!(desk.refused(&claim("S000015000001245999999")), "subsidy.no_certificate");
    insure(&mut desk, &all[0], 12);
    insure(&mut desk, &all[1], 12);
    assert_eq!(desk.refused(&Claim { amount: Some(1_000_000), ..claim(&first) }), "subsidy.too_much");
    let made = desk.does(&claim(&first));
    assert_eq!((made.claimed_on, made.amount), (day("2024-10-15"), line(&desk, &first).amount));
    assert_eq!(desk.refused(&claim(&first)), "subsidy.already");
    assert_eq!(line(&desk, &first).state, SubsidyState::Claimed);
    // The same occupation and level, claimed elsewhere years ago.
    let (name, id_number, level) = (all[1].name.clone(), all[1].id_number.clone(), all[1].level);
    let occupation = OCCUPATION.to_owned();
    let earlier = Earlier { name, document: None, id_number, occupation, level, on: day("2020-05-01"), amount: None };
    desk.does(&earlier);
    assert_eq!(desk.refused(&earlier), "subsidy.already");
    assert_eq!(codes(&desk, &second), ["subsidy.claimed"]);
    assert_eq!(desk.refused(&claim(&second)), "subsidy.claimed");
    assert_eq!(desk.refused(&Earlier { on: day("2024-12-01"), ..earlier }), "subsidy.in_future");
    let withdraw = |reason: &str| Withdraw { certificate: first.clone(), reason: reason.into() };
    assert_eq!(desk.refused(&withdraw(" ")), "subsidy.reason_needed");
    desk.does(&withdraw("材料不全"));
    assert_eq!(desk.refused(&withdraw("再")), "subsidy.unknown_claim");
    assert_eq!(line(&desk, &first).state, SubsidyState::Claimable);
}

#[test]
fn three_claims_fill_a_year_s4_12() {
    let mut desk = desk();
    let all = applicants(&desk);
    let first = certified(&mut desk, &all[0]);
    insure(&mut desk, &all[0], 20);
    for (n, month) in ["2024-01-03", "2024-02-03", "2024-03-03"].into_iter().enumerate() {
        let (name, id_number, level) = (all[0].name.clone(), all[0].id_number.clone(), Level::Five);
        let (occupation, on) = (format!("职业{n}"), day(month));
        desk.does(&Earlier { name, document: None, id_number, occupation, level, on, amount: Some(100_000) });
    }
    assert_eq!(codes(&desk, &first), ["subsidy.year_full"]);
    on(&desk, "2025-01-01");
    assert_eq!(codes(&desk, &first), [""; 0]);
}

#[test]
fn insurance_comes_as_a_sheet_and_an_older_one_undoes_nothing() {
    let mut desk = desk();
    let all = applicants(&desk);
    let first = certified(&mut desk, &all[0]);
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("失业保险.csv");
    let sheet = |months: &str, as_of: &str| {
        std::fs::write(
            &file,
            format!("姓名,证件号码,失业保险缴费月数,截至日期\n某,{},{months},{as_of}\n", all[0].id_number),
        )
        .unwrap();
        read_insurance(&file)
    };
    assert_eq!(desk.does(&sheet("１３", "2024-09-30").unwrap()), 1);
    assert_eq!(line(&desk, &first).insured_months, Some(13));
    assert_eq!(desk.does(&sheet("5", "2024-08-31").unwrap()), 0);
    assert_eq!(line(&desk, &first).insured_months, Some(13));
    assert!(sheet("一年", "2024-09-30").is_err());
}

#[test]
fn a_notice_without_a_subsidy_says_so() {
    let desk = Desk::with_batch();
    assert_eq!(subsidies(&desk.site).err().unwrap().refusal().unwrap().code.0, "subsidy.not_in_notice");
}

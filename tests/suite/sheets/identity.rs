//! Kinds of documents, each with the rules of its number.
use super::books::csv;
use super::books::{row, take};

/// Row with a document; sex and birth as given.
fn told(kind: &str, number: &str, sex: &str, birth: &str) -> Vec<&'static str> {
    let taken = take(csv(&[row(&[(3, kind), (4, number), (6, sex), (7, birth)])])).unwrap();
    taken.report.faults.iter().map(|f| f.code.0).collect()
}

#[test]
fn every_kind_of_document_has_its_rules() {
    let good = [
        ("居民身份证", "15069919850320048X", "女", "1985-03-20"),
        ("居民身份证", "152799198503200356", "", ""),
        ("居民身份证", "150699800101001", "男", "1980-01-01"),
        ("港澳台居民居住证", "810000199003070015", "男", "1990-03-07"),
        ("港澳台居民居住证", "820000199108150021", "女", "1991-08-15"),
        ("港澳台居民居住证", "830000198811110037", "男", "1988-11-11"),
        ("外国人永久居留身份证", "911392199202290027", "男", "1992-02-29"),
        ("外国人永久居留身份证", "USA110012345678", "女", "1992-02-29"),
        ("护照（外国国籍）", "E12345678", "女", "1990/1/1"),
        ("军官证", "军字第0012345号", "男", "1990-01-01"),
        ("香港特区护照/身份证明", "K12345678", "男", "1990-01-01"),
        ("澳门特区护照/身份证明", "MA1234567", "男", "1990-01-01"),
        ("台湾居民来往大陆通行证", "12345678", "男", "1990-01-01"),
    ];
    for (kind, number, sex, birth) in good {
        assert_eq!(told(kind, number, sex, birth), [""; 0], "{kind} {number}");
    }
    let bad = [
        ("居民身份证", "150699198502300016", "identity_birth_date"),
        ("居民身份证", "1506991990010100150", "identity_length"),
        ("居民身份证", "15069919900101O015", "identity_characters"),
        ("港澳台居民居住证", "810000199003070016", "check_digit"),
        ("外国人永久居留身份证", "911392199202290028", "check_digit"),
        ("护照（外国国籍）", "E1", "identity_length"),
        ("护照（外国国籍）", "1.2E+10", "scientific_notation"),
    ];
    for (kind, number, code) in bad {
        assert_eq!(told(kind, number, "男", "1990-01-01"), [code], "{kind} {number}");
    }
}

/// S4-18: the notice's own example of a file name bears a number whose check character is wrong; S1-49, S1-52: sex and
/// check character.
#[test]
fn the_example_number_of_the_notice_is_refused_s4_18() {
    assert_eq!(told("居民身份证", "152701198503200355", "", ""), ["check_digit"]);
    assert_eq!(told("居民身份证", "152701198503200350", "", ""), [""; 0]);
    assert_eq!(told("居民身份证", "150699199001010015", "女", ""), ["sex_differs_from_id"]);
}

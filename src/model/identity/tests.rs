use super::*;
use proptest::prelude::*;

fn refused(text: &str) -> &'static str {
    IdentityNo::parse(text).unwrap_err().code.0
}

#[test]
fn good_numbers_tell_birth_and_sex() {
    let no = IdentityNo::parse("150699199001010015").unwrap();
    assert_eq!((no.birth(), no.sex()), (Day::from_ymd_opt(1990, 1, 1).unwrap(), Sex::Male));
    assert_eq!(no.masked(), "150699********0015");
    assert_eq!((no.region(), no.tail4()), ("150699", "0015"));
    assert_eq!(format!("{no:?}"), "150699********0015");
    for text in ["15069919850320048X", "15069919850320048x", " １５０６９９ 19850320048Ｘ"] {
        assert_eq!(IdentityNo::parse(text).unwrap().sex(), Sex::Female, "{text}");
    }
    for text in ["810000199003070015", "820000199108150021", "830000198811110037", "911392199202290027"] {
        assert!(IdentityNo::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn a_retired_region_is_no_fault() {
    assert!(IdentityNo::parse("152799198503200356").is_ok());
}

#[test]
fn first_generation_numbers_are_converted() {
    assert_eq!(IdentityNo::parse("150699800101001").unwrap().as_str(), "150699198001010010");
}

#[test]
fn each_fault_has_its_code() {
    // The sample number of notice S4 fails its own check.
    let sample = IdentityNo::parse("152701198503200355").unwrap_err();
    assert!(sample.is(CHECK_DIGIT));
    assert_eq!(sample.get("expected").unwrap().to_string(), "0");
    assert_eq!(refused("150699198502300016"), "identity.birth_date");
    assert_eq!(refused("1.50699E+17"), "identity.scientific");
    assert_eq!(refused("1.50699e+17"), "identity.scientific");
    assert_eq!(refused("150699199001011000"), "identity.scientific");
    assert_eq!(refused("15069919900101001"), "identity.length");
    assert_eq!(refused(""), "identity.length");
    assert_eq!(refused("15069919900101O017"), "identity.characters");
    assert_eq!(refused("一五〇六九九一九九〇〇一〇一〇〇一七"), "identity.characters");
}

#[test]
fn kinds_are_read_in_either_width() {
    assert_eq!(DocumentKind::parse("护照（外国国籍）"), Some(DocumentKind::Passport));
    assert_eq!(DocumentKind::parse("居民身份证 "), Some(DocumentKind::ResidentId));
    assert_eq!(DocumentKind::parse("借书证"), None);
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::parse(kind.official()), Some(kind));
        assert_eq!(DocumentKind::parse(kind.code()), Some(kind));
    }
}

#[test]
fn other_documents_have_no_check_character() {
    assert_eq!(DocumentKind::Passport.number("e１２３４５６７８").unwrap(), "e12345678");
    assert!(DocumentKind::Passport.number("1E123456").is_ok());
    assert!(DocumentKind::Passport.number("1.2E+10").unwrap_err().is(SCIENTIFIC));
    assert!(DocumentKind::Officer.number("军字第0012345号").is_ok());
    assert!(DocumentKind::ForeignId.number("USA110012345678").is_ok());
    assert!(DocumentKind::ForeignId.number("911392199202290028").unwrap_err().is(CHECK_DIGIT));
    assert!(DocumentKind::Passport.number("E1").unwrap_err().is(LENGTH));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(s in "\\PC{0,24}") {
        let _ = IdentityNo::parse(&s);
        for kind in DocumentKind::ALL {
            let _ = kind.number(&s);
        }
    }

    #[test]
    fn one_changed_digit_never_passes(seq in 0u32..1000, at in 0usize..17, by in 1u8..10) {
        let digits = format!("15069919900101{seq:03}");
        let check = char::from(check_character(digits.as_bytes()));
        let good = format!("{digits}{check}");
        prop_assert!(IdentityNo::parse(&good).is_ok());
        let mut bytes = good.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        prop_assert!(IdentityNo::parse(&String::from_utf8(bytes).unwrap()).is_err());
    }
}

#[test]
fn a_masked_number_keeps_little() {
    assert_eq!(mask("150699199001010015"), "150699********0015");
    assert_eq!(mask("E12345678"), "E1*****78");
    assert_eq!(mask("12"), "**");
    assert_eq!(mask(""), "");
}

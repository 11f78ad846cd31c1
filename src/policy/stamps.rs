//! The chain of opinions, signatures and stamps on the paper form (签署意见并加盖公章).
use crate::model::{Code, Day, Refusal, fold};
use serde::{Deserialize, Serialize};

pub const OUT_OF_ORDER: Code = Code("stamp.out_of_order");
pub const NOT_IN_CHAIN: Code = Code("stamp.not_in_chain");
pub const BEFORE_THE_LAST: Code = Code("stamp.before_the_last");
pub const DOCUMENT_NO: Code = Code("stamp.document_no");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamps {
    /// Whether a stamp needs all stamps before it.
    pub in_order: bool,
    /// First to last.
    pub chain: Vec<StampBy>,
    /// The missing stamps block the last review.
    pub required_for_approval: bool,
    /// How many sign each stamp: 2 where a clerk (经办人) and a head (负责人) do (S2-25).
    #[serde(default = "one")]
    pub signers: u8,
    /// The roster is void as well while one of its boxes has no stamp (S2-27).
    #[serde(default)]
    pub roster: bool,
    /// Whether the last node needs the number of the department's document (文号).
    #[serde(default)]
    pub document_no: bool,
}

fn one() -> u8 {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampBy {
    /// 单位
    Employer,
    /// 主管部门
    Department,
    /// 旗县人社部门
    County,
    /// 盟市人社部门
    Prefecture,
    /// 自治区人社部门
    Region,
    /// 发文机构
    Issuer,
    /// 专家组
    Experts,
}

impl StampBy {
    pub const ALL: [StampBy; 7] = [
        StampBy::Employer,
        StampBy::Department,
        StampBy::County,
        StampBy::Prefecture,
        StampBy::Region,
        StampBy::Issuer,
        StampBy::Experts,
    ];

    pub fn code(self) -> &'static str {
        match self {
            StampBy::Employer => "employer",
            StampBy::Department => "department",
            StampBy::County => "county",
            StampBy::Prefecture => "prefecture",
            StampBy::Region => "region",
            StampBy::Issuer => "issuer",
            StampBy::Experts => "experts",
        }
    }

    pub fn parse(code: &str) -> Option<StampBy> {
        StampBy::ALL.into_iter().find(|by| by.code() == code)
    }

    pub fn key(self) -> String {
        format!("stamp.{}", self.code())
    }
}

/// What stands in one box of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub by: StampBy,
    pub agrees: bool,
    pub stamped: bool,
    /// How many of 经办人 and 负责人 have signed.
    pub signers: u8,
    pub dated: Day,
    pub has_document_no: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// Nothing stands there.
    Missing,
    /// Filled in, but without the stamp: void (S2-26).
    Unstamped,
    /// Without a signature, or with one where two are needed: void (S2-25, S2-26).
    Unsigned,
    /// The last box without the number of the document (S2-40).
    Unnumbered,
    /// Signed and stamped, against the applicant.
    Against,
    Good,
}

impl NodeState {
    pub fn code(self) -> &'static str {
        match self {
            NodeState::Missing => "missing",
            NodeState::Unstamped => "unstamped",
            NodeState::Unsigned => "unsigned",
            NodeState::Unnumbered => "unnumbered",
            NodeState::Against => "against",
            NodeState::Good => "good",
        }
    }

    pub fn key(self) -> String {
        format!("stamp_state.{}", self.code())
    }

    /// A box that was filled in and counts for nothing.
    pub fn is_void(self) -> bool {
        matches!(self, NodeState::Unstamped | NodeState::Unsigned | NodeState::Unnumbered)
    }
}

impl Stamps {
    pub fn node(&self, by: StampBy, placed: &[Placed]) -> NodeState {
        let Some(box_) = placed.iter().find(|p| p.by == by) else { return NodeState::Missing };
        let numbered = !self.document_no || self.chain.last() != Some(&by) || box_.has_document_no;
        match (box_.stamped, box_.signers >= self.signers, numbered) {
            (false, ..) => NodeState::Unstamped,
            (true, false, _) => NodeState::Unsigned,
            (true, true, false) => NodeState::Unnumbered,
            (true, true, true) if box_.agrees => NodeState::Good,
            (true, true, true) => NodeState::Against,
        }
    }

    /// Nodes of the chain that do not count yet, in order, each with why.
    pub fn missing(&self, placed: &[Placed]) -> Vec<(StampBy, NodeState)> {
        let all = self.chain.iter().map(|by| (*by, self.node(*by, placed)));
        all.filter(|(_, state)| *state != NodeState::Good).collect()
    }

    /// Whether `next` may be put on a form that carries `placed` on that day: strictly in order (S1-67, S2-28), and no
    /// node dated before the one it follows.
    pub fn may_add(&self, placed: &[Placed], next: StampBy, dated: Day) -> Result<(), Refusal> {
        if !self.chain.contains(&next) {
            return Err(Refusal::new(NOT_IN_CHAIN).word("stamp", next.key()));
        }
        if !self.in_order {
            return Ok(());
        }
        let before: Vec<_> = self.chain.iter().copied().take_while(|s| *s != next).collect();
        if let Some(first) = before.iter().find(|by| self.node(**by, placed) != NodeState::Good) {
            return Err(Refusal::new(OUT_OF_ORDER).word("stamp", next.key()).word("first", first.key()));
        }
        match placed.iter().filter(|p| before.contains(&p.by)).map(|p| p.dated).max() {
            Some(last) if dated < last => {
                Err(Refusal::new(BEFORE_THE_LAST).word("stamp", next.key()).with("last", last.to_string()))
            }
            _ => Ok(()),
        }
    }
}

/// The number of a document (文号) in its one written form: `新人社函〔2022〕43号`. Brackets and figures of other widths
/// are taken for what is meant (S2-25).
pub fn document_number(text: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::new(DOCUMENT_NO).with("value", text);
    let bracket = |c| match c {
        '[' | '(' | '【' | '﹝' | '〔' => '〔',
        ']' | ')' | '】' | '﹞' | '〕' => '〕',
        other => other,
    };
    let folded: String = text.chars().map(fold::half_width).filter(|c| !c.is_whitespace()).map(bracket).collect();
    let (office, rest) = folded.split_once('〔').ok_or_else(wrong)?;
    let (year, rest) = rest.split_once('〕').ok_or_else(wrong)?;
    let number = rest.strip_suffix('号').ok_or_else(wrong)?;
    let number = number.strip_prefix('第').unwrap_or(number);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let is_year = digits(year) && year.parse().is_ok_and(|y: u16| (1949..2100).contains(&y));
    let is_number = digits(number) && number.len() <= 5 && !number.starts_with('0');
    let is_office = !office.is_empty() && office.chars().all(char::is_alphabetic);
    if !(is_year && is_number && is_office) {
        return Err(wrong());
    }
    let parts = [office, year, number].into_iter().zip(['〔', '〕', '号']);
    Ok(parts.flat_map(|(part, after)| part.chars().chain([after])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: [StampBy; 3] = [StampBy::Employer, StampBy::Department, StampBy::Region];

    fn stamps(signers: u8) -> Stamps {
        let (chain, document_no) = (CHAIN.to_vec(), signers == 2);
        Stamps { in_order: true, chain, required_for_approval: true, signers, roster: false, document_no }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn placed(by: StampBy, signers: u8) -> Placed {
        Placed { by, agrees: true, stamped: true, signers, dated: day("2022-04-20"), has_document_no: true }
    }

    #[test]
    fn what_is_not_signed_by_both_or_not_stamped_is_void_s2_25_s2_26() {
        let rule = stamps(2);
        assert_eq!(rule.node(StampBy::Employer, &[]), NodeState::Missing);
        assert_eq!(rule.node(StampBy::Employer, &[placed(StampBy::Employer, 1)]), NodeState::Unsigned);
        assert_eq!(rule.node(StampBy::Employer, &[placed(StampBy::Employer, 2)]), NodeState::Good);
        assert_eq!(stamps(1).node(StampBy::Employer, &[placed(StampBy::Employer, 1)]), NodeState::Good);
        let bare = Placed { stamped: false, ..placed(StampBy::Employer, 2) };
        assert_eq!(rule.node(StampBy::Employer, std::slice::from_ref(&bare)), NodeState::Unstamped);
        assert!(NodeState::Unstamped.is_void() && NodeState::Unsigned.is_void() && !NodeState::Missing.is_void());
        // A void box does not carry the next one.
        let next = rule.may_add(&[bare], StampBy::Department, day("2022-04-21")).unwrap_err();
        assert_eq!(next.to_string(), "stamp.out_of_order stamp=stamp.department first=stamp.employer");
    }

    #[test]
    fn an_opinion_against_is_no_void_box_and_blocks_what_follows() {
        let against = Placed { agrees: false, ..placed(StampBy::Employer, 2) };
        assert_eq!(stamps(2).node(StampBy::Employer, std::slice::from_ref(&against)), NodeState::Against);
        assert!(stamps(2).may_add(&[against], StampBy::Department, day("2022-04-21")).is_err());
    }

    #[test]
    fn the_last_node_needs_the_number_of_its_document_s2_40() {
        let all = CHAIN.map(|by| Placed { has_document_no: false, ..placed(by, 2) });
        assert_eq!(stamps(2).missing(&all), [(StampBy::Region, NodeState::Unnumbered)]);
        assert_eq!(stamps(1).missing(&all), []);
    }

    #[test]
    fn nobody_stamps_before_the_office_below() {
        let rule = stamps(1);
        let first = [placed(StampBy::Employer, 1)];
        assert!(rule.may_add(&first, StampBy::Region, day("2022-04-21")).unwrap_err().is(OUT_OF_ORDER));
        assert_eq!(rule.may_add(&first, StampBy::Department, day("2022-04-20")), Ok(()));
        assert!(rule.may_add(&first, StampBy::Department, day("2022-04-19")).unwrap_err().is(BEFORE_THE_LAST));
        assert!(rule.may_add(&first, StampBy::Issuer, day("2022-04-21")).unwrap_err().is(NOT_IN_CHAIN));
    }

    #[test]
    fn document_numbers_have_one_form_s2_25() {
        for text in
            ["新人社函〔2022〕43号", "新人社函[2022]43号", "新人社函（２０２２）４３号", " 新人社函【2022】第43号 "]
        {
            assert_eq!(document_number(text).as_deref(), Ok("新人社函〔2022〕43号"), "{text}");
        }
        for text in [
            "",
            "43号",
            "新人社函2022年43号",
            "新人社函〔22〕43号",
            "新人社函〔2022〕043号",
            "〔2022〕43号",
            "函〔2022〕号",
        ] {
            assert!(document_number(text).unwrap_err().is(DOCUMENT_NO), "{text}");
        }
    }
}

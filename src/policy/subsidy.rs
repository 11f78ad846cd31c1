//! 技能提升补贴: what a holder may claim under another document (S4-12). The program lists, it pays nothing.
use crate::model::{Code, Day, Level, Refusal};
use chrono::{Datelike, Months};
use serde::{Deserialize, Serialize};

pub const LEVEL: Code = Code("subsidy.level");
pub const REVOKED: Code = Code("subsidy.revoked");
pub const INSURANCE_UNKNOWN: Code = Code("subsidy.insurance_unknown");
pub const INSURANCE_SHORT: Code = Code("subsidy.insurance_short");
pub const TOO_LATE: Code = Code("subsidy.too_late");
pub const CLAIMED: Code = Code("subsidy.claimed");
pub const YEAR_FULL: Code = Code("subsidy.year_full");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    /// The document that grants it.
    pub document: String,
    pub caps: Vec<SubsidyCap>,
    /// Months of unemployment insurance that must be paid.
    pub insured_months: u8,
    /// Months after the issue of the certificate.
    pub claim_within_months: u8,
    pub most_per_year: u8,
    /// Whether one occupation and level is paid for once only.
    pub once_each: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubsidyCap {
    pub level: Level,
    /// Fen, at most.
    pub amount: i64,
}

/// A certificate for which a claim would be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<'a> {
    pub occupation: &'a str,
    pub level: Level,
    pub issued_on: Day,
    pub valid: bool,
    /// `None`: nobody has said.
    pub insured_months: Option<i64>,
}

/// A claim that was made, here or elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    pub occupation: String,
    pub level: Level,
    pub claimed_on: Day,
}

impl Subsidy {
    /// In fen; `None` for a level that is not subsidised.
    pub fn cap(&self, level: Level) -> Option<i64> {
        self.caps.iter().find(|c| c.level == level).map(|c| c.amount)
    }

    /// The last day for a claim: the same day of the month so many months later.
    pub fn last_day(&self, issued_on: Day) -> Day {
        issued_on.checked_add_months(Months::new(u32::from(self.claim_within_months))).unwrap_or(issued_on)
    }

    /// Everything that stands against a claim on `today`; empty: it may be made.
    pub fn against(&self, held: &Held<'_>, earlier: &[Earlier], today: Day) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.cap(held.level).is_none() {
            let named = Refusal::new(LEVEL).word("level", held.level.key());
            found.push(named.with("document", self.document.as_str()));
        }
        if !held.valid {
            found.push(Refusal::new(REVOKED));
        }
        let least = i64::from(self.insured_months);
        match held.insured_months {
            None if least > 0 => found.push(Refusal::new(INSURANCE_UNKNOWN).with("least", least)),
            Some(months) if months < least => {
                found.push(Refusal::new(INSURANCE_SHORT).with("months", months).with("least", least));
            }
            _ => {}
        }
        let last = self.last_day(held.issued_on);
        if today > last {
            found.push(Refusal::new(TOO_LATE).with("day", last.to_string()).with("issued", held.issued_on.to_string()));
        }
        found.extend(self.claimed(held, earlier, today));
        found
    }

    fn claimed(&self, held: &Held<'_>, earlier: &[Earlier], today: Day) -> Vec<Refusal> {
        let mut found = Vec::new();
        let same = earlier.iter().find(|e| e.occupation == held.occupation && e.level == held.level);
        if let Some(one) = same.filter(|_| self.once_each) {
            found.push(Refusal::new(CLAIMED).with("day", one.claimed_on.to_string()));
        }
        let this_year = earlier.iter().filter(|e| e.claimed_on.year() == today.year()).count();
        if this_year >= usize::from(self.most_per_year) {
            let most = i64::from(self.most_per_year);
            found.push(Refusal::new(YEAR_FULL).with("year", i64::from(today.year())).with("most", most));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn rule() -> Subsidy {
        Subsidy {
            document: "某文".into(),
            caps: vec![
                SubsidyCap { level: Level::Five, amount: 100_000 },
                SubsidyCap { level: Level::Four, amount: 150_000 },
            ],
            insured_months: 12,
            claim_within_months: 12,
            most_per_year: 3,
            once_each: true,
        }
    }

    fn held(level: Level, months: Option<i64>) -> Held<'static> {
        Held {
            occupation: "政务服务办事员", level, issued_on: day("2024-10-10"), valid: true, insured_months: months
        }
    }

    fn codes(held: &Held<'_>, earlier: &[Earlier], today: &str) -> Vec<&'static str> {
        rule().against(held, earlier, day(today)).iter().map(|r| r.code.0).collect()
    }

    /// S4-12: every rule alone, at its edge.
    #[test]
    fn each_rule_refuses_at_its_edge() {
        let sound = held(Level::Five, Some(12));
        assert_eq!(codes(&sound, &[], "2025-10-10"), [""; 0]);
        assert_eq!(codes(&sound, &[], "2025-10-11"), ["subsidy.too_late"]);
        assert_eq!(codes(&held(Level::Five, Some(11)), &[], "2024-11-01"), ["subsidy.insurance_short"]);
        assert_eq!(codes(&held(Level::Five, None), &[], "2024-11-01"), ["subsidy.insurance_unknown"]);
        assert_eq!(codes(&held(Level::Two, Some(12)), &[], "2024-11-01"), ["subsidy.level"]);
        assert_eq!(codes(&Held { valid: false, ..sound }, &[], "2024-11-01"), ["subsidy.revoked"]);
    }

    /// S4-12: once for an occupation and level, three times a year; the year counts, not twelve months.
    #[test]
    fn earlier_claims_count() {
        let claim =
            |occupation: &str, level, on: &str| Earlier { occupation: occupation.into(), level, claimed_on: day(on) };
        let sound = held(Level::Five, Some(12));
        let same = [claim("政务服务办事员", Level::Five, "2020-01-01")];
        assert_eq!(codes(&sound, &same, "2024-11-01"), ["subsidy.claimed"]);
        let other = [claim("政务服务办事员", Level::Four, "2020-01-01")];
        assert_eq!(codes(&sound, &other, "2024-11-01"), [""; 0]);
        let three = ["2024-01-02", "2024-02-02", "2024-03-02"].map(|on| claim("电工", Level::Five, on));
        assert_eq!(codes(&sound, &three, "2024-11-01"), ["subsidy.year_full"]);
        assert_eq!(codes(&sound, &three, "2025-01-01"), [""; 0]);
    }

    /// Nothing is hidden behind the first reason.
    #[test]
    fn all_reasons_are_told() {
        let bad = Held { valid: false, ..held(Level::One, None) };
        assert_eq!(codes(&bad, &[], "2030-01-01").len(), 4);
    }
}

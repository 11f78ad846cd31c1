//! What is said against published results: until when, about what, and who may not decide it.
use super::publicity::Recheck;
use crate::model::{Code, Day, RecheckScope, Refusal, Subject, fold};

pub const LATE: Code = Code("objection.late");
pub const NO_RECHECK: Code = Code("objection.no_recheck");
pub const SCOPE: Code = Code("objection.scope");
pub const PART: Code = Code("objection.part");
pub const OWN_CASE: Code = Code("objection.own_case");
pub const TOOK_IT_DOWN: Code = Code("objection.took_it_down");
pub const GAVE_THE_MARK: Code = Code("objection.gave_the_mark");

/// Refused after the last day, unless somebody says why it is taken all the same.
pub fn in_time(day: Day, last: Day, late: Option<&str>) -> Result<(), Refusal> {
    if day <= last || late.is_some_and(|why| !why.trim().is_empty()) {
        return Ok(());
    }
    Err(Refusal::new(LATE).with("last", last.to_string()))
}

/// Only what the notice lets be looked at again: what was left out, added up or copied wrongly, never the judgement.
pub fn may_recheck(rule: Option<&Recheck>, part: Subject, scope: RecheckScope) -> Result<&Recheck, Refusal> {
    let rule = rule.ok_or_else(|| Refusal::new(NO_RECHECK))?;
    if !rule.scopes.contains(&scope) {
        return Err(Refusal::new(SCOPE).word("scope", scope.key()));
    }
    if !rule.parts.contains(&part) {
        return Err(Refusal::new(PART).word("subject", part.key()));
    }
    Ok(rule)
}

/// Somebody who would decide, and what ties them to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handler<'a> {
    pub name: &'a str,
    /// Took the objection down.
    pub registered: bool,
    /// Typed, settled or judged the mark.
    pub marked: bool,
}

/// Another person handles it: not who raised it or whom it is about, not who took it down, not who gave the mark.
pub fn may_handle(handler: Handler<'_>, parties: &[&str]) -> Result<(), Refusal> {
    let who = fold::name(handler.name);
    let named = parties.iter().flat_map(|text| text.split(['、', ',', '，', ';', '；', ' ', '\n']));
    if named.map(fold::name).any(|name| !name.is_empty() && name == who) {
        return Err(Refusal::new(OWN_CASE).with("name", handler.name));
    }
    if handler.registered {
        return Err(Refusal::new(TOOK_IT_DOWN).with("name", handler.name));
    }
    if handler.marked {
        return Err(Refusal::new(GAVE_THE_MARK).with("name", handler.name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn rule() -> Recheck {
        let scopes = vec![RecheckScope::Omission, RecheckScope::Addition];
        Recheck { within: 10, decide_within: 10, scopes, parts: vec![Subject::Theory] }
    }

    #[test]
    fn the_last_day_counts_and_later_wants_a_reason() {
        let last = day("2023-10-27");
        assert_eq!(in_time(last, last, None), Ok(()));
        assert!(in_time(day("2023-10-28"), last, None).unwrap_err().is(LATE));
        assert!(in_time(day("2023-10-28"), last, Some(" ")).is_err());
        assert_eq!(in_time(day("2023-10-28"), last, Some("邮寄延误")), Ok(()));
    }

    #[test]
    fn only_what_the_notice_names_is_looked_at_again() {
        let rule = rule();
        assert!(may_recheck(Some(&rule), Subject::Theory, RecheckScope::Addition).is_ok());
        let refused = |rule, part, scope| may_recheck(rule, part, scope).unwrap_err().code;
        assert_eq!(refused(Some(&rule), Subject::Theory, RecheckScope::Transfer), SCOPE);
        assert_eq!(refused(Some(&rule), Subject::Review, RecheckScope::Addition), PART);
        assert_eq!(refused(None, Subject::Theory, RecheckScope::Addition), NO_RECHECK);
    }

    #[test]
    fn another_person_handles_it() {
        let one = Handler { name: "张某", registered: false, marked: false };
        assert_eq!(may_handle(one, &["李某", ""]), Ok(()));
        assert!(may_handle(one, &["李某、 张某"]).unwrap_err().is(OWN_CASE));
        assert!(may_handle(Handler { registered: true, ..one }, &[]).unwrap_err().is(TOOK_IT_DOWN));
        assert!(may_handle(Handler { marked: true, ..one }, &[]).unwrap_err().is(GAVE_THE_MARK));
    }
}

//! Complaints: how soon somebody looks and decides, and who may not.
use super::Supervision;
use crate::model::{Calendar, Code, Day, Refusal, fold};

pub const OWN_CASE: Code = Code("complaint.own_case");

impl Supervision {
    /// The last day to take a complaint up or refuse it; the day it came in is not counted.
    pub fn look_by(&self, received_on: Day, calendar: &Calendar) -> Option<Day> {
        calendar.after(received_on, u32::from(self.look_within))
    }

    /// The last day to decide one that was taken up.
    pub fn decide_by(&self, looked_on: Day, calendar: &Calendar) -> Option<Day> {
        calendar.after(looked_on, u32::from(self.decide_within))
    }
}

/// Refused for somebody whom the complaint names.
pub fn may_handle(who: &str, against: Option<&str>) -> Result<(), Refusal> {
    let who = fold::text(who);
    let named = against.unwrap_or_default().split(['、', ',', '，', ';', '；', ' ', '\n']);
    let own = named.map(fold::text).any(|name| !name.is_empty() && name == who);
    if own { Err(Refusal::new(OWN_CASE).with("name", who.into_owned())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_named_does_not_handle_it() {
        assert!(may_handle("张某", Some("李某、张某")).is_err());
        assert!(may_handle(" 张某", Some("张某")).is_err());
        assert!(may_handle("张某", Some("张某某")).is_ok());
        assert!(may_handle("张某", None).is_ok() && may_handle("", Some("张某")).is_ok());
    }

    #[test]
    fn days_are_working_days_after_the_day_itself() {
        let rule = Supervision { per_object: 2, every_session: true, look_within: 3, decide_within: 7 };
        let (calendar, monday) = (Calendar::default(), "2023-10-16".parse().unwrap());
        assert_eq!(rule.look_by(monday, &calendar), "2023-10-19".parse().ok());
        assert_eq!(rule.decide_by("2023-10-19".parse().unwrap(), &calendar), "2023-10-30".parse().ok());
    }
}

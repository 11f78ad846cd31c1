//! Whether somebody's roles suffice for something.
use crate::model::{Code, Refusal, Role};

pub const ROLE_NEEDED: Code = Code("duty.role_needed");
pub const EITHER_ROLE_NEEDED: Code = Code("duty.either_role_needed");
pub const ANY_ROLE_NEEDED: Code = Code("duty.any_role_needed");

/// One of `need` is enough; an empty `need` asks for nothing. A refusal names at most the first three.
pub fn allowed(have: &[Role], need: &[Role]) -> Result<(), Refusal> {
    if need.is_empty() || need.iter().any(|role| have.contains(role)) {
        return Ok(());
    }
    let refusal = match need {
        [] => return Ok(()),
        [one] => Refusal::new(ROLE_NEEDED).word("role", one.key()),
        [one, other] => Refusal::new(EITHER_ROLE_NEEDED).word("role", one.key()).word("other", other.key()),
        [one, other, third, ..] => {
            Refusal::new(ANY_ROLE_NEEDED).word("role", one.key()).word("other", other.key()).word("third", third.key())
        }
    };
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_the_needed_roles_is_enough() {
        use Role::{Admin, Coordinator, Proctor, Typist};
        assert_eq!(allowed(&[Typist], &[]), Ok(()));
        assert_eq!(allowed(&[Proctor], &[Coordinator, Proctor]), Ok(()));
        assert!(allowed(&[], &[Coordinator]).unwrap_err().is(ROLE_NEEDED));
        let refusal = allowed(&[Typist, Admin], &[Coordinator, Proctor]).unwrap_err();
        assert_eq!(refusal.to_string(), "duty.either_role_needed role=role.coordinator other=role.proctor");
        assert!(allowed(&[Typist], &[Coordinator, Proctor, Admin]).unwrap_err().is(ANY_ROLE_NEEDED));
    }
}

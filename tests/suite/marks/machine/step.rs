//! What an operator may try. Most of it is refused: the machine does not know the rules.
use proptest::prelude::*;

/// Operators by place in [`super::world::PEOPLE`], marks by place in the list of keys.
#[derive(Debug, Clone)]
pub enum Step {
    Save {
        who: usize,
        key: usize,
        value: usize,
    },
    /// Two typists type the same, so that runs get as far as locks.
    SaveTwice {
        key: usize,
        value: usize,
    },
    /// Three typists, each their own value: markers who lie apart, and a third.
    SaveThree {
        key: usize,
        values: [usize; 3],
    },
    Settle {
        who: usize,
        key: usize,
        how: usize,
    },
    Claim {
        who: usize,
        key: usize,
        slot: usize,
    },
    Release {
        who: usize,
        key: usize,
        slot: usize,
    },
    Draw {
        who: usize,
        session: usize,
    },
    AskOpen {
        who: usize,
        session: usize,
    },
    Open {
        who: usize,
        session: usize,
    },
    Undo {
        who: usize,
        back: usize,
    },
    Redo {
        who: usize,
    },
    Lock {
        who: usize,
        session: usize,
    },
    AskUnlock {
        who: usize,
        session: usize,
    },
    DecideUnlock {
        who: usize,
        session: usize,
        yes: bool,
    },
    Ask {
        who: usize,
        key: usize,
        value: usize,
    },
    Decide {
        who: usize,
        yes: bool,
    },
    Withdraw {
        who: usize,
    },
    Score {
        who: usize,
        member: usize,
        points: i32,
    },
    /// All three sit, sheets and hands included.
    Judge {
        points: i32,
    },
    Seal {
        who: usize,
    },
    Reopen {
        who: usize,
    },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (who, key, value, session) = (0usize..7, 0usize..4, 0usize..4, 0usize..2);
    let typist = 0usize..3;
    let chief = 3usize..5;
    let anybody = || who.clone();
    let step = prop_oneof![
        8 => (typist, key.clone(), value.clone()).prop_map(|(who, key, value)| Step::Save { who, key, value }),
        2 => (anybody(), key.clone(), value.clone()).prop_map(|(who, key, value)| Step::Save { who, key, value }),
        6 => (key.clone(), value.clone()).prop_map(|(key, value)| Step::SaveTwice { key, value }),
        3 => (key.clone(), [value.clone(), value.clone(), value.clone()])
            .prop_map(|(key, values)| Step::SaveThree { key, values }),
        4 => (chief.clone(), key.clone(), 0usize..6).prop_map(|(who, key, how)| Step::Settle { who, key, how }),
        1 => (anybody(), key.clone(), 0usize..6).prop_map(|(who, key, how)| Step::Settle { who, key, how }),
        4 => (anybody(), 0usize..5).prop_map(|(who, back)| Step::Undo { who, back }),
        1 => anybody().prop_map(|who| Step::Redo { who }),
        4 => (chief.clone(), session.clone()).prop_map(|(who, session)| Step::Lock { who, session }),
        1 => (anybody(), session.clone()).prop_map(|(who, session)| Step::AskUnlock { who, session }),
        1 => (anybody(), session.clone(), any::<bool>())
            .prop_map(|(who, session, yes)| Step::DecideUnlock { who, session, yes }),
        4 => (chief.clone(), key.clone(), value.clone()).prop_map(|(who, key, value)| Step::Ask { who, key, value }),
        2 => (anybody(), key.clone(), 0usize..3).prop_map(|(who, key, slot)| Step::Claim { who, key, slot }),
        2 => (anybody(), key.clone(), 0usize..3).prop_map(|(who, key, slot)| Step::Release { who, key, slot }),
        1 => (anybody(), key, value).prop_map(|(who, key, value)| Step::Ask { who, key, value }),
        4 => (anybody(), any::<bool>()).prop_map(|(who, yes)| Step::Decide { who, yes }),
        1 => anybody().prop_map(|who| Step::Withdraw { who }),
        3 => (5usize..7, 0usize..3, 50i32..70).prop_map(|(who, member, points)| Step::Score { who, member, points }),
        1 => (50i32..70).prop_map(|points| Step::Judge { points }),
        2 => (chief.clone(), session.clone()).prop_map(|(who, session)| Step::AskOpen { who, session }),
        2 => (anybody(), session.clone()).prop_map(|(who, session)| Step::Open { who, session }),
        1 => (anybody(), session.clone()).prop_map(|(who, session)| Step::Draw { who, session }),
        1 => anybody().prop_map(|who| Step::Seal { who }),
        1 => anybody().prop_map(|who| Step::Reopen { who }),
    ];
    prop::collection::vec(step, 20..45)
}

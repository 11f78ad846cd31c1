//! Rows: whether PINs are wanted, wrong PINs in a row, keys of operators. They are this site's own and in no bundle.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Required: nobody signs on by a name alone.
    Pins { Required = "required", Optional = "optional" }
);

record!(PinRuleRow in "pin_rule" by [id] { id: i64, pins: Pins });

record!(
    /// Wrong PINs since the last right one.
    PinFailureRow in "pin_failure" by [operator] { operator: OperatorId, failures: i64, last_at: Stamp }
);

record!(
    /// A public key of an operator, by its fingerprint as `ssh-keygen -l` shows it.
    OperatorKeyRow in "operator_key" by [id] { id: i64, operator: OperatorId, fingerprint: String, added_at: Stamp }
);

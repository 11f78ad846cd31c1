//! Whom a row of the platform's sheet is about, and whether it can be stored.
use super::Verdict;
use crate::bundle::payment_sheet::PaymentLine;
use crate::model::{ApplicationId, BatchId, Code, Refusal};
use crate::ops::Result;
use crate::ops::payments::ledger::{self, OUT, reviewed};
use crate::policy::Policy;
use crate::policy::fees::yuan;
use crate::policy::payment::{self, AMOUNT_DIFFERS};
use crate::store::rows::Connection;
use crate::store::views::payments::registrations;
use crate::store::{ApplicationRow, FeeRow, FeeState, rows};
use std::collections::{HashMap, HashSet};

pub const OTHER_NAME: Code = Code("payment.other_name");

pub struct Match {
    pub verdict: Verdict,
    pub row: Option<ApplicationRow>,
    pub had: Vec<FeeRow>,
    pub because: Option<Refusal>,
}

impl Match {
    fn of(verdict: Verdict) -> Match {
        Match { verdict, row: None, had: Vec::new(), because: None }
    }

    fn about(verdict: Verdict, row: ApplicationRow, because: Option<Refusal>) -> Match {
        Match { row: Some(row), because, ..Match::of(verdict) }
    }
}

/// The stored side of a reconciliation, and what earlier rows of the same sheet have taken of it.
pub struct Books<'a> {
    db: &'a Connection,
    batch: BatchId,
    policy: &'a Policy,
    registrations: HashMap<String, Vec<ApplicationId>>,
    /// Rows of money that a row of the sheet stands for.
    taken: HashSet<i64>,
    /// Payments of this sheet, by application: their lines are no payments twice.
    matched: HashMap<ApplicationId, Vec<PaymentLine>>,
}

impl<'a> Books<'a> {
    pub fn new(db: &'a Connection, batch: BatchId, policy: &'a Policy) -> Result<Books<'a>> {
        let registrations = registrations(db, batch)?;
        Ok(Books { db, batch, policy, registrations, taken: HashSet::new(), matched: HashMap::new() })
    }

    pub fn place(&mut self, line: &PaymentLine) -> Result<Match> {
        let people = self.people(line)?;
        let Some(first) = people.first() else { return Ok(Match::of(Verdict::Unknown)) };
        if let Some(name) = line.name.as_ref().filter(|name| people.iter().all(|p| p.name != **name)) {
            let because = Refusal::new(OTHER_NAME).with("stored", first.name.as_str()).with("name", name.as_str());
            return Ok(Match::about(Verdict::NameDiffers, first.clone(), Some(because)));
        }
        let mut open = Vec::new();
        for row in &people {
            let had = ledger::rows_of(self.db, row.id)?;
            if self.is_known(line, row, &had) {
                return Ok(Match::about(Verdict::Known, row.clone(), None));
            }
            let settled = ledger::tally(self.policy, row, &had).state.settles() || self.matched.contains_key(&row.id);
            if !settled {
                open.push((row.clone(), had));
            }
        }
        let mut fits = open.iter().filter(|(row, had)| self.due(row, had).is_none_or(|due| due == line.amount));
        match (open.len(), fits.next(), fits.next()) {
            (0, ..) => Ok(Match::about(Verdict::PaidTwice, first.clone(), None)),
            (1, ..) => {
                Ok(open.into_iter().next().map_or(Match::of(Verdict::Unknown), |(row, had)| self.judge(line, row, had)))
            }
            (_, Some((row, had)), None) => Ok(self.judge(line, row.clone(), had.clone())),
            _ => Ok(Match::about(Verdict::Ambiguous, first.clone(), None)),
        }
    }

    /// By registration number, otherwise by document number: those still in the batch before those who left it.
    fn people(&self, line: &PaymentLine) -> Result<Vec<ApplicationRow>> {
        let known = line.registration_no.as_ref().and_then(|n| self.registrations.get(n));
        let mut found = Vec::new();
        for id in known.into_iter().flatten() {
            found.extend(rows::first::<ApplicationRow>(self.db, "WHERE id = ?1", [id])?);
        }
        if let (true, Some(number)) = (found.is_empty(), &line.id_number) {
            let tail = "WHERE batch = ?1 AND id_number = ?2 ORDER BY id";
            found = rows::select::<ApplicationRow>(self.db, tail, (self.batch, number))?;
        }
        if found.iter().any(|row| row.state.is_live()) {
            found.retain(|row| row.state.is_live());
        }
        Ok(found)
    }

    fn due(&self, row: &ApplicationRow, had: &[FeeRow]) -> Option<i64> {
        ledger::tally(self.policy, row, had).due()
    }

    /// Whether this payment stands in the books: by its reference; without one by amount and time; or recorded by hand,
    /// without a reference, which one row of the sheet may stand for.
    fn is_known(&mut self, line: &PaymentLine, row: &ApplicationRow, had: &[FeeRow]) -> bool {
        let same = |other: &PaymentLine| match (&line.reference, &other.reference) {
            (Some(a), Some(b)) => a == b,
            (None, None) => line.amount == other.amount && line.paid_on == other.paid_on,
            _ => false,
        };
        if self.matched.get(&row.id).is_some_and(|lines| lines.iter().any(same)) {
            return true;
        }
        let paid = || had.iter().filter(|h| h.state == FeeState::Paid);
        let exact = paid().find(|h| match (&line.reference, &h.reference) {
            (Some(a), Some(b)) => a == b,
            (None, None) => h.amount == line.amount && h.paid_on == line.paid_on,
            _ => false,
        });
        let by_hand = || {
            paid().find(|h| {
                h.reference.is_none() && (h.amount == 0 || h.amount == line.amount) && !self.taken.contains(&h.id)
            })
        };
        match exact.or_else(by_hand) {
            Some(known) => {
                self.taken.insert(known.id);
                true
            }
            None => false,
        }
    }

    fn judge(&mut self, line: &PaymentLine, row: ApplicationRow, had: Vec<FeeRow>) -> Match {
        let state = format!("application_state.{}", row.state.code());
        let out = (!row.state.is_live()).then(|| Refusal::new(OUT).word("state", state));
        let not_yet = || payment::may_pay(self.policy, reviewed(&row)).err();
        let late = || payment::in_time(&self.policy.windows, line.paid_on).err();
        if let Some(because) = out.or_else(not_yet).or_else(late) {
            let because = because.with("name", row.name.as_str());
            return Match::about(Verdict::NotAllowed, row, Some(because));
        }
        if let Some(due) = self.due(&row, &had).filter(|due| *due != line.amount) {
            let because = Refusal::new(AMOUNT_DIFFERS).with("amount", yuan(line.amount)).with("due", yuan(due));
            let because = because.with("name", row.name.as_str());
            return Match::about(Verdict::AmountDiffers, row, Some(because));
        }
        self.matched.entry(row.id).or_default().push(line.clone());
        Match { had, ..Match::about(Verdict::Matched, row, None) }
    }
}

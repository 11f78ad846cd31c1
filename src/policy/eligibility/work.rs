//! How long somebody worked, from periods that may overlap, touch or lack a field.
//!
//! Periods are clipped to the reference day, merged, and their days added up. The sum is laid before the end of the last
//! period as if there had been no gap, and n years are full when that stretch reaches from some day to the same day n
//! years later. So one stretch counts by the calendar, cutting it in two changes nothing, and every further day helps.
use super::evidence::Part;
use super::finding::{Clock, Finding, Missing, Short};
use super::judge::Facts;
use super::span::{Span, after, after_years, before_by};
use crate::model::{Day, EvidenceKind};

/// Before any day in evidence; stands for a beginning that nobody has told.
const FAR: Day = Day::MIN;

struct Stay {
    piece: usize,
    from: Option<Day>,
    /// First day after it.
    end: Day,
    /// `None`: nobody has judged it yet.
    counts: Option<bool>,
}

/// What is asked of the periods.
#[derive(Clone, Copy)]
pub struct Ask {
    pub clock: Clock,
    pub years: u8,
    /// Only what lies on or after this day.
    pub since: Option<Day>,
    /// Between these days work counts whatever the occupation: after a transfer, or a veteran's pay.
    pub window: Option<(Option<Day>, Day)>,
}

pub struct Work {
    stays: Vec<Stay>,
    /// First day after the reference day.
    end: Day,
}

#[derive(Clone, Copy)]
struct Tally {
    days: i64,
    end: Day,
}

impl Tally {
    /// The day on which so many years are full, if work went on.
    fn full(self, years: u8) -> Day {
        after_years(before_by(self.end, self.days), years)
    }

    fn span(self) -> Span {
        Span::between(before_by(self.end, self.days), self.end)
    }
}

impl Work {
    pub fn of(facts: &Facts<'_>) -> Work {
        let end = after(facts.reference);
        let mut stays = Vec::new();
        for (piece, e) in facts.evidence.iter().enumerate().filter(|(_, e)| e.kind == EvidenceKind::Employment) {
            let last = e.to.map_or(end, |to| after(to).min(end));
            stays.push(Stay { piece, from: e.from, end: last, counts: facts.counts(e.relation) });
        }
        Work { stays, end }
    }

    pub fn ask(&self, ask: Ask) -> Finding {
        if ask.years == 0 {
            return Finding::met(Vec::new());
        }
        if self.stays.is_empty() {
            let piece = Missing::Piece { kind: EvidenceKind::Employment, level: None, year: None };
            return Finding::missing(vec![piece]);
        }
        let (certain, proof) = self.tally(ask, false);
        let counted = Some(certain.span());
        if certain.full(ask.years) <= certain.end {
            return Finding::met(proof).counting(counted);
        }
        let missing = self.missing(ask);
        let best = if missing.is_empty() { certain } else { self.tally(ask, true).0 };
        let full = best.full(ask.years);
        if full <= best.end {
            return Finding::missing(missing).counting(counted);
        }
        let (lacking, days) = (Span::between(best.end, full), (full - best.end).num_days());
        Finding::short(Short::Time { clock: ask.clock, needed: ask.years, lacking, days }).counting(counted)
    }

    /// Years at work, in whichever occupation.
    pub fn all_years(&self, years: u8) -> Finding {
        self.ask(Ask { clock: Clock::Work, years, since: None, window: None })
    }

    /// At work in the occupation on the reference day.
    pub fn at_work(&self) -> Finding {
        if self.stays.is_empty() {
            let piece = Missing::Piece { kind: EvidenceKind::Employment, level: None, year: None };
            return Finding::missing(vec![piece]);
        }
        let last = self.stays.iter().filter(|s| s.end == self.end && s.counts != Some(false));
        let each = last.filter(|s| s.from.is_none_or(|from| from < self.end)).map(|s| match (s.counts, s.from) {
            (Some(_), Some(_)) => Finding::met(vec![s.piece]),
            (None, _) => Finding::missing(vec![Missing::Part { piece: s.piece, part: Part::Relation }]),
            (Some(_), None) => Finding::missing(vec![Missing::Part { piece: s.piece, part: Part::From }]),
        });
        each.fold(Finding::short(Short::Working), Finding::or)
    }

    fn tally(&self, ask: Ask, hopeful: bool) -> (Tally, Vec<usize>) {
        let (mut parts, mut proof) = (Vec::with_capacity(self.stays.len()), Vec::new());
        for stay in &self.stays {
            let Some(from) = stay.from.or(hopeful.then_some(FAR)) else { continue };
            let counts = ask.clock == Clock::Work || stay.counts.unwrap_or(hopeful);
            let since = ask.since.unwrap_or(FAR);
            let whole = counts.then(|| (from.max(since), stay.end));
            let inside = ask.window.and_then(|(begins, ends)| {
                let begins = begins.or(hopeful.then_some(FAR))?;
                Some((from.max(begins).max(since), stay.end.min(ends)))
            });
            let before = parts.len();
            parts.extend([whole, inside].into_iter().flatten().filter(|(from, end)| from < end));
            if parts.len() > before {
                proof.push(stay.piece);
            }
        }
        (self.merged(parts), proof)
    }

    fn merged(&self, mut parts: Vec<(Day, Day)>) -> Tally {
        parts.sort_unstable();
        let (mut days, mut reached) = (0, FAR);
        for (from, end) in parts {
            if end > reached {
                days += (end - from.max(reached)).num_days();
                reached = end;
            }
        }
        Tally { days, end: if days == 0 { self.end } else { reached } }
    }

    fn missing(&self, ask: Ask) -> Vec<Missing> {
        let mut missing = Vec::new();
        let within = |s: &&Stay| ask.since.is_none_or(|since| s.end > since);
        for stay in self.stays.iter().filter(within) {
            if stay.counts != Some(false) && stay.from.is_none() {
                missing.push(Missing::Part { piece: stay.piece, part: Part::From });
            }
            if stay.counts.is_none() && ask.clock != Clock::Work {
                missing.push(Missing::Part { piece: stay.piece, part: Part::Relation });
            }
        }
        missing
    }
}

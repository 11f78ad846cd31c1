//! Panels by lot. Recorded draws must come out the same, so what follows never changes:
//! 1. The pool is put in an order by [`Dice`], and the occupations after it, from one stream of the seed.
//! 2. Panel after panel gets its share of the candidates, whole occupations first, the largest first.
//! 3. Its members are the first in order who may judge every one of them. While there are too few of those, the candidate
//!    whom the fewest may judge waits for another panel; free places then go to others whom all members may judge.
//! 4. Whoever waits still goes to the panel with the fewest candidates whose members may all judge them, or for which those
//!    who may not can be exchanged for free experts.
//! 5. With anybody left, the lots are drawn again from the same stream, up to [`TRIES`] times; the first best draw counts.
use super::recusal::{BUSY, Block, Why, all, general};
use super::{Examinee, Expert, Rules};
use crate::model::{AssessorGrade, Code, Refusal};
use crate::policy::dice::Dice;
use crate::policy::panel;

pub const NO_PANELS: Code = Code("panel.draw_no_panels");
pub const TOO_FEW: Code = Code("panel.draw_too_few");
pub const NOBODY_LEFT: Code = Code("panel.draw_nobody");

const TRIES: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lots {
    pub seed: u64,
    pub panels: usize,
    pub size: usize,
}

/// One panel: places in the pool, the chair first, and places among the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub members: Vec<usize>,
    pub candidates: Vec<usize>,
}

/// A candidate whom no panel judges, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseated {
    pub candidate: usize,
    /// Experts of the pool who may judge them.
    pub able: usize,
    pub blocks: Vec<Block>,
}

/// An expert who may not judge everybody, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    pub expert: usize,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Fewer than asked for where the pool does not suffice.
    pub panels: Vec<Drawn>,
    pub unseated: Vec<Unseated>,
    pub excluded: Vec<Excluded>,
}

/// Who may judge whom, looked up once.
struct Table<'a> {
    lots: Lots,
    experts: &'a [Expert],
    candidates: &'a [Examinee],
    /// By expert, by candidate.
    blocks: Vec<Vec<Vec<Block>>>,
}

/// Refused when the size is none that a panel may have, or there is nobody to judge.
pub fn draw(rules: &Rules<'_>, lots: Lots, experts: &[Expert], candidates: &[Examinee]) -> Result<Drawing, Refusal> {
    panel::size(rules.panel, lots.size)?;
    if lots.panels == 0 || lots.panels > candidates.len() {
        return Err(Refusal::new(NO_PANELS).with("panels", lots.panels).with("candidates", candidates.len()));
    }
    let of = |e: &Expert| candidates.iter().map(|c| blocks(rules, e, c)).collect();
    let table = Table { lots, experts, candidates, blocks: experts.iter().map(of).collect() };
    let mut dice = Dice::new(lots.seed);
    let mut best = table.attempt(&mut dice);
    for _ in 1..TRIES {
        if best.0 == (0, 0) {
            break;
        }
        let next = table.attempt(&mut dice);
        if next.0 < best.0 {
            best = next;
        }
    }
    let panels = best.1;
    Ok(Drawing { unseated: table.unseated(&panels), excluded: table.excluded(rules), panels })
}

fn blocks(rules: &Rules<'_>, expert: &Expert, candidate: &Examinee) -> Vec<Block> {
    let mut found = all(rules, expert, candidate);
    found.extend(busy(expert));
    found
}

/// Whoever sits on an open panel is not drawn for another.
fn busy(expert: &Expert) -> Option<Block> {
    let panel = expert.busy.as_deref()?;
    let refusal = Refusal::new(BUSY).with("name", expert.who.name.as_str()).with("panel", panel);
    Some(Block { why: Why::Busy, refusal })
}

impl Table<'_> {
    fn blocks(&self, expert: usize, candidate: usize) -> &[Block] {
        self.blocks.get(expert).and_then(|row| row.get(candidate)).map_or(&[], Vec::as_slice)
    }

    fn may(&self, expert: usize, candidate: usize) -> bool {
        self.blocks(expert, candidate).is_empty()
    }

    fn may_all(&self, expert: usize, candidates: &[usize]) -> bool {
        candidates.iter().all(|c| self.may(expert, *c))
    }

    /// The panels, and how far they are from good: panels and candidates missing, then how uneven they are.
    fn attempt(&self, dice: &mut Dice) -> ((usize, usize), Vec<Drawn>) {
        let mut free: Vec<usize> = (0..self.experts.len()).collect();
        dice.shuffle(&mut free);
        let mut waiting = self.by_occupation(dice);
        let mut panels: Vec<Drawn> = Vec::new();
        for left in (1..=self.lots.panels).rev() {
            let share = waiting.len().div_ceil(left);
            let Some(panel) = self.panel(&mut free, &mut waiting, share) else { break };
            panels.push(panel);
        }
        waiting.retain(|c| !self.join(&mut panels, *c) && !self.exchange(&mut panels, &mut free, *c));
        for panel in &mut panels {
            self.seat_chair(&mut panel.members);
            panel.candidates.sort_unstable();
        }
        let sizes = || panels.iter().map(|p| p.candidates.len());
        let uneven = sizes().max().unwrap_or(0).saturating_sub(sizes().min().unwrap_or(0) + 1);
        let missing = (self.lots.panels - panels.len()) * self.candidates.len() + waiting.len();
        ((missing, uneven), panels)
    }

    /// Candidates with those of an occupation beside one another: the largest first, equals by lot.
    fn by_occupation(&self, dice: &mut Dice) -> Vec<usize> {
        let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
        for (place, candidate) in self.candidates.iter().enumerate() {
            match groups.iter_mut().find(|(occupation, _)| *occupation == candidate.occupation) {
                Some((_, group)) => group.push(place),
                None => groups.push((&candidate.occupation, vec![place])),
            }
        }
        dice.shuffle(&mut groups);
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
        groups.into_iter().flat_map(|(_, group)| group).collect()
    }

    /// The next panel; `None` when nobody can be judged by as many as it needs.
    fn panel(&self, free: &mut Vec<usize>, waiting: &mut Vec<usize>, share: usize) -> Option<Drawn> {
        let mut open = waiting.clone();
        let mut wish = self.wish(&open, share);
        let able = |wish: &[usize]| free.iter().copied().filter(|e| self.may_all(*e, wish)).collect::<Vec<_>>();
        while !wish.is_empty() && able(&wish).len() < self.lots.size {
            let judges = |c: &usize| free.iter().filter(|e| self.may(**e, *c)).count();
            let (place, hardest) = wish.iter().copied().enumerate().min_by_key(|(_, c)| judges(c))?;
            wish.remove(place);
            open.retain(|c| *c != hardest);
            if wish.is_empty() {
                wish = self.wish(&open, share);
            }
        }
        if wish.is_empty() {
            return None;
        }
        let members: Vec<usize> = able(&wish).into_iter().take(self.lots.size).collect();
        free.retain(|e| !members.contains(e));
        waiting.retain(|c| !wish.contains(c));
        for candidate in std::mem::take(waiting) {
            if wish.len() < share && members.iter().all(|e| self.may(*e, candidate)) {
                wish.push(candidate);
            } else {
                waiting.push(candidate);
            }
        }
        Some(Drawn { members, candidates: wish })
    }

    /// Whole occupations while they fit, then part of the next.
    fn wish(&self, waiting: &[usize], share: usize) -> Vec<usize> {
        let occupation = |c: &usize| self.candidates.get(*c).map(|c| c.occupation.as_str());
        let mut wish: Vec<usize> = Vec::new();
        for group in waiting.chunk_by(|a, b| occupation(a) == occupation(b)) {
            if wish.len() + group.len() <= share {
                wish.extend(group);
            }
        }
        for candidate in waiting {
            if wish.len() < share && !wish.contains(candidate) {
                wish.push(*candidate);
            }
        }
        wish
    }

    /// Gives a candidate to the panel with the fewest whose members may all judge them.
    fn join(&self, panels: &mut [Drawn], candidate: usize) -> bool {
        let fit = |p: &&mut Drawn| p.members.iter().all(|e| self.may(*e, candidate));
        match panels.iter_mut().filter(fit).min_by_key(|p| p.candidates.len()) {
            Some(panel) => panel.candidates.push(candidate),
            None => return false,
        }
        true
    }

    /// The same where each member who may not is exchanged for a free expert.
    fn exchange(&self, panels: &mut [Drawn], free: &mut Vec<usize>, candidate: usize) -> bool {
        for panel in panels {
            let mut wanted = panel.candidates.clone();
            wanted.push(candidate);
            let mut pool = free.iter().copied().filter(|e| self.may_all(*e, &wanted));
            let swapped: Option<Vec<usize>> =
                panel.members.iter().map(|e| if self.may(*e, candidate) { Some(*e) } else { pool.next() }).collect();
            if let Some(members) = swapped {
                free.retain(|e| !members.contains(e));
                free.extend(panel.members.iter().filter(|e| !members.contains(e)));
                *panel = Drawn { members, candidates: wanted };
                return true;
            }
        }
        false
    }

    /// The first senior member takes the chair; without one the first.
    fn seat_chair(&self, members: &mut [usize]) {
        let senior = |e: &usize| {
            let card = self.experts.get(*e).and_then(|e| e.card.as_ref());
            card.is_some_and(|card| card.grade == AssessorGrade::Senior)
        };
        if let Some(first) = members.iter().position(senior)
            && let Some(head) = members.get_mut(..=first)
        {
            head.rotate_right(1);
        }
    }

    fn unseated(&self, panels: &[Drawn]) -> Vec<Unseated> {
        let seated = |c: &usize| panels.iter().any(|p| p.candidates.contains(c));
        let of = |candidate: usize| {
            let able = (0..self.experts.len()).filter(|e| self.may(*e, candidate)).count();
            let members = panels.iter().flat_map(|p| p.members.iter().copied());
            let whose: Vec<usize> =
                if able < self.lots.size { (0..self.experts.len()).collect() } else { members.collect() };
            let blocks = whose.into_iter().filter_map(|e| self.blocks(e, candidate).first()).cloned().collect();
            Unseated { candidate, able, blocks }
        };
        (0..self.candidates.len()).filter(|c| !seated(c)).map(of).collect()
    }

    /// What keeps somebody from everybody once, what keeps them from one candidate for each.
    fn excluded(&self, rules: &Rules<'_>) -> Vec<Excluded> {
        let of = |(expert, who): (usize, &Expert)| {
            let mut blocks = general(rules, who);
            blocks.extend(busy(who));
            if blocks.is_empty() {
                blocks.extend((0..self.candidates.len()).flat_map(|c| self.blocks(expert, c).iter().cloned()));
            }
            Excluded { expert, blocks }
        };
        self.experts.iter().enumerate().map(of).filter(|e| !e.blocks.is_empty()).collect()
    }
}

/// The first of the pool, by lot, who may judge all of these: their place, or every reason why there is nobody.
pub fn substitute(
    rules: &Rules<'_>,
    seed: u64,
    experts: &[Expert],
    candidates: &[&Examinee],
) -> Result<usize, Vec<Block>> {
    let mut why = Vec::new();
    for place in crate::policy::dice::shuffle(seed, experts.len()) {
        let Some(expert) = experts.get(place) else { continue };
        let mut found = general(rules, expert);
        found.extend(busy(expert));
        for candidate in candidates {
            let pair = all(rules, expert, candidate);
            found.extend(pair.into_iter().filter(|b| b.refusal.get("candidate").is_some()));
        }
        if found.is_empty() {
            return Ok(place);
        }
        why.extend(found.into_iter().take(1));
    }
    Err(why)
}

/// Refused when a draw made fewer panels than it should, or judges nobody.
impl Drawing {
    pub fn whole(&self, lots: Lots, experts: usize) -> Result<(), Refusal> {
        match self.panels.len() {
            0 => Err(Refusal::new(NOBODY_LEFT).with("size", lots.size).with("experts", experts)),
            there if there < lots.panels => Err(Refusal::new(TOO_FEW)
                .with("panels", lots.panels)
                .with("size", lots.size)
                .with("there", there)
                .with("experts", experts)),
            _ => Ok(()),
        }
    }
}

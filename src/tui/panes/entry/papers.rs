//! An open pile: its papers in order, the one at hand, the draft for it.
use super::claiming::{Claimed, turn_of};
use super::draft::{Draft, Hold};
use super::pace::Pace;
use crate::model::{ApplicationId, Code, Mark, Points, Refusal};
use crate::ops::entry::{self, Lease, Outcome, Paper, Part, Pile, Rule, Save, Stage, Turn};
use crate::ops::{Result, Site};
use crate::text::{Locale, mark_words};
use crate::tui::cx::{Cx, Tone};
use crate::tui::widgets::field::{Accept, Field};
use crate::tui::widgets::table::{Column, Table, Width};

pub const NOTHING_TYPED: Code = Code("entry.nothing_typed");
pub const NO_SEAT: Code = Code("entry.no_seat");

pub struct Papers {
    pub pile: Pile,
    /// Whether the reader is a typist; others only look.
    pub types: bool,
    /// Which entry this pile is to the reader: said while the pile is open, whatever paper is at hand.
    pub kind: Option<Turn>,
    pub rows: Vec<(Paper, Stage)>,
    pub table: Table,
    pub draft: Draft,
    /// Has the focus while a seat or ticket number is typed to jump to.
    pub jump: Option<Field>,
    /// Number of the paper and mark that were saved last.
    pub last: Option<(String, Mark)>,
    pub pace: Pace,
    pub claimed: Claimed,
    /// Says to others that the screen with this pile is alive.
    pub lease: Option<Lease>,
    /// The paper that was saved last: its row is read again only after the action.
    pub just: Option<ApplicationId>,
    /// The reader was told that nothing is left to type.
    pub told_through: bool,
}

impl Papers {
    pub fn open(cx: &Cx<'_>, pile: Pile, rule: Rule) -> Result<Papers> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let mut columns = match pile.is_sealed() {
            true => vec![Column::new(word("column.script"), Width::Fixed(8)).right()],
            false => vec![
                Column::new(word("column.seat"), Width::Fixed(4)).right(),
                Column::new(word("entry.name"), Width::Fill(8)),
            ],
        };
        columns.push(Column::new(word("column.my_mark"), Width::Fixed(6)).right());
        columns.push(Column::new(word("column.stage"), Width::Fixed(10)));
        let table = Table::new(columns);
        let types = entry::may_type(cx.site).is_ok();
        let mut papers = Papers {
            pile,
            types,
            kind: None,
            rows: Vec::new(),
            table,
            draft: Draft::new(rule),
            jump: None,
            last: None,
            pace: Pace::default(),
            claimed: Claimed::default(),
            lease: None,
            just: None,
            told_through: false,
        };
        papers.read(cx.site)?;
        let first = papers.rows.iter().position(|(_, stage)| stage.is_open());
        papers.table.select(first.unwrap_or(0));
        papers.kind = types.then(|| kind(&papers.rows));
        papers.fit(cx.site)?;
        Ok(papers)
    }

    /// Reads the pile again; what is typed stays, but warnings do not outlive a change of their paper.
    pub fn read(&mut self, site: &Site) -> Result<()> {
        let before = self.at_hand().map(|(p, stage)| (p.application, stage));
        self.rows = entry::pile(site, &self.pile)?;
        self.table.set_rows(self.rows.len());
        if let Some((application, stage)) = before {
            let place = self.rows.iter().position(|(p, _)| p.application == application);
            self.table.select(place.unwrap_or(0));
            match self.at_hand() {
                Some((paper, now)) if paper.application == application => {
                    if now != stage {
                        self.draft.forget_warnings();
                    }
                }
                _ => self.draft.clear(),
            }
        }
        self.fit(site)
    }

    /// Makes the fields that the paper at hand has. Whoever only looks has none.
    pub fn fit(&mut self, site: &Site) -> Result<()> {
        let of = self.at_hand().filter(|(_, stage)| self.types && stage.is_open()).map(|(paper, _)| paper.application);
        let groups = of.map(|of| entry::groups(site, of, self.pile.subject)).transpose()?;
        self.draft.fit(groups.unwrap_or_default());
        Ok(())
    }

    pub fn at_hand(&self) -> Option<(&Paper, Stage)> {
        self.near(0)
    }

    /// The paper so many places after the one at hand.
    pub fn near(&self, by: isize) -> Option<(&Paper, Stage)> {
        let place = self.table.selected()?.checked_add_signed(by)?;
        self.rows.get(place).map(|(paper, stage)| (paper, *stage))
    }

    /// Which entry the reader is making on the paper at hand.
    pub fn turn(&self) -> Option<Turn> {
        match self.at_hand()?.1 {
            _ if !self.types => None,
            Stage::Correct => Some(Turn::Correction),
            stage => turn_of(stage),
        }
    }

    /// How many entries of the pile's kind are in, and how many papers need one.
    pub fn progress(&self) -> (usize, usize) {
        let needed = |stage: Stage| !matches!(stage, Stage::NotRequired | Stage::Withdrawn);
        let done = |paper: &Paper| match (self.kind, paper.entries) {
            (Some(Turn::First), [first, _]) => first.is_some(),
            (Some(Turn::Third), _) => !paper.lacks_third,
            (_, [_, second]) => second.is_some(),
        };
        let all = self.rows.iter().filter(|(_, stage)| needed(*stage));
        (all.clone().filter(|(p, stage)| *stage == Stage::Void || done(p)).count(), all.count())
    }

    /// How many of the reader's own entries are marks in points, and what they come to.
    pub fn own_sum(&self) -> (usize, Points) {
        let own = self.rows.iter().filter_map(|(paper, _)| paper.mine?.points());
        own.fold((0, Points::ZERO), |(count, sum), points| {
            (count + 1, Points::new(sum.hundredths().saturating_add(points.hundredths())))
        })
    }

    /// Whether the reader has just typed the last paper that was theirs to type.
    pub fn is_through(&self) -> bool {
        !self.told_through
            && self.just.is_some()
            && !self.rows.iter().any(|(paper, stage)| stage.is_open() && Some(paper.application) != self.just)
    }

    /// Refused, and the text taken away, where the reader types nothing now.
    pub fn may_type(&self, site: &Site) -> Result<()> {
        if let Claimed::Theirs(why) = &self.claimed {
            return Err(why.clone().into());
        }
        let Some((paper, _)) = self.at_hand() else { return Err(Refusal::new(NO_SEAT).into()) };
        entry::turn(site, paper.application, self.pile.subject).map(drop)
    }

    pub fn jump(&mut self, site: &Site) -> Result<()> {
        let Some(field) = self.jump.take() else { return Ok(()) };
        let wanted = field.text();
        let fits = |paper: &Paper| {
            let by_seat = paper.whose.as_ref().is_some_and(|w| wanted.parse() == Ok(w.seat));
            let by_tail = |text: &str| wanted.len() > 2 && text.ends_with(wanted);
            by_seat || paper.ticket().is_some_and(by_tail) || paper.script.as_deref().is_some_and(by_tail)
        };
        let found = self.rows.iter().position(|(paper, _)| fits(paper));
        let place = found.ok_or_else(|| Refusal::new(NO_SEAT).with("value", wanted))?;
        self.table.select(place);
        self.draft.clear();
        self.fit(site)
    }

    pub fn start_jump(&mut self) {
        self.jump = Some(Field::new(Accept::Only(|c| c.is_ascii_digit()), 20));
    }

    /// Takes away what is typed and not saved, and says so.
    pub fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        if self.draft.has_anything() {
            cx.say(Tone::Warn, "entry.dropped", &[]);
            cx.bell();
        }
        self.draft.clear();
    }

    /// After the draft changed: a mark that nothing more belongs to saves itself, where the policy fixes its length.
    pub fn finish(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if !self.draft.is_whole() {
            return Ok(());
        }
        if self.draft.problem.is_some() {
            // The digits that follow belong to the next paper.
            self.draft.hold = Hold::Asked;
            cx.bell();
            return Ok(());
        }
        self.save(cx, Vec::new())
    }

    /// Enter: the next group of questions, else the mark is saved.
    pub fn enter(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if !self.draft.has_next() {
            return self.save(cx, Vec::new());
        }
        self.may_type(cx.site)?;
        self.draft.takes_more()?;
        match (&self.draft.problem, self.draft.text().is_empty()) {
            (Some(problem), _) => Err(problem.clone().into()),
            (None, true) => Err(Refusal::new(NOTHING_TYPED).into()),
            (None, false) => {
                self.draft.turn(1);
                Ok(self.draft.edited(cx.site)?)
            }
        }
    }

    /// Saves the draft with these warnings accepted, and goes on to the next paper that the reader may type. Until it is
    /// saved, nothing more is taken for it.
    pub fn save(&mut self, cx: &mut Cx<'_>, accepted: Vec<Code>) -> Result<()> {
        self.may_type(cx.site)?;
        if self.draft.is_empty() {
            return Err(Refusal::new(NOTHING_TYPED).into());
        }
        if self.draft.hold == Hold::Open {
            self.draft.hold = Hold::Asked;
        }
        let Some((paper, _)) = self.at_hand() else { return Ok(()) };
        let (application, seat) = (paper.application, paper.place());
        let (mark, items) = (self.draft.mark(cx.site)?, self.draft.items()?);
        if let Some(items) = &items {
            entry::check_items(cx.site, (application, self.pile.subject), mark, Some(items))?;
        }
        let warnings = entry::warnings(cx.site, application, self.pile.subject, mark)?;
        if warnings.iter().any(|w| !accepted.contains(&w.code)) {
            self.draft.warnings = warnings;
            cx.say(Tone::Warn, "entry.look_again", &[]);
            cx.bell();
            return Ok(());
        }
        let remark = Some(self.draft.remark.borrow().clone()).filter(|text| !text.is_empty());
        let done = cx.perform(&Save { application, subject: self.pile.subject, mark, items, remark, accepted })?;
        self.draft.clear();
        (self.last, self.just) = (Some((seat.clone(), mark)), Some(application));
        self.pace.saved(cx.site.now());
        let odd = self.odd_turn();
        let key = match (done.out.turn, done.out.outcome) {
            (_, Outcome::Settled) => "entry.saved_settled",
            (_, Outcome::Differs) => "entry.saved_differs",
            (_, Outcome::NeedsThird) => "entry.saved_third",
            (_, Outcome::Waits) => "entry.saved_first",
        };
        let tone = if done.out.outcome == Outcome::Differs { Tone::Warn } else { Tone::Good };
        let words = mark_words(cx.locale, mark);
        // A sealed paper is its number only.
        let name = if done.out.name == seat { "" } else { done.out.name.as_str() };
        let mut text = cx.locale.say(key, &[("seat", &seat), ("name", name), ("mark", &words)]).replace("  ", " ");
        text.push_str(&differing(cx.locale, &done.out.differs));
        cx.toast(tone, text);
        self.go_on();
        self.fit(cx.site)?;
        if self.odd_turn() != odd {
            cx.bell();
        }
        Ok(())
    }

    /// Which entry the reader makes on the paper at hand, where it is another one than the pile's.
    pub fn odd_turn(&self) -> Option<Turn> {
        self.turn().filter(|turn| Some(*turn) != self.kind)
    }

    fn go_on(&mut self) {
        let at = self.table.selected().unwrap_or(0);
        let next = self.rows.iter().skip(at + 1).position(|(_, stage)| stage.is_open());
        if let Some(by) = next {
            self.table.select(at + 1 + by);
        }
    }
}

/// By the first paper that the reader may type, else by what they have typed already.
fn kind(rows: &[(Paper, Stage)]) -> Turn {
    let open = rows.iter().find_map(|(_, stage)| turn_of(*stage));
    let seconded = rows.iter().any(|(paper, _)| matches!(paper.entries, [_, Some((_, true))]));
    open.unwrap_or(if seconded { Turn::Second } else { Turn::First })
}

/// What differs, by name; nothing where marks are totals only.
fn differing(locale: &Locale, parts: &[Part]) -> String {
    if parts.iter().all(|part| *part == Part::Total) {
        return String::new();
    }
    let names = parts.iter().map(|part| match part {
        Part::Total => locale.word("entry.part_total").to_owned(),
        Part::Item(name) => name.clone(),
    });
    let names = names.collect::<Vec<_>>().join(locale.word("entry.part_and"));
    locale.say("entry.differs_in", &[("parts", &names)])
}

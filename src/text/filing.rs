//! A filing line by line, as the screen and the command show it.
use super::Locale;
use crate::model::filing::{CONDITIONS, FilingState, yuan};
use crate::ops::enterprise::{Missing, Whole};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Title of a part.
    Part(String),
    Line {
        label: String,
        content: String,
    },
}

/// What stands where the filing is, what it lacks, then the form in its own order. Numbers as the caller has them: mask
/// first.
pub fn entries(locale: &Locale, whole: &Whole) -> Vec<Entry> {
    let mut out = Out { locale, entries: Vec::new() };
    out.standing(whole);
    out.head(whole);
    out.lists(whole);
    out.judgement(whole);
    out.entries
}

/// What must be filled in, in words.
pub fn missing(locale: &Locale, missing: &Missing) -> String {
    let whose = missing.whose.as_deref().unwrap_or_default();
    locale.say(&format!("filing_part.{}", missing.part), &[("whose", whose)])
}

struct Out<'a> {
    locale: &'a Locale,
    entries: Vec<Entry>,
}

impl Out<'_> {
    fn part(&mut self, key: &str) {
        self.entries.push(Entry::Part(self.locale.word(&format!("filing_title.{key}")).to_owned()));
    }

    fn line(&mut self, label: &str, content: impl Into<String>) {
        self.entries.push(Entry::Line { label: label.to_owned(), content: content.into() });
    }

    /// A field of the form; what is not filled in is a dash.
    fn field(&mut self, key: &str, content: Option<&str>) {
        let label = self.locale.word(&format!("filing_field.{key}")).to_owned();
        self.line(&label, content.unwrap_or("-"));
    }

    fn standing(&mut self, whole: &Whole) {
        self.part("standing");
        let state = self.locale.word(&format!("filing_state.{}", whole.state.code())).to_owned();
        self.field("state", Some(&state));
        let next = match whole.state {
            FilingState::Draft if whole.missing.is_empty() => "submit",
            FilingState::Draft => "complete",
            FilingState::Submitted => "evaluate",
            FilingState::Evaluated => "publish",
            FilingState::Listed => "listed",
            FilingState::Suspended => "suspended",
            FilingState::Removed => "removed",
        };
        let next = self.locale.word(&format!("filing_next.{next}")).to_owned();
        self.field("next", Some(&next));
        let day = |day: Option<crate::model::Day>| day.map(|d| d.to_string());
        if whole.state != FilingState::Draft {
            self.field("paper_on", day(whole.paper_on).as_deref());
            self.field("electronic_on", day(whole.electronic_on).as_deref());
        }
        if let Some(from) = whole.valid_from {
            self.field("valid_from", Some(&from.to_string()));
            self.field("valid_to", day(whole.valid_to).as_deref());
            self.field("reason", whole.reason.as_deref());
        }
        for lack in &whole.missing {
            let (label, text) = (self.locale.word("filing_field.missing").to_owned(), missing(self.locale, lack));
            self.line(&label, text);
        }
    }

    fn head(&mut self, whole: &Whole) {
        let o = &whole.filing.organisation;
        self.part("organisation");
        self.field("name", Some(&o.name));
        self.field("address", o.address.as_deref());
        self.field("credit_code", Some(&o.credit_code));
        let kind = self.locale.word(&format!("organisation_kind.{}", o.kind.code())).to_owned();
        self.field("kind", Some(&kind));
        self.field("certificate_prefix", o.certificate_prefix.as_deref());
        self.field("round", Some(&o.round.to_string()));
        self.field("unit", o.unit.as_deref());
        self.part("contact");
        let fields = [
            ("contact", &o.contact),
            ("post", &o.post),
            ("landline", &o.landline),
            ("mobile", &o.mobile),
            ("email", &o.email),
        ];
        fields.into_iter().for_each(|(key, text)| self.field(key, text.as_deref()));
    }

    fn lists(&mut self, whole: &Whole) {
        let filing = &whole.filing;
        self.part("occupations");
        for o in &filing.occupations {
            let level = |l: crate::model::Level| self.locale.word(&format!("level_brief.{}", l.digit())).to_owned();
            let fee = o.fee.map_or_else(|| "-".to_owned(), yuan);
            let (lowest, highest) = (level(o.lowest), level(o.highest));
            let args = [("code", o.code.as_str()), ("lowest", &lowest), ("highest", &highest), ("fee", &fee)];
            let key = if o.lowest == o.highest { "filing_row.occupation_one" } else { "filing_row.occupation" };
            let text = self.locale.say(key, &args);
            self.line(&o.name, text);
        }
        self.part("means");
        let o = &filing.organisation;
        [("strengths", &o.strengths), ("venue", &o.venue), ("systems", &o.systems)]
            .into_iter()
            .for_each(|(key, text)| self.field(key, text.as_deref()));
        self.part("equipment");
        for e in &filing.equipment {
            let (quantity, [brand, model, owner]) = (e.quantity.to_string(), [&e.brand, &e.model, &e.owner].map(text));
            let args = [("quantity", quantity.as_str()), ("brand", brand), ("model", model), ("owner", owner)];
            let text = self.locale.say("filing_row.equipment", &args);
            self.line(&e.name, text);
        }
        self.part("staff");
        for s in &filing.staff {
            let kind = self.locale.word(&format!("staff_kind.{}", s.kind.code())).to_owned();
            let occupations = s.occupations.join("、");
            let what = [s.duty.as_deref(), Some(occupations.as_str())].into_iter().flatten().collect::<Vec<_>>();
            let unit = s.unit.as_deref().filter(|unit| *unit != filing.organisation.name).unwrap_or("-");
            let cells = [kind.as_str(), s.id_number.as_str(), unit, text(&s.post), text(&s.education)];
            let all = cells.into_iter().chain(what).filter(|c| !c.is_empty() && *c != "-").collect::<Vec<_>>();
            let joined = all.join("  ");
            self.line(&s.name, joined);
        }
        self.part("attachments");
        for a in &filing.attachments {
            let kind = self.locale.word(&format!("attachment_kind.{}", a.kind.code())).to_owned();
            let dated = a.dated.map(|d| d.to_string());
            let cells = [Some(a.title.as_str()), a.file.as_deref(), a.number.as_deref(), dated.as_deref()];
            let joined = cells.into_iter().flatten().collect::<Vec<_>>().join("  ");
            self.line(&kind, joined);
        }
    }

    fn judgement(&mut self, whole: &Whole) {
        self.part("conditions");
        for number in 1..=CONDITIONS {
            let found = whole.filing.conditions.iter().find(|c| c.number == number);
            let state = match found.and_then(|c| c.met) {
                Some(true) => "met",
                Some(false) => "unmet",
                None => "open",
            };
            let state = self.locale.word(&format!("condition_state.{state}")).to_owned();
            let name = self.locale.word(&format!("condition.{number}")).to_owned();
            let by = found.and_then(|c| c.judged_by.as_deref());
            let more = [found.and_then(|c| c.evidence.as_deref()), found.and_then(|c| c.note.as_deref()), by];
            let more = more.into_iter().flatten();
            let joined = [state.as_str(), name.as_str()].into_iter().chain(more).collect::<Vec<_>>().join("  ");
            self.line(&number.to_string(), joined);
        }
        self.part("evaluations");
        for e in &whole.evaluations {
            let result = self.locale.word(&format!("evaluation_result.{}", e.result.code())).to_owned();
            let text = [result.as_str(), e.opinion.as_str(), e.experts.as_str()].join("  ");
            self.line(&e.dated.to_string(), text);
        }
        self.part("cases");
        for c in &whole.cases {
            let source = self.locale.word(&format!("case_source.{}", c.source.code())).to_owned();
            let open = self.locale.word("filing_field.case_open");
            let outcome = c.outcome.as_deref().unwrap_or(open);
            let cells = [Some(source.as_str()), Some(c.facts.as_str()), c.handling.as_deref(), Some(outcome)];
            let joined = cells.into_iter().flatten().collect::<Vec<_>>().join("  ");
            let label = format!("{}  {}", c.number, c.received_on);
            self.line(&label, joined);
        }
    }
}

fn text(cell: &Option<String>) -> &str {
    cell.as_deref().unwrap_or("-")
}

//! `kaowu application evidence`: periods of work, certificates, diplomas and the like behind an application.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Evidence, EvidenceKind, Refusal, Relation};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::eligibility::{
    AddEvidence, AmendEvidence, JudgeEvidence, Part, RemoveEvidence, by_number, explain, parts, read, written,
};
use crate::text::eligibility as say;
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// What an application is judged on; only recorded pieces have a number
    List {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Record a piece of evidence
    Add {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
        /// employment certificate education title appraisal engagement treatment placement apprenticeship
        #[arg(value_parser = kind)]
        kind: EvidenceKind,
        #[command(flatten)]
        said: Box<Said>,
    },
    /// Correct a piece; what is not named stays. Wants --reason
    Amend {
        /// Number of the piece
        #[arg(value_name = "NO")]
        id: i64,
        #[command(flatten)]
        said: Box<Said>,
    },
    /// Remove a piece; wants --reason
    Remove {
        /// Number of the piece
        #[arg(value_name = "NO")]
        id: i64,
    },
    /// Decide how an occupation, field or major stands to the occupation applied for
    Judge {
        /// Number of the piece
        #[arg(value_name = "NO")]
        id: i64,
        /// same, related, other, or none to take a judgement back
        relation: String,
    },
}

/// What is said of a piece. Days as 2018-09-20.
#[derive(Debug, clap::Args)]
pub struct Said {
    /// First day, day of issue, or the year of an appraisal
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last day, or the day on which studies end
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// same, related or other
    #[arg(long)]
    relation: Option<String>,
    /// 5 to 1
    #[arg(long)]
    level: Option<String>,
    /// Of a title: junior, middle or senior
    #[arg(long)]
    rank: Option<String>,
    /// Kind of certificate or school, or the grade of an appraisal
    #[arg(long = "class", value_name = "CODE")]
    class: Option<String>,
    /// Occupation, field or major
    #[arg(long)]
    subject: Option<String>,
    /// Employer, school or issuer
    #[arg(long)]
    unit: Option<String>,
    /// Number of the certificate, diploma or document
    #[arg(long)]
    number: Option<String>,
    /// Months in the occupation, by the document
    #[arg(long)]
    months: Option<String>,
}

fn kind(text: &str) -> std::result::Result<EvidenceKind, String> {
    let known = || EvidenceKind::ALL.iter().map(|k| k.code()).collect::<Vec<_>>().join(" ");
    EvidenceKind::parse(text).ok_or_else(known)
}

impl Said {
    fn given(&self) -> Vec<(Part, String)> {
        let all = [
            (Part::From, &self.from),
            (Part::To, &self.to),
            (Part::Relation, &self.relation),
            (Part::Level, &self.level),
            (Part::Rank, &self.rank),
            (Part::Class, &self.class),
            (Part::Subject, &self.subject),
            (Part::Unit, &self.unit),
            (Part::Number, &self.number),
            (Part::Months, &self.months),
        ];
        all.into_iter().filter_map(|(part, text)| Some((part, text.clone()?))).collect()
    }

    /// Over what is recorded; an empty text takes a field away.
    fn over(&self, before: &Evidence) -> Result<Evidence> {
        let given = self.given();
        let kept = parts(before.kind).iter().filter(|part| !given.iter().any(|(p, _)| p == *part));
        let mut all: Vec<_> = kept.map(|part| (*part, written(before, *part))).collect();
        all.extend(given.iter().cloned());
        Ok(read(before.kind, &all)?)
    }
}

pub fn run(context: &mut Context, what: &What) -> Result<Exit> {
    match what {
        What::List { who } => list(context, who),
        What::Add { who, kind, said } => {
            let mut site = context.site()?;
            let application = named(&site, who)?.id;
            let done = site.perform(&AddEvidence { application, evidence: read(*kind, &said.given())? })?;
            let (id, op) = (done.out, done.op.map_or(0, |n| n.0));
            if context.out.is_json() {
                context.out.json(&json!({ "evidence": id, "application": application, "operation": op }));
            }
            context.out.say("eligibility.added", &[("id", &id.to_string()), ("op", &op.to_string())]);
            Ok(Exit::Done)
        }
        What::Amend { id, said } => {
            let mut site = context.site()?;
            let evidence = said.over(&by_number(&site, *id)?)?;
            let done = site.perform(&AmendEvidence { id: *id, evidence, reason: context.reason() })?;
            Ok(told(context, *id, "eligibility.amended", done.op.map_or(0, |n| n.0)))
        }
        What::Remove { id } => {
            let done = context.site()?.perform(&RemoveEvidence { id: *id, reason: context.reason() })?;
            Ok(told(context, *id, "eligibility.removed", done.op.map_or(0, |n| n.0)))
        }
        What::Judge { id, relation } => judge(context, *id, relation),
    }
}

fn told(context: &Context, id: i64, key: &str, op: i64) -> Exit {
    if context.out.is_json() {
        context.out.json(&json!({ "evidence": id, "operation": op }));
    }
    context.out.say(key, &[("op", &op.to_string())]);
    Exit::Done
}

/// Takes a judgement back.
const NONE: &str = "none";

fn judge(context: &Context, id: i64, relation: &str) -> Result<Exit> {
    let relation = match relation {
        NONE => None,
        text => Some(Relation::parse(text).ok_or_else(|| {
            let known: Vec<_> = Relation::ALL.iter().map(|r| r.code()).chain([NONE]).collect();
            let refusal = Refusal::new(crate::ops::eligibility::NOT_A_CHOICE).word("part", Part::Relation.key());
            refusal.with("value", text).with("known", known.join(" "))
        })?),
    };
    let done = context.site()?.perform(&JudgeEvidence { id, relation })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "evidence": id, "relation": relation, "operation": op }));
    }
    let key = relation.map_or_else(|| "eligibility.undecided".to_owned(), Relation::key);
    let word = context.out.locale.word(&key).to_owned();
    context.out.say("eligibility.judged", &[("relation", &word), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn list(context: &Context, who: &str) -> Result<Exit> {
    let site = context.look()?;
    let pieces = explain(&site, named(&site, who)?.id)?.evidence;
    let locale = &context.out.locale;
    let row = |p: &crate::ops::eligibility::Piece| {
        let id = p.id.map(|id| id.to_string()).unwrap_or_default();
        vec![id, say::piece(locale, p), locale.word(p.origin.key()).to_owned()]
    };
    let rows: Vec<_> = pieces.iter().map(row).collect();
    context.out.table(
        &pieces,
        &[Col::Right("column.id"), Col::Left("column.evidence"), Col::Left("column.origin")],
        &rows,
    );
    Ok(Exit::Done)
}

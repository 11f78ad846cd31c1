//! `kaowu document`: result documents (资格文件), the marks signed on the forms, the copies.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, Refusal, identity};
use crate::ops::applications::named;
use crate::ops::documents::{
    self, Block, CertifyMarks, Document, End, HandOn, Issue, Prepare, Signed, Strike, UncertifyMarks,
};
use crate::ops::{QualifiedState, Result, Site};
use crate::text::documents as words;
use clap::ValueEnum;
use serde_json::json;

pub const BAD_DATE: Code = Code("documents.bad_date");

/// Result documents (资格文件) with number, signatures, stamp and copies
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What stands in a box on paper.
#[derive(Debug, clap::Args)]
pub struct Paper {
    /// Who handled it (经办人)
    #[arg(long)]
    handled_by: Option<String>,
    /// Who is responsible (负责人)
    #[arg(long)]
    responsible: Option<String>,
    /// The signatures can be read
    #[arg(long)]
    legible: bool,
    /// It is stamped
    #[arg(long)]
    stamped: bool,
    /// Its date; default: today
    #[arg(long)]
    date: Option<String>,
}

impl Paper {
    pub fn signed(self) -> Result<Signed> {
        let Paper { handled_by, responsible, legible, stamped, date } = self;
        Ok(Signed { handled_by, responsible, legible, stamped, dated: day(date.as_deref())? })
    }
}

pub fn day(text: Option<&str>) -> Result<Option<Day>> {
    let parse = |text: &str| text.trim().parse::<Day>().map_err(|_| Refusal::new(BAD_DATE).with("value", text));
    Ok(text.map(parse).transpose()?)
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    Theory,
    Practical,
}

impl Part {
    fn block(self) -> Block {
        match self {
            Part::Theory => Block::Theory,
            Part::Practical => Block::Practical,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every document of the batch
    List,
    /// One document with its people, copies and record
    Show {
        /// Number of the document, as the list has it
        document: i64,
    },
    /// Record a signed and stamped block of marks on the forms (成绩栏)
    Certify {
        /// Which block
        #[arg(value_enum)]
        block: Part,
        /// Only these: numbers of applications, or ticket numbers. Default: everybody who passed and needs it
        #[arg(long, value_name = "ID|TICKET")]
        who: Vec<String>,
        /// The organisation that held the practical part (社评机构)
        #[arg(long)]
        organisation: Option<String>,
        /// Its filing number (备案号)
        #[arg(long)]
        filing_no: Option<String>,
        #[command(flatten)]
        paper: Paper,
    },
    /// Take the record of a block back; wants --reason
    Uncertify {
        /// Which block
        #[arg(value_enum)]
        block: Part,
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Draft a document: everybody who passed, has all papers and no document yet
    Prepare {
        /// Its title
        #[arg(long)]
        title: String,
        /// Only these: numbers of applications, or ticket numbers
        #[arg(long, value_name = "ID|TICKET")]
        who: Vec<String>,
    },
    /// What is missing: of a draft, or of everybody who passed
    Stops {
        /// Number of the document; default: of nobody in particular
        document: Option<i64>,
    },
    /// Issue a draft: it has its number, two legible signatures and the stamp
    Issue {
        /// Number of the document, as the list has it
        document: i64,
        /// Its number (文号), such as 新人社函〔2022〕43号
        #[arg(long)]
        number: String,
        /// Who issues it; default: as the notice says
        #[arg(long)]
        issuer: Option<String>,
        #[command(flatten)]
        paper: Paper,
    },
    /// Record where a copy of the forms went
    HandOn {
        /// Number of the document, as the list has it
        document: i64,
        /// Which copy, from 1
        #[arg(long)]
        copy: usize,
        /// A person or an office
        #[arg(long)]
        to: String,
        /// Default: today
        #[arg(long)]
        date: Option<String>,
    },
    /// Take one person off; wants --reason
    Strike {
        /// Number of the document, as the list has it
        document: i64,
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Drop a draft, or make an issued document void; wants --reason. Its number stays used
    End {
        /// Number of the document, as the list has it
        document: i64,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Show { document } => show(context, document),
        What::Stops { document } => stops(context, document),
        act => {
            let site = context.site()?;
            let (answer, text) = perform(context, site, act)?;
            if context.out.is_json() {
                context.out.json(&answer);
            }
            context.out.note(&text);
            Ok(Exit::Done)
        }
    }
}

fn all(site: &Site, who: &[String]) -> Result<Vec<crate::model::ApplicationId>> {
    who.iter().map(|who| named(site, who).map(|a| a.id)).collect()
}

fn perform(context: &Context, mut site: Site, act: What) -> Result<(serde_json::Value, String)> {
    let (locale, reason) = (&context.out.locale, context.reason());
    Ok(match act {
        What::Certify { block, who, organisation, filing_no, paper } => {
            let (who, block) = (all(&site, &who)?, block.block());
            let op = CertifyMarks { block, who, organisation, filing_no, signed: paper.signed()? };
            let done = site.perform(&op)?;
            (json!({ "certified": done.out, "operation": done.op }), words::certified(locale, block, &done))
        }
        What::Uncertify { block, who } => {
            let application = named(&site, &who)?.id;
            let done = site.perform(&UncertifyMarks { block: block.block(), application, reason })?;
            (json!({ "operation": done.op }), words::with_op(locale, "documents.uncertified", &[], done.op))
        }
        What::Prepare { title, who } => {
            let who = all(&site, &who)?;
            let done = site.perform(&Prepare { title, who })?;
            (json!({ "prepared": done.out, "operation": done.op }), words::prepared(locale, &done))
        }
        What::Issue { document, number, issuer, paper } => {
            let done = site.perform(&Issue { document, document_no: number, issuer, signed: paper.signed()? })?;
            (json!({ "issued": done.out, "operation": done.op }), words::issued(locale, &done))
        }
        What::HandOn { document, copy, to, date } => {
            let on = day(date.as_deref())?;
            let done = site.perform(&HandOn { document, copy, to: to.clone(), on })?;
            (json!({ "keeper": done.out, "operation": done.op }), words::handed(locale, (copy, &to), &done))
        }
        What::Strike { document, who } => {
            let application = named(&site, &who)?.id;
            let done = site.perform(&Strike { document, application, reason })?;
            let args = [("name", done.out.name.clone()), ("document", document.to_string())];
            (json!({ "operation": done.op }), words::with_op(locale, "documents.struck", &args, done.op))
        }
        What::End { document } => {
            let done = site.perform(&End { document, reason })?;
            let args = [("document", document.to_string())];
            (
                json!({ "ended": done.out, "operation": done.op }),
                words::with_op(locale, "documents.ended", &args, done.op),
            )
        }
        What::List | What::Show { .. } | What::Stops { .. } => (json!(null), String::new()),
    })
}

fn list(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let (found, overview) = (documents::documents(&site)?, documents::overview(&site)?);
    let row = |d: &Document| words::document_cells(&context.out.locale, d);
    let rows: Vec<_> = found.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.document_state"), Col::Left("column.document_no"),
        Col::Left("column.dated"), Col::Right("column.document_people"), Col::Right("column.document_struck"),
        Col::Left("column.document_title"),
    ];
    context.out.table(&json!({ "overview": overview, "documents": found }), &columns, &rows);
    words::overview_lines(&context.out.locale, &overview).iter().for_each(|line| context.out.note(line));
    for line in &documents::blocks(&site)? {
        context.out.note(&words::block_line(&context.out.locale, line));
    }
    Ok(Exit::Done)
}

fn show(context: &Context, id: i64) -> Result<Exit> {
    let site = context.look()?;
    let (document, people) = (documents::document(&site, id)?, documents::people(&site, id)?);
    if context.out.is_json() {
        let person = |p: &crate::ops::QualifiedRow| {
            json!({ "name": p.name, "id_number": identity::mask(&p.id_number), "occupation": p.occupation_name,
                    "level": p.level, "theory": p.theory, "practical": p.practical,
                    "listed": p.state == QualifiedState::Listed, "reason": p.reason })
        };
        context.out.json(&json!({ "document": document, "people": people.iter().map(person).collect::<Vec<_>>() }));
        return Ok(Exit::Done);
    }
    words::record(&context.out.locale, &document).iter().for_each(|line| context.out.line(line));
    people.iter().for_each(|p| context.out.line(&words::person(&context.out.locale, p)));
    Ok(Exit::Done)
}

fn stops(context: &Context, id: Option<i64>) -> Result<Exit> {
    let site = context.look()?;
    let found = match id {
        Some(id) => documents::stops(&site, id)?,
        None => documents::overview(&site)?.first,
    };
    refusals(context, &found, "documents.stops_none");
    Ok(Exit::Done)
}

/// What stands in the way, one a line; or that nothing does.
pub fn refusals(context: &Context, found: &[Refusal], nothing: &str) {
    if context.out.is_json() {
        context.out.json(&found);
    }
    found.iter().for_each(|one| context.out.note(&words::refusal(&context.out.locale, one)));
    if found.is_empty() {
        context.out.say(nothing, &[]);
    }
}

//! `kaowu staff`: who works on the exam day, whom they may not meet, who does what where.
mod people;
mod work;

use crate::cli::{Context, Exit};
use crate::model::{AssessorGrade, Code, Day, Duty, Refusal, TieKind};
use crate::ops::Result;
use std::path::PathBuf;

pub const UNKNOWN_WORD: Code = Code("staff.unknown_word");

/// Staff of the exam day (考务人员): proctors, assessors, markers and the others
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Everybody, with ties and work
    List,
    /// Add somebody
    Add {
        /// Full name
        name: String,
        #[command(flatten)]
        facts: Facts,
    },
    /// Change what is known of somebody; what is not named stays
    Change {
        /// Number on the list, or name
        who: String,
        /// New name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        facts: Facts,
    },
    /// Somebody is not asked for any more; wants --reason
    Retire {
        /// Number on the list, or name
        who: String,
    },
    /// Take in a sheet of staff: CSV or XLSX with 姓名, 所在单位, 岗位 and more
    Import {
        /// The sheet
        file: PathBuf,
    },
    /// Somebody may not work where a candidate sits (回避)
    Tie {
        /// Number on the list, or name
        who: String,
        /// The candidate: identity number, ticket number, or number of an application
        candidate: String,
        /// self, kin, master, teacher, colleague or other
        #[arg(long)]
        kind: String,
        /// The candidate's name, where nobody has applied with this number
        #[arg(long)]
        name: Option<String>,
        /// A remark
        #[arg(long)]
        note: Option<String>,
    },
    /// Take a tie off; wants --reason
    Untie {
        /// Number on the list, or name
        who: String,
        /// Number of the tie, as the list with --json has it
        tie: i64,
    },
    /// Give somebody a duty in a session; --reason sets aside what the policy allows
    Assign {
        /// Number on the list, or name
        who: String,
        /// Code of the session
        #[arg(long)]
        session: String,
        /// proctor, assessor, chief, deputy, marker, supervisor, runner, keeper, medical, security or logistics
        #[arg(long)]
        duty: String,
        /// For proctors and assessors
        #[arg(long, value_name = "NUMBER")]
        room: Option<i64>,
        /// For the other duties, where there is more than one venue
        #[arg(long, value_name = "CODE")]
        venue: Option<i64>,
        /// Heads the assessors of the room
        #[arg(long)]
        lead: bool,
    },
    /// Take somebody's duty in a session away
    Unassign {
        /// Number on the list, or name
        who: String,
        /// Code of the session
        #[arg(long)]
        session: String,
    },
    /// Fill what is missing under all rules; shown only, until --yes saves it
    Propose {
        /// The same seed gives the same proposal
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only this session
        #[arg(long)]
        session: Option<String>,
        /// Save it
        #[arg(long)]
        yes: bool,
    },
    /// What is wanting, and who offends against a rule; ends with 1 when there is anything
    Check {
        /// Only this session
        #[arg(long)]
        session: Option<String>,
    },
    /// Somebody has come to work (签到)
    SignIn {
        /// Number on the list, or name
        who: String,
        /// Code of the session
        #[arg(long)]
        session: String,
    },
    /// How somebody worked: 1 unfit, 2 passable, 3 good, 4 excellent
    Rate {
        /// Number on the list, or name
        who: String,
        /// 1 to 4
        rating: i64,
        /// Code of the session
        #[arg(long)]
        session: String,
    },
}

#[derive(Debug, clap::Args)]
struct Facts {
    /// Employer
    #[arg(long)]
    unit: Option<String>,
    /// What they may be given, comma separated: proctor,assessor
    #[arg(long, value_delimiter = ',')]
    duty: Vec<String>,
    /// Telephone
    #[arg(long)]
    phone: Option<String>,
    /// Finds them among the candidates
    #[arg(long)]
    id_number: Option<String>,
    /// none, assessor or senior_assessor
    #[arg(long)]
    grade: Option<String>,
    /// Number of the assessor's or supervisor's card
    #[arg(long)]
    card: Option<String>,
    /// Last day of the card
    #[arg(long)]
    card_until: Option<Day>,
    /// Occupations that the card covers, comma separated; none: every one
    #[arg(long, value_delimiter = ',')]
    occupation: Vec<String>,
    /// Unit of the notice whose expert this is, by code or name
    #[arg(long, value_name = "UNIT")]
    kept_by: Option<String>,
    /// Name of the operator whom they sign on as
    // An id of its own: `operator` is that of --as, which would be taken for it.
    #[arg(id = "signs_on_as", long = "operator", value_name = "NAME")]
    operator: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => people::list(context),
        What::Add { name, facts } => people::add(context, name, facts),
        What::Change { who, name, facts } => people::change(context, &who, name, facts),
        What::Retire { who } => people::retire(context, &who),
        What::Import { file } => people::import(context, &file),
        What::Tie { who, candidate, kind, name, note } => {
            let kind = word(&kind, TieKind::ALL, TieKind::code)?;
            people::tie(context, (&who, &candidate), kind, (name, note))
        }
        What::Untie { who, tie } => people::untie(context, &who, tie),
        What::Assign { who, session, duty, room, venue, lead } => {
            let duty = word(&duty, &Duty::of_the_day().collect::<Vec<_>>(), Duty::code)?;
            work::assign(context, &who, (&session, room, venue), (duty, lead))
        }
        What::Unassign { who, session } => work::unassign(context, &who, &session),
        What::Propose { seed, session, yes } => work::propose(context, (seed, session.as_deref()), yes),
        What::Check { session } => work::check(context, session.as_deref()),
        What::SignIn { who, session } => work::sign_in(context, &who, &session),
        What::Rate { who, rating, session } => work::rate(context, &who, &session, rating),
    }
}

/// One of a closed set of words.
fn word<T: Copy>(text: &str, all: &[T], code: fn(T) -> &'static str) -> Result<T, Refusal> {
    let found = all.iter().copied().find(|one| code(*one) == text.trim());
    let known = || all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(" ");
    found.ok_or_else(|| Refusal::new(UNKNOWN_WORD).with("value", text).with("known", known()))
}

fn grade(text: &str) -> Result<AssessorGrade, Refusal> {
    word(text, AssessorGrade::ALL, AssessorGrade::code)
}

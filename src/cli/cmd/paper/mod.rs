//! `kaowu paper`: bags from hand to hand, the record that closes a room, archive boxes.
mod carry;
mod close;
mod show;

use crate::cli::{Context, Exit};
use crate::ops::Result;

/// Papers (试卷): bags from hand to hand, room records, archive
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// Which bags: those named, or all of the room or the session that can make this movement.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// Code of the session. Default: the one whose door is open, or the next
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Number of a room
    #[arg(long, value_name = "NUMBER")]
    room: Option<i64>,
    /// Number of a bag; may be given several times
    #[arg(long, value_name = "BAG")]
    bag: Vec<String>,
}

/// One room of a session.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// Code of the session. Default: the one whose door is open, or the next
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Number of the room
    #[arg(long, value_name = "NUMBER")]
    room: i64,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make the bags of a session from its seats; again after seats have changed
    Plan {
        /// Code of the session. Default: the one whose door is open, or the next
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
    /// Bags with their counts, seals and where they are; warnings after them
    List(Which),
    /// Bags leave the store; the first of those who fetch signs
    HandOver {
        #[command(flatten)]
        which: Which,
        /// Who hands them over and signs
        #[arg(long)]
        giver: String,
        /// Everybody who fetches, one after another
        #[arg(long, required = true, num_args = 1..)]
        takers: Vec<String>,
        /// Anything to remember of it
        #[arg(long)]
        note: Option<String>,
    },
    /// Open the bags of a room before two candidates; wants --reason for a broken seal or after the start
    Unseal {
        #[command(flatten)]
        which: Which,
        /// The two proctors
        #[arg(long, num_args = 2, required = true, value_names = ["NAME", "NAME"])]
        proctors: Vec<String>,
        /// Ticket or ID numbers of two candidates of the room who sign
        #[arg(long, num_args = 2, required = true, value_names = ["TICKET", "TICKET"])]
        candidates: Vec<String>,
        /// A seal is not whole
        #[arg(long)]
        broken: bool,
    },
    /// Count the sheets of every bag of a room back; wants --reason where one is missing
    Collect {
        #[command(flatten)]
        which: Which,
        /// The two proctors
        #[arg(long, num_args = 2, required = true, value_names = ["NAME", "NAME"])]
        proctors: Vec<String>,
        /// Sheets of a bag, used and unused: 01-01=32
        #[arg(long, value_name = "BAG=SHEETS", required = true, num_args = 1..)]
        count: Vec<String>,
    },
    /// Bags go back to the office; one that was never opened is named and wants --reason
    Return {
        #[command(flatten)]
        which: Which,
        /// Who hands them over and signs
        #[arg(long)]
        giver: String,
        /// Who receives them and signs
        #[arg(long)]
        taker: String,
    },
    /// Seal a bag, or count or seal it anew with --reason
    Correct {
        /// Number of the bag
        bag: String,
        /// Code of the session. Default: the one whose door is open, or the next
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
        /// Papers for candidates in it
        #[arg(long)]
        sheets: Option<i64>,
        /// Spare papers in it
        #[arg(long)]
        spare: Option<i64>,
        /// Number on the seal
        #[arg(long)]
        seal: Option<String>,
    },
    /// Sign the room record (考场情况记录单); counts that do not add up want --reason
    CloseRoom(close::Counted),
    /// Take a room record back; wants --reason
    ReopenRoom(Place),
    /// Counts of every room, and what the record says
    Records {
        /// Code of the session. Default: the one whose door is open, or the next
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
    /// The archive register; with --box the scripts of a room go into a box
    Archive(close::Boxed),
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Plan { session } => carry::plan(context, session.as_deref()),
        What::List(which) => show::list(context, &which),
        What::HandOver { which, giver, takers, note } => carry::hand_over(context, &which, (giver, takers, note)),
        What::Unseal { which, proctors, candidates, broken } => {
            let hands = carry::Hands { proctors, candidates, intact: !broken };
            carry::unseal(context, &which, hands)
        }
        What::Collect { which, proctors, count } => carry::collect(context, &which, proctors, &count),
        What::Return { which, giver, taker } => carry::give_back(context, &which, giver, taker),
        What::Correct { bag, session, sheets, spare, seal } => {
            carry::correct(context, (session, bag), (sheets, spare, seal))
        }
        What::CloseRoom(counted) => close::close_room(context, counted),
        What::ReopenRoom(place) => close::reopen_room(context, &place),
        What::Records { session } => show::records(context, session.as_deref()),
        What::Archive(boxed) => close::archive(context, boxed),
    }
}

//! `kaowu operator`: add, list, disable.
use super::operator_ways;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Refusal, Role};
use crate::ops::Result;
use crate::ops::upkeep::{AddOperator, DisableOperator, hash_pin, known};
use crate::text::operators::cells;

/// Operators (操作员)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Add an operator; with --operator-pin-file the first line of that file becomes the PIN
    Add {
        /// Name to sign on with
        name: String,
        /// admin, coordinator, score_manager, proctor, typist, reviewer, auditor
        #[arg(long = "role", required = true, num_args = 1..)]
        roles: Vec<String>,
        /// OS account that is this operator without a PIN
        #[arg(long)]
        os_user: Option<String>,
        /// Organisation the operator acts for in reviews, or the code of a unit of the notice; default: the site itself
        #[arg(long)]
        unit: Option<String>,
        /// File whose first line is the new operator's PIN, at least eight characters
        #[arg(long, value_name = "FILE")]
        operator_pin_file: Option<std::path::PathBuf>,
    },
    /// Every operator with roles and OS account
    List,
    #[command(flatten)]
    Ways(operator_ways::What),
    /// A disabled operator cannot sign on and stays in the journal
    Disable {
        /// Name of the operator
        name: String,
    },
}

pub const UNKNOWN_ROLE: crate::model::Code = crate::model::Code("operator.unknown_role");

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Add { name, roles, os_user, unit, operator_pin_file } => {
            let parse = |r: &String| Role::parse(r).ok_or_else(|| Refusal::new(UNKNOWN_ROLE).with("value", r.as_str()));
            let roles =
                roles.iter().flat_map(|r| r.split(',')).map(|r| parse(&r.to_owned())).collect::<Result<Vec<_>, _>>()?;
            let pin = operator_pin_file.map(|p| operator_ways::first_line(&p)).transpose()?;
            let pin_hash = pin.map(|pin| hash_pin(&pin, &name)).transpose()?;
            let mut site = context.site()?;
            let done = site.perform(&AddOperator { name: name.clone(), roles, os_user, unit, pin_hash })?;
            context.out.say("cli.operator.added", &[("name", &name), ("op", &done.op.map_or(0, |n| n.0).to_string())]);
        }
        What::Disable { name } => {
            context.site()?.perform(&DisableOperator { name: name.clone() })?;
            context.out.say("cli.operator.disabled", &[("name", &name)]);
        }
        What::List => list(context)?,
        What::Ways(what) => return operator_ways::run(context, what),
    }
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<()> {
    let operators = known(&context.look()?)?;
    let rows: Vec<_> = operators.iter().map(|known| cells(&context.out.locale, known).into()).collect();
    let keys = ["column.name", "column.roles", "column.organisation", "column.os_user", "column.ways", "column.state"];
    let columns = keys.map(Col::Left);
    context.out.table(&operators, &columns, &rows);
    Ok(())
}

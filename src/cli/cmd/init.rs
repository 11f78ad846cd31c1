//! `kaowu init`: a new site in the home folder.
use super::operator_ways;
use crate::cli::{Context, Exit};
use crate::ops::Pins;
use crate::ops::upkeep::{Init, hash_pin};
use crate::ops::{Actor, Error, Face, Result};
use serde_json::json;

/// Set a new site up (建立考点)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Short code of the site, part of ticket numbers
    #[arg(long)]
    code: Option<String>,
    /// The same, as scripts call it
    #[arg(long, value_name = "CODE", conflicts_with = "code", required_unless_present = "code")]
    site: Option<String>,
    /// Name of the site for people
    #[arg(long)]
    name: String,
    /// Region, six digits of GB/T 2260
    #[arg(long)]
    region: Option<String>,
    /// Places 1 to 13 of this organisation's certificate numbers
    #[arg(long)]
    organisation: Option<String>,
    /// Name of the first operator; default: the OS account
    // An id of its own: `operator` is that of --as, which would be taken for it.
    #[arg(id = "first_operator", long = "operator", value_name = "OPERATOR")]
    operator: Option<String>,
    /// Whether signing on wants a PIN, a key or an OS account (required) or believes a name too (optional)
    #[arg(long, default_value = "required", value_name = "RULE")]
    pins: String,
    /// File whose first line is the administrator's first PIN
    #[arg(long, value_name = "FILE")]
    admin_pin_file: Option<std::path::PathBuf>,
    /// Name of the administrator, who is another person
    #[arg(long, value_name = "OPERATOR", default_value = "admin")]
    admin: String,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let pins = operator_ways::parse(&args.pins)?;
    let admin_pin = args.admin_pin_file.as_deref().map(operator_ways::first_line).transpose()?;
    let admin_pin = admin_pin.map(|pin| hash_pin(&pin, &args.admin)).transpose()?;
    let no_way = admin_pin.is_none() && pins == Pins::Required;
    let home = context.home()?;
    home.create().map_err(Error::file(home.folder()))?;
    let mut site = context.create(&home)?;
    site.set_face(Face::Cli, &context.environment.station);
    let os_user = context.environment.os_user.clone();
    let operator = args.operator.or_else(|| os_user.clone()).unwrap_or_else(|| "coordinator".to_owned());
    site.set_actor(Actor { id: None, name: operator.clone(), roles: Vec::new() });
    let code = args.site.or(args.code).unwrap_or_default();
    let done = site.perform(&Init {
        code: code.clone(),
        name: args.name,
        region: args.region,
        organisation: args.organisation,
        operator: operator.clone(),
        admin: args.admin.clone(),
        os_user,
        admin_pin,
        pins,
    })?;
    let folder = home.folder().display().to_string();
    if context.out.is_json() {
        context.out.json(
            &json!({ "site": code, "home": folder, "operator": operator, "admin": args.admin, "operation": done.op }),
        );
    }
    context.out.say("cli.init.done", &[("home", &folder), ("operator", &operator), ("admin", &args.admin)]);
    if no_way {
        context.out.say("cli.init.admin_pin", &[("admin", &args.admin)]);
    }
    Ok(Exit::Done)
}

//! How operators sign on: their PIN, their OS account, their keys, and what the site asks of everybody.
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::upkeep::{Bind, Binding, PIN_UNCLAIMED, ResetPin, SetPins, Unbind, change_pin, claim_pin, hash_pin};
use crate::ops::{Access, Error, Pins, Result};
use std::path::{Path, PathBuf};

pub const NO_BINDING: Code = Code("operator.binding_needed");
pub const NO_NEW_PIN: Code = Code("operator.new_pin_needed");

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Set your own PIN (口令), the first or another; whoever has one gives it with --pin-file
    Pin {
        /// File whose first line is the new PIN: eight digits or a passphrase of ten characters
        #[arg(long, value_name = "FILE")]
        new_pin_file: PathBuf,
    },
    /// End a lock-out (锁定), or give somebody a PIN: the first one, or another who forgot theirs
    Reset {
        /// Name of the operator
        name: String,
        /// File whose first line is the new PIN, which the operator types
        #[arg(long, value_name = "FILE")]
        operator_pin_file: Option<PathBuf>,
    },
    /// Let an OS account or an SSH key be this operator
    Bind {
        /// Name of the operator
        name: String,
        #[command(flatten)]
        way: Way,
    },
    /// Take an OS account or an SSH key away from this operator
    Unbind {
        /// Name of the operator
        name: String,
        #[command(flatten)]
        way: Way,
    },
    /// Whether this site signs people on by a name alone: optional; default of a new site: required
    Pins {
        /// required, optional
        rule: String,
    },
}

#[derive(Debug, clap::Args)]
pub struct Way {
    /// OS account
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "ssh_key", required_unless_present = "ssh_key")]
    os_user: Option<String>,
    /// File with a public key, or its fingerprint as ssh-keygen -l shows it
    #[arg(long, value_name = "FILE|SHA256:…")]
    ssh_key: Option<String>,
}

impl Way {
    fn binding(self) -> Result<Binding> {
        match (self.os_user, self.ssh_key) {
            (Some(user), _) => Ok(Binding::OsUser(user)),
            (None, Some(print)) if print.starts_with("SHA256:") => Binding::key(&print),
            (None, Some(path)) => Binding::key(&std::fs::read_to_string(&path).map_err(Error::file(path))?),
            (None, None) => Err(Refusal::new(NO_BINDING).into()),
        }
    }
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::Pin { new_pin_file } => {
            let new = first_line(&new_pin_file)?;
            let (mut site, signed) = context.open(Access::ReadWrite)?;
            let nobody_else = |e: &Error| e.refusal().is_some_and(|r| r.is(PIN_UNCLAIMED));
            let name = match (&signed, &context.options.operator) {
                (Err(error), Some(name)) if nobody_else(error) => {
                    claim_pin(&site, name, &new)?;
                    name.clone()
                }
                _ => {
                    signed?;
                    change_pin(&mut site, context.pin()?.as_deref(), &new)?;
                    site.actor().name.clone()
                }
            };
            context.out.say("cli.operator.pin_set", &[("name", &name)]);
        }
        What::Reset { name, operator_pin_file } => {
            let pin = operator_pin_file.map(|path| first_line(&path)).transpose()?;
            let said = if pin.is_some() { "cli.operator.pin_set" } else { "cli.operator.reset" };
            let pin_hash = pin.map(|pin| hash_pin(&pin, &name)).transpose()?;
            context.site()?.perform(&ResetPin::of(&name, pin_hash))?;
            context.out.say(said, &[("name", &name)]);
        }
        What::Bind { name, way } => {
            let to = way.binding()?;
            context.site()?.perform(&Bind { name: name.clone(), to: to.clone() })?;
            context.out.say("cli.operator.bound", &[("name", &name), ("value", to.value())]);
        }
        What::Unbind { name, way } => {
            let from = way.binding()?;
            context.site()?.perform(&Unbind { name: name.clone(), from: from.clone() })?;
            context.out.say("cli.operator.unbound", &[("name", &name), ("value", from.value())]);
        }
        What::Pins { rule } => {
            let pins = parse(&rule)?;
            context.site()?.perform(&SetPins { pins })?;
            context.out.say(&format!("cli.operator.pins_{}", pins.code()), &[]);
        }
    }
    Ok(Exit::Done)
}

pub const UNKNOWN_RULE: Code = Code("operator.unknown_rule");

pub fn parse(rule: &str) -> Result<Pins> {
    Ok(Pins::parse(rule).ok_or_else(|| Refusal::new(UNKNOWN_RULE).with("value", rule))?)
}

/// A PIN as its file has it.
pub fn first_line(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(Error::file(path))?;
    let line = text.lines().next().map(str::trim).filter(|line| !line.is_empty());
    Ok(line.ok_or_else(|| Refusal::new(NO_NEW_PIN).with("path", path.display().to_string()))?.to_owned())
}

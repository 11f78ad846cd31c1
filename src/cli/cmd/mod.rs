//! The commands; one file each, and two lines here.
mod anchor;
mod application;
mod archive;
mod assess;
mod backup;
mod batch;
mod certificate;
mod certificate_numbers;
mod certificate_register;
mod checkin;
mod complaint;
mod completions;
mod demo;
mod doctor;
mod document;
mod enterprise;
mod export;
mod import;
mod import_bundle;
mod incident;
mod info;
mod init;
mod log;
mod man;
mod mark;
mod merge;
mod milestones;
mod occupation;
mod operator;
mod operator_ways;
mod panel;
mod panel_close;
mod panel_score;
mod panel_seats;
mod paper;
mod policy;
mod print;
mod report;
mod result;
mod result_public;
mod result_settle;
mod room;
mod roster;
mod sanction;
mod score;
pub mod screen;
mod script;
mod seat;
mod seat_check;
mod seat_edit;
mod session;
mod site;
mod staff;
mod stock;
mod supervision;
mod ticket;
mod together;
mod undo;
mod upload;
mod venue;

use super::{Context, Exit};
use crate::ops::Result;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Command {
    Anchor(anchor::Args),
    Application(application::Args),
    Archive(archive::Args),
    Assess(assess::Args),
    Batch(batch::Args),
    Checkin(checkin::Args),
    Demo(demo::Args),
    Backup(backup::Args),
    Certificate(certificate::Args),
    Complaint(complaint::Args),
    Doctor(doctor::Args),
    Document(document::Args),
    Enterprise(enterprise::Args),
    Export(export::Args),
    Import(import::Args),
    Incident(incident::Args),
    Info(info::Args),
    Init(init::Args),
    Log(log::Args),
    Occupation(occupation::Args),
    Completions(completions::Args),
    Man(man::Args),
    Mark(mark::Args),
    Milestones(milestones::Args),
    Operator(operator::Args),
    Score(score::Args),
    Policy(policy::Args),
    Print(print::Args),
    Room(room::Args),
    Roster(roster::Args),
    Sanction(sanction::Args),
    Script(script::Args),
    Seat(seat::Args),
    Merge(merge::Args),
    Panel(panel::Args),
    Paper(paper::Args),
    Report(report::Args),
    Result(result::Args),
    Session(session::Args),
    Site(site::Args),
    Supervision(supervision::Args),
    Staff(staff::Args),
    Stock(stock::Args),
    Ticket(ticket::Args),
    Together(together::Args),
    Restore(backup::RestoreArgs),
    Undo(undo::Args),
    Upload(upload::Args),
    Venue(venue::Args),
}

impl Command {
    pub fn run(self, context: &mut Context) -> Result<Exit> {
        match self {
            Command::Anchor(args) => anchor::run(context, args),
            Command::Application(args) => application::run(context, args),
            Command::Archive(args) => archive::run(context, args),
            Command::Assess(args) => assess::run(context, args),
            Command::Batch(args) => batch::run(context, args),
            Command::Checkin(args) => checkin::run(context, args),
            Command::Demo(args) => demo::run(context, args),
            Command::Backup(args) => backup::run(context, args),
            Command::Certificate(args) => certificate::run(context, args),
            Command::Complaint(args) => complaint::run(context, args),
            Command::Doctor(args) => doctor::run(context, args),
            Command::Document(args) => document::run(context, args),
            Command::Enterprise(args) => enterprise::run(context, args),
            Command::Export(args) => export::run(context, args),
            Command::Import(args) => import::run(context, args),
            Command::Incident(args) => incident::run(context, args),
            Command::Info(args) => info::run(context, args),
            Command::Init(args) => init::run(context, args),
            Command::Log(args) => log::run(context, args),
            Command::Occupation(args) => occupation::run(context, args),
            Command::Completions(args) => completions::run(context, &args),
            Command::Man(args) => man::run(context, &args),
            Command::Mark(args) => mark::run(context, args),
            Command::Milestones(args) => milestones::run(context, args),
            Command::Operator(args) => operator::run(context, args),
            Command::Score(args) => score::run(context, args),
            Command::Policy(args) => policy::run(context, args),
            Command::Print(args) => print::run(context, args),
            Command::Room(args) => room::run(context, args),
            Command::Roster(args) => roster::run(context, args),
            Command::Sanction(args) => sanction::run(context, args),
            Command::Script(args) => script::run(context, args),
            Command::Seat(args) => seat::run(context, args),
            Command::Merge(args) => merge::run(context, args),
            Command::Panel(args) => panel::run(context, args),
            Command::Paper(args) => paper::run(context, args),
            Command::Report(args) => report::run(context, args),
            Command::Result(args) => result::run(context, args),
            Command::Session(args) => session::run(context, args),
            Command::Site(args) => site::run(context, args),
            Command::Supervision(args) => supervision::run(context, args),
            Command::Staff(args) => staff::run(context, args),
            Command::Stock(args) => stock::run(context, args),
            Command::Ticket(args) => ticket::run(context, args),
            Command::Together(args) => together::run(context, &args),
            Command::Restore(args) => backup::run_restore(context, args),
            Command::Undo(args) => undo::run(context, args),
            Command::Upload(args) => upload::run(context, args),
            Command::Venue(args) => venue::run(context, args),
        }
    }
}

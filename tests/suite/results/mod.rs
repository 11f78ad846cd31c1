//! Who passed, who did not, what is missing: rules, board, pane, command.
mod command;
mod computed;
mod pane;
mod rules;
mod within;

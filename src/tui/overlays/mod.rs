//! Layers over a pane: they take every key until they close.
pub mod change_policy;
pub mod choice;
pub mod close_room;
pub mod confirm;
pub mod export_list;
pub mod help;
pub mod long_text;
pub mod own_pin;
pub mod palette;
pub mod picker;
pub mod print_form;
pub mod reason;
pub mod report;
pub mod short_form;
pub mod together;
pub mod together_give;
pub mod undo;

//! Papers: bags from hand to hand, the record of a room, the archive.
mod by_command;
mod by_keys;
mod on_paper;
mod on_the_way;
mod room_record;
mod world;

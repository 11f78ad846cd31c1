//! Sheets in and out as workbooks: what a file may hold, what is refused and how it is told.
mod bad_files;
mod books;
mod cells;
mod database;
mod export;
mod hostile;
mod identity;
mod layouts;
mod scope;

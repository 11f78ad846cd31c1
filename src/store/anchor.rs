//! Rows: lineages of the site, closing records of sessions.

//! Tables: what was made public, and objections to it.

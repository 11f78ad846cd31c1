//! Tables: sealed archives, and what was erased after its retention.

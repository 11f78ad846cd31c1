//! The journal held from outside: mark, signed heads, replay, closing records, another verifier.
mod closing;
mod content;
mod going_on;
mod mark;
mod paper;
mod replay;
mod verifier;
mod world;

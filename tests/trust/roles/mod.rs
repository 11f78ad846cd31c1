//! Who may do what: roles, SQL constraints, the machine of roles.
mod administrator;
mod attacks;
mod hands;
mod kinds;
mod machine;
mod operators;

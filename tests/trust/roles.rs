//! Who may do what: roles, SQL constraints, the machine of roles.

-- Whether PINs are wanted, wrong PINs in a row, and keys of operators.
CREATE TABLE pin_rule (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pins TEXT NOT NULL CHECK (pins IN ('required', 'optional'))
) STRICT;

CREATE TABLE pin_failure (
  operator INTEGER PRIMARY KEY REFERENCES operator (id),
  failures INTEGER NOT NULL CHECK (failures > 0),  -- wrong PINs since the last right one
  last_at INTEGER NOT NULL                         -- milliseconds since 1970
) STRICT;

CREATE TABLE operator_key (
  id INTEGER PRIMARY KEY,
  operator INTEGER NOT NULL REFERENCES operator (id),
  fingerprint TEXT NOT NULL UNIQUE CHECK (fingerprint GLOB 'SHA256:*'),  -- as ssh-keygen -l shows it
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX operator_key_operator ON operator_key (operator);

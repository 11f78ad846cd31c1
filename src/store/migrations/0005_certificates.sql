-- Certificates. A number is never used twice, revoked or not.
CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL REFERENCES application (id),
  prefix TEXT NOT NULL CHECK (length(prefix) = 13),
  year INTEGER NOT NULL CHECK (year BETWEEN 0 AND 99),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  number TEXT NOT NULL UNIQUE CHECK (number = prefix || printf('%02d%d%06d', year, level, serial)),
  issued_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('valid', 'revoked')),
  UNIQUE (prefix, year, level, serial)
) STRICT;
CREATE UNIQUE INDEX certificate_one_valid ON certificate (application) WHERE state = 'valid';
CREATE TRIGGER certificate_kept BEFORE DELETE ON certificate BEGIN SELECT RAISE(ABORT, 'certificate numbers are kept'); END;

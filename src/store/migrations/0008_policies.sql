-- Policies put into the site, newest last; and occupations that a batch no longer takes.
CREATE TABLE adoption (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL CHECK (code <> ''),
  digest TEXT NOT NULL REFERENCES policy (digest),
  file TEXT NOT NULL,                           -- name of the file it came from
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX adoption_of ON adoption (code, id);

-- Every closing stays; opening again ends it.
CREATE TABLE closure (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  occupation TEXT NOT NULL CHECK (occupation <> ''),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  reason TEXT NOT NULL CHECK (reason <> ''),
  closed_at INTEGER NOT NULL,
  opened_at INTEGER CHECK (opened_at >= closed_at)
) STRICT;
CREATE UNIQUE INDEX closure_standing ON closure (batch, occupation, level) WHERE opened_at IS NULL;

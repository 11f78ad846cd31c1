-- Differences between sites that wait for a person, and what they decided.

-- What rows of other sites' bundles were before, by digests: a row that is older than what is here is told by these. What
-- this site itself replaced is in the journal.
CREATE TABLE replaced_row (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  part TEXT NOT NULL CHECK (part <> ''),        -- table of the bundle
  place TEXT NOT NULL CHECK (length(place) = 32), -- digest of what names the row
  version TEXT NOT NULL CHECK (length(version) = 32), -- digest of the row as it was
  UNIQUE (batch, part, place, version)
) STRICT;

-- Both sides of a difference that no rule decides. The row here stands until somebody decides otherwise.
CREATE TABLE merge_conflict (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  part TEXT NOT NULL CHECK (part <> ''),
  place TEXT NOT NULL CHECK (length(place) = 32),
  name TEXT NOT NULL,                           -- the row for people, numbers masked
  fields TEXT NOT NULL,                         -- headings that differ, comma separated; empty: the whole row
  here TEXT NOT NULL,                           -- rows as a bundle writes them, JSON
  there TEXT NOT NULL,
  here_version TEXT NOT NULL CHECK (length(here_version) = 32),
  there_version TEXT NOT NULL CHECK (length(there_version) = 32) CHECK (there_version <> here_version),
  source TEXT NOT NULL,                         -- site that the bundle names
  why TEXT,                                     -- what stands in the way of the other side's row; NULL: both changed it
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'here', 'there', 'overtaken')), -- overtaken: a later merge settled it
  decided_by INTEGER REFERENCES operator (id) CHECK ((decided_by IS NULL) = (state IN ('open', 'overtaken'))),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'open')),
  reason TEXT CHECK ((reason IS NULL) = (state IN ('open', 'overtaken'))) CHECK (trim(reason) <> '')
) STRICT;
CREATE UNIQUE INDEX merge_conflict_open ON merge_conflict (batch, part, place, there_version) WHERE state = 'open';
CREATE INDEX merge_conflict_of ON merge_conflict (part, place);
CREATE TRIGGER merge_conflict_stays BEFORE UPDATE ON merge_conflict
  WHEN new.part <> old.part OR new.place <> old.place OR new.here <> old.here OR new.there <> old.there
BEGIN SELECT RAISE(ABORT, 'both sides of a conflict stay as they were'); END;
CREATE TRIGGER merge_conflict_kept BEFORE DELETE ON merge_conflict WHEN old.state IN ('here', 'there')
BEGIN SELECT RAISE(ABORT, 'what was decided is kept'); END;

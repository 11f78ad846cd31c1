-- What holds the journal from outside: lineages of the site, closing records of sessions.

-- A lineage (世代) is one unbroken run of the journal. Going on after a restore or a loss begins the next one, which says
-- where it parts from its parent: what the parent had after that is not in this journal.
CREATE TABLE lineage (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 32),
  parent_no INTEGER NOT NULL CHECK (parent_no >= 0), -- operations kept of the parent; 0 for the first lineage
  parent_digest TEXT NOT NULL CHECK (length(parent_digest) = 64),
  found TEXT,                                   -- what the mark outside said, or 'missing', 'damaged'; NULL for the first
  reason TEXT CHECK ((reason IS NULL) = (id = 1)) CHECK (reason <> ''),
  public_key TEXT CHECK (length(public_key) = 56), -- Ed25519, as minisign writes it; NULL: heads are not signed
  begun_at INTEGER NOT NULL,
  begun_by INTEGER REFERENCES operator (id) CHECK (begun_by IS NOT NULL OR id = 1)
) STRICT;
CREATE TRIGGER lineage_kept_update BEFORE UPDATE ON lineage BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;
CREATE TRIGGER lineage_kept_delete BEFORE DELETE ON lineage BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;
CREATE TRIGGER lineage_in_order BEFORE INSERT ON lineage
  WHEN new.id <> (SELECT coalesce(max(id), 0) + 1 FROM lineage)
BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;

-- The end of a session, said by a person: from then on its attendance stays as it is. Opened again by two people only.
CREATE TABLE session_closing (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  number INTEGER NOT NULL CHECK (number > 0),   -- how often it was closed
  seated INTEGER NOT NULL CHECK (seated >= 0),
  present INTEGER NOT NULL CHECK (present >= 0), -- came in, also those who left again
  absent INTEGER NOT NULL CHECK (absent >= 0),
  refused INTEGER NOT NULL CHECK (refused >= 0),
  incidents INTEGER NOT NULL CHECK (incidents >= 0),
  bags INTEGER NOT NULL CHECK (bags >= 0),      -- paper bags and script bags of the session
  head_no INTEGER NOT NULL CHECK (head_no >= 0),
  head TEXT NOT NULL CHECK (length(head) = 64), -- of the journal just before
  closed_by INTEGER NOT NULL REFERENCES operator (id),
  closed_at INTEGER NOT NULL,
  reopened_by INTEGER REFERENCES operator (id),
  reopened_at INTEGER CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)),
  reason TEXT CHECK (reason <> '') CHECK ((reason IS NULL) = (reopened_by IS NULL)),
  UNIQUE (session, number),
  CHECK (present + absent + refused = seated)
) STRICT;
CREATE UNIQUE INDEX session_closing_stands ON session_closing (session) WHERE reopened_by IS NULL;
CREATE TRIGGER attendance_closed_insert BEFORE INSERT ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session = new.session AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;
CREATE TRIGGER attendance_closed_update BEFORE UPDATE ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session IN (old.session, new.session) AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;
CREATE TRIGGER attendance_closed_delete BEFORE DELETE ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session = old.session AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;

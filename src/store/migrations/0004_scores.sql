-- Two blind entries, settled marks, and review panels. Points are hundredths.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical')),
  slot INTEGER NOT NULL CHECK (slot IN (1, 2)),
  state TEXT NOT NULL CHECK (state IN ('open', 'matched', 'differs', 'returned', 'discarded')),
  mark TEXT NOT NULL CHECK (mark IN ('points', 'absent', 'void')),
  points INTEGER CHECK ((mark = 'points') = (points IS NOT NULL)) CHECK (points BETWEEN 0 AND 10000),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  accepted TEXT NOT NULL                        -- codes of accepted warnings, comma separated
) STRICT;
CREATE UNIQUE INDEX entry_one_live ON entry (application, subject, slot) WHERE state <> 'discarded';
CREATE INDEX entry_unsettled ON entry (application, subject) WHERE state IN ('differs', 'returned');
CREATE TRIGGER entry_two_people BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM entry WHERE application = new.application AND subject = new.subject
      AND slot <> new.slot AND state <> 'discarded' AND operator = new.operator)
BEGIN SELECT RAISE(ABORT, 'both entries by one operator'); END;
CREATE TRIGGER entry_operator_stays BEFORE UPDATE ON entry
  WHEN new.operator <> old.operator OR new.application <> old.application OR new.subject <> old.subject
BEGIN SELECT RAISE(ABORT, 'an entry keeps its operator'); END;

-- Settled marks: what results are computed from.
CREATE TABLE mark (
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  mark TEXT NOT NULL CHECK (mark IN ('points', 'absent', 'void')),
  points INTEGER CHECK ((mark = 'points') = (points IS NOT NULL)) CHECK (points BETWEEN 0 AND 10000),
  PRIMARY KEY (application, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  name TEXT NOT NULL CHECK (name <> ''),
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed')),
  UNIQUE (batch, name)
) STRICT;

CREATE TABLE panel_member (
  id INTEGER PRIMARY KEY,
  panel INTEGER NOT NULL REFERENCES panel (id),
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT NOT NULL,
  chair INTEGER NOT NULL CHECK (chair IN (0, 1)),
  UNIQUE (panel, name)
) STRICT;
CREATE UNIQUE INDEX panel_one_chair ON panel_member (panel) WHERE chair = 1;

CREATE TABLE panel_candidate (
  panel INTEGER NOT NULL REFERENCES panel (id),
  application INTEGER NOT NULL UNIQUE REFERENCES application (id),
  PRIMARY KEY (panel, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_sheet (
  member INTEGER NOT NULL REFERENCES panel_member (id),
  application INTEGER NOT NULL REFERENCES application (id),
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 10000),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (member, application)
) STRICT, WITHOUT ROWID;
-- What a ruling was computed from stays as it was.
CREATE TRIGGER panel_sheet_sealed_delete BEFORE DELETE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;
CREATE TRIGGER panel_sheet_sealed_update BEFORE UPDATE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

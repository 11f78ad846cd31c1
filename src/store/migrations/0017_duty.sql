-- Who is on duty at the windows, what was done for them, and claims of subsidy.
CREATE TABLE duty_person (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  document TEXT NOT NULL CHECK (document <> ''),
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  department TEXT NOT NULL CHECK (department <> ''),
  post TEXT CHECK (post <> ''),
  since TEXT NOT NULL,                          -- first day on duty
  until TEXT CHECK (until >= since),            -- last day on duty; NULL: still there
  held_occupation TEXT CHECK (held_occupation <> ''), -- of a certificate from elsewhere
  held_level INTEGER CHECK (held_level BETWEEN 1 AND 5),
  held_no TEXT CHECK (held_no <> ''),
  held_on TEXT,                                 -- when it was issued; NULL: not known, it counts
  CHECK ((held_level IS NULL) = (held_occupation IS NULL)),
  CHECK (held_level IS NOT NULL OR (held_no IS NULL AND held_on IS NULL)),
  UNIQUE (batch, document, id_number)
) STRICT;

-- The special ledger (专项工作台账): what was done and when.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  dated TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('agenda', 'training', 'exam', 'review', 'publicity', 'commend', 'criticise', 'other')),
  department TEXT CHECK (department <> ''),     -- NULL: of all
  what TEXT NOT NULL CHECK (what <> ''),
  people INTEGER CHECK (people >= 0),           -- who took part
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (batch, dated, kind, what)
) STRICT;

-- How far each department was on a day; the whole is the sum of a day's rows.
CREATE TABLE duty_snapshot (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  dated TEXT NOT NULL,
  department TEXT NOT NULL CHECK (department <> ''),
  on_duty INTEGER NOT NULL CHECK (on_duty > 0),
  holders INTEGER NOT NULL CHECK (holders BETWEEN 0 AND on_duty),
  passed INTEGER NOT NULL CHECK (passed >= 0),  -- without a certificate yet
  sitting INTEGER NOT NULL CHECK (sitting >= 0), -- the exam is not over for them
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  CHECK (holders + passed + sitting <= on_duty),
  UNIQUE (batch, dated, department)
) STRICT;

CREATE TRIGGER duty_snapshot_kept BEFORE UPDATE ON duty_snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is kept'); END;

-- Months of unemployment insurance that were paid for somebody.
CREATE TABLE insurance (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  document TEXT NOT NULL CHECK (document <> ''),
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  months INTEGER NOT NULL CHECK (months >= 0),
  as_of TEXT NOT NULL,
  UNIQUE (batch, document, id_number)
) STRICT;

-- Claims of the subsidy for a certificate, with those made elsewhere, which count too.
CREATE TABLE subsidy_claim (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  document TEXT NOT NULL CHECK (document <> ''),
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  occupation TEXT NOT NULL CHECK (occupation <> ''), -- its name: other places have other codes
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  certificate TEXT CHECK (certificate <> ''),   -- its number
  claimed_on TEXT NOT NULL,
  amount INTEGER CHECK (amount > 0),            -- fen
  elsewhere INTEGER NOT NULL CHECK (elsewhere IN (0, 1)),
  operator INTEGER NOT NULL REFERENCES operator (id),
  CHECK (elsewhere = 1 OR (certificate IS NOT NULL AND amount IS NOT NULL)),
  UNIQUE (batch, document, id_number, occupation, level, claimed_on)
) STRICT;

-- Sealed archives of closed batches, who read them or the papers, and the erasure of people after their time.
CREATE TABLE archive (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  number INTEGER NOT NULL CHECK (number > 0),   -- 1, 2 and so on within the batch
  folder TEXT NOT NULL CHECK (folder <> ''),    -- its name
  seal TEXT NOT NULL CHECK (length(seal) = 64), -- digest of its table of contents
  files INTEGER NOT NULL CHECK (files > 0),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  people INTEGER NOT NULL CHECK (people >= 0),
  certificates INTEGER NOT NULL CHECK (certificates >= 0),
  operations INTEGER NOT NULL CHECK (operations > 0), -- of the journal in it
  head TEXT NOT NULL CHECK (length(head) = 64), -- digest of the last of them
  missing TEXT NOT NULL,                        -- what was known to be missing, comma separated
  accepted TEXT CHECK ((accepted IS NOT NULL) = (missing <> '')) CHECK (accepted <> ''), -- why it was sealed without
  keeper TEXT NOT NULL CHECK (keeper <> ''),
  place TEXT NOT NULL CHECK (place <> ''),
  paper_until TEXT,                             -- last day; NULL: the notice says nothing
  electronic_until TEXT,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (batch, number)
) STRICT;
CREATE TRIGGER archive_kept BEFORE DELETE ON archive BEGIN SELECT RAISE(ABORT, 'archives stay in the register'); END;
CREATE TRIGGER archive_stays BEFORE UPDATE ON archive BEGIN SELECT RAISE(ABORT, 'a sealed archive stays as it is'); END;

-- Who read what: with the head's leave, and two people present.
CREATE TABLE archive_reading (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  archive INTEGER REFERENCES archive (id),      -- NULL: papers in their boxes
  what TEXT NOT NULL CHECK (what <> ''),        -- volume, box or bag
  reader TEXT NOT NULL CHECK (reader <> ''),
  purpose TEXT NOT NULL CHECK (purpose <> ''),
  approved_by TEXT NOT NULL CHECK (approved_by <> '' AND approved_by <> reader),
  witness_a TEXT NOT NULL CHECK (witness_a <> '' AND witness_a <> reader),
  witness_b TEXT NOT NULL CHECK (witness_b <> '' AND witness_b <> reader AND witness_b <> witness_a),
  read_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER archive_reading_kept BEFORE DELETE ON archive_reading BEGIN SELECT RAISE(ABORT, 'readings are kept'); END;
CREATE TRIGGER archive_reading_stays BEFORE UPDATE ON archive_reading BEGIN SELECT RAISE(ABORT, 'readings are kept'); END;

-- The erasure of a batch's people: asked for by one, done by another.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  asked_at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'withdrawn')),
  decided_by INTEGER REFERENCES operator (id)
    CHECK ((decided_by IS NULL) = (state = 'asked')) CHECK (decided_by <> asked_by OR state = 'withdrawn'),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'asked')),
  people INTEGER CHECK ((people IS NOT NULL) = (state = 'done')), -- erased
  operations INTEGER CHECK ((operations IS NOT NULL) = (state = 'done')), -- of the journal, whose words are gone
  barred INTEGER CHECK ((barred IS NOT NULL) = (state = 'done')) -- sanctions that still run and keep their person
) STRICT;
CREATE UNIQUE INDEX erasure_one_asked ON erasure (batch) WHERE state = 'asked';
CREATE TRIGGER erasure_kept BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;
CREATE TRIGGER erasure_stays BEFORE UPDATE ON erasure
  WHEN old.state <> 'asked' OR (new.batch, new.asked_by, new.asked_at, new.reason)
    IS NOT (old.batch, old.asked_by, old.asked_at, old.reason)
BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;

-- The dossier of an application: evidence, materials, stamps, reviews, fees, sanctions.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  kind TEXT NOT NULL CHECK (kind IN ('employment', 'certificate', 'education', 'title', 'appraisal', 'engagement',
    'treatment', 'placement', 'apprenticeship')),
  from_day TEXT,
  to_day TEXT CHECK (to_day >= from_day),       -- last day, included; NULL: lasts
  relation TEXT CHECK (relation IN ('same', 'related', 'other')),
  level INTEGER CHECK (level BETWEEN 1 AND 5),
  rank TEXT CHECK (rank IN ('junior', 'middle', 'senior')),
  class TEXT,
  subject TEXT,
  unit TEXT,
  number TEXT,
  months INTEGER CHECK (months >= 0)
) STRICT;
CREATE INDEX evidence_of ON evidence (application);

-- Files handed in, one row for each material of the policy that was found; several for several files.
CREATE TABLE material (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  code TEXT NOT NULL,                           -- of the policy's material, or photo
  file TEXT,                                    -- its name inside the folder or archive; NULL: on paper
  bytes INTEGER CHECK (bytes >= 0),
  sha256 TEXT CHECK (length(sha256) = 64),
  format TEXT,                                  -- by its bytes
  width INTEGER,
  height INTEGER,
  characters INTEGER,                           -- of a text; NULL: nothing to count, a person judges
  state TEXT NOT NULL CHECK (state IN ('found', 'faulty', 'accepted', 'refused')),
  fault TEXT,                                   -- code of what is wrong
  judged_by INTEGER REFERENCES operator (id),
  judged_at INTEGER,
  note TEXT,
  topics TEXT,                                  -- of the policy, seen by the judge, one a line
  copies INTEGER CHECK (copies > 0)             -- received on paper
) STRICT;
CREATE INDEX material_of ON material (application);

-- Opinions and stamps on the paper form, one for each node of the policy's chain.
CREATE TABLE stamp (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  node TEXT NOT NULL,
  opinion TEXT NOT NULL,
  agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
  stamped INTEGER NOT NULL CHECK (stamped IN (0, 1)),
  handled_by TEXT,                              -- 经办人
  responsible TEXT,                             -- 负责人
  dated TEXT NOT NULL,
  document_no TEXT,                             -- 文号
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (application, node)
) STRICT;

-- Every decision of a review stays; a resubmission starts the next round.
CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  round INTEGER NOT NULL CHECK (round > 0),
  step TEXT NOT NULL CHECK (step IN ('first', 'second')),
  decision TEXT NOT NULL CHECK (decision IN ('pass', 'return', 'reject')),
  organisation TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  reason TEXT CHECK (decision = 'pass' OR reason <> ''),
  query_evidence TEXT,                          -- what the query of the earlier certificate gave
  UNIQUE (application, round, step)
) STRICT;

-- Every movement of money stays, amounts in fen.
CREATE TABLE fee (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  item TEXT NOT NULL,                           -- of the policy's fee table; all: everything owed
  state TEXT NOT NULL CHECK (state IN ('paid', 'refunded', 'waived')),
  amount INTEGER NOT NULL CHECK (amount >= 0),  -- 0 in a payment or refund: not stated, everything there is
  paid_on INTEGER NOT NULL,                     -- milliseconds since 1970; when it was recorded, if nobody stated it
  channel TEXT,
  reference TEXT,
  reason TEXT,
  operator INTEGER NOT NULL REFERENCES operator (id)
) STRICT;
CREATE INDEX fee_of ON fee (application);
-- One transfer may pay for many people of a unit, but once for each.
CREATE UNIQUE INDEX fee_reference ON fee (application, reference, state) WHERE reference IS NOT NULL;

CREATE TABLE invoice (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  kind TEXT NOT NULL CHECK (kind IN ('unit', 'person')),
  title TEXT NOT NULL CHECK (title <> ''),
  tax_no TEXT,
  email TEXT NOT NULL CHECK (email <> '')
) STRICT;

-- Who is barred or lost something, across batches.
CREATE TABLE sanction (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL,
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  name TEXT NOT NULL,
  application INTEGER REFERENCES application (id),
  act TEXT NOT NULL,
  effects TEXT NOT NULL,                        -- codes, comma separated
  basis TEXT NOT NULL,                          -- notice or decision
  from_day TEXT NOT NULL,
  until_day TEXT CHECK (until_day >= from_day), -- last day of the bar; NULL: bars nothing
  reason TEXT NOT NULL CHECK (reason <> ''),
  evidence TEXT,                                -- what proves it
  lifted INTEGER NOT NULL CHECK (lifted IN (0, 1)),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX sanction_of ON sanction (id_number, document);

-- The list of applicants made public before the exam, who was on it, and what was said against somebody.
CREATE TABLE listing (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  published_on TEXT NOT NULL,
  until_day TEXT NOT NULL CHECK (until_day >= published_on), -- last day on which objections are taken
  place TEXT NOT NULL CHECK (place <> ''),                   -- where it is shown
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (batch, at)
) STRICT;

CREATE TABLE listed (
  id INTEGER PRIMARY KEY,
  listing INTEGER NOT NULL REFERENCES listing (id),
  application INTEGER NOT NULL REFERENCES application (id),
  UNIQUE (application, listing)
) STRICT;

CREATE TABLE list_objection (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  raised_by TEXT NOT NULL CHECK (raised_by <> ''),
  matter TEXT NOT NULL CHECK (matter <> ''),
  at INTEGER NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'dismissed')),
  outcome TEXT CHECK ((outcome IS NULL) = (state = 'open')), -- what was found
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'open'))
) STRICT;
CREATE INDEX list_objection_of ON list_objection (application, state);

-- Who works on the exam day, who may not meet whom, and who does what where.
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT NOT NULL,                           -- employer
  phone TEXT,
  id_number TEXT,                               -- finds them among the candidates; NULL: by name and unit only
  grade TEXT NOT NULL CHECK (grade IN ('none', 'assessor', 'senior_assessor')),
  card_no TEXT,                                 -- of the assessor's or supervisor's card
  card_until TEXT,                              -- last day of its validity
  occupations TEXT NOT NULL,                    -- codes that the card covers, comma separated; empty: every one
  duties TEXT NOT NULL,                         -- duties they may be given, comma separated
  operator INTEGER REFERENCES operator (id),    -- whom they sign on as
  kept_by TEXT CHECK (kept_by <> ''),           -- unit of the policy whose expert they are; NULL: the site's
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  UNIQUE (name, unit)
) STRICT;

-- Why somebody may not work where a candidate sits. Kept across batches by the candidate's number.
CREATE TABLE staff_tie (
  id INTEGER PRIMARY KEY,
  staff INTEGER NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('self', 'kin', 'master', 'teacher', 'colleague', 'other')),
  document TEXT NOT NULL,
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  name TEXT NOT NULL,
  note TEXT,
  UNIQUE (staff, id_number, document)
) STRICT;

CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  venue INTEGER NOT NULL REFERENCES venue (id),
  room INTEGER REFERENCES room (id),            -- NULL: the whole venue
  staff INTEGER NOT NULL REFERENCES staff (id),
  duty TEXT NOT NULL CHECK (duty IN ('chief', 'deputy', 'proctor', 'assessor', 'marker', 'supervisor', 'runner',
    'keeper', 'medical', 'security', 'logistics')),
  leads INTEGER NOT NULL CHECK (leads IN (0, 1)), -- head of the assessors of a room
  origin TEXT NOT NULL CHECK (origin IN ('hand', 'proposal')),
  override TEXT CHECK (override <> ''),         -- why a rule was set aside
  came_at INTEGER,                              -- when they signed in; NULL: not yet
  rating INTEGER CHECK (rating BETWEEN 1 AND 4), -- after the session: 1 unfit to 4 excellent
  UNIQUE (session, staff)
) STRICT;
CREATE INDEX assignment_of ON assignment (staff);

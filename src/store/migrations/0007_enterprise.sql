-- Organisations that hold assessments themselves: what they filed, how it was judged, the directory, and cases.
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  credit_code TEXT NOT NULL UNIQUE CHECK (length(credit_code) = 18),
  name TEXT NOT NULL CHECK (name <> ''),
  address TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'agency', 'institution', 'school', 'other')),
  certificate_prefix TEXT UNIQUE                -- places 1 to 13 of a certificate number: class, organisation, province, site
) STRICT;

-- One filing (申报表) for each round of the directory.
CREATE TABLE filing (
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation (id),
  round INTEGER NOT NULL CHECK (round > 0),     -- 第几批
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'evaluated', 'listed', 'suspended', 'removed')),
  unit TEXT,                                    -- office that reports it upwards (填报单位)
  contact TEXT,
  post TEXT,
  landline TEXT,
  mobile TEXT,
  email TEXT,
  strengths TEXT,
  venue TEXT,
  systems TEXT,                                 -- computers for the exams, video surveillance
  paper_on TEXT,                                -- day on which the paper copy came in
  electronic_on TEXT,
  valid_from TEXT,
  valid_to TEXT CHECK (valid_to >= valid_from), -- last day; NULL: until further notice
  reason TEXT,                                  -- of the last change in the directory
  UNIQUE (organisation, round),
  CHECK (state NOT IN ('listed', 'suspended', 'removed') OR valid_from IS NOT NULL AND reason <> '')
) STRICT;
-- In the directory an organisation stands once.
CREATE UNIQUE INDEX filing_in_force ON filing (organisation) WHERE state IN ('listed', 'suspended');

CREATE TABLE filing_occupation (
  id INTEGER PRIMARY KEY,
  filing INTEGER NOT NULL REFERENCES filing (id),
  place INTEGER NOT NULL CHECK (place > 0),     -- 序号
  name TEXT NOT NULL CHECK (name <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  lowest INTEGER NOT NULL CHECK (lowest BETWEEN 1 AND 5),
  highest INTEGER NOT NULL CHECK (highest BETWEEN 1 AND lowest), -- level 1 is the highest
  fee INTEGER CHECK (fee >= 0),                 -- fen; NULL: not said
  UNIQUE (filing, place),
  UNIQUE (filing, code)
) STRICT;

CREATE TABLE filing_equipment (
  id INTEGER PRIMARY KEY,
  filing INTEGER NOT NULL REFERENCES filing (id),
  place INTEGER NOT NULL CHECK (place > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  brand TEXT,
  model TEXT,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  owner TEXT,
  UNIQUE (filing, place)
) STRICT;

CREATE TABLE filing_staff (
  id INTEGER PRIMARY KEY,
  filing INTEGER NOT NULL REFERENCES filing (id),
  kind TEXT NOT NULL CHECK (kind IN ('full_time', 'assessor', 'supervisor')),
  place INTEGER NOT NULL CHECK (place > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  unit TEXT,                                    -- NULL: of the organisation itself
  post TEXT,                                    -- 职务、职称、技能等级
  education TEXT,
  duty TEXT,                                    -- of full-time staff
  occupations TEXT,                             -- codes or names, separated by 、
  UNIQUE (filing, kind, place),
  UNIQUE (filing, kind, id_number)
) STRICT;

CREATE TABLE filing_attachment (
  id INTEGER PRIMARY KEY,
  filing INTEGER NOT NULL REFERENCES filing (id),
  kind TEXT NOT NULL CHECK (kind IN ('regulation', 'venue_proof', 'equipment_proof', 'commitment', 'cooperation',
    'conditions', 'plan', 'norm', 'pledge', 'other')),
  title TEXT NOT NULL CHECK (title <> ''),
  file TEXT,                                    -- NULL: on paper
  person TEXT,                                  -- ID number of the one it speaks for
  number TEXT,                                  -- 备案号 or 文号
  dated TEXT,
  UNIQUE (filing, kind, title)
) STRICT;

-- The basic conditions, by their number in the notice.
CREATE TABLE filing_condition (
  filing INTEGER NOT NULL REFERENCES filing (id),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 7),
  evidence TEXT,                                -- as the organisation states it
  met INTEGER CHECK (met IN (0, 1)),            -- NULL: not judged yet
  note TEXT,
  judged_by TEXT,                               -- name of the operator
  at INTEGER,
  PRIMARY KEY (filing, number),
  CHECK (met IS NULL OR judged_by <> '' AND at IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Every evaluation by experts stays; the last one counts.
CREATE TABLE evaluation (
  id INTEGER PRIMARY KEY,
  filing INTEGER NOT NULL REFERENCES filing (id),
  dated TEXT NOT NULL,
  experts TEXT NOT NULL CHECK (experts <> ''),  -- separated by 、
  opinion TEXT NOT NULL CHECK (opinion <> ''),
  result TEXT NOT NULL CHECK (result IN ('qualified', 'unqualified')),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX evaluation_of ON evaluation (filing);

-- Problems that inspections, reports or the media brought up.
CREATE TABLE enterprise_case (
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation (id),
  number INTEGER NOT NULL CHECK (number > 0),   -- of the organisation's cases
  source TEXT NOT NULL CHECK (source IN ('inspection', 'report', 'media', 'own')),
  received_on TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (facts <> ''),
  handling TEXT,                                -- what was done to find out
  outcome TEXT,                                 -- NULL: open
  closed_on TEXT,
  operator INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (organisation, number),
  CHECK ((outcome IS NULL) = (closed_on IS NULL))
) STRICT;

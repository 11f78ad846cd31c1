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

CREATE TABLE adoption (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL CHECK (code <> ''),
  digest TEXT NOT NULL REFERENCES policy (digest),
  file TEXT NOT NULL,                           -- name of the file it came from
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE application (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  sequence TEXT,                                -- 序号 of the office's sheet
  occupation TEXT NOT NULL,                     -- code of the catalogue
  occupation_name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  condition TEXT,
  document TEXT NOT NULL,                       -- kind of identity document
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  id_reversed TEXT NOT NULL,                    -- for searching by the tail
  name TEXT NOT NULL CHECK (name <> ''),
  name_chars TEXT NOT NULL,                     -- the name with a blank between characters, for searching inside it
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  other_readings TEXT NOT NULL,                 -- further pinyin and initials, blank separated
  sex TEXT CHECK (sex IN ('male', 'female')),
  birth TEXT,
  phone TEXT,
  has_certificate INTEGER CHECK (has_certificate IN (0, 1)),
  certificate_level INTEGER CHECK (certificate_level BETWEEN 1 AND 5),
  certificate_no TEXT,
  education TEXT,
  region TEXT,
  source TEXT,
  employer TEXT,
  registered_by TEXT,
  category TEXT,                                -- 认定分类
  major TEXT,
  attempt TEXT,                                 -- 考试类型
  ethnic_group TEXT,
  work_began TEXT,
  email TEXT,
  years INTEGER,                                -- claimed, not computed
  household TEXT,
  politics TEXT,
  diploma_no TEXT,
  experience TEXT,
  address TEXT,
  delivery TEXT,
  postcode TEXT,
  mailing_address TEXT,
  route TEXT NOT NULL CHECK (route IN ('first', 'promotion', 'transfer', 'recognition', 'veteran', 'resettled')),
  direction TEXT,                               -- 工种、职业方向
  unit TEXT,                                    -- the policy's unit that takes the applicant
  employer_code TEXT,                           -- 统一社会信用代码 of the employer
  registration_no TEXT,                         -- number given by the platform where the applicant registered
  achievements TEXT,                            -- 技术革新、竞赛成绩、传授技艺
  strengths TEXT,                               -- 技术特长、业绩
  pledged_on TEXT,                              -- day on which the integrity pledge was signed
  original_at INTEGER,                          -- when the signed original of the form came in
  training INTEGER CHECK (training IN (0, 1)),  -- wishes to take the training before the exam
  state TEXT NOT NULL
    CHECK (state IN ('submitted', 'returned', 'approved', 'rejected', 'excluded', 'withdrawn')),
  paid_at INTEGER,                              -- milliseconds since 1970; NULL: not paid
  UNIQUE (batch, id_number, document, occupation, level)
) STRICT;

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

CREATE TABLE archive_box (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  box TEXT NOT NULL CHECK (box <> ''),
  scripts INTEGER NOT NULL CHECK (scripts >= 0),
  keeper TEXT NOT NULL CHECK (keeper <> ''),
  place TEXT,
  stored_on TEXT NOT NULL,
  keep_until TEXT NOT NULL CHECK (keep_until > stored_on),
  UNIQUE (session, room)
) STRICT;

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

CREATE TABLE attendance (
  session INTEGER NOT NULL REFERENCES session (id),
  application INTEGER NOT NULL REFERENCES application (id),
  state TEXT NOT NULL
    CHECK (state IN ('present', 'late', 'refused', 'absent', 'left_early', 'handed_in', 'misconduct')),
  at INTEGER NOT NULL,                          -- when they came, were sent away or were marked absent
  late_minutes INTEGER CHECK (state <> 'late' OR late_minutes IS NOT NULL)
    CHECK (late_minutes IS NULL OR state NOT IN ('absent', 'refused')),
  override TEXT,                                -- why somebody was let in against the gates
  out_at INTEGER                                -- when they left the room for good
    CHECK ((out_at IS NOT NULL) = (state IN ('left_early', 'handed_in', 'misconduct'))),
  reason TEXT CHECK (state NOT IN ('refused', 'left_early', 'misconduct') OR reason <> ''),
  checked TEXT,                                 -- items of the checklist that were looked at, comma separated
  source TEXT NOT NULL CHECK (source IN ('door', 'sheet', 'closing')), -- sheet: typed from the signed paper
  PRIMARY KEY (session, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name TEXT NOT NULL,
  policy TEXT NOT NULL REFERENCES policy (digest),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed'))
) STRICT;

CREATE TABLE broken_seat (
  room INTEGER NOT NULL REFERENCES room (id),
  seat INTEGER NOT NULL CHECK (seat > 0),
  reason TEXT NOT NULL CHECK (reason <> ''),
  PRIMARY KEY (room, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE bundle_fork (
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  sign_key TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  lineage TEXT NOT NULL,
  operation INTEGER NOT NULL,
  head TEXT NOT NULL,
  known_lineage TEXT NOT NULL,
  known_operation INTEGER NOT NULL,
  known_head TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted')),
  decided_by INTEGER REFERENCES operator (id) CHECK ((decided_by IS NULL) = (state = 'open')),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'open')),
  reason TEXT CHECK ((reason IS NULL) = (state = 'open')) CHECK (trim(reason) <> ''),
  UNIQUE (digest, known_operation, known_head)
) STRICT;

CREATE TABLE bundle_given (
  id INTEGER PRIMARY KEY,
  batch TEXT NOT NULL,                          -- code
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  operation INTEGER NOT NULL CHECK (operation >= 0), -- number and digest of the last operation that it holds
  head TEXT NOT NULL CHECK (length(head) = 64),
  recipient TEXT,                               -- key that it is locked to; NULL: not locked
  purpose TEXT CHECK (trim(purpose) <> ''),
  given_at INTEGER NOT NULL,
  given_by INTEGER NOT NULL REFERENCES operator (id)
) STRICT;

CREATE TABLE bundle_taken (
  id INTEGER PRIMARY KEY,
  batch TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  site TEXT NOT NULL,
  sign_key TEXT,
  lineage TEXT CHECK ((lineage IS NULL) = (sign_key IS NULL)),
  operation INTEGER CHECK ((operation IS NULL) = (sign_key IS NULL)),
  head TEXT CHECK ((head IS NULL) = (sign_key IS NULL)),
  earlier TEXT CHECK ((earlier IS NULL) = (sign_key IS NULL)), -- digests of the bundles that it names, by blanks
  taken_at INTEGER NOT NULL,
  taken_by INTEGER REFERENCES operator (id),    -- NULL: whoever brought the site into an empty home
  set_aside INTEGER REFERENCES bundle_fork (id) -- the history that it stood in is not the one that counts
, reaches INTEGER) STRICT;

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL REFERENCES application (id),
  source TEXT NOT NULL CHECK (source IN ('own', 'imported')), -- given here; from the issuer's list
  origin TEXT CHECK (origin <> '')              -- which list of the issuer
    CHECK ((origin IS NULL) = (source = 'own')),
  prefix TEXT NOT NULL CHECK (length(prefix) = 13),
  year INTEGER NOT NULL CHECK (year BETWEEN 0 AND 99),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  sign TEXT NOT NULL CHECK (length(sign) = 1)   -- how the level is written in the number
    CHECK (sign NOT GLOB '[0-9]' OR sign = CAST(level AS TEXT)),
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  number TEXT NOT NULL UNIQUE CHECK (number = prefix || printf('%02d%s%06d', year, sign, serial)),
  issued_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('valid', 'revoked')),
  UNIQUE (prefix, year, sign, serial)
) STRICT;

CREATE TABLE certificate_copy (
  certificate INTEGER NOT NULL REFERENCES certificate (id),
  copy INTEGER NOT NULL CHECK (copy > 0),
  made_on TEXT NOT NULL,
  movement INTEGER REFERENCES stock_movement (id), -- the line by which its blank form left the stock; NULL: made elsewhere
  blank TEXT CHECK (blank <> ''),               -- serial of the blank form
  reason TEXT CHECK (reason <> ''),             -- why it was made again
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (certificate, copy),
  CHECK ((copy > 1) = (reason IS NOT NULL))
) STRICT;

CREATE TABLE certificate_delivery (
  id INTEGER PRIMARY KEY,
  certificate INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),       -- how often for this copy
  way TEXT NOT NULL CHECK (way IN ('own', 'unit', 'proxy', 'post')),
  taker TEXT NOT NULL CHECK (taker <> ''),      -- who signed; of a letter: to whom it went
  unit TEXT CHECK (unit <> ''),
  taker_id TEXT CHECK (taker_id <> ''),         -- document of somebody who is not the holder
  authority TEXT CHECK (authority <> ''),       -- 委托书，介绍信
  phone TEXT CHECK (phone <> ''),
  address TEXT CHECK (address <> ''),
  tracking TEXT CHECK (tracking <> ''),
  signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
  delivered_on TEXT NOT NULL,
  note TEXT CHECK (note <> ''),
  returned_on TEXT,
  returned TEXT CHECK ((returned IS NULL) = (returned_on IS NULL)), -- why
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (certificate, copy, turn),
  FOREIGN KEY (certificate, copy) REFERENCES certificate_copy (certificate, copy),
  CHECK ((way = 'post') = (tracking IS NOT NULL)),
  CHECK (way <> 'post' OR address IS NOT NULL),
  CHECK (way = 'post' OR signed = 1),
  CHECK ((way = 'unit') = (unit IS NOT NULL)),
  CHECK (way NOT IN ('unit', 'proxy') OR (authority IS NOT NULL AND taker_id IS NOT NULL))
) STRICT;

CREATE TABLE certificate_notice (
  id INTEGER PRIMARY KEY,
  certificate INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),       -- how often for this copy
  way TEXT NOT NULL CHECK (way IN ('phone', 'message', 'letter', 'posted')),
  told TEXT NOT NULL CHECK (told <> ''),        -- the person or the unit
  contact TEXT CHECK (contact <> ''),
  notified_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (certificate, copy, turn),
  FOREIGN KEY (certificate, copy) REFERENCES certificate_copy (certificate, copy)
) STRICT;

CREATE TABLE certificate_void (
  certificate INTEGER PRIMARY KEY REFERENCES certificate (id),
  kind TEXT NOT NULL CHECK (kind IN ('revoked', 'corrected', 'replaced')), -- 撤销，更正，补发换号
  reason TEXT NOT NULL CHECK (reason <> ''),
  sanction INTEGER REFERENCES sanction (id),
  successor INTEGER UNIQUE REFERENCES certificate (id),
  voided_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  CHECK (sanction IS NULL OR kind = 'revoked'),
  CHECK (successor IS NULL OR successor <> certificate)
) STRICT;

CREATE TABLE closure (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  occupation TEXT NOT NULL CHECK (occupation <> ''),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  reason TEXT NOT NULL CHECK (reason <> ''),
  closed_at INTEGER NOT NULL,
  opened_at INTEGER CHECK (opened_at >= closed_at)
) STRICT;

CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  received_on TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT,
  contact TEXT NOT NULL CHECK (contact <> ''),
  matter TEXT NOT NULL CHECK (matter <> ''),
  against TEXT,                                 -- whom it is about: not the handler
  evidence TEXT,
  state TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'refused', 'decided')),
  look_by TEXT NOT NULL,                        -- last day to take it up or refuse it
  looked_on TEXT CHECK ((looked_on IS NULL) = (state = 'received')),
  handler TEXT CHECK ((handler IS NULL) = (state = 'received')),
  decide_by TEXT CHECK (state NOT IN ('accepted', 'decided') OR decide_by IS NOT NULL),
  decided_on TEXT CHECK ((decided_on IS NOT NULL) = (state = 'decided')),
  outcome TEXT CHECK (state NOT IN ('refused', 'decided') OR outcome <> ''),
  operator INTEGER NOT NULL REFERENCES operator (id)
) STRICT;

CREATE TABLE computation (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  inputs TEXT NOT NULL CHECK (length(inputs) = 64), -- digest of people, parts asked for, pass marks and marks that count
  policy TEXT NOT NULL CHECK (length(policy) = 64), -- digest of the policy that it was computed by
  pass_theory INTEGER NOT NULL CHECK (pass_theory BETWEEN 0 AND 10000), -- hundredths of a point
  pass_practical INTEGER NOT NULL CHECK (pass_practical BETWEEN 0 AND 10000),
  pass_review INTEGER NOT NULL CHECK (pass_review BETWEEN 0 AND 10000),
  applied INTEGER NOT NULL CHECK (applied > 0 AND applied = passed + failed + incomplete),
  passed INTEGER NOT NULL CHECK (passed >= 0),
  failed INTEGER NOT NULL CHECK (failed >= 0),
  incomplete INTEGER NOT NULL CHECK (incomplete >= 0),
  reason TEXT CHECK (trim(reason) <> ''),       -- why it was computed again, in somebody's words
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (batch, at, inputs)
) STRICT;

CREATE TABLE control_total (
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  papers INTEGER NOT NULL CHECK (papers >= 0),  -- with a mark in points
  total INTEGER NOT NULL CHECK (total >= 0),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  accepted TEXT,                                -- why a difference stays; NULL: none, or not looked at
  accepted_by INTEGER REFERENCES operator (id) CHECK ((accepted IS NULL) = (accepted_by IS NULL)),
  accepted_papers INTEGER CHECK ((accepted IS NULL) = (accepted_papers IS NULL)), -- what the marks came to then
  accepted_total INTEGER CHECK ((accepted IS NULL) = (accepted_total IS NULL)),
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE countersignature (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),        -- of the operation
  batch INTEGER REFERENCES batch (id),
  digest TEXT NOT NULL CHECK (length(digest) = 64), -- of kind, batch, what was seen and every value of the operation
  said TEXT NOT NULL,                           -- its values, JSON, for whoever signs at another terminal
  roles TEXT NOT NULL,                          -- who may give, role codes, comma separated; empty: the asker's PIN is enough
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  asked_at INTEGER NOT NULL,
  given_by INTEGER REFERENCES operator (id) CHECK (given_by <> asked_by),
  given_at INTEGER CHECK ((given_at IS NULL) = (given_by IS NULL)) CHECK (given_at BETWEEN asked_at AND asked_at + 600000),
  used INTEGER UNIQUE                           -- number of the operation that it was for
) STRICT;

CREATE TABLE document_copy (
  id INTEGER PRIMARY KEY,
  qualification INTEGER NOT NULL REFERENCES qualification (id),
  copy INTEGER NOT NULL CHECK (copy > 0),
  keeper TEXT NOT NULL CHECK (keeper IN ('personal_file', 'issuer')),
  handed_on TEXT NOT NULL,
  handed_to TEXT NOT NULL CHECK (handed_to <> ''),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (qualification, copy)
) STRICT;

CREATE TABLE draw (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  title TEXT NOT NULL CHECK (title <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('room', 'session', 'venue', 'enterprise', 'list')), -- what was drawn from
  area TEXT CHECK (area <> ''),                 -- prefix of region codes that the pool of objects was narrowed to
  seed INTEGER NOT NULL,
  objects INTEGER NOT NULL CHECK (objects > 0), -- how many were to be drawn
  per_object INTEGER NOT NULL CHECK (per_object > 0), -- supervisors for each
  witness TEXT NOT NULL CHECK (witness <> ''),
  at INTEGER NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  published_on TEXT,
  place TEXT CHECK ((place IS NULL) = (published_on IS NULL))
) STRICT;

CREATE TABLE draw_entry (
  id INTEGER PRIMARY KEY,
  draw INTEGER NOT NULL REFERENCES draw (id),
  pool TEXT NOT NULL CHECK (pool IN ('object', 'supervisor')),
  position INTEGER NOT NULL CHECK (position >= 0), -- place in its pool before the draw
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT NOT NULL,
  region TEXT CHECK (region <> ''),             -- region code or a prefix of it; NULL: not known
  excluded TEXT CHECK (excluded <> ''),         -- why they were left out beforehand
  drawn_for TEXT CHECK (drawn_for <> ''),       -- positions of objects, comma separated; a drawn object names itself
  UNIQUE (draw, pool, position)
) STRICT;

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

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical')),
  slot INTEGER NOT NULL CHECK (slot IN (1, 2, 3)),
  state TEXT NOT NULL CHECK (state IN ('open', 'matched', 'differs', 'returned', 'discarded')),
  mark TEXT NOT NULL CHECK (mark IN ('points', 'absent', 'void')),
  points INTEGER CHECK ((mark = 'points') = (points IS NOT NULL)) CHECK (points BETWEEN 0 AND 10000),
  items TEXT,                                   -- code=points of each group of questions, comma separated; NULL: total only
  remark TEXT,                                  -- what is odd on the paper: altered, not signed
  source TEXT NOT NULL CHECK (source IN ('typed', 'sheet')),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  accepted TEXT NOT NULL                        -- codes of accepted warnings, comma separated
) STRICT;

CREATE TABLE entry_claim (
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  slot INTEGER NOT NULL CHECK (slot IN (1, 2, 3)),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (session, room, slot)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE further_change (
  op INTEGER NOT NULL REFERENCES operation (id) DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL CHECK (seq > 1),
  record TEXT NOT NULL,
  key TEXT NOT NULL,
  upto INTEGER,                                 -- last id of a run; NULL for a single row
  before TEXT,
  after TEXT,
  digest TEXT,                                  -- of a run's rows
  PRIMARY KEY (op, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  seat INTEGER CHECK (seat > 0),
  application INTEGER REFERENCES application (id), -- NULL: nobody in particular
  rules TEXT NOT NULL,                          -- name of the table of acts
  act TEXT NOT NULL CHECK (act <> ''),          -- code in that table
  at INTEGER NOT NULL,
  warned INTEGER NOT NULL CHECK (warned IN (0, 1)),
  facts TEXT NOT NULL CHECK (facts <> ''),
  evidence TEXT,                                -- one piece a line
  invigilator_a TEXT NOT NULL CHECK (invigilator_a <> ''),
  invigilator_b TEXT NOT NULL CHECK (invigilator_b <> '') CHECK (invigilator_a <> invigilator_b),
  signature TEXT NOT NULL CHECK (signature IN ('signed', 'refused', 'gone')), -- of the candidate
  state TEXT NOT NULL CHECK (state IN ('reported', 'confirmed', 'dismissed')),
  outcome TEXT CHECK ((outcome IS NOT NULL) = (state = 'confirmed')),
  decision TEXT                                 -- the chief's words
    CHECK (decision IS NULL OR state <> 'reported') CHECK (state <> 'dismissed' OR coalesce(decision, '') <> ''),
  decided_by INTEGER REFERENCES operator (id) CHECK ((decided_by IS NULL) = (state = 'reported')),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'reported')),
  sanction INTEGER REFERENCES sanction (id),
  operator INTEGER NOT NULL REFERENCES operator (id) -- who reported it
) STRICT;

CREATE TABLE inspection (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  draw INTEGER REFERENCES draw (id),
  session INTEGER REFERENCES session (id),
  object TEXT NOT NULL CHECK (object <> ''),
  region TEXT CHECK (region <> ''),
  supervisors TEXT NOT NULL CHECK (supervisors <> ''), -- one a line
  mode TEXT NOT NULL CHECK (mode IN ('on_site', 'special', 'yearly')),
  inspected_on TEXT NOT NULL,
  methods TEXT NOT NULL,                        -- codes, comma separated
  findings TEXT NOT NULL CHECK (findings <> ''),
  result TEXT NOT NULL CHECK (result IN ('sound', 'to_mend', 'serious')),
  mend_by TEXT CHECK (result <> 'to_mend' OR mend_by IS NOT NULL),
  mended_on TEXT,
  mended TEXT CHECK ((mended IS NULL) = (mended_on IS NULL)), -- what was done
  published_on TEXT,
  place TEXT CHECK ((place IS NULL) = (published_on IS NULL)),
  operator INTEGER NOT NULL REFERENCES operator (id)
) STRICT;

CREATE TABLE insurance (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  document TEXT NOT NULL CHECK (document <> ''),
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  months INTEGER NOT NULL CHECK (months >= 0),
  as_of TEXT NOT NULL,
  UNIQUE (batch, document, id_number)
) STRICT;

CREATE TABLE invoice (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  kind TEXT NOT NULL CHECK (kind IN ('unit', 'person')),
  title TEXT NOT NULL CHECK (title <> ''),
  tax_no TEXT,
  email TEXT NOT NULL CHECK (email <> '')
) STRICT;

CREATE TABLE known_site (
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL CHECK (site <> ''),
  name TEXT NOT NULL,
  sign_key TEXT NOT NULL CHECK (length(sign_key) = 56),
  lock_key TEXT NOT NULL CHECK (lock_key <> ''),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  trusted_at INTEGER NOT NULL,
  trusted_by INTEGER REFERENCES operator (id),  -- NULL: whoever brought the site into an empty home
  ended_at INTEGER,
  ended_by INTEGER REFERENCES operator (id) CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  reason TEXT CHECK ((reason IS NULL) = (ended_at IS NULL)) CHECK (trim(reason) <> '')
) STRICT;

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

CREATE TABLE listed (
  id INTEGER PRIMARY KEY,
  listing INTEGER NOT NULL REFERENCES listing (id),
  application INTEGER NOT NULL REFERENCES application (id),
  UNIQUE (application, listing)
) STRICT;

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

CREATE TABLE mark (
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  mark TEXT NOT NULL CHECK (mark IN ('points', 'absent', 'void')),
  points INTEGER CHECK ((mark = 'points') = (points IS NOT NULL)) CHECK (points BETWEEN 0 AND 10000),
  PRIMARY KEY (application, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_change (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  old_mark TEXT CHECK (old_mark IN ('points', 'absent', 'void')), -- NULL: there was none
  old_points INTEGER CHECK ((old_mark IS 'points') = (old_points IS NOT NULL)),
  new_mark TEXT NOT NULL CHECK (new_mark IN ('points', 'absent', 'void')),
  new_points INTEGER CHECK ((new_mark = 'points') = (new_points IS NOT NULL)) CHECK (new_points BETWEEN 0 AND 10000),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
  decided_by INTEGER REFERENCES operator (id)
    CHECK ((decided_by IS NULL) = (state = 'asked')) CHECK (decided_by <> asked_by OR state = 'withdrawn'),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'asked')),
  note TEXT                                     -- the second person's words
) STRICT;

CREATE TABLE mark_effect (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id),
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  effect TEXT NOT NULL CHECK (effect IN ('void', 'minus', 'minus_share')),
  points INTEGER CHECK ((points IS NULL) = (effect = 'void')) CHECK (points > 0), -- hundredths of a point, or of a percent
  UNIQUE (incident, application, subject)
) STRICT;

CREATE TABLE mark_lock (
  session INTEGER PRIMARY KEY REFERENCES session (id),
  at INTEGER NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  asked_by INTEGER REFERENCES operator (id),    -- who wants it open again
  asked_at INTEGER CHECK ((asked_at IS NULL) = (asked_by IS NULL)),
  asked_reason TEXT CHECK ((asked_reason IS NULL) = (asked_by IS NULL)) CHECK (trim(asked_reason) <> ''),
  opened_by INTEGER REFERENCES operator (id)    -- who agreed: written just before the row goes
    CHECK (opened_by IS NULL OR (asked_by IS NOT NULL AND asked_by <> opened_by))
) STRICT;

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

CREATE TABLE milestone (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code TEXT NOT NULL CHECK (code <> ''),        -- as the list of dates names it; task.<n>: the site's own
  title TEXT CHECK (title <> ''),               -- of an own task
  due TEXT CHECK ((due IS NULL) = (title IS NULL)),
  assignee TEXT,
  done_on TEXT,
  done_by TEXT CHECK ((done_by IS NULL) = (done_on IS NULL)), -- a name, not only of an operator
  note TEXT,
  UNIQUE (batch, code)
) STRICT;

CREATE VIRTUAL TABLE name_search USING fts5 (chars, readings, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'full');

CREATE TABLE number_segment (
  id INTEGER PRIMARY KEY,
  prefix TEXT NOT NULL CHECK (length(prefix) = 13),
  site TEXT NOT NULL CHECK (site <> ''),        -- its code
  year INTEGER CHECK (year BETWEEN 0 AND 99),   -- NULL: every year
  first INTEGER NOT NULL CHECK (first BETWEEN 1 AND 999999),
  last INTEGER NOT NULL CHECK (last BETWEEN first AND 999999),
  document TEXT NOT NULL CHECK (document <> '') -- by which it was granted
) STRICT;

CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  op_id TEXT NOT NULL,                          -- made before the operation ran
  kind TEXT NOT NULL,
  site TEXT NOT NULL,
  station TEXT NOT NULL,
  actor INTEGER,
  actor_name TEXT NOT NULL,
  actor_roles TEXT NOT NULL,
  face TEXT NOT NULL CHECK (face IN ('tui', 'cli', 'test')),
  at INTEGER NOT NULL,                          -- milliseconds since 1970
  batch INTEGER,
  params TEXT NOT NULL,                         -- the operation itself, JSON
  reason TEXT,
  policy TEXT,
  undoes INTEGER REFERENCES operation (id),
  changes TEXT NOT NULL,                        -- tables that it touched, sorted, comma separated
  prev TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  -- What may be erased (params, reason, images of rows) enters the digest only through a digest that is salted. Erased:
  -- that digest stays, the salt goes, and nobody can try out names against it.
  salt TEXT CHECK (length(salt) = 32),
  content TEXT CHECK (length(content) = 64) CHECK ((content IS NULL) = (salt IS NOT NULL)), -- NULL: not erased
  -- The first change stands here: most operations have only one, and a page less is written for each.
  first_record TEXT,
  first_key TEXT,
  first_upto INTEGER,
  first_before TEXT,
  first_after TEXT,
  first_digest TEXT
) STRICT;

CREATE TABLE operator (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  roles TEXT NOT NULL,                          -- role codes, comma separated
  os_user TEXT,
  pin TEXT,                                     -- argon2id, PHC string
  unit TEXT CHECK (unit <> ''),                 -- organisation the operator acts for; NULL: the site itself
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  -- Duties that exclude one another: no role's code is part of another's.
  CHECK (roles NOT LIKE '%admin%' OR roles = 'admin'),
  CHECK (roles NOT LIKE '%auditor%' OR roles = 'auditor'),
  CHECK (roles NOT LIKE '%coordinator%' OR roles NOT LIKE '%typist%'),
  CHECK (roles NOT LIKE '%score_manager%'
    OR (roles NOT LIKE '%coordinator%' AND roles NOT LIKE '%typist%' AND roles NOT LIKE '%proctor%'))
) STRICT;

CREATE TABLE operator_key (
  id INTEGER PRIMARY KEY,
  operator INTEGER NOT NULL REFERENCES operator (id),
  fingerprint TEXT NOT NULL UNIQUE CHECK (fingerprint GLOB 'SHA256:*'),  -- as ssh-keygen -l shows it
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  credit_code TEXT NOT NULL UNIQUE CHECK (length(credit_code) = 18),
  name TEXT NOT NULL CHECK (name <> ''),
  address TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'agency', 'institution', 'school', 'other')),
  certificate_prefix TEXT UNIQUE                -- places 1 to 13 of a certificate number: class, organisation, province, site
) STRICT;

CREATE TABLE outcome (
  id INTEGER PRIMARY KEY,
  computation INTEGER NOT NULL REFERENCES computation (id),
  application INTEGER NOT NULL REFERENCES application (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed', 'incomplete')),
  required TEXT NOT NULL,                       -- parts asked for, comma separated
  theory TEXT CHECK (theory IN ('points', 'absent', 'void')), -- NULL: not settled, or not asked for
  theory_points INTEGER CHECK ((theory IS 'points') = (theory_points IS NOT NULL)) CHECK (theory_points BETWEEN 0 AND 10000),
  practical TEXT CHECK (practical IN ('points', 'absent', 'void')),
  practical_points INTEGER CHECK ((practical IS 'points') = (practical_points IS NOT NULL))
    CHECK (practical_points BETWEEN 0 AND 10000),
  review TEXT CHECK (review IN ('points', 'absent', 'void')),
  review_points INTEGER CHECK ((review IS 'points') = (review_points IS NOT NULL)) CHECK (review_points BETWEEN 0 AND 10000),
  UNIQUE (computation, application),
  CHECK (outcome <> 'passed' OR required <> ''),
  CHECK (outcome <> 'passed' OR instr(required, 'theory') = 0 OR theory IS 'points'),
  CHECK (outcome <> 'passed' OR instr(required, 'practical') = 0 OR practical IS 'points'),
  CHECK (outcome <> 'passed' OR instr(required, 'review') = 0 OR review IS 'points')
) STRICT;

CREATE TABLE panel (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  subject TEXT NOT NULL CHECK (subject IN ('practical', 'review')),
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT CHECK (unit <> ''),                 -- unit of the policy that owns it; NULL: the site
  session INTEGER REFERENCES session (id),      -- of assessors
  room INTEGER REFERENCES room (id),
  seed TEXT,                                    -- of the draw; NULL: named by hand
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed')),
  sealed_at INTEGER CHECK ((sealed_at IS NULL) = (state = 'open')),
  minutes TEXT,                                 -- what was said, for the record
  UNIQUE (batch, name)
) STRICT;

CREATE TABLE panel_candidate (
  panel INTEGER NOT NULL REFERENCES panel (id),
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('practical', 'review')), -- the panel's
  began_at INTEGER,
  ended_at INTEGER CHECK (ended_at >= began_at AND (ended_at IS NULL OR began_at IS NOT NULL)),
  short_reason TEXT CHECK (short_reason IS NULL OR ended_at IS NOT NULL), -- why it took less time than the rule asks
  ruling INTEGER CHECK (ruling BETWEEN 0 AND 10000), -- by the chair, where the rule leaves it open
  ruling_reason TEXT CHECK ((ruling IS NULL) = (ruling_reason IS NULL)),
  ruled_by INTEGER REFERENCES panel_member (id) CHECK ((ruling IS NULL) = (ruled_by IS NULL)),
  replaced TEXT,                                -- why another panel judges anew; NULL: this ruling counts
  PRIMARY KEY (panel, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_member (
  id INTEGER PRIMARY KEY,
  panel INTEGER NOT NULL REFERENCES panel (id),
  staff INTEGER REFERENCES staff (id),          -- NULL: not in the list of people
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT NOT NULL,
  chair INTEGER NOT NULL CHECK (chair IN (0, 1)), -- or lead of assessors
  instead_of INTEGER REFERENCES panel_member (id), -- whom they stand in for
  left_at INTEGER,                              -- NULL: sits
  left_reason TEXT CHECK ((left_reason IS NULL) = (left_at IS NULL)),
  UNIQUE (panel, name)
) STRICT;

CREATE TABLE panel_recusal (
  member INTEGER NOT NULL REFERENCES panel_member (id),
  application INTEGER NOT NULL REFERENCES application (id),
  kind TEXT NOT NULL CHECK (kind IN ('self', 'kin', 'master', 'teacher', 'colleague', 'other')),
  note TEXT,
  declared INTEGER NOT NULL CHECK (declared IN (0, 1)), -- by the member; 0: found by rule
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (member, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_sheet (
  member INTEGER NOT NULL REFERENCES panel_member (id),
  application INTEGER NOT NULL REFERENCES application (id),
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 10000),
  items TEXT,                                   -- code=points of each criterion, comma separated; NULL: total only
  fails TEXT NOT NULL,                          -- codes of failed mandatory items (一票否决), comma separated
  remark TEXT,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (member, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE panel_signature (
  member INTEGER PRIMARY KEY REFERENCES panel_member (id),
  operator INTEGER NOT NULL REFERENCES operator (id), -- at whose terminal
  with_pin INTEGER NOT NULL CHECK (with_pin IN (0, 1)), -- 0: on paper
  digest TEXT NOT NULL CHECK (length(digest) = 64), -- of the sheets that were signed
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE paper_bag (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER REFERENCES room (id),            -- NULL: held back for the whole session
  number TEXT NOT NULL CHECK (number <> ''),
  occupation TEXT,                              -- code; NULL: the same paper for all
  level INTEGER CHECK (level BETWEEN 1 AND 5),
  form TEXT CHECK (form IN ('A', 'B')),
  sheets INTEGER NOT NULL CHECK (sheets >= 0),  -- papers for candidates
  spare INTEGER NOT NULL CHECK (spare >= 0),    -- besides these
  seal TEXT,                                    -- number on the seal
  state TEXT NOT NULL CHECK (state IN ('stored', 'out', 'open', 'collected', 'returned')),
  UNIQUE (session, number)
) STRICT;

CREATE TABLE paper_event (
  id INTEGER PRIMARY KEY,
  bag INTEGER NOT NULL REFERENCES paper_bag (id),
  kind TEXT NOT NULL CHECK (kind IN ('handed_over', 'unsealed', 'collected', 'returned', 'corrected')),
  at INTEGER NOT NULL,
  giver TEXT NOT NULL,
  taker TEXT NOT NULL,
  watched_by TEXT,                              -- third person present
  intact INTEGER CHECK (intact IN (0, 1)),      -- the seal; NULL: not looked at
  candidate_a INTEGER REFERENCES application (id), -- two candidates who saw the seal and signed
  candidate_b INTEGER REFERENCES application (id) CHECK (candidate_a <> candidate_b),
  sheets INTEGER CHECK (sheets >= 0),           -- counted at this moment
  note TEXT
) STRICT;

CREATE TABLE pin_failure (
  operator INTEGER PRIMARY KEY REFERENCES operator (id),
  failures INTEGER NOT NULL CHECK (failures > 0),  -- wrong PINs since the last right one
  last_at INTEGER NOT NULL                         -- milliseconds since 1970
) STRICT;

CREATE TABLE pin_rule (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pins TEXT NOT NULL CHECK (pins IN ('required', 'optional'))
) STRICT;

CREATE TABLE placement (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  seat INTEGER NOT NULL CHECK (seat > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  UNIQUE (session, application),
  UNIQUE (session, room, seat)
) STRICT;

CREATE TABLE policy (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL                            -- resolved TOML, as adopted
) STRICT, WITHOUT ROWID;

CREATE TABLE publication (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  number INTEGER NOT NULL CHECK (number > 0),   -- 1, 2 and so on within the batch
  corrects INTEGER REFERENCES publication (id), -- the release whose place it took
  inputs TEXT NOT NULL CHECK (inputs <> ''),    -- of the computation that it shows
  digest TEXT NOT NULL CHECK (digest <> ''),    -- of its rows
  columns TEXT NOT NULL,                        -- what the public sees, codes, comma separated
  identity TEXT NOT NULL CHECK (identity IN ('none', 'tail4', 'namesakes')),
  published_on TEXT,                            -- NULL: never shown
  until_day TEXT CHECK ((until_day IS NULL) = (published_on IS NULL)),
  place TEXT CHECK ((place IS NULL) = (published_on IS NULL) AND place <> ''),
  accepted TEXT NOT NULL,                       -- codes of warnings that were accepted, comma separated
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'final', 'replaced', 'withdrawn')),
  finalised_at INTEGER CHECK (state NOT IN ('open', 'final') OR (finalised_at IS NOT NULL) = (state = 'final')),
  finalised_by INTEGER REFERENCES operator (id) CHECK ((finalised_by IS NULL) = (finalised_at IS NULL)),
  withdrawn_at INTEGER CHECK ((withdrawn_at IS NOT NULL) = (state = 'withdrawn')),
  withdrawn_by INTEGER REFERENCES operator (id) CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
  withdrawn_reason TEXT CHECK ((withdrawn_reason IS NULL) = (withdrawn_at IS NULL) AND withdrawn_reason <> ''),
  CHECK (published_on IS NOT NULL OR finalised_at IS NOT NULL),
  UNIQUE (batch, number)
) STRICT;

CREATE TABLE published (
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publication (id),
  application INTEGER NOT NULL REFERENCES application (id),
  name TEXT NOT NULL,
  ticket TEXT,
  id_tail TEXT CHECK (length(id_tail) <= 4),
  employer TEXT,
  occupation TEXT NOT NULL,
  occupation_name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  theory TEXT NOT NULL,                         -- points, or a word: absent, void, missing, not_required
  practical TEXT NOT NULL,
  review TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed', 'incomplete')),
  UNIQUE (publication, application)
) STRICT;

CREATE TABLE qualification (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  title TEXT NOT NULL CHECK (title <> ''),
  state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'dropped', 'void')),
  prepared_at INTEGER NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES operator (id),
  document_no TEXT UNIQUE CHECK (document_no <> '') -- in its one written form; never used again
    CHECK ((document_no IS NOT NULL) = (state IN ('issued', 'void'))),
  issuer TEXT CHECK ((issuer IS NULL) = (document_no IS NULL)) CHECK (issuer <> ''),
  handled_by TEXT CHECK (handled_by <> ''),     -- as signed
  responsible TEXT CHECK (responsible <> ''),
  dated TEXT CHECK ((dated IS NULL) = (document_no IS NULL)),
  digest TEXT CHECK (length(digest) = 64)       -- of the list as it went out
    CHECK ((digest IS NULL) = (document_no IS NULL)),
  issued_at INTEGER CHECK ((issued_at IS NULL) = (document_no IS NULL)),
  issued_by INTEGER REFERENCES operator (id) CHECK ((issued_by IS NULL) = (issued_at IS NULL)),
  ended_at INTEGER CHECK ((ended_at IS NOT NULL) = (state IN ('dropped', 'void'))),
  ended_by INTEGER REFERENCES operator (id) CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  ended_reason TEXT CHECK ((ended_reason IS NULL) = (ended_at IS NULL)) CHECK (ended_reason <> '')
) STRICT;

CREATE TABLE qualified (
  id INTEGER PRIMARY KEY,
  qualification INTEGER NOT NULL REFERENCES qualification (id),
  position INTEGER NOT NULL CHECK (position > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  name TEXT NOT NULL,
  sex TEXT,
  ethnic_group TEXT,
  id_number TEXT NOT NULL,                      -- empty: erased
  employer TEXT,
  occupation_name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  theory INTEGER,                               -- hundredths of a point
  practical INTEGER,
  review INTEGER,
  state TEXT NOT NULL CHECK (state IN ('listed', 'struck')),
  struck_at INTEGER CHECK ((struck_at IS NOT NULL) = (state = 'struck')),
  struck_by INTEGER REFERENCES operator (id) CHECK ((struck_by IS NULL) = (struck_at IS NULL)),
  reason TEXT CHECK ((reason IS NULL) = (struck_at IS NULL)) CHECK (reason <> ''),
  UNIQUE (qualification, position),
  UNIQUE (qualification, application)
) STRICT;

CREATE TABLE replaced_row (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  part TEXT NOT NULL CHECK (part <> ''),        -- table of the bundle
  place TEXT NOT NULL CHECK (length(place) = 32), -- digest of what names the row
  version TEXT NOT NULL CHECK (length(version) = 32), -- digest of the row as it was
  UNIQUE (batch, part, place, version)
) STRICT;

CREATE TABLE result_audit (
  id INTEGER PRIMARY KEY,
  computation INTEGER NOT NULL REFERENCES computation (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'returned')),
  asked_by INTEGER NOT NULL REFERENCES operator (id),
  asked_at INTEGER NOT NULL,
  asked_note TEXT CHECK (trim(asked_note) <> ''), -- to whom it went, and how
  auditor TEXT CHECK ((auditor IS NULL) = (state = 'asked')) CHECK (trim(auditor) <> ''), -- who answered, at the office
  audited_on TEXT CHECK ((audited_on IS NULL) = (state = 'asked')),
  document_no TEXT CHECK (trim(document_no) <> ''), -- 文号 of the answer
  note TEXT CHECK (state <> 'returned' OR trim(note) <> ''), -- what is to be mended
  decided_by INTEGER REFERENCES operator (id)   -- who recorded it here
    CHECK ((decided_by IS NULL) = (state = 'asked')) CHECK (decided_by <> asked_by),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'asked')) CHECK (decided_at >= asked_at),
  UNIQUE (computation, asked_at)
) STRICT;

CREATE TABLE result_objection (
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publication (id),
  application INTEGER NOT NULL REFERENCES application (id), -- whose result it is about
  kind TEXT NOT NULL CHECK (kind IN ('objection', 'recheck')),
  subject TEXT CHECK ((subject IS NOT NULL) = (kind = 'recheck') AND subject IN ('theory', 'practical', 'review')),
  scope TEXT CHECK ((scope IS NOT NULL) = (kind = 'recheck') AND scope IN ('omission', 'addition', 'transfer')),
  shown TEXT CHECK ((shown IS NOT NULL) = (kind = 'recheck')), -- the mark as published
  raised_by TEXT NOT NULL CHECK (raised_by <> ''),
  contact TEXT NOT NULL CHECK (contact <> ''),
  matter TEXT NOT NULL CHECK (matter <> ''),
  received_on TEXT NOT NULL,
  late TEXT CHECK (late <> ''),                 -- why it is taken after its time
  decide_by TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'founded', 'unfounded', 'withdrawn')),
  handler INTEGER REFERENCES operator (id) CHECK ((handler IS NULL) = (state = 'open') AND (handler <> operator OR state = 'withdrawn')),
  decided_at INTEGER CHECK ((decided_at IS NULL) = (state = 'open')),
  finding TEXT CHECK ((finding IS NULL) = (state = 'open') AND finding <> ''),
  change INTEGER REFERENCES mark_change (id) CHECK (change IS NULL OR kind = 'recheck' AND state = 'founded')
) STRICT;

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

CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  venue INTEGER NOT NULL REFERENCES venue (id),
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('desks', 'stations')),
  rows INTEGER NOT NULL CHECK (rows > 0),
  columns INTEGER NOT NULL CHECK (columns > 0), -- rows x columns: desks, or stations for hands-on work
  rounds INTEGER NOT NULL CHECK (rounds > 0),   -- how often a station is used in a session; 1 for desks
  places INTEGER CHECK (places > 0),            -- at most so many people a round; NULL: as the policy says
  door TEXT CHECK (door IN ('left', 'right')),  -- NULL: as the policy says
  name TEXT,                                    -- building and door plate
  closed TEXT CHECK (closed <> ''),             -- why nobody may be seated here any more; NULL: open
  made INTEGER NOT NULL CHECK (made IN (0, 1)), -- 1: by an arrangement, because nobody had registered a room of this kind here
  UNIQUE (batch, number)
) STRICT;

CREATE TABLE room_progress (
  session INTEGER NOT NULL,
  room INTEGER NOT NULL,
  seated INTEGER NOT NULL,
  here INTEGER NOT NULL,
  absent INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  out INTEGER NOT NULL,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_record (
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  issued INTEGER NOT NULL CHECK (issued >= 0),  -- all sheets of the room's bags, spare ones too
  collected INTEGER NOT NULL CHECK (collected >= 0),
  absent INTEGER NOT NULL CHECK (absent >= 0),  -- sheets of those who did not sit
  void INTEGER NOT NULL CHECK (void >= 0),
  spare INTEGER NOT NULL CHECK (spare >= 0),
  reason TEXT CHECK (issued = collected + absent + void + spare OR reason <> ''),
  signed_by TEXT NOT NULL CHECK (signed_by <> ''), -- proctors of the room, a line each
  remarks TEXT,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  kind TEXT NOT NULL CHECK (kind IN ('applicants', 'passed')),
  unit TEXT CHECK (unit <> ''),                 -- of the policy; NULL: the whole batch
  filled_by TEXT NOT NULL CHECK (filled_by <> ''),
  phone TEXT CHECK (phone <> ''),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  state TEXT NOT NULL CHECK (state IN ('made', 'sent', 'dropped')),
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL REFERENCES operator (id),
  sent_on TEXT CHECK ((sent_on IS NOT NULL) = (state = 'sent')),
  sent_to TEXT CHECK ((sent_to IS NULL) = (sent_on IS NULL)) CHECK (sent_to <> ''),
  sent_by INTEGER REFERENCES operator (id) CHECK ((sent_by IS NULL) = (sent_on IS NULL)),
  dropped_reason TEXT CHECK ((dropped_reason IS NOT NULL) = (state = 'dropped')) CHECK (dropped_reason <> '')
) STRICT;

CREATE TABLE roster_box (
  id INTEGER PRIMARY KEY,
  roster INTEGER NOT NULL REFERENCES roster (id),
  node TEXT NOT NULL CHECK (node <> ''),        -- who stamps, as in the chain of stamps
  handled_by TEXT CHECK (handled_by <> ''),
  responsible TEXT CHECK (responsible <> ''),
  legible INTEGER NOT NULL CHECK (legible IN (0, 1)),
  stamped INTEGER NOT NULL CHECK (stamped IN (0, 1)),
  dated TEXT NOT NULL,
  head_count INTEGER CHECK (head_count >= 0),   -- as written in the box
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (roster, node)
) STRICT;

CREATE TABLE roster_line (
  id INTEGER PRIMARY KEY,
  roster INTEGER NOT NULL REFERENCES roster (id),
  position INTEGER NOT NULL CHECK (position > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  materials TEXT NOT NULL,                      -- code=copies of what is there, comma separated
  UNIQUE (roster, position),
  UNIQUE (roster, application)
) STRICT;

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

CREATE TABLE score_block (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  block TEXT NOT NULL CHECK (block IN ('theory', 'practical')),
  points INTEGER NOT NULL,                      -- hundredths of a point
  review INTEGER CHECK (review IS NULL OR block = 'practical'),
  organisation TEXT CHECK (organisation <> ''), -- that held the part
  filing_no TEXT CHECK (filing_no <> ''),
  handled_by TEXT CHECK (handled_by <> ''),
  responsible TEXT CHECK (responsible <> ''),
  legible INTEGER NOT NULL CHECK (legible IN (0, 1)),
  stamped INTEGER NOT NULL CHECK (stamped IN (0, 1)),
  dated TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (application, block)
) STRICT;

CREATE TABLE script (
  script_bag INTEGER NOT NULL REFERENCES script_bag (id),
  application INTEGER NOT NULL REFERENCES application (id),
  batch INTEGER NOT NULL REFERENCES batch (id),
  number TEXT NOT NULL CHECK (number <> ''),
  PRIMARY KEY (script_bag, application),
  UNIQUE (batch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE script_bag (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  code TEXT NOT NULL CHECK (code <> ''),        -- says neither room nor people
  seed TEXT NOT NULL,                           -- of the draw of codes and numbers
  sealed_at INTEGER NOT NULL,
  sealed_by INTEGER NOT NULL REFERENCES operator (id),
  asked_by INTEGER REFERENCES operator (id),    -- who wants it unsealed
  unsealed_at INTEGER,
  unsealed_by INTEGER REFERENCES operator (id)
    CHECK ((unsealed_by IS NULL) = (unsealed_at IS NULL))
    CHECK (unsealed_by IS NULL OR (asked_by IS NOT NULL AND asked_by <> unsealed_by)),
  UNIQUE (session, room),
  UNIQUE (batch, code)
) STRICT;

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code TEXT NOT NULL CHECK (code <> ''),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical')),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER CHECK (ends_at > starts_at),
  mode TEXT CHECK (mode IN ('paper', 'hands_on')), -- sat only by those whose practical part is held so; NULL: by all
  levels TEXT CHECK (levels <> ''),             -- digits of the levels that sit it, comma separated; NULL: all
  UNIQUE (batch, code)
) STRICT;

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

CREATE TABLE site (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  code TEXT NOT NULL CHECK (code <> ''),
  name TEXT NOT NULL,
  region TEXT,                                  -- six digits, GB/T 2260
  organisation TEXT                             -- places 1 to 13 of a certificate number
) STRICT;

CREATE TABLE special_need (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  need TEXT NOT NULL CHECK (need <> ''),
  room INTEGER REFERENCES room (id),
  seat INTEGER CHECK ((seat IS NULL) = (room IS NULL)) CHECK (seat > 0)
) STRICT;

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

CREATE TABLE stock_movement (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL CHECK (holder <> ''),    -- code of the site whose stock it is
  item TEXT NOT NULL CHECK (item IN ('certificate', 'cover')), -- 空白证书，证书外壳
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind IN ('received', 'used', 'spoilt', 'recovered', 'destroyed', 'counted', 'reversed')),
  usable INTEGER NOT NULL,                      -- by how much the usable ones change
  spoilt INTEGER NOT NULL,                      -- by how much those that wait to be destroyed change
  balance INTEGER NOT NULL CHECK (balance >= 0), -- usable ones afterwards
  to_destroy INTEGER NOT NULL CHECK (to_destroy >= 0), -- afterwards
  serials TEXT CHECK (serials <> ''),           -- printed on the forms
  responsible TEXT NOT NULL CHECK (responsible <> ''),
  witness TEXT CHECK (witness <> ''),
  counterpart TEXT CHECK (counterpart <> ''),   -- from whom, to whom, by which paper
  reverses INTEGER,                             -- number of the line that this one takes back
  reason TEXT CHECK (reason <> ''),
  moved_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (holder, item, seq),
  UNIQUE (holder, item, reverses),
  CHECK ((kind = 'reversed') = (reverses IS NOT NULL)),
  CHECK (kind <> 'received' OR (usable > 0 AND spoilt = 0)),
  CHECK (kind <> 'used' OR (usable < 0 AND spoilt = 0)),
  CHECK (kind <> 'spoilt' OR (usable < 0 AND spoilt = -usable)),
  CHECK (kind <> 'recovered' OR (usable = 0 AND spoilt > 0)),
  CHECK (kind <> 'destroyed' OR (usable = 0 AND spoilt < 0)),
  CHECK (kind NOT IN ('destroyed', 'counted') OR (witness IS NOT NULL AND witness <> responsible)),
  CHECK (kind NOT IN ('spoilt', 'reversed') OR reason IS NOT NULL),
  CHECK (kind <> 'counted' OR (usable = 0 AND spoilt = 0) OR reason IS NOT NULL)
) STRICT;

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

CREATE TABLE summary_sent (
  id INTEGER PRIMARY KEY,
  computation INTEGER NOT NULL REFERENCES computation (id),
  recipient TEXT NOT NULL CHECK (trim(recipient) <> ''),
  sent_on TEXT NOT NULL,
  sent_by TEXT NOT NULL CHECK (trim(sent_by) <> ''),
  signed_by TEXT NOT NULL CHECK (trim(signed_by) <> ''), -- who put their name under it
  stamped INTEGER NOT NULL CHECK (stamped IN (0, 1)),
  manner TEXT NOT NULL CHECK (manner IN ('paper', 'post', 'platform', 'file')),
  note TEXT CHECK (trim(note) <> ''),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (computation, at)
) STRICT;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL UNIQUE REFERENCES application (id),
  number TEXT NOT NULL CHECK (number <> ''),
  printed_at INTEGER,                           -- when the sheet was last made for printing; NULL: never
  UNIQUE (batch, number)
) STRICT;

CREATE TABLE upload (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  kind TEXT NOT NULL CHECK (kind IN ('new', 'correction', 'supplement')),
  layout TEXT NOT NULL CHECK (layout <> ''),
  headings TEXT NOT NULL,                       -- of the layout then: an array
  plan TEXT,                                    -- what the layout says of the batch: pairs of an array; NULL: nothing
  digest TEXT NOT NULL CHECK (length(digest) = 64), -- of headings, plan and rows
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'answered', 'dropped')),
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL REFERENCES operator (id),
  manager TEXT CHECK (manager <> ''),           -- 信息管理员, as signed on the audit form
  head TEXT CHECK (head <> ''),                 -- 单位负责人
  submitted_on TEXT CHECK ((submitted_on IS NOT NULL) = (state IN ('submitted', 'answered'))),
  submitted_to TEXT CHECK ((submitted_to IS NULL) = (submitted_on IS NULL)) CHECK (submitted_to <> ''),
  submitted_by INTEGER REFERENCES operator (id) CHECK ((submitted_by IS NULL) = (submitted_on IS NULL)),
  receipt_no TEXT CHECK ((receipt_no IS NOT NULL) = (state = 'answered')) CHECK (receipt_no <> ''),
  answered_on TEXT CHECK ((answered_on IS NULL) = (receipt_no IS NULL)),
  answered_by INTEGER REFERENCES operator (id) CHECK ((answered_by IS NULL) = (receipt_no IS NULL)),
  note TEXT CHECK (note <> '') CHECK (state <> 'dropped' OR note IS NOT NULL)
) STRICT;

CREATE TABLE upload_row (
  id INTEGER PRIMARY KEY,
  upload INTEGER NOT NULL REFERENCES upload (id),
  position INTEGER NOT NULL CHECK (position > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  number TEXT NOT NULL CHECK (number <> ''),    -- of the certificate
  cells TEXT NOT NULL,                          -- an array; empty: erased
  answer TEXT CHECK (answer IN ('accepted', 'refused')),
  fault TEXT CHECK ((fault IS NOT NULL) = (answer IS 'refused')) CHECK (fault <> ''),
  UNIQUE (upload, position),
  UNIQUE (upload, number)
) STRICT;

CREATE TABLE venue (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code INTEGER NOT NULL CHECK (code BETWEEN 0 AND 9999), -- in ticket numbers
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT,                                    -- unit of the policy whose people sit here; NULL: everybody's
  address TEXT,
  phone TEXT,                                   -- of the office on duty
  UNIQUE (batch, code)
) STRICT;

CREATE TABLE void_ticket (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL REFERENCES application (id),
  number TEXT NOT NULL CHECK (number <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  at INTEGER NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (batch, number)
) STRICT;

CREATE INDEX adoption_of ON adoption (code, id);

CREATE INDEX application_by_initials ON application (batch, initials, pinyin);

CREATE INDEX application_by_name ON application (batch, name);

CREATE INDEX application_by_tail ON application (batch, id_reversed);

CREATE INDEX assignment_of ON assignment (staff);

CREATE INDEX bundle_taken_key ON bundle_taken (sign_key, operation);

CREATE INDEX certificate_copy_movement ON certificate_copy (movement);

CREATE UNIQUE INDEX certificate_delivered_once ON certificate_delivery (certificate, copy) WHERE returned_on IS NULL;

CREATE UNIQUE INDEX certificate_one_valid ON certificate (application) WHERE state = 'valid';

CREATE UNIQUE INDEX closure_standing ON closure (batch, occupation, level) WHERE opened_at IS NULL;

CREATE INDEX countersignature_open ON countersignature (digest) WHERE used IS NULL;

CREATE INDEX entry_by ON entry (operator, at);

CREATE UNIQUE INDEX entry_one_live ON entry (application, subject, slot) WHERE state <> 'discarded';

CREATE INDEX entry_unsettled ON entry (application, subject) WHERE state IN ('differs', 'returned');

CREATE UNIQUE INDEX erasure_one_asked ON erasure (batch) WHERE state = 'asked';

CREATE INDEX evaluation_of ON evaluation (filing);

CREATE INDEX evidence_of ON evidence (application);

CREATE INDEX fee_of ON fee (application);

CREATE UNIQUE INDEX fee_reference ON fee (application, reference, state) WHERE reference IS NOT NULL;

CREATE UNIQUE INDEX filing_in_force ON filing (organisation) WHERE state IN ('listed', 'suspended');

CREATE INDEX incident_in ON incident (session, room);

CREATE INDEX incident_of ON incident (application);

CREATE UNIQUE INDEX known_site_key ON known_site (sign_key) WHERE ended_at IS NULL;

CREATE INDEX list_objection_of ON list_objection (application, state);

CREATE UNIQUE INDEX mark_change_one_open ON mark_change (application, subject) WHERE state = 'asked';

CREATE INDEX mark_effect_of ON mark_effect (application, subject);

CREATE INDEX material_of ON material (application);

CREATE INDEX merge_conflict_of ON merge_conflict (part, place);

CREATE UNIQUE INDEX merge_conflict_open ON merge_conflict (batch, part, place, there_version) WHERE state = 'open';

CREATE UNIQUE INDEX operation_undone_once ON operation (undoes) WHERE undoes IS NOT NULL;

CREATE INDEX operator_key_operator ON operator_key (operator);

CREATE UNIQUE INDEX operator_os_user ON operator (os_user) WHERE os_user IS NOT NULL AND disabled = 0;

CREATE INDEX outcome_of ON outcome (application);

CREATE UNIQUE INDEX panel_candidate_once ON panel_candidate (application, subject) WHERE replaced IS NULL;

CREATE UNIQUE INDEX panel_one_chair ON panel_member (panel) WHERE chair = 1 AND left_at IS NULL;

CREATE INDEX paper_bag_of_room ON paper_bag (session, room);

CREATE INDEX paper_event_of ON paper_event (bag);

CREATE UNIQUE INDEX publication_stands ON publication (batch) WHERE state IN ('open', 'final');

CREATE INDEX published_name ON published (publication, name);

CREATE UNIQUE INDEX qualified_once ON qualified (application) WHERE state = 'listed';

CREATE UNIQUE INDEX result_audit_one ON result_audit (computation) WHERE state <> 'returned';

CREATE INDEX result_objection_of ON result_objection (application);

CREATE UNIQUE INDEX result_objection_one_open ON result_objection (application, kind, coalesce(subject, ''), raised_by) WHERE state = 'open';

CREATE INDEX sanction_of ON sanction (id_number, document);

CREATE INDEX script_of ON script (application);

CREATE UNIQUE INDEX session_closing_stands ON session_closing (session) WHERE reopened_by IS NULL;

CREATE INDEX upload_row_of ON upload_row (number);

CREATE INDEX void_ticket_of ON void_ticket (application);

CREATE VIEW agreed_mark AS
  SELECT application, subject, old_mark, old_points, new_mark, new_points FROM mark_change c
  WHERE state = 'approved' AND NOT EXISTS (SELECT 1 FROM mark_change n WHERE n.application = c.application
    AND n.subject = c.subject AND n.state = 'approved' AND n.id > c.id);

CREATE TRIGGER archive_kept BEFORE DELETE ON archive BEGIN SELECT RAISE(ABORT, 'archives stay in the register'); END;

CREATE TRIGGER archive_reading_kept BEFORE DELETE ON archive_reading BEGIN SELECT RAISE(ABORT, 'readings are kept'); END;

CREATE TRIGGER archive_reading_stays BEFORE UPDATE ON archive_reading BEGIN SELECT RAISE(ABORT, 'readings are kept'); END;

CREATE TRIGGER archive_stays BEFORE UPDATE ON archive BEGIN SELECT RAISE(ABORT, 'a sealed archive stays as it is'); END;

CREATE TRIGGER attendance_closed_delete BEFORE DELETE ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session = old.session AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;

CREATE TRIGGER attendance_closed_insert BEFORE INSERT ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session = new.session AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;

CREATE TRIGGER attendance_closed_update BEFORE UPDATE ON attendance
  WHEN EXISTS (SELECT 1 FROM session_closing WHERE session IN (old.session, new.session) AND reopened_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'session is closed'); END;

CREATE TRIGGER bundle_fork_kept BEFORE DELETE ON bundle_fork WHEN old.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'what was decided is kept'); END;

CREATE TRIGGER certificate_copy_in_turn BEFORE INSERT ON certificate_copy
WHEN NEW.copy <> 1 + coalesce((SELECT max(copy) FROM certificate_copy WHERE certificate = NEW.certificate), 0)
BEGIN SELECT RAISE(ABORT, 'copies are counted without a gap'); END;

CREATE TRIGGER certificate_copy_role BEFORE INSERT ON certificate_copy
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;

CREATE TRIGGER certificate_delivery_kept BEFORE DELETE ON certificate_delivery BEGIN SELECT RAISE(ABORT, 'deliveries are kept'); END;

CREATE TRIGGER certificate_delivery_role BEFORE INSERT ON certificate_delivery
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;

CREATE TRIGGER certificate_kept BEFORE DELETE ON certificate BEGIN SELECT RAISE(ABORT, 'certificate numbers are kept'); END;

CREATE TRIGGER certificate_stays BEFORE UPDATE ON certificate
  WHEN new.number <> old.number OR new.application <> old.application OR new.source <> old.source
BEGIN SELECT RAISE(ABORT, 'a certificate keeps its number and its holder'); END;

CREATE TRIGGER certificate_void_role BEFORE INSERT ON certificate_void
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;

CREATE VIEW change AS
  SELECT id AS op, 1 AS seq, first_record AS record, first_key AS key, first_upto AS upto, first_before AS before,
    first_after AS after, first_digest AS digest
  FROM operation WHERE first_record IS NOT NULL
  UNION ALL
  SELECT op, seq, record, key, upto, before, after, digest FROM further_change;

CREATE TRIGGER change_kept_delete BEFORE DELETE ON further_change BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER change_kept_replace BEFORE INSERT ON further_change
  WHEN EXISTS (SELECT 1 FROM further_change WHERE op = new.op AND seq = new.seq)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER change_kept_update BEFORE UPDATE ON further_change
  WHEN NOT (new.before IS NULL AND new.after IS NULL
    AND (new.op, new.seq, new.record, new.key, new.upto, new.digest)
    IS (old.op, old.seq, old.record, old.key, old.upto, old.digest)
    AND EXISTS (SELECT 1 FROM operation WHERE id = old.op AND content IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER computation_stays_delete BEFORE DELETE ON computation
BEGIN SELECT RAISE(ABORT, 'a computation stays as it was'); END;

CREATE TRIGGER computation_stays_update BEFORE UPDATE ON computation
BEGIN SELECT RAISE(ABORT, 'a computation stays as it was'); END;

CREATE TRIGGER control_locked_delete BEFORE DELETE ON control_total
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

CREATE TRIGGER control_locked_update BEFORE UPDATE ON control_total
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

CREATE TRIGGER control_total_role_insert BEFORE INSERT ON control_total
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.accepted_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'covers are for typists and coordinators'); END;

CREATE TRIGGER control_total_role_update BEFORE UPDATE ON control_total
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.accepted_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'covers are for typists and coordinators'); END;

CREATE TRIGGER countersignature_begins BEFORE INSERT ON countersignature
  WHEN new.given_by IS NOT NULL OR new.used IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'it is asked for first'); END;

CREATE TRIGGER countersignature_kept BEFORE DELETE ON countersignature BEGIN SELECT RAISE(ABORT, 'what was signed is kept'); END;

CREATE TRIGGER countersignature_stays BEFORE UPDATE ON countersignature
  WHEN new.id <> old.id OR new.kind <> old.kind OR new.batch IS NOT old.batch OR new.digest <> old.digest OR new.said <> old.said
    OR new.roles <> old.roles OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at
    OR old.given_by IS NOT NULL AND (new.given_by IS NOT old.given_by OR new.given_at IS NOT old.given_at)
    OR old.used IS NOT NULL AND new.used IS NOT old.used
BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was, and counts once'); END;

CREATE TRIGGER duty_snapshot_kept BEFORE UPDATE ON duty_snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is kept'); END;

CREATE TRIGGER entry_by_typist BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'marks are typed by typists'); END;

CREATE TRIGGER entry_locked_delete BEFORE DELETE ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER entry_locked_insert BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = new.application AND subject = new.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER entry_locked_update BEFORE UPDATE ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER entry_operator_stays BEFORE UPDATE ON entry
  WHEN new.operator <> old.operator OR new.application <> old.application OR new.subject <> old.subject
BEGIN SELECT RAISE(ABORT, 'an entry keeps its operator'); END;

CREATE TRIGGER entry_two_people BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM entry WHERE application = new.application AND subject = new.subject
      AND slot <> new.slot AND state <> 'discarded' AND operator = new.operator)
BEGIN SELECT RAISE(ABORT, 'both entries by one operator'); END;

CREATE TRIGGER entry_two_people_update BEFORE UPDATE OF slot, state ON entry
  WHEN new.state <> 'discarded' AND EXISTS (SELECT 1 FROM entry WHERE application = new.application
      AND subject = new.subject AND id <> old.id AND state <> 'discarded' AND operator = new.operator)
BEGIN SELECT RAISE(ABORT, 'both entries by one operator'); END;

CREATE TRIGGER erasure_kept BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;

CREATE TRIGGER erasure_stays BEFORE UPDATE ON erasure
  WHEN old.state <> 'asked' OR (new.batch, new.asked_by, new.asked_at, new.reason)
    IS NOT (old.batch, old.asked_by, old.asked_at, old.reason)
BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;

CREATE TRIGGER known_site_stays BEFORE UPDATE ON known_site
  WHEN (new.site, new.sign_key, new.lock_key, new.fingerprint) IS NOT (old.site, old.sign_key, old.lock_key, old.fingerprint)
    OR old.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a key that was trusted stays as it was'); END;

CREATE TRIGGER lineage_in_order BEFORE INSERT ON lineage
  WHEN new.id <> (SELECT coalesce(max(id), 0) + 1 FROM lineage)
BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;

CREATE TRIGGER lineage_kept_delete BEFORE DELETE ON lineage BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;

CREATE TRIGGER lineage_kept_update BEFORE UPDATE ON lineage BEGIN SELECT RAISE(ABORT, 'lineages stay'); END;

CREATE VIEW locked_mark AS
  SELECT p.application, s.subject FROM mark_lock l JOIN session s ON s.id = l.session JOIN placement p ON p.session = s.id;

CREATE TRIGGER mark_change_role_insert BEFORE INSERT ON mark_change
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.asked_by AND roles NOT LIKE '%score_manager%' AND roles NOT LIKE '%coordinator%')
    OR (new.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM operator WHERE id = new.decided_by AND roles NOT LIKE '%score_manager%'))
BEGIN SELECT RAISE(ABORT, 'changes of locked marks are decided by score managers'); END;

CREATE TRIGGER mark_change_role_update BEFORE UPDATE ON mark_change
  WHEN new.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM operator WHERE id = new.decided_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'changes of locked marks are decided by score managers'); END;

CREATE TRIGGER mark_change_stays_delete BEFORE DELETE ON mark_change
BEGIN SELECT RAISE(ABORT, 'a change stays as it was asked for and decided'); END;

CREATE TRIGGER mark_change_stays_update BEFORE UPDATE ON mark_change
  WHEN old.state <> 'asked' OR new.application <> old.application OR new.subject <> old.subject
    OR new.old_mark IS NOT old.old_mark OR new.old_points IS NOT old.old_points OR new.new_mark <> old.new_mark
    OR new.new_points IS NOT old.new_points OR new.asked_by <> old.asked_by
BEGIN SELECT RAISE(ABORT, 'a change stays as it was asked for and decided'); END;

CREATE TRIGGER mark_lock_opened_by_two BEFORE DELETE ON mark_lock WHEN old.opened_by IS NULL
BEGIN SELECT RAISE(ABORT, 'a lock is opened by two'); END;

CREATE TRIGGER mark_lock_role_insert BEFORE INSERT ON mark_lock
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%score_manager%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.opened_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'marks are locked and opened by score managers'); END;

CREATE TRIGGER mark_lock_role_update BEFORE UPDATE ON mark_lock
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%score_manager%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.asked_by AND roles NOT LIKE '%score_manager%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.opened_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'marks are locked and opened by score managers'); END;

CREATE TRIGGER mark_lock_stays BEFORE UPDATE ON mark_lock WHEN new.session <> old.session
BEGIN SELECT RAISE(ABORT, 'a lock stays with its session'); END;

CREATE TRIGGER mark_locked_delete BEFORE DELETE ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER mark_locked_insert BEFORE INSERT ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = new.application AND subject = new.subject)
    AND NOT EXISTS (SELECT 1 FROM agreed_mark c WHERE c.application = new.application AND c.subject = new.subject
      AND c.new_mark = new.mark AND c.new_points IS new.points AND c.old_mark IS NULL)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER mark_locked_update BEFORE UPDATE ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
    AND NOT EXISTS (SELECT 1 FROM agreed_mark c WHERE c.application = new.application AND c.subject = new.subject
      AND new.application = old.application AND new.subject = old.subject
      AND c.new_mark = new.mark AND c.new_points IS new.points AND c.old_mark IS old.mark AND c.old_points IS old.points)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;

CREATE TRIGGER merge_conflict_kept BEFORE DELETE ON merge_conflict WHEN old.state IN ('here', 'there')
BEGIN SELECT RAISE(ABORT, 'what was decided is kept'); END;

CREATE TRIGGER merge_conflict_stays BEFORE UPDATE ON merge_conflict
  WHEN new.part <> old.part OR new.place <> old.place OR new.here <> old.here OR new.there <> old.there
BEGIN SELECT RAISE(ABORT, 'both sides of a conflict stay as they were'); END;

CREATE TRIGGER name_search_delete AFTER DELETE ON application BEGIN
  DELETE FROM name_search WHERE rowid = old.id;
END;

CREATE TRIGGER name_search_update AFTER UPDATE OF name_chars, other_readings ON application BEGIN
  UPDATE name_search SET chars = new.name_chars, readings = new.other_readings WHERE rowid = new.id;
END;

CREATE TRIGGER number_segment_apart BEFORE INSERT ON number_segment
  WHEN EXISTS (SELECT 1 FROM number_segment WHERE prefix = new.prefix AND first <= new.last AND last >= new.first
      AND (year IS NULL OR new.year IS NULL OR year = new.year))
BEGIN SELECT RAISE(ABORT, 'segments do not overlap'); END;

CREATE TRIGGER number_segment_stays BEFORE UPDATE ON number_segment
BEGIN SELECT RAISE(ABORT, 'a segment stays as it was granted'); END;

CREATE TRIGGER number_segment_used BEFORE DELETE ON number_segment
  WHEN EXISTS (SELECT 1 FROM certificate WHERE prefix = old.prefix AND serial BETWEEN old.first AND old.last
      AND source = 'own' AND (old.year IS NULL OR year = old.year))
BEGIN SELECT RAISE(ABORT, 'numbers of the segment are in use'); END;

CREATE TRIGGER operation_kept_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER operation_kept_replace BEFORE INSERT ON operation WHEN EXISTS (SELECT 1 FROM operation WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER operation_kept_update BEFORE UPDATE ON operation
  WHEN NOT (old.content IS NULL AND new.content IS NOT NULL AND new.params = '{}' AND new.reason IS NULL
    AND new.first_before IS NULL AND new.first_after IS NULL
    AND (new.id, new.op_id, new.kind, new.site, new.station, new.actor, new.actor_name, new.actor_roles, new.face, new.at,
      new.batch, new.policy, new.undoes, new.changes, new.prev, new.digest, new.first_record, new.first_key,
      new.first_upto, new.first_digest)
    IS (old.id, old.op_id, old.kind, old.site, old.station, old.actor, old.actor_name, old.actor_roles, old.face, old.at,
      old.batch, old.policy, old.undoes, old.changes, old.prev, old.digest, old.first_record, old.first_key,
      old.first_upto, old.first_digest))
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER operation_own_pin BEFORE INSERT ON operation
  WHEN (new.kind IN ('marks.ask_change', 'marks.ask_unlock', 'marks.decide_change', 'marks.decide_unlock')
      OR new.kind = 'publicity.decide' AND ',' || new.changes || ',' LIKE '%,mark_change,%')
    AND NOT EXISTS (SELECT 1 FROM countersignature c WHERE c.used = new.id AND c.kind = new.kind AND c.asked_by = new.actor
      AND new.at BETWEEN c.asked_at AND c.asked_at + 600000)
BEGIN SELECT RAISE(ABORT, 'this wants a PIN'); END;

CREATE TRIGGER operation_two_people BEFORE INSERT ON operation
  WHEN (new.kind IN ('certificates.correct', 'certificates.reissue', 'certificates.revoke', 'exchange.accept_fork',
      'publicity.finalise', 'publicity.publish', 'sessions.reopen', 'site.continue')
      OR new.kind IN ('exchange.export', 'exchange.give') AND json_extract(new.params, '$.whole') > 1
      OR new.kind IN ('history.undo', 'sanctions.impose') AND ',' || new.changes || ',' LIKE '%,certificate_void,%'
      OR new.kind = 'publicity.withdraw' AND EXISTS (SELECT 1 FROM publication p WHERE p.batch = new.batch
        AND p.finalised_at IS NOT NULL AND p.number = (SELECT max(number) FROM publication WHERE batch = new.batch))
      OR new.kind = 'tickets.print' AND json_extract(new.params, '$.whole') > 1)
    AND NOT EXISTS (SELECT 1 FROM countersignature c WHERE c.used = new.id AND c.kind = new.kind AND c.asked_by = new.actor
      AND c.given_by IS NOT NULL AND new.at BETWEEN c.given_at AND c.asked_at + 600000)
BEGIN SELECT RAISE(ABORT, 'two people sign this'); END;

CREATE TRIGGER operator_score_manager_begins_no_marks BEFORE UPDATE OF roles ON operator
  WHEN new.disabled = 0 AND new.roles <> old.roles AND new.roles LIKE '%score_manager%' AND new.roles LIKE '%reviewer%'
BEGIN SELECT RAISE(ABORT, 'who signs marks off gives none'); END;

CREATE TRIGGER operator_score_manager_gives_no_marks BEFORE INSERT ON operator
  WHEN new.disabled = 0 AND EXISTS (SELECT 1 FROM operation) AND new.roles LIKE '%score_manager%' AND new.roles LIKE '%reviewer%'
BEGIN SELECT RAISE(ABORT, 'who signs marks off gives none'); END;

CREATE TRIGGER outcome_of_its_batch BEFORE INSERT ON outcome
  WHEN (SELECT batch FROM computation WHERE id = new.computation) IS NOT (SELECT batch FROM application WHERE id = new.application)
BEGIN SELECT RAISE(ABORT, 'an outcome belongs to the batch of its computation'); END;

CREATE TRIGGER outcome_stays_delete BEFORE DELETE ON outcome
BEGIN SELECT RAISE(ABORT, 'an outcome stays as it was computed'); END;

CREATE TRIGGER outcome_stays_update BEFORE UPDATE ON outcome
BEGIN SELECT RAISE(ABORT, 'an outcome stays as it was computed'); END;

CREATE TRIGGER panel_candidate_sealed BEFORE UPDATE ON panel_candidate
  WHEN new.replaced IS old.replaced AND EXISTS (SELECT 1 FROM panel WHERE id = old.panel AND state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER panel_sheet_role_insert BEFORE INSERT ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%reviewer%' AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'sheets are filled by reviewers and typists'); END;

CREATE TRIGGER panel_sheet_role_update BEFORE UPDATE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%reviewer%' AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'sheets are filled by reviewers and typists'); END;

CREATE TRIGGER panel_sheet_sealed_delete BEFORE DELETE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER panel_sheet_sealed_update BEFORE UPDATE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER panel_signature_sealed_delete BEFORE DELETE ON panel_signature
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER panel_signature_sealed_update BEFORE UPDATE ON panel_signature
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER placement_attended BEFORE DELETE ON placement
  WHEN EXISTS (SELECT 1 FROM attendance WHERE session = old.session AND application = old.application)
BEGIN SELECT RAISE(ABORT, 'seat has attendance'); END;

CREATE TRIGGER placement_locked_delete BEFORE DELETE ON placement
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

CREATE TRIGGER placement_locked_update BEFORE UPDATE ON placement
  WHEN (new.session <> old.session OR new.application <> old.application)
    AND EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

CREATE TRIGGER placement_stays BEFORE UPDATE ON placement
BEGIN SELECT RAISE(ABORT, 'a seat is deleted and made anew'); END;

CREATE TRIGGER progress_attendance_delete AFTER DELETE ON attendance BEGIN
  UPDATE room_progress SET here = here - (old.state NOT IN ('absent', 'refused')),
      absent = absent - (old.state = 'absent'), refused = refused - (old.state = 'refused'),
      out = out - (old.out_at IS NOT NULL)
    WHERE session = old.session
      AND room = (SELECT room FROM placement WHERE session = old.session AND application = old.application);
END;

CREATE TRIGGER progress_attendance_insert AFTER INSERT ON attendance BEGIN
  UPDATE room_progress SET here = here + (new.state NOT IN ('absent', 'refused')),
      absent = absent + (new.state = 'absent'), refused = refused + (new.state = 'refused'),
      out = out + (new.out_at IS NOT NULL)
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;

CREATE TRIGGER progress_attendance_update AFTER UPDATE OF state, out_at ON attendance BEGIN
  UPDATE room_progress SET
      here = here + (new.state NOT IN ('absent', 'refused')) - (old.state NOT IN ('absent', 'refused')),
      absent = absent + (new.state = 'absent') - (old.state = 'absent'),
      refused = refused + (new.state = 'refused') - (old.state = 'refused'),
      out = out + (new.out_at IS NOT NULL) - (old.out_at IS NOT NULL)
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;

CREATE TRIGGER progress_seat_delete AFTER DELETE ON placement BEGIN
  UPDATE room_progress SET seated = seated - 1 WHERE session = old.session AND room = old.room;
  DELETE FROM room_progress WHERE session = old.session AND room = old.room AND seated = 0;
END;

CREATE TRIGGER progress_seat_insert AFTER INSERT ON placement BEGIN
  INSERT INTO room_progress VALUES (new.session, new.room, 1, 0, 0, 0, 0)
    ON CONFLICT (session, room) DO UPDATE SET seated = seated + 1;
END;

CREATE TRIGGER publication_frozen BEFORE UPDATE ON publication
  WHEN new.batch <> old.batch OR new.number <> old.number OR new.corrects IS NOT old.corrects OR new.inputs <> old.inputs
    OR new.digest <> old.digest OR new.columns <> old.columns OR new.identity <> old.identity
    OR new.published_on IS NOT old.published_on OR new.until_day IS NOT old.until_day OR new.at <> old.at
    OR old.state IN ('replaced', 'withdrawn') AND new.state <> old.state OR old.state = 'final' AND new.state = 'open'
BEGIN SELECT RAISE(ABORT, 'what was published stays as it was'); END;

CREATE TRIGGER publication_kept BEFORE DELETE ON publication BEGIN SELECT RAISE(ABORT, 'what was published is kept'); END;

CREATE TRIGGER publication_role_insert BEFORE INSERT ON publication
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.finalised_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'results are published by coordinators'); END;

CREATE TRIGGER publication_role_update BEFORE UPDATE ON publication
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.finalised_by AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.withdrawn_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'results are published by coordinators'); END;

CREATE TRIGGER published_frozen BEFORE UPDATE ON published
  WHEN new.publication <> old.publication OR new.application <> old.application OR new.occupation <> old.occupation
    OR new.level <> old.level OR new.theory <> old.theory OR new.practical <> old.practical OR new.review <> old.review
    OR new.outcome <> old.outcome
BEGIN SELECT RAISE(ABORT, 'what was published stays as it was'); END;

CREATE TRIGGER published_kept BEFORE DELETE ON published BEGIN SELECT RAISE(ABORT, 'what was published is kept'); END;

CREATE TRIGGER qualification_kept BEFORE DELETE ON qualification
BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;

CREATE TRIGGER qualification_number_kept BEFORE UPDATE ON qualification
WHEN OLD.document_no IS NOT NULL AND NEW.document_no IS NOT OLD.document_no
BEGIN SELECT RAISE(ABORT, 'the number of a document stays'); END;

CREATE TRIGGER qualified_frozen BEFORE UPDATE ON qualified
WHEN NEW.id_number <> '' AND (NEW.qualification, NEW.application, NEW.position, NEW.name, NEW.id_number, NEW.level,
  NEW.theory, NEW.practical, NEW.review) IS NOT (OLD.qualification, OLD.application, OLD.position, OLD.name,
  OLD.id_number, OLD.level, OLD.theory, OLD.practical, OLD.review)
BEGIN SELECT RAISE(ABORT, 'the list of a document is frozen'); END;

CREATE TRIGGER qualified_kept BEFORE DELETE ON qualified
BEGIN SELECT RAISE(ABORT, 'the list of a document is kept'); END;

CREATE TRIGGER result_audit_stays_update BEFORE UPDATE ON result_audit
  WHEN new.computation <> old.computation OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at
    OR (old.state <> 'asked' AND new.state <> 'asked')
BEGIN SELECT RAISE(ABORT, 'an audit stays as it was asked for and answered'); END;

CREATE TRIGGER result_objection_kept BEFORE DELETE ON result_objection
BEGIN SELECT RAISE(ABORT, 'what was said is kept'); END;

CREATE TRIGGER result_objection_role BEFORE UPDATE ON result_objection
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.handler AND roles NOT LIKE '%coordinator%' AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'objections are decided by coordinators and score managers'); END;

CREATE TRIGGER result_objection_stays BEFORE UPDATE ON result_objection
  WHEN new.publication <> old.publication OR new.application <> old.application OR new.kind <> old.kind
    OR new.subject IS NOT old.subject OR new.scope IS NOT old.scope OR new.shown IS NOT old.shown
    OR new.received_on <> old.received_on OR new.operator <> old.operator
    OR old.state IN ('unfounded', 'withdrawn') AND new.state <> old.state OR old.state = 'founded' AND new.state = 'open'
BEGIN SELECT RAISE(ABORT, 'what was said and decided stays'); END;

CREATE TRIGGER roster_kept BEFORE DELETE ON roster BEGIN SELECT RAISE(ABORT, 'rosters are kept'); END;

CREATE TRIGGER session_locked BEFORE UPDATE OF subject ON session
  WHEN new.subject <> old.subject AND EXISTS (SELECT 1 FROM mark_lock WHERE session = old.id)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

CREATE TRIGGER stock_movement_kept BEFORE DELETE ON stock_movement
WHEN OLD.seq < (SELECT max(seq) FROM stock_movement WHERE holder = OLD.holder AND item = OLD.item)
BEGIN SELECT RAISE(ABORT, 'lines of the stock are kept'); END;

CREATE TRIGGER stock_movement_role BEFORE INSERT ON stock_movement
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;

CREATE TRIGGER stock_movement_runs BEFORE INSERT ON stock_movement
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM stock_movement WHERE holder = NEW.holder AND item = NEW.item), 0)
  OR NEW.balance <> NEW.usable + coalesce((SELECT balance FROM stock_movement
       WHERE holder = NEW.holder AND item = NEW.item ORDER BY seq DESC LIMIT 1), 0)
  OR NEW.to_destroy <> NEW.spoilt + coalesce((SELECT to_destroy FROM stock_movement
       WHERE holder = NEW.holder AND item = NEW.item ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'a line of the stock follows the one before it'); END;

CREATE TRIGGER stock_movement_stays BEFORE UPDATE ON stock_movement BEGIN SELECT RAISE(ABORT, 'lines of the stock are kept'); END;

CREATE TRIGGER ticket_not_void BEFORE INSERT ON ticket
  WHEN EXISTS (SELECT 1 FROM void_ticket WHERE batch = new.batch AND number = new.number)
BEGIN SELECT RAISE(ABORT, 'ticket number is void'); END;

CREATE TRIGGER upload_frozen BEFORE UPDATE ON upload
WHEN (NEW.kind, NEW.layout, NEW.headings, NEW.plan, NEW.digest) IS NOT
  (OLD.kind, OLD.layout, OLD.headings, OLD.plan, OLD.digest)
BEGIN SELECT RAISE(ABORT, 'an upload is frozen'); END;

CREATE TRIGGER upload_kept BEFORE DELETE ON upload BEGIN SELECT RAISE(ABORT, 'uploads are kept'); END;

CREATE TRIGGER upload_row_frozen BEFORE UPDATE ON upload_row
WHEN NEW.cells <> '[]' AND (NEW.upload, NEW.position, NEW.number, NEW.cells) IS NOT
  (OLD.upload, OLD.position, OLD.number, OLD.cells)
BEGIN SELECT RAISE(ABORT, 'an upload is frozen'); END;

CREATE TRIGGER upload_row_kept BEFORE DELETE ON upload_row BEGIN SELECT RAISE(ABORT, 'uploads are kept'); END;

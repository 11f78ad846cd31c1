-- Result documents, the marks written on the forms, rosters with their boxes, and what was sent up.
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
CREATE TRIGGER qualification_kept BEFORE DELETE ON qualification
BEGIN SELECT RAISE(ABORT, 'documents are kept'); END;
CREATE TRIGGER qualification_number_kept BEFORE UPDATE ON qualification
WHEN OLD.document_no IS NOT NULL AND NEW.document_no IS NOT OLD.document_no
BEGIN SELECT RAISE(ABORT, 'the number of a document stays'); END;

-- The people of a document as they stood when it was prepared.
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
CREATE UNIQUE INDEX qualified_once ON qualified (application) WHERE state = 'listed';
CREATE TRIGGER qualified_kept BEFORE DELETE ON qualified
BEGIN SELECT RAISE(ABORT, 'the list of a document is kept'); END;
CREATE TRIGGER qualified_frozen BEFORE UPDATE ON qualified
WHEN NEW.id_number <> '' AND (NEW.qualification, NEW.application, NEW.position, NEW.name, NEW.id_number, NEW.level,
  NEW.theory, NEW.practical, NEW.review) IS NOT (OLD.qualification, OLD.application, OLD.position, OLD.name,
  OLD.id_number, OLD.level, OLD.theory, OLD.practical, OLD.review)
BEGIN SELECT RAISE(ABORT, 'the list of a document is frozen'); END;

-- Who got which copy of the forms of a document.
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

-- The blocks of marks on the form, with who signed them; the marks are those that were written there.
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

-- A roster as it was drawn up, to be stamped box by box and handed on.
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
CREATE TRIGGER roster_kept BEFORE DELETE ON roster BEGIN SELECT RAISE(ABORT, 'rosters are kept'); END;

CREATE TABLE roster_line (
  id INTEGER PRIMARY KEY,
  roster INTEGER NOT NULL REFERENCES roster (id),
  position INTEGER NOT NULL CHECK (position > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  materials TEXT NOT NULL,                      -- code=copies of what is there, comma separated
  UNIQUE (roster, position),
  UNIQUE (roster, application)
) STRICT;

-- A box of a roster: blank or void, the whole roster is.
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

-- A batch of records for a register above: frozen when it is drawn up.
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
CREATE TRIGGER upload_kept BEFORE DELETE ON upload BEGIN SELECT RAISE(ABORT, 'uploads are kept'); END;
CREATE TRIGGER upload_frozen BEFORE UPDATE ON upload
WHEN (NEW.kind, NEW.layout, NEW.headings, NEW.plan, NEW.digest) IS NOT
  (OLD.kind, OLD.layout, OLD.headings, OLD.plan, OLD.digest)
BEGIN SELECT RAISE(ABORT, 'an upload is frozen'); END;

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
CREATE INDEX upload_row_of ON upload_row (number);
CREATE TRIGGER upload_row_kept BEFORE DELETE ON upload_row BEGIN SELECT RAISE(ABORT, 'uploads are kept'); END;
CREATE TRIGGER upload_row_frozen BEFORE UPDATE ON upload_row
WHEN NEW.cells <> '[]' AND (NEW.upload, NEW.position, NEW.number, NEW.cells) IS NOT
  (OLD.upload, OLD.position, OLD.number, OLD.cells)
BEGIN SELECT RAISE(ABORT, 'an upload is frozen'); END;

-- Results as computed, with the digest of what they were computed from; their audit; and where the summary table went.

-- Each computation stays: a later one stands beside it, and what differs can be listed.
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

-- What somebody came to. The marks are those that counted, after what was decided about misconduct.
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
CREATE INDEX outcome_of ON outcome (application);
CREATE TRIGGER computation_stays_update BEFORE UPDATE ON computation
BEGIN SELECT RAISE(ABORT, 'a computation stays as it was'); END;
CREATE TRIGGER computation_stays_delete BEFORE DELETE ON computation
BEGIN SELECT RAISE(ABORT, 'a computation stays as it was'); END;
CREATE TRIGGER outcome_stays_update BEFORE UPDATE ON outcome
BEGIN SELECT RAISE(ABORT, 'an outcome stays as it was computed'); END;
CREATE TRIGGER outcome_stays_delete BEFORE DELETE ON outcome
BEGIN SELECT RAISE(ABORT, 'an outcome stays as it was computed'); END;
CREATE TRIGGER outcome_of_its_batch BEFORE INSERT ON outcome
  WHEN (SELECT batch FROM computation WHERE id = new.computation) IS NOT (SELECT batch FROM application WHERE id = new.application)
BEGIN SELECT RAISE(ABORT, 'an outcome belongs to the batch of its computation'); END;

-- 结果审核: asked for by one, and the answer of the office recorded by another.
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
-- One that stands for each computation; returned ones stay beside it.
CREATE UNIQUE INDEX result_audit_one ON result_audit (computation) WHERE state <> 'returned';
CREATE TRIGGER result_audit_stays_update BEFORE UPDATE ON result_audit
  WHEN new.computation <> old.computation OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at
    OR (old.state <> 'asked' AND new.state <> 'asked')
BEGIN SELECT RAISE(ABORT, 'an audit stays as it was asked for and answered'); END;

-- The summary table (汇总表), signed and stamped, as it was sent.
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

-- Results as the public saw them, and what was said against them.
-- One release of results: shown for a while (公示) and then final. Where the notice shows nothing it is final at once.
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
CREATE UNIQUE INDEX publication_stands ON publication (batch) WHERE state IN ('open', 'final');
-- Only coordinators publish, finalise and withdraw.
CREATE TRIGGER publication_role_insert BEFORE INSERT ON publication
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.finalised_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'results are published by coordinators'); END;
CREATE TRIGGER publication_role_update BEFORE UPDATE ON publication
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.finalised_by AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.withdrawn_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'results are published by coordinators'); END;
CREATE TRIGGER publication_kept BEFORE DELETE ON publication BEGIN SELECT RAISE(ABORT, 'what was published is kept'); END;
CREATE TRIGGER publication_frozen BEFORE UPDATE ON publication
  WHEN new.batch <> old.batch OR new.number <> old.number OR new.corrects IS NOT old.corrects OR new.inputs <> old.inputs
    OR new.digest <> old.digest OR new.columns <> old.columns OR new.identity <> old.identity
    OR new.published_on IS NOT old.published_on OR new.until_day IS NOT old.until_day OR new.at <> old.at
    OR old.state IN ('replaced', 'withdrawn') AND new.state <> old.state OR old.state = 'final' AND new.state = 'open'
BEGIN SELECT RAISE(ABORT, 'what was published stays as it was'); END;

-- A line of a release, as it stood on that day. `id_tail` only where the public sees it.
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
CREATE INDEX published_name ON published (publication, name);
CREATE TRIGGER published_kept BEFORE DELETE ON published BEGIN SELECT RAISE(ABORT, 'what was published is kept'); END;
CREATE TRIGGER published_frozen BEFORE UPDATE ON published
  WHEN new.publication <> old.publication OR new.application <> old.application OR new.occupation <> old.occupation
    OR new.level <> old.level OR new.theory <> old.theory OR new.practical <> old.practical OR new.review <> old.review
    OR new.outcome <> old.outcome
BEGIN SELECT RAISE(ABORT, 'what was published stays as it was'); END;

-- What is said against a published result (异议), or a request to look at a mark again (成绩复核).
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
CREATE UNIQUE INDEX result_objection_one_open ON result_objection (application, kind, coalesce(subject, ''), raised_by) WHERE state = 'open';
CREATE INDEX result_objection_of ON result_objection (application);
-- A coordinator or a score manager decides.
CREATE TRIGGER result_objection_role BEFORE UPDATE ON result_objection
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.handler AND roles NOT LIKE '%coordinator%' AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'objections are decided by coordinators and score managers'); END;
CREATE TRIGGER result_objection_kept BEFORE DELETE ON result_objection
BEGIN SELECT RAISE(ABORT, 'what was said is kept'); END;
CREATE TRIGGER result_objection_stays BEFORE UPDATE ON result_objection
  WHEN new.publication <> old.publication OR new.application <> old.application OR new.kind <> old.kind
    OR new.subject IS NOT old.subject OR new.scope IS NOT old.scope OR new.shown IS NOT old.shown
    OR new.received_on <> old.received_on OR new.operator <> old.operator
    OR old.state IN ('unfounded', 'withdrawn') AND new.state <> old.state OR old.state = 'founded' AND new.state = 'open'
BEGIN SELECT RAISE(ABORT, 'what was said and decided stays'); END;

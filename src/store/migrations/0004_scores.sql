-- Script numbers, blind entries, settled marks and their changes, and the panels that judge. Points are hundredths.

-- Scripts of one room under script numbers (密号). While a bag is sealed nobody sees whose a number is.
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

CREATE TABLE script (
  script_bag INTEGER NOT NULL REFERENCES script_bag (id),
  application INTEGER NOT NULL REFERENCES application (id),
  batch INTEGER NOT NULL REFERENCES batch (id),
  number TEXT NOT NULL CHECK (number <> ''),
  PRIMARY KEY (script_bag, application),
  UNIQUE (batch, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX script_of ON script (application);

-- Two blind entries; a third where two markers lie too far apart.
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
CREATE UNIQUE INDEX entry_one_live ON entry (application, subject, slot) WHERE state <> 'discarded';
CREATE INDEX entry_unsettled ON entry (application, subject) WHERE state IN ('differs', 'returned');
CREATE INDEX entry_by ON entry (operator, at);
CREATE TRIGGER entry_two_people BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM entry WHERE application = new.application AND subject = new.subject
      AND slot <> new.slot AND state <> 'discarded' AND operator = new.operator)
BEGIN SELECT RAISE(ABORT, 'both entries by one operator'); END;
CREATE TRIGGER entry_operator_stays BEFORE UPDATE ON entry
  WHEN new.operator <> old.operator OR new.application <> old.application OR new.subject <> old.subject
BEGIN SELECT RAISE(ABORT, 'an entry keeps its operator'); END;
-- Nor by calling the same entry another one, or by bringing back one that was discarded.
CREATE TRIGGER entry_two_people_update BEFORE UPDATE OF slot, state ON entry
  WHEN new.state <> 'discarded' AND EXISTS (SELECT 1 FROM entry WHERE application = new.application
      AND subject = new.subject AND id <> old.id AND state <> 'discarded' AND operator = new.operator)
BEGIN SELECT RAISE(ABORT, 'both entries by one operator'); END;
-- Whoever is no typist types nothing: not a proctor, an administrator, an auditor, nor whoever settles or signs off.
CREATE TRIGGER entry_by_typist BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'marks are typed by typists'); END;

-- Who types the first or the second entries of a room's papers now.
CREATE TABLE entry_claim (
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  slot INTEGER NOT NULL CHECK (slot IN (1, 2, 3)),
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (session, room, slot)
) STRICT, WITHOUT ROWID;

-- What the cover of a bag says that its marks come to.
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

-- Typists write down what a cover says, a coordinator too; only a coordinator lets a difference stand.
CREATE TRIGGER control_total_role_insert BEFORE INSERT ON control_total
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.accepted_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'covers are for typists and coordinators'); END;
CREATE TRIGGER control_total_role_update BEFORE UPDATE ON control_total
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%typist%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.accepted_by AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'covers are for typists and coordinators'); END;

-- Settled marks: what results are computed from.
CREATE TABLE mark (
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  mark TEXT NOT NULL CHECK (mark IN ('points', 'absent', 'void')),
  points INTEGER CHECK ((mark = 'points') = (points IS NOT NULL)) CHECK (points BETWEEN 0 AND 10000),
  PRIMARY KEY (application, subject)
) STRICT, WITHOUT ROWID;

-- Marks of a session are final; from then on they change by two persons only. Two persons open the session again.
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
-- Only a score manager signs marks off, and agrees to open them again.
CREATE TRIGGER mark_lock_role_insert BEFORE INSERT ON mark_lock
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%score_manager%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.opened_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'marks are locked and opened by score managers'); END;
CREATE TRIGGER mark_lock_role_update BEFORE UPDATE ON mark_lock
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%score_manager%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.asked_by AND roles NOT LIKE '%score_manager%' AND roles NOT LIKE '%coordinator%')
    OR EXISTS (SELECT 1 FROM operator WHERE id = new.opened_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'marks are locked and opened by score managers'); END;
CREATE TRIGGER mark_lock_opened_by_two BEFORE DELETE ON mark_lock WHEN old.opened_by IS NULL
BEGIN SELECT RAISE(ABORT, 'a lock is opened by two'); END;
CREATE TRIGGER mark_lock_stays BEFORE UPDATE ON mark_lock WHEN new.session <> old.session
BEGIN SELECT RAISE(ABORT, 'a lock stays with its session'); END;

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
-- Coordinators and score managers ask, a score manager decides; whoever asked may withdraw.
CREATE TRIGGER mark_change_role_insert BEFORE INSERT ON mark_change
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.asked_by AND roles NOT LIKE '%score_manager%' AND roles NOT LIKE '%coordinator%')
    OR (new.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM operator WHERE id = new.decided_by AND roles NOT LIKE '%score_manager%'))
BEGIN SELECT RAISE(ABORT, 'changes of locked marks are decided by score managers'); END;
CREATE TRIGGER mark_change_role_update BEFORE UPDATE ON mark_change
  WHEN new.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM operator WHERE id = new.decided_by AND roles NOT LIKE '%score_manager%')
BEGIN SELECT RAISE(ABORT, 'changes of locked marks are decided by score managers'); END;
CREATE UNIQUE INDEX mark_change_one_open ON mark_change (application, subject) WHERE state = 'asked';
CREATE TRIGGER mark_change_stays_update BEFORE UPDATE ON mark_change
  WHEN old.state <> 'asked' OR new.application <> old.application OR new.subject <> old.subject
    OR new.old_mark IS NOT old.old_mark OR new.old_points IS NOT old.old_points OR new.new_mark <> old.new_mark
    OR new.new_points IS NOT old.new_points OR new.asked_by <> old.asked_by
BEGIN SELECT RAISE(ABORT, 'a change stays as it was asked for and decided'); END;
CREATE TRIGGER mark_change_stays_delete BEFORE DELETE ON mark_change
BEGIN SELECT RAISE(ABORT, 'a change stays as it was asked for and decided'); END;

-- A locked mark: of a session that is locked and in which the candidate sits that part.
CREATE VIEW locked_mark AS
  SELECT p.application, s.subject FROM mark_lock l JOIN session s ON s.id = l.session JOIN placement p ON p.session = s.id;
-- What the newest approved change of a mark says; an older one opens nothing.
CREATE VIEW agreed_mark AS
  SELECT application, subject, old_mark, old_points, new_mark, new_points FROM mark_change c
  WHERE state = 'approved' AND NOT EXISTS (SELECT 1 FROM mark_change n WHERE n.application = c.application
    AND n.subject = c.subject AND n.state = 'approved' AND n.id > c.id);
CREATE TRIGGER mark_locked_update BEFORE UPDATE ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
    AND NOT EXISTS (SELECT 1 FROM agreed_mark c WHERE c.application = new.application AND c.subject = new.subject
      AND new.application = old.application AND new.subject = old.subject
      AND c.new_mark = new.mark AND c.new_points IS new.points AND c.old_mark IS old.mark AND c.old_points IS old.points)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
CREATE TRIGGER mark_locked_delete BEFORE DELETE ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
CREATE TRIGGER mark_locked_insert BEFORE INSERT ON mark
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = new.application AND subject = new.subject)
    AND NOT EXISTS (SELECT 1 FROM agreed_mark c WHERE c.application = new.application AND c.subject = new.subject
      AND c.new_mark = new.mark AND c.new_points IS new.points AND c.old_mark IS NULL)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
-- Nor is a mark freed by taking the person out of the session, or the session out of the subject.
CREATE TRIGGER placement_locked_update BEFORE UPDATE ON placement
  WHEN (new.session <> old.session OR new.application <> old.application)
    AND EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;
CREATE TRIGGER placement_locked_delete BEFORE DELETE ON placement
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;
CREATE TRIGGER session_locked BEFORE UPDATE OF subject ON session
  WHEN new.subject <> old.subject AND EXISTS (SELECT 1 FROM mark_lock WHERE session = old.id)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;
-- What the marks rest on stays too.
CREATE TRIGGER entry_locked_insert BEFORE INSERT ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = new.application AND subject = new.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
CREATE TRIGGER entry_locked_update BEFORE UPDATE ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
CREATE TRIGGER entry_locked_delete BEFORE DELETE ON entry
  WHEN EXISTS (SELECT 1 FROM locked_mark WHERE application = old.application AND subject = old.subject)
BEGIN SELECT RAISE(ABORT, 'mark is locked'); END;
CREATE TRIGGER control_locked_update BEFORE UPDATE ON control_total
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;
CREATE TRIGGER control_locked_delete BEFORE DELETE ON control_total
  WHEN EXISTS (SELECT 1 FROM mark_lock WHERE session = old.session)
BEGIN SELECT RAISE(ABORT, 'marks of the session are locked'); END;

-- A review panel (综合评审组) or a group of assessors (考评组).
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
CREATE UNIQUE INDEX panel_one_chair ON panel_member (panel) WHERE chair = 1 AND left_at IS NULL;

-- Whom a member does not judge, and why.
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
CREATE UNIQUE INDEX panel_candidate_once ON panel_candidate (application, subject) WHERE replaced IS NULL;

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
-- By the expert, or by a typist from paper.
CREATE TRIGGER panel_sheet_role_insert BEFORE INSERT ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%reviewer%' AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'sheets are filled by reviewers and typists'); END;
CREATE TRIGGER panel_sheet_role_update BEFORE UPDATE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%reviewer%' AND roles NOT LIKE '%typist%')
BEGIN SELECT RAISE(ABORT, 'sheets are filled by reviewers and typists'); END;
-- What a ruling was computed from stays as it was.
CREATE TRIGGER panel_sheet_sealed_delete BEFORE DELETE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;
CREATE TRIGGER panel_sheet_sealed_update BEFORE UPDATE ON panel_sheet
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

CREATE TRIGGER panel_candidate_sealed BEFORE UPDATE ON panel_candidate
  WHEN new.replaced IS old.replaced AND EXISTS (SELECT 1 FROM panel WHERE id = old.panel AND state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

-- A member has put their name to all sheets as they are.
CREATE TABLE panel_signature (
  member INTEGER PRIMARY KEY REFERENCES panel_member (id),
  operator INTEGER NOT NULL REFERENCES operator (id), -- at whose terminal
  with_pin INTEGER NOT NULL CHECK (with_pin IN (0, 1)), -- 0: on paper
  digest TEXT NOT NULL CHECK (length(digest) = 64), -- of the sheets that were signed
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER panel_signature_sealed_delete BEFORE DELETE ON panel_signature
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;
CREATE TRIGGER panel_signature_sealed_update BEFORE UPDATE ON panel_signature
  WHEN EXISTS (SELECT 1 FROM panel_member m JOIN panel p ON p.id = m.panel WHERE m.id = old.member AND p.state = 'sealed')
BEGIN SELECT RAISE(ABORT, 'panel is sealed'); END;

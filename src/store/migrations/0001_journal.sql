-- The site, who works there, the policies in force, and the journal of everything that was done.
CREATE TABLE site (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  code TEXT NOT NULL CHECK (code <> ''),
  name TEXT NOT NULL,
  region TEXT,                                  -- six digits, GB/T 2260
  organisation TEXT                             -- places 1 to 13 of a certificate number
) STRICT;

CREATE TABLE policy (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL                            -- resolved TOML, as adopted
) STRICT, WITHOUT ROWID;

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
CREATE UNIQUE INDEX operator_os_user ON operator (os_user) WHERE os_user IS NOT NULL AND disabled = 0;

-- One row for each committed operation. Names and roles stand as they were, without a foreign key.
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
CREATE UNIQUE INDEX operation_undone_once ON operation (undoes) WHERE undoes IS NOT NULL;

-- The changes of an operation from the second on. One row for each changed row; for a bulk insert one row for each run
-- of new rows, with their digest only.
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

-- All changes, for reading.
CREATE VIEW change AS
  SELECT id AS op, 1 AS seq, first_record AS record, first_key AS key, first_upto AS upto, first_before AS before,
    first_after AS after, first_digest AS digest
  FROM operation WHERE first_record IS NOT NULL
  UNION ALL
  SELECT op, seq, record, key, upto, before, after, digest FROM further_change;

-- The third of each: INSERT OR REPLACE removes a row without asking a DELETE trigger.
CREATE TRIGGER operation_kept_replace BEFORE INSERT ON operation WHEN EXISTS (SELECT 1 FROM operation WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER change_kept_replace BEFORE INSERT ON further_change
  WHEN EXISTS (SELECT 1 FROM further_change WHERE op = new.op AND seq = new.seq)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER operation_kept_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
-- The one change that there is: what may be erased goes, its digest comes in its place.
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
CREATE TRIGGER change_kept_delete BEFORE DELETE ON further_change BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER change_kept_update BEFORE UPDATE ON further_change
  WHEN NOT (new.before IS NULL AND new.after IS NULL
    AND (new.op, new.seq, new.record, new.key, new.upto, new.digest)
    IS (old.op, old.seq, old.record, old.key, old.upto, old.digest)
    AND EXISTS (SELECT 1 FROM operation WHERE id = old.op AND content IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

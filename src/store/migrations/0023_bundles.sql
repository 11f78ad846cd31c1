-- Bundles between sites: whose keys are trusted, what was given and taken, and where a site's history came apart. Of the
-- site itself, not of a batch: nothing here goes into a bundle, and nothing here tells of people.

-- Another site's keys. A person has compared two groups of their fingerprint with paper or over the telephone.
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
CREATE UNIQUE INDEX known_site_key ON known_site (sign_key) WHERE ended_at IS NULL;
CREATE TRIGGER known_site_stays BEFORE UPDATE ON known_site
  WHEN (new.site, new.sign_key, new.lock_key, new.fingerprint) IS NOT (old.site, old.sign_key, old.lock_key, old.fingerprint)
    OR old.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a key that was trusted stays as it was'); END;

-- Bundles of this site. Each later one names these, so that whoever took one in sees that nothing of it was lost since.
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

-- Bundles of others. Who signed it and where their journal stood; NULL: nobody signed.
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
) STRICT;
CREATE INDEX bundle_taken_key ON bundle_taken (sign_key, operation);

-- A bundle that does not follow from what its site gave before: restored from an old copy, or two that go on as one.
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
CREATE TRIGGER bundle_fork_kept BEFORE DELETE ON bundle_fork WHEN old.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'what was decided is kept'); END;

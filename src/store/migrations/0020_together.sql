-- What nobody does alone: asked by the one who does it, given by another, each with their own PIN, within ten minutes.
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
CREATE INDEX countersignature_open ON countersignature (digest) WHERE used IS NULL;
CREATE TRIGGER countersignature_begins BEFORE INSERT ON countersignature
  WHEN new.given_by IS NOT NULL OR new.used IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'it is asked for first'); END;
CREATE TRIGGER countersignature_stays BEFORE UPDATE ON countersignature
  WHEN new.id <> old.id OR new.kind <> old.kind OR new.batch IS NOT old.batch OR new.digest <> old.digest OR new.said <> old.said
    OR new.roles <> old.roles OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at
    OR old.given_by IS NOT NULL AND (new.given_by IS NOT old.given_by OR new.given_at IS NOT old.given_at)
    OR old.used IS NOT NULL AND new.used IS NOT old.used
BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was, and counts once'); END;
CREATE TRIGGER countersignature_kept BEFORE DELETE ON countersignature BEGIN SELECT RAISE(ABORT, 'what was signed is kept'); END;

-- No such operation comes into the journal without the hands of two.
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
-- Where one asks and another decides, each does it with their own PIN.
CREATE TRIGGER operation_own_pin BEFORE INSERT ON operation
  WHEN new.kind IN ('marks.ask_change', 'marks.ask_unlock', 'marks.decide_change', 'marks.decide_unlock')
    AND NOT EXISTS (SELECT 1 FROM countersignature c WHERE c.used = new.id AND c.kind = new.kind AND c.asked_by = new.actor
      AND new.at BETWEEN c.asked_at AND c.asked_at + 600000)
BEGIN SELECT RAISE(ABORT, 'this wants a PIN'); END;

-- What went wrong on the exam day, who decided, and what it does to marks.
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
CREATE INDEX incident_of ON incident (application);
CREATE INDEX incident_in ON incident (session, room);

-- What a confirmed incident does to a part. Marks themselves are left as they were given.
CREATE TABLE mark_effect (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id),
  application INTEGER NOT NULL REFERENCES application (id),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical', 'review')),
  effect TEXT NOT NULL CHECK (effect IN ('void', 'minus', 'minus_share')),
  points INTEGER CHECK ((points IS NULL) = (effect = 'void')) CHECK (points > 0), -- hundredths of a point, or of a percent
  UNIQUE (incident, application, subject)
) STRICT;
CREATE INDEX mark_effect_of ON mark_effect (application, subject);

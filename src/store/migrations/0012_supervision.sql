-- Random draws of whom to inspect and who inspects, what was found, complaints, and what is due when.
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

-- Both pools of a draw as they were, so that anybody can draw again.
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

-- What was done of the dates of the notice, and the site's own tasks.
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

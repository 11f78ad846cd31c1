-- Sealed bags of papers from hand to hand, and what a room says when it is closed.
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
CREATE INDEX paper_bag_of_room ON paper_bag (session, room);

-- Every movement of a bag stays. Who counted or sealed it anew is the giver and the taker of a correction.
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
CREATE INDEX paper_event_of ON paper_event (bag);

-- The room record. Issued = collected + absent + void + spare, or a reason.
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

-- Where the scripts of a room are kept afterwards.
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

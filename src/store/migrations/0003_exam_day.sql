-- Sessions, rooms, seats, tickets, attendance.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code TEXT NOT NULL CHECK (code <> ''),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical')),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER CHECK (ends_at > starts_at),
  mode TEXT CHECK (mode IN ('paper', 'hands_on')), -- sat only by those whose practical part is held so; NULL: by all
  levels TEXT CHECK (levels <> ''),             -- digits of the levels that sit it, comma separated; NULL: all
  UNIQUE (batch, code)
) STRICT;

-- Where rooms are: a school or a company of a unit of the policy.
CREATE TABLE venue (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code INTEGER NOT NULL CHECK (code BETWEEN 0 AND 9999), -- in ticket numbers
  name TEXT NOT NULL CHECK (name <> ''),
  unit TEXT,                                    -- unit of the policy whose people sit here; NULL: everybody's
  address TEXT,
  phone TEXT,                                   -- of the office on duty
  UNIQUE (batch, code)
) STRICT;

CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  venue INTEGER NOT NULL REFERENCES venue (id),
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('desks', 'stations')),
  rows INTEGER NOT NULL CHECK (rows > 0),
  columns INTEGER NOT NULL CHECK (columns > 0), -- rows x columns: desks, or stations for hands-on work
  rounds INTEGER NOT NULL CHECK (rounds > 0),   -- how often a station is used in a session; 1 for desks
  places INTEGER CHECK (places > 0),            -- at most so many people a round; NULL: as the policy says
  door TEXT CHECK (door IN ('left', 'right')),  -- NULL: as the policy says
  name TEXT,                                    -- building and door plate
  closed TEXT CHECK (closed <> ''),             -- why nobody may be seated here any more; NULL: open
  made INTEGER NOT NULL CHECK (made IN (0, 1)), -- 1: by an arrangement, because nobody had registered a room of this kind here
  UNIQUE (batch, number)
) STRICT;

-- A desk that cannot be used.
CREATE TABLE broken_seat (
  room INTEGER NOT NULL REFERENCES room (id),
  seat INTEGER NOT NULL CHECK (seat > 0),
  reason TEXT NOT NULL CHECK (reason <> ''),
  PRIMARY KEY (room, seat)
) STRICT, WITHOUT ROWID;

-- Who needs a certain seat, and why. The seat is kept for them in every session held in that room.
CREATE TABLE special_need (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  need TEXT NOT NULL CHECK (need <> ''),
  room INTEGER REFERENCES room (id),
  seat INTEGER CHECK ((seat IS NULL) = (room IS NULL)) CHECK (seat > 0)
) STRICT;

CREATE TABLE placement (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  room INTEGER NOT NULL REFERENCES room (id),
  seat INTEGER NOT NULL CHECK (seat > 0),
  application INTEGER NOT NULL REFERENCES application (id),
  UNIQUE (session, application),
  UNIQUE (session, room, seat)
) STRICT;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL UNIQUE REFERENCES application (id),
  number TEXT NOT NULL CHECK (number <> ''),
  printed_at INTEGER,                           -- when the sheet was last made for printing; NULL: never
  UNIQUE (batch, number)
) STRICT;

-- Numbers that are void and are never given again.
CREATE TABLE void_ticket (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL REFERENCES application (id),
  number TEXT NOT NULL CHECK (number <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  at INTEGER NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  UNIQUE (batch, number)
) STRICT;
CREATE INDEX void_ticket_of ON void_ticket (application);
CREATE TRIGGER ticket_not_void BEFORE INSERT ON ticket
  WHEN EXISTS (SELECT 1 FROM void_ticket WHERE batch = new.batch AND number = new.number)
BEGIN SELECT RAISE(ABORT, 'ticket number is void'); END;

-- No row: expected. Refused: sent away at the door. Left early, handed in, misconduct: was here and is out again.
CREATE TABLE attendance (
  session INTEGER NOT NULL REFERENCES session (id),
  application INTEGER NOT NULL REFERENCES application (id),
  state TEXT NOT NULL
    CHECK (state IN ('present', 'late', 'refused', 'absent', 'left_early', 'handed_in', 'misconduct')),
  at INTEGER NOT NULL,                          -- when they came, were sent away or were marked absent
  late_minutes INTEGER CHECK (state <> 'late' OR late_minutes IS NOT NULL)
    CHECK (late_minutes IS NULL OR state NOT IN ('absent', 'refused')),
  override TEXT,                                -- why somebody was let in against the gates
  out_at INTEGER                                -- when they left the room for good
    CHECK ((out_at IS NOT NULL) = (state IN ('left_early', 'handed_in', 'misconduct'))),
  reason TEXT CHECK (state NOT IN ('refused', 'left_early', 'misconduct') OR reason <> ''),
  checked TEXT,                                 -- items of the checklist that were looked at, comma separated
  source TEXT NOT NULL CHECK (source IN ('door', 'sheet', 'closing')), -- sheet: typed from the signed paper
  PRIMARY KEY (session, application)
) STRICT, WITHOUT ROWID;

-- Counts per room, kept by triggers so that a door never waits for a count; derived, not journaled. Here: came in, also
-- those who are out again. Out: handed in, left or were removed.
CREATE TABLE room_progress (
  session INTEGER NOT NULL,
  room INTEGER NOT NULL,
  seated INTEGER NOT NULL,
  here INTEGER NOT NULL,
  absent INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  out INTEGER NOT NULL,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER progress_seat_insert AFTER INSERT ON placement BEGIN
  INSERT INTO room_progress VALUES (new.session, new.room, 1, 0, 0, 0, 0)
    ON CONFLICT (session, room) DO UPDATE SET seated = seated + 1;
END;
CREATE TRIGGER progress_seat_delete AFTER DELETE ON placement BEGIN
  UPDATE room_progress SET seated = seated - 1 WHERE session = old.session AND room = old.room;
  DELETE FROM room_progress WHERE session = old.session AND room = old.room AND seated = 0;
END;
CREATE TRIGGER progress_attendance_insert AFTER INSERT ON attendance BEGIN
  UPDATE room_progress SET here = here + (new.state NOT IN ('absent', 'refused')),
      absent = absent + (new.state = 'absent'), refused = refused + (new.state = 'refused'),
      out = out + (new.out_at IS NOT NULL)
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;
CREATE TRIGGER progress_attendance_delete AFTER DELETE ON attendance BEGIN
  UPDATE room_progress SET here = here - (old.state NOT IN ('absent', 'refused')),
      absent = absent - (old.state = 'absent'), refused = refused - (old.state = 'refused'),
      out = out - (old.out_at IS NOT NULL)
    WHERE session = old.session
      AND room = (SELECT room FROM placement WHERE session = old.session AND application = old.application);
END;
CREATE TRIGGER progress_attendance_update AFTER UPDATE OF state, out_at ON attendance BEGIN
  UPDATE room_progress SET
      here = here + (new.state NOT IN ('absent', 'refused')) - (old.state NOT IN ('absent', 'refused')),
      absent = absent + (new.state = 'absent') - (old.state = 'absent'),
      refused = refused + (new.state = 'refused') - (old.state = 'refused'),
      out = out + (new.out_at IS NOT NULL) - (old.out_at IS NOT NULL)
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;
-- A seat that is in use for attendance is neither taken away nor changed.
CREATE TRIGGER placement_attended BEFORE DELETE ON placement
  WHEN EXISTS (SELECT 1 FROM attendance WHERE session = old.session AND application = old.application)
BEGIN SELECT RAISE(ABORT, 'seat has attendance'); END;
CREATE TRIGGER placement_stays BEFORE UPDATE ON placement
BEGIN SELECT RAISE(ABORT, 'a seat is deleted and made anew'); END;

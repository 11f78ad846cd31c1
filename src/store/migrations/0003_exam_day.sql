-- Sessions, rooms, seats, tickets, attendance.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  code TEXT NOT NULL CHECK (code <> ''),
  subject TEXT NOT NULL CHECK (subject IN ('theory', 'practical')),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER CHECK (ends_at > starts_at),
  UNIQUE (batch, code)
) STRICT;

CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  number INTEGER NOT NULL CHECK (number > 0),
  rows INTEGER NOT NULL CHECK (rows > 0),
  columns INTEGER NOT NULL CHECK (columns > 0),
  UNIQUE (batch, number)
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
  UNIQUE (batch, number)
) STRICT;

-- No row: expected.
CREATE TABLE attendance (
  session INTEGER NOT NULL REFERENCES session (id),
  application INTEGER NOT NULL REFERENCES application (id),
  state TEXT NOT NULL CHECK (state IN ('present', 'late', 'absent')),
  at INTEGER NOT NULL,
  late_minutes INTEGER CHECK ((state = 'late') = (late_minutes IS NOT NULL)),
  override TEXT,                                -- why somebody was let in against the gates
  PRIMARY KEY (session, application)
) STRICT, WITHOUT ROWID;

-- Counts per room, kept by triggers so that a door never waits for a count; derived, not journaled.
CREATE TABLE room_progress (
  session INTEGER NOT NULL,
  room INTEGER NOT NULL,
  seated INTEGER NOT NULL,
  here INTEGER NOT NULL,
  absent INTEGER NOT NULL,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER progress_seat_insert AFTER INSERT ON placement BEGIN
  INSERT INTO room_progress VALUES (new.session, new.room, 1, 0, 0)
    ON CONFLICT (session, room) DO UPDATE SET seated = seated + 1;
END;
CREATE TRIGGER progress_seat_delete AFTER DELETE ON placement BEGIN
  UPDATE room_progress SET seated = seated - 1 WHERE session = old.session AND room = old.room;
  DELETE FROM room_progress WHERE session = old.session AND room = old.room AND seated = 0;
END;
CREATE TRIGGER progress_attendance_insert AFTER INSERT ON attendance BEGIN
  UPDATE room_progress SET here = here + (new.state <> 'absent'), absent = absent + (new.state = 'absent')
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;
CREATE TRIGGER progress_attendance_delete AFTER DELETE ON attendance BEGIN
  UPDATE room_progress SET here = here - (old.state <> 'absent'), absent = absent - (old.state = 'absent')
    WHERE session = old.session
      AND room = (SELECT room FROM placement WHERE session = old.session AND application = old.application);
END;
CREATE TRIGGER progress_attendance_update AFTER UPDATE OF state ON attendance BEGIN
  UPDATE room_progress SET here = here + (new.state <> 'absent') - (old.state <> 'absent'),
      absent = absent + (new.state = 'absent') - (old.state = 'absent')
    WHERE session = new.session
      AND room = (SELECT room FROM placement WHERE session = new.session AND application = new.application);
END;
-- A seat that is in use for attendance is not taken away.
CREATE TRIGGER placement_attended BEFORE DELETE ON placement
  WHEN EXISTS (SELECT 1 FROM attendance WHERE session = old.session AND application = old.application)
BEGIN SELECT RAISE(ABORT, 'seat has attendance'); END;

-- Certificates on their way to their holders, and the stock of blank forms.
-- The stock of one holder and item is a ledger: running numbers without a gap, each line with what there is after it.
CREATE TABLE stock_movement (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL CHECK (holder <> ''),    -- code of the site whose stock it is
  item TEXT NOT NULL CHECK (item IN ('certificate', 'cover')), -- 空白证书，证书外壳
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind IN ('received', 'used', 'spoilt', 'recovered', 'destroyed', 'counted', 'reversed')),
  usable INTEGER NOT NULL,                      -- by how much the usable ones change
  spoilt INTEGER NOT NULL,                      -- by how much those that wait to be destroyed change
  balance INTEGER NOT NULL CHECK (balance >= 0), -- usable ones afterwards
  to_destroy INTEGER NOT NULL CHECK (to_destroy >= 0), -- afterwards
  serials TEXT CHECK (serials <> ''),           -- printed on the forms
  responsible TEXT NOT NULL CHECK (responsible <> ''),
  witness TEXT CHECK (witness <> ''),
  counterpart TEXT CHECK (counterpart <> ''),   -- from whom, to whom, by which paper
  reverses INTEGER,                             -- number of the line that this one takes back
  reason TEXT CHECK (reason <> ''),
  moved_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (holder, item, seq),
  UNIQUE (holder, item, reverses),
  CHECK ((kind = 'reversed') = (reverses IS NOT NULL)),
  CHECK (kind <> 'received' OR (usable > 0 AND spoilt = 0)),
  CHECK (kind <> 'used' OR (usable < 0 AND spoilt = 0)),
  CHECK (kind <> 'spoilt' OR (usable < 0 AND spoilt = -usable)),
  CHECK (kind <> 'recovered' OR (usable = 0 AND spoilt > 0)),
  CHECK (kind <> 'destroyed' OR (usable = 0 AND spoilt < 0)),
  CHECK (kind NOT IN ('destroyed', 'counted') OR (witness IS NOT NULL AND witness <> responsible)),
  CHECK (kind NOT IN ('spoilt', 'reversed') OR reason IS NOT NULL),
  CHECK (kind <> 'counted' OR (usable = 0 AND spoilt = 0) OR reason IS NOT NULL)
) STRICT;
-- A line follows the one before it.
CREATE TRIGGER stock_movement_runs BEFORE INSERT ON stock_movement
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM stock_movement WHERE holder = NEW.holder AND item = NEW.item), 0)
  OR NEW.balance <> NEW.usable + coalesce((SELECT balance FROM stock_movement
       WHERE holder = NEW.holder AND item = NEW.item ORDER BY seq DESC LIMIT 1), 0)
  OR NEW.to_destroy <> NEW.spoilt + coalesce((SELECT to_destroy FROM stock_movement
       WHERE holder = NEW.holder AND item = NEW.item ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'a line of the stock follows the one before it'); END;
CREATE TRIGGER stock_movement_stays BEFORE UPDATE ON stock_movement BEGIN SELECT RAISE(ABORT, 'lines of the stock are kept'); END;
-- Only the last line can be undone.
CREATE TRIGGER stock_movement_kept BEFORE DELETE ON stock_movement
WHEN OLD.seq < (SELECT max(seq) FROM stock_movement WHERE holder = OLD.holder AND item = OLD.item)
BEGIN SELECT RAISE(ABORT, 'lines of the stock are kept'); END;

-- A certificate as a thing: the first one, and each one made again (补发) after it.
CREATE TABLE certificate_copy (
  certificate INTEGER NOT NULL REFERENCES certificate (id),
  copy INTEGER NOT NULL CHECK (copy > 0),
  made_on TEXT NOT NULL,
  movement INTEGER REFERENCES stock_movement (id), -- the line by which its blank form left the stock; NULL: made elsewhere
  blank TEXT CHECK (blank <> ''),               -- serial of the blank form
  reason TEXT CHECK (reason <> ''),             -- why it was made again
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (certificate, copy),
  CHECK ((copy > 1) = (reason IS NOT NULL))
) STRICT;
CREATE INDEX certificate_copy_movement ON certificate_copy (movement);
CREATE TRIGGER certificate_copy_in_turn BEFORE INSERT ON certificate_copy
WHEN NEW.copy <> 1 + coalesce((SELECT max(copy) FROM certificate_copy WHERE certificate = NEW.certificate), 0)
BEGIN SELECT RAISE(ABORT, 'copies are counted without a gap'); END;

-- Who was told that a certificate can be collected.
CREATE TABLE certificate_notice (
  id INTEGER PRIMARY KEY,
  certificate INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),       -- how often for this copy
  way TEXT NOT NULL CHECK (way IN ('phone', 'message', 'letter', 'posted')),
  told TEXT NOT NULL CHECK (told <> ''),        -- the person or the unit
  contact TEXT CHECK (contact <> ''),
  notified_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (certificate, copy, turn),
  FOREIGN KEY (certificate, copy) REFERENCES certificate_copy (certificate, copy)
) STRICT;

-- A copy into somebody's hands. What came back or was written down by mistake stays, with the reason.
CREATE TABLE certificate_delivery (
  id INTEGER PRIMARY KEY,
  certificate INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),       -- how often for this copy
  way TEXT NOT NULL CHECK (way IN ('own', 'unit', 'proxy', 'post')),
  taker TEXT NOT NULL CHECK (taker <> ''),      -- who signed; of a letter: to whom it went
  unit TEXT CHECK (unit <> ''),
  taker_id TEXT CHECK (taker_id <> ''),         -- document of somebody who is not the holder
  authority TEXT CHECK (authority <> ''),       -- 委托书，介绍信
  phone TEXT CHECK (phone <> ''),
  address TEXT CHECK (address <> ''),
  tracking TEXT CHECK (tracking <> ''),
  signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
  delivered_on TEXT NOT NULL,
  note TEXT CHECK (note <> ''),
  returned_on TEXT,
  returned TEXT CHECK ((returned IS NULL) = (returned_on IS NULL)), -- why
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  UNIQUE (certificate, copy, turn),
  FOREIGN KEY (certificate, copy) REFERENCES certificate_copy (certificate, copy),
  CHECK ((way = 'post') = (tracking IS NOT NULL)),
  CHECK (way <> 'post' OR address IS NOT NULL),
  CHECK (way = 'post' OR signed = 1),
  CHECK ((way = 'unit') = (unit IS NOT NULL)),
  CHECK (way NOT IN ('unit', 'proxy') OR (authority IS NOT NULL AND taker_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX certificate_delivered_once ON certificate_delivery (certificate, copy) WHERE returned_on IS NULL;
CREATE TRIGGER certificate_delivery_kept BEFORE DELETE ON certificate_delivery BEGIN SELECT RAISE(ABORT, 'deliveries are kept'); END;

-- Why a certificate is void, and what came in its place.
CREATE TABLE certificate_void (
  certificate INTEGER PRIMARY KEY REFERENCES certificate (id),
  kind TEXT NOT NULL CHECK (kind IN ('revoked', 'corrected', 'replaced')), -- 撤销，更正，补发换号
  reason TEXT NOT NULL CHECK (reason <> ''),
  sanction INTEGER REFERENCES sanction (id),
  successor INTEGER UNIQUE REFERENCES certificate (id),
  voided_on TEXT NOT NULL,
  operator INTEGER NOT NULL REFERENCES operator (id),
  at INTEGER NOT NULL,
  CHECK (sanction IS NULL OR kind = 'revoked'),
  CHECK (successor IS NULL OR successor <> certificate)
) STRICT;

-- Only coordinators issue, hand out and void, and move blank forms.
CREATE TRIGGER stock_movement_role BEFORE INSERT ON stock_movement
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;
CREATE TRIGGER certificate_copy_role BEFORE INSERT ON certificate_copy
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;
CREATE TRIGGER certificate_delivery_role BEFORE INSERT ON certificate_delivery
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;
CREATE TRIGGER certificate_void_role BEFORE INSERT ON certificate_void
  WHEN EXISTS (SELECT 1 FROM operator WHERE id = new.operator AND roles NOT LIKE '%coordinator%')
BEGIN SELECT RAISE(ABORT, 'certificates are issued by coordinators'); END;

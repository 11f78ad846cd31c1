-- Certificates. A number is never used twice, revoked or not.
CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  application INTEGER NOT NULL REFERENCES application (id),
  source TEXT NOT NULL CHECK (source IN ('own', 'imported')), -- given here; from the issuer's list
  origin TEXT CHECK (origin <> '')              -- which list of the issuer
    CHECK ((origin IS NULL) = (source = 'own')),
  prefix TEXT NOT NULL CHECK (length(prefix) = 13),
  year INTEGER NOT NULL CHECK (year BETWEEN 0 AND 99),
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  sign TEXT NOT NULL CHECK (length(sign) = 1)   -- how the level is written in the number
    CHECK (sign NOT GLOB '[0-9]' OR sign = CAST(level AS TEXT)),
  serial INTEGER NOT NULL CHECK (serial BETWEEN 1 AND 999999),
  number TEXT NOT NULL UNIQUE CHECK (number = prefix || printf('%02d%s%06d', year, sign, serial)),
  issued_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('valid', 'revoked')),
  UNIQUE (prefix, year, sign, serial)
) STRICT;
CREATE UNIQUE INDEX certificate_one_valid ON certificate (application) WHERE state = 'valid';
CREATE TRIGGER certificate_kept BEFORE DELETE ON certificate BEGIN SELECT RAISE(ABORT, 'certificate numbers are kept'); END;
CREATE TRIGGER certificate_stays BEFORE UPDATE ON certificate
  WHEN new.number <> old.number OR new.application <> old.application OR new.source <> old.source
BEGIN SELECT RAISE(ABORT, 'a certificate keeps its number and its holder'); END;

-- Serials that belong to one of the sites that share the first 13 places. A site with a segment numbers inside it only.
CREATE TABLE number_segment (
  id INTEGER PRIMARY KEY,
  prefix TEXT NOT NULL CHECK (length(prefix) = 13),
  site TEXT NOT NULL CHECK (site <> ''),        -- its code
  year INTEGER CHECK (year BETWEEN 0 AND 99),   -- NULL: every year
  first INTEGER NOT NULL CHECK (first BETWEEN 1 AND 999999),
  last INTEGER NOT NULL CHECK (last BETWEEN first AND 999999),
  document TEXT NOT NULL CHECK (document <> '') -- by which it was granted
) STRICT;
CREATE TRIGGER number_segment_apart BEFORE INSERT ON number_segment
  WHEN EXISTS (SELECT 1 FROM number_segment WHERE prefix = new.prefix AND first <= new.last AND last >= new.first
      AND (year IS NULL OR new.year IS NULL OR year = new.year))
BEGIN SELECT RAISE(ABORT, 'segments do not overlap'); END;
CREATE TRIGGER number_segment_stays BEFORE UPDATE ON number_segment
BEGIN SELECT RAISE(ABORT, 'a segment stays as it was granted'); END;
CREATE TRIGGER number_segment_used BEFORE DELETE ON number_segment
  WHEN EXISTS (SELECT 1 FROM certificate WHERE prefix = old.prefix AND serial BETWEEN old.first AND old.last
      AND source = 'own' AND (old.year IS NULL OR year = old.year))
BEGIN SELECT RAISE(ABORT, 'numbers of the segment are in use'); END;

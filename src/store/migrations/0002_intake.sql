-- Batches and the applications filed in them. A person is a snapshot inside the application.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name TEXT NOT NULL,
  policy TEXT NOT NULL REFERENCES policy (digest),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed'))
) STRICT;

CREATE TABLE application (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  sequence INTEGER,                             -- 序号 of the office's sheet
  occupation TEXT NOT NULL,                     -- code of the catalogue
  occupation_name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  condition TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  id_reversed TEXT NOT NULL,                    -- for searching by the tail
  name TEXT NOT NULL CHECK (name <> ''),
  name_chars TEXT NOT NULL,                     -- the name with a blank between characters, for searching inside it
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  other_readings TEXT NOT NULL,                 -- further pinyin and initials, blank separated
  sex TEXT NOT NULL CHECK (sex IN ('male', 'female', 'unknown')),
  birth TEXT,
  phone TEXT NOT NULL,
  has_certificate INTEGER NOT NULL CHECK (has_certificate IN (0, 1)),
  prior_level INTEGER CHECK (prior_level BETWEEN 1 AND 5),
  prior_number TEXT,
  education TEXT NOT NULL,
  province TEXT NOT NULL,
  source TEXT NOT NULL,
  unit TEXT,
  signup_unit TEXT NOT NULL,
  route TEXT NOT NULL,                          -- 认定分类
  major TEXT,
  sitting TEXT NOT NULL,                        -- 考试类型
  ethnic_group TEXT NOT NULL,
  work_since TEXT,
  email TEXT,
  years INTEGER,                                -- claimed, not computed
  household TEXT,
  politics TEXT,
  education_number TEXT,
  resume TEXT,
  address TEXT,
  delivery TEXT,
  postcode TEXT,
  post_address TEXT,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'withdrawn')),
  paid_at INTEGER,                              -- milliseconds since 1970; NULL: not paid
  UNIQUE (batch, id_number, document_kind, occupation, level)
) STRICT;
CREATE INDEX application_by_name ON application (batch, name);
CREATE INDEX application_by_initials ON application (batch, initials, pinyin);
CREATE INDEX application_by_tail ON application (batch, id_reversed);

-- Search inside names and by further readings; follows the table by triggers.
CREATE VIRTUAL TABLE name_search USING fts5 (chars, readings, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'full');
CREATE TRIGGER name_search_insert AFTER INSERT ON application BEGIN
  INSERT INTO name_search (rowid, chars, readings) VALUES (new.id, new.name_chars, new.other_readings);
END;
CREATE TRIGGER name_search_delete AFTER DELETE ON application BEGIN
  DELETE FROM name_search WHERE rowid = old.id;
END;
CREATE TRIGGER name_search_update AFTER UPDATE OF name_chars, other_readings ON application BEGIN
  UPDATE name_search SET chars = new.name_chars, readings = new.other_readings WHERE rowid = new.id;
END;

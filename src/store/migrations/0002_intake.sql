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
  sequence TEXT,                                -- 序号 of the office's sheet
  occupation TEXT NOT NULL,                     -- code of the catalogue
  occupation_name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  condition TEXT,
  document TEXT NOT NULL,                       -- kind of identity document
  id_number TEXT NOT NULL CHECK (id_number <> ''),
  id_reversed TEXT NOT NULL,                    -- for searching by the tail
  name TEXT NOT NULL CHECK (name <> ''),
  name_chars TEXT NOT NULL,                     -- the name with a blank between characters, for searching inside it
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  other_readings TEXT NOT NULL,                 -- further pinyin and initials, blank separated
  sex TEXT CHECK (sex IN ('male', 'female')),
  birth TEXT,
  phone TEXT,
  has_certificate INTEGER CHECK (has_certificate IN (0, 1)),
  certificate_level INTEGER CHECK (certificate_level BETWEEN 1 AND 5),
  certificate_no TEXT,
  education TEXT,
  region TEXT,
  source TEXT,
  employer TEXT,
  registered_by TEXT,
  category TEXT,                                -- 认定分类
  major TEXT,
  attempt TEXT,                                 -- 考试类型
  ethnic_group TEXT,
  work_began TEXT,
  email TEXT,
  years INTEGER,                                -- claimed, not computed
  household TEXT,
  politics TEXT,
  diploma_no TEXT,
  experience TEXT,
  address TEXT,
  delivery TEXT,
  postcode TEXT,
  mailing_address TEXT,
  route TEXT NOT NULL CHECK (route IN ('first', 'promotion', 'transfer', 'recognition', 'veteran', 'resettled')),
  direction TEXT,                               -- 工种、职业方向
  unit TEXT,                                    -- the policy's unit that takes the applicant
  employer_code TEXT,                           -- 统一社会信用代码 of the employer
  registration_no TEXT,                         -- number given by the platform where the applicant registered
  achievements TEXT,                            -- 技术革新、竞赛成绩、传授技艺
  strengths TEXT,                               -- 技术特长、业绩
  pledged_on TEXT,                              -- day on which the integrity pledge was signed
  original_at INTEGER,                          -- when the signed original of the form came in
  training INTEGER CHECK (training IN (0, 1)),  -- wishes to take the training before the exam
  state TEXT NOT NULL
    CHECK (state IN ('submitted', 'returned', 'approved', 'rejected', 'excluded', 'withdrawn')),
  paid_at INTEGER,                              -- milliseconds since 1970; NULL: not paid
  UNIQUE (batch, id_number, document, occupation, level)
) STRICT;
CREATE INDEX application_by_name ON application (batch, name);
CREATE INDEX application_by_initials ON application (batch, initials, pinyin);
CREATE INDEX application_by_tail ON application (batch, id_reversed);

-- Search inside names and by further readings. Changes and deletions follow by triggers; new rows are added by the
-- writer, because a trigger would make the text index write its lists out after every single row.
CREATE VIRTUAL TABLE name_search USING fts5 (chars, readings, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'full');
CREATE TRIGGER name_search_delete AFTER DELETE ON application BEGIN
  DELETE FROM name_search WHERE rowid = old.id;
END;
CREATE TRIGGER name_search_update AFTER UPDATE OF name_chars, other_readings ON application BEGIN
  UPDATE name_search SET chars = new.name_chars, readings = new.other_readings WHERE rowid = new.id;
END;

-- What one person could still do where two are wanted, and how far back a bundle's word of earlier ones goes.

-- Where one asks and another decides, each does it with their own PIN; a founded re-check asks for a change too.
DROP TRIGGER operation_own_pin;
CREATE TRIGGER operation_own_pin BEFORE INSERT ON operation
  WHEN (new.kind IN ('marks.ask_change', 'marks.ask_unlock', 'marks.decide_change', 'marks.decide_unlock')
      OR new.kind = 'publicity.decide' AND ',' || new.changes || ',' LIKE '%,mark_change,%')
    AND NOT EXISTS (SELECT 1 FROM countersignature c WHERE c.used = new.id AND c.kind = new.kind AND c.asked_by = new.actor
      AND new.at BETWEEN c.asked_at AND c.asked_at + 600000)
BEGIN SELECT RAISE(ABORT, 'this wants a PIN'); END;

-- Who signs marks off gives none. Accounts that came in with another site's rows cannot sign on; a whole site that comes into an
-- empty home, before the first line of its journal, comes as it is.
CREATE TRIGGER operator_score_manager_gives_no_marks BEFORE INSERT ON operator
  WHEN new.disabled = 0 AND EXISTS (SELECT 1 FROM operation) AND new.roles LIKE '%score_manager%' AND new.roles LIKE '%reviewer%'
BEGIN SELECT RAISE(ABORT, 'who signs marks off gives none'); END;
CREATE TRIGGER operator_score_manager_begins_no_marks BEFORE UPDATE OF roles ON operator
  WHEN new.disabled = 0 AND new.roles <> old.roles AND new.roles LIKE '%score_manager%' AND new.roles LIKE '%reviewer%'
BEGIN SELECT RAISE(ABORT, 'who signs marks off gives none'); END;

-- How far back the bundles go that a bundle names: operation of the oldest. NULL: it was taken in before this was kept.
ALTER TABLE bundle_taken ADD COLUMN reaches INTEGER;

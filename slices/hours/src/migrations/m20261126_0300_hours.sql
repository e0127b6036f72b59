-- An entry of a volunteer service record. Honour hours are the sum of the minutes that are confirmed
-- or withdrawn: what was confirmed and later found not to be so stays, and an opposite entry with
-- the same day and negative minutes stands against it (reverses_id). No state leads back, so that
-- the state itself refuses the slower of two people. Whose entry was taken back may object: an entry
-- of the same day and length (renews_id) then waits for who had no part in it. Once its person was erased an entry belongs to
-- nobody, and one that was not confirmed is gone.
CREATE TABLE service (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  person_id {id},
  origin TEXT NOT NULL CHECK (origin IN ('activity', 'post', 'time_bank', 'entry')),
  source_id {id},
  day TEXT NOT NULL,
  begun_minute {int} CHECK (begun_minute BETWEEN 0 AND 1439),
  minutes {int} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'refused', 'objected', 'upheld', 'withdrawn')),
  is_late {int} NOT NULL CHECK (is_late IN (0, 1)),
  is_bulk {int} NOT NULL CHECK (is_bulk IN (0, 1)),
  is_own {int} NOT NULL CHECK (is_own IN (0, 1)),
  item_id {id},
  reverses_id {id},
  renews_id {id},
  entered_at {int} NOT NULL,
  entered_by {id},
  settled_at {int},
  settled_by {id},
  decided_at {int},
  decided_by {id},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, origin, source_id),
  UNIQUE (community_id, reverses_id),
  UNIQUE (community_id, renews_id),
  CHECK ((state = 'withdrawn' AND minutes < 0 AND reverses_id IS NOT NULL) OR (state <> 'withdrawn' AND minutes > 0 AND reverses_id IS NULL)),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, reverses_id) REFERENCES service (community_id, id),
  FOREIGN KEY (community_id, renews_id) REFERENCES service (community_id, id),
  FOREIGN KEY (community_id, entered_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, settled_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, decided_by) REFERENCES account (community_id, id)
);
CREATE INDEX service_by_person ON service (community_id, person_id, day);
CREATE INDEX service_by_day ON service (community_id, day);
CREATE INDEX service_unsettled ON service (community_id, state, id) WHERE state IN ('waiting', 'objected');

-- What was done, why it was refused, what its owner says to that, what was decided, why it was taken
-- back. Gone with its person.
CREATE TABLE service_words (
  community_id {id} NOT NULL,
  service_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('done', 'refused', 'objection', 'decision', 'withdrawn')),
  words TEXT NOT NULL,
  PRIMARY KEY (community_id, service_id, kind),
  FOREIGN KEY (community_id, service_id) REFERENCES service (community_id, id)
);

-- Labelled entries that chance drew: the desk asks the receiver or the volunteer whether it was so.
CREATE TABLE service_call (
  community_id {id} NOT NULL,
  service_id {id} NOT NULL,
  drawn_at {int} NOT NULL,
  answer TEXT CHECK (answer IN ('so', 'not_so')),
  tries {int} NOT NULL,
  asked_at {int},
  asked_by {id},
  PRIMARY KEY (community_id, service_id),
  FOREIGN KEY (community_id, service_id) REFERENCES service (community_id, id),
  FOREIGN KEY (community_id, asked_by) REFERENCES account (community_id, id)
);
CREATE INDEX service_call_open ON service_call (community_id, drawn_at) WHERE answer IS NULL;

-- Entries that a person should look at. It is about entries, never a mark on a person: what was
-- found right says so and stays with the entry. other_id is the entry it does not go with, or
-- the entry itself.
CREATE TABLE service_flag (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  service_id {id} NOT NULL,
  other_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('overlap', 'long_day', 'many_short', 'ahead', 'circle', 'not_so', 'doubt')),
  state TEXT NOT NULL CHECK (state IN ('open', 'to_leader', 'right', 'withdrawn')),
  raised_at {int} NOT NULL,
  looked_at {int},
  looked_by {id},
  looked TEXT NOT NULL,
  reviewed_at {int},
  reviewed_by {id},
  reviewed TEXT NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, service_id, kind, other_id),
  FOREIGN KEY (community_id, service_id) REFERENCES service (community_id, id),
  FOREIGN KEY (community_id, other_id) REFERENCES service (community_id, id),
  FOREIGN KEY (community_id, looked_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, reviewed_by) REFERENCES account (community_id, id)
);
CREATE INDEX service_flag_by_state ON service_flag (community_id, state, id);

-- A proof that its holder made. content is what it shows, as JSON, frozen and sealed when it was
-- made; it is emptied when the holder takes it back or is erased.
CREATE TABLE certificate (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  number TEXT NOT NULL,
  person_id {id},
  content TEXT NOT NULL,
  seal {bytes} NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  issued_at {int} NOT NULL,
  withdrawn_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, number),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX certificate_by_person ON certificate (community_id, person_id);

-- A spreadsheet of hours on its way in. body is its table, locked; it is gone when the file is
-- taken in, or after a day.
CREATE TABLE hours_import (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  account_id {id},
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  body {bytes},
  entered {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);

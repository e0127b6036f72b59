-- A dwelling and its address. building_id, grid_id and micro_grid_id point into the map room;
-- a household whose address is not on the map has none of them.
CREATE TABLE household (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  building_id {id},
  unit TEXT NOT NULL,
  room TEXT NOT NULL,
  address_text TEXT NOT NULL,
  address_key TEXT NOT NULL,
  grid_id {id},
  micro_grid_id {id},
  import_id {id},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX household_by_grid ON household (community_id, grid_id);
CREATE INDEX household_by_micro_grid ON household (community_id, micro_grid_id);
CREATE INDEX household_by_building ON household (community_id, building_id, unit, room);
CREATE INDEX household_by_address ON household (community_id, address_key);
CREATE INDEX household_by_import ON household (community_id, import_id) WHERE import_id IS NOT NULL;

-- The closed field list (promise 3). A column is added here only with a purpose, a ground and a
-- retention told in the privacy notice; never an identity number, ethnicity, belief, politics,
-- health, income, or any rating of a person.
CREATE TABLE person (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  household_id {id},
  name TEXT NOT NULL,
  name_pinyin TEXT NOT NULL,
  name_initials TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
  birth_date TEXT,
  phone_locked {bytes},
  phone_index {bytes},
  relation TEXT NOT NULL CHECK (relation IN ('head', 'spouse', 'child', 'child_in_law', 'parent', 'grandchild', 'grandparent', 'sibling', 'other')),
  residence TEXT NOT NULL CHECK (residence IN ('registered', 'resident', 'tenant')),
  import_id {id},
  erased_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX person_by_household ON person (community_id, household_id);
CREATE INDEX person_by_pinyin ON person (community_id, name_pinyin, id);
CREATE INDEX person_by_initials ON person (community_id, name_initials);
CREATE INDEX person_by_phone ON person (community_id, phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX person_by_import ON person (community_id, import_id) WHERE import_id IS NOT NULL;

-- The consent ledger (rule R15): a row for each time it was given, closed when withdrawn.
CREATE TABLE consent (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('contact', 'photos', 'employer_feedback')),
  version {int} NOT NULL,
  given_at {int} NOT NULL,
  withdrawn_at {int},
  helper_account {id},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE UNIQUE INDEX consent_in_force ON consent (community_id, person_id, purpose) WHERE withdrawn_at IS NULL;
CREATE INDEX consent_by_person ON consent (community_id, person_id);

-- What a resident asks the desk to correct (rule R18: answered within 15 days, with reasons).
CREATE TABLE people_correction (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('name', 'address')),
  wish TEXT NOT NULL,
  at {int} NOT NULL,
  decided_at {int},
  decision TEXT CHECK (decision IN ('granted', 'refused')),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX people_correction_open ON people_correction (community_id, at) WHERE decided_at IS NULL;
CREATE INDEX people_correction_by_person ON people_correction (community_id, person_id);

-- A register file on its way in. body is its table, locked; it is gone when the file is loaded,
-- or after a day.
CREATE TABLE people_import (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  account_id {id},
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'done', 'undone')),
  mapping TEXT NOT NULL,
  body {bytes},
  entered {int} NOT NULL DEFAULT 0,
  corrected {int} NOT NULL DEFAULT 0,
  at {int} NOT NULL,
  undo_until {int},
  PRIMARY KEY (community_id, id)
);

-- What corrected rows said before, locked, for taking the file back within a day.
CREATE TABLE people_import_row (
  community_id {id} NOT NULL,
  import_id {id} NOT NULL,
  person_id {id} NOT NULL,
  version {int} NOT NULL,
  before {bytes} NOT NULL,
  PRIMARY KEY (community_id, import_id, person_id),
  FOREIGN KEY (community_id, import_id) REFERENCES people_import (community_id, id)
);
CREATE INDEX people_import_row_by_person ON people_import_row (community_id, person_id);

CREATE TABLE account (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  sign_in_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT,
  person_id BLOB,
  password_hash TEXT,
  totp_secret BLOB,
  totp_last_step INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  disabled_at INTEGER,
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, sign_in_name)
);
CREATE TABLE alert (
  community_id BLOB NOT NULL,
  id BLOB NOT NULL,
  account_id BLOB NOT NULL,
  message TEXT NOT NULL,
  argument TEXT NOT NULL,
  link TEXT NOT NULL,
  at INTEGER NOT NULL,
  read_at INTEGER,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX alert_by_account ON alert (community_id, account_id, id);
CREATE TABLE api_token (
  community_id BLOB NOT NULL,
  token_hash BLOB NOT NULL,
  account_id BLOB NOT NULL,
  label TEXT NOT NULL,
  acts TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE TABLE area (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('city', 'district', 'subdistrict', 'community', 'grid', 'micro_grid', 'building')),
  parent_id BLOB,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  geometry TEXT,
  label_lon REAL,
  label_lat REAL,
  area_m2 REAL,
  valid_from INTEGER NOT NULL,
  valid_until INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, parent_id) REFERENCES area (community_id, id)
);
CREATE UNIQUE INDEX area_by_code ON area (community_id, level, code) WHERE valid_until IS NULL AND code <> '';
CREATE INDEX area_by_parent ON area (community_id, parent_id);
CREATE TABLE area_import (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  account_id BLOB NOT NULL,
  level TEXT NOT NULL,
  datum TEXT NOT NULL,
  replaces INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  body TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX area_import_by_age ON area_import (community_id, made_at);
CREATE TABLE area_revision (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  revision INTEGER NOT NULL,
  PRIMARY KEY (community_id)
);
CREATE TABLE category (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  parent_id BLOB,
  kind TEXT NOT NULL CHECK (kind IN ('component', 'event')),
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  hint_zh TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  what_next_zh TEXT NOT NULL,
  what_next_en TEXT NOT NULL,
  due_minutes INTEGER NOT NULL,
  is_public_default INTEGER NOT NULL CHECK (is_public_default IN (0, 1)),
  is_urgent INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
  sort INTEGER NOT NULL,
  retired_at INTEGER,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, code),
  FOREIGN KEY (community_id, parent_id) REFERENCES category (community_id, id)
);
CREATE TABLE community (
  community_id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('community', 'district')),
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  district_id BLOB,
  founded_at INTEGER NOT NULL
);
CREATE TABLE consent (
  community_id BLOB NOT NULL,
  id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('contact', 'photos', 'employer_feedback')),
  version INTEGER NOT NULL,
  given_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  helper_account BLOB,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX consent_by_person ON consent (community_id, person_id);
CREATE UNIQUE INDEX consent_in_force ON consent (community_id, person_id, purpose) WHERE withdrawn_at IS NULL;
CREATE TABLE dispatch_rule (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  position INTEGER NOT NULL,
  category_id BLOB,
  area_id BLOB,
  hours TEXT NOT NULL CHECK (hours IN ('any', 'working', 'off')),
  target TEXT NOT NULL CHECK (target IN ('handler', 'grid_worker')),
  handler_id BLOB,
  retired_at INTEGER,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, category_id) REFERENCES category (community_id, id),
  FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, handler_id) REFERENCES handler (community_id, id)
);
CREATE TABLE door_link (
  community_id BLOB NOT NULL,
  token_hash BLOB NOT NULL,
  account_id BLOB NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE TABLE duty (
  community_id BLOB NOT NULL,
  id BLOB NOT NULL,
  account_id BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('administrator', 'staff', 'grid_worker', 'micro_grid_head', 'handler', 'district_viewer')),
  area_id BLOB,
  handler_id BLOB,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX duty_by_account ON duty (community_id, account_id);
CREATE INDEX duty_by_area ON duty (community_id, area_id, kind);
CREATE TABLE event (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  account_id BLOB,
  subject_kind TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  person_id BLOB,
  body TEXT NOT NULL,
  seal INTEGER,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX event_by_person ON event (community_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX event_by_seal ON event (community_id, seal, id) WHERE seal IS NOT NULL;
CREATE INDEX event_by_subject ON event (community_id, subject_kind, subject_id, id);
CREATE INDEX event_unsealed ON event (community_id, id) WHERE seal IS NULL;
CREATE TABLE handler (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('desk', 'property', 'department', 'volunteer', 'other')),
  phone TEXT NOT NULL,
  note TEXT NOT NULL,
  retired_at INTEGER,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, name)
);
CREATE TABLE household (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  building_id BLOB,
  unit TEXT NOT NULL,
  room TEXT NOT NULL,
  address_text TEXT NOT NULL,
  address_key TEXT NOT NULL,
  grid_id BLOB,
  micro_grid_id BLOB,
  import_id BLOB,
  version INTEGER NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX household_by_address ON household (community_id, address_key);
CREATE INDEX household_by_building ON household (community_id, building_id, unit, room);
CREATE INDEX household_by_grid ON household (community_id, grid_id);
CREATE INDEX household_by_import ON household (community_id, import_id) WHERE import_id IS NOT NULL;
CREATE INDEX household_by_micro_grid ON household (community_id, micro_grid_id);
CREATE TABLE idempotent_answer (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  account_id BLOB NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, key)
);
CREATE TABLE job (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  leased_until INTEGER,
  failed_at INTEGER,
  last_error TEXT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX job_due ON job (run_at) WHERE failed_at IS NULL;
CREATE TABLE migration (name TEXT PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE people_correction (
  community_id BLOB NOT NULL,
  id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('name', 'address')),
  wish TEXT NOT NULL,
  at INTEGER NOT NULL,
  decided_at INTEGER,
  decision TEXT CHECK (decision IN ('granted', 'refused')),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX people_correction_by_person ON people_correction (community_id, person_id);
CREATE INDEX people_correction_open ON people_correction (community_id, at) WHERE decided_at IS NULL;
CREATE TABLE people_import (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  account_id BLOB,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'done', 'undone')),
  mapping TEXT NOT NULL,
  body BLOB,
  entered INTEGER NOT NULL DEFAULT 0,
  corrected INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  undo_until INTEGER,
  PRIMARY KEY (community_id, id)
);
CREATE TABLE people_import_row (
  community_id BLOB NOT NULL,
  import_id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  before BLOB NOT NULL,
  PRIMARY KEY (community_id, import_id, person_id),
  FOREIGN KEY (community_id, import_id) REFERENCES people_import (community_id, id)
);
CREATE INDEX people_import_row_by_person ON people_import_row (community_id, person_id);
CREATE TABLE person (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  household_id BLOB,
  name TEXT NOT NULL,
  name_pinyin TEXT NOT NULL,
  name_initials TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
  birth_date TEXT,
  phone_locked BLOB,
  phone_index BLOB,
  relation TEXT NOT NULL CHECK (relation IN ('head', 'spouse', 'child', 'child_in_law', 'parent', 'grandchild', 'grandparent', 'sibling', 'other')),
  residence TEXT NOT NULL CHECK (residence IN ('registered', 'resident', 'tenant')),
  import_id BLOB,
  erased_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX person_by_household ON person (community_id, household_id);
CREATE INDEX person_by_import ON person (community_id, import_id) WHERE import_id IS NOT NULL;
CREATE INDEX person_by_initials ON person (community_id, name_initials);
CREATE INDEX person_by_phone ON person (community_id, phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX person_by_pinyin ON person (community_id, name_pinyin, id);
CREATE TABLE photo (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  jpeg BLOB NOT NULL,
  thumbnail BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX photo_by_subject ON photo (community_id, subject_kind, subject_id, position);
CREATE TABLE request (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  number TEXT NOT NULL,
  source_number TEXT,
  code_hash BLOB NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  category_id BLOB NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('web', 'desk', 'telephone', 'inspection', 'import')),
  place_text TEXT NOT NULL,
  building_id BLOB,
  grid_id BLOB,
  micro_grid_id BLOB,
  lon REAL,
  lat REAL,
  account_id BLOB,
  person_id BLOB,
  contact_name TEXT,
  contact_locked BLOB,
  is_published INTEGER NOT NULL CHECK (is_published IN (0, 1)),
  -- Its pictures in order: ids divided by blanks.
  photos TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'triaged', 'dispatched', 'in_progress', 'explained', 'answered', 'called_back', 'closed')),
  exit TEXT CHECK (exit IN ('answered_now', 'emergency', 'other_channel', 'duplicate', 'secrecy_privacy', 'outside_duty', 'unlawful')),
  handler_id BLOB,
  assignee_account_id BLOB,
  rule_id BLOB,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  dispatched_at INTEGER,
  taken_up_at INTEGER,
  answered_at INTEGER,
  called_back_at INTEGER,
  closed_at INTEGER,
  reopened INTEGER NOT NULL CHECK (reopened IN (0, 1)),
  reached INTEGER CHECK (reached IN (0, 1)),
  resolved INTEGER CHECK (resolved IN (0, 1)),
  satisfied INTEGER CHECK (satisfied IN (0, 1)),
  entered_by_account BLOB,
  version INTEGER NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, number),
  UNIQUE (community_id, source_number),
  FOREIGN KEY (community_id, category_id) REFERENCES category (community_id, id),
  FOREIGN KEY (community_id, handler_id) REFERENCES handler (community_id, id),
  FOREIGN KEY (community_id, rule_id) REFERENCES dispatch_rule (community_id, id),
  FOREIGN KEY (community_id, building_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, grid_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, micro_grid_id) REFERENCES area (community_id, id)
);
CREATE INDEX request_by_account ON request (community_id, account_id, received_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX request_by_category ON request (community_id, category_id, received_at, id);
CREATE INDEX request_by_grid ON request (community_id, grid_id, received_at, id);
CREATE INDEX request_by_handler ON request (community_id, handler_id, state, received_at, id);
CREATE INDEX request_by_person ON request (community_id, person_id, received_at, id) WHERE person_id IS NOT NULL;
CREATE INDEX request_by_state ON request (community_id, state, received_at, id);
CREATE INDEX request_by_time ON request (community_id, received_at, id);
CREATE INDEX request_open ON request (community_id, due_at, id, state) WHERE state <> 'closed';
CREATE INDEX request_open_grid ON request (community_id, grid_id, due_at, id) WHERE state <> 'closed';
CREATE INDEX request_open_handler ON request (community_id, handler_id, due_at, id) WHERE state <> 'closed';
CREATE INDEX request_published ON request (community_id, received_at, id) WHERE is_published = 1;
CREATE TABLE request_counter (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (community_id, year)
);
CREATE TABLE request_import (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  id BLOB NOT NULL,
  account_id BLOB NOT NULL,
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  body BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE TABLE request_note (
  community_id BLOB NOT NULL,
  id BLOB NOT NULL,
  request_id BLOB NOT NULL,
  account_id BLOB,
  is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)),
  words TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);
CREATE INDEX request_note_by_request ON request_note (community_id, request_id, id);
CREATE TABLE request_worker (
  community_id BLOB NOT NULL,
  request_id BLOB NOT NULL,
  account_id BLOB NOT NULL,
  PRIMARY KEY (community_id, request_id, account_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);
CREATE TABLE seal (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  number INTEGER NOT NULL,
  events INTEGER NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, number)
);
CREATE TABLE search_posting (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  kind TEXT NOT NULL,
  token TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  occurrences INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (community_id, kind, token, subject_id)
);
CREATE INDEX search_posting_by_subject ON search_posting (community_id, kind, subject_id);
CREATE TABLE search_total (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  kind TEXT NOT NULL,
  subjects INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (community_id, kind)
);
CREATE TABLE session (
  community_id BLOB NOT NULL,
  token_hash BLOB NOT NULL,
  account_id BLOB NOT NULL,
  device TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX session_by_account ON session (community_id, account_id);
CREATE TABLE setting (
  community_id BLOB NOT NULL REFERENCES community (community_id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (community_id, key)
);

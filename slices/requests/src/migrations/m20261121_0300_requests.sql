-- Kinds of matter, two levels; a component (a lamp) or an event (noise).
CREATE TABLE category (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  parent_id {id},
  kind TEXT NOT NULL CHECK (kind IN ('component', 'event')),
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  hint_zh TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  what_next_zh TEXT NOT NULL,
  what_next_en TEXT NOT NULL,
  due_minutes {int} NOT NULL,
  is_public_default {int} NOT NULL CHECK (is_public_default IN (0, 1)),
  is_urgent {int} NOT NULL CHECK (is_urgent IN (0, 1)),
  sort {int} NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, code),
  FOREIGN KEY (community_id, parent_id) REFERENCES category (community_id, id)
);

-- Parties that handle requests.
CREATE TABLE handler (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('desk', 'property', 'department', 'volunteer', 'other')),
  phone TEXT NOT NULL,
  note TEXT NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, name)
);

-- The dispatch table: in order of position, the first line that fits decides.
CREATE TABLE dispatch_rule (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  position {int} NOT NULL,
  category_id {id},
  area_id {id},
  hours TEXT NOT NULL CHECK (hours IN ('any', 'working', 'off')),
  target TEXT NOT NULL CHECK (target IN ('handler', 'grid_worker')),
  handler_id {id},
  retired_at {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, category_id) REFERENCES category (community_id, id),
  FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, handler_id) REFERENCES handler (community_id, id)
);

CREATE TABLE request_counter (
  community_id {id} NOT NULL REFERENCES community (community_id),
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (community_id, year)
);

CREATE TABLE request (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  number TEXT NOT NULL,
  source_number TEXT,
  code_hash {bytes} NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  category_id {id} NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('web', 'desk', 'telephone', 'inspection', 'import')),
  place_text TEXT NOT NULL,
  building_id {id},
  grid_id {id},
  micro_grid_id {id},
  lon {real},
  lat {real},
  account_id {id},
  person_id {id},
  contact_name TEXT,
  contact_locked {bytes},
  is_published {int} NOT NULL CHECK (is_published IN (0, 1)),
  -- Its pictures in order: ids divided by blanks.
  photos TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'triaged', 'dispatched', 'in_progress', 'explained', 'answered', 'called_back', 'closed')),
  exit TEXT CHECK (exit IN ('answered_now', 'emergency', 'other_channel', 'duplicate', 'secrecy_privacy', 'outside_duty', 'unlawful')),
  handler_id {id},
  assignee_account_id {id},
  rule_id {id},
  received_at {int} NOT NULL,
  due_at {int} NOT NULL,
  dispatched_at {int},
  taken_up_at {int},
  answered_at {int},
  called_back_at {int},
  closed_at {int},
  reopened {int} NOT NULL CHECK (reopened IN (0, 1)),
  reached {int} CHECK (reached IN (0, 1)),
  resolved {int} CHECK (resolved IN (0, 1)),
  satisfied {int} CHECK (satisfied IN (0, 1)),
  entered_by_account {id},
  version {int} NOT NULL,
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
-- Open matters are few whatever the table has grown to: the workbench reads these, and counts them
-- without a look at the rows.
CREATE INDEX request_open ON request (community_id, due_at, id, state) WHERE state <> 'closed';
CREATE INDEX request_open_grid ON request (community_id, grid_id, due_at, id) WHERE state <> 'closed';
CREATE INDEX request_open_handler ON request (community_id, handler_id, due_at, id) WHERE state <> 'closed';
CREATE INDEX request_by_time ON request (community_id, received_at, id);
CREATE INDEX request_by_state ON request (community_id, state, received_at, id);
CREATE INDEX request_by_grid ON request (community_id, grid_id, received_at, id);
CREATE INDEX request_by_handler ON request (community_id, handler_id, state, received_at, id);
CREATE INDEX request_by_category ON request (community_id, category_id, received_at, id);
CREATE INDEX request_by_account ON request (community_id, account_id, received_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX request_by_person ON request (community_id, person_id, received_at, id) WHERE person_id IS NOT NULL;
CREATE INDEX request_published ON request (community_id, received_at, id) WHERE is_published = 1;

CREATE TABLE request_note (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  request_id {id} NOT NULL,
  account_id {id},
  is_told {int} NOT NULL CHECK (is_told IN (0, 1)),
  words TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);
CREATE INDEX request_note_by_request ON request_note (community_id, request_id, id);

-- Everybody who handled it: they may not ask the requester how it went.
CREATE TABLE request_worker (
  community_id {id} NOT NULL,
  request_id {id} NOT NULL,
  account_id {id} NOT NULL,
  PRIMARY KEY (community_id, request_id, account_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);

-- A file of requests between its preview and its loading, kept for a day.
CREATE TABLE request_import (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  account_id {id} NOT NULL,
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  body {bytes} NOT NULL,
  made_at {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);

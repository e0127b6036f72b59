-- A tenant: a community, or the district that looks after several.
CREATE TABLE community (
  community_id {id} PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('community', 'district')),
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  district_id {id},
  founded_at {int} NOT NULL
);

CREATE TABLE setting (
  community_id {id} NOT NULL REFERENCES community (community_id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (community_id, key)
);

-- Append-only; seal is set once, by the sealer.
CREATE TABLE event (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  at {int} NOT NULL,
  name TEXT NOT NULL,
  account_id {id},
  subject_kind TEXT NOT NULL,
  subject_id {id} NOT NULL,
  person_id {id},
  body TEXT NOT NULL,
  seal {int},
  PRIMARY KEY (community_id, id)
);
CREATE INDEX event_by_subject ON event (community_id, subject_kind, subject_id, id);
CREATE INDEX event_by_person ON event (community_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX event_unsealed ON event (community_id, id) WHERE seal IS NULL;
CREATE INDEX event_by_seal ON event (community_id, seal, id) WHERE seal IS NOT NULL;

CREATE TABLE seal (
  community_id {id} NOT NULL REFERENCES community (community_id),
  number {int} NOT NULL,
  events {int} NOT NULL,
  hash {bytes} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, number)
);

CREATE TABLE job (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at {int} NOT NULL,
  attempts {int} NOT NULL,
  leased_until {int},
  failed_at {int},
  last_error TEXT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX job_due ON job (run_at) WHERE failed_at IS NULL;

CREATE TABLE account (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  sign_in_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT,
  person_id {id},
  password_hash TEXT,
  totp_secret {bytes},
  totp_last_step {int} NOT NULL DEFAULT 0,
  failures {int} NOT NULL DEFAULT 0,
  locked_until {int} NOT NULL DEFAULT 0,
  disabled_at {int},
  opened_at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, sign_in_name)
);

CREATE TABLE session (
  community_id {id} NOT NULL,
  token_hash {bytes} NOT NULL,
  account_id {id} NOT NULL,
  device TEXT NOT NULL,
  begun_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX session_by_account ON session (community_id, account_id);

-- Invitation and reset links: the link carries the token, the table its hash.
CREATE TABLE door_link (
  community_id {id} NOT NULL,
  token_hash {bytes} NOT NULL,
  account_id {id} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  ends_at {int} NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);

CREATE TABLE api_token (
  community_id {id} NOT NULL,
  token_hash {bytes} NOT NULL,
  account_id {id} NOT NULL,
  label TEXT NOT NULL,
  acts TEXT NOT NULL,
  made_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  PRIMARY KEY (community_id, token_hash),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);

-- Who is on duty where, since when. area_id and handler_id point into the rooms that own them.
CREATE TABLE duty (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  account_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('administrator', 'staff', 'grid_worker', 'micro_grid_head', 'handler', 'district_viewer')),
  area_id {id},
  handler_id {id},
  since {int} NOT NULL,
  until {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX duty_by_account ON duty (community_id, account_id);
CREATE INDEX duty_by_area ON duty (community_id, area_id, kind);

-- Character bigrams; the same on both databases (research: BM25 over bigrams).
CREATE TABLE search_posting (
  community_id {id} NOT NULL REFERENCES community (community_id),
  kind TEXT NOT NULL,
  token TEXT NOT NULL,
  subject_id {id} NOT NULL,
  occurrences {int} NOT NULL,
  length {int} NOT NULL,
  PRIMARY KEY (community_id, kind, token, subject_id)
) {clustered};
CREATE INDEX search_posting_by_subject ON search_posting (community_id, kind, subject_id);

CREATE TABLE search_total (
  community_id {id} NOT NULL REFERENCES community (community_id),
  kind TEXT NOT NULL,
  subjects {int} NOT NULL,
  length {int} NOT NULL,
  PRIMARY KEY (community_id, kind)
);

CREATE TABLE photo (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id {id} NOT NULL,
  position {int} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  jpeg {bytes} NOT NULL,
  thumbnail {bytes} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX photo_by_subject ON photo (community_id, subject_kind, subject_id, position);

CREATE TABLE alert (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  account_id {id} NOT NULL,
  message TEXT NOT NULL,
  argument TEXT NOT NULL,
  link TEXT NOT NULL,
  at {int} NOT NULL,
  read_at {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX alert_by_account ON alert (community_id, account_id, id);

-- A request to the API that may be repeated: what was answered the first time.
CREATE TABLE idempotent_answer (
  community_id {id} NOT NULL REFERENCES community (community_id),
  account_id {id} NOT NULL,
  key TEXT NOT NULL,
  fingerprint {bytes} NOT NULL,
  status {int} NOT NULL,
  body TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, account_id, key)
);

-- Keys of other systems. The key itself was shown once; here lies its fingerprint.
CREATE TABLE open311_key (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  fingerprint {bytes} NOT NULL,
  -- What the other system is called.
  name TEXT NOT NULL,
  -- The account it acts for.
  account_id {id} NOT NULL,
  -- Whether the other system asks its requesters if their matter may be published.
  may_publish {int} NOT NULL CHECK (may_publish IN (0, 1)),
  made_at {int} NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, fingerprint),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);

-- Which matter came with which key.
CREATE TABLE open311_received (
  community_id {id} NOT NULL,
  request_id {id} NOT NULL,
  key_id {id} NOT NULL,
  PRIMARY KEY (community_id, request_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id),
  FOREIGN KEY (community_id, key_id) REFERENCES open311_key (community_id, id)
);

-- Updates that came with a key, by the mark of the other system: each is done once.
CREATE TABLE open311_update (
  community_id {id} NOT NULL,
  key_id {id} NOT NULL,
  update_id TEXT NOT NULL,
  request_id {id} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, key_id, update_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id),
  FOREIGN KEY (community_id, key_id) REFERENCES open311_key (community_id, id)
);

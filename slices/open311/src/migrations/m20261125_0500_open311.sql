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
CREATE INDEX open311_received_by_key ON open311_received (community_id, key_id, request_id);

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

-- Servers that we send to and read from.
CREATE TABLE open311_peer (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  -- The address before /services.json.
  address TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  -- Our key there, in the vault.
  key_locked {bytes},
  -- The account for which is done what comes from there.
  account_id {id} NOT NULL,
  -- Matters of this party go there.
  handler_id {id},
  -- Whether open requests from there come in.
  is_imported {int} NOT NULL CHECK (is_imported IN (0, 1)),
  read_until {int} NOT NULL,
  next_read_at {int} NOT NULL,
  -- What stood in the way of the last reading; empty when nothing did.
  trouble TEXT NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, name),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, handler_id) REFERENCES handler (community_id, id)
);

-- Which category is which service there.
CREATE TABLE open311_service (
  community_id {id} NOT NULL,
  peer_id {id} NOT NULL,
  category_id {id} NOT NULL,
  service_code TEXT NOT NULL,
  PRIMARY KEY (community_id, peer_id, category_id),
  FOREIGN KEY (community_id, peer_id) REFERENCES open311_peer (community_id, id),
  FOREIGN KEY (community_id, category_id) REFERENCES category (community_id, id)
);

-- Matters that go to another server.
CREATE TABLE open311_sent (
  community_id {id} NOT NULL,
  peer_id {id} NOT NULL,
  request_id {id} NOT NULL,
  -- Its number here.
  number TEXT NOT NULL,
  -- Unclear: it was sent and no answer came, so that it may be there or not.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'unclear', 'token', 'sent', 'refused')),
  token TEXT,
  remote_id TEXT,
  -- What the other server said when it refused.
  trouble TEXT NOT NULL,
  changed_at {int} NOT NULL,
  PRIMARY KEY (community_id, peer_id, request_id),
  UNIQUE (community_id, peer_id, remote_id),
  FOREIGN KEY (community_id, peer_id) REFERENCES open311_peer (community_id, id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);

-- Updates that were read from another server, by its marks: each is done once.
CREATE TABLE open311_heard (
  community_id {id} NOT NULL,
  peer_id {id} NOT NULL,
  update_id TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, peer_id, update_id),
  FOREIGN KEY (community_id, peer_id) REFERENCES open311_peer (community_id, id)
);

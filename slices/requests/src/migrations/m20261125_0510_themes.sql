-- Matters that come again and again, taken on together by an owner with a plan.
CREATE TABLE theme (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  -- Who answers for it: a person or a party.
  owner_account_id {id},
  owner_handler_id {id},
  until_at {int} NOT NULL,
  opened_at {int} NOT NULL,
  published_at {int},
  closed_at {int},
  -- What came of it; empty until it is closed.
  result TEXT NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, owner_handler_id) REFERENCES handler (community_id, id),
  CHECK ((owner_account_id IS NULL) <> (owner_handler_id IS NULL))
);

-- A matter belongs to one theme at most.
CREATE TABLE theme_matter (
  community_id {id} NOT NULL,
  request_id {id} NOT NULL,
  theme_id {id} NOT NULL,
  joined_at {int} NOT NULL,
  PRIMARY KEY (community_id, request_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id),
  FOREIGN KEY (community_id, theme_id) REFERENCES theme (community_id, id)
);
CREATE INDEX theme_matter_by_theme ON theme_matter (community_id, theme_id, request_id);

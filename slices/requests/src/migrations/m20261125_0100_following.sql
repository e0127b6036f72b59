-- Who follows a matter that somebody else raised: one more who is told. A matter that the desk joined to another follows it
-- through its own requester (joined_id); split again, the row goes. Name and number are asked for only by who wants a call.
CREATE TABLE request_follower (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  request_id {id} NOT NULL,
  account_id {id},
  -- Fingerprint of the follower's own code; empty for one that has none.
  code_hash {bytes} NOT NULL,
  contact_name TEXT,
  contact_locked {bytes},
  joined_id {id},
  -- Whether it is resolved for them too, since it was answered last.
  is_resolved {int} CHECK (is_resolved IN (0, 1)),
  at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, joined_id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id),
  FOREIGN KEY (community_id, joined_id) REFERENCES request (community_id, id)
);
CREATE INDEX request_follower_by_request ON request_follower (community_id, request_id, id);
-- An account follows a matter once.
CREATE UNIQUE INDEX request_follower_once ON request_follower (community_id, request_id, account_id)
  WHERE account_id IS NOT NULL AND joined_id IS NULL;

-- What may be the same is looked for while somebody types: near by, in the same building, among the newest, among what was
-- closed last.
CREATE INDEX request_open_point ON request (community_id, lat, lon, is_published, received_at, id)
  WHERE state <> 'closed';
CREATE INDEX request_open_building ON request (community_id, building_id) WHERE state <> 'closed';
CREATE INDEX request_open_newest ON request (community_id, received_at) WHERE state <> 'closed';
CREATE INDEX request_closed_last ON request (community_id, closed_at, category_id, exit) WHERE closed_at IS NOT NULL;

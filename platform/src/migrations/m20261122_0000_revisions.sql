-- How often the rows have been changed of which each instance keeps a copy in memory, by topic.
CREATE TABLE revision (
  community_id {id} NOT NULL REFERENCES community (community_id),
  topic TEXT NOT NULL,
  revision {int} NOT NULL,
  PRIMARY KEY (community_id, topic)
);

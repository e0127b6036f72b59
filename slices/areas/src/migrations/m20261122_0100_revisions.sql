-- The house counts revisions now.
INSERT INTO revision (community_id, topic, revision)
  SELECT community_id, 'areas.atlas', revision FROM area_revision;
DROP TABLE area_revision;

-- More kinds of duty: the head of a community, the mediators and the head of their committee.
-- A CHECK cannot be changed in place on SQLite, so the table is made anew.
ALTER TABLE duty RENAME TO duty_before;
CREATE TABLE duty (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  account_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('administrator', 'staff', 'grid_worker', 'micro_grid_head', 'handler', 'district_viewer', 'leader', 'mediator', 'mediation_head')),
  area_id {id},
  handler_id {id},
  since {int} NOT NULL,
  until {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
INSERT INTO duty (community_id, id, account_id, kind, area_id, handler_id, since, until)
  SELECT community_id, id, account_id, kind, area_id, handler_id, since, until FROM duty_before;
DROP TABLE duty_before;
CREATE INDEX duty_by_account ON duty (community_id, account_id);
CREATE INDEX duty_by_area ON duty (community_id, area_id, kind);

-- What neighbours can lend a hand with. It is a list of things to offer, never of grades.
CREATE TABLE skill (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort {int} NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, code)
);

-- Who offers what, by their own word only; the row goes when they take it back.
CREATE TABLE account_skill (
  community_id {id} NOT NULL,
  account_id {id} NOT NULL,
  skill_id {id} NOT NULL,
  since {int} NOT NULL,
  PRIMARY KEY (community_id, account_id, skill_id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, skill_id) REFERENCES skill (community_id, id)
);
CREATE INDEX account_skill_by_skill ON account_skill (community_id, skill_id, account_id);

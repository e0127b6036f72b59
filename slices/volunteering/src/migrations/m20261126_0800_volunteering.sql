-- Somebody who said that they might be asked, and how: by themselves alone, until they leave. times
-- has a bit for each part of the week, from Monday morning to Sunday evening.
CREATE TABLE volunteer (
  community_id {id} NOT NULL REFERENCES community (community_id),
  person_id {id} NOT NULL,
  times {int} NOT NULL CHECK (times BETWEEN 0 AND 2097151),
  reach_m {int},
  askings_max {int} NOT NULL CHECK (askings_max BETWEEN 1 AND 8),
  since {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (community_id, person_id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);

-- A standing role. slots as times above; none of them means on call. places are for each slot.
CREATE TABLE post (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  area_id {id},
  place TEXT NOT NULL,
  slots {int} NOT NULL CHECK (slots BETWEEN 0 AND 2097151),
  places {int} NOT NULL CHECK (places BETWEEN 1 AND 50),
  shift_minutes {int} NOT NULL CHECK (shift_minutes BETWEEN 15 AND 720),
  weight TEXT NOT NULL CHECK (weight IN ('usual', 'important', 'vital')),
  contact TEXT NOT NULL,
  contact_account_id {id},
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  written_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, contact_account_id) REFERENCES account (community_id, id)
);
CREATE INDEX post_by_state ON post (community_id, state, name, id);
CREATE INDEX post_by_contact ON post (community_id, contact_account_id) WHERE contact_account_id IS NOT NULL;

CREATE TABLE post_skill (
  community_id {id} NOT NULL,
  post_id {id} NOT NULL,
  skill_id {id} NOT NULL,
  PRIMARY KEY (community_id, post_id, skill_id),
  FOREIGN KEY (community_id, post_id) REFERENCES post (community_id, id),
  FOREIGN KEY (community_id, skill_id) REFERENCES skill (community_id, id)
);

-- A place that is taken; the row goes when it is given back. slot is -1 on call, day empty for every
-- week. Nobody is at two posts in one slot of the week.
CREATE TABLE post_claim (
  community_id {id} NOT NULL,
  post_id {id} NOT NULL,
  person_id {id} NOT NULL,
  slot {int} NOT NULL CHECK (slot BETWEEN -1 AND 20),
  day TEXT NOT NULL,
  since {int} NOT NULL,
  PRIMARY KEY (community_id, post_id, person_id, slot, day),
  FOREIGN KEY (community_id, post_id) REFERENCES post (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE UNIQUE INDEX post_claim_one_at_a_time ON post_claim (community_id, person_id, slot, day) WHERE slot >= 0;

-- That somebody was asked. What they answered is not kept: it ends, and rests for a while. reasons
-- are those that they were told, one word each.
CREATE TABLE post_asking (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  post_id {id} NOT NULL,
  person_id {id} NOT NULL,
  slot {int} NOT NULL CHECK (slot BETWEEN -1 AND 20),
  day TEXT NOT NULL,
  reasons TEXT NOT NULL,
  at {int} NOT NULL,
  ended_at {int},
  rest_until {int} NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, post_id) REFERENCES post (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE UNIQUE INDEX post_asking_open ON post_asking (community_id, person_id, post_id, slot, day) WHERE ended_at IS NULL;
CREATE INDEX post_asking_by_post ON post_asking (community_id, post_id);

-- Who wishes not to be asked for a post.
CREATE TABLE post_unasked (
  community_id {id} NOT NULL,
  post_id {id} NOT NULL,
  person_id {id} NOT NULL,
  since {int} NOT NULL,
  PRIMARY KEY (community_id, post_id, person_id),
  FOREIGN KEY (community_id, post_id) REFERENCES post (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX post_unasked_by_person ON post_unasked (community_id, person_id);

-- When a volunteer was asked for anything, here or in another room, so that the shares stay fair.
CREATE TABLE volunteer_asked (
  community_id {id} NOT NULL,
  person_id {id} NOT NULL,
  id {id} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, person_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);

-- One time that somebody was at a post.
CREATE TABLE post_shift (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  post_id {id} NOT NULL,
  person_id {id} NOT NULL,
  day TEXT NOT NULL,
  begun_at {int},
  minutes {int} CHECK (minutes BETWEEN 1 AND 720),
  state TEXT NOT NULL CHECK (state IN ('begun', 'ended', 'confirmed')),
  noted_by {id},
  confirmed_by {id},
  confirmed_at {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, post_id) REFERENCES post (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX post_shift_by_person ON post_shift (community_id, person_id, day);
CREATE INDEX post_shift_by_post ON post_shift (community_id, post_id, state);
CREATE UNIQUE INDEX post_shift_running ON post_shift (community_id, person_id) WHERE state = 'begun';

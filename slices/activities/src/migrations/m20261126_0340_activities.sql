-- Something that is held, once or as a series. Days are YYYY-MM-DD and times HH:MM where people here
-- live. The rule (first_day to exceptions) is what the plan says; once it is announced, each date is
-- a row of activity_occurrence and the rule stays as it was laid out.
CREATE TABLE activity (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  place TEXT NOT NULL,
  area_id {id},
  kind TEXT NOT NULL CHECK (kind IN ('community', 'interest_group', 'group_work', 'class', 'shift', 'party_day', 'garden_day', 'meeting')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'draft', 'published', 'over', 'cancelled', 'declined')),
  origin TEXT NOT NULL CHECK (origin IN ('resident', 'community')),
  eligibility TEXT NOT NULL,
  organiser_id {id},
  proposer_account_id {id},
  proposer_id {id},
  capacity {int},
  first_day TEXT NOT NULL,
  start_time TEXT NOT NULL,
  minutes {int} NOT NULL,
  cadence TEXT NOT NULL CHECK (cadence IN ('once', 'weekly', 'fortnightly', 'monthly')),
  times {int},
  last_day TEXT,
  exceptions TEXT NOT NULL,
  is_service {int} NOT NULL CHECK (is_service IN (0, 1)),
  gives_item {id},
  reason TEXT NOT NULL DEFAULT '',
  made_at {int} NOT NULL,
  published_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, area_id) REFERENCES area (community_id, id),
  FOREIGN KEY (community_id, organiser_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, proposer_account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, proposer_id) REFERENCES person (community_id, id)
);
CREATE INDEX activity_by_state ON activity (community_id, state, made_at);
CREATE INDEX activity_by_proposer ON activity (community_id, proposer_account_id) WHERE proposer_account_id IS NOT NULL;
CREATE INDEX activity_by_organiser ON activity (community_id, organiser_id) WHERE organiser_id IS NOT NULL;

-- One date of an activity. Whoever changes sign-ups or the roll of a date has this row to itself.
CREATE TABLE activity_occurrence (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  activity_id {id} NOT NULL,
  day TEXT NOT NULL,
  starts_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'cancelled')),
  reason TEXT NOT NULL DEFAULT '',
  reminded_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, activity_id) REFERENCES activity (community_id, id)
);
CREATE INDEX activity_occurrence_by_activity ON activity_occurrence (community_id, activity_id, starts_at);
CREATE INDEX activity_occurrence_by_start ON activity_occurrence (community_id, starts_at, id);

-- That somebody takes part in a date. person_id goes when their entry in the register is erased.
CREATE TABLE activity_sign_up (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  occurrence_id {id} NOT NULL,
  person_id {id},
  state TEXT NOT NULL CHECK (state IN ('signed_up', 'waiting', 'offered', 'declined', 'withdrawn', 'offer_expired')),
  origin TEXT NOT NULL CHECK (origin IN ('self', 'family', 'desk')),
  account_id {id},
  at {int} NOT NULL,
  offered_until {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, occurrence_id) REFERENCES activity_occurrence (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE UNIQUE INDEX activity_sign_up_live ON activity_sign_up (community_id, occurrence_id, person_id) WHERE state IN ('signed_up', 'waiting', 'offered');
CREATE INDEX activity_sign_up_by_occurrence ON activity_sign_up (community_id, occurrence_id, state);
CREATE INDEX activity_sign_up_by_person ON activity_sign_up (community_id, person_id) WHERE person_id IS NOT NULL;

-- That somebody was at a date, from when to when. No place, no picture (rule R11). labels are words
-- of the model, divided by spaces, that ask for a second person; call is what came of asking the one
-- who was there.
CREATE TABLE attendance (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  occurrence_id {id} NOT NULL,
  person_id {id},
  state TEXT NOT NULL CHECK (state IN ('in', 'waiting', 'confirmed', 'refused')),
  how TEXT NOT NULL CHECK (how IN ('door_code', 'own_code', 'hand', 'paper')),
  in_at {int} NOT NULL,
  out_at {int},
  minutes {int} NOT NULL,
  labels TEXT NOT NULL,
  reason TEXT NOT NULL,
  entered_by {id},
  entered_at {int} NOT NULL,
  ended_by {id},
  confirmed_by {id},
  confirmed_at {int},
  call TEXT CHECK (call IN ('due', 'agreed', 'disputed', 'unreached')),
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, occurrence_id, person_id),
  CHECK (minutes BETWEEN 0 AND 1440),
  FOREIGN KEY (community_id, occurrence_id) REFERENCES activity_occurrence (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, entered_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, ended_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, confirmed_by) REFERENCES account (community_id, id)
);
CREATE INDEX attendance_by_person ON attendance (community_id, person_id, in_at) WHERE person_id IS NOT NULL;
CREATE INDEX attendance_waiting ON attendance (community_id, occurrence_id) WHERE state = 'waiting';
CREATE INDEX attendance_to_call ON attendance (community_id, confirmed_at) WHERE call = 'due';

-- What was answered to an entry of a phone that was without signal: sent again it is answered alike.
CREATE TABLE activity_scan (
  community_id {id} NOT NULL,
  occurrence_id {id} NOT NULL,
  id {id} NOT NULL,
  answer TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, occurrence_id, id),
  FOREIGN KEY (community_id, occurrence_id) REFERENCES activity_occurrence (community_id, id)
);

-- How often an account had the address of its own calendar made: the address holds the number,
-- sealed, so that an older one opens nothing.
CREATE TABLE activity_calendar_link (
  community_id {id} NOT NULL,
  account_id {id} NOT NULL,
  number {int} NOT NULL,
  PRIMARY KEY (community_id, account_id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);

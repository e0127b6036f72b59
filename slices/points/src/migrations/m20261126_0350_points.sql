-- A version of the points scheme, with the decision of the assembly that adopted it.
CREATE TABLE points_scheme (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  number {int} NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('drafted', 'deliberated', 'adopted', 'noticed', 'in_force', 'superseded', 'withdrawn')),
  drafted_by {id} NOT NULL,
  deliberated_by {id},
  deliberation TEXT,
  assembly TEXT CHECK (assembly IN ('residents', 'representatives', 'households')),
  adopted_on TEXT,
  votes_for {int},
  votes_against {int},
  document TEXT,
  notice_ends_at {int},
  in_force_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, number),
  FOREIGN KEY (community_id, drafted_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, deliberated_by) REFERENCES account (community_id, id)
);
CREATE UNIQUE INDEX points_scheme_in_force ON points_scheme (community_id) WHERE state = 'in_force';

-- An act for which a version gives points. The stem is the same in every later version that takes
-- the item over. Points are positive; there is no other kind.
CREATE TABLE points_item (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  scheme_id {id} NOT NULL,
  stem_id {id} NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('time', 'hour')),
  points {int} NOT NULL CHECK (points BETWEEN 1 AND 1000),
  day_cap {int} NOT NULL,
  month_cap {int} NOT NULL,
  evidence TEXT NOT NULL,
  confirmer TEXT NOT NULL CHECK (confirmer IN ('staff', 'leader')),
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, scheme_id, stem_id),
  CHECK (day_cap >= points AND month_cap >= day_cap),
  FOREIGN KEY (community_id, scheme_id) REFERENCES points_scheme (community_id, id)
);

-- What somebody said against a version while it was noticed, and the answer.
CREATE TABLE points_scheme_word (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  scheme_id {id} NOT NULL,
  account_id {id} NOT NULL,
  said TEXT NOT NULL,
  said_at {int} NOT NULL,
  answer TEXT,
  answered_by {id},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, scheme_id) REFERENCES points_scheme (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, answered_by) REFERENCES account (community_id, id)
);
CREATE INDEX points_scheme_word_by_scheme ON points_scheme_word (community_id, scheme_id, id);

-- A claim, and what became of it. The quantity is in times, or in minutes where hours count; the
-- day is YYYY-MM-DD; due_points are those that the next posting grants. When the person is
-- erased, person_id and the words go, the figures stay.
CREATE TABLE points_claim (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id},
  item_id {id} NOT NULL,
  quantity {int} NOT NULL,
  points {int} NOT NULL CHECK (points BETWEEN 1 AND 10000),
  due_points {int} NOT NULL,
  day TEXT NOT NULL,
  evidence TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('own', 'desk', 'attendance', 'service')),
  source_id {id},
  is_late {int} NOT NULL CHECK (is_late IN (0, 1)),
  raised_by {id},
  raised_at {int} NOT NULL,
  check_due_at {int} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'noticed', 'objected', 'posted', 'refused', 'appealed', 'reversed', 'closed', 'withdrawn')),
  first_checked_by {id},
  checked_by {id},
  reason TEXT,
  alias TEXT,
  notice_ends_at {int},
  appeal_until {int},
  posted_at {int},
  transfer_id {id},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, origin, source_id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, item_id) REFERENCES points_item (community_id, id),
  FOREIGN KEY (community_id, raised_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, first_checked_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, checked_by) REFERENCES account (community_id, id)
);
CREATE INDEX points_claim_by_state ON points_claim (community_id, state, notice_ends_at);
CREATE INDEX points_claim_by_person ON points_claim (community_id, person_id, day);

-- An objection to a notice, or an appeal against a refusal or a reversal.
CREATE TABLE points_review (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  claim_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('objection', 'appeal')),
  said TEXT NOT NULL,
  raised_by {id} NOT NULL,
  raised_at {int} NOT NULL,
  due_at {int} NOT NULL,
  verdict TEXT CHECK (verdict IN ('upheld', 'not_upheld')),
  decided_at {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, claim_id) REFERENCES points_claim (community_id, id),
  FOREIGN KEY (community_id, raised_by) REFERENCES account (community_id, id)
);
CREATE INDEX points_review_by_claim ON points_review (community_id, claim_id, id);

-- Who looks at it, and what each says: 1 when the objection or appeal is right.
CREATE TABLE points_panel (
  community_id {id} NOT NULL,
  review_id {id} NOT NULL,
  account_id {id} NOT NULL,
  is_upheld {int} CHECK (is_upheld IN (0, 1)),
  reason TEXT,
  said_at {int},
  PRIMARY KEY (community_id, review_id, account_id),
  FOREIGN KEY (community_id, review_id) REFERENCES points_review (community_id, id),
  FOREIGN KEY (community_id, account_id) REFERENCES account (community_id, id)
);
CREATE INDEX points_panel_by_account ON points_panel (community_id, account_id, review_id);

-- What one person proposes and a second confirms: a fund, the reversal of a grant, a write-off.
CREATE TABLE points_proposal (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fund', 'reversal', 'write_off')),
  subject_id {id},
  amount {int} NOT NULL CHECK (amount > 0),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'withdrawn')),
  proposed_by {id} NOT NULL,
  proposed_at {int} NOT NULL,
  ended_by {id},
  ended_at {int},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, proposed_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, ended_by) REFERENCES account (community_id, id)
);
CREATE INDEX points_proposal_by_state ON points_proposal (community_id, state, id);

-- Something in the shop. Its stock lies on a shelf of the ledger.
CREATE TABLE reward (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('goods', 'service')),
  price {int} NOT NULL CHECK (price BETWEEN 1 AND 100000),
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- A reservation: pieces and points are held in the ledger until it is collected or ends. The code
-- lies locked, to be shown to the resident again, and as a fingerprint, to be found by.
CREATE TABLE redemption (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id},
  reward_id {id} NOT NULL,
  pieces {int} NOT NULL CHECK (pieces > 0),
  points {int} NOT NULL CHECK (points > 0),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'collected', 'cancelled', 'expired', 'called_off')),
  code_locked {bytes},
  code_print {bytes},
  points_hold {id} NOT NULL,
  stock_hold {id} NOT NULL,
  reserved_at {int} NOT NULL,
  keep_until {int} NOT NULL,
  ended_at {int},
  handed_by {id},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, code_print),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, reward_id) REFERENCES reward (community_id, id),
  FOREIGN KEY (community_id, handed_by) REFERENCES account (community_id, id)
);
CREATE INDEX redemption_by_person ON redemption (community_id, person_id, state);
CREATE INDEX redemption_by_reward ON redemption (community_id, reward_id, state);
CREATE INDEX redemption_by_hold ON redemption (community_id, points_hold);

-- A common purpose to which neighbours give points.
CREATE TABLE points_purpose (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  is_open {int} NOT NULL CHECK (is_open IN (0, 1)),
  opened_at {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- A gift to a common purpose. When the person is erased, person_id goes.
CREATE TABLE points_gift (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  purpose_id {id} NOT NULL,
  person_id {id},
  points {int} NOT NULL CHECK (points > 0),
  given_at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, purpose_id) REFERENCES points_purpose (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX points_gift_by_purpose ON points_gift (community_id, purpose_id);

-- A code with which a resident lets the desk look at their points once, as a fingerprint. It goes
-- when it is used; what is too old is refused, and goes with the next one.
CREATE TABLE points_glance (
  community_id {id} NOT NULL,
  code_print {bytes} NOT NULL,
  person_id {id} NOT NULL,
  good_until {int} NOT NULL,
  PRIMARY KEY (community_id, code_print),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX points_glance_by_person ON points_glance (community_id, person_id);

-- Kinds of help that can be asked for; a settable list of things that need no profession.
CREATE TABLE timebank_kind (
  community_id {id} NOT NULL REFERENCES community (community_id),
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort {int} NOT NULL,
  retired_at {int},
  PRIMARY KEY (community_id, code)
);
INSERT INTO timebank_kind (community_id, code, name_zh, name_en, sort)
SELECT c.community_id, k.code, k.name_zh, k.name_en, k.sort FROM community c CROSS JOIN (
  SELECT 'comfort' AS code, '精神慰藉' AS name_zh, 'Company and comfort' AS name_en, 1 AS sort
  UNION ALL SELECT 'errand', '生活帮扶', 'Help in daily life', 2
  UNION ALL SELECT 'outing', '陪同出行', 'Going out together', 3
  UNION ALL SELECT 'culture', '文体活动', 'Culture and sport', 4
  UNION ALL SELECT 'health', '健康科普', 'Talks on health', 5
  UNION ALL SELECT 'law', '法律援助', 'Help with the law', 6
  UNION ALL SELECT 'training', '培训讲座', 'Training', 7
  UNION ALL SELECT 'fraud', '防诈指导', 'Guarding against fraud', 8
) k;

-- Who opened a time account. What is in it lies in the ledger. guardian_noted_by is who took down
-- the guardian's consent of somebody under age.
CREATE TABLE timebank_member (
  community_id {id} NOT NULL,
  person_id {id} NOT NULL,
  opened_at {int} NOT NULL,
  guardian_noted_by {id},
  closed_at {int},
  closed_how TEXT CHECK (closed_how IN ('holder', 'desk')),
  PRIMARY KEY (community_id, person_id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, guardian_noted_by) REFERENCES account (community_id, id)
);

CREATE TABLE timebank_counter (
  community_id {id} NOT NULL REFERENCES community (community_id),
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (community_id, year)
);

-- A help. Words (where, what exactly, a telephone, what was said on a call-back, why it is
-- disputed) lie in words_locked, which is emptied some time after the end. needs_coordinator is
-- of this help and says nothing of a person. cover says whose credit pays: 'open' while nobody has
-- said. code is what the receiver tells the giver to sign in and out.
CREATE TABLE timebank_help (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'offered', 'matched', 'reserved', 'signed_in', 'signed_out', 'confirmed', 'disputed', 'posted', 'posted_in_part', 'cancelled', 'no_show')),
  origin TEXT NOT NULL CHECK (origin IN ('web', 'desk')),
  kind TEXT NOT NULL,
  grid_id {id},
  micro_grid_id {id},
  starts_at {int} NOT NULL,
  minutes {int} NOT NULL,
  needs_coordinator {int} NOT NULL CHECK (needs_coordinator IN (0, 1)),
  is_contact_shared {int} NOT NULL CHECK (is_contact_shared IN (0, 1)),
  receiver_id {id},
  relative_id {id},
  giver_id {id},
  cover TEXT NOT NULL CHECK (cover IN ('own', 'relative', 'fund', 'pool', 'open')),
  words_locked {bytes},
  hold_id {id},
  code TEXT,
  code_tries {int} NOT NULL,
  signed_in_at {int},
  signed_in_by {id},
  signed_out_at {int},
  signed_out_by {id},
  signed_minutes {int},
  answer_by {int},
  confirmed_minutes {int},
  disputed_by TEXT CHECK (disputed_by IN ('receiver', 'giver', 'coordinator')),
  disputed_at {int},
  posted_minutes {int},
  pooled_minutes {int},
  asked_at {int} NOT NULL,
  asked_by {id},
  ended_at {int},
  erased_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, number),
  FOREIGN KEY (community_id, kind) REFERENCES timebank_kind (community_id, code),
  FOREIGN KEY (community_id, receiver_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, relative_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, giver_id) REFERENCES person (community_id, id)
);
CREATE INDEX timebank_help_open ON timebank_help (community_id, starts_at, id) WHERE ended_at IS NULL;
CREATE INDEX timebank_help_ended ON timebank_help (community_id, ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX timebank_help_by_receiver ON timebank_help (community_id, receiver_id, starts_at);
CREATE INDEX timebank_help_by_relative ON timebank_help (community_id, relative_id, starts_at);
CREATE INDEX timebank_help_by_giver ON timebank_help (community_id, giver_id, starts_at);

-- Who offered to help; the row goes when they take it back. is_phone_shared: whether the receiver
-- may have their telephone number once they are chosen.
CREATE TABLE timebank_offer (
  community_id {id} NOT NULL,
  help_id {id} NOT NULL,
  person_id {id} NOT NULL,
  is_phone_shared {int} NOT NULL CHECK (is_phone_shared IN (0, 1)),
  offered_at {int} NOT NULL,
  PRIMARY KEY (community_id, help_id, person_id),
  FOREIGN KEY (community_id, help_id) REFERENCES timebank_help (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX timebank_offer_by_person ON timebank_offer (community_id, person_id);

-- Two people who are direct relatives, each by their own word. first_id < second_id; kind says what
-- the second is to the first. A helper is who noted a consent on paper.
CREATE TABLE timebank_tie (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  first_id {id} NOT NULL,
  second_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('spouse', 'parent', 'child', 'grandparent', 'grandchild')),
  first_agreed_at {int},
  first_helper {id},
  second_agreed_at {int},
  second_helper {id},
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, first_id, second_id),
  FOREIGN KEY (community_id, first_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, second_id) REFERENCES person (community_id, id)
);
CREATE INDEX timebank_tie_by_second ON timebank_tie (community_id, second_id);

-- A gift of time between direct relatives that is offered; the row goes when it is answered.
CREATE TABLE timebank_gift (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  from_id {id} NOT NULL,
  to_id {id} NOT NULL,
  minutes {int} NOT NULL,
  hold_id {id} NOT NULL,
  offered_at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, from_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, to_id) REFERENCES person (community_id, id)
);
CREATE INDEX timebank_gift_by_from ON timebank_gift (community_id, from_id);
CREATE INDEX timebank_gift_by_to ON timebank_gift (community_id, to_id);

-- A group of volunteers: its hours go to the pool and nowhere else.
CREATE TABLE timebank_group (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  name TEXT NOT NULL,
  entered_at {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, name)
);

-- What one person at the desk proposes and another decides. The reason is locked, and erased with
-- the words of the help that it is about.
CREATE TABLE timebank_proposal (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fund', 'cover', 'group', 'close')),
  help_id {id},
  person_id {id},
  group_id {id},
  source TEXT CHECK (source IN ('fund', 'pool')),
  minutes {int} NOT NULL,
  reason_locked {bytes},
  proposed_by {id} NOT NULL,
  proposed_at {int} NOT NULL,
  decided_by {id},
  decided_at {int},
  decision TEXT CHECK (decision IN ('granted', 'refused')),
  PRIMARY KEY (community_id, id),
  CHECK (decided_by <> proposed_by),
  FOREIGN KEY (community_id, help_id) REFERENCES timebank_help (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id),
  FOREIGN KEY (community_id, group_id) REFERENCES timebank_group (community_id, id),
  FOREIGN KEY (community_id, proposed_by) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, decided_by) REFERENCES account (community_id, id)
);
CREATE INDEX timebank_proposal_open ON timebank_proposal (community_id, proposed_at) WHERE decided_at IS NULL;
CREATE INDEX timebank_proposal_by_help ON timebank_proposal (community_id, help_id);

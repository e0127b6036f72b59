CREATE TABLE mediation_counter (
  community_id {id} NOT NULL REFERENCES community (community_id),
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (community_id, year)
);

-- A dispute in people's mediation. All words (what it is about, names and telephones of the
-- parties, a tie that was declared, the court's number) lie in words_locked, which is emptied some
-- years after the end. Days are YYYY-MM-DD, where people here live.
CREATE TABLE mediation (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('applied', 'offered', 'consented', 'mediator_set', 'in_session', 'agreed', 'performing', 'followed_up', 'confirmation_sought', 'fulfilled', 'terminated', 'declined')),
  origin TEXT NOT NULL CHECK (origin IN ('web', 'desk', 'offered')),
  subject TEXT NOT NULL CHECK (subject IN ('neighbours', 'property', 'housing', 'family', 'damage', 'contract', 'other', 'status')),
  words_locked {bytes},
  a_account_id {id},
  a_consented_on TEXT,
  a_consented_how TEXT CHECK (a_consented_how IN ('web', 'in_person', 'telephone', 'written')),
  b_account_id {id},
  b_consented_on TEXT,
  b_consented_how TEXT CHECK (b_consented_how IN ('web', 'in_person', 'telephone', 'written')),
  mediator_id {id},
  second_mediator_id {id},
  is_chosen_by_parties {int} NOT NULL CHECK (is_chosen_by_parties IN (0, 1)),
  agreed_form TEXT CHECK (agreed_form IN ('written', 'oral')),
  agreed_on TEXT,
  in_effect_on TEXT,
  sought_on TEXT,
  decided_on TEXT,
  decision TEXT CHECK (decision IN ('confirmed', 'refused', 'withdrawn')),
  ending TEXT CHECK (ending IN ('failed', 'asked', 'not_kept')),
  applied_on TEXT NOT NULL,
  ended_on TEXT,
  erased_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, number),
  CHECK (a_account_id <> b_account_id),
  FOREIGN KEY (community_id, a_account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, b_account_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, mediator_id) REFERENCES account (community_id, id),
  FOREIGN KEY (community_id, second_mediator_id) REFERENCES account (community_id, id)
);
CREATE INDEX mediation_by_day ON mediation (community_id, applied_on, id);

-- What was written along the way: sessions, agreements, visits, dangers reported. The words lie
-- locked; of a danger only the day and the body are kept.
CREATE TABLE mediation_paper (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  mediation_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('session', 'agreement', 'visit', 'risk')),
  written_on TEXT NOT NULL,
  is_open {int} CHECK (is_open IN (0, 1)),
  body TEXT CHECK (body IN ('police', 'judicial_office', 'subdistrict', 'other')),
  words_locked {bytes},
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, mediation_id) REFERENCES mediation (community_id, id)
);
CREATE INDEX mediation_paper_by_mediation ON mediation_paper (community_id, mediation_id, id);

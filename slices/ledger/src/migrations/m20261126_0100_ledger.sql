-- The books. book_transfer is only ever appended to; of book_account and book_ledger only the
-- counters, the state and the head change, in the transaction of the transfer that changes them.
CREATE TABLE book_ledger (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  book TEXT NOT NULL CHECK (book IN ('points', 'time', 'member_points', 'stock')),
  owner_id {id} NOT NULL,
  height {int} NOT NULL,
  last_moment {int} NOT NULL,
  head {bytes} NOT NULL,
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, book, owner_id)
);

-- kind is the number of an account kind. purpose_id says what the account is for where a ledger has
-- several of a kind (a reward's shelf, a common purpose, a group, another community); for one of
-- its only kind it is the ledger's own id, and for a resident's account it is the account's own.
CREATE TABLE book_account (
  community_id {id} NOT NULL,
  id {id} NOT NULL,
  ledger_id {id} NOT NULL,
  kind {int} NOT NULL,
  purpose_id {id} NOT NULL,
  opened_at {int} NOT NULL,
  debits_pending {int} NOT NULL CHECK (debits_pending >= 0),
  debits_posted {int} NOT NULL CHECK (debits_posted >= 0),
  credits_pending {int} NOT NULL CHECK (credits_pending >= 0),
  credits_posted {int} NOT NULL CHECK (credits_posted >= 0),
  is_closed {int} NOT NULL CHECK (is_closed IN (0, 1)),
  PRIMARY KEY (community_id, id),
  UNIQUE (community_id, ledger_id, kind, purpose_id),
  FOREIGN KEY (community_id, ledger_id) REFERENCES book_ledger (community_id, id),
  CHECK (kind IN (100, 400, 500) OR debits_pending + debits_posted <= credits_posted)
);

-- Whose an account is: the only place that says so. Without its line the book names nobody.
CREATE TABLE book_holder (
  community_id {id} NOT NULL,
  ledger_id {id} NOT NULL,
  person_id {id} NOT NULL,
  account_id {id} NOT NULL,
  PRIMARY KEY (community_id, ledger_id, person_id),
  UNIQUE (community_id, account_id),
  FOREIGN KEY (community_id, account_id) REFERENCES book_account (community_id, id),
  FOREIGN KEY (community_id, person_id) REFERENCES person (community_id, id)
);
CREATE INDEX book_holder_by_person ON book_holder (community_id, person_id);

-- Its two accounts are rows that the same transaction has read, and that nothing removes; a foreign key
-- would look both up once more for each transfer. verify looks at all of them.
CREATE TABLE book_transfer (
  community_id {id} NOT NULL,
  ledger_id {id} NOT NULL,
  number {int} NOT NULL,
  id {id} NOT NULL,
  debit_id {id} NOT NULL,
  credit_id {id} NOT NULL,
  amount {int} NOT NULL CHECK (amount >= 0),
  asked {int},
  code {int} NOT NULL,
  shape TEXT NOT NULL CHECK (shape IN ('posted', 'held', 'settled', 'voided', 'expired')),
  hold_id {id},
  until {int},
  group_id {id} NOT NULL,
  moment {int} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (community_id, ledger_id, number),
  UNIQUE (community_id, id)
);
CREATE INDEX book_transfer_by_debit ON book_transfer (community_id, debit_id, number);
CREATE INDEX book_transfer_by_credit ON book_transfer (community_id, credit_id, number);
CREATE INDEX book_transfer_by_group ON book_transfer (community_id, group_id);
-- A hold ends once.
CREATE UNIQUE INDEX book_transfer_by_hold ON book_transfer (community_id, hold_id) WHERE hold_id IS NOT NULL;

-- Ids that were refused and stay refused.
CREATE TABLE book_refusal (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  why TEXT NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- What was made public at the end of a month, as it stood then.
CREATE TABLE book_disclosure (
  community_id {id} NOT NULL,
  ledger_id {id} NOT NULL,
  month TEXT NOT NULL,
  height {int} NOT NULL,
  head {bytes} NOT NULL,
  issued {int} NOT NULL,
  issued_count {int} NOT NULL,
  spent {int} NOT NULL,
  spent_count {int} NOT NULL,
  outstanding {int} NOT NULL,
  backed {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (community_id, ledger_id, month),
  FOREIGN KEY (community_id, ledger_id) REFERENCES book_ledger (community_id, id)
);

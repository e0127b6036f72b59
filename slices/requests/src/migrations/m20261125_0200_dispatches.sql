-- How a time is counted: in working time, or day and night.
ALTER TABLE category ADD COLUMN measure TEXT NOT NULL DEFAULT 'elapsed' CHECK (measure IN ('working', 'elapsed'));
-- A matter keeps the time that was promised when it came in, whatever the category says later.
ALTER TABLE request ADD COLUMN measure TEXT NOT NULL DEFAULT 'elapsed' CHECK (measure IN ('working', 'elapsed'));
ALTER TABLE request ADD COLUMN allowed_minutes {int} NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN reopened_at {int};
-- Of a matter that could not be done: whether the requester understood why.
ALTER TABLE request ADD COLUMN understood {int} CHECK (understood IN (0, 1));
-- Its lead waits for the requester, and so does the clock.
ALTER TABLE request ADD COLUMN is_waiting {int} NOT NULL DEFAULT 0 CHECK (is_waiting IN (0, 1));
UPDATE request SET allowed_minutes = (due_at - received_at) / 60000000;

-- Two more kinds of party: social organisations, and groups that were formed for one piece of work.
ALTER TABLE handler ADD COLUMN form TEXT NOT NULL DEFAULT 'other' CHECK (form IN ('desk', 'property', 'department', 'organisation', 'volunteer', 'group', 'other'));
UPDATE handler SET form = kind;
ALTER TABLE handler DROP COLUMN kind;
ALTER TABLE handler RENAME COLUMN form TO kind;

-- A call that brings parties together over a matter.
CREATE TABLE whistle (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  request_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('work_push', 'hard_problem', 'emergency', 'community')),
  state TEXT NOT NULL CHECK (state IN ('drafted', 'refused', 'blown', 'planned', 'verified', 'closed')),
  caller_account_id {id} NOT NULL,
  first_authoriser_id {id},
  second_authoriser_id {id},
  -- Whom it calls: ids of parties divided by blanks, the one that is to lead first.
  parties TEXT NOT NULL,
  -- What it asks of them.
  words TEXT NOT NULL,
  drafted_at {int} NOT NULL,
  blown_at {int},
  planned_at {int},
  verified_at {int},
  closed_at {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id)
);
CREATE INDEX whistle_by_request ON whistle (community_id, request_id);
CREATE INDEX whistle_open ON whistle (community_id, drafted_at, id) WHERE state NOT IN ('refused', 'closed');

-- One party's part of a matter, with its own task, states and clock.
CREATE TABLE dispatch (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  request_id {id} NOT NULL,
  whistle_id {id},
  call TEXT NOT NULL DEFAULT 'dispatch' CHECK (call IN ('dispatch', 'work_push', 'hard_problem', 'emergency', 'community')),
  role TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'assisting', 'informed')),
  party TEXT NOT NULL CHECK (party IN ('handler', 'grid_worker', 'micro_grid_head', 'person')),
  handler_id {id},
  assignee_account_id {id},
  rule_id {id},
  sent_by {id},
  task TEXT NOT NULL,
  -- What the party shows of its work: ids of pictures divided by blanks.
  photos TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('sent', 'signed_for', 'contacted', 'reported_in', 'in_progress', 'waiting', 'answered', 'explained', 'declined', 'released', 'withdrawn')),
  is_again {int} NOT NULL CHECK (is_again IN (0, 1)),
  measure TEXT NOT NULL CHECK (measure IN ('working', 'elapsed')),
  allowed_minutes {int} NOT NULL,
  -- What the clock heard: pauses, extensions, the end.
  marks TEXT NOT NULL,
  asked_minutes {int},
  sent_at {int} NOT NULL,
  due_at {int},
  signed_for_at {int},
  contacted_at {int},
  reported_in_at {int},
  taken_up_at {int},
  ended_at {int},
  thanked_at {int},
  escalated {int} NOT NULL,
  -- When the worker looks at it next.
  watch_at {int},
  link_until {int},
  grade_by_caller TEXT CHECK (grade_by_caller IN ('good', 'fair', 'poor')),
  grade_by_party TEXT CHECK (grade_by_party IN ('good', 'fair', 'poor')),
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, request_id) REFERENCES request (community_id, id),
  FOREIGN KEY (community_id, whistle_id) REFERENCES whistle (community_id, id),
  FOREIGN KEY (community_id, handler_id) REFERENCES handler (community_id, id),
  FOREIGN KEY (community_id, rule_id) REFERENCES dispatch_rule (community_id, id)
);
CREATE INDEX dispatch_by_request ON dispatch (community_id, request_id, id);
CREATE INDEX dispatch_by_handler ON dispatch (community_id, handler_id, request_id) WHERE handler_id IS NOT NULL;
CREATE INDEX dispatch_running ON dispatch (community_id, assignee_account_id, due_at, id) WHERE ended_at IS NULL;

-- What both sides say of each other is shown in sums only.
CREATE INDEX dispatch_graded ON dispatch (community_id, ended_at) WHERE grade_by_caller IS NOT NULL OR grade_by_party IS NOT NULL;

-- Matters from before: what lay with somebody is the lead's part, with the matter's own id.
INSERT INTO dispatch (community_id, id, request_id, role, party, handler_id, assignee_account_id, rule_id, task, state, is_again, measure, allowed_minutes, marks, sent_at, due_at, taken_up_at, ended_at, escalated, version)
  SELECT community_id, id, id, 'lead', CASE WHEN handler_id IS NULL THEN 'grid_worker' ELSE 'handler' END, handler_id, assignee_account_id, rule_id, '',
    CASE WHEN state = 'dispatched' THEN 'sent' WHEN state = 'in_progress' THEN 'in_progress' WHEN state = 'explained' THEN 'explained' WHEN answered_at IS NULL THEN 'withdrawn' ELSE 'answered' END,
    reopened, measure, allowed_minutes, '', coalesce(dispatched_at, received_at), due_at, taken_up_at,
    CASE WHEN state IN ('dispatched', 'in_progress') THEN NULL ELSE coalesce(answered_at, closed_at, received_at) END, 0, 1
  FROM request WHERE handler_id IS NOT NULL OR assignee_account_id IS NOT NULL;

-- Words may be about one party's part.
ALTER TABLE request_note ADD COLUMN dispatch_id {id};
CREATE INDEX request_note_by_dispatch ON request_note (community_id, dispatch_id, id) WHERE dispatch_id IS NOT NULL;

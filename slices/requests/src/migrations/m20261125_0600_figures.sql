-- Figures of months that are past, kept so that years need not be counted anew for each look. They are
-- never the truth: what they say is counted from the rows of `request`, and can be at any time.
-- A month is by its first moment. What it says holds until a moment: then a time runs out by itself.
CREATE TABLE figure_month (
  community_id {id} NOT NULL REFERENCES community (community_id),
  month {int} NOT NULL,
  holds_until {int},
  counted_at {int} NOT NULL,
  PRIMARY KEY (community_id, month)
);

-- Something in the month has changed since it was counted; written with the change, gone with the next
-- count. Each change has its own row so that no two wait for each other.
CREATE TABLE figure_change (
  community_id {id} NOT NULL REFERENCES community (community_id),
  month {int} NOT NULL,
  id {id} NOT NULL,
  PRIMARY KEY (community_id, month, id)
);

-- One line for each grid, kind and leading party of a month.
CREATE TABLE figure_cell (
  community_id {id} NOT NULL REFERENCES community (community_id),
  month {int} NOT NULL,
  place {int} NOT NULL,
  grid_id {id},
  category_id {id} NOT NULL,
  handler_id {id},
  came_in {int} NOT NULL,
  imported {int} NOT NULL,
  left_by_exit {int} NOT NULL,
  ungiven {int} NOT NULL,
  given {int} NOT NULL,
  early {int} NOT NULL,
  hearable {int} NOT NULL,
  heard {int} NOT NULL,
  asked {int} NOT NULL,
  unreached {int} NOT NULL,
  honest {int} NOT NULL,
  unsaid {int} NOT NULL,
  said {int} NOT NULL,
  resolved {int} NOT NULL,
  judged {int} NOT NULL,
  satisfied {int} NOT NULL,
  due {int} NOT NULL,
  in_time {int} NOT NULL,
  part_due {int} NOT NULL,
  part_in_time {int} NOT NULL,
  closed {int} NOT NULL,
  within_0 {int} NOT NULL,
  within_1 {int} NOT NULL,
  within_2 {int} NOT NULL,
  within_3 {int} NOT NULL,
  within_4 {int} NOT NULL,
  within_5 {int} NOT NULL,
  within_6 {int} NOT NULL,
  within_7 {int} NOT NULL,
  within_8 {int} NOT NULL,
  within_9 {int} NOT NULL,
  PRIMARY KEY (community_id, month, place)
);

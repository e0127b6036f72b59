-- The area tree. An area that ends stays, so that matters of the past keep their place.
CREATE TABLE area (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('city', 'district', 'subdistrict', 'community', 'grid', 'micro_grid', 'building')),
  parent_id {id},
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  geometry TEXT,
  label_lon {real},
  label_lat {real},
  area_m2 {real},
  valid_from {int} NOT NULL,
  valid_until {int},
  version {int} NOT NULL,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, parent_id) REFERENCES area (community_id, id)
);
CREATE INDEX area_by_parent ON area (community_id, parent_id);
CREATE UNIQUE INDEX area_by_code ON area (community_id, level, code) WHERE valid_until IS NULL AND code <> '';

-- Counts every change of a community's map: each instance looks here whether its memory is old.
CREATE TABLE area_revision (
  community_id {id} NOT NULL REFERENCES community (community_id),
  revision {int} NOT NULL,
  PRIMARY KEY (community_id)
);

-- A map file between its preview and its loading, kept for a day.
CREATE TABLE area_import (
  community_id {id} NOT NULL REFERENCES community (community_id),
  id {id} NOT NULL,
  account_id {id} NOT NULL,
  level TEXT NOT NULL,
  datum TEXT NOT NULL,
  replaces {int} NOT NULL,
  file_name TEXT NOT NULL,
  body TEXT NOT NULL,
  made_at {int} NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX area_import_by_age ON area_import (community_id, made_at);

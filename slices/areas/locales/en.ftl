# Grids and map
areas-nav = Grids and map
areas-crumbs = You are here
areas-map = Map
areas-comma = {", "}
areas-choose = Please choose

areas-level-city = City
areas-level-district = District
areas-level-subdistrict = Subdistrict
areas-level-community = Community
areas-level-grid = Grid
areas-level-micro-grid = Micro-grid
areas-level-building = Building

# List
areas-list-title = Grids and map
areas-list-hint = Who looks after which grid and micro-grid, and where nobody does yet.
areas-open-map = Open the map
areas-map-label = The community’s grids on the map; the list below holds the same
areas-search = Find
areas-search-example = Grid, building, name of a worker
areas-found = { $n ->
    [one] One result for “{ $q }”
   *[other] { $n } results for “{ $q }”
  }
areas-found-none = Nothing found. Try another spelling, such as “2-07”, “3栋” or the name of a worker.
areas-all = Show all
areas-uncovered = { $n ->
    [one] One grid or micro-grid has no grid worker. Open it to put somebody on duty.
   *[other] { $n } grids or micro-grids have no grid worker. Open them to put somebody on duty.
  }
areas-homeless-buildings = { $n ->
    [one] One building lies in no micro-grid; what is reported from there goes to the unassigned queue. Please draw the missing micro-grid.
   *[other] { $n } buildings lie in no micro-grid; what is reported from there goes to the unassigned queue. Please draw the missing micro-grids.
  }
areas-list-empty = There are no grids yet. Load a map file, or draw them on the map.
areas-grid-empty = This grid has no micro-grids yet.
areas-grid-caption = Micro-grids of { $name }
areas-on-duty = On duty
areas-buildings = Buildings
areas-nobody = Nobody on duty
areas-by-grid-worker = Looked after by the grid’s worker
areas-since = since { $day }
areas-from-until = { $from } to { $until }
areas-leftovers = Still on duty over areas that have ended
areas-leftovers-hint = Please end these duties once the open matters are done, and put people on duty in the new grids.

# Page of an area
areas-area-title = { $name }
areas-area-map-label = Where { $name } is
areas-correct = Correct
areas-ended-on = This area ended on { $day }. Matters of the past stay with it.
areas-who-works-here = Who works here
areas-nobody-yet = Nobody in particular at the moment. Please turn to the community office.
areas-tasks-of-grid-worker = Walks the grid, listens and takes up what residents raise; settles what can be settled on the spot, passes the rest on and follows it to its outcome. Collects no personal data that the service does not need.
areas-tasks-of-micro-grid-head = A neighbour who lends a hand: tells of problems early and passes word on. Sees no resident’s personal data.
areas-facts = Facts
areas-level = Level
areas-code = Number
areas-ground = Ground
areas-hectares = { $n } ha
areas-square-metres = { $n } m²
areas-service-phone = Service telephone
areas-complaint-phone = Complaints
areas-within = Within it

# Duties
areas-duty-take-up = Put on duty
areas-duty-end = End duty
areas-duty-nobody = No open account has this name or sign-in name. If several share the name, type the sign-in name.
areas-duty-kind = As
areas-duty-kind-missing = Please choose as what.
areas-duty-taken-up = On duty from now on.
areas-duty-laid-down = The duty has ended.
areas-on-duty-already = They are on this duty here already.
areas-no-such-duty = This duty has ended, or is not one over a grid. Please reload the page.
areas-past-duties = Past duties

# Drawing and correcting
areas-new-title = Draw an area
areas-edit-title = Correct { $name }
areas-name = Name
areas-name-hint = What residents call it, such as “2-07微网格” or “3栋”.
areas-name-missing = Please give a name.
areas-name-long = The name is too long; at most { $most } characters.
areas-name-taken = Another area beside it has this name. Please choose another.
areas-code-hint = Leave empty if there is none.
areas-code-long = The number is too long; at most { $most } characters.
areas-code-taken = Another area has this number. Please choose another.
areas-parent = Lies in
areas-parent-by-place = Decide by its place
areas-level-missing = Please choose the level.
areas-wrong-parent = An area of this level cannot lie there. A micro-grid lies in a grid, a building in a micro-grid, grid or community.
areas-geometry = Outline
areas-geometry-draw = Set the corners on the map; drag a corner to move it. Corners near a neighbour’s snap to it.
areas-geometry-text = The outline as text (GeoJSON)
areas-geometry-without-map = There is no map to draw on here. Open the outline’s coordinates and paste them.
areas-geometry-hint = WGS-84, longitude first. May stay empty for now.
areas-geometry-not-one = One outline is wanted here; the text holds none or several. Please keep exactly one.
areas-save = Save
areas-cancel = Cancel
areas-retire = End this area
areas-retire-hint = It will no longer be on the map, and new matters no longer fall to it; past matters and records stay. Grids or micro-grids inside must be ended first.
areas-retire-sure = End it
areas-drawn = The area is drawn.
areas-corrected = The correction is saved.
areas-retired = The area has ended. Past matters and records stay.
areas-map-changed = Somebody has just changed the map, and your change was not saved. Please go back, look at the new map and send it again.
areas-area-changed = Somebody has just corrected this area, and your change was not saved. Please open it again and correct the new contents.
areas-ended = This area has ended and can no longer be changed.
areas-still-holds = Grids or micro-grids still lie in it. Please end or move them first.
areas-no-place = This place cannot be read. Please give latitude and longitude, such as lat=30.66&lon=104.06.
areas-api-wrong = The value of { $name } cannot be used. Please compare it with the API’s description.

# Loading
areas-import-title = Load a map file
areas-import-hint = A GeoJSON file. It is checked and shown first and written only when you confirm: all of it, or nothing.
areas-file = File
areas-file-hint = .geojson or .json, at most 16 MB.
areas-file-missing = Please choose a file.
areas-file-too-large = The file is too large and was not read. Please split it into files of at most 16 MB.
areas-file-not-utf8 = The file is not text in UTF-8. Please export it as GeoJSON again.
areas-file-not-json = The file cannot be read from line { $line }, column { $column }; it may be incomplete. Please export it again.
areas-file-not-geojson = This file is not GeoJSON. Please export it as GeoJSON.
areas-file-projected = Its coordinates are in { $name }, not in degrees. Please export longitude and latitude (WGS-84 or CGCS2000).
areas-file-too-many = The file holds { $n } features, more than { $most }. Please load it in parts.
areas-file-bad-feature = Feature { $n } is not well written (at { $at }). Please mend it and load again.
areas-import-level = What the file holds
areas-datum = Coordinates
areas-datum-hint = Traced from Amap or Tencent maps: GCJ-02; from Baidu maps: BD-09. They are converted. If unsure take WGS-84, and look in the preview whether the places are right.
areas-datum-missing = Please choose the coordinates.
areas-datum-wgs84 = WGS-84 (satellite positioning, GeoJSON’s own)
areas-datum-gcj02 = GCJ-02 (Amap, Tencent)
areas-datum-bd09 = BD-09 (Baidu)
areas-datum-cgcs2000 = CGCS2000 (national datum)
areas-import-replaces = Take the place of the areas of this level (cut anew)
areas-import-replaces-hint = The areas of this level in the same parents end, and those of the file take their place. Past matters stay where they were.
areas-import-look = Check and preview
areas-imported = All of it is loaded.
areas-faulty = The file has faults that must be mended first; nothing was loaded. They are listed below.
areas-preview-title = Preview
areas-preview-map-label = What would be loaded and what was found; the lists below hold the same
areas-preview-sound = { $n ->
    [one] Checked: one area can be loaded. Nothing has been written yet.
   *[other] Checked: { $n } areas can be loaded. Nothing has been written yet.
  }
areas-preview-unsound = { $n ->
    [one] One fault must be mended first. Nothing was written.
   *[other] { $n } faults must be mended first. Nothing was written.
  }
areas-preview-faults = To be mended first ({ $n })
areas-preview-warnings = To be aware of ({ $n })
areas-preview-warnings-hint = These do not stop the loading. Please see whether they are meant so.
areas-preview-ends = Would end ({ $n })
areas-preview-ends-hint = Past matters stay in these areas.
areas-preview-areas = Would be loaded ({ $n })
areas-preview-more = { $n } more are not listed.
areas-preview-fault = To be mended first
areas-preview-warning = To be aware of
areas-preview-load = { $n ->
    [one] Load this area
   *[other] Load these { $n } areas
  }
areas-preview-other = Take another file

# What was found
areas-found-no-areas = The file holds no areas; there is nothing to load.
areas-found-not-an-area = “{ $name }” is a { $kind }, not an area, and was left out.
areas-found-out-of-range = The coordinates of “{ $name }” are no degrees, most likely projected metres. Please export longitude and latitude.
areas-found-swapped = Longitude and latitude of “{ $name }” are swapped; longitude comes first.
areas-found-too-few-points = A ring of “{ $name }” has only { $n } different points; it needs three.
areas-found-not-closed = The outline of “{ $name }” was not closed; it has been closed.
areas-found-repeated-point = The outline of “{ $name }” repeats a point at { $place }; that does no harm.
areas-found-crossing = The outline of “{ $name }” crosses itself near { $place }. Please mend it there.
areas-found-zero-area = A ring of “{ $name }” encloses no ground. Please remove it.
areas-found-hole-outside = A hole of “{ $name }” reaches outside it near { $place }.
areas-found-parts-overlap = Parts of “{ $name }” overlap by { $area } m² near { $place }.
areas-found-overlap = “{ $name }” and “{ $other }” overlap by { $area } m² near { $place }.
areas-found-gap = { $area } m² of “{ $name }” near { $place } lie in no smaller area.
areas-found-sticks-out = “{ $name }” reaches { $area } m² outside “{ $parent }” near { $place }.
areas-found-wrong-level = The file calls “{ $name }” a “{ $said }”, which is not the level you chose.
areas-found-nothing-to-lie-in = The map has no area of the level “{ $level }” yet for these to lie in. Please load or draw that level first.
areas-found-unknown-parent = “{ $name }” should lie in “{ $said }”, which is not on the map.
areas-found-outside-all = “{ $name }” ({ $place }) lies in no area of the level above.
areas-found-same-code = The number { $code } of “{ $name }” is there twice.
areas-found-same-name = The name “{ $name }” is there twice in the same area.
areas-found-nameless = “{ $name }” has no name.
areas-found-long-name = The name or number of “{ $name }” is too long: at most 60 characters, and 20.
areas-found-left-behind = “{ $name }” would lie in no new grid. Please correct it first, or make the new grid larger.

# Rights
act-areas-read = look at map and grids
act-areas-edit = draw, correct, load and end areas
act-areas-staff-duties = put people on duty in grids
areas-preview-in-file = In the file ({ $n })

# Words used everywhere
skip-to-main = Skip to the main part
nav-sign-in = Sign in
refusal-home = To the front page
refusal-number = If you tell the community about this, please give this number: { $number }
refusal-title-not-found = Not found
refusal-title-closed = This is closed to you for now
refusal-title-invalid = Something is not right with what was sent
refusal-title-conflict = This has just changed
refusal-title-wait = Please wait a little
refusal-title-fault = Something went wrong on our side
refusal-not-found = The address may be mistyped, or this is not public. Try again from the front page.
refusal-sign-in-first = Please sign in first.
refusal-forbidden = Your duty does not include this. If your work needs it, ask the community's administrator.
refusal-too-many = That was too often. Please try again in { $seconds } seconds.
refusal-forged = This page was open too long and its safety check has run out; nothing was sent. Go back, reload the page and send it again.
refusal-disk-full = The disk is full: nothing was saved just now, everything from before is there. Please tell the community's administrator.
refusal-fault = That was not completed; everything from before is there. Please try again later, or tell the community.
refusal-form-too-large = That is too much to send at once. Please leave out some words or photos.
refusal-form-unreadable = What was sent could not be read. Please go back, fill in the form again and send it.
photos-too-many = At most { $n } photos. Please leave some out.
photos-too-large = The photo “{ $name }” is too large (over 20 MB). Please choose a smaller one.
photos-unreadable = The photo “{ $name }” cannot be opened. Please use a JPG, PNG or WebP photo.
span-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
span-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
span-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
nav-main = Main navigation
nav-menu = Menu
nav-sign-out = Sign out
tab-home = Home
tab-report = Report
tab-matters = Matters
tab-map = Map
tab-mine = Mine
tab-desk = Desk
prefs-large = Large text
prefs-dark = Dark
foot-community = Linli · a neighbourhood that governs itself together
foot-about = About and privacy
foot-complaint = Complaints: { $phone }
form-errors = Please correct the following:

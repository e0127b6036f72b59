# Words used everywhere
skip-to-main = Skip to the main part
nav-sign-in = Sign in
refusal-home = To the front page
refusal-number = If you tell the community about this, please give this number: { $number }
refusal-title-not-found = Not found
refusal-title-closed = This is closed to you for now
refusal-title-invalid = Something is not right with what was sent
refusal-title-conflict = This was not done
refusal-title-wait = Please wait a little
refusal-title-fault = Something went wrong on our side
refusal-not-found = The address may be mistyped, or this is not public. Try again from the front page.
refusal-sign-in-first = Please sign in first.
refusal-forbidden = Your duty does not include this. If your work needs it, ask the community's administrator.
refusal-too-many = That was too often. Please try again in { $seconds } seconds.
refusal-forged = This page was open too long and its safety check has run out; nothing was sent. Go back, reload the page and send it again.
refusal-disk-full = The disk is full: nothing was saved just now, everything from before is there. Please tell the community's administrator.
refusal-fault = That was not completed; everything from before is there. Please try again later, or tell the community.
refusal-wrong-method = This address is not asked or sent to in this way.
refusal-form-too-large = That is too much to send at once. Please leave out some words or photos.
refusal-form-unreadable = What was sent could not be read. Please go back, fill in the form again and send it.
sheet-too-large = The file is larger than { $mb } MB. Keep only the columns you need, or split it.
sheet-unpacks-too-large = This workbook is too large when unpacked; it may hold pictures or many empty rows. Copy its content into a new one.
sheet-too-many-rows = The sheet has more than { $n } rows. Split it.
sheet-too-many-columns = There is content to the right of column { $n }. Delete what is not needed there.
sheet-password = The workbook has a password. Take it off, save it, and upload it again.
sheet-web-page = This is a web page, not a spreadsheet. Open it in Excel or WPS and save it as xlsx.
sheet-not-a-sheet = This is not a spreadsheet. Upload xlsx, xls, ods or csv.
sheet-encoding = The text encoding is unknown. Open it in Excel or WPS and save it as xlsx.
sheet-damaged = The file is damaged or cut off. Open it in Excel or WPS, save it, and upload it again.
sheet-no-content = The sheet is empty. Is it the right file?
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
prefs-large = Larger
prefs-dark = Dark
foot-community = Linli · a neighbourhood that governs itself together
foot-about = About and privacy
foot-complaint = Complaints: { $phone }
form-errors = { $n ->
    [one] One thing to correct:
   *[other] { $n } things to correct:
 }
refusal-key-unreadable = The Idempotency-Key must have 1 to 200 visible characters. Correct it and send again.
refusal-key-reused = This Idempotency-Key was used for something else. Choose a new one and send again.
refusal-key-done = This was done the first time and is not done twice. Look up the result instead of sending it again.

# Signing in and out
door-sign-in-title = Sign in
door-sign-in-wrong = The name or the password is not right. Please check both and try again.
door-sign-in-wait = { $minutes ->
    [one] Too many wrong tries. Please try again in 1 minute.
   *[other] Too many wrong tries. Please try again in { $minutes } minutes.
}
door-sign-in-forgotten = Forgotten the password, or no account yet? Please ask the community office.
door-sign-in-where = Sign in to
door-sign-in-change = Change
door-signed-out = You have signed out.
door-name-label = Sign-in name
door-password-label = Password
door-demo-title = Demo: look around as one of these
door-demo-about = This is a demo community; its people and matters are invented. One click lets you in as that person.
door-code-title = One-time code
door-code-label = Code
door-code-hint = Open the authenticator on your phone and type the 6 digits it shows now
door-code-wrong = That code is not right or has been used. Please wait for the next one.
door-code-too-late = More than five minutes have passed since the password. Please sign in again.
door-code-back = Start again
door-code-lost = Phone lost or changed? Please ask the community's administrator.

# My account
door-account-title = My account
door-account-signs-in-as = Sign-in name: { $name }
door-back-to-account = Back to my account
door-on = On
door-off = Off
door-copy = Copy
door-sessions-title = Where you are signed in
door-sessions-about = If you do not know a device, sign it out and change your password.
door-session-this = This one
door-session-times = Signed in { $begun }, last used { $seen }
door-session-end = Sign it out
door-session-ended = That device has been signed out.
door-sessions-end-others = Sign out all others
door-sessions-ended = All other devices have been signed out.
door-device-unknown = Unknown device
door-password-change = Change password
door-password-current = Current password
door-password-new = New password
door-password-again = New password once more
door-password-hint = At least 8 characters; a sentence you remember is best
door-password-current-wrong = The current password is not right. Please check it and try again.
door-password-too-short = That is too short: at least { $n } characters, please.
door-password-too-long = That is too long: at most { $n } characters, please.
door-password-is-name = The password must not be the sign-in name. Please choose another.
door-password-too-common = Too many people use that password, so it is soon guessed. Please choose another.
door-password-again-differs = The two are not the same. Please type them again.
door-password-changed = Your password is changed, and all other devices have been signed out.
door-password-set = Your password is set.
door-password-set-sign-in = Your password is set. Please sign in.

# One-time codes, on and off
door-codes-title = One-time codes
door-codes-about = When this is on, signing in takes the password and six digits from an authenticator on your phone. Whoever learns your password still cannot get in.
door-codes-step-1 = First: scan with your phone's authenticator
door-codes-scan = Any authenticator app that knows TOTP will do.
door-codes-picture = QR code for adding this account to an authenticator
door-codes-by-hand = Cannot scan? Type it in
door-codes-on-this-phone = The authenticator is on this phone: add it here
door-codes-step-2 = Then: type the code that the phone shows
door-codes-switch-on = Switch on
door-codes-switch-off = Switch one-time codes off
door-codes-are-on = They are on. To switch them off, type the code that your authenticator shows now.
door-codes-already-on = One-time codes are on already; there is nothing to do.
door-codes-switched-on = One-time codes are on. You need one the next time you sign in.
door-codes-switched-off = One-time codes are off.

# Tokens for programs
door-tokens-title = API tokens
door-tokens-about = A token lets a program look things up or act for you: only what you tick, and only until it ends.
door-tokens-none = No tokens yet
door-tokens-no-acts = There is nothing that your account could hand to a program at present.
door-token-made = The token is made
door-token-once = Copy it now and keep it safe: it is not shown again once you leave this page.
door-token-label = Token
door-token-times = Made { $made }, ends { $ends }
door-token-revoke = Revoke
door-token-revoked = The token is revoked.
door-token-make = Make a token
door-token-for-what = What it is for
door-token-for-what-hint = For yourself, such as “screen in the hall”
door-token-days = Days until it ends
door-token-days-hint = 1 to 365
door-token-acts = What it may do
door-token-label-wrong = Please say what it is for, in at most { $n } characters.
door-token-days-wrong = Please give a whole number of days from 1 to { $n }.
door-token-acts-wrong = Please tick at least one thing.
act-door-administer = Look after accounts, duties and settings
act-door-audit = Read the whole record

# Links for setting a password
door-link-title = Set a password
door-link-welcome = { $name }, please set a password
door-link-set = Set it and sign in
door-link-dead-title = This link opens no more
door-link-dead = It was used, has run out, or a newer one took its place. Please ask the community's administrator for a new link.
door-mail-subject = Set your password
door-mail-body = { $days ->
    [one] Please open the link below within 1 day to set your password. It opens once; please do not pass it on. If you did not ask for it, do nothing.
   *[other] Please open the link below within { $days } days to set your password. It opens once; please do not pass it on. If you did not ask for it, do nothing.
}

# Duties
door-duty-administrator = Administrator
door-duty-staff = Community staff
door-duty-grid-worker = Grid worker
door-duty-micro-grid-head = Head of a micro-grid
door-duty-handler = Handler
door-duty-district-viewer = District viewer
door-duty-leader = Community leader
door-duty-mediator = Mediator
door-duty-mediation-head = Head of the mediation committee
door-duty-none = Resident

# Administration
door-nav-admin = Administration
door-crumbs = Where you are
door-pages = Pages
door-page-of = Page { $n } of { $pages }
door-page-previous = Previous
door-page-next = Next
door-search = Search
door-admin-title = Administration
door-admin-about = Accounts, duties and settings. Being an administrator shows no resident's data by itself.
door-accounts-title = Accounts
door-accounts-about = Open and close them, hand out invitation and reset links
door-accounts-search = Search by name or sign-in name
door-accounts-none = No such account
door-accounts-count = { $n ->
    [one] 1 account
   *[other] { $n } accounts
}
door-account-one-title = Account
door-account-open = Open an account
door-account-shown = Name
door-account-shown-hint = What others read
door-account-name-hint = Letters, digits or Chinese characters, and . - _ @
door-account-email = Mail address (optional)
door-account-email-hint = Links and news of matters then also go there
door-account-email-none = None
door-account-state = State
door-account-state-open = In use
door-account-state-invited = No password yet
door-account-state-closed = Closed
door-account-name-wrong = A sign-in name has 2 to { $n } characters: letters, digits, Chinese characters and . - _ @ only.
door-account-name-taken = Somebody has that sign-in name already. Please choose another.
door-account-shown-wrong = Please give a name of at most { $n } characters.
door-account-email-wrong = That is not a mail address. Please check it, or leave it empty.
door-account-close = Close the account
door-account-closed = The account is closed, and all its devices have been signed out.
door-account-reopen = Open it again
door-account-reopened = The account is open again.
door-account-is-closed = The account is closed. Please open it again before handing out a link.
door-account-codes-off = One-time codes of this account are off.
door-back-to-the-account = Back to the account
door-link-invite = Make an invitation link
door-link-reset = Make a reset link
door-link-issued-title = Link
door-link-for = A link for { $name }
door-link-once = Copy it now and hand it over. It opens once, until { $until }, and is not shown again once you leave this page.
door-link-mailed = It has also been sent to their mail address.
door-link-label = Link for setting the password
door-duties-title = Duties
door-duties-about = Who is administrator, community staff or district viewer
door-duties-here = Duties over the whole community. Those over a grid are given on the grid's page, those for a handling party on the party's page.
door-duties-none = Nobody is on duty yet
door-duties-count = { $n ->
    [one] 1 duty
   *[other] { $n } duties
}
door-duty-kind = Duty
door-duty-since = Since
door-duty-lay-down = Lay down
door-duty-laid-down = The duty is laid down.
door-duty-take-up = Put on duty
door-duty-taken-up = They are on duty.
door-colleague = Who
door-colleague-hint = Type a name or a sign-in name and choose from the list
door-duty-kind-wrong = Please choose a duty.
door-duty-nobody = No open account has this name or sign-in name. If several share the name, type the sign-in name.
door-duty-held = This account is on that duty already.
door-last-administrator = This is the last administrator. Please put another one on duty first.
door-settings-title = Settings
door-settings-about = The community's name, service number and complaint number
door-settings-name = Name of the community
door-settings-name-hint = Leave it empty for the name it was founded with
door-settings-name-wrong = That is too long: at most { $n } characters, please.
door-settings-service-phone = Service number
door-settings-service-phone-hint = Residents call it when they need something
door-settings-complaint-phone = Complaint number
door-settings-complaint-phone-hint = Shown at the foot of every page
door-settings-phone-wrong = A telephone number has digits, spaces and + - ( ) / only. Please check it, or leave it empty.
door-settings-save = Save
door-settings-saved = The settings are saved.

# Alerts
alerts-title = News
alerts-none = No news yet. When something happens to a matter of yours, you read it here.
alerts-report = Report a matter
alerts-new = New
alerts-mark-read = Mark all as read
alerts-marked-read = All are marked as read.

# Jobs
jobs-title = Background jobs
jobs-about = What waits to be done and what failed, such as sending mail
jobs-none = Nothing waits, and nothing has failed
jobs-count = { $n ->
    [one] 1 job
   *[other] { $n } jobs, the failed first
}
jobs-kind = Job
jobs-state = State
jobs-given-up = Given up
jobs-trying = Trying again
jobs-waiting = Waiting
jobs-next = Next try
jobs-attempts = Tries
jobs-error = Why it failed last
jobs-retry = Try again
jobs-retried = It will be tried again.

# The record
record-title = Record
record-about = Who did what and when; entries are added, never changed
record-none = Nothing is recorded yet
record-sealed = Sealed up to number { $number } ({ $at }).
record-sealed-none = Nothing has been sealed yet.
record-unsealed = { $n ->
    [one] 1 entry waits for the next seal.
   *[other] { $n } entries wait for the next seal.
}
record-what = What
record-who = Who
record-nobody = Visitor or system
record-when = When
record-subject = About
subject-account = Account
subject-area = Area
subject-community = Community
subject-person = Resident
subject-request = Request
subject-request-follower = Follower of a request
record-newest = Back to the newest
record-older = Older entries

# What happened, in the record
event-areas-drawn = An area was drawn or loaded
event-areas-corrected = An area was corrected
event-areas-retired = An area was retired
event-areas-imported = A map was loaded
event-areas-duty-taken-up = A duty was taken up
event-areas-duty-laid-down = A duty was laid down
event-people-entered = A resident was registered
event-people-corrected = A resident's entry was corrected
event-people-erased = A resident's entry was erased
event-people-seen = A resident's entry was looked at
event-people-consent-given = A resident consented
event-people-consent-withdrawn = A resident withdrew consent
event-people-skill-offered = Somebody said what they can help with
event-people-skill-taken-back = An offer of help was taken back
event-people-imported = A register was loaded
event-people-import-undone = A loaded register was taken back
event-people-correction-wished = A resident asked for a correction
event-people-correction-decided = A wish for correction was decided
event-requests-received = A request was received
event-requests-triaged = A request was triaged
event-requests-shown = A request was published or hidden
event-requests-amended = A request was amended
event-requests-exited = A request left by the rules
event-requests-dispatched = A request was dispatched
event-requests-returned = A request was sent back
event-requests-taken-up = A request was taken up
event-requests-noted = Progress was noted
event-requests-explained = It was explained why something cannot be done now
event-requests-answered = A request was answered
event-requests-called-back = The requester was asked how it went
event-requests-closed = A request was closed
event-requests-reopened = A request was reopened
event-requests-followed = Somebody follows a request
event-requests-follower_answered = Somebody who follows a request said whether it is resolved
event-requests-unfollowed = Somebody stopped following a request
event-requests-joined = Two requests were joined
event-requests-split = A joined request was split off
event-requests-catalogue-changed = A category, handler or dispatch rule was changed
event-requests-imported = Requests were loaded from a file
event-sign-in-community-founded = The community opened its doors
event-sign-in-account-opened = An account was opened
event-sign-in-account-closed = An account was closed
event-sign-in-account-reopened = An account was opened again
event-sign-in-signed-in = Somebody signed in
event-sign-in-failed = A sign-in failed
event-sign-in-session-ended = Somebody was signed out
event-sign-in-password-set = A password was set
event-sign-in-link-issued = A link for setting a password was handed out
event-sign-in-one-time-codes-switched = One-time codes were switched on or off
event-sign-in-api-token-made = An API token was made
event-sign-in-api-token-revoked = An API token was revoked
event-settings-changed = A setting was changed
about-title = About this site and your privacy
about-what = What this is
about-what-1 = This is Linli in { $community }: report what is broken nearby, see what became of it, and find the worker of your grid.
about-what-2 = No app to install and no ID number to give; what is public can be read without signing in. Using it is voluntary: no points, no ranking, nothing you need depends on it.
about-privacy = What happens with what you tell us
about-privacy-1 = Your name and telephone number are shown only to the community desk and to those who handle your matter; when it is over, the handlers no longer see them. Personal details are left out of what is published. What you say you can help with is shown to the community's staff and leaders only, and you can take it back at any time.
about-privacy-2 = We do not ask for ID numbers, ethnicity, religion, health or income; there is no face recognition and no tracking. The data stays here, and no page asks another site for anything.
about-privacy-3 = You can see who has looked at your entry in the register, and view, export, correct or erase it at any time.
door-account-skills = What I can help with
about-my-data = See what is held about me
about-complain = Where to complain
about-complain-phone = If you are not content with the community's or a handler's work, call { $phone }.
about-complain-ask = If you are not content with the community's or a handler's work, go to the community's desk or to the subdistrict office.
about-service-phone = The community's telephone: { $phone }

confirm-sure = Yes: { $what }
refusal-back = Back
job-mail-send = Send a letter
job-people-follow-map = Put residents into the micro-grids of the new map
job-people-take-in = Write an imported register
job-people-forget-import = Clear away an import that nobody confirmed
map-needs-script = The map needs scripts, which this browser does not run; all else works without.
door-settings-hours = Working hours
door-settings-hours-hint = For example 09:00-12:00, 13:30-17:30. Left empty: 09:00-17:30. “Working time” in the dispatch table follows them.
door-settings-holidays = Holidays
door-settings-holidays-hint = Known: { $years }. Paste the yearly notice of the State Council here as it is; those of several years one below the other.
door-settings-holidays-missing = The coming holidays are not known yet; until then only weekdays count.
working-hours-form = These hours cannot be read. Write them as 09:00-12:00, 13:30-17:30, in at most four stretches.
working-hours-order = These hours contradict each other: each stretch begins before it ends, and after the one before has ended.
holidays-too-long = Too long. Paste the notices alone, without those of years gone by.
holidays-no-year = It does not say for which year it is. Paste the heading as well.
holidays-no-days = It names no day off. Was a part left out?
holidays-no-such-day = There is no day { $day } in month { $month }.
holidays-wrong-weekday = { $day } is not the weekday in brackets; perhaps the notice is another year’s.
holidays-wrong-length = { $holiday } is said to have { $said } days, but { $found } are named; perhaps a part was left out.

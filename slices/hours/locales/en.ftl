# Volunteer hours: residents see their own record and proofs, the desk enters, checks and calls back, the public page has figures only.

hours-nav = Volunteer hours
hours-crumbs = Where you are
hours-comma = ,{" "}
hours-span-hours = { $hours } h
hours-span-minutes = { $minutes } min
hours-span-both = { $hours } h { $minutes } min

# One's own record
hours-own-title = My volunteer service record
hours-own-about = Only you and the community desk see this. Hours only add up: spending points or being helped never lowers them.
hours-own-not-known = Your account is not linked with the register yet. Come to the community desk once; then you will find your service record here.
hours-own-numbers = My hours
hours-own-export = Download (CSV)
hours-own-rules = Travel is not counted. What was typed in later counts once a second member of staff has confirmed it, and keeps its label.
hours-total = Hours in total
hours-level = Stars
hours-level-none = No star yet
hours-level-of = { $n ->
    [one] { $n } star
   *[other] { $n } stars
}
hours-next = To the next star
hours-next-none = You have all stars
hours-years = By year
hours-year = { $year }
hours-entries-of = Entries of { $year }
hours-entries-none = No service in this year. What you do at activities, at a post or in the time bank appears here once it is confirmed.
hours-confirmed-by = confirmed by { $who }
hours-typed-by = typed by { $who }
hours-taken-back = Taken back
hours-taken-back-hint = A review found that this was not so. An opposite entry stands against it; the entry itself stays. If you see it differently, you can object within 15 days, and somebody who had no part in it decides.
hours-object = I do not agree
hours-object-words = Why it should count
hours-object-send = Send objection

# Origins, who confirms, states, labels
hours-origin-activity = Activity
hours-origin-post = Post
hours-origin-time-bank = Time bank
hours-origin-entry = Entered at the desk
hours-confirmer-activity = the organiser
hours-confirmer-post = the contact of the post
hours-confirmer-time-bank = the person helped
hours-confirmer-entry = the community desk
hours-confirmer-leader = the community leader
hours-state-waiting = Waiting for a second person
hours-state-confirmed = Confirmed
hours-state-refused = Not confirmed
hours-state-objected = Objection, another person decides
hours-state-upheld = Refusal stands
hours-state-withdrawn = Opposite entry
hours-label-late = Late
hours-label-bulk = Bulk
hours-label-own = Typed by the volunteer
hours-words-refused = Why it was not confirmed
hours-words-objection = The volunteer's objection
hours-words-decision = Reason of the decision
hours-words-withdrawn = Why it was taken back

# Fields
hours-field-person = Who served
hours-field-name = Name
hours-field-phone = Telephone
hours-field-address = Address
hours-field-building = Building
hours-field-room = Room
hours-field-day = Day
hours-field-from = From
hours-field-until = Until
hours-field-minutes = Minutes
hours-field-hours = Hours
hours-field-length = Length
hours-field-done = What was done
hours-field-origin = Origin
hours-field-state = State
hours-field-labels = Labels
hours-field-confirmer = Confirmed by
hours-field-typist = Typed by

# The desk
hours-desk-title = Volunteer hours
hours-desk-about = Two people make an hour: neither who typed it nor who served confirms it.
hours-desk-rules = What was entered after more than seven days, came with a spreadsheet, or was typed by the volunteer keeps a label, and chance draws some of it for a call once it is confirmed.
hours-queues = To do
hours-queue-unsettled = Waiting for a second person
hours-queue-flags = To be looked at
hours-queue-reviews = For the leader
hours-waiting-none = Nothing is waiting to be confirmed.
hours-tick = Choose
hours-tick-one = Choose the service of { $who } on { $day }
hours-confirm-ticked = Confirm the chosen
hours-confirm-about = You say that these people did these things on that day, and for no less time. All are confirmed, or none.

# Entering
hours-enter-title = Enter service
hours-enter-about = Somebody came, called, or handed in a paper list: find them in the register first, then write the day, how long, and what was done.
hours-enter-find = Who served
hours-enter-find-hint = A name, its sound, an address or a whole telephone number
hours-enter-search = Find
hours-enter-none = Nobody was found. Try it written differently; if they are not in the register yet, enter them there first.
hours-enter-another = Another person
hours-enter-time-hint = Give from and until, or minutes alone. Travel is not counted; what goes past midnight is entered as two days.
hours-enter-done-hint = One sentence is enough. No identity numbers, and nothing of the health or hardship of those who were helped.
hours-enter-save = Enter, for a second person

# One entry
hours-entry-title = Service entry
hours-history = What happened
hours-wait-for-other = Another member of staff has to do this: not who typed it, had a part in it, or served.
hours-act-confirm = Confirm
hours-act-confirm-about = You know, or have asked, that it was so and took this long.
hours-act-confirm-save = It was so, confirm
hours-act-refuse = Do not confirm
hours-act-refuse-words = Why; the volunteer reads it
hours-act-refuse-save = Do not confirm
hours-act-decide = Decide about the objection
hours-act-decide-about = The volunteer does not agree with what was done. You had no part in it: check, decide, and say why.
hours-act-decide-words = Why; the volunteer reads it
hours-act-grant = It counts
hours-act-uphold = The refusal stands
hours-act-doubt = I doubt this entry
hours-act-doubt-about = Your doubt goes to the community leader. Until the review it counts as before, and nothing happens to the volunteer.
hours-act-doubt-words = What seems wrong, and what you know
hours-act-doubt-save = Hand to the leader

# Calls
hours-calls-title = Call-backs
hours-calls-about = Of a hundred labelled entries, chance draws { $percent }: the receiver or the volunteer is asked whether it was so. Who had a part in an entry does not ask.
hours-calls-none = There is nobody to call.
hours-call-tries = { $n ->
    [one] Tried once, nobody answered
   *[other] Tried { $n } times, nobody answered
}
hours-call-question = What was said
hours-call-words = In their words (needed when it was not so)
hours-call-save = Note it
hours-call-not-you = You had a part in this entry, or it is your own service: another member of staff asks.
hours-answer-so = It was so
hours-answer-not-so = It was not so
hours-answer-not-reached = Nobody answered

# To be looked at
hours-flags-title = Entries to be looked at
hours-flags-about = The program only points them out and concludes nothing: they count meanwhile, and nothing is noted against anybody. No places, no photos.
hours-flags-open = Still open
hours-flags-done = Looked at
hours-flags-none = There is nothing to look at.
hours-flags-none-done = Nothing has been looked at yet.
hours-flag-overlap = At the same time as another
hours-flag-long-day = More than 12 hours on one day
hours-flag-many-short = Many short visits on one day
hours-flag-ahead = On a day that has not come yet
hours-flag-circle = Two people helping each other back and forth
hours-flag-not-so = Said not to be so when called
hours-flag-doubt = Doubted at the desk
hours-flag-state-open = Not looked at yet
hours-flag-state-to-leader = With the leader
hours-flag-state-right = In order
hours-flag-state-withdrawn = Taken back
hours-flag-raised = Since { $when }
hours-flag-looked = What was looked at
hours-flag-reviewed = What the leader found
hours-flag-words = What you looked at, whom you asked, what came of it
hours-flag-outcome = Outcome
hours-flag-save = Note it
hours-flag-with-leader = The community leader reviews it.
hours-outcome-right = In order
hours-outcome-to-leader = Hand to the leader
hours-outcome-withdrawn = It was not so, take it back

# Public figures
hours-figures-title = Volunteering in figures
hours-figures-about = Totals only: no names, and no order of people.
hours-figures-hidden = Figures of fewer than 10 people are hidden, so that nobody can be made out.
hours-figure-active = People with an hour or more in 90 days
hours-figure-median = Their median time
hours-figure-received = Share confirmed by receivers, 12 months
hours-figure-labelled = Share entered late or in bulk, 12 months
hours-figure-small = fewer than 10
hours-figure-months = People and hours by month
hours-figure-month = Month
hours-figure-people = People
hours-figure-hours = Time
hours-figure-running = so far

# The certificate
hours-certificate-title = Service certificate
hours-certificate-about = You choose what it says and have it at once, for nothing and without anybody's leave. You decide who sees it, and can take it back at any time.
hours-certificate-name = How your name is shown
hours-certificate-from = From
hours-certificate-until = Until
hours-certificate-detail = How much it shows
hours-detail-total = The total only
hours-detail-kinds = By origin
hours-detail-entries = Each entry
hours-certificate-who = Whoever has the number or the QR code can open and check it, and sees what you chose here and nothing else.
hours-certificate-make = Make the certificate
hours-certificates-made = Certificates made
hours-certificates-none = No certificate has been made yet.
hours-certificate-period = { $from } to { $until }
hours-certificate-issued = made on { $day }
hours-certificate-withdraw = Take back
hours-certificate-withdrawn = Taken back

# Checking a certificate
hours-proof-ask-title = Check a service certificate
hours-proof-ask-about = Scan the QR code on the certificate, or type its number here. No account is needed.
hours-proof-number = Number
hours-proof-number-hint = Sixteen letters and digits; dashes and blanks may be left out
hours-proof-check = Check
hours-proof-unreadable = This is not a whole certificate number. It has sixteen letters and digits: please copy it again.
hours-proof-unknown = This community has made no certificate of this number. Compare it with the original; if it is typed right, the certificate is not ours or was altered. If another community made it, scan the QR code on the original.
hours-proof-withdrawn = Its holder has taken this certificate back. It is no longer valid, and what it said is not shown.
hours-proof-altered = What this certificate says does not fit the seal that was set when it was made, so it proves nothing. Please ask the community.
hours-proof-title = Certificate of volunteer service
hours-proof-says = This certifies that { $name } served as a volunteer in { $community }, for a confirmed time of
hours-proof-lines = The time in detail
hours-proof-labelled = entered afterwards
hours-proof-issued = Made on
hours-proof-address = To check it
hours-proof-picture = QR code that opens the page to check it
hours-proof-how = What this page shows is what counts: paper that says something else was altered.
hours-proof-holds = The certificate holds and says what it said when it was made.
hours-proof-changed = Since this certificate was made, something that it counts was taken back on { $day }: the time is no longer as written below. Ask its holder for a new one.
hours-proof-print = To print it, use your browser: menus and buttons stay off the paper.
hours-proof-back = Back to my certificates

# Settings
hours-settings-title = Settings of hours
hours-settings-stars = Hours of each star
hours-settings-stars-hint = In rising order, with commas: 100,300,600,1000,1500
hours-settings-percent = Labelled entries called back, in percent
hours-settings-percent-hint = From { $usual } to 100, never less
hours-settings-save = Save

# Spreadsheets
hours-import-title = Bring in a spreadsheet
hours-import-about = Hours from sign-in sheets and ledgers, all at once. Each row must lead to somebody in the register; nothing is written until every row is right or struck out. It is labelled as bulk and waits for a second member of staff.
hours-import-file = Spreadsheet
hours-import-file-hint = Excel, ODS or CSV, at most { $n } rows, with name, telephone or address, day, length and what was done.
hours-import-upload = Upload and look
hours-import-look = Row by row
hours-import-look-about = Nothing has been written yet.
hours-import-columns = What each column is
hours-import-columns-about = Choose the name, the telephone or address (building and room will do), the day, the length (minutes, hours, or from and until) and what was done. If a column of lengths does not say its unit, say whether it is minutes or hours.
hours-import-columns-save = Read it like this
hours-column-none = No such column
hours-column-unnamed = Column without a header
hours-import-right = Can be written
hours-import-wrong = Not right
hours-import-row = Row
hours-import-verdict = What was read, or what is wrong
hours-import-strike = Strike out
hours-import-strike-row = Strike out row { $row }
hours-import-struck = Struck out
hours-import-confirm = Write the rows that are not struck out
hours-import-confirm-about = The sheet is written as one: while a single row is wrong, none is written.
hours-import-other = Another spreadsheet
hours-import-still-wrong = { $n ->
    [one] One row is still wrong. Put it right in the spreadsheet and upload it again, or strike it out.
   *[other] { $n } rows are still wrong. Put them right in the spreadsheet and upload it again, or strike them out.
}
hours-import-nothing = There is no row to be written.
hours-import-done = The spreadsheet was written
hours-import-done-words = { $n } entries of “{ $file }” were written and wait for a second member of staff.
hours-file-missing = Please choose a spreadsheet.
hours-file-gone = This spreadsheet was written already, or deleted after a day. Please upload it again.
hours-file-refused = The spreadsheet has columns that must not be collected, so nothing of it was read. Delete them and upload it again:
hours-row-no-name = There is no name.
hours-row-no-way-to-find = There is neither a telephone number that can be read nor an address with a room, so nobody can be looked for.
hours-row-no-words = It does not say what was done.
hours-row-stranger = Nobody in the register: the name must be exact, and the telephone or the address must fit.
hours-row-several = { $n } people in the register fit. Add a telephone number or an address to tell them apart.
hours-row-repeats = The same day and length as row { $row }: it seems to be there twice. If it was two times, give from and until.
hours-row-known = The same day and length was entered before. If it was another time, give from and until.
hours-row-overlaps = At the same time as row { $row }: nobody is in two places at once.
hours-row-overlaps-known = At the same time as an entry that is known: nobody is in two places at once.

# After an act
hours-done-confirmed = Confirmed; the hours count.
hours-done-refused = Noted; the volunteer reads why.
hours-done-objected = Your objection was sent. Somebody who had no part in it decides.
hours-done-decided = Decided; the volunteer reads why.
hours-done-entered = Entered; a second member of staff has to confirm it.
hours-done-doubted = Handed to the leader.
hours-done-called = The call was noted.
hours-done-looked = Noted.
hours-done-withdrawn = Taken back: whoever opens it now reads only that.
hours-done-set = Saved.
hours-done-imported = The spreadsheet was written.

# Alerts
hours-alert-refused = Your service of { $subject } was not confirmed. Read why; you can object within 15 days
hours-alert-decided = Your objection about { $subject } was decided
hours-alert-withdrawn = Your service of { $subject } was taken back after a review. Read why; you can object within 15 days
hours-alert-review = A service entry of { $subject } is for you to review

# What stands in the way
hours-error-faster = A colleague was faster, or the entry has changed. Please reload the page.
hours-error-own-typing = You typed this yourself: another member of staff has to confirm it.
hours-error-own-service = This is your own service: somebody else has to do this.
hours-error-another-person = You have had your part in this entry: another person has to do this.
hours-error-day-too-full = A day has 24 hours: with what is entered already it would be more. Please check the day and the length.
hours-error-day-ahead = This day has not come yet. Please check it.
hours-error-day = Please give a day, like 2026-11-20.
hours-error-repeated = The same day and length was entered before. If it was another time, give from and until.
hours-error-too-late-to-object = More than 15 days have passed, so you cannot object here any more. You can come to the desk.
hours-error-does-not-count = This entry does not count now, so there is nothing to take back.
hours-error-nothing-chosen = Nothing was chosen. Please tick something first.
hours-error-nothing-to-prove = No hours are confirmed in this time, so there is nothing to certify. Please choose another time.
hours-error-missing = Please fill this in.
hours-error-too-long = Too long: at most { $most } characters.
hours-error-national-id = Please delete the identity number; none is taken in here.
hours-error-too-many-at-once = At most { $n } entries at once.
hours-error-choose-answer = Please choose what was said.
hours-error-choose-outcome = Please choose an outcome.
hours-error-choose-detail = Please choose how much it shows.
hours-error-ends-before = The last day must not lie before the first.
hours-error-stars = Please write whole hours in rising order, with commas, ten at most.
hours-error-percent = Please write a whole number from 5 to 100.
hours-time-missing = Please give from and until, or minutes.
hours-time-unreadable = The time cannot be read. Write 14:00, and minutes as 90.
hours-time-ends-before = The end must come after the beginning; what goes past midnight is entered as two days.
hours-time-nothing = At least one minute, please.
hours-time-more-than-a-day = A day has 24 hours. Please check the length; what goes past midnight is entered as two days.
hours-time-contradicts = From and until do not fit the minutes. Make them agree, or give only one of the two.

# The record
subject-service = Service entry
subject-certificate = Service certificate
job-hours-look-over = Look over new service entries
job-hours-forget-file = Delete spreadsheets of hours that were not written
event-hours-service-entered = Service entered
event-hours-service-confirmed = Service confirmed
event-hours-service-refused = Service not confirmed
event-hours-service-objected = The volunteer objected
event-hours-objection-decided = Objection decided
event-hours-service-withdrawn = Service taken back
event-hours-service-called-back = Call-back
event-hours-service-flagged = To be looked at by a person
event-hours-service-looked-at = Looked at
event-hours-imported = Spreadsheet of hours taken in
event-hours-certificate-issued = Service certificate made
event-hours-certificate-withdrawn = Service certificate taken back
act-hours-read = read service records
act-hours-enter = enter service, bring in spreadsheets
act-hours-confirm = confirm or refuse as the second person
act-hours-object = object to a refusal or a withdrawal
act-hours-decide = decide about objections
act-hours-call-back = call back
act-hours-look = look at entries that stand out
act-hours-review = review, and take back what was not so
act-hours-desk = open the desk of volunteer hours
act-hours-certify = make certificates of one's own service
act-hours-verify = check a certificate by its number
act-hours-count = see volunteering in figures
act-hours-set = set stars and call-backs

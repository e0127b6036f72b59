# Residents and households: register, import, one's own data
people-nav = Residents and households
people-crumbs = You are here
people-list-comma = , { "" }
people-row = Row { $row }
people-row-number = Row

# Finding
people-search = Find
people-search-label = Find residents
people-search-hint = A name, its pinyin (wangxiuying), initials (wxy), an address, or a whole phone number
people-find = Find
people-grid = Grid
people-micro-grid = Micro-grid
people-all = All
people-unplaced = Only those whose address is not on the map
people-none-found = Nobody matches. Try fewer characters, or the pinyin or the address.
people-none-yet = The register is still empty. You can import a list you already keep.
people-show-all = Show everybody
people-pages = Pages
people-next-page = Next page
people-looks-note = Opening a record is noted, and the resident can see it.
people-area = Grid
people-off-map = Address not on the map
people-age = Age group
people-age-child = Under 14
people-age-youth = 14–17
people-age-young = 18–34
people-age-middle = 35–59
people-age-elder = 60–79
people-age-eldest = 80 and over
people-age-unknown = Not given

# Fields
people-field-name = Name
people-field-sex = Sex
people-field-birth-date = Date of birth
people-field-phone = Phone
people-field-address = Address
people-field-building = Building
people-field-unit = Unit
people-field-room = Room
people-field-relation = Relation to head of household
people-field-residence = Residence
people-field-as-before = restored to what it said before the import
people-sex-female = Female
people-sex-male = Male
people-sex-unknown = Not given
people-relation-head = Head of household
people-relation-spouse = Spouse
people-relation-child = Child
people-relation-child-in-law = Son- or daughter-in-law
people-relation-parent = Parent
people-relation-grandchild = Grandchild
people-relation-grandparent = Grandparent
people-relation-sibling = Sibling
people-relation-other = Other
people-residence-registered = Registered household
people-residence-resident = Lives here
people-residence-tenant = Tenant
people-not-told = Not given

# Record
people-record = Record
people-record-title = Record of { $name }
people-look-noted = Your visit to this record is kept, and the resident can see it.
people-phone-no-consent = Hidden: they have not agreed to be contacted
people-household = Same household
people-household-alone = Nobody else is registered here.
people-open-record = Open the record
people-correct = Correct
people-corrected = The record has been corrected.
people-nothing-changed = Nothing was different, so nothing was changed.
people-changed-meanwhile = Somebody else has just changed this record, so your changes were not saved. Open the record again and look at what it says now.
people-save = Save
people-birth-date-hint = For example 1962-03-04; leave empty if not known
people-phone-keep-hint = Leave empty to keep it
people-phone-remove = Remove the phone number that is kept
people-address-hint = Down to building, unit and room, for example 锦江苑3栋2单元501
people-form-name = Write only the name, without numbers, brackets or remarks.
people-form-birth-date = We could not read the date of birth. Write it like 1962-03-04.
people-form-phone = This is not a phone number. A mobile has 11 digits; a fixed line needs its area code.
people-form-address = We could not read the address. Write building and room, for example 3栋2单元501, without phone or other numbers.

# Consent
people-consents = Consent
people-consents-paper-hint = When a resident agrees or withdraws in person or on paper, note it for them here. They can see who did, and change it at any time.
people-consents-own-hint = Each one is a separate choice, and you can change it at any time. Saying no does not affect any service.
people-consent-none = Not given
people-consent-since = Given since { $day }
people-consent-on-paper = noted by the office
people-consent-give = Agree
people-consent-note = Note consent
people-consent-withdraw = Withdraw
people-consent-given = Consent has been noted.
people-consent-withdrawn = Consent has been withdrawn.
people-consent-unreadable = We could not tell which consent was meant. Go back, reload the page and try again.
people-purpose-contact = Being contacted
people-purpose-contact-wording = My grid worker and the community office may call or text me about services.
people-purpose-photos = Photos
people-purpose-photos-wording = I may appear in photos of community activities that are shown within the community.
people-purpose-employer-feedback = Feedback to my employer
people-purpose-employer-feedback-wording = My employer may be told about the community service I have done.

# History
people-history = Looks and corrections
people-history-none = Nothing yet.
people-history-you = You
people-history-program = The program
people-history-former = A closed account
people-history-seen = opened the record to provide a service
people-history-exported = exported all of your own data
people-history-entered = entered in the register
people-history-erased = erased the personal data
people-history-corrected = corrected: { $fields }
people-history-consent-given = agreed to “{ $purpose }”
people-history-consent-withdrawn = withdrew consent to “{ $purpose }”
people-history-wished = asked for a correction
people-history-granted = granted the correction
people-history-refused = did not grant the correction, and said why
people-history-other = something concerning this person

# Corrections asked for
people-wishes-title = Corrections asked for
people-wishes-about = Residents ask to have their name or address corrected. Answer within 15 days, and give a reason if you do not agree.
people-wishes-none = Nothing is waiting for an answer.
people-wish-field = What to correct
people-wish-words = Should say
people-wish-at = Asked on
people-wish-due = Answer by
people-wish-overdue = Overdue
people-wish-reason = Reason, if you do not agree
people-wish-reason-hint = Not needed when you agree; the resident reads it when you do not
people-wish-grant = Agree and correct now
people-wish-refuse = Do not agree
people-wish-answered = Answered. The resident can see the result.
people-wish-needs-reason = If you do not agree, say why (up to 300 characters), so that the resident knows.
people-wish-decided-already = A colleague has just answered this. Go back to the corrections asked for.
people-wish-unreadable = This cannot be put into the register as it stands. Correct the record by hand, or do not agree and say why.

# My data
people-own-title = My data
people-own-about = Everything the community register holds about you: what it says, who looked at it, and what you can do.
people-own-not-linked = Your account is not linked to the community register yet. To see or correct what it says, come to the community office with an identity document; it is only looked at, never recorded.
people-own-held = What the register says
people-own-account = Account
people-own-take = You can take all of it with you:
people-own-xlsx = Excel
people-export-field = Item
people-export-value = Content
people-own-correct = Correct
people-own-corrected = Corrected.
people-own-phone-hint = Saved at once; empty it to remove the number
people-own-wish = Name or address is wrong
people-own-wish-about = The community checks these two first and answers within 15 days.
people-own-wish-send = Ask for a correction
people-own-wished = Received. The community will answer within 15 days.
people-own-wish-open = Waiting for an answer, by { $day } at the latest
people-own-wish-granted = Corrected on { $day }
people-own-wish-refused = Not granted on { $day }: { $reason }. If you disagree you can turn to the community, or to the people's court.
people-own-looks = Who looked, who changed
people-own-looks-about = Each time somebody opens your record, a line is added here.
people-own-erased = Your personal data has been erased.
people-erase-title = Erase my data
people-erase-about = You can have what the register says about you erased.
people-erase-ask = I want it erased
people-erase-sure = { $name }, are you sure? This cannot be undone.
people-erase-gone = Name, sex, date of birth, phone, address and household are erased, and every consent and every offer of help is withdrawn.
people-erase-stays = Records of what was done stay, without your personal data.
people-erase-account = You can still sign in, but the account no longer leads to the register.
people-erase-do = Erase
people-erase-keep = Keep it for now

# Import
people-import-title = Import a register
people-import-bring = Choose a file
people-import-about = Excel (xlsx, xls), WPS, ODS or CSV. You check the columns and every row first; nothing is written until you confirm.
people-import-file = File
people-import-file-hint = At most 20 MB, one person in a row
people-import-upload = Upload and check
people-import-closed-list = The register takes name, sex, date of birth, phone, address, relation and residence only. A file with identity numbers, ethnicity, religion, politics, health or income is refused whole; delete those columns first.
people-import-recent = Recent imports
people-import-none = Nothing has been imported yet.
people-import-counts = { $entered } entered, { $corrected } corrected
people-import-state-draft = To be confirmed
people-import-state-queued = Being written
people-import-state-done = Written
people-import-state-undone = Taken back
people-import-columns = Check the columns
people-import-columns-about = Guessed from the headers. Check which column each item comes from, and choose “Do not import” for what is not there. The address may be one column, or building, unit and room.
people-import-rows = { $n } rows
people-column-none = Do not import
people-column-number = Column { $n }
people-column-unnamed = A column without a header
people-columns-missing = Choose at least the columns of “Name” and of “Address” (or “Building” and “Room”).
people-import-to-preview = Next: check every row
people-import-other-file = Another file
people-import-sample = The first rows of the file
people-import-preview = Check every row
people-import-preview-about = Nothing has been written yet.
people-import-numbers = What this file would do
people-count-new = New
people-count-corrected = Corrected
people-count-same = Known and the same
people-count-repeats = Repeated in the file
people-count-unclear = For you to decide
people-count-faults = To put right
people-faults-title = { $n ->
    [one] 1 thing has to be put right first
   *[other] { $n } things have to be put right first
}
people-faults-about = If one row is wrong, none is written. Put it right in your own file and upload it again.
people-fault = Problem
people-fault-no-name = There is no name. Add it, or delete the row.
people-fault-name = “{ $cell }” does not look like a name. Write only the name, without numbers, brackets or remarks.
people-fault-sex = We could not read the sex “{ $cell }”. Write 男 or 女, or leave it empty.
people-fault-birth-date = The date of birth “{ $cell }” is not right. Write it like 1962-03-04, or leave it empty.
people-fault-phone = The phone “{ $cell }” is not right. A mobile has 11 digits, a fixed line needs its area code; leave it empty if there is none.
people-fault-no-address = There is no address. Write building and room.
people-fault-address = We could not read the address “{ $cell }”. Write building and room, for example 3栋2单元501, without phone or other numbers.
people-fault-residence = We could not read the residence “{ $cell }”. Write 户籍在册, 常住 or 租住, or leave it empty.
people-import-again = Put right; upload again
people-shown-first = Only the first { $n } are shown.
people-asked-title = { $n ->
    [one] 1 row needs your decision
   *[other] { $n } rows need your decision
}
people-asked-about = These rows look much like somebody else in the register or the file, but it is not certain. The marked characters differ.
people-asked-row = Is row { $row } the same person?
people-same-person = The same person
people-another-person = Another person
people-rest-another = Enter all that I have not decided as other people
people-import-undecided = { $n ->
    [one] 1 row is
   *[other] { $n } rows are
} still undecided. Choose for each, or tick “Enter all that I have not decided as other people”.
people-in-file = In the file
people-in-register = In the register
people-phone-same = The same
people-phone-differs = Different
people-will-correct = Will be corrected: { "" }
people-corrections-title = { $n ->
    [one] 1 person will be corrected
   *[other] { $n } people will be corrected
}
people-repeats-title = { $n ->
    [one] 1 row repeats another
   *[other] { $n } rows repeat others
}
people-repeats-about = The same person stands in two rows; the first is taken.
people-unplaced-title = { $n ->
    [one] 1 address is not on the map
   *[other] { $n } addresses are not on the map
}
people-unplaced-about = They can be written all the same, and found under “Only those whose address is not on the map”. Once the building is drawn, they go to its grid by themselves.
people-import-confirm = { $n ->
    [one] Write 1 person
   *[other] Write { $n } people
}
people-import-confirm-asked = Decided; write
people-import-back-to-columns = Back to the columns
people-import-undo-hint = For 24 hours all of it can be taken back.
people-import-nothing = The register has all of this already; there is nothing to write.
people-import-running = Writing the register
people-import-queued = Waiting its turn
people-import-progress = { $done } of { $total } people written
people-import-running-about = Either all of it is written, or none. You can leave this page.
people-import-look-again = See whether it is done
people-import-stale = The register changed after you confirmed, so the file was not written. Check it once more and confirm again.
people-import-done = Register import
people-import-at = Uploaded
people-import-undo-until = Until { $until } all of it can be taken back: those entered are removed, those corrected say again what they said before.
people-import-undo = Take this import back
people-import-taken-back = Taken back. The register is as it was before the import.
people-to-register = To the register
people-undo-too-late = This import was taken back already, or more than 24 hours have gone by.
people-undo-changed-since = { $n ->
    [one] 1 person has
   *[other] { $n } people have
} changed since the import. Taking it back would lose that, so nothing was done. Correct the records one by one.
people-file-missing = Choose a file first.
people-file-gone = This file is done with, or was cleared away after a day. Upload it again.
people-file-refused = This file holds what must not be registered. It was refused whole, and nothing of it was kept.
people-file-refused-how = Delete these columns in your own file, save it, and upload it again.
people-refused-national-id = identity numbers. The register does not take them.
people-refused-national-id-in-row = row { $row } holds an identity number. The register does not take them.
people-refused-ethnicity = ethnicity. The register does not take it.
people-refused-religion = religion. The register does not take it.
people-refused-political-opinion = politics or Party membership. The register does not take it; membership lives only in the branch's own books.
people-refused-health = health, illness or disability. The register does not take it.
people-refused-income = income, hardship or bank accounts. The register does not take it.
people-refused-biometric = faces, fingerprints and the like. The register does not take it.
people-refused-risk = labels of “risk” or “priority” on people. The register does not take them.

# What I can help with
people-skills-title = What I can help with
people-skills-about = Tick what you would lend a hand with. To take something back, untick it and save, at any time. It makes no difference to what the community does for you.
people-skills-who = Only the community's staff and its leaders can see this. They may ask you when a matter needs a hand; whether you help is up to you. It is never published or rated, and nobody can fill it in for you.
people-skills-legend = I can help with
people-skills-since = since { $day }
people-skills-none = You have not said anything yet. If you would lend a hand, let the community know.
people-skills-change = Add or take back
people-skills-saved = Saved.
people-skills-unknown = One of these is not on the list, or no longer, so nothing was saved. Look at the list below and save again.

# What one may do
act-people-read = find residents and open their records; each look is told to them
act-people-correct = correct records, note consent given on paper
act-people-import = load a register
act-people-rights = see, take along, correct and erase one’s own data
act-people-offer = say what one can help with, and take it back
act-people-ask-by-skill = find people by what they can help with, when a matter needs a hand
people-wish-empty = Write what the name or address should be.

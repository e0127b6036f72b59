# Who does what
requests-parts = Who does what
requests-role-lead = leads
requests-role-responsible = responsible for a part
requests-role-assisting = helps
requests-role-informed = is kept informed
requests-neighbour = Neighbour
requests-part-sent = Sent
requests-part-signed-for = Signed for
requests-part-contacted = In touch
requests-part-reported-in = On the spot
requests-part-in-progress = At work
requests-part-waiting = Waits for the resident
requests-part-answered = Done
requests-part-explained = Cannot be done now
requests-part-declined = Says it is not theirs
requests-part-released = Given to others
requests-part-withdrawn = Taken back
requests-part-asks = { $n ->
    [one] Asks for one more hour. The office decides.
   *[other] Asks for { $n } more hours. The office decides.
}

# Time
requests-measure = How time is counted
requests-measure-working = working time only
requests-measure-elapsed = day and night
requests-span-working = { $span } of working time
requests-clock-joint = {"; "}
requests-clock-runs = Due { $due }: { $span } left
requests-clock-late = Was due { $due }: { $span } late
requests-clock-stands = The clock stands since { $since }: { $span } left
requests-clock-stands-late = The clock stands since { $since }: { $span } late before that
requests-clock-was-in-time = Took { $used } of { $allowed }
requests-clock-was-late = Took { $used }, longer than { $allowed }
requests-clock-paused = stood for { $span }
requests-clock-paused-for-you = stood for { $span } while waiting for you
requests-clock-extended = { $span } were added
requests-clock-assumed = holidays are not announced yet, so Monday to Friday is assumed

# What a party can do
requests-act-part = Ask another party too
requests-act-part-to = Ask
requests-act-part-role = What they are to do
requests-act-part-words = The task
requests-act-part-hours = Within how many hours (optional)
requests-act-part-hours-hint = Left empty, the usual time for this kind of matter.
requests-act-part-send = Send
requests-act-sign-for = Sign for it
requests-act-contact = In touch
requests-act-contact-words = What was agreed
requests-act-contact-hint = What you and the caller will do first. Only staff read this.
requests-act-report-in-on-site = We are on site
requests-act-report-in-meeting = We are at the meeting
requests-act-resume = Go on
requests-act-pause = Wait for the requester
requests-act-pause-words = What you are waiting for
requests-act-pause-hint = The requester reads this, for example: please name a time when you are in. The wait does not count.
requests-act-ask-time = Ask for more time
requests-act-ask-time-hint = Why it cannot be done in time, and what you will do. The office decides; if it agrees, the requester is told why.
requests-act-give-time = Give more time
requests-act-give-time-hint = When the lead gets more time, the requester reads this.
requests-act-refuse-time = Give none
requests-act-time-words = Reason
requests-hours-more = How many more hours, day and night
requests-hours-more-working = How many more hours of working time
requests-act-return-hint = Say by what rule: the list of duties, a contract. The office decides; until then the clock stands.
requests-act-release = It is not theirs
requests-act-insist = It is theirs after all
requests-act-rule-words = Why
requests-act-rule-hint = The party reads this.
requests-act-withdraw = Take it back
requests-act-withdraw-words = Why it is taken back
requests-act-answer-part-hint = The lead and the office read this; the lead answers the requester.
requests-act-grade = Say how it went
requests-act-grade-which = How well did they work with you?
requests-act-grade-words = In your words (optional)
requests-act-grade-save = Send
requests-grade-good = well
requests-grade-fair = it will do
requests-grade-poor = badly
requests-graded-response = The office on the response
requests-graded-call = The party on the call

# What is said afterwards
requests-done-part = Sent. They are told.
requests-done-sign-for = Signed for.
requests-done-contact = Noted.
requests-done-report-in = Noted: you are there.
requests-done-pause = The clock stands, and the requester knows what you wait for.
requests-done-resume = The clock runs again.
requests-done-ask-time = The office has your request for more time.
requests-done-give-time = More time was given.
requests-done-refuse-time = Answered: no more time.
requests-done-release = It is not theirs. Please give it to another party.
requests-done-insist = It is theirs. The clock runs again.
requests-done-withdraw = Taken back.
requests-done-grade = Noted.

# What happened
requests-event-part-given = Sent to { $handler } ({ $role })
requests-event-signed-for = Signed for
requests-event-contacted = In touch with the caller
requests-event-reported-in = On the spot
requests-event-paused = Waits for the requester, the clock stands
requests-event-resumed = Goes on
requests-event-time-asked = Asks for more time
requests-event-time-given = More time given
requests-event-time-refused = No more time given
requests-event-ruled = Ruled on
requests-event-released = Ruled: not theirs
requests-event-insisted = Ruled: theirs
requests-event-withdrawn = Taken back
requests-event-handed-over = Handed over
requests-event-graded = Said how it went
requests-event-link-made = Link for an answer made
requests-event-reminded = Reminded: due soon
requests-event-escalated = Late: told to those above

# Alerts
requests-alert-part-over = One party has finished its part of { $subject }.
requests-alert-ruled = There is a decision on your objection to { $subject }.
requests-alert-time-asked = { $subject }: somebody asks for more time.
requests-alert-time-decided = { $subject }: there is an answer about more time.
requests-alert-time-given = Your matter { $subject } needs more time. Please see why.
requests-alert-waits-for-you = Your matter { $subject } waits for a word from you.
requests-alert-withdrawn = { $subject } was taken back; nothing is left to do.

# Why something was not done
requests-error-has-it-already = This party has the matter already.
requests-error-nobody-leads = Please give it to a lead first, then to others.
requests-error-not-a-third = Neither who sent it nor who is to do it can decide this. Please ask a colleague.
requests-error-own-time = You worked on it yourself, so you cannot give more time. Please ask a colleague.
requests-error-thanked-not-graded = A neighbour who helped is thanked, not graded.
requests-error-choose-grade = Please choose how it went.
requests-error-choose-measure = Please choose how time is counted.
requests-error-choose-role = Please choose what they are to do.
requests-error-hours = Please give 1 to { $most } hours.
requests-error-say-hours = Please say how many hours.
requests-alert-due-soon = { $subject } is due soon.
requests-alert-late = { $subject } is late. Please see to it now.
requests-alert-part-late = One party is late with { $subject }. Please ask.
requests-alert-escalated = { $subject } has been late for long. Please help it on.
requests-part-thanked = Thanked
requests-part-link = Link for an answer: send it to them, no account is needed
requests-act-link = Make a link for an answer
requests-done-link = The link is ready. Copy it and send it to them.

# Whistles
requests-nav-whistles = Whistles
requests-whistle = Whistle
requests-call-dispatch = Dispatch
requests-call-work-push = To push work on
requests-call-hard-problem = Over a hard problem
requests-call-emergency = In an emergency
requests-call-community = To ask neighbours for a hand
requests-whistle-drafted = Waits for a yes
requests-whistle-refused = Not authorised
requests-whistle-blown = Blown
requests-whistle-planned = Planned
requests-whistle-verified = Verified
requests-whistle-closed = Over
requests-whistle-voices = { $given } of { $wanted } leaders have said yes.
requests-act-whistle = Whistle: call several parties together
requests-act-whistle-hint = To push work on, one leader must agree; over a hard problem, two. In an emergency, and to ask neighbours, it is blown at once.
requests-act-whistle-kind = Why
requests-act-whistle-lead = Who leads
requests-act-whistle-parties = Whom to call
requests-act-whistle-words = What they are asked to come for
requests-act-whistle-send = Whistle
requests-act-authorise = Agree
requests-act-refuse = Do not agree
requests-act-refuse-words = Why not
requests-act-plan = Agree on a plan
requests-act-plan-words = Who does what until when
requests-act-plan-hint = Agree on it with those who came. A party that begins its work has accepted its part.
requests-act-plan-hours = Within how many hours from now
requests-act-plan-save = Save the plan
requests-act-verify = Look at the result
requests-act-verify-words = What you saw (needed when it is not resolved)
requests-act-verify-yes = It is resolved
requests-act-verify-no = Not yet: please go on
requests-act-assign = Ask them to do it
requests-act-assign-words = What they are asked to do
requests-act-thank = Done: say thank you
requests-act-thank-words = In your words (optional)
requests-act-redo = Not done: please go on
requests-act-redo-words = What is missing
requests-done-whistle = Sent. What needs a yes waits for it; the rest has been blown.
requests-done-authorise = You agreed.
requests-done-refuse = The caller has been told why.
requests-done-plan = The plan is saved, and everyone is told.
requests-done-verify = Noted.
requests-done-assign = They are told what to do.
requests-done-redo = They are asked to go on.
requests-done-thank = Your thanks have been sent.
requests-done-come = Thank you for coming! The office will tell you what to do.
requests-event-assigned = A neighbour is asked to do it
requests-event-sent-back = Not done, sent back
requests-event-thanked = Thanked
requests-event-whistle-drafted = Whistle drafted
requests-event-whistle-authorised = Whistle agreed to
requests-event-whistle-refused = Whistle not agreed to
requests-event-whistle-blown = Whistle blown: parties are called
requests-event-whistle-answered = A neighbour comes forward
requests-event-whistle-planned = Plan agreed
requests-event-whistle-verified = The caller looked at the result
requests-event-whistle-closed = Whistle over
requests-alert-whistle-drafted = Somebody wants to whistle over { $subject }. Do you agree?
requests-alert-whistle-refused = Your whistle over { $subject } was not agreed to. Please see why.
requests-alert-whistle = A whistle calls you to { $subject }. Please sign for it, get in touch and come.
requests-alert-somebody-comes = A neighbour comes forward for { $subject }.
requests-alert-assigned = { $subject }: you are asked to do something. Please see.
requests-alert-thanked = { $subject }: the office thanks you for your help!
requests-alert-sent-back = { $subject } is not done yet. Please go on.
requests-error-own-whistle = Who drafted it, or has agreed already, is not the second person. Another leader must decide.
requests-error-whistled-already = There is a whistle over this matter already. Please wait until it is over.
requests-error-nobody-reported-in = Nobody has come yet. Please plan when they are there.
requests-error-caller-looks = The person who called looks at the result.
requests-error-verify-first = The person who called has not looked at the result yet. Please ask them first.
requests-error-choose-kind = Please choose why you whistle.
requests-error-choose-parties = Please choose at least one party.
requests-error-too-many-parties = At most { $most } parties can be called at once.
requests-error-link = This link does not open: it may have expired or been replaced, or part of it is missing. Please ask the office for a new one.

# Whistles at a glance
requests-whistles-title = Whistles
requests-whistles-hint = Those that are under way. What waits for your word comes first.
requests-whistles-empty = No whistle is under way. When a matter needs several parties, open it and whistle.
requests-whistles-matter = Matter
requests-whistles-kind = Kind
requests-whistles-state = State
requests-whistles-signed = Signed
requests-whistles-reported = There
requests-whistles-over = Done
requests-whistles-late = Late
requests-whistles-declined = { $n } say it is not theirs
requests-whistles-waits = waits for you

# Neighbours lend a hand
requests-calls-title = Lend a hand
requests-calls-hint = The office is looking for a hand. Say that you come; you can step back at any time.
requests-calls-empty = Nobody needs a hand right now.
requests-calls-coming = { $n ->
    [one] one comes
   *[other] { $n } come
}
requests-calls-mine = you said you come
requests-calls-come = I will help
requests-tasks-title = Given to me
requests-tasks-empty = Nothing is given to you right now.
requests-task-title = A task
requests-task-said = What was said
requests-task-whole = See the whole matter
requests-task-thanked = The office thanks you!
requests-task-link = This link holds until { $until }. Please do not pass it on.
requests-act-step-back = I cannot come after all
requests-alert-stepped-back = { $subject }: a neighbour cannot come after all.

# Other systems (Open311)
open311-nav = Other systems
open311-title = Other systems
open311-about = City hotlines, subdistrict platforms and property companies can send requests by the Open311 standard and follow how they go.
open311-address = Address of the interface
open311-jurisdiction = This community's code (jurisdiction_id) is { $slug }; it may be left out.
open311-keys = Keys in use
open311-keys-none = No system has a key yet. To read what is published none is needed.
open311-key = Key
open311-key-make = Make a key
open311-key-made = The key is made
open311-key-once = It is shown only this once. Copy it now and hand it to whoever runs the other system.
open311-key-name = The other system
open311-key-name-hint = For instance “District hotline 12345”.
open311-key-name-wrong = Say what the other system is called, in at most { $n } characters.
open311-key-account = Acts for
open311-key-account-hint = A sign-in name. Best is an account of its own for the other system; left empty it acts for you.
open311-key-account-wrong = There is no such account. Please give its sign-in name.
open311-key-may-publish = The other system asks its requesters, and what it sends may be published
open311-key-may-publish-hint = Only kinds that are public anyway are published, and nothing that holds an ID or telephone number.
open311-key-publishes = may publish
open311-key-for = Acts for { $account }, made { $made }
open311-key-received = { $n ->
    [one] { $n } request came
   *[other] { $n } requests came
}
open311-key-retire = Retire
open311-key-retired = The key is retired; the other system can no longer use it.
open311-alert-supplemented = The system that sent { $subject } added something. Please have a look.
open311-discovery-contact = { $community } { $phone }
open311-discovery-key = Ask the community office for a key.
open311-grid-worker = Grid worker
open311-stands-received = Received, to be dispatched.
open311-stands-triaged = Sorted, to be dispatched.
open311-stands-dispatched = Dispatched to its handler.
open311-stands-in-progress = In progress.
open311-stands-explained = It cannot be done now; the requester was told why.
open311-stands-answered = Answered; the requester is asked to confirm.
open311-stands-left = Answered, or passed on to another channel.
open311-stands-closed = Closed.
open311-happened-returned = Sent back by its handler, to be dispatched anew.
open311-happened-reopened = The requester says it is not solved; it is taken up anew.
open311-happened-noted = There is news.

act-open311-manage = Make and retire keys of other systems
act-open311-supplement = Add to one's own requests through another system

event-open311-key-made = Another system was given a key
event-open311-key-retired = The key of another system was retired
event-open311-received = The request came from another system

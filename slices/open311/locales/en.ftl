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
open311-crumbs = Where you are
open311-too-long = That is too long; at most { $n } characters.
open311-peers-title = Other platforms
open311-peers-about = What is dispatched to a party can go straight into its own platform; how it goes there is read every quarter of an hour.
open311-peers = Platforms in use
open311-peers-none = No platform is connected yet.
open311-peer-keep = Connect a platform
open311-peer-keep-about = A platform of the same name is changed instead.
open311-peer-keep-do = Save
open311-peer-kept = Saved. Reading begins now.
open311-peer-retired = Retired: nothing is sent there or read from there any more.
open311-peer-name = What it is called
open311-peer-name-hint = For instance “Property company's platform”. If it also sends requests here with a key, use the same name for both, so that no request goes back and forth.
open311-peer-address-hint = The address of its Open311 interface, up to and without /services.json.
open311-peer-address-wrong = Please give an address that begins with http:// or https://.
open311-peer-jurisdiction = Its jurisdiction_id
open311-peer-jurisdiction-hint = Leave it empty unless the platform asks for it.
open311-peer-key-hint = The key that it gave to this community; kept encrypted. When changing, leave it empty to keep the old one; a new address needs its key again.
open311-peer-account-hint = What is read is recorded in this account's name; it must be one that may handle these requests. Best is an account of its own; left empty it is yours.
open311-peer-handler = Requests of which party go there
open311-peer-handler-hint = They go out when they are dispatched to it, without the requester's name and number. Published ones go with their photos, others without.
open311-peer-no-handler = None; only read
open311-peer-services = Which category is which service
open311-peer-services-hint = One in a line: our category = their service code, for instance stair-lamp = 001. A category that is not listed is neither sent nor read. Our codes: { $codes }
open311-peer-services-wrong = This line cannot be understood, or there is no such category: { $line }
open311-peer-services-count = { $n ->
    [one] { $n } category
   *[other] { $n } categories
}
open311-peer-import = Take in the open requests of that platform
open311-peer-import-hint = Only those of listed categories, each once; here they are not published.
open311-peer-imports = takes requests in
open311-peer-for = Sends what is dispatched to { $handler }
open311-peer-read = Read until { $when }
open311-peer-trouble = Could not be read last time: { $words }
open311-stuck = Did not arrive; please have a look
open311-stuck-unclear = It was sent and no answer came; it may be there. Ask the other side before you send it again.
open311-stuck-refused = The other platform did not take it.
open311-trouble-stopped = The program stopped while it was being sent.
open311-trouble-no-service = Its category has no service code there.
open311-trouble-untrusted = This machine does not trust the other site's certificate, so it did not connect and sent nothing. Ask them for a certificate that is trusted, or the administrator to add its issuer to those that this machine trusts.
open311-trouble-not-readable = The platform's account may not read this request.
open311-send-again = Send again
open311-sent-again = It was sent again.

act-open311-manage = Make keys, connect other platforms
act-open311-supplement = Add to one's own requests through another system

event-open311-key-made = Another system was given a key
event-open311-key-retired = The key of another system was retired
event-open311-received = The request came from another system
event-open311-peer-kept = Another platform was connected or changed
event-open311-peer-retired = Another platform was retired
event-open311-sent-out = The request went to another platform
event-open311-sent-again = The request is sent to another platform once more
event-open311-read-in = The request was read from another platform
job-open311-send = Send a request to another platform
job-open311-read = Read another platform

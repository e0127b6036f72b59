//! Open311 GeoReport v2, in both directions: what a server answers and what a client asks.
//!
//! Documents ([`Service`], [`ServiceRequest`], [`Fault`] …) are written and read as XML and as JSON by
//! [`write()`] and [`read()`]. What is asked arrives as pairs of words and becomes a [`RequestQuery`], a
//! [`NewRequest`], an [`UpdateQuery`] or a [`NewUpdate`], or a list of [`Fault`]s that says what is wrong and
//! with which HTTP status. [`bulk`] is the flat file of GeoReport Bulk.
//!
//! Sources: GeoReport v2 and Service Discovery of open311.org; the update extension as FixMyStreet's
//! open311-adapter speaks it; the de-facto arguments of Chicago, Boston, Toronto and Bloomington (`page`,
//! `page_size`, `extensions`, `lat`, `long`, `radius`, `updated_after`).
//!
//! Reading is lenient where servers in the wild differ (numbers for ids, a wrapped list, other names of list items),
//! writing is strict. What is empty is absent, everywhere. Deliberately absent: the clock (the moment of a query is
//! handed in), the network, and any knowledge of what a service or a request is here.
#![warn(missing_docs)]

mod asked;
pub mod bulk;
mod definition;
mod discovery;
mod fault;
mod format;
mod moment;
mod new_request;
mod new_update;
mod query;
mod receipt;
mod request;
mod service;
mod tree;
mod update;
mod update_query;
mod xml;

pub use asked::{Pairs, asks_api_key, asks_jurisdiction};
pub use definition::{Attribute, Choice, Datatype, ServiceDefinition};
pub use discovery::{Discovery, Endpoint, EndpointKind, SPECIFICATION};
pub use fault::{Fault, status_of};
pub use format::Format;
pub use moment::{MomentError, moment, told};
pub use new_request::{DESCRIPTION_MAX, NewRequest};
pub use new_update::NewUpdate;
pub use query::{Around, DAYS_MAX, LIMIT, Matching, Paging, RequestQuery, Wanted};
pub use receipt::{Receipt, Ticket, TokenAnswer, UpdateReceipt};
pub use request::{Extensions, Given, LatLong, Note, ServiceRequest, Status};
pub use service::{Service, ServiceKind};
pub use tree::{Document, Entries, Entry, ReadError, read, read_entries, write};
pub use update::{RequestUpdate, UpdateStatus};
pub use update_query::UpdateQuery;

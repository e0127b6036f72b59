//! Pages and answers: who is visiting ([`Visit`]), what every page shows ([`Page`]), what they
//! sent ([`Posted`], [`Uploaded`]), and what to say when it cannot be done ([`Refusal`]).

mod app;
mod assets;
mod cookies;
mod forms;
mod headers;
pub(crate) mod idempotency;
mod openapi;
mod page;
mod problem;
mod refusal;
mod uploads;
mod visit;

pub use app::router;
pub use assets::{Asset, Assets};
pub use cookies::{Cookie, hex, read as read_cookie, unhex};
pub use forms::{FieldErrors, Posted};
pub use openapi::document as openapi_document;
pub use page::{Display, NavLink, Page, Size, Theme};
pub use refusal::Refusal;
pub use uploads::{FILE_BYTES_MAX, Sent, Upload, Uploaded};
pub use visit::Visit;

pub(crate) use forms::local;
pub(crate) use page::DISPLAY_COOKIE;

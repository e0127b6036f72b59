//! The whole house: every door for every kind of person, the documents that are under review like
//! code, and the program as an operator runs it.

#![expect(
    clippy::unwrap_used,
    reason = "what stands around a test fails it by panicking"
)]

mod bad_input;
mod crash;
mod doors;
mod program;
mod reviewed;

fn slices() -> Vec<platform::Slice> {
    server::slices()
}

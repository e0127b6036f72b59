//! What tests of slices stand on: a whole house in memory of the test, people who knock at its
//! doors, and the same test on SQLite and on PostgreSQL.
//!
//! ```ignore
//! testkit::on_both! {
//!     async fn a_visitor_sees_the_front_page(app: TestApp) {
//!         let answer = app.visitor().get("/").await;
//!
//!         assert_eq!(answer.status(), 200);
//!     }
//! }
//! ```
//! The test crate says which rooms the house has: `fn slices() -> Vec<platform::Slice>`.

mod app;
mod client;
mod listening;
mod post_office;

pub use app::{NOW, TestApp, open_again};
pub use client::{Answer, Client, File};
pub use listening::{Letter, Listening};
pub use post_office::{PostOffice, TakenLetter};

/// Runs each test on SQLite, and on PostgreSQL when `TEST_PG` holds the address of a server on
/// which databases may be made and dropped.
#[expect(
    clippy::crate_in_macro_def,
    reason = "the test crate says which rooms the house has"
)]
#[macro_export]
macro_rules! on_both {
    ($(
        $(#[$meta:meta])*
        async fn $name:ident($app:ident: TestApp) $body:block
    )+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every test needs what stands around it")]
            use super::*;

            $(#[$meta])*
            async fn body($app: $crate::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body($crate::TestApp::on_sqlite(crate::slices()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(app) = $crate::TestApp::on_postgres(crate::slices()).await {
                    body(app).await;
                }
            }
        }
    )+};
}

//! The map through its doors, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod access;
mod api;
mod drawing;
mod duties;
mod instances;
mod layers;
mod loading;
mod recutting;

use areas::fixture::{Town, a_small_town};
use areas::{Atlas, atlas};
use kernel::DutyKind;
use std::sync::Arc;
use testkit::{Client, TestApp};

fn slices() -> Vec<platform::Slice> {
    vec![areas::slice()]
}

/// Draws the small town.
async fn town(app: &TestApp) -> Town {
    let mut tx = app.begin().await;
    let town = a_small_town(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    town
}

async fn map(app: &TestApp) -> Arc<Atlas> {
    atlas(app.house(), app.community()).await.unwrap()
}

async fn desk(app: &TestApp) -> Client {
    app.on_duty("li", DutyKind::Staff, None).await
}

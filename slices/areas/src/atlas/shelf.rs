//! Where the maps are kept in memory. Each instance looks at the community's revision at most
//! every half second and draws the map anew when it has changed, also by another instance on the
//! same database. A change of its own is seen at once: until the expected revision is there, or
//! five seconds have passed without it (the act was undone), each look is a real one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::{CommunityId, Instant};
use platform::House;
use platform::db::StoreError;

use super::Atlas;
use crate::store;

/// How long a map is trusted without a look.
const TRUSTED_MICROSECONDS: i64 = 500_000;
/// How long a change of our own is waited for.
const WAIT_SECONDS: i64 = 5;

#[derive(Debug, Default)]
struct Shelf(Mutex<HashMap<CommunityId, Arc<Place>>>);

#[derive(Debug, Default)]
struct Place {
    kept: Mutex<Kept>,
    /// One draws, the others wait for it.
    drawing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    atlas: Option<Arc<Atlas>>,
    looked_at: Option<Instant>,
    expected: Option<(i64, Instant)>,
}

impl Kept {
    fn trusted(&self, now: Instant) -> Option<Arc<Atlas>> {
        let atlas = self.atlas.as_ref()?;
        let looked_at = self.looked_at?;
        let is_fresh = (0..TRUSTED_MICROSECONDS).contains(&(now.0 - looked_at.0));
        let is_waiting = self
            .expected
            .is_some_and(|(revision, until)| atlas.revision() < revision && now < until);
        (is_fresh && !is_waiting).then(|| Arc::clone(atlas))
    }
}

impl Shelf {
    fn place(&self, community: CommunityId) -> Arc<Place> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(community).or_default())
    }
}

impl Place {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The map of a community, at most half a second old. Usually takes no statement, once in half a
/// second one short one, after a change two more.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn atlas(house: &House, community: CommunityId) -> Result<Arc<Atlas>, StoreError> {
    let place = house.keep::<Shelf>().place(community);
    let now = house.now();
    if let Some(atlas) = place.kept().trusted(now) {
        return Ok(atlas);
    }
    let _turn = place.drawing.lock().await;
    if let Some(atlas) = place.kept().trusted(now) {
        return Ok(atlas);
    }
    let reader = house.db().reader();
    let revision = store::revision(&reader, community).await?;
    let known = place
        .kept()
        .atlas
        .clone()
        .filter(|atlas| atlas.revision() == revision);
    let atlas = match known {
        Some(atlas) => atlas,
        None => Arc::new(Atlas::load(&reader, community).await?),
    };
    let mut kept = place.kept();
    kept.atlas = Some(Arc::clone(&atlas));
    kept.looked_at = Some(now);
    Ok(atlas)
}

/// Notes that this instance is about to make a revision, so that it is looked for at once.
pub(crate) fn expect(house: &House, community: CommunityId, revision: i64) {
    let place = house.keep::<Shelf>().place(community);
    place.kept().expected = Some((revision, house.now().plus_seconds(WAIT_SECONDS)));
}

//! The pages of those who connect the community with other systems.

mod keys;
mod peers;

use platform::{Gate, Routes};

use crate::policy::MANAGE;

/// The doors.
pub fn routes() -> Routes {
    let manages = Gate::May(MANAGE);
    Routes::new()
        .get("/open311", manages, keys::show)
        .post("/open311/keys", manages, keys::make)
        .post("/open311/keys/retire", manages, keys::retire)
        .get("/open311/peers", manages, peers::show)
        .post("/open311/peers", manages, peers::keep)
        .post("/open311/peers/retire", manages, peers::retire)
        .post("/open311/peers/again", manages, peers::again)
}

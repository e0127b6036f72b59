//! The map: community, grids, micro-grids, buildings.

use areas::{Level, NewArea};
use kernel::AreaId;
use platform::Tx;
use platform::db::StoreError;

use crate::demo::neighbourhood::Neighbourhood;

/// The ids of the areas, in the order of the neighbourhood's lists.
#[derive(Debug)]
pub struct Areas {
    /// Of the grids.
    pub grids: Vec<AreaId>,
    /// Of the micro-grids.
    pub micro_grids: Vec<AreaId>,
    /// Of the buildings.
    pub buildings: Vec<AreaId>,
}

/// Draws it.
pub async fn draw(tx: &mut Tx, hood: &Neighbourhood) -> Result<Areas, StoreError> {
    let ground = &hood.ground;
    let community = tx.new_id();
    let ids = Areas {
        grids: ground.grids.iter().map(|_| tx.new_id()).collect(),
        micro_grids: ground.micro_grids.iter().map(|_| tx.new_id()).collect(),
        buildings: ground.buildings.iter().map(|_| tx.new_id()).collect(),
    };
    let mut areas = vec![NewArea {
        id: community,
        level: Level::Community,
        parent: None,
        name: format!("{}社区", hood.name),
        code: String::new(),
        shape: Some(ground.outline.clone()),
    }];
    areas.extend(
        ground
            .grids
            .iter()
            .zip(&ids.grids)
            .map(|(grid, id)| NewArea {
                id: *id,
                level: Level::Grid,
                parent: Some(community),
                name: format!("第{}网格", grid.number),
                code: grid.number.to_string(),
                shape: Some(grid.shape.clone()),
            }),
    );
    let micro_grids = ground.micro_grids.iter().zip(&ids.micro_grids).enumerate();
    areas.extend(micro_grids.map(|(number, (micro_grid, id))| {
        let code = ground.code(number);
        NewArea {
            id: *id,
            level: Level::MicroGrid,
            parent: Some(ids.grids[micro_grid.grid]),
            name: format!("{code}微网格"),
            code,
            shape: Some(micro_grid.shape.clone()),
        }
    }));
    areas.extend(
        ground
            .buildings
            .iter()
            .zip(&ids.buildings)
            .map(|(building, id)| NewArea {
                id: *id,
                level: Level::Building,
                parent: Some(ids.micro_grids[building.micro_grid]),
                name: building.name.clone(),
                code: String::new(),
                shape: Some(building.shape.clone()),
            }),
    );
    areas::draw_many(tx, areas).await?;
    Ok(ids)
}

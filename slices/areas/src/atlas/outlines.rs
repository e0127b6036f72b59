//! The outlines as the map asks for them, put together once for each revision.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::AreaId;
use serde_json::json;

use crate::model::{Area, Level};

/// GeoJSON feature collections, one for each layer.
#[derive(Debug)]
pub(super) struct Outlines {
    pub community: Arc<str>,
    pub grids: Arc<str>,
    pub micro_grids: Arc<str>,
    pub buildings: Arc<str>,
}

impl Outlines {
    pub fn of(current: &[&Area], texts: &HashMap<AreaId, String>) -> Self {
        let layer = |level: Level| -> Arc<str> {
            let features: Vec<String> = current
                .iter()
                .filter(|area| area.level == level)
                .filter_map(|area| Some(feature(area, texts.get(&area.id)?)))
                .collect();
            collection(&features).into()
        };
        let grids = layer(Level::Grid);
        let has_community = current
            .iter()
            .any(|area| area.level == Level::Community && texts.contains_key(&area.id));
        Self {
            // Where nobody has drawn the community, its grids say where it is.
            community: if has_community {
                layer(Level::Community)
            } else {
                Arc::clone(&grids)
            },
            grids,
            micro_grids: layer(Level::MicroGrid),
            buildings: layer(Level::Building),
        }
    }
}

/// A feature collection of features that are text already.
pub(crate) fn collection(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// The stored text of the geometry is put in as it is: it was written by us.
fn feature(area: &Area, geometry: &str) -> String {
    let mut properties = json!({ "name": area.name });
    match area.level {
        Level::Building => {}
        Level::City
        | Level::District
        | Level::Subdistrict
        | Level::Community
        | Level::Grid
        | Level::MicroGrid => {
            properties["href"] = json!(format!("/areas/{}", area.id));
        }
    }
    if area.level == Level::MicroGrid && !area.code.is_empty() {
        properties["label"] = json!(area.code);
    }
    let id = area.id;
    format!(r#"{{"type":"Feature","id":"{id}","properties":{properties},"geometry":{geometry}}}"#)
}

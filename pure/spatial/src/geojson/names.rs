//! Finding a feature's name among properties that nobody agreed on.

use serde_json::{Map, Value};

/// Keys in the order of trust: what a Chinese office exports, then OpenStreetMap, then surveyors' abbreviations
/// (MC for 名称), then what other programs write.
const KEYS: [&str; 14] = [
    "名称",
    "名字",
    "网格名称",
    "小区名称",
    "楼栋名称",
    "name:zh-Hans",
    "name:zh",
    "name",
    "mc",
    "title",
    "label",
    "编号",
    "name:en",
    "ref",
];

/// What the feature is called: the first of the usual keys (`名称`, `name:zh`, `name`, `MC` …, in any letter case) that
/// has something in it, else the first key that ends in `名称` or `name`.
///
/// Numbers count as names, because grids are often numbered only.
///
/// ```
/// let properties = serde_json::json!({"kind": "building", "name": "Bund 18", "name:zh": "外滩18号"});
/// assert_eq!(spatial::name_in(properties.as_object().unwrap()).as_deref(), Some("外滩18号"));
/// ```
pub fn name_in(properties: &Map<String, Value>) -> Option<String> {
    let under = |wanted: &str| {
        properties
            .iter()
            .filter(|(key, _)| key.trim().eq_ignore_ascii_case(wanted))
            .find_map(|(_, value)| words(value))
    };
    let is_like_a_name =
        |key: &str| key.ends_with("名称") || key.to_ascii_lowercase().ends_with("name");
    let similar = || {
        properties
            .iter()
            .filter(|(key, _)| is_like_a_name(key.trim()))
            .find_map(|(_, value)| words(value))
    };
    KEYS.into_iter().find_map(under).or_else(similar)
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_most_trusted_key_with_something_in_it_names_the_feature() {
        for (properties, expected) in [
            (
                json!({"name": "Grid 3", "名称": "第三网格"}),
                Some("第三网格"),
            ),
            (json!({"NAME": " 幸福里 "}), Some("幸福里")),
            (json!({"MC": "幸福里"}), Some("幸福里")),
            (json!({"name:zh": "  ", "name": "Bund"}), Some("Bund")),
            (json!({"name": 12}), Some("12")),
            (
                json!({"name": null, "社区名称": "和平社区"}),
                Some("和平社区"),
            ),
            (json!({"GRIDNAME": "3-1"}), Some("3-1")),
            (json!({"name": ["a"], "kind": "building"}), None),
            (json!({}), None),
        ] {
            assert_eq!(
                name_in(properties.as_object().unwrap()).as_deref(),
                expected,
                "{properties}"
            );
        }
    }
}

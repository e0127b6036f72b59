//! From the features of a file to names, numbers and parents, among properties that nobody agreed
//! on.

use serde_json::{Map, Value};
use spatial::{Geometry, Limits, Shape, name_in, read_features};

use super::ImportOptions;
use crate::geometry;
use crate::model::{CODE_MAX, Level, NAME_MAX};
use crate::survey::{Survey, Trouble};

/// Where offices and map programs write an area's number.
const CODE_KEYS: [&str; 9] = [
    "code",
    "编号",
    "编码",
    "网格编号",
    "微网格编号",
    "网格编码",
    "微网格编码",
    "楼栋编号",
    "bh",
];
/// Where they write in what it lies.
const PARENT_KEYS: [&str; 7] = [
    "parent",
    "parent_code",
    "上级",
    "上级编号",
    "所属网格",
    "所属微网格",
    "所属社区",
];
/// Where they write what it is.
const LEVEL_KEYS: [&str; 4] = ["level", "层级", "级别", "类型"];
/// Where OpenStreetMap's exports write a street and the number in it.
const STREET_KEYS: [&str; 2] = ["addr_street", "addr:street"];
const NUMBER_KEYS: [&str; 2] = ["addr_housenumber", "addr:housenumber"];

/// The words by which a level is known in files.
const LEVEL_WORDS: [(&str, Level); 20] = [
    ("city", Level::City),
    ("市", Level::City),
    ("district", Level::District),
    ("区", Level::District),
    ("县", Level::District),
    ("区县", Level::District),
    ("subdistrict", Level::Subdistrict),
    ("街道", Level::Subdistrict),
    ("乡镇", Level::Subdistrict),
    ("镇", Level::Subdistrict),
    ("community", Level::Community),
    ("社区", Level::Community),
    ("村", Level::Community),
    ("grid", Level::Grid),
    ("网格", Level::Grid),
    ("micro_grid", Level::MicroGrid),
    ("微网格", Level::MicroGrid),
    ("building", Level::Building),
    ("楼栋", Level::Building),
    ("建筑", Level::Building),
];

/// A feature that is an area.
#[derive(Debug)]
pub(super) struct Read {
    pub name: String,
    pub code: String,
    /// The parent's name or number, as the file gives it.
    pub parent: Option<String>,
    pub shape: Shape,
}

/// Reads the file; what is wrong with single features goes into the survey.
pub(super) fn read(text: &str, options: ImportOptions, survey: &mut Survey) -> Vec<Read> {
    let features = match read_features(text, options.datum, Limits::default()) {
        Ok(features) => features,
        Err(error) => {
            survey.fault("", Trouble::Unreadable(error));
            return Vec::new();
        }
    };
    let mut areas = Vec::new();
    for (number, feature) in (1_usize..).zip(features) {
        let shape = match feature.geometry {
            Geometry::Shape(shape) => geometry::at_stored_precision(&shape),
            Geometry::Point(at) => {
                let name = feature.name.unwrap_or_else(|| number.to_string());
                survey.warn(&name, Some(at), Trouble::NotAnArea("Point".to_owned()));
                continue;
            }
            Geometry::Passed { kind } => {
                let name = feature.name.unwrap_or_else(|| number.to_string());
                survey.warn(&name, None, Trouble::NotAnArea(kind));
                continue;
            }
        };
        let code = word(&feature.properties, &CODE_KEYS).unwrap_or_default();
        let name = name(
            &feature.properties,
            options.level,
            &code,
            number,
            &shape,
            survey,
        );
        if let Some(said) = word(&feature.properties, &LEVEL_KEYS)
            && LEVEL_WORDS
                .iter()
                .any(|(word, level)| *word == said && *level != options.level)
        {
            survey.fault(&name, Trouble::WrongLevel(said));
        }
        if name.chars().count() > NAME_MAX || code.chars().count() > CODE_MAX {
            survey.fault(&name, Trouble::LongName);
        }
        let parent = word(&feature.properties, &PARENT_KEYS);
        areas.push(Read {
            name,
            code,
            parent,
            shape,
        });
    }
    if areas.is_empty() {
        survey.fault("", Trouble::NoAreas);
    }
    areas
}

/// The name that the file gives, else one from the number or the street. A building may go
/// without: it is called by its place in the file, with a warning.
fn name(
    properties: &Map<String, Value>,
    level: Level,
    code: &str,
    number: usize,
    shape: &Shape,
    survey: &mut Survey,
) -> String {
    let from_street = || {
        let street = word(properties, &STREET_KEYS)?;
        let number = word(properties, &NUMBER_KEYS)?;
        let is_numbered = number.ends_with(|last: char| last.is_ascii_digit());
        Some(format!(
            "{street}{number}{}",
            if is_numbered { "号" } else { "" }
        ))
    };
    let from_code = || match level {
        _ if code.is_empty() => None,
        Level::Grid => Some(format!("第{code}网格")),
        Level::MicroGrid => Some(format!("{code}微网格")),
        Level::City | Level::District | Level::Subdistrict | Level::Community => None,
        Level::Building => Some(code.to_owned()),
    };
    // A name that is only the number repeated says less than 第2网格.
    let given = name_in(properties).filter(|name| name != code || level == Level::Building);
    if let Some(name) = given.or_else(from_code).or_else(from_street) {
        return name;
    }
    let name = format!("未命名（{number}）");
    if level == Level::Building {
        survey.warn(&name, Some(shape.label_point()), Trouble::Nameless);
    } else {
        survey.fault(&name, Trouble::Nameless);
    }
    name
}

/// The first of some properties that has something in it, in any letter case.
fn word(properties: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|wanted| {
        properties
            .iter()
            .filter(|(key, _)| key.trim().eq_ignore_ascii_case(wanted))
            .find_map(|(_, value)| match value {
                Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
                Value::Number(number) => Some(number.to_string()),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
            })
    })
}

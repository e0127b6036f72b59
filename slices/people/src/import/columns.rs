//! Which fields a file can fill, and by which headers other offices call them.

use sheets::{FieldSpec, Mapping, Table};

use crate::model::{Relation, Residence, Sex};

/// The fields, in the order of the page. An address may stand in one column, or its building,
/// unit and room in columns of their own.
pub const FIELDS: [FieldSpec; 10] = [
    FieldSpec {
        key: "name",
        synonyms: &[
            "姓名",
            "居民姓名",
            "住户姓名",
            "人员姓名",
            "name",
            "full name",
        ],
        looks_like: None,
    },
    FieldSpec {
        key: "sex",
        synonyms: &["性别", "sex", "gender"],
        looks_like: Some(|cell| {
            !cell.is_empty()
                && matches!(Sex::said(cell), Some(Sex::Female | Sex::Male))
                && cell.chars().count() <= 2
        }),
    },
    FieldSpec {
        key: "birth_date",
        synonyms: &[
            "出生日期",
            "出生年月日",
            "生日",
            "出生年月",
            "出生",
            "birth date",
            "date of birth",
            "birthday",
            "born",
        ],
        looks_like: None,
    },
    FieldSpec {
        key: "phone",
        synonyms: &[
            "联系电话",
            "手机号码",
            "手机号",
            "手机",
            "电话",
            "联系方式",
            "phone",
            "mobile",
            "telephone",
        ],
        looks_like: Some(|cell| text::normalise_phone(cell).is_some()),
    },
    FieldSpec {
        key: "address",
        synonyms: &[
            "住址",
            "地址",
            "家庭住址",
            "现住址",
            "居住地址",
            "详细地址",
            "门牌",
            "address",
        ],
        looks_like: Some(|cell| {
            text::AddressKey::parse(cell)
                .is_some_and(|key| key.building.is_some() && key.room.is_some())
        }),
    },
    FieldSpec {
        key: "building",
        synonyms: &[
            "楼栋",
            "楼栋号",
            "栋号",
            "幢号",
            "楼号",
            "栋",
            "幢",
            "building",
        ],
        looks_like: None,
    },
    FieldSpec {
        key: "unit",
        synonyms: &["单元", "单元号", "unit", "entrance"],
        looks_like: None,
    },
    FieldSpec {
        key: "room",
        synonyms: &["房号", "房间号", "室号", "室", "门牌号", "room", "flat"],
        looks_like: None,
    },
    FieldSpec {
        key: "relation",
        synonyms: &[
            "与户主关系",
            "户主关系",
            "家庭关系",
            "关系",
            "relation",
            "relationship",
        ],
        looks_like: Some(|cell| !cell.is_empty() && Relation::said(cell).is_some()),
    },
    FieldSpec {
        key: "residence",
        synonyms: &[
            "居住类型",
            "居住性质",
            "人口类型",
            "人员类别",
            "居住状态",
            "residence",
        ],
        looks_like: Some(|cell| !cell.is_empty() && Residence::said(cell).is_some()),
    },
];

/// What a field is called, as a message.
pub fn label(key: &str) -> &'static str {
    match key {
        "name" => "people-field-name",
        "sex" => "people-field-sex",
        "birth_date" => "people-field-birth-date",
        "phone" => "people-field-phone",
        "address" => "people-field-address",
        "building" => "people-field-building",
        "unit" => "people-field-unit",
        "room" => "people-field-room",
        "relation" => "people-field-relation",
        _ => "people-field-residence",
    }
}

/// Guesses which column holds which field.
pub fn guess(table: &Table) -> Mapping {
    sheets::guess(table, &FIELDS)
}
